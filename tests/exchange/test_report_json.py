"""A report and an agenda as JSON and CSV: everything is in it, and nothing that JSON cannot hold."""

import csv
import io
import json
from datetime import date

import attrs

import careplan as cp
from careplan.agenda import Agenda, Event, Limit, Occasion, Status, Unscheduled, Window
from careplan.checks import Finding, NotAssessed
from careplan.exchange.agenda_csv import COLUMNS, agenda_csv
from careplan.exchange.agenda_json import agenda_json, agenda_tree
from careplan.exchange.report_json import report_json, report_tree
from careplan.model import Patient

ON = date(2026, 3, 2)


def plan() -> cp.CarePlan:
    methotrexate = cp.Immunosuppressant(
        id="methotrexate",
        drug="methotrexate",
        dosage=cp.Dose.daily("2.50 mg"),
        route=cp.Route.ORAL,
        indication="rheumatoid-arthritis",
        start=date(2026, 1, 5),
    )
    bloods = cp.Monitoring(
        id="bloods",
        tests=("creatinine",),
        about=("methotrexate",),
        intervals=(cp.PhaseInterval(every=cp.Interval.parse("2 weeks")),),
        start=date(2026, 1, 5),
    )
    flu = cp.VaccinationPlan(id="flu", vaccine="influenza", notes="when it arrives")
    patient = Patient(
        name="Ada",
        birth_date=date(1979, 6, 1),
        sex=cp.Sex.FEMALE,
        results=(cp.Result(test="egfr", value=cp.Quantity.parse("48.5 mL/min/{1.73_m2}"), date=date(2026, 2, 20)),),
    )
    goal = cp.Goal(id="walk", description="=1+1 walks", due=date(2026, 4, 1))
    return cp.CarePlan(
        id="ada", title="Ada", created=ON, patient=patient, components=(methotrexate, bloods, flu), goals=(goal,)
    )


def names(cls: type) -> set[str]:
    return {attribute.name for attribute in attrs.fields(cls)}


def test_a_report_says_everything_that_its_classes_hold() -> None:
    report = cp.review(plan(), on=ON)
    tree = report_tree(report)
    assert {"format", "worst", "blocks_activation"} | names(cp.Report) == set(tree)
    assert report.findings
    assert report.not_assessed
    for finding in tree["findings"]:
        assert set(finding) == names(Finding)
    for gap in tree["not_assessed"]:
        assert set(gap) == (names(NotAssessed) - {"missing"}) | {"kind", "name", "fact", "path", "last", "fingerprint"}
    assert [finding["fingerprint"] for finding in tree["findings"]] == [f.fingerprint for f in report.findings]


def test_numbers_are_text_with_all_their_digits() -> None:
    tree = report_tree(cp.review(plan(), on=ON))
    values = [fact["value"] for finding in tree["findings"] for fact in finding["because"]]
    assert all(value is None or isinstance(value, str) for value in values)
    egfr = [
        fact for finding in tree["findings"] for fact in finding["because"] if fact["path"] == "$.patient.results[0]"
    ]
    assert {(fact["value"], fact["date"]) for fact in egfr} == {("48.5", "2026-02-20")}


def test_json_text_is_the_tree() -> None:
    report, agenda = cp.review(plan(), on=ON), cp.schedule(plan(), on=ON)
    assert json.loads(report_json(report)) == report_tree(report)
    assert json.loads(agenda_json(agenda)) == agenda_tree(agenda)


def test_an_agenda_says_everything_that_its_classes_hold() -> None:
    agenda = cp.schedule(plan(), on=ON)
    tree = agenda_tree(agenda)
    assert {"format"} | names(Agenda) == set(tree)
    assert agenda.unscheduled
    for event in tree["events"]:
        assert set(event) == names(Event) | {"late", "booking"}
        assert set(event["window"]) == names(Window)
    limits = [limit for event in tree["events"] for limit in event["if_abnormal"]]
    assert limits
    assert all(set(limit) == names(Limit) for limit in limits)
    assert all(set(entry) == names(Unscheduled) for entry in tree["unscheduled"])


def test_a_cell_is_never_a_formula() -> None:
    event = Event(
        date=ON, occasion=Occasion.REVIEW, title="=HYPERLINK(1)", status=Status.DUE, window=Window(ON, ON), why=("-1",)
    )
    text = agenda_csv(Agenda(plan="ada", on=ON, until=ON, events=(event,), unscheduled=()))
    head, line = csv.reader(io.StringIO(text))
    assert tuple(head) == COLUMNS
    assert dict(zip(head, line, strict=True)) | {"title": "'=HYPERLINK(1)", "why": "'-1", "late": "no"} == dict(
        zip(head, line, strict=True)
    )
