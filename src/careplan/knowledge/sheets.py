"""The authored files of a knowledge base and of overlays: read, laid on each other, structured."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, TypeVar

from attrs import field, frozen

from careplan.knowledge.catalogue import (
    Allergen,
    Analyte,
    ConditionConcept,
    Exposure,
    Question,
    RecordPart,
    RoleConcept,
    Screen,
    TherapyConcept,
    VaccineConcept,
)
from careplan.knowledge.compiled import authored_files, digest
from careplan.knowledge.drug import ClassFacts, CombinationProduct, Drug, DrugClass, Interaction
from careplan.knowledge.entry import Entry, Place, Sheet, Written
from careplan.knowledge.lines import line_index
from careplan.knowledge.merging import Layers
from careplan.knowledge.overlay import Overlay
from careplan.knowledge.problem import Problem
from careplan.knowledge.reference import (
    Abbreviation,
    AdrenalThreshold,
    Disagreement,
    Doubt,
    Edition,
    OpioidFactor,
    OpioidThreshold,
    Source,
    SteroidFactor,
)
from careplan.knowledge.structure import Path, RefusedError, structure

T = TypeVar("T")

EDITION = "knowledge.toml"
_TABLES: dict[str, dict[str, tuple[str, type[Any]]]] = {
    "classes.toml": {"class": ("classes", DrugClass)},
    "partners.toml": {"drug": ("drugs", Drug)},
    "products.toml": {"product": ("products", CombinationProduct)},
    "analytes.toml": {"analyte": ("analytes", Analyte)},
    "conditions.toml": {"condition": ("conditions", ConditionConcept)},
    "screens.toml": {"screen": ("screens", Screen)},
    "vaccines.toml": {"vaccine": ("vaccines", VaccineConcept), "exposure": ("exposures", Exposure)},
    "roles.toml": {"role": ("roles", RoleConcept)},
    "questions.toml": {"question": ("questions", Question)},
    "records.toml": {"record": ("records", RecordPart)},
    "therapies.toml": {"therapy": ("therapies", TherapyConcept)},
    "allergens.toml": {"allergen": ("allergens", Allergen)},
    "equivalence.toml": {
        "opioid": ("opioids", OpioidFactor),
        "opioid_threshold": ("opioid_thresholds", OpioidThreshold),
        "steroid": ("steroids", SteroidFactor),
        "adrenal": ("adrenals", AdrenalThreshold),
    },
    "sources.toml": {"source": ("sources", Source)},
    "abbreviations.toml": {"abbreviation": ("abbreviations", Abbreviation)},
    "disagreements.toml": {"disagreement": ("disagreements", Disagreement), "doubt": ("doubts", Doubt)},
}
_FOLDERS: dict[str, tuple[str, type[Any]]] = {"drugs": ("drugs", Drug), "classes": ("class_facts", ClassFacts)}
_INTERACTIONS: dict[str, tuple[str, type[Any]]] = {"interaction": ("interactions", Interaction)}

SECTIONS: dict[str, type[Any]] = {
    section: kind
    for tables in (*_TABLES.values(), _INTERACTIONS, {"": _FOLDERS["drugs"]}, {"": _FOLDERS["classes"]})
    for section, kind in tables.values()
}
"""Every section of the compiled base, and the class of its entries."""
LISTS = ("opioids", "steroids", "adrenals")
"""Sections whose entries have no id."""


@frozen(eq=False)
class Folder:
    """All authored files of a base: what could be structured, and what could not."""

    edition: Edition | None
    entries: tuple[Entry, ...]
    ids: Mapping[str, Collection[str]]
    """The ids of each section, also of entries that could not be structured."""
    problems: tuple[Problem, ...]
    overlays: tuple[Overlay, ...] = ()

    def of(self, section: str) -> Iterator[Entry]:
        """The entries of one section."""
        return (entry for entry in self.entries if entry.section == section)


@frozen(eq=False)
class _Reading:
    """Files being read: the base, or one overlay."""

    label: str
    """What stands before the names of files in messages: nothing for the base."""
    problems: list[Problem]
    written: list[Written] = field(factory=list)

    def edition(self, folder: FilePath) -> Edition | None:
        """Read every file of the folder; give its edition, if it names one."""
        edition = None
        for file in authored_files(folder):
            name = file.relative_to(folder).as_posix()
            sheet = self._sheet(file, self.label + name)
            if sheet is None:
                continue
            if name == EDITION:
                edition = structured(Edition, sheet.raw, Place(sheet, ()).under, "", self.problems)
            elif not self._content(sheet, name):
                self.problems.append(sheet.problem((), "no file of this name belongs to a knowledge base"))
        if edition is None and not any(problem.file == self.label + EDITION for problem in self.problems):
            self.problems.append(Problem(self.label + EDITION, 1, "the file is missing: it names the edition"))
        return edition

    def _sheet(self, file: FilePath, name: str) -> Sheet | None:
        text = file.read_text(encoding="utf-8")
        try:
            raw = tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            line = str(error).partition("at line ")[2].partition(",")[0]
            self.problems.append(Problem(name, int(line) if line.isdigit() else text.count("\n"), str(error)))
            return None
        return Sheet(name, raw, line_index(text))

    def _content(self, sheet: Sheet, name: str) -> bool:
        """Take over what a file holds; whether a file of this name can hold anything."""
        parent = name.partition("/")[0]
        if name in _TABLES:
            self._rows(sheet, _TABLES[name])
        elif parent == "interactions":
            self._rows(sheet, _INTERACTIONS)
        elif parent in _FOLDERS and name.count("/") == 1:
            self._entry(_FOLDERS[parent][0], sheet.raw, Place(sheet, ()), FilePath(name).stem)
        else:
            return False
        return True

    def _rows(self, sheet: Sheet, tables: dict[str, tuple[str, type[Any]]]) -> None:
        for table, content in sheet.raw.items():
            if table not in tables or not isinstance(content, list):
                expected = " or ".join(f"[[{name}]]" for name in tables)
                self.problems.append(sheet.problem((table,), f"{table!r} does not belong here: expected {expected}"))
                continue
            for number, raw in enumerate(content):
                self._entry(tables[table][0], raw, Place(sheet, (table, number)), f"{table} {number}")

    def _entry(self, section: str, raw: object, place: Place, fallback: str) -> None:
        if not isinstance(raw, dict):
            self.problems.append(place.problem(f"{raw!r} is not a table"))
            return
        name = raw.get("id", fallback)
        if not isinstance(name, str):
            self.problems.append(place.under(("id",)).problem(f"{name!r} is not a text"))
            return
        self.written.append(Written(section=section, id=name, raw=raw, place=place, numbered=section in LISTS))


def structured(
    kind: type[T], raw: object, at: Callable[[Path], Place], prefix: str, problems: list[Problem]
) -> T | None:
    """Make a `kind` of what is written; None, and the problems noted, if that cannot be."""
    try:
        return structure(kind, raw)
    except RefusedError as refused:
        for place, text in refused.mistakes:
            where = " ".join(str(step + 1) if isinstance(step, int) else str(step) for step in place)
            problems.append(at(place).problem(f"{prefix}{where}: {text}" if where else f"{prefix}{text}"))
        return None


def read_folder(folder: FilePath, overlays: Sequence[FilePath] = ()) -> Folder:
    """Read every authored file of a knowledge base, and lay overlays on it. Problems are collected, never raised."""
    problems: list[Problem] = []
    base = _Reading("", problems)
    edition = base.edition(folder)
    written: Sequence[Written] = base.written
    laid: tuple[Overlay, ...] = ()
    if overlays:
        layers = Layers(SECTIONS, base.written, problems)
        laid = tuple(_laid(layers, overlays))
        written = layers.written()
    entries = []
    ids: dict[str, set[str]] = defaultdict(set)
    for each in written:
        ids[each.section].add(each.id)
        value = structured(SECTIONS[each.section], each.raw, each.at, f"{each.id}: ", problems)
        if value is not None:
            entries.append(each.structured(value))
    return Folder(edition, tuple(entries), ids, tuple(problems), laid)


def _laid(layers: Layers, folders: Sequence[FilePath]) -> Iterator[Overlay]:
    """Lay the overlays, in the order of their names, so that the order in which they are given makes no difference."""
    readings = []
    for folder in folders:
        reading = _Reading(f"{folder.as_posix()}/", layers.problems)
        edition = reading.edition(folder)
        if edition is not None:
            readings.append((edition, reading, folder))
    for edition, reading, folder in sorted(readings, key=lambda each: each[0].name):
        if [other.name for other, _, _ in readings].count(edition.name) > 1:
            text = f"{edition.name!r} is the name of another overlay too"
            layers.problems.append(Problem(reading.label + EDITION, 1, text))
        yield Overlay(
            name=edition.name, version=edition.version, date=edition.dated, digest=digest(folder),
            notices=edition.notices, changes=layers.lay(reading.written),
        )  # fmt: skip
