"""FHIR R4: a patient's record in, a draft plan and an account of everything in the record out."""

from careplan.exchange.fhir.account import Account, Kind, Note
from careplan.exchange.fhir.imported import Imported
from careplan.exchange.fhir.importer import from_fhir
from careplan.exchange.fhir.record import FhirError

__all__ = ["Account", "FhirError", "Imported", "Kind", "Note", "from_fhir"]
