"""Records in a few words."""

from datetime import date
from typing import Any

from careplan.exchange.fhir import Account, Imported, from_fhir
from careplan.model import Medication
from tests.exchange.terms import KNOWLEDGE

ON = date(2026, 3, 1)
UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"

PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"use": "official", "family": "Doe", "given": ["Ada"]}],
    "birthDate": "1961-04-12",
    "gender": "female",
    "extension": [
        {"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": "F"},
    ],
}
SUBJECT = {"reference": "Patient/p1"}


def bundle(*resources: Any, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources], **more}


def imported(*resources: Any) -> Imported:
    return from_fhir(bundle(PATIENT, *resources), knowledge=KNOWLEDGE, on=ON)


def person(**more: Any) -> Imported:
    return from_fhir(bundle(PATIENT | more), knowledge=KNOWLEDGE, on=ON)


def words(text: str) -> dict[str, Any]:
    return {"text": text}


def coded(system: str, code: str, display: str | None = None) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, **({"display": display} if display else {})}]}


def amount(value: Any, unit: str | None) -> dict[str, Any]:
    return {"value": value, **({"unit": unit, "system": UCUM, "code": unit} if unit else {})}


def order(drug: str, *dosages: Any, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "id": "m1",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": words(drug),
        "subject": SUBJECT,
        "authoredOn": "2026-02-01",
        "dosageInstruction": list(dosages),
        **more,
    }


def dosage(value: Any, unit: str | None, *, text: str | None = None, **repeat: Any) -> dict[str, Any]:
    return {
        **({"text": text} if text else {}),
        "timing": {"repeat": repeat},
        "doseAndRate": [{"doseQuantity": amount(value, unit)}],
    }


def observation(code: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": code,
        "subject": SUBJECT,
        "effectiveDateTime": "2026-02-03T08:30:00+01:00",
        **more,
    }


def only_medicine(result: Imported) -> Medication:
    (medicine,) = result.plan.medicines
    return medicine


def whats(account: Account) -> set[str]:
    return {note.what for note in account.notes}
