"""The page that describes the files tells of every table and key that the classes read, and of every word."""

import re
from collections.abc import Iterator
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest

from careplan.knowledge.sheets import SECTIONS
from careplan.model import Outcome, System, Unit

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "knowledge-format.md"
WORDS = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]+)`", PAGE.read_text(encoding="utf-8")))))


def _types(kind: object) -> Iterator[Any]:
    inner = get_args(kind)
    if inner:
        for each in inner:
            yield from _types(each)
    else:
        yield kind


def _classes(kind: Any, seen: set[Any]) -> set[Any]:
    if kind not in seen and attrs.has(kind):
        seen.add(kind)
        for attribute in attrs.fields(kind):
            for each in _types(attribute.type):
                _classes(each, seen)
    return seen


READ: list[Any] = sorted(
    {
        kind
        for section in SECTIONS.values()
        for kind in _classes(section, set())
        if kind.__module__.startswith("careplan.knowledge") and not kind.__module__.endswith("spans")
    },
    key=lambda kind: str(kind.__name__),
)


@pytest.mark.parametrize("kind", READ, ids=lambda kind: str(kind.__name__))
def test_every_key_is_described(kind: Any) -> None:
    keys = {attribute.metadata.get("key", attribute.name) for attribute in attrs.fields(kind)}
    assert keys - WORDS == set()


def test_every_word_is_described() -> None:
    enums = {
        each
        for kind in READ
        for attribute in attrs.fields(kind)
        for each in _types(attribute.type)
        if isinstance(each, type) and issubclass(each, Enum)
    } - {Unit, Outcome, System}
    words = {
        member.name.lower() if isinstance(member, IntEnum) else str(member.value)
        for enum in enums
        for member in enum
        if not enum.__name__.startswith("TimeUnit")
    }
    assert words - WORDS == set()
