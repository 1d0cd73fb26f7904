"""Sources, equivalence tables, words to avoid, and where sources disagree."""

from datetime import date
from decimal import Decimal

from attrs import NOTHING, field

from careplan.knowledge.fact import Fact, Row, naming, record
from careplan.knowledge.spans import Range
from careplan.knowledge.vocabulary import OpioidTable, Readers, Region, Seen
from careplan.model import Unit


@record
class Source(Row):
    """Where facts come from. `also` are keys under which other lists know it."""

    id: str
    citation: str
    seen: Seen
    year: int | None = None
    edition: str | None = None
    url: str | None = None
    seen_note: str | None = None
    jurisdiction: tuple[Region, ...] = ()
    reviewed: date | None = None
    next_review: date | None = None
    also: tuple[str, ...] = ()

    def overdue(self, on: date) -> bool:
        """Whether somebody should look at it: its review is due, or nobody has read it for the base so far."""
        return self.seen is Seen.NO or self.next_review is None or self.next_review <= on


@record
class OpioidFactor(Fact):
    """Oral morphine for an opioid: `factor` times the amount in `unit`, or `steps` of (amount, morphine mg a day)."""

    table: OpioidTable
    drug: str = naming("drugs", default=NOTHING)
    unit: Unit | None = None
    factor: Decimal | None = None
    steps: tuple[tuple[Decimal, ...], ...] = ()
    excluded: str | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        ways = (self.factor is not None, bool(self.steps), self.excluded is not None)
        if sum(ways) != 1:
            raise ValueError("exactly one of 'factor', 'steps' and 'excluded' must be given")
        if self.excluded is None and self.unit is None:
            raise ValueError("'unit' of what is multiplied is missing")
        if any(len(step) != 2 for step in self.steps):
            raise ValueError("each of 'steps' is a pair: amount and morphine in mg a day")

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and table and drug."""
        return *super().identity, self.table, self.drug


@record
class OpioidThreshold(Fact):
    """A daily amount of oral morphine from which more care is taken."""

    id: str
    table: OpioidTable
    at_least: Decimal
    unit: Unit
    text: str
    action: str


@record
class SteroidFactor(Fact):
    """Prednisolone for a steroid: `factor` times mg; `equal_to_5` mg do as much as prednisolone 5 mg."""

    drug: str = naming("drugs", default=NOTHING)
    factor: Decimal
    equal_to_5: Decimal

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the drug."""
        return *super().identity, self.drug


@record
class AdrenalThreshold(Fact):
    """Daily mg that replace the adrenal gland (`physiological`), and from which it may be suppressed."""

    drug: str = naming("drugs", default=NOTHING)
    suppressive_from: Decimal
    physiological: Range | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Fact`, and the drug."""
        return *super().identity, self.drug


@record
class Abbreviation(Fact):
    """What must not stand in a document, and what to write."""

    id: str
    avoid: tuple[str, ...]
    write: str
    scope: Readers = Readers.ALL


@record
class Disagreement(Fact):
    """Values that sources differ about, the library's default, and who should decide."""

    id: str
    topic: str
    values: tuple[str, ...]
    default: str
    decides: str | None = None


@record
class Doubt(Fact):
    """What in the base is least certain, why, and what to look up first."""

    id: str
    topic: str
    why: str
    check: str


@record
class Edition(Row):
    """Which edition of the knowledge base this is."""

    name: str
    version: str
    dated: date = field(metadata={"key": "date"})
    notices: tuple[str, ...] = ()
