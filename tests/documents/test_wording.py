from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from careplan.documents import wording
from careplan.model import Absent, Interval, Quantity, Unit


@pytest.mark.parametrize(
    ("value", "words"),
    [("1", "1"), ("1.0", "1"), ("7.50", "7.5"), ("0.25", "0.25"), ("1000", "1,000"), ("1E+4", "10,000"), ("0", "0")],
)
def test_no_trailing_zero_a_leading_zero_and_a_comma_from_a_thousand(value: str, words: str) -> None:
    assert wording.number(Decimal(value)) == words


def test_a_laboratory_keeps_its_zeros() -> None:
    assert wording.number(Decimal("4.10"), as_reported=True) == "4.10"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7.5 mg", "7.5\u00a0mg"),
        ("12 ug", "12\u00a0micrograms"),
        ("1 ug", "1\u00a0microgram"),
        ("12 ug/h", "12\u00a0micrograms an hour"),
        ("1000 [iU]", "1,000\u00a0international units"),
        ("1 tablet", "1\u00a0tablet"),
        ("2 tablets", "2\u00a0tablets"),
        ("7 {score}", "7"),
        ("5 %", "5%"),
        ("88 umol/L", "88\u00a0micromol/L"),
        ("4.5 10*9/L", "4.5\u00a0×10⁹/L"),
        ("31 U/L", "31\u00a0units/L"),
    ],
)
def test_a_unit_is_written_out_and_never_parts_from_its_number(text: str, words: str) -> None:
    assert wording.quantity(Quantity.parse(text)) == words


@pytest.mark.parametrize("unit", Unit)
def test_no_unit_shows_its_code(unit: Unit) -> None:
    words = wording.quantity(Quantity(Decimal(2), unit))
    assert not set("{}[]*") & set(words)
    assert "ug" not in words


@given(st.decimals(min_value="0.0001", max_value=99999, allow_nan=False, places=4))
def test_the_number_printed_is_the_number_given(value: Decimal) -> None:
    assert Decimal(wording.number(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("count", "words"), [("4", "four"), ("0.5", "half"), ("1.5", "one and a half"), ("14", "14"), ("1.25", "1.25")]
)
def test_counts_are_words_up_to_twelve(count: str, words: str) -> None:
    assert wording.cardinal(Decimal(count)) == words


def test_dates_have_the_month_in_letters() -> None:
    assert wording.day(date(2025, 4, 3)) == "3\u00a0April 2025"
    assert wording.weekday(date(2025, 3, 4)) == "Tuesday 4\u00a0March 2025"


@pytest.mark.parametrize(("given", "words"), [(None, "not recorded"), (Absent.REFUSED, "the person chose not to say")])
def test_a_missing_date_says_why(given: Absent | None, words: str) -> None:
    assert wording.day_or(given) == words


def test_intervals_and_lists() -> None:
    assert wording.every(Interval.parse("1 week")) == "every week"
    assert wording.every(Interval.parse("3 months")) == "every 3\u00a0months"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.listed([]) == ""


def test_a_sentence_keeps_what_it_is_given() -> None:
    assert wording.sentence("take it with food") == "Take it with food."
    assert wording.sentence("Is it better?") == "Is it better?"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 x 400 mg + 3 x 200 mg = 1400 mg/day", "2 x 400 mg + 3 x 200 mg = 1,400 mg a day"),
        ("below 3.5 10*9/L", "below 3.5 ×10⁹/L"),
        ("at least 140 mm[Hg], twice", "at least 140 mmHg, twice"),
        ("An eGFR of 28 mL/min/{1.73_m2}.", "An eGFR of 28 mL/min/1.73 m²."),
        ("12 ug/h for 3 days", "12 micrograms an hour for 3 days"),
        ("10.0 mg.", "10 mg."),
        ("4.10 mmol/L", "4.10 mmol/L"),
        ("co-codamol 30/500 and NG100", "co-codamol 30/500 and NG100"),
        ("within 2 weeks of 2026", "within 2 weeks of 2026"),
        ("falls 12m", "falls 12m"),
        ("on it for 2465 days", "on it for 2,465 days"),
    ],
)
def test_amounts_within_a_text_are_written_like_all_others(text: str, words: str) -> None:
    assert wording.amounts(text).replace("\u00a0", " ") == words
