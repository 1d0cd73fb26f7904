"""Findings of the review in words: open, accepted, and what could not be judged."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import frozen

from careplan.checks import Finding, NotAssessed, Report, Severity
from careplan.documents.names import Names
from careplan.documents.parts import Badge, Fact, Lines, Tone
from careplan.documents.terms import term
from careplan.documents.wording import NBSP, NOT_RECORDED, amounts, day, from_id, listed, number, sentence, unit
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
    """One finding: the headline says what is wrong, the facts what to do, the fine print why."""

    tone: Tone
    word: str
    message: str
    facts: tuple[Fact, ...]
    fine: tuple[Fact, ...]


@frozen
class FindingRow:
    """Findings of one rule that ask for the same, and for nothing at once, in one row."""

    message: Lines
    because: Lines


@frozen
class GapRow:
    """One fact that is missing, what waits for it, and who can get it."""

    fact: Lines
    needed_by: str
    act: Lines


def finding_view(finding: Finding, report: Report, names: Names) -> FindingView:
    """Put one finding into words."""
    answer = finding.acknowledgement
    state = "" if answer is None else (", acted on" if answer.reason.is_action else ", accepted")
    return FindingView(
        tone=TONES[finding.severity],
        word=f"{WORDS[finding.severity]}{state}",
        message=amounts(finding.message),
        facts=tuple(_facts(finding, report, names)),
        fine=tuple(_fine(finding, names)),
    )


def _facts(finding: Finding, report: Report, names: Names) -> Iterator[Fact]:
    if finding.acknowledgement is not None:
        yield Fact("Answered", answer_lines(finding.acknowledgement))
    yield Fact("What to do", (_action(finding, names),))
    if finding.day > report.on:
        yield Fact("From", (_from(finding),))
    if finding.notes:
        yield Fact("Note", tuple(map(amounts, finding.notes)))


def _fine(finding: Finding, names: Names) -> Iterator[Fact]:
    about = listed(names.component(ref) for ref in finding.subjects)
    if about.casefold() not in finding.message.casefold():
        yield Fact("About", (about,))
    yield Fact("Because", (_because((finding,), names),))
    yield Fact("Basis", (_basis(finding),))


def finding_rows(findings: Iterable[Finding], report: Report, names: Names) -> tuple[FindingRow, ...]:
    """Put cautions and information into rows; what one rule asks for several medicines is asked once."""
    alike: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        key = finding.rule, finding.severity, finding.day, finding.action, finding.actor, finding.notes, finding.also
        alike[key].append(finding)
    return tuple(_row(tuple(group), report, names) for group in alike.values())


def _row(findings: tuple[Finding, ...], report: Report, names: Names) -> FindingRow:
    first = findings[0]
    return FindingRow(
        message=(
            " ".join(amounts(finding.message) for finding in findings),
            Badge(TONES[first.severity], WORDS[first.severity], _action(first, names)),
            *((f"From {_from(first)}.",) if first.day > report.on else ()),
            *map(amounts, first.notes),
        ),
        because=(_because(findings, names), _basis(first)),
    )


def _action(finding: Finding, names: Names) -> str:
    return f"{sentence(amounts(finding.action))} By: {_actors(finding, names)}."


def _from(finding: Finding) -> str:
    return f"{day(finding.day)}, as the plan stands"


def _actors(finding: Finding, names: Names) -> str:
    return listed(names.role(actor) for actor in finding.actor) or NOT_RECORDED


def _because(findings: tuple[Finding, ...], names: Names) -> str:
    told = dict.fromkeys(evidence_words(fact, names) for finding in findings for fact in finding.because)
    return "; ".join(told) or "what is not in the plan"


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
    return f"{NBSP}{name}" if name not in ("", "%") else name


def gap_row(gap: NotAssessed, names: Names) -> GapRow:
    """Put one missing fact into words."""
    missing = gap.missing
    waiting = f"{len(gap.rules)} checks wait for it" if len(gap.rules) > 1 else "1 check waits for it"
    return GapRow(
        fact=(
            f"{from_id(missing.kind.value).capitalize()}: {names.label(missing.name, missing.label)}",
            Badge(Tone.UNKNOWN, "Not known", WORDS[gap.severity].lower()),
        ),
        needed_by=f"{waiting}: {listed(from_id(rule) for rule in gap.rules)}",
        act=(f"{amounts(gap.ask)} By: {listed(names.role(actor) for actor in gap.actor) or NOT_RECORDED}.",),
    )
