"""A section of the compiled base: entries by id, each built when it is first asked for, and found by code or words."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Generic, TypeVar

from careplan.knowledge.problem import UnknownIdError, near
from careplan.model import Coding, System

T = TypeVar("T")

_ICD = (System.ICD_10, System.ICD_10_CM)


def plain_words(text: str) -> str:
    """Lower-case words and numbers only, so that "Co-codamol 30/500" and "co-codamol 30/500" are one."""
    return " ".join(re.findall(r"[^\W_]+(?:\.\d+)?", text.casefold()))


class Table(Mapping[str, T], Generic[T]):
    """A mapping of ids to entries. An unknown id raises UnknownIdError with a suggestion."""

    def __init__(self, what: str, raw: Mapping[str, Mapping[str, Any]], build: Callable[[Any], T]) -> None:
        self.raw = raw
        self._what = what
        self._build = build
        self._built: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        entry = self._built.get(name)
        if entry is None:
            if name not in self.raw:
                raise UnknownIdError(f"no {self._what} {name!r} is known{near(name, self.raw)}")
            entry = self._built[name] = self._build(self.raw[name])
        return entry

    def __contains__(self, name: object) -> bool:
        return name in self.raw

    def __iter__(self) -> Iterator[str]:
        return iter(self.raw)

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def _by_words(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, tuple[str, ...]] = {}
        for name, raw in self.raw.items():
            stated = (name, raw.get("name", name), *raw.get("aliases", ()), *raw.get("brands", ()))
            for words in {plain_words(text) for text in stated}:
                index[words] = (*index.get(words, ()), name)
        return index

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], tuple[str, ...]]:
        index: dict[tuple[str, str], tuple[str, ...]] = {}
        for name, raw in self.raw.items():
            for code in raw.get("codes", ()):
                key = (code["system"], code["code"])
                index[key] = (*index.get(key, ()), name)
        return index

    def coded(self, coding: Coding) -> tuple[str, ...]:
        """Ids that bear this code; an ICD-10 code stands for its subcodes too."""
        code = coding.code
        if coding.system not in _ICD:
            return self._by_code.get((coding.system.value, code), ())
        while len(code) >= 3:
            for system in _ICD:
                found = self._by_code.get((system.value, code))
                if found:
                    return found
            code = code[:-1].rstrip(".")
        return ()

    def named(self, text: str) -> tuple[str, ...]:
        """Ids that bear exactly this name, whatever its capitals, hyphens and spaces."""
        return self._by_words.get(plain_words(text), ())

    def find(self, *codings: Coding, text: str | None = None) -> str | None:
        """The one entry that the codes, or else the text, name; None if there is none or more than one."""
        for coding in codings:
            found = self.coded(coding)
            if len(found) == 1:
                return found[0]
        found = self.named(text) if text else ()
        return found[0] if len(found) == 1 else None

    def suggestions(self, text: str) -> tuple[str, ...]:
        """Ids whose name looks like the text: for a person to choose from, never to be taken as read."""
        matches = get_close_matches(plain_words(text), self._by_words, n=5, cutoff=0.75)
        return tuple(dict.fromkeys(name for match in matches for name in self._by_words[match]))
