"""A section of the compiled base: entries by id, each built when it is first asked for, and found by code or words."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from careplan.knowledge.index import CODES, WORDS, Raw, gathered, plain_words
from careplan.knowledge.problem import UnknownIdError, near
from careplan.model import Coding, System

T = TypeVar("T")

_ICD = (System.ICD_10, System.ICD_10_CM)


class Table(Mapping[str, T], Generic[T]):
    """A mapping of ids to entries. An unknown id raises UnknownIdError with a suggestion.

    `raw` are the entries as written. What is asked of all entries at once is answered by `index`, as far as it holds
    it, and else gathered from the entries.
    """

    def __init__(self, what: str, raw: Raw, build: Callable[[Any], T], index: Callable[[str], Any] | None) -> None:
        self.raw = raw
        self._what = what
        self._build = build
        self._index = index
        self._built: dict[str, T] = {}
        self._columns: dict[str, Mapping[str, Any]] = {}

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

    def column(self, key: str) -> Mapping[str, Any]:
        """What entries state under one key, as written, by id; those that do not state it are left out."""
        if key not in self._columns:
            ready = self._index(key) if self._index is not None else None
            self._columns[key] = gathered(self.raw, key) if ready is None else ready
        return self._columns[key]

    def coded(self, coding: Coding) -> tuple[str, ...]:
        """Ids that bear this code; an ICD-10 code stands for its subcodes too."""
        code = coding.code
        if coding.system not in _ICD:
            return self._coded(coding.system, code)
        while len(code) >= 3:
            for system in _ICD:
                found = self._coded(system, code)
                if found:
                    return found
            code = code[:-1].rstrip(".")
        return ()

    def _coded(self, system: System, code: str) -> tuple[str, ...]:
        return tuple(self.column(CODES).get(f"{system.value} {code}", ()))

    def named(self, text: str) -> tuple[str, ...]:
        """Ids that bear exactly this name, whatever its capitals, hyphens and spaces."""
        return tuple(self.column(WORDS).get(plain_words(text), ()))

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
        known = self.column(WORDS)
        matches = get_close_matches(plain_words(text), known, n=5, cutoff=0.75)
        return tuple(dict.fromkeys(name for match in matches for name in known[match]))
