"""Findings of the review in words: open, accepted, and what could not be judged."""

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from careplan.checks import Finding, NotAssessed, Report, Severity
from careplan.documents.names import Names
from careplan.documents.parts import Badge, Fact, Line, Lines, Tone
from careplan.documents.terms import term
from careplan.documents.wording import NBSP, NOT_RECORDED, amounts, day, from_id, listed, number, unit
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


_MANY = 3
"""With more warnings than this the first page names them and leaves what to do to the next."""


@frozen
class FindingView:
    """One finding: the headline says what is wrong, the facts why and what to do."""

    tone: Tone
    word: str
    message: str
    facts: tuple[Fact, ...]


@frozen
class FindingRow:
    """A finding that asks for no action at once, in one row."""

    message: Lines
    action: Lines
    because: str


@frozen
class GapRow:
    """One fact that is missing, what waits for it, and who can get it."""

    fact: Lines
    needed_by: str
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
    yield Fact("Who acts", (_actors(finding, names),))
    if finding.day > report.on:
        yield Fact("From", (f"{day(finding.day)}, as the plan stands",))
    about = [names.component(ref) for ref in finding.subjects]
    if about:
        yield Fact("About", (listed(about),))
    yield Fact("Because", (_because(finding, names),))
    if finding.notes:
        yield Fact("Note", finding.notes)
    yield Fact("Basis", (_basis(finding),))


def finding_row(finding: Finding, report: Report, names: Names) -> FindingRow:
    """Put a caution or a piece of information into one row."""
    later = (f"from {day(finding.day)}, as the plan stands",) if finding.day > report.on else ()
    return FindingRow(
        message=(amounts(finding.message), Badge(TONES[finding.severity], WORDS[finding.severity]), *later),
        action=(amounts(finding.action), f"by: {_actors(finding, names)}"),
        because="; ".join((_because(finding, names), *finding.notes, _basis(finding))),
    )


def _actors(finding: Finding, names: Names) -> str:
    return listed(names.role(actor) for actor in finding.actor) or NOT_RECORDED


def _because(finding: Finding, names: Names) -> str:
    return (
        "; ".join(dict.fromkeys(evidence_words(fact, names) for fact in finding.because)) or "what is not in the plan"
    )


def _basis(finding: Finding) -> str:
    also = f"; speaks also for {listed(finding.also)}" if finding.also else ""
    return f"{listed(finding.sources)} ({finding.confidence.value}); rule {finding.rule}{also}"


def answer_lines(answer: Acknowledgement) -> Lines:
    """Who accepted or acted, why, when, and until when it holds."""
    second = f" and {answer.second_author}" if answer.second_author else ""
    return (
        f"{term(answer.reason)}: {answer.text}",
        f"by {answer.author}{second}, {term(answer.role)}, on {day(answer.date)}; holds until {day(answer.expires)}",
    )


def evidence_words(fact: Evidence, names: Names) -> str:
    """One fact behind a finding, with its value, date and arithmetic; the date of a medicine is its first day."""
    match fact.value:
        case None:
            value = ""
        case str(text):
            value = f": {text}"
        case amount:
            value = f": {number(Decimal(amount), as_reported=True)}{_unit(fact.unit, Decimal(amount))}"
    word = "since" if fact.path.startswith("$.components") else "on"
    when = f" {word} {day(fact.date)}" if fact.date else ""
    working = f" ({amounts(fact.working)})" if fact.working else ""
    return f"{names.label(fact.about, fact.label)}{value}{when}{working}"


def _unit(code: str, value: Decimal) -> str:
    try:
        name = unit(Unit(code), value)
    except ValueError:
        name = code.replace("/day", " a day").replace("/week", " a week")
    return f"{NBSP}{name}" if name else ""


def gap_row(gap: NotAssessed, names: Names) -> GapRow:
    """Put one missing fact into words."""
    missing = gap.missing
    waiting = f"{len(gap.rules)} checks wait for it" if len(gap.rules) > 1 else "1 check waits for it"
    return GapRow(
        fact=(
            f"{from_id(missing.kind.value).capitalize()}: {names.label(missing.name, missing.label)}",
            Badge(Tone.UNKNOWN, f"Not known, {WORDS[gap.severity].lower()}"),
        ),
        needed_by=f"{waiting}: {listed(from_id(rule) for rule in gap.rules)}",
        act=(amounts(gap.ask), f"by: {listed(names.role(actor) for actor in gap.actor)}"),
    )


def alerts(report: Report) -> tuple[Alert, ...]:
    """What must be read first: open critical findings and warnings, what is accepted, what could not be judged."""
    return tuple(_alerts(report))


def _alerts(report: Report) -> Iterator[Alert]:
    critical = [finding for finding in report.open if finding.severity is Severity.CRITICAL]
    warning = [finding for finding in report.open if finding.severity is Severity.WARNING]
    accepted = [f for f in report.at_least(Severity.WARNING) if f.acknowledgement is not None]
    if critical:
        yield Alert(Tone.CRITICAL, "Critical", "Do not go ahead until this is settled", tuple(map(_full, critical)))
    if warning:
        brief = len(warning) > _MANY
        title = "Act, or accept with a reason" + ("; what to do stands under “Findings”" if brief else "")
        yield Alert(Tone.WARNING, "Warning", title, tuple(map(_brief if brief else _full, warning)))
    if not critical and not warning:
        said = f"{len(accepted)} accepted or acted on, see “Findings”" if accepted else "None was found"
        yield Alert(Tone.SETTLED, "Nothing open", "No critical finding and no warning is open", (said,))
    if report.not_assessed:
        grave = tuple(amounts(gap.ask) for gap in report.not_assessed if gap.severity >= Severity.WARNING)
        count = len(report.not_assessed)
        title = f"{count} missing fact{'s' if count > 1 else ''}, see “What could not be judged”"
        yield Alert(Tone.UNKNOWN, "Not known", title, grave)


def _full(finding: Finding) -> Lines:
    return amounts(finding.message), amounts(finding.action)


def _brief(finding: Finding) -> Lines:
    return (amounts(finding.message),)
