"""The care plan itself."""

from collections import Counter
from datetime import date
from enum import StrEnum
from html import escape

from attrs import field, frozen

from careplan.model._check import between, filled, in_order, slug
from careplan.model.acknowledgement import Acknowledgement
from careplan.model.care import Component, Education, Monitoring, Therapy, VaccinationPlan
from careplan.model.decision import Decision
from careplan.model.goal import Goal
from careplan.model.medication import Medication, _Medicine
from careplan.model.patient import Patient
from careplan.model.team import Role, TeamMember


class PlanStatus(StrEnum):
    """FHIR CarePlan.status."""

    DRAFT = "draft"
    ACTIVE = "active"
    ON_HOLD = "on-hold"
    REVOKED = "revoked"
    COMPLETED = "completed"
    ENTERED_IN_ERROR = "entered-in-error"
    UNKNOWN = "unknown"


class Jurisdiction(StrEnum):
    """Whose guidance applies where countries differ."""

    UK = "uk"
    US = "us"
    EU = "eu"


class EventKind(StrEnum):
    """Planned events that treatment must be fitted around."""

    SURGERY = "surgery"
    CONCEPTION = "conception"
    DELIVERY = "delivery"
    TRAVEL = "travel"


@frozen(kw_only=True)
class PlannedEvent:
    """An event that is expected; without `on` it is known to come, but not when."""

    event: EventKind
    on: date | None = None
    text: str | None = field(default=None, validator=filled)


@frozen(kw_only=True)
class Author:
    """Who wrote this revision."""

    name: str = field(validator=filled)
    role: Role
    registration: str | None = field(default=None, validator=filled)


@frozen(kw_only=True, repr=False)
class CarePlan:
    """One person's plan: facts about the person, components, goals, team, decisions and acknowledgements.

    A plan names drugs, tests, conditions and therapies by id; what is known about them lives in the knowledge base.
    Ids of components and goals are unique within the plan, and what refers to one must find it.
    """

    id: str = field(validator=slug)
    title: str = field(validator=filled)
    patient: Patient
    status: PlanStatus = PlanStatus.DRAFT
    created: date
    start: date | None = None
    stop: date | None = None
    review_by: date | None = None
    revision: int = field(default=1, validator=between(1, 100_000))
    author: Author | None = None
    jurisdiction: Jurisdiction | None = None
    language: str = "en"
    replaces: str | None = field(default=None, validator=slug)
    components: tuple[Component, ...] = ()
    goals: tuple[Goal, ...] = ()
    team: tuple[TeamMember, ...] = ()
    decisions: tuple[Decision, ...] = ()
    events: tuple[PlannedEvent, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()

    def __attrs_post_init__(self) -> None:
        in_order(self.start, self.stop, "plan from start to stop")
        ids = Counter(item.id for item in (*self.components, *self.goals))
        twice = sorted(name for name, count in ids.items() if count > 1)
        if twice:
            raise ValueError(f"ids must be unique within a plan: {', '.join(twice)} stand more than once")
        items = {component.id for component in self.components}
        goals = {goal.id for goal in self.goals}
        lost = [
            f"{source} refers to {name!r}"
            for source, names, known in self._references(items, goals)
            for name in names
            if name not in known
        ]
        if lost:
            raise ValueError(f"no item of the plan has that id: {'; '.join(lost)}")

    def _references(self, items: set[str], goals: set[str]) -> list[tuple[str, tuple[str, ...], set[str]]]:
        """Every place that names an item of the plan, with the ids that it may name."""
        found: list[tuple[str, tuple[str, ...], set[str]]] = [(f"goal {g.id}", g.about, items) for g in self.goals]
        for component in self.components:
            if isinstance(component, Monitoring):
                found.append((component.id, component.about, items))
            elif isinstance(component, Therapy):
                found.append((component.id, component.goals, goals))
        return found

    @property
    def medicines(self) -> tuple[Medication, ...]:
        """The components that are medicines."""
        return tuple(c for c in self.components if isinstance(c, _Medicine))

    @property
    def monitoring(self) -> tuple[Monitoring, ...]:
        """The components that are tests."""
        return tuple(c for c in self.components if isinstance(c, Monitoring))

    @property
    def therapies(self) -> tuple[Therapy, ...]:
        """The components that are therapies."""
        return tuple(c for c in self.components if isinstance(c, Therapy))

    @property
    def vaccinations(self) -> tuple[VaccinationPlan, ...]:
        """The components that are planned vaccinations."""
        return tuple(c for c in self.components if isinstance(c, VaccinationPlan))

    @property
    def education(self) -> tuple[Education, ...]:
        """The components that are advice."""
        return tuple(c for c in self.components if isinstance(c, Education))

    def component(self, name: str) -> Component:
        """Return the component with the id `name`; KeyError if there is none."""
        for component in self.components:
            if component.id == name:
                return component
        raise KeyError(name)

    def __repr__(self) -> str:
        parts = f"{len(self.medicines)} medicines, {len(self.monitoring)} tests, {len(self.therapies)} therapies"
        return f"<CarePlan {self.id} revision {self.revision}, {self.status.value}: {parts}>"

    def _repr_html_(self) -> str:
        """Show the plan's items as a table in a notebook."""
        rows = "".join(
            f"<tr><td>{escape(type(c).__name__)}</td><td>{escape(c.id)}</td><td>{escape(c.status.value)}</td></tr>"
            for c in self.components
        )
        head = f"{escape(self.title)} · {escape(self.patient.name)} · {self.status.value} · revision {self.revision}"
        return f"<table><caption>{head}</caption><tr><th>Kind</th><th>Id</th><th>Status</th></tr>{rows}</table>"
