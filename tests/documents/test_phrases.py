"""The phrase bank: what a person is told to do, and never told."""

from datetime import date
from typing import Any

import attrs
import pytest

from careplan import model as m
from careplan.documents.contacts import contacts
from careplan.documents.names import Names
from careplan.documents.phrases import Colour, everyday_rules, phrase_bank, signs
from careplan.documents.taking import Taking
from careplan.knowledge import Knowledge, load_knowledge
from tests.documents.forbidden import EVERYWHERE, FOR_PATIENTS, found

ON = date(2026, 3, 2)


@pytest.fixture(scope="module")
def everything() -> Knowledge:
    return load_knowledge()


def test_every_row_names_medicines_conditions_and_sources_that_are_known(everything: Knowledge) -> None:
    bank = phrase_bank()
    for row in (*bank.signs, *bank.rules):
        assert set(row.has) <= set(everything.conditions)
        assert set(row.source) <= set(everything.sources)
        assert set(row.takes) <= set(everything.drugs) | set(everything.classes)
        assert row.source


def test_no_row_holds_a_dangerous_word_or_a_telephone_number() -> None:
    bank = phrase_bank()
    text = "\n".join((*(f"{sign.signs}\n{sign.act}" for sign in bank.signs), *(rule.text for rule in bank.rules)))
    assert found(text, EVERYWHERE | FOR_PATIENTS) == []
    assert found(text, {"number to call": r"\d{3}"}) == []


def told(plan: m.CarePlan, knowledge: Knowledge, colour: Colour, **changes: Any) -> str:
    changed = attrs.evolve(plan, **changes)
    lines = signs(colour, Taking(changed, knowledge, ON), Names(changed, knowledge), contacts(changed))
    return "\n".join(str(line) for each in lines for line in each)


def test_an_infection_pauses_by_name_and_keeps_the_steroid(plan: m.CarePlan, knowledge: Knowledge) -> None:
    text = told(plan, knowledge, Colour.AMBER)
    assert "Do not take your next dose of methotrexate and adalimumab until we have spoken." in text
    assert "Keep taking prednisolone." in text


def test_a_medicine_without_a_phrase_is_never_stopped(plan: m.CarePlan, knowledge: Knowledge) -> None:
    alone = m.Immunosuppressant(id="hcq", drug="hydroxychloroquine", dosage=m.Dose.daily("200 mg"))
    text = told(plan, knowledge, Colour.AMBER, components=(alone,), goals=(), decisions=())
    assert "Call before your next dose of hydroxychloroquine." in text
    assert "Do not take" not in text
    assert "Stop" not in text


def test_signs_follow_what_is_taken(plan: m.CarePlan, knowledge: Knowledge) -> None:
    everyone = told(plan, knowledge, Colour.RED, components=(), goals=(), decisions=())
    assert "Stop naproxen." in told(plan, knowledge, Colour.RED)
    assert "naproxen" not in everyone
    assert "methotrexate" not in everyone
    assert "cannot control your bladder" in everyone


def test_stopped_medicines_have_no_signs(plan: m.CarePlan, knowledge: Knowledge) -> None:
    stopped = attrs.evolve(plan.components[3], status=m.ItemStatus.STOPPED, stop=date(2026, 2, 20))
    text = told(plan, knowledge, Colour.RED, components=(stopped,), goals=(), decisions=())
    assert "naproxen" not in text


COUNTRIES = {m.Jurisdiction.UK: "999", m.Jurisdiction.US: "911", None: "your emergency number"}


@pytest.mark.parametrize(("jurisdiction", "number"), COUNTRIES.items())
def test_the_emergency_number_is_that_of_the_country(
    jurisdiction: m.Jurisdiction | None, number: str, plan: m.CarePlan
) -> None:
    assert contacts(attrs.evolve(plan, jurisdiction=jurisdiction)).emergency == number


def test_the_advice_line_is_the_nurse_with_a_phone_else_whoever_can_be_reached(plan: m.CarePlan) -> None:
    assert contacts(plan).advice_words == "020 7946 0012 (Monday to Friday, 9:00 to 16:00)"
    without = tuple(member for member in plan.team if member.role is not m.Role.SPECIALIST_NURSE)
    assert contacts(attrs.evolve(plan, team=without)).advice_words == "020 7946 0011 (hours not recorded)"
    assert contacts(attrs.evolve(plan, team=())).advice is None


def test_those_past_the_age_are_not_asked_about_pregnancy(plan: m.CarePlan, knowledge: Knowledge) -> None:
    raw = dict(knowledge._raw)
    raw["drugs"] = {**raw["drugs"], "methotrexate": {**raw["drugs"]["methotrexate"], "classes": ["teratogen"]}}
    raw["classes"] = {**raw["classes"], "teratogen": {**raw["classes"]["opioid"], "id": "teratogen"}}
    teratogenic = Knowledge(raw)
    young = attrs.evolve(plan, patient=attrs.evolve(plan.patient, birth_date=date(1990, 1, 1)))
    question = "ask about methotrexate by name"
    assert any(question in rule for rule in everyday_rules(Taking(young, teratogenic, ON), Names(young, teratogenic)))
    assert not any(question in rule for rule in everyday_rules(Taking(plan, teratogenic, ON), Names(plan, teratogenic)))
