"""Files that a command reads: plans and records, singly, from folders, or from standard input."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from attrs import frozen

from careplan.cli.arguments import STANDARD_INPUT
from careplan.cli.failure import BadInput, reason
from careplan.cli.terminal import watched
from careplan.codec import PlanError, Problem, loads
from careplan.codec.text import MAX_BYTES
from careplan.model import CarePlan

_RECORDS = ".fhir.json"
"""How files of records are named, so that a folder of plans may hold them too."""


@frozen
class Loaded:
    """A plan and where it came from."""

    source: Path
    plan: CarePlan


@frozen
class Refused:
    """A file that holds no plan, and everything that is wrong with it; one that cannot be read has no path inside."""

    source: Path
    problems: tuple[Problem, ...]
    more: int = 0

    def __str__(self) -> str:
        if not self.problems[0].path:
            return f"{shown(self.source)}: {self.problems[0].found}"
        return str(PlanError(self.problems, self.more, shown(self.source)))


def shown(source: Path) -> str:
    """What to call a file when speaking to people."""
    return "standard input" if source == STANDARD_INPUT else str(source)


def plan_files(sources: Iterable[Path]) -> list[Path]:
    """The files that are meant, each once: a folder stands for every ``*.json`` in it that is no record."""
    return _files(sources, lambda file: not file.name.endswith(_RECORDS), "no plans (*.json)")


def record_files(sources: Iterable[Path]) -> list[Path]:
    """The records that are meant, each once: a folder stands for every ``*.json`` in it."""
    return _files(sources, lambda _: True, "no records (*.json)")


def _files(sources: Iterable[Path], wanted: Callable[[Path], bool], none: str) -> list[Path]:
    found: list[Path] = []
    for source in sources:
        if source == STANDARD_INPUT or not source.is_dir():
            found.append(source)
            continue
        inside = sorted(file for file in source.glob("*.json") if not file.name.startswith("."))
        kept = [file for file in inside if wanted(file)]
        skipped = len(inside) - len(kept)
        if skipped:
            click.echo(f"{source}: left out {skipped} of {len(inside)} files: *{_RECORDS} are no plans.", err=True)
        if not kept:
            raise BadInput(f"{source}: the folder holds {none}")
        found += kept
    return list(dict.fromkeys(found))


def load_plans(files: list[Path]) -> tuple[list[Loaded], list[Refused]]:
    """Read every file; those that are no plan are kept with their problems, so that all are told at once."""
    loaded, refused = [], []
    for file in watched(files, "Reading"):
        try:
            loaded.append(Loaded(file, loads(read(file, MAX_BYTES + 1))))
        except PlanError as error:
            refused.append(Refused(file, error.problems, error.more))
        except OSError as error:
            refused.append(Refused(file, (Problem("", reason(error).removeprefix(f"{file}: ")),)))
    return loaded, refused


def read(source: Path, at_most: int = -1) -> bytes:
    """The bytes of a file or of standard input, `at_most` so many. Raises OSError."""
    if source == STANDARD_INPUT:
        return sys.stdin.buffer.read(at_most)
    with source.open("rb") as file:
        return file.read(at_most)


def tell(refused: Iterable[Refused]) -> None:
    """Say on standard error what is wrong with files that are no plans."""
    for file in refused:
        click.echo(f"Error: {file}", err=True)
