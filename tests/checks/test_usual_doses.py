"""Every usual dose of every medicine can be ordered without a finding about its size; far too much is found."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest

import careplan as cp
from careplan.knowledge import load_knowledge
from careplan.knowledge.dosing import DoseLimit, UsualDose
from careplan.knowledge.spans import TimeUnit
from careplan.knowledge.vocabulary import LimitKind
from careplan.model import Dimension, Once, Unit, plain
from tests.checks.cases import plan

KNOWN = load_knowledge()
ON = date(2026, 3, 2)
PERSON = plan({"name": "usual", "medicines": [], "results": {"weight": "70"}})
WEIGHT = Decimal(70)
CAUTIONED = {
    ("dexamethasone", 1): "10 mg is within the usual start and above the line of caution",
    ("etanercept", 3): "every 3 days is three doses in some weeks; twice a week is two",
    ("ketorolac", 2): "30 mg every 6 hours is more than the daily limit allows",
    ("ketorolac", 6): "10 mg every 4 hours is more than the daily limit allows",
    ("methylprednisolone", 2): "a pulse of 1 g is usual and above the line of caution",
    ("paracetamol", 6): "for people up to 50 kg",
    ("paracetamol", 8): "for people below 50 kg",
    ("prednisolone", 6): "60 mg for giant cell arteritis is usual and above the line of caution",
    ("prednisone", 5): "60 mg for giant cell arteritis is usual and above the line of caution",
    ("ustekinumab", 3): "for people above 100 kg",
}
"""Usual doses that the tables caution about all the same, or that suit another body weight."""
SIZES = ("dose-above-limit", "dose-interval-too-short")


def amount(value: Decimal, unit: Unit) -> str:
    if unit.dimension is Dimension.MASS_PER_BODY_MASS:
        mass = {Unit.MG_PER_KG: "mg"}.get(unit, "ug")
        return f"{plain(value * WEIGHT)} {mass}"
    return f"{plain(value)} {unit.value}"


def ordered(row: UsualDose, *, most: bool) -> cp.Dose | None:
    """The row as an order: the smallest amount as often as it allows, or the largest as seldom.

    None where numbers do not say it.
    """
    if row.amount is None or row.unit is None or row.at_weeks:
        return None
    size = amount(row.amount.high if most else row.amount.low, row.unit)
    if row.once:
        return attrs.evolve(cp.Dose.daily(size), timing=Once(on=ON))
    if row.times_a_day is not None:
        return cp.Dose.daily(size, int(row.times_a_day.low if most else row.times_a_day.high))
    if row.every is None:
        return None
    gap = row.every.longest if most else row.every.shortest
    if row.unit.dimension is Dimension.MASS_RATE:
        return cp.Dose.continuous(size, int(gap.hours))
    if gap.unit is TimeUnit.HOUR:
        return cp.Dose.every_hours(size, int(gap.hours))
    return cp.Dose.weekly(size, "monday") if gap.days == 7 else cp.Dose.every(size, str(gap))


def usual() -> Iterator[object]:
    for name, drug in KNOWN.drugs.items():
        for number, row in enumerate(drug.doses, start=1):
            if ordered(row, most=True) is not None:
                reason = CAUTIONED.get((name, number))
                marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
                yield pytest.param(name, row, id=f"{name}-{number}", marks=marks)


def findings(name: str, dose: cp.Dose, row: UsualDose | DoseLimit, place: cp.Jurisdiction | None) -> list[str]:
    medicine = cp.OtherMedicine(
        id="it",
        drug=name,
        dosage=dose,
        route=cp.Route(row.routes[0].value) if row.routes else cp.Absent.UNKNOWN,
        form=cp.Form(row.forms[0].value) if row.forms else cp.Absent.UNKNOWN,
        indication=row.indications[0] if row.indications else cp.Absent.UNKNOWN,
        start=ON - timedelta(days=1),
    )
    report = cp.review(attrs.evolve(PERSON, components=(medicine,), jurisdiction=place), on=ON)
    rules = [rule for finding in report for rule in (finding.rule, *finding.also)]
    return [rule for rule in rules if rule.startswith(SIZES) and "-duration-" not in rule]


def places(row: UsualDose | DoseLimit) -> list[cp.Jurisdiction | None]:
    stated = [cp.Jurisdiction(each.value) for each in row.jurisdiction if each.value in {*cp.Jurisdiction}]
    return [*stated] or [cp.Jurisdiction.UK, cp.Jurisdiction.US]


@pytest.mark.parametrize(("name", "row"), list(usual()))
def test_a_usual_dose_is_no_finding(name: str, row: UsualDose) -> None:
    for most in (False, True):
        dose = ordered(row, most=most)
        assert dose is not None
        for place in places(row):
            assert findings(name, dose, row, place) == [], (dose, place)


def judged(row: DoseLimit) -> bool:
    """Whether a rule can hold an order against the row as it stands, whatever else is true."""
    kinds = (LimitKind.SINGLE, LimitKind.DAILY, LimitKind.WEEKLY)
    conditional = row.when or row.after or row.supply or row.per_site or row.equivalent
    sized = row.hard_above is not None and row.unit is not None and row.unit.dimension is not Dimension.COUNT
    return row.kind in kinds and not conditional and sized


def hard() -> Iterator[object]:
    for name, drug in KNOWN.drugs.items():
        for number, row in enumerate(drug.limits, start=1):
            if judged(row):
                yield pytest.param(name, row, id=f"{name}-{number}-{row.kind.value}")


@pytest.mark.parametrize(("name", "row"), list(hard()))
def test_three_times_the_hard_limit_is_found(name: str, row: DoseLimit) -> None:
    """By a limit, or by a rule that says it better."""
    assert row.hard_above is not None
    assert row.unit is not None
    size = amount(row.hard_above * 3, row.unit)
    dose = cp.Dose.weekly(size, "monday") if row.kind is LimitKind.WEEKLY else cp.Dose.daily(size)
    if row.unit.dimension is Dimension.MASS_RATE:
        dose = cp.Dose.continuous(size, 168)
    for place in places(row):
        medicine_rules = findings(name, dose, row, place)
        assert medicine_rules or row.covered_by, (dose, place)


def test_a_limit_of_another_country_says_whose_it_is() -> None:
    """Nothing of the UK is known about a limit of hydrocodone."""
    medicine = cp.OtherMedicine(
        id="it", drug="hydrocodone", dosage=cp.Dose.daily("30 mg", 4), route=cp.Route.ORAL, start=ON,
        form=cp.Form.IMMEDIATE_RELEASE,
    )  # fmt: skip
    for place, noted in ((cp.Jurisdiction.UK, True), (cp.Jurisdiction.US, False)):
        report = cp.review(attrs.evolve(PERSON, components=(medicine,), jurisdiction=place), on=ON)
        (limit,) = [finding for finding in report if finding.rule.startswith("dose-above-limit")]
        assert ("Stated for US; nothing of UK is known about it." in limit.notes) is noted
