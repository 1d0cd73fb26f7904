"""What the agenda reads from the knowledge base: the rows that hold for an item, and what a test is."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeAlias

from careplan.knowledge import Knowledge
from careplan.knowledge.catalogue import Analyte
from careplan.knowledge.fact import Fact
from careplan.knowledge.vocabulary import About, AnalyteKind
from careplan.model import Absent, Medication

Applies: TypeAlias = Callable[[Fact, Medication], bool | None]
"""Whether a fact with a condition (`when`) holds for this item of this plan; None if that is not known."""

_SAMPLED = (AnalyteKind.LABORATORY, AnalyteKind.DERIVED, AnalyteKind.PANEL)


def not_judged(_fact: Fact, _medicine: Medication) -> bool | None:
    """Leave every condition of the knowledge base open: for callers that have nobody to ask."""
    return None


def facts(medicine: Medication, table: str, knowledge: Knowledge, on: date) -> Iterator[tuple[bool, Any]]:
    """The rows of one table that hold for an item, each with whether they name the drug itself and not a class.

    A product of several drugs has the rows of all of them; a drug that is not known has none.
    """
    dose = medicine.dose_on(on) or medicine.doses[0]
    amounts = medicine.amounts(dose)
    for drug in _drugs(medicine, knowledge):
        amount = amounts.get(drug)
        classes = knowledge.classes_of(
            drug,
            route=medicine.route,
            form=medicine.form,
            indication=medicine.indication,
            single=amount.single if amount is not None else None,
            daily=amount.daily if amount is not None else None,
        )
        for stated_by, row in knowledge.facts_about(drug, table, classes):
            yield stated_by == drug, row


def _drugs(medicine: Medication, knowledge: Knowledge) -> tuple[str, ...]:
    drug = medicine.drug
    if not isinstance(drug, Absent) and (drug in knowledge.drugs or drug in knowledge.products):
        return tuple(ingredient.drug for ingredient in knowledge.ingredients(drug))
    return tuple(ingredient for ingredient in medicine.ingredients if ingredient in knowledge.drugs)


def name_of(medicine: Medication, knowledge: Knowledge) -> str:
    """The words that name an item: its drug's or product's name, else the item's own."""
    drug = medicine.drug
    if isinstance(drug, Absent):
        return medicine.name
    if drug in knowledge.drugs:
        return knowledge.drugs[drug].name
    return knowledge.products[drug].name if drug in knowledge.products else medicine.name


def analyte(test: str, knowledge: Knowledge) -> Analyte | None:
    """The test, or None for a screening, a part of the record, or a test that is not known."""
    if test not in knowledge.analytes:
        return None
    return knowledge.analytes[test]


def parts(test: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The tests that a panel consists of, panels within it opened up; a test that is no panel is its only part."""
    panel = analyte(test, knowledge)
    if panel is None or not panel.parts:
        return (test,)
    return tuple(dict.fromkeys(leaf for part in panel.parts for leaf in parts(part, knowledge)))


def sources(test: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The tests that a derived test is worked out from."""
    derived = analyte(test, knowledge)
    return derived.derived_from if derived is not None else ()


def of_item(test: str, knowledge: Knowledge) -> bool:
    """Whether it is a part of the record that is written for each medicine apart."""
    return test in knowledge.records and knowledge.records[test].about is About.ITEM


def sampled(test: str, knowledge: Knowledge) -> bool:
    """Whether it is done in a laboratory, so that one visit serves several."""
    known = analyte(test, knowledge)
    return known is not None and known.kind in _SAMPLED
