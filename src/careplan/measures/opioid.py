"""Opioid load in oral morphine equivalents, by a table of factors.

A number to judge risk with. It is never a dose to switch to: cross-tolerance is incomplete (CDC 2022; BNF).
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from careplan.knowledge.reference import OpioidFactor
from careplan.measures.equivalence import Counted, Equivalent, NotCounted, Taken, Uncountable, summed
from careplan.model import Absent, Dimension, Unit


def morphine_equivalent(taken: Iterable[Taken], table: Mapping[str, OpioidFactor]) -> Equivalent:
    """Oral morphine equivalent in mg of everything in `taken`, by one table (US: CDC 2022, MME; UK: BNF, OME).

    `table` holds the table's rows by drug id.

    dose x factor for each item, added up. A patch counts by its rate (µg/h x factor), not by the days it is worn.
    A table with steps gives a listed dose as printed and one between them in proportion. What the table excludes or
    does not list, and what has no known amount, is not counted and makes the total a floor. Give as-needed doses in
    a second call: the loads with and without them are both wanted.
    """
    return summed([_counted(item, table.get(item.drug)) for item in taken])


def _counted(item: Taken, row: OpioidFactor | None) -> Counted | NotCounted:
    if row is None:
        return NotCounted(drug=item.drug, reason=Uncountable.NOT_IN_TABLE)
    if row.excluded is not None or row.unit is None:
        return NotCounted(drug=item.drug, reason=Uncountable.EXCLUDED, text=row.excluded)
    if isinstance(item.amount, Absent):
        return NotCounted(drug=item.drug, reason=Uncountable.NO_AMOUNT)
    by_rate = row.unit is not Unit.MG_PER_DAY
    unit = row.unit if by_rate else Unit.MG
    if item.amount.unit.dimension is not (Dimension.MASS_RATE if by_rate else Dimension.MASS):
        return NotCounted(drug=item.drug, reason=Uncountable.OTHER_UNIT, text=f"the table counts {row.unit.value}")
    dose = item.amount.to(unit).value
    if row.factor is not None:
        return Counted(drug=item.drug, amount=item.amount, equivalent=dose * row.factor)
    listed = next((morphine for amount, morphine in row.steps if amount == dose), None)
    if listed is not None:
        return Counted(drug=item.drug, amount=item.amount, equivalent=listed)
    return Counted(drug=item.drug, amount=item.amount, equivalent=_in_proportion(dose, row.steps), by_proportion=True)


def _in_proportion(dose: Decimal, steps: Sequence[Sequence[Decimal]]) -> Decimal:
    """Between two steps: on the line through both; outside them: at the ratio of the nearest step."""
    below = [step for step in steps if step[0] < dose]
    above = [step for step in steps if step[0] > dose]
    if below and above:
        (x0, y0), (x1, y1) = below[-1], above[0]
        return y0 + (y1 - y0) * (dose - x0) / (x1 - x0)
    x, y = below[-1] if below else above[0]
    return dose * y / x
