"""Opioid and steroid equivalents: the reference's arithmetic vectors, and what a table cannot count."""

from decimal import Decimal

import pytest

from careplan.knowledge.reference import OpioidFactor
from careplan.knowledge.structure import structure
from careplan.measures import (
    NotCounted,
    Taken,
    Uncountable,
    adrenal_equivalent,
    morphine_equivalent,
    prednisolone_equivalent,
)
from careplan.model import Absent, Quantity, Unit


def mg(drug: str, factor: str) -> OpioidFactor:
    return row(drug, unit="mg/d", factor=Decimal(factor))


def steps(drug: str, *pairs: tuple[str, str]) -> OpioidFactor:
    return row(drug, unit="ug/h", steps=[[Decimal(dose), Decimal(morphine)] for dose, morphine in pairs])


def row(drug: str, **values: object) -> OpioidFactor:
    return structure(OpioidFactor, {"table": "uk", "drug": drug, "source": ["bnf"], "confidence": "standard", **values})


def table(*rows: OpioidFactor) -> dict[str, OpioidFactor]:
    return {each.drug: each for each in rows}


US = table(
    mg("codeine", "0.15"), mg("hydrocodone", "1.0"), mg("hydromorphone", "5.0"), mg("methadone", "4.7"),
    mg("morphine", "1.0"), mg("oxycodone", "1.5"), mg("oxymorphone", "3.0"), mg("tapentadol", "0.4"),
    mg("tramadol", "0.2"), row("fentanyl-patch", unit="ug/h", factor=Decimal("2.4")),
    row("buprenorphine-patch", excluded="partial agonist: report separately"),
)  # fmt: skip
UK = table(
    mg("codeine", "0.1"), mg("dihydrocodeine", "0.1"), mg("tramadol", "0.1"), mg("tapentadol", "0.4"),
    mg("morphine", "1.0"), mg("oxycodone", "1.5"), mg("hydromorphone", "5.0"),
    steps("fentanyl-patch", ("12", "30"), ("25", "60"), ("50", "120"), ("75", "180"), ("100", "240")),
    steps("buprenorphine-patch", ("5", "12"), ("10", "24"), ("15", "36"), ("20", "48"), ("35", "84"), ("52.5", "126"),
          ("70", "168")),
    row("methadone", excluded="specialist"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("drug", "amount", "us", "uk"),
    [
        ("hydrocodone", "20 mg", "20", None),
        ("oxycodone", "20 mg", "30", "30"),
        ("fentanyl-patch", "25 ug/h", "60", "60"),
        ("fentanyl-patch", "12 ug/h", "28.8", "30"),
        ("fentanyl-patch", "12.5 ug/h", "30", None),
        ("codeine", "240 mg", "36", "24"),
        ("tramadol", "400 mg", "80", "40"),
        ("morphine", "120 mg", "120", "120"),
        ("oxycodone", "80 mg", "120", "120"),
        ("hydromorphone", "8 mg", "40", "40"),
        ("methadone", "20 mg", "94", None),
        ("tapentadol", "500 mg", "200", "200"),
        ("buprenorphine-patch", "20 ug/h", None, "48"),
        ("morphine", "100 mg", "100", "100"),
        ("dihydrocodeine", "180 mg", None, "18"),
        ("dihydrocodeine", "240 mg", None, "24"),
        ("oxymorphone", "40 mg", "120", None),
    ],
)
def test_morphine_equivalents_of_the_reference(drug: str, amount: str, us: str | None, uk: str | None) -> None:
    taken = [Taken(drug=drug, amount=Quantity.parse(amount))]
    for factors, expected in ((US, us), (UK, uk)):
        if expected is not None:
            found = morphine_equivalent(taken, factors)
            assert found.complete
            assert found.total == Quantity(Decimal(expected), Unit.MG)


def test_loads_add_up_with_and_without_the_doses_as_needed() -> None:
    regular = Taken(drug="morphine", amount=Quantity.parse("60 mg"))
    as_needed = Taken(drug="morphine", amount=Quantity.parse("40 mg"))
    assert morphine_equivalent([regular], UK).total == Quantity.parse("60 mg")
    assert morphine_equivalent([regular, as_needed], UK).total == Quantity.parse("100 mg")


def test_what_a_table_does_not_hold_makes_the_total_a_floor_and_never_zero() -> None:
    found = morphine_equivalent(
        [
            Taken(drug="morphine", amount=Quantity.parse("30 mg")),
            Taken(drug="dihydrocodeine", amount=Quantity.parse("180 mg")),
            Taken(drug="buprenorphine-patch", amount=Quantity.parse("20 ug/h")),
            Taken(drug="codeine", amount=Absent.UNKNOWN),
            Taken(drug="fentanyl-patch", amount=Quantity.parse("2 mg")),
        ],
        US,
    )
    assert found.total == Quantity.parse("30 mg")
    assert not found.complete
    assert found.not_counted == (
        NotCounted(drug="dihydrocodeine", reason=Uncountable.NOT_IN_TABLE),
        NotCounted(drug="buprenorphine-patch", reason=Uncountable.EXCLUDED, text="partial agonist: report separately"),
        NotCounted(drug="codeine", reason=Uncountable.NO_AMOUNT),
        NotCounted(drug="fentanyl-patch", reason=Uncountable.OTHER_UNIT, text="the table counts ug/h"),
    )


@pytest.mark.parametrize(
    ("rate", "expected"), [("37.5 ug/h", "90"), ("6 ug/h", "15"), ("150 ug/h", "360"), ("25 ug/h", "60")]
)
def test_doses_that_are_no_step_of_the_table_count_in_proportion(rate: str, expected: str) -> None:
    (part,) = morphine_equivalent([Taken(drug="fentanyl-patch", amount=Quantity.parse(rate))], UK).counted
    assert part.equivalent == Decimal(expected)
    assert part.by_proportion is (rate != "25 ug/h")


EQUAL_TO_5 = {
    "prednisolone": Decimal(5), "methylprednisolone": Decimal(4), "dexamethasone": Decimal("0.75"),
    "hydrocortisone": Decimal(20), "deflazacort": Decimal(6),
}  # fmt: skip
SUPPRESSIVE = {"prednisolone": Decimal(5), "dexamethasone": Decimal("0.5"), "hydrocortisone": Decimal(15)}


@pytest.mark.parametrize(
    ("drug", "amount", "expected"),
    [
        ("prednisolone", "7.5 mg", "7.5"), ("methylprednisolone", "4 mg", "5"), ("dexamethasone", "0.75 mg", "5"),
        ("hydrocortisone", "20 mg", "5"), ("deflazacort", "6 mg", "5"), ("prednisolone", "5000 ug", "5"),
    ],
)  # fmt: skip
def test_prednisolone_equivalents_are_exact_where_factors_are_rounded(drug: str, amount: str, expected: str) -> None:
    found = prednisolone_equivalent([Taken(drug=drug, amount=Quantity.parse(amount))], EQUAL_TO_5)
    assert found.total.value == Decimal(expected)


def test_dexamethasone_weighs_more_on_the_adrenal_scale() -> None:
    taken = [Taken(drug="dexamethasone", amount=Quantity.parse("0.5 mg"))]
    assert adrenal_equivalent(taken, SUPPRESSIVE).total.value == 5
    assert prednisolone_equivalent(taken, EQUAL_TO_5).total.value < 4


def test_shares_of_two_steroids_add_up_to_the_trigger() -> None:
    taken = [
        Taken(drug="hydrocortisone", amount=Quantity.parse("7.5 mg")),
        Taken(drug="prednisolone", amount=Quantity.parse("2.5 mg")),
    ]
    assert adrenal_equivalent(taken, SUPPRESSIVE).total.value == 5


def test_a_steroid_outside_the_table_or_without_a_dose_is_not_counted() -> None:
    found = prednisolone_equivalent(
        [
            Taken(drug="fludrocortisone", amount=Quantity.parse("0.1 mg")),
            Taken(drug="prednisolone", amount=Absent.UNKNOWN),
            Taken(drug="prednisolone", amount=Quantity.parse("2 {tablet}")),
        ],
        EQUAL_TO_5,
    )
    assert [part.reason for part in found.not_counted] == [
        Uncountable.NOT_IN_TABLE, Uncountable.NO_AMOUNT, Uncountable.OTHER_UNIT,
    ]  # fmt: skip
