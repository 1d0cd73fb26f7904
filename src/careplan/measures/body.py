"""Body size: body mass index, and the body weights that doses are worked out with."""

from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from careplan.measures.undefined import NotDefinedError
from careplan.model import Absent, Quantity, Sex, Unit

_SHORTEST = Decimal("152.4")
"""cm; Devine's formula starts at 5 feet."""
_PER_CM = Decimal("0.91")
_BASE = {Sex.MALE: Decimal(50), Sex.FEMALE: Decimal("45.5")}


class WeightBasis(StrEnum):
    """Which weight a calculation used; it belongs beside the result."""

    ACTUAL = "actual"
    IDEAL = "ideal"
    ADJUSTED = "adjusted"


def _at_least_something(_instance: object, _attribute: object, value: Quantity) -> None:
    if value.to(Unit.KG).value <= 0:
        raise NotDefinedError(f"a body weight of {value} is not possible")


@frozen
class BodyWeight:
    """A weight and what kind of weight it is."""

    amount: Quantity = field(validator=_at_least_something)
    basis: WeightBasis = WeightBasis.ACTUAL

    @property
    def kg(self) -> Decimal:
        """The weight in kilograms."""
        return self.amount.to(Unit.KG).value


def bmi(weight: Quantity, height: Quantity) -> Quantity:
    """Body mass index, kg/m2: weight in kg / (height in m)².

    The value is decimal, so a band edge is met exactly: 86.7 kg and 1.70 m give 30.
    Raises `UnitError` for anything but a mass and a length, `NotDefinedError` for a height or weight of zero or less.
    """
    metres = height.to(Unit.M).value
    if metres <= 0:
        raise NotDefinedError(f"a body height of {height} is not possible")
    return Quantity(BodyWeight(weight).kg / metres**2, Unit.KG_PER_M2)


def ideal_weight(height: Quantity, sex: Sex | Absent) -> BodyWeight:
    """Ideal body weight after Devine (1974): 50 kg (men) or 45.5 kg (women) + 0.91 kg for each cm above 152.4 cm.

    Raises `NotDefinedError` below 152.4 cm and where the sex is neither female nor male.
    """
    centimetres = height.to(Unit.CM).value
    if centimetres < _SHORTEST:
        raise NotDefinedError(f"Devine's ideal weight is not defined below 152.4 cm; the height is {height}")
    base = _BASE.get(sex) if isinstance(sex, Sex) else None
    if base is None:
        raise NotDefinedError(f"Devine's ideal weight needs the sex, female or male; it is {sex.value}")
    return BodyWeight(Quantity(base + _PER_CM * (centimetres - _SHORTEST), Unit.KG), WeightBasis.IDEAL)


def adjusted_weight(actual: Quantity, height: Quantity, sex: Sex | Absent) -> BodyWeight:
    """Adjusted body weight: ideal + 0.4 x (actual - ideal), in use when actual is well above 120-130 % of ideal.

    Raises `NotDefinedError` as `ideal_weight` does.
    """
    ideal = ideal_weight(height, sex).kg
    amount = Quantity(ideal + Decimal("0.4") * (BodyWeight(actual).kg - ideal), Unit.KG)
    return BodyWeight(amount, WeightBasis.ADJUSTED)
