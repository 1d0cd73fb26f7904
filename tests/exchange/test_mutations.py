"""Whatever is broken in a record: a plan and an account of everything, or the one documented error."""

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings, strategies as st

from careplan.codec import dumps, loads
from careplan.exchange.fhir import FhirError, from_fhir
from tests.exchange.bundles import ON
from tests.exchange.terms import KNOWLEDGE

RECORDS = [json.loads(file.read_bytes()) for file in sorted((Path(__file__).parent / "records").glob("*.json"))]

_TELLING = [
    "2026", "2026-02", "2026-02-31", "9999-12-31", "0001-01-01", "weekly", "daily", "#x", "Patient/p1", "active",
    "entered-in-error", "wk", "mon", "h", "mg", "<", "-1", "\ud800x", 10**400, 1e308, -0.0, 0,
]  # fmt: skip
_SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(_TELLING)
)  # fmt: skip
_JUNK = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "code", "text", "coding", "reference", "repeat", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a JSON value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in steps for place in ((value, key), *places(inner))]


@st.composite
def broken_records(draw: st.DrawFn) -> dict[str, Any]:
    record: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(RECORDS)))
    for _ in range(draw(st.integers(1, 5))):
        found = places(record)
        container, key = found[draw(st.integers(0, len(found) - 1))]
        match draw(st.sampled_from(["replace", "remove", "wrap", "repeat", "swap"])):
            case "replace":
                container[key] = draw(_JUNK)
            case "remove":
                del container[key]
            case "wrap":
                container[key] = [container[key]]
            case "repeat":
                container[key] = [container[key], copy.deepcopy(container[key])]
            case _:
                other, place = found[draw(st.integers(0, len(found) - 1))]
                container[key] = copy.deepcopy(other[place]) if place in other or isinstance(other, list) else None
        if not places(record):
            break
    return record


def check(source: Any) -> None:
    try:
        result = from_fhir(source, knowledge=KNOWLEDGE, on=ON)
    except FhirError:
        return
    assert sum(result.counts.values()) == len(result.accounts)
    for account in result.accounts:
        assert account.notes or account.item is not None
    assert result.summary().encode()
    assert loads(dumps(result.plan)) == result.plan
    assert from_fhir(source, knowledge=KNOWLEDGE, on=ON) == result


@settings(max_examples=150)
@given(broken_records())
def test_a_broken_record_never_crashes(record: dict[str, Any]) -> None:
    check(record)


@settings(max_examples=50)
@given(_JUNK)
def test_junk_never_crashes(junk: Any) -> None:
    check(junk)
    check([junk])
    check({"resourceType": "Bundle", "entry": [{"resource": junk}]})


@settings(max_examples=50)
@given(st.sampled_from(RECORDS), st.integers(0, 10_000), st.binary(max_size=4))
def test_broken_bytes_never_crash(record: dict[str, Any], at: int, junk: bytes) -> None:
    text = json.dumps(record).encode()
    check(text[: at % len(text)] + junk + text[at % len(text) :])
    check(text[: at % len(text)])
