"""Review one plan. Limit: the candidate sentences alone, with every answer already known."""

from typing import Any

import pytest

import careplan as cp
from benchmarks.conftest import ON
from careplan.checks import Case
from careplan.knowledge import load_knowledge
from careplan.rules.assembly import load_rules

pytestmark = pytest.mark.benchmark(group="review a plan: limit the bare sentences")


def test_limit_bare_sentences(benchmark: Any, plan: cp.CarePlan) -> None:
    knowledge = load_knowledge()
    case = Case(plan=plan, knowledge=knowledge, on=ON)
    view = case.view()
    sentences = [rule.when.truth for rule in load_rules(knowledge).candidates(case.names) if not rule.each]

    assert sentences
    benchmark(lambda: [truth(view) for truth in sentences])


def test_careplan(benchmark: Any, plan: cp.CarePlan) -> None:
    assert benchmark(cp.review, plan, on=ON).findings


def test_schedule_half_a_year(benchmark: Any, plan: cp.CarePlan) -> None:
    assert benchmark(cp.schedule, plan, on=ON, weeks=26).events
