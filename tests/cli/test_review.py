"""`careplan review`: what it prints, what it leaves with."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

import careplan as cp
from tests.cli.conftest import EXAMPLES, ON, Command, plan, saved


def test_nothing_found_is_zero(careplan: Command, empty: Path) -> None:
    result = careplan("review", empty)
    assert result.exit_code == 0
    assert "Nothing found" in result.stdout
    assert result.stderr == ""


def test_the_worst_is_told_first_with_reason_action_and_who(careplan: Command, deadly: Path) -> None:
    result = careplan("review", deadly)
    assert result.exit_code == 1
    first = result.stdout.index("[!!!] CRITICAL: ")
    assert first < result.stdout.index("What to do") < result.stdout.index("Because")
    assert "[!!]" not in result.stdout[:first]
    for label in ("Who acts", "Basis", "To answer it", "SOURCES", "COULD NOT BE JUDGED"):
        assert label in result.stdout


@pytest.mark.parametrize(
    ("level", "code"), [("info", 1), ("caution", 1), ("warning", 1), ("critical", 0)]
)  # fmt: skip
def test_fail_on_sets_the_bar(careplan: Command, unheard_of: Path, level: str, code: int) -> None:
    assert careplan("review", unheard_of, "--fail-on", level).exit_code == code


def test_an_answered_finding_is_shown_and_does_not_fail(careplan: Command, tmp_path: Path, unheard_of: Path) -> None:
    loaded = cp.load(unheard_of)
    (finding,) = cp.review(loaded, on=ON).at_least(cp.Severity.WARNING)
    answer = cp.Acknowledgement(
        fingerprint=finding.fingerprint,
        reason=cp.AcknowledgementReason.SPECIALIST_ADVICE,
        text="Checked by hand with the pharmacist",
        author="Dr Ada Byron",
        role=cp.Role.GP,
        date=ON,
        expires=ON + timedelta(days=90),
    )
    answered = cp.CarePlan(
        id="answered",
        title="x",
        created=ON,
        patient=loaded.patient,
        components=loaded.components,
        acknowledgements=(answer,),
    )
    result = careplan("review", saved(answered, tmp_path))
    assert result.exit_code == 0
    assert "Dr Ada Byron" in result.stdout
    assert "1 accepted or acted on" in result.stdout


def test_a_missing_fact_fails_as_a_finding_does(careplan: Command, tmp_path: Path) -> None:
    """Unknown is never safe."""
    weekly = cp.Immunosuppressant(id="methotrexate", drug="methotrexate", dosage=cp.Dose.weekly("10 mg", "monday"))
    file = saved(plan("unknown", weekly), tmp_path)
    report = cp.review(cp.load(file), on=ON)
    findings = [finding for finding in report.findings if finding.severity is cp.Severity.CRITICAL]
    gaps = [gap for gap in report.not_assessed if gap.severity is cp.Severity.CRITICAL]
    assert gaps
    assert not findings
    assert careplan("review", file, "--fail-on", "critical").exit_code == 1


def test_json_is_clean_and_whole(careplan: Command, deadly: Path) -> None:
    tree = json.loads(careplan("review", deadly, "--json").stdout)
    assert tree["format"] == "careplan-reviews/1"
    (review,) = tree["reviews"]
    report = cp.review(cp.load(deadly), on=ON)
    assert review["file"] == str(deadly)
    assert len(review["report"]["findings"]) == len(report.findings)
    assert review["report"]["worst"] == "critical"
    assert tree["refused"] == []


def test_one_bad_file_of_several_is_told_and_the_others_reviewed(
    careplan: Command, empty: Path, broken: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.json"
    result = careplan("review", broken, empty, missing)
    assert result.exit_code == 2
    assert "Plan empty" in result.stdout
    for problem in ("$.titel", "did you mean", "$.created", "$.patient", "missing.json: there is no such file"):
        assert problem in result.stderr
    tree = json.loads(careplan("review", broken, empty, "--json").stdout)
    assert [review["report"]["plan"] for review in tree["reviews"]] == ["empty"]
    (refused,) = tree["refused"]
    assert {problem["path"] for problem in refused["problems"]} >= {"$.titel", "$.created"}


def test_a_folder_stands_for_its_plans(careplan: Command, deadly: Path, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "record.fhir.json").write_text("{}")
    (tmp_path / ".hidden.json").write_text("{}")
    result = careplan("review", tmp_path)
    assert result.exit_code == 1
    assert "2 plans" in result.stdout
    table = result.stdout[result.stdout.index("2 plans") :]
    assert table.index("deadly") < table.index("empty")
    assert "left out 1 of 3 files" in result.stderr


def test_an_empty_folder_is_bad_input(careplan: Command, tmp_path: Path) -> None:
    result = careplan("review", tmp_path)
    assert result.exit_code == 2
    assert "holds no plans" in result.stderr


def test_a_file_given_twice_is_reviewed_once(careplan: Command, empty: Path) -> None:
    assert len(json.loads(careplan("review", empty, empty, "--json").stdout)["reviews"]) == 1


def test_standard_input(careplan: Command, empty: Path) -> None:
    assert careplan("review", "-", stdin=empty.read_text()).exit_code == 0
    result = careplan("review", "-", stdin="nonsense")
    assert result.exit_code == 2
    assert "standard input is not a care plan" in result.stderr


def test_a_record_is_pointed_to_its_own_command(careplan: Command) -> None:
    result = careplan("review", EXAMPLES / "record.fhir.json")
    assert result.exit_code == 2
    assert "FHIR" in result.stderr


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2026-3-1", "20260301", "2026-03-01T00:00"])
def test_a_bad_day_is_told(careplan: Command, empty: Path, day: str) -> None:
    result = careplan("review", empty, "--on", day)
    assert result.exit_code == 2
    assert "write it as 2026-03-01" in result.stderr


def test_the_day_decides(careplan: Command, tmp_path: Path) -> None:
    later = cp.Immunosuppressant(
        id="methotrexate", drug="methotrexate", dosage=cp.Dose.daily("15 mg"), start=ON - timedelta(days=10), stop=ON
    )
    file = saved(plan("past", later), tmp_path)
    assert careplan("review", file, "--on", "2026-03-01", "--fail-on", "critical").exit_code == 1
    assert careplan("review", file, "--on", "2031-03-01", "--fail-on", "critical").exit_code == 0
