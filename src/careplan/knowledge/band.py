"""Ranges of numbers that rows are about: whether one lies in another, or they meet."""

from decimal import Decimal
from typing import Protocol, Self

from attrs import frozen


class Bounds(Protocol):
    """A row with the four bounds of a range."""

    @property
    def at_least(self) -> Decimal | None: ...  # noqa: D102 - as in the files
    @property
    def above(self) -> Decimal | None: ...  # noqa: D102
    @property
    def below(self) -> Decimal | None: ...  # noqa: D102
    @property
    def at_most(self) -> Decimal | None: ...  # noqa: D102


_INFINITE = Decimal("Infinity")
Edge = tuple[Decimal, int]
"""A number, and -1, 0 or 1 for the range ending just below it, at it, or beginning just above it."""


@frozen
class Band:
    """All numbers from the lowest edge to the highest."""

    lowest: Edge
    highest: Edge

    @classmethod
    def of(cls, row: Bounds) -> Self:
        """Read the bounds of a row; without any it is all numbers."""
        lows = [(value, step) for value, step in ((row.at_least, 0), (row.above, 1)) if value is not None]
        highs = [(value, step) for value, step in ((row.at_most, 0), (row.below, -1)) if value is not None]
        return cls(max(lows, default=(-_INFINITE, 0)), min(highs, default=(_INFINITE, 0)))

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        return self.lowest > self.highest

    def within(self, other: Self) -> bool:
        """Whether every number of this lies in the other."""
        return other.lowest <= self.lowest and self.highest <= other.highest

    def meets(self, other: Self) -> bool:
        """Whether some number lies in both."""
        return max(self.lowest, other.lowest) <= min(self.highest, other.highest)
