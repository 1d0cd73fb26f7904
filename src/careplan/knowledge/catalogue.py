"""Tests, conditions, screens, vaccines, roles, questions, records, therapies and allergens."""

from decimal import Decimal

from attrs import NOTHING, field

from careplan.knowledge.fact import Code, Fact, Row, naming, record, rows, sentence
from careplan.knowledge.spans import Range, Span
from careplan.knowledge.surveillance import Bounded
from careplan.knowledge.vocabulary import About, AnalyteKind, Confidence, Default, Horizon, Severity, Stance
from careplan.model import Outcome, Quantity, Unit, UnitError


@record
class Concept(Fact):
    """A thing with an id and a name."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()


@record
class Conversion(Row):
    """A conversion that no unit knows: value in `source_unit` times `times` plus `plus`, in the analyte's unit."""

    source_unit: Unit = field(metadata={"key": "from"})
    times: Decimal
    plus: Decimal = Decimal(0)
    sources: tuple[str, ...] = naming("sources", key="source", default=NOTHING)
    confidence: Confidence


@record
class Freshness(Fact):
    """A shorter validity under a condition."""

    fresh_for: Span


@record
class CriticalValue(Bounded):
    """A value that needs contact on the same day, whatever the medicine."""

    action: str


_LONG_NAME, _ABBREVIATED = 20, 8


@record
class Analyte(Concept):
    """A test or observation. `molar_mass` is in g/mol; `plausible` in `unit`: a value outside it is a slip."""

    kind: AnalyteKind
    plain: str | None = None
    unit: Unit | None = None
    other_units: tuple[Unit, ...] = ()
    molar_mass: Decimal | None = None
    conversions: tuple[Conversion, ...] = ()
    plausible: Range | None = None
    fresh_for: Span | None = None
    freshness: tuple[Freshness, ...] = rows("fresh")
    critical: tuple[CriticalValue, ...] = ()
    parts: tuple[str, ...] = naming("analytes")
    derived_from: tuple[str, ...] = naming("analytes", key="from")
    preparation: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if (self.kind is AnalyteKind.PANEL) != bool(self.parts):
            raise ValueError("kind 'panel' and the key 'parts' belong together")
        if self.kind is AnalyteKind.LABORATORY and self.unit is None and self.other_units:
            raise ValueError("'unit' is missing")

    @property
    def short_name(self) -> str:
        """What clinicians call it: an abbreviation ("eGFR", "ALT") where the name is long, else the name."""
        shorter = (alias for alias in self.aliases if len(alias) <= _ABBREVIATED and alias[1:2].isupper())
        return next(shorter, self.name) if len(self.name) > _LONG_NAME else self.name

    def number(self, value: Quantity) -> Decimal:
        """The value in the unit of this test. Raises UnitError if it cannot be one."""
        if self.unit is None:
            raise UnitError(f"{self.id} is no number: it has no unit")
        for conversion in self.conversions:
            if conversion.source_unit is value.unit:
                return value.value * conversion.times + conversion.plus
        return value.to(self.unit, molar_mass=self.molar_mass).value


@record
class ConditionConcept(Concept):
    """A problem, event or reason for treatment. `grades` run from the mildest; `derived` is a sentence."""

    plain: str | None = None
    parents: tuple[str, ...] = naming("conditions")
    scale: str | None = None
    grades: tuple[str, ...] = ()
    event: bool = False
    derived: str | None = sentence("from")

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if (self.scale is None) != (not self.grades):
            raise ValueError("'scale' and 'grades' belong together")


@record
class Screen(Concept):
    """A test whose result is a word of `outcomes`; `tests` are the analytes that answer it."""

    outcomes: tuple[Outcome, ...]
    tests: tuple[str, ...] = naming("analytes")
    valid_for: Span | Horizon | None = None


@record
class VaccineSchedule(Fact):
    """Who should have a vaccine, and how."""

    text: str
    classes: tuple[str, ...] = naming("classes")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and for whom."""
        return *super().identity, self.classes


@record
class Eligibility(Fact):
    """A sentence (`when`) that entitles to a vaccine, true now or within `window`."""

    window: str | None = None


@record
class VaccineConcept(Concept):
    """A vaccine; `course` is its number of doses, `season` that it is due every season."""

    live: bool
    course: int | None = None
    season: bool = False
    schedules: tuple[VaccineSchedule, ...] = rows("schedule")
    eligible: tuple[Eligibility, ...] = ()


@record
class Exposure(Fact):
    """What to do after contact with an infection, and by when."""

    id: str
    contact: str
    action: str
    within: str | None = None
    classes: tuple[str, ...] = naming("classes")


@record
class RoleConcept(Concept):
    """A role: what it owns and signs, and which document it gets."""

    parents: tuple[str, ...] = naming("roles")
    owns: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    document: str | None = None


@record
class Question(Fact):
    """A question about the person; with `ask_when` it is asked only when that sentence holds, else it is no."""

    id: str
    text: str
    who: tuple[str, ...] = naming("roles", default=NOTHING)
    valid_for: Span | Horizon
    default: Default
    ask_when: str | None = sentence()


@record
class RecordPart(Fact):
    """Something that the team writes down."""

    id: str
    text: str
    who: tuple[str, ...] = naming("roles", default=NOTHING)
    about: About | None = None


@record
class TherapyStance(Fact):
    """What a body says about a therapy for a condition; never merged with another body's."""

    indications: tuple[str, ...] = naming("conditions", key="indication", default=NOTHING)
    stance: Stance
    limits: str | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and condition and body."""
        return *super().identity, self.indications, self.sources


@record
class Precaution(Fact):
    """When a therapy needs care (`when`), in which part of the body or form (`scope`)."""

    severity: Severity
    action: str
    scope: str | None = None


@record
class TherapyConcept(Concept):
    """A therapy without medicines, with its usual dose as a default text."""

    discipline: tuple[str, ...] = naming("roles")
    sessions: Range | None = None
    every: Span | None = None
    minutes: Range | None = None
    lasts: Span | None = None
    dose: str | None = None
    review: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    stances: tuple[TherapyStance, ...] = rows("stance")
    precautions: tuple[Precaution, ...] = rows("precaution")


@record
class Allergen(Concept):
    """What one may be allergic to besides single drugs: `covers` are the drugs and classes that it rules out."""

    covers: tuple[str, ...] = naming("medicines")
