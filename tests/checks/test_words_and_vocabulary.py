"""Every word is answered, and a plan without medicines answers as the index of rules expects."""

import re
from datetime import date

import pytest

from careplan.checks.case import WORDS as ANSWERED, Case
from careplan.knowledge import load_knowledge
from careplan.model import Absent, CarePlan, Patient
from careplan.rules import WORDS, parse
from careplan.rules.assembly import names_of
from careplan.rules.tree import calls

NAME = re.compile(r'"([^"]+)"')
OTHER_DRUGS = {"this", "adalimumab", "leflunomide", "baclofen", "ketorolac", "maoi-irreversible", "cyclophosphamide"}
OTHER_DRUGS |= {"tacrolimus", "ace-inhibitor", "arb", "allopurinol"}
ON = date(2026, 3, 2)
NOBODY = CarePlan(
    id="empty",
    title="Empty",
    created=ON,
    patient=Patient(name="Nobody", birth_date=Absent.UNKNOWN, sex=Absent.UNKNOWN),
)


def test_every_word_is_answered() -> None:
    assert set(ANSWERED) == set(WORDS)


@pytest.mark.parametrize("name", [word.name for word in WORDS.values() if word.absent is not None])
def test_a_plan_without_medicines_answers_as_declared(name: str) -> None:
    """The index skips a rule whose medicines a plan does not mention: that is sound only if this holds."""
    declared = WORDS[name]
    knowledge = load_knowledge()
    known = names_of(knowledge)
    text = NAME.sub(lambda name: name[0] if name[1] not in OTHER_DRUGS else '"methotrexate"', declared.example)
    sentence = parse(text, known)
    facts = Case(plan=NOBODY, knowledge=knowledge, on=ON).view()
    answers = [facts.value(call) for call in calls(sentence.clause)]
    assert answers == [declared.absent] * len(answers)
