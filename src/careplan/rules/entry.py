"""One table of a rule file, read key by key; what is wrong is noted with file, line and column."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import TypeVar

from attrs import define, field, frozen

from careplan.rules.names import nearest
from careplan.rules.problem import SentenceError, did_you_mean
from careplan.rules.sentence import Sentence

_Member = TypeVar("_Member", bound=Enum)
_Kind = TypeVar("_Kind", str, int, bool, datetime.date)


@frozen
class Flaw:
    """One thing that is wrong in a rule file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.where}: {self.text}"


@define
class Entry:
    """A TOML table with the place where it stands. Reading a wrong key notes a flaw and gives the default."""

    file: str
    source: str
    start: int
    """Where the text of the table begins in the source."""
    table: Mapping[str, object]
    where: str
    flaws: list[Flaw] = field(factory=list)
    read: set[str] = field(factory=set)

    def part(self, table: Mapping[str, object], where: str) -> "Entry":
        """A table inside this one; its flaws join these."""
        return Entry(self.file, self.source, self.start, table, f"{self.where}, {where}", self.flaws)

    def flaw(self, text: str, *, at: int | None = None) -> None:
        """Note what is wrong."""
        before = self.source[: self.start if at is None else at]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        self.flaws.append(Flaw(self.file, line, column, self.where, text))

    def value(self, key: str, kind: type[_Kind], default: _Kind) -> _Kind:
        """A value of one kind that may be left out."""
        self.read.add(key)
        value = self.table.get(key, default)
        if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
            return value
        self.flaw(f"{key} is {value!r}: expected {_KINDS[kind]}")
        return default

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.value(key, str, "")
        if key not in self.table or (isinstance(self.table[key], str) and not value.strip()):
            self.flaw(f"{key} is missing")
        return value

    def day(self, key: str) -> datetime.date | None:
        """A date that may be left out."""
        self.read.add(key)
        return self.value(key, datetime.date, datetime.date.min) if key in self.table else None

    def texts(self, key: str, known: Iterable[str] | None = None, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts, each of them known if a list of known ones is given."""
        self.read.add(key)
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            self.flaw(f'{key} is {value!r}: expected a list of texts, such as ["one", "two"]')
            return ()
        if needed and not value:
            self.flaw(f"{key} is missing: at least one is needed")
        names = set(value if known is None else known)
        for text in value:
            if text not in names:
                self.flaw(f'{key} holds "{text}", which is not known. {did_you_mean(nearest(text, names))}'.rstrip())
        return tuple(value)

    def member(self, key: str, members: Mapping[str, _Member]) -> _Member:
        """One of a vocabulary's words."""
        word = self.text(key)
        if word in members:
            return members[word]
        if word:
            self.flaw(f'{key} is "{word}": expected one of {", ".join(members)}')
        return next(iter(members.values()))

    def tables(self, key: str) -> tuple[Mapping[str, object], ...]:
        """A list of tables."""
        self.read.add(key)
        value = self.table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return tuple(value)
        self.flaw(f"{key} is {value!r}: expected a list of tables")
        return ()

    def sentence(self, parse: Callable[[str], Sentence]) -> Sentence | None:
        """The sentence under `when`; its problems are placed in the file."""
        text = self.text("when")
        if not text:
            return None
        try:
            return parse(text)
        except SentenceError as error:
            found = self.source.find(text.strip(), self.start)
            for problem in error.problems:
                place = None if found < 0 else _offset(text.strip(), problem.line, problem.column) + found
                self.flaw(
                    f"when: found {problem.found}; expected {problem.expected}. {problem.hint}".rstrip(), at=place
                )
            return None

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.table:
            if key not in self.read:
                self.flaw(f"{key} is no key of this table. {did_you_mean(nearest(key, self.read))}".rstrip())


_KINDS = {str: "a text", int: "a whole number", bool: "true or false", datetime.date: "a date, such as 2026-03-01"}


def _offset(text: str, line: int, column: int) -> int:
    lines = text.splitlines(keepends=True)
    return sum(len(each) for each in lines[: line - 1]) + column - 1
