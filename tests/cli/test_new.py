"""`careplan new` and `careplan schema`: how a plan begins."""

import json
from pathlib import Path

import pytest

import careplan as cp
from careplan.codec import schema
from tests.cli.conftest import ON, Command


def test_a_new_plan_loads_and_invents_nothing(careplan: Command) -> None:
    result = careplan("new", "--name", "Ada Example")
    assert result.exit_code == 0
    made = cp.loads(result.stdout)
    nobody = cp.Patient(name="Ada Example", birth_date=cp.Absent.UNKNOWN, sex=cp.Absent.UNKNOWN)
    assert made == cp.CarePlan(id="care-plan", title="Care plan", created=ON, patient=nobody)
    assert json.loads(result.stdout)["patient"]["allergies"] == "not-asked"
    assert json.loads(result.stdout)["components"] == []


def test_what_is_stated_is_in_the_plan(careplan: Command, tmp_path: Path) -> None:
    out = tmp_path / "ada.json"
    facts = ("--birth-date", "1979-06-01", "--sex", "female", "--jurisdiction", "uk", "--id", "ada", "--title", "Ada")
    result = careplan("new", "--name", "Ada", "--identifier", "NHS number=943 476 5919", *facts, "--output", out)
    assert result.exit_code == 0
    made = cp.load(out)
    assert made.patient.identifiers == (cp.Identifier(system="NHS number", value="943 476 5919"),)
    assert made.patient.age(ON) == 46
    assert made.jurisdiction is cp.Jurisdiction.UK
    assert careplan("new", "--name", "Ada", "--output", out).exit_code == 2


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--id", "Not An Id", "not an id"),
        ("--birth-date", "1.6.1979", "write it as"),
        ("--sex", "femal", "female"),
        ("--identifier", "943", "SYSTEM=VALUE"),
        ("--name", " ", "name"),
    ],
)
def test_a_mistake_is_told(careplan: Command, option: str, value: str, told: str) -> None:
    result = careplan("new", "--name", "Ada", option, value)
    assert result.exit_code == 2
    assert told in result.stderr


def test_schema(careplan: Command, tmp_path: Path) -> None:
    assert json.loads(careplan("schema").stdout) == schema()
    out = tmp_path / "schema.json"
    assert careplan("schema", "--output", out).exit_code == 0
    assert json.loads(out.read_text()) == schema()
