"""The main job, end to end: a record in; reviewed, scheduled and printed plans out.

``make demo`` runs it: the record and the six plans of this folder, into build/demo/.
"""

import sys
import time
from collections.abc import Iterator
from datetime import date
from html import escape
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

import careplan as cp
from careplan.exchange.agenda_json import agenda_json
from careplan.exchange.report_json import report_json

HERE = Path(__file__).parent
ON = date(2026, 3, 2)
DOCUMENTS = ("team-plan", "patient-plan")
FORMATS = {"html": "html", "markdown": "md", "text": "txt", "pdf": "pdf"}
MARKS = {"critical": "bold red", "warning": "bold dark_orange3", "caution": "yellow"}
MOST = 3
console = Console(highlight=False)


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    out.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    formats = [form for form in FORMATS if form != "pdf" or find_spec("typst")]
    plans = {"record": imported(out), **{file.stem: cp.load(file) for file in plan_files()}}

    made, reports = [], {}
    for name, plan in plans.items():
        reports[name] = cp.review(plan, on=ON)
        made += list(write(out / name, plan, reports[name], formats))
    index(out, plans, formats)

    console.print(overview(reports))
    for name, report in reports.items():
        console.print(Text(f"\n{plans[name].title}", style="bold"))
        console.print(found(report))
    seconds = time.perf_counter() - begun
    print(f"\n{len(made)} files after {seconds:.1f} seconds. Open {out / 'index.html'}")
    if "pdf" not in formats:
        print("No PDF was made: install careplan[pdf] for it.")


def plan_files() -> list[Path]:
    return sorted(file for file in HERE.glob("*.json") if not file.name.endswith(".fhir.json"))


def imported(out: Path) -> cp.CarePlan:
    """The record as a draft plan; what became of each part of it is told, and kept beside the plan."""
    result = cp.from_fhir((HERE / "record.fhir.json").read_bytes(), on=ON)
    counts = ", ".join(f"{count} {kind.value}" for kind, count in result.counts.items() if count)
    print(f"Imported record.fhir.json: {len(result.accounts)} resources, {counts}.\n")
    (out / "record.import.txt").write_text(result.summary(), encoding="utf-8")
    cp.dump(result.plan, out / "record.json")
    return result.plan


def write(stem: Path, plan: cp.CarePlan, report: cp.Report, formats: list[str]) -> Iterator[Path]:
    """Both documents in every format, the agenda and the review."""
    agenda = cp.schedule(plan, on=ON)
    pages = {"agenda.json": agenda_json(agenda), "review.json": report_json(report)}
    for document in DOCUMENTS:
        for form in formats:
            page = cp.render(plan, document, report=report, agenda=agenda, format=form)
            pages[f"{document}.{FORMATS[form]}"] = page
    for ending, page in pages.items():
        file = stem.with_name(f"{stem.name}.{ending}")
        file.write_bytes(page if isinstance(page, bytes) else page.encode())
        yield file


def index(out: Path, plans: dict[str, cp.CarePlan], formats: list[str]) -> None:
    """One page with a link to everything."""
    rows = []
    for name, plan in plans.items():
        links = [
            f'<a href="{name}.{document}.{FORMATS[form]}">{document} {form}</a>'
            for document in DOCUMENTS
            for form in formats
        ]
        links += [f'<a href="{name}.{kind}.json">{kind}</a>' for kind in ("review", "agenda")]
        rows.append(f"<li><b>{escape(plan.title)}</b><br>{' · '.join(links)}</li>")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>careplan demo</title>'
    (out / "index.html").write_text(f"{head}<h1>careplan demo</h1><ul>{''.join(rows)}</ul></html>\n", encoding="utf-8")


def overview(reports: dict[str, cp.Report]) -> Table:
    table = Table(box=None, title=f"Reviewed for {ON}", title_justify="left", title_style="bold")
    table.add_column("Plan", no_wrap=True)
    for word, style in MARKS.items():
        table.add_column(word.capitalize(), justify="right", style=style)
    table.add_column("Not known", justify="right")
    for name, report in reports.items():
        counts = [sum(finding.severity.word == word for finding in report.findings) for word in MARKS]
        table.add_row(name, *map(str, counts), str(len(report.not_assessed)))
    return table


def found(report: cp.Report) -> Table:
    """What the review says of one plan, the worst first."""
    table = Table(box=None, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    serious = report.at_least(cp.Severity.WARNING)
    for finding in serious[:MOST]:
        word = finding.severity.word
        table.add_row(Text(word.upper(), style=MARKS[word]), Text(f"{finding.message} {finding.action}"))
    if len(serious) > MOST:
        table.add_row("", f"and {len(serious) - MOST} more")
    if not serious:
        table.add_row("", "No critical finding and no warning.")
    return table


if __name__ == "__main__":
    main()
