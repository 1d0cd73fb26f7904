"""How often one test is asked for: stretches in which it repeats, and single days."""

from datetime import date
from typing import TypeAlias

from attrs import frozen

from careplan.agenda.due import Due, later
from careplan.model import Interval


@frozen
class Repeat:
    """Every `every`, on days from `start` to `stop`, both included: six weeks of every two weeks hold three tests.

    With `afresh` it counts from `start` at the earliest (a rise of the dose), else from the last result, so that a
    stretch that begins when the last result is already older than `every` begins with a test.
    """

    every: Interval
    start: date
    stop: date | None = None
    afresh: bool = False

    def due(self, anchor: date) -> Due | None:
        """The next test after `anchor` within the stretch, if there is one."""
        if self.stop is not None and self.stop <= anchor:
            return None
        due = Due.after(max(anchor, self.start) if self.afresh else anchor, self.every)
        if due.due < self.start:
            due = Due(self.start, due.span)
        return due if self.stop is None or due.due <= self.stop else None

    def covers(self, on: date) -> bool:
        """Whether the stretch runs on that day; on `stop` the next one does."""
        return self.start <= on and (self.stop is None or on < self.stop)


@frozen
class Point:
    """Once, on `day`: a fixed time after the start, or (`baseline`) before the first dose on that day."""

    day: date
    span: int
    baseline: bool = False

    def due(self, anchor: date) -> Due | None:
        """The test, unless one was done since its window opened."""
        due = Due(self.day, self.span, self.baseline)
        return due if anchor < due.opens else None


Rhythm: TypeAlias = tuple[Repeat | Point, ...]


def fixed(first: date, times: tuple[Interval, ...]) -> Rhythm:
    """Points at these times after the first dose."""
    points, before = [], first
    for time in times:
        day = later(first, time)
        points.append(Point(day, max((day - before).days, 1)))
        before = day
    return tuple(points)
