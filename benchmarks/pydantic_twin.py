"""The plan's classes as pydantic models of the same shape: unknown keys refused, kinds told apart by their tag."""

from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import attrs
from pydantic import BaseModel, ConfigDict, Field, create_model

from careplan.codec.shape import KINDS
from careplan.model import CarePlan


def plan_model() -> type[BaseModel]:
    """The whole document; `format` stands first in it."""
    return create_model("Document", __base__=_model(CarePlan), format=(Literal["careplan/1"], ...))


@cache
def _model(cls: type) -> type[BaseModel]:
    values: dict[str, Any] = {}
    if cls in KINDS:
        values["kind"] = (Literal[KINDS[cls]], ...)  # type: ignore[valid-type]
    for attribute in attrs.fields(cls):
        default = ... if attribute.default is attrs.NOTHING else attribute.default
        values[attribute.name] = (_type(attribute.type), default)
    config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    return create_model(cls.__name__, __config__=config, **values)


def _type(type_: Any) -> Any:
    origin, arguments = get_origin(type_), get_args(type_)
    if origin in (Union, UnionType):
        classes = [each for each in arguments if attrs.has(each)]
        made = tuple(_type(each) for each in arguments)
        if len(classes) > 1 and all(each in KINDS for each in classes):
            tagged = Annotated[Union[tuple(_model(each) for each in classes)], Field(discriminator="kind")]  # noqa: UP007
            rest = tuple(_type(each) for each in arguments if not attrs.has(each))
            return Union[(tagged, *rest)] if rest else tagged
        return Union[made]  # noqa: UP007
    if origin is tuple:
        return tuple[_type(arguments[0]), ...]  # type: ignore[misc]
    if isinstance(type_, type) and attrs.has(type_):
        return _model(type_)
    if type_ in (str, int, bool, date, Decimal, NoneType) or (isinstance(type_, type) and issubclass(type_, Enum)):
        return type_
    raise TypeError(f"{type_!r} has no twin")
