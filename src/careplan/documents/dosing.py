"""Doses and their timing in words: the period is part of the dose, down to the printed page."""

from datetime import date
from decimal import Decimal
from typing import assert_never

from careplan.documents.wording import NBSP, absent, cardinal, day, every, listed, number, quantity, unit, weekday
from careplan.model import (
    Absent,
    AsNeeded,
    Continuous,
    Daily,
    DayPattern,
    Dimension,
    Dose,
    Every,
    EveryHours,
    Ingredient,
    Interval,
    Medication,
    Once,
    Quantity,
    Timing,
    Unit,
    Weekday,
    Weekly,
)

_TIMES = {1: "once", 2: "twice"}
_HALVES = Decimal("0.5")
_PARTS = ("in the morning", "at noon", "in the evening", "at night")


def times(count: int) -> str:
    """``once``, ``twice``, ``three times``."""
    return _TIMES.get(count, f"{cardinal(count)} times")


def timing(when: Timing | Absent, medicine: Medication | None = None) -> str:
    """Say when a dose is taken. `medicine` lets the most in 24 hours be counted in tablets as well."""
    match when:
        case Absent():
            return f"how often: {absent(when)}"
        case Daily(times=n):
            return f"{times(n)} a day"
        case DayPattern():
            return f"{listed(_shares(when))}, every day"
        case EveryHours(hours=h):
            return f"every {_hours(h)}"
        case Weekly(days=days, times=n):
            return _weekly(days, n)
        case Every(interval=interval):
            return _every(interval)
        case Once(on=on):
            return f"once only, on {weekday(on)}" if on else "once only (day not recorded)"
        case Continuous(change_hours=hours):
            return f"all the time; {_change(hours)}"
        case AsNeeded():
            return _as_needed(when, medicine)
        case _:
            assert_never(when)


def _hours(count: int) -> str:
    whole, rest = divmod(count, 24)
    if rest or whole < 2:
        return f"{count}{NBSP}hours" if count != 1 else "hour"
    return f"{count}{NBSP}hours ({cardinal(whole)} days)"


def _shares(pattern: DayPattern) -> tuple[str, ...]:
    parts = zip(_PARTS, pattern.shares, strict=True)
    return tuple(part if share == 1 else f"{part} ({number(share)} times that)" for part, share in parts if share)


def _change(hours: int | Absent) -> str:
    return (
        f"how often to change it: {absent(hours)}" if isinstance(hours, Absent) else f"change it every {_hours(hours)}"
    )


def _weekly(days: tuple[Weekday, ...], n: int) -> str:
    named = listed(d.value.upper() for d in sorted(days, key=lambda d: d.number))
    if n > 1:
        return f"{times(n)} a day on {named} of every week, on no other day"
    return f"{times(len(days))} a week on {named}"


def _every(interval: Interval) -> str:
    if interval.shortest_days == 7:
        return "once a week – WHICH DAY OF THE WEEK IS NOT RECORDED"
    if interval.count == 1:
        return f"once a {str(interval).removeprefix('1 ')}"
    return f"once {every(interval)}"


def _as_needed(when: AsNeeded, medicine: Medication | None) -> str:
    reason = f"(what for: {absent(when.reason)})" if isinstance(when.reason, Absent) else f"for {when.reason}"
    if isinstance(when.at_most, Absent):
        most = f"most in 24{NBSP}hours: {absent(when.at_most).upper()}"
    else:
        most = f"at most {portion(when.at_most, medicine, brief=True)} in 24{NBSP}hours"
    gap = (
        "" if isinstance(when.hours_between, Absent) else f"; wait at least {_hours(when.hours_between)} between doses"
    )
    return f"when needed {reason}; {most}{gap}"


def portion(amount: Quantity, medicine: Medication | None, *, brief: bool = False) -> str:
    """Write an amount so that it can be counted out: ``FOUR 2.5 mg tablets (10 mg)`` if the product says how.

    `brief` leaves out what each tablet of a combination holds.
    """
    held = medicine.product.ingredients if medicine is not None and medicine.product is not None else ()
    if amount.unit.dimension is Dimension.COUNT:
        return _counted(amount, held, brief=brief)
    if len(held) == 1 and isinstance(held[0].strength, Quantity):
        return _divided(amount, held[0].strength, held[0].per)
    if amount.unit.dimension is Dimension.VOLUME:
        return f"{quantity(amount)} (strength not recorded)"
    return quantity(amount)


def _counted(amount: Quantity, held: tuple[Ingredient, ...], *, brief: bool) -> str:
    units = _units(amount)
    if amount.unit is Unit.APPLICATION:
        return units
    if len(held) > 1:
        each = listed(
            f"{i.drug} {absent(i.strength) if isinstance(i.strength, Absent) else quantity(i.strength)}" for i in held
        )
        return units if brief else f"{units} (each {each})"
    if not held or isinstance(held[0].strength, Absent) or held[0].per.unit is not amount.unit:
        return f"{units} (strength not recorded)"
    each_one = held[0].strength * (1 / held[0].per.value)
    return _units(amount, each_one, total=each_one * amount.value)


def _divided(amount: Quantity, strength: Quantity, per: Quantity) -> str:
    """Say how much of the product holds `amount` (or, for a volume, how much that holds)."""
    if amount.unit.dimension is per.unit.dimension:
        total = strength * (amount.to(per.unit).value / per.value)
        return f"{quantity(amount)} of {strength_of(strength, per)} ({quantity(total)})"
    if amount.unit.dimension is not strength.unit.dimension:
        return quantity(amount)
    units = Quantity(amount.to(strength.unit).value / strength.value * per.value, per.unit)
    if per.unit.dimension is Dimension.VOLUME and units.value == round(units.value, 2):
        return f"{quantity(amount)} ({quantity(units)} of {strength_of(strength, per)})"
    if per.unit.dimension is Dimension.COUNT and units.value % _HALVES == 0:
        return _units(units, strength * (1 / per.value), total=amount)
    return f"{quantity(amount)} (comes as {strength_of(strength, per)})"


def _units(amount: Quantity, each: Quantity | None = None, total: Quantity | None = None) -> str:
    many = cardinal(amount.value).upper() + (" a" if amount.value < 1 else "")
    name = unit(amount.unit, max(amount.value, Decimal(1)))
    counted = f"{many} {quantity(each)} {name}" if each is not None else f"{many} {name}"
    return f"{counted} ({quantity(total)})" if total is not None and amount.value != 1 else counted


def strength_of(strength: Quantity, per: Quantity) -> str:
    """Say what the product holds: ``2.5 mg tablets``, ``50 mg in 1 mL``."""
    if per.unit.dimension is Dimension.COUNT and per.value == 1:
        return f"{quantity(strength)} {unit(per.unit, Decimal(2))}"
    return f"{quantity(strength)} in {quantity(per)}"


def dose(given: Dose, medicine: Medication | None = None) -> tuple[str, ...]:
    """Say how much and when, one line each; what is not known says so."""
    when = given.timing
    if isinstance(given.amount, Absent):
        return f"how much: {absent(given.amount).upper()}", timing(when, medicine)
    if isinstance(when, DayPattern):
        parts = zip(_PARTS, when.shares, strict=True)
        return *(f"{portion(given.amount * share, medicine)} {part}" for part, share in parts if share), "every day"
    return portion(given.amount, medicine), timing(when, medicine)


def period(start: date | Absent, stop: date | None) -> str:
    """``from 1 March 2026 to 14 March 2026``; without a stop it is left open, without a start it says so."""
    begin = f"start: {absent(start)}" if isinstance(start, Absent) else f"from {day(start)}"
    return f"{begin} to {day(stop)}" if stop else begin
