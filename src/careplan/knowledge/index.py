"""What is asked of all entries of a section at once: gathered when the base is compiled, so that no entry is read."""

import re
from collections.abc import Mapping
from typing import Any, Final

Raw = Mapping[str, Mapping[str, Any]]
"""Entries as written, by id."""

WORDS, CODES = "words", "code"
"""The two indexes that entries are found by. Any other name is a key of the entries."""

INDEXED: Final[Mapping[str, tuple[str, ...]]] = {
    "drugs": (WORDS, CODES, "classes", "ingredient"),
    "classes": (WORDS, CODES, "parents", "everything"),
    "products": (WORDS, CODES, "contains", "per"),
    "interactions": ("between",),
    "analytes": (WORDS, CODES, "parts"),
    "conditions": (WORDS, CODES, "parents", "grades", "event", "from"),
    "screens": (WORDS, CODES, "outcomes"),
    "vaccines": (WORDS, CODES),
    "allergens": (WORDS, CODES),
    "questions": ("ask_when",),
}
"""What a compiled base holds ready, by section."""


def plain_words(text: str) -> str:
    """Lower-case words and numbers only, so that "Co-codamol 30/500" and "co-codamol 30/500" are one."""
    return " ".join(re.findall(r"[^\W_]+(?:\.\d+)?", text.casefold()))


def gathered(raw: Raw, key: str) -> dict[str, Any]:
    """Ids by every name (`WORDS`) or code (`CODES`) that entries bear, or what they state under a key, by id."""
    if key == WORDS:
        return _by_words(raw)
    if key == CODES:
        return _by_code(raw)
    return {name: entry[key] for name, entry in raw.items() if key in entry}


def _by_words(raw: Raw) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for name, entry in raw.items():
        stated = (name, entry.get("name", name), *entry.get("aliases", ()), *entry.get("brands", ()))
        for words in dict.fromkeys(map(plain_words, stated)):
            index.setdefault(words, []).append(name)
    return index


def _by_code(raw: Raw) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for name, entry in raw.items():
        for code in entry.get("codes", ()):
            index.setdefault(f"{code['system']} {code['code']}", []).append(name)
    return index
