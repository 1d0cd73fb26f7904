"""What a person sees while waiting and reading: consoles, colours, progress."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")


def console() -> "Console":
    """Standard output, wrapped to its width; in colour only on a terminal, and never with NO_COLOR set."""
    from rich.console import Console

    class Page(Console):
        def on_broken_pipe(self) -> None:
            """Leave it to the application: an exit code of its own would read as a finding."""
            raise BrokenPipeError

    return Page(file=sys.stdout, highlight=False, markup=False, emoji=False)


def watched(items: Sequence[T], doing: str) -> Iterator[T]:
    """Give the items, with a progress bar on standard error if that is a terminal and there are several."""
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        yield from progress.track(items, description=doing)
