"""Records that carebundle generates: other people's idea of a clinic's data."""

import json

import pytest

from careplan.codec import dumps, loads
from careplan.exchange.fhir import Kind, from_fhir
from tests.exchange.bundles import ON
from tests.exchange.terms import KNOWLEDGE

carebundle = pytest.importorskip("carebundle", reason="carebundle is not installed: pip install carebundle")


@pytest.mark.parametrize("profile", sorted(carebundle.PROFILES))
@pytest.mark.parametrize("seed", [1, 2])
def test_a_generated_record_becomes_a_plan(profile: str, seed: int) -> None:
    text = carebundle.to_json(carebundle.generate_bundle(profile=profile, seed=seed))
    result = from_fhir(text, knowledge=KNOWLEDGE, on=ON)
    types = [account.type for account in result.accounts]
    assert result.plan.patient.birth_date is not None
    assert result.plan.patient.sex.value == "female"
    assert len(result.plan.medicines) == types.count("MedicationRequest")
    assert len(result.plan.patient.conditions) == types.count("Condition")
    assert {"bp-systolic", "bp-diastolic", "weight", "hb"} <= {found.test for found in result.plan.patient.results}
    assert result.counts[Kind.UNUSABLE] == 0
    assert loads(dumps(result.plan)) == result.plan


def test_a_generated_history_becomes_dated_results() -> None:
    text = carebundle.to_json(carebundle.generate_history(profile="hypertension", seed=3, visits=4))
    results = from_fhir(text, knowledge=KNOWLEDGE, on=ON).plan.patient.results
    assert len({found.date for found in results if found.test == "bp-systolic"}) == 4


@pytest.mark.parametrize("seed", range(5))
def test_dirtied_records_are_accounted_for(seed: int) -> None:
    record = json.loads(carebundle.to_json(carebundle.generate_bundle(profile="ckd_stage3", seed=seed)))
    dirt = carebundle.Imperfection(
        missing_field=0.2,
        duplicate_entry=0.2,
        out_of_order_timestamp=0.2,
        unparseable_value=0.2,
        unknown_code_system=0.2,
    )
    dirty, defects = carebundle.inject_defects(record, dirt, seed=seed)
    result = from_fhir(dirty, knowledge=KNOWLEDGE, on=ON)
    assert defects
    assert len(result.accounts) == len(dirty["entry"])
    assert sum(result.counts.values()) == len(result.accounts)
