"""Findings of the review in words: open, accepted, and what could not be judged."""

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from careplan.checks import Finding, NotAssessed, Report, Severity
from careplan.documents.names import Names
from careplan.documents.parts import Badge, Fact, Line, Lines, Tone
from careplan.documents.terms import term
from careplan.documents.wording import NBSP, amounts, day, from_id, listed, number, unit
from careplan.model import Acknowledgement, Unit
from careplan.rules import Fact as Evidence

TONES = {
    Severity.CRITICAL: Tone.CRITICAL,
    Severity.WARNING: Tone.WARNING,
    Severity.CAUTION: Tone.CAUTION,
    Severity.INFO: Tone.INFO,
}
WORDS = {
    Severity.CRITICAL: "Critical",
    Severity.WARNING: "Warning",
    Severity.CAUTION: "Caution",
    Severity.INFO: "For information",
}


@frozen
class FindingView:
    """One finding: the headline says what is wrong, the facts why and what to do."""

    tone: Tone
    word: str
    message: str
    facts: tuple[Fact, ...]


@frozen
class GapRow:
    """One fact that is missing, what waits for it, and who can get it."""

    fact: Lines
    needed_by: Lines
    act: Lines


@frozen
class Alert:
    """Several lines that share one severity, for the first page."""

    tone: Tone
    word: str
    title: str
    lines: tuple[Line | Lines, ...]


def finding_view(finding: Finding, report: Report, names: Names) -> FindingView:
    """Put one finding into words."""
    answer = finding.acknowledgement
    state = "" if answer is None else (", acted on" if answer.reason.is_action else ", accepted")
    return FindingView(
        tone=TONES[finding.severity],
        word=f"{WORDS[finding.severity]}{state}",
        message=amounts(finding.message),
        facts=tuple(_facts(finding, report, names)),
    )


def _facts(finding: Finding, report: Report, names: Names) -> Iterator[Fact]:
    if finding.acknowledgement is not None:
        yield Fact("Answered", answer_lines(finding.acknowledgement))
    yield Fact("What to do", (amounts(finding.action),))
    yield Fact("Who acts", (listed(names.role(actor) for actor in finding.actor) or "not recorded",))
    if finding.day > report.on:
        yield Fact("From", (f"{day(finding.day)}, as the plan stands",))
    about = [names.component(ref) for ref in finding.subjects]
    if about:
        yield Fact("About", (listed(about),))
    yield Fact(
        "Because", tuple(evidence_words(fact) for fact in finding.because) or ("nothing on record speaks against it",)
    )
    if finding.notes:
        yield Fact("Note", finding.notes)
    also = f"; speaks also for {listed(finding.also)}" if finding.also else ""
    basis = f"{listed(finding.sources)} ({finding.confidence.value}); rule {finding.rule}{also}"
    yield Fact("Basis", (basis,))


def answer_lines(answer: Acknowledgement) -> Lines:
    """Who accepted or acted, why, when, and until when it holds."""
    second = f" and {answer.second_author}" if answer.second_author else ""
    return (
        f"{term(answer.reason)}: {answer.text}",
        f"by {answer.author}{second}, {term(answer.role)}, on {day(answer.date)}; holds until {day(answer.expires)}",
    )


def evidence_words(fact: Evidence) -> str:
    """One fact behind a finding, with its value, date and arithmetic."""
    match fact.value:
        case None:
            value = ""
        case str(text):
            value = f": {text}"
        case amount:
            value = f": {number(Decimal(amount), as_reported=True)}{_unit(fact.unit, Decimal(amount))}"
    on = f" on {day(fact.date)}" if fact.date else ""
    working = f" ({amounts(fact.working)})" if fact.working else ""
    return f"{fact.label}{value}{on}{working}"


def _unit(code: str, value: Decimal) -> str:
    try:
        name = unit(Unit(code), value)
    except ValueError:
        name = code.replace("/day", " a day").replace("/week", " a week")
    return f"{NBSP}{name}" if name else ""


def gap_row(gap: NotAssessed, names: Names) -> GapRow:
    """Put one missing fact into words."""
    waiting = f"{len(gap.rules)} checks wait for it" if len(gap.rules) > 1 else "1 check waits for it"
    return GapRow(
        fact=(
            f"{from_id(gap.missing.kind.value).capitalize()}: {gap.fact}",
            Badge(Tone.UNKNOWN, f"Not known, {WORDS[gap.severity].lower()}"),
        ),
        needed_by=(waiting, listed(from_id(rule) for rule in gap.rules)),
        act=(gap.ask, f"by: {listed(names.role(actor) for actor in gap.actor)}"),
    )


def alerts(report: Report) -> tuple[Alert, ...]:
    """What must be read first: open critical findings and warnings, what is accepted, what could not be judged."""
    return tuple(_alerts(report))


def _alerts(report: Report) -> Iterator[Alert]:
    critical = _messages(report, Severity.CRITICAL)
    warning = _messages(report, Severity.WARNING)
    gaps = [gap for gap in report.not_assessed if gap.severity >= Severity.WARNING]
    if critical:
        yield Alert(Tone.CRITICAL, "Critical", "Do not go ahead until this is settled", critical)
    if warning:
        yield Alert(Tone.WARNING, "Warning", "Act, or accept with a reason", warning)
    if not critical and not warning:
        yield Alert(Tone.SETTLED, "Nothing open", "No critical finding and no warning is open", _quiet(report))
    if report.not_assessed:
        lines = tuple(gap.ask for gap in gaps)
        rest = len(report.not_assessed) - len(gaps)
        more = (
            (f"{'and ' if gaps else ''}{number(rest)} more, listed under “What could not be judged”",) if rest else ()
        )
        yield Alert(Tone.UNKNOWN, "Not known", "Could not be judged", (*lines, *more))


def _messages(report: Report, severity: Severity) -> tuple[Lines, ...]:
    return tuple((amounts(f.message), amounts(f.action)) for f in report.open if f.severity is severity)


def _quiet(report: Report) -> tuple[str, ...]:
    accepted = [f for f in report.at_least(Severity.WARNING) if f.acknowledgement is not None]
    said = (
        f"{number(len(accepted))} accepted or acted on, see “Findings and what to do”" if accepted else "None was found"
    )
    return (said,)
