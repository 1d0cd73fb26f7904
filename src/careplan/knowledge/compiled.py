"""The one JSON file that ships: where it is, what it was made of, how it is read.

The file is JSON for everybody. Its lines are laid out so that it need not be read as a whole: every entry of every
section stands on a line of its own, and is decoded when it is asked for.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from careplan.knowledge.problem import KnowledgeError

FORMAT = "careplan-knowledge/2"
AUTHORED = Path(__file__).parent / "data"
COMPILED = AUTHORED / "knowledge.json"


def authored_files(folder: Path) -> list[Path]:
    """Every TOML file of a base, in a fixed order."""
    return sorted(folder.rglob("*.toml"))


def digest(folder: Path = AUTHORED) -> str:
    """SHA-256 over the names and contents of the authored files: two bases with the same digest say the same."""
    total = hashlib.sha256()
    for file in authored_files(folder):
        total.update(file.relative_to(folder).as_posix().encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def combined(base: str, overlays: Iterable[str]) -> str:
    """The digest of a base with overlays, of which order does not matter; without any it is the base's own."""
    digests = sorted(overlays)
    return hashlib.sha256("\n".join([base, *digests]).encode()).hexdigest() if digests else base


class Section(Mapping[str, Any]):
    """Entries by id, each decoded when it is asked for; numbers with a point become exact decimals."""

    def __init__(self) -> None:
        self._lines: dict[str, bytes | Section] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - an entry may be of any JSON type
        line = self._lines[name]
        return line if isinstance(line, Section) else json.loads(line.rstrip(b","), parse_float=Decimal)

    def __contains__(self, name: object) -> bool:
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> "Section":
        """Lay out the lines of a compiled file: ``"drugs":{`` opens a section, ``}`` closes it."""
        whole = here = cls()
        for line in lines:
            name, _, value = line.rstrip().partition(b'":')
            if value == b"{":
                here = whole._lines[name[1:].decode()] = cls()
            elif value:
                here._lines[name.lstrip(b'{"').decode()] = value
            else:
                here = whole
        return whole


def load_compiled(file: Path = COMPILED) -> Section:
    """Read a compiled file. Raises KnowledgeError if it is missing or of another format."""
    try:
        with file.open("rb") as lines:
            first = next(lines, b"")
            if first.rstrip() != f'{{"format":"{FORMAT}",'.encode():
                raise KnowledgeError(f"{file} is no compiled knowledge base of format {FORMAT}: compile it again")
            return Section.of(chain((first,), lines))
    except FileNotFoundError:
        raise KnowledgeError(f"{file} is missing: run `careplan knowledge compile`") from None
