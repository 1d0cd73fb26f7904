"""Laying overlays over a base, while both are still as written: what is added, what is replaced, what contradicts.

An overlay adds entries, rows and names. It replaces a row, or the keys of an entry, only where it says so: `replaces`
holds, as the base writes them, values that no longer hold. Nothing else may differ, and nothing is taken away.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, get_args

from attrs import evolve, field, frozen

from careplan.knowledge.entry import Place, Written
from careplan.knowledge.fact import Fact, attributes
from careplan.knowledge.overlay import Change
from careplan.knowledge.problem import Problem
from careplan.knowledge.vocabulary import Confidence

if TYPE_CHECKING:
    from careplan.knowledge.structure import Path

REPLACES: Final = "replaces"
_NAMES: Final = frozenset({"aliases", "brands", "salts", "codes"})
"""Lists that are only ever added to: a thing is found by more names, never by fewer."""
_OWN: Final = ""
"""The part of an entry that is no table: the keys beside its id."""
_BASIS: Final = ("source", "confidence")
_CERTAINTY = (Confidence.DISPUTED, Confidence.STANDARD, Confidence.VERIFIED)


@frozen(eq=False)
class _Row:
    """One statement: a row of a table, the keys of an entry, or a name."""

    raw: Any
    place: Place
    replaces: Any = None


class _RefusedError(Exception):
    """A row that contradicts what is there without saying so, and where it stands."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(text)
        self.place = place
        self.text = text


@frozen(eq=False)
class _Page:
    """An entry in its parts, while overlays are laid on it."""

    section: str
    id: str
    place: Place
    tables: Mapping[str, bool]
    """Its tables of facts: whether each may have many rows."""
    parts: dict[str, list[_Row]]
    base: Mapping[str, Sequence[_Row]]
    """What the base said."""
    replaced: dict[tuple[str, int], _Row] = field(factory=dict)

    def laid(self, new: Written, problems: list[Problem]) -> Iterator[Change]:
        """Lay the same entry of an overlay on this one: what that changes. Contradictions are noted."""
        stated = dict(_parts(new, self.tables))
        for part, rows in stated.items():
            for row in rows:
                try:
                    changed = self._adds(part, row) if row.replaces is None else self._replaces(part, row)
                    if changed and part in _NAMES:
                        self._rest_on(stated.get(_OWN, []), row.place)
                except _RefusedError as refused:
                    problems.append(refused.place.problem(f"{new.id}: {refused.text}"))
                    continue
                if changed:
                    yield Change(section=self.section, id=self.id, part=part, replaced=row.replaces is not None)

    def _adds(self, part: str, row: _Row) -> bool:
        """Add what is not there yet; where there can be one statement only, it must be the same."""
        there = self.parts.setdefault(part, [])
        if any(row.raw == other.raw for other in there):
            return False
        if part in _NAMES or self.tables.get(part) or not there:
            there.append(row)
            return True
        said = there[0]
        for key, value in row.raw.items():
            if (part or key not in _BASIS) and said.raw.get(key) != value:
                where = said.place.under((key,))
                text = f"{key!r} is said differently at {where}: say in 'replaces' what no longer holds"
                raise _RefusedError(row.place.under((key,)), text)
        return False

    def _replaces(self, part: str, row: _Row) -> bool:
        """Put a row in the place of the base's row that states the values it replaces."""
        place = row.place.under((REPLACES,))
        if not isinstance(row.replaces, dict) or not row.replaces:
            raise _RefusedError(place, "'replaces' holds values that no longer hold, such as { hard_above = 25 }")
        base = self.base.get(part, ())
        found = [n for n, other in enumerate(base) if all(other.raw.get(k) == v for k, v in row.replaces.items())]
        if not found:
            raise _RefusedError(place, f"replaces nothing: the base does not say this{_listed(base)}")
        if len(found) > 1:
            text = f"fits several rows: name what tells them apart{_listed([base[n] for n in found])}"
            raise _RefusedError(place, text)
        first = self.replaced.setdefault((part, found[0]), row)
        if first.raw != row.raw:
            raise _RefusedError(place, f"what this replaces is replaced differently at {first.place}")
        changed = bool(self.parts[part][found[0]].raw != row.raw)
        self.parts[part][found[0]] = row
        return changed

    def _rest_on(self, own: Sequence[_Row], place: Place) -> None:
        """Whoever adds names answers for them: the entry rests on both sources, and is as sure as the less sure."""
        stated = own[0].raw if own else {}
        if not isinstance(stated.get("source"), list) or "confidence" not in stated:
            raise _RefusedError(place, "adds a name: 'source' and 'confidence' of the entry must say on whose word")
        if self.parts[_OWN][0].raw is stated:
            return
        row = self.parts[_OWN][0]
        sources = list(dict.fromkeys([*row.raw["source"], *stated["source"]]))
        sure = {row.raw["confidence"], stated["confidence"]}
        weakest = next((each.value for each in _CERTAINTY if each.value in sure), stated["confidence"])
        self.parts[_OWN][0] = evolve(row, raw=row.raw | {"source": sources, "confidence": weakest})

    def written(self) -> Written:
        """The entry as a whole again."""
        raw = dict(self.parts[_OWN][0].raw) if _OWN in self.parts else {}
        moved: dict[Path, Place] = {(key,): self.parts[_OWN][0].place.under((key,)) for key in raw}
        for part, rows in self.parts.items():
            if part in _NAMES or self.tables.get(part):
                raw[part] = [row.raw for row in rows]
                moved |= {(part, number): row.place for number, row in enumerate(rows)}
            elif part:
                raw[part], moved[(part,)] = rows[0].raw, rows[0].place
        return Written(section=self.section, id=self.id, raw=raw, place=self.place, moved=moved)


def _listed(rows: Iterable[_Row]) -> str:
    places = ", ".join(str(row.place) for row in rows)
    return f" ({places})" if places else ""


def _parts(entry: Written, tables: Mapping[str, bool]) -> Iterator[tuple[str, list[_Row]]]:
    own = {key: value for key, value in entry.raw.items() if not _is_part(key, value, tables)}
    if own:
        yield _OWN, [_row(own, entry.at(()))]
    for key, value in entry.raw.items():
        if key in own:
            continue
        if isinstance(value, list):
            yield key, [_row(item, entry.at((key, number))) for number, item in enumerate(value)]
        else:
            yield key, [_row(value, entry.at((key,)))]


def _is_part(key: str, value: object, tables: Mapping[str, bool]) -> bool:
    """Whether this is written as the rows of a table, the one row of one, or names; the rest are keys of the entry."""
    if key in _NAMES:
        return isinstance(value, list)
    if tables.get(key):
        return isinstance(value, list) and all(isinstance(row, dict) for row in value)
    return key in tables and isinstance(value, dict)


def _row(raw: Any, place: Place) -> _Row:  # noqa: ANN401 - as written
    if not isinstance(raw, dict) or REPLACES not in raw:
        return _Row(raw, place)
    return _Row({key: value for key, value in raw.items() if key != REPLACES}, place, raw[REPLACES])


def row_tables(kind: type[Any]) -> dict[str, bool]:
    """The tables of facts that an entry of this class has: whether each may have many rows (``[[limit]]``) or one."""
    return {
        attribute.metadata.get("key", attribute.name): type(None) not in get_args(attribute.type)
        for attribute in attributes(kind)
        if any(isinstance(each, type) and issubclass(each, Fact) for each in get_args(attribute.type))
    }


@frozen(eq=False)
class Layers:
    """A base on which overlays are laid. In which order they are makes no difference to what holds."""

    kinds: Mapping[str, type[Any]]
    base: Sequence[Written]
    problems: list[Problem] = field(factory=list)
    _pages: dict[tuple[str, str], _Page] = field(init=False)

    @_pages.default
    def _of_base(self) -> dict[tuple[str, str], _Page]:
        return {(entry.section, entry.id): self._page(entry) for entry in _with_ids(self.base)}

    def lay(self, overlay: Sequence[Written]) -> tuple[Change, ...]:
        """Lay one overlay on what is there: what it changes, each part once."""
        changes: dict[Change, None] = {}
        for new in _with_ids(overlay):
            key = (new.section, new.id)
            page = self._pages.get(key)
            if page is not None:
                changes |= dict.fromkeys(page.laid(new, self.problems))
                continue
            page = _Page(new.section, new.id, new.place, self._tables(new.section), {}, {})
            self._pages[key] = page
            if list(page.laid(new, self.problems)):
                changes[Change(section=new.section, id=new.id)] = None
        return tuple(sorted(changes))

    def written(self) -> tuple[Written, ...]:
        """What holds now."""
        return tuple(entry for page in self._pages.values() for entry in _without_ids(page.written()))

    def _page(self, entry: Written) -> _Page:
        tables = self._tables(entry.section)
        parts = dict(_parts(entry, tables))
        base = {part: tuple(rows) for part, rows in parts.items()}
        return _Page(entry.section, entry.id, entry.place, tables, parts, base)

    def _tables(self, section: str) -> dict[str, bool]:
        return row_tables(self.kinds[section]) | {_ROWS: True}


_ROWS: Final = "rows of the section"


def _with_ids(entries: Iterable[Written]) -> list[Written]:
    """Entries without an id become the rows of one entry for their section."""
    named: list[Written] = []
    rows: dict[str, list[Written]] = {}
    for entry in entries:
        if entry.numbered:
            rows.setdefault(entry.section, []).append(entry)
        else:
            named.append(entry)
    for section, found in rows.items():
        moved: dict[Path, Place] = {(_ROWS, number): entry.place for number, entry in enumerate(found)}
        raw = {_ROWS: [entry.raw for entry in found]}
        named.append(Written(section=section, id="", raw=raw, place=found[0].place, moved=moved))
    return named


def _without_ids(entry: Written) -> Iterator[Written]:
    if _ROWS not in entry.raw:
        yield entry
        return
    for number, raw in enumerate(entry.raw[_ROWS]):
        yield Written(
            section=entry.section, id=f"{entry.section} {number + 1}", raw=raw, place=entry.at((_ROWS, number)),
            numbered=True,
        )  # fmt: skip
