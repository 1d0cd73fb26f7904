"""Large, deep and hostile documents end in a short and clear error, soon."""

import json
from time import process_time

import pytest

from careplan.codec import PlanError, loads
from careplan.codec.problem import MAX_PROBLEMS
from careplan.codec.text import MAX_BYTES
from tests.codec.sample import tree

HEAD = json.dumps(tree())[:-1].replace('"goals": [', '"aims": [')
SECONDS = 10
"""Of processor time; each case takes about one on an ordinary machine."""


def refused(document: str | bytes) -> PlanError:
    start = process_time()
    with pytest.raises(PlanError) as caught:
        loads(document)
    assert process_time() - start < SECONDS
    assert len(caught.value.problems) <= MAX_PROBLEMS
    assert len(str(caught.value)) < 100_000
    return caught.value


def filled(item: str) -> str:
    """Write a document of almost the largest size, with as many of `item` as goals as it holds."""
    count = (MAX_BYTES - len(HEAD) - 50) // (len(item) + 1)
    return f'{HEAD}, "goals": [{",".join([item] * count)}]}}'


@pytest.mark.parametrize("document", ["x" * 20_000_000, b'{"title": "' + b"x" * 20_000_000 + b'"}'])
def test_what_is_too_large_is_not_read(document: str | bytes) -> None:
    assert str(refused(document)).endswith(
        "found more than 10 MiB, expected at most 10 MiB (a care plan has well under 1 MiB)"
    )


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_nesting_that_no_parser_reads(opening: str, closing: str) -> None:
    assert "nested hundreds deep" in str(refused(opening * 1_000_000 + "1" + closing * 1_000_000))


@pytest.mark.parametrize("depth", [500, 10_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_nesting_that_some_parsers_read(opening: str, closing: str, depth: int) -> None:
    error = refused(f'{HEAD}, "team": [{opening * depth}1{closing * depth}]}}')
    assert {problem.path for problem in error.problems} <= {"$", "$.aims", "$.team[0]", "$.team[0].a", "$.team[0].role"}


@pytest.mark.parametrize("item", ["1", "[]", "{}", '{"a":1,"b":2,"c":3}', '{"id":"A","about":[1,2,3,4,5,6,7,8,9]}'])
def test_a_list_of_nothing_but_faults(item: str) -> None:
    error = refused(filled(item))
    assert error.more > 0
    assert "100 items are faulty; those after [99] were not read" in str(error)


def test_more_problems_than_anyone_reads_are_counted() -> None:
    keys = ",".join(f'"k{number}":1' for number in range(500_000))
    error = refused(f"{HEAD}, {keys}}}")
    assert error.more == 500_000 + 1 - MAX_PROBLEMS
    assert str(error).endswith(f"… and {error.more} more")


def test_a_key_that_stands_a_million_times() -> None:
    error = refused("{" + ",".join(['"a":1'] * 1_000_000) + "}")
    assert str(error.problems[0]) == "$.a: the same key stands twice (keep one of them)"


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "-1e30", "0." + "1" * 500_000, "1" * 4000])
def test_numbers_beyond_all_measure(number: str) -> None:
    error = refused(json.dumps(tree()).replace('"7.5"', number))
    assert [problem.path for problem in error.problems] == ["$.components[0].dosage.amount.value"]


def test_a_whole_number_beyond_all_measure() -> None:
    assert "a number of thousands of digits" in str(refused(json.dumps(tree()).replace('"7.5"', "1" * 1_000_000)))


def test_texts_beyond_all_measure() -> None:
    long = "x" * 5_000_000
    error = refused(json.dumps(tree()).replace('"methotrexate"', f'"{long}"').replace('"weekly"', f'"{long}"', 1))
    assert {problem.path for problem in error.problems} == {
        "$.components[0].drug",
        "$.components[0].dosage.timing.kind",
    }
    assert len(str(error)) < 2000
