"""What the words of an English dosage say about rhythm, days, length and amount: to hold them against the structure.

Nothing is read *from* words: they are too free. They only veto a structure that says something else.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from attrs import frozen

from careplan.exchange.fhir.rhythm import Rhythm, days_of, per_day
from careplan.model import Calendar, Every, Quantity, Unit, Weekday, Weekly

_NUMBERS = {
    "once": 1, "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "other": 2, "second": 2, "alternate": 2, "third": 3,
}  # fmt: skip
_N = r"(\d{1,3}|" + "|".join(_NUMBERS) + ")"
_SPAN = r"(hours?|hrs?|h|days?|d|weeks?|wks?|w|fortnight|months?)\b"
_DAYS_IN = {"h": Decimal(1) / 24, "d": Decimal(1), "w": Decimal(7), "f": Decimal(14), "m": Decimal(30)}

_LONGEST = 2000
_LIMIT = re.compile(
    r"\b(?:max\w*|up to|not (?:to )?(?:more|exceed)|no more|do not exceed|limit)\b.*?(?=\.\s|\.$|;|$)"
    r"|\b(?:not|never)\s+(?:\w+\s+){0,3}?(?:daily|every day|weekly)"
)
_FOR = re.compile(rf"\bfor\s+{_N}\s*{_SPAN}")
_MASS = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*(mg|mcg|micrograms?|ug|µg|g|grams?)\b(?!\s*/)")
_MASS_UNITS = {"mg": Unit.MG, "m": Unit.UG, "u": Unit.UG, "µ": Unit.UG, "g": Unit.G}
_WEEKDAY = re.compile(
    r"(?<!from )(?<!starting )(?<!until )(?<!since )(?<!before )(?<!after )(?<!starting on )"
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b"
)
_PER_DAY = re.compile(r"\b(?:a|per|each)\s+day\b|/\s*day\b")
_DIVIDED = re.compile(r"\bdivided\b|\bsplit\b")


def _named(word: str) -> list[Decimal]:
    return [{"d": Decimal(1), "w": 1 / Decimal(7), "f": 1 / Decimal(14), "m": 1 / Decimal(30)}[word[0]]]


def _every(low: str, high: str, span: str) -> list[Decimal]:
    counts = [_count(text) for text in (low or "1", high) if text]
    return [1 / (count * _DAYS_IN[span[0]]) for count in counts if count]


_RHYTHMS: tuple[tuple[re.Pattern[str], Callable[..., list[Decimal]]], ...] = (
    (
        re.compile(
            rf"\b(?:{_N}\s*(?:times?|x)|(once|twice|thrice))\s*(?:a|per|each|every|in a|/)?\s*(daily|day|week|month)"
        ),
        lambda n, word, span: [Decimal(_count(n or word)) / _DAYS_IN[span[0]]],
    ),
    (re.compile(rf"\b(?:every|each|q)\s*{_N}?\s*(?:(?:-|–|to)\s*{_N}\s*)?-?\s*{_SPAN}"), _every),
    (re.compile(rf"\b{_N}[\s-]*(?:(?:-|–|to)\s*{_N}[\s-]*)?hourly\b"), lambda low, high: _every(low, high, "h")),
    (re.compile(r"\b(?:every|each)\s+(?:morning|evening|night)\b|\bat\s+(?:bedtime|night)\b"), lambda: [Decimal(1)]),
    (re.compile(r"\b(?:bd|bid|b\.i\.d)\b"), lambda: [Decimal(2)]),
    (re.compile(r"\b(?:tds|tid|t\.i\.d)\b"), lambda: [Decimal(3)]),
    (re.compile(r"\b(?:qds|qid|q\.i\.d)\b"), lambda: [Decimal(4)]),
    (re.compile(r"\bqod\b"), lambda: [Decimal("0.5")]),
    (re.compile(r"\bnightly\b|\bnocte\b|\bmane\b"), lambda: [Decimal(1)]),
    (re.compile(r"\b(daily|weekly|fortnightly|monthly)\b"), _named),
)
"""Ways to name a rhythm, the longer before the shorter, each with the doses a day that it comes to."""


@frozen(kw_only=True)
class Wording:
    """What was found in the words of one dosage."""

    rates: frozenset[Decimal]
    """Doses a day, one for each rhythm that is named."""
    weekdays: frozenset[Weekday]
    lengths: frozenset[Decimal]
    """Days that the course lasts."""
    masses: tuple[Quantity, ...]
    numbers: frozenset[int]
    """Other numbers, such as the two of "two tablets"."""
    per_day: bool
    """An amount for the whole day is named: "2 g a day"."""
    divided: bool

    @classmethod
    def of(cls, text: str) -> "Wording":
        """Read the words; limits ("no more than 4 a day") and denials ("not daily") are no rhythm."""
        rest = _LIMIT.sub(" ", text[:_LONGEST].casefold())
        lengths = frozenset(_count(n) * _DAYS_IN[span[0]] for n, span in _FOR.findall(rest))
        rest = _FOR.sub(" ", rest)
        masses = tuple(Quantity(Decimal(m[1].replace(",", ".")), _mass_unit(m[2])) for m in _MASS.finditer(rest))
        rest = _MASS.sub(" ", rest)
        rates: set[Decimal] = set()
        for pattern, rate in _RHYTHMS:
            for match in pattern.finditer(rest):
                rates.update(round(found, 4) for found in rate(*match.groups()))
            rest = pattern.sub(" ", rest)
        return cls(
            rates=frozenset(rates),
            weekdays=frozenset(day for day in Weekday for found in _WEEKDAY.findall(rest) if day.startswith(found)),
            lengths=lengths,
            masses=masses,
            numbers=frozenset(_count(n) for n in re.findall(rf"\b{_N}\b", rest)),
            per_day=_PER_DAY.search(rest) is not None,
            divided=_DIVIDED.search(rest) is not None,
        )

    def denies_rhythm(self, rhythm: Rhythm) -> bool:
        """Whether the words name a rhythm, and none of those that they name is this one."""
        daily = per_day(rhythm) >= 1
        if self.weekdays and not isinstance(rhythm, Every):
            return not isinstance(rhythm, Weekly) or self.weekdays != set(rhythm.days)
        if daily and (self.per_day or self.divided) and self.rates <= {Decimal(1)}:
            return False
        named = self.rates or ({Decimal(1)} if self.per_day else set())
        return bool(named) and named.isdisjoint(_ways_to_say(rhythm))

    def says_more_than(self, rhythm: Rhythm) -> bool:
        """Whether the words name other rhythms beside this one."""
        return not (self.per_day or self.divided) and bool(self.rates - _ways_to_say(rhythm))

    def denies_amount(self, amount: Quantity, rhythm: Rhythm | None) -> bool:
        """Whether the words name masses, and the amount is none of them, nor so many of one, nor a share of a day's."""
        masses = [mass for mass in self.masses if mass.unit.kind is amount.unit.kind]
        shares = {1, round(per_day(rhythm))} if rhythm is not None else {1}
        return bool(masses) and not any(
            amount in {mass * count for count in {1, *self.numbers}} or mass in {amount * share for share in shares}
            for mass in masses
        )

    def denies_length(self, days: int) -> bool:
        """Whether the words name a length, and it is not this one (months are not compared)."""
        return bool(self.lengths) and days not in self.lengths and not any(length >= 30 for length in self.lengths)


def _ways_to_say(rhythm: Rhythm) -> set[Decimal]:
    """Doses a day by which words may name the rhythm: "weekly" for two named days, "twice daily" on those days."""
    ways = {per_day(rhythm)}
    if isinstance(rhythm, Weekly):
        ways.add(round(1 / Decimal(7), 4))
        if rhythm.times > 1:
            ways.add(Decimal(rhythm.times))
    if isinstance(rhythm, Every) and rhythm.interval.unit is Calendar.MONTH:
        ways.add(round(1 / Decimal(days_of(rhythm.interval)), 4))
    return ways


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS[text]


def _mass_unit(word: str) -> Unit:
    return _MASS_UNITS["mg" if word == "mg" else word[0]]
