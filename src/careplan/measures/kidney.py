"""Kidney function: estimated filtration (CKD-EPI) and creatinine clearance (Cockcroft-Gault).

The two are different tests: CKD-EPI is per 1.73 m² of body surface, Cockcroft-Gault is not, and the limits of one
must not be read with the value of the other. All need a creatinine in a steady state: not in acute kidney injury,
pregnancy or dialysis, and with care after amputation or with very little muscle.
"""

from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from careplan.measures.body import BodyWeight
from careplan.measures.undefined import NotDefinedError
from careplan.model import Absent, Dimension, Quantity, Sex, Unit

_UMOL_PER_L_IN_A_MG_PER_DL = Decimal("88.4")
_ONE = Decimal(1)


class Equation(StrEnum):
    """Which CKD-EPI creatinine equation; values of two equations never share a trend."""

    CKD_EPI_2021 = "ckd-epi-2021"
    """Inker et al., N Engl J Med 2021."""
    CKD_EPI_2009 = "ckd-epi-2009"
    """Levey et al., Ann Intern Med 2009, without ethnicity factor: the form that UK laboratories use (NICE NG203)."""


class ClearanceForm(StrEnum):
    """Two printed forms of Cockcroft-Gault; rounded constants make them differ by up to 0.4 %."""

    ORIGINAL = "original"
    """(140 - age) x kg / (72 x mg/dL), x 0.85 for women (Cockcroft and Gault, Nephron 1976)."""
    SI = "si"
    """(140 - age) x kg x 1.23 (men) or 1.04 (women) / (µmol/L)."""


@frozen
class _Coefficients:
    scale: int
    above: Decimal
    per_year: Decimal
    female: Decimal
    below_female: Decimal
    below_male: Decimal


_CKD_EPI = {
    Equation.CKD_EPI_2021: _Coefficients(
        142, Decimal("-1.200"), Decimal("0.9938"), Decimal("1.012"), Decimal("-0.241"), Decimal("-0.302")
    ),
    Equation.CKD_EPI_2009: _Coefficients(
        141, Decimal("-1.209"), Decimal("0.993"), Decimal("1.018"), Decimal("-0.329"), Decimal("-0.411")
    ),
}


@frozen(kw_only=True)
class Clearance:
    """A creatinine clearance in mL/min, with the weight that it was worked out with."""

    value: Quantity
    weight: BodyWeight
    form: ClearanceForm


def egfr(creatinine: Quantity, *, age: int | None, sex: Sex | Absent, equation: Equation) -> Quantity:
    """Estimated glomerular filtration rate, mL/min/1.73 m², unrounded.

    scale x min(Scr/k, 1)^a x max(Scr/k, 1)^b x c^age [x d if female] with Scr in mg/dL (µmol/L / 88.4, IDMS-traceable)
    and k 0.7 for women, 0.9 for men. `age` in completed years; laboratories report whole numbers.

    Raises `NotDefinedError` under 18 years, for an unknown age or sex, and for a creatinine of zero or less.
    """
    years, female = _adult(age), _is_female(sex)
    c = _CKD_EPI[equation]
    ratio = _mg_per_dl(creatinine) / (Decimal("0.7") if female else Decimal("0.9"))
    below = c.below_female if female else c.below_male
    value = c.scale * min(ratio, _ONE) ** below * max(ratio, _ONE) ** c.above * c.per_year**years
    return Quantity(value * c.female if female else value, Unit.ML_PER_MIN_173)


def cockcroft_gault(
    creatinine: Quantity,
    *,
    age: int | None,
    sex: Sex | Absent,
    weight: BodyWeight,
    form: ClearanceForm = ClearanceForm.ORIGINAL,
) -> Clearance:
    """Creatinine clearance after Cockcroft and Gault (1976), mL/min: for doses where the label says CrCl.

    Also preferred for direct oral anticoagulants, from 75 years and at extremes of weight (NICE NG203). The result
    names the weight that was used: actual, ideal or adjusted.

    Raises `NotDefinedError` under 18 years, for an unknown age or sex, and for a creatinine of zero or less.
    """
    years, female = _adult(age), _is_female(sex)
    mass = max(140 - years, 0) * weight.kg
    if form is ClearanceForm.SI:
        constant = Decimal("1.04") if female else Decimal("1.23")
        value = mass * constant / (_mg_per_dl(creatinine) * _UMOL_PER_L_IN_A_MG_PER_DL)
    else:
        value = mass / (72 * _mg_per_dl(creatinine)) * (Decimal("0.85") if female else _ONE)
    return Clearance(value=Quantity(value, Unit.ML_PER_MIN), weight=weight, form=form)


def _adult(age: int | None) -> int:
    if age is None:
        raise NotDefinedError("the age is not known")
    if age < 18:
        raise NotDefinedError(f"the equation is for adults; the age is {age}")
    return age


def _is_female(sex: Sex | Absent) -> bool:
    if sex not in (Sex.FEMALE, Sex.MALE):
        raise NotDefinedError(f"the equation needs the sex, female or male; it is {sex.value}: look at both values")
    return sex is Sex.FEMALE


def _mg_per_dl(creatinine: Quantity) -> Decimal:
    if creatinine.value <= 0:
        raise NotDefinedError(f"a creatinine of {creatinine} is not possible")
    if creatinine.unit.dimension is Dimension.SUBSTANCE_CONCENTRATION:
        return creatinine.to(Unit.UMOL_PER_L).value / _UMOL_PER_L_IN_A_MG_PER_DL
    return creatinine.to(Unit.MG_PER_DL).value
