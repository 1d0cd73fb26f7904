"""One JSON object of a record, read tolerantly: what has the wrong type counts as missing, and a note says so."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from careplan.exchange.fhir.account import Kind, Note

_EXCERPT = 300
_SHOWN = 40
_PLACES = 15


class Node:
    """A JSON object, its path, and the list that notes about it go to."""

    __slots__ = ("data", "notes", "path")

    def __init__(self, data: Mapping[str, Any], path: str, notes: list[Note]) -> None:
        self.data = data
        self.path = path
        self.notes = notes

    def note(self, kind: Kind, key: str, what: str, why: str, text: object = None) -> None:
        """Take a note about the element `key` ("" for the object itself)."""
        words = None if text is None else _excerpt(text, _EXCERPT)
        self.notes.append(
            Note(kind=kind, path=f"{self.path}.{key}" if key else self.path, what=what, why=why, text=words)
        )

    def _wrong(self, key: str, expected: str, found: object) -> None:
        self.note(Kind.UNUSABLE, key, key, f"expected {expected}, found {_kind_of(found)}: not used", found)

    def text(self, key: str) -> str | None:
        """Return the text of an element, without blanks around it; None if there is none."""
        value = self.data.get(key)
        if isinstance(value, str):
            return writable(value.strip()) or None
        if value is not None:
            self._wrong(key, "text", value)
        return None

    def shown(self, key: str, otherwise: str = "?") -> str:
        """Return an element as it would be shown to a person, whatever its type."""
        value = self.data.get(key)
        return otherwise if value is None else _excerpt(value, _SHOWN)

    def flag(self, key: str) -> bool | None:
        """Return a truth value."""
        value = self.data.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(key, "true or false", value)
        return None

    def number(self, key: str) -> Decimal | None:
        """Return a number, exactly as it is written; what has more than 15 places is no clinical number."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
            if number.is_finite() and abs(number.adjusted()) <= _PLACES:
                return number
        self._wrong(key, "a number of clinical size", value)
        return None

    def whole(self, key: str) -> int | None:
        """Return a whole number."""
        number = self.number(key)
        if number is None:
            return None
        if number == number.to_integral_value():
            return int(number)
        self._wrong(key, "a whole number", number)
        return None

    def child(self, key: str) -> "Node | None":
        """Return an object."""
        value = self.data.get(key)
        if isinstance(value, Mapping):
            return Node(value, f"{self.path}.{key}", self.notes)
        if value is not None:
            self._wrong(key, "an object", value)
        return None

    def children(self, key: str) -> "list[Node]":
        """Return the objects of a list; one object alone counts as a list of one."""
        value = self.data.get(key)
        if value is None:
            return []
        if isinstance(value, Mapping):
            return [Node(value, f"{self.path}.{key}", self.notes)]
        if not isinstance(value, list | tuple):
            self._wrong(key, "a list of objects", value)
            return []
        found = []
        for number, item in enumerate(value):
            if isinstance(item, Mapping):
                found.append(Node(item, f"{self.path}.{key}[{number}]", self.notes))
            else:
                self._wrong(f"{key}[{number}]", "an object", item)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list; one text alone counts as a list of one."""
        value = self.data.get(key)
        if value is None:
            return ()
        items = value if isinstance(value, list | tuple) else (value,)
        if not all(isinstance(item, str) for item in items):
            self._wrong(key, "a list of texts", value)
        return tuple(writable(item.strip()) for item in items if isinstance(item, str) and item.strip())


def writable(text: str) -> str:
    """Replace halves of characters, which JSON can spell but no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _excerpt(value: object, length: int) -> str:
    """Show a value on one line; of a list or an object only its size, since it may be deep."""
    if isinstance(value, Mapping | list | tuple):
        return f"{_kind_of(value)} of {len(value)}"
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a whole number of more than 18 digits"
    return writable(str(value)[:length])


def _kind_of(value: object) -> str:
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, bool):
        return "true or false"
    return "text" if isinstance(value, str) else "a number"
