"""Plain values, read strictly: a number is no text, 1 is not true, and NaN is no number."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

DECIMAL: Final = r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,48})?"
"""How a decimal is written as text: no exponent, no sign but minus, a digit before and after the point.

48 places hold what the smallest quantity that the model allows may come to by exact conversion.
"""

_DECIMAL = re.compile(DECIMAL)


class RefusedError(ValueError):
    """A value that its type does not allow. The words for people are found later, and only if they are shown."""

    def __init__(self, value: object, type_: object) -> None:
        super().__init__(value, type_)
        self.value = value
        self.type = type_


def text(value: str) -> str:
    """Return the text, unless half of a character stands in it (a lone surrogate), which no file can hold."""
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise RefusedError(value, str) from None
    return value


def day(value: str) -> date:
    """Read YYYY-MM-DD and no other way of writing a date."""
    if len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise RefusedError(value, date)


def decimal(value: str) -> Decimal:
    """Read a decimal written as text."""
    if not _DECIMAL.fullmatch(value):
        raise RefusedError(value, Decimal)
    return Decimal(value)


def number(value: int | Decimal) -> Decimal:
    """Take a JSON number as it was written: finite, and within the digits that a text may have."""
    exact = Decimal(value)
    if not exact:
        return Decimal(0)
    if not exact.is_finite() or abs(exact.adjusted()) > 48:
        raise RefusedError(value, Decimal)
    return decimal(f"{exact:f}")


def decimal_text(value: Decimal) -> str:
    """Write a decimal with the digits that it has, and never with an exponent."""
    return f"{value:f}" if value else "0"


def same(value: object) -> object:
    """Return what needs no reading."""
    return value


READERS: Final[Mapping[type, Mapping[type, Callable[[Any], Any]]]] = MappingProxyType(
    {
        str: {str: text},
        bool: {bool: same},
        int: {int: same},
        date: {str: day},
        Decimal: {str: decimal, int: number, Decimal: number},
    }
)
"""For each plain type of the model: how it is read from each JSON type that may hold it."""
