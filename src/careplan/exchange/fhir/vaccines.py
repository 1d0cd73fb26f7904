"""Immunization → vaccines that were given."""

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.concept import read_concept
from careplan.exchange.fhir.day import read_day
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.reading import Context, Reading, named
from careplan.model import Absent, Vaccination

READ = frozenset({
    "status", "vaccineCode", "patient", "occurrenceDateTime", "occurrenceString", "statusReason", "protocolApplied",
    "isSubpotent",
})  # fmt: skip

_NOT_GIVEN = {
    "not-done": (Kind.IGNORED, "not given"),
    "entered-in-error": (Kind.UNUSABLE, "withdrawn: entered in error"),
}


def read_vaccination(node: Node, context: Context) -> Reading:
    """Read one Immunization; a vaccine that no id fits has no place in a plan and stays in the report."""
    concept = read_concept(node, "vaccineCode")
    what = named(concept, "a vaccine that is not named")
    status = node.text("status")
    if status in _NOT_GIVEN:
        reason = read_concept(node, "statusReason").words
        kind, why = _NOT_GIVEN[status]
        node.note(kind, "status", "vaccine", why, reason)
        return Reading(what=what)
    if status != "completed":
        node.note(Kind.UNUSABLE, "status", "vaccine", "the record does not say that it was given", status)
        return Reading(what=what)
    if node.flag("isSubpotent"):
        node.note(Kind.UNUSABLE, "isSubpotent", "vaccine", "the dose was subpotent: it does not count")
        return Reading(what=what)
    found = context.terminology.vaccine(concept) if concept else None
    if found is None:
        node.note(Kind.UNMAPPED, "vaccineCode", "vaccine", "no id for it: not in the plan", concept.label)
        return Reading(what=what)
    day = read_day(node, "occurrenceDateTime", "day")
    if day is None and "occurrenceString" in node.data:
        node.note(Kind.UNMAPPED, "occurrenceString", "day", "no day is given", node.text("occurrenceString"))
    return Reading(
        what=what,
        facts=(
            Vaccination(
                vaccine=found,
                date=day or Absent.UNKNOWN,
                course_complete=_complete(node),
                text=node.text("occurrenceString") if day is None else None,
                codes=concept.codes,
            ),
        ),
    )


def _complete(node: Node) -> bool | Absent:
    """Say whether this was the last dose of its series, if the record counts them."""
    for protocol in node.children("protocolApplied"):
        number, doses = protocol.data.get("doseNumberPositiveInt"), protocol.data.get("seriesDosesPositiveInt")
        if isinstance(number, int) and isinstance(doses, int):
            return number >= doses
    return Absent.UNKNOWN
