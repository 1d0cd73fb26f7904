"""When each test was last done, as far as the plan tells."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Self

from attrs import frozen

from careplan.agenda.known import parts, sources
from careplan.knowledge import Knowledge
from careplan.model import Absent, CarePlan, Medication, Outcome, Record, ResultStatus

_NO_ANSWER = (Outcome.PENDING, Outcome.INDETERMINATE)


@frozen(kw_only=True, eq=False)
class Results:
    """The last day of every test, screening and record of a plan, as seen on one day.

    Only final results count, by the day of collection; days after the review day or before birth are refused.
    """

    days: Mapping[str, date]
    records: tuple[Record, ...]
    connected: bool
    """Whether any result is on record. If not, nobody can tell what was done: nothing counts as late or as done."""
    knowledge: Knowledge

    @classmethod
    def of(cls, plan: CarePlan, on: date, knowledge: Knowledge) -> Self:
        """Index the patient's results and screenings, and the team's records, up to `on`."""
        born = plan.patient.birth_date
        earliest = born if isinstance(born, date) else date.min
        days: dict[str, date] = {}
        for test, day in _done(plan):
            if earliest <= day <= on:
                for part in (test, *parts(test, knowledge)):
                    days[part] = max(day, days.get(part, day))
        records = tuple(d for d in plan.decisions if isinstance(d, Record) and d.date <= on)
        return cls(days=days, records=records, connected=bool(plan.patient.results), knowledge=knowledge)

    def last(self, test: str, medicine: Medication | None = None) -> date | None:
        """The last day of a test; of a part of the record, the last one about the medicine or about nothing else.

        A derived test (eGFR) is done when all that it is worked out from was done.
        """
        own = self.days.get(test)
        if own is None and self.records:
            own = max((r.date for r in self.records if r.part == test and _is_about(r, medicine)), default=None)
        days = [self.days.get(source) for source in sources(test, self.knowledge)]
        if days and None not in days:
            derived = min(day for day in days if day is not None)
            return derived if own is None else max(own, derived)
        return own

    def needs_source(self, test: str) -> bool:
        """Whether it can only be judged with a source of results: screenings and records stand in the plan itself."""
        return test in self.knowledge.analytes


def _done(plan: CarePlan) -> Iterator[tuple[str, date]]:
    for result in plan.patient.results:
        if result.status is ResultStatus.FINAL:
            yield result.test, result.date
    for screening in plan.patient.screenings:
        answered = not isinstance(screening.outcome, Absent) and screening.outcome not in _NO_ANSWER
        if answered and isinstance(screening.date, date):
            yield screening.test, screening.date


def _is_about(record: Record, medicine: Medication | None) -> bool:
    if not record.about or medicine is None:
        return True
    return bool({medicine.id, medicine.drug, *medicine.ingredients} & {*record.about})
