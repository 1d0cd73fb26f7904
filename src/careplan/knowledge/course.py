"""Facts about the course of a treatment: companions, illness, operations, vaccines, benefit, withdrawal, words."""

from decimal import Decimal

from attrs import NOTHING

from careplan.knowledge.fact import Fact, naming, record
from careplan.knowledge.spans import Span, Spans
from careplan.knowledge.vocabulary import AfterStop, Allowed, Do, Position, Recipient, Severity, Situation
from careplan.model import Unit


@record
class Companion(Fact):
    """What must stand beside the drug: any of `needs` (drugs, classes), or a part of the record."""

    severity: Severity
    needs: tuple[str, ...] = naming("medicines")
    record: str | None = naming("records", default=None)
    dose: str | None = None
    exception: str | None = None
    actors: tuple[str, ...] = naming("roles", key="actor")

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if bool(self.needs) == (self.record is not None):
            raise ValueError("either 'needs' or 'record' must say what the companion is")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the companion."""
        return *super().identity, self.needs, self.record


@record
class SickDayAdvice(Fact):
    """What to do with the drug in an illness."""

    situation: Situation
    do: Do
    action: str
    severity: Severity
    restart: str | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the illness."""
        return *super().identity, self.situation


@record
class SurgeryAdvice(Fact):
    """What to do with the drug around an operation; `before` is the time between the last dose and the operation."""

    procedure: str
    do: Do
    action: str
    before: Spans | None = None
    restart: str | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the operation."""
        return *super().identity, self.procedure


@record
class LiveVaccineWindow(Fact):
    """How long before the start and after the last dose a live vaccine must lie."""

    allowed: Allowed
    who: Recipient = Recipient.PATIENT
    before_start: Span | None = None
    after_stop: Span | AfterStop | None = None
    vaccines: tuple[str, ...] = naming("vaccines")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and who is vaccinated with what."""
        return *super().identity, self.who, self.vaccines


@record
class VaccineTiming(Fact):
    """How a vaccine that is not live and the drug are timed."""

    vaccines: tuple[str, ...] = naming("vaccines", default=NOTHING)
    do: Do
    action: str
    hold_for: Span | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the vaccines."""
        return *super().identity, self.vaccines


@record
class ResponseCriterion(Fact):
    """When and by what to judge whether the drug helps."""

    measures: tuple[str, ...]
    continue_if: str
    otherwise: str
    first_review: Spans | None = None
    decision: Spans | None = None
    indications: tuple[str, ...] = naming("conditions", key="indication")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the indication."""
        return *super().identity, self.indications


@record
class Withdrawal(Fact):
    """How to stop: after which time on treatment (`after`), in which steps."""

    do: Do
    action: str
    after: Span | None = None
    reduce_percent: Decimal | None = None
    reduce_by: Decimal | None = None
    unit: Unit | None = None
    every: Spans | None = None
    severity: Severity | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if (self.reduce_by is None) != (self.unit is None):
            raise ValueError("'reduce_by' and 'unit' belong together")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the step."""
        return *super().identity, self.do, self.after, self.reduce_percent, self.reduce_by, self.sources


@record
class Evidence(Fact):
    """The position of a body on a use."""

    indications: tuple[str, ...] = naming("conditions", key="indication", default=NOTHING)
    position: Position
    text: str | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the use; each body keeps its own row."""
        return *super().identity, self.indications, self.text, self.sources


@record
class PatientText(Fact):
    """The drug in plain words: what it is for, and the warnings to show first."""

    purpose: str | None = None
    warnings: tuple[str, ...] = ()
