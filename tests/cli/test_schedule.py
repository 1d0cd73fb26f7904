"""`careplan schedule`: an agenda for people, programs and spreadsheets."""

import csv
import io
import json
from datetime import date
from pathlib import Path

from attrs import evolve

import careplan as cp
from tests.cli.conftest import ON, Command, plan, saved


def weekly(folder: Path) -> Path:
    """Methotrexate on Mondays, with creatinine every 2 weeks, done once."""
    bloods = cp.Monitoring(
        id="bloods",
        tests=("creatinine",),
        about=("methotrexate",),
        intervals=(cp.PhaseInterval(every=cp.Interval.parse("2 weeks")),),
        start=date(2026, 1, 5),
    )
    methotrexate = cp.Immunosuppressant(
        id="methotrexate", drug="methotrexate", dosage=cp.Dose.weekly("15 mg", "monday"), start=date(2026, 1, 5)
    )
    once = cp.Result(test="creatinine", value=cp.Quantity.parse("70 umol/L"), date=date(2026, 1, 5))
    made = plan("weekly", methotrexate, bloods)
    return saved(evolve(made, patient=evolve(made.patient, results=(once,))), folder)


def test_a_page_for_people(careplan: Command, tmp_path: Path) -> None:
    result = careplan("schedule", weekly(tmp_path), "--weeks", "4")
    assert result.exit_code == 0
    assert "OVERDUE" in result.stdout
    assert "Every Monday" in result.stdout.replace("\N{NO-BREAK SPACE}", " ")


def test_json_is_the_agenda(careplan: Command, tmp_path: Path) -> None:
    file = weekly(tmp_path)
    tree = json.loads(careplan("schedule", file, "--format", "json", "--weeks", "3").stdout)
    agenda = cp.schedule(cp.load(file), on=ON, weeks=3)
    assert tree["until"] == "2026-03-23"
    assert [event["date"] for event in tree["events"]] == [event.date.isoformat() for event in agenda.events]
    doses = [event for event in tree["events"] if event["occasion"] == "dose"]
    assert doses[0]["dose"]["amount"] == {"value": "15", "unit": "mg"}


def test_csv_has_a_line_for_each_event(careplan: Command, tmp_path: Path) -> None:
    file = weekly(tmp_path)
    out = tmp_path / "agenda.csv"
    assert careplan("schedule", file, "--format", "csv", "--output", out).exit_code == 0
    lines = list(csv.DictReader(io.StringIO(out.read_text())))
    assert len(lines) == len(cp.schedule(cp.load(file), on=ON).events)
    assert {line["late"] for line in lines} == {"yes", "no"}


def test_a_table_is_not_written_to_a_file(careplan: Command, tmp_path: Path) -> None:
    result = careplan("schedule", weekly(tmp_path), "--output", tmp_path / "x.txt")
    assert result.exit_code == 2
    assert "redirect" in result.stderr


def test_bad_input(careplan: Command, broken: Path, tmp_path: Path) -> None:
    assert careplan("schedule", broken).exit_code == 2
    assert careplan("schedule", tmp_path).exit_code == 2
    assert careplan("schedule", weekly(tmp_path), "--weeks", "0").exit_code == 2
