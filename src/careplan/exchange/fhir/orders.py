"""MedicationRequest and MedicationStatement → medicines."""

from datetime import date
from typing import Any

from attrs import frozen

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.article import Article, read_article
from careplan.exchange.fhir.concept import Concept, as_concept, read_concept, read_concepts
from careplan.exchange.fhir.day import read_day
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.reading import Context, Reading
from careplan.exchange.fhir.regimen import Regimen, read_regimen
from careplan.model import (
    Absent,
    Adjuvant,
    Analgesic,
    Calendar,
    Hold,
    Immunosuppressant,
    Interval,
    ItemStatus,
    Medication,
    Nsaid,
    OtherMedicine,
    Supportive,
)

READ_REQUEST = frozenset({
    "status", "statusReason", "intent", "doNotPerform", "medicationCodeableConcept", "medicationReference", "subject",
    "authoredOn", "requester", "reasonCode", "reasonReference", "note", "dosageInstruction", "contained",
})  # fmt: skip
READ_STATEMENT = frozenset({
    "status", "statusReason", "medicationCodeableConcept", "medicationReference", "subject", "effectiveDateTime",
    "effectivePeriod", "dateAsserted", "reasonCode", "reasonReference", "note", "dosage", "contained",
})  # fmt: skip

RECENT = Interval(12, Calendar.MONTH)
"""How long an ended medicine still belongs into a first plan."""

_STATUS = {
    "active": ItemStatus.ACTIVE, "on-hold": ItemStatus.ON_HOLD, "stopped": ItemStatus.STOPPED,
    "completed": ItemStatus.COMPLETED, "draft": ItemStatus.DRAFT, "intended": ItemStatus.DRAFT,
}  # fmt: skip
_NOT_TAKEN = {"cancelled": "cancelled: it was never begun", "not-taken": "the record says that it is not taken"}
_KINDS: dict[str | None, type[Medication]] = {
    "analgesic": Analgesic, "nsaid": Nsaid, "immunosuppressant": Immunosuppressant, "adjuvant": Adjuvant,
    "supportive": Supportive,
}  # fmt: skip


@frozen(kw_only=True)
class Course:
    """When a medicine was taken, as far as one resource tells."""

    status: ItemStatus
    ordered: date | None
    start: date | None
    stop: date | None

    @property
    def last_known(self) -> date | None:
        """The last day that the resource tells of."""
        return self.stop or max(filter(None, (self.start, self.ordered)), default=None)


def read_order(node: Node, context: Context) -> Reading:
    """Read one order or statement into a medicine; one that ended long ago, or was never taken, into nothing."""
    article = read_article(node, context)
    status = node.text("status")
    if status == "entered-in-error":
        node.note(Kind.UNUSABLE, "status", "medicine", "withdrawn: entered in error", article.words)
    elif status in _NOT_TAKEN:
        node.note(Kind.IGNORED, "status", "medicine", _NOT_TAKEN[status], article.words)
    elif node.flag("doNotPerform"):
        node.note(Kind.UNMAPPED, "doNotPerform", "medicine", "an order NOT to give it", article.words)
    else:
        return _taken(node, article, context)
    return Reading(what=article.words)


def _taken(node: Node, article: Article, context: Context) -> Reading:
    ordered = _ordered(node)
    dosages = "dosageInstruction" if node.data.get("resourceType") == "MedicationRequest" else "dosage"
    regimen = read_regimen(node, dosages, article, since=ordered)
    course = _course(node, regimen, ordered)
    last = course.last_known
    over = course.status in (ItemStatus.STOPPED, ItemStatus.COMPLETED) or course.stop is not None
    if over and last is not None and _is_past(last, context.on):
        node.notes.clear()  # what was hard to read in it does not matter any more
        node.note(Kind.IGNORED, "status", "ended medicine", f"not carried over: it ended more than {RECENT} ago", last)
        return Reading(what=article.words)
    if course.status is ItemStatus.ACTIVE and course.stop is not None and course.stop < context.on:
        why = f"still active, but to end on {course.stop}: ask whether it is taken"
        node.note(Kind.GUESSED, "status", "active after its end", why)
    return Reading(what=article.words, facts=(_medicine(node, article, regimen, course, context),))


def _is_past(day: date, on: date) -> bool:
    try:
        return RECENT.after(day) < on
    except (ValueError, OverflowError):
        return False


def _ordered(node: Node) -> date | None:
    for key in ("authoredOn", "effectiveDateTime", "dateAsserted"):
        if key in node.data:
            return read_day(node, key, "day of the order")
    return None


def _course(node: Node, regimen: Regimen, ordered: date | None) -> Course:
    period = node.child("effectivePeriod")
    start, stop = regimen.start, regimen.stop
    if period is not None:
        start = start or read_day(period, "start", "start")
        stop = stop or read_day(period, "end", "end", last=True)
    if start is not None and stop is not None and stop < start:
        node.note(Kind.UNUSABLE, "", "end", f"it ends on {stop}, before it starts on {start}: the end is not used")
        stop = None
    return Course(status=_status(node), ordered=ordered, start=start, stop=stop)


def _status(node: Node) -> ItemStatus:
    status, intent = node.text("status"), node.text("intent")
    if status not in _STATUS:
        node.note(Kind.GUESSED, "status", "status", "it does not say whether it is taken: taken as active", status)
    found = _STATUS.get(status or "", ItemStatus.ACTIVE)
    if found is ItemStatus.ACTIVE and intent in ("proposal", "option"):
        node.note(Kind.GUESSED, "intent", "status", "proposed, not ordered: a draft", intent)
        return ItemStatus.DRAFT
    return found


def _medicine(node: Node, article: Article, regimen: Regimen, course: Course, context: Context) -> Medication:
    start, stop = _start(node, course, context.on), course.stop
    if start is not None and stop is not None and stop < start:
        node.note(Kind.UNUSABLE, "", "end", f"it ends on {stop}, before it was ordered on {start}: the end is not used")
        stop = None
    reasons = _reasons(node, context)
    indication = next(filter(None, (context.terminology.condition(reason) for reason in reasons)), None)
    remarks = [*regimen.remarks, *(f"reason: {reason.words}" for reason in reasons if indication is None)]
    remarks += [f"status reason: {reason}" for reason in [_status_reason(node)] if reason]
    remarks += [text for text in (item.text("text") for item in node.children("note")) if text]
    if reasons and indication is None:
        node.note(Kind.UNMAPPED, "reason", "indication", "no id for it: kept in words", reasons[0].label)
    fields: dict[str, Any] = {
        "id": article.slug,
        "drug": article.drug or Absent.UNKNOWN,
        "dosage": regimen.dosage,
        "route": article.route or Absent.UNKNOWN if isinstance(regimen.route, Absent) else regimen.route,
        "form": article.form or Absent.UNKNOWN,
        "product": article.product,
        "indication": indication or Absent.UNKNOWN,
        "status": course.status,
        "start": start or Absent.UNKNOWN,
        "stop": stop,
        "hold": _hold(node, start, context.on) if course.status is ItemStatus.ON_HOLD else None,
        "prescriber": _prescriber(node, context),
        "instructions": regimen.instructions,
        "notes": "; ".join(dict.fromkeys(remarks)) or None,
    }
    return _KINDS.get(article.group, OtherMedicine)(**fields)


def _start(node: Node, course: Course, on: date) -> date | None:
    if course.start is not None:
        return course.start
    if course.ordered is None:
        node.note(Kind.GUESSED, "", "start", "no day is given: left unknown")
        return None
    node.note(Kind.GUESSED, "", "start", "taken from the day of the order", course.ordered)
    if course.status is ItemStatus.ACTIVE and course.stop is None and _is_past(course.ordered, on):
        why = f"still active, but ordered more than {RECENT} ago: ask whether it is taken"
        node.note(Kind.GUESSED, "status", "old order", why, course.ordered)
    return course.ordered


def _hold(node: Node, start: date | None, on: date) -> Hold:
    since = start or on
    node.note(Kind.GUESSED, "status", "hold", f"no day says since when it is on hold: taken as {since}")
    return Hold(since=since, reason=_status_reason(node) or "not stated in the record")


def _status_reason(node: Node) -> str | None:
    """Words for the reason of the status: one concept in an order, a list in a statement."""
    return next((words for words in (as_concept(item).words for item in node.children("statusReason")) if words), None)


def _reasons(node: Node, context: Context) -> list[Concept]:
    """Read what it is for: coded reasons, and the Conditions that are referred to."""
    reasons = read_concepts(node, "reasonCode")
    for reference in node.children("reasonReference"):
        target = context.follow(reference, node)
        concept = read_concept(target, "code") if target is not None else Concept()
        reasons.append(concept or Concept((), reference.text("display")))
    return [reason for reason in reasons if reason]


def _prescriber(node: Node, context: Context) -> str | None:
    reference = node.child("requester")
    if reference is None:
        return None
    target = context.follow(reference, node)
    names = target.children("name") if target is not None and isinstance(target.data.get("name"), list) else []
    for name in names:
        parts = [*name.texts("prefix"), *name.texts("given"), name.text("family")]
        words = name.text("text") or " ".join(part for part in parts if part)
        if words:
            return words
    return reference.text("display")
