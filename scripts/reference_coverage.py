"""The reference page that says how much is known, what no rule speaks of, and what was left out."""

import tomllib
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from careplan.knowledge import Knowledge
from careplan.knowledge.coverage import coverage, rows
from careplan.knowledge.fact import Fact
from careplan.rules.assembly import definitions_of, names_of
from careplan.rules.tables import TableRules
from scripts.reference_table import table

LEFT_OUT = Path(__file__).resolve().parents[1] / "docs" / "reference" / "left-out"
_JUDGED = ("limit", "interval", "contraindication", "threshold")
"""Tables whose every row should make a rule."""
_HEAD = """\
# What the knowledge base covers

Edition {version} of {date}. A medicine is *described in full* if its page states facts of its own; it is *recognised*
if careplan knows its name, codes, classes and interactions, and applies the rules of its classes. A medicine that is
neither gives the finding `medicine-not-recognised`: nothing about it was checked.

{full} medicines are described in full, {recognised} more are recognised.
"""


def pages(knowledge: Knowledge) -> Mapping[str, str]:
    """The page."""
    found = coverage(knowledge)
    full = len(found.pages)
    parts = [
        _HEAD.format(version=knowledge.version, date=knowledge.date, full=full, recognised=len(knowledge.drugs) - full),
        "\n## Entries\n\n" + table(("section", "entries"), _spelt(found.entries)),
        "\n## Facts of medicines, classes and pairs\n\n" + table(("table", "facts"), _spelt(found.facts)),
        "\n" + table(("trust", "facts"), found.confidence.items()),
        "\n" + table(("holds in", "facts"), found.jurisdiction.items()),
        "\n## Pages\n\n" + table(("medicine", "facts of its own", "tables that nobody states"), _pages(knowledge)),
        _silent(knowledge),
        *_left_out(),
    ]
    return {"coverage.md": "".join(parts)}


def _spelt(counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    return ((name.replace("_", " "), count) for name, count in counts.items())


def _pages(knowledge: Knowledge) -> Iterator[tuple[object, ...]]:
    found = coverage(knowledge)
    for name, count in found.pages.items():
        yield knowledge.drugs[name].name, count, ", ".join(found.gaps.get(name, ()))


def _silent(knowledge: Knowledge) -> str:
    """Rows that state a hazard which no rule can judge."""
    made = TableRules(knowledge, names_of(knowledge), definitions_of(knowledge), frozenset()).drafts()
    spoken = {id(row) for draft in made for row in (draft.row, *draft.rows)}
    lines = [
        (name, table_name, _about(fact))
        for pages_of in (knowledge.drugs, knowledge.class_facts)
        for name, page in pages_of.items()
        for table_name, fact in rows(page)
        if table_name in _JUDGED and id(fact) not in spoken and not fact.covered_by
    ]
    head = (
        "\n## Facts that no rule judges\n\nThey stand on the medicine's page. The language has no word for them yet, a "
        "plan does not hold what they ask for, or they state a usual interval and nothing to fall below.\n\n"
    )
    return head + table(("page", "table", "about"), lines)


def _about(fact: Fact) -> str:
    keys = ("kind", "tests", "conditions", "key", "routes", "forms", "supply", "per_site", "change", "unit", "note")
    said = ((key, getattr(fact, key, None)) for key in keys)
    return "; ".join(f"{key} {_word(value)}" for key, value in said if value not in (None, (), ""))


def _word(value: object) -> str:
    return ", ".join(map(_word, value)) if isinstance(value, tuple) else str(getattr(value, "value", value))


def _left_out() -> Iterator[str]:
    entries = [
        (entry["table"], entry["about"], entry["reason"])
        for file in sorted(LEFT_OUT.glob("*.toml"))
        for entry in tomllib.loads(file.read_text("utf-8"))["left_out"]
    ]
    yield (
        f"\n## Left out\n\n{len(entries)} rows, or parts of rows, of the evidence tables that the base was made from "
        "are not in the data, each for a reason.\n"
    )
    for heading, group in groupby(sorted(entries), key=lambda entry: entry[0]):
        yield f"\n### {heading[:1].upper()}{heading[1:]}\n\n"
        yield table(("what", "why"), (entry[1:] for entry in group))
