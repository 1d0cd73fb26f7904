"""Medicines as a clinician would write them down in a line, for case files."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from careplan.knowledge import load_knowledge

LONG = 60
"""Days that a medicine has been taken for, unless its line says otherwise."""

Found = dict[str, Any]
_AMOUNT = r"(?P<value>\d+(?:\.\d+)?) (?P<unit>\S+)"
_DOSES = (
    (re.compile(rf"{_AMOUNT} x(?P<times>\d+)"), "daily"),
    (re.compile(rf"{_AMOUNT} on (?P<days>[a-z]+(?: and [a-z]+)*)"), "weekly"),
    (re.compile(rf"{_AMOUNT} every (?P<hours>\d+) hours"), "every-hours"),
    (re.compile(rf"{_AMOUNT} every (?P<count>\d+) (?P<period>days|weeks|months)"), "every"),
    (re.compile(rf"{_AMOUNT} changed every (?P<change>\d+) hours"), "continuous"),
    (re.compile(rf"{_AMOUNT} up to (?P<most>\d+(?:\.\d+)? \S+)"), "as-needed"),
    (re.compile(rf"{_AMOUNT} as needed"), "as-needed"),
    (re.compile(rf"{_AMOUNT}"), "unknown"),
)
_PERIODS = {"days": "d", "weeks": "wk", "months": "mo"}
_UNITS = {"tablets": "{tablet}", "tablet": "{tablet}"}
_OTHER = ("other", "food")


def day(text: str, on: date) -> date:
    """``10 days ago``, ``in 5 days``, or a date."""
    found = re.fullmatch(r"(\d+) days ago|in (\d+) days", text)
    if found is None:
        return date.fromisoformat(text)
    return on - timedelta(days=int(found[1])) if found[1] else on + timedelta(days=int(found[2]))


def medicine(line: str, on: date) -> Found:
    """A medicine from its line: drug, dose, then any of the words below, with commas between them.

    A dose is ``500 mg x2``, ``15 mg on monday``, ``40 mg every 2 weeks``, ``30 mg every 12 hours``, ``1 g up to 4 g``
    (as needed, with its most a day), ``50 mg as needed``, ``25 ug/h changed every 72 hours``, ``500 mg`` (nobody knows
    how often), ``unknown``; or steps: ``15 mg x1 28 days then 10 mg x1``.

    ``since 400 days`` (60 without it), ``since unknown``, ``starts in 5 days``, ``course 14 days`` (planned length),
    ``stops in 10 days``, ``stopped 5 days ago``, ``stopped some day``, ``paused``, ``for osteoarthritis``,
    ``by subcutaneous``, ``as modified-release``, ``tablets of 2.5 mg``, ``on knee`` (a body site), ``brand Neoral``,
    ``was 40 mg x1 until 8 days ago``.
    """
    first, *phrases = line.split(", ")
    drug, _, dose = first.partition(" ")
    found: Found = {"kind": _kind(drug), "id": drug, "drug": drug, "route": _route(drug)}
    found["start"] = day(f"{LONG} days ago", on)
    for phrase in phrases:
        verb, _, rest = phrase.partition(" ")
        if verb not in _WORDS:
            raise ValueError(f"nobody knows what {phrase!r} means")
        found |= _WORDS[verb](rest, on)
    start = found["start"] if isinstance(found["start"], date) else on
    found["dosage"] = _dosage(dose, start)
    if "course" in found:
        found["stop"] = start + timedelta(days=found.pop("course") - 1)
    for earlier in found.get("history", ()):
        earlier["start"] = start
    if "strength" in found:
        found["product"] = {"ingredients": [{"drug": drug, "strength": found.pop("strength")}]}
    return found


def numbered(medicines: list[Found]) -> list[Found]:
    """The same with ids that tell two items of one drug apart."""
    seen: dict[str, int] = {}
    for each in medicines:
        seen[each["id"]] = number = seen.get(each["id"], 0) + 1
        each["id"] += f"-{number}" if number > 1 else ""
    return medicines


def _since(rest: str, on: date) -> Found:
    return {"start": "unknown" if rest == "unknown" else day(f"{rest} ago", on)}


def _stopped(rest: str, on: date) -> Found:
    return {"status": "stopped"} if rest == "some day" else {"status": "stopped", "stop": day(rest, on)}


def _paused(_: str, on: date) -> Found:
    return {"status": "on-hold", "hold": {"since": day("3 days ago", on), "reason": "infection"}}


def _was(rest: str, on: date) -> Found:
    dose, until = rest.split(" until ")
    return {"history": [{"dose": _dose(dose), "stop": day(until, on)}]}


_WORDS: Mapping[str, Callable[[str, date], Found]] = {
    "since": _since,
    "starts": lambda rest, on: {"start": day(rest, on)},
    "course": lambda rest, _: {"course": int(rest.removesuffix(" days"))},
    "stops": lambda rest, on: {"stop": day(rest, on)},
    "stopped": _stopped,
    "paused": _paused,
    "for": lambda rest, _: {"indication": rest},
    "by": lambda rest, _: {"route": rest},
    "as": lambda rest, _: {"form": rest},
    "on": lambda rest, _: {"sites": rest.split(" and ")},
    "tablets": lambda rest, _: {"strength": _quantity(rest.removeprefix("of "))},
    "brand": lambda rest, _: {"product": {"brand": rest}},
    "was": _was,
}


def _kind(drug: str) -> str:
    known = load_knowledge()
    group = "analgesic" if drug in known.products else known.drugs[drug].group.value
    return "other-medicine" if group in _OTHER else group


def _route(drug: str) -> str:
    known = load_knowledge()
    return "oral" if drug in known.products else known.drugs[drug].routes[0].value


def _quantity(text: str) -> dict[str, str]:
    value, unit = text.split()
    return {"value": value, "unit": _UNITS.get(unit, unit)}


def _dosage(text: str, start: date) -> Found:
    """A dose, or the steps of one: ``15 mg x1 28 days then 10 mg x1``."""
    steps: list[Found] = []
    for part in text.split(" then "):
        length = re.fullmatch(r"(.+ x\d+) (\d+) days", part)
        if length is None:
            steps.append({"dose": _dose(part), "start": start})
        else:
            end = start + timedelta(days=int(length[2]) - 1)
            steps.append({"dose": _dose(length[1]), "start": start, "stop": end})
            start = end + timedelta(days=1)
    return {"steps": steps} if "stop" in steps[0] else _dose(text)


def _dose(text: str) -> Found:
    if text == "unknown":
        return {"amount": "unknown", "timing": "unknown"}
    for pattern, kind in _DOSES:
        found = pattern.fullmatch(text)
        if found is not None:
            amount = _quantity(f"{found['value']} {found['unit']}")
            return {"amount": amount, "timing": "unknown" if kind == "unknown" else {"kind": kind, **_timing(found)}}
    raise ValueError(f"nobody knows what the dose {text!r} means")


def _timing(found: re.Match[str]) -> Found:
    match found.groupdict():
        case {"times": times}:
            return {"times": int(times)}
        case {"days": days}:
            return {"days": days.split(" and ")}
        case {"hours": hours}:
            return {"hours": int(hours)}
        case {"count": count, "period": period}:
            return {"interval": {"count": int(count), "unit": _PERIODS[period]}}
        case {"change": change}:
            return {"change_hours": int(change)}
        case {"most": most}:
            return {"reason": "pain", "at_most": _quantity(most)}
    return {"reason": "pain", "at_most": "unknown"}
