"""Files and standard output that a command writes: whole, in UTF-8, or not at all."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from careplan.cli.failure import BadInput
from careplan.codec.file import write_whole

STANDARD_OUTPUT = "-"


def save(content: str | bytes, target: Path | None) -> None:
    """Write to a file, or to standard output if there is none; in UTF-8 with line feeds, whatever the terminal does.

    Raises OSError.
    """
    data = content.encode() if isinstance(content, str) else content
    if target is not None:
        write_whole(target, data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def targets(names: Sequence[str], output: str | None, *, folder: bool) -> list[Path | None]:
    """Where files of these names are written: None is standard output.

    `output` is a folder if it is there as one, ends with a slash, or `folder` says so; it is made if it is missing.
    Raises BadInput if the files have no room there.
    """
    if output is None or output == STANDARD_OUTPUT:
        if len(names) > 1:
            raise BadInput(f"{len(names)} files do not fit on standard output: name a folder with --output")
        return [None for _ in names]
    place = Path(output)
    if not (folder or place.is_dir() or output.endswith(("/", os.sep))):
        return [place for _ in names]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise BadInput(f"{output}: several files would be named {', '.join(twice)}; write them to different folders")
    place.mkdir(parents=True, exist_ok=True)
    return [place / name for name in names]


def spare(files: Iterable[Path | None], *, force: bool) -> None:
    """Refuse to write over files that may have been edited by hand, unless that is wanted."""
    there = [str(file) for file in files if file is not None and file.exists()]
    if there and not force:
        raise BadInput(f"{', '.join(there)}: there already; --force writes over it")


def tell_written(files: Iterable[Path | None]) -> None:
    """Say on standard error what was written."""
    for file in files:
        if file is not None:
            click.echo(f"Wrote {file}", err=True)
