"""Arguments and options that several commands share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from careplan.cli.failure import BadInput

if TYPE_CHECKING:
    from careplan.knowledge import Knowledge

STANDARD_INPUT = Path("-")
"""What stands for standard input among files."""

Command = TypeVar("Command", bound=Callable[..., object])


def day(text: str) -> date:
    """Read a day of the calendar. Raises BadParameter for anything but YYYY-MM-DD."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise click.BadParameter(f"{text!r} is not a day of the calendar: write it as 2026-03-01")
    return found


def on_option(command: Command) -> Command:
    """``--on``: the day that "today" is taken to be."""
    return click.option(
        "--on",
        type=day,
        metavar="YYYY-MM-DD",
        default=lambda: date.today().isoformat(),
        show_default="today",
        help="The day to judge and schedule for.",
    )(command)


def overlay_option(command: Command) -> Command:
    """``--overlay``: a clinic's own knowledge, any number of folders."""
    return click.option(
        "--overlay",
        "overlays",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        multiple=True,
        help="A clinic's own knowledge, laid over the library's; may be given several times.",
    )(command)


def knowledge_with(overlays: tuple[Path, ...]) -> "Knowledge":
    """The knowledge base with overlays. Raises BadInput if one cannot be used, with all its problems."""
    from careplan.knowledge import KnowledgeError, load_knowledge

    try:
        return load_knowledge(overlays=overlays)
    except KnowledgeError as error:
        if not overlays:
            raise
        raise BadInput(str(error)) from None


def json_option(command: Command) -> Command:
    """``--json``: for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def plans_argument(command: Command) -> Command:
    """One or more plans, or folders of plans; ``-`` is standard input."""
    return click.argument("plans", metavar="PLAN...", nargs=-1, required=True, type=click.Path(path_type=Path))(command)


def output_option(text: str) -> Callable[[Command], Command]:
    """``--output``: a file or a folder; kept as it was typed, since a trailing slash says which."""
    return click.option("-o", "--output", metavar="FILE|FOLDER", help=text)


def force_option(command: Command) -> Command:
    """``--force``: write over plans that are there."""
    return click.option("--force", is_flag=True, help="Write over a plan that is there already.")(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``--format``: how to print; the first is the usual one."""
    return click.option(
        "--format", "layout", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print it."
    )
