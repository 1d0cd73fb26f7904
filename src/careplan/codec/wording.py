"""Words for what was expected, what was found instead, and what to do about it."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from careplan.codec.problem import shown
from careplan.codec.scalar import decimal_text
from careplan.codec.shape import KINDS, TAG, Shape, keys, required, shape_of
from careplan.model import Absent, Quantity, Unit, UnitError

_SCALARS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    Decimal: 'a number such as 7.5 or "7.5", of at most 16 digits before the point and 48 after it',
    date: "a date as YYYY-MM-DD",
}


def expected(type_: object) -> str:
    """Say what a type allows."""
    shape = shape_of(type_)
    parts = [_SCALARS[scalar] for scalar in shape.scalars]
    if shape.classes:
        parts.append(_objects(shape.classes))
    if shape.items is not None:
        parts.append("a list")
    if shape.choices:
        parts.append(one_of(shape.choices))
    return ", or ".join(parts)


def one_of(words: Iterable[str]) -> str:
    """List the words that may stand somewhere."""
    *most, last = (f"'{word}'" for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def _objects(classes: tuple[type, ...]) -> str:
    if all(cls in KINDS for cls in classes):
        return f"an object whose '{TAG}' is {one_of(KINDS[cls] for cls in classes)}"
    return ", or ".join(_object(cls) for cls in classes)


def _object(cls: type) -> str:
    names = [f"'{key}'" for key in required(cls)]
    return f"an object with {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}" if names else "an object"


def found(value: object) -> str:
    """Name a value that was not expected."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case dict():
            return "an object"
        case list():
            return "a list"
        case Decimal() if value.is_nan():
            return "NaN"
        case Decimal() if value.is_infinite():
            return "Infinity" if value > 0 else "-Infinity"
        case int() | Decimal():
            text = str(value)
            return text if len(text) <= 40 else f"{text[:40]}…"
        case _:
            return shown(value)


def near_miss(word: str, words: Iterable[str]) -> str:
    """Suggest the word that was probably meant, or nothing."""
    if len(word) > 60:
        return ""
    spelled = re.sub(r"[\s_]+", "-", word.strip().lower())
    by_spelling = {re.sub("_", "-", known.lower()): known for known in words}
    close = get_close_matches(spelled, by_spelling, n=1, cutoff=0.7)
    return f"did you mean '{by_spelling[close[0]]}'?" if close else ""


def hint(value: object, type_: object) -> str:
    """Say what to do about a value that `type_` does not allow, where that is clear."""
    shape = shape_of(type_)
    match value:
        case None if Absent.UNKNOWN.value in shape.choices:
            return f"write '{Absent.UNKNOWN.value}' for what is not known"
        case str() if len(value) <= 60:
            return _text_hint(value, type_, shape)
        case int() | Decimal() if str in shape.scalars and not isinstance(value, bool):
            return "write it in quotes"
        case _ if shape.items is not None and not isinstance(value, list):
            return "put it in square brackets"
    return ""


def _text_hint(value: str, type_: object, shape: Shape) -> str:
    if type_ is str:
        return "half of a character stands in it"
    if type_ is Unit:
        return _unit_hint(value)
    for cls in shape.classes:
        if written := _written(value, cls):
            return f"write {written}"
    if shape.items is not None:
        return "put it in square brackets"
    if (int in shape.scalars and re.fullmatch(r"-?[0-9]+", value)) or (
        bool in shape.scalars and value.lower() in ("true", "false")
    ):
        return "write it without quotes"
    if date in shape.scalars and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", value):
        return f"leave the time out: '{value[:10]}'"
    return near_miss(value, shape.choices) if shape.choices else ""


def _unit_hint(value: str) -> str:
    """Suggest a unit only for another spelling of it: for a look-alike, mg for mcg would be a thousandfold error."""
    try:
        return f"did you mean '{Quantity.parse(f'1 {value.strip()}').unit.value}'?"
    except UnitError:
        same_letters = [unit.value for unit in Unit if unit.value.lower() == value.strip().lower()]
        return f"did you mean '{same_letters[0]}'?" if len(same_letters) == 1 else ""


def _written(value: str, cls: type) -> str:
    """Write out as an object what a short text means, as in "7.5 mg"; nothing if it means nothing."""
    parse = getattr(cls, "parse", None)
    if parse is None:
        return ""
    try:
        item = parse(value)
    except (ValueError, ArithmeticError):
        return ""
    parts = ((key, getattr(item, attribute.name)) for key, attribute in keys(cls).items())
    texts = (f'"{key}": {part if isinstance(part, int) else _quoted(part)}' for key, part in parts)
    return f"{{{', '.join(texts)}}}"


def _quoted(part: object) -> str:
    return f'"{decimal_text(part) if isinstance(part, Decimal) else part}"'
