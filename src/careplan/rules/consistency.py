"""What must hold between rules: ids are unique, and what they refer to exists."""

from careplan.rules.entry import Entry
from careplan.rules.names import nearest
from careplan.rules.problem import did_you_mean
from careplan.rules.rule import Rule, stems
from careplan.rules.rulebook import MadeRules, SwitchedOff


def check(
    rules: list[tuple[Rule, Entry]], switched_off: list[tuple[SwitchedOff, Entry]], tables: MadeRules | None
) -> None:
    """Note every rule that disagrees with another, and every reference that leads nowhere."""
    families = tables.families if tables is not None else frozenset()
    first: dict[str, list[Rule]] = {}
    for rule, entry in rules:
        others = first.setdefault(rule.id, [])
        if any(_overlap(rule, other) for other in others):
            entry.flaw(f'id "{rule.id}" is used twice for the same jurisdiction')
        if rule.id.partition("/")[0] in families:
            entry.flaw(f'id "{rule.id}" begins like those of the rules that follow from tables: choose another')
        others.append(rule)
    known = families.union(*map(stems, first))
    for rule, entry in rules:
        for name in rule.supersedes:
            if not (name in known or _made(name, tables)):
                entry.flaw(f'supersedes "{name}", which is no rule. {did_you_mean(nearest(name, known))}'.rstrip())
            elif any(other.silences(rule.id) for other in first.get(name, ())):
                entry.flaw(f'supersedes "{name}", which supersedes it')
    for switch, entry in switched_off:
        if not (switch.rule in first or _made(switch.rule, tables)):
            entry.flaw(f'"{switch.rule}" is no rule. {did_you_mean(nearest(switch.rule, first))}'.rstrip())


def _made(name: str, tables: MadeRules | None) -> bool:
    """Whether this is the id of a rule that follows from tables, or a stem of one; this makes them all."""
    if tables is None or name.partition("/")[0] not in tables.families:
        return False
    return any(name in stems(rule.id) for rule in tables.rules)


def _overlap(one: Rule, other: Rule) -> bool:
    return not one.jurisdiction or not other.jurisdiction or bool({*one.jurisdiction} & {*other.jurisdiction})
