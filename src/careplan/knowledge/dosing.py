"""Facts about amounts: what is usual, what is too much, and what changes it."""

from decimal import Decimal

from attrs import NOTHING, field

from careplan.knowledge.fact import Fact, naming, record
from careplan.knowledge.spans import Range, Span, Spans
from careplan.knowledge.vocabulary import (
    DosePhase,
    HazardKind,
    LimitKind,
    ModifierEffect,
    OrderField,
    Severity,
    Supply,
    WeightBasis,
)
from careplan.model import Dimension, Form, Route, Unit


@record
class Placed(Fact):
    """A fact for some ways of giving a drug only; an empty tuple means any."""

    routes: tuple[Route, ...] = field(default=(), metadata={"key": "route"})
    forms: tuple[Form, ...] = field(default=(), metadata={"key": "form"})
    indications: tuple[str, ...] = naming("conditions", key="indication")
    supply: tuple[Supply, ...] = ()

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the place."""
        return *super().identity, self.routes, self.forms, self.indications, self.supply


@record
class UsualDose(Placed):
    """A usual dose: an amount and its rhythm, or words."""

    phase: DosePhase
    amount: Range | None = None
    unit: Unit | None = None
    weight: WeightBasis | None = None
    times_a_day: Range | None = None
    every: Spans | None = None
    at_weeks: tuple[int, ...] = ()
    once: bool = False
    named_weekday: bool = False
    text: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if (self.amount is None) != (self.unit is None):
            raise ValueError("'amount' and 'unit' belong together")
        if self.amount is None and self.text is None:
            raise ValueError("neither an 'amount' nor a 'text' says what the dose is")
        rhythms = (self.times_a_day is not None, self.every is not None, bool(self.at_weeks), self.once)
        if sum(rhythms) > 1:
            raise ValueError("only one of 'times_a_day', 'every', 'at_weeks' and 'once' can be the rhythm")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Placed`, and the phase."""
        return *super().identity, self.phase


_IN_DAYS = (LimitKind.DURATION, LimitKind.DOSE_DAYS)


@record
class DoseLimit(Placed):
    """A limit: above `warn_above` a caution, above `hard_above` a finding of `severity`.

    Days (`duration`, `dose-days`) are counted in the unit ``d``, which is no unit of an amount: there `unit` is None.
    """

    kind: LimitKind
    warn_above: Decimal | None = None
    hard_above: Decimal | None = None
    unit: Unit | None = None
    severity: Severity | None = None
    period: Span | None = None
    weight: WeightBasis | None = None
    equivalent: str | None = naming("drugs", default=None)
    after: Span | None = None
    per_site: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.warn_above is None and self.hard_above is None:
            raise ValueError("a limit needs 'warn_above' or 'hard_above'")
        if self.warn_above is not None and self.hard_above is not None and self.warn_above > self.hard_above:
            raise ValueError(f"'warn_above' {self.warn_above} is more than 'hard_above' {self.hard_above}")
        if (self.hard_above is None) != (self.severity is None):
            raise ValueError("'hard_above' and 'severity' belong together")
        if (self.kind is LimitKind.PERIOD) != (self.period is not None):
            raise ValueError("kind 'period' and the key 'period' belong together")
        if self.kind not in _IN_DAYS and self.unit is None:
            raise ValueError("'unit' is missing")
        if self.kind in _IN_DAYS and self.unit is not Unit.DAY:
            raise ValueError(f"days are counted: the unit of a limit of kind {self.kind.value!r} is 'd'")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Placed`, and what is limited."""
        per_weight = self.unit is not None and self.unit.dimension is Dimension.MASS_PER_BODY_MASS
        return *super().identity, self.kind, self.period, per_weight, self.after, self.per_site, self.equivalent


@record
class DoseInterval(Placed):
    """How close two planned doses may be; gaps on `loading_days` (from the first dose) may be shorter."""

    usual: Spans | None = None
    minimum: Span | None = None
    loading_days: tuple[int, ...] = ()
    severity: Severity | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.usual is None and self.minimum is None:
            raise ValueError("an interval needs 'usual' or 'minimum'")
        if (self.minimum is None) != (self.severity is None):
            raise ValueError("'minimum' and 'severity' belong together")


@record
class ProductHazard(Placed):
    """A hazard of the product or the order, and the rule that prevents it."""

    kind: HazardKind
    text: str
    action: str
    severity: Severity
    requires: tuple[OrderField, ...] = ()
    look_alike: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Placed`, and the kind."""
        return *super().identity, self.kind, self.text


@record
class DoseModifier(Placed):
    """What kidney, liver, age, weight or genes do to a dose.

    `factor` is a test, ``age``, a condition or a screen. Numbers use the bounds; graded conditions `grades`;
    screens `outcomes`. `fraction` is of the usual dose; `ceiling` replaces the limit of `ceiling_kind`.
    """

    factor: str = naming("analytes", "conditions", "screens", "age", default=NOTHING)
    effect: ModifierEffect
    action: str
    severity: Severity
    at_least: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    at_most: Decimal | None = None
    grades: tuple[str, ...] = field(default=(), metadata={"key": "grade"})
    outcomes: tuple[str, ...] = field(default=(), metadata={"key": "outcome"})
    fraction: Range | None = None
    ceiling: Decimal | None = None
    ceiling_kind: LimitKind | None = None
    start: Range | None = None
    unit: Unit | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if (self.ceiling is None) != (self.ceiling_kind is None):
            raise ValueError("'ceiling' and 'ceiling_kind' belong together")
        if (self.ceiling is not None or self.start is not None) and self.unit is None:
            raise ValueError("'unit' of the ceiling or start dose is missing")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Placed`, and the factor with its band."""
        band = (self.at_least, self.above, self.below, self.at_most, self.grades, self.outcomes)
        return *super().identity, self.factor, band, self.ceiling_kind
