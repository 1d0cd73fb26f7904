"""Sums of different medicines in the amounts of one: what counted, how much, and what could not be counted."""

from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from careplan.model import Absent, Quantity, Unit


@frozen(kw_only=True)
class Taken:
    """One item of a sum: the knowledge id of the `drug` and the `amount` taken.

    A mass (mg a day, or one single dose: the result means the same) or, for a patch, a rate (µg/h).
    """

    drug: str
    amount: Quantity | Absent


@frozen(kw_only=True)
class Counted:
    """What one item adds to the sum. `by_proportion`: its amount lies between or beyond the rows of the table."""

    drug: str
    amount: Quantity
    equivalent: Decimal
    by_proportion: bool = False


class Uncountable(StrEnum):
    """Why an item could not be added. It then counts as unknown, never as 0."""

    NO_AMOUNT = "no-amount"
    """The dose is not known."""
    NOT_IN_TABLE = "not-in-table"
    """The table says nothing about the drug."""
    EXCLUDED = "excluded"
    """The table leaves the drug out on purpose; it is reported apart."""
    OTHER_UNIT = "other-unit"
    """The table is for another way of giving it (a patch's rate against mg a day)."""


@frozen(kw_only=True)
class NotCounted:
    """An item outside the sum, and why; `text` says more where the table does."""

    drug: str
    reason: Uncountable
    text: str | None = None


@frozen(kw_only=True)
class Equivalent:
    """A sum in mg. `total` is a floor as long as anything stands in `not_counted`."""

    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]

    @property
    def total(self) -> Quantity:
        """The sum of what could be counted, mg."""
        return Quantity(sum((part.equivalent for part in self.counted), Decimal(0)), Unit.MG)

    @property
    def complete(self) -> bool:
        """Whether every item is in the total."""
        return not self.not_counted


def summed(parts: "list[Counted | NotCounted]") -> Equivalent:
    """Put the parts of a sum together, in their order."""
    return Equivalent(
        counted=tuple(part for part in parts if isinstance(part, Counted)),
        not_counted=tuple(part for part in parts if isinstance(part, NotCounted)),
    )
