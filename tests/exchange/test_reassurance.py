"""What a record says badly must not make a review look safer than the truth."""

from typing import Any

import pytest

from careplan.exchange.fhir import from_fhir
from careplan.model import Absent, Daily, Dose, NoAllergies, PregnancyStatus, Quantity, Weekly
from tests.exchange.bundles import (
    LOINC,
    ON,
    PATIENT,
    RXNORM,
    SNOMED,
    SUBJECT,
    UCUM,
    bundle,
    coded,
    dosage,
    imported,
    observation,
    only_medicine,
    order,
    whats,
    words,
)

DAILY: dict[str, Any] = {"frequency": 1, "period": 1, "periodUnit": "d"}


def pregnancy(code: str, **more: Any) -> dict[str, Any]:
    return observation(coded(LOINC, "82810-3"), valueCodeableConcept=coded(SNOMED, code), **more)


def known_pregnancy(*resources: dict[str, Any]) -> object:
    listed = [resource | {"id": f"r{number}"} for number, resource in enumerate(resources)]
    answer = imported(*listed).plan.patient.pregnancy
    return answer if isinstance(answer, Absent) else answer.status


def dose_of(result: Any) -> Dose:
    found = only_medicine(result).dosage
    assert isinstance(found, Dose)
    return found


@pytest.mark.parametrize(("code", "unit"), [("ug", "mg"), ("mg", "tablet"), ("mg", "mL")])
def test_code_and_unit_that_contradict_each_other_leave_the_amount_unknown(code: str, unit: str) -> None:
    quantity = {"value": 15, "unit": unit, "code": code, "system": UCUM}
    dose = {"timing": {"repeat": DAILY}, "doseAndRate": [{"doseQuantity": quantity}]}
    assert dose_of(imported(order("Methotrexate", dose))).amount is Absent.UNKNOWN


def test_code_and_unit_that_say_the_same_are_one_amount() -> None:
    quantity = {"value": 15, "unit": "milligrams", "code": "mg", "system": UCUM}
    dose = {"timing": {"repeat": DAILY}, "doseAndRate": [{"doseQuantity": quantity}]}
    amount = dose_of(imported(order("Methotrexate", dose))).amount
    assert isinstance(amount, Quantity)
    assert str(amount) == "15 mg"


def test_meals_are_not_one_dose_a_day() -> None:
    assert dose_of(imported(order("Ibuprofen", dosage(400, "mg", when=["C"])))).timing is Absent.UNKNOWN
    counted = dosage(400, "mg", when=["C"], frequency=3, period=1, periodUnit="d")
    assert dose_of(imported(order("Ibuprofen", counted))).timing == Daily(times=3)


def test_days_of_a_daily_rhythm_are_no_number_of_doses() -> None:
    timing = dose_of(
        imported(order("Prednisolone", dosage(5, "mg", period=1, periodUnit="d", dayOfWeek=["mon", "wed"])))
    )
    assert isinstance(timing.timing, Weekly)
    assert timing.timing.times == 1


def test_additional_instructions_may_contradict_the_structure() -> None:
    dose = dosage(15, "mg", frequency=1, period=1, periodUnit="wk") | {
        "additionalInstruction": [words("Take every day")]
    }
    assert dose_of(imported(order("Methotrexate", dose))).timing is Absent.UNKNOWN


def test_two_names_of_two_drugs_leave_the_drug_unknown() -> None:
    name = coded("urn:local", "1", "Methotrexate") | words("Paracetamol")
    result = imported(order("", medicationCodeableConcept=name))
    assert only_medicine(result).drug is Absent.UNKNOWN
    assert "medicine contradicted" in whats(result.accounts[1])


def test_ingredients_that_the_name_does_not_tell_are_kept() -> None:
    listed = [{"itemCodeableConcept": coded(RXNORM, code)} for code in ("161", "5640")]
    medication = {"resourceType": "Medication", "id": "x", "code": words("Ibuprofen"), "ingredient": listed}
    wanted = order("", contained=[medication], medicationReference={"reference": "#x"})
    del wanted["medicationCodeableConcept"]
    product = only_medicine(imported(wanted)).product
    assert product is not None
    assert {item.drug for item in product.ingredients} == {"ibuprofen", "paracetamol"}


def test_an_active_order_past_its_end_is_pointed_out() -> None:
    bounds = {"start": "2025-06-01", "end": "2026-01-31"}
    result = imported(order("Ibuprofen", dosage(400, "mg", **DAILY, boundsPeriod=bounds), authoredOn="2025-06-01"))
    assert "active after its end" in whats(result.accounts[1])


@pytest.mark.parametrize(
    "reassuring", [{"effectiveDateTime": "2031-01-01"}, {"status": "preliminary"}, {"status": "unknown"}]
)
def test_an_answer_that_is_not_settled_does_not_hide_a_pregnancy(reassuring: dict[str, Any]) -> None:
    sure = pregnancy("77386006", effectiveDateTime="2026-01-10")
    assert known_pregnancy(sure, pregnancy("60001007", **reassuring)) is PregnancyStatus.PREGNANT


def test_a_pregnancy_among_the_problems_outweighs_an_older_answer() -> None:
    problem = {
        "resourceType": "Condition", "code": coded(SNOMED, "72892002", "Normal pregnancy"), "subject": SUBJECT,
        "clinicalStatus": coded("urn:status", "active"), "onsetDateTime": "2026-01-05",
    }  # fmt: skip
    older = pregnancy("60001007", effectiveDateTime="2025-12-01")
    assert known_pregnancy(older, problem) is PregnancyStatus.PREGNANT
    resolved = problem | {"clinicalStatus": coded("urn:status", "resolved")}
    assert known_pregnancy(older, resolved) is PregnancyStatus.NOT_PREGNANT
    assert known_pregnancy(problem | {"onsetDateTime": "2020-01-05"}) is Absent.NOT_ASKED


def test_no_known_allergy_counts_only_if_it_is_confirmed() -> None:
    none = {
        "resourceType": "AllergyIntolerance", "id": "a1", "patient": SUBJECT, "code": coded(SNOMED, "716186003"),
        "verificationStatus": coded("urn:status", "unconfirmed"),
    }  # fmt: skip
    assert imported(none).plan.patient.allergies is NoAllergies.UNKNOWN
    confirmed = none | {"verificationStatus": coded("urn:status", "confirmed")}
    assert imported(confirmed).plan.patient.allergies is NoAllergies.NONE_KNOWN


def test_a_bare_upper_limit_of_a_converted_value_is_not_used() -> None:
    quantity = {"value": 990, "unit": "ng/dL", "code": "ng/dL", "system": UCUM}
    seen = observation(coded(LOINC, "1988-5"), valueQuantity=quantity, referenceRange=[{"high": {"value": 500}}])
    results = from_fhir(bundle(PATIENT, seen), on=ON).plan.patient.results
    assert [result.upper_limit for result in results] == [None]
