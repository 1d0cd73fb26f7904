"""Lengths of time and ranges, as the files write them: "2 weeks", ["3 months", "6 months"], [7.5, 15]."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Self

from attrs import frozen

from careplan.model import Calendar, Interval


class TimeUnit(StrEnum):
    """Units of a span, by their English names."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_TEXT = re.compile(r"(\d+) (hour|day|week|month|year)s?")
_CALENDAR = {
    TimeUnit.DAY: Calendar.DAY,
    TimeUnit.WEEK: Calendar.WEEK,
    TimeUnit.MONTH: Calendar.MONTH,
    TimeUnit.YEAR: Calendar.YEAR,
}
_HOURS = {TimeUnit.HOUR: 1, TimeUnit.DAY: 24, TimeUnit.WEEK: 168, TimeUnit.MONTH: 730, TimeUnit.YEAR: 8766}


@frozen(order=False)
class Span:
    """A length of time in whole hours, days, weeks, months or years."""

    count: int
    unit: TimeUnit

    @classmethod
    def of(cls, raw: object) -> Self:
        """Read "6 weeks". Raises ValueError for anything else."""
        match = _TEXT.fullmatch(raw) if isinstance(raw, str) else None
        if match is None:
            raise ValueError(f'{raw!r} is not a length of time: write it as "6 weeks", "4 hours" or "3 months"')
        return cls(int(match[1]), TimeUnit(match[2]))

    @property
    def hours(self) -> int:
        """About how many hours: exact up to weeks; a month counts 730 and a year 8766."""
        return self.count * _HOURS[self.unit]

    @property
    def days(self) -> int:
        """About how many whole days."""
        return self.hours // 24

    @property
    def interval(self) -> Interval:
        """The same as a calendar interval. Raises ValueError for hours."""
        if self.unit is TimeUnit.HOUR:
            raise ValueError(f"{self} is no calendar interval")
        return Interval(self.count, _CALENDAR[self.unit])

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count != 1 else ''}"


@frozen
class Spans:
    """One length of time, or a range of two; where one must be chosen it is the stricter, `shortest`."""

    shortest: Span
    longest: Span

    @classmethod
    def of(cls, raw: object) -> Self:
        """Read "6 weeks" or ["6 weeks", "8 weeks"]. Raises ValueError."""
        ends = [Span.of(end) for end in raw] if isinstance(raw, list) else [Span.of(raw)]
        if len(ends) > 2 or not ends or ends[0].hours > ends[-1].hours:
            raise ValueError(f"{raw!r} is not a range of time: write the shorter and then the longer one")
        return cls(ends[0], ends[-1])

    def __str__(self) -> str:
        return str(self.shortest) if self.shortest == self.longest else f"{self.shortest} to {self.longest}"


@frozen
class Range:
    """One number, or a range of two."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, raw: object) -> Self:
        """Read 7.5 or [7.5, 15]. Raises ValueError."""
        written = raw if isinstance(raw, list) else [raw]
        ends = [Decimal(end) for end in written if type(end) is int or type(end) is Decimal]
        if len(ends) != len(written) or not 1 <= len(ends) <= 2:
            raise ValueError(f"{raw!r} is not a number or a range of two numbers")
        if ends[0] > ends[-1]:
            raise ValueError(f"{raw!r} is not a range: write the lower and then the higher number")
        return cls(ends[0], ends[-1])

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"
