"""Case files: small plans in a clinician's shorthand, each with what one rule must say of it.

A file ``tests/cases/<rule>.toml`` holds the cases of a rule, or of a family (``live-vaccine-window.toml``). Each
``[[case]]`` says only how its plan differs from a sound person: a man of 52 with normal, fresh results, negative
screens, all vaccines, every list confirmed, and every record that a plan can need. A woman is not pregnant and needs
no contraception unless the case says so.

===================  ==================================================================================================
key
===================  ==================================================================================================
``name``             what the case shows
``rule``             the rule it is about, if it is not the file's name
``medicines``        lines such as ``naproxen 500 mg x2, since 400 days, for osteoarthritis`` (see `medicine`)
``conditions``       ``heart-failure grade 3``, ``peptic-ulcer resolved``, ``surgery 10 days ago``
``allergies``        ``ibuprofen hypersensitivity``, ``nsaid intolerance``; or ``"not-asked"``
``results``          ``egfr = 48``, ``alt = "90 of 40"`` (of the upper limit), ``potassium = "5.2, 400 days ago"``,
                     a list for a series, ``"none"`` for none
``screenings``       ``tuberculosis = "pending"``, ``"none"`` for not done
``vaccinations``     ``mmr = "10 days ago"``, ``"none"`` for not given
``planned``          vaccines to come: ``mmr in 5 days``
``answers``          ``drives = true``, ``"not-asked"``
``age``, ``sex``     ``age = "unknown"`` for no date of birth
``pregnancy``        weeks, or ``planning``, ``possible``, ``not-asked``
``contraception``    ``effective``, ``less-effective``, ``none``, ``not-asked``; ``smoking``: ``current``, ``never``
``unconfirmed``      lists never confirmed: ``conditions``, ``allergies``, ``medicines``, ``vaccinations``
``records``          what the team wrote down besides: ``review of naproxen 20 days ago``
``without``          records that are missing: ``steroid-card``
``decisions``        decisions in the plan's own JSON
``team``             roles instead of the usual team
``monitoring``       tests in the plan's own JSON, instead of the usual one for every immunosuppressant
``therapies``        ``acupuncture``
``surgery``          ``in 20 days``, ``some day``
``jurisdiction``     ``uk`` unless stated; ``"none"`` for not set
``on``               the review day, 2 March 2026 unless stated
``expect``           ``info``, ``caution``, ``warning``, ``critical``, or ``silent``
``cannot-tell``      the facts that the rule, or a worse severity of it, waits for
``under``            the rule that speaks for this one
===================  ==================================================================================================
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

import careplan as cp
from careplan.knowledge import load_knowledge

FOLDER = Path(__file__).parents[1] / "cases"
ON = date(2026, 3, 2)
LONG = 60
"""Days that a medicine has been taken for, unless its line says otherwise."""

_KINDS = {"other": "other-medicine", "food": "other-medicine"}
_RESULTS: Mapping[str, str] = {
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
_VACCINATIONS = {name: "120 days ago" for name in ("influenza", "covid-19", "pneumococcal", "zoster-recombinant")}
_ANSWERS = {
    "strongyloides-risk": False, "nsaid-tolerated-before": True, "planning-conception": False, "drives": False,
    "long-term-smoker": False, "inflammation-present": True, "ancestry-hla-risk": False, "wound-healed": True,
    "can-become-pregnant": True,
}  # fmt: skip
_RECORDS = (
    "otc-asked", "sick-day-advice", "infection-advice", "steroid-card", "specialist-diagnosis", "risk-benefit",
    "shared-decision", "response-review", "stop-rule", "patient-information", "goals", "toxicity-risk-review",
    "laxative-decision", "driving-advice", "naloxone", "bone-assessment", "treatment-agreement",
)  # fmt: skip
_TEAM = ("specialist-prescriber", "specialist-nurse", "gp", "pharmacist")
_TESTS = ("fbc", "lft", "u-and-e", "egfr", "bp-systolic", "bp-diastolic", "weight", "lipids", "glucose", "hba1c")
_KEYS = frozenset(re.findall(r"^``([a-z-]+)``", __doc__, re.MULTILINE)) | {"sex", "smoking"}

_AMOUNT = r"(?P<value>\d+(?:\.\d+)?) (?P<unit>\S+)"
_DOSES = (
    (re.compile(rf"{_AMOUNT} x(?P<times>\d+)"), "daily"),
    (re.compile(rf"{_AMOUNT} on (?P<days>[a-z]+(?: and [a-z]+)*)"), "weekly"),
    (re.compile(rf"{_AMOUNT} every (?P<hours>\d+) hours"), "every-hours"),
    (re.compile(rf"{_AMOUNT} every (?P<count>\d+) (?P<period>days|weeks|months)"), "every"),
    (re.compile(rf"{_AMOUNT} changed every (?P<change>\d+) hours"), "continuous"),
    (re.compile(rf"{_AMOUNT} up to (?P<most>\d+(?:\.\d+)?) (?P<most_unit>\S+)"), "as-needed"),
    (re.compile(rf"{_AMOUNT} as needed"), "as-needed"),
    (re.compile(rf"{_AMOUNT}"), "unknown"),
)
_UNITS = {"tablets": "{tablet}", "tablet": "{tablet}"}


class CaseFileError(ValueError):
    """A case that cannot be read."""


@frozen
class RuleCase:
    """One case: its plan, and what the rule must say of it."""

    file: str
    rule: str
    name: str
    plan: cp.CarePlan
    on: date
    expect: str | None
    cannot_tell: frozenset[str]
    under: str | None


def read_cases() -> Iterator[RuleCase]:
    """Every case of every file."""
    for file in sorted(FOLDER.glob("*.toml")):
        for table in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            try:
                yield _case(file.stem, table)
            except (KeyError, ValueError) as error:
                raise CaseFileError(f"{file.name}, {table.get('name')}: {error!r}") from error


def _case(rule: str, table: Mapping[str, Any]) -> RuleCase:
    unknown = table.keys() - _KEYS
    if unknown:
        raise ValueError(f"unknown keys {', '.join(sorted(unknown))}")
    return RuleCase(
        file=rule,
        rule=table.get("rule", rule),
        name=table["name"],
        plan=plan(table),
        on=table.get("on", ON),
        expect=table.get("expect"),
        cannot_tell=frozenset(table.get("cannot-tell", ())),
        under=table.get("under"),
    )


def plan(differs: Mapping[str, Any]) -> cp.CarePlan:
    """The plan of a sound person, but for what differs."""
    return cp.loads(json.dumps(_document(differs), default=str))


def _document(differs: Mapping[str, Any]) -> dict[str, Any]:
    on = differs.get("on", ON)
    medicines = _numbered([medicine(line, on) for line in differs.get("medicines", ())])
    ids = [each["id"] for each in medicines]
    surgery = differs.get("surgery")
    country = differs.get("jurisdiction", "uk")
    return {
        "format": "careplan/1",
        "id": "case",
        "title": differs.get("name", "case"),
        "status": "active",
        "created": on,
        **({} if country == "none" else {"jurisdiction": country}),
        "patient": _patient(differs, on),
        "components": [
            *medicines,
            *differs.get("monitoring", _monitoring(medicines)),
            *({"kind": "therapy", "id": name, "therapy": name} for name in differs.get("therapies", ())),
            *(_planned(line, on) for line in differs.get("planned", ())),
        ],
        "team": [
            {"role": role, "name": role, "phone": "020 7946 0001", "out_of_hours": "111"}
            for role in differs.get("team", _TEAM)
        ],
        "decisions": [*_records(differs, ids, on), *differs.get("decisions", ())],
        "events": [] if surgery is None else [{"event": "surgery", **_someday(surgery, on)}],
    }


def _someday(text: str, on: date) -> dict[str, Any]:
    return {} if text == "some day" else {"on": _day(text, on)}


def _day(text: str, on: date) -> date:
    """``10 days ago``, ``in 5 days``, or a date."""
    found = re.fullmatch(r"(\d+) days ago|in (\d+) days", text)
    if found is None:
        return date.fromisoformat(text)
    return on - timedelta(days=int(found[1])) if found[1] else on + timedelta(days=int(found[2]))


# ---------------------------------------------------------------------------------------------- medicines


def medicine(line: str, on: date) -> dict[str, Any]:
    """A medicine from its line: drug, dose, then any of the words below, with commas between them.

    A dose is ``500 mg x2``, ``15 mg on monday``, ``40 mg every 2 weeks``, ``30 mg every 12 hours``, ``1 g up to 4 g``
    (as needed, with its most a day), ``50 mg as needed``, ``25 ug/h changed every 72 hours``, ``500 mg`` (nobody knows
    how often), ``unknown``; or steps: ``15 mg x1 28 days then 10 mg x1``.

    ``since 400 days`` (60 without it), ``since unknown``, ``starts in 5 days``, ``course 14 days`` (its planned length),
    ``stops in 10 days``, ``stopped 5 days ago``, ``stopped some day``, ``paused``, ``for osteoarthritis``,
    ``by subcutaneous``, ``as modified-release``, ``tablets of 2.5 mg``, ``on knee`` (a body site), ``brand Neoral``,
    ``was 40 mg x1 until 8 days ago``.
    """
    first, *words = line.split(", ")
    drug, _, dose = first.partition(" ")
    found: dict[str, Any] = {"drug": drug, "id": drug, "kind": _kind(drug), "start": on - timedelta(days=LONG)}
    for word in words:
        _apply(found, word, on)
    found["route"] = found.get("route", _route(drug))
    start = found["start"] if isinstance(found["start"], date) else on
    found["dosage"] = _dosage(dose, start)
    if "course" in found:
        found["stop"] = start + timedelta(days=found.pop("course") - 1)
    if "was" in found:
        earlier, until = found.pop("was")
        found["history"] = [{"dose": _dose(earlier), "start": start, "stop": until}]
    return {key: value for key, value in found.items() if value is not None}


def _apply(found: dict[str, Any], word: str, on: date) -> None:
    verb, _, rest = word.partition(" ")
    match verb:
        case "since":
            found["start"] = "unknown" if rest == "unknown" else _day(f"{rest} ago" if "days" in rest else rest, on)
        case "starts":
            found["start"] = _day(rest, on)
        case "course":
            found["course"] = int(rest.split()[0])
        case "stops":
            found["stop"] = _day(rest, on)
        case "stopped":
            found["status"], found["stop"] = "stopped", None if rest == "some day" else _day(rest, on)
        case "paused":
            found["status"], found["hold"] = "on-hold", {"since": on - timedelta(days=3), "reason": "infection"}
        case "for":
            found["indication"] = rest
        case "by":
            found["route"] = None if rest == "unknown" else rest
        case "as":
            found["form"] = rest
        case "tablets":
            strength = _quantity(rest.removeprefix("of "))
            found["product"] = {"ingredients": [{"drug": found["drug"], "strength": strength}]}
        case "brand":
            found["product"] = {"brand": rest}
        case "on":
            found["sites"] = [*found.get("sites", ()), rest]
        case "was":
            earlier, until = rest.split(" until ")
            found["was"] = (earlier, _day(until, on))
        case _:
            raise ValueError(f"nobody knows what {word!r} means")


@cache
def _group(drug: str) -> str:
    known = load_knowledge()
    if drug in known.products:
        return "analgesic"
    return known.drugs[drug].group.value


def _kind(drug: str) -> str:
    group = _group(drug)
    return _KINDS.get(group, group)


def _route(drug: str) -> str:
    known = load_knowledge()
    return "oral" if drug in known.products else known.drugs[drug].routes[0].value


def _quantity(text: str) -> dict[str, str]:
    value, unit = text.split()
    return {"value": value, "unit": _UNITS.get(unit, unit)}


def _dosage(text: str, start: date) -> dict[str, Any]:
    steps = []
    for part in text.split(" then "):
        length = re.search(r" (\d+) days$", part)
        dose = _dose(part if length is None or " every " in part else part[: length.start()])
        if length is None or " every " in part:
            steps.append({"dose": dose, "start": start})
        else:
            steps.append({"dose": dose, "start": start, "stop": start + timedelta(days=int(length[1]) - 1)})
            start += timedelta(days=int(length[1]))
    return steps[0]["dose"] if len(steps) == 1 and "stop" not in steps[0] else {"steps": steps}


def _dose(text: str) -> dict[str, Any]:
    if text == "unknown":
        return {"amount": "unknown", "timing": "unknown"}
    for pattern, kind in _DOSES:
        found = pattern.fullmatch(text)
        if found is not None:
            amount = {"value": found["value"], "unit": _UNITS.get(found["unit"], found["unit"])}
            return {"amount": amount, "timing": "unknown" if kind == "unknown" else _timing(kind, found)}
    raise ValueError(f"nobody knows what the dose {text!r} means")


def _timing(kind: str, found: re.Match[str]) -> dict[str, Any]:
    match kind:
        case "daily":
            return {"kind": kind, "times": int(found["times"])}
        case "weekly":
            return {"kind": kind, "days": found["days"].split(" and ")}
        case "every-hours":
            return {"kind": kind, "hours": int(found["hours"])}
        case "every":
            unit = {"days": "d", "weeks": "wk", "months": "mo"}[found["period"]]
            return {"kind": kind, "interval": {"count": int(found["count"]), "unit": unit}}
        case "continuous":
            return {"kind": kind, "change_hours": int(found["change"])}
    most = found.groupdict().get("most")
    limit: object = "unknown" if most is None else _quantity(f"{most} {found['most_unit']}")
    return {"kind": kind, "reason": "pain", "at_most": limit}


def _numbered(medicines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[str, int] = {}
    for each in medicines:
        seen[each["id"]] = number = seen.get(each["id"], 0) + 1
        each["id"] += f"-{number}" if number > 1 else ""
    return medicines


def _monitoring(medicines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if all(each["kind"] != "immunosuppressant" for each in medicines):
        return []
    return [
        {"kind": "monitoring", "id": "tests", "tests": _TESTS, "ordered_by": "gp", "acted_on_by": "specialist-nurse"}
    ]


def _planned(line: str, on: date) -> dict[str, Any]:
    vaccine, _, when = line.partition(" ")
    return {"kind": "vaccination-plan", "id": f"{vaccine}-plan", "vaccine": vaccine, "due": _day(when, on)}


# ---------------------------------------------------------------------------------------------- the person


def _patient(differs: Mapping[str, Any], on: date) -> dict[str, Any]:
    day = on - timedelta(days=7)
    age = differs.get("age", 52)
    allergies = differs.get("allergies", "none-known")
    open_lists = set(differs.get("unconfirmed", ()))
    lists = {"conditions", "allergies", "medicines", "vaccinations"} - open_lists
    answers = {**_ANSWERS, **differs.get("answers", {})}
    person = {
        "name": "A Person",
        "birth_date": "unknown" if age == "unknown" else date(on.year - age, 1, 15),
        "sex": differs.get("sex", "male"),
        "conditions": [_condition(line, on) for line in differs.get("conditions", ())],
        "allergies": allergies if isinstance(allergies, str) else [_allergy(line) for line in allergies],
        "results": list(_results(differs, on)),
        "screenings": [
            {"test": test, "outcome": outcome, "date": day - timedelta(days=20)}
            for test, outcome in {**_SCREENINGS, **differs.get("screenings", {})}.items()
            if outcome != "none"
        ],
        "vaccinations": [
            {"vaccine": vaccine, "date": _day(when, on), "course_complete": True}
            for vaccine, when in {**_VACCINATIONS, **differs.get("vaccinations", {})}.items()
            if when != "none"
        ],
        "answers": [
            {"question": question, "value": value, "date": on}
            for question, value in answers.items()
            if value != "not-asked"
        ],
        "confirmed": dict.fromkeys(sorted(lists), day),
        "pregnancy": _pregnancy(differs.get("pregnancy"), day),
        "contraception": _stated("method", differs.get("contraception", "not-needed"), day),
        "smoking": _stated("status", differs.get("smoking", "not-asked"), day),
    }
    if "contraception" not in differs and differs.get("pregnancy") is None:
        person["answers"] = [each for each in person["answers"] if each["question"] != "can-become-pregnant"]
        person["answers"].append({"question": "can-become-pregnant", "value": False, "date": on})
    return person


def _pregnancy(stated: int | str | None, day: date) -> object:
    if stated == "not-asked":
        return stated
    if isinstance(stated, int):
        return {"status": "pregnant", "recorded": day + timedelta(days=7), "weeks": stated}
    return {"status": stated or "not-pregnant", "recorded": day}


def _stated(key: str, value: str, day: date) -> object:
    return value if value == "not-asked" else {key: value, "recorded": day}


def _condition(line: str, on: date) -> dict[str, Any]:
    name, _, rest = line.partition(" ")
    found: dict[str, Any] = {"condition": name}
    grade = re.search(r"grade (\S+)", rest)
    ago = re.search(r"\d+ days ago|in \d+ days", rest)
    if grade:
        found["grade"] = grade[1]
    if ago:
        found["onset"] = _day(ago[0], on)
    if "resolved" in rest:
        found["status"] = "resolved"
    return found


def _allergy(line: str) -> dict[str, Any]:
    substance, _, kind = line.partition(" ")
    return {"substance": substance, **({"kind": kind} if kind else {})}


def _results(differs: Mapping[str, Any], on: date) -> Iterator[dict[str, Any]]:
    for test, values in {**_RESULTS, **differs.get("results", {})}.items():
        for value in values if isinstance(values, list) else [values]:
            if value != "none":
                yield _result(test, str(value), on)


def _result(test: str, text: str, on: date) -> dict[str, Any]:
    value, _, ago = text.partition(", ")
    number, _, limit = value.partition(" of ")
    unit = load_knowledge().analytes[test].unit
    bound = {"comparator": number[0]} if number[0] in "<>" else {}
    return {
        "test": test,
        "value": {"value": number.lstrip("<>"), "unit": unit.value if unit is not None else "1"},
        "date": _day(ago or "7 days ago", on),
        **bound,
        **({"upper_limit": limit} if limit else {}),
    }


def _records(differs: Mapping[str, Any], ids: list[str], on: date) -> Iterator[dict[str, Any]]:
    missing = set(differs.get("without", ()))
    for part in _RECORDS:
        if part not in missing:
            yield {"kind": "record", "part": part, "date": on - timedelta(days=20), "by": "Sister Bell", "about": ids}
    for line in differs.get("records", ()):
        found = re.fullmatch(r"(\S+)(?: of (\S+))?(?: (\d+ days ago))?", line)
        if found is None:
            raise ValueError(f"nobody knows what the record {line!r} means")
        about = [found[2]] if found[2] else []
        day = _day(found[3] or "20 days ago", on)
        yield {"kind": "record", "part": found[1], "date": day, "by": "Dr Rao", "about": about}
