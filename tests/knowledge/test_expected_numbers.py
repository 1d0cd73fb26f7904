"""Every number of the evidence tables' limits, thresholds, bands and factors against the data.

The expected values in ``expected/`` were written out from the tables, independently of the data. A table row may stand
in the data as several rows (one for each country or form), or as the row of a class.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from careplan.knowledge import load_knowledge
from careplan.knowledge.dosing import DoseLimit
from careplan.knowledge.fact import Fact
from careplan.model import Quantity, Unit

KNOWN = load_knowledge()
EXPECTED = Path(__file__).parent / "expected"


STEP = Decimal("0.1")
"""5.5 to 5.9 in a table of steps of 0.1 is 5.5 to below 6.0."""
ELSEWHERE = {
    ("dihydrocodeine", "interval", 11): "a plan does not tell tablets of 30 mg from those of 40 mg: in the note",
    ("tramadol", "interval", 16): "a plan does not tell 24-hour from 12-hour tablets: the shorter is judged",
    ("buprenorphine-patch", "interval", 39): "judged by strength: a 7-day strength on a shorter plan is its own row",
    ("naproxen", "interval", 51): "one least interval for all uses: the longer ones stand in the note",
    ("naproxen", "interval", 53): "one least interval for all uses: the longer ones stand in the note",
    ("naproxen", "interval", 54): "one least interval for all uses: the longer ones stand in the note",
    ("naproxen", "daily", 55): "1.25 g on the first day alone: in the words of the dose",
    ("colchicine", "single", 109): "the label's first dose is the limit; the BNF's stands in the note",
    ("colchicine", "daily", 109): "the label's first day is the limit; the BNF's stands in the note",
    ("colchicine", "interval", 110): "one least interval: the first day's steps stand in the note",
    ("omeprazole", "interval", 115): "the usual interval: twice a day is found by the daily limit",
    ("lansoprazole", "interval", 116): "the usual interval: twice a day is found by the daily limit",
    ("pantoprazole", "interval", 117): "the usual interval: twice a day is found by the daily limit",
    ("esomeprazole", "interval", 118): "the usual interval: twice a day is found by the daily limit",
}
"""Numbers of the tables that stand in words, or are judged another way, each for a reason."""


def expected(file: str) -> list[Any]:
    rows = tomllib.loads((EXPECTED / file).read_text("utf-8"), parse_float=Decimal)["rows"]
    return [pytest.param(row, id=_id(number, row), marks=_marks(file, row)) for number, row in enumerate(rows, start=1)]


def _marks(file: str, row: dict[str, Any]) -> Sequence[pytest.MarkDecorator]:
    reason = ELSEWHERE.get((row.get("drug", ""), row.get("kind", ""), row.get("row", 0)))
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason and file.startswith("analgesic") else []


def _id(number: int, row: dict[str, Any]) -> str:
    what = (str(row[key]) for key in ("drug", "kind", "test", "table") if key in row)
    return f"{number}-{'-'.join(what)}"


def facts(name: str, table: str) -> list[Any]:
    """The rows of a drug with those of its classes, or of a class with those of wider ones."""
    if name not in KNOWN.drugs:
        wider = [kind for kind in KNOWN.class_facts if KNOWN.members(name) <= KNOWN.members(kind)]
        return [row for kind in wider for row in getattr(KNOWN.class_facts[kind], table)]
    classes = [kind for kind in KNOWN.classes if name in KNOWN.members(kind)]
    return [*getattr(KNOWN.drugs[name], table), *(row for _, row in KNOWN.facts_about(name, table, classes))]


def wanted_in(row: dict[str, Any]) -> list[str | None]:
    return row.get("jurisdiction") or [None]


def holds(fact: Fact, place: str | None) -> bool:
    return not fact.jurisdiction or place is None or place in {each.value for each in fact.jurisdiction}


def said(row: DoseLimit, unit: Unit) -> Iterator[Decimal]:
    for value in (row.warn_above, row.hard_above):
        if value is not None and row.unit is not None and row.unit.dimension is unit.dimension:
            yield Quantity(value, row.unit).to(unit).value


@pytest.mark.parametrize("row", expected("immunosuppressant-limits.toml"))
def test_a_limit_of_an_immunosuppressant(row: dict[str, Any]) -> None:
    unit = Unit(row["unit"])
    wanted = {Decimal(row[key]) for key in ("warn", "hard") if key in row}
    for place in wanted_in(row):
        stated = [set(said(limit, unit)) for limit in facts(row["drug"], "limits")
                  if limit.kind.value == row["kind"] and holds(limit, place)]  # fmt: skip
        assert any(wanted <= each for each in stated) or wanted <= set().union(*stated), (place, stated)


@pytest.mark.parametrize("row", expected("analgesic-limits.toml"))
def test_a_limit_of_an_analgesic(row: dict[str, Any]) -> None:
    for place in wanted_in(row):
        if row["kind"] == "interval":
            hours = {each.minimum.hours for each in facts(row["drug"], "intervals")
                     if each.minimum is not None and holds(each, place)}  # fmt: skip
            assert Decimal(row["hours"]) in hours, (place, hours)
            continue
        unit = Unit(row["unit"])
        limits = [each for each in facts(row["drug"], "limits") if holds(each, place)]
        stated = {value for each in limits for value in said(each, unit)}
        assert Decimal(row["limit"]) in stated, (place, stated)


@pytest.mark.parametrize("row", expected("immunosuppressant-thresholds.toml"))
def test_a_result_that_asks_for_action(row: dict[str, Any]) -> None:
    stated = []
    for each in facts(row["drug"], "thresholds"):
        if row["test"] in each.tests and ("per" in row) == bool(each.per):
            bounds = {abs(bound) for bound in each.bounds if bound is not None}
            stated.append(bounds)
            if all({Decimal(value), Decimal(value) + STEP} & bounds for value in row["values"]):
                assert "unit" not in row or each.unit is Unit(row["unit"])
                return
    pytest.fail(f"not among {stated}")


@pytest.mark.parametrize("row", expected("kidney-modifiers.toml"))
def test_kidney_function_that_changes_a_dose(row: dict[str, Any]) -> None:
    bounds = {bound for each in facts(row["drug"], "modifiers") if each.factor in ("crcl", "egfr")
              for bound in (each.at_least, each.above, each.below, each.at_most)}  # fmt: skip
    for table in ("contraindications", "limits", "doses", "thresholds", "monitoring", "modifiers"):
        for each in facts(row["drug"], table):
            bounds |= {Decimal(found) for found in re.findall(r'(?:crcl|egfr)"\) [<>=]+ (\d+)', each.when or "")}
            if "egfr" in getattr(each, "tests", ()):
                bounds |= set(getattr(each, "bounds", ()))
    ends = {Decimal(value) for value in row["bounds"]}
    assert all({end, end + 1} & bounds for end in ends), bounds


@pytest.mark.parametrize("row", expected("opioid-factors.toml"))
def test_an_opioid_as_oral_morphine(row: dict[str, Any]) -> None:
    stated = [each for each in KNOWN.opioids if each.table.value == row["table"] and each.drug == row["drug"]]
    if "excluded" in row:
        assert all(each.excluded for each in stated)
    elif "factor" in row:
        assert Decimal(row["factor"]) in {each.factor for each in stated}
    else:
        steps = {(dose, morphine) for each in stated for dose, morphine in each.steps}
        by_factor = {each.factor * Decimal(row["dose"]) for each in stated if each.factor is not None}
        assert (Decimal(row["dose"]), Decimal(row["morphine"])) in steps or Decimal(row["morphine"]) in by_factor


@pytest.mark.parametrize("row", expected("steroids.toml"))
def test_a_steroid_as_prednisolone(row: dict[str, Any]) -> None:
    if "factor" in row:
        (stated,) = [each for each in KNOWN.steroids if each.drug == row["drug"]]
        assert (stated.factor, stated.equal_to_5) == (Decimal(row["factor"]), Decimal(row["equal_to_5"]))
        return
    (limit,) = [each for each in KNOWN.adrenals if each.drug == row["drug"]]
    assert limit.suppressive_from == Decimal(row["suppressive"])
    if row.get("physiological"):
        assert limit.physiological is not None
        assert [limit.physiological.low, limit.physiological.high][: len(row["physiological"])] == [
            Decimal(value) for value in row["physiological"]
        ]
