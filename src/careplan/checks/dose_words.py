"""Words about amounts: one product's, all products' together, in another medicine's equivalents, and as scores."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from careplan.checks.heard import Heard, Total, lack
from careplan.checks.item import Item
from careplan.checks.medicine_words import matching, not_stated
from careplan.measures.anticholinergic import anticholinergic_burden
from careplan.measures.equivalence import Equivalent, Taken
from careplan.measures.gi_risk import GiFactor, nsaid_gi_risk
from careplan.measures.opioid import morphine_equivalent
from careplan.measures.steroid import adrenal_equivalent, prednisolone_equivalent
from careplan.model import Absent, Amounts, Quantity, Unit, plain
from careplan.model.quantity import Dimension
from careplan.rules import ENDLESS, FALSE, THIS, TRUE, UNKNOWN, Call, Fact, Gap, Missing, Number, Span
from careplan.rules.explanation import explained
from careplan.rules.facts import NO_FILTERS

if TYPE_CHECKING:
    from careplan.checks.case import View

_DAY = timedelta(days=1)
_BY_THE_GRAM = frozenset({"cutaneous"})
Pick = Callable[[Amounts], Quantity | Absent]


def _amounts(view: "View", call: Call, day: date) -> Iterator[tuple[Item, str, str, Amounts | None]]:
    """Every ingredient that the call asks about on that day: item, name, ingredient, amounts (None: may not fit)."""
    for item, name in matching(view, call):
        fits = item.fits(call.filters, day)
        if fits is FALSE or (not item.on(day) and not _was_on(item, day)):
            continue
        for ingredient, amounts in item.amounts(day, view.case.weight).items():
            names = item.ingredients.get(ingredient, frozenset())
            if THIS in call.names or item.medicine.drug in call.names or names.intersection(call.names):
                yield item, name, ingredient, None if fits is UNKNOWN else amounts


def _was_on(item: Item, day: date) -> bool:
    """Whether a stopped item was on then: its status speaks of today, its dates of that day."""
    first, last = item.first_day, item.last_day
    return item.counts and day < item.asked_on and last is not None and day <= last and (first is None or first <= day)


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


def _sum(view: "View", call: Call, day: date, pick: Pick, period: str) -> Total:
    known, facts, lacks = Decimal(0), [], []
    for item, name, ingredient, amounts in _amounts(view, call, day):
        label = item.medicine.name
        if amounts is None:
            lacks += not_stated(view, call, item)
            continue
        quantity = pick(amounts)
        if isinstance(quantity, Absent):
            lacks.append(lack(Gap.DOSE, item.medicine.id, label, item.path))
            continue
        number = _number(quantity, item, amounts)
        known += number
        unit = _unit(item, amounts) + period
        facts.append(
            Fact(about=name, label=label if label == ingredient else f"{label} ({ingredient})", value=_tidy(number),
                 unit=unit, path=item.path)
        )  # fmt: skip
    return Total(known, _with_total(facts, known), tuple(lacks))


def _with_total(facts: list[Fact], total: Decimal) -> tuple[Fact, ...]:
    """With several parts, the first fact carries the sum and its arithmetic."""
    if len(facts) < 2:
        return tuple(facts)
    working = " + ".join(f"{fact.label} {fact.measure}" for fact in facts) + f" = {plain(total)} {facts[0].unit}"
    first = facts[0]
    summed = Fact(about=first.about, label=first.label, value=_tidy(total), unit=first.unit, path=first.path,
                  working=working)  # fmt: skip
    return (summed, *facts[1:])


def _tidy(number: Decimal) -> Decimal:
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
        Fact(about=f.about, label=f.label, value=_tidy(Decimal(f.value) / kilos), unit=f"{f.unit} for each kg",
             path=f.path, working=f"{f.measure} / {plain(kilos)} kg")
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


def _sustained(view: "View", call: Call, level: Callable[[date], Heard]) -> Heard:
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
    level = _sustained(view, call, lambda day: _sum(view, call, day, lambda a: a.daily, "/day").heard)
    return _per_kg(view, call, _as_total(level))


def _as_total(heard: Heard) -> Total:
    return Total(Decimal(_ends(heard)[0]), heard.facts, heard.missing)


def weekly(view: "View", call: Call) -> Heard:
    """The amount in any 7 days over all products."""
    return _per_kg(view, call, _sum(view, call, view.day, lambda amounts: amounts.weekly, "/week"))


def single(view: "View", call: Call) -> Heard:
    """The largest amount at one time."""
    return _per_kg(view, call, _sum(view, call, view.day, lambda amounts: amounts.single, ""))


def total(view: "View", call: Call) -> Heard:
    """The sum over the last days of the course in mg, or over a lifetime in g."""
    days = call.keywords["days"]
    week = _sum(view, call, view.day, lambda amounts: amounts.weekly, "/week")
    if days is not None:
        return _course_sum(view, call, int(days))
    starts = [item.first_day for item, _ in matching(view, call) if item.on(view.day)]
    if any(start is None for start in starts) or week.missing:
        gaps = [
            lack(Gap.START, item.medicine.id, item.medicine.name, item.path)
            for item, _ in matching(view, call)
            if item.first_day is None
        ]
        return Heard(Span(0, ENDLESS), week.facts, (*week.missing, *gaps))
    length = max(((view.day - start).days + 1 for start in starts if start is not None), default=0)
    return Heard(week.known / 7 * length / 1000, week.facts)


def _course_sum(view: "View", call: Call, days: int) -> Heard:
    """Day by day, since doses may step; of doses further apart than a day, as many as can fall within the days."""
    known = Decimal(0)
    facts: dict[str, Fact] = {}
    lacks: dict[Missing, None] = {}
    for back in range(days):
        day = view.day - timedelta(days=back)
        for item, name, _, amounts in _amounts(view, call, day):
            quantity = Absent.UNKNOWN if amounts is None else amounts.single if _rare(item, day) else amounts.daily
            if amounts is None or isinstance(quantity, Absent):
                lacks |= dict.fromkeys(not_stated(view, call, item) or [_no_dose(item)])
                continue
            known += _number(quantity, item, amounts) * _share(item, day, days)
            facts.setdefault(item.path, Fact(about=name, label=item.medicine.name, path=item.path))
    total_known = _tidy(known)
    told = tuple(
        Fact(about=fact.about, label=fact.label, value=total_known, unit=f"mg in {days} days", path=fact.path)
        for fact in facts.values()
    )
    return Heard(Span(known, ENDLESS), told, tuple(lacks)) if lacks else Heard(known, told)


def _no_dose(item: Item) -> Missing:
    return lack(Gap.DOSE, item.medicine.id, item.medicine.name, item.path)


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
        if not item.on(view.day) or item.fits(call.filters, view.day) is FALSE:
            continue
        product = item.medicine.product
        held = [each.strength for each in product.ingredients if each.drug in item.ingredients] if product else []
        known = [each.to(Unit.MG).value for each in held if isinstance(each, Quantity)]
        if not known or len(known) < len(held):
            lacks.append(lack(Gap.STRENGTH, item.medicine.id, item.medicine.name, item.path))
        for value in known:
            largest = max(largest, value)
            facts.append(Fact(about=name, label=item.medicine.name, value=value, unit="mg", path=item.path))
    return Heard(Span(largest, ENDLESS), tuple(facts), tuple(lacks)) if lacks else Heard(largest, tuple(facts))


def dose_change(view: "View", call: Call) -> Heard:
    """Signed change in percent against some days before."""
    before = view.day - timedelta(days=int(call.keywords["days"] or 0))
    unknown = [
        lack(Gap.EARLIER_DOSE, item.medicine.id, item.medicine.name, item.path)
        for item, _ in matching(view, call)
        if item.on(view.day) and not _dose_known_on(item, before)
    ]
    if unknown:
        return Heard(UNKNOWN, (), tuple(unknown))
    now, then = (_load(view, call, day) for day in (view.day, before))
    if now.missing or then.missing:
        return Heard(UNKNOWN, (), (*now.missing, *then.missing))
    if then.known == 0:
        return Heard(0, now.facts)
    percent = _tidy((now.known - then.known) * 100 / then.known)
    facts = [
        Fact(about=name, label=item.medicine.name, value=percent, unit="%", date=before, path=item.path,
             working=f"{plain(_tidy(then.known))} to {plain(_tidy(now.known))} since {before}")
        for item, name in matching(view, call)
    ]  # fmt: skip
    return Heard(percent, tuple(facts))


def _dose_known_on(item: Item, day: date) -> bool:
    """Whether the plan tells the dose of that day: by a step, by its history, or because it had not begun."""
    medicine = item.medicine
    first = item.first_day
    if first is not None and first > day:
        return True
    if len(item.medicine.doses) > 1 and isinstance(medicine.start, date) and medicine.start <= day:
        return True
    return any(step.start <= day for step in medicine.history)


def _load(view: "View", call: Call, day: date) -> Total:
    """What the names come to on a day: opioids as morphine, steroids as prednisolone, anything else in mg a week."""
    found = [item.names for item, _ in matching(view, call)]
    if all("opioid" in names for names in found):
        return _opioids(view, call, day, "us", single=False)
    if all("glucocorticoid" in names for names in found):
        return _steroids(view, call, day, "anti-inflammatory")
    return _sum(view, call, day, lambda amounts: amounts.weekly, "/week")


def _taken(view: "View", call: Call, day: date, pick: Pick) -> list[tuple[Item, Taken]]:
    found = []
    for item, _name, ingredient, amounts in _amounts(view, call, day):
        amount = Absent.UNKNOWN if amounts is None else pick(amounts)
        rate = None if amounts is None else amounts.rate
        found.append((item, Taken(drug=ingredient, amount=rate if rate is not None else amount)))
    return found


def _equivalent(about: str, unit: str, taken: list[tuple[Item, Taken]], result: Equivalent) -> Total:
    by_drug = {each.drug: each for each in result.counted}
    facts = []
    for item, each in taken:
        counted = by_drug.get(each.drug)
        if counted is None:
            continue
        working = f"{item.medicine.name} {each.amount} a day = {plain(_tidy(counted.equivalent))} {unit}"
        facts.append(Fact(about=about, label=item.medicine.name, value=_tidy(counted.equivalent), unit=unit,
                          path=item.path, working=working))  # fmt: skip
    absent = {each.drug for each in result.not_counted}
    lacks = tuple(
        lack(Gap.DOSE, item.medicine.id, item.medicine.name, item.path) for item, each in taken if each.drug in absent
    )
    known = result.total.value
    if len(facts) > 1:
        parts = "; ".join(fact.working for fact in facts)
        facts.insert(0, Fact(about=about, label="together", value=_tidy(known), unit=unit,
                             working=f"{parts}; together {plain(_tidy(known))} {unit}"))  # fmt: skip
    return Total(known, tuple(facts), lacks)


def _opioids(view: "View", call: Call, day: date, table: str, *, single: bool) -> Total:
    pick: Pick = (lambda amounts: amounts.single) if single else (lambda amounts: amounts.daily)
    taken = _taken(view, call, day, pick)
    result = morphine_equivalent((each for _, each in taken), view.case.lookup.opioid_table(table))
    return _equivalent("ome", "mg oral morphine a day", taken, result)


def _steroids(view: "View", call: Call, day: date, scale: str) -> Total:
    taken = _taken(view, call, day, lambda amounts: amounts.daily)
    lookup = view.case.lookup
    if scale == "adrenal":
        result = adrenal_equivalent((each for _, each in taken), lookup.adrenal_table)
    else:
        result = prednisolone_equivalent((each for _, each in taken), lookup.steroid_table)
    return _equivalent("pred", "mg prednisolone a day", taken, result)


def _every(name: str) -> Call:
    return Call(word="on", names=(name,), filters=NO_FILTERS)


def ome(view: "View", call: Call) -> Heard:
    """Oral morphine equivalent of all opioids."""
    options = call.keywords
    table, alone = str(options["table"]), bool(options["single"])
    return _sustained(view, call, lambda day: _opioids(view, _every("opioid"), day, table, single=alone).heard)


def pred(view: "View", call: Call) -> Heard:
    """Prednisolone equivalent of all systemic steroids."""
    scale = str(call.keywords["scale"])
    return _sustained(view, call, lambda day: _steroids(view, _every("glucocorticoid"), day, scale).heard)


def score(view: "View", call: Call) -> Heard:
    """A risk score; what is not known makes it a range."""
    if call.keywords["which"] == "anticholinergic":
        return _anticholinergic(view)
    return _gi_risk(view)


def _anticholinergic(view: "View") -> Heard:
    scores: dict[str, int | None] = {}
    facts = []
    for item in view.case.items:
        if not item.on(view.day):
            continue
        for ingredient in item.ingredients:
            points = view.case.lookup.anticholinergic(ingredient)
            scores[ingredient] = points
            if points:
                facts.append(Fact(about="score", label=ingredient, value=points, unit="points", path=item.path))
    total = anticholinergic_burden(scores).total
    return Heard(total, _scored(total, facts))


def _gi_risk(view: "View") -> Heard:
    answers: dict[GiFactor, bool | None] = {}
    facts: list[Fact] = []
    lacks: list[Missing] = []
    for factor in GiFactor:
        sentence = view.case.definitions.get(f"nsaid-gi-{factor.value}")
        if sentence is None:
            answers[factor] = False
            continue
        reasons = explained(sentence, view)
        answers[factor] = None if reasons.truth is UNKNOWN else reasons.truth is TRUE
        if reasons.truth is UNKNOWN:
            lacks += reasons.missing
        elif reasons.truth is TRUE:
            facts.append(Fact(about="score", label=factor.value.replace("-", " "), value=factor.points, unit="points"))
    risk = nsaid_gi_risk(answers)
    value: Number | Span = risk.at_least if risk.at_least == risk.at_most else Span(risk.at_least, risk.at_most)
    return Heard(value, _scored(risk.at_least, facts), tuple(lacks))


def _scored(total: int, facts: list[Fact]) -> tuple[Fact, ...]:
    """With its points, the first fact is their sum."""
    if not facts:
        return ()
    working = " + ".join(f"{fact.label} {fact.value}" for fact in facts)
    return (Fact(about="score", label="score", value=total, unit="points", working=working), *facts)


WORDS = {
    "daily": daily,
    "weekly": weekly,
    "single": single,
    "total": total,
    "strength": strength,
    "dose_change": dose_change,
    "ome": ome,
    "pred": pred,
    "score": score,
}
