"""Systemic steroids as prednisolone, on two scales.

For limits, infection, bone and vaccines the anti-inflammatory scale counts; for the adrenal gland (steroid card,
sick-day rules, withdrawal) dexamethasone weighs more than its anti-inflammatory strength suggests, so it has a scale
of its own. Neither is for joint or depot injections.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from careplan.measures.equivalence import Counted, Equivalent, NotCounted, Taken, Uncountable, summed
from careplan.model import Absent, Dimension, Unit

_FIVE = Decimal(5)


def prednisolone_equivalent(taken: Iterable[Taken], equal_to_5: Mapping[str, Decimal]) -> Equivalent:
    """Anti-inflammatory prednisolone equivalent in mg of oral and intravenous steroids.

    Sum of dose x 5 / (the drug's dose in mg that equals prednisolone 5 mg), which is exact where the printed factors
    are rounded (0.75 mg of dexamethasone is 5 mg, not 5.0025). `equal_to_5` comes from the table of the BNF. A drug
    outside the table or without a known amount is not counted and makes the total a floor.
    """
    return summed([_counted(item, equal_to_5) for item in taken])


def adrenal_equivalent(taken: Iterable[Taken], suppressive_from: Mapping[str, Decimal]) -> Equivalent:
    """Prednisolone equivalent in mg for the adrenal gland: 5 mg and more counts as at or above the trigger dose.

    Sum of dose x 5 / (the drug's daily dose from which a steroid emergency card is due), so that 0.5 mg of
    dexamethasone and 15 mg of hydrocortisone are 5 mg each (NICE NG243; Simpson 2020; Society for Endocrinology).
    Adding up shares of several steroids is this library's convention.
    """
    return summed([_counted(item, suppressive_from) for item in taken])


def _counted(item: Taken, five_milligrams: Mapping[str, Decimal]) -> Counted | NotCounted:
    equal = five_milligrams.get(item.drug)
    if equal is None:
        return NotCounted(drug=item.drug, reason=Uncountable.NOT_IN_TABLE)
    if isinstance(item.amount, Absent):
        return NotCounted(drug=item.drug, reason=Uncountable.NO_AMOUNT)
    if item.amount.unit.dimension is not Dimension.MASS:
        return NotCounted(drug=item.drug, reason=Uncountable.OTHER_UNIT, text="the table counts mg")
    dose = item.amount.to(Unit.MG).value
    return Counted(drug=item.drug, amount=item.amount, equivalent=dose * _FIVE / equal)
