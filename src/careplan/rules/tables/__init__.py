"""Tables of facts as rules: one rule for each row that no named rule covers."""

from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from functools import cached_property, partial

from attrs import field, frozen

from careplan.knowledge import Knowledge
from careplan.rules.names import Names
from careplan.rules.rule import Rule
from careplan.rules.tables import dosing, interactions, safety, surveillance
from careplan.rules.tables.draft import Draft, built
from careplan.rules.tables.subject import Subject
from careplan.rules.tree import Defined

_COMPILERS = (
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
_FAMILIES = frozenset(
    {
        "dose-above-limit",
        "dose-interval-too-short",
        "order-incomplete",
        "dose-needs-kidney-change",
        "dose-needs-change",
        "contraindication",
        "pregnancy",
        "breastfeeding",
        "conception",
        "below-minimum-age",
        "baseline-tests-missing",
        "result-needs-action",
        "companion-missing",
        "interaction",
    }
)
"""The families that rules from tables belong to: the first part of their ids."""


@frozen(eq=False)
class TableRules:
    """The rules that follow from the tables of the knowledge base, made when a plan mentions what they are about.

    `named` are ids of the rules written as sentences: a row that one of them covers makes no rule.
    """

    knowledge: Knowledge
    names: Names
    definitions: Mapping[str, Defined]
    named: AbstractSet[str]
    _made: dict[str, tuple[Rule, ...]] = field(init=False, factory=dict, repr=False)

    @property
    def families(self) -> frozenset[str]:
        """The first parts of their ids."""
        return _FAMILIES

    def about(self, mentioned: AbstractSet[str]) -> Iterator[Rule]:
        """The rules about these drugs and classes, and about what happens between them, in the order of `rules`.

        Raises SentenceError if a row's own sentence is wrong.
        """
        for name in self._subjects(mentioned):
            yield from self._rules(name, (draft for compiler in _COMPILERS for draft in compiler(self._subject(name))))
        for row in self.knowledge.interactions_among(mentioned):
            yield from self._rules(f"interaction {row.id}", (interactions.interaction(self.knowledge, row),))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """All of them. Raises SentenceError if a row's own sentence is wrong."""
        return tuple(self.about({*self.knowledge.drugs, *self.knowledge.classes}))

    def drafts(self) -> Iterator[Draft]:
        """Every row that can be said of a plan, also those that a named rule covers."""
        for name in self._subjects({*self.knowledge.drugs, *self.knowledge.class_facts}):
            for compiler in _COMPILERS:
                yield from compiler(self._subject(name))
        for row in self.knowledge.interactions.values():
            yield interactions.interaction(self.knowledge, row)

    def _subjects(self, names: AbstractSet[str]) -> Iterator[str]:
        yield from sorted(name for name in names if name in self.knowledge.drugs)
        yield from sorted(name for name in names if name in self.knowledge.class_facts)

    def _subject(self, name: str) -> Subject:
        known = self.knowledge
        return Subject(name, known.drugs[name] if name in known.drugs else known.class_facts[name], known)

    def _rules(self, key: str, drafts: Iterable[Draft]) -> tuple[Rule, ...]:
        if key not in self._made:
            read = partial(built, names=self.names, definitions=self.definitions, version=self.knowledge.version)
            self._made[key] = tuple(read(draft) for draft in drafts if draft.open_beside(self.named))
        return self._made[key]


__all__ = ["TableRules"]
