"""A record in, a draft plan out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from careplan.exchange.fhir import allergies, observations, orders, person, problems, vaccines
from careplan.exchange.fhir.account import Kind, Note
from careplan.exchange.fhir.draft import Source, draft
from careplan.exchange.fhir.imported import Imported
from careplan.exchange.fhir.node import Node, writable
from careplan.exchange.fhir.reading import Context, Reading
from careplan.exchange.fhir.record import Entry, FhirError, Index, entries, parse
from careplan.exchange.fhir.subject import Subject, find_subject
from careplan.exchange.fhir.terminology import terminology_of
from careplan.knowledge import Knowledge, load_knowledge

_READERS: dict[str, tuple[Callable[[Node, Context], Reading], frozenset[str]]] = {
    "Condition": (problems.read_condition, problems.READ),
    "AllergyIntolerance": (allergies.read_allergy, allergies.READ),
    "Observation": (observations.read_observation, observations.READ),
    "MedicationRequest": (orders.read_order, orders.READ_REQUEST),
    "MedicationStatement": (orders.read_order, orders.READ_STATEMENT),
    "Immunization": (vaccines.read_vaccination, vaccines.READ),
}
_SELDOM_MEANT = frozenset({"resourceType", "id", "meta", "text", "language"})
_NOT_READ = {
    "Medication": "it is read with the order that refers to it",
    "DiagnosticReport": "its results are read from their Observations",
    "MedicationDispense": "a supply is no order",
    "MedicationAdministration": "a dose that was given is no order",
}


def from_fhir(
    bundle: Mapping[str, Any] | Sequence[Any] | str | bytes,
    *,
    knowledge: Knowledge | None = None,
    on: date | None = None,
    patient: str | None = None,
) -> Imported:
    """Make a draft plan from a FHIR R4 record: a Bundle of any type, a list of resources, or one resource.

    Patient, Condition, Observation, AllergyIntolerance, MedicationRequest, MedicationStatement and Immunization are
    read; `Imported.accounts` has one entry for each resource, of these kinds or any other. What the record does not
    say is left unknown, never assumed.

    Args:
        bundle: JSON text or bytes, or the objects that it stands for.
        knowledge: What names and codes are looked up in; the library's own knowledge if not given.
        on: The day of the import, which decides what counts as recent; the record's last day if not given.
        patient: Which patient (``Patient/17``) if the record holds several.

    Raises:
        FhirError: The input is not JSON or not FHIR, or it is about several people, or it has no day and `on` is
            not given.
    """
    listed = entries(parse(bundle))
    chosen = _newest_versions(listed)
    current = [entry for entry in listed if id(entry) in chosen]
    index, subject = Index.of(current), find_subject(current, patient)
    today = on if on is not None else _last_day(listed)
    context = Context(terminology=terminology_of(knowledge or load_knowledge()), index=index, on=today)
    sources = [_read(entry, context, subject, newest=id(entry) in chosen) for entry in listed]
    plan, accounts = draft(sources, on=today, name=subject.display)
    return Imported(plan=plan, accounts=accounts)


def _newest_versions(listed: Sequence[Entry]) -> set[int]:
    """Choose one of several versions of a resource: the one updated last, or the first that stands in the record."""
    best: dict[str, Entry] = {}
    for entry in listed:
        key = (entry.url or entry.name) if "/" in entry.name else entry.path
        if key not in best or _updated(entry) > _updated(best[key]):
            best[key] = entry
    return {id(entry) for entry in best.values()}


def _updated(entry: Entry) -> str:
    meta = entry.data.get("meta")
    moment = meta.get("lastUpdated") if isinstance(meta, Mapping) else None
    return moment if isinstance(moment, str) else ""


def _last_day(listed: Sequence[Entry]) -> date:
    """Find the last day that the record tells of; without a clock this is the day to judge it by."""
    found = []
    for entry in listed:
        for key in ("effectiveDateTime", "authoredOn", "recordedDate", "occurrenceDateTime", "issued", "dateAsserted"):
            text = entry.data.get(key)
            if isinstance(text, str):
                try:
                    found.append(date.fromisoformat(text[:10]))
                except ValueError:
                    continue
    if not found:
        raise FhirError("$", "nothing in the record has a day: say with on= which day it is")
    return max(found)


def _read(entry: Entry, context: Context, subject: Subject, *, newest: bool) -> Source:
    """Read one resource; whatever it holds, the result accounts for it."""
    notes: list[Note] = []
    node = Node(entry.data, entry.path, notes)
    read = _READERS.get(entry.type)
    reading = Reading(what=entry.name)
    unread: frozenset[str] = frozenset()
    if entry.broken is not None:
        node.note(Kind.UNUSABLE, "", "entry", entry.broken)
    elif not newest:
        node.note(Kind.IGNORED, "", "repeated resource", "another version of it stands in the record")
    elif entry.type == "Patient":
        reading, unread = _patient(entry, node, subject), person.READ
    elif read is None:
        reading = Reading(what=entry.type)
        node.note(Kind.IGNORED, "", "other resource", _NOT_READ.get(entry.type, "this kind of resource is not read"))
    elif "modifierExtension" in entry.data:
        node.note(Kind.UNUSABLE, "modifierExtension", entry.type, "it changes the meaning in a way that is not known")
    elif subject.owns(node, context.index):
        reading, unread = _guarded(read[0], node, context), read[1]
    skipped = tuple(sorted(writable(str(key)) for key in entry.data.keys() - unread - _SELDOM_MEANT)) if unread else ()
    return Source(entry=entry, node=node, reading=reading, unread=skipped)


def _patient(entry: Entry, node: Node, subject: Subject) -> Reading:
    if entry is not subject.entry:
        node.note(Kind.IGNORED, "", "Patient", "somebody else than the person of this plan")
        return Reading(what=entry.name)
    return person.read_patient(node)


def _guarded(read: Callable[[Node, Context], Reading], node: Node, context: Context) -> Reading:
    """Read; what the model refuses as impossible is unusable, and the model says why."""
    try:
        return read(node, context)
    except ValueError as error:
        node.note(Kind.UNUSABLE, "", node.text("resourceType") or "resource", f"impossible: {error}")
        return Reading(what=node.text("resourceType") or "resource")
