from decimal import Decimal

import pytest

from careplan.measures import NotDefinedError, bmi, ideal_weight, qtc_bazett, qtc_fridericia
from careplan.model import Quantity, Sex, Unit

TOLERANCE = Decimal("0.0005")


@pytest.mark.parametrize(
    ("kg", "height", "expected"),
    [("82", "1.65 m", "30.119"), ("54", "170 cm", "18.685"), ("86.7", "1.70 m", "30"), ("72.25", "1.70 m", "25")],
)
def test_bmi(kg: str, height: str, expected: str) -> None:
    found = bmi(Quantity(Decimal(kg), Unit.KG), Quantity.parse(height))
    assert abs(found.value - Decimal(expected)) <= TOLERANCE
    assert found.unit is Unit.KG_PER_M2


def test_bmi_meets_its_band_edges_exactly() -> None:
    assert bmi(Quantity.parse("86.7 kg"), Quantity.parse("1.70 m")).value == 30
    assert bmi(Quantity.parse("72.25 kg"), Quantity.parse("1.70 m")).value == 25


@pytest.mark.parametrize(("kg", "metres"), [("0", "1.7"), ("-3", "1.7"), ("70", "0")])
def test_impossible_bodies_have_no_bmi(kg: str, metres: str) -> None:
    with pytest.raises(NotDefinedError, match="not possible"):
        bmi(Quantity(Decimal(kg), Unit.KG), Quantity(Decimal(metres), Unit.M))


@pytest.mark.parametrize(
    ("height", "sex", "kg"),
    [("160 cm", Sex.FEMALE, "52.416"), ("152.4 cm", Sex.MALE, "50"), ("152.4 cm", Sex.FEMALE, "45.5")],
)
def test_ideal_weight(height: str, sex: Sex, kg: str) -> None:
    assert ideal_weight(Quantity.parse(height), sex).kg == Decimal(kg)


def test_ideal_weight_is_not_defined_for_short_people_nor_without_a_sex() -> None:
    with pytest.raises(NotDefinedError, match=r"152\.4"):
        ideal_weight(Quantity.parse("150 cm"), Sex.MALE)
    with pytest.raises(NotDefinedError, match="sex"):
        ideal_weight(Quantity.parse("170 cm"), Sex.INTERSEX)


@pytest.mark.parametrize(
    ("qt", "rate", "fridericia", "bazett"),
    [
        (400, 75, "430.887", "447.214"),
        (440, 50, "414.056", "401.663"),
        (400, 60, "400.0", "400.0"),
        (360, 100, "426.827", "464.758"),
        (330, 120, "415.774", None),
        (480, 68, "500.450", None),
        (490, 55, "475.992", None),
    ],
)
def test_corrected_qt(qt: int, rate: int, fridericia: str, bazett: str | None) -> None:
    interval, beats = Quantity(Decimal(qt), Unit.MILLISECOND), Quantity(Decimal(rate), Unit.PER_MIN)
    assert abs(qtc_fridericia(interval, beats).value - Decimal(fridericia)) <= TOLERANCE
    if bazett is not None:
        assert abs(qtc_bazett(interval, beats).value - Decimal(bazett)) <= TOLERANCE


def test_no_qtc_without_a_heart_beat() -> None:
    with pytest.raises(NotDefinedError, match="not possible"):
        qtc_fridericia(Quantity.parse("400 ms"), Quantity(Decimal(0), Unit.PER_MIN))
