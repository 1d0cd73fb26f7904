"""What holds of the knowledge however it is asked, and of the ranges that its rows are about."""

import json
from decimal import Decimal

from attrs import field, frozen
from hypothesis import given, settings, strategies as st

from careplan.knowledge import Knowledge
from careplan.knowledge.band import Band
from careplan.knowledge.compiled import COMPILED, load_compiled
from careplan.knowledge.sheets import LISTS, SECTIONS

WHOLE = json.loads(COMPILED.read_bytes(), parse_float=Decimal)
EAGER = Knowledge(WHOLE)
IDS = sorted((section, name) for section in SECTIONS if section not in LISTS for name in WHOLE[section])


@given(asked=st.lists(st.sampled_from(IDS), max_size=20))
@settings(deadline=None, max_examples=40)
def test_an_entry_is_the_same_whenever_it_is_built(asked: list[tuple[str, str]]) -> None:
    lazy = Knowledge(load_compiled())
    for section, name in asked:
        assert repr(getattr(lazy, section)[name]) == repr(getattr(EAGER, section)[name])


def test_lists_without_ids_are_the_same_too() -> None:
    lazy = Knowledge(load_compiled())
    for section in LISTS:
        assert repr(getattr(lazy, section)) == repr(getattr(EAGER, section))


BOUND = st.none() | st.integers(-3, 3).map(Decimal)


@frozen
class Bounds:
    at_least: Decimal | None = field()
    above: Decimal | None = field()
    below: Decimal | None = field()
    at_most: Decimal | None = field()

    def hold(self, number: Decimal) -> bool:
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.above is None or number > self.above)
            and (self.below is None or number < self.below)
            and (self.at_most is None or number <= self.at_most)
        )


BOUNDS = st.builds(Bounds, BOUND, BOUND, BOUND, BOUND)
NUMBERS = [Decimal(n) / 4 for n in range(-20, 21)]


@given(one=BOUNDS, other=BOUNDS)
def test_ranges_are_the_numbers_in_them(one: Bounds, other: Bounds) -> None:
    first, second = Band.of(one), Band.of(other)
    mine = {number for number in NUMBERS if one.hold(number)}
    yours = {number for number in NUMBERS if other.hold(number)}
    assert first.empty == (not mine)
    if mine and yours:
        assert first.meets(second) == bool(mine & yours)
        assert first.within(second) == (mine <= yours)
