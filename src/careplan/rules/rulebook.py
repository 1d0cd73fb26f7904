"""All rules in force, found by what a plan mentions."""

from collections.abc import Iterator, Mapping, Set as AbstractSet
from datetime import date

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


@frozen(kw_only=True)
class RuleBook:
    """The rules of all packs, without those that are switched off."""

    rules: tuple[Rule, ...]
    packs: tuple[Pack, ...] = ()
    definitions: Mapping[str, Defined] = field(factory=dict)
    switched_off: tuple[SwitchedOff, ...] = ()
    _always: tuple[int, ...] = field(init=False, eq=False, repr=False)
    _by_name: Mapping[str, tuple[int, ...]] = field(init=False, eq=False, repr=False)

    @_always.default
    def _unconditional(self) -> tuple[int, ...]:
        return tuple(at for at, rule in enumerate(self.rules) if not rule.requirement)

    @_by_name.default
    def _index(self) -> Mapping[str, tuple[int, ...]]:
        index: dict[str, list[int]] = {}
        for at, rule in enumerate(self.rules):
            if rule.requirement:
                for name in min(rule.requirement, key=len):
                    index.setdefault(name, []).append(at)
        return {name: tuple(places) for name, places in index.items()}

    def candidates(self, mentioned: AbstractSet[str]) -> Iterator[Rule]:
        """The rules that may speak of a plan, in the order of the book.

        `mentioned` are the ingredients and all classes of every medicine that the plan mentions, whatever its status,
        earlier revisions included.
        """
        places = set(self._always).union(*(self._by_name.get(name, ()) for name in mentioned))
        for at in sorted(places):
            rule = self.rules[at]
            if all(not names.isdisjoint(mentioned) for names in rule.requirement):
                yield rule
