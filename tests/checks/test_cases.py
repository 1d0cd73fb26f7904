"""Every rule written as a sentence, held against its case file through the whole review."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

import careplan as cp
from careplan import rules
from careplan.checks.case import Case
from careplan.checks.engine import _asked, _hits
from careplan.knowledge import load_knowledge
from careplan.model import Jurisdiction
from careplan.rules import UNKNOWN, WORDS, Rule
from careplan.rules.assembly import load_rules
from careplan.rules.tree import calls
from tests.checks.cases import RuleCase, read_cases

CASES = tuple(read_cases())
BOOK = load_rules(load_knowledge())
FILES = {file.stem for file in Path(rules.__file__).with_name("data").glob("*.toml")}
NAMED = tuple(rule for rule in BOOK.rules if rule.family in FILES)


def ids(case: RuleCase) -> str:
    return f"{case.file}: {case.name}"


def found(report: cp.Report, rule: str) -> list[cp.Finding]:
    return [finding for finding in report if rule in (finding.rule, *finding.also)]


def told(report: cp.Report) -> str:
    return "\n".join(f"{each.severity.word} {each.rule} {each.also}: {each.message}" for each in report)


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_case(case: RuleCase) -> None:
    report = cp.review(case.plan, on=case.on)
    spoken = found(report, case.rule)
    if case.expect == "silent":
        assert not spoken, told(report)
    elif case.under is not None:
        assert case.under in {finding.rule for finding in spoken}, told(report)
    elif case.expect is not None:
        worst = max(spoken, key=lambda finding: finding.severity, default=None)
        assert worst is not None, told(report)
        assert worst.rule == case.rule, f"it is said under {worst.rule}"
        assert worst.severity.word == case.expect, told(report)
        for text in (worst.message, worst.action):
            assert not set("{}[]") & set(text), text
    if case.cannot_tell:
        assert open_facts(case) >= case.cannot_tell, sorted(open_facts(case))


@cache
def open_facts(case: RuleCase) -> frozenset[str]:
    """What the rule, or a worse severity of it, waits for."""
    definitions = {name: defined.sentence for name, defined in BOOK.definitions.items()}
    judged = Case(plan=case.plan, knowledge=load_knowledge(), on=case.on, definitions=definitions)
    missing: set[str] = set()
    for judgement, _, _ in _hits(judged, _asked(judged, BOOK)):
        if judgement.rule.id == case.rule:
            missing |= {each.name for each in judgement.missing} if judgement.truth is UNKNOWN else set()
            missing |= {each.name for doubt in judgement.doubts for each in doubt.missing}
    return frozenset(missing)


def of_rule(rule: Rule) -> Iterable[RuleCase]:
    places = rule.jurisdiction or tuple(Jurisdiction)
    return [case for case in CASES if case.rule == rule.id and case.plan.jurisdiction in (*places, None)]


def may_not_know(rule: Rule) -> bool:
    """Whether some word of the rule's own sentence can be unknown (filters aside)."""
    return any(call.word not in NEVER and not CLOSED.issuperset(call.names) for call in calls(rule.when.clause))


NEVER = {name for name, word in WORDS.items() if word.unknown.startswith("never")}
NEVER |= {"on", "count", "started_within", "vaccine_planned"}
CLOSED = {name for name, raw in load_knowledge().questions.raw.items() if raw["default"] == "no"}
"""Questions that are no until answered with yes."""
NAMES = [pytest.param(rule, id=f"{rule.id} {' '.join(rule.jurisdiction)}".strip()) for rule in NAMED]


@pytest.mark.parametrize("rule", NAMES)
def test_a_rule_has_cases_for_all_it_can_say(rule: Rule) -> None:
    cases = of_rule(rule)
    said = {case.expect for case in cases if case.under is None}
    wanted = {step.to.word for step in rule.escalate} - _out_of_reach(rule)
    assert wanted <= said, f"no case reaches {', '.join(wanted - said)}"
    assert said & {"info", "caution", "warning", "critical"}, "no case in which it fires"
    assert "silent" in said, "no case in which it does not"
    assert not may_not_know(rule) or any(case.cannot_tell for case in cases), "no case in which it cannot tell"


def _out_of_reach(rule: Rule) -> set[str]:
    """Severities above the rule's ceiling."""
    return {step.to.word for step in rule.escalate if step.to > rule.ceiling}


def test_every_case_is_about_a_rule() -> None:
    known = {rule.id for rule in BOOK.rules}
    strangers = defaultdict(list)
    for case in CASES:
        if case.rule not in known:
            strangers[case.rule].append(case.name)
    assert not strangers
