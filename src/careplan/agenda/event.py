"""One dated entry of the agenda, and one that could not be dated."""

import datetime
from enum import StrEnum
from typing import Self

from attrs import frozen

from careplan.agenda.due import Status, booking
from careplan.model import Dose, Role


class Occasion(StrEnum):
    """What happens."""

    TEST = "test"
    """Laboratory tests, measurements, examinations."""
    REVIEW = "review"
    """Somebody looks again: at the plan, at a medicine, at a trial of treatment, at a goal."""
    VACCINE = "vaccine"
    START = "start"
    """First day of an item."""
    DOSE_STEP = "dose-step"
    """A step of a taper or titration begins."""
    RESTART = "restart"
    """First day after a hold."""
    STOP = "stop"
    """Last day of an item."""
    DOSE = "dose"
    """A dose day of a medicine that is not taken on most days."""
    PATCH_CHANGE = "patch-change"
    SESSION = "session"
    PLANNED = "planned"
    """An event that treatment is fitted around: an operation, a journey, a birth."""

    @property
    def waits(self) -> bool:
        """Whether it stays to be done when its day has passed."""
        return self in (Occasion.TEST, Occasion.REVIEW, Occasion.VACCINE)


@frozen
class Window:
    """The days on which something may be done, both included."""

    opens: datetime.date
    closes: datetime.date

    def common(self, other: "Window") -> "Window":
        """The days that lie in both."""
        return Window(max(self.opens, other.opens), min(self.closes, other.closes))


@frozen(kw_only=True)
class Limit:
    """A result that asks for action: ``below 3.5 10*9/L``, what to do then, and who does it."""

    test: str
    text: str
    action: str
    actors: tuple[str, ...] = ()
    subject: str | None = None
    """Id of the medicine or monitoring item that the limit is for."""


@frozen(kw_only=True, repr=False)
class Event:
    """Something that happens, or is due, on `date`.

    `subjects` are ids of components and goals, `tests` ids of the knowledge base. `last` is the day of the previous
    result: the oldest one if there are several tests, None if one of them has none. What is overdue keeps its own
    date, which then lies before the day of the agenda.
    """

    date: datetime.date
    occasion: Occasion
    title: str
    status: Status
    window: Window
    subjects: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    ordered_by: Role | None = None
    acted_on_by: Role | None = None
    if_abnormal: tuple[Limit, ...] = ()
    last: datetime.date | None = None
    dose: Dose | None = None

    @classmethod
    def dated(
        cls,
        day: datetime.date,
        occasion: Occasion,
        title: str,
        on: datetime.date,
        *,
        subjects: tuple[str, ...] = (),
        dose: Dose | None = None,
        acted_on_by: Role | None = None,
    ) -> Self:
        """Something that happens on its day and on no other, as seen on `on`."""
        return cls(
            date=day,
            occasion=occasion,
            title=title,
            status=Status.DUE if day == on else Status.NOT_DUE,
            window=Window(day, day),
            subjects=subjects,
            dose=dose,
            acted_on_by=acted_on_by,
        )

    @property
    def booking(self) -> datetime.date:
        """The last weekday on or before `date`, to suggest for booking."""
        return booking(self.date)

    def late(self, on: datetime.date) -> bool:
        """Whether it still waits to be done when its day has passed; not while it is suspended or not known."""
        known = self.status not in (Status.SUSPENDED, Status.UNKNOWN)
        return known and self.occasion.waits and self.date < on

    def __repr__(self) -> str:
        return f"<{self.date} {self.occasion.value}: {self.title}, {self.status.value}>"


class Obstacle(StrEnum):
    """Why something has no day in the agenda."""

    NO_START = "no-start"
    """It is counted from a first day that is not known."""
    NO_RHYTHM = "no-rhythm"
    """How often is not stated."""
    NO_DATE = "no-date"
    """It is planned, without a day."""
    ON_HOLD = "on-hold"
    """Paused, and the day of restart is not known."""
    ON_EVENT = "on-event"
    """It waits for something to happen."""
    CONDITIONAL = "conditional"
    """It is needed under a condition that could not be judged."""
    ENDED = "ended"
    """What it is for has stopped."""


@frozen(kw_only=True, repr=False)
class Unscheduled:
    """Something that belongs in the agenda and could not be dated: what, and why."""

    title: str
    obstacle: Obstacle
    detail: str
    """The obstacle in words."""
    subjects: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<{self.title}: {self.obstacle.value}>"
