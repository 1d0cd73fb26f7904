"""``careplan review``: judge plans."""

import json
from datetime import date
from pathlib import Path

import click

from careplan.checks import Report, Severity, review
from careplan.cli.arguments import json_option, knowledge_with, on_option, overlay_option, plans_argument
from careplan.cli.failure import BAD_INPUT, FOUND
from careplan.cli.output import save
from careplan.cli.sources import Loaded, Refused, load_plans, plan_files, tell
from careplan.cli.terminal import console, watched

_HELP = """Judge plans on a day, against the knowledge base.

PLAN is a file, a folder of plans (*.json), or - for standard input. Each report tells the findings, worst first, with
the facts behind them, what to do and who; and what could not be judged, because a fact is missing or too old.

--json prints one object for any number of plans: "reviews" (each with "file" and "report") and "refused" (each with
"file" and its "problems"). The keys of a report are those of the classes Report, Finding and NotAssessed.

\b
Exit codes:
  0  nothing at or above --fail-on
  1  a finding that nobody has answered, or a missing fact, at or above --fail-on
  2  a file is no plan: all its problems are told, and the other files are reviewed
"""


@click.command("review", help=_HELP, short_help="Judge plans.")
@plans_argument
@on_option
@overlay_option
@click.option(
    "--fail-on",
    type=click.Choice([severity.word for severity in Severity]),
    default=Severity.WARNING.word,
    show_default=True,
    help="The severity from which the exit code is 1.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context, plans: tuple[Path, ...], on: date, fail_on: str, as_json: bool, overlays: tuple[Path, ...]
) -> None:
    """Review every plan, print the reports, and leave with the code that sums them up."""
    loaded, refused = load_plans(plan_files(plans))
    knowledge = knowledge_with(overlays)
    reviewed = [(each, review(each.plan, on=on, knowledge=knowledge)) for each in watched(loaded, "Reviewing")]
    if as_json:
        save(_json(reviewed, refused), None)
    else:
        from careplan.cli.report_page import print_reports

        print_reports(console(), reviewed, knowledge)
    tell(refused)
    level = Severity[fail_on.upper()]
    found = any(_alarming(report, level) for _, report in reviewed)
    ctx.exit(BAD_INPUT if refused else FOUND if found else 0)


def _alarming(report: Report, level: Severity) -> bool:
    """Whether something of this severity is open. Unknown is never safe: a missing fact counts as a finding does."""
    findings = any(finding.acknowledgement is None for finding in report.at_least(level))
    return findings or any(gap.severity >= level for gap in report.not_assessed)


def _json(reviewed: list[tuple[Loaded, Report]], refused: list[Refused]) -> str:
    """One document for any number of plans: reports by file, and the files that are no plans."""
    from careplan.exchange.report_json import report_tree

    tree = {
        "format": "careplan-reviews/1",
        "reviews": [{"file": str(each.source), "report": report_tree(report)} for each, report in reviewed],
        "refused": [
            {
                "file": str(file.source),
                "problems": [
                    {"path": p.path, "found": p.found, "expected": p.expected, "hint": p.hint} for p in file.problems
                ],
                "more": file.more,
            }
            for file in refused
        ],
    }
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
