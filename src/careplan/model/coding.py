"""Codes of public terminologies, kept beside the library's own ids."""

from enum import StrEnum
from typing import Self

from attrs import field, frozen

from careplan.model._check import filled


class System(StrEnum):
    """Terminologies, with the URIs that FHIR uses for them."""

    uri: str

    def __new__(cls, name: str, uri: str = "") -> Self:
        """Make a member that carries its URI."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.uri = uri
        return member

    SNOMED_CT = "snomed-ct", "http://snomed.info/sct"
    ICD_10 = "icd-10", "http://hl7.org/fhir/sid/icd-10"
    ICD_10_CM = "icd-10-cm", "http://hl7.org/fhir/sid/icd-10-cm"
    RXNORM = "rxnorm", "http://www.nlm.nih.gov/research/umls/rxnorm"
    ATC = "atc", "http://www.whocc.no/atc"
    LOINC = "loinc", "http://loinc.org"
    CVX = "cvx", "http://hl7.org/fhir/sid/cvx"
    DMD = "dmd", "https://dmd.nhs.uk"


@frozen
class Coding:
    """One code of one system, with the words that came with it."""

    system: System
    code: str = field(validator=filled)
    display: str | None = None
