"""The review: every rule that the plan touches, on every day that changes something."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

import attrs

from careplan.checks.case import Case
from careplan.checks.coverage import uncovered
from careplan.checks.finding import Finding, Report, fingerprint
from careplan.checks.gaps import not_assessed
from careplan.checks.item import Item
from careplan.knowledge import Knowledge, load_knowledge
from careplan.model import Acknowledgement, CarePlan
from careplan.rules import Fact
from careplan.rules.assembly import load_rules
from careplan.rules.judgement import Judgement, judged
from careplan.rules.rule import Rule
from careplan.rules.rulebook import RuleBook
from careplan.rules.truth import TRUE

Hit = tuple[Judgement, date, Item | None]


def review(plan: CarePlan, *, on: date, knowledge: Knowledge | None = None, rules: RuleBook | None = None) -> Report:
    """Judge a plan on a day.

    Args:
        plan: the plan; an unsafe one is reported, never refused.
        on: the review day. The days after it on which items start, stop or step are looked at too.
        knowledge: facts to judge by; the library's own by default.
        rules: rules to ask; the library's own by default.

    Returns:
        Findings, worst first, and one entry for each fact that was missing.
    """
    known = knowledge or load_knowledge()
    book = rules or load_rules(known)
    definitions = {name: defined.sentence for name, defined in book.definitions.items()}
    case = Case(plan=plan, knowledge=known, on=on, definitions=definitions)
    asked = _asked(case, book)
    hits = list(_hits(case, asked))
    findings = [_finding(case, hit) for hit in _worst(hit for hit in hits if hit[0].truth is TRUE)]
    findings += uncovered(case)
    told = _one_per_cause(_worst_of_family(findings), book)
    acknowledged = [_acknowledged(finding, plan.acknowledgements, on) for finding in told]
    return Report(
        plan=plan.id,
        revision=plan.revision,
        on=on,
        knowledge_version=known.version,
        knowledge_date=known.date,
        findings=tuple(sorted(acknowledged, key=lambda finding: finding.sort_key)),
        not_assessed=not_assessed(case, (hit[0] for hit in hits)),
        notes=tuple(_notes(plan, known)),
        switched_off=tuple((off.rule, off.reason) for off in book.switched_off),
        rules_asked=len(asked),
        overlays=known.overlays,
    )


def _notes(plan: CarePlan, knowledge: Knowledge) -> Iterator[str]:
    if not plan.jurisdiction:
        yield "Country not set: where countries differ, the strictest value was used."
    for overlay in knowledge.overlays:
        yield overlay.account


def _asked(case: Case, book: RuleBook) -> tuple[Rule, ...]:
    """The rules that may speak of this plan, in its country."""
    return tuple(rule for rule in book.candidates(case.names) if rule.holds_in(case.plan.jurisdiction))


def _hits(case: Case, rules: Iterable[Rule]) -> Iterator[Hit]:
    for rule in rules:
        for day in _days(case, rule):
            for item in _asked_about(case, rule, day):
                judgement = _judged(case, rule, day, item)
                if judgement is not None:
                    yield judgement, day, item


def _judged(case: Case, rule: Rule, day: date, item: Item | None) -> Judgement | None:
    """Ask a rule and, where an old result leaves it open, ask again with that result: what it shows is not unsaid."""
    first = judged(rule, case.view(day, item), case.plan.jurisdiction)
    if first is None or not first.aged:
        return first
    old = case.trusting_old
    again = old.items[case.items.index(item)] if item is not None else None
    second = judged(rule, old.view(day, again), case.plan.jurisdiction)
    if second is None or second.truth is not TRUE or (first.truth is TRUE and second.severity <= first.severity):
        return first
    return attrs.evolve(second, outdated=first.aged)


def _days(case: Case, rule: Rule) -> Iterator[date]:
    """The review day, and later days on which something that the rule asks about changes."""
    yield case.on
    for day, names in case.days:
        if not names.isdisjoint(rule.subjects):
            yield day


def _asked_about(case: Case, rule: Rule, day: date) -> Iterable[Item | None]:
    if not rule.each:
        return (None,)
    return [item for item in case.items if item.names.intersection(rule.each) and _near(item, day, rule.ended_within)]


def _near(item: Item, day: date, ended_within: int) -> bool:
    last = item.last_day
    return item.on(day) or bool(ended_within and last is not None and 0 <= (day - last).days <= ended_within)


def _worst(hits: Iterable[Hit]) -> list[Hit]:
    """Of one rule about one item: the worst answer, and of equals the first day."""

    def which(hit: Hit) -> tuple[str, str]:
        return hit[0].rule.id, hit[2].medicine.id if hit[2] is not None else ""

    ordered = sorted(hits, key=which)
    return [min(group, key=lambda hit: (-hit[0].severity, hit[1])) for _, group in groupby(ordered, key=which)]


def _finding(case: Case, hit: Hit) -> Finding:
    judgement, day, item = hit
    rule = judgement.rule
    subjects = _subjects(case, judgement.facts, item)
    doses = [repr(case.plan.component(subject)) + _dose(case, subject, day) for subject in subjects]
    notes: tuple[str, ...] = (
        () if case.plan.jurisdiction or not rule.jurisdiction else ("Country not set: strictest wording used.",)
    )
    if case.plan.jurisdiction and rule.stated_for and case.plan.jurisdiction not in rule.stated_for:
        places = " and ".join(place.value.upper() for place in rule.stated_for)
        notes += (f"Stated for {places}; nothing of {case.plan.jurisdiction.value.upper()} is known about it.",)
    notes += tuple(
        f"Rests on an old result, {old.label} of {old.date:%-d %B %Y}: repeat it." for old in judgement.outdated
    )
    return Finding(
        rule=rule.id,
        severity=judgement.severity,
        message=judgement.message,
        action=judgement.action,
        actor=rule.actor,
        because=judgement.facts,
        subjects=subjects,
        sources=rule.sources,
        confidence=rule.confidence,
        fingerprint=fingerprint(rule.id, judgement.severity.name, item.medicine.id if item is not None else "", *doses),
        day=day,
        family=rule.family,
        notes=notes,
    )


def _dose(case: Case, subject: str, day: date) -> str:
    return next((repr(item.medicine.dose_on(day)) for item in case.items if item.medicine.id == subject), "")


def _subjects(case: Case, facts: Iterable[Fact], item: Item | None) -> tuple[str, ...]:
    """Ids of the components that the facts lead to."""
    ids = {component.id for number, component in enumerate(case.plan.components)
           if any(fact.path.startswith(f"$.components[{number}]") for fact in facts)}  # fmt: skip
    return tuple(sorted(ids | ({item.medicine.id} if item is not None else set())))


_ONE_TOLD = {
    "result-needs-action": lambda finding: finding.rule.split("/")[1],
    "dose-above-limit": lambda finding: finding.subjects,
    "dose-needs-kidney-change": lambda finding: finding.subjects,
    "pregnancy": lambda finding: finding.subjects,
    "conception": lambda finding: finding.subjects,
    "order-incomplete": lambda finding: finding.subjects,
    "dose-interval-too-short": lambda finding: finding.subjects,
    "baseline-tests-missing": lambda finding: finding.subjects,
}
"""Families of table rules whose rows say one thing in degrees, and what that thing is: a result, a medicine."""


_OVER_TIME = re.compile(r"^dose-above-limit/.*-(?:weekly|period)-\d+$")
"""Limits of a sum over days: doses at too short intervals go above them."""


def _worst_of_family(findings: list[Finding]) -> list[Finding]:
    """Of such a family, the worst finding speaks for the others about the same thing; what reads the same is one."""
    told: dict[object, Finding] = {}
    for finding in sorted(findings, key=lambda each: each.sort_key):
        about = _ONE_TOLD.get(finding.family)
        alike = (finding.rule, finding.subjects, finding.message)
        key = (finding.family, about(finding)) if about is not None else alike
        first = told.get(key)
        if first is None:
            told[key] = finding
        elif about is not None:
            also = tuple(sorted({*first.also, finding.rule}))
            subjects = tuple(sorted({*first.subjects, *finding.subjects}))
            told[key] = attrs.evolve(first, also=also, subjects=subjects)
    return list(told.values())


def _one_per_cause(findings: list[Finding], book: RuleBook) -> list[Finding]:
    """Let a specific finding speak for the general one about the same items; the worse of the two stays."""
    speaking = {finding.rule for finding in findings}
    rules = {rule.id: rule for rule in book.written if rule.supersedes and rule.id in speaking}
    swallowed: dict[int, int] = {}
    for here, finding in enumerate(findings):
        rule = rules.get(finding.rule)
        for there, other in enumerate(findings):
            spoken = rule is not None and rule.silences(other.rule)
            if (spoken or _too_often(finding, other)) and _same_cause(finding, other):
                loser, winner = (there, here) if finding.severity >= other.severity else (here, there)
                swallowed.setdefault(loser, winner)
    kept = []
    for here, finding in enumerate(findings):
        if here not in swallowed:
            also = sorted({findings[loser].rule for loser, winner in swallowed.items() if winner == here})
            kept.append(attrs.evolve(finding, also=tuple(also)) if also else finding)
    return kept


def _too_often(finding: Finding, other: Finding) -> bool:
    """Whether doses that come too close together also come to more than a limit over days: one cause."""
    limits = filter(_OVER_TIME.search, (finding.rule, *finding.also))
    return other.family == "dose-interval-too-short" and next(limits, None) is not None


def _same_cause(one: Finding, other: Finding) -> bool:
    return not one.subjects or not other.subjects or bool({*one.subjects} & {*other.subjects})


def _acknowledged(finding: Finding, given: tuple[Acknowledgement, ...], on: date) -> Finding:
    for acknowledgement in given:
        if acknowledgement.fingerprint == finding.fingerprint and acknowledgement.date <= on <= acknowledgement.expires:
            return attrs.evolve(finding, acknowledgement=acknowledgement)
    return finding
