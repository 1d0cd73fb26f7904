"""A medicine of the plan as the words see it: its names, its days, its amounts."""

from collections.abc import Iterator
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
    Interval,
    ItemStatus,
    Medication,
    Product,
    Quantity,
    Steps,
    Weekly,
)
from careplan.model.timing import Every
from careplan.rules import FALSE, TRUE, UNKNOWN, Filters, Truth
from careplan.rules.truth import truth

_LIVE = (ItemStatus.DRAFT, ItemStatus.ACTIVE, ItemStatus.ON_HOLD)
_ENDED = (ItemStatus.STOPPED, ItemStatus.COMPLETED)
_PARENTERAL = frozenset({"subcutaneous", "intramuscular", "intravenous", "epidural", "intrathecal"})
_DAY = timedelta(days=1)


@frozen(kw_only=True, eq=False, repr=False)
class Item:
    """One medicine: `names` are its drug, ingredients and all their classes; `ingredients` maps each to its own."""

    medicine: Medication
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

    def on(self, day: date) -> bool:
        """Active, planned for that day, or held. An unknown start lies in the past."""
        medicine = self.medicine
        if medicine.status in _ENDED and day >= self.asked_on:
            return False
        if not self.counts or (medicine.status in _ENDED and medicine.stop is None):
            return False
        first, last = self.first_day, self.last_day
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
        """The planned or past day of the last dose; None if no end is stated."""
        medicine = self.medicine
        if medicine.stop is not None:
            return medicine.stop
        return medicine.dosage.steps[-1].stop if isinstance(medicine.dosage, Steps) else None

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
        if self.last_day is not None:
            yield self.last_day + _DAY

    def use(self, day: date) -> str | None:
        """``regular`` or ``as-needed`` on that day, or None if it is not known."""
        dose = self.medicine.dose_on(day)
        if dose is None or isinstance(dose.timing, Absent):
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
        if any(each is FALSE for each in stated):
            return FALSE
        return UNKNOWN if any(each is UNKNOWN for each in stated) else TRUE

    def amounts(self, day: date, weight: Quantity | None) -> dict[str, Amounts]:
        """What each ingredient comes to on that day; empty on a day without a dose."""
        dose = self.medicine.dose_on(day)
        if dose is None:
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
            case Every(interval=Interval() as interval):
                first = self.first_day
                if interval.shortest_days % 7 == 0 and first is not None:
                    return frozenset({first.weekday()})
                return None
            case Absent():
                return None
            case _:
                return frozenset(range(7))


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
    return Item(medicine=medicine, path=path, names=names, ingredients=ingredients, reasons=reasons, asked_on=on)


def _names(drug: str, medicine: Medication, knowledge: Knowledge, on: date) -> frozenset[str]:
    """The ingredient, the substance behind it, and the classes that it counts in when given like this."""
    if drug not in knowledge.drugs:
        return frozenset({drug})
    dose = medicine.dose_on(on) or medicine.doses[0]
    amounts = medicine.amounts(dose)[drug]
    classes = knowledge.classes_of(
        drug, route=medicine.route, form=medicine.form, indication=medicine.indication,
        single=amounts.single, daily=amounts.daily,
    )  # fmt: skip
    return classes | {drug, knowledge.drugs[drug].ingredient}
