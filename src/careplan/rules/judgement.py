"""What a rule says of a plan: how bad, why, and what would have to be known to say more."""

from attrs import frozen

from careplan.knowledge.vocabulary import Severity
from careplan.model import Jurisdiction
from careplan.rules.facts import Fact, Facts, Missing
from careplan.rules.rule import Rule, holds_in
from careplan.rules.truth import FALSE, TRUE, UNKNOWN, Truth


@frozen
class Doubt:
    """A worse severity that missing facts leave open."""

    severity: Severity
    missing: tuple[Missing, ...]


@frozen(kw_only=True)
class Judgement:
    """A rule that is true of the plan, or may be.

    When `truth` is TRUE, `severity` is the worst that is known to be reached, `facts` are all that decided, and
    `doubts` are the worse severities that cannot be excluded. When it is UNKNOWN, `severity` is the rule's base,
    `facts` are what is known so far, and `missing` is what must be found out.
    """

    rule: Rule
    truth: Truth
    severity: Severity
    facts: tuple[Fact, ...]
    missing: tuple[Missing, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    outdated: tuple[Fact, ...] = ()
    """Results that are too old to rely on, and that the judgement rests on all the same."""

    @property
    def aged(self) -> tuple[Fact, ...]:
        """The old results behind what is missing."""
        missing = (*self.missing, *(fact for doubt in self.doubts for fact in doubt.missing))
        old = (fact.last for fact in missing if fact.last is not None)
        return tuple(dict.fromkeys(fact for fact in old if fact.path.startswith("$.patient.results")))

    @property
    def message(self) -> str:
        """The rule's message about these facts."""
        return self.rule.message.filled(self.facts)

    @property
    def action(self) -> str:
        """The rule's advice about these facts."""
        return self.rule.action.filled(self.facts)


def judged(rule: Rule, facts: Facts, jurisdiction: Jurisdiction | None) -> Judgement | None:
    """Ask a rule; None if it is known not to be true."""
    truth = rule.when.truth(facts)
    if truth is FALSE:
        return None
    reasons = rule.when.explain(facts)
    base = min(rule.severity, rule.ceiling)
    if truth is UNKNOWN:
        return Judgement(rule=rule, truth=truth, severity=base, facts=reasons.facts, missing=reasons.missing)
    reached, known, doubts = base, dict.fromkeys(reasons.facts), []
    for step in rule.escalate:
        if not holds_in(step.jurisdiction, jurisdiction):
            continue
        answer, severity = step.when.truth(facts), min(step.to, rule.ceiling)
        if answer is FALSE:
            continue
        why = step.when.explain(facts)
        if answer is TRUE:
            reached = max(reached, severity)
            known |= dict.fromkeys(why.facts)
        else:
            doubts.append(Doubt(severity, why.missing))
    open_doubts = tuple(doubt for doubt in doubts if doubt.severity > reached)
    return Judgement(rule=rule, truth=truth, severity=reached, facts=tuple(known), doubts=open_doubts)
