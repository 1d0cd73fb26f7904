"""The whole way with the shipped knowledge and rules: a plan, its review, its agenda, its documents."""

import re
from datetime import timedelta

import pytest
from attrs import evolve

import careplan as cp
from careplan.documents import Document
from tests.documents.forbidden import EVERYWHERE, FOR_PATIENTS, found
from tests.documents.test_documents import ON, readable


@pytest.fixture(scope="module")
def texts(plan: cp.CarePlan) -> dict[Document, str]:
    report, agenda = cp.review(plan, on=ON), cp.schedule(plan, on=ON)
    return {each: str(cp.render(plan, each, report=report, agenda=agenda, format="text")) for each in Document}


def test_the_team_plan_is_whole_and_safe_to_read(texts: dict[Document, str]) -> None:
    text = texts[Document.TEAM_PLAN]
    assert found(readable(text), EVERYWHERE) == []
    assert "eGFR" in text
    assert "What is checked" in text


def test_the_patient_plan_is_whole_safe_and_plain(texts: dict[Document, str]) -> None:
    text = texts[Document.PATIENT_PLAN]
    assert found(readable(text), EVERYWHERE | FOR_PATIENTS) == []
    assert "blood count" in text
    assert "It slows down the immune system" in text


def test_a_dose_that_still_runs_before_the_steps_of_the_order_is_printed_as_todays(plan: cp.CarePlan) -> None:
    today = cp.Step(dose=cp.Dose.daily("20 mg"), start=ON - timedelta(days=30), stop=ON + timedelta(days=6))
    taper = cp.Steps(steps=(cp.Step(dose=cp.Dose.daily("15 mg"), start=ON + timedelta(days=7)),))
    steroid = cp.Immunosuppressant(
        id="steroid", drug="prednisolone", dosage=taper, start=today.start, history=(today,), route=cp.Route.ORAL
    )
    alone = evolve(plan, components=(steroid,), goals=(), decisions=(), acknowledgements=())
    report, agenda = cp.review(alone, on=ON), cp.schedule(alone, on=ON)
    for each in Document:
        text = " ".join(str(cp.render(alone, each, report=report, agenda=agenda, format="text")).split())
        assert re.search(r"now, from 31 January 2026 to 8 March 2026: 20 mg, once a day", text, re.IGNORECASE)
        assert "15 mg" in text
