"""JSON Schema of the format, made from the classes of the model.

The schema says what single fields may hold. Rules between fields, and between the items of a plan, are the classes'
own and are tried only when a plan is loaded.
"""

import inspect
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from attrs import NOTHING, Attribute

from careplan.codec.converter import converter
from careplan.codec.scalar import DECIMAL
from careplan.codec.shape import FORMAT, KINDS, TAG, keys, required, shape_of
from careplan.model import CarePlan, Quantity, _check

Schema = dict[str, Any]

_SLUG: Final = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 120}
_POSITIVE: Final = {
    "anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": "^[0-9.]*[1-9]"}]
}
_SCALARS: Final[Mapping[type, Schema]] = MappingProxyType(
    {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        Decimal: {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": -(10**16), "exclusiveMaximum": 10**16},
                {"type": "string", "pattern": f"^{DECIMAL}$"},
            ]
        },
    }
)
_RULES: Final[Mapping[object, tuple[object, Schema]]] = MappingProxyType(
    {
        _check.slug: (str, _SLUG),
        _check.filled: (str, {"pattern": r"\S"}),
        _check.slugs: (tuple, {"items": {"type": "string", **_SLUG}}),
        _check.not_empty: (tuple, {"minItems": 1}),
        _check.distinct: (tuple, {"uniqueItems": True}),
        _check.positive_amount: (Quantity, {"properties": {"value": _POSITIVE}}),
        _check.finite: (Decimal, {}),
    }
)
"""What a validator of the model comes to in a schema, and which alternative of the field's type it is about."""


def schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of the format."""
    definitions: dict[str, Schema] = {}
    plan = _class_schema(CarePlan, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}",
        "title": "Care plan",
        **plan,
        "required": ["format", *plan["required"]],
        "properties": {"format": {"const": FORMAT}, **plan["properties"]},
        "$defs": dict(sorted(definitions.items())),
    }


def _class_schema(cls: type, definitions: dict[str, Schema]) -> Schema:
    tag = {TAG: {"const": KINDS[cls]}} if cls in KINDS else {}
    properties = {key: _field_schema(attribute, definitions) for key, attribute in keys(cls).items()}
    return {
        "description": inspect.cleandoc(cls.__doc__ or ""),
        "type": "object",
        "required": [*tag, *required(cls)],
        "properties": {**tag, **properties},
        "additionalProperties": False,
    }


def _field_schema(attribute: "Attribute[Any]", definitions: dict[str, Schema]) -> Schema:
    rules: dict[object, Schema] = {}
    for validator in _validators(attribute):
        about, rule = _rule(validator)
        rules[about] = {**rules.get(about, {}), **rule}
    field = _type_schema(attribute.type, rules, definitions)
    if attribute.default is NOTHING or attribute.default is None:
        return field
    return {**field, "default": converter().unstructure(attribute.default)}


def _validators(attribute: "Attribute[Any]") -> tuple[Callable[..., object], ...]:
    if attribute.validator is None:
        return ()
    return getattr(attribute.validator, "_validators", (attribute.validator,))


def _rule(validator: Callable[..., object]) -> tuple[object, Schema]:
    """Look a validator up. KeyError for one that has no words here: it must be added to the table above."""
    if validator in _RULES:
        return _RULES[validator]
    bounds = inspect.getclosurevars(validator).nonlocals
    return int, {"minimum": bounds["low"], "maximum": bounds["high"]}


def _type_schema(type_: object, rules: Mapping[object, Schema], definitions: dict[str, Schema]) -> Schema:
    shape = shape_of(type_)
    options = [{**_SCALARS[scalar], **rules.get(scalar, {})} for scalar in shape.scalars]
    options += [{**_reference(cls, definitions), **rules.get(cls, {})} for cls in shape.classes]
    if shape.items is not None:
        items = {"items": _type_schema(shape.items, {}, definitions)}
        options.append({"type": "array", **items, **rules.get(tuple, {})})
    vocabularies = {type(member): member for member in shape.choices.values()}
    options += [_reference(vocabulary, definitions) for vocabulary in vocabularies]
    if shape.null:
        options.append({"type": "null"})
    return options[0] if len(options) == 1 else {"anyOf": options}


def _reference(cls: type, definitions: dict[str, Schema]) -> Schema:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}  # holds the place, should the class lead back to itself
        made = _vocabulary(cls) if issubclass(cls, Enum) else _class_schema(cls, definitions)
        definitions[cls.__name__] = made
    return {"$ref": f"#/$defs/{cls.__name__}"}


@cache
def _vocabulary(cls: type[Enum]) -> Schema:
    return {"description": inspect.cleandoc(cls.__doc__ or ""), "enum": [member.value for member in cls]}
