"""The authored files as they are read: what stands where."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from careplan.knowledge.lines import line_of
from careplan.knowledge.problem import Problem
from careplan.knowledge.structure import Path


@frozen(eq=False)
class Sheet:
    """One authored file."""

    name: str
    raw: dict[str, Any]
    lines: dict[Path, int]

    def problem(self, path: Path, text: str, *, warning: bool = False) -> Problem:
        """A problem at a place in this file."""
        return Problem(self.name, line_of(self.lines, path), text, warning)


@frozen(eq=False)
class Place:
    """A part of a file: reads as file and line."""

    sheet: Sheet
    path: Path

    def under(self, path: Path) -> "Place":
        """A place within this one."""
        return evolve(self, path=(*self.path, *path))

    def problem(self, text: str, *, warning: bool = False) -> Problem:
        """A problem here."""
        return self.sheet.problem(self.path, text, warning=warning)

    def __str__(self) -> str:
        return f"{self.sheet.name}:{line_of(self.sheet.lines, self.path)}"


@frozen(eq=False, kw_only=True)
class Written:
    """One thing of one section as it is written.

    `moved` tells where parts of it stand that another file states; `numbered` things have no id, only a place.
    """

    section: str
    id: str
    raw: dict[str, Any]
    place: Place
    moved: Mapping[Path, Place] = field(factory=dict)
    numbered: bool = False

    def at(self, path: Path) -> Place:
        """Where a part of this stands."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.moved:
                return self.moved[path[:end]].under(path[end:])
        return self.place.under(path)

    def problem(self, path: Path, text: str, *, warning: bool = False) -> Problem:
        """A problem at a place within this."""
        return self.at(path).problem(f"{self.id}: {text}", warning=warning)

    def structured(self, value: object) -> "Entry":
        """The same, with what was made of it."""
        return Entry(
            section=self.section, id=self.id, raw=self.raw, place=self.place, moved=self.moved, numbered=self.numbered,
            value=value,
        )  # fmt: skip


@frozen(eq=False, kw_only=True)
class Entry(Written):
    """One thing of one section, as written and as structured (`value`)."""

    value: Any
