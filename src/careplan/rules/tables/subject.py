"""What a table of facts is about: a drug or a class, and how its rows are said of a plan."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import TypeVar

from attrs import frozen

from careplan.knowledge import Knowledge
from careplan.knowledge.dosing import Placed
from careplan.knowledge.drug import Facts
from careplan.knowledge.fact import Fact
from careplan.model import Jurisdiction

Row = TypeVar("Row", bound=Fact)
_ALL = frozenset(Jurisdiction)


@frozen(eq=False)
class Subject:
    """A drug or class with its facts."""

    id: str
    facts: Facts
    knowledge: Knowledge

    @property
    def label(self) -> str:
        """The words for it."""
        known = self.knowledge.drugs if self.id in self.knowledge.drugs else self.knowledge.classes
        return known[self.id].name

    def names(self, row: Fact, table: str) -> tuple[str, ...]:
        """The names that a row speaks of: the subject or, if some members have a better row, the other members."""
        if self.id in self.knowledge.drugs:
            return (self.id,)
        better = set(row.except_for) | {
            drug
            for drug in self.knowledge.members(self.id)
            if any(own.identity == row.identity for own in getattr(self.knowledge.drugs[drug], table))
        }
        if not better:
            return (self.id,)
        return tuple(sorted(self.knowledge.members(self.id) - better))

    def where_stated(self, rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[Jurisdiction, ...]]]:
        """Each row with the jurisdictions it is asked in.

        A country for which no row of the same statement speaks is judged by the rows of all others: the strictest
        of them is then what a reader sees.
        """
        for row in rows:
            own = _jurisdictions(row)
            spoken = frozenset().union(*(_jurisdictions(other) for other in rows if other.identity == row.identity))
            asked = own | (_ALL - spoken)
            yield row, () if asked == _ALL else tuple(sorted(asked))


def _jurisdictions(row: Fact) -> frozenset[Jurisdiction]:
    stated = {region.value for region in row.jurisdiction}
    return frozenset(each for each in Jurisdiction if each.value in stated) if stated else _ALL


def subjects(knowledge: Knowledge) -> Iterator[Subject]:
    """Every drug, and every class that has facts of its own."""
    for name in knowledge.drugs:
        yield Subject(name, knowledge.drugs[name], knowledge)
    for name in knowledge.class_facts:
        yield Subject(name, knowledge.class_facts[name], knowledge)


def quoted(names: Iterable[str]) -> str:
    """Names as arguments of a word."""
    return ", ".join(f'"{name}"' for name in names)


def placed(row: Placed, names: Sequence[str], say: Callable[[str], str]) -> str:
    """A clause for each way of giving that the row names, any of them: `say` gets the arguments of the call."""
    ways = product(row.routes or (None,), row.forms or (None,), row.indications or (None,))
    clauses = [
        say(
            quoted(names)
            + "".join(
                f', {key}="{value}"' for key, value in (("route", route), ("form", form), ("reason", reason)) if value
            )
        )
        for route, form, reason in ways
    ]
    return clauses[0] if len(clauses) == 1 else f"({' or '.join(clauses)})"


def also(*clauses: str | None) -> str:
    """All clauses together; those that are None or empty ask nothing."""
    stated = [clause for clause in clauses if clause]
    return " and ".join(f"({clause})" if " or " in clause else clause for clause in stated)
