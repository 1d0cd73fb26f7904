"""A plan on a day, indexed for the words of the `when` language: where plan and knowledge meet."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, cached_property

from attrs import field, frozen

from careplan.agenda.watch import Watch
from careplan.checks import (
    course_words,
    dose_words,
    equivalent_words,
    medicine_words,
    person_words,
    record_words,
    result_words,
    score_words,
    vaccine_words,
)
from careplan.checks.heard import Heard
from careplan.checks.item import Item, items
from careplan.checks.lookup import Lookup, lookup_in
from careplan.knowledge import Knowledge
from careplan.knowledge.fact import Fact as KnownFact
from careplan.model import (
    Absent,
    CarePlan,
    Condition,
    Medication,
    Quantity,
    Record,
    Result,
    ResultStatus,
    VaccinationPlan,
)
from careplan.rules import TRUE, UNKNOWN, Call, Evidence, Value
from careplan.rules.tree import Clause

Answerer = Callable[["View", Call], Heard]

WORDS: Mapping[str, Answerer] = {
    **medicine_words.WORDS,
    **course_words.WORDS,
    **dose_words.WORDS,
    **equivalent_words.WORDS,
    **score_words.WORDS,
    **person_words.WORDS,
    **result_words.WORDS,
    **vaccine_words.WORDS,
    **record_words.WORDS,
}
"""How each word is answered."""

_DAY = timedelta(days=1)


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Case:
    """A plan, the knowledge it is judged by, and the review day. Builds its indexes once."""

    plan: CarePlan
    knowledge: Knowledge
    on: date
    definitions: Mapping[str, Clause] = field(factory=dict)
    """Named conditions of the rules, for scores that are made of them."""
    trusting: bool = False
    """Whether results count that are too old to rely on."""
    _heard: dict[tuple[date, Call], Heard] = field(factory=dict)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every medicine that counts, whatever its status."""
        return items(self.plan, self.knowledge, self.on)

    @cached_property
    def lookup(self) -> Lookup:
        """The knowledge in the shape that words need."""
        return lookup_in(self.knowledge)

    @cached_property
    def results_by_test(self) -> Mapping[str, list[tuple[int, Result]]]:
        """Final results up to the review day by test, oldest first, each with its place in the plan."""
        found: dict[str, list[tuple[int, Result]]] = {}
        for number, result in enumerate(self.plan.patient.results):
            if result.status is ResultStatus.FINAL and result.date <= self.on:
                found.setdefault(result.test, []).append((number, result))
        for series in found.values():
            series.sort(key=lambda pair: (pair[1].date, str(pair[1].value)))
        return found

    @cached_property
    def conditions(self) -> tuple[tuple[int, Condition, frozenset[str]], ...]:
        """Recorded conditions with their places and all that each counts as, in an order of their own."""
        found = [
            (number, each, self.lookup.reasons(each.condition))
            for number, each in enumerate(self.plan.patient.conditions)
            if not isinstance(each.condition, Absent)
        ]
        return tuple(sorted(found, key=lambda each: (str(each[1].condition), repr(each[1]))))

    @cached_property
    def unsuitable(self) -> tuple[frozenset[str], ...]:
        """What is recorded as unsuitable or declined, each with what it counts as."""
        return tuple(
            frozenset(decision.about)
            for decision in self.plan.decisions
            if isinstance(decision, Record) and decision.part == "alternatives-unsuitable"
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Every drug and class that the plan mentions."""
        return frozenset().union(*(item.names for item in self.items))

    @cached_property
    def weight(self) -> Quantity | None:
        """The latest body weight that is still fresh, in the unit it was recorded in."""
        return result_words.fresh(self.view(), "weight")

    @cached_property
    def days(self) -> tuple[tuple[date, frozenset[str]], ...]:
        """The review day, and each later day that changes something, with the names that it changes."""
        changed: dict[date, set[str]] = {}
        for item in self.items:
            for day in item.change_days:
                if day > self.on:
                    changed.setdefault(day, set()).update(item.names)
        for day, names in self._events():
            if day > self.on:
                changed.setdefault(day, set()).update(names)
        return tuple((day, frozenset(names)) for day, names in sorted(changed.items()))

    def _events(self) -> Iterator[tuple[date, tuple[str, ...]]]:
        for component in self.plan.components:
            if isinstance(component, VaccinationPlan) and isinstance(component.due, date):
                yield component.due, tuple(self.lookup.vaccine_names(component.vaccine))
        for event in self.plan.events:
            if event.on is not None:
                yield event.on, ("days_to",)

    @cache  # noqa: B019 - a case lives for one review
    def watch(self, day: date) -> Watch:
        """What must be monitored, as it stands on a day."""
        return Watch.of(self.plan, day, self.knowledge, self.applies)

    def applies(self, fact: KnownFact, medicine: Medication) -> bool | None:
        """Whether a fact of the knowledge base holds for this medicine of this person."""
        if fact.when is None:
            return True
        item = next((each for each in self.items if each.medicine.id == medicine.id), None)
        answer = self.lookup.condition(fact.when).truth(self.view(item=item))
        return None if answer is UNKNOWN else answer is TRUE

    @cached_property
    def trusting_old(self) -> "Case":
        """The same case, in which results count however old they are."""
        return Case(plan=self.plan, knowledge=self.knowledge, on=self.on, definitions=self.definitions, trusting=True)

    def view(self, day: date | None = None, item: Item | None = None) -> "View":
        """The case as it stands on `day` (default: the review day), as a rule about `item` sees it."""
        return View(case=self, day=day or self.on, item=item)


@frozen(kw_only=True, eq=False, repr=False)
class View:
    """Answers the words for one day and, in a rule with `each`, one item."""

    case: Case
    day: date
    item: Item | None = None
    _own: dict[Call, Heard] = field(factory=dict)

    def heard(self, call: Call) -> Heard:
        """The answer with what stands behind it; asked once, then remembered."""
        if call.about_this:
            answer = self._own.get(call)
            if answer is None:
                answer = self._own[call] = WORDS[call.word](self, call)
            return answer
        memory = self.case._heard  # noqa: SLF001 - the case keeps what all its views have heard
        answer = memory.get((self.day, call))
        if answer is None:
            answer = memory[self.day, call] = WORDS[call.word](self, call)
        return answer

    def value(self, call: Call) -> Value:
        """The answer of a word."""
        return self.heard(call).value

    def evidence(self, call: Call) -> Evidence:
        """What stands behind the answer."""
        heard = self.heard(call)
        return Evidence(facts=heard.facts, missing=heard.missing)

    def before(self) -> "View":
        """The same on the day before the item starts or last rises, or before the view's day."""
        day = self.day
        if self.item is not None:
            starts = [each for each in self.item.change_days if each <= day]
            first = self.item.first_day
            day = max(starts, default=first if first is not None and first <= day else day)
        return View(case=self.case, day=day - _DAY, item=self.item)
