"""What a word answers: a value, the entries of the plan it rests on, and what it lacks."""

from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from careplan.rules import FALSE, TRUE, UNKNOWN, Fact, Gap, Missing, Number, Span, Truth, Value
from careplan.rules.truth import ENDLESS


@frozen
class Heard:
    """An answer. `facts` and `missing` stay as they are until somebody asks why."""

    value: Value
    facts: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = ()


NO = Heard(FALSE)
YES = Heard(TRUE)


def sure_or_possible(sure: Iterable[Fact], lacks: Iterable[Missing]) -> Heard:
    """Yes if anything is sure; else unknown if anything is lacking; else no."""
    facts, missing = tuple(sure), tuple(lacks)
    if facts:
        return Heard(TRUE, facts)
    return Heard(UNKNOWN, (), missing) if missing else NO


@frozen
class Total:
    """A sum of amounts of which some may not be known: then it is a range without upper end."""

    known: Decimal = Decimal(0)
    facts: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = field(default=())

    @property
    def value(self) -> Number | Span:
        """The number, or the range that it lies in."""
        return Span(self.known, ENDLESS) if self.missing else self.known

    @property
    def heard(self) -> Heard:
        """The total as an answer."""
        return Heard(self.value, self.facts, self.missing)


def lack(kind: Gap, name: str, label: str, path: str = "", last: Fact | None = None) -> Missing:
    """Shorthand for one missing fact."""
    return Missing(kind=kind, name=name, label=label, path=path, last=last)


def unknown(*missing: Missing) -> Heard:
    """An answer that is not known, for want of these."""
    return Heard(UNKNOWN, (), missing)


def settled(value: Truth, *facts: Fact) -> Heard:
    """An answer that is known."""
    return Heard(value, facts)
