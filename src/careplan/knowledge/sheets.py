"""The authored files of a knowledge base: read, structured, and every entry found again by file and line."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
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
from careplan.knowledge.compiled import authored_files
from careplan.knowledge.drug import ClassFacts, CombinationProduct, Drug, DrugClass, Interaction
from careplan.knowledge.lines import line_index, line_of
from careplan.knowledge.problem import Problem
from careplan.knowledge.reference import (
    Abbreviation,
    AdrenalThreshold,
    Disagreement,
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
    "disagreements.toml": {"disagreement": ("disagreements", Disagreement)},
}
_FOLDERS: dict[str, tuple[str, type[Any]]] = {"drugs": ("drugs", Drug), "classes": ("class_facts", ClassFacts)}
_INTERACTIONS: dict[str, tuple[str, type[Any]]] = {"interaction": ("interactions", Interaction)}

SECTIONS: dict[str, type[Any]] = {
    section: kind
    for tables in (*_TABLES.values(), _INTERACTIONS, {"": _FOLDERS["drugs"]}, {"": _FOLDERS["classes"]})
    for section, kind in tables.values()
}
"""Every section of the compiled base, and the class of its entries."""


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
class Entry:
    """One thing of one section: as written (`raw`), as structured (`value`), and where (`sheet`, `path`)."""

    section: str
    id: str
    raw: dict[str, Any]
    value: Any
    sheet: Sheet
    path: Path

    @property
    def place(self) -> str:
        """File and line where the entry begins."""
        return f"{self.sheet.name}:{line_of(self.sheet.lines, self.path)}"

    def problem(self, path: Path, text: str, *, warning: bool = False) -> Problem:
        """A problem at a place within this entry."""
        return self.sheet.problem((*self.path, *path), f"{self.id}: {text}", warning=warning)


@frozen(eq=False)
class Folder:
    """All authored files of a base: what could be structured, and what could not."""

    edition: Edition | None
    entries: tuple[Entry, ...]
    ids: Mapping[str, Collection[str]]
    """The ids of each section, also of entries that could not be structured."""
    problems: tuple[Problem, ...]

    def of(self, section: str) -> Iterator[Entry]:
        """The entries of one section."""
        return (entry for entry in self.entries if entry.section == section)


@frozen(eq=False)
class _Reading:
    """A folder being read."""

    entries: list[Entry] = field(factory=list)
    ids: dict[str, set[str]] = field(factory=lambda: defaultdict(set))
    problems: list[Problem] = field(factory=list)

    def sheet(self, file: FilePath, name: str) -> Sheet | None:
        text = file.read_text(encoding="utf-8")
        try:
            raw = tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            line = str(error).partition("at line ")[2].partition(",")[0]
            self.problems.append(Problem(name, int(line) if line.isdigit() else text.count("\n"), str(error)))
            return None
        return Sheet(name, raw, line_index(text))

    def entry(self, section: str, kind: type[Any], raw: object, sheet: Sheet, path: Path) -> None:
        fallback = FilePath(sheet.name).stem if not path else f"{path[0]} {path[1]}"
        name = raw.get("id", fallback) if isinstance(raw, dict) else fallback
        self.ids[section].add(name)
        value = self.structured(kind, raw, sheet, path, f"{name}: ")
        if value is not None and isinstance(raw, dict):
            self.entries.append(Entry(section, name, raw, value, sheet, path))

    def structured(self, kind: type[T], raw: object, sheet: Sheet, path: Path, prefix: str = "") -> T | None:
        try:
            return structure(kind, raw)
        except RefusedError as refused:
            for place, text in refused.mistakes:
                where = " ".join(str(step + 1) if isinstance(step, int) else str(step) for step in place)
                self.problems.append(
                    sheet.problem((*path, *place), f"{prefix}{where}: {text}" if where else f"{prefix}{text}")
                )
            return None

    def tables(self, sheet: Sheet, tables: dict[str, tuple[str, type[Any]]]) -> None:
        for table, content in sheet.raw.items():
            if table not in tables or not isinstance(content, list):
                expected = " or ".join(f"[[{name}]]" for name in tables)
                self.problems.append(sheet.problem((table,), f"{table!r} does not belong here: expected {expected}"))
                continue
            section, kind = tables[table]
            for number, raw in enumerate(content):
                self.entry(section, kind, raw, sheet, (table, number))


def read_folder(folder: FilePath) -> Folder:
    """Read every authored file of a knowledge base. Problems are collected, never raised."""
    reading = _Reading()
    edition = None
    for file in authored_files(folder):
        name = file.relative_to(folder).as_posix()
        sheet = reading.sheet(file, name)
        if sheet is None:
            continue
        parent = name.partition("/")[0]
        if name == EDITION:
            edition = reading.structured(Edition, sheet.raw, sheet, ())
        elif name in _TABLES:
            reading.tables(sheet, _TABLES[name])
        elif parent == "interactions":
            reading.tables(sheet, _INTERACTIONS)
        elif parent in _FOLDERS and name.count("/") == 1:
            section, kind = _FOLDERS[parent]
            reading.entry(section, kind, sheet.raw, sheet, ())
        else:
            reading.problems.append(Problem(name, 1, "no file of this name belongs to a knowledge base"))
    if edition is None and not any(problem.file == EDITION for problem in reading.problems):
        reading.problems.append(Problem(EDITION, 1, "the file is missing: it names the edition"))
    return Folder(edition, tuple(reading.entries), reading.ids, tuple(reading.problems))
