"""A duty: one test that one medicine (or one item of the plan) asks for again and again."""

from datetime import date

from attrs import frozen

from careplan.agenda.due import Due
from careplan.agenda.recurrence import longest_days
from careplan.agenda.rhythm import Point, Repeat, Rhythm
from careplan.model import Role


@frozen(kw_only=True, eq=False)
class Duty:
    """`test` for `medicine` (a component id), in a `rhythm`.

    It comes from the plan (`monitoring`: the component's id) or from the knowledge base (`schedule`: its name).
    """

    test: str
    medicine: str | None
    label: str
    """What the test is for, in words."""
    rhythm: Rhythm
    first: date | None
    """The day to count from as long as nothing was done: the first dose, or the item's start; None if not known."""
    since: date | None = None
    """Results before this day, the first dose, do not count."""
    perhaps: Rhythm = ()
    """While `first` is not known: the stretches that it might be in, stricter than the one that is assumed."""
    until: date | None = None
    """Last day on which the test is asked for."""
    suspended: bool = False
    """The medicine is on hold, until `resumes` if that day is known."""
    resumes: date | None = None
    decided: bool = True
    """Whether it is known that the duty holds for this person; a schedule may hold under a condition only."""
    monitoring: str | None = None
    schedule: str | None = None
    ordered_by: Role | None = None
    acted_on_by: Role | None = None

    @property
    def owned(self) -> bool:
        """Whether the plan says who orders the test or acts on it."""
        return self.ordered_by is not None or self.acted_on_by is not None

    @property
    def planned(self) -> bool:
        """Whether the plan itself asks for it."""
        return self.monitoring is not None

    def anchor(self, last: date | None) -> date | None:
        """The day to count from: the last result that counts, else the start."""
        if last is None or (self.since is not None and last < self.since):
            return self.first
        return last

    def dues(self, last: date | None, *, perhaps: bool = False) -> list[tuple[Due, Repeat | Point]]:
        """Every next due day after a `last` result, each with the piece of the rhythm that asks for it."""
        anchor = self.anchor(last)
        found = []
        for piece in self.perhaps if perhaps else self.rhythm:
            since = (last or date.min) if isinstance(piece, Point) else anchor
            due = piece.due(since) if since is not None else None
            if due is not None and (self.until is None or due.due <= self.until):
                found.append((due, piece))
        return found

    def longest_gap(self, on: date) -> int | None:
        """The most days between two tests in the stretch that runs on that day (before the start: on the first).

        None if no stretch runs then; the strictest if several do.
        """
        day = max(on, self.first or on, self.since or on)
        running = [piece for piece in self.rhythm if isinstance(piece, Repeat) and piece.covers(day)]
        return min((longest_days(piece.every) for piece in running), default=None)

    def reason(self, piece: Repeat | Point) -> str:
        """Why it is due, in words: ``methotrexate: every 3 months (bsr-2017)``."""
        origin = self.schedule if self.schedule is not None else "plan"
        if isinstance(piece, Repeat):
            return f"{self.label}: every {str(piece.every).removeprefix('1 ')} ({origin})"
        return f"{self.label}: {'before the first dose' if piece.baseline else 'once'} ({origin})"
