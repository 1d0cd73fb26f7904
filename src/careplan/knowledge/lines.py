"""On which line of a TOML text each key and each row stands, so that problems can name it.

The text is known to be valid TOML (tomllib has read it), so a scan of headers, keys and brackets is enough.
"""

import re
from collections import Counter

from careplan.knowledge.structure import Path

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#[^\n]*|[\[\]{}\n]')


def line_index(text: str) -> dict[Path, int]:
    """Map the path of every key, row and element of an array of tables to its line, counted from 1."""
    index: dict[Path, int] = {(): 1}
    lines = text.split("\n")
    counts: Counter[Path] = Counter()
    here: Path = ()
    number = 0
    while number < len(lines):
        line = lines[number]
        if header := _HEADER.match(line):
            here = _table(header[2].split("."), counts, is_row=header[1] == "[[")
            index[here] = number + 1
        elif key := _KEY.match(line):
            path = (*here, key[1])
            index[path] = number + 1
            number += _value_lines(lines, number, path, index)
        number += 1
    return index


def _table(names: list[str], counts: Counter[Path], *, is_row: bool) -> Path:
    """The path of a table header; in ``[[a.b]]`` the parent is the last row of ``[[a]]``."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if counts[path]:
            path = (*path, counts[path] - 1)
    path = (*path, names[-1])
    if not is_row:
        return path
    counts[path] += 1
    return (*path, counts[path] - 1)


def _value_lines(lines: list[str], first: int, path: Path, index: dict[Path, int]) -> int:
    """How many further lines a value takes; the elements of an array of tables are noted on the way."""
    text = "\n".join(lines[first:])
    position = text.index("=") + 1
    depth = line = element = 0
    quote = ""
    for token in _TOKEN.finditer(text, position):
        mark = token[0]
        if mark == "\n":
            if not depth and not quote:
                break
            line += 1
        elif quote or mark in ('"""', "'''"):
            quote = "" if quote == mark else quote or mark
        elif mark in ("[", "{"):
            if mark == "{" and depth == 1:
                index[(*path, element)] = first + line + 1
                element += 1
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
    return line


def line_of(index: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it."""
    while path not in index:
        path = path[:-1]
    return index[path]
