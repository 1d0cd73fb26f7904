"""A rule on its way from a row: everything but the parsed sentences."""

from collections.abc import Mapping, Set as AbstractSet
from functools import partial

from attrs import field, frozen

from careplan.knowledge.fact import Fact
from careplan.knowledge.vocabulary import Severity
from careplan.model import Jurisdiction
from careplan.rules.message import Message
from careplan.rules.names import Names
from careplan.rules.rule import Escalation, Rule
from careplan.rules.sentence import parse
from careplan.rules.tree import Defined


@frozen(kw_only=True)
class Draft:
    """A rule whose sentences are still text. `each` names whose item "this" is, where a row's sentence says so."""

    id: str
    row: Fact
    when: str
    severity: Severity
    message: str
    action: str
    actor: tuple[str, ...]
    jurisdiction: tuple[Jurisdiction, ...] = ()
    each: tuple[str, ...] = ()
    escalate: tuple[tuple[Severity, str, tuple[Jurisdiction, ...]], ...] = ()
    rows: tuple[Fact, ...] = field(default=())
    """Further rows that the rule speaks for."""

    def open_beside(self, named: AbstractSet[str]) -> bool:
        """Whether no named rule says this hazard better."""
        return named.isdisjoint(self.row.covered_by)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of all its rows, each once."""
        return tuple(dict.fromkeys(source for row in (self.row, *self.rows) for source in row.sources))


def needs_this(row: Fact) -> bool:
    """Whether the row's own sentence speaks of the item."""
    return row.when is not None and '"this"' in row.when


def built(draft: Draft, *, names: Names, definitions: Mapping[str, Defined], version: str) -> Rule:
    """Read the sentences of a draft. Raises SentenceError."""
    read = partial(parse, names=names, definitions=definitions, has_this=bool(draft.each))
    return Rule(
        id=draft.id,
        when=read(draft.when),
        severity=draft.severity,
        message=Message(draft.message),
        action=Message(draft.action),
        actor=draft.actor,
        sources=draft.sources,
        confidence=draft.row.confidence,
        each=draft.each,
        escalate=tuple(Escalation(to=to, when=read(when), jurisdiction=where) for to, when, where in draft.escalate),
        jurisdiction=draft.jurisdiction,
        stated_for=tuple(
            each for each in Jurisdiction if each.value in {place.value for place in draft.row.jurisdiction}
        ),
        family=draft.id.partition("/")[0],
        version=version,
    )
