import json
from collections.abc import Callable
from typing import Any

import pytest

from careplan.codec import PlanError, Problem, loads
from tests.codec.sample import tree

Spoil = Callable[[dict[str, Any]], object]


def problems(document: object) -> tuple[Problem, ...]:
    with pytest.raises(PlanError) as caught:
        loads(document if isinstance(document, str | bytes) else json.dumps(document))
    return caught.value.problems


def put(*path: str | int, value: Any) -> Spoil:
    """Make a function that puts a value at a path of the tree."""

    def spoil(made: dict[str, Any]) -> None:
        node: Any = made
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = value

    return spoil


def drop(*path: str | int) -> Spoil:
    def spoil(made: dict[str, Any]) -> None:
        node: Any = made
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]

    return spoil


MTX = ("components", 0)
AMOUNT = (*MTX, "dosage", "amount")
CASES: list[tuple[Spoil, str, str]] = [
    # strict values
    (put("patient", "name", value=45), "$.patient.name", "found 45, expected text (write it in quotes)"),
    (put("revision", value="45"), "$.revision", "found '45', expected a whole number (write it without quotes)"),
    (put("revision", value=True), "$.revision", "found true, expected a whole number"),
    (put("revision", value=1.0), "$.revision", "found 1.0, expected a whole number"),
    (put("team", value=[{"role": "gp", "name": "X", "lead": 1}]), "$.team[0].lead", "found 1, expected true or false"),
    (put("team", value=[{"role": "gp", "name": "X", "lead": "true"}]), "$.team[0].lead", "(write it without quotes)"),
    (
        put("components", 2, "tests", value="fbc"),
        "$.components[2].tests",
        "expected a list (put it in square brackets)",
    ),
    (put("components", 2, "tests", value={}), "$.components[2].tests", "found an object, expected a list"),
    (put("components", 2, "tests", 0, value=["fbc"]), "$.components[2].tests[0]", "found a list, expected text"),
    (put("patient", value=[]), "$.patient", "found a list, expected an object with 'name', 'birth_date' and 'sex'"),
    (put("title", value=None), "$.title", "found null, expected text"),
    # amounts
    (put(*AMOUNT, "value", value=float("nan")), "$.components[0].dosage.amount.value", "found NaN, expected a number"),
    (put(*AMOUNT, "value", value=float("-inf")), "$.components[0].dosage.amount.value", "found -Infinity, expected a"),
    (put(*AMOUNT, "value", value="1_0"), "$.components[0].dosage.amount.value", "found '1_0', expected a number"),
    (put(*AMOUNT, "value", value=" 5"), "$.components[0].dosage.amount.value", "found ' 5', expected a number"),
    (put(*AMOUNT, "value", value=".5"), "$.components[0].dosage.amount.value", "found '.5', expected a number"),
    (put(*AMOUNT, "value", value="٣"), "$.components[0].dosage.amount.value", "expected a number"),
    (put(*AMOUNT, "value", value="NaN"), "$.components[0].dosage.amount.value", "found 'NaN', expected a number"),
    (put(*AMOUNT, "value", value=True), "$.components[0].dosage.amount.value", "found true, expected a number"),
    (put(*AMOUNT, "value", value=10**17), "$.components[0].dosage.amount.value", "at most 16 digits before the point"),
    (put(*AMOUNT, "unit", value="mcg"), "$.components[0].dosage.amount.unit", "(did you mean 'ug'?)"),
    (put(*AMOUNT, "unit", value="ML"), "$.components[0].dosage.amount.unit", "(did you mean 'mL'?)"),
    (put(*AMOUNT, value="7.5 mg"), "$.components[0].dosage.amount", '(write {"value": "7.5", "unit": "mg"})'),
    (put(*AMOUNT, value=None), "$.components[0].dosage.amount", "(write 'unknown' for what is not known)"),
    (
        put("components", 2, "intervals", 0, "every", value="2 weeks"),
        "$.components[2].intervals[0].every",
        '(write {"count": 2, "unit": "wk"})',
    ),
    # dates
    (put("created", value="20260105"), "$.created", "found '20260105', expected a date as YYYY-MM-DD"),
    (put("created", value="2026-W01-1"), "$.created", "expected a date as YYYY-MM-DD"),
    (put("created", value="2026-02-30"), "$.created", "found '2026-02-30', expected a date as YYYY-MM-DD"),
    (put("created", value="2026-01-05T10:00"), "$.created", "(leave the time out: '2026-01-05')"),
    (put("patient", "birth_date", value="unknow"), "$.patient.birth_date", "(did you mean 'unknown'?)"),
    # vocabularies and kinds
    (
        put("patient", "sex", value="femal"),
        "$.patient.sex",
        "found 'femal', expected 'female', 'male', 'intersex', 'unknown', 'not-asked', 'not-applicable' or 'refused' (",
    ),
    (put(*MTX, "status", value="on_hold"), "$.components[0].status", "(did you mean 'on-hold'?)"),
    (
        put(*MTX, "kind", value="imunosuppressant"),
        "$.components[0].kind",
        "found the unknown kind 'imunosuppressant', expected 'analgesic', 'nsaid', 'immunosuppressant', 'adjuv",
    ),
    (drop(*MTX, "kind"), "$.components[0].kind", "found nothing, expected 'analgesic', "),
    (put(*MTX, "kind", value=3), "$.components[0].kind", "found 3, expected 'analgesic', "),
    (
        put("components", 3, "frequency", "kind", value="day-pattern"),
        "$.components[3].frequency.kind",
        "found the unknown kind 'day-pattern', expected 'daily', 'weekly', 'every' or 'once'",
    ),
    # keys
    (drop("patient", "birth_date"), "$.patient.birth_date", "found nothing, expected a date as YYYY-MM-DD, or 'unkn"),
    (put(*MTX, "maxdose", value=3), "$.components[0].maxdose", "found an unknown key, expected 'id', 'drug', 'dos"),
    (put("patient", "preferedname", value="X"), "$.patient.preferedname", "(did you mean 'preferred_name'?)"),
    (put("patient", "odd key'\n", value=1), '$.patient["odd key\'\\n"]', "found an unknown key"),
    (put(*AMOUNT, "kind", value="quantity"), "$.components[0].dosage.amount.kind", "found an unknown key"),
    (put("components", 1, "dosage", "amount", value={}), "$.components[1].dosage.amount", "expected 'steps'"),
    # the model's own rules, each at its field or object
    (put(*MTX, "id", value="The drug"), "$.components[0].id", "id 'The drug' is not an id: use lower-case words"),
    (put(*AMOUNT, "value", value="0"), "$.components[0].dosage.amount", "an amount must be more than 0"),
    (put("components", 3, "sessions", value=0), "$.components[3].sessions", "sessions is 0: expected 1 to 500"),
    (put(*MTX, "status", value="on-hold"), "$.components[0]", "mtx is on hold: 'hold' must say since when and why"),
    (
        put("components", 1, "dosage", "steps", 1, "start", value="2026-01-13"),
        "$.components[1].dosage",
        "step 2 starts on 2026-01-13, but step 1 stops on 2026-01-11",
    ),
    (
        put("components", 1, "dosage", "steps", 0, "stop", value="9999-12-31"),
        "$.components[1].dosage",
        "date value out of range",
    ),
    (put("components", 2, "purpose", value="triggered"), "$.components[2]", "bloods is triggered monitoring"),
    (put("components", 2, "about", value=["none"]), "$", "bloods refers to 'none'"),
    (put("components", 3, "id", value="mtx"), "$", "ids must be unique within a plan: mtx stand more than once"),
    # the document itself
    (put("format", value="careplan/2"), "$.format", "(this document was written by a newer careplan: upgrade to read"),
    (put("format", value="careplan"), "$.format", "found 'careplan', expected 'careplan/1'"),
    (put("format", value=1), "$.format", "found 1, expected 'careplan/1'"),
    (drop("format"), "$.format", "found nothing, expected 'careplan/1'"),
]


@pytest.mark.parametrize(("spoil", "path", "words"), CASES, ids=[f"{path} {words[:30]}" for _, path, words in CASES])
def test_one_fault_is_one_problem_at_its_place(spoil: Spoil, path: str, words: str) -> None:
    spoilt = tree()
    spoil(spoilt)
    (problem,) = problems(spoilt)
    assert problem.path == path
    assert words in str(problem)


def test_no_unit_is_suggested_for_looking_alike() -> None:
    spoilt = tree()
    spoilt["components"][0]["dosage"]["amount"]["unit"] = "mgg"
    (problem,) = problems(spoilt)
    assert problem.hint == ""


def test_all_faults_are_told_at_once() -> None:
    spoilt = tree()
    for spoil, _, _ in (case for case in CASES if case[1] in ("$.revision", "$.patient.sex", "$.components[0].status")):
        spoil(spoilt)
    spoilt["components"][3] |= {"sessions": 0, "site": "Left knee", "therapy": 4}
    spoilt["goals"][0] |= {"id": "A B", "due": "soon"}
    assert {problem.path for problem in problems(spoilt)} == {
        "$.revision",
        "$.patient.sex",
        "$.components[0].status",
        "$.components[3].sessions",
        "$.components[3].site",
        "$.components[3].therapy",
        "$.goals[0].id",
        "$.goals[0].due",
    }


def test_keys_that_stand_twice_are_found_where_they_stand() -> None:
    text = json.dumps(tree())
    text = text.replace('"kind": "weekly"', '"kind": "daily", "kind": "weekly"', 1)
    text = text.replace('"title"', '"title": "Other", "title"')
    assert [(p.path, p.found) for p in problems(text)] == [
        ("$.title", "the same key stands twice"),
        ("$.components[0].dosage.timing.kind", "the same key stands twice"),
    ]


def test_a_fhir_resource_is_told_as_such() -> None:
    (problem,) = problems('{"resourceType": "Bundle", "entry": []}')
    assert str(problem) == "$: found a FHIR resource, expected a care plan (read it with careplan.from_fhir)"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "found nothing, expected a care plan as JSON"),
        (b" \n", "found nothing, expected a care plan as JSON"),
        ("[]", "found a list, expected an object"),
        ("null", "found null, expected an object"),
        ('{"id": 1,}', "no valid JSON at line 1, column 10: "),
        ('{"id": 1} x', "no valid JSON at line 1, column 11: Extra data"),
        (b"\xef\xbb\xbf{}", "found a byte order mark, expected UTF-8 without one"),
        ("\ufeff{}", "found a byte order mark, expected UTF-8 without one"),
        ("{}".encode("utf-16"), "found text in UTF-16, expected UTF-8"),
        ("{}".encode("utf-32-be"), "found text in UTF-32, expected UTF-8"),
        (b'{"a": "\xe9"}', "found text that is not UTF-8 (byte 8, 0xe9), expected UTF-8"),
        (b"\x01\x02\x03", "no valid JSON at line 1, column 1: "),
    ],
)
def test_what_is_no_document_at_all(source: str | bytes, words: str) -> None:
    (problem,) = problems(source)
    assert problem.path == "$"
    assert words in str(problem)


def test_half_characters_are_refused() -> None:
    (problem,) = problems(json.dumps(tree() | {"title": "\ud800"}))
    assert str(problem) == r"$.title: found '\ud800', expected text (half of a character stands in it)"


def test_all_choices_are_listed_with_the_nearest() -> None:
    spoilt = tree()
    spoilt["components"][0]["kind"] = "imunosuppressant"
    (problem,) = problems(spoilt)
    assert problem == Problem(
        "$.components[0].kind",
        "the unknown kind 'imunosuppressant'",
        "'analgesic', 'nsaid', 'immunosuppressant', 'adjuvant', 'supportive', 'other-medicine', 'monitoring', "
        "'therapy', 'vaccination-plan' or 'education'",
        "did you mean 'immunosuppressant'?",
    )
