"""The person: what is known about them, what is not, and since when."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from careplan.model._check import between, filled, finite, in_order, not_empty, slug
from careplan.model.absent import Absent
from careplan.model.coding import Coding
from careplan.model.quantity import Quantity


class Sex(StrEnum):
    """Sex recorded at birth."""

    FEMALE = "female"
    MALE = "male"
    INTERSEX = "intersex"


class ConditionStatus(StrEnum):
    """FHIR condition-clinical."""

    ACTIVE = "active"
    RECURRENCE = "recurrence"
    RELAPSE = "relapse"
    INACTIVE = "inactive"
    REMISSION = "remission"
    RESOLVED = "resolved"

    @property
    def present(self) -> bool:
        """Whether the condition is there now; remission counts, since treatment may be what keeps it away."""
        return self not in (ConditionStatus.INACTIVE, ConditionStatus.RESOLVED)


@frozen(kw_only=True)
class Identifier:
    """A number that names the person in one system, such as an NHS number or a hospital number."""

    system: str = field(validator=filled)
    value: str = field(validator=filled)


@frozen(kw_only=True)
class Condition:
    """A problem, diagnosis or past event.

    `condition` is this library's id (``rheumatoid-arthritis``; frailty and current infections are conditions too,
    with a grade). A record's problem that no id fits keeps Absent there, and its `codes` and `text`.
    `grade` is the scale's own word: NYHA ``1``-``4``, Child-Pugh ``A``-``C``, ``mild``/``moderate``/``severe``.
    """

    condition: str | Absent = field(validator=slug)
    status: ConditionStatus = ConditionStatus.ACTIVE
    onset: date | Absent = Absent.UNKNOWN
    abatement: date | None = None
    grade: str | Absent = field(default=Absent.UNKNOWN, validator=filled)
    text: str | None = field(default=None, validator=filled)
    codes: tuple[Coding, ...] = ()

    def __attrs_post_init__(self) -> None:
        in_order(self.onset, self.abatement, "condition from onset to abatement")
        if isinstance(self.condition, Absent) and not self.text and not self.codes:
            raise ValueError("a condition needs an id, a code or a text: nothing says what it is")


class AllergyKind(StrEnum):
    """What sort of reaction it was."""

    HYPERSENSITIVITY = "hypersensitivity"
    """Allergic: rash, wheeze, angioedema, anaphylaxis, severe skin reaction."""
    INTOLERANCE = "intolerance"
    """Not allergic: nausea, indigestion, drowsiness."""


class ReactionSeverity(StrEnum):
    """FHIR reaction-event-severity, and one step above it."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    LIFE_THREATENING = "life-threatening"


class NoAllergies(StrEnum):
    """Why there is no list of allergies. *None known* is an answer; the others are not."""

    NONE_KNOWN = "none-known"
    NOT_ASKED = "not-asked"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@frozen(kw_only=True)
class Allergy:
    """An allergy or intolerance to a substance or class, by id; `text` keeps a record's own words."""

    substance: str | Absent = field(validator=slug)
    reaction: str | None = field(default=None, validator=filled)
    kind: AllergyKind | Absent = Absent.UNKNOWN
    severity: ReactionSeverity | Absent = Absent.UNKNOWN
    text: str | None = field(default=None, validator=filled)
    codes: tuple[Coding, ...] = ()

    def __attrs_post_init__(self) -> None:
        if isinstance(self.substance, Absent) and not self.text and not self.codes:
            raise ValueError("an allergy needs a substance id, a code or a text: nothing says to what")


class Comparator(StrEnum):
    """The laboratory reported a bound, not a value."""

    LESS = "<"
    GREATER = ">"


class ResultStatus(StrEnum):
    """FHIR observation-status, as far as it matters here."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    ENTERED_IN_ERROR = "entered-in-error"


@frozen(kw_only=True)
class Result:
    """One measurement on one day: laboratory test, vital sign, asked number or outcome score.

    Weight, blood pressure, ``alcohol-units-week``, ``falls-12m``, ``pain-nrs`` and ``das28-crp`` are all results:
    whatever has a number, a unit and a date. `upper_limit` is the reporting laboratory's upper limit of normal.
    """

    test: str = field(validator=slug)
    value: Quantity
    date: date
    comparator: Comparator | None = None
    upper_limit: Decimal | None = field(default=None, validator=finite)
    status: ResultStatus = ResultStatus.FINAL
    text: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.upper_limit is not None and self.upper_limit <= 0:
            raise ValueError(f"upper_limit of {self.test} is {self.upper_limit}: it must be more than 0")


class Outcome(StrEnum):
    """What a screening or genotype test said."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    LATENT_UNTREATED = "latent-untreated"
    LATENT_UNDER_4_WEEKS = "latent-under-4-weeks"
    """Preventive treatment has run for less than 4 weeks; from then on it is `TREATED`."""
    ACTIVE = "active"
    TREATED = "treated"
    SURFACE_POSITIVE = "surface-positive"
    CORE_POSITIVE = "core-positive"
    IMMUNE = "immune"
    NOT_IMMUNE = "not-immune"
    NORMAL = "normal"
    INTERMEDIATE = "intermediate"
    POOR = "poor"
    RAPID = "rapid"
    ULTRARAPID = "ultrarapid"
    DEFICIENT = "deficient"
    TWO_NEGATIVE = "two-negative"
    PENDING = "pending"
    INDETERMINATE = "indeterminate"


@frozen(kw_only=True)
class Screening:
    """A screening, immunity or genotype test (``tuberculosis``, ``hepatitis-b``, ``tpmt``, ``cyp2d6``)."""

    test: str = field(validator=slug)
    outcome: Outcome | Absent
    date: date | Absent
    text: str | None = None


@frozen(kw_only=True)
class Vaccination:
    """A vaccine that was given; `course_complete` tells whether the whole course is done."""

    vaccine: str = field(validator=slug)
    date: date | Absent
    course_complete: bool | Absent = Absent.UNKNOWN
    text: str | None = None
    codes: tuple[Coding, ...] = ()


class PregnancyStatus(StrEnum):
    """Pregnant or not, and what lies between."""

    NOT_PREGNANT = "not-pregnant"
    POSSIBLE = "possible"
    PLANNING = "planning"
    PREGNANT = "pregnant"


@frozen(kw_only=True)
class Pregnancy:
    """Pregnancy as recorded on `recorded`; `weeks` are completed weeks of gestation on that day."""

    status: PregnancyStatus
    recorded: date
    weeks: int | Absent = field(default=Absent.UNKNOWN, validator=between(0, 45))
    due: date | None = None


class ContraceptionMethod(StrEnum):
    """How well the method in use prevents pregnancy, or why none is needed."""

    HIGHLY_EFFECTIVE = "highly-effective"
    """Implant, intrauterine device, sterilisation."""
    EFFECTIVE = "effective"
    """Pill, patch, ring, injection."""
    LESS_EFFECTIVE = "less-effective"
    """Condom, cap, fertility awareness."""
    NONE = "none"
    NOT_NEEDED = "not-needed"


@frozen(kw_only=True)
class Contraception:
    """The method in use, as recorded on `recorded`."""

    method: ContraceptionMethod
    recorded: date


class SmokingStatus(StrEnum):
    """Tobacco."""

    NEVER = "never"
    FORMER = "former"
    CURRENT = "current"


@frozen(kw_only=True)
class Smoking:
    """Tobacco use as recorded on `recorded`; `years` smoked and `pack_years` where known."""

    status: SmokingStatus
    recorded: date
    years: int | Absent = field(default=Absent.UNKNOWN, validator=between(0, 100))
    pack_years: int | Absent = field(default=Absent.UNKNOWN, validator=between(0, 300))


@frozen(kw_only=True)
class Answer:
    """A yes, a no or a non-answer to one of the recorded questions (``drives``, ``breastfeeding``)."""

    question: str = field(validator=slug)
    value: bool | Absent
    date: date
    by: str | None = None


@frozen(kw_only=True)
class Confirmations:
    """When each list was last checked as complete with the person. A list never checked proves no absence."""

    conditions: date | None = None
    allergies: date | None = None
    medicines: date | None = None
    vaccinations: date | None = None


@frozen(kw_only=True, repr=False)
class Patient:
    """Everything the review may need to know about the person.

    Frailty and current infection are graded `conditions`; weight, alcohol, falls and scores are dated `results`;
    breast-feeding, driving and the like are dated `answers`; genotype is among the `screenings`.
    """

    name: str = field(validator=filled)
    birth_date: date | Absent
    sex: Sex | Absent
    identifiers: tuple[Identifier, ...] = ()
    conditions: tuple[Condition, ...] = ()
    allergies: tuple[Allergy, ...] | NoAllergies = field(default=NoAllergies.NOT_ASKED, validator=not_empty)
    results: tuple[Result, ...] = ()
    screenings: tuple[Screening, ...] = ()
    vaccinations: tuple[Vaccination, ...] = ()
    pregnancy: Pregnancy | Absent = Absent.NOT_ASKED
    contraception: Contraception | Absent = Absent.NOT_ASKED
    smoking: Smoking | Absent = Absent.NOT_ASKED
    answers: tuple[Answer, ...] = ()
    confirmed: Confirmations = Confirmations()
    phone: str | None = None
    preferred_name: str | None = None

    def age(self, on: date) -> int | None:
        """Completed years on that day, or None if the birth date is not known."""
        if isinstance(self.birth_date, Absent):
            return None
        born = self.birth_date
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def __repr__(self) -> str:
        return f"<Patient {self.name}, born {self.birth_date}>"
