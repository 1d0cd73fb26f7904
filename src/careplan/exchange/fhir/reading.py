"""What every reader of a resource is given, and what it gives back."""

from datetime import date
from typing import TypeAlias

from attrs import frozen

from careplan.exchange.fhir.concept import Concept
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.record import Index
from careplan.exchange.fhir.terminology import Terminology
from careplan.model import (
    Allergy,
    Condition,
    Medication,
    NoAllergies,
    Patient,
    Pregnancy,
    Result,
    Screening,
    Smoking,
    Vaccination,
)

Fact: TypeAlias = (
    Patient | Condition | Allergy | NoAllergies | Result | Screening | Smoking | Pregnancy | Vaccination | Medication
)


@frozen(kw_only=True)
class Context:
    """The knowledge to map with, the record to follow references in, and the day of the import."""

    terminology: Terminology
    index: Index
    on: date

    def follow(self, reference: Node, inside: Node) -> Node | None:
        """Return the resource that a Reference means, or None if the record does not hold it."""
        target = reference.text("reference")
        return self.index.find(target, inside) if target else None


@frozen(kw_only=True)
class Reading:
    """The facts of one resource, and the words that name it in the report."""

    what: str
    facts: tuple[Fact, ...] = ()


def named(concept: Concept, otherwise: str) -> str:
    """Words for a report: at most a line of them."""
    return (concept.words or otherwise)[:120]
