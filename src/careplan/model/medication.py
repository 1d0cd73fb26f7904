"""Medicines on a plan: six kinds, one shape, and the amounts they come to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from careplan.model._check import filled, in_order, positive_amount, slug, slugs
from careplan.model.absent import Absent
from careplan.model.coding import Coding
from careplan.model.dose import Dosage, Dose, Step, Steps
from careplan.model.quantity import Dimension, Quantity, Unit, UnitError


class ItemStatus(StrEnum):
    """FHIR request-status, for every component of a plan."""

    DRAFT = "draft"
    """Proposed, not yet agreed."""
    ACTIVE = "active"
    """In force; with a `start` in the future, planned for that day."""
    ON_HOLD = "on-hold"
    STOPPED = "stopped"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    """Never begun."""
    ENTERED_IN_ERROR = "entered-in-error"


class StopReason(StrEnum):
    """Why an item was stopped."""

    TARGET_MET = "target-met"
    NO_RESPONSE = "no-response"
    RESPONSE_LOST = "response-lost"
    ADVERSE_EFFECT = "adverse-effect"
    ALLERGY = "allergy"
    TEST_RESULT = "test-result"
    INTERACTION = "interaction"
    DUPLICATE = "duplicate"
    NEW_CONTRAINDICATION = "new-contraindication"
    INFECTION = "infection"
    SURGERY = "surgery"
    PATIENT_CHOICE = "patient-choice"
    NOT_TAKEN = "not-taken"
    MONITORING_NOT_POSSIBLE = "monitoring-not-possible"
    SUPPLY = "supply"
    DEPENDENCE_CONCERN = "dependence-concern"
    END_OF_COURSE = "end-of-course"
    DEATH = "death"
    OTHER = "other"


class Route(StrEnum):
    """How a medicine enters the body."""

    ORAL = "oral"
    SUBLINGUAL = "sublingual"
    BUCCAL = "buccal"
    RECTAL = "rectal"
    SUBCUTANEOUS = "subcutaneous"
    INTRAMUSCULAR = "intramuscular"
    INTRAVENOUS = "intravenous"
    INTRA_ARTICULAR = "intra-articular"
    TRANSDERMAL = "transdermal"
    CUTANEOUS = "cutaneous"
    """On the skin, for an effect there; a patch for the whole body is transdermal."""
    INHALED = "inhaled"
    NASAL = "nasal"
    OPHTHALMIC = "ophthalmic"
    VAGINAL = "vaginal"
    EPIDURAL = "epidural"
    INTRATHECAL = "intrathecal"


class Form(StrEnum):
    """Dose forms, as far as they change how a medicine acts or is taken."""

    IMMEDIATE_RELEASE = "immediate-release"
    """Ordinary tablets and capsules."""
    MODIFIED_RELEASE = "modified-release"
    GASTRO_RESISTANT = "gastro-resistant"
    EFFERVESCENT = "effervescent"
    SOLUTION = "solution"
    PATCH = "patch"
    GEL = "gel"
    CREAM = "cream"
    PLASTER = "plaster"
    SUPPOSITORY = "suppository"
    INJECTION = "injection"
    INFUSION = "infusion"
    DEPOT = "depot"
    IMPLANT = "implant"
    SPRAY = "spray"
    INHALER = "inhaler"
    DROPS = "drops"


class Licence(StrEnum):
    """Whether this use is within the product licence."""

    LICENSED = "licensed"
    OFF_LABEL = "off-label"
    UNLICENSED = "unlicensed"


class Origin(StrEnum):
    """Where a medicine that the team did not prescribe comes from."""

    PRESCRIBED_ELSEWHERE = "prescribed-elsewhere"
    OVER_THE_COUNTER = "over-the-counter"
    HERBAL = "herbal"
    BORROWED = "borrowed"


@frozen(kw_only=True)
class Ingredient:
    """One active substance of a product: `strength` in each `per` (one tablet, one mL)."""

    drug: str = field(validator=slug)
    strength: Quantity | Absent = field(validator=positive_amount)
    per: Quantity = field(default=Quantity(Decimal(1), Unit.TABLET), validator=positive_amount)


@frozen(kw_only=True)
class Product:
    """The product that is taken: its name and brand, and what one unit of it holds."""

    name: str | None = field(default=None, validator=filled)
    brand: str | None = field(default=None, validator=filled)
    ingredients: tuple[Ingredient, ...] = ()
    codes: tuple[Coding, ...] = ()

    @classmethod
    def tablets(cls, name: str | None = None, **strengths: str) -> "Product":
        """``Product.tablets("co-codamol 30/500", codeine="30 mg", paracetamol="500 mg")``: strengths in one tablet."""
        return cls(
            name=name,
            ingredients=tuple(
                Ingredient(drug=drug.replace("_", "-"), strength=Quantity.parse(strength))
                for drug, strength in strengths.items()
            ),
        )


@frozen(kw_only=True)
class Hold:
    """A pause: from `since`, and until `until` if the day of restart is known."""

    since: date
    reason: str = field(validator=filled)
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        in_order(self.since, self.until, "hold from since to until")


@frozen(kw_only=True)
class Amounts:
    """The most of one ingredient that a dose comes to: at one time, in 24 hours, in 7 days; Absent is not known.

    Masses are masses. A continuous dose has a `rate`, and its `single` is what 24 hours deliver.
    """

    single: Quantity | Absent
    daily: Quantity | Absent
    weekly: Quantity | Absent
    rate: Quantity | None = None

    @classmethod
    def unknown(cls) -> "Amounts":
        """Nothing can be said."""
        return cls(single=Absent.UNKNOWN, daily=Absent.UNKNOWN, weekly=Absent.UNKNOWN)


@frozen(kw_only=True, repr=False)
class _Medicine:
    """What the six kinds of medicine share. `drug` is a knowledge id: an INN or a combination such as co-codamol."""

    id: str = field(validator=slug)
    drug: str | Absent = field(validator=slug)
    dosage: Dosage
    route: Route | Absent = Absent.UNKNOWN
    form: Form | Absent = Absent.UNKNOWN
    product: Product | None = None
    indication: str | Absent = field(default=Absent.UNKNOWN, validator=slug)
    status: ItemStatus = ItemStatus.ACTIVE
    start: date | Absent = Absent.UNKNOWN
    stop: date | None = None
    stop_reason: StopReason | None = None
    hold: Hold | None = None
    licence: Licence | Absent = Absent.UNKNOWN
    prescriber: str | None = field(default=None, validator=filled)
    sites: tuple[str, ...] = field(default=(), validator=slugs)
    history: tuple[Step, ...] = ()
    """Earlier doses of this item, oldest first."""
    instructions: str | None = field(default=None, validator=filled)
    notes: str | None = field(default=None, validator=filled)

    def __attrs_post_init__(self) -> None:
        in_order(self.start, self.stop, f"{self.id} from start to stop")
        if self.status is ItemStatus.ON_HOLD and self.hold is None:
            raise ValueError(f"{self.id} is on hold: 'hold' must say since when and why")
        if isinstance(self.drug, Absent) and (self.product is None or self.product.name is None):
            raise ValueError(f"{self.id} needs a drug id, or at least the name of the product")

    @property
    def name(self) -> str:
        """The words that name this medicine: the INN, else the product's name."""
        if not isinstance(self.drug, Absent):
            return self.drug.replace("-", " ") if self.drug.count("-") > 1 else self.drug
        return (self.product and self.product.name) or self.id

    def dose_on(self, day: date) -> Dose | None:
        """Return the dose of that day: of the steps, or of `history`; None before the first or after the last.

        A hold does not count: it pauses the medicine, not its prescription. An unknown start is taken as past.
        """
        for step in self.history:
            if step.start <= day and (step.stop is None or day <= step.stop):
                return step.dose
        if isinstance(self.start, date) and day < self.start:
            return None
        if self.stop is not None and day > self.stop:
            return None
        return self.dosage.on(day) if isinstance(self.dosage, Steps) else self.dosage

    @property
    def doses(self) -> tuple[Dose, ...]:
        """Every dose of the present order: one, or one a step."""
        return tuple(step.dose for step in self.dosage) if isinstance(self.dosage, Steps) else (self.dosage,)

    @property
    def ingredients(self) -> tuple[str, ...]:
        """Ids of the active substances that the plan itself names."""
        if self.product is not None and self.product.ingredients:
            return tuple(ingredient.drug for ingredient in self.product.ingredients)
        return () if isinstance(self.drug, Absent) else (self.drug,)

    def amounts(self, dose: Dose, *, weight: Quantity | None = None) -> Mapping[str, Amounts]:
        """Largest single, daily and weekly amount of each ingredient in `dose`.

        `weight` (kg) is needed for a dose per kg. What cannot be worked out is Absent, never left out.
        """
        return {drug: _amounts(self, drug, dose, weight) for drug in self.ingredients}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self.name}, {self.status.value}>"


def _mass(medicine: _Medicine, drug: str, amount: Quantity, weight: Quantity | None) -> Quantity | None:
    """Mass (or rate) of `drug` in `amount` of the medicine, or None if the plan does not tell."""
    dimension = amount.unit.dimension
    if dimension is Dimension.MASS_PER_BODY_MASS:
        if weight is None:
            return None
        return Quantity(amount.to(Unit.MG_PER_KG).value * weight.to(Unit.KG).value, Unit.MG)
    product = medicine.product
    held = [i for i in product.ingredients if i.drug == drug] if product is not None else []
    if dimension in (Dimension.MASS, Dimension.MASS_RATE, Dimension.INTERNATIONAL_UNITS):
        return amount if len(medicine.ingredients) == 1 else None
    if len(held) != 1 or isinstance(held[0].strength, Absent):
        return None
    try:
        units = amount.to(held[0].per.unit).value / held[0].per.value
    except UnitError:
        return None
    return held[0].strength * units


def _amounts(medicine: _Medicine, drug: str, dose: Dose, weight: Quantity | None) -> Amounts:
    frequency = dose.frequency
    if isinstance(dose.amount, Absent):
        return Amounts.unknown()
    mass = _mass(medicine, drug, dose.amount, weight)
    if mass is None:
        return Amounts.unknown()
    if mass.unit.dimension is Dimension.MASS_RATE:
        hourly = mass.to(Unit.MG_PER_H)
        day = Quantity(hourly.value * 24, Unit.MG)
        return Amounts(single=day, daily=day, weekly=day * 7, rate=mass)
    if frequency is None:
        return Amounts(single=mass, daily=Absent.UNKNOWN, weekly=Absent.UNKNOWN)
    return Amounts(single=mass * frequency.single, daily=mass * frequency.per_day, weekly=mass * frequency.per_week)


@frozen(kw_only=True, repr=False)
class Analgesic(_Medicine):
    """A medicine against pain that is not an NSAID: paracetamol, opioids."""


@frozen(kw_only=True, repr=False)
class Nsaid(_Medicine):
    """A non-steroidal anti-inflammatory drug, systemic or topical."""


@frozen(kw_only=True, repr=False)
class Immunosuppressant(_Medicine):
    """A corticosteroid, conventional or targeted immunosuppressant, or immunomodulator such as hydroxychloroquine."""


@frozen(kw_only=True, repr=False)
class Adjuvant(_Medicine):
    """A medicine of another class used against pain: antidepressants, gabapentinoids, muscle relaxants."""


@frozen(kw_only=True, repr=False)
class Supportive(_Medicine):
    """A companion that protects from another medicine's harm: folic acid, a PPI, prophylaxis, a laxative."""


@frozen(kw_only=True, repr=False)
class OtherMedicine(_Medicine):
    """Anything else the person takes: prescribed elsewhere, bought, herbal. `origin` says where it comes from."""

    origin: Origin | Absent = Absent.UNKNOWN


Medication: TypeAlias = Analgesic | Nsaid | Immunosuppressant | Adjuvant | Supportive | OtherMedicine
"""Any of the six kinds of medicine."""
