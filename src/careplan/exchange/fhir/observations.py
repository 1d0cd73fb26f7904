"""Observation → results, screenings, smoking and pregnancy; each component of a panel on its own."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.concept import Concept, read_concept
from careplan.exchange.fhir.day import read_day
from careplan.exchange.fhir.lifestyle import is_lifestyle, read_lifestyle
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.reading import Context, Fact, Reading, named
from careplan.exchange.fhir.results import read_result
from careplan.exchange.fhir.terminology import Worded
from careplan.model import Outcome, ResultStatus, Screening

READ = frozenset({
    "status", "code", "subject", "category", "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued",
    "valueQuantity", "valueInteger", "valueCodeableConcept", "valueString", "valueBoolean", "referenceRange",
    "component", "hasMember", "dataAbsentReason",
})  # fmt: skip

_STATUS = {
    "final": ResultStatus.FINAL, "amended": ResultStatus.FINAL, "corrected": ResultStatus.FINAL,
    "preliminary": ResultStatus.PRELIMINARY,
}  # fmt: skip
_WITHOUT = {
    "entered-in-error": "withdrawn: entered in error", "cancelled": "the test was cancelled",
    "registered": "there is no result yet",
}  # fmt: skip
_OUTCOMES = {
    "10828004": Outcome.POSITIVE, "260385009": Outcome.NEGATIVE, "260373001": Outcome.POSITIVE,
    "260415000": Outcome.NEGATIVE, "LA6576-8": Outcome.POSITIVE, "LA6577-6": Outcome.NEGATIVE,
    "82334004": Outcome.INDETERMINATE, "POS": Outcome.POSITIVE, "NEG": Outcome.NEGATIVE, "IND": Outcome.INDETERMINATE,
}  # fmt: skip
_WORDS = {outcome.value: outcome for outcome in Outcome} | {
    "reactive": Outcome.POSITIVE, "detected": Outcome.POSITIVE, "non-reactive": Outcome.NEGATIVE,
    "not-detected": Outcome.NEGATIVE, "normal-metabolizer": Outcome.NORMAL, "poor-metabolizer": Outcome.POOR,
    "intermediate-metabolizer": Outcome.INTERMEDIATE, "rapid-metabolizer": Outcome.RAPID,
    "ultrarapid-metabolizer": Outcome.ULTRARAPID,
}  # fmt: skip


@frozen(kw_only=True)
class Setting:
    """What the components of one Observation share."""

    day: date
    status: ResultStatus


def read_observation(node: Node, context: Context) -> Reading:
    """Read one Observation."""
    concept = read_concept(node, "code")
    what = named(concept, "an observation that is not named")
    status = node.text("status")
    if status in _WITHOUT:
        node.note(Kind.UNUSABLE, "status", "result", _WITHOUT[status], what)
        return Reading(what=what)
    if "focus" in node.data:
        node.note(Kind.UNUSABLE, "focus", "result", "it is about something else than the patient", what)
        return Reading(what=what)
    if status not in _STATUS:
        node.note(Kind.GUESSED, "status", "status", "not a status of a result: taken as preliminary", status)
    day = _day(node)
    if day is None:
        node.note(Kind.UNUSABLE, "effective", "result", "no day says when it was so", what)
        return Reading(what=what)
    setting = Setting(day=day, status=_STATUS.get(status or "", ResultStatus.PRELIMINARY))
    facts = tuple(_facts(node, concept, setting, context))
    return Reading(what=what, facts=facts)


def _day(node: Node) -> date | None:
    for key in ("effectiveDateTime", "effectiveInstant"):
        if key in node.data:
            return read_day(node, key, "day")
    period = node.child("effectivePeriod")
    if period is not None:
        first = read_day(period, "start", "day") or read_day(period, "end", "day")
        if period.data.get("start") != period.data.get("end") and first is not None:
            node.note(Kind.GUESSED, "effectivePeriod", "day", f"a period is given: taken as {first}")
        return first
    if "issued" in node.data:
        day = read_day(node, "issued", "day")
        node.note(Kind.GUESSED, "issued", "day", "only the day of the report is given: taken as the day of the test")
        return day
    return None


def _facts(node: Node, concept: Concept, setting: Setting, context: Context) -> Iterator[Fact]:
    """Read the value, then each component by its own code."""
    components = node.children("component")
    values = [key for key in node.data if key.startswith("value") and not key.startswith("value_")]
    if values:
        yield from _fact(node, concept, setting, context)
    elif not components:
        _missing(node, concept)
    for component in components:
        own = read_concept(component, "code")
        if any(key.startswith("value") for key in component.data):
            yield from _fact(component, own, setting, context)
        else:
            _missing(component, own)


def _missing(node: Node, concept: Concept) -> None:
    """Say why there is no value: a panel whose members stand for themselves, or a reason that the record gives."""
    if "hasMember" in node.data:
        node.note(Kind.IGNORED, "hasMember", "panel", "its members are read on their own", concept.label)
        return
    reason = read_concept(node, "dataAbsentReason").words
    node.note(Kind.UNUSABLE, "value", "no value", reason or "no value is given", concept.label)


def _fact(node: Node, concept: Concept, setting: Setting, context: Context) -> Iterator[Fact]:
    if is_lifestyle(concept):
        if _is_settled(node, concept, setting, context):
            yield from read_lifestyle(node, concept, setting.day)
        return
    test = context.terminology.test(concept) if concept else None
    if test is not None and ("valueQuantity" in node.data or "valueInteger" in node.data):
        yield from read_result(node, test, setting.day, setting.status)
        return
    screen = context.terminology.screen(concept) if concept else None
    if screen is not None:
        if _is_settled(node, concept, setting, context):
            yield from _screening(node, screen, setting.day)
        return
    why = "no id for it: not in the plan" if test is None else "not a number: not in the plan"
    node.note(Kind.UNMAPPED, "code", "test", why, concept.label)


def _is_settled(node: Node, concept: Concept, setting: Setting, context: Context) -> bool:
    """Whether an answer in words counts: the plan has no room to say that one is preliminary or of a later day."""
    if setting.status is not ResultStatus.FINAL:
        node.note(Kind.UNUSABLE, "status", "preliminary answer", "not final: not in the plan", concept.label)
        return False
    if setting.day > context.on:
        why = f"its day is after the day of the import ({context.on}): not in the plan"
        node.note(Kind.UNUSABLE, "effective", "day to come", why, setting.day)
        return False
    return True


def _screening(node: Node, screen: Worded, day: date) -> Iterator[Screening]:
    concept = read_concept(node, "valueCodeableConcept") if "valueCodeableConcept" in node.data else Concept()
    words = node.text("valueString") if "valueString" in node.data else concept.words
    code = concept.code(_OUTCOMES)
    outcome = _OUTCOMES[code] if code else _WORDS.get("-".join((words or "").casefold().split()))
    if outcome in screen.outcomes:
        yield Screening(test=screen.id, outcome=outcome, date=day, text=words)
    else:
        node.note(Kind.UNMAPPED, "value", "outcome", f"not an outcome of {screen.id} that is known", words)
