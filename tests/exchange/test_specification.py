"""The FHIR specification's own examples: fetched by `make fhir-examples`, skipped where they are not there."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careplan.codec import dumps, loads
from careplan.exchange.fhir import FhirError, Kind, from_fhir
from tests.exchange.bundles import ON
from tests.exchange.terms import KNOWLEDGE

_ROOT = Path(os.environ.get("CAREPLAN_FHIR_EXAMPLES", Path(__file__).parents[2] / "build" / "fhir-examples"))
EXAMPLES = _ROOT / "package" if (_ROOT / "package").is_dir() else _ROOT
SUPPORTED = (
    "AllergyIntolerance", "Condition", "Immunization", "Medication", "MedicationRequest", "MedicationStatement",
    "Observation", "Patient",
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    not any(EXAMPLES.glob("Patient-*.json")),
    reason=f"the specification's examples are not in {EXAMPLES}: `make fhir-examples` fetches them (needs npm)",
)


def examples(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(EXAMPLES.glob(f"{kind}-*.json")):
        resource = json.loads(file.read_bytes())
        if resource["resourceType"] == kind:
            yield file.name, resource


@pytest.mark.parametrize("kind", SUPPORTED)
def test_every_example_of_a_type_is_accounted_for(kind: str) -> None:
    read = 0
    for name, resource in examples(kind):
        record = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource}]}
        result = from_fhir(json.dumps(record), knowledge=KNOWLEDGE, on=ON)
        (account,) = result.accounts
        assert account.resource == f"{kind}/{resource['id']}", name
        assert (account.kind is Kind.MAPPED) == (not account.notes), name
        assert loads(dumps(result.plan)) == result.plan, name
        read += 1
    assert read > 3


def test_no_example_of_an_order_that_may_be_taken_is_lost() -> None:
    taken = {"active", "on-hold", "draft", "unknown"}
    for name, resource in examples("MedicationRequest"):
        if resource["status"] in taken and not any("boundsPeriod" in str(d) for d in resource["dosageInstruction"]):
            assert len(from_fhir(resource, knowledge=KNOWLEDGE, on=ON).plan.medicines) == 1, name


def test_every_example_bundle_is_read_or_refused_for_a_stated_reason() -> None:
    for name, resource in examples("Bundle"):
        try:
            result = from_fhir(resource, knowledge=KNOWLEDGE, on=ON)
        except FhirError as refused:
            stated = "people" in refused.problem or "patients" in refused.problem
        else:
            stated = len(result.accounts) >= len(resource.get("entry", ()))
        assert stated, name
