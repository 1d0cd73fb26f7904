"""Facts about persons who should not have a drug, or not now."""

from attrs import field

from careplan.knowledge.dosing import Placed
from careplan.knowledge.fact import Fact, naming, record
from careplan.knowledge.spans import Range, Span
from careplan.knowledge.vocabulary import (
    Basis,
    ConceptionStance,
    Driving,
    EnzymeRole,
    Partner,
    Qt,
    Severity,
    Suitability,
    When,
)


@record
class Contraindication(Placed):
    """A condition (any of `conditions`), an allergy or a sentence under which the drug is not given, or with care."""

    severity: Severity
    conditions: tuple[str, ...] = naming("conditions", key="condition")
    status: When = When.PRESENT
    grades: tuple[str, ...] = field(default=(), metadata={"key": "grade"})
    within: Span | None = None
    allergy: str | None = naming("medicines", "allergens", default=None)
    text: str | None = None
    action: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.conditions and self.allergy:
            raise ValueError("'condition' and 'allergy' are two rows")
        if not (self.conditions or self.allergy or self.when):
            raise ValueError("one of 'condition', 'allergy' and 'when' must say for whom")
        if not (self.conditions or self.allergy or self.key):
            raise ValueError("a row with nothing but 'when' needs a 'key', a word that names it")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Placed`, and the condition."""
        return *super().identity, self.conditions, self.status, self.grades, self.within, self.allergy


@record
class PregnancyAdvice(Fact):
    """Advice by trimester, or by completed weeks of gestation (`to_week` not included)."""

    advice: Suitability
    trimesters: tuple[int, ...] = field(default=(), metadata={"key": "trimester"})
    from_week: int | None = None
    to_week: int | None = None
    last_dose_week: int | None = None
    action: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if bool(self.trimesters) == (self.from_week is not None):
            raise ValueError("either 'trimester' or 'from_week' must say when")
        if not set(self.trimesters) <= {1, 2, 3}:
            raise ValueError(f"'trimester' {list(self.trimesters)}: there are 1, 2 and 3")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the time."""
        return *super().identity, self.trimesters, self.from_week, self.to_week


@record
class BreastfeedingAdvice(Fact):
    """Advice for breast-feeding."""

    advice: Suitability
    action: str | None = None


@record
class ConceptionAdvice(Fact):
    """Advice before a pregnancy: `stop_before` conception, `contraception_after` stopping, or a `washout`."""

    partner: Partner
    basis: Basis
    advice: ConceptionStance
    stop_before: Span | None = None
    contraception_after: Span | None = None
    washout: str | None = None
    action: str | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and who and on what basis."""
        return *super().identity, self.partner, self.basis


@record
class MinimumAge(Placed):
    """Age in completed years from which the drug may be used."""

    years: int
    severity: Severity


@record
class Metabolism(Fact):
    """What an enzyme or transporter does with the drug, or the drug with it."""

    enzyme: str
    role: EnzymeRole
    effect: str
    phenotypes: tuple[str, ...] = field(default=(), metadata={"key": "phenotype"})
    action: str | None = None
    start_fraction: Range | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the enzyme."""
        return *super().identity, self.enzyme, self.role, self.phenotypes


@record
class RiskFlags(Fact):
    """Risks that add up over several medicines. None is not known, never zero."""

    qt: Qt | None = None
    serotonin: int | None = None
    seizure: int | None = None
    sedation: int | None = None
    dependence: int | None = None
    falls: int | None = None
    anticholinergic: int | None = None
    anticholinergic_ars: int | None = None
    driving: Driving | None = None
    driving_limit: int | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        for name in ("serotonin", "seizure", "sedation", "dependence", "anticholinergic", "anticholinergic_ars"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 3:
                raise ValueError(f"{name!r} is {value}: the scale runs from 0 to 3")
        if (self.driving is Driving.LIMIT) != (self.driving_limit is not None):
            raise ValueError("'driving = \"limit\"' and 'driving_limit' belong together")
