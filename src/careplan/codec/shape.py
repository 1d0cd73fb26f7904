"""Which JSON stands for which class: the format, the kinds, the keys, and the alternatives that a type allows."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from attrs import NOTHING, Attribute, fields, frozen, has

from careplan.model import Component, Decision, Timing

FORMAT: Final = "careplan/1"
"""Stands first in every document, as `format`."""
TAG: Final = "kind"
"""The key that tells the classes of a union apart."""


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


KINDS: Final[Mapping[type, str]] = MappingProxyType(
    {cls: _kebab(cls.__name__) for union in (Component, Decision, Timing) for cls in get_args(union)}
)
"""The `kind` of every class that stands in a union: ``other-medicine``, ``day-pattern``, ``benefit-risk``."""

SCALARS: Final = (str, bool, int, Decimal, date)


@cache
def keys(cls: type) -> Mapping[str, "Attribute[Any]"]:
    """Return the attributes of `cls` by their JSON keys, in the order in which they are written."""
    return MappingProxyType({attribute.name: attribute for attribute in fields(cls)})


def required(cls: type) -> tuple[str, ...]:
    """Return the JSON keys that `cls` cannot do without."""
    return tuple(key for key, attribute in keys(cls).items() if attribute.default is NOTHING)


@frozen
class Shape:
    """What a type allows: plain values, words of a vocabulary, objects of classes, a list, null."""

    scalars: tuple[type, ...]
    choices: Mapping[str, Any]
    """Enum members (or literal texts) by the word that stands for them."""
    classes: tuple[type, ...]
    items: Any
    """Type of a list's items; None where no list is allowed."""
    null: bool


@cache
def shape_of(type_: object) -> Shape:
    """Take a type of the model apart. Raises TypeError for a type that has no JSON here."""
    options = get_args(type_) if get_origin(type_) in (Union, UnionType) else (type_,)
    scalars, classes, items = [], [], None
    choices: dict[str, Any] = {}
    for option in options:
        if option in SCALARS:
            scalars.append(option)
        elif get_origin(option) is Literal:
            choices |= {word: word for word in get_args(option)}
        elif get_origin(option) is tuple:
            items = get_args(option)[0]
        elif isinstance(option, type) and issubclass(option, Enum):
            choices |= {member.value: member for member in option}
        elif has(option):
            classes.append(option)
        elif option is not NoneType:
            raise TypeError(f"{option} has no form in JSON")
    return Shape(tuple(scalars), MappingProxyType(choices), tuple(classes), items, NoneType in options)
