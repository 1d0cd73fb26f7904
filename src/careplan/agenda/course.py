"""The days of one medicine: its first dose, its changes of dose, its pause and its end."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Self

from attrs import frozen

from careplan.agenda.due import later
from careplan.model import Absent, Dose, Hold, Interval, ItemStatus, Medication, Quantity, Steps, UnitError

_LIVE = (ItemStatus.DRAFT, ItemStatus.ACTIVE, ItemStatus.ON_HOLD)
_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Course:
    """When a medicine was and will be taken, as far as the plan says.

    A resumption after a hold is a change and a rise, because the dose goes up from nothing.
    """

    live: bool
    """Neither stopped nor completed nor cancelled, by its status."""
    proposed: bool
    """A draft without a first day: not begun, and nobody knows when it will be."""
    first: date | None
    """Day of the first dose, earlier doses of the item included; None if it is not known."""
    last: date | None
    """Day of the last dose; None if no end is stated."""
    changes: tuple[date, ...]
    """Days after the first from which another dose holds, in order, planned ones included."""
    rises: tuple[date, ...]
    """Those changes that raise the dose, or may raise it because one of the two doses is not known."""
    hold: Hold | None

    @classmethod
    def of(cls, medicine: Medication) -> Self:
        """Read the course from the item's start, history, steps, hold and stop."""
        periods = _periods(medicine)
        changes, rises = set[date](), set[date]()
        for (_, before), (day, after) in pairwise(periods):
            if day is not None and not _same(before, after):
                changes.add(day)
                if _may_rise(before, after):
                    rises.add(day)
        resumed = {medicine.hold.until} if medicine.hold is not None and medicine.hold.until is not None else set()
        starts = [day for day, _ in periods if day is not None]
        first = min(starts, default=None) if periods[0][0] is not None else None
        return cls(
            live=medicine.status in _LIVE,
            proposed=medicine.status is ItemStatus.DRAFT and first is None,
            first=first,
            last=_last(medicine),
            changes=tuple(sorted(changes | resumed)),
            rises=tuple(sorted(rises | resumed)),
            hold=medicine.hold,
        )

    def held(self, on: date) -> bool:
        """Whether it is paused on that day; the day of restart no longer is."""
        hold = self.hold
        return hold is not None and hold.since <= on and (hold.until is None or on < hold.until)

    def ended(self, on: date) -> bool:
        """Whether it is over by that day."""
        return not self.live or (self.last is not None and self.last < on)

    def runs(self, on: date) -> bool:
        """Whether it is not over, and is or will be taken from a day that is known or past."""
        return not self.ended(on) and not self.proposed

    def unchanged_for(self, length: Interval, since: date) -> date:
        """Return the first day by which the dose has stayed the same for `length`, looking from `since` on."""
        for change in self.changes:
            if change > since and later(since, length) > change:
                since = change
        return later(since, length)


def _periods(medicine: Medication) -> list[tuple[date | None, Dose]]:
    """Every dose of the item with the day from which it holds, oldest first; the day may be unknown."""
    past: list[tuple[date | None, Dose]] = [(step.start, step.dose) for step in medicine.history]
    if isinstance(medicine.dosage, Steps):
        return past + [(step.start, step.dose) for step in medicine.dosage]
    start = medicine.start if isinstance(medicine.start, date) else None
    if medicine.history:
        ended = medicine.history[-1].stop
        after = ended + _DAY if ended is not None else None
        start = max(filter(None, (start, after)), default=None)
    return [*past, (start, medicine.dosage)]


def _last(medicine: Medication) -> date | None:
    if medicine.stop is not None:
        return medicine.stop
    return medicine.dosage.steps[-1].stop if isinstance(medicine.dosage, Steps) else None


def _same(before: Dose, after: Dose) -> bool:
    return (before.amount, before.timing) == (after.amount, after.timing)


def _may_rise(before: Dose, after: Dose) -> bool:
    old, new = before.frequency, after.frequency
    if isinstance(before.amount, Absent) or isinstance(after.amount, Absent) or old is None or new is None:
        return True
    try:
        amount = Quantity(after.amount.value, after.amount.unit).to(before.amount.unit)
    except UnitError:
        return True
    return amount.value * new.per_week > before.amount.value * old.per_week
