"""Looking things up in the base that ships."""

import json
import subprocess
import sys
from decimal import Decimal
from types import SimpleNamespace

import pytest

from careplan.knowledge import Knowledge, UnknownIdError, load_knowledge
from careplan.knowledge.compiled import COMPILED, load_compiled
from careplan.model import Absent, Coding, Form, Quantity, Route, System, UnitError


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def grams(text: str) -> Quantity:
    return Quantity.parse(text)


class TestClasses:
    def test_the_route_decides(self, knowledge: Knowledge) -> None:
        oral = knowledge.classes_of("ibuprofen", route=Route.ORAL)
        gel = knowledge.classes_of("ibuprofen", route=Route.CUTANEOUS)
        assert {"nsaid-systemic", "nsaid-nonselective"} <= oral
        assert "nsaid-topical" not in oral
        assert "nsaid-topical" in gel
        assert not {"nsaid-systemic", "nsaid-nonselective"} & gel

    def test_a_route_that_is_not_stated_is_the_usual_one(self, knowledge: Knowledge) -> None:
        assert knowledge.classes_of("ibuprofen", route=Absent.UNKNOWN) == knowledge.classes_of(
            "ibuprofen", route=Route.ORAL
        )

    @pytest.mark.parametrize(
        ("single", "daily", "low", "analgesic"),
        [
            ("75 mg", "75 mg", True, False),
            ("325 mg", "325 mg", True, False),
            ("300 mg", "900 mg", False, True),
            ("75 mg", "600 mg", False, False),
        ],
    )
    def test_the_dose_decides(
        self, knowledge: Knowledge, single: str, daily: str, *, low: bool, analgesic: bool
    ) -> None:
        classes = knowledge.classes_of("aspirin", single=grams(single), daily=grams(daily))
        assert ("aspirin-low-dose" in classes, "antiplatelet" in classes) == (low, low)
        assert ("aspirin-analgesic" in classes, "nsaid-systemic" in classes) == (analgesic, analgesic)

    def test_a_dose_that_is_not_known_counts_as_either(self, knowledge: Knowledge) -> None:
        for daily in (None, Absent.UNKNOWN, Quantity.parse("1 tablet")):
            assert {"aspirin-low-dose", "aspirin-analgesic"} <= knowledge.classes_of("aspirin", daily=daily)

    def test_the_form_decides(self, knowledge: Knowledge) -> None:
        slow = knowledge.classes_of("morphine", form=Form.MODIFIED_RELEASE)
        fast = knowledge.classes_of("morphine", form=Form.IMMEDIATE_RELEASE)
        assert "opioid-long-acting" in slow - fast
        assert "opioid" in fast

    def test_members_come_through_the_hierarchy(self, knowledge: Knowledge) -> None:
        assert {"methotrexate", "azathioprine"} <= knowledge.members("csdmard")
        assert "hydroxychloroquine" not in knowledge.members("csdmard-immunosuppressive")
        assert knowledge.members("any-medicine") == set(knowledge.drugs)

    def test_members_and_classes_agree(self, knowledge: Knowledge) -> None:
        for drug in knowledge.drugs:
            for name in knowledge.classes_of(drug):
                assert drug in knowledge.members(name)


class TestFacts:
    def test_class_facts_stand_behind_the_drugs_own(self, knowledge: Knowledge) -> None:
        rows = knowledge.facts_about("methotrexate", "screening")
        assert rows[0][0] == "methotrexate"
        assert ("csdmard-blood-monitored", ("hb", "wcc")) in {(name, row.tests[:2]) for name, row in rows}

    def test_only_the_classes_that_an_item_counts_in(self, knowledge: Knowledge) -> None:
        gel = knowledge.classes_of("ibuprofen", route=Route.CUTANEOUS)
        subjects = {name for name, _ in knowledge.facts_about("ibuprofen", "contraindications", gel)}
        assert "nsaid-systemic" not in subjects

    def test_methotrexate_as_the_reference_has_it(self, knowledge: Knowledge) -> None:
        limits = knowledge.drugs["methotrexate"].limits
        assert [(row.kind, row.routes[:1], row.warn_above, row.hard_above) for row in limits] == [
            ("weekly", (Route.ORAL,), 20, 25),
            ("weekly", (Route.SUBCUTANEOUS,), 25, None),
            ("weekly", (), None, 30),
            ("dose-days", (), None, 1),
        ]

    def test_interactions_need_all_their_sides(self, knowledge: Knowledge) -> None:
        pair = {"methotrexate", "trimethoprim"}
        assert "methotrexate-trimethoprim" in {row.id for row in knowledge.interactions_among(pair)}
        assert not [row for row in knowledge.interactions_among({"trimethoprim"}) if len(row.between) > 1]


class TestNames:
    @pytest.mark.parametrize(
        ("text", "drug", "strengths"),
        [
            ("Methotrexate 2.5 MG Oral Tablet", "methotrexate", ["2.5 mg"]),
            ("Naproxen sodium 220 MG Oral Tablet", "naproxen", ["220 mg"]),
            ("Ibuprofen 200mg tablets", "ibuprofen", ["200 mg"]),
            ("ACETAMINOPHEN 325 MG Oral Tablet", "paracetamol", ["325 mg"]),
            ("Warfarin Sodium 5 MG Oral Tablet", "warfarin", ["5 mg"]),
            ("Co-codamol 30mg/500mg tablets", "co-codamol-30-500", ["30 mg", "500 mg"]),
        ],
    )
    def test_products(self, knowledge: Knowledge, text: str, drug: str, strengths: list[str]) -> None:
        found = knowledge.resolve(text)
        assert found.drug == drug
        assert [str(ingredient.strength) for ingredient in found.ingredients] == strengths
        assert found.complete

    def test_a_product_of_several_ingredients(self, knowledge: Knowledge) -> None:
        found = knowledge.resolve("Acetaminophen 325 MG / HYDROcodone Bitartrate 7.5 MG Oral Tablet")
        assert [(item.drug, str(item.strength)) for item in found.ingredients] == [
            ("paracetamol", "325 mg"),
            ("hydrocodone", "7.5 mg"),
        ]
        assert (found.route, found.drug) == (Route.ORAL, "hydrocodone-paracetamol-7-5-325")

    def test_a_liquid_is_not_its_tablet(self, knowledge: Knowledge) -> None:
        found = knowledge.resolve("Acetaminophen 325 MG/ML / HYDROcodone Bitartrate 7.5 MG/ML Oral Solution")
        assert (found.complete, found.drug) == (True, None)

    def test_forms_and_routes(self, knowledge: Knowledge) -> None:
        slow = knowledge.resolve("Abuse-Deterrent 12 HR Oxycodone Hydrochloride 15 MG Extended Release Oral Tablet")
        assert (slow.drug, slow.form) == ("oxycodone", Form.MODIFIED_RELEASE)
        gel = knowledge.resolve("Ibuprofen 5 % Topical Gel")
        assert (gel.drug, gel.route, gel.form) == ("ibuprofen", Route.CUTANEOUS, Form.GEL)
        assert gel.ingredients[0].strength is Absent.UNKNOWN

    @pytest.mark.parametrize(
        ("text", "drug"),
        [
            ("72 HR fentanyl 0.025 MG/HR Transdermal System", "fentanyl-patch"),
            ("Fentanyl 25micrograms/hour transdermal patches", "fentanyl-patch"),
            ("Fentanyl 100 MCG Buccal Tablet", "fentanyl"),
            ("Fentanyl", "fentanyl"),
        ],
    )
    def test_a_patch_is_another_drug_than_its_ingredient(self, knowledge: Knowledge, text: str, drug: str) -> None:
        assert knowledge.resolve(text).drug == drug

    def test_strengths_in_a_volume(self, knowledge: Knowledge) -> None:
        item = knowledge.resolve("Ibuprofen 20 MG/ML Oral Suspension").ingredients[0]
        assert (str(item.strength), str(item.per)) == ("20 mg", "1 mL")

    def test_nothing_is_guessed(self, knowledge: Knowledge) -> None:
        found = knowledge.resolve("metotrexate")
        assert (found.drug, found.ingredients) == (None, ())
        assert found.unrecognised == ("metotrexate",)
        assert "methotrexate" in found.suggestions

    def test_the_part_that_is_not_known_is_reported(self, knowledge: Knowledge) -> None:
        found = knowledge.resolve("Acetaminophen 325 MG / Unobtainium 5 MG Oral Tablet")
        assert [item.drug for item in found.ingredients] == ["paracetamol"]
        assert found.unrecognised == ("Unobtainium 5 MG Oral Tablet",)
        assert found.drug is None
        assert not found.complete

    def test_codes(self, knowledge: Knowledge) -> None:
        assert knowledge.resolve(rxnorm="6851").drug == "methotrexate"
        assert knowledge.resolve(atc="L04AX03").drug == "methotrexate"
        assert knowledge.resolve(snomed="387381009").drug == "methotrexate"
        assert knowledge.resolve("Methotrexate 10 MG Oral Tablet", rxnorm="105586").drug == "methotrexate"
        unknown = knowledge.resolve(rxnorm="99999999")
        assert (unknown.drug, unknown.unrecognised) == (None, ("rxnorm 99999999",))

    def test_brands(self, knowledge: Knowledge) -> None:
        assert knowledge.resolve("Humira").drug == "adalimumab"
        pen = knowledge.resolve("0.4 ML adalimumab 100 MG/ML Auto-Injector [Humira]")
        assert (pen.drug, str(pen.ingredients[0].strength)) == ("adalimumab", "100 mg")

    def test_conditions_by_code_and_words(self, knowledge: Knowledge) -> None:
        assert knowledge.conditions.find(Coding(System.ICD_10, "I63.9")) == "stroke"
        assert knowledge.conditions.find(text="Rheumatoid  Arthritis") == "rheumatoid-arthritis"
        assert knowledge.conditions.find(Coding(System.ICD_10, "Z99.9"), text="something else") is None

    def test_a_stroke_counts_as_cardiovascular_disease(self, knowledge: Knowledge) -> None:
        assert "established-cvd" in knowledge.counts_as("stroke")
        assert knowledge.counts_as("no-such-thing") == {"no-such-thing"}

    def test_tests_by_loinc(self, knowledge: Knowledge) -> None:
        assert knowledge.analytes.find(Coding(System.LOINC, "2160-0")) == "creatinine"
        assert knowledge.analytes["creatinine"].molar_mass == Decimal("113.12")

    @pytest.mark.parametrize(
        ("test", "value", "number"),
        [
            ("creatinine", "1 mg/dL", Decimal("88.4")),
            ("creatinine", "120 umol/L", Decimal(120)),
            ("hba1c", "6.5 %", Decimal("47.5")),
            ("hb", "12 g/dL", Decimal(120)),
        ],
    )
    def test_results_in_the_unit_of_the_test(
        self, knowledge: Knowledge, test: str, value: str, number: Decimal
    ) -> None:
        assert round(knowledge.analytes[test].number(Quantity.parse(value)), 1) == number

    def test_a_result_that_cannot_be_one_of_the_test(self, knowledge: Knowledge) -> None:
        with pytest.raises(UnitError):
            knowledge.analytes["creatinine"].number(Quantity.parse("60 kg"))

    def test_unknown_ids_name_the_near_miss(self, knowledge: Knowledge) -> None:
        with pytest.raises(UnknownIdError, match=r"^no drug 'metotrexate' is known; did you mean 'methotrexate'"):
            knowledge.drugs["metotrexate"]
        assert knowledge.drugs.get("metotrexate") is None
        with pytest.raises(UnknownIdError, match="did you mean 'nsaid-systemic'"):
            knowledge.members("nsaid-sytemic")

    def test_names_for_sentences(self, knowledge: Knowledge) -> None:
        names = knowledge.names
        assert {"methotrexate", "nsaid-systemic", "co-codamol"} <= set(names["medicine"])
        assert names["condition"]["heart-failure"] == ("1", "2", "3", "4")
        assert "surface-positive" in names["screen"]["hepatitis-b"]
        assert set(names["record"]) == set(knowledge.records)


def test_ingredients_of_what_a_plan_may_name(knowledge: Knowledge) -> None:
    assert [(i.drug, str(i.strength)) for i in knowledge.ingredients("co-codamol-30-500")] == [
        ("codeine", "30 mg"),
        ("paracetamol", "500 mg"),
    ]
    assert knowledge.ingredients("co-codamol")[0].strength is Absent.UNKNOWN
    assert knowledge.ingredients("methotrexate")[0].drug == "methotrexate"


def test_nothing_is_built_before_it_is_asked_for() -> None:
    program = (
        "import sys; from careplan.knowledge import load_knowledge; k = load_knowledge(); k.resolve('Humira'); "
        "assert 'careplan.knowledge.drug' not in sys.modules; k.drugs['ibuprofen']; "
        "assert 'careplan.knowledge.drug' in sys.modules; assert 'careplan.knowledge.sheets' not in sys.modules; "
        "assert len(k.drugs._built) == 1"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_look_up_reads_its_own_lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(line: bytes, **options: object) -> object:
        read.append(len(line))
        return json.loads(line, parse_float=Decimal)

    monkeypatch.setattr("careplan.knowledge.compiled.json", SimpleNamespace(loads=counted))
    knowledge = Knowledge(load_compiled())
    whole = COMPILED.stat().st_size
    assert sum(read) < whole / 500
    assert knowledge.drugs["ibuprofen"].limits
    assert knowledge.resolve("Humira").drug == "adalimumab"
    assert knowledge.members("csdmard")
    assert sum(read) < whole / 5
