"""The compiled file: what the authored files say, no more and no less, and fresh."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest

from careplan.knowledge import Knowledge, KnowledgeError, load_knowledge
from careplan.knowledge.compilation import compile_folder
from careplan.knowledge.compiled import AUTHORED, COMPILED, Section, digest, load_compiled
from careplan.knowledge.index import INDEXED, gathered
from careplan.knowledge.inspection import check
from careplan.knowledge.sheets import SECTIONS, read_folder


class Base(Protocol):
    folder: Path

    def write(self, name: str, text: str) -> None: ...
    def replace(self, name: str, old: str, new: str) -> None: ...


def test_the_shipped_files_are_sound() -> None:
    assert [str(problem) for problem in check(AUTHORED) if not problem.warning] == []


def test_the_shipped_file_is_fresh() -> None:
    assert load_compiled()["digest"] == digest(), "run `careplan knowledge compile`"
    assert COMPILED.read_text(encoding="utf-8") == compile_folder()


def test_the_file_is_plain_json_and_is_read_by_its_lines_as_it_is_read_as_a_whole() -> None:
    whole = json.loads(COMPILED.read_bytes(), parse_float=Decimal)
    by_lines = load_compiled()
    assert list(by_lines) == list(whole)
    for section, entries in whole.items():
        assert entries == (dict(by_lines[section]) if isinstance(entries, dict) else by_lines[section])


@pytest.mark.parametrize(("section", "key"), [(section, key) for section, keys in INDEXED.items() for key in keys])
def test_the_index_holds_what_would_be_gathered(section: str, key: str) -> None:
    compiled = load_compiled()
    assert compiled["index"][f"{section} {key}"] == gathered(compiled[section], key)


def test_every_authored_entry_is_in_the_compiled_file_as_written() -> None:
    compiled = load_compiled()
    for entry in read_folder(AUTHORED).entries:
        section = compiled[entry.section]
        found = section[int(entry.place.path[-1])] if isinstance(section, list) else section[entry.id]
        written = dict(entry.raw)
        if entry.section == "drugs":
            assert found["classes"][: len(entry.raw["classes"])] == entry.raw["classes"]
            written["classes"] = found["classes"]
        assert found == _plain(written), entry.id


def _plain(value: object) -> object:
    """As JSON has it: days are text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def test_every_entry_can_be_built() -> None:
    knowledge = load_knowledge()
    for section in SECTIONS:
        table = getattr(knowledge, section)
        built = list(table.values()) if hasattr(table, "values") else list(table)
        assert len(built) == len(table)


def test_a_class_follows_from_a_flag(base: Base) -> None:
    raw = json.loads(compile_folder(base.folder))
    assert raw["drugs"]["clarithromycin"]["classes"] == ["qt-known"]
    assert raw["drugs"]["methotrexate"]["classes"] == ["csdmard-immunosuppressive"]


def test_the_digest_follows_every_change(base: Base) -> None:
    before = digest(base.folder)
    base.replace("roles.toml", "general practitioner", "family doctor")
    assert digest(base.folder) != before


def test_unsound_files_are_not_compiled(base: Base) -> None:
    base.replace("roles.toml", 'id = "gp"', 'id = "doctor"')
    with pytest.raises(KnowledgeError, match="'gp' is unknown among the roles") as caught:
        compile_folder(base.folder)
    assert [problem.file for problem in caught.value.problems] == ["classes/csdmard.toml"]


def test_a_file_of_another_format_or_none(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="careplan knowledge compile"):
        load_compiled(tmp_path / "nothing.json")
    other = tmp_path / "other.json"
    other.write_text('{"format": "careplan-knowledge/99"}')
    with pytest.raises(KnowledgeError, match="no compiled knowledge base of format careplan-knowledge/2"):
        load_compiled(other)


ROW = """
[[contraindication]]
condition = ["cirrhosis"]
grade = ["B", "C"]
severity = "warning"
source = ["bnf"]
confidence = "verified"
"""


@pytest.mark.parametrize(
    ("addition", "subjects"),
    [
        ("", ["methotrexate"]),
        ('jurisdiction = ["us"]\n', ["methotrexate"]),
        ('when = "age() > 70"\n', ["methotrexate", "csdmard"]),
        ('key = "other"\nexcept_for = ["methotrexate"]\n', ["methotrexate"]),
        ('key = "other"\n', ["methotrexate", "csdmard"]),
    ],
    ids=["same", "same-in-one-country", "narrower", "left-out", "other"],
)
def test_a_drugs_own_row_goes_before_its_classs_row(base: Base, addition: str, subjects: list[str]) -> None:
    base.write("classes/csdmard.toml", ROW + addition)
    knowledge = Knowledge(Section.of(compile_folder(base.folder).encode().splitlines()))
    assert [name for name, _ in knowledge.facts_about("methotrexate", "contraindications")] == subjects


def test_an_own_row_of_one_country_leaves_the_class_row_to_the_others(base: Base) -> None:
    base.write("classes/csdmard.toml", ROW)
    base.replace("drugs/methotrexate.toml", 'grade = ["B", "C"]', 'grade = ["B", "C"]\njurisdiction = ["uk"]')
    knowledge = Knowledge(Section.of(compile_folder(base.folder).encode().splitlines()))
    assert len(knowledge.facts_about("methotrexate", "contraindications")) == 2
