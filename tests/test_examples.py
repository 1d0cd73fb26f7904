"""Every plan and every script of the examples does what its line in the README promises."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import careplan as cp

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
ON = date(2026, 3, 2)
PLANS = sorted(file.stem for file in EXAMPLES.glob("*.json") if not file.name.endswith(".fhir.json"))

PROMISED = {
    "ra-persistent-pain": {
        "methotrexate-kidney": cp.Severity.WARNING,
        "hydroxychloroquine-eye-check-due": cp.Severity.WARNING,
        "sick-day-advice-missing": cp.Severity.CAUTION,
    },
    "lupus-hydroxychloroquine-prednisolone": {
        "hydroxychloroquine-dose-weight": cp.Severity.WARNING,
        "steroid-bone-unprotected": cp.Severity.WARNING,
        "nsaid-without-gastroprotection": cp.Severity.WARNING,
        "nsaid-pregnancy": cp.Severity.CAUTION,
    },
    "tnf-inhibitor-start": {
        "live-vaccine-window/biologic": cp.Severity.CRITICAL,
        "tuberculosis-untreated": cp.Severity.WARNING,
    },
    "opioid-taper-gabapentinoid": {
        "contraindication/diazepam-respiratory-failure": cp.Severity.CRITICAL,
        "opioid-benzodiazepine": cp.Severity.WARNING,
        "opioid-dose-high": cp.Severity.WARNING,
        "naloxone-not-offered": cp.Severity.CAUTION,
    },
    "chronic-primary-pain": {"medicine-not-advised-for-condition": cp.Severity.CAUTION},
    "sound-plan": {},
}


BLOCKED = {"tnf-inhibitor-start", "opioid-taper-gabapentinoid"}


@cache
def reviewed(name: str) -> cp.Report:
    return cp.review(cp.load(EXAMPLES / f"{name}.json"), on=ON)


def script(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_there_are_six_plans_and_the_readme_speaks_of_each() -> None:
    assert set(PLANS) == set(PROMISED)
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for file in EXAMPLES.iterdir():
        if file.suffix in {".json", ".py"}:
            assert f"`{file.name}`" in text


@pytest.mark.parametrize("name", PLANS)
def test_the_plan_is_written_as_we_write_it(name: str) -> None:
    """A diff of an example is then a change of the plan."""
    file = EXAMPLES / f"{name}.json"
    assert file.read_text(encoding="utf-8") == cp.dumps(cp.load(file))
    assert cp.load(file).id == name


@pytest.mark.parametrize("name", PLANS)
def test_the_review_finds_what_the_readme_promises(name: str) -> None:
    found = {finding.rule: finding.severity for finding in reviewed(name).findings}
    for rule, severity in PROMISED[name].items():
        assert rule in found, f"{rule} is not among {sorted(found)}"
        assert found[rule] >= severity


@pytest.mark.parametrize("name", [name for name in PLANS if name not in BLOCKED])
def test_other_plans_are_not_blocked(name: str) -> None:
    assert not reviewed(name).blocks_activation


def test_what_came_from_elsewhere_blocks_the_taper() -> None:
    """Diazepam of a walk-in centre for someone with sleep apnoea: nobody of the team had seen it."""
    critical = reviewed("opioid-taper-gabapentinoid").at_least(cp.Severity.CRITICAL)
    assert [finding.subjects for finding in critical] == [("diazepam",)]


def test_the_draft_cannot_become_active() -> None:
    assert reviewed("tnf-inhibitor-start").blocks_activation
    days = {finding.day for finding in reviewed("tnf-inhibitor-start").at_least(cp.Severity.WARNING)}
    assert min(days) > ON


def test_a_sound_plan_gives_no_warning() -> None:
    report = reviewed("sound-plan")
    assert report.at_least(cp.Severity.CAUTION) == ()
    assert [gap for gap in report.not_assessed if gap.severity >= cp.Severity.CAUTION] == []


def test_every_medicine_of_the_examples_is_known() -> None:
    strange = [finding for name in PLANS for finding in reviewed(name).findings if finding.family == "coverage"]
    assert strange == []


def test_author_plan_writes_the_example(tmp_path: Path) -> None:
    done = script("author_plan.py", tmp_path / "plan.json")
    assert done.returncode == 0, done.stderr
    assert "methotrexate" in done.stdout.casefold()
    assert (tmp_path / "plan.json").read_text() == (EXAMPLES / "ra-persistent-pain.json").read_text()


def test_review_folder_tells_what_is_open(tmp_path: Path) -> None:
    (tmp_path / "no-plan.json").write_text("{}")
    for name in ("sound-plan", "tnf-inhibitor-start"):
        (tmp_path / f"{name}.json").write_bytes((EXAMPLES / f"{name}.json").read_bytes())
    done = script("review_folder.py", tmp_path, "2026-03-02")
    assert done.returncode == 1, done.stderr
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    report = reviewed("tnf-inhibitor-start")
    open_ids = {finding.fingerprint for finding in report.open}
    open_ids |= {gap.fingerprint for gap in report.not_assessed if gap.severity >= cp.Severity.WARNING}
    assert {line["id"] for line in lines if line["file"] == "tnf-inhibitor-start.json"} == open_ids
    assert [line["severity"] for line in lines if line["file"] == "no-plan.json"] == ["no plan"]
    assert [line for line in lines if line["file"] == "sound-plan.json"] == []


def test_from_record_ends_in_documents(tmp_path: Path) -> None:
    done = script("from_record.py", EXAMPLES / "record.fhir.json", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    written = {file.suffix for file in (tmp_path / "out").iterdir()}
    assert written == {".html", ".json"}
    (plan,) = (cp.load(file) for file in (tmp_path / "out").glob("*.json"))
    medicines = {medicine.id: medicine for medicine in plan.medicines}
    assert medicines["naproxen"].status is cp.ItemStatus.STOPPED
    assert medicines["methotrexate"].dosage == cp.Dose.weekly("7.5 mg", "monday")
    critical = [f for f in cp.review(plan, on=ON).findings if f.severity is cp.Severity.CRITICAL]
    assert critical == []


def test_the_record_holds_what_records_hold() -> None:
    imported = cp.from_fhir((EXAMPLES / "record.fhir.json").read_bytes(), on=ON)
    assert all(imported.counts.values())
    unknown = {medicine.id for medicine in imported.plan.medicines if medicine.doses == (cp.Dose.unknown(),)}
    assert unknown == {"sertraline"}
    rules = {finding.rule for finding in cp.review(imported.plan, on=ON).findings}
    assert {"dose-not-recorded", "medicine-not-recognised", "nsaid-raas-diuretic"} <= rules


def test_demo_makes_every_document(tmp_path: Path) -> None:
    done = script("demo.py", tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("record", *PLANS):
        for document in ("team-plan", "patient-plan"):
            for ending in ("html", "md", "txt"):
                page = (tmp_path / f"{name}.{document}.{ending}").read_text(encoding="utf-8")
                assert len(page) > 1000
        for kind in ("agenda", "review"):
            assert json.loads((tmp_path / f"{name}.{kind}.json").read_text(encoding="utf-8"))
        assert name in done.stdout
        assert f'href="{name}.team-plan.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert cp.load(tmp_path / "record.json").patient.name == "Doris May Whitfield"
