"""What must hold between rules: ids are unique, and what they refer to exists."""

from careplan.rules.entry import Entry
from careplan.rules.names import nearest
from careplan.rules.problem import did_you_mean
from careplan.rules.rule import Rule
from careplan.rules.rulebook import SwitchedOff


def check(rules: list[tuple[Rule, Entry]], switched_off: list[tuple[SwitchedOff, Entry]]) -> None:
    """Note every rule that disagrees with another, and every reference that leads nowhere."""
    first: dict[str, list[Rule]] = {}
    for rule, entry in rules:
        others = first.setdefault(rule.id, [])
        if any(_overlap(rule, other) for other in others):
            entry.flaw(f'id "{rule.id}" is used twice for the same jurisdiction')
        others.append(rule)
    for rule, entry in rules:
        for name in rule.supersedes:
            if name not in first:
                entry.flaw(f'supersedes "{name}", which is no rule. {did_you_mean(nearest(name, first))}'.rstrip())
            elif rule.id in (back for other in first[name] for back in other.supersedes):
                entry.flaw(f'supersedes "{name}", which supersedes it')
    for switch, entry in switched_off:
        if switch.rule not in first:
            entry.flaw(f'"{switch.rule}" is no rule. {did_you_mean(nearest(switch.rule, first))}'.rstrip())


def _overlap(one: Rule, other: Rule) -> bool:
    return not one.jurisdiction or not other.jurisdiction or bool({*one.jurisdiction} & {*other.jurisdiction})
