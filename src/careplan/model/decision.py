"""What was weighed, agreed and written down. Each decision has a date, an author and what it is about."""

from datetime import date
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from careplan.model._check import filled, not_empty, slug, slugs
from careplan.model.quantity import Quantity
from careplan.model.team import Role


@frozen(kw_only=True)
class _Decision:
    """What every decision states. `about` names components, drugs, classes or conditions by id."""

    date: date
    by: str = field(validator=filled)
    role: Role | None = None
    about: tuple[str, ...] = field(default=(), validator=slugs)
    notes: str | None = field(default=None, validator=filled)


class Weighing(StrEnum):
    """How benefits and harms compare for this person."""

    BENEFIT_OUTWEIGHS = "benefit-outweighs"
    BALANCED = "balanced"
    HARM_OUTWEIGHS = "harm-outweighs"
    UNCERTAIN = "uncertain"


@frozen(kw_only=True)
class BenefitRisk(_Decision):
    """What benefit is expected, which harms matter to this person, which alternatives were weighed."""

    benefits: tuple[str, ...] = field(validator=not_empty)
    risks: tuple[str, ...] = field(validator=not_empty)
    alternatives: tuple[str, ...] = ()
    conclusion: Weighing


@frozen(kw_only=True)
class SharedDecision(_Decision):
    """A talk with the person: options (doing nothing too), what matters, questions, what was decided."""

    options: tuple[str, ...] = field(validator=not_empty)
    what_matters: str = field(validator=filled)
    questions: tuple[str, ...] = ()
    decision: str = field(validator=filled)
    off_label_explained: bool | None = None


@frozen(kw_only=True)
class ResponseReview(_Decision):
    """The trial of a treatment: the `measure` (test id), its `baseline` and `target`, and the day of decision `due`."""

    measure: str = field(validator=slug)
    baseline: Quantity | None = None
    target: Quantity
    due: date


@frozen(kw_only=True)
class StopRule(_Decision):
    """When, and how, a treatment ends if it does not help or harms."""

    when: str = field(validator=filled)
    how: str = field(validator=filled)


@frozen(kw_only=True)
class SickDayPlan(_Decision):
    """How to spot an infection, whom to call, and which medicines to pause or raise when ill."""

    warning_signs: tuple[str, ...] = field(validator=not_empty)
    contact: str = field(validator=filled)
    pause: tuple[str, ...] = field(default=(), validator=slugs)
    """Component ids to pause."""
    keep: tuple[str, ...] = field(default=(), validator=slugs)
    """Component ids never to stop suddenly."""


@frozen(kw_only=True)
class SharedCare(_Decision):
    """Shared-care agreement: who asked, who accepted, and when; no `accepted` date means no agreement yet."""

    requested: date
    accepted: date | None = None
    accepted_by: str | None = field(default=None, validator=filled)


@frozen(kw_only=True)
class InformationGiven(_Decision):
    """Plain-language information given to the person and gone through."""

    title: str = field(validator=filled)


@frozen(kw_only=True)
class Record(_Decision):
    """Any other part that the team must have written down, by its id (``steroid-card``, ``naloxone``, ``review``)."""

    part: str = field(validator=slug)
    text: str | None = field(default=None, validator=filled)


Decision: TypeAlias = (
    BenefitRisk | SharedDecision | ResponseReview | StopRule | SickDayPlan | SharedCare | InformationGiven | Record
)
