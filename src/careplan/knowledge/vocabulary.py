"""The closed vocabularies of the knowledge base: the words that its files may use."""

from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """How bad a hazard is, and what it asks of the reader."""

    INFO = 1
    """Worth knowing; asks for nothing."""
    CAUTION = 2
    """Look at it; the plan may be right."""
    WARNING = 3
    """Act, or acknowledge with a reason."""
    CRITICAL = 4
    """Do not go ahead: the plan cannot be activated."""

    @property
    def word(self) -> str:
        """The grade as it is written in data and shown to people (``critical``)."""
        return self.name.lower()


class Confidence(StrEnum):
    """How well a fact was checked."""

    VERIFIED = "verified"
    """Read in the source."""
    STANDARD = "standard"
    """Well known, not read again in the source."""
    DISPUTED = "disputed"
    """Sources or countries differ, or a local convention; never more than a warning."""


class Region(StrEnum):
    """Where a fact holds. Wider than a plan's jurisdiction: figures of other countries help where one is silent."""

    UK = "uk"
    EU = "eu"
    US = "us"
    AU = "au"


class Group(StrEnum):
    """What a drug is on a plan."""

    ANALGESIC = "analgesic"
    NSAID = "nsaid"
    IMMUNOSUPPRESSANT = "immunosuppressant"
    ADJUVANT = "adjuvant"
    SUPPORTIVE = "supportive"
    OTHER = "other"
    FOOD = "food"
    """Food, drink or herb: recorded because it interacts."""


class Supply(StrEnum):
    """How a product reaches the person."""

    PRESCRIPTION = "prescription"
    OVER_THE_COUNTER = "over-the-counter"


class CodeUse(StrEnum):
    """Why a code that is not the usual one is kept."""

    USUAL = "usual"
    FORMER = "former"
    """In force earlier; still found in records."""
    OTHER = "other"
    """Of another form or use of the same thing."""


class DosePhase(StrEnum):
    """Part of a treatment that a usual dose belongs to."""

    START = "start"
    LOADING = "loading"
    USUAL = "usual"


class WeightBasis(StrEnum):
    """Which weight an amount per kg is meant for."""

    ACTUAL = "actual"
    IDEAL = "ideal"


class LimitKind(StrEnum):
    """What a limit limits."""

    SINGLE = "single"
    DAILY = "daily"
    WEEKLY = "weekly"
    PERIOD = "period"
    COURSE = "course"
    LIFETIME = "lifetime"
    DURATION = "duration"
    """Days of treatment."""
    DOSE_DAYS = "dose-days"
    """Days with a dose in any 7 days."""


class HazardKind(StrEnum):
    """What can go wrong with a product or an order."""

    WEEKDAY = "weekday"
    BRAND = "brand"
    STRENGTH = "strength"
    FORM = "form"
    INTERCHANGE = "interchange"
    LOOK_ALIKE = "look-alike"
    MISSED_DOSE = "missed-dose"
    CONCENTRATION = "concentration"
    PERSISTENCE = "persistence"
    HANDLING = "handling"
    DUPLICATE = "duplicate"


class OrderField(StrEnum):
    """What an order must state."""

    WEEKDAY = "weekday"
    BRAND = "brand"
    STRENGTH = "strength"
    REASON = "reason"
    START_DATE = "start-date"
    STOP_DATE = "stop-date"
    TAPER = "taper"
    AS_NEEDED_MAXIMUM = "as-needed-maximum"
    PATCH_CHANGE_DAYS = "patch-change-days"
    SITE = "site"


class ModifierEffect(StrEnum):
    """What a patient factor does to the dose."""

    FULL_DOSE = "full-dose"
    REDUCE = "reduce"
    START_LOW = "start-low"
    CEILING = "ceiling"
    LENGTHEN_INTERVAL = "lengthen-interval"
    AVOID = "avoid"
    DO_NOT_USE = "do-not-use"
    SPECIALIST = "specialist"
    MONITOR = "monitor"


class When(StrEnum):
    """Whether a condition must be there now."""

    PRESENT = "present"
    EVER = "ever"


class Suitability(StrEnum):
    """Advice for pregnancy and breast-feeding."""

    COMPATIBLE = "compatible"
    CAUTION = "caution"
    AVOID = "avoid"
    CONTRAINDICATED = "contraindicated"
    SEVERE_DISEASE_ONLY = "severe-disease-only"
    EXCEPTIONAL = "exceptional"


class Partner(StrEnum):
    """Whose conception is meant."""

    WOMAN = "woman"
    MAN = "man"


class Basis(StrEnum):
    """Whether advice comes from a guideline or from product information, which is often longer."""

    GUIDELINE = "guideline"
    LABEL = "label"


class ConceptionStance(StrEnum):
    """What to do about a drug when a pregnancy is planned."""

    COMPATIBLE = "compatible"
    STOP = "stop"
    CONSIDER_STOPPING = "consider-stopping"
    AVOID = "avoid"
    LIMITED_DATA = "limited-data"


class Need(StrEnum):
    """Whether a test before the start is always needed."""

    REQUIRED = "required"
    CONSIDER = "consider"


class Horizon(StrEnum):
    """Ages of a result that are not a length of time."""

    EVER = "ever"
    AT_START = "at-start"


class AfterStop(StrEnum):
    """Intervals that depend on the regimen."""

    DOSING_INTERVAL = "dosing-interval"


class SchedulePhase(StrEnum):
    """Phase of a monitoring schedule."""

    START = "start"
    SETTLING = "settling"
    STABLE = "stable"
    DOSE_RISE = "dose-rise"
    COURSE = "course"
    COMBINATION = "combination"


class Stage(StrEnum):
    """When a result threshold counts."""

    BEFORE_START = "before-start"
    ON_TREATMENT = "on-treatment"
    ANY = "any"


class Change(StrEnum):
    """Direction of a trend."""

    RISE = "rise"
    FALL = "fall"


class Do(StrEnum):
    """What to do with the medicine, in one word."""

    HOLD = "hold"
    STOP = "stop"
    DO_NOT_START = "do-not-start"
    REDUCE = "reduce"
    INCREASE = "increase"
    REPEAT = "repeat"
    """Repeat the test."""
    CONTACT = "contact"
    TREAT = "treat"
    REVIEW = "review"
    CONTINUE = "continue"
    DISCUSS = "discuss"
    DEFER = "defer"
    PLAN = "plan"
    COVER = "cover"
    INDIVIDUAL = "individual"
    EMERGENCY = "emergency"
    TAPER = "taper"
    NEVER_STOP_ABRUPTLY = "never-stop-abruptly"
    TRIAL_WITHOUT = "trial-without"


class Situation(StrEnum):
    """Illness that sick-day advice is for."""

    SERIOUS_INFECTION = "serious-infection"
    INFECTION = "infection"
    """One that needs antibiotics at home."""
    MINOR_INFECTION = "minor-infection"
    DEHYDRATION = "dehydration"
    RESPIRATORY_SYMPTOM = "respiratory-symptom"
    SHINGLES = "shingles"
    VOMITING = "vomiting"
    FEVER = "fever"
    ABDOMINAL_PAIN = "abdominal-pain"
    ANY_ILLNESS = "any-illness"


class Allowed(StrEnum):
    """Whether a live vaccine may be given during treatment."""

    NO = "no"
    YES = "yes"
    CONDITIONAL = "conditional"


class Recipient(StrEnum):
    """Whom a vaccine rule is about."""

    PATIENT = "patient"
    INFANT = "infant"
    HOUSEHOLD = "household"


class Position(StrEnum):
    """Evidence for a use, from the strongest for to the strongest against."""

    ESTABLISHED = "established"
    LICENSED = "licensed"
    SUPPORTED = "supported"
    OPTION = "option"
    NOT_ROUTINE = "not-routine"
    EMERGING = "emerging"
    INSUFFICIENT = "insufficient"
    AGAINST = "against"


class Stance(StrEnum):
    """What a body says about a therapy."""

    OFFER = "offer"
    CONSIDER = "consider"
    CONDITIONAL_FOR = "conditional-for"
    CONDITIONAL_AGAINST = "conditional-against"
    NO_RECOMMENDATION = "no-recommendation"
    NOT_ROUTINELY = "not-routinely"
    DO_NOT_OFFER = "do-not-offer"


class EnzymeRole(StrEnum):
    """What a drug is to an enzyme or transporter."""

    SUBSTRATE = "substrate"
    PRODRUG = "prodrug"
    INHIBITOR = "inhibitor"
    INDUCER = "inducer"


class Qt(StrEnum):
    """Risk of a long QT interval."""

    KNOWN = "known"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    NONE = "none"


class Driving(StrEnum):
    """What the law on driving says (UK)."""

    LIMIT = "limit"
    """A limit in blood is set by law."""
    IMPAIRING = "impairing"
    NONE = "none"


class Mechanism(StrEnum):
    """Kind of an interaction."""

    PHARMACOKINETIC = "pharmacokinetic"
    PHARMACODYNAMIC = "pharmacodynamic"


class Direction(StrEnum):
    """What an interaction does to the level or effect of the affected medicine."""

    RAISED = "raised"
    LOWERED = "lowered"


class AnalyteKind(StrEnum):
    """What sort of test it is."""

    LABORATORY = "laboratory"
    VITAL_SIGN = "vital-sign"
    ASKED = "asked"
    SCORE = "score"
    IMAGING = "imaging"
    """Imaging, tracings and examinations: the result is a report."""
    PANEL = "panel"
    DERIVED = "derived"


class Default(StrEnum):
    """How an unanswered question counts."""

    ASK = "ask"
    """Not known until answered."""
    NO = "no"
    """No until answered with yes."""


class About(StrEnum):
    """What a record may be about."""

    ITEM = "item"
    CLASS = "class"
    CONDITION = "condition"


class OpioidTable(StrEnum):
    """Which table of morphine equivalence."""

    US = "us"
    UK = "uk"


class Seen(StrEnum):
    """How a source was used."""

    FULL = "full"
    PART = "part"
    NO = "no"
    """Cited from knowledge, not read again for this edition."""


class Readers(StrEnum):
    """Which documents an abbreviation rule is for."""

    ALL = "all"
    PATIENT = "patient"
    CLINICIAN = "clinician"
