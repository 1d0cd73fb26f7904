"""Whom a record is about: one person, or the import is refused."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.node import Node, writable
from careplan.exchange.fhir.record import Entry, FhirError, Index

_KEYS = {"AllergyIntolerance": "patient", "Immunization": "patient"}
_ABOUT_PEOPLE = ("Condition", "Observation", "MedicationRequest", "MedicationStatement", *_KEYS)


@frozen(kw_only=True)
class Subject:
    """The person: the entry of the Patient if the record has one, else the reference that all resources share."""

    entry: Entry | None
    reference: str | None
    display: str | None = None

    def owns(self, node: Node, index: Index) -> bool:
        """Whether the resource is about this person; one that names nobody is, with a note."""
        key = _KEYS.get(node.text("resourceType") or "", "subject")
        who = node.child(key)
        target = who.text("reference") if who is not None else None
        if target is None:
            node.note(Kind.GUESSED, key, "person", "it refers to nobody: taken to be about the patient of the record")
            return True
        mine = target == self.reference if self.entry is None else index.entry(target) is self.entry
        if not mine:
            node.note(Kind.UNUSABLE, key, "person", "about somebody or something else", target)
        return mine


def find_subject(listed: Sequence[Entry], patient: str | None) -> Subject:
    """Find the one person of the record, or the one that `patient` names (``Patient/17``, an id or a full URL).

    Raises FhirError if several could be meant: facts of two people must never meet in one plan.
    """
    people = [entry for entry in listed if entry.type == "Patient" and entry.broken is None]
    if patient is not None:
        people = [e for e in people if patient in (e.name, e.url, e.data.get("id"))]
        if not people:
            raise FhirError("$", f"no Patient of the record is {patient!r}")
    if len(people) > 1:
        names = ", ".join(entry.name if "/" in entry.name else entry.path for entry in people)
        raise FhirError("$", f"the record holds {len(people)} patients ({names}): choose one with patient=")
    if people:
        return Subject(entry=people[0], reference=None)
    return _without_patient(listed)


def _without_patient(listed: Sequence[Entry]) -> Subject:
    found: dict[str, str | None] = {}
    for entry in listed:
        who = entry.data.get(_KEYS.get(entry.type, "subject")) if entry.type in _ABOUT_PEOPLE else None
        reference = who.get("reference") if isinstance(who, Mapping) else None
        if isinstance(who, Mapping) and isinstance(reference, str) and reference.strip():
            display = who.get("display")
            found.setdefault(reference.strip(), writable(display) if isinstance(display, str) else None)
    if len(found) > 1:
        names = ", ".join(sorted(found)[:5])
        raise FhirError("$", f"no Patient in the record, and its resources refer to several people ({names})")
    reference, display = next(iter(found.items()), (None, None))
    return Subject(entry=None, reference=reference, display=display)
