"""`--overlay`: a clinic's own knowledge, and that nobody overlooks it."""

import json
from pathlib import Path

import pytest

import careplan as cp
from tests.cli.conftest import Command, plan, saved

ELIXIR = """
id = "elixir-of-life"
name = "elixir of life"
group = "other"
classes = []
routes = ["oral"]
brands = ["Vitaelix"]
source = ["expert"]
confidence = "standard"

[[limit]]
kind = "daily"
hard_above = 10
unit = "mg"
severity = "warning"
source = ["expert"]
confidence = "standard"
"""
TOLD = "Local knowledge was used: North Clinic 3 of 1 April 2026 (0 facts replaced, 1 added)."


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    folder = tmp_path / "clinic"
    (folder / "drugs").mkdir(parents=True)
    (folder / "knowledge.toml").write_text('name = "North Clinic"\nversion = "3"\ndate = 2026-04-01\n')
    (folder / "drugs" / "elixir-of-life.toml").write_text(ELIXIR)
    return folder


@pytest.fixture
def elixir(tmp_path: Path) -> Path:
    dose = cp.Dose.daily("20 mg")
    return saved(plan("elixir", cp.OtherMedicine(id="elixir", drug="elixir-of-life", dosage=dose)), tmp_path)


def test_a_review_uses_it_and_says_so(careplan: Command, elixir: Path, overlay: Path) -> None:
    printed = careplan("review", elixir, "--overlay", overlay)
    assert "more than the usual limit of 10 mg" in " ".join(printed.stdout.split())
    assert TOLD in " ".join(printed.stdout.split())
    report = json.loads(careplan("review", elixir, "--json", "--overlay", overlay).stdout)["reviews"][0]["report"]
    assert report["overlays"][0]["name"] == "North Clinic"
    assert report["overlays"][0]["added"] == ["drugs elixir-of-life"]
    assert TOLD in report["notes"]
    without = json.loads(careplan("review", elixir, "--json").stdout)["reviews"][0]["report"]
    assert (without["overlays"], TOLD in without["notes"]) == ([], False)


@pytest.mark.parametrize("document", ["team-plan", "patient-plan"])
def test_a_document_names_it_at_its_end(careplan: Command, elixir: Path, overlay: Path, document: str) -> None:
    told = "Checked with local knowledge: North Clinic 3 of 1 April 2026."
    command = ("render", elixir, "--document", document, "--format", "text")
    assert told in " ".join(careplan(*command, "--overlay", overlay).stdout.replace("\xa0", " ").split())
    assert "local knowledge" not in careplan(*command).stdout.lower()


def test_the_other_commands_take_it(careplan: Command, elixir: Path, overlay: Path) -> None:
    assert careplan("schedule", elixir, "--overlay", overlay).exit_code == 0
    assert "DOSE LIMITS" in careplan("knowledge", "show", "Vitaelix", "--overlay", overlay).stdout
    assert careplan("knowledge", "show", "Vitaelix").exit_code == 2
    assert careplan("knowledge", "check", "--overlay", overlay).exit_code == 0


def test_what_is_wrong_with_it_is_told_by_file_and_line(careplan: Command, elixir: Path, overlay: Path) -> None:
    drug = overlay / "drugs" / "elixir-of-life.toml"
    drug.write_text(ELIXIR.replace('unit = "mg"', 'unit = "mgs"'))
    for command in (("review", elixir), ("render", elixir), ("schedule", elixir), ("knowledge", "show", "aspirin")):
        refused = careplan(*command, "--overlay", overlay)
        assert refused.exit_code == 2
        assert f"{drug.as_posix()}:14: elixir-of-life: limit 1 unit: 'mgs' is not a UCUM code" in refused.stderr
    checked = careplan("knowledge", "check", "--overlay", overlay)
    assert checked.exit_code == 1
    assert "elixir-of-life.toml:14" in checked.stdout


def test_a_folder_that_is_not_there(careplan: Command, elixir: Path, tmp_path: Path) -> None:
    for command in (("review", elixir), ("knowledge", "check")):
        refused = careplan(*command, "--overlay", tmp_path / "nowhere")
        assert refused.exit_code == 2
        assert "is no folder" in refused.stderr
