"""What differs between two editions."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from careplan.knowledge import Knowledge, load_knowledge
from careplan.knowledge.difference import Difference, Kind, differences

KNOWN = load_knowledge()
SECTIONS = ("drugs", "class_facts", "interactions", "analytes", "conditions", "sources", "steroids")


def edited(section: str, name: str, **changes: object) -> Knowledge:
    """The shipped edition with other values under some keys of one entry; None takes the entry out."""
    entries = dict(KNOWN.raw(section).items())
    entry = {**entries.pop(name), **changes}
    if changes:
        entries[name] = {key: value for key, value in entry.items() if value is not None}
    return Knowledge({**{key: KNOWN.raw(key) for key in KNOWN._raw if key != "index"}, section: entries})


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differences(KNOWN, KNOWN) == ()


def test_a_changed_limit_is_told_field_by_field() -> None:
    limits = [dict(row) for row in KNOWN.drugs.raw["methotrexate"]["limit"]]
    changed = next(row for row in limits if row["kind"] == "weekly" and row["route"] == ["oral"])
    before, changed["hard_above"] = changed["hard_above"], Decimal(24)
    (found,) = differences(KNOWN, edited("drugs", "methotrexate", limit=limits))
    assert (found.section, found.id, found.part, found.kind) == ("drugs", "methotrexate", "limit", Kind.CHANGED)
    assert (found.before, found.after) == ({"hard_above": before}, {"hard_above": Decimal(24)})
    assert found.about["kind"] == "weekly"


def test_facts_and_names_that_come_and_go() -> None:
    limits = KNOWN.drugs.raw["methotrexate"]["limit"]
    fewer = edited("drugs", "methotrexate", limit=limits[1:], brands=["Otherbrand"])
    found = differences(KNOWN, fewer)
    assert [(each.part, each.kind) for each in found] == [("limit", Kind.REMOVED), ("brands", Kind.CHANGED)]
    assert found[0].before == limits[0]
    assert differences(fewer, KNOWN) == tuple(each.reversed for each in found)


ENTRIES = [(section, name) for section in SECTIONS[:-1] for name in sorted(KNOWN.raw(section))]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(ENTRIES))
def test_what_one_lost_the_other_gained(entry: tuple[str, str]) -> None:
    section, name = entry
    without = edited(section, name)
    (lost,) = differences(KNOWN, without)
    assert (lost.section, lost.id, lost.kind, lost.after) == (section, name, Kind.REMOVED, {})
    assert differences(without, KNOWN) == (lost.reversed,)
    assert lost.reversed == Difference(section=section, id=name, kind=Kind.ADDED, after=lost.before)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_has_entries_to_compare(section: str) -> None:
    assert len(KNOWN.raw(section)) > 3


def test_an_overlay_is_a_difference(tmp_path: Path) -> None:
    (tmp_path / "knowledge.toml").write_text('name = "clinic"\nversion = "1"\ndate = 2026-11-23\nnotices = []\n')
    (tmp_path / "sources.toml").write_text('[[source]]\nid = "own"\ncitation = "Our formulary"\nseen = "full"\n')
    (found,) = differences(KNOWN, load_knowledge(overlays=[tmp_path]))
    assert (found.section, found.id, found.kind) == ("sources", "own", Kind.ADDED)
