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
``medicines``        lines such as ``naproxen 500 mg x2, since 400 days, for osteoarthritis`` (`medicine_lines`)
``conditions``       ``heart-failure grade 3``, ``peptic-ulcer resolved``, ``surgery 10 days ago``
``allergies``        ``ibuprofen hypersensitivity``, ``nsaid intolerance``; or ``"not-asked"``
``results``          ``egfr = 48``, ``alt = "90 of 40"`` (of the upper limit), ``potassium = "5.2, 400 days ago"``,
                     a list for a series, ``"none"`` for none
``screenings``       ``tuberculosis = "pending"``, ``"none"`` for not done
``vaccinations``     ``mmr = "10 days ago"``, ``"none"`` for not given
``planned``          vaccines to come: ``mmr in 5 days``
``answers``          ``drives = true``, ``"not-asked"``
``age``              years, ``"unknown"`` for no date of birth
``sex``              ``male`` unless stated
``pregnancy``        weeks, or ``planning``, ``possible``, ``not-asked``
``contraception``    ``effective``, ``less-effective``, ``none``, ``not-asked``
``smoking``          ``current``, ``never``
``unconfirmed``      lists never confirmed: ``conditions``, ``allergies``, ``medicines``, ``vaccinations``
``records``          what the team wrote down besides: ``review of naproxen 20 days ago``
``without``          records that are missing: ``steroid-card``
``decisions``        decisions in the plan's own JSON
``team``             roles instead of the usual team
``monitoring``       tests in the plan's own JSON, instead of the usual ones for every immunosuppressant
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
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

import careplan as cp
from tests.checks.medicine_lines import Found, day, medicine, numbered
from tests.checks.sound_person import Differs, person

FOLDER = Path(__file__).parents[1] / "cases"
ON = date(2026, 3, 2)

_KEYS = frozenset(re.findall(r"^``([a-z-]+)``", __doc__, re.MULTILINE))
_RECORDS = (
    "otc-asked", "sick-day-advice", "infection-advice", "steroid-card", "specialist-diagnosis", "risk-benefit",
    "shared-decision", "response-review", "stop-rule", "patient-information", "goals", "toxicity-risk-review",
    "laxative-decision", "driving-advice", "naloxone", "bone-assessment", "treatment-agreement",
)  # fmt: skip
_TEAM = ("specialist-prescriber", "specialist-nurse", "gp", "pharmacist")
_TESTS = ("fbc", "lft", "u-and-e", "egfr", "bp-systolic", "bp-diastolic", "weight", "lipids", "glucose", "hba1c")


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


def _case(file: str, table: Differs) -> RuleCase:
    unknown = table.keys() - _KEYS
    if unknown:
        raise ValueError(f"unknown keys {', '.join(sorted(unknown))}")
    return RuleCase(
        file=file,
        rule=table.get("rule", file),
        name=table["name"],
        plan=plan(table),
        on=table.get("on", ON),
        expect=table.get("expect"),
        cannot_tell=frozenset(table.get("cannot-tell", ())),
        under=table.get("under"),
    )


def plan(differs: Differs) -> cp.CarePlan:
    """The plan of a sound person, but for what differs."""
    return cp.loads(json.dumps(_document(differs), default=str))


def _document(differs: Differs) -> dict[str, Any]:
    on = differs.get("on", ON)
    country = differs.get("jurisdiction", "uk")
    medicines = numbered([medicine(line, on) for line in differs.get("medicines", ())])
    return {
        "format": "careplan/1",
        "id": "case",
        "title": differs["name"],
        "status": "active",
        "created": on,
        **({} if country == "none" else {"jurisdiction": country}),
        "patient": person(differs, on),
        "components": [
            *medicines,
            *differs.get("monitoring", _monitoring(medicines)),
            *({"kind": "therapy", "id": name, "therapy": name} for name in differs.get("therapies", ())),
            *(_vaccination(line, on) for line in differs.get("planned", ())),
        ],
        "team": [
            {"role": role, "name": role, "phone": "020 7946 0001", "out_of_hours": "111"}
            for role in differs.get("team", _TEAM)
        ],
        "decisions": [*_records(differs, [each["id"] for each in medicines], on), *differs.get("decisions", ())],
        "events": [{"event": "surgery", **_some_day(differs["surgery"], on)}] if "surgery" in differs else [],
    }


def _some_day(text: str, on: date) -> dict[str, Any]:
    return {} if text == "some day" else {"on": day(text, on)}


def _monitoring(medicines: list[Found]) -> list[Found]:
    if all(each["kind"] != "immunosuppressant" for each in medicines):
        return []
    owners = {"ordered_by": "gp", "acted_on_by": "specialist-nurse"}
    return [{"kind": "monitoring", "id": "tests", "tests": _TESTS, **owners}]


def _vaccination(line: str, on: date) -> Found:
    vaccine, _, when = line.partition(" ")
    return {"kind": "vaccination-plan", "id": f"{vaccine}-plan", "vaccine": vaccine, "due": day(when, on)}


def _records(differs: Differs, ids: list[str], on: date) -> Iterator[Found]:
    """The records of a sound plan that are not missing, about every medicine, and those that the case adds."""
    for part in _RECORDS:
        if part not in differs.get("without", ()):
            yield _record(part, ids, day("20 days ago", on))
    for line in differs.get("records", ()):
        found = re.fullmatch(r"(\S+)(?: of (\S+))?(?: (\d+ days ago))?", line)
        if found is None:
            raise ValueError(f"nobody knows what the record {line!r} means")
        yield _record(found[1], [found[2]] if found[2] else [], day(found[3] or "20 days ago", on))


def _record(part: str, about: list[str], written: date) -> Found:
    return {"kind": "record", "part": part, "date": written, "by": "Dr Rao", "about": about}
