"""Validators that refuse the impossible, with messages for people."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import Attribute  # noqa: TC002 - the schema resolves it

from careplan.model.absent import Absent

Validator = Callable[[Any, "Attribute[Any]", Any], None]
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slug(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Refuse what is not an id in kebab-case (``rheumatoid-arthritis``). Absent passes where the type allows it."""
    if value is None or isinstance(value, Absent):
        return
    if not isinstance(value, str) or not _SLUG.fullmatch(value) or len(value) > 120:
        raise ValueError(
            f"{attribute.name} {value!r} is not an id: use lower-case words and digits joined by hyphens, "
            "such as 'rheumatoid-arthritis'"
        )


def slugs(_instance: object, attribute: "Attribute[Any]", value: tuple[str, ...]) -> None:
    """Refuse a tuple with anything but ids in kebab-case."""
    for item in value:
        slug(_instance, attribute, item)


def filled(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Refuse empty text."""
    if isinstance(value, str) and not isinstance(value, Absent) and not value.strip():
        raise ValueError(f"{attribute.name} is empty: write it out or leave it out")


def finite(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Refuse what is not a finite Decimal of clinical size. None passes where the type allows it."""
    if value is None:
        return
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ValueError(f"{attribute.name} {value!r} is not a finite Decimal")
    if abs(value.adjusted()) > 15 or len(value.as_tuple().digits) > 28:
        raise ValueError(f"{attribute.name} {value} is out of any clinical range (15 places, 28 digits)")


def positive_amount(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:  # noqa: ANN401 - whatever attrs hands over
    """Refuse an amount (anything with a `.value`) of zero or less."""
    if not isinstance(value, Absent) and value is not None and value.value <= 0:
        raise ValueError(f"{attribute.name} is {value}: an amount must be more than 0")


def between(low: int, high: int) -> Validator:
    """Refuse a number outside low..high, both allowed."""

    def check(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:  # noqa: ANN401 - whatever attrs hands over
        if not isinstance(value, Absent) and value is not None and not low <= value <= high:
            raise ValueError(f"{attribute.name} is {value}: expected {low} to {high}")

    return check


def not_empty(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Refuse an empty tuple."""
    if value == ():
        raise ValueError(f"{attribute.name} is empty: at least one is needed")


def distinct(_instance: object, attribute: "Attribute[Any]", value: tuple[object, ...]) -> None:
    """Refuse the same entry twice."""
    if len(set(value)) != len(value):
        raise ValueError(f"{attribute.name} names the same thing twice: {', '.join(map(str, value))}")


def in_order(first: object, last: object, names: str) -> None:
    """Refuse a period that ends before it starts; open or unknown ends pass."""
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise ValueError(f"{names}: {last} is before {first}")
