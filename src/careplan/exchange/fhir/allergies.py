"""AllergyIntolerance → allergies, or the statement that none is known."""

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.concept import Concept, read_concept, read_concepts
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.reading import Context, Reading, named
from careplan.model import Absent, Allergy, AllergyKind, NoAllergies, ReactionSeverity

READ = frozenset({
    "clinicalStatus", "verificationStatus", "type", "code", "patient", "reaction", "criticality", "category",
})  # fmt: skip

_NONE = ("716186003", "no-known-allergies")
_NO_DRUG = ("409137002", "no-known-medication-allergies")
_NO_OTHER = (
    "429625007", "428607008", "716184000", "716220001", "no-known-food-allergies", "no-known-environmental-allergies",
)  # fmt: skip
_NO_INFORMATION = ("no-allergy-info", "1631000175102")
_SEVERITIES = {s.value: s for s in (ReactionSeverity.MILD, ReactionSeverity.MODERATE, ReactionSeverity.SEVERE)}
_KINDS = {"allergy": AllergyKind.HYPERSENSITIVITY, "intolerance": AllergyKind.INTOLERANCE}


def read_allergy(node: Node, context: Context) -> Reading:
    """Read one AllergyIntolerance; a substance that no id fits keeps its codes and words."""
    concept = read_concept(node, "code") or _substance(node)
    what = named(concept, "an allergy to something that is not named")
    verified = read_concept(node, "verificationStatus").code(("entered-in-error", "refuted", "unconfirmed"))
    status = read_concept(node, "clinicalStatus").code(("inactive", "resolved"))
    if verified in ("entered-in-error", "refuted"):
        node.note(Kind.UNUSABLE, "verificationStatus", "allergy", f"withdrawn in the record: {verified}", what)
        return Reading(what=what)
    if status is not None:
        node.note(Kind.IGNORED, "clinicalStatus", "allergy", f"no longer there: {status}", what)
        return Reading(what=what)
    absence = _absence(node, concept)
    if absence and verified:
        node.note(Kind.GUESSED, "verificationStatus", "no known allergy", "unconfirmed: taken as unknown", what)
        return Reading(what=what, facts=(NoAllergies.UNKNOWN,))
    if absence is not None:
        return Reading(what=what, facts=absence)
    if not concept:
        node.note(Kind.UNMAPPED, "code", "allergy", "nothing says to what: kept as an unnamed allergy")
    elif verified:
        node.note(Kind.GUESSED, "verificationStatus", "allergy", "unconfirmed: taken as present", what)
    return Reading(what=what, facts=(_allergy(node, concept, context),))


def _substance(node: Node) -> Concept:
    """Find the substance that a reaction names."""
    return next(filter(None, (read_concept(item, "substance") for item in node.children("reaction"))), Concept())


def _absence(node: Node, concept: Concept) -> tuple[NoAllergies, ...] | None:
    """Read a code that says that there is none, as far as it says so."""
    if concept.code(_NONE):
        return (NoAllergies.NONE_KNOWN,)
    if concept.code(_NO_DRUG):
        why = "only allergies to medicines are excluded: taken as none known"
        node.note(Kind.GUESSED, "code", "no known allergy", why, concept.label)
        return (NoAllergies.NONE_KNOWN,)
    if concept.code(_NO_OTHER):
        why = "it excludes one sort of allergy only, and says nothing about medicines"
        node.note(Kind.UNMAPPED, "code", "no known allergy", why, concept.label)
        return ()
    return (NoAllergies.UNKNOWN,) if concept.code(_NO_INFORMATION) else None


def _allergy(node: Node, concept: Concept, context: Context) -> Allergy:
    found = context.terminology.allergen(concept) if concept else None
    if found is None and concept:
        node.note(Kind.UNMAPPED, "code", "allergy", "no id for it: kept with its codes and words", concept.label)
    signs = [sign.words for item in node.children("reaction") for sign in read_concepts(item, "manifestation")]
    kind = node.text("type")
    high = " (high criticality)" if node.text("criticality") == "high" else ""
    return Allergy(
        substance=found or Absent.UNKNOWN,
        reaction=", ".join(dict.fromkeys(sign for sign in signs if sign)) or None,
        kind=_KINDS.get(kind or "", Absent.UNKNOWN),
        severity=_severity(node),
        text=(concept.words or "substance not recorded") + high,
        codes=concept.codes,
    )


def _severity(node: Node) -> ReactionSeverity | Absent:
    """Take the worst of all reactions."""
    found = [_SEVERITIES.get(item.text("severity") or "") for item in node.children("reaction")]
    known = [severity for severity in _SEVERITIES.values() if severity in found]
    return known[-1] if known else Absent.UNKNOWN
