"""``careplan knowledge``: look drugs up, check and compile the knowledge base."""

import json
from datetime import date
from pathlib import Path
from typing import NoReturn

import click
from attrs import asdict

from careplan.cli.arguments import format_option, knowledge_with, on_option, overlay_option
from careplan.cli.drug_page import class_page, drug_page, product_page
from careplan.cli.failure import FOUND, BadInput
from careplan.cli.markdown_page import as_markdown
from careplan.cli.output import save, tell_written
from careplan.cli.printed_page import print_page
from careplan.cli.terminal import console
from careplan.knowledge import Knowledge, KnowledgeError
from careplan.knowledge.compiled import AUTHORED, COMPILED, digest, load_compiled
from careplan.knowledge.reference import Source
from careplan.knowledge.vocabulary import Seen

SHIPPED = "shipped"
"""The word for the edition that comes with the library."""

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
@click.argument("name")
@format_option("text", "markdown", "json")
@overlay_option
def show(name: str, layout: str, overlays: tuple[Path, ...]) -> None:
    """Show everything that is known about a drug, a class or a product, on a page for a pharmacist.

    NAME is an id, an international name, a brand, a class or a combination product. Rows that hold for a whole class
    stand among the drug's own, and say so.
    """
    knowledge = knowledge_with(overlays)
    drug = knowledge.drugs.find(text=name)
    product = None if drug is not None else knowledge.products.find(text=name)
    kind = None if drug is not None or product is not None else knowledge.classes.find(text=name)
    if drug is None and product is None and kind is None:
        _unknown(name, knowledge)
    if layout == "json":
        click.echo(json.dumps(_written(knowledge, drug, product, kind), indent=2, ensure_ascii=False, default=str))
        return
    if drug is not None:
        page = drug_page(knowledge.drugs[drug], knowledge)
    else:
        page = product_page(product, knowledge) if product is not None else class_page(str(kind), knowledge)
    if layout == "markdown":
        click.echo(as_markdown(page), nl=False)
    else:
        print_page(console(), page, knowledge)


def _written(knowledge: Knowledge, drug: str | None, product: str | None, kind: str | None) -> dict[str, object]:
    """What the files say, the facts of a drug's classes and its interactions included."""
    if product is not None:
        return {"product": knowledge.products.raw[product]}
    own = {name for name in knowledge.classes if drug in knowledge.members(name)} if drug else {str(kind)}
    touched = own | ({drug} if drug else set())
    rows = knowledge.interactions.raw.values()
    return {
        "drug" if drug else "class": knowledge.drugs.raw[drug] if drug else knowledge.classes.raw[str(kind)],
        "class_facts": {name: knowledge.class_facts.raw[name] for name in sorted(own & {*knowledge.class_facts})},
        "interactions": [row for row in rows if any(not touched.isdisjoint(side) for side in row["between"])],
    }


def _unknown(name: str, knowledge: Knowledge) -> NoReturn:
    tables = (knowledge.drugs, knowledge.products, knowledge.classes)
    near = dict.fromkeys(suggestion for table in tables for suggestion in table.suggestions(name))
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; {len(knowledge.drugs)} others are"
    raise BadInput(f"{name!r} is not in the knowledge base{hint}")


@command.command("coverage")
@format_option("text", "json")
@overlay_option
def coverage_(layout: str, overlays: tuple[Path, ...]) -> None:
    """Count what the knowledge base holds: entries, facts by table, trust and country, and what pages lack."""
    from careplan.knowledge.coverage import coverage

    found = coverage(knowledge_with(overlays))
    if layout == "json":
        click.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False))
        return
    counts = (
        ("Entries", found.entries),
        ("Facts of drugs and classes", found.facts),
        ("Trust", found.confidence),
        ("Country", found.jurisdiction),
        ("Facts on a page of its own", found.pages),
    )
    for heading, numbers in counts:
        click.echo(heading)
        for name, count in numbers.items():
            click.echo(f"  {count:6}  {name.replace('_', ' ')}")
    click.echo("Tables that a page lacks")
    for name, tables in found.gaps.items():
        click.echo(f"  {name}: {', '.join(tables)}")
    if not found.gaps:
        click.echo("  none")


@command.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@format_option("text", "json")
def diff(old: str, new: str, layout: str) -> None:
    """Tell what differs between two editions, entry by entry and fact by fact.

    OLD and NEW are compiled files, folders of authored files, or the word "shipped" for the one of this library.
    """
    from careplan.cli.difference_page import difference_lines
    from careplan.knowledge.difference import differences

    found = differences(_edition(old), _edition(new))
    if layout == "json":
        click.echo(json.dumps([asdict(each) for each in found], indent=2, ensure_ascii=False, default=str))
        return
    for line in difference_lines(found):
        click.echo(line)


def _edition(place: str) -> Knowledge:
    """The edition at a place. Raises BadInput."""
    from careplan.knowledge import load_knowledge
    from careplan.knowledge.compilation import compile_folder
    from careplan.knowledge.compiled import Section

    path = Path(place)
    try:
        if place == SHIPPED and not path.exists():
            return load_knowledge()
        if path.is_dir():
            return Knowledge(Section.of(compile_folder(path).encode().splitlines()))
        if path.is_file():
            return load_knowledge(path)
    except KnowledgeError as error:
        raise BadInput(str(error)) from None
    raise BadInput(f'{place} is neither a compiled file nor a folder of authored files, nor "{SHIPPED}"')


@command.command()
@click.option("--overdue", is_flag=True, help="Only those whose review is due, and those that nobody has read yet.")
@click.option("--unseen", is_flag=True, help="Only those that were cited from knowledge, and not read.")
@on_option
@format_option("text", "json")
@overlay_option
def sources(overdue: bool, unseen: bool, on: date, layout: str, overlays: tuple[Path, ...]) -> None:
    """List the sources: how each was seen, and when it is to be looked at again."""
    found = [
        source
        for source in knowledge_with(overlays).sources.values()
        if (not overdue or source.overdue(on)) and (not unseen or source.seen is Seen.NO)
    ]
    if layout == "json":
        click.echo(json.dumps([source_tree(source, on) for source in found], indent=2, ensure_ascii=False))
        return
    for source in found:
        due = f"review due {source.next_review:%Y-%m-%d}" if source.next_review else "no review planned"
        click.echo(f"{source.id}: {source.citation}")
        click.echo(f"    {_SEEN[source.seen]}; {due}{f'; {source.url}' if source.url else ''}")
    click.echo(f"{len(found)} sources", err=True)


_SEEN = {Seen.FULL: "read in full", Seen.PART: "read in part", Seen.NO: "not read"}


def source_tree(source: Source, on: date) -> dict[str, object]:
    """One source for programs."""
    return {
        "id": source.id, "citation": source.citation, "year": source.year, "url": source.url,
        "seen": source.seen.value, "reviewed": source.reviewed and source.reviewed.isoformat(),
        "next_review": source.next_review and source.next_review.isoformat(), "overdue": source.overdue(on),
    }  # fmt: skip


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
