"""`careplan import`: records in, draft plans and an account out."""

import json
from pathlib import Path

import pytest

import careplan as cp
from tests.cli.conftest import EXAMPLES, ON, Command

RECORD = EXAMPLES / "record.fhir.json"


def test_the_plan_is_written_and_the_account_told(careplan: Command, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    result = careplan("import", RECORD, "--output", out)
    assert result.exit_code == 0
    assert cp.load(out) == cp.from_fhir(RECORD.read_bytes(), on=ON).plan
    for word in ("mapped", "guessed", "unmapped", "unusable"):
        assert word in result.stdout
    assert result.stderr == f"Wrote {out}\n"


def test_without_output_nothing_is_written(careplan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert careplan("import", RECORD).exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_an_edited_plan_is_not_overwritten(careplan: Command, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    out.write_text("edited by hand")
    result = careplan("import", RECORD, "--output", out)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert out.read_text() == "edited by hand"
    assert careplan("import", RECORD, "--output", out, "--force").exit_code == 0
    assert cp.load(out).patient.name == "Doris May Whitfield"


def test_a_pipe_gets_the_plan_alone(careplan: Command) -> None:
    result = careplan("import", RECORD, "--output", "-")
    assert cp.loads(result.stdout).patient.name == "Doris May Whitfield"
    assert "resources" in result.stderr
    assert careplan("review", "-", stdin=result.stdout).exit_code in (0, 1)


def test_json_accounts_for_every_resource(careplan: Command) -> None:
    tree = json.loads(careplan("import", RECORD, "--json").stdout)
    (account,) = tree["imports"]
    assert len(account["resources"]) == len(json.loads(RECORD.read_text())["entry"])
    assert sum(account["counts"].values()) == len(account["resources"])


def test_a_folder_of_records(careplan: Command, tmp_path: Path) -> None:
    records, plans = tmp_path / "records", tmp_path / "plans"
    records.mkdir()
    (records / "one.fhir.json").write_bytes(RECORD.read_bytes())
    (records / "two.json").write_text("<xml/>")
    result = careplan("import", records, "--output", plans)
    assert result.exit_code == 2
    assert [file.name for file in plans.iterdir()] == ["one.json"]
    assert "two.json" in result.stderr
    assert "XML" in result.stderr


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"resourceType": "Bundle", "entry": 3}', "[1, 2]", "\x00"])
def test_what_is_no_record_is_bad_input(careplan: Command, tmp_path: Path, text: str) -> None:
    file = tmp_path / "record.json"
    file.write_text(text)
    result = careplan("import", file, "--output", tmp_path / "plan.json")
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert not (tmp_path / "plan.json").exists()
