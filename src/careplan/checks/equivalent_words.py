"""Words about doses in the equivalents of another medicine, and about how doses have changed."""

from collections.abc import Callable, Container
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import frozen

from careplan.checks.dose_words import Pick, amounts_on, no_dose, summed, sustained, tidy
from careplan.checks.heard import Heard, Total, lack
from careplan.checks.item import Item
from careplan.checks.medicine_words import matching
from careplan.measures.equivalence import Equivalent, Taken
from careplan.measures.opioid import morphine_equivalent
from careplan.measures.steroid import adrenal_equivalent, prednisolone_equivalent
from careplan.model import Absent, Form, Quantity, Route, Steps, plain
from careplan.rules import UNKNOWN, Call, Fact, Gap, Missing
from careplan.rules.facts import NO_FILTERS

if TYPE_CHECKING:
    from careplan.checks.case import View

_INJECTED = (Route.INTRAMUSCULAR, Route.INTRA_ARTICULAR)


def dose_change(view: "View", call: Call) -> Heard:
    """Signed change in percent against some days before."""
    before = view.day - timedelta(days=int(call.keywords["days"] or 0))
    unknown = [
        lack(Gap.EARLIER_DOSE, item.medicine.id, item.label, item.path)
        for item, _ in matching(view, call)
        if item.on(view.day) and not _dose_known_on(item, before)
    ]
    unknown += [
        lack(Gap.STOP, item.medicine.id, item.label, item.path)
        for item, _ in matching(view, call)
        if item.ended and item.last_day is None and not (item.first_day is not None and item.first_day > view.day)
    ]
    if unknown:
        return Heard(UNKNOWN, (), tuple(unknown))
    now, then = (_load(view, call, day) for day in (view.day, before))
    if now.missing or then.missing:
        return Heard(UNKNOWN, (), (*now.missing, *then.missing))
    if then.known == 0:
        return Heard(0, now.facts)
    percent = Decimal(plain(round((now.known - then.known) * 100 / then.known, 1)))
    facts = [
        Fact(about=name, label=item.label, value=percent, unit="%", date=before, path=item.path,
             working=f"{plain(tidy(then.known))} to {plain(tidy(now.known))} since {before}")
        for item, name in matching(view, call)
    ]  # fmt: skip
    return Heard(percent, tuple(facts))


def _dose_known_on(item: Item, day: date) -> bool:
    """Whether the plan tells the dose of that day: by a step, by its history, or because it had not begun."""
    medicine = item.medicine
    first = item.first_day
    if first is not None and first > day:
        return True
    if isinstance(medicine.dosage, Steps) and medicine.dosage.on(day) is not None:
        return True
    return any(step.start <= day for step in medicine.history)


def _load(view: "View", call: Call, day: date) -> Total:
    """What the names come to on a day: opioids as morphine, steroids as prednisolone, anything else in mg a week."""
    found = [item.names for item, _ in matching(view, call)]
    if all("opioid" in names for names in found):
        return _opioids(view, day, "us", single=False)
    if all("glucocorticoid" in names for names in found):
        return _steroids(view, day, "anti-inflammatory")
    return summed(view, call, day, lambda amounts: amounts.weekly, "/week")


@frozen
class _Scale:
    """A table of equivalents: what it is called, its rows, and how it counts one item."""

    about: str
    unit: str
    drugs: Container[str]
    count: Callable[[Taken], Equivalent]
    holds: Callable[[Item], bool] = lambda _: True
    """Whether the factors are for an item that is given like this."""

    def counted(self, item: Item, ingredient: str, amount: Quantity | Absent) -> Equivalent:
        """One ingredient in equivalents, by the row for the way it is given: fentanyl as a patch is a patch."""
        names = sorted(item.ingredients[ingredient] - {ingredient})
        drug = next((each for each in (ingredient, *names) if each in self.drugs), ingredient)
        return self.count(Taken(drug=drug, amount=amount))


def _equivalent(view: "View", name: str, day: date, scale: _Scale, pick: Pick, *, even: bool = False) -> Total:
    known, facts, lacks = Decimal(0), list[Fact](), list[Missing]()
    call = Call(word="on", names=(name,), filters=NO_FILTERS)
    for item, _, ingredient, amounts in amounts_on(view, call, day, even=even):
        if not scale.holds(item):
            continue
        amount = Absent.UNKNOWN if amounts is None else amounts.rate or pick(amounts)
        result = scale.counted(item, ingredient, amount)
        if not result.complete:
            lacks.append(no_dose(item, day))
            continue
        known += result.total.value
        number = tidy(result.total.value)
        working = f"{item.label} {amount} a day = {plain(number)} {scale.unit}"
        facts.append(Fact(about=scale.about, label=item.label, value=number, unit=scale.unit, path=item.path,
                          working=working))  # fmt: skip
    if len(facts) > 1:
        parts = "; ".join(fact.working for fact in facts)
        facts.insert(0, Fact(about=scale.about, label="together", value=tidy(known), unit=scale.unit,
                             working=f"{parts}; together {plain(tidy(known))} {scale.unit}"))  # fmt: skip
    return Total(known, tuple(facts), tuple(lacks))


def _opioids(view: "View", day: date, table: str, *, single: bool, even: bool = False) -> Total:
    pick: Pick = (lambda amounts: amounts.single) if single else (lambda amounts: amounts.daily)
    rows = view.case.lookup.opioid_table(table)
    unit = "mg oral morphine at one time" if single else "mg oral morphine a day"
    scale = _Scale("ome", unit, rows, lambda taken: morphine_equivalent((taken,), rows))
    return _equivalent(view, "opioid", day, scale, pick, even=even)


def _steroids(view: "View", day: date, scale: str, *, even: bool = False) -> Total:
    adrenal = scale == "adrenal"
    rows = view.case.lookup.adrenal_table if adrenal else view.case.lookup.steroid_table
    measure = adrenal_equivalent if adrenal else prednisolone_equivalent
    table = _Scale("pred", "mg prednisolone a day", rows, lambda taken: measure((taken,), rows), _by_mouth_or_vein)
    return _equivalent(view, "glucocorticoid", day, table, lambda amounts: amounts.daily, even=even)


def _by_mouth_or_vein(item: Item) -> bool:
    """Not into muscle or joint: a depot is no dose of that day, and its injections are counted instead (BNF)."""
    return item.medicine.route not in _INJECTED and item.medicine.form is not Form.DEPOT


def ome(view: "View", call: Call) -> Heard:
    """Oral morphine equivalent of all opioids."""
    options = call.keywords
    table, alone, even = str(options["table"]), bool(options["single"]), options["for_days"] != 1
    return sustained(view, call, lambda day: _opioids(view, day, table, single=alone, even=even).heard)


def pred(view: "View", call: Call) -> Heard:
    """Prednisolone equivalent of the steroids taken by mouth or vein."""
    scale, even = str(call.keywords["scale"]), call.keywords["for_days"] != 1
    return sustained(view, call, lambda day: _steroids(view, day, scale, even=even).heard)


WORDS = {"dose_change": dose_change, "ome": ome, "pred": pred}
