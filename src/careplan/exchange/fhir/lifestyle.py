"""Observations whose answer is a fact about the person: smoking and pregnancy."""

from collections.abc import Iterator
from datetime import date

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.concept import Concept, read_concept
from careplan.exchange.fhir.node import Node
from careplan.model import Pregnancy, PregnancyStatus, Smoking, SmokingStatus

_SMOKING = "72166-2"
_PREGNANCY = "82810-3"
_SMOKERS = {
    "266919005": SmokingStatus.NEVER, "LA18978-9": SmokingStatus.NEVER,
    "8517006": SmokingStatus.FORMER, "LA15920-4": SmokingStatus.FORMER,
    **dict.fromkeys(
        ("77176002", "449868002", "428041000124106", "428071000124103", "428061000124105",
         "LA18976-3", "LA18977-1", "LA18981-3", "LA18982-1"), SmokingStatus.CURRENT),
}  # fmt: skip
_PREGNANT = {
    "77386006": PregnancyStatus.PREGNANT, "LA15173-0": PregnancyStatus.PREGNANT,
    "60001007": PregnancyStatus.NOT_PREGNANT, "LA26683-5": PregnancyStatus.NOT_PREGNANT,
    "102874004": PregnancyStatus.POSSIBLE,
}  # fmt: skip
"""Answers by SNOMED CT and LOINC, as the US Core and IPS profiles list them."""


_PREGNANCIES = ("77386006", "72892002", "47200007")
"""SNOMED CT: pregnant, normal pregnancy, high risk pregnancy."""


def names_pregnancy(concept: Concept) -> bool:
    """Whether a problem is that the person is pregnant."""
    return concept.code(_PREGNANCIES) is not None


def is_lifestyle(concept: Concept) -> bool:
    """Whether the observation is read here."""
    return concept.code((_SMOKING, _PREGNANCY)) is not None


def read_lifestyle(node: Node, concept: Concept, day: date) -> Iterator[Smoking | Pregnancy]:
    """Read the answer; one that is not known stays in the report."""
    answer = read_concept(node, "valueCodeableConcept")
    smoking, pregnant = answer.code(_SMOKERS), answer.code(_PREGNANT)
    if concept.code((_SMOKING,)) and smoking:
        yield Smoking(status=_SMOKERS[smoking], recorded=day)
    elif concept.code((_PREGNANCY,)) and pregnant:
        yield Pregnancy(status=_PREGNANT[pregnant], recorded=day)
    else:
        node.note(Kind.UNMAPPED, "value", concept.words or "answer", "not an answer that is known", answer.label)
