"""``careplan render``: make documents."""

from datetime import date
from pathlib import Path

import click
from jinja2 import TemplateError

from careplan.checks import review, schedule
from careplan.cli.arguments import (
    STANDARD_INPUT,
    knowledge_with,
    on_option,
    output_option,
    overlay_option,
    plans_argument,
)
from careplan.cli.failure import BAD_INPUT, BadInput
from careplan.cli.output import save, targets, tell_written
from careplan.cli.sources import Loaded, load_plans, plan_files, shown, tell
from careplan.cli.terminal import watched
from careplan.documents.markup import Format
from careplan.documents.pdf import PdfError
from careplan.documents.rendering import Document, DocumentError, render

_HELP = """Make a document of each plan: reviewed, scheduled and printed for one day.

PLAN is a file, a folder of plans (*.json), or - for standard input. One document goes to standard output unless
--output names a file or a folder; several need a folder, where each is named after its plan: ra.team-plan.html.

\b
Examples:
  careplan render ra.json --output ra.html
  careplan render ra.json --document patient-plan --format pdf --output ra.pdf
  careplan render plans/ --format pdf --output build/
"""
_SUFFIXES = {Format.HTML: "html", Format.MARKDOWN: "md", Format.TEXT: "txt", Format.PDF: "pdf"}


@click.command("render", help=_HELP)
@plans_argument
@click.option(
    "--document",
    type=click.Choice([each.value for each in Document]),
    default=Document.TEAM_PLAN.value,
    show_default=True,
    help="Which document.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in Format]),
    default=Format.HTML.value,
    show_default=True,
    help="In which format; pdf needs careplan[pdf].",
)
@output_option("Where to write; - is standard output.")
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of your own templates, searched first.",
)
@on_option
@overlay_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context,
    plans: tuple[Path, ...],
    document: str,
    form: str,
    output: str | None,
    templates: Path | None,
    on: date,
    overlays: tuple[Path, ...],
) -> None:
    """Render every plan that can be rendered; what is wrong with the others is told."""
    chosen = Format(form)
    if output is None and chosen is Format.PDF:
        raise BadInput("a PDF is no text for a terminal: name a file with --output (or --output - for a pipe)")
    files = plan_files(plans)
    loaded, refused = load_plans(files)
    names = [f"{_stem(each)}.{document}.{_SUFFIXES[chosen]}" for each in loaded]
    places = targets(names, output, folder=len(files) > 1)
    knowledge = knowledge_with(overlays)
    done, failed = [], False
    for each, place in watched(list(zip(loaded, places, strict=True)), "Rendering"):
        try:
            report = review(each.plan, on=on, knowledge=knowledge)
            agenda = schedule(each.plan, on=on, knowledge=knowledge)
            page = render(
                each.plan, document, report=report, agenda=agenda, format=chosen, knowledge=knowledge,
                templates=templates,
            )  # fmt: skip
            save(page, place)
            done.append(place)
        except PdfError as error:
            raise BadInput(str(error)) from None
        except (DocumentError, TemplateError) as error:
            click.echo(f"Error: {shown(each.source)}: {error}", err=True)
            failed = True
    tell_written(done)
    tell(refused)
    ctx.exit(BAD_INPUT if refused or failed else 0)


def _stem(loaded: Loaded) -> str:
    return loaded.plan.id if loaded.source == STANDARD_INPUT else loaded.source.stem
