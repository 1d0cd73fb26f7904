"""Load one plan. Limit: parsing the same bytes to dictionaries. Peer: pydantic with models of the same shape."""

import json
from typing import Any

import orjson
import pytest

import careplan as cp
from benchmarks.pydantic_twin import plan_model

pytestmark = pytest.mark.benchmark(group="load a plan: limit orjson.loads, peer pydantic")


def test_limit_orjson(benchmark: Any, text: bytes) -> None:
    assert benchmark(orjson.loads, text)["format"] == "careplan/1"


def test_json_of_the_standard_library(benchmark: Any, text: bytes) -> None:
    assert benchmark(json.loads, text)["format"] == "careplan/1"


def test_peer_pydantic(benchmark: Any, text: bytes) -> None:
    model = plan_model()
    assert benchmark(model.model_validate_json, text).id == "ra-persistent-pain"  # type: ignore[attr-defined]


def test_careplan(benchmark: Any, text: bytes) -> None:
    assert benchmark(cp.loads, text).id == "ra-persistent-pain"
