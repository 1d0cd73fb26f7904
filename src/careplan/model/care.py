"""The parts of a plan that are not medicines: monitoring, therapies, vaccinations and advice."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from careplan.model._check import between, filled, finite, in_order, not_empty, slug, slugs
from careplan.model.absent import Absent
from careplan.model.interval import Interval
from careplan.model.medication import ItemStatus, Medication
from careplan.model.quantity import Unit
from careplan.model.team import Role
from careplan.model.timing import Daily, Every, Once, Weekly


class MonitoringPurpose(StrEnum):
    """Why a test is done."""

    BASELINE = "baseline"
    """Once, before the medicine starts."""
    ONGOING = "ongoing"
    """Again and again while it is taken."""
    TRIGGERED = "triggered"
    """When something happens: a symptom, a dose change."""


class Phase(StrEnum):
    """Where a treatment stands; intervals of tests depend on it."""

    BASELINE = "baseline"
    INITIATION = "initiation"
    TITRATION = "titration"
    STABLE = "stable"
    AFTER_CHANGE = "after-change"
    HELD = "held"
    STOPPED = "stopped"


@frozen(kw_only=True)
class PhaseInterval:
    """How often in one phase; no `phase` means in all of them."""

    every: Interval
    phase: Phase | None = None


class Beyond(StrEnum):
    """On which side of a limit something must be done."""

    BELOW = "below"
    ABOVE = "above"


@frozen(kw_only=True)
class Threshold:
    """A limit of a test and what to do beyond it. `multiple_of_upper_limit` reads `value` as "times the ULN"."""

    test: str = field(validator=slug)
    beyond: Beyond
    value: Decimal = field(validator=finite)
    unit: Unit
    action: str = field(validator=filled)
    multiple_of_upper_limit: bool = False


@frozen(kw_only=True)
class _Care:
    """What all components but medicines share."""

    id: str = field(validator=slug)
    status: ItemStatus = ItemStatus.ACTIVE
    start: date | Absent = Absent.UNKNOWN
    stop: date | None = None
    notes: str | None = field(default=None, validator=filled)

    def __attrs_post_init__(self) -> None:
        in_order(self.start, self.stop, f"{self.id} from start to stop")


@frozen(kw_only=True)
class Monitoring(_Care):
    """Tests (`tests`: knowledge ids) for medicines of the plan (`about`: component ids)."""

    tests: tuple[str, ...] = field(validator=[not_empty, slugs])
    about: tuple[str, ...] = field(default=(), validator=slugs)
    purpose: MonitoringPurpose = MonitoringPurpose.ONGOING
    intervals: tuple[PhaseInterval, ...] = ()
    trigger: str | None = field(default=None, validator=filled)
    thresholds: tuple[Threshold, ...] = ()
    ordered_by: Role | None = None
    acted_on_by: Role | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.purpose is MonitoringPurpose.TRIGGERED and not self.trigger:
            raise ValueError(f"{self.id} is triggered monitoring: 'trigger' must say by what")


@frozen(kw_only=True)
class Therapy(_Care):
    """A treatment that is not a medicine. `therapy` is a knowledge id; `sessions` in all, in the rhythm `frequency`."""

    therapy: str = field(validator=slug)
    discipline: Role | None = None
    sessions: int | Absent = field(default=Absent.UNKNOWN, validator=between(1, 500))
    frequency: Daily | Weekly | Every | Once | Absent = Absent.UNKNOWN
    goals: tuple[str, ...] = field(default=(), validator=slugs)
    indication: str | Absent = field(default=Absent.UNKNOWN, validator=slug)
    site: str | None = field(default=None, validator=slug)
    precautions: tuple[str, ...] = ()
    provider: str | None = field(default=None, validator=filled)


@frozen(kw_only=True)
class VaccinationPlan(_Care):
    """A vaccine to be given, on `due` if the day is known."""

    vaccine: str = field(validator=slug)
    due: date | Absent = Absent.UNKNOWN
    given_by: Role | None = None


@frozen(kw_only=True)
class Education(_Care):
    """Advice or teaching: what is told (`topic`, an id; `text`, in words), by whom."""

    topic: str = field(validator=slug)
    text: str = field(validator=filled)
    given_by: Role | None = None


Component: TypeAlias = Medication | Monitoring | Therapy | VaccinationPlan | Education
"""Anything a plan combines."""
