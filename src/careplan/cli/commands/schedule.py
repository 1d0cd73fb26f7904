"""``careplan schedule``: what happens when."""

from datetime import date
from pathlib import Path

import click

from careplan.agenda import Agenda
from careplan.checks import schedule
from careplan.cli.arguments import knowledge_with, on_option, output_option, overlay_option
from careplan.cli.failure import BAD_INPUT
from careplan.cli.output import save, targets, tell_written
from careplan.cli.sources import load_plans, tell
from careplan.cli.terminal import console

_HELP = """List what happens when: tests, doses, sessions, reviews and vaccines, what is overdue first.

PLAN is a file, or - for standard input. What belongs in the list and has no day stands at its end, with the reason.

\b
Examples:
  careplan schedule ra.json --weeks 12
  careplan schedule ra.json --format csv --output ra.csv
"""


@click.command("schedule", help=_HELP)
@click.argument("plan", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--weeks", type=click.IntRange(1, 520), default=26, show_default=True, help="How far to look ahead.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="For people, programs or spreadsheets.",
)
@output_option("Where to write json or csv.")
@on_option
@overlay_option
@click.pass_context
def command(
    ctx: click.Context, plan: Path, weeks: int, form: str, output: str | None, on: date, overlays: tuple[Path, ...]
) -> None:
    """Schedule the plan and print its agenda."""
    if form == "table" and output is not None:
        raise click.UsageError("--output is for --format json and csv; to keep a table, redirect it: > agenda.txt")
    loaded, refused = load_plans([plan])
    tell(refused)
    if refused:
        ctx.exit(BAD_INPUT)
    knowledge = knowledge_with(overlays)
    agenda = schedule(loaded[0].plan, on=on, knowledge=knowledge, weeks=weeks)
    if form == "table":
        from careplan.cli.agenda_page import print_agenda

        print_agenda(console(), agenda, loaded[0].plan, knowledge)
        return
    (place,) = targets([f"{plan.stem}.agenda.{form}"], output, folder=False)
    save(_text(agenda, form), place)
    tell_written([place])


def _text(agenda: Agenda, form: str) -> str:
    if form == "json":
        from careplan.exchange.agenda_json import agenda_json

        return agenda_json(agenda)
    from careplan.exchange.agenda_csv import agenda_csv

    return agenda_csv(agenda)
