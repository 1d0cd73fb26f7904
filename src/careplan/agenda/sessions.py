"""The days of the therapies: their sessions, as far as the plan says how many and how often."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from careplan.agenda.event import Event, Obstacle, Occasion, Unscheduled
from careplan.agenda.recurrence import RARE, on_weekdays, repeated
from careplan.knowledge import Knowledge
from careplan.model import Absent, Daily, Every, ItemStatus, Once, Therapy, Weekly

_LIVE = (ItemStatus.DRAFT, ItemStatus.ACTIVE)


def sessions(item: Therapy, knowledge: Knowledge, on: date, until: date) -> Iterator[Event | Unscheduled]:
    """The sessions of one therapy from `on` to `until`; one that is done every day has no event for each day."""
    name = _name(item, knowledge)
    if item.status is ItemStatus.ON_HOLD:
        yield _undated(item, name, Obstacle.ON_HOLD, "paused, without a day of restart")
    if item.status not in _LIVE or (item.stop is not None and item.stop < on):
        return
    obstacle = _obstacle(item)
    if obstacle is not None:
        yield _undated(item, name, *obstacle)
    total = item.sessions if isinstance(item.sessions, int) else None
    start = item.start if isinstance(item.start, date) else None
    days = islice(_days(item, start or on, min(until, item.stop or until)), total)
    for number, day in enumerate(days, start=1):
        if day >= on:
            count = f" ({number} of {total})" if start is not None and total is not None else ""
            subjects = (item.id, *item.goals)
            yield Event.dated(
                day, Occasion.SESSION, f"{name}{count}", on, subjects=subjects, acted_on_by=item.discipline
            )


def _days(item: Therapy, first: date, last: date) -> Iterator[date]:
    if first > last:
        return
    match item.frequency:
        case Weekly(days=days):
            if len(days) <= RARE:
                yield from on_weekdays([day.number for day in days], first, last)
        case Every(interval=interval):
            if isinstance(item.start, date) and interval.shortest_days > 1:
                yield from repeated(first, interval, first, last)
        case Once(on=day):
            once = day or (item.start if isinstance(item.start, date) else None)
            if once is not None and once <= last:
                yield once
        case Daily() | Absent():
            return


def _obstacle(item: Therapy) -> tuple[Obstacle, str] | None:
    known_start = isinstance(item.start, date)
    match item.frequency:
        case Absent():
            return Obstacle.NO_RHYTHM, "how often is not stated"
        case Every() if not known_start:
            return Obstacle.NO_START, "counted from a first day that is not stated"
        case Once(on=None) if not known_start:
            return Obstacle.NO_DATE, "once, on a day that is not stated"
        case Weekly() if not known_start and isinstance(item.sessions, int):
            return Obstacle.NO_START, f"how many of the {item.sessions} sessions are left: the first day is not stated"
        case _:
            return None


def _name(item: Therapy, knowledge: Knowledge) -> str:
    if item.therapy in knowledge.therapies:
        return knowledge.therapies[item.therapy].name
    return item.therapy.replace("-", " ")


def _undated(item: Therapy, name: str, obstacle: Obstacle, detail: str) -> Unscheduled:
    return Unscheduled(title=name, obstacle=obstacle, detail=detail, subjects=(item.id,))
