"""Amounts: exact conversion, refusal across dimensions, plain writing."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from careplan.model import Dimension, Quantity, Unit, UnitError, plain

AMOUNTS = st.decimals(min_value="0.001", max_value="9999", places=3)
PAIRS = st.sampled_from(
    [(a, b) for a in Unit for b in Unit if a.kind is b.kind and 1e-9 < float(a.factor / b.factor) < 1e9]
)
SUBSTANCE = st.sampled_from([u for u in Unit if u.dimension is Dimension.SUBSTANCE_CONCENTRATION])
MASS = st.sampled_from([u for u in Unit if u.dimension is Dimension.MASS_CONCENTRATION])


@given(AMOUNTS, PAIRS)
def test_conversion_there_and_back_gives_the_same_amount(value: Decimal, pair: tuple[Unit, Unit]) -> None:
    here = Quantity(value, pair[0])
    back = here.to(pair[1]).to(pair[0])
    assert abs(back.value - here.value) <= abs(here.value) * Decimal("1e-25")


@given(AMOUNTS, SUBSTANCE, MASS)
def test_molar_mass_joins_mass_and_substance(value: Decimal, substance: Unit, mass: Unit) -> None:
    molar_mass = Decimal("113.12")
    here = Quantity(value, substance)
    back = here.to(mass, molar_mass=molar_mass).to(substance, molar_mass=molar_mass)
    assert abs(back.value - here.value) <= abs(here.value) * Decimal("1e-20")


def test_creatinine_converts_with_its_molar_mass_only() -> None:
    creatinine = Quantity.parse("88.4 umol/L")
    assert plain(creatinine.to(Unit.MG_PER_DL, molar_mass=Decimal("113.12")).value.quantize(Decimal("0.001"))) == "1"
    with pytest.raises(UnitError, match="without the analyte's molar mass"):
        creatinine.to(Unit.MG_PER_DL)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        ("1 mg", Unit.ML),
        ("1 {tablet}", Unit.CAPSULE),
        ("60 mL/min", Unit.ML_PER_MIN_173),
        ("37 Cel", Unit.KPA),
        ("20 mm/h", Unit.PER_MIN),
    ],
)
def test_crossing_dimensions_is_an_error(amount: str, unit: Unit) -> None:
    with pytest.raises(UnitError, match="cannot be converted"):
        Quantity.parse(amount).to(unit)


def test_equal_amounts_are_equal_and_hash_alike() -> None:
    assert Quantity.parse("1 g") == Quantity.parse("1000 mg")
    assert hash(Quantity.parse("1 g")) == hash(Quantity.parse("1000 mg"))
    assert Quantity.parse("1 g") != Quantity.parse("1 mL")
    assert Quantity.parse("999 mg") < Quantity.parse("1 g")


@pytest.mark.parametrize("text", ["", "mg", "7,5 mg", "1e3 mg", "5", "5 mgs", "NaN mg", "--5 mg"])
def test_what_is_no_amount_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnitError, match="is not"):
        Quantity.parse(text)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1e40"), 5, 5.5, "7"])
def test_only_finite_decimals_of_clinical_size_are_values(value: object) -> None:
    with pytest.raises(ValueError, match="value"):
        Quantity(value, Unit.MG)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "text"), [("1.0", "1"), ("0.50", "0.5"), ("100", "100"), ("1E+2", "100"), ("0.000", "0"), ("7.5", "7.5")]
)
def test_numbers_are_written_without_trailing_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
