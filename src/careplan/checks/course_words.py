"""Words about how long a medicine has been taken: the course it is in, when it began, when it ended."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from careplan.checks.heard import NO, Heard, lack, sure_or_possible, unknown
from careplan.checks.item import Item
from careplan.checks.medicine_words import matching, not_stated, presence
from careplan.rules import ENDLESS, FALSE, TRUE, UNKNOWN, Call, Fact, Gap, Missing, Number, Span

if TYPE_CHECKING:
    from careplan.checks.case import View

_DAY = timedelta(days=1)
_CONTINUES = timedelta(days=7)
"""How long after its last dose a course may be taken up again and still be one course."""


@frozen
class _Stretch:
    """A time on one item. `missing` is what would have to be known to be sure of it; it may then have been longest."""

    item: Item
    name: str
    first: date
    last: date
    missing: tuple[Missing, ...] = ()

    @property
    def ends_by(self) -> date:
        """The day by which a next dose still continues the course."""
        frequency = self.item.medicine.doses[-1].frequency
        gap = frequency.gap_hours if frequency is not None else None
        hours = timedelta(hours=float(gap)) if gap is not None else timedelta()
        return date.max if self.last >= date.max - _CONTINUES - hours else self.last + _CONTINUES + hours

    def runs(self, day: date, within: timedelta) -> bool:
        """Whether it is on that day, or ended in the days before."""
        if self.first <= day <= self.last and (self.missing or self.item.on(day)):
            return True
        return bool(within) and self.last <= day <= self.last + within


def _stretches(view: "View", call: Call) -> list[_Stretch]:
    """Every time on an item that answers to the call, and may fit it."""
    found = []
    for item, name in matching(view, call):
        for began, ended in item.spells:
            fits = item.fits(call.filters, min(ended or view.day, view.day))
            if fits is FALSE:
                continue
            lacks = not_stated(view, call, item) if fits is UNKNOWN else []
            if began is None:
                lacks.append(lack(Gap.START, item.medicine.id, item.label, item.path))
            if ended is None and item.ended:
                lacks.append(lack(Gap.STOP, item.medicine.id, item.label, item.path))
            first, open_end = began or date.min, item.asked_on - _DAY if item.ended else date.max
            found.append(_Stretch(item, name, first, max(first, ended or open_end), tuple(lacks)))
    return found


def days_on(view: "View", call: Call) -> Heard:
    """The longest unbroken course that is on that day, in days."""
    stretches = _stretches(view, call)
    sure = [each for each in stretches if not each.missing]
    least, facts = _longest(view, call, sure)
    most, _ = _longest(view, call, stretches)
    if least == most:
        return Heard(least, facts)
    lacks = dict.fromkeys(missing for each in stretches for missing in each.missing)
    return Heard(Span(least, most), facts, tuple(lacks))


def _longest(view: "View", call: Call, stretches: list[_Stretch]) -> tuple[Number, tuple[Fact, ...]]:
    """Days of the longest course that runs, and every item that runs; the one with the longest says how long."""
    within = timedelta(days=int(call.keywords["ended_within"] or 0))
    planned = bool(call.keywords["planned"])
    running = [each for each in stretches if each.runs(view.day, within)]
    courses = [(_days(each, stretches, view.day, planned=planned), each) for each in running]
    longest = max((days for days, _ in courses), default=0)
    facts: dict[str, Fact] = {}
    for days, each in sorted(courses, key=lambda course: -course[0]):
        shown = longest if days == longest and not facts and longest != ENDLESS else None
        facts.setdefault(each.item.path, Fact(about=each.name, label=each.item.label, value=shown,
                         unit="days", date=each.first, path=each.item.path))  # fmt: skip
    return longest, tuple(facts.values())


def _days(stretch: _Stretch, stretches: Iterable[_Stretch], day: date, *, planned: bool) -> Number:
    """Days of the course that a stretch belongs to: what ran into it counts and, with `planned`, what it runs into."""
    first, last, ends_by = stretch.first, stretch.last, stretch.ends_by
    for each in sorted(stretches, key=lambda each: each.first, reverse=True):
        if each.first < first <= each.ends_by:
            first = each.first
    if first == date.min:
        return ENDLESS
    if not planned:
        return (min(day, last) - first).days + 1
    for each in sorted(stretches, key=lambda each: each.first):
        if stretch.first < each.first <= ends_by and each.last > last:
            last, ends_by = each.last, each.ends_by
    return ENDLESS if last == date.max else (last - first).days + 1


def started_within(view: "View", call: Call) -> Heard:
    """The first dose of an ingredient, after a long enough gap, lies within the days."""
    options = call.keywords
    window, gap = timedelta(days=int(options["days"] or 0)), timedelta(days=int(options["after_gap"] or 0))
    sure: list[Fact] = []
    lacks: list[Missing] = []
    for item, name in matching(view, call):
        fits = item.fits(call.filters, view.day)
        if fits is FALSE or not item.on(view.day):
            continue
        if item.first_day is None:
            lacks.append(lack(Gap.START, item.medicine.id, item.label, item.path))
        first = max((first for first, _ in item.spells if first is not None and first <= view.day), default=None)
        if first is None or first < view.day - window:
            continue
        doubts = _given_before(view, item, first, gap)
        if doubts is None:
            continue
        doubts += not_stated(view, call, item) if fits is UNKNOWN else []
        lacks += doubts
        if not doubts:
            sure.append(presence(item, name))
    return sure_or_possible(sure, lacks)


def _given_before(view: "View", item: Item, first: date, gap: timedelta) -> list[Missing] | None:
    """None if the same ingredient was given shortly before; else what one would need to know to be sure it was not."""
    doubts = []
    for other in view.case.items:
        if other.ingredients.keys().isdisjoint(item.ingredients):
            continue
        for began, ended in other.spells:
            if began is not None and began >= first:
                continue
            if ended is None and other.ended:
                doubts.append(lack(Gap.STOP, other.medicine.id, other.label, other.path))
            elif began is None and (ended is None or ended >= first):
                doubts.append(lack(Gap.START, other.medicine.id, other.label, other.path))
            elif ended is None or ended >= first - gap:
                return None
    return doubts


def stopped_within(view: "View", call: Call) -> Heard:
    """The last dose lies within the days, and none is on."""
    window = timedelta(days=int(call.keywords["days"] or 0))
    sure: list[Fact] = []
    possible: list[Missing] = []
    still_on: list[Missing] = []
    for item, name in matching(view, call):
        fits, last = item.fits(call.filters, view.day), item.last_day
        doubts = not_stated(view, call, item) if fits is UNKNOWN else []
        if fits is FALSE:
            continue
        if item.on(view.day):
            if fits is TRUE:
                return NO
            still_on += doubts
        elif item.ended and last is None:
            possible.append(lack(Gap.STOP, item.medicine.id, item.label, item.path))
        elif last is not None and last <= view.day <= last + window:
            possible += doubts
            if not doubts:
                sure.append(Fact(about=name, label=item.label, date=last, path=item.path))
    if still_on and (sure or possible):
        return unknown(*still_on, *possible)
    return sure_or_possible(sure, possible)


WORDS = {"days_on": days_on, "started_within": started_within, "stopped_within": stopped_within}
