"""Raw values of TOML and JSON into the classes of the knowledge base: strictly, and with every mistake at once.

The converters are composed once for each class. Mistakes travel as exceptions that gather their path on the way up,
so that good data, which is all that a compiled base holds, pays nothing for them.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin

from attrs import NOTHING

from careplan.knowledge.fact import attributes
from careplan.knowledge.problem import near
from careplan.knowledge.spans import Range, Span, Spans
from careplan.model import Unit

T = TypeVar("T")
Path = tuple[str | int, ...]
Converter = Callable[[object], object]


class RefusedError(Exception):
    """Values that are not what their class wants: what is wrong, by path."""

    def __init__(self, mistakes: list[tuple[Path, str]]) -> None:
        self.mistakes = mistakes
        super().__init__(mistakes)

    def under(self, step: str | int) -> list[tuple[Path, str]]:
        """The mistakes, seen from one level up."""
        return [((step, *path), text) for path, text in self.mistakes]


def structure(cls: type[T], raw: object) -> T:
    """Make a `cls` of the raw mapping. Raises RefusedError with every mistake in it."""
    return cast("T", _converter(cast("Hashable", cls))(raw))


def _refuse(text: str) -> RefusedError:
    return RefusedError([((), text)])


@cache
def _converter(kind: Hashable) -> Converter:
    if get_origin(kind) is UnionType:
        return _either(get_args(kind))
    if get_origin(kind) is tuple:
        return _sequence(_converter(get_args(kind)[0]))
    if get_origin(kind) is not None:  # a mapping of texts
        return _texts
    if kind in (Span, Spans, Range):
        return _read(kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    cls = cast("type[Any]", kind)
    return _choice(cls) if issubclass(cls, Enum) else _row(cls)


def _scalar(kind: type, name: str) -> Converter:
    def convert(raw: object) -> object:
        if type(raw) is not kind:
            raise _refuse(f"{raw!r} is not {name}")
        return raw

    return convert


def _decimal(raw: object) -> Decimal:
    if type(raw) is int:
        return Decimal(raw)
    if type(raw) is not Decimal:
        raise _refuse(f"{raw!r} is not a number")
    return raw


def _text(raw: object) -> str:
    if type(raw) is not str or not raw.strip():
        raise _refuse(f"{raw!r} is not a text" if raw else "is empty: write it out or leave the key out")
    return raw


def _day(raw: object) -> date:
    if type(raw) is date:
        return raw
    try:
        return date.fromisoformat(cast("str", raw))
    except (TypeError, ValueError):
        raise _refuse(f"{raw!r} is not a date: write it as 2026-03-01, without quotes") from None


_SCALARS: Mapping[Hashable, Converter] = {
    str: _text,
    bool: _scalar(bool, "true or false"),
    int: _scalar(int, "a whole number"),
    Decimal: _decimal,
    date: _day,
}


def _texts(raw: object) -> Mapping[str, str]:
    if not isinstance(raw, dict) or not all(type(value) is str for value in raw.values()):
        raise _refuse(f'{raw!r} is not a table of texts such as {{ uk = "3" }}')
    return raw


def _read(kind: type[Span | Spans | Range]) -> Converter:
    def convert(raw: object) -> object:
        try:
            return kind.of(raw)
        except ValueError as error:
            raise _refuse(str(error)) from None

    return convert


def _choice(kind: type[Enum]) -> Converter:
    words: dict[object, Enum] = {
        member.name.lower() if issubclass(kind, IntEnum) else member.value: member for member in kind
    }
    listed = f"one of: {', '.join(map(str, words))}"
    expected = "a UCUM code of this library, such as mg, umol/L or 10*9/L" if kind is Unit else listed

    def convert(raw: object) -> Enum:
        try:
            return words[raw]
        except (KeyError, TypeError):
            raise _refuse(f"{raw!r} is not {expected}{near(str(raw), map(str, words))}") from None

    return convert


def _sequence(item: Converter) -> Converter:
    def convert(raw: object) -> tuple[object, ...]:
        if not isinstance(raw, list):
            raise _refuse(f"{raw!r} is not a list: put it in brackets")
        try:
            return tuple([item(value) for value in raw])
        except RefusedError:
            raise RefusedError(_all_mistakes(item, raw)) from None

    return convert


def _all_mistakes(item: Converter, raw: list[object]) -> list[tuple[Path, str]]:
    mistakes = []
    for number, value in enumerate(raw):
        try:
            item(value)
        except RefusedError as refusal:
            mistakes += refusal.under(number)
    return mistakes


def _either(kinds: tuple[Any, ...]) -> Converter:
    converters = [_converter(kind) for kind in kinds if kind is not NoneType]
    if len(converters) == 1:
        return converters[0]

    def convert(raw: object) -> object:
        refusals = []
        for converter in converters:
            try:
                return converter(raw)
            except RefusedError as refusal:
                refusals += [text for _, text in refusal.mistakes]
        raise _refuse("; or ".join(refusals))

    return convert


def _row(cls: type[object]) -> Converter:
    slots = {
        attribute.metadata.get("key", attribute.name): (attribute.name, _converter(cast("Hashable", attribute.type)))
        for attribute in attributes(cls)
    }
    required = {
        attribute.metadata.get("key", attribute.name) for attribute in attributes(cls) if attribute.default is NOTHING
    }

    def convert(raw: object) -> object:
        if not isinstance(raw, dict):
            raise _refuse(f"{raw!r} is not a table")
        values = {}
        mistakes: list[tuple[Path, str]] = [((), f"{key!r} is missing") for key in sorted(required.difference(raw))]
        for key, value in raw.items():
            if key not in slots:
                mistakes.append(((key,), f"{key!r} is no key of this table{near(key, slots)}"))
                continue
            name, converter = slots[key]
            try:
                values[name] = converter(value)
            except RefusedError as refusal:
                mistakes += refusal.under(key)
        if mistakes:
            raise RefusedError(mistakes)
        try:
            return cls(**values)
        except ValueError as error:
            raise _refuse(str(error)) from None

    return convert
