"""The one converter between the model and JSON trees: strict, and telling all errors at once.

Every hook raises; nothing here writes a message. cattrs notes on each error the place where it happened, and
`explanation` makes problems of them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from attrs import has
from cattrs import (
    AttributeValidationNote,
    ClassValidationError,
    Converter,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from careplan.codec.scalar import READERS, RefusedError, decimal_text
from careplan.codec.shape import KINDS, TAG, keys, shape_of
from careplan.model import Dosage, Dose, Steps

Reader = Callable[[Any], Any]
Hook = Callable[[Any, Any], Any]

_MAX_FAILURES = 100
"""Faulty items after which the rest of a list is not read: a hostile list must not cost minutes."""


class UnknownKeysError(ValueError):
    """Keys that a class does not know."""

    def __init__(self, names: list[str], cls: type) -> None:
        super().__init__(names, cls)
        self.names = names
        self.cls = cls


@cache
def converter() -> Converter:
    """Build the converter, once, when it is first needed."""
    made = Converter(detailed_validation=True)
    made.register_structure_hook_factory(has, _class_hook)
    made.register_unstructure_hook_factory(has, _class_writer)
    made.register_unstructure_hook(Decimal, decimal_text)
    made.register_unstructure_hook(date, date.isoformat)
    return made


def _class_writer(cls: type, made: Converter) -> Callable[[Any], dict[str, Any]]:
    renamed: dict[str, Any] = {attribute.name: override(rename=key) for key, attribute in keys(cls).items()}
    write: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
        cls, made, _cattrs_omit_if_default=True, **renamed
    )
    if cls not in KINDS:
        return write
    kind = KINDS[cls]
    return lambda value: {TAG: kind, **write(value)}


def _class_hook(cls: type, made: Converter) -> Hook:
    known = keys(cls).keys() | ({TAG} if cls in KINDS else set())
    hooks = {key: _hook(attribute.type, made) for key, attribute in keys(cls).items()}
    fields: dict[str, Any] = {a.name: override(rename=k, struct_hook=hooks[k]) for k, a in keys(cls).items()}
    build: Hook = make_dict_structure_fn(cls, made, **fields)

    def read(value: object, _: object) -> object:
        if type(value) is not dict:
            raise RefusedError(value, cls)
        errors: list[Exception] = []
        if not value.keys() <= known:
            errors.append(UnknownKeysError([key for key in value if key not in known], cls))
        try:
            item = build(value, cls)
        except ClassValidationError as group:
            errors += _with_rules(group, value, cls, hooks)
        if errors:
            raise ClassValidationError("", errors, cls)
        return item

    return read


def _with_rules(
    group: ClassValidationError, value: dict[str, object], cls: type, hooks: Mapping[str, Hook]
) -> list[Exception]:
    """Return every error of the object: those of its fields, and the rules that its sound fields break.

    attrs stops at the first rule that fails, and runs none while a field is missing; here each is tried.
    """
    noted, _ = group.group_exceptions()
    failed = {note.name for _, note in noted}
    errors: list[Exception] = [error for error, _ in noted]
    for key, attribute in keys(cls).items():
        if attribute.validator is None or attribute.name in failed or key not in value:
            continue
        try:
            attribute.validator(None, attribute, hooks[key](value[key], attribute.type))
        except (ValueError, ArithmeticError) as error:
            error.__notes__ = [AttributeValidationNote("", attribute.name, attribute.type)]
            errors.append(error)
    return errors or list(group.exceptions)


def _hook(type_: object, made: Converter) -> Hook:
    """Make the hook of a type: it looks at what the JSON value is, and reads it as that.

    It is given to cattrs field by field, since cattrs' own dispatch takes every StrEnum for a text.
    """
    if isinstance(type_, type) and has(type_):
        return made.get_structure_hook(type_)
    readers = _readers(type_, made)

    def read(value: object, _: object) -> object:
        reader = readers.get(type(value))
        if reader is None:
            raise RefusedError(value, type_)
        return reader(value)

    return read


def _readers(type_: object, made: Converter) -> Mapping[type, Reader]:
    shape = shape_of(type_)
    readers: dict[type, Reader] = {}
    for scalar in shape.scalars:
        readers |= READERS[scalar]
    if shape.choices:
        readers[str] = _word_reader(type_, shape.choices, readers.get(str))
    if shape.classes:
        readers[dict] = _object_reader(type_, shape.classes, made)
    if shape.items is not None:
        readers[list] = _list_reader(shape.items, made)
    if shape.null:
        readers[type(None)] = lambda _: None
    return readers


def _word_reader(type_: object, choices: Mapping[str, object], otherwise: Reader | None) -> Reader:
    members = dict(choices)  # a plain dict is looked up faster

    def read(value: str) -> object:
        if value in members:
            return members[value]
        if otherwise is None:
            raise RefusedError(value, type_)
        try:
            return otherwise(value)
        except RefusedError:
            raise RefusedError(value, type_) from None

    return read


def _list_reader(item_type: object, made: Converter) -> Reader:
    hook = _hook(item_type, made)

    def read(value: list[object]) -> tuple[object, ...]:
        items: list[object] = []
        errors: list[Exception] = []
        for index, item in enumerate(value):
            try:
                items.append(hook(item, item_type))
            except Exception as error:  # noqa: BLE001 - noted and raised below, with those of the other items
                error.__notes__ = [IterableValidationNote("", index, item_type)]
                errors.append(error)
                if len(errors) == _MAX_FAILURES:
                    errors.insert(
                        0, ValueError(f"{_MAX_FAILURES} items are faulty; those after [{index}] were not read")
                    )
                    break
        if errors:
            raise IterableValidationError("", errors, tuple)
        return tuple(items)

    return read


def _object_reader(type_: object, classes: tuple[type, ...], made: Converter) -> Reader:
    hooks = {cls: made.get_structure_hook(cls) for cls in classes}
    if len(classes) == 1:
        (cls,) = classes
        return lambda value: hooks[cls](value, cls)
    if type_ == Dosage:  # told apart by shape: only a stepped dose has steps
        return lambda value: hooks[Steps](value, Steps) if "steps" in value else hooks[Dose](value, Dose)
    by_kind = {KINDS[cls]: (hook, cls) for cls, hook in hooks.items()}

    def read(value: dict[str, object]) -> object:
        kind = value.get(TAG)
        if type(kind) is str and kind in by_kind:
            hook, cls = by_kind[kind]
            return hook(value, cls)
        error = RefusedError(kind, Literal[tuple(by_kind)]) if TAG in value else KeyError(TAG)
        error.__notes__ = [AttributeValidationNote("", TAG, Literal[tuple(by_kind)])]
        raise ClassValidationError("", [error], object)

    return read
