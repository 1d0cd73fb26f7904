"""Three-valued answers: yes, no, unknown; and numbers that are known only in part.

The logic is Kleene's: an answer is unknown only if what is missing could still turn it either way.
"""

import operator
from collections.abc import Callable
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from attrs import field, frozen


class Truth(Enum):
    """Yes, no, or not known. Compare with ``is``: a Truth refuses to be used as a bool."""

    TRUE = "yes"
    FALSE = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError(f"{self} is no bool: write `truth is Truth.TRUE`, so that unknown is never taken for yes or no")


TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

Number = int | Decimal
"""A number that is known. Never a float: clinical thresholds are compared exactly."""

ENDLESS = Decimal("Infinity")
"""A number of days without end: the age of a result that does not exist, the course that nobody stops."""


@frozen
class Span:
    """A number known only to lie between two bounds.

    60 mg and an unknown dose make ``Span(60)``, that is [60, ∞); a result reported as "<5" is
    ``Span(0, 5, high_open=True)``.
    """

    low: Number = 0
    high: Number = ENDLESS
    low_open: bool = field(default=False, kw_only=True)
    high_open: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError(f"no number lies between {self.low} and {self.high}")

    def __add__(self, other: "Number | Span") -> "Span":
        addend = other if isinstance(other, Span) else Span(other, other)
        return Span(
            self.low + addend.low,
            self.high + addend.high,
            low_open=self.low_open or addend.low_open,
            high_open=self.high_open or addend.high_open,
        )

    __radd__ = __add__


Value = Truth | Number | Span | str
"""What a word may answer. ``UNKNOWN`` stands for any yes/no, number or text that is not known."""


class Comparison(StrEnum):
    """The six comparisons of the language."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    EQUAL = "=="
    UNEQUAL = "!="

    @property
    def exact(self) -> Callable[[Any, Any], bool]:
        """The comparison of two values that are fully known."""
        return _EXACT[self]

    @property
    def flipped(self) -> "Comparison":
        """The comparison that says the same with its sides exchanged."""
        return _FLIPPED.get(self, self)


_EXACT: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.EQUAL: operator.eq,
    Comparison.UNEQUAL: operator.ne,
}
_FLIPPED = {
    Comparison.LESS: Comparison.MORE,
    Comparison.MORE: Comparison.LESS,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.AT_MOST,
}


def truth(known: bool) -> Truth:  # noqa: FBT001 - the one bridge from bool
    """The Truth of something that is known."""
    return TRUE if known else FALSE


def negation(value: Truth) -> Truth:
    """Not: unknown stays unknown."""
    if value is UNKNOWN:
        return UNKNOWN
    return FALSE if value is TRUE else TRUE


def compared(left: Value, comparison: Comparison, right: Value) -> Truth:
    """Compare two values of one type, of which either may be unknown or known only in part."""
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if isinstance(left, Span) or isinstance(right, Span):
        return _ranged(_span(left), comparison, _span(right))
    return truth(comparison.exact(left, right))


def _span(value: Value) -> Span:
    if isinstance(value, Span):
        return value
    if isinstance(value, int | Decimal):
        return Span(value, value)
    raise TypeError(f"{value!r} is no number")


def _ranged(left: Span, comparison: Comparison, right: Span) -> Truth:
    match comparison:
        case Comparison.LESS:
            return _either(_less(left, right), _at_most(right, left))
        case Comparison.AT_MOST:
            return _either(_at_most(left, right), _less(right, left))
        case Comparison.MORE | Comparison.AT_LEAST:
            return _ranged(right, comparison.flipped, left)
        case Comparison.EQUAL:
            same = left.low == left.high == right.low == right.high
            return _either(same, _less(left, right) or _less(right, left))
        case Comparison.UNEQUAL:
            return negation(_ranged(left, Comparison.EQUAL, right))


def _either(surely: bool, surely_not: bool) -> Truth:  # noqa: FBT001 - two halves of one answer
    if surely:
        return TRUE
    return FALSE if surely_not else UNKNOWN


def _less(left: Span, right: Span) -> bool:
    """Every number of left is less than every number of right."""
    return left.high < right.low or (left.high == right.low and (left.high_open or right.low_open))


def _at_most(left: Span, right: Span) -> bool:
    """No number of left is more than any number of right."""
    return left.high <= right.low
