"""Reference pages about rules: those written as sentences, and those that follow from tables."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from careplan.cli.markdown_page import plain
from careplan.knowledge import Knowledge
from careplan.rules import Rule, RuleBook
from careplan.rules.assembly import load_rules

ROOT = Path(__file__).resolve().parents[1]
RULE_FILES = ROOT / "src" / "careplan" / "rules" / "data"

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


def pages(knowledge: Knowledge) -> Mapping[str, str]:
    """The page of the rules written as sentences, and that of the rules that follow from tables."""
    book = load_rules(knowledge)
    return {"rules.md": _rules_page(book), "table-rules.md": _table_rules_page(book)}


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
