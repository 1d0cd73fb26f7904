"""A clinic's own knowledge, laid over the base: which it is, and what it changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import asdict, frozen


@frozen(kw_only=True, order=True)
class Change:
    """A fact of an overlay: the entry it is about, and which part of it (``limit``, ``brands``; empty: the entry)."""

    section: str
    id: str
    part: str = ""
    replaced: bool = False
    """Whether it stands in the place of a fact of the base; otherwise it was added."""

    def __str__(self) -> str:
        return f"{self.section} {self.id}{f': {self.part}' if self.part else ''}"


@frozen(kw_only=True)
class Overlay:
    """One overlay: its edition, the digest of its files, and what it changed."""

    name: str
    version: str
    date: date
    digest: str
    notices: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def replaced(self) -> tuple[Change, ...]:
        """The facts that stand in the place of others."""
        return tuple(change for change in self.changes if change.replaced)

    @property
    def added(self) -> tuple[Change, ...]:
        """The facts that the base did not have."""
        return tuple(change for change in self.changes if not change.replaced)

    @property
    def account(self) -> str:
        """What it is and how much it changed, for a reader of a report."""
        edition = f"{self.name} {self.version} of {self.date:%-d %B %Y}"
        return f"Local knowledge was used: {edition} ({len(self.replaced)} facts replaced, {len(self.added)} added)."

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Overlay":
        """Read what `tree` wrote."""
        changes = tuple(Change(**change) for change in raw["changes"])
        dated = date.fromisoformat(raw["date"])
        return cls(**{**raw, "date": dated, "notices": tuple(raw["notices"]), "changes": changes})

    @property
    def tree(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self) | {"date": self.date.isoformat()}
