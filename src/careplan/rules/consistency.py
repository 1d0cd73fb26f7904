"""What must hold between rules: ids are unique, and what they refer to exists."""

from careplan.rules.entry import Entry
from careplan.rules.names import nearest
from careplan.rules.problem import did_you_mean
from careplan.rules.rule import Rule, stems
from careplan.rules.rulebook import SwitchedOff


def check(
    rules: list[tuple[Rule, Entry]], switched_off: list[tuple[SwitchedOff, Entry]], tables: tuple[Rule, ...]
) -> None:
    """Note every rule that disagrees with another, and every reference that leads nowhere."""
    first: dict[str, list[Rule]] = {}
    for rule in tables:
        first.setdefault(rule.id, []).append(rule)
    for rule, entry in rules:
        others = first.setdefault(rule.id, [])
        if any(_overlap(rule, other) for other in others):
            entry.flaw(f'id "{rule.id}" is used twice for the same jurisdiction')
        others.append(rule)
    known = frozenset().union(*map(stems, first))
    for rule, entry in rules:
        for name in rule.supersedes:
            if name not in known:
                entry.flaw(f'supersedes "{name}", which is no rule. {did_you_mean(nearest(name, known))}'.rstrip())
            elif any(other.silences(rule.id) for other in first.get(name, ())):
                entry.flaw(f'supersedes "{name}", which supersedes it')
    for switch, entry in switched_off:
        if switch.rule not in first:
            entry.flaw(f'"{switch.rule}" is no rule. {did_you_mean(nearest(switch.rule, first))}'.rstrip())


def _overlap(one: Rule, other: Rule) -> bool:
    return not one.jurisdiction or not other.jurisdiction or bool({*one.jurisdiction} & {*other.jurisdiction})
