"""Drugs, their classes, products of several drugs, and interactions."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import NOTHING, field

from careplan.knowledge.course import (
    Companion,
    Evidence,
    LiveVaccineWindow,
    PatientText,
    ResponseCriterion,
    SickDayAdvice,
    SurgeryAdvice,
    VaccineTiming,
    Withdrawal,
)
from careplan.knowledge.dosing import (
    DoseInterval,
    DoseLimit,
    DoseModifier,
    ProductHazard,
    UsualDose,
)
from careplan.knowledge.fact import Code, Fact, Row, attributes, naming, record, rows
from careplan.knowledge.safety import (
    BreastfeedingAdvice,
    ConceptionAdvice,
    Contraindication,
    Metabolism,
    MinimumAge,
    PregnancyAdvice,
    RiskFlags,
)
from careplan.knowledge.spans import Span
from careplan.knowledge.surveillance import ActionThreshold, BaselineTest, MonitoringPhase, WarningSymptom
from careplan.knowledge.vocabulary import (
    Confidence,
    Direction,
    Group,
    Mechanism,
    Region,
    Severity,
    Supply,
)
from careplan.model import Form, Route, Unit


@record
class Facts(Row):
    """All tables of facts that a drug or a class may have, each in the order of its file."""

    doses: tuple[UsualDose, ...] = rows("dose")
    limits: tuple[DoseLimit, ...] = rows("limit")
    intervals: tuple[DoseInterval, ...] = rows("interval")
    hazards: tuple[ProductHazard, ...] = rows("hazard")
    modifiers: tuple[DoseModifier, ...] = rows("modifier")
    contraindications: tuple[Contraindication, ...] = rows("contraindication")
    pregnancy: tuple[PregnancyAdvice, ...] = rows("pregnancy")
    breastfeeding: tuple[BreastfeedingAdvice, ...] = rows("breastfeeding")
    conception: tuple[ConceptionAdvice, ...] = rows("conception")
    minimum_ages: tuple[MinimumAge, ...] = rows("minimum_age")
    screening: tuple[BaselineTest, ...] = rows("screening")
    monitoring: tuple[MonitoringPhase, ...] = rows("monitoring")
    thresholds: tuple[ActionThreshold, ...] = rows("threshold")
    symptoms: tuple[WarningSymptom, ...] = rows("symptom")
    companions: tuple[Companion, ...] = rows("companion")
    sick_days: tuple[SickDayAdvice, ...] = rows("sick_day")
    surgery: tuple[SurgeryAdvice, ...] = rows("surgery")
    live_vaccines: tuple[LiveVaccineWindow, ...] = rows("live_vaccine")
    vaccine_timing: tuple[VaccineTiming, ...] = rows("vaccine_timing")
    response: tuple[ResponseCriterion, ...] = rows("response")
    withdrawal: tuple[Withdrawal, ...] = rows("withdrawal")
    evidence: tuple[Evidence, ...] = rows("evidence")
    metabolism: tuple[Metabolism, ...] = rows("metabolism")
    flags: RiskFlags | None = None
    patient: PatientText | None = None

    def tables(self) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """Give every table that has rows, by the name it bears in the files."""
        for attribute in attributes(Facts):
            value = getattr(self, attribute.name)
            if value:
                yield attribute.metadata.get("key", attribute.name), value if isinstance(value, tuple) else (value,)


@record
class Drug(Facts):
    """One drug: its identity, and the facts that its own file states."""

    id: str
    name: str
    group: Group
    sources: tuple[str, ...] = naming("sources", key="source", default=NOTHING)
    confidence: Confidence
    classes: tuple[str, ...] = naming("classes", default=NOTHING)
    routes: tuple[Route, ...]
    forms: tuple[Form, ...] = ()
    subclass: str | None = None
    stated_ingredient: str | None = field(default=None, metadata={"key": "ingredient"})
    aliases: tuple[str, ...] = ()
    salts: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    tall_man: str | None = None
    controlled: Mapping[str, str] = field(factory=dict)
    codes: tuple[Code, ...] = ()
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.sources:
            raise ValueError("'source' is empty: the identity of a drug has a source too")
        if not self.routes:
            raise ValueError("'routes' is empty: the first route is the one that an item without a route is judged by")

    @property
    def ingredient(self) -> str:
        """The substance: the drug's own id, unless the id says more than that."""
        return self.stated_ingredient or self.id


@record
class ClassFacts(Facts):
    """Facts that hold for every member of a class."""


@record
class DrugClass(Fact):
    """A class of drugs: a node of the hierarchy, and how an item must be given to count.

    `values` and `at_least` are asked of the flag `flag` where membership follows from one.
    """

    id: str
    name: str
    plain: str | None = None
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = naming("classes")
    routes: tuple[Route, ...] = ()
    forms: tuple[Form, ...] = ()
    indications: tuple[str, ...] = naming("conditions")
    not_indications: tuple[str, ...] = naming("conditions")
    single_at_least: Decimal | None = None
    daily_above: Decimal | None = None
    daily_at_most: Decimal | None = None
    unit: Unit | None = None
    flag: str | None = None
    at_least: int | None = None
    values: tuple[str, ...] = field(default=(), metadata={"key": "is"})
    everything: bool = False
    monitored: bool = False
    """Every member needs monitoring rows, its own or of a class."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        amounts = (self.single_at_least, self.daily_above, self.daily_at_most)
        if any(amount is not None for amount in amounts) != (self.unit is not None):
            raise ValueError("an amount and its 'unit' belong together")
        if (self.flag is not None) != (self.at_least is not None or bool(self.values)):
            raise ValueError("'flag' needs 'at_least' or 'is', and they need 'flag'")

    def holds_flag(self, flags: Mapping[str, Any]) -> bool:
        """Whether a drug with these flags, as they stand in its file, is a member by its flags."""
        value = flags.get(self.flag) if self.flag else None
        if value is None:
            return False
        return value in self.values or (self.at_least is not None and value >= self.at_least)


@record
class Content(Row):
    """One drug in a product; no `amount` where the order must state the strength."""

    drug: str = naming("drugs", default=NOTHING)
    amount: Decimal | None = None
    unit: Unit | None = None

    def __attrs_post_init__(self) -> None:
        if (self.amount is None) != (self.unit is None):
            raise ValueError("'amount' and 'unit' belong together")


@record
class CombinationProduct(Fact):
    """A product by its ingredients: what `per` of it holds."""

    id: str
    name: str
    contains: tuple[Content, ...]
    per: str
    aliases: tuple[str, ...] = ()
    forms: tuple[Form, ...] = field(default=(), metadata={"key": "form"})
    max_units_day: Decimal | None = None
    supply: tuple[Supply, ...] = ()
    hidden: str | None = naming("drugs", default=None)
    action: str | None = None
    codes: tuple[Code, ...] = ()

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not self.contains:
            raise ValueError("'contains' is empty: a product is known by its ingredients")


@record
class Escalation(Row):
    """What makes an interaction worse."""

    to: Severity
    when: str = field(metadata={"sentence": True})
    jurisdiction: tuple[Region, ...] = ()


@record
class Interaction(Fact):
    """Names that do not go together: one of each list in `between`."""

    id: str
    between: tuple[tuple[str, ...], ...] = naming("medicines", default=NOTHING)
    effect: str
    severity: Severity
    action: str
    mechanism: str | None = None
    kind: tuple[Mechanism, ...] = ()
    escalate: tuple[Escalation, ...] = ()
    actors: tuple[str, ...] = naming("roles", key="actor")
    affected: str | None = naming("medicines", default=None)
    direction: Direction | None = None
    lasts: Span | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not self.between or not all(self.between) or (len(self.between) < 2 and self.when is None):
            raise ValueError("'between' needs two lists of names, or one list and a 'when'")
        for step in self.escalate:
            if step.to <= self.severity:
                raise ValueError(f"'escalate' goes up only: {step.to.word} is not above {self.severity.word}")
