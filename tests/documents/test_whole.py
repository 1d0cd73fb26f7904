"""The whole way with the shipped knowledge and rules: a plan, its review, its agenda, its documents."""

import pytest

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
