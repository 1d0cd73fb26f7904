"""Check digits: published codes pass, and no single slip of a digit does."""

import pytest
from hypothesis import given, strategies as st

from careplan.knowledge.codes import mistake
from careplan.model import System

LOINC = ("718-7", "6690-2", "751-8", "98979-8", "14682-9", "2160-0", "1742-6", "8480-6", "85354-9")
SNOMED = ("387381009", "387207008", "387517004", "116601002", "407317001")


@pytest.mark.parametrize("code", LOINC)
def test_loinc(code: str) -> None:
    assert mistake(System.LOINC, code) is None


@pytest.mark.parametrize("code", SNOMED)
def test_snomed(code: str) -> None:
    assert mistake(System.SNOMED_CT, code) is None


@given(st.sampled_from(SNOMED), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_snomed_code_is_found(code: str, place: int, shift: int) -> None:
    digit = (int(code[place]) + shift) % 10
    wrong = f"{code[:place]}{digit}{code[place + 1 :]}"
    assert "check digit" in str(mistake(System.SNOMED_CT, wrong))


@given(st.sampled_from(SNOMED), st.integers(0, 7))
def test_two_swapped_digits_of_a_snomed_code_are_found(code: str, place: int) -> None:
    a, b = code[place], code[place + 1]
    swapped = f"{code[:place]}{b}{a}{code[place + 2 :]}"
    assert a == b or mistake(System.SNOMED_CT, swapped)


@given(st.sampled_from(LOINC), st.data())
def test_one_wrong_digit_of_a_loinc_code_is_found(code: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([n for n, digit in enumerate(code) if digit != "-"]))
    digit = (int(code[place]) + data.draw(st.integers(1, 9))) % 10
    assert mistake(System.LOINC, f"{code[:place]}{digit}{code[place + 1 :]}")


@pytest.mark.parametrize(
    ("system", "good", "bad"),
    [
        (System.ATC, "L04AX03", "L4AX03"),
        (System.RXNORM, "6851", "mtx"),
        (System.ICD_10, "I63.9", "63.9"),
        (System.ICD_10, "M05", "M5"),
        (System.CVX, "187", "CVX187"),
    ],
)
def test_shapes(system: System, good: str, bad: str) -> None:
    assert mistake(system, good) is None
    assert mistake(system, bad) == f"{bad!r} does not look like a code of {system.value}"
