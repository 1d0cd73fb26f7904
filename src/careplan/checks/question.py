"""What is not known as a few lines: everything that one person can find out in one go stands in one line."""

from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from attrs import frozen

from careplan.rules import Gap, Severity

if TYPE_CHECKING:
    from careplan.checks.finding import NotAssessed


class Act(StrEnum):
    """How missing facts are found out; the value opens the line."""

    PATIENT = "Go through with the patient"
    ORDERS = "Complete the orders"
    TESTS = "Measure or enter"
    RECORD = "Look up in the record"


_ACTS = {
    Gap.CONDITION: (Act.PATIENT, "problem list"),
    Gap.ALLERGY: (Act.PATIENT, "allergies"),
    Gap.ANSWER: (Act.PATIENT, ""),
    Gap.GRADE: (Act.PATIENT, "severity of"),
    Gap.DOSE: (Act.ORDERS, "dose of"),
    Gap.SCHEDULE: (Act.ORDERS, "times of"),
    Gap.STRENGTH: (Act.ORDERS, "strength of"),
    Gap.ROUTE: (Act.ORDERS, "route of"),
    Gap.FORM: (Act.ORDERS, "form of"),
    Gap.USE: (Act.ORDERS, "regular or as-needed use of"),
    Gap.SITE: (Act.ORDERS, "site of"),
    Gap.REASON: (Act.ORDERS, "reason for"),
    Gap.TEST: (Act.TESTS, ""),
    Gap.TEST_SOURCE: (Act.TESTS, ""),
    Gap.SCREEN: (Act.TESTS, ""),
    Gap.MEASURE: (Act.TESTS, ""),
    Gap.START: (Act.RECORD, "start of"),
    Gap.STOP: (Act.RECORD, "end of"),
    Gap.EARLIER_DOSE: (Act.RECORD, "earlier doses of"),
    Gap.VACCINE: (Act.RECORD, "vaccination with"),
    Gap.BIRTH_DATE: (Act.RECORD, ""),
    Gap.EVENT: (Act.RECORD, "day of"),
}
_WHOLE_LISTS = frozenset({Gap.CONDITION, Gap.ALLERGY})


@frozen(kw_only=True)
class Question:
    """One line: what to find out, how much waits for it, and the facts it is about."""

    severity: Severity
    ask: str
    actor: tuple[str, ...]
    gaps: tuple["NotAssessed", ...]

    def __str__(self) -> str:
        return f"{self.severity.name}, not known: {self.ask}"


def questions(gaps: Iterable["NotAssessed"]) -> tuple[Question, ...]:
    """The lines for these facts, worst first. A fact whose absence is critical stands alone."""
    listed = sorted(gaps, key=lambda gap: gap.sort_key)
    alone = [
        Question(severity=gap.severity, ask=gap.ask, actor=gap.actor, gaps=(gap,))
        for gap in listed
        if gap.severity is Severity.CRITICAL
    ]
    rest = [gap for gap in listed if gap.severity is not Severity.CRITICAL]
    joined = [_joined(act, tuple(gap for gap in rest if _ACTS[gap.missing.kind][0] is act)) for act in Act]
    return (*alone, *sorted(filter(None, joined), key=lambda line: -line.severity))


def _joined(act: Act, gaps: tuple["NotAssessed", ...]) -> Question | None:
    if not gaps:
        return None
    by_kind = sorted(gaps, key=lambda gap: list(_ACTS).index(gap.missing.kind))
    parts = [_part(kind, tuple(each)) for kind, each in groupby(by_kind, key=lambda gap: gap.missing.kind)]
    return Question(
        severity=max(gap.severity for gap in gaps),
        ask=f"{act.value}: {'; '.join(parts)}.",
        actor=tuple(dict.fromkeys(actor for gap in gaps for actor in gap.actor)),
        gaps=gaps,
    )


def _part(kind: Gap, gaps: tuple["NotAssessed", ...]) -> str:
    lead = _ACTS[kind][1]
    if kind in _WHOLE_LISTS:
        return lead
    labels = [gap.fact.rstrip("?.") for gap in gaps]
    told = "; ".join(labels) if kind is Gap.ANSWER else ", ".join(dict.fromkeys(labels))
    return f"{lead} {told}".lstrip()
