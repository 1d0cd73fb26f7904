"""What must be watched in a plan on a day: every duty, from the plan's own monitoring and from the knowledge base."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Self

from attrs import field, frozen

from careplan.agenda.course import Course
from careplan.agenda.duty import Duty
from careplan.agenda.event import Obstacle, Unscheduled
from careplan.agenda.known import Applies, not_judged, of_item, parts
from careplan.agenda.needed import needs
from careplan.agenda.planned import duties_of, live
from careplan.agenda.results import Results
from careplan.knowledge import Knowledge
from careplan.model import CarePlan, Medication, Monitoring


@frozen(kw_only=True, eq=False, repr=False)
class Watch:
    """The duties of a plan on a day.

    Several duties for one test never weaken each other: each is judged by itself, and the strictest counts.
    """

    plan: CarePlan
    on: date
    knowledge: Knowledge
    results: Results
    courses: Mapping[str, Course]
    """By component id."""
    duties: tuple[Duty, ...]
    unscheduled: tuple[Unscheduled, ...]
    _medicines: Mapping[str, Medication] = field(alias="medicines")

    @classmethod
    def of(cls, plan: CarePlan, on: date, knowledge: Knowledge, applies: Applies = not_judged) -> Self:
        """Gather the duties of every medicine and monitoring item that is not over on that day."""
        medicines = {medicine.id: medicine for medicine in sorted(plan.medicines, key=_by_id)}
        courses = {name: Course.of(medicine) for name, medicine in medicines.items()}
        duties, lost = list[Duty](), list[Unscheduled]()
        for name, medicine in medicines.items():
            if courses[name].runs(on):
                needed = needs(plan, medicine, courses[name], on, knowledge=knowledge, applies=applies)
                duties += needed.duties
                lost += needed.unscheduled
        asked = {(duty.medicine, duty.test) for duty in duties}
        for item in sorted(live(plan), key=_by_id):
            planned, obstacles = duties_of(plan, item, courses, on, knowledge)
            duties += planned
            lost += obstacles or (() if planned else _without_interval(item, asked, knowledge))
        return cls(
            plan=plan,
            on=on,
            knowledge=knowledge,
            results=Results.of(plan, on, knowledge),
            courses=courses,
            duties=tuple(duties),
            unscheduled=tuple(lost),
            medicines=medicines,
        )

    def last(self, duty: Duty) -> date | None:
        """The day of the last result for a duty."""
        apart = of_item(duty.test, self.knowledge)
        return self.results.last(duty.test, self._medicines.get(duty.medicine or "") if apart else None)

    def judgeable(self, duty: Duty) -> bool:
        """Whether it can be told if the test was done: a source of results is connected, or none is needed."""
        return self.results.connected or not self.results.needs_source(duty.test)

    def about(self, medicine: str, test: str | None = None) -> Iterator[Duty]:
        """The duties of one medicine (a component id), for one test or panel or for all."""
        wanted = None if test is None else {test, *parts(test, self.knowledge)}
        return (d for d in self.duties if d.medicine == medicine and (wanted is None or d.test in wanted))


def _by_id(item: Medication | Monitoring) -> str:
    return item.id


def _without_interval(
    item: Monitoring, asked: set[tuple[str | None, str]], knowledge: Knowledge
) -> Iterator[Unscheduled]:
    """An item without intervals leaves them to the knowledge base: what that does not ask for has no day."""
    tests = {test: parts(test, knowledge) for test in item.tests}
    lost = [
        test for test, leaves in tests.items() if asked.isdisjoint((m, leaf) for m in item.about for leaf in leaves)
    ]
    if lost:
        yield Unscheduled(
            title=", ".join(test.replace("-", " ") for test in lost),
            obstacle=Obstacle.NO_RHYTHM,
            detail="neither the plan nor the knowledge base says how often",
            subjects=(item.id, *item.about),
            tests=tuple(lost),
        )
