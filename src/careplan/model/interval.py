"""A length of time in calendar units: 2 weeks, 3 months."""

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from attrs import field, frozen

from careplan.model._check import between


class Calendar(StrEnum):
    """Calendar units, by their UCUM codes."""

    DAY = "d"
    WEEK = "wk"
    MONTH = "mo"
    YEAR = "a"


_WORDS = {Calendar.DAY: "day", Calendar.WEEK: "week", Calendar.MONTH: "month", Calendar.YEAR: "year"}
_TEXT = re.compile(r"(\d+)\s*(d|wk|mo|a|days?|weeks?|months?|years?)")
_LETTERS = {
    "d": Calendar.DAY,
    "w": Calendar.WEEK,
    "m": Calendar.MONTH,
    "y": Calendar.YEAR,
    "a": Calendar.YEAR,
}


@frozen(repr=False)
class Interval:
    """`count` calendar units. Months and years keep the day of the month, clipped to the month's end."""

    count: int = field(validator=between(1, 1000))
    unit: Calendar

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2 weeks", "3 mo", "1 year". Raises ValueError for anything else."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not an interval: write a number and days, weeks, months or years")
        return cls(int(match[1]), _LETTERS[match[2][0]])

    def after(self, day: date, times: int = 1) -> date:
        """Return the day that lies `times` intervals after `day`."""
        n = self.count * times
        if self.unit is Calendar.DAY:
            return day + timedelta(days=n)
        if self.unit is Calendar.WEEK:
            return day + timedelta(weeks=n)
        months = day.year * 12 + day.month - 1 + n * (12 if self.unit is Calendar.YEAR else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))

    @property
    def shortest_days(self) -> int:
        """The fewest days that the interval can span (February counts 28)."""
        per_unit = {Calendar.DAY: 1, Calendar.WEEK: 7, Calendar.YEAR: 365}
        if self.unit in per_unit:
            return self.count * per_unit[self.unit]
        return min((self.after(date(2001, m, 1)) - date(2001, m, 1)).days for m in range(1, 13))

    def __str__(self) -> str:
        return f"{self.count} {_WORDS[self.unit]}{'s' if self.count != 1 else ''}"

    def __repr__(self) -> str:
        return f"<{self}>"
