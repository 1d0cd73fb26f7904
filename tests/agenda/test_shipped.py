"""The agenda on the knowledge base that ships: its schedules can be read, and methotrexate's is the published one."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from careplan.agenda import Occasion, Watch, schedule
from careplan.agenda.known import facts, parts
from careplan.knowledge import load_knowledge
from careplan.model import Jurisdiction, Medication
from tests.agenda.base import d, medicine, plan, result

KNOWLEDGE = load_knowledge()
MONITORED = sorted(
    name for name in KNOWLEDGE.drugs if next(facts(medicine(name), "monitoring", KNOWLEDGE, d("2025-01-06")), None)
)


def given(name: str, start: str) -> Medication:
    return medicine(name, start=start, route=KNOWLEDGE.drugs[name].routes[0])


@pytest.mark.parametrize("name", MONITORED)
def test_every_check_of_every_schedule_leaves_a_trace(name: str) -> None:
    """What a drug's rows ask for becomes a duty, or is listed as undated; nothing is lost on the way."""
    taken = plan(given(name, "2025-01-06"), done=(result("crp", "2025-01-01"),))
    watch = Watch.of(taken, d("2025-01-06"), KNOWLEDGE)
    traced = {duty.test for duty in watch.duties}.union(
        *({part for test in entry.tests for part in parts(test, KNOWLEDGE)} for entry in watch.unscheduled)
    )
    asked = {
        part
        for _, row in facts(taken.medicines[0], "monitoring", KNOWLEDGE, watch.on)
        for check in (*row.tests, *row.screens, *row.records)
        for part in parts(check, KNOWLEDGE)
    }
    assert traced >= asked


@pytest.mark.parametrize("region", Jurisdiction)
@pytest.mark.parametrize("start", ["2010-01-04", "2025-01-06"])
def test_agendas_of_all_monitored_drugs_together(region: Jurisdiction, start: str) -> None:
    drugs = tuple(given(name, start) for name in MONITORED)
    agenda = schedule(plan(*drugs, jurisdiction=region, done=(result("crp", "2025-01-01"),)), on=d("2025-02-01"))
    assert any(event.occasion is Occasion.TEST for event in agenda.events)


def test_methotrexate_in_the_uk_every_2_weeks_then_monthly_then_every_3_months() -> None:
    """BSR 2017: every 2 weeks until stable for 6 weeks, monthly for 3 months, then at least every 12 weeks."""
    start = d("2025-01-06")
    starting = plan(
        given("methotrexate", "2025-01-06"), jurisdiction=Jurisdiction.UK, done=(result("crp", "2025-01-01"),)
    )
    agenda = schedule(starting, on=start, weeks=52)
    drawn = [event.date for event in agenda.events if "anc" in event.tests and event.date > start]
    gaps = [(after - before).days for before, after in pairwise((start, *drawn))]
    stable = start + timedelta(weeks=6)
    settled = date(2025, 5, 17)
    assert [gap for gap, day in zip(gaps, drawn, strict=True) if day <= stable] == [14, 14, 14]
    assert [gap for gap, day in zip(gaps, drawn, strict=True) if stable < day <= settled] == [28, 31, 30]
    assert [gap for gap, day in zip(gaps, drawn, strict=True) if day > settled] == [92, 92]
