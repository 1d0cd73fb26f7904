"""What is not known: one entry a fact, with the checks that wait for it, how much it matters and whom to ask."""

from collections.abc import Iterable

from attrs import define, field

from careplan.checks.case import Case
from careplan.checks.coverage import states_no_dose
from careplan.checks.finding import NotAssessed
from careplan.rules import Gap, Missing, Severity
from careplan.rules.judgement import Judgement
from careplan.rules.truth import UNKNOWN

_NEVER_EVENT_ANSWERS = frozenset({"pregnant", "can-become-pregnant", "contraception-effective"})
_KIDNEY = frozenset({"egfr", "crcl", "creatinine"})
_OPTIONAL = frozenset({"cyp2d6", "cyp2c9", "nudt15", "fib-4", "frax", "qrisk3", "phq9-item9"})
"""Facts that may be missing without a word; few patients have them, or nobody asks for them as such."""
_HIGH_RISK = frozenset({"opioid", "immunosuppressant-any", "glucocorticoid"})

_ASK = {
    Gap.DOSE: "What is the dose of {0}, and the most a day?",
    Gap.SCHEDULE: "When is {0} taken: how often, on which day?",
    Gap.STRENGTH: "What is the strength of {0}?",
    Gap.ROUTE: "How is {0} given?",
    Gap.FORM: "In which form is {0} taken?",
    Gap.USE: "Is {0} taken regularly or only when needed?",
    Gap.SITE: "Where is {0} used?",
    Gap.REASON: "What is {0} for?",
    Gap.START: "When was {0} started?",
    Gap.STOP: "When was {0} stopped?",
    Gap.EARLIER_DOSE: "Was the dose of {0} changed in the last weeks?",
    Gap.BIRTH_DATE: "What is the date of birth?",
    Gap.TEST: "Measure {0}{1}.",
    Gap.TEST_SOURCE: "No results are on record: connect the laboratory or enter them.",
    Gap.SCREEN: "Screening result needed: {0}{1}.",
    Gap.CONDITION: "Go through the problem list with the patient and confirm it{1}.",
    Gap.GRADE: "How severe is {0}{1}?",
    Gap.ALLERGY: "Ask about allergies and reactions, and confirm the list.",
    Gap.VACCINE: "Look up the vaccination record: {0}.",
    Gap.ANSWER: "Ask: {0}{1}",
    Gap.MEASURE: "Measure due: {0}.",
    Gap.EVENT: "On which day: {0}?",
}
_ACTOR = {
    Gap.TEST: ("gp", "specialist-nurse"),
    Gap.TEST_SOURCE: ("coordinator",),
    Gap.SCREEN: ("specialist-prescriber",),
    Gap.CONDITION: ("gp",),
    Gap.ALLERGY: ("pharmacist",),
    Gap.VACCINE: ("gp",),
    Gap.ANSWER: ("specialist-nurse",),
    Gap.MEASURE: ("specialist-nurse",),
    Gap.GRADE: ("specialist-prescriber",),
}
_PRESCRIBER = ("specialist-prescriber", "pharmacist")
_ASK_NOTHING = frozenset({"result-needs-action"})
"""Rules about a result wait for it in silence: that it is due is the agenda's to say."""
_ONE_LINE = frozenset({Gap.CONDITION, Gap.ALLERGY, Gap.EARLIER_DOSE})
"""Kinds that one question answers for all: the whole list is confirmed at once."""


@define
class _Waiting:
    missing: Missing
    severity: Severity
    rules: set[str] = field(factory=set)


def not_assessed(case: Case, judgements: Iterable[Judgement]) -> tuple[NotAssessed, ...]:
    """One entry for each missing fact that a rule of warning or critical severity waits for.

    Rules of lower severity ask nothing by themselves; they are listed where their fact is asked for anyway.
    """
    waiting: dict[tuple[Gap, str, str], _Waiting] = {}
    for judgement in judgements:
        for severity, missing in _open(judgement):
            for each in missing:
                if each.name in _OPTIONAL:
                    continue
                key = (each.kind, "", "") if each.kind in _ONE_LINE else (each.kind, each.name, each.label)
                entry = waiting.setdefault(key, _Waiting(each, severity))
                entry.severity = max(entry.severity, severity)
                entry.rules.add(judgement.rule.id)
    found = [_entry(case, each) for each in waiting.values() if each.severity >= Severity.WARNING]
    told = [each for each in found if not _said_already(case, each)]
    return tuple(sorted(told, key=lambda each: each.sort_key))


def _said_already(case: Case, entry: NotAssessed) -> bool:
    """An order without a dose is a finding of its own; only what is critical is asked for beside it."""
    if entry.severity is Severity.CRITICAL or entry.missing.kind not in (Gap.DOSE, Gap.SCHEDULE):
        return False
    return any(item.medicine.id == entry.missing.name and states_no_dose(item) for item in case.items)


def _open(judgement: Judgement) -> Iterable[tuple[Severity, tuple[Missing, ...]]]:
    if judgement.rule.family in _ASK_NOTHING:
        return
    if judgement.truth is UNKNOWN:
        yield judgement.severity, judgement.missing
    for doubt in judgement.doubts:
        yield doubt.severity, doubt.missing


def _entry(case: Case, waiting: _Waiting) -> NotAssessed:
    missing = waiting.missing
    last = missing.last
    old = f" (last: {last.measure or last.label}, {last.date:%-d %B %Y})" if last is not None and last.date else ""
    scale = case.lookup.grades(missing.name) if missing.kind is Gap.GRADE else ()
    asked = _ASK[missing.kind].format(missing.label, f" ({', '.join(scale)})" if scale else old)
    return NotAssessed(
        missing=missing,
        severity=_severity(case, missing, waiting.severity),
        rules=tuple(sorted(waiting.rules)),
        ask=asked,
        actor=_ACTOR.get(missing.kind, _PRESCRIBER),
    )


def _severity(case: Case, missing: Missing, waiting: Severity) -> Severity:
    """One grade below the rule that waits, but for facts whose absence is itself more, or less, dangerous."""
    lower = Severity(max(waiting - 1, Severity.INFO))
    match missing.kind:
        case Gap.SCHEDULE if waiting is Severity.CRITICAL:
            return Severity.CRITICAL
        case Gap.ANSWER if missing.name in _NEVER_EVENT_ANSWERS and waiting is Severity.CRITICAL:
            return Severity.CRITICAL
        case Gap.TEST if missing.name in _KIDNEY:
            return Severity.WARNING
        case Gap.TEST_SOURCE | Gap.BIRTH_DATE | Gap.SCREEN:
            return Severity.WARNING
        case Gap.REASON | Gap.DOSE if _high_risk(case, missing):
            return Severity.WARNING
        case Gap.VACCINE | Gap.EARLIER_DOSE:
            return Severity.INFO
        case Gap.CONDITION | Gap.ALLERGY | Gap.ANSWER | Gap.REASON | Gap.START | Gap.STOP | Gap.MEASURE:
            return min(lower, Severity.CAUTION)
        case _:
            return lower


def _high_risk(case: Case, missing: Missing) -> bool:
    return any(item.medicine.id == missing.name and item.names & _HIGH_RISK for item in case.items)
