"""Words about which medicines are on, since when, and how their orders are written."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from careplan.checks.heard import NO, YES, Heard, lack, settled, sure_or_possible, unknown
from careplan.checks.item import Item
from careplan.model import Absent, AsNeeded, Continuous, Quantity, Steps
from careplan.model.timing import Weekly
from careplan.rules import ENDLESS, FALSE, THIS, TRUE, UNKNOWN, Call, Fact, Gap, Missing, Span
from careplan.rules.truth import truth

if TYPE_CHECKING:
    from careplan.checks.case import View

_CONTINUES = timedelta(days=7)
"""How long after its last dose a course may be taken up again and still be one course."""


def name_of(view: "View", call: Call, item: Item) -> str | None:
    """The name of the call that the item answers to, or None."""
    for name in call.names:
        if (name == THIS and item is view.item) or name in item.names:
            return name
    return None


def matching(view: "View", call: Call) -> Iterator[tuple[Item, str]]:
    """Every item that answers to a name of the call, on that day or not, with that name."""
    for item in view.case.items:
        name = name_of(view, call, item)
        if name is not None:
            yield item, name


def sorted_out(view: "View", call: Call) -> tuple[list[tuple[Item, str]], list[tuple[Item, str]]]:
    """The items on that day that surely fit the call, and those that may fit."""
    sure, possible = [], []
    for item, name in matching(view, call):
        if not item.on(view.day):
            continue
        fits = item.fits(call.filters, view.day)
        if fits is TRUE:
            sure.append((item, name))
        elif fits is UNKNOWN:
            possible.append((item, name))
    return sure, possible


def presence(item: Item, name: str) -> Fact:
    """The mere presence of an item."""
    started = item.first_day
    return Fact(about=name, label=item.medicine.name, date=started, path=item.path)


def not_stated(view: "View", call: Call, item: Item) -> list[Missing]:
    """What the item does not state of what the filters ask."""
    asked = {
        Gap.ROUTE: call.filters.route is not None and isinstance(item.medicine.route, Absent),
        Gap.FORM: call.filters.form is not None and isinstance(item.medicine.form, Absent),
        Gap.USE: call.filters.use is not None and item.use(view.day) is None,
        Gap.REASON: call.filters.reason is not None and not item.reasons,
    }
    return [lack(kind, item.medicine.id, item.medicine.name, item.path) for kind, open_ in asked.items() if open_]


def on(view: "View", call: Call) -> Heard:
    """Any such item is on."""
    sure, possible = sorted_out(view, call)
    return sure_or_possible(
        (presence(item, name) for item, name in sure),
        (missing for item, _ in possible for missing in not_stated(view, call, item)),
    )


def count(view: "View", call: Call) -> Heard:
    """How many different ingredients, items or sites are on."""
    sure, possible = sorted_out(view, call)
    by = call.keywords["by"]
    lacks = [missing for item, _ in possible for missing in not_stated(view, call, item)]
    if by == "site":
        unstated = [item for item, _ in sure if not item.medicine.sites]
        lacks += [lack(Gap.SITE, item.medicine.id, item.medicine.name, item.path) for item in unstated]
    keys = _keys(call, sure, by)
    facts = tuple(presence(item, name) for item, name in sure)
    if not lacks:
        return Heard(len(keys), facts)
    return Heard(Span(len(keys), ENDLESS), facts, tuple(lacks))


def _keys(call: Call, sure: list[tuple[Item, str]], by: object) -> set[str]:
    if by == "product":
        return {item.medicine.id for item, _ in sure}
    if by == "site":
        return {site for item, _ in sure for site in item.medicine.sites}
    return {
        ingredient
        for item, _ in sure
        for ingredient, names in item.ingredients.items()
        if names.intersection(call.names) or THIS in call.names
    } or {item.medicine.id for item, _ in sure}


def days_on(view: "View", call: Call) -> Heard:
    """The longest unbroken course that is on that day, in days."""
    options = call.keywords
    within = timedelta(days=int(options["ended_within"] or 0))
    found: list[Item] = []
    lacks: list[Missing] = []
    facts: list[Fact] = []
    for item, name in matching(view, call):
        fits = item.fits(call.filters, view.day)
        if fits is FALSE or not _running(item, view.day, within):
            continue
        if fits is UNKNOWN:
            lacks += not_stated(view, call, item)
            continue
        if item.first_day is None:
            lacks.append(lack(Gap.START, item.medicine.id, item.medicine.name, item.path))
            continue
        found.append(item)
        facts.append(Fact(about=name, label=item.medicine.name, value=None, date=item.first_day, path=item.path))
    days = max((_course(item, view, call, planned=bool(options["planned"])) for item in found), default=0)
    if lacks:
        return Heard(Span(days, ENDLESS), tuple(facts), tuple(lacks))
    if found:
        facts[0] = Fact(
            about=facts[0].about, label=facts[0].label, value=days, unit="days", date=facts[0].date, path=facts[0].path
        )
    return Heard(days, tuple(facts))


def _running(item: Item, day: date, within: timedelta) -> bool:
    if item.on(day):
        return True
    last = item.last_day
    return bool(within) and last is not None and last < day <= last + within


def _course(item: Item, view: "View", call: Call, *, planned: bool) -> "int":
    """Days of the course that the item belongs to, with earlier items of the same name that ran into it."""
    start, end = item.first_day, item.last_day
    assert start is not None  # noqa: S101 - asked for only where the start is known
    for _ in range(len(view.case.items)):
        earlier = [
            other.first_day
            for other, _name in matching(view, call)
            if other.first_day is not None
            and other.last_day is not None
            and other.first_day < start <= other.last_day + _CONTINUES + _interval(other)
        ]
        if not earlier:
            break
        start = min(earlier)
    if planned:
        return ENDLESS if end is None else (end - start).days + 1  # type: ignore[return-value]
    return (min(view.day, end or view.day) - start).days + 1


def _interval(item: Item) -> timedelta:
    frequency = item.medicine.doses[-1].frequency
    gap = frequency.gap_hours if frequency is not None else None
    return timedelta(hours=float(gap)) if gap is not None else timedelta()


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
        first = item.first_day
        if first is None:
            lacks.append(lack(Gap.START, item.medicine.id, item.medicine.name, item.path))
        elif view.day - window <= first <= view.day and not _continued(item, first, gap, view):
            if fits is UNKNOWN:
                lacks += not_stated(view, call, item)
            else:
                sure.append(presence(item, name))
    return sure_or_possible(sure, lacks)


def _continued(item: Item, first: date, gap: timedelta, view: "View") -> bool:
    """Whether another item gave the same ingredient shortly before."""
    for other in view.case.items:
        if other is item or other.ingredients.keys().isdisjoint(item.ingredients):
            continue
        began, ended = other.first_day, other.last_day
        if (began is None or began < first) and (ended is None or ended >= first - gap):
            return True
    return False


def stopped_within(view: "View", call: Call) -> Heard:
    """The last dose lies within the days, and none is on."""
    window = timedelta(days=int(call.keywords["days"] or 0))
    sure: list[Fact] = []
    lacks: list[Missing] = []
    for item, name in matching(view, call):
        fits = item.fits(call.filters, view.day)
        if fits is FALSE:
            continue
        if item.on(view.day):
            return NO
        last = item.last_day
        if last is None:
            lacks.append(lack(Gap.STOP, item.medicine.id, item.medicine.name, item.path))
        elif last <= view.day <= last + window:
            if fits is UNKNOWN:
                lacks += not_stated(view, call, item)
            else:
                sure.append(Fact(about=name, label=f"{item.medicine.name} (stopped)", date=last, path=item.path))
    return sure_or_possible(sure, lacks)


def same_day(view: "View", call: Call) -> Heard:
    """A dose of the first and a dose of the second fall on the same weekday."""
    first, second = call.names
    days: list[frozenset[int]] = []
    lacks: list[Missing] = []
    facts: list[Fact] = []
    for name in (first, second):
        items = [item for item in view.case.items if name in item.names and item.on(view.day)]
        if not items:
            return NO
        known = [item.weekdays(view.day) for item in items]
        lacks += [
            lack(Gap.SCHEDULE, item.medicine.id, item.medicine.name, item.path)
            for item, each in zip(items, known, strict=True)
            if each is None
        ]
        days.append(frozenset().union(*(each for each in known if each is not None)))
        facts += [presence(item, name) for item in items]
    if days[0] & days[1]:
        return Heard(TRUE, tuple(facts))
    return unknown(*lacks) if lacks else settled(FALSE, *facts)


def min_gap(view: "View", call: Call) -> Heard:
    """The shortest planned gap between two doses of one item."""
    sure, possible = sorted_out(view, call)
    hours, facts, lacks = [], [], [m for item, _ in possible for m in not_stated(view, call, item)]
    for item, name in sure:
        for dose in item.medicine.doses[-1:]:
            frequency = dose.frequency
            if frequency is None or (isinstance(dose.timing, AsNeeded) and frequency.gap_hours is None):
                lacks.append(lack(Gap.SCHEDULE, item.medicine.id, item.medicine.name, item.path))
            elif frequency.gap_hours is not None:
                hours.append(frequency.gap_hours)
                facts.append(presence(item, name))
    shortest = min(hours, default=ENDLESS)
    gap = shortest if call.keywords["unit"] == "hours" or shortest == ENDLESS else shortest / 24
    return Heard(Span(0, gap), tuple(facts), tuple(lacks)) if lacks else Heard(gap, tuple(facts))


def dose_days(view: "View", call: Call) -> Heard:
    """Dosing days in 7 days, over all items together."""
    sure, _ = sorted_out(view, call)
    named: set[int] = set()
    most = 0
    lacks, facts = [], []
    for item, name in sure:
        dose = item.medicine.dose_on(view.day)
        frequency = dose.frequency if dose is not None else None
        if dose is None:
            continue
        if isinstance(dose.timing, Weekly):
            named |= {day.number for day in dose.timing.days}
        elif isinstance(dose.timing, AsNeeded):
            most = 7
        elif frequency is None:
            lacks.append(lack(Gap.SCHEDULE, item.medicine.id, item.medicine.name, item.path))
        else:
            most = max(most, frequency.days_per_week)
        facts.append(presence(item, name))
    days = max(most, len(named))
    facts = [Fact(about=f.about, label=f.label, value=days, unit="days a week", path=f.path) for f in facts]
    return Heard(Span(days, 7), tuple(facts), tuple(lacks)) if lacks else Heard(days, tuple(facts))


_FIELDS: dict[str, Callable[[Item], bool]] = {
    "weekday": lambda item: all(isinstance(dose.timing, Weekly) for dose in item.medicine.doses),
    "brand": lambda item: item.medicine.product is not None and item.medicine.product.brand is not None,
    "strength": lambda item: (
        item.medicine.product is not None
        and bool(item.medicine.product.ingredients)
        and all(isinstance(each.strength, Quantity) for each in item.medicine.product.ingredients)
    ),
    "reason": lambda item: not isinstance(item.medicine.indication, Absent),
    "start-date": lambda item: item.first_day is not None,
    "stop-date": lambda item: item.last_day is not None,
    "taper": lambda item: isinstance(item.medicine.dosage, Steps) and item.last_day is not None,
    "as-needed-maximum": lambda item: all(
        isinstance(dose.timing.at_most, Quantity) for dose in item.medicine.doses if isinstance(dose.timing, AsNeeded)
    ),
    "patch-change-days": lambda item: all(
        not isinstance(dose.timing.change_hours, Absent)
        for dose in item.medicine.doses
        if isinstance(dose.timing, Continuous)
    ),
    "site": lambda item: bool(item.medicine.sites),
}


def states(view: "View", call: Call) -> Heard:
    """Every such item states the field."""
    stated = _FIELDS[str(call.keywords["field"])]
    silent = [
        presence(item, name)
        for item, name in matching(view, call)
        if (item.on(view.day) or item is view.item) and not stated(item)
    ]
    return settled(truth(not silent), *silent) if silent else YES


def tried(view: "View", call: Call) -> Heard:
    """Used before or now, or recorded as unsuitable or declined."""
    for item, name in matching(view, call):
        first = item.first_day
        if first is None or first <= view.day:
            return settled(TRUE, presence(item, name))
    for therapy in view.case.plan.therapies:
        if therapy.therapy in call.names:
            return settled(TRUE, Fact(about=therapy.therapy, label=therapy.therapy.replace("-", " ")))
    for record in view.case.unsuitable:
        if not record.isdisjoint(call.names):
            return YES
    return NO


WORDS = {
    "on": on,
    "count": count,
    "days_on": days_on,
    "started_within": started_within,
    "stopped_within": stopped_within,
    "same_day": same_day,
    "min_gap": min_gap,
    "dose_days": dose_days,
    "states": states,
    "tried": tried,
}
