from datetime import date
from typing import Any

import pytest

from careplan.exchange.fhir import Kind, from_fhir
from careplan.model import (
    Absent,
    Adjuvant,
    Analgesic,
    Coding,
    Dose,
    Form,
    Immunosuppressant,
    Ingredient,
    ItemStatus,
    Nsaid,
    OtherMedicine,
    Quantity,
    Route,
    Supportive,
    System,
)
from tests.exchange.bundles import (
    ON,
    PATIENT,
    RXNORM,
    SNOMED,
    SUBJECT,
    amount,
    bundle,
    coded,
    dosage,
    imported,
    only_medicine,
    order,
    whats,
    words,
)
from tests.exchange.terms import KNOWLEDGE

Q = Quantity.parse
DAILY = dosage(5, "mg", frequency=1, period=1, periodUnit="d")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Methotrexate 2.5mg tablets", Immunosuppressant),
        ("Ibuprofen 200 MG Oral Tablet", Nsaid),
        ("Acetaminophen 325 MG Oral Tablet", Analgesic),
        ("Gabapentin 300 MG Oral Capsule", Adjuvant),
        ("Folic acid 5mg tablets", Supportive),
        ("Ibuprofen 400mg tablet (product)", Nsaid),
        ("Verapamil Hydrochloride 40 MG", OtherMedicine),
    ],
)
def test_the_kind_of_component_follows_from_the_drug(name: str, kind: type) -> None:
    assert type(only_medicine(imported(order(name)))) is kind


def test_name_strength_form_and_codes_of_the_product_are_kept() -> None:
    concept = coded(RXNORM, "310965", "Ibuprofen 200 MG Oral Tablet")
    medicine = only_medicine(imported(order("", medicationCodeableConcept=concept)))
    assert (medicine.drug, medicine.id, medicine.route, medicine.form) == (
        "ibuprofen", "ibuprofen", Route.ORAL, Form.IMMEDIATE_RELEASE,
    )  # fmt: skip
    assert medicine.product is not None
    assert medicine.product.ingredients == (Ingredient(drug="ibuprofen", strength=Q("200 mg")),)
    assert medicine.product.codes == (Coding(System.RXNORM, "310965", "Ibuprofen 200 MG Oral Tablet"),)


def test_an_unknown_drug_keeps_its_name_and_its_codes() -> None:
    result = imported(order("", medicationCodeableConcept=coded(RXNORM, "897718", "Verapamil Hydrochloride 40 MG")))
    medicine = only_medicine(result)
    assert (medicine.drug, medicine.id) == (Absent.UNKNOWN, "verapamil-hydrochloride")
    assert medicine.product is not None
    assert (medicine.product.name, len(medicine.product.codes)) == ("Verapamil Hydrochloride 40 MG", 1)
    assert result.accounts[1].kind is Kind.UNMAPPED


def test_a_code_alone_is_enough() -> None:
    assert only_medicine(imported(order("", medicationCodeableConcept=coded(RXNORM, "6851")))).drug == "methotrexate"


def test_code_and_words_that_name_two_drugs_leave_the_drug_unknown() -> None:
    concept = coded(RXNORM, "6851") | words("Ibuprofen 200 MG Oral Tablet")
    result = imported(order("", medicationCodeableConcept=concept))
    assert only_medicine(result).drug is Absent.UNKNOWN
    assert "medicine contradicted" in whats(result.accounts[1])


def test_a_combination_is_its_product_or_else_all_its_ingredients() -> None:
    assert only_medicine(imported(order("Co-codamol 30mg/500mg tablets"))).drug == "co-codamol-30-500"
    medicine = only_medicine(imported(order("Acetaminophen 325 MG / HYDROcodone Bitartrate 7.5 MG Oral Tablet")))
    assert medicine.drug is Absent.UNKNOWN
    assert set(medicine.ingredients) == {"paracetamol", "hydrocodone-bitartrate"}
    assert isinstance(medicine, Analgesic)


def test_a_medicine_that_is_not_named_is_never_dropped() -> None:
    request = order("")
    del request["medicationCodeableConcept"]
    result = imported(request)
    assert "not named" in only_medicine(result).name
    assert "medicine" in whats(result.accounts[1])


MEDICATION: dict[str, Any] = {
    "resourceType": "Medication",
    "id": "med",
    "code": coded(RXNORM, "161", "Acetaminophen"),
    "form": words("tablet"),
}


class TestReference:
    def request(self, reference: dict[str, Any], **more: Any) -> dict[str, Any]:
        found = order("", medicationReference=reference, **more)
        del found["medicationCodeableConcept"]
        return found

    def test_contained(self) -> None:
        medicine = only_medicine(imported(self.request({"reference": "#med"}, contained=[MEDICATION])))
        assert (medicine.drug, medicine.form) == ("paracetamol", Form.IMMEDIATE_RELEASE)

    @pytest.mark.parametrize(
        "reference", ["Medication/med", "urn:uuid:1", "http://x.org/fhir/Medication/med/_history/3"]
    )
    def test_in_the_bundle(self, reference: str) -> None:
        url = {"urn:uuid:1": "urn:uuid:1"}.get(reference, "http://x.org/fhir/Medication/med")
        record = bundle(PATIENT, self.request({"reference": reference}))
        record["entry"].append({"fullUrl": url, "resource": MEDICATION})
        result = from_fhir(record, knowledge=KNOWLEDGE, on=ON)
        assert only_medicine(result).drug == "paracetamol"
        assert result.accounts[2].kind is Kind.IGNORED

    def test_nowhere_leaves_the_words_of_the_reference(self) -> None:
        result = imported(self.request({"reference": "Medication/9", "display": "Ibuprofen"}))
        assert only_medicine(result).drug == "ibuprofen"
        assert any("not in the record" in note.why for note in result.notes)

    def test_ingredients_stand_in_for_a_name(self) -> None:
        strength = {"numerator": amount(2.5, "mg"), "denominator": amount(1, "{tablet}")}
        listed = [
            {"itemCodeableConcept": words("Methotrexate"), "strength": strength},
            {"itemCodeableConcept": words("Wonderine")},
        ]
        mixture = {"resourceType": "Medication", "id": "med", "code": words("Brew"), "ingredient": listed}
        medicine = only_medicine(imported(self.request({"reference": "#med"}, contained=[mixture])))
        assert medicine.product is not None
        assert medicine.product.ingredients == (
            Ingredient(drug="methotrexate", strength=Q("2.5 mg")),
            Ingredient(drug="wonderine", strength=Absent.UNKNOWN),
        )


class TestStatus:
    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            ("active", ItemStatus.ACTIVE),
            ("stopped", ItemStatus.STOPPED),
            ("completed", ItemStatus.COMPLETED),
            ("draft", ItemStatus.DRAFT),
            ("unknown", ItemStatus.ACTIVE),
            (None, ItemStatus.ACTIVE),
            (7, ItemStatus.ACTIVE),
        ],
    )
    def test_what_may_be_taken_is_in_the_plan(self, status: object, expected: ItemStatus) -> None:
        assert only_medicine(imported(order("Ibuprofen", DAILY, status=status))).status is expected

    @pytest.mark.parametrize(
        ("more", "kind"),
        [
            ({"status": "entered-in-error"}, Kind.UNUSABLE),
            ({"status": "cancelled"}, Kind.IGNORED),
            ({"doNotPerform": True}, Kind.UNMAPPED),
            ({"status": "stopped", "authoredOn": "2024-05-01"}, Kind.IGNORED),
        ],
    )
    def test_what_is_not_taken_is_not(self, more: dict[str, Any], kind: Kind) -> None:
        result = imported(order("Ibuprofen", DAILY, **more))
        assert result.plan.components == ()
        assert result.accounts[1].kind is kind

    def test_a_medicine_that_ended_within_a_year_is_kept(self) -> None:
        found = only_medicine(imported(order("Ibuprofen", DAILY, status="stopped", authoredOn="2025-03-01")))
        assert found.status is ItemStatus.STOPPED

    def test_the_last_day_of_an_active_order_counts(self) -> None:
        old = dosage(5, "mg", frequency=1, period=1, periodUnit="d", boundsPeriod={"end": "2020-01-05"})
        assert imported(order("Ibuprofen", old, authoredOn="2020-01-01")).plan.components == ()

    def test_an_old_active_order_is_kept_and_pointed_out(self) -> None:
        result = imported(order("Ibuprofen", DAILY, authoredOn="1992-08-14"))
        assert only_medicine(result).start == date(1992, 8, 14)
        assert whats(result.accounts[1]) == {"start", "old order"}

    def test_on_hold_has_a_hold(self) -> None:
        found = only_medicine(imported(order("Ibuprofen", DAILY, status="on-hold", statusReason=words("surgery"))))
        assert found.hold is not None
        assert found.hold.reason == "surgery"

    def test_a_proposal_is_a_draft(self) -> None:
        assert only_medicine(imported(order("Ibuprofen", DAILY, intent="proposal"))).status is ItemStatus.DRAFT


class TestStatement:
    def statement(self, **more: Any) -> dict[str, Any]:
        return {
            "resourceType": "MedicationStatement", "id": "s1", "status": "active", "subject": SUBJECT,
            "medicationCodeableConcept": words("Ibuprofen"), "dosage": [DAILY], **more,
        }  # fmt: skip

    def test_period_and_dosage(self) -> None:
        found = only_medicine(imported(self.statement(effectivePeriod={"start": "2025-11", "end": "2026-05-05"})))
        assert (found.start, found.stop, found.doses) == (date(2025, 11, 1), date(2026, 5, 5), (Dose.daily("5 mg"),))

    def test_not_taken(self) -> None:
        assert imported(self.statement(status="not-taken")).plan.components == ()

    def test_one_that_repeats_an_order_is_the_same_medicine(self) -> None:
        repeated = self.statement(dosage=[], medicationCodeableConcept=words("Ibuprofen"))
        result = imported(order("Ibuprofen", DAILY), repeated)
        assert only_medicine(result).doses == (Dose.daily("5 mg"),)
        assert [account.item for account in result.accounts[1:]] == ["ibuprofen", "ibuprofen"]

    def test_one_that_says_another_dose_is_another_medicine(self) -> None:
        other = self.statement(dosage=[dosage(10, "mg", frequency=1, period=1, periodUnit="d")])
        assert [m.id for m in imported(order("Ibuprofen", DAILY), other).plan.medicines] == ["ibuprofen", "ibuprofen-2"]


def test_repeat_orders_of_one_dosage_are_one_medicine_since_the_first() -> None:
    orders = [order("Ibuprofen", DAILY, id=f"m{year}", authoredOn=f"{year}-06-01") for year in (2025, 2023, 2024)]
    result = imported(*orders)
    assert only_medicine(result).start == date(2023, 6, 1)
    assert sum("repeated order" in whats(account) for account in result.accounts) == 2


def test_reason_prescriber_and_notes() -> None:
    doctor = {
        "resourceType": "Practitioner",
        "id": "d",
        "name": [{"family": "Grey", "given": ["Eva"], "prefix": ["Dr."]}],
    }
    problem = {
        "resourceType": "Condition", "id": "c", "subject": SUBJECT, "clinicalStatus": coded("x", "active"),
        "code": coded(SNOMED, "69896004"),
    }  # fmt: skip
    request = order(
        "Methotrexate",
        DAILY,
        reasonReference=[{"reference": "Condition/c"}],
        requester={"reference": "Practitioner/d"},
        note=[{"text": "hello"}],
    )
    medicine = only_medicine(imported(request, doctor, problem))
    assert (medicine.indication, medicine.prescriber, medicine.notes) == (
        "rheumatoid-arthritis",
        "Dr. Eva Grey",
        "hello",
    )


def test_a_reason_without_id_stays_in_words() -> None:
    medicine = only_medicine(imported(order("Methotrexate", DAILY, reasonCode=[words("restless legs")])))
    assert (medicine.indication, medicine.notes) == (Absent.UNKNOWN, "reason: restless legs")
