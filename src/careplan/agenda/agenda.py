"""The agenda of a plan: everything dated, in order, and what could not be dated."""

import datetime
from collections.abc import Iterable, Iterator

from attrs import frozen

from careplan.agenda.doses import doses
from careplan.agenda.draws import tests
from careplan.agenda.due import ahead
from careplan.agenda.event import Event, Limit, Occasion, Unscheduled
from careplan.agenda.known import Applies, name_of, not_judged
from careplan.agenda.limits import of_medicine, of_monitoring
from careplan.agenda.reviews import advice, planned, reviews, vaccines
from careplan.agenda.sessions import sessions
from careplan.agenda.watch import Watch
from careplan.knowledge import Knowledge, load_knowledge
from careplan.model import CarePlan

_ORDER = {occasion: number for number, occasion in enumerate(Occasion)}


@frozen(kw_only=True, repr=False)
class Agenda:
    """What happens from `on` to `until`, both included, and what is overdue on `on`, which comes first.

    The same plan, knowledge and day give the same agenda, whatever the order of the plan's items. A shorter horizon
    gives the beginning of the same events.
    """

    plan: str
    """Id of the plan."""
    on: datetime.date
    until: datetime.date
    events: tuple[Event, ...]
    unscheduled: tuple[Unscheduled, ...]

    def overdue(self, on: datetime.date | None = None) -> tuple[Event, ...]:
        """What waits to be done and whose day lies before `on` (the agenda's day), as if nothing had been done."""
        return tuple(event for event in self.events if event.late(on or self.on))

    def between(self, first: datetime.date, last: datetime.date) -> tuple[Event, ...]:
        """The events of these days, both included."""
        return tuple(event for event in self.events if first <= event.date <= last)

    def __repr__(self) -> str:
        return f"<Agenda of {self.plan}, {self.on} to {self.until}: {len(self.events)} events>"


def schedule(
    plan: CarePlan,
    *,
    on: datetime.date,
    knowledge: Knowledge | None = None,
    weeks: int = 26,
    applies: Applies = not_judged,
) -> Agenda:
    """Work out what happens in the `weeks` from `on`, and what is overdue on that day.

    Tests come from the plan's monitoring and from the knowledge base (None: the one that ships) together, the
    strictest of them on each. `applies` judges the rows of the knowledge base that hold under a condition; without
    it such rows stand in `unscheduled`, like everything that could not be dated. Raises ValueError for `weeks` < 1.
    """
    if weeks < 1:
        raise ValueError(f"weeks is {weeks}: an agenda needs a horizon of at least 1 week")
    known = knowledge if knowledge is not None else load_knowledge()
    until = ahead(on, 7 * weeks)
    watch = Watch.of(plan, on, known, applies)
    found = list(_entries(watch, until, _limits(watch, applies)))
    events = (entry for entry in found if isinstance(entry, Event) and entry.date <= until)
    undated = (*watch.unscheduled, *(entry for entry in found if isinstance(entry, Unscheduled)))
    return Agenda(
        plan=plan.id,
        on=on,
        until=until,
        events=tuple(sorted(events, key=_when)),
        unscheduled=tuple(sorted(undated, key=lambda entry: (entry.title, entry.obstacle, entry.detail))),
    )


def _entries(watch: Watch, until: datetime.date, limits: dict[str, tuple[Limit, ...]]) -> Iterator[Event | Unscheduled]:
    plan, on = watch.plan, watch.on
    yield from tests(watch, until, limits)
    for medicine in plan.medicines:
        yield from doses(medicine, watch.courses[medicine.id], name_of(medicine, watch.knowledge), on, until)
    for therapy in plan.therapies:
        yield from sessions(therapy, watch.knowledge, on, until)
    for vaccine in plan.vaccinations:
        yield from vaccines(plan, vaccine, watch.knowledge, on)
    for topic in plan.education:
        yield from advice(topic, on)
    yield from reviews(plan, watch.results, on)
    yield from planned(plan, on)


def _limits(watch: Watch, applies: Applies) -> dict[str, tuple[Limit, ...]]:
    """The limits of every item that asks for tests, by component id."""
    plan = watch.plan
    asking = {duty.medicine for duty in watch.duties}
    found: dict[str, Iterable[Limit]] = {
        medicine.id: of_medicine(medicine, watch.knowledge, watch.on, applies)
        for medicine in plan.medicines
        if medicine.id in asking
    }
    found |= {item.id: of_monitoring(item, watch.knowledge) for item in plan.monitoring}
    return {name: tuple(limits) for name, limits in found.items()}


def _when(event: Event) -> tuple[datetime.date, int, str, tuple[str, ...]]:
    return event.date, _ORDER[event.occasion], event.title, event.subjects
