"""A hazard as a rule: the sentence that says when, how bad it is, what to do and who says so."""

from datetime import date
from functools import cached_property

from attrs import field, frozen

from careplan.knowledge.vocabulary import Confidence, Severity
from careplan.model import Jurisdiction
from careplan.rules.facts import THIS
from careplan.rules.message import Message
from careplan.rules.requirement import Requirement
from careplan.rules.sentence import Sentence


@frozen(kw_only=True)
class Escalation:
    """What makes a hazard worse; asked only when the rule's own sentence is true."""

    to: Severity
    when: Sentence
    jurisdiction: tuple[Jurisdiction, ...] = ()


@frozen(kw_only=True)
class Rule:
    """One hazard, in the wording of one jurisdiction or of all (an empty `jurisdiction`).

    With `each` the rule is asked once for every item of these classes that is on, or that ended in the last
    `ended_within` days; "this" in its sentences is that item. `supersedes` names rules, or whole
    families, that say nothing about a cause of which this rule has spoken. `family` is the table or concern the rule
    belongs to; `indicators` name the published indicators that count it.
    """

    id: str
    when: Sentence
    severity: Severity
    message: Message
    action: Message
    actor: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: Confidence
    each: tuple[str, ...] = ()
    ended_within: int = 0
    escalate: tuple[Escalation, ...] = ()
    jurisdiction: tuple[Jurisdiction, ...] = ()
    stated_for: tuple[Jurisdiction, ...] = ()
    """The countries that its row was stated for; it is asked in others too, if nothing of theirs is known."""
    supersedes: tuple[str, ...] = ()
    family: str = ""
    indicators: tuple[str, ...] = ()
    version: str = ""
    reviewed: date | None = None
    next_review: date | None = None
    requirement: Requirement = field(init=False, eq=False, repr=False)
    """What the plan must mention for the rule to speak: of each set at least one name."""

    @requirement.default
    def _require(self) -> Requirement:
        needed = [frozenset(self.each)] if self.each else []
        own = {THIS: self.each}
        sentence = self.when.requirement
        needed += [frozenset(name for known in names for name in own.get(known, (known,))) for names in sentence]
        return tuple(dict.fromkeys(needed))

    @property
    def ceiling(self) -> Severity:
        """The worst this rule may say: a disputed fact alone never blocks a plan."""
        return Severity.WARNING if self.confidence is Confidence.DISPUTED else Severity.CRITICAL

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Every name that the rule's sentences ask about, `each` included, and every word asked without a name."""
        return self.when.subjects.union(self.each, *(step.when.subjects for step in self.escalate))

    def silences(self, rule: str) -> bool:
        """Whether this rule speaks for that one; naming a stem in `supersedes` means the whole family."""
        return bool(self.supersedes) and not stems(rule).isdisjoint(self.supersedes)

    def holds_in(self, jurisdiction: Jurisdiction | None) -> bool:
        """Whether to ask the rule; where the jurisdiction is not set, every wording is asked."""
        return holds_in(self.jurisdiction, jurisdiction)


def stems(rule: str) -> frozenset[str]:
    """The id and its families: ``result/egfr/nsaid`` belongs to ``result/egfr`` and to ``result``."""
    parts = rule.split("/")
    return frozenset("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def holds_in(stated: tuple[Jurisdiction, ...], jurisdiction: Jurisdiction | None) -> bool:
    """Whether something stated for these jurisdictions (none: for all) holds in one that may not be set."""
    return jurisdiction is None or not stated or jurisdiction in stated
