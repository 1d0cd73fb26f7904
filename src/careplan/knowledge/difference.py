"""What differs between two editions of the knowledge base, entry by entry and fact by fact."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from careplan.knowledge.base import Knowledge
from careplan.knowledge.fact import Fact, attributes
from careplan.knowledge.sheets import LISTS, SECTIONS
from careplan.knowledge.structure import structure

Raw = Mapping[str, Any]


class Kind(StrEnum):
    """What happened to an entry, a fact or a value."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen(kw_only=True)
class Difference:
    """One thing that differs.

    `part` is the table of the fact (``limit``) or the key of the entry (``brands``), empty where the whole entry was
    added or removed. `before` and `after` are as written; of a fact that changed, only the keys that differ, and
    `about` holds those that did not.
    """

    section: str
    id: str
    kind: Kind
    part: str = ""
    about: Raw = field(factory=dict)
    before: Raw = field(factory=dict)
    after: Raw = field(factory=dict)

    @property
    def reversed(self) -> "Difference":
        """The same seen from the other edition."""
        kind = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}.get(self.kind, self.kind)
        return Difference(
            section=self.section, id=self.id, kind=kind, part=self.part,
            about=self.about, before=self.after, after=self.before,
        )  # fmt: skip


def differences(old: Knowledge, new: Knowledge) -> tuple[Difference, ...]:
    """Everything that differs, in the order of sections, ids and tables."""
    found: list[Difference] = []
    for section, kind in SECTIONS.items():
        before, after = _entries(old, section), _entries(new, section)
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                found += _entry(section, name, kind, before.get(name), after.get(name))
    return tuple(found)


def _entries(knowledge: Knowledge, section: str) -> dict[str, Raw]:
    raw = knowledge.raw(section)
    if section in LISTS:
        return {" ".join(str(entry[key]) for key in ("table", "drug") if key in entry): entry for entry in raw}
    return dict(raw.items())


def _entry(section: str, name: str, kind: type[Any], old: Raw | None, new: Raw | None) -> Iterator[Difference]:
    if old is None or new is None:
        what = Kind.ADDED if old is None else Kind.REMOVED
        yield Difference(section=section, id=name, kind=what, before=old or {}, after=new or {})
        return
    typed = structure(kind, old), structure(kind, new)
    for attribute in attributes(kind):
        key = attribute.metadata.get("key", attribute.name)
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        facts = tuple(getattr(entry, attribute.name) for entry in typed)
        if any(isinstance(fact, Fact) for side in facts if isinstance(side, tuple) for fact in side):
            rows = (zip(was or (), facts[0], strict=True), zip(now or (), facts[1], strict=True))
            for difference in _rows(tuple(dict(_named(side)) for side in rows)):
                yield Difference(section=section, id=name, part=key, **difference)
        else:
            yield Difference(
                section=section, id=name, kind=Kind.CHANGED, part=key, before=_one(key, was), after=_one(key, now)
            )


def _one(key: str, value: object) -> Raw:
    return {} if value is None else {key: value}


def _named(rows: Any) -> Iterator[tuple[object, Raw]]:  # noqa: ANN401 - pairs of a raw row and its fact
    """Each row by what it is about and where it holds; rows that do not differ in that are counted."""
    seen: dict[object, int] = {}
    for raw, fact in rows:
        name = repr((fact.identity, fact.jurisdiction))
        seen[name] = seen.get(name, 0) + 1
        yield (name, seen[name]), raw


def _rows(sides: tuple[dict[object, Raw], ...]) -> Iterator[dict[str, Any]]:
    old, new = sides
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            kind = Kind.ADDED if was is None else Kind.REMOVED
            yield {"kind": kind, "before": was or {}, "after": now or {}}
        elif was != now:
            same = {key: value for key, value in was.items() if now.get(key) == value}
            yield {
                "kind": Kind.CHANGED,
                "about": same,
                "before": {key: value for key, value in was.items() if key not in same},
                "after": {key: value for key, value in now.items() if key not in same},
            }
