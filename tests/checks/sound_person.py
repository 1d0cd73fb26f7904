"""A person about whom everything is known and nothing is wrong, and how a case's person differs."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from careplan.knowledge import load_knowledge
from tests.checks.medicine_lines import day

Differs = Mapping[str, Any]

_RESULTS: dict[str, object] = {
    "weight": "80", "bmi": "25", "bp-systolic": "126", "bp-diastolic": "76", "egfr": "88", "creatinine": "80",
    "potassium": "4.4", "sodium": "140", "hb": "142", "wcc": "6.5", "anc": "4.1", "plt": "250", "mcv": "90",
    "alt": "24 of 40", "albumin": "42", "glucose": "5.1", "hba1c": "37", "alcohol-units-week": "0", "falls-12m": "0",
    "serious-infections-12m": "0", "steroid-courses-12m": "0", "inr": "2.4, 3 days ago", "qtc": "410", "qrisk3": "4",
    "fib-4": "0.8", "eye-oct": "1",
}  # fmt: skip
_SCREENINGS = {
    "tuberculosis": "negative", "hepatitis-b": "negative", "hepatitis-c": "negative", "hiv": "negative",
    "varicella-immunity": "immune", "tpmt": "normal", "nudt15": "normal", "cyp2d6": "normal", "cyp2c9": "normal",
    "strongyloides": "negative", "hla-b-5801": "negative",
}  # fmt: skip
_VACCINATIONS = dict.fromkeys(("influenza", "covid-19", "pneumococcal", "zoster-recombinant"), "120 days ago")
_ANSWERS = {
    "strongyloides-risk": False, "nsaid-tolerated-before": True, "planning-conception": False, "drives": False,
    "long-term-smoker": False, "inflammation-present": True, "ancestry-hla-risk": False, "wound-healed": True,
}  # fmt: skip
_LISTS = ("conditions", "allergies", "medicines", "vaccinations")


def person(differs: Differs, on: date) -> dict[str, Any]:
    """The patient of a case, in the plan's own JSON."""
    checked = on - timedelta(days=7)
    age, allergies = differs.get("age", 52), differs.get("allergies", "none-known")
    childbearing = "contraception" in differs or "pregnancy" in differs
    answers = _ANSWERS | {"can-become-pregnant": childbearing} | differs.get("answers", {})
    return {
        "name": "A Person",
        "birth_date": "unknown" if age == "unknown" else date(on.year - age, 1, 15),
        "sex": differs.get("sex", "male"),
        "conditions": [_condition(line, on) for line in differs.get("conditions", ())],
        "allergies": allergies if isinstance(allergies, str) else [_allergy(line) for line in allergies],
        "results": list(_results(differs.get("results", {}), on)),
        "screenings": [
            {"test": test, "outcome": outcome, "date": checked - timedelta(days=20)}
            for test, outcome in (_SCREENINGS | differs.get("screenings", {})).items()
            if outcome != "none"
        ],
        "vaccinations": [
            {"vaccine": vaccine, "date": day(when, on), "course_complete": True}
            for vaccine, when in (_VACCINATIONS | differs.get("vaccinations", {})).items()
            if when != "none"
        ],
        "answers": [
            {"question": question, "value": value, "date": on}
            for question, value in answers.items()
            if value != "not-asked"
        ],
        "confirmed": {name: checked for name in _LISTS if name not in differs.get("unconfirmed", ())},
        "pregnancy": _pregnancy(differs.get("pregnancy", "not-pregnant"), on),
        "contraception": _stated("method", differs.get("contraception", "not-needed"), checked),
        "smoking": _stated("status", differs.get("smoking", "not-asked"), checked),
    }


def _pregnancy(stated: int | str, on: date) -> object:
    if isinstance(stated, int):
        return {"status": "pregnant", "recorded": on, "weeks": stated}
    return _stated("status", stated, on)


def _stated(key: str, value: str, checked: date) -> object:
    return value if value == "not-asked" else {key: value, "recorded": checked}


def _condition(line: str, on: date) -> dict[str, Any]:
    """``heart-failure grade 3``, ``peptic-ulcer resolved``, ``surgery 10 days ago``."""
    name, _, rest = line.partition(" ")
    grade, when = re.search(r"grade (\S+)", rest), re.search(r"\d+ days ago|in \d+ days", rest)
    return {
        "condition": name,
        "status": "resolved" if "resolved" in rest else "active",
        **({"grade": grade[1]} if grade else {}),
        **({"onset": day(when[0], on)} if when else {}),
    }


def _allergy(line: str) -> dict[str, Any]:
    substance, _, kind = line.partition(" ")
    return {"substance": substance, **({"kind": kind} if kind else {})}


def _results(differs: Mapping[str, Any], on: date) -> Iterator[dict[str, Any]]:
    # An eGFR can be worked out from creatinine: a case about the one must not leave the other as it was.
    told = str(differs.get("egfr", ""))
    linked = {"creatinine": "none"} if told == "none" or "ago" in told else {}
    for test, values in (_RESULTS | linked | dict(differs)).items():
        for value in values if isinstance(values, list) else [values]:
            if value != "none":
                yield _result(test, str(value), on)


def _result(test: str, text: str, on: date) -> dict[str, Any]:
    """``48``, ``90 of 40`` (the upper limit of normal), ``>5.0``, ``5.2, 400 days ago``."""
    value, _, when = text.partition(", ")
    number, _, limit = value.partition(" of ")
    unit = load_knowledge().analytes[test].unit
    return {
        "test": test,
        "value": {"value": number.lstrip("<>"), "unit": unit.value if unit is not None else "1"},
        "date": day(when or "7 days ago", on),
        **({"comparator": number[0]} if number[0] in "<>" else {}),
        **({"upper_limit": limit} if limit else {}),
    }
