"""Facts about tests: before the first dose, on treatment, and what their results ask for."""

from decimal import Decimal

from attrs import NOTHING, field

from careplan.knowledge.fact import Fact, naming, record
from careplan.knowledge.spans import Span, Spans
from careplan.knowledge.vocabulary import Change, Do, Horizon, Need, SchedulePhase, Severity, Stage
from careplan.model import Unit


@record
class Checked(Fact):
    """A fact about some checks: tests, screens, questions or parts of the record."""

    tests: tuple[str, ...] = naming("analytes")
    screens: tuple[str, ...] = naming("screens")
    questions: tuple[str, ...] = naming("questions")
    records: tuple[str, ...] = naming("records")
    text: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not self.checks:
            raise ValueError("one of 'tests', 'screens', 'questions' and 'records' must say what is checked")

    @property
    def checks(self) -> tuple[str, ...]:
        """Ids of everything that is checked."""
        return self.tests + self.screens + self.questions + self.records

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the checks."""
        return *super().identity, self.checks


@record
class BaselineTest(Checked):
    """A check before the first dose, its result no older than `max_age`."""

    need: Need
    max_age: Span | Horizon
    if_abnormal: str | None = None


@record
class MonitoringPhase(Checked):
    """A phase of a monitoring schedule.

    It begins after the phase before it, or `start` after the first dose; it ends after `lasts`, `until` after the
    first dose, once the dose has been unchanged for `until_stable_for`, or never. Rows of one `schedule` belong
    together.
    """

    schedule: str
    phase: SchedulePhase
    start: Span | None = field(default=None, metadata={"key": "from"})
    until: Span | None = None
    lasts: Span | None = None
    until_stable_for: Span | None = None
    every: Spans | None = None
    at: tuple[Span, ...] = ()
    event: str | None = None
    baseline: bool = False

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if sum((self.every is not None, bool(self.at), self.event is not None)) != 1:
            raise ValueError("exactly one of 'every', 'at' and 'event' must say how often")
        if sum(end is not None for end in (self.until, self.lasts, self.until_stable_for)) > 1:
            raise ValueError("only one of 'until', 'lasts' and 'until_stable_for' can end the phase")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Checked`, and the phase."""
        return *super().identity, self.schedule, self.phase, self.start


@record
class Bounded(Fact):
    """A fact that holds for a range of numbers; `per = "uln"` counts in upper limits of normal."""

    at_least: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    at_most: Decimal | None = None
    unit: Unit | None = None
    per: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.per not in (None, "uln"):
            raise ValueError(f"'per' is {self.per!r}: only 'uln' is known")
        if self.bounded and (self.unit is None) == (self.per is None):
            raise ValueError("a number needs either its 'unit' or 'per = \"uln\"'")

    @property
    def bounds(self) -> tuple[Decimal | None, ...]:
        """The four bounds: at least, above, below, at most."""
        return self.at_least, self.above, self.below, self.at_most

    @property
    def bounded(self) -> bool:
        """Whether any bound is stated."""
        return any(bound is not None for bound in self.bounds)

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the bounds."""
        return *super().identity, self.bounds


@record
class ActionThreshold(Bounded):
    """A result that asks for action."""

    tests: tuple[str, ...] = naming("analytes", default=NOTHING)
    do: Do
    action: str
    severity: Severity
    stage: Stage = Stage.ANY
    outcomes: tuple[str, ...] = field(default=(), metadata={"key": "outcome"})
    change: Change | None = None
    since: str | None = None
    confirmed: bool = False
    actors: tuple[str, ...] = naming("roles", key="actor")

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.bounded == bool(self.outcomes):
            raise ValueError("either a bound or 'outcome' must say which result")
        if (self.change is None) != (self.since is None):
            raise ValueError("'change' and 'since' belong together")
        if self.since not in (None, "baseline"):
            Span.of(self.since)

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Bounded`, and the test."""
        return *super().identity, self.tests, self.stage, self.outcomes, self.change


@record
class WarningSymptom(Fact):
    """Signs that count as much as a result."""

    signs: tuple[str, ...]
    do: Do
    action: str
    severity: Severity
    question: str | None = naming("questions", default=None)
    actors: tuple[str, ...] = naming("roles", key="actor")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the signs."""
        return *super().identity, self.signs
