"""Tables of facts as rules: one rule for each row that no named rule covers."""

from collections.abc import Iterator, Mapping, Set as AbstractSet
from functools import partial

from careplan.knowledge import Knowledge
from careplan.rules.names import Names
from careplan.rules.rule import Rule
from careplan.rules.tables import dosing, interactions, safety, surveillance
from careplan.rules.tables.draft import Draft, built
from careplan.rules.tables.subject import subjects
from careplan.rules.tree import Defined

_FAMILIES = (
    dosing.limits,
    dosing.intervals,
    dosing.orders,
    dosing.modifiers,
    safety.contraindications,
    safety.pregnancy,
    safety.breastfeeding,
    safety.conception,
    safety.minimum_ages,
    surveillance.baseline,
    surveillance.thresholds,
    surveillance.companions,
)


def rules_from_tables(
    knowledge: Knowledge, names: Names, definitions: Mapping[str, Defined], named: AbstractSet[str]
) -> tuple[Rule, ...]:
    """The rules that follow from the tables of the knowledge base.

    Args:
        knowledge: the tables.
        names: what sentences may speak of.
        definitions: the named conditions they may use.
        named: ids of the rules written as sentences; a row that one of them covers makes no rule.

    Raises:
        SentenceError: if a row's own sentence is wrong.
    """
    read = partial(built, names=names, definitions=definitions, version=knowledge.version)
    return tuple(read(draft) for draft in _drafts(knowledge) if draft.open_beside(named))


def _drafts(knowledge: Knowledge) -> Iterator[Draft]:
    for subject in subjects(knowledge):
        for family in _FAMILIES:
            yield from family(subject)
    yield from interactions.interactions(knowledge)


__all__ = ["rules_from_tables"]
