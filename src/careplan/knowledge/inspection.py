"""Does the knowledge base hold together? Every rule that the files must keep, asked of all of them at once."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path as FilePath
from typing import Any

import attrs

from careplan.knowledge import codes
from careplan.knowledge.consistency import consistency
from careplan.knowledge.entry import Entry
from careplan.knowledge.fact import Code, Fact, attributes
from careplan.knowledge.problem import KnowledgeError, Problem, near
from careplan.knowledge.sheets import Folder, read_folder
from careplan.knowledge.structure import Path

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Place = tuple[Path, "attrs.Attribute[Any]", Any]
Known = tuple[Iterable[str], set[str]]
"""Sections, and the ids that are in them."""


def check(folder: FilePath, overlays: Sequence[FilePath] = ()) -> tuple[Problem, ...]:
    """Everything that is wrong in a knowledge base with overlays, in the order of files and lines; warnings too."""
    return problems_of(read_folder(folder, overlays))


def problems_of(read: Folder) -> tuple[Problem, ...]:
    """Everything that is wrong in files that were read."""
    problems = [*read.problems, *_ids(read), *_rows(read), *_repeated_entries(read), *_unused_sources(read)]
    if not any(not problem.warning for problem in problems):
        problems += consistency(read)
    return tuple(sorted(problems))


def sound(folder: FilePath, overlays: Sequence[FilePath] = ()) -> Folder:
    """Read a folder that must be free of errors. Raises KnowledgeError with all of them."""
    read = read_folder(folder, overlays)
    errors = tuple(problem for problem in problems_of(read) if not problem.warning)
    if errors:
        raise KnowledgeError(f"{' with '.join(map(str, (folder, *overlays)))} is no sound knowledge base:", errors)
    return read


def places(value: object, path: Path = ()) -> Iterator[Place]:
    """Walk through an entry and all rows in it: every attribute that is stated, with its path in the file."""
    for attribute in attributes(type(value)):
        content = getattr(value, attribute.name)
        if content is None or content == ():
            continue
        here = (*path, attribute.metadata.get("key", attribute.name))
        yield here, attribute, content
        if isinstance(content, tuple):
            for number, item in enumerate(content):
                if attrs.has(type(item)):
                    yield from places(item, (*here, number))
        elif isinstance(content, Fact):
            yield from places(content, here)


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        for item in content:
            yield from _texts(item)


def known_ids(read: Folder) -> dict[str, set[str]]:
    """The ids of every section; ``medicines`` are drugs, classes and products together."""
    ids = defaultdict(set, {section: set(names) for section, names in read.ids.items()})
    ids["medicines"] = ids["drugs"] | ids["classes"] | ids["products"]
    ids["age"] = {"age"}
    return ids


def _ids(read: Folder) -> Iterator[Problem]:
    """Ids that a plan could not write, ids that are taken, a file that is not named as its drug."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in read.entries:
        if "id" in entry.raw and not _ID.fullmatch(entry.id):
            yield entry.problem(("id",), "an id is words and digits in lower case, joined by hyphens")
        family = "medicines" if entry.section in ("drugs", "classes", "products") else entry.section
        first = seen.setdefault((family, entry.id), entry)
        if first is not entry:
            yield entry.problem(("id",), f"this id is taken, at {first.place}")
        file = FilePath(entry.place.sheet.name)
        if entry.section == "drugs" and not entry.place.path and file.stem != entry.id:
            yield entry.problem(("id",), f"the file is named {file.as_posix()}: name it {entry.id}.toml")


def _rows(read: Folder) -> Iterator[Problem]:
    """Dangling ids, codes with a wrong check digit, sentences that are no expressions, the same statement twice."""
    ids = known_ids(read)
    renamed = {key: entry.id for entry in read.of("sources") for key in (*entry.value.also, entry.id.upper())}
    for entry in read.entries:
        for path, attribute, content in places(entry.value):
            sections = attribute.metadata.get("names")
            if sections:
                known = (sections, set().union(*(ids[section] for section in sections)))
                yield from _dangling(entry, path, content, known, renamed)
            if attribute.metadata.get("sentence"):
                yield from _unreadable(entry, path, content)
            if isinstance(content, tuple) and content and isinstance(content[0], Code):
                yield from _wrong_codes(entry, path, content)
            if isinstance(content, tuple) and content and isinstance(content[0], Fact):
                yield from _repeated(entry, path, content)


def _repeated_entries(read: Folder) -> Iterator[Problem]:
    """As rows of one table: entries without an id that say something about the same thing in the same country."""
    seen: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in read.entries:
        if entry.numbered:
            earlier = seen[entry.section, entry.value.identity]
            for other in earlier:
                if _same_country(entry.value, other.value):
                    yield entry.problem(
                        (), f"says the same thing as {other.place}: join them, or tell them apart by 'key'"
                    )
            earlier.append(entry)


def _dangling(entry: Entry, path: Path, content: object, known: Known, renamed: dict[str, str]) -> Iterator[Problem]:
    sections, names = known
    for name in _texts(content):
        if name not in names:
            hint = f"; did you mean {renamed[name]!r}?" if name in renamed else near(name, names)
            yield entry.problem(path, f"{name!r} is unknown among the {' and '.join(sections)}{hint}")


def _unreadable(entry: Entry, path: Path, text: str) -> Iterator[Problem]:
    try:
        ast.parse(text, mode="eval")
    except SyntaxError as error:
        yield entry.problem(path, f"{text!r} cannot be read as a sentence: {error.msg}")


def _wrong_codes(entry: Entry, path: Path, content: tuple[Code, ...]) -> Iterator[Problem]:
    for number, code in enumerate(content):
        wrong = codes.mistake(code.system, code.code)
        if wrong:
            yield entry.problem((*path, number), wrong)


def _repeated(entry: Entry, path: Path, content: tuple[Fact, ...]) -> Iterator[Problem]:
    """Two rows of one table that say something about the same thing in the same country."""
    seen: dict[tuple[object, ...], list[tuple[int, Fact]]] = defaultdict(list)
    for number, fact in enumerate(content):
        if hasattr(fact, "id"):
            continue
        for earlier, other in seen[fact.identity]:
            if _same_country(fact, other):
                yield _same(entry, (*path, earlier), (*path, number))
        seen[fact.identity].append((number, fact))


def _same_country(one: Fact, other: Fact) -> bool:
    return not one.jurisdiction or not other.jurisdiction or not {*one.jurisdiction}.isdisjoint(other.jurisdiction)


def _same(entry: Entry, first: Path, second: Path) -> Problem:
    """Say of two rows that one is too many; where another file states the first, how to put this in its place."""
    if entry.at(first).sheet is entry.at(second).sheet:
        text = f"says the same thing as row {int(first[-1]) + 1} of this table: join them, or tell them apart by 'key'"
    else:
        told = "say in 'replaces' what no longer holds, or tell them apart by 'key'"
        text = f"says the same thing as {entry.at(first)}: {told}"
    return entry.problem(second, text)


def _unused_sources(read: Folder) -> Iterator[Problem]:
    used: Counter[str] = Counter()
    for entry in read.entries:
        for _, attribute, content in places(entry.value):
            if attribute.metadata.get("names") == ("sources",):
                used.update(content)
    for entry in read.of("sources"):
        if not used[entry.id]:
            yield entry.problem((), "no fact cites this source", warning=True)
