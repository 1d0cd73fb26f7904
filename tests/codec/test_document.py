import json
import os
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from careplan.codec import PlanError, Problem, dump, dumps, load, loads
from careplan.model import CarePlan, Dose, Immunosuppressant, Ingredient, Product, Quantity, Result, Unit
from tests.codec.sample import PLAN, tree
from tests.codec.strategies import plans


@settings(max_examples=50)
@given(plans(), st.booleans())
def test_load_after_dump_is_identity(plan: CarePlan, as_bytes: bool) -> None:  # noqa: FBT001 - drawn
    text = dumps(plan)
    read = loads(text.encode() if as_bytes else text)
    assert read == plan
    assert dumps(read) == text


def test_document_reads_as_one_would_write_it() -> None:
    assert tree() == {
        "format": "careplan/1",
        "id": "ra-1",
        "title": "Rheumatoid arthritis",
        "patient": {
            "name": "Ada Example",
            "birth_date": "1961-03-04",
            "sex": "female",
            "conditions": [{"condition": "rheumatoid-arthritis"}],
            "results": [
                {"test": "egfr", "value": {"value": "58", "unit": "mL/min/{1.73_m2}"}, "date": "2026-01-02"},
            ],
        },
        "created": "2026-01-05",
        "components": [
            {
                "kind": "immunosuppressant",
                "id": "mtx",
                "drug": "methotrexate",
                "dosage": {
                    "amount": {"value": "7.5", "unit": "mg"},
                    "timing": {"kind": "weekly", "days": ["monday"]},
                },
            },
            {
                "kind": "analgesic",
                "id": "codeine",
                "drug": "codeine",
                "dosage": {
                    "steps": [
                        {
                            "dose": {
                                "amount": {"value": "30", "unit": "mg"},
                                "timing": {"kind": "daily", "times": 4},
                            },
                            "start": "2026-01-05",
                            "stop": "2026-01-11",
                        },
                        {"dose": {"amount": "unknown", "timing": "unknown"}, "start": "2026-01-12"},
                    ]
                },
            },
            {
                "kind": "monitoring",
                "id": "bloods",
                "tests": ["fbc"],
                "about": ["mtx"],
                "intervals": [{"every": {"count": 3, "unit": "mo"}}],
            },
            {
                "kind": "therapy",
                "id": "physio",
                "therapy": "physio-exercise",
                "frequency": {"kind": "weekly", "days": ["friday"]},
            },
        ],
        "goals": [{"id": "walk", "description": "Walk to the shop", "about": ["physio"]}],
        "decisions": [
            {
                "kind": "benefit-risk",
                "date": "2026-01-05",
                "by": "Dr Who",
                "benefits": ["less pain"],
                "risks": ["nausea"],
                "conclusion": "balanced",
            }
        ],
    }


def test_format_and_kinds_come_first_and_text_stays_text() -> None:
    text = dumps(evolve(PLAN, title="Schmerz größer als 5 µg"))
    assert text.startswith('{\n  "format": "careplan/1",\n  "id": "ra-1",\n')
    assert text.endswith("}\n")
    assert "Schmerz größer als 5 µg" in text
    assert [next(iter(component)) for component in tree()["components"]] == ["kind"] * 4


def test_purpose_of_monitoring_is_not_taken_for_its_kind() -> None:
    spoilt = tree()
    spoilt["components"][2] |= {"purpose": "triggered", "trigger": "fever"}
    assert json.loads(dumps(loads(json.dumps(spoilt))))["components"][2]["purpose"] == "triggered"


@pytest.mark.parametrize(
    ("written", "value"),
    [('"7.50"', "7.50"), ("7.5", "7.5"), ("7", "7"), ("1e2", "100"), ("0.1", "0.1"), ('"0.25"', "0.25")],
)
def test_decimals_keep_the_digits_that_were_written(written: str, value: str) -> None:
    plan = loads(dumps(PLAN).replace('"7.5"', written))
    mtx = plan.components[0]
    assert isinstance(mtx, Immunosuppressant)
    assert isinstance(mtx.dosage, Dose)
    assert isinstance(mtx.dosage.amount, Quantity)
    assert str(mtx.dosage.amount.value) == value
    assert loads(dumps(plan)) == plan


@pytest.mark.parametrize(
    "value",
    ["0", "0E+3", "1E+3", "-0.0", "0.000000001", "1234567890123456.5", "0.000000000000001234567890123456789012345678"],
)
def test_decimals_are_written_without_exponent(value: str) -> None:
    result = Result(test="x", value=Quantity(Decimal(value), Unit.ONE), date=date(2026, 1, 1))
    plan = evolve(PLAN, patient=evolve(PLAN.patient, results=(result,)))
    text = dumps(plan)
    assert "E+" not in text
    assert loads(text) == plan


def test_an_equal_but_unlike_default_loses_nothing() -> None:
    tablet = Quantity(Decimal("1.00"), Unit.TABLET)
    codeine = Ingredient(drug="codeine", strength=Quantity.parse("8 mg"), per=tablet)
    mtx, *others = PLAN.components
    assert isinstance(mtx, Immunosuppressant)
    plan = evolve(PLAN, components=(evolve(mtx, product=Product(ingredients=(codeine,))), *others))
    assert '"per"' not in dumps(plan)
    assert loads(dumps(plan)) == plan


def test_null_stands_for_what_may_be_left_out() -> None:
    spoilt = tree()
    spoilt["start"] = None
    spoilt["components"][0]["stop"] = None
    assert loads(json.dumps(spoilt)) == PLAN


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    dump(PLAN, path)
    assert load(path) == PLAN
    assert load(str(path)) == PLAN
    assert path.read_text(encoding="utf-8") == dumps(PLAN)
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.json"]


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.json"
    dump(PLAN, path)

    def fail(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        dump(evolve(PLAN, title="Other"), path)
    assert load(path) == PLAN
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.json"]


@pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
def test_writing_keeps_mode_and_link(tmp_path: Path) -> None:
    path, link = tmp_path / "plan.json", tmp_path / "link.json"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    dump(PLAN, link)
    assert link.is_symlink()
    assert load(path) == PLAN
    assert path.stat().st_mode & 0o777 == 0o640


def test_errors_of_a_file_name_it(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(b"{}")
    with pytest.raises(PlanError, match=r"bad\.json is not a care plan: 5 problems"):
        load(path)
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.json")


def test_errors_survive_the_way_between_processes() -> None:
    error = PlanError((Problem("$.id", "nothing", "text"),), 3, "plan.json")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.problems, copy.more, copy.source) == (error.problems, 3, "plan.json")
    assert str(copy) == "plan.json is not a care plan: 4 problems\n  $.id: found nothing, expected text\n  … and 3 more"
