"""`careplan knowledge`: a page for a pharmacist, and the two steps of whoever maintains the data."""

import json
import shutil
from pathlib import Path

import pytest

from careplan.cli.drug_sentences import SENTENCES, Say
from careplan.cli.drug_words import row_words
from careplan.knowledge import load_knowledge
from careplan.knowledge.compiled import AUTHORED, COMPILED
from careplan.knowledge.drug import Facts
from careplan.knowledge.fact import Fact
from tests.cli.conftest import Command


@pytest.mark.parametrize("name", ["methotrexate", "Methotrexate", "L04AX03-is-no-name", "jylamvo"])
def test_a_drug_by_any_of_its_names(careplan: Command, name: str) -> None:
    result = careplan("knowledge", "show", name)
    if name.startswith("L04"):
        assert result.exit_code == 2
        return
    assert result.exit_code == 0
    for heading in ("DOSE LIMITS", "MONITORING", "CONTRAINDICATIONS AND CAUTIONS", "INTERACTIONS"):
        assert heading in result.stdout
    assert "bsr-cs-2017" in result.stdout
    assert "verified" in result.stdout


def test_a_product_leads_to_its_drugs(careplan: Command) -> None:
    result = careplan("knowledge", "show", "co-codamol")
    assert result.exit_code == 0
    assert "codeine" in result.stdout
    assert "paracetamol" in result.stdout


def test_a_near_miss_is_suggested(careplan: Command) -> None:
    result = careplan("knowledge", "show", "methotrexat")
    assert result.exit_code == 2
    assert "did you mean methotrexate?" in result.stderr


def test_every_fact_of_every_drug_is_put_into_words() -> None:
    """No row is silent, and none states something that the page leaves out."""
    knowledge = load_knowledge()
    say = Say(knowledge)
    rows: list[Fact] = []
    for facts in (*knowledge.drugs.values(), *knowledge.class_facts.values()):
        assert isinstance(facts, Facts)
        rows += [row for _, table in facts.tables() for row in table]
    assert {type(row) for row in rows} <= set(SENTENCES)
    for row in rows:
        words = row_words(row, say)
        assert words.text.strip(), row
        whole = " ".join((words.text, *(text for _, text in words.details), words.basis))
        assert all(source in whole for source in row.sources)
        action = getattr(row, "action", None)
        assert not action or action in whole


def test_the_fields_that_a_sentence_says_exist() -> None:
    for kind, (_, fields) in SENTENCES.items():
        assert fields <= {*getattr(kind, "__annotations__", {}), *_inherited(kind)}, kind


def _inherited(kind: type) -> set[str]:
    return {name for base in kind.__mro__ for name in getattr(base, "__annotations__", {})}


def test_check_is_content_with_what_ships(careplan: Command) -> None:
    result = careplan("knowledge", "check")
    assert result.exit_code == 0, result.stdout


def test_check_names_file_and_line(careplan: Command, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(AUTHORED, folder)
    drug = folder / "drugs" / "methotrexate.toml"
    drug.write_text(drug.read_text().replace('severity = "critical"', 'severity = "critcal"', 1))
    result = careplan("knowledge", "check", "--folder", folder)
    assert result.exit_code == 1
    assert "drugs/methotrexate.toml:" in result.stdout
    assert "did you mean 'critical'?" in result.stdout
    refused = careplan("knowledge", "compile", "--folder", folder, "--output", tmp_path / "out.json")
    assert refused.exit_code == 2
    assert not (tmp_path / "out.json").exists()


def test_compile_writes_what_ships(careplan: Command, tmp_path: Path) -> None:
    out = tmp_path / "knowledge.json"
    assert careplan("knowledge", "compile", "--output", out).exit_code == 0
    assert json.loads(out.read_text()) == json.loads(COMPILED.read_text())
