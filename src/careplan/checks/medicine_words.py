"""Words about which medicines are on, since when, and how their orders are written."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from careplan.checks.heard import NO, YES, Heard, lack, settled, sure_or_possible, unknown
from careplan.checks.item import Item
from careplan.model import Absent, AsNeeded, Continuous, Dose, Quantity, Steps
from careplan.model.timing import Weekly
from careplan.rules import ENDLESS, FALSE, THIS, TRUE, UNKNOWN, Call, Fact, Gap, Missing, Span
from careplan.rules.truth import truth

if TYPE_CHECKING:
    from careplan.checks.case import View


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
    """The items on that day (or `soon` after) that surely fit the call, and those that may fit."""
    sure, possible = [], []
    soon = timedelta(days=int(call.keywords.get("soon") or 0))
    for item, name in matching(view, call):
        if not item.on(view.day) and not item.starts(view.day, view.day + soon):
            continue
        fits = item.fits(call.filters, view.day)
        if fits is TRUE:
            sure.append((item, name))
        elif fits is UNKNOWN:
            possible.append((item, name))
    return sure, possible


def ingredients_of(call: Call, item: Item) -> list[str]:
    """The ingredients of an item that the call asks about."""
    whole = THIS in call.names or item.medicine.drug in call.names
    return [each for each, names in item.ingredients.items() if whole or names.intersection(call.names)]


def presence(item: Item, name: str) -> Fact:
    """The mere presence of an item."""
    started = item.first_day
    return Fact(about=name, label=item.label, date=started, path=item.path)


def not_stated(view: "View", call: Call, item: Item) -> list[Missing]:
    """What the item does not state of what the filters ask."""
    asked = {
        Gap.ROUTE: call.filters.route is not None and isinstance(item.medicine.route, Absent),
        Gap.FORM: call.filters.form is not None and isinstance(item.medicine.form, Absent),
        Gap.USE: call.filters.use is not None and item.use(view.day) is None,
        Gap.REASON: call.filters.reason is not None and not item.reasons,
    }
    return [lack(kind, item.medicine.id, item.label, item.path) for kind, open_ in asked.items() if open_]


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
    unstated = [item for item, _ in (*sure, *possible) if by == "site" and not item.medicine.sites]
    lacks += [lack(Gap.SITE, item.medicine.id, item.label, item.path) for item in unstated]
    least = len(_keys(call, sure, by))
    most = ENDLESS if unstated else len(_keys(call, [*sure, *possible], by))
    facts = tuple(presence(item, name) for item, name in sure)
    return Heard(least, facts) if least == most else Heard(Span(least, most), facts, tuple(lacks))


def _keys(call: Call, sure: list[tuple[Item, str]], by: object) -> set[str]:
    if by == "product":
        return {item.medicine.id for item, _ in sure}
    if by == "site":
        return {site for item, _ in sure for site in item.medicine.sites}
    return {ingredient for item, _ in sure for ingredient in ingredients_of(call, item)} or {
        item.medicine.id for item, _ in sure
    }


_WEEK = 7
_EVERY_DAY = frozenset(range(_WEEK))


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
            lack(Gap.SCHEDULE, item.medicine.id, item.label, item.path)
            for item, each in zip(items, known, strict=True)
            if each is None
        ]
        days.append(frozenset().union(*(each for each in known if each is not None)))
        facts += [presence(item, name) for item in items]
    if days[0] & days[1] or (lacks and _EVERY_DAY in days):
        return Heard(TRUE, tuple(facts))
    return unknown(*lacks) if lacks else settled(FALSE, *facts)


def _gap_hours(dose: Dose) -> Decimal | None:
    """The shortest gap in hours; of a patch, the time until it is changed. Endless for one dose, None if not known."""
    if isinstance(dose.timing, Continuous):
        change = dose.timing.change_hours
        if isinstance(change, Absent):
            return None if change is Absent.UNKNOWN else ENDLESS
        return Decimal(change)
    frequency = dose.frequency
    if frequency is None or (isinstance(dose.timing, AsNeeded) and frequency.gap_hours is None):
        return None
    return ENDLESS if frequency.gap_hours is None else frequency.gap_hours


def min_gap(view: "View", call: Call) -> Heard:
    """The shortest planned gap between two doses of one item."""
    sure, possible = sorted_out(view, call)
    hours, facts, lacks = [], [], [m for item, _ in possible for m in not_stated(view, call, item)]
    for item, name in sure:
        for dose in item.medicine.doses[-1:]:
            gap_hours = _gap_hours(dose)
            if gap_hours is None:
                lacks.append(lack(Gap.SCHEDULE, item.medicine.id, item.label, item.path))
            elif gap_hours != ENDLESS:
                hours.append(gap_hours)
                facts.append(presence(item, name))
    shortest = min(hours, default=ENDLESS)
    gap = shortest if call.keywords["unit"] == "hours" or shortest == ENDLESS else shortest / 24
    return Heard(Span(0, gap), tuple(facts), tuple(lacks)) if lacks else Heard(gap, tuple(facts))


def dose_days(view: "View", call: Call) -> Heard:
    """Dosing days in 7 days, over all items together; one whose weekday is not known may share a day or add one."""
    named: set[int] = set()
    least = more = 0
    lacks, found = [], []
    for item, name in sorted_out(view, call)[0]:
        dose = item.medicine.dose_on(view.day)
        frequency, weekdays = (None, None) if dose is None else (dose.frequency, item.weekdays(view.day))
        found.append(presence(item, name))
        if weekdays is not None:
            named |= weekdays
            continue
        lacks.append(lack(Gap.SCHEDULE, item.medicine.id, item.label, item.path))
        least = max(least, 0 if frequency is None else frequency.days_per_week)
        more += _WEEK if frequency is None else frequency.days_per_week
    least, most = max(least, len(named)), min(_WEEK, len(named) + more)
    facts = tuple(Fact(about=f.about, label=f.label, value=least, unit="days a week", path=f.path) for f in found)
    return Heard(least, facts) if least == most else Heard(Span(least, most), facts, tuple(lacks))


def _steps_on(item: Item) -> bool:
    """Whether the order has dated steps that end, or that still change after the review day."""
    order = item.medicine.dosage
    return isinstance(order, Steps) and (item.last_day is not None or order.steps[-1].start > item.asked_on)


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
    "taper": _steps_on,
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
    "same_day": same_day,
    "min_gap": min_gap,
    "dose_days": dose_days,
    "states": states,
    "tried": tried,
}
