"""What ids are called, for the team and for the person whose plan it is."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from careplan.documents.terms import term
from careplan.documents.wording import from_id, listed
from careplan.knowledge import Knowledge
from careplan.model import Absent, CarePlan, Education, Medication, Monitoring, Role, Therapy, VaccinationPlan


@frozen(eq=False)
class Names:
    """Looks ids up in the knowledge base; an id that it does not hold is read as words, never left out."""

    plan: CarePlan
    knowledge: Knowledge

    def component(self, ref: str) -> str:
        """A component of the plan by its id."""
        return self._component(ref, self.test)

    def plain_component(self, ref: str) -> str:
        """A component of the plan in plain words."""
        return self._component(ref, self.plain_test)

    def _component(self, ref: str, test: Callable[[str], str]) -> str:
        item = next((each for each in self.plan.components if each.id == ref), None)
        match item:
            case None:
                goal = next((goal for goal in self.plan.goals if goal.id == ref), None)
                return f"“{goal.description}”" if goal else from_id(ref)
            case Monitoring(tests=tests):
                return listed(test(name) for name in tests)
            case Therapy(therapy=therapy):
                return self.therapy(therapy)
            case VaccinationPlan(vaccine=vaccine):
                return self.vaccine(vaccine)
            case Education(topic=topic):
                return from_id(topic)
            case medicine:
                return self.medicine(medicine)

    def anything(self, ref: str) -> str:
        """A component, drug, class or condition: whatever a decision is about."""
        if any(component.id == ref for component in self.plan.components):
            return self.component(ref)
        known = self.knowledge
        for table in (known.drugs, known.products, known.classes, known.conditions, known.therapies):
            if ref in table:
                return _name(table, ref)
        return from_id(ref)

    def plain_anything(self, ref: str, label: str) -> str:
        """A component, test, condition or question in plain words; `label` if it is none of these."""
        if any(component.id == ref for component in self.plan.components):
            return self.plain_component(ref)
        known = self.knowledge
        for table, kind in (
            (known.analytes, "plain"),
            (known.conditions, "plain"),
            (known.screens, "name"),
            (known.questions, "text"),
        ):
            if ref in table:
                return _name(table, ref, kind)
        return label

    def label(self, about: str, label: str) -> str:
        """What to call a fact: the name of the test where its label is no more than the id."""
        return self.test(about) if label in (about, from_id(about)) and about in self.knowledge.analytes else label

    def medicine(self, medicine: Medication) -> str:
        """The INN as printed, else the product's name, else the id."""
        return medicine.name if isinstance(medicine.drug, Absent) else self.drug(medicine.drug)

    def drug(self, ref: str) -> str:
        """A drug or combination product."""
        known = self.knowledge
        return _name(known.products if ref in known.products else known.drugs, ref)

    def substance(self, ref: str) -> str:
        """What somebody is allergic to: a drug, a class or another allergen."""
        known = self.knowledge
        table = next((t for t in (known.allergens, known.drugs, known.classes) if ref in t), known.allergens)
        return _name(table, ref)

    def test(self, ref: str) -> str:
        """A test or observation."""
        return _name(self.knowledge.analytes, ref)

    def plain_test(self, ref: str) -> str:
        """A test in plain words, with its usual name."""
        return _name(self.knowledge.analytes, ref, "plain")

    def gathered(self, tests: tuple[str, ...]) -> tuple[str, ...]:
        """The same tests, with the name of a panel in place of all its parts."""
        panels = [one for one in self.knowledge.analytes.values() if one.parts and set(one.parts) <= set(tests)]
        within = {part for panel in panels for part in panel.parts}
        return (*(panel.id for panel in panels), *(test for test in tests if test not in within))

    def condition(self, ref: str) -> str:
        """A condition."""
        return _name(self.knowledge.conditions, ref)

    def plain_condition(self, ref: str) -> str:
        """A condition in plain words."""
        return _name(self.knowledge.conditions, ref, "plain")

    def therapy(self, ref: str) -> str:
        """A therapy."""
        return _name(self.knowledge.therapies, ref)

    def vaccine(self, ref: str) -> str:
        """A vaccine."""
        return _name(self.knowledge.vaccines, ref)

    def screen(self, ref: str) -> str:
        """A screening, immunity or genotype test."""
        return _name(self.knowledge.screens, ref)

    def question(self, ref: str) -> str:
        """A recorded question."""
        return _name(self.knowledge.questions, ref, "text")

    def record(self, ref: str) -> str:
        """A part of the record, by the question that it answers."""
        records = self.knowledge.records
        return records[ref].text if ref in records else from_id(ref).capitalize()

    def role(self, ref: str) -> str:
        """Who is to act: a role of the plan or of the knowledge base."""
        return term(Role(ref)) if ref in set(Role) else _name(self.knowledge.roles, ref)

    def source(self, ref: str) -> str:
        """The citation of a source."""
        return _name(self.knowledge.sources, ref, "citation")


def _name(table: Mapping[str, Any], ref: str, kind: str = "name") -> str:
    if ref not in table:
        return from_id(ref)
    entry = table[ref]
    words: str = getattr(entry, kind) or entry.name
    return words
