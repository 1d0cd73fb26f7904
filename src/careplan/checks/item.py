"""A medicine of the plan as the words see it: its names, its days, its amounts."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import cast

import attrs
from attrs import field, frozen

from careplan.knowledge import Knowledge
from careplan.model import (
    Absent,
    Amounts,
    AsNeeded,
    CarePlan,
    Dose,
    Hold,
    Interval,
    ItemStatus,
    Medication,
    Product,
    Quantity,
    Steps,
    Weekly,
)
from careplan.model.timing import Daily, DayPattern, Every, Once
from careplan.rules import FALSE, TRUE, UNKNOWN, Filters, Truth
from careplan.rules.truth import truth

_LIVE = (ItemStatus.DRAFT, ItemStatus.ACTIVE, ItemStatus.ON_HOLD)
_ENDED = (ItemStatus.STOPPED, ItemStatus.COMPLETED)
_PARENTERAL = frozenset({"subcutaneous", "intramuscular", "intravenous", "epidural", "intrathecal"})
_DAY = timedelta(days=1)

Spell = tuple[date | None, date | None]
"""First and last day of a time on a medicine; None is not known, or open."""


@frozen(kw_only=True, eq=False, repr=False)
class Item:
    """One medicine: `names` are its drug, ingredients and all their classes; `ingredients` maps each to its own."""

    medicine: Medication
    label: str
    """The name that people know it by."""
    path: str
    names: frozenset[str]
    ingredients: dict[str, frozenset[str]]
    reasons: frozenset[str]
    """The indication and every group that it belongs to."""
    asked_on: date
    """The review day: what has stopped by then is off, whatever its dates say."""
    _amounts: dict[tuple[Dose, Quantity | None], dict[str, Amounts]] = field(factory=dict)

    @property
    def counts(self) -> bool:
        """Whether the item is or was real: not cancelled, not entered in error."""
        return self.medicine.status in _LIVE or self.medicine.status in _ENDED

    @property
    def ended(self) -> bool:
        """Whether it has stopped by the review day."""
        return self.medicine.status in _ENDED

    def on(self, day: date) -> bool:
        """Active, planned for that day, or held. An unknown start lies in the past."""
        first, last = self.first_day, self.last_day
        if not self.counts or (self.ended and (day >= self.asked_on or last is None)):
            return False
        return (first is None or first <= day) and (last is None or day <= last)

    @property
    def first_day(self) -> date | None:
        """The day of the first dose, earlier doses included; None if not known."""
        days = [step.start for step in self.medicine.history]
        if isinstance(self.medicine.start, date):
            days.append(self.medicine.start)
        return min(days, default=None)

    @property
    def last_day(self) -> date | None:
        """The planned or past day of the last dose; None if no end is stated.

        What has stopped did not go on to a day after the review: then it is not known when it stopped.
        """
        medicine = self.medicine
        last = medicine.stop
        if last is None and isinstance(medicine.dosage, Steps):
            last = medicine.dosage.steps[-1].stop
        return None if self.ended and last is not None and last > self.asked_on else last

    @property
    def spells(self) -> tuple[Spell, ...]:
        """Times on the medicine, oldest first, that a pause in its history or a hold that is over lies between."""
        found: list[Spell] = [(step.start, step.stop) for step in self.medicine.history]
        start = self.medicine.start
        if isinstance(start, date):
            found.append((start, self.last_day))
        elif not found:
            found = [(None, self.last_day)]
        else:
            found[-1] = (found[-1][0], self.last_day)
        return tuple(_parted(_joined(found), self.medicine.hold))

    def starts(self, after: date, until: date) -> bool:
        """Whether the first dose lies after the one day and no later than the other."""
        first = self.first_day
        return self.medicine.status in _LIVE and first is not None and after < first <= until

    def held(self, day: date) -> bool:
        """Whether the item is paused on that day."""
        hold = self.medicine.hold
        if hold is None:
            return False
        return hold.since <= day and (hold.until is None or day < hold.until)

    @property
    def change_days(self) -> Iterator[date]:
        """Days on which the item starts, has just stopped, or steps in dose."""
        medicine = self.medicine
        if isinstance(medicine.start, date):
            yield medicine.start
        if isinstance(medicine.dosage, Steps):
            yield from (step.start for step in medicine.dosage)
        elif isinstance(medicine.dosage.timing, Once) and medicine.dosage.timing.on is not None:
            yield medicine.dosage.timing.on
        if self.last_day is not None:
            yield self.last_day + _DAY

    def use(self, day: date) -> str | None:
        """``regular`` or ``as-needed`` on that day, after the last dose as it was then; None if it is not known."""
        dose = self.medicine.dose_on(day) or self.medicine.doses[-1]
        if isinstance(dose.timing, Absent):
            return None
        return "as-needed" if isinstance(dose.timing, AsNeeded) else "regular"

    def fits(self, filters: Filters, day: date) -> Truth:
        """Whether the item is like the filters ask; not stated is unknown."""
        stated: list[Truth] = []
        if filters.route is not None:
            route = self.medicine.route
            allowed = _PARENTERAL if filters.route == "parenteral" else {filters.route}
            stated.append(UNKNOWN if isinstance(route, Absent) else truth(route.value in allowed))
        if filters.form is not None:
            form = self.medicine.form
            stated.append(UNKNOWN if isinstance(form, Absent) else truth(form.value == filters.form))
        if filters.use is not None:
            use = self.use(day)
            stated.append(UNKNOWN if use is None else truth(use == filters.use))
        if filters.reason is not None:
            stated.append(UNKNOWN if not self.reasons else truth(filters.reason in self.reasons))
        if filters.held is not None:
            stated.append(truth(self.held(day) is filters.held))
        if filters.of is not None:
            stated.append(truth(filters.of in self.names))
        if any(each is FALSE for each in stated):
            return FALSE
        return UNKNOWN if any(each is UNKNOWN for each in stated) else TRUE

    def amounts(self, day: date, weight: Quantity | None) -> dict[str, Amounts]:
        """What each ingredient comes to on that day; empty on a day without a dose, not known where none is stated."""
        dose = self.medicine.dose_on(day)
        if dose is None:
            return dict.fromkeys(self.ingredients, Amounts.unknown()) if self.on(day) else {}
        if isinstance(dose.timing, Once) and dose.timing.on not in (None, day):
            return {}
        known = self._amounts.get((dose, weight))
        if known is None:
            known = self._amounts[dose, weight] = dict(self.medicine.amounts(dose, weight=weight))
        return known

    def weekdays(self, day: date) -> frozenset[int] | None:
        """Weekdays (Monday 0) with a dose, or None if the plan does not say."""
        dose = self.medicine.dose_on(day)
        match dose.timing if dose is not None else Absent.UNKNOWN:
            case Weekly(days=days):
                return frozenset(each.number for each in days)
            case Once(on=date() as on):
                return frozenset({on.weekday()})
            case Every(interval=Interval() as interval):
                first = self.first_day
                if interval.shortest_days % 7 == 0 and first is not None:
                    return frozenset({first.weekday()})
                return None
            case Daily() | DayPattern() | AsNeeded():
                return frozenset(range(7))
            case _:
                every_day = dose is not None and dose.frequency is not None and dose.frequency.days_per_week == 7
                return frozenset(range(7)) if every_day else None


def _joined(spells: list[Spell]) -> Iterator[Spell]:
    """Spells without those borders that no day lies between; an earlier dose without an end lasts until the next."""
    first, last = spells[0]
    for start, stop in spells[1:]:
        if last is not None and start is not None and start > last + _DAY:
            yield first, last
            first = start
        last = stop
    yield first, last


def _parted(spells: Iterable[Spell], hold: Hold | None) -> Iterator[Spell]:
    """Spells with the days of a hold cut out, if it is known when it is over."""
    for first, last in spells:
        if (
            hold is not None
            and hold.until is not None
            and (first is None or first < hold.since)
            and (last is None or last >= hold.until)
        ):
            yield first, hold.since - _DAY
            yield hold.until, last
        else:
            yield first, last


def items(plan: CarePlan, knowledge: Knowledge, on: date) -> tuple[Item, ...]:
    """Every medicine of the plan that is or was real, as an Item, by id: the order of the plan says nothing."""
    medicines = {id(medicine) for medicine in plan.medicines}
    found = [
        _item(cast("Medication", component), f"$.components[{number}]", knowledge, on)
        for number, component in enumerate(plan.components)
        if id(component) in medicines
    ]
    return tuple(sorted((item for item in found if item.counts), key=lambda item: item.medicine.id))


def _item(medicine: Medication, path: str, knowledge: Knowledge, on: date) -> Item:
    drug = medicine.drug
    known = not isinstance(drug, Absent) and (drug in knowledge.drugs or drug in knowledge.products)
    if known and not (medicine.product and medicine.product.ingredients) and drug in knowledge.products:
        medicine = attrs.evolve(medicine, product=Product(name=str(drug), ingredients=knowledge.ingredients(drug)))
    ingredients = {part: _names(part, medicine, knowledge, on) for part in medicine.ingredients}
    names = frozenset().union(*ingredients.values(), () if isinstance(drug, Absent) else (drug,))
    reason = medicine.indication
    reasons = frozenset() if isinstance(reason, Absent) else knowledge.counts_as(reason)
    return Item(
        medicine=medicine, label=_label(medicine, knowledge), path=path, names=names, ingredients=ingredients,
        reasons=reasons, asked_on=on,
    )  # fmt: skip


def _label(medicine: Medication, knowledge: Knowledge) -> str:
    drug = medicine.drug
    for known in (knowledge.drugs, knowledge.products):
        if drug in known:
            return known[drug].name
    return medicine.name


def _names(drug: str, medicine: Medication, knowledge: Knowledge, on: date) -> frozenset[str]:
    """The ingredient, the substance behind it, and the classes that it counts in when given like this."""
    if drug not in knowledge.drugs:
        return frozenset({drug})
    page = _page(drug, medicine, knowledge)
    dose = medicine.dose_on(on) or medicine.doses[0]
    amounts = medicine.amounts(dose)[drug]
    classes = knowledge.classes_of(
        page, route=medicine.route, form=medicine.form, indication=medicine.indication,
        single=amounts.single, daily=amounts.daily,
    )  # fmt: skip
    return classes | {drug, page, knowledge.drugs[page].ingredient}


def _page(drug: str, medicine: Medication, knowledge: Knowledge) -> str:
    """The drug's own page or, for a route that is not on it, the page that has it: fentanyl as a patch."""
    own = knowledge.drugs[drug]
    if isinstance(medicine.route, Absent) or medicine.route in own.routes:
        return drug
    kin = (each for each, held in knowledge.drugs.column("ingredient").items() if held == own.ingredient)
    return next((each for each in sorted(kin) if medicine.route in knowledge.drugs[each].routes), drug)
