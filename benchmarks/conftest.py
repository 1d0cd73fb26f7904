"""What every benchmark measures on: one plan, its review and agenda, one record."""

from datetime import date
from pathlib import Path

import pytest

import careplan as cp

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ON = date(2026, 3, 2)


@pytest.fixture(scope="session")
def text() -> bytes:
    return (EXAMPLES / "ra-persistent-pain.json").read_bytes()


@pytest.fixture(scope="session")
def plan(text: bytes) -> cp.CarePlan:
    return cp.loads(text)


@pytest.fixture(scope="session")
def report(plan: cp.CarePlan) -> cp.Report:
    return cp.review(plan, on=ON)


@pytest.fixture(scope="session")
def agenda(plan: cp.CarePlan) -> cp.Agenda:
    return cp.schedule(plan, on=ON)


@pytest.fixture(scope="session")
def record() -> bytes:
    return (EXAMPLES / "record.fhir.json").read_bytes()
