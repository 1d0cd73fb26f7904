"""The names that sentences may use: who knows which drugs, conditions, tests and questions exist."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum

from attrs import field, frozen


class NameKind(StrEnum):
    """What a name may be the name of."""

    MEDICINE = "medicine or class"
    VACCINE = "vaccine"
    ALLERGEN = "allergen"
    THERAPY = "therapy"
    CONDITION = "condition"
    TEST = "test"
    SCREEN = "screening test"
    QUESTION = "question about the person"
    RECORD = "part of the record"
    ROLE = "role"
    SOURCE = "source"


@frozen
class Names:
    """Every known name by kind, each with the words of its scale.

    The scale of a graded condition is its grades, mildest first (``("1", "2", "3", "4")``); the scale of a
    screening test is the categories it may be recorded in; every other name has none.
    """

    known: Mapping[NameKind, Mapping[str, tuple[str, ...]]] = field(factory=dict)

    def of(self, kind: NameKind) -> Mapping[str, tuple[str, ...]]:
        """The names of one kind."""
        return self.known.get(kind, {})


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    matches = get_close_matches(name.lower().replace("_", "-"), sorted(known), n=1, cutoff=0.7)
    return matches[0] if matches else None
