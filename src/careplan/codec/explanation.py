"""From the errors that the converter collected to problems that a person can put right."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal, get_origin

from cattrs import AttributeValidationNote, BaseValidationError, IterableValidationNote

from careplan.codec.converter import UnknownKeysError
from careplan.codec.problem import MAX_PROBLEMS, Path, Problem, path_text
from careplan.codec.scalar import RefusedError
from careplan.codec.shape import keys
from careplan.codec.wording import expected, found, hint, near_miss, one_of

_MAX_WORDS = 300


def problems(error: BaseValidationError) -> tuple[list[Problem], int]:
    """Return the first problems, with their words, and how many there are beyond them."""
    leaves = _leaves(error, (), None)
    first = [_problem(*leaf) for leaf in islice(leaves, MAX_PROBLEMS)]
    return first, sum(1 for _ in leaves)


Leaf = tuple[Path, Exception, Any]
"""A single error: where, what, and the type that was expected there."""


def _leaves(error: Exception, path: Path, type_: object) -> Iterator[Leaf]:
    if isinstance(error, BaseValidationError):
        for part in error.exceptions:
            step, expected_type = _position(part, error.cl)
            yield from _leaves(part, path + step, expected_type)
    elif isinstance(error, UnknownKeysError):
        for name in error.names:
            yield (*path, name), error, error.cls
    else:
        yield path, error, type_


def _position(error: Exception, cls: type) -> tuple[Path, Any]:
    """Return the key or index that the error happened at, and the type of what should stand there."""
    match getattr(error, "__notes__", [None])[-1]:
        case AttributeValidationNote(name=name, type=type_):
            return (name,), type_
        case IterableValidationNote(index=index, type=type_):
            return (index,), type_
    return (), cls


def _problem(path: Path, error: Exception, type_: object) -> Problem:
    place = path_text(path)
    match error:
        case UnknownKeysError(cls=cls):
            known = keys(cls)
            return Problem(place, "an unknown key", one_of(known), near_miss(str(path[-1]), known))
        case RefusedError(value=value, type=refused_type):
            kind = "the unknown kind " if get_origin(refused_type) is Literal and isinstance(value, str) else ""
            return Problem(place, kind + found(value), expected(refused_type), hint(value, refused_type))
        case KeyError(args=(name,)) if path and path[-1] == name:
            return Problem(place, "nothing", expected(type_))
        case ValueError() | ArithmeticError():
            words = str(error)
            return Problem(place, words if len(words) <= _MAX_WORDS else f"{words[:_MAX_WORDS]}…")
    raise error
