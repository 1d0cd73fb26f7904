"""How much the knowledge base holds: entries by section, facts by table, trust and country."""

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import frozen

from careplan.knowledge.base import Knowledge
from careplan.knowledge.drug import Facts
from careplan.knowledge.fact import Fact
from careplan.knowledge.sheets import SECTIONS

EVERYWHERE = "everywhere"
"""Stands for the jurisdiction of a fact that names none."""
EXPECTED = ("dose", "pregnancy", "breastfeeding", "patient")
"""Tables that the page of every medicine should have, its own or a class's."""


@frozen(kw_only=True)
class Coverage:
    """Counts. `facts` are rows of drugs and classes by table, `gaps` the expected tables that a drug lacks."""

    entries: Mapping[str, int]
    facts: Mapping[str, int]
    confidence: Mapping[str, int]
    jurisdiction: Mapping[str, int]
    pages: Mapping[str, int]
    """Facts on the page of each drug that is described in full, those of its classes left out."""
    gaps: Mapping[str, tuple[str, ...]]


def coverage(knowledge: Knowledge) -> Coverage:
    """Count what a base holds."""
    tables: Counter[str] = Counter()
    confidence: Counter[str] = Counter()
    jurisdiction: Counter[str] = Counter()
    for table, fact in facts(knowledge):
        tables[table] += 1
        confidence[fact.confidence.value] += 1
        jurisdiction.update([place.value for place in fact.jurisdiction] or [EVERYWHERE])
    full = {name: count for name in knowledge.drugs if (count := _described(knowledge.drugs[name]))}
    gaps = {name: missing for name in full if (missing := tuple(_missing(knowledge, name)))}
    return Coverage(
        entries={section: len(knowledge.raw(section)) for section in SECTIONS},
        facts=dict(sorted(tables.items())),
        confidence=dict(sorted(confidence.items())),
        jurisdiction=dict(sorted(jurisdiction.items())),
        pages=full,
        gaps=gaps,
    )


def facts(knowledge: Knowledge) -> Iterator[tuple[str, Fact]]:
    """Every fact about a drug, a class or a pair, with its table."""
    for page in (*knowledge.drugs.values(), *knowledge.class_facts.values()):
        yield from rows(page)
    for interaction in knowledge.interactions.values():
        yield "interaction", interaction


def rows(page: Facts) -> Iterator[tuple[str, Fact]]:
    """The facts of one page, with their tables."""
    for table, found in page.tables():
        for fact in found:
            yield table, fact


def _described(page: Facts) -> int:
    """How many facts a page states; 0 if it holds flags at most, as that of a mere partner does."""
    tables = [table for table, _ in rows(page)]
    return len(tables) if set(tables) - {"flags"} else 0


def _missing(knowledge: Knowledge, drug: str) -> Iterator[str]:
    own = {table for table, _ in rows(knowledge.drugs[drug])}
    for name in knowledge.class_facts:
        if drug in knowledge.members(name):
            own |= {table for table, _ in rows(knowledge.class_facts[name])}
    yield from (table for table in EXPECTED if table not in own)
