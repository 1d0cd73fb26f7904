"""The published vectors of both equations, the choice of weight, and inputs for which they do not hold."""

from decimal import Decimal

import pytest

from careplan.measures import (
    BodyWeight,
    ClearanceForm,
    Equation,
    NotDefinedError,
    WeightBasis,
    adjusted_weight,
    cockcroft_gault,
    egfr,
    ideal_weight,
)
from careplan.model import Absent, Quantity, Sex, Unit, UnitError

F, M = Sex.FEMALE, Sex.MALE
TOLERANCE = Decimal("0.0005")


def near(found: Decimal, expected: str) -> bool:
    return abs(found - Decimal(expected)) <= TOLERANCE


@pytest.mark.parametrize(
    ("sex", "age", "creatinine", "by_2021", "by_2009"),
    [
        (F, 62, "1.00 mg/dL", "63.698", "60.331"),
        (M, 45, "0.80 mg/dL", "111.222", "107.884"),
        (M, 70, "110 umol/L", "62.285", "58.286"),
        (F, 62, "90 umol/L", "62.341", "59.037"),
        (F, 18, "0.7 mg/dL", "128.484", "126.489"),
        (M, 18, "0.9 mg/dL", "126.961", "124.253"),
        (F, 18, "0.5 mg/dL", "139.337", "141.296"),
        (F, 40, "0.71 mg/dL", "110.163", "106.534"),
        (M, 40, "0.91 mg/dL", "109.267", "105.048"),
        (M, 30, "1.5 mg/dL", "63.832", "61.586"),
        (F, 30, "1.5 mg/dL", "47.780", "46.267"),
        (F, 90, "2.0 mg/dL", "23.295", "21.438"),
        (M, 90, "2.0 mg/dL", "31.121", "28.535"),
    ],
)
def test_ckd_epi_gives_the_published_values(sex: Sex, age: int, creatinine: str, by_2021: str, by_2009: str) -> None:
    scr = Quantity.parse(creatinine)
    new = egfr(scr, age=age, sex=sex, equation=Equation.CKD_EPI_2021)
    old = egfr(scr, age=age, sex=sex, equation=Equation.CKD_EPI_2009)
    assert near(new.value, by_2021)
    assert near(old.value, by_2009)
    assert new.unit is old.unit is Unit.ML_PER_MIN_173


@pytest.mark.parametrize(
    ("sex", "age", "kg", "mg_dl", "original", "umol_l", "si"),
    [
        (F, 62, "70", "1.00 mg/dL", "64.458", "88.4 umol/L", "64.235"),
        (M, 45, "85", "0.80 mg/dL", "140.191", "70.72 umol/L", "140.445"),
        (F, 88, "48", "120 umol/L", "21.707", "120 umol/L", "21.632"),
    ],
)
def test_cockcroft_gault_in_both_printed_forms(
    sex: Sex, age: int, kg: str, mg_dl: str, original: str, umol_l: str, si: str
) -> None:
    weight = BodyWeight(Quantity(Decimal(kg), Unit.KG))
    first = cockcroft_gault(Quantity.parse(mg_dl), age=age, sex=sex, weight=weight)
    second = cockcroft_gault(Quantity.parse(umol_l), age=age, sex=sex, weight=weight, form=ClearanceForm.SI)
    assert near(first.value.value, original)
    assert near(second.value.value, si)
    assert first.value.unit is Unit.ML_PER_MIN
    assert (first.form, second.form) == (ClearanceForm.ORIGINAL, ClearanceForm.SI)


def test_the_weight_that_was_used_stands_in_the_clearance() -> None:
    actual, height = Quantity.parse("120 kg"), Quantity.parse("178 cm")
    ideal, adjusted = ideal_weight(height, M), adjusted_weight(actual, height, M)
    assert near(ideal.kg, "73.296")
    assert near(adjusted.kg, "91.978")
    expected = {WeightBasis.ACTUAL: "183.333", WeightBasis.ADJUSTED: "140.521", WeightBasis.IDEAL: "111.980"}
    for weight in (BodyWeight(actual), adjusted, ideal):
        clearance = cockcroft_gault(Quantity.parse("1.0 mg/dL"), age=30, sex=M, weight=weight)
        assert near(clearance.value.value, expected[weight.basis])
        assert clearance.weight is weight


@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "reason"),
    [
        ("1.0 mg/dL", 17, F, "adults"),
        ("1.0 mg/dL", None, F, "age is not known"),
        ("1.0 mg/dL", 50, Absent.UNKNOWN, "sex"),
        ("1.0 mg/dL", 50, Sex.INTERSEX, "both values"),
        ("0 mg/dL", 50, M, "not possible"),
    ],
)
def test_no_value_but_a_reason_where_the_equations_do_not_hold(
    creatinine: str, age: int | None, sex: Sex | Absent, reason: str
) -> None:
    scr = Quantity.parse(creatinine)
    with pytest.raises(NotDefinedError, match=reason):
        egfr(scr, age=age, sex=sex, equation=Equation.CKD_EPI_2021)
    with pytest.raises(NotDefinedError, match=reason):
        cockcroft_gault(scr, age=age, sex=sex, weight=BodyWeight(Quantity.parse("70 kg")))


def test_a_creatinine_must_be_a_concentration() -> None:
    with pytest.raises(UnitError):
        egfr(Quantity.parse("1 mg"), age=50, sex=M, equation=Equation.CKD_EPI_2009)
