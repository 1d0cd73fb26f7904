"""What the person wants to reach, and how it is going."""

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from careplan.model._check import filled, slug, slugs
from careplan.model.quantity import Quantity


class GoalLifecycle(StrEnum):
    """FHIR goal-status: where the goal itself stands."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    ENTERED_IN_ERROR = "entered-in-error"


class Achievement(StrEnum):
    """FHIR goal-achievement: how far it has been reached, apart from its lifecycle."""

    IN_PROGRESS = "in-progress"
    IMPROVING = "improving"
    WORSENING = "worsening"
    NO_CHANGE = "no-change"
    ACHIEVED = "achieved"
    SUSTAINING = "sustaining"
    NOT_ACHIEVED = "not-achieved"
    NO_PROGRESS = "no-progress"
    NOT_ATTAINABLE = "not-attainable"


@frozen(kw_only=True)
class Goal:
    """A goal in the person's own words. `measure` is a test id; `about` are the components that serve it."""

    id: str = field(validator=slug)
    description: str = field(validator=filled)
    measure: str | None = field(default=None, validator=slug)
    baseline: Quantity | None = None
    target: Quantity | None = None
    due: date | None = None
    lifecycle: GoalLifecycle = GoalLifecycle.ACTIVE
    achievement: Achievement | None = None
    about: tuple[str, ...] = field(default=(), validator=slugs)
    my_actions: tuple[str, ...] = ()
    team_actions: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.target is not None and self.measure is None:
            raise ValueError(f"goal {self.id} has a target but no measure: say what is measured")
