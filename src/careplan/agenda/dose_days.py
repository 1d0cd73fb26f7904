"""The days on which a dose is taken or a patch is changed, where that is not nearly every day."""

from collections.abc import Iterator
from datetime import date

from careplan.agenda.event import Obstacle
from careplan.agenda.recurrence import RARE, on_weekdays, repeated, repeated_hours
from careplan.model import Absent, AsNeeded, Continuous, Daily, DayPattern, Dose, Every, EveryHours, Once, Weekly

_FROM_START = (Obstacle.NO_START, "counted from a first day that is not stated")


def dose_days(dose: Dose, start: date | None, first: date, last: date) -> Iterator[date]:
    """The dose days within `first` to `last`, counted from `start`; none for a dose that is taken on most days."""
    match dose.timing:
        case Daily() | DayPattern() | AsNeeded() | Absent():
            return
        case Weekly(days=days):
            if len(days) <= RARE:
                yield from on_weekdays([day.number for day in days], first, last)
        case Once(on=day):
            once = day or start
            if once is not None and first <= once <= last:
                yield once
        case Every(interval=interval):
            if start is not None and interval.shortest_days >= 2:
                yield from repeated(start, interval, first, last)
        case EveryHours(hours=hours) | Continuous(change_hours=int(hours)):
            if start is not None and hours > 24:
                yield from repeated_hours(start, hours, first, last)


def obstacle(dose: Dose, start: date | None) -> tuple[Obstacle, str] | None:
    """Why the dose days cannot be told, if they cannot: the obstacle, and in words."""
    match dose.timing:
        case Absent():
            return Obstacle.NO_RHYTHM, "how often it is taken is not stated"
        case Continuous(change_hours=Absent()):
            return Obstacle.NO_RHYTHM, "how often it is changed is not stated"
        case Once(on=None) if start is None:
            return Obstacle.NO_DATE, "taken once, on a day that is not stated"
        case Every() | Continuous() if start is None:
            return _FROM_START
        case EveryHours(hours=hours) if start is None and hours > 24:
            return _FROM_START
        case _:
            return None
