from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from careplan.documents import dosing
from careplan.model import (
    Absent,
    Analgesic,
    AsNeeded,
    Continuous,
    Daily,
    DayPattern,
    Dose,
    Every,
    EveryHours,
    Ingredient,
    Interval,
    Medication,
    Once,
    Product,
    Quantity,
    Timing,
    Weekday,
    Weekly,
)
from tests.documents.forbidden import EVERYWHERE, found

TIMINGS: dict[str, Timing] = {
    "once a day": Daily(),
    "three times a day": Daily(times=3),
    "every 8 hours": EveryHours(hours=8),
    "every 72 hours (three days)": EveryHours(hours=72),
    "once a week on MONDAY": Weekly(days=(Weekday.MONDAY,)),
    "twice a week on MONDAY and THURSDAY": Weekly(days=(Weekday.THURSDAY, Weekday.MONDAY)),
    "twice a day on SUNDAY of every week, on no other day": Weekly(days=(Weekday.SUNDAY,), times=2),
    "once a week – WHICH DAY OF THE WEEK IS NOT RECORDED": Every(interval=Interval.parse("1 week")),
    "once every 2 weeks": Every(interval=Interval.parse("2 weeks")),
    "once a month": Every(interval=Interval.parse("1 month")),
    "once only, on Tuesday 4 March 2025": Once(on=date(2025, 3, 4)),
    "once only (day not recorded)": Once(),
    "all the time; change it every 72 hours (three days)": Continuous(change_hours=72),
    "all the time; how often to change it: not recorded": Continuous(),
    "in the morning and in the evening (2 times that), every day": DayPattern(morning=Decimal(1), evening=Decimal(2)),
    "when needed for pain; at most 4 g in 24 hours; wait at least 4 hours between doses": AsNeeded(
        reason="pain", at_most=Quantity.parse("4 g"), hours_between=4
    ),
    "when needed (what for: not recorded); most in 24 hours: NOT RECORDED": AsNeeded(
        reason=Absent.UNKNOWN, at_most=Absent.UNKNOWN
    ),
}


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("words", "timing"), TIMINGS.items())
def test_each_timing_says_its_period(words: str, timing: Timing) -> None:
    assert spaced(dosing.timing(timing)) == words


def test_every_kind_of_timing_is_tried() -> None:
    assert {type(timing) for timing in TIMINGS.values()} == set(get_args(Timing))


@pytest.mark.parametrize("timing", TIMINGS.values(), ids=TIMINGS)
def test_no_timing_uses_a_dangerous_abbreviation(timing: Timing) -> None:
    assert found(dosing.timing(timing), EVERYWHERE) == []


def medicine(dose: Dose, product: Product | None) -> Medication:
    return Analgesic(id="x", drug="x", dosage=dose, product=product)


def in_volume(strength: str, per: str) -> Product:
    return Product(ingredients=(Ingredient(drug="x", strength=Quantity.parse(strength), per=Quantity.parse(per)),))


@pytest.mark.parametrize(
    ("dose", "product", "words"),
    [
        (Dose.weekly("10 mg", "monday"), Product.tablets(x="2.5 mg"), "FOUR 2.5 mg tablets (10 mg)"),
        (Dose.daily("4 tablets"), Product.tablets(x="2.5 mg"), "FOUR 2.5 mg tablets (10 mg)"),
        (Dose.daily("5 mg"), Product.tablets(x="5 mg"), "ONE 5 mg tablet"),
        (Dose.daily("2.5 mg"), Product.tablets(x="5 mg"), "HALF a 5 mg tablet (2.5 mg)"),
        (Dose.daily("7.5 mg"), Product.tablets(x="5 mg"), "ONE AND A HALF 5 mg tablets (7.5 mg)"),
        (Dose.daily("7 mg"), Product.tablets(x="5 mg"), "7 mg (comes as 5 mg tablets)"),
        (Dose.daily("1 g"), Product.tablets(x="500 mg"), "TWO 500 mg tablets (1 g)"),
        (Dose.daily("2 tablets"), None, "TWO tablets (strength not recorded)"),
        (
            Dose.daily("2 tablets"),
            Product.tablets("x 30/500", codeine="30 mg", paracetamol="500 mg"),
            "TWO tablets (each codeine 30 mg and paracetamol 500 mg)",
        ),
        (Dose.daily("15 mg"), in_volume("50 mg", "1 mL"), "15 mg (0.3 mL of 50 mg in 1 mL)"),
        (Dose.daily("10 mg"), in_volume("30 mg", "1 mL"), "10 mg (comes as 30 mg in 1 mL)"),
        (Dose.daily("10 mL"), in_volume("50 mg", "5 mL"), "10 mL of 50 mg in 5 mL (100 mg)"),
        (Dose.daily("10 mL"), None, "10 mL (strength not recorded)"),
        (Dose.daily("5 mg/kg"), None, "5 mg for each kg of body weight"),
        (Dose.daily("1 {application}"), None, "ONE application"),
    ],
)
def test_a_dose_can_be_counted_out(dose: Dose, product: Product | None, words: str) -> None:
    first = dosing.dose(dose, medicine(dose, product))[0]
    assert spaced(first) == words
    assert found(first, EVERYWHERE) == []


def test_a_pattern_names_the_amount_at_each_time() -> None:
    dose = Dose.pattern("300 mg", 1, 0, 2)
    assert [spaced(line) for line in dosing.dose(dose)] == [
        "300 mg in the morning",
        "600 mg in the evening",
        "every day",
    ]


def test_an_unknown_dose_says_so() -> None:
    assert dosing.dose(Dose.unknown()) == ("how much: NOT RECORDED", "how often: not recorded")


def test_a_period_may_be_open_at_either_end() -> None:
    assert spaced(dosing.period(date(2026, 3, 1), date(2026, 3, 14))) == "from 1 March 2026 to 14 March 2026"
    assert spaced(dosing.period(Absent.UNKNOWN, None)) == "start: not recorded"
