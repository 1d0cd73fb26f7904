"""What a record calls a thing: codes of terminologies, and words."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from attrs import frozen

from careplan.exchange.fhir.node import Node
from careplan.model import Coding, System

_TAG = re.compile(
    r"\s*\((?:disorder|finding|situation|event|product|medicinal product|medicinal product form|clinical drug|"
    r"substance|procedure|regime/therapy|observable entity|morphologic abnormality|qualifier value)\)$"
)
_SYSTEMS = {system.uri: system for system in System} | {
    "urn:oid:2.16.840.1.113883.6.96": System.SNOMED_CT,
    "urn:oid:2.16.840.1.113883.6.3": System.ICD_10,
    "urn:oid:2.16.840.1.113883.6.90": System.ICD_10_CM,
    "urn:oid:2.16.840.1.113883.6.88": System.RXNORM,
    "urn:oid:2.16.840.1.113883.6.73": System.ATC,
    "urn:oid:2.16.840.1.113883.6.1": System.LOINC,
    "urn:oid:2.16.840.1.113883.12.292": System.CVX,
}


class Code(NamedTuple):
    """One coding as it stands in the record: any system, by its URI."""

    system: str
    code: str
    display: str | None = None


@frozen
class Concept:
    """A CodeableConcept: its codings and its text."""

    codings: tuple[Code, ...] = ()
    text: str | None = None

    @property
    def words(self) -> str | None:
        """The words that name the thing: the text, else a display, else a bare code."""
        displays = (coding.display for coding in self.codings)
        codes = (coding.code for coding in self.codings)
        return self.text or next(filter(None, displays), None) or next(filter(None, codes), None)

    @property
    def wordings(self) -> tuple[str, ...]:
        """All words that it is called by, each once; with and without SNOMED CT's tag, as in "Gout (disorder)"."""
        stated = [words for words in (self.text, *(coding.display for coding in self.codings)) if words]
        plain = [words for words in (_TAG.sub("", stated_words) for stated_words in stated) if words]
        return tuple(dict.fromkeys((*stated, *plain)))

    @property
    def codes(self) -> tuple[Coding, ...]:
        """The codes of the terminologies that a plan can keep."""
        known = ((_SYSTEMS.get(c.system.rstrip("/")), c) for c in self.codings)
        return tuple(Coding(system, c.code, c.display) for system, c in known if system is not None and c.code)

    @property
    def label(self) -> str:
        """Words and codes, for notes."""
        codes = ", ".join(f"{c.system.rpartition('/')[2] or 'no system'} {c.code}" for c in self.codings if c.code)
        return " · ".join(part for part in (self.words, codes) if part) or "nothing"

    def code(self, allowed: Iterable[str]) -> str | None:
        """Return the first code that is one of `allowed`, whatever the system."""
        return next((c.code for c in self.codings if c.code in allowed), None)

    def __bool__(self) -> bool:
        return bool(self.codings or self.text)


def _codings(node: Node) -> Iterable[Code]:
    for coding in node.children("coding"):
        code, display = coding.text("code"), coding.text("display")
        if code or display:
            yield Code(coding.text("system") or "", code or "", display)


def as_concept(node: Node | None) -> Concept:
    """Read an object that is a CodeableConcept; nothing makes an empty concept."""
    if node is None:
        return Concept()
    return Concept(tuple(_codings(node)), node.text("text"))


def read_concept(node: Node, key: str) -> Concept:
    """Read the element `key` as a CodeableConcept."""
    return as_concept(node.child(key))


def read_concepts(node: Node, key: str) -> list[Concept]:
    """Read the element `key` as a list of CodeableConcepts, empty ones left out."""
    return [concept for concept in map(as_concept, node.children(key)) if concept]
