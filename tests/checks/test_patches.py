"""How often a patch is changed decides which limits it has: kinds of one strength are mixed up."""

import pytest

import careplan as cp
from tests.checks.clinic import ON, med, person, plan

NO_BRAND = "buprenorphine-patch-ceiling"
TOO_OFTEN = "dose-interval-too-short"
US = cp.Jurisdiction.US


def found(drug: str, rate: str, hours: int, place: cp.Jurisdiction = cp.Jurisdiction.UK) -> set[str]:
    """What a review finds about the size and the rhythm of one patch."""
    patch = med(drug, cp.Dose.continuous(rate, hours), route=cp.Route.TRANSDERMAL, form=cp.Form.PATCH)
    report = cp.review(plan(person(), patch, bare=True, jurisdiction=place), on=ON)
    rules = [rule for finding in report for rule in (finding.rule, *finding.also)]
    return {part for rule in rules for part in (NO_BRAND, TOO_OFTEN) if rule.startswith(part)}


@pytest.mark.parametrize(
    ("drug", "rate", "hours"),
    [
        ("buprenorphine-patch", "40 ug/h", 168),
        ("buprenorphine-patch", "52.5 ug/h", 96),
        ("buprenorphine-patch", "140 ug/h", 72),
        ("fentanyl-patch", "100 ug/h", 72),
    ],
)
def test_the_rhythm_of_the_brand_is_no_finding(drug: str, rate: str, hours: int) -> None:
    assert found(drug, rate, hours) == set()


def test_more_than_the_limit_of_its_kind_is_found() -> None:
    assert found("buprenorphine-patch", "52.5 ug/h", 168) == {NO_BRAND}
    assert found("buprenorphine-patch", "157.5 ug/h", 72) == {NO_BRAND}
    assert found("buprenorphine-patch", "40 ug/h", 168, US) == {NO_BRAND}


def test_a_week_s_strength_changed_every_three_days_is_found() -> None:
    assert found("buprenorphine-patch", "20 ug/h", 72) == {NO_BRAND}
    assert found("buprenorphine-patch", "10 ug/h", 72, US) == {NO_BRAND}


def test_a_patch_that_is_changed_too_early_is_found() -> None:
    assert found("fentanyl-patch", "25 ug/h", 48) == {TOO_OFTEN}
    assert found("fentanyl-patch", "25 ug/h", 48, US) == {TOO_OFTEN}
