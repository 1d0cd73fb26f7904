"""``careplan knowledge``: look drugs up, check and compile the knowledge base."""

from pathlib import Path
from typing import NoReturn

import click

from careplan.cli.arguments import knowledge_with, overlay_option
from careplan.cli.failure import FOUND, BadInput
from careplan.cli.output import save, tell_written
from careplan.knowledge import Knowledge, KnowledgeError
from careplan.knowledge.compiled import AUTHORED, COMPILED, digest, load_compiled

_FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=AUTHORED,
    show_default="the one that ships",
    help="The folder with the authored TOML files.",
)


@click.group("knowledge")
def command() -> None:
    """Look drugs up; check and compile the knowledge base."""


@command.command()
@click.argument("drug")
@overlay_option
def show(drug: str, overlays: tuple[Path, ...]) -> None:
    """Show everything that is known about a drug, on a page for a pharmacist.

    DRUG is an id, an international name, a brand or a combination product. Rows that hold for a whole class stand
    among the drug's own, and say so.
    """
    from careplan.cli.drug_page import print_drug, print_product
    from careplan.cli.terminal import console

    knowledge = knowledge_with(overlays)
    product = knowledge.products.find(text=drug)
    name = knowledge.drugs.find(text=drug)
    if name is not None:
        print_drug(console(), knowledge.drugs[name], knowledge)
    elif product is not None:
        print_product(console(), product, knowledge)
    else:
        _unknown(drug, knowledge)


def _unknown(drug: str, knowledge: Knowledge) -> NoReturn:
    near = [*knowledge.drugs.suggestions(drug), *knowledge.products.suggestions(drug)]
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; {len(knowledge.drugs)} others are"
    raise BadInput(f"{drug!r} is not in the knowledge base{hint}")


@command.command()
@_FOLDER
@overlay_option
@click.option("--warnings", is_flag=True, help="Tell warnings too, such as sources that no fact cites.")
@click.pass_context
def check(ctx: click.Context, folder: Path, overlays: tuple[Path, ...], warnings: bool) -> None:
    """Check the authored files: facts, sources, references, and whether the compiled file is up to date.

    Exit code 0: sound; 1: something is wrong, told by file and line. Warnings do not count.
    """
    from careplan.knowledge.inspection import check as problems_of

    missing = [overlay for overlay in overlays if not overlay.is_dir()]
    if missing:
        raise BadInput(f"{missing[0]} is no folder: an overlay is a folder of TOML files")
    problems = problems_of(folder, overlays)
    errors = sum(not problem.warning for problem in problems)
    for problem in problems:
        if warnings or not problem.warning:
            click.echo(str(problem))
    stale = folder == AUTHORED and not errors and not _fresh()
    if stale:
        click.echo(f"{COMPILED.name} is older than the files it is made of: run  careplan knowledge compile")
    more = len(problems) - errors
    told = f"{errors} problems" if errors else "sound"
    about = " with ".join(map(str, (folder, *overlays)))
    click.echo(f"{about}: {told}{f', {more} warnings (--warnings tells them)' if more else ''}", err=True)
    ctx.exit(FOUND if errors or stale else 0)


def _fresh() -> bool:
    try:
        return bool(load_compiled()["digest"] == digest())
    except KnowledgeError:
        return False


@command.command("compile")
@_FOLDER
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write; default: into the folder."
)
def compile_(folder: Path, output: Path | None) -> None:
    """Check the authored files and merge them into the one JSON file that is loaded."""
    from careplan.knowledge.compilation import compile_folder

    try:
        text = compile_folder(folder)
    except KnowledgeError as error:
        raise BadInput(str(error)) from None
    target = output or folder / COMPILED.name
    save(text, target)
    tell_written([target])
