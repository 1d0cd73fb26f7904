"""Load the knowledge base. Limits: orjson and msgspec decoding the same bytes. Peer: reading all TOML it is made of.

Loading builds no entry: what building all of them costs stands in a group of its own.
"""

import json
import sys
import tomllib
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import orjson
import pytest

import careplan as cp
from benchmarks.conftest import ON
from careplan.knowledge import Knowledge
from careplan.knowledge.compiled import AUTHORED, COMPILED, authored_files, load_compiled
from careplan.knowledge.sheets import SECTIONS

LOAD = "load the knowledge: limit orjson.loads, msgspec; peer the TOML"
ALL = "load the knowledge and build every entry: limit orjson.loads"
MEMORY = "load the knowledge: memory"


@pytest.fixture(scope="module")
def compiled() -> bytes:
    return COMPILED.read_bytes()


def loaded() -> Knowledge:
    return Knowledge(load_compiled())


def built() -> int:
    knowledge = loaded()
    tables = [getattr(knowledge, section) for section in SECTIONS]
    return sum(len(list(table.values()) if hasattr(table, "values") else table) for table in tables)


def toml() -> list[dict[str, Any]]:
    return [tomllib.loads(file.read_text("utf-8"), parse_float=Decimal) for file in authored_files(AUTHORED)]


@pytest.mark.benchmark(group=LOAD)
def test_limit_orjson(benchmark: Any, compiled: bytes) -> None:
    assert benchmark(orjson.loads, compiled)["drugs"]


@pytest.mark.benchmark(group=LOAD)
def test_limit_msgspec(benchmark: Any, compiled: bytes) -> None:
    assert benchmark(msgspec.json.decode, compiled)["drugs"]


@pytest.mark.benchmark(group=LOAD)
def test_json_of_the_standard_library(benchmark: Any, compiled: bytes) -> None:
    assert benchmark(json.loads, compiled)["drugs"]


@pytest.mark.benchmark(group=LOAD)
def test_peer_all_toml(benchmark: Any) -> None:
    assert benchmark.pedantic(toml, rounds=3, iterations=1)


@pytest.mark.benchmark(group=LOAD)
def test_careplan(benchmark: Any) -> None:
    assert benchmark(loaded).drugs


@pytest.mark.benchmark(group=ALL)
def test_limit_orjson_plain_dictionaries(benchmark: Any, compiled: bytes) -> None:
    assert benchmark(orjson.loads, compiled)["drugs"]


@pytest.mark.benchmark(group=ALL)
def test_careplan_every_entry(benchmark: Any) -> None:
    assert benchmark(built)


@pytest.mark.benchmark(group="load the knowledge and review one plan for the first time")
def test_careplan_first_review(benchmark: Any, plan: cp.CarePlan) -> None:
    assert benchmark.pedantic(lambda: cp.review(plan, on=ON, knowledge=loaded()), rounds=3, iterations=1).findings


@pytest.mark.parametrize("load", [loaded, built, toml], ids=["careplan", "careplan-every-entry", "all-toml"])
def test_memory(load: Callable[[], object], capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    """Printed, since pytest-benchmark measures time alone: what stays in memory, and the most that was needed."""
    built()  # modules and converters are imported once and counted for nobody
    tracemalloc.start()
    kept = load()
    stays, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept
    with capsys.disabled():
        told = f"{stays / 1e6:.1f} MB, at most {most / 1e6:.1f} MB"
        sys.stdout.write(f"\n{MEMORY}, {request.node.callspec.id}: {told}\n")
