"""Write the reference pages that are made from the data: rules.md, table-rules.md, coverage.md, sources.md.

Run it after a change in the rules or in the knowledge base::

    python scripts/reference_pages.py
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from careplan.knowledge import Knowledge, load_knowledge
from careplan.knowledge.compiled import AUTHORED
from careplan.rules import Rule, RuleBook
from careplan.rules.assembly import load_rules

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "reference"
RULE_FILES = ROOT / "src" / "careplan" / "rules" / "data"
_MARKS = re.compile(r"([\\`*_\[\]<>|])")

_RULES = """\
# Rules written as sentences

{count} rules, version {version}, grouped by the file that they stand in. Each is one sentence of the
[`when` language](when-language.md); the rules that follow from [tables of facts](table-rules.md) have a page of their
own. Names of sources are explained on [their page](sources.md). How to add one: [](../how-to/add-a-rule.md).
"""
_TABLE_RULES = """\
# Rules that follow from tables

{count} rules are not written by hand: each row of a table in the knowledge base (interactions, contraindications,
limits, pregnancy, thresholds and others) becomes one, unless a [rule written as a sentence](rules.md) says the same
hazard better. `this` is the medicine that the row is about.
"""
_COVERAGE = """\
# What the knowledge base covers

Edition {version} of {date}. A medicine is *described in full* if it has a file of its own; it is *recognised* if
careplan knows its name, codes, classes and interactions, and applies the rules of its classes, but not yet its own
limits, monitoring and other facts. A medicine that is neither gives the finding `medicine-not-recognised`: nothing
about it was checked.

| | |
|---|---|
| medicines described in full | {full} |
| other medicines, foods and herbs recognised | {recognised} |
| combination products | {products} |
| classes of medicines | {classes} |
| interactions | {interactions} |
| tests and observations | {analytes} |
| conditions | {conditions} |
| therapies | {therapies} |
| vaccines | {vaccines} |
| sources | {sources} |
"""
_SOURCES = """\
# Sources

What the facts and rules rest on, by the ids that findings name. *Read* says how the source was used for this edition:
in full, in part, or not at all (then it is cited from knowledge).
"""


def pages() -> Mapping[str, str]:
    """The text of every page by its file name."""
    knowledge = load_knowledge()
    book = load_rules(knowledge)
    return {
        "rules.md": _rules_page(book),
        "table-rules.md": _table_rules_page(book),
        "coverage.md": _coverage_page(knowledge),
        "sources.md": _sources_page(knowledge),
    }


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _written(rule: Rule) -> bool:
    return (RULE_FILES / f"{rule.family}.toml").exists()


def _rules_page(book: RuleBook) -> str:
    rules = [rule for rule in book.rules if _written(rule)]
    parts = [_RULES.format(count=len({rule.id for rule in rules}), version=book.packs[0].version)]
    for family, group in _families(rules):
        parts.append(f"\n## {_title(family)}\n")
        parts += [_rule(rule) for rule in group]
    parts.append("\n## Definitions\n\nConditions that several rules share.\n")
    for definition in tomllib.loads((RULE_FILES / "definitions.toml").read_text("utf-8"))["definition"]:
        parts.append(f"\n`{definition['id']}`\n\n```text\n{definition['when'].strip()}\n```\n")
    return "".join(parts)


def _families(rules: Iterable[Rule]) -> Iterator[tuple[str, list[Rule]]]:
    ordered = sorted(rules, key=lambda rule: (rule.family, rule.id, rule.jurisdiction))
    for family, group in groupby(ordered, key=lambda rule: rule.family):
        yield family, list(group)


def _title(family: str) -> str:
    return family.replace("-", " ").capitalize()


def _rule(rule: Rule) -> str:
    where = f", {_places(rule.jurisdiction)}" if rule.jurisdiction else ""
    each = f" Asked of each: {_codes(rule.each)}." if rule.each else ""
    worse = "".join(
        f"\n*{step.to.word.capitalize()}* if{_only(step.jurisdiction)}\n\n```text\n{step.when.text}\n```\n"
        for step in rule.escalate
    )
    return (
        f"\n### `{rule.id}`{where}\n\n*{rule.severity.word.capitalize()}*: {plain(rule.message.text)}\n"
        f"{plain(rule.action.text)}{each}\n\n```text\n{rule.when.text}\n```\n{worse}"
        f"\nSources: {_codes(rule.sources)} ({rule.confidence.value}).\n"
    )


def _places(jurisdiction: Iterable[str]) -> str:
    return ", ".join(str(place).upper() for place in jurisdiction)


def _only(jurisdiction: tuple[str, ...]) -> str:
    return f" ({_places(jurisdiction)})" if jurisdiction else ""


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table_rules_page(book: RuleBook) -> str:
    rules = [rule for rule in book.rules if not _written(rule)]
    parts = [_TABLE_RULES.format(count=len(rules))]
    for family, group in _families(rules):
        parts.append(f"\n## {_title(family)}\n\n| rule | severity | when | sources |\n|---|---|---|---|\n")
        parts += [_row(rule) for rule in group]
    return "".join(parts)


def _row(rule: Rule) -> str:
    worst = max([rule.severity, *(step.to for step in rule.escalate)])
    severity = rule.severity.word + (f" to {worst.word}" if worst > rule.severity else "")
    when = " ".join(rule.when.text.split()).replace("|", "\\|")
    return f"| `{rule.id}`{_only(rule.jurisdiction)} | {severity} | `{when}` | {_codes(rule.sources)} |\n"


def _coverage_page(knowledge: Knowledge) -> str:
    full = {file.stem for file in (AUTHORED / "drugs").glob("*.toml")}
    counts = {name: len(getattr(knowledge, name)) for name in (
        "products", "classes", "interactions", "analytes", "conditions", "therapies", "vaccines", "sources",
    )}  # fmt: skip
    head = _COVERAGE.format(
        version=knowledge.version, date=knowledge.date, full=len(full), recognised=len(knowledge.drugs) - len(full),
        **counts,
    )  # fmt: skip
    return "".join([head, *_full(knowledge, full), *_later(knowledge, full), *_recognised(knowledge, full)])


def _full(knowledge: Knowledge, full: set[str]) -> Iterator[str]:
    yield "\n## Described in full\n\n| medicine | group | facts in its own file |\n|---|---|---|\n"
    for name in sorted(full):
        drug = knowledge.drugs[name]
        tables = ", ".join(table.replace("_", " ") for table, _ in drug.tables())
        yield f"| {plain(drug.name)} | {drug.group.value} | {tables} |\n"


def _later(knowledge: Knowledge, full: set[str]) -> Iterator[str]:
    yield (
        "\n## Waiting for a later edition\n\nThese medicines belong to the scope of the knowledge base. Their facts "
        "have been collected and read, and are not yet in the data; the reason is the same for all: a later edition.\n"
        "\n| medicine | group | today |\n|---|---|---|\n"
    )
    for group, names in tomllib.loads((PAGES / "planned.toml").read_text("utf-8")).items():
        for name in sorted(set(names) - full):
            today = "recognised; class rules and interactions apply" if name in knowledge.drugs else "not recognised"
            yield f"| {name} | {group} | {today} |\n"


def _recognised(knowledge: Knowledge, full: set[str]) -> Iterator[str]:
    yield "\n## Recognised\n"
    others = sorted((knowledge.drugs[name].group.value, name) for name in set(knowledge.drugs) - full)
    for group, pairs in groupby(others, key=lambda pair: pair[0]):
        yield f"\n{group.capitalize()}\n: {', '.join(name for _, name in pairs)}\n"


def _sources_page(knowledge: Knowledge) -> str:
    parts = [_SOURCES, "\n| id | source | read |\n|---|---|---|\n"]
    for name in sorted(knowledge.sources):
        source = knowledge.sources[name]
        link = f" [link]({source.url})" if source.url else ""
        parts.append(f"| `{name}` | {plain(source.citation)}{link} | {source.seen.value} |\n")
    return "".join(parts)


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
