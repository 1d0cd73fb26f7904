"""A small knowledge base and short ways to write a plan, for the tests of the agenda."""

from datetime import date
from typing import Any

from careplan.knowledge import Knowledge
from careplan.knowledge.sheets import SECTIONS
from careplan.model import (
    Absent,
    CarePlan,
    Component,
    Dose,
    Hold,
    Immunosuppressant,
    Interval,
    Monitoring,
    Patient,
    PhaseInterval,
    Quantity,
    Result,
    Role,
    Sex,
)

FACT = {"source": ["bsr"], "confidence": "standard"}
BLOODS = ["hb", "plt", "alt"]


def d(text: str) -> date:
    return date.fromisoformat(text)


def every(text: str) -> Interval:
    return Interval.parse(text)


def row(schedule: str, phase: str, **keys: Any) -> dict[str, Any]:
    return {"schedule": schedule, "phase": phase, "tests": BLOODS, **FACT, **keys}


STANDARD = [
    row("guide", "start", until_stable_for="6 weeks", every="2 weeks"),
    row("guide", "settling", lasts="3 months", every="1 month"),
    row("guide", "stable", every=["12 weeks", "16 weeks"]),
    row("guide", "dose-rise", until_stable_for="6 weeks", every="2 weeks"),
]


def drug(name: str, *monitoring: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {
        "id": name, "name": name, "group": "immunosuppressant", "classes": [], "routes": ["oral"],
        "monitoring": list(monitoring), **FACT, **keys,
    }  # fmt: skip


def analyte(name: str, kind: str = "laboratory", **keys: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "kind": kind, **FACT, **keys}


ANALYTES = [
    *(analyte(name) for name in ("hb", "plt", "alt", "creatinine")),
    analyte("fbc", "panel", parts=["hb", "plt"]),
    analyte("egfr", "derived", **{"from": ["creatinine"]}),
    analyte("weight", "vital-sign"),
]
THRESHOLD = {
    "tests": ["plt"], "below": 140, "unit": "10*9/L", "do": "hold", "action": "Stop and call.", "severity": "warning",
    "actor": ["gp"], **FACT,
}  # fmt: skip


def base(*drugs: dict[str, Any]) -> Knowledge:
    """A knowledge base of these drugs; by default one with the usual four phases."""
    chosen = drugs or (drug("methotrexate", *STANDARD, threshold=[THRESHOLD]),)
    lists: dict[str, Any] = {name: [] for name in ("opioids", "steroids", "adrenals")}
    raw: dict[str, Any] = {name: {} for name in SECTIONS} | lists
    raw["drugs"] = {each["id"]: each for each in chosen}
    raw["analytes"] = {each["id"]: each for each in ANALYTES}
    raw["records"] = {"review": {"id": "review", "text": "Looked at?", "who": ["gp"], "about": "item", **FACT}}
    return Knowledge({"name": "test", "version": "1", "date": "2025-01-01", "digest": "", "notices": [], **raw})


def medicine(name: str = "methotrexate", start: str | Absent = "2025-01-06", **keys: Any) -> Immunosuppressant:
    first = start if isinstance(start, Absent) else d(start)
    values: dict[str, Any] = {"drug": name, "dosage": Dose.weekly("15 mg", "monday"), "start": first}
    return Immunosuppressant(id=name, **values | keys)


def bloods(*about: str, interval: str | None = "12 weeks", **keys: Any) -> Monitoring:
    intervals = (PhaseInterval(every=every(interval)),) if interval is not None else ()
    values: dict[str, Any] = {"tests": ("fbc", "alt"), "intervals": intervals, "ordered_by": Role.GP}
    return Monitoring(id="bloods", about=about, **values | keys)


def result(test: str, day: str) -> Result:
    return Result(test=test, value=Quantity.parse("100 U/L"), date=d(day))


def results(*days: str, tests: tuple[str, ...] = ("hb", "plt", "alt")) -> tuple[Result, ...]:
    return tuple(result(test, day) for day in days for test in tests)


def plan(*components: Component, done: tuple[Result, ...] = (), **keys: Any) -> CarePlan:
    patient = Patient(name="A", birth_date=d("1970-05-01"), sex=Sex.FEMALE, results=done)
    return CarePlan(id="plan", title="Plan", created=d("2025-01-01"), patient=patient, components=components, **keys)


def hold(since: str, until: str | None = None) -> Hold:
    return Hold(since=d(since), reason="infection", until=d(until) if until is not None else None)
