"""A review on the terminal: worst first, each finding with its reasons, then what could not be judged."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from careplan.checks import Finding, Question, Report, Severity
from careplan.cli.parts import STYLES, labelled, marked, section
from careplan.cli.sources import Loaded, shown
from careplan.documents.findings import WORDS, answer_lines, evidence_words
from careplan.documents.names import Names
from careplan.documents.parts import Lines, Tone
from careplan.documents.terms import term
from careplan.documents.wording import NOT_RECORDED, amounts, day, listed
from careplan.knowledge import Knowledge
from careplan.model import CarePlan

_COUNTED = {
    Severity.CRITICAL: ("critical", "critical"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.CAUTION: ("caution", "cautions"),
    Severity.INFO: ("for information", "for information"),
}


def print_reports(console: Console, reviewed: Sequence[tuple[Loaded, Report]], knowledge: Knowledge) -> None:
    """Print each report in full, the sources once, and a table of all reports if there are several."""
    for loaded, report in reviewed:
        console.print(_page(loaded.plan, report, knowledge))
    cited = {source for _, report in reviewed for finding in report.findings for source in finding.sources}
    if cited:
        console.print(_sources(cited, knowledge))
    if len(reviewed) > 1:
        console.print(_overview(reviewed))


def _page(plan: CarePlan, report: Report, knowledge: Knowledge) -> RenderableType:
    names = Names(plan, knowledge)
    parts: list[RenderableType] = [*_heading(plan, report)]
    for severity, findings in groupby(report.findings, key=lambda finding: finding.severity):
        parts.append(section(WORDS[severity], STYLES[_tone(severity)]))
        parts += [_finding(finding, report, names) for finding in findings]
    if report.questions:
        parts.append(section("Could not be judged", STYLES[Tone.UNKNOWN]))
        parts += [_question(question, names) for question in report.questions]
    parts += _small_print(report)
    return Group(*parts, Text())


def _tone(severity: Severity) -> Tone:
    return Tone(severity.word)


def _heading(plan: CarePlan, report: Report) -> Iterator[Text]:
    person = plan.patient
    age = person.age(report.on)
    born = "birth date not recorded" if age is None else f"{age} years"
    yield Text(plan.title, style="bold")
    yield Text(f"{person.name}, {born}")
    yield Text(f"{plan.id}, revision {plan.revision}, {term(plan.status)}; reviewed for {day(report.on)}", style="dim")
    yield Text(f"\n{summary(report)}.")
    for note in report.notes:
        yield Text(note)


def summary(report: Report) -> str:
    """Count findings by severity and facts that are missing: ``1 critical, 2 warnings; 3 facts not known``."""
    counts = {severity: sum(f.severity is severity for f in report.findings) for severity in reversed(Severity)}
    told = [f"{count} {_COUNTED[severity][count != 1]}" for severity, count in counts.items() if count]
    accepted = sum(finding.acknowledgement is not None for finding in report.findings)
    answered = f" ({accepted} accepted or acted on)" if accepted else ""
    gaps = len(report.not_assessed)
    unknown = f"; {gaps} fact{'s' if gaps != 1 else ''} not known" if gaps else ""
    return (", ".join(told) or "Nothing found") + answered + unknown


def _finding(finding: Finding, report: Report, names: Names) -> RenderableType:
    tone = _tone(finding.severity)
    answer = finding.acknowledgement
    state = "" if answer is None else (", acted on" if answer.reason.is_action else ", accepted")
    word = f"{WORDS[finding.severity]}{state}: ".upper()
    head = Text.assemble((word, STYLES[tone]), (amounts(finding.message), "bold"))
    return Group(Text(), marked(tone, head), labelled(_facts(finding, report, names)))


def _facts(finding: Finding, report: Report, names: Names) -> Iterator[tuple[str, Lines]]:
    if finding.acknowledgement is not None:
        yield "Answered", answer_lines(finding.acknowledgement)
    yield "What to do", (amounts(finding.action),)
    yield "Who acts", (_roles(finding.actor, names),)
    if finding.day > report.on:
        yield "From", (f"{day(finding.day)}, as the plan stands",)
    about = listed(names.component(ref) for ref in finding.subjects)
    if about and about.casefold() not in finding.message.casefold():
        yield "About", (about,)
    if finding.because:
        yield "Because", tuple(dict.fromkeys(evidence_words(fact, names) for fact in finding.because))
    if finding.notes:
        yield "Note", finding.notes
    also = f"; speaks also for {listed(finding.also)}" if finding.also else ""
    sources = f"{listed(finding.sources)} ({finding.confidence.value}); " if finding.sources else ""
    yield "Basis", (f"{sources}rule {finding.rule}{also}",)
    if finding in report.open:
        yield "To answer it", (f"acknowledge {finding.fingerprint} in the plan",)


def _roles(actors: Iterable[str], names: Names) -> str:
    return listed(names.role(actor) for actor in actors) or NOT_RECORDED


def _question(question: Question, names: Names) -> RenderableType:
    """What one person can find out in one go, and which rules wait for it."""
    style = STYLES[_tone(question.severity)]
    head = Text.assemble((f"{WORDS[question.severity]}: ".upper(), style), amounts(question.ask))
    waiting = sorted({rule for gap in question.gaps for rule in gap.rules})
    rows = (("Who", (_roles(question.actor, names),)), ("Needed by", (f"rule {listed(waiting)}",)))
    return Group(Text(), marked(Tone.UNKNOWN, head), labelled(rows))


def _small_print(report: Report) -> Iterator[RenderableType]:
    for rule, reason in report.switched_off:
        yield Text(f"Switched off: {rule} ({reason})")
    for overlay in report.overlays:
        yield Text(overlay.account)
    edition = f"Knowledge {report.knowledge_version} of {day(report.knowledge_date)}, {report.rules_asked} rules."
    yield Text(f"\n{edition} This supports, and never replaces, clinical judgement.", style="dim")


def _sources(cited: Iterable[str], knowledge: Knowledge) -> RenderableType:
    known = knowledge.sources
    rows = ((name, (known[name].citation if name in known else name,)) for name in sorted(cited))
    return Group(section("Sources", "dim"), Text(), labelled(rows), Text())


def _overview(reviewed: Sequence[tuple[Loaded, Report]]) -> Table:
    table = Table(title=f"{len(reviewed)} plans", title_justify="left", title_style="bold", box=None)
    table.add_column("Plan", overflow="fold")
    for severity in reversed(Severity):
        table.add_column(severity.word.capitalize(), justify="right")
    table.add_column("Not known", justify="right")
    for loaded, report in sorted(reviewed, key=lambda pair: _urgency(pair[1])):
        counts = [sum(finding.severity is each for finding in report.findings) for each in reversed(Severity)]
        table.add_row(_called(loaded, reviewed), *map(str, counts), str(len(report.not_assessed)))
    return table


def _called(loaded: Loaded, reviewed: Sequence[tuple[Loaded, Report]]) -> str:
    """The file's own name, or its whole path where two files bear the same."""
    names = [each.source.stem for each, _ in reviewed]
    return shown(loaded.source) if names.count(loaded.source.stem) > 1 else loaded.source.stem


def _urgency(report: Report) -> tuple[int, ...]:
    return tuple(-sum(finding.severity is each for finding in report.findings) for each in reversed(Severity))
