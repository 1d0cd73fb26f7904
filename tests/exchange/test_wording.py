from decimal import Decimal

import pytest

from careplan.exchange.fhir.wording import Wording
from careplan.model import Weekday


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("take once daily", {"1"}),
        ("2 tablets three times a day", {"3"}),
        ("every 4-6 hours", {"6", "4"}),
        ("every four to six hours as needed", {"6", "4"}),
        ("every other day", {"0.5"}),
        ("4 hourly", {"6"}),
        ("q12h", {"2"}),
        ("bd", {"2"}),
        ("tds after food", {"3"}),
        ("every morning", {"1"}),
        ("once a week", {"0.1429"}),
        ("fortnightly", {"0.0714"}),
        ("monthly", {"0.0333"}),
        ("daily for 5 days then weekly", {"1", "0.1429"}),
        ("maximum 4 times a day", set()),
        ("do not take daily", set()),
        ("no more than 8 tablets in 24 hours", set()),
        ("apply to the knee", set()),
        ("", set()),
    ],
)
def test_rhythms_that_words_name(text: str, rates: set[str]) -> None:
    assert Wording.of(text).rates == {Decimal(rate) for rate in rates}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on Mondays and Thursdays", {Weekday.MONDAY, Weekday.THURSDAY}),
        ("starting Monday", set()),
        ("until Sunday, then on Tuesday", {Weekday.TUESDAY}),
    ],
)
def test_weekdays_that_words_name(text: str, days: set[Weekday]) -> None:
    assert Wording.of(text).weekdays == days


def test_masses_and_other_numbers_are_told_apart() -> None:
    wording = Wording.of("take two 2.5 mg tablets (5 mg/kg) for 7 days")
    assert [str(mass) for mass in wording.masses] == ["2.5 mg"]
    assert wording.numbers >= {2}
    assert wording.lengths == {7}


@pytest.mark.parametrize("text", ["9" * 10_000, "every " * 2_000, "1 " * 5_000, "max " * 2_000, "not " * 3_000])
def test_hostile_words_are_read_quickly(text: str) -> None:
    assert Wording.of(text) is not None
