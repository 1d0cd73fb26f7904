"""All rules in force, found by what a plan mentions."""

from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from datetime import date
from functools import cached_property
from typing import Protocol

from attrs import field, frozen

from careplan.rules.entry import Flaw
from careplan.rules.rule import Rule
from careplan.rules.tree import Defined


class RuleBookError(ValueError):
    """Rule files that cannot be used. `flaws` holds everything that is wrong, file by file."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        self.flaws = flaws
        super().__init__("\n".join(map(str, flaws)))


@frozen(kw_only=True)
class Pack:
    """A folder of rules that is published as one: the library's own, or a clinic's."""

    name: str
    version: str
    date: date


@frozen(kw_only=True)
class SwitchedOff:
    """A rule that a pack has switched off; every report names it."""

    rule: str
    reason: str
    pack: str


class MadeRules(Protocol):
    """Rules that are not written as sentences but made of something else when they are needed."""

    @property
    def families(self) -> frozenset[str]:
        """The first parts of their ids; no written rule begins with one of them."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All of them."""

    def about(self, mentioned: AbstractSet[str]) -> Iterable[Rule]:
        """At least those that can be true of a plan that mentions these drugs and classes."""


@frozen(kw_only=True)
class RuleBook:
    """The rules of all packs, and those that follow from tables of facts, without those that are switched off.

    `written` are the rules that stand as sentences in files. Rules from tables are made when they are asked for.
    """

    written: tuple[Rule, ...]
    tables: MadeRules | None = None
    packs: tuple[Pack, ...] = ()
    definitions: Mapping[str, Defined] = field(factory=dict)
    switched_off: tuple[SwitchedOff, ...] = ()
    _always: tuple[int, ...] = field(init=False, eq=False, repr=False)
    _by_name: Mapping[str, tuple[int, ...]] = field(init=False, eq=False, repr=False)

    @_always.default
    def _unconditional(self) -> tuple[int, ...]:
        return tuple(at for at, rule in enumerate(self.written) if not rule.requirement)

    @_by_name.default
    def _index(self) -> Mapping[str, tuple[int, ...]]:
        index: dict[str, list[int]] = {}
        for at, rule in enumerate(self.written):
            if rule.requirement:
                for name in min(rule.requirement, key=len):
                    index.setdefault(name, []).append(at)
        return {name: tuple(places) for name, places in index.items()}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule. A review never needs them all: it asks for `candidates`."""
        return (*self.written, *(self._in_force(self.tables.rules) if self.tables is not None else ()))

    def candidates(self, mentioned: AbstractSet[str]) -> Iterator[Rule]:
        """The rules that may speak of a plan, in the order of the book.

        `mentioned` are the ingredients and all classes of every medicine that the plan mentions, whatever its status,
        earlier revisions included.
        """
        places = set(self._always).union(*(self._by_name.get(name, ()) for name in mentioned))
        yield from _possible((self.written[at] for at in sorted(places)), mentioned)
        if self.tables is not None:
            yield from _possible(self._in_force(self.tables.about(mentioned)), mentioned)

    def _in_force(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        silent = {switch.rule for switch in self.switched_off}
        return (rule for rule in rules if rule.id not in silent)


def _possible(rules: Iterable[Rule], mentioned: AbstractSet[str]) -> Iterator[Rule]:
    """Those whose sentence can be true of a plan that mentions this."""
    return (rule for rule in rules if all(not names.isdisjoint(mentioned) for names in rule.requirement))
