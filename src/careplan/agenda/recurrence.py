"""The days on which something repeats."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from careplan.agenda.due import ahead, later
from careplan.model import Calendar, Interval

RARE = 3
"""Most days in a week on which something still gets an event each: on more it is nearly daily, and known by heart."""

_LONGEST = {Calendar.DAY: 1, Calendar.WEEK: 7, Calendar.MONTH: 31, Calendar.YEAR: 366}


def longest_days(interval: Interval) -> int:
    """Return the most days that the interval can span."""
    if interval.unit is Calendar.MONTH:
        years, months = divmod(interval.count, 12)
        return years * _LONGEST[Calendar.YEAR] + months * _LONGEST[Calendar.MONTH]
    return interval.count * _LONGEST[interval.unit]


def repeated(origin: date, interval: Interval, first: date, last: date) -> Iterator[date]:
    """Every interval from `origin`: the days within `first` to `last`, both included.

    Each is counted from the origin, so that monthly from 31 January is 28 February and then 31 March.
    """
    times = max((first - origin).days // longest_days(interval), 0)
    day = later(origin, interval, times)
    while day <= last:
        if day >= first:
            yield day
        if day == date.max:
            return
        times += 1
        day = later(origin, interval, times)


def repeated_hours(origin: date, hours: int, first: date, last: date) -> Iterator[date]:
    """Every `hours` hours from the morning of `origin`: the days within `first` to `last`, each day once."""
    start = max((first - origin).days * 24 // hours, 0)
    end = (last - origin).days * 24 + 23
    previous = None
    for times in range(start, end // hours + 1):
        day = origin + timedelta(days=times * hours // 24)
        if day >= first and day != previous:
            yield day
        previous = day


def on_weekdays(weekdays: Collection[int], first: date, last: date) -> Iterator[date]:
    """The days within `first` to `last` that fall on these weekdays (Monday is 0)."""
    shifts = sorted((weekday - first.weekday()) % 7 for weekday in weekdays)
    for week in range(0, (last - first).days + 1, 7):
        for shift in shifts:
            day = ahead(first, week + shift)
            if day <= last:
                yield day
