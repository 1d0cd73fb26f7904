"""What a table of facts is about: a drug or a class, and how its rows are said of a plan."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set as AbstractSet
from itertools import product
from typing import Any, Generic, TypeVar

from attrs import frozen

from careplan.knowledge import Knowledge
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

    def every(self, table: str) -> Sequence[Any]:
        """The rows of a table that hold for the subject: its own and, of a drug, those of its classes."""
        if self.id in self.knowledge.drugs:
            return [row for _, row in self.knowledge.facts_about(self.id, table)]
        return getattr(self.facts, table)  # type: ignore[no-any-return]

    def said(self, table: str) -> Iterator["Said[Any]"]:
        """Every row of a table with the countries it is asked in and the medicines it speaks of there.

        A drug's own row speaks instead of a class's, where it holds. A country for which no row about the same thing
        speaks is judged by the rows of all others: the strictest of them is then what a reader sees.
        """
        rows: Sequence[Fact] = getattr(self.facts, table)
        for number, row in enumerate(rows, start=1):
            wordings: dict[tuple[str, ...], list[Jurisdiction]] = {}
            stated = _places(row)
            asked = stated | (_ALL - stated.union(*self._spoken(row, rows, table)))
            better = self._better(row, table)
            for place in sorted(asked):
                names = self._names({drug for drug in better if place in better[drug]})
                wordings.setdefault(names, []).append(place)
            for names, places in wordings.items():
                if not names:
                    continue
                where = () if len(places) == len(_ALL) else tuple(places)
                yield Said(number=number, row=row, names=names, subject=self.id, where=where)

    def _spoken(self, row: Fact, rows: Sequence[Fact], table: str) -> Iterator[frozenset[Jurisdiction]]:
        """Where rows about the same thing speak: the subject's own and, of a drug, those of its classes."""
        yield from (_places(other) for other in rows if other.identity == row.identity)
        if self.id not in self.knowledge.drugs:
            return
        for name in self.knowledge.class_facts:
            if self.id in self.knowledge.members(name):
                for other in getattr(self.knowledge.class_facts[name], table):
                    if type(other) is type(row) and other.identity == row.identity and self.id not in other.except_for:
                        yield _places(other)

    def _better(self, row: Fact, table: str) -> dict[str, frozenset[Jurisdiction]]:
        """The members of the class that have a row of their own about the same thing, each with where it speaks."""
        if self.id in self.knowledge.drugs:
            return {}
        found = dict.fromkeys(row.except_for, _ALL)
        for drug in self.knowledge.members(self.id):
            for own in getattr(self.knowledge.drugs[drug], table):
                if own.identity == row.identity:
                    found[drug] = found.get(drug, frozenset()) | _places(own)
        return found

    def _names(self, better: AbstractSet[str]) -> tuple[str, ...]:
        """The subject or, if some members have a better row, the other members."""
        return tuple(sorted(self.knowledge.members(self.id) - better)) if better else (self.id,)


@frozen(kw_only=True)
class Said(Generic[Row]):
    """A row, the medicines it speaks of in some countries (none: in all), and its number in the table."""

    number: int
    row: Row
    names: tuple[str, ...]
    subject: str
    where: tuple[Jurisdiction, ...]

    @property
    def each(self) -> tuple[str, ...]:
        """Whose items "this" is, if the row's own sentence speaks of the item."""
        return self.names if self.row.when is not None and '"this"' in self.row.when else ()

    @property
    def args(self) -> str:
        """The medicines as arguments of a word; members that stand for their class count only as the class does."""
        if self.names == (self.subject,):
            return quoted(self.names)
        return f'{quoted(("this",) if self.each else self.names)}, of="{self.subject}"'

    def placed(self, say: Callable[[str], str]) -> str:
        """A clause for each way of giving that the row names, any of them: `say` gets the arguments of the call."""
        keys = {"route": "routes", "form": "forms", "reason": "indications"}
        ways = product(*(getattr(self.row, stated, ()) or (None,) for stated in keys.values()))
        clauses = [
            say(self.args + "".join(f', {key}="{value}"' for key, value in zip(keys, way, strict=True) if value))
            for way in ways
        ]
        return clauses[0] if len(clauses) == 1 else f"({' or '.join(clauses)})"


def _places(row: Fact) -> frozenset[Jurisdiction]:
    stated = {region.value for region in row.jurisdiction}
    return frozenset(each for each in Jurisdiction if each.value in stated) if stated else _ALL


def quoted(names: Iterable[str]) -> str:
    """Names as arguments of a word."""
    return ", ".join(f'"{name}"' for name in names)


def also(*clauses: str | None) -> str:
    """All clauses together; those that are None or empty ask nothing."""
    stated = [clause for clause in clauses if clause]
    return " and ".join(f"({clause})" if " or " in clause else clause for clause in stated)
