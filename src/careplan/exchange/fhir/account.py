"""What became of each resource of a record, and every choice made on the way."""

from enum import StrEnum

from attrs import frozen


class Kind(StrEnum):
    """How a resource, or a part of one, was read. From best to worst."""

    MAPPED = "mapped"
    """It is in the plan as the record says it."""
    GUESSED = "guessed"
    """It is in the plan, and somebody should look at it: a value was concluded or chosen."""
    UNMAPPED = "unmapped"
    """It is understood but has no word in this library. Where the plan has room it keeps the record's own."""
    UNUSABLE = "unusable"
    """It cannot be used: broken, withdrawn, contradictory or about somebody else."""
    IGNORED = "ignored"
    """It is no part of a first plan: another kind of resource, or a medicine that ended long ago."""

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(Kind).index(self)


@frozen(kw_only=True)
class Note:
    """One choice or loss: where in the record, about what, why, and the record's own words."""

    kind: Kind
    path: str
    """JSON path: ``$.entry[3].resource.dosageInstruction[0].timing``."""
    what: str
    why: str
    text: str | None = None


@frozen(kw_only=True)
class Account:
    """The one account of one resource."""

    path: str
    resource: str
    """Type and id, ``MedicationRequest/17``; the type alone if the resource has no id."""
    what: str
    """Its words: "Naproxen 500 MG Oral Tablet"."""
    item: str | None = None
    """Where it went in the plan: a component's id, or the name of the patient's list; None if nowhere."""
    notes: tuple[Note, ...] = ()
    unread: tuple[str, ...] = ()
    """Elements of the resource that this library does not read."""

    @property
    def type(self) -> str:
        """The type of the resource."""
        return self.resource.partition("/")[0]

    @property
    def kind(self) -> Kind:
        """The worst of its notes; what made it into the plan at least in part is never worse than unmapped."""
        worst = max((note.kind for note in self.notes), key=lambda kind: kind.rank, default=Kind.MAPPED)
        return worst if self.item is None or worst.rank < Kind.UNMAPPED.rank else Kind.UNMAPPED
