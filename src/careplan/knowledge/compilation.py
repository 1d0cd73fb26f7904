"""Making the compiled file: the authored files, checked and merged."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careplan.knowledge.compiled import AUTHORED, FORMAT, combined, digest
from careplan.knowledge.hierarchy import ancestors
from careplan.knowledge.index import INDEXED, gathered
from careplan.knowledge.inspection import sound
from careplan.knowledge.problem import KnowledgeError
from careplan.knowledge.sheets import LISTS, SECTIONS, Folder

if TYPE_CHECKING:
    from careplan.knowledge.drug import DrugClass


def compile_folder(folder: Path = AUTHORED, overlays: Sequence[Path] = ()) -> str:
    """Merge the authored files, and overlays with them, into JSON text: one entry a line.

    Raises KnowledgeError if they are not sound.
    """
    read = sound(folder, overlays)
    if read.edition is None:  # sound() has refused it; this tells the type checker
        raise KnowledgeError(f"{folder} names no edition")
    head: dict[str, object] = {
        "format": FORMAT,
        "name": read.edition.name,
        "version": read.edition.version,
        "date": read.edition.dated,
        "digest": combined(digest(folder), (overlay.digest for overlay in read.overlays)),
        "notices": [*read.edition.notices, *(notice for overlay in read.overlays for notice in overlay.notices)],
    }
    if read.overlays:
        head["overlays"] = [overlay.tree for overlay in read.overlays]
    sections = {section: _section(read, section) for section in SECTIONS if section not in LISTS}
    lists = {section: [entry.raw for entry in read.of(section)] for section in LISTS}
    index = {f"{section} {key}": gathered(sections[section], key) for section, keys in INDEXED.items() for key in keys}
    parts = [f"{_json(key)}:{_json(value)}" for key, value in (head | lists).items()]
    parts += [f"{_json(name)}:{{\n{_lines(entries)}\n}}" for name, entries in (sections | {"index": index}).items()]
    return "{" + ",\n".join(parts) + "}\n"


def _lines(entries: Mapping[str, object]) -> str:
    return ",\n".join(f"{_json(name)}:{_json(entry)}" for name, entry in entries.items())


def _section(read: Folder, section: str) -> dict[str, dict[str, Any]]:
    flagged = _flagged_classes(read) if section == "drugs" else {}
    entries = sorted(read.of(section), key=lambda entry: entry.id)
    return {entry.id: _compiled(entry.raw, flagged.get(entry.id, ())) for entry in entries}


def _compiled(raw: dict[str, Any], classes: tuple[str, ...]) -> dict[str, Any]:
    if not classes:
        return raw
    return raw | {"classes": [*raw["classes"], *(name for name in classes if name not in raw["classes"])]}


def _flagged_classes(read: Folder) -> dict[str, tuple[str, ...]]:
    """For each drug the classes that follow from its flags, its own or those of a class of its."""
    classes: dict[str, DrugClass] = {entry.id: entry.value for entry in read.of("classes")}
    of_class: dict[str, Mapping[str, Any]] = {entry.id: entry.raw.get("flags", {}) for entry in read.of("class_facts")}
    found = {}
    for drug in read.of("drugs"):
        flags: dict[str, Any] = {}
        for name in sorted(ancestors(drug.value.classes, lambda name: classes[name].parents)):
            flags |= of_class.get(name, {})
        flags |= drug.raw.get("flags", {})
        found[drug.id] = tuple(
            name for name, kind in classes.items() if kind.holds_flag(flags) and drug.id not in kind.except_for
        )
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    """Decimals as JSON numbers with the same digits, dates as text."""
    if isinstance(value, Decimal):
        number = float(value)
        if Decimal(repr(number)) != value:
            raise KnowledgeError(f"{value} has more digits than a JSON number keeps")
        return number
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot stand in JSON")
