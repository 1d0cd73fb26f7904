"""Words about amounts: of one product, and of all products together."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from careplan.checks.heard import Heard, Total, lack
from careplan.checks.item import Item
from careplan.checks.medicine_words import ingredients_of, matching, not_stated
from careplan.model import Absent, Amounts, Quantity, Unit, plain
from careplan.model.quantity import Dimension
from careplan.rules import ENDLESS, FALSE, UNKNOWN, Call, Fact, Gap, Missing, Number, Span

if TYPE_CHECKING:
    from careplan.checks.case import View

_DAY = timedelta(days=1)
_WEEK = 7
_BY_THE_GRAM = frozenset({"cutaneous"})
Pick = Callable[[Amounts], Quantity | Absent]


def amounts_on(
    view: "View", call: Call, day: date, *, even: bool = False
) -> Iterator[tuple[Item, str, str, Amounts | None]]:
    """Every ingredient that the call asks about on that day: item, name, ingredient, amounts (None: may not fit).

    With `even`, doses further apart than a day are spread over the days between.
    """
    for item, name in matching(view, call):
        fits = item.fits(call.filters, day)
        if fits is FALSE or not item.on(day):
            continue
        asked = ingredients_of(call, item)
        for ingredient, amounts in item.amounts(day, view.case.weight).items():
            if ingredient in asked:
                told = _evened(amounts, _gap_days(item, day)) if even else amounts
                yield item, name, ingredient, None if fits is UNKNOWN else told


def _evened(amounts: Amounts, gap: int) -> Amounts:
    if gap == 1 or isinstance(amounts.weekly, Absent) or isinstance(amounts.single, Absent):
        return amounts
    total, days = (amounts.weekly, _WEEK) if gap <= _WEEK else (amounts.single, gap)
    return attrs.evolve(amounts, daily=Quantity(total.value / days, total.unit))


def _number(quantity: Quantity, item: Item, amounts: Amounts) -> Decimal:
    if amounts.rate is not None:
        return amounts.rate.to(Unit.UG_PER_H).value
    if item.medicine.route in _BY_THE_GRAM and quantity.unit.dimension is Dimension.MASS:
        return quantity.to(Unit.G).value
    if quantity.unit.dimension is Dimension.MASS:
        return quantity.to(Unit.MG).value
    return quantity.value


def _unit(item: Item, amounts: Amounts) -> str:
    if amounts.rate is not None:
        return "micrograms/hour"
    return "g" if item.medicine.route in _BY_THE_GRAM else "mg"


def summed(view: "View", call: Call, day: date, pick: Pick, period: str, *, even: bool = False) -> Total:
    """The amounts of all products together, picked for one period."""
    known, facts, lacks = Decimal(0), [], []
    for item, name, ingredient, amounts in amounts_on(view, call, day, even=even):
        label = item.label
        if amounts is None:
            lacks += not_stated(view, call, item)
            continue
        quantity = pick(amounts)
        if isinstance(quantity, Absent):
            lacks.append(no_dose(item, day))
            continue
        number = _number(quantity, item, amounts)
        known += number
        unit = _unit(item, amounts) + period
        facts.append(
            Fact(about=name, label=label if label == ingredient else f"{label} ({ingredient})", value=tidy(number),
                 unit=unit, path=item.path)
        )  # fmt: skip
    return Total(known, _with_total(facts, known), tuple(lacks))


def _with_total(facts: list[Fact], total: Decimal) -> tuple[Fact, ...]:
    """With several parts, the first fact carries the sum and its arithmetic."""
    if len(facts) < 2:
        return tuple(facts)
    working = " + ".join(f"{fact.label} {fact.measure}" for fact in facts) + f" = {plain(total)} {facts[0].unit}"
    first = facts[0]
    summed = Fact(about=first.about, label=first.label, value=tidy(total), unit=first.unit, path=first.path,
                  working=working)  # fmt: skip
    return (summed, *facts[1:])


def tidy(number: Decimal) -> Decimal:
    """Three digits after the point are all that a reader needs."""
    return Decimal(plain(round(number, 3)))


def _per_kg(view: "View", call: Call, total: Total) -> Heard:
    if call.keywords["per"] != "kg":
        return total.heard
    if not total.facts and not total.missing:
        return Heard(0)
    weight = view.case.weight
    if weight is None:
        return Heard(UNKNOWN, total.facts, (*total.missing, lack(Gap.TEST, "weight", "weight")))
    kilos = weight.to(Unit.KG).value
    facts = tuple(
        Fact(about=f.about, label=f.label, value=round(Decimal(f.value) / kilos, 2),
             unit=f.unit.replace("mg", "mg/kg", 1), path=f.path, working=f"{f.measure} / {plain(kilos)} kg")
        for f in total.facts if isinstance(f.value, Decimal | int)
    )  # fmt: skip
    value = total.known / kilos
    return Heard(Span(value, ENDLESS) if total.missing else value, facts, total.missing)


def _change_points(view: "View", first: date, last: date) -> list[date]:
    """Days in first..last on which any amount may be another than on the day before; `first` among them."""
    days = {first}
    for item in view.case.items:
        days.update(day for day in item.change_days if first < day <= last)
        days.update(step.start for step in item.medicine.history if first < step.start <= last)
    return sorted(days)


def _lowest(view: "View", first: date, last: date, level: Callable[[date], Heard]) -> Heard:
    """The lowest level on any day of first..last."""
    return _extreme([level(day) for day in _change_points(view, first, last)], min)


def _extreme(levels: list[Heard], least_or_most: Callable[[Iterable[Number]], Number]) -> Heard:
    """The least or the most of several levels; those that are not fully known leave a range."""
    low = least_or_most(_ends(each)[0] for each in levels)
    high = least_or_most(_ends(each)[1] for each in levels)
    deciding = next(each for each in levels if _ends(each)[0] == low)
    if low == high:
        return Heard(low, deciding.facts)
    missing = dict.fromkeys(lacks for each in levels for lacks in each.missing)
    return Heard(Span(low, high), deciding.facts, tuple(missing))


def _ends(heard: Heard) -> tuple[Number, Number]:
    value = heard.value
    if isinstance(value, Span):
        return value.low, value.high
    return (value, value) if isinstance(value, int | Decimal) else (Decimal(0), ENDLESS)


def sustained(view: "View", call: Call, level: Callable[[date], Heard]) -> Heard:
    """The level kept up `for_days` days running, `ago` days before; with `planned`, in any window round that day."""
    options = call.keywords
    days = int(options["for_days"] or 1)
    day = view.day - timedelta(days=int(options["ago"] or 0))
    if not options.get("planned"):
        return _lowest(view, day - timedelta(days=days - 1), day, level)
    firsts = _change_points(view, day - timedelta(days=days - 1), day)
    windows = {
        *firsts,
        *(each - timedelta(days=days) for each in _change_points(view, day, day + timedelta(days=days))),
    }
    starts = [start for start in windows if day - timedelta(days=days - 1) <= start <= day]
    return _extreme([_lowest(view, start, start + timedelta(days=days - 1), level) for start in starts], max)


def daily(view: "View", call: Call) -> Heard:
    """The amount a day over all products."""
    even = call.keywords["for_days"] != 1
    level = sustained(view, call, lambda day: summed(view, call, day, lambda a: a.daily, "/day", even=even).heard)
    return _per_kg(view, call, _as_total(level))


def _as_total(heard: Heard) -> Total:
    return Total(Decimal(_ends(heard)[0]), heard.facts, heard.missing)


def weekly(view: "View", call: Call) -> Heard:
    """The amount in any 7 days over all products."""
    return _per_kg(view, call, summed(view, call, view.day, lambda amounts: amounts.weekly, "/week"))


def single(view: "View", call: Call) -> Heard:
    """The largest amount at one time."""
    return _per_kg(view, call, summed(view, call, view.day, lambda amounts: amounts.single, ""))


def total(view: "View", call: Call) -> Heard:
    """The sum over the last days of the course in mg, or over a lifetime in g."""
    days = call.keywords["days"]
    return _lifetime_sum(view, call) if days is None else _course_sum(view, call, int(days))


def _lifetime_sum(view: "View", call: Call) -> Heard:
    """All courses up to that day, those that have ended too, each dose for as long as it was the dose."""
    known = Decimal(0)
    facts: dict[str, Fact] = {}
    lacks: dict[Missing, None] = {}
    for item, name in matching(view, call):
        first = item.first_day
        undated = item.ended and item.last_day is None
        if undated or first is None:
            lacks[lack(Gap.STOP if undated else Gap.START, item.medicine.id, item.label, item.path)] = None
        if undated or first is None or first > view.day:
            continue
        facts[item.path] = Fact(about=name, label=item.label, date=first, path=item.path)
        days = _change_points(view, first, view.day)
        for day, after in zip(days, [*days[1:], view.day + _DAY], strict=True):
            for own, _, _, amounts in amounts_on(view, call, day, even=True):
                if own is not item:
                    continue
                daily = Absent.UNKNOWN if amounts is None else amounts.daily
                if amounts is None or isinstance(daily, Absent):
                    lacks |= dict.fromkeys(not_stated(view, call, item) or [no_dose(item, day)])
                else:
                    known += _number(daily, item, amounts) * (after - day).days
    grams = tidy(known / 1000)
    told = tuple(attrs.evolve(fact, value=grams, unit="g") for fact in facts.values())
    return Heard(Span(grams, ENDLESS), told, tuple(lacks)) if lacks else Heard(grams, told)


def _course_sum(view: "View", call: Call, days: int) -> Heard:
    """Day by day, since doses may step; of doses further apart than a day, as many as can fall within the days."""
    known = Decimal(0)
    facts: dict[str, Fact] = {}
    lacks: dict[Missing, None] = {}
    for back in range(days):
        day = view.day - timedelta(days=back)
        for item, name, _, amounts in amounts_on(view, call, day):
            quantity = Absent.UNKNOWN if amounts is None else amounts.single if _rare(item, day) else amounts.daily
            if amounts is None or isinstance(quantity, Absent):
                lacks |= dict.fromkeys(not_stated(view, call, item) or [no_dose(item, day)])
                continue
            known += _number(quantity, item, amounts) * _share(item, day, days)
            facts.setdefault(item.path, Fact(about=name, label=item.label, path=item.path))
    total_known = tidy(known)
    told = tuple(
        Fact(about=fact.about, label=fact.label, value=total_known, unit=f"mg in {days} days", path=fact.path)
        for fact in facts.values()
    )
    return Heard(Span(total_known, ENDLESS), told, tuple(lacks)) if lacks else Heard(total_known, told)


def no_dose(item: Item, day: date) -> Missing:
    """The amount is missing or, where it is stated, how often it is taken."""
    dose = item.medicine.dose_on(day)
    half = dose is not None and isinstance(dose.amount, Quantity) and isinstance(dose.timing, Absent)
    return lack(Gap.SCHEDULE if half else Gap.DOSE, item.medicine.id, item.label, item.path)


def _gap_days(item: Item, day: date) -> int:
    dose = item.medicine.dose_on(day)
    frequency = dose.frequency if dose is not None else None
    return 1 if frequency is None or frequency.gap_hours is None else max(1, int(frequency.gap_hours / 24))


def _rare(item: Item, day: date) -> bool:
    return _gap_days(item, day) > 1


def _share(item: Item, day: date, days: int) -> Decimal:
    """What one day counts, so that `days` of them make the whole number of doses that can fall within."""
    gap = _gap_days(item, day)
    return Decimal(1) if gap == 1 else Decimal(-(-days // gap)) / days


def strength(view: "View", call: Call) -> Heard:
    """The largest tablet strength, mg."""
    largest, facts, lacks = Decimal(0), [], []
    for item, name in matching(view, call):
        fits = item.fits(call.filters, view.day)
        if not item.on(view.day) or fits is FALSE:
            continue
        if fits is UNKNOWN:
            lacks += not_stated(view, call, item)
            continue
        product = item.medicine.product
        held = [each.strength for each in product.ingredients if each.drug in item.ingredients] if product else []
        known = [each.to(Unit.MG).value for each in held if isinstance(each, Quantity)]
        if not known or len(known) < len(held):
            lacks.append(lack(Gap.STRENGTH, item.medicine.id, item.label, item.path))
        for value in known:
            largest = max(largest, value)
            facts.append(Fact(about=name, label=item.label, value=value, unit="mg", path=item.path))
    return Heard(Span(largest, ENDLESS), tuple(facts), tuple(lacks)) if lacks else Heard(largest, tuple(facts))


WORDS = {
    "daily": daily,
    "weekly": weekly,
    "single": single,
    "total": total,
    "strength": strength,
}
