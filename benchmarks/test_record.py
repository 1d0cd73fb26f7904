"""Read one patient's record. Limit: parsing the same bytes. Peer: fhir.resources, which maps to no plan."""

import json
from typing import Any

import orjson
import pytest

import careplan as cp
from benchmarks.conftest import ON

pytestmark = pytest.mark.benchmark(group="import a record: limit orjson.loads, peer fhir.resources")


def test_limit_orjson(benchmark: Any, record: bytes) -> None:
    assert benchmark(orjson.loads, record)["resourceType"] == "Bundle"


def test_json_of_the_standard_library(benchmark: Any, record: bytes) -> None:
    assert benchmark(json.loads, record)["resourceType"] == "Bundle"


def test_peer_fhir_resources(benchmark: Any, record: bytes) -> None:
    bundle = pytest.importorskip("fhir.resources.R4B.bundle")
    assert benchmark(bundle.Bundle.model_validate_json, record).entry


def test_careplan(benchmark: Any, record: bytes) -> None:
    assert benchmark(cp.from_fhir, record, on=ON).plan.components
