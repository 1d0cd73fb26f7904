"""The first page of the team's plan: what must be read first, cut so that it stays one page."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from attrs import frozen

from careplan.checks import Finding, Report, Severity
from careplan.documents.care import OPEN_GOALS
from careplan.documents.parts import Line, Lines, Tone
from careplan.documents.wording import NOT_RECORDED, amounts
from careplan.model import CarePlan, SharedDecision

_IN_FULL = 4
"""With more findings than this the first page names them and leaves what to do to the next."""
_NAMED = 3
"""With more of one severity than this it then names the first and counts the rest."""
_MISSING = 2
_GOALS = 3

_Item = TypeVar("_Item")


@frozen
class Alert:
    """Several lines that share one severity."""

    tone: Tone
    word: str
    title: str
    lines: tuple[Line | Lines, ...]


def cut(items: Sequence[_Item], most: int, where: str) -> tuple[Sequence[_Item], str]:
    """Keep the first `most` items and say how many more there are, and in which part of the document."""
    kept = items[:most]
    more = len(items) - len(kept)
    return kept, f"and {more} more, see “{where}”" if more else ""


def alerts(report: Report) -> tuple[Alert, ...]:
    """What must be read first: open critical findings and warnings, what is accepted, what could not be judged."""
    return tuple(_alerts(report))


def _alerts(report: Report) -> Iterator[Alert]:
    critical = [finding for finding in report.open if finding.severity is Severity.CRITICAL]
    warning = [finding for finding in report.open if finding.severity is Severity.WARNING]
    accepted = [f for f in report.at_least(Severity.WARNING) if f.acknowledgement is not None]
    lines = _full if len(critical) + len(warning) <= _IN_FULL else _brief
    if critical:
        yield Alert(Tone.CRITICAL, "Critical", "Do not go ahead until this is settled", lines(critical))
    if warning:
        yield Alert(Tone.WARNING, "Warning", "Act, or accept with a reason", lines(warning))
    if not critical and not warning:
        said = f"{len(accepted)} accepted or acted on, see “Findings”" if accepted else "None was found"
        yield Alert(Tone.SETTLED, "Nothing open", "No critical finding and no warning is open", (said,))
    if report.not_assessed:
        grave = [amounts(gap.ask) for gap in report.not_assessed if gap.severity >= Severity.WARNING]
        count = len(report.not_assessed)
        title = f"{count} missing fact{'s' if count > 1 else ''}, see “What could not be judged”"
        kept, more = cut(grave, _MISSING, "What could not be judged")
        yield Alert(Tone.UNKNOWN, "Not known", title, (*kept, *((more,) if more else ())))


def _full(findings: Sequence[Finding]) -> tuple[Lines, ...]:
    return tuple((amounts(each.message), amounts(each.action)) for each in findings)


def _brief(findings: Sequence[Finding]) -> tuple[Lines, ...]:
    kept, more = cut(findings, _NAMED, "Findings")
    rest = f"{more}; what to do stands there" if more else "what to do: see “Findings”"
    return (*((amounts(each.message),) for each in kept), (rest,))


def goals_in_short(plan: CarePlan) -> tuple[str, ...]:
    """What matters to the person, and the first of the goals."""
    talks = [decision for decision in plan.decisions if isinstance(decision, SharedDecision)]
    matters = tuple(f"What matters: “{talk.what_matters}”" for talk in talks[-1:])
    goals = [goal.description for goal in plan.goals if goal.lifecycle in OPEN_GOALS]
    kept, more = cut(goals, _GOALS, "Goals")
    return (*matters, *kept, *((more,) if more else ())) or (f"Goals {NOT_RECORDED}",)
