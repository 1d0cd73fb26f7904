"""A review on the terminal: worst first, each finding with its reasons, then what could not be judged."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from careplan.checks import Finding, NotAssessed, Report, Severity
from careplan.cli.parts import STYLES, labelled, marked, section
from careplan.cli.sources import Loaded, shown
from careplan.documents.findings import WORDS, FindingView, finding_view, gap_row
from careplan.documents.names import Names
from careplan.documents.parts import Tone
from careplan.documents.terms import term
from careplan.documents.wording import day
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
    if report.not_assessed:
        parts.append(section("Could not be judged", STYLES[Tone.UNKNOWN]))
        parts += [_gap(gap, names) for gap in report.not_assessed]
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
    view = finding_view(finding, report, names)
    facts = [(fact.label, fact.lines) for fact in view.facts]
    if finding in report.open:
        facts.append(("To answer it", (f"acknowledge {finding.fingerprint} in the plan",)))
    return Group(Text(), _headline(view), labelled(facts))


def _headline(view: FindingView) -> Table:
    style = STYLES[view.tone]
    head = Text.assemble((f"{view.word.upper()}: ", style), (view.message, "bold"))
    return marked(view.tone, head)


def _gap(gap: NotAssessed, names: Names) -> RenderableType:
    row = gap_row(gap, names)
    head = Text.assemble((f"{WORDS[gap.severity]}: ", STYLES[_tone(gap.severity)]), str(row.act[0]))
    return Group(Text(), marked(Tone.UNKNOWN, head), labelled([("Who", row.act[1:]), ("Needed by", (row.needed_by,))]))


def _small_print(report: Report) -> Iterator[RenderableType]:
    for rule, reason in report.switched_off:
        yield Text(f"Switched off: {rule} ({reason})")
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
        table.add_row(shown(loaded.source), *map(str, counts), str(len(report.not_assessed)))
    return table


def _urgency(report: Report) -> tuple[int, ...]:
    return tuple(-sum(finding.severity is each for finding in report.findings) for each in reversed(Severity))
