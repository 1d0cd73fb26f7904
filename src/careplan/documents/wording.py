"""Numbers, quantities, dates and lists in words that cannot be misread.

One formatter for all documents: a leading zero always, a trailing zero never, a comma from 1,000, a non-breaking space
between number and unit, "micrograms" written out, dates with the month in letters (ISMP list of error-prone
abbreviations; Joint Commission "Do Not Use" list).
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from careplan.model import Absent, Dimension, Interval, Quantity, Unit

NBSP = "\u00a0"
NOT_RECORDED = "not recorded"

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip

_UNIT_WORDS = {
    Unit.UG: "micrograms",
    Unit.NG: "nanograms",
    Unit.PICOGRAM: "picograms",
    Unit.INCH: "inches",
    Unit.SECOND: "seconds",
    Unit.MILLISECOND: "milliseconds",
    Unit.MG_PER_H: "mg an hour",
    Unit.UG_PER_H: "micrograms an hour",
    Unit.MG_PER_DAY: "mg a day",
    Unit.UG_PER_DAY: "micrograms a day",
    Unit.ML_PER_H: "mL an hour",
    Unit.ML_PER_MIN_173: f"mL/min/1.73{NBSP}m²",
    Unit.MG_PER_KG: "mg for each kg of body weight",
    Unit.UG_PER_KG: "micrograms for each kg of body weight",
    Unit.UG_PER_L: "micrograms/L",
    Unit.UG_PER_DL: "micrograms/dL",
    Unit.UG_PER_ML: "micrograms/mL",
    Unit.NG_PER_ML: "nanograms/mL",
    Unit.UMOL_PER_L: "micromol/L",
    Unit.NMOL_PER_L: "nanomol/L",
    Unit.MEQ_PER_L: "milliequivalents/L",
    Unit.CELLS_E9_PER_L: "×10⁹/L",
    Unit.CELLS_E12_PER_L: "×10¹²/L",
    Unit.CELLS_E3_PER_UL: "thousand in each microlitre",
    Unit.CELLS_E6_PER_UL: "million in each microlitre",
    Unit.CELLS_PER_UL: "in each microlitre",
    Unit.U_PER_L: "units/L",
    Unit.IU: "international units",
    Unit.IU_PER_L: "international units/L",
    Unit.IU_PER_ML: "international units/mL",
    Unit.MILLI_IU_PER_L: "thousandths of an international unit/L",
    Unit.MMHG: "mmHg",
    Unit.CELSIUS: "degrees C",
    Unit.KG_PER_M2: "kg/m²",
    Unit.PER_MIN: "a minute",
    Unit.WEEK: "weeks",
    Unit.ALCOHOL_UNITS_PER_WEEK: "units of alcohol a week",
}
_PER = {"/day": " a day", "/week": " a week", "/24h": f" in 24{NBSP}hours"}
_LENGTHS = frozenset({"hours", "days", "weeks", "months", "years"})
_AMOUNT = re.compile(
    r"(?<![\w.,/])(?P<value>\d+(?:\.\d+)?) "
    r"(?P<unit>[^\s\d,;:()=][^\s,;:()]*?|10\*[^\s,;:()]+?)"
    r"(?P<end>\.?(?=[\s,;:()]|$))"
)
_BARE = frozenset({Unit.ONE, Unit.SCORE, Unit.INR, Unit.COUNT})


def number(value: Decimal | int, *, as_reported: bool = False) -> str:
    """Write a number in digits: ``7.5``, ``0.25``, ``10,000``; `as_reported` keeps a laboratory's trailing zeros."""
    text = f"{Decimal(value):,f}"
    if "." in text and not as_reported:
        text = text.rstrip("0").rstrip(".")
    return text


def cardinal(value: Decimal | int) -> str:
    """Write a count in letters up to twelve, in digits above, halves in words: ``four``, ``one and a half``."""
    whole, part = divmod(Decimal(value), 1)
    if part == Decimal("0.5") and whole <= 12:
        return f"{_CARDINALS[int(whole)]} and a half" if whole else "half"
    if part or whole > 12:
        return number(value)
    return _CARDINALS[int(whole)]


def unit(unit: Unit, value: Decimal) -> str:
    """Name the unit of `value`: ``mg``, ``micrograms``, ``tablets``; empty for a plain number."""
    if unit in _BARE:
        return ""
    if unit.dimension is Dimension.COUNT:
        return unit.value.strip("{}") + ("" if value == 1 else "s")
    words = _UNIT_WORDS.get(unit, unit.value)
    return words.removesuffix("s") if value == 1 and unit in (Unit.UG, Unit.NG) else words


def quantity(amount: Quantity, *, as_reported: bool = False) -> str:
    """Write an amount with its unit: ``7.5 mg``, ``12 micrograms an hour``, ``1,000 international units``."""
    name = unit(amount.unit, amount.value)
    digits = number(amount.value, as_reported=as_reported)
    if amount.unit is Unit.PERCENT:
        return digits + "%"
    return f"{digits}{NBSP}{name}" if name else digits


def amounts(text: str) -> str:
    """Write every amount in a text as `quantity` would: ``2 x 400 mg = 1400 mg/day``, ``below 3.5 10*9/L``."""
    return _AMOUNT.sub(_amount, text)


def _amount(found: re.Match[str]) -> str:
    digits, code, end = found["value"], found["unit"], found["end"]
    per = next((word for word in _PER if code.endswith(word)), "")
    if code in _LENGTHS:
        return f"{number(Decimal(digits))}{NBSP}{code}{end}"
    try:
        amount = Quantity(Decimal(digits), Unit(code.removesuffix(per)))
    except ValueError:
        return found[0]
    dose = amount.unit.dimension in (Dimension.MASS, Dimension.VOLUME, Dimension.COUNT)
    return f"{quantity(amount, as_reported=not dose)}{_PER.get(per, '')}{end}"


def day(on: date) -> str:
    """``3 April 2025``."""
    return f"{on.day}{NBSP}{_MONTHS[on.month - 1]} {on.year}"


def weekday(on: date) -> str:
    """``Tuesday 4 March 2025``."""
    return f"{WEEKDAYS[on.weekday()]} {day(on)}"


def day_or(on: date | Absent | None) -> str:
    """Write the date, or why there is none."""
    match on:
        case None:
            return NOT_RECORDED
        case Absent():
            return absent(on)
        case _:
            return day(on)


def month(on: date) -> str:
    """``March 2025``."""
    return f"{_MONTHS[on.month - 1]} {on.year}"


def absent(reason: Absent) -> str:
    """Say why a fact has no value."""
    return {
        Absent.UNKNOWN: NOT_RECORDED,
        Absent.NOT_ASKED: "not asked yet",
        Absent.NOT_APPLICABLE: "does not apply",
        Absent.REFUSED: "the person chose not to say",
    }[reason]


def every(interval: Interval) -> str:
    """``every week``, ``every 3 months``."""
    if interval.count == 1:
        return f"every {str(interval).removeprefix('1 ')}"
    return f"every {str(interval).replace(' ', NBSP)}"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Join words into a list: ``a``, ``a and b``, ``a, b and c``."""
    words = tuple(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop, keeping everything between."""
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def from_id(identifier: str) -> str:
    """Read an id as words: ``rheumatoid-arthritis`` is "rheumatoid arthritis"."""
    return identifier.replace("-", " ")
