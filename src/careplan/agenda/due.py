"""When a test is due and how late it is: anchor, interval, window, grace, status.

Days only, no clock times: a day means the calendar day of the service that runs the plan.
"""

from bisect import bisect_left
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from attrs import frozen

from careplan.model import Interval

_SPANS = (14, 35, 92)
_GRACE = (3, 7, 14, 28)
"""Days of grace up to each of these spans, and beyond the last: this library's convention, open to local policy."""
_WIDEST_WINDOW = 28
_SATURDAY = 5


class Status(StrEnum):
    """Where an item stands on a day; exactly one holds, and they are looked for in this order."""

    NOT_APPLICABLE = "not-applicable"
    """The medicine is stopped, or was never begun."""
    SUSPENDED = "suspended"
    """The medicine is on hold: the item stays visible, and nothing is overdue."""
    UNKNOWN = "unknown"
    """No source of results is connected. Never taken as done."""
    NOT_DUE = "not-due"
    WINDOW_OPEN = "window-open"
    """May be done: an early result moves the next one too, so that no gap is longer than the interval."""
    DUE = "due"
    """Today."""
    OVERDUE_IN_GRACE = "overdue-in-grace"
    OVERDUE = "overdue"
    CRITICAL = "critical"
    """Later than twice the grace or half the span, or a baseline test missing after the medicine started."""

    @property
    def late(self) -> bool:
        """Past its day, in grace or beyond."""
        return self in (Status.OVERDUE_IN_GRACE, Status.OVERDUE, Status.CRITICAL)

    @property
    def urgency(self) -> int:
        """Larger is later; for picking the worst of several."""
        return _URGENCY[self]


_URGENCY = {status: number for number, status in enumerate(Status)}


@frozen
class Due:
    """One test falls due on `due`, `span` days after the one before (or after the start).

    `baseline`: it must be done in the `span` days before the medicine starts on that day, with no grace after it.
    """

    due: date
    span: int
    baseline: bool = False

    @classmethod
    def after(cls, anchor: date, interval: Interval) -> Self:
        """Due one interval after the anchor: the collection day of the last satisfying result, or the start."""
        due = later(anchor, interval)
        return cls(due, (due - anchor).days)

    @property
    def opens(self) -> date:
        """First day of the booking window: a quarter of the span, at most 28 days, before `due`."""
        return back(self.due, self.span if self.baseline else min(self.span // 4, _WIDEST_WINDOW))

    @property
    def grace(self) -> int:
        """Days after `due` that are still acceptable."""
        if self.baseline:
            return 0
        return _GRACE[bisect_left(_SPANS, self.span)]

    @property
    def grace_ends(self) -> date:
        """Last acceptable day."""
        return ahead(self.due, self.grace)

    @property
    def overdue_ends(self) -> date:
        """Last day before the status is critical: twice the grace or half the span, whichever is longer."""
        return self.due if self.baseline else ahead(self.due, max(2 * self.grace, self.span // 2))

    def status(self, on: date) -> Status:
        """Where it stands on that day, if nothing has been done since the anchor."""
        if on < self.opens:
            return Status.NOT_DUE
        if on < self.due:
            return Status.WINDOW_OPEN
        if on == self.due:
            return Status.DUE
        if on <= self.grace_ends:
            return Status.OVERDUE_IN_GRACE
        return Status.OVERDUE if on <= self.overdue_ends else Status.CRITICAL


def booking(due: date) -> date:
    """Return the last weekday on or before `due`, to suggest for booking; `due` itself is never moved."""
    return back(due, max(due.weekday() - _SATURDAY + 1, 0))


def later(day: date, interval: Interval, times: int = 1) -> date:
    """Return the day `times` intervals after `day`, or the last day of the calendar if that lies beyond it."""
    try:
        return interval.after(day, times)
    except (OverflowError, ValueError):
        return date.max


def ahead(day: date, days: int) -> date:
    """Return the day that many days later, within the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max


def back(day: date, days: int) -> date:
    """Return the day that many days earlier, within the calendar."""
    try:
        return day - timedelta(days)
    except OverflowError:
        return date.min
