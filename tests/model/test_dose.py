"""Doses: the period is part of the dose, and the most of each ingredient is known or Absent."""

from datetime import date
from decimal import Decimal

import pytest

from careplan.model import (
    Absent,
    Analgesic,
    AsNeeded,
    Continuous,
    Dose,
    Hold,
    Immunosuppressant,
    Ingredient,
    Interval,
    ItemStatus,
    Nsaid,
    Product,
    Quantity,
    Step,
    Steps,
    Unit,
)

CO_CODAMOL = Product.tablets("co-codamol 30/500", codeine="30 mg", paracetamol="500 mg")


def amounts(dose: Dose, drug: str = "naproxen", weight: str | None = None) -> tuple[str, str, str]:
    medicine = Nsaid(id="item", drug=drug, dosage=dose)
    kg = Quantity.parse(weight) if weight else None
    most = medicine.amounts(dose, weight=kg)[drug]
    return str(most.single), str(most.daily), str(most.weekly)


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        (Dose.daily("500 mg", 2), ("500 mg", "1000 mg", "7000 mg")),
        (Dose.pattern("300 mg", 1, 0, 2), ("600 mg", "900 mg", "6300 mg")),
        (Dose.every_hours("30 mg", 12), ("30 mg", "60 mg", "420 mg")),
        (Dose.every_hours("10 mg", 5), ("10 mg", "50 mg", "340 mg")),
        (Dose.every_hours("10 mg", 48), ("10 mg", "10 mg", "40 mg")),
        (Dose.weekly("15 mg", "monday"), ("15 mg", "15 mg", "15 mg")),
        (Dose.weekly("25 mg", "monday", "thursday"), ("25 mg", "25 mg", "50 mg")),
        (Dose.every("40 mg", "2 weeks"), ("40 mg", "40 mg", "40 mg")),
        (Dose.every("5 mg", "2 days"), ("5 mg", "5 mg", "20 mg")),
        (Dose.every("60 mg", "1 month"), ("60 mg", "60 mg", "60 mg")),
        (Dose.as_needed("400 mg", at_most="1200 mg", reason="pain"), ("400 mg", "1200 mg", "8400 mg")),
    ],
)
def test_the_most_that_a_dose_comes_to(dose: Dose, expected: tuple[str, str, str]) -> None:
    assert amounts(dose) == expected


def test_weekly_and_daily_are_different_values_of_different_types() -> None:
    weekly, daily = Dose.weekly("15 mg", "monday"), Dose.daily("15 mg")
    assert weekly != daily
    assert type(weekly.timing) is not type(daily.timing)


def test_a_combination_counts_each_ingredient() -> None:
    dose = Dose.as_needed("2 tablets", at_most="8 tablets", reason="pain", hours_between=4)
    most = Analgesic(id="cc", drug="co-codamol", dosage=dose, product=CO_CODAMOL).amounts(dose)
    assert {drug: str(amount.daily) for drug, amount in most.items()} == {"codeine": "240 mg", "paracetamol": "4000 mg"}


def test_a_dose_per_kg_needs_the_weight() -> None:
    dose = Dose.daily("2 mg/kg")
    assert amounts(dose, "azathioprine") == ("unknown", "unknown", "unknown")
    assert amounts(dose, "azathioprine", "70 kg") == ("140 mg", "140 mg", "980 mg")


def test_a_patch_has_a_rate() -> None:
    dose = Dose.continuous("25 ug/h", 72)
    patch = Analgesic(id="patch", drug="fentanyl-patch", dosage=dose)
    most = patch.amounts(dose)["fentanyl-patch"]
    assert most.rate == Quantity.parse("25 ug/h")
    assert most.daily == Quantity.parse("0.6 mg")


@pytest.mark.parametrize(
    "dose",
    [
        Dose.unknown("as directed"),
        Dose(amount=Absent.UNKNOWN, timing=Dose.daily("1 mg").timing),
        Dose.daily("2 tablets"),
        Dose.daily("5 mL"),
    ],
)
def test_what_cannot_be_worked_out_is_absent(dose: Dose) -> None:
    assert amounts(dose) == ("unknown", "unknown", "unknown")


def test_a_single_dose_is_known_where_only_the_timing_is_missing() -> None:
    assert amounts(Dose(amount=Quantity.parse("500 mg"), timing=Absent.UNKNOWN)) == ("500 mg", "unknown", "unknown")


def test_liquids_count_by_their_strength() -> None:
    oral = Product(
        ingredients=(Ingredient(drug="morphine", strength=Quantity.parse("10 mg"), per=Quantity.parse("5 mL")),)
    )
    dose = Dose.every_hours("2.5 mL", 4)
    most = Analgesic(id="oramorph", drug="morphine", dosage=dose, product=oral).amounts(dose)["morphine"]
    assert (most.single, most.daily) == (Quantity.parse("5 mg"), Quantity.parse("30 mg"))


def test_a_mass_of_a_combination_says_nothing_about_its_parts() -> None:
    dose = Dose.daily("500 mg")
    most = Analgesic(id="cc", drug="co-codamol", dosage=dose, product=CO_CODAMOL).amounts(dose)
    assert all(amount.daily is Absent.UNKNOWN for amount in most.values())


class TestImpossible:
    @pytest.mark.parametrize("amount", ["0 mg", "-5 mg"])
    def test_no_dose_is_zero_or_less(self, amount: str) -> None:
        with pytest.raises(ValueError, match="more than 0"):
            Dose.daily(amount)

    def test_a_rate_is_continuous(self) -> None:
        with pytest.raises(ValueError, match="is a rate"):
            Dose.daily("25 ug/h")

    def test_the_daily_limit_is_not_below_one_dose(self) -> None:
        with pytest.raises(ValueError, match="less than one dose"):
            Dose.as_needed("1 g", at_most="500 mg", reason="pain")

    def test_the_daily_limit_has_the_unit_of_the_dose(self) -> None:
        with pytest.raises(ValueError, match="unit of the amount"):
            Dose.as_needed("2 tablets", at_most="4 g", reason="pain")

    def test_weekly_names_each_day_once(self) -> None:
        with pytest.raises(ValueError, match="twice"):
            Dose.weekly("10 mg", "monday", "monday")

    def test_steps_follow_each_other(self) -> None:
        first = Step(dose=Dose.daily("15 mg"), start=date(2026, 3, 1), stop=date(2026, 3, 14))
        late = Step(dose=Dose.daily("10 mg"), start=date(2026, 3, 16))
        with pytest.raises(ValueError, match="without gap"):
            Steps(steps=(first, late))
        with pytest.raises(ValueError, match="has no stop"):
            Steps(steps=(Step(dose=Dose.daily("15 mg"), start=date(2026, 3, 1)), late))

    def test_on_hold_says_since_when(self) -> None:
        with pytest.raises(ValueError, match="since when and why"):
            Nsaid(id="n", drug="naproxen", dosage=Dose.daily("500 mg"), status=ItemStatus.ON_HOLD)


def test_dose_on_a_day_follows_history_start_steps_and_stop() -> None:
    taper = Steps(
        steps=(
            Step(dose=Dose.daily("10 mg"), start=date(2026, 3, 1), stop=date(2026, 3, 14)),
            Step(dose=Dose.daily("5 mg"), start=date(2026, 3, 15), stop=date(2026, 3, 28)),
        )
    )
    earlier = Step(dose=Dose.daily("20 mg"), start=date(2026, 2, 1), stop=date(2026, 2, 28))
    steroid = Immunosuppressant(
        id="pred", drug="prednisolone", dosage=taper, start=date(2026, 2, 1), stop=date(2026, 3, 28), history=(earlier,)
    )
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 14), date(2026, 3, 15), date(2026, 3, 29)]
    doses = [steroid.dose_on(day) for day in days]
    assert [str(dose.amount) if dose else None for dose in doses] == [None, "20 mg", "10 mg", "5 mg", None]


def test_intervals_keep_the_day_of_the_month_or_clip_it() -> None:
    month = Interval.parse("1 month")
    assert month.after(date(2025, 1, 31)) == date(2025, 2, 28)
    assert month.after(date(2024, 1, 31)) == date(2024, 2, 29)
    assert Interval.parse("1 year").after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert [Interval.parse(text).shortest_days for text in ("10 d", "2 weeks", "1 mo", "3 months", "1 year")] == [
        10, 14, 28, 89, 365,
    ]  # fmt: skip


def test_hold_and_continuous_refuse_nonsense() -> None:
    with pytest.raises(ValueError, match="before"):
        Hold(since=date(2026, 3, 2), until=date(2026, 3, 1), reason="infection")
    with pytest.raises(ValueError, match="expected 1 to"):
        Continuous(change_hours=0)
    with pytest.raises(ValueError, match="more than 0"):
        AsNeeded(reason="pain", at_most=Quantity(Decimal(0), Unit.MG))
