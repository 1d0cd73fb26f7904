from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from careplan.exchange.fhir import Kind
from careplan.model import (
    Absent,
    AllergyKind,
    Comparator,
    ConditionStatus,
    NoAllergies,
    Outcome,
    Pregnancy,
    PregnancyStatus,
    Quantity,
    ReactionSeverity,
    Result,
    ResultStatus,
    Screening,
    Sex,
    Smoking,
    SmokingStatus,
)
from tests.exchange.bundles import (
    LOINC,
    RXNORM,
    SNOMED,
    SUBJECT,
    amount,
    coded,
    imported,
    observation,
    person,
    whats,
    words,
)

Q = Quantity.parse
DAY = date(2026, 2, 3)


class TestPatient:
    def test_name_numbers_birth_date_and_sex(self) -> None:
        more = {
            "identifier": [{"system": "https://nhs.uk", "value": "943"}, {"value": "x"}],
            "telecom": [{"system": "phone", "value": "1"}],
        }
        patient = person(**more).plan.patient
        assert (patient.name, patient.birth_date, patient.sex, patient.phone) == (
            "Ada Doe",
            date(1961, 4, 12),
            Sex.FEMALE,
            "1",
        )
        assert [number.value for number in patient.identifiers] == ["943"]

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ([{"text": "Dr Ada Doe", "family": "Doe"}], "Dr Ada Doe"),
            ([{"use": "old", "family": "Old"}, {"use": "usual", "family": "Now"}], "Now"),
            ({"family": "Doe"}, "Doe"),
            ([], "name not recorded"),
            ("Ada", "name not recorded"),
            ([{"given": "Ada"}], "Ada"),
        ],
    )
    def test_odd_names(self, name: Any, expected: str) -> None:
        assert person(name=name).plan.patient.name == expected

    @pytest.mark.parametrize(
        ("text", "expected", "kind"),
        [
            ("1961", date(1961, 1, 1), Kind.GUESSED),
            ("1961-04", date(1961, 4, 1), Kind.GUESSED),
            ("12/04/1961", Absent.UNKNOWN, Kind.UNUSABLE),
            ("1961-02-30", Absent.UNKNOWN, Kind.UNUSABLE),
            (19610412, Absent.UNKNOWN, Kind.UNUSABLE),
        ],
    )
    def test_partial_and_impossible_birth_dates_are_said(self, text: Any, expected: object, kind: Kind) -> None:
        result = person(birthDate=text)
        assert result.plan.patient.birth_date == expected
        assert any(note.kind is kind and note.path.endswith("birthDate") for note in result.notes)

    def test_administrative_gender_is_a_guess_and_other_is_unknown(self) -> None:
        result = person(gender="male", extension=[])
        assert result.plan.patient.sex is Sex.MALE
        assert whats(result.accounts[0]) == {"sex"}
        assert person(gender="other", extension=[]).plan.patient.sex is Absent.UNKNOWN

    def test_a_recorded_death_is_never_silent(self) -> None:
        assert whats(person(deceasedDateTime="2026-01-01").accounts[0]) == {"death"}


def condition(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Condition", "id": "c1", "subject": SUBJECT, "code": coded(SNOMED, "69896004", "RA"),
        "clinicalStatus": coded("x", "active"), **more,
    }  # fmt: skip


class TestCondition:
    def test_a_known_code_becomes_an_id(self) -> None:
        (found,) = imported(condition(onsetDateTime="2019-03-02T23:30:00-05:00")).plan.patient.conditions
        assert (found.condition, found.onset, found.status) == (
            "rheumatoid-arthritis",
            date(2019, 3, 2),
            ConditionStatus.ACTIVE,
        )

    def test_subcodes_of_icd_are_known(self) -> None:
        code = coded("http://hl7.org/fhir/sid/icd-10-cm", "M06.9")
        assert imported(condition(code=code)).plan.patient.conditions[0].condition == "rheumatoid-arthritis"

    def test_what_no_id_fits_keeps_codes_and_words(self) -> None:
        result = imported(condition(code=coded(SNOMED, "15777000", "Prediabetes")))
        (found,) = result.plan.patient.conditions
        assert (found.condition, found.text) == (Absent.UNKNOWN, "Prediabetes")
        assert [code.code for code in found.codes] == ["15777000"]
        assert result.accounts[1].kind is Kind.UNMAPPED

    def test_a_social_finding_is_no_problem_and_stays_in_the_report(self) -> None:
        result = imported(condition(code=coded(SNOMED, "160903007", "Full-time employment (finding)")))
        assert result.plan.patient.conditions == ()
        assert whats(result.accounts[1]) == {"social finding"}

    def test_a_clinical_finding_is_a_problem(self) -> None:
        (found,) = imported(condition(code=words("Chronic pain (finding)"))).plan.patient.conditions
        assert found.condition == "chronic-pain"

    @pytest.mark.parametrize("status", ["entered-in-error", "refuted"])
    def test_what_was_withdrawn_is_left_out(self, status: str) -> None:
        result = imported(condition(verificationStatus=coded("x", status)))
        assert result.plan.patient.conditions == ()
        assert result.accounts[1].kind is Kind.UNUSABLE

    def test_without_status_an_end_means_resolved(self) -> None:
        result = imported(condition(clinicalStatus=None, abatementDateTime="2020"))
        (found,) = result.plan.patient.conditions
        assert (found.status, found.abatement) == (ConditionStatus.RESOLVED, date(2020, 12, 31))

    def test_an_end_before_the_onset_is_not_used(self) -> None:
        (found,) = imported(
            condition(onsetDateTime="2020-05-01", abatementDateTime="2019-05-01")
        ).plan.patient.conditions
        assert (found.onset, found.abatement) == (date(2020, 5, 1), None)


def allergy(code: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "AllergyIntolerance", "id": "a1", "patient": SUBJECT, "code": code, **more}


class TestAllergy:
    def test_a_substance_with_its_worst_reaction(self) -> None:
        reactions = [
            {"manifestation": [words("Hives")], "severity": "mild"},
            {"manifestation": [words("Wheeze")], "severity": "severe"},
        ]
        result = imported(allergy(coded(RXNORM, "7980", "Penicillin G"), type="allergy", reaction=reactions))
        (found,) = result.plan.patient.allergies if isinstance(result.plan.patient.allergies, tuple) else ()
        assert (found.substance, found.reaction) == ("benzylpenicillin", "Hives, Wheeze")
        assert (found.kind, found.severity) == (AllergyKind.HYPERSENSITIVITY, ReactionSeverity.SEVERE)

    def test_an_allergen_is_found_before_a_drug(self) -> None:
        found = imported(allergy(words("Penicillin"))).plan.patient.allergies
        assert isinstance(found, tuple)
        assert found[0].substance == "penicillins"

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("716186003", NoAllergies.NONE_KNOWN),
            ("409137002", NoAllergies.NONE_KNOWN),
            ("429625007", NoAllergies.NOT_ASKED),
        ],
    )
    def test_no_known_allergy(self, code: str, expected: NoAllergies) -> None:
        assert imported(allergy(coded(SNOMED, code))).plan.patient.allergies is expected

    def test_none_known_beside_an_allergy_is_a_contradiction(self) -> None:
        result = imported(allergy(coded(SNOMED, "716186003")), allergy(words("Latex"), id="a2"))
        assert isinstance(result.plan.patient.allergies, tuple)
        assert "allergies contradicted" in whats(result.accounts[1])

    def test_an_allergy_to_something_unnamed_is_kept(self) -> None:
        found = imported(allergy({})).plan.patient.allergies
        assert isinstance(found, tuple)
        assert found[0].text == "substance not recorded"

    def test_a_resolved_one_is_left_out(self) -> None:
        result = imported(allergy(words("Latex"), clinicalStatus=coded("x", "resolved")))
        assert result.plan.patient.allergies is NoAllergies.NOT_ASKED
        assert result.accounts[1].kind is Kind.IGNORED


def results(*observations: dict[str, Any]) -> tuple[Result, ...]:
    return imported(*observations).plan.patient.results


class TestResult:
    def test_a_value_in_its_own_unit_with_the_upper_limit(self) -> None:
        ranges = [{"high": amount(40, "U/L")}, {"high": amount(90, "U/L"), "type": coded("x", "treatment")}]
        found = results(observation(coded(LOINC, "1742-6"), valueQuantity=amount(55, "U/L"), referenceRange=ranges))
        assert found == (Result(test="alt", value=Q("55 U/L"), date=DAY, upper_limit=Decimal(40)),)

    def test_bound_and_status(self) -> None:
        value = amount(4, "mg/L") | {"comparator": "<"}
        (found,) = results(observation(coded(LOINC, "1988-5"), status="preliminary", valueQuantity=value))
        assert (found.comparator, found.status) == (Comparator.LESS, ResultStatus.PRELIMINARY)

    @pytest.mark.parametrize(
        ("loinc", "quantity", "expected"),
        [
            ("1742-6", amount(55, "[iU]/L"), "55 U/L"),
            ("14682-9", amount(88, "umol/L"), "88 umol/L"),
            ("2160-0", amount(1, "mg/dL"), "1 mg/dL"),
            ("29463-7", amount(185, "[lb_av]"), "83.91458845 kg"),
            ("8310-5", amount(Decimal("98.6"), "[degF]"), "37 Cel"),
            ("29463-7", {"value": 70, "unit": "kg"}, "70 kg"),
            ("29463-7", {"value": 70, "unit": "KG", "code": "258683005"}, "70 kg"),
            ("72514-3", {"value": 7}, "7 {score}"),
            ("8480-6", {"value": 130, "unit": "mmHg"}, "130 mm[Hg]"),
            ("718-7", {"value": 12.5, "unit": "g/dl", "code": "g/dL"}, "12.5 g/dL"),
        ],
    )
    def test_units_are_read_exactly(self, loinc: str, quantity: dict[str, Any], expected: str) -> None:
        (found,) = results(observation(coded(LOINC, loinc), valueQuantity=quantity))
        assert found.value == Q(expected)
        assert found.value.unit == Q(expected).unit

    @pytest.mark.parametrize(
        "quantity",
        [
            amount(55, "mg"),
            amount(55, "furlong"),
            {"value": 55},
            {"unit": "U/L"},
            amount(55, "U/L") | {"comparator": "ad"},
            amount("55", "U/L"),
            amount(1e20, "U/L"),
            [amount(55, "U/L"), amount(56, "U/L")],
            "55 U/L",
        ],
    )
    def test_a_value_that_does_not_fit_is_not_used_and_said(self, quantity: Any) -> None:
        result = imported(observation(coded(LOINC, "1742-6"), valueQuantity=quantity))
        assert result.plan.patient.results == ()
        assert result.accounts[1].kind in (Kind.UNUSABLE, Kind.UNMAPPED)

    def test_components_are_results_of_their_own(self) -> None:
        parts = [
            {"code": coded(LOINC, "8480-6"), "valueQuantity": amount(142, "mm[Hg]")},
            {"code": coded(LOINC, "8462-4"), "valueQuantity": amount(88, "mm[Hg]")},
        ]
        found = results(observation(coded(LOINC, "85354-9"), component=parts))
        assert [(r.test, str(r.value)) for r in found] == [("bp-diastolic", "88 mm[Hg]"), ("bp-systolic", "142 mm[Hg]")]

    def test_a_component_without_value_is_said(self) -> None:
        parts = [
            {"code": coded(LOINC, "8480-6"), "valueQuantity": amount(142, "mm[Hg]")},
            {"code": coded(LOINC, "8462-4"), "dataAbsentReason": words("not measured")},
        ]
        result = imported(observation(coded(LOINC, "85354-9"), component=parts))
        assert len(result.plan.patient.results) == 1
        assert [note.why for note in result.accounts[1].notes] == ["not measured"]

    @pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "registered"])
    def test_what_is_no_result_is_not_used(self, status: str) -> None:
        result = imported(observation(coded(LOINC, "1742-6"), status=status, valueQuantity=amount(55, "U/L")))
        assert result.plan.patient.results == ()
        assert result.accounts[1].kind is Kind.UNUSABLE

    def test_a_result_without_day_is_not_used(self) -> None:
        plain = observation(coded(LOINC, "1742-6"), valueQuantity=amount(55, "U/L"))
        del plain["effectiveDateTime"]
        assert results(plain) == ()
        assert results(plain | {"issued": "2026-02-03T10:00:00Z"})[0].date == DAY
        assert results(plain | {"effectiveDateTime": "2026-02"})[0].date == date(2026, 2, 1)
        assert results(plain | {"effectivePeriod": {"start": "2026-02-03", "end": "2026-02-05"}})[0].date == DAY

    def test_an_unknown_test_is_counted_in_the_report(self) -> None:
        result = imported(*(observation(coded(LOINC, "2069-3", "Chloride"), id=f"o{n}") for n in range(3)))
        assert result.plan.patient.results == ()

    def test_a_test_about_somebody_else_is_not_used(self) -> None:
        fetus = observation(coded(LOINC, "1742-6"), focus=[{"display": "fetus"}], valueQuantity=amount(55, "U/L"))
        assert results(fetus) == ()


class TestWords:
    def test_a_screening(self) -> None:
        found = imported(
            observation(coded(LOINC, "75622-1"), valueCodeableConcept=coded(SNOMED, "260385009", "Negative"))
        )
        assert found.plan.patient.screenings == (
            Screening(test="hiv", outcome=Outcome.NEGATIVE, date=DAY, text="Negative"),
        )

    def test_an_outcome_that_is_not_the_screens_is_not_used(self) -> None:
        result = imported(observation(coded(LOINC, "79713-4"), valueString="*1/*4"))
        assert result.plan.patient.screenings == ()
        assert whats(result.accounts[1]) == {"outcome"}

    def test_the_newest_smoking_status_counts(self) -> None:
        smoking = [
            observation(coded(LOINC, "72166-2"), id=f"o{year}", effectiveDateTime=f"{year}-01-01",
                        valueCodeableConcept=coded(SNOMED, code))
            for year, code in ((2024, "8517006"), (2020, "449868002"))
        ]  # fmt: skip
        result = imported(*smoking)
        assert result.plan.patient.smoking == Smoking(status=SmokingStatus.FORMER, recorded=date(2024, 1, 1))
        assert [account.kind for account in result.accounts[1:]] == [Kind.MAPPED, Kind.IGNORED]

    def test_pregnancy(self) -> None:
        pregnant = observation(coded(LOINC, "82810-3"), valueCodeableConcept=coded(SNOMED, "77386006"))
        assert imported(pregnant).plan.patient.pregnancy == Pregnancy(status=PregnancyStatus.PREGNANT, recorded=DAY)


def vaccine(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Immunization", "id": "i1", "status": "completed", "patient": SUBJECT,
        "vaccineCode": coded("http://hl7.org/fhir/sid/cvx", "140"), "occurrenceDateTime": "2025-10-01", **more,
    }  # fmt: skip


class TestVaccination:
    def test_a_vaccine_that_was_given(self) -> None:
        protocol = [{"doseNumberPositiveInt": 2, "seriesDosesPositiveInt": 2}]
        (found,) = imported(vaccine(protocolApplied=protocol)).plan.patient.vaccinations
        assert (found.vaccine, found.date, found.course_complete) == ("influenza", date(2025, 10, 1), True)

    def test_a_day_in_words_is_kept_in_words(self) -> None:
        plain = vaccine(occurrenceString="last autumn")
        del plain["occurrenceDateTime"]
        (found,) = imported(plain).plan.patient.vaccinations
        assert (found.date, found.text) == (Absent.UNKNOWN, "last autumn")

    @pytest.mark.parametrize(
        ("more", "kind"),
        [
            ({"status": "not-done"}, Kind.IGNORED),
            ({"status": "entered-in-error"}, Kind.UNUSABLE),
            ({"status": None}, Kind.UNUSABLE),
            ({"isSubpotent": True}, Kind.UNUSABLE),
            ({"vaccineCode": coded("http://hl7.org/fhir/sid/cvx", "114")}, Kind.UNMAPPED),
        ],
    )
    def test_what_gives_no_protection_is_not_in_the_plan(self, more: dict[str, Any], kind: Kind) -> None:
        result = imported(vaccine(**more))
        assert result.plan.patient.vaccinations == ()
        assert result.accounts[1].kind is kind
