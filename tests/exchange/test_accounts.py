import json
import random
from datetime import date
from typing import Any

import pytest

from careplan.codec import dumps, loads
from careplan.exchange.fhir import FhirError, Kind, from_fhir
from careplan.model import CarePlan, NoAllergies, PlanStatus
from tests.exchange.bundles import (
    LOINC,
    ON,
    PATIENT,
    SNOMED,
    SUBJECT,
    amount,
    bundle,
    coded,
    dosage,
    imported,
    observation,
    order,
    words,
)
from tests.exchange.terms import KNOWLEDGE

RESOURCES: list[dict[str, Any]] = [
    order("Methotrexate 2.5mg tablets", dosage(15, "mg", period=1, periodUnit="wk", dayOfWeek=["mon"]), id="m1"),
    order("Wonderine 5 MG", id="m2"),
    order("Ibuprofen", id="m3", status="stopped", authoredOn="2001-01-01"),
    observation(coded(LOINC, "1742-6"), valueQuantity=amount(55, "U/L"), id="o1"),
    observation(coded(LOINC, "2069-3", "Chloride"), valueQuantity=amount(99, "mmol/L"), id="o2"),
    observation(coded(LOINC, "2069-3", "Chloride"), valueQuantity=amount(98, "mmol/L"), id="o3"),
    {"resourceType": "Condition", "id": "c1", "subject": SUBJECT, "code": words("Sneezing")},
    {"resourceType": "Claim", "id": "x1"},
    {"resourceType": "Claim", "id": "x2"},
]


def read(source: Any, **more: Any) -> Any:
    return from_fhir(source, knowledge=KNOWLEDGE, **{"on": ON, **more})


class TestAccounts:
    def test_every_entry_has_exactly_one_account_in_the_order_of_the_record(self) -> None:
        odd = [
            {"resourceType": "Bundle", "type": "batch", "entry": [{"resource": {"resourceType": "Goal"}}, {}]},
            7,
            {},
        ]
        result = imported(*RESOURCES, *odd)
        assert [account.path for account in result.accounts] == [
            *(f"$.entry[{n}].resource" for n in range(10)),
            "$.entry[10].resource.entry[0].resource",
            "$.entry[10].resource.entry[1]",
            "$.entry[11].resource",
            "$.entry[12].resource",
        ]
        assert sum(result.counts.values()) == len(result.accounts)

    def test_what_is_not_mapped_says_why(self) -> None:
        for account in imported(*RESOURCES).accounts:
            assert (account.kind is Kind.MAPPED) == (account.notes == ())
            assert all(note.why and note.path.startswith(account.path) for note in account.notes)

    def test_items_lead_into_the_plan(self) -> None:
        items = {account.resource: account.item for account in imported(*RESOURCES).accounts}
        assert items["MedicationRequest/m1"] == "methotrexate"
        assert items["MedicationRequest/m3"] is None
        assert items["Observation/o1"] == "results"
        assert items["Condition/c1"] == "conditions"

    def test_elements_that_are_not_read_are_listed(self) -> None:
        result = imported(observation(coded(LOINC, "1742-6"), valueQuantity=amount(5, "U/L"), method=words("dry")))
        assert result.unread == {"Observation.method": 1}

    def test_a_meaning_that_is_changed_in_an_unknown_way_is_not_used(self) -> None:
        changed = RESOURCES[3] | {"modifierExtension": [{"url": "https://example.org/not"}]}
        result = imported(changed)
        assert result.plan.patient.results == ()
        assert result.accounts[1].kind is Kind.UNUSABLE

    def test_of_two_versions_the_newer_counts(self) -> None:
        old = RESOURCES[3] | {"meta": {"lastUpdated": "2026-01-01"}, "valueQuantity": amount(1, "U/L")}
        new = RESOURCES[3] | {"meta": {"lastUpdated": "2026-01-02"}, "valueQuantity": amount(2, "U/L")}
        result = imported(old, new)
        assert [str(found.value) for found in result.plan.patient.results] == ["2 U/L"]
        assert result.accounts[1].kind is Kind.IGNORED

    def test_the_summary_groups_what_repeats(self) -> None:
        text = imported(*RESOURCES).summary()
        assert "10 resources: 2 mapped" in text
        assert "- Chloride · loinc.org 2069-3 (2 times)" in text
        assert "- Claim (2 times)" in text
        assert "Wonderine 5 MG" in text


class TestPlan:
    def test_it_is_a_draft_of_the_day_of_import(self) -> None:
        plan = imported(*RESOURCES).plan
        assert (plan.id, plan.status, plan.created) == ("plan-p1", PlanStatus.DRAFT, ON)
        assert plan.patient.allergies is NoAllergies.NOT_ASKED

    def test_without_a_day_the_last_day_of_the_record_counts(self) -> None:
        assert read(bundle(PATIENT, *RESOURCES), on=None).plan.created == date(2026, 2, 3)

    def test_the_order_of_the_record_does_not_matter(self) -> None:
        first = imported(*RESOURCES).plan
        for seed in range(5):
            shuffled = random.Random(seed).sample(RESOURCES, len(RESOURCES))
            assert imported(*shuffled).plan == first

    def test_it_can_be_written_and_read_again(self) -> None:
        plan: CarePlan = imported(*RESOURCES).plan
        assert loads(dumps(plan)) == plan

    def test_half_a_character_cannot_spoil_the_file(self) -> None:
        plan: CarePlan = read(json.dumps(bundle(PATIENT | {"name": [{"text": "A\ud800da"}]}))).plan
        assert dumps(plan).encode()


class TestInput:
    def test_text_bytes_objects_lists_and_single_resources(self) -> None:
        record = bundle(PATIENT, *RESOURCES)
        plan = read(record).plan
        assert read(json.dumps(record)).plan == plan
        assert read(json.dumps(record).encode()).plan == plan
        assert read([PATIENT, *RESOURCES]).plan == plan
        assert read(PATIENT).plan.patient.name == "Ada Doe"

    @pytest.mark.parametrize(
        ("source", "path", "words"),
        [
            ("{", "$", "not JSON"),
            (b"\xff\xfe\xff", "$", "not"),
            ("<Bundle/>", "$", "XML"),
            ("[" * 100_000, "$", "nested"),
            ('{"resourceType": "Bundle", "x": NaN}', "$", "NaN"),
            ('{"resourceType": "Bundle", "x": 1e99999999999999999999}', "$", "number"),
            ("7", "$", "expected a FHIR Bundle"),
            ("null", "$", "expected a FHIR Bundle"),
            ("{}", "$.resourceType", "missing"),
            ('{"resourceType": 7}', "$.resourceType", "missing"),
            ('{"resourceType": "Bundle", "entry": {}}', "$.entry", "list"),
            (bundle(PATIENT, PATIENT | {"id": "p2"}), "$", "2 patients"),
            ([RESOURCES[0], RESOURCES[3] | {"subject": {"reference": "Patient/p2"}}], "$", "several people"),
        ],
    )
    def test_impossible_input_is_refused_with_its_place(self, source: Any, path: str, words: str) -> None:
        with pytest.raises(FhirError, match=words) as caught:
            read(source)
        assert caught.value.path == path

    def test_objects_may_be_deeper_or_larger_than_json_can_be(self) -> None:
        deep: list[Any] = []
        for _ in range(100_000):
            deep = [deep]
        for value in (deep, 10**5000, -(10**5000)):
            result = read([PATIENT | {"gender": value, "name": value, "birthDate": value}])
            assert result.accounts[0].kind is Kind.UNMAPPED
            assert result.summary()

    def test_a_bundle_within_itself_ends(self) -> None:
        record: dict[str, Any] = bundle(PATIENT)
        record["entry"].append({"resource": record})
        result = read(record)
        assert result.plan.patient.name == "Ada Doe"
        assert result.accounts[-1].kind is Kind.IGNORED

    def test_a_record_without_any_day_needs_one(self) -> None:
        with pytest.raises(FhirError, match="on="):
            read(PATIENT, on=None)


class TestPerson:
    def test_one_of_several_patients_can_be_chosen(self) -> None:
        other = PATIENT | {"id": "p2", "name": [{"text": "Bo"}]}
        his = RESOURCES[3] | {"subject": {"reference": "Patient/p2"}}
        result = read(bundle(PATIENT, other, *RESOURCES[:3], his), patient="Patient/p2")
        assert result.plan.patient.name == "Bo"
        assert result.plan.medicines == ()
        assert len(result.plan.patient.results) == 1
        with pytest.raises(FhirError, match="no Patient"):
            read(bundle(PATIENT, other), patient="Patient/p3")

    @pytest.mark.parametrize(
        "who", [{"reference": "Patient/p2"}, {"reference": "Group/p1"}, {"reference": "urn:uuid:7"}]
    )
    def test_facts_of_others_stay_out(self, who: dict[str, str]) -> None:
        result = imported(RESOURCES[3] | {"subject": who})
        assert result.plan.patient.results == ()
        assert result.accounts[1].kind is Kind.UNUSABLE

    def test_a_resource_about_nobody_is_a_guess(self) -> None:
        result = imported(RESOURCES[3] | {"subject": {"display": "Ada"}})
        assert result.accounts[1].kind is Kind.GUESSED

    @pytest.mark.parametrize("reference", ["urn:uuid:9", "https://x.org/Patient/p1", "Patient/p1"])
    def test_references_in_all_their_forms(self, reference: str) -> None:
        url = reference if ":" in reference else "https://x.org/Patient/p1"
        entries = [
            {"fullUrl": url, "resource": PATIENT},
            {"resource": RESOURCES[3] | {"subject": {"reference": reference}}},
        ]
        assert len(read({"resourceType": "Bundle", "entry": entries}).plan.patient.results) == 1

    def test_the_same_id_on_another_server_is_somebody_else(self) -> None:
        entries = [
            {"fullUrl": "https://x.org/Patient/p1", "resource": PATIENT},
            {"resource": RESOURCES[3] | {"subject": {"reference": "https://y.org/Patient/p1"}}},
        ]
        assert read({"resourceType": "Bundle", "entry": entries}).plan.patient.results == ()

    def test_without_a_patient_the_shared_reference_is_the_person(self) -> None:
        who = SUBJECT | {"display": "Doe, Ada"}
        result = read(
            [
                RESOURCES[3] | {"subject": who},
                {"resourceType": "Condition", "subject": who, "code": coded(SNOMED, "69896004")},
            ]
        )
        assert result.plan.patient.name == "Doe, Ada"
        assert len(result.plan.patient.results) == 1
