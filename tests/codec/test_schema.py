"""The schema and the converter give the same verdict, but for the rules that are listed here."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator, FormatChecker

import careplan.codec
from careplan.codec import PlanError, Problem, dumps, loads, schema
from careplan.codec.shape import KINDS
from careplan.model import CarePlan
from tests.codec.sample import tree
from tests.codec.strategies import plans

SHIPPED = Path(careplan.codec.__file__).with_name("careplan-1.schema.json")
VALIDATOR = Draft202012Validator(schema(), format_checker=FormatChecker(["date"]))

NOT_IN_THE_SCHEMA = {
    "a period ends after it starts": r"is before",
    "steps follow each other": r"step \d+ (starts on|has no stop)|date value out of range",
    "a day pattern has a dose": r"a day pattern needs shares",
    "a rate is continuous": r"its timing must be continuous",
    "the most in 24 hours fits the dose": r"at_most",
    "a condition or allergy says what it is": r"nothing says",
    "an upper limit is above 0": r"upper_limit of",
    "a medicine on hold says since when": r"'hold' must say",
    "a medicine has a drug or a product": r"needs a drug id, or at least",
    "triggered monitoring says by what": r"'trigger' must say",
    "a target has a measure": r"has a target but no measure",
    "a team member has a name": r"needs a name or an organisation",
    "a reason is given in words": r"text is too short",
    "ids are unique": r"ids must be unique",
    "references lead to an item": r"no item of the plan has that id",
    "a whole number has no point": r"found -?\d+\.0, expected a whole number",
    "a number has at most 15 places": r"out of any clinical range",
}
"""Rules that no schema can state, or not readably, by the words of the problem that the converter makes."""


def verdict(document: Any) -> tuple[Problem, ...]:
    try:
        loads(json.dumps(document))
    except PlanError as error:
        return error.problems
    return ()


def agree(document: Any) -> None:
    problems = verdict(document)
    if VALIDATOR.is_valid(document):
        allowed = re.compile("|".join(NOT_IN_THE_SCHEMA.values()))
        assert [str(problem) for problem in problems if not allowed.search(str(problem))] == []
    else:
        assert problems != (), [error.message for error in VALIDATOR.iter_errors(document)]


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_shipped_schema_is_fresh() -> None:
    shipped = SHIPPED.read_text(encoding="utf-8")
    assert shipped == json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", (
        f"the model has changed: write json.dumps(careplan.codec.schema(), indent=2, ensure_ascii=False) to {SHIPPED}"
    )


def test_every_kind_has_its_tag() -> None:
    tags = {name: part["properties"].get("kind") for name, part in schema()["$defs"].items() if "properties" in part}
    assert {cls.__name__: {"const": kind} for cls, kind in KINDS.items()}.items() <= tags.items()
    assert len(set(KINDS.values())) == len(KINDS)


@settings(max_examples=40)
@given(plans())
def test_both_accept_sound_plans(plan: CarePlan) -> None:
    document = json.loads(dumps(plan))
    assert VALIDATOR.is_valid(document)
    assert verdict(document) == ()


VALUES: list[Any] = [
    None, False, True, 0, 1, -3, 1.0, 10**17, 7.5, " ", "", "-2", "45", "1_0", "1.5", "NaN", "x", "refused", "unknown",
    "none-known", "2026-02-28", "20260228", "2026-02-30", [[]], [], "Not An Id", {}, {"kind": "x"}, ["x"],
    {"value": "-1", "unit": "mg"}, {"kind": "daily"}, {"steps": []}, {"value": 1, "unit": "mg"},
]  # fmt: skip


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, child in children for place in places(child, (*path, key)))]


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """Documents of sound plans with one to three changes, most of which make them unsound."""
    document = json.loads(dumps(draw(plans())))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(document)[1:]))
        parent = document
        for step in path[:-1]:
            parent = parent[step]
        match draw(st.sampled_from(["value", "value", "drop", "key", "double"])):
            case "value":
                parent[path[-1]] = draw(st.sampled_from(VALUES))
            case "drop":
                del parent[path[-1]]
            case "key" if isinstance(parent, dict):
                parent[f"{path[-1]}{draw(st.sampled_from(['', 's', '_']))}"] = parent.pop(path[-1])
            case "double" if isinstance(parent, list):
                parent.append(parent[int(path[-1])])
    return document


@settings(max_examples=100)
@given(spoilt())
def test_both_refuse_the_same_spoilt_plans(document: Any) -> None:
    agree(document)


@pytest.mark.parametrize("place", places(tree())[1:], ids=str)
def test_both_judge_every_value_at_every_place_alike(place: tuple[str | int, ...]) -> None:
    for value in VALUES[::2]:
        document = tree()
        parent: Any = document
        for step in place[:-1]:
            parent = parent[step]
        parent[place[-1]] = value
        agree(document)
