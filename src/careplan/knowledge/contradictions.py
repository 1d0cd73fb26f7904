"""Rows of one drug or class that cannot both be meant: limits, usual doses, results and factors that contradict."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from careplan.knowledge.band import Band
from careplan.knowledge.dosing import DoseLimit, DoseModifier, Placed, UsualDose
from careplan.knowledge.entry import Entry
from careplan.knowledge.fact import Fact
from careplan.knowledge.problem import Problem
from careplan.knowledge.surveillance import ActionThreshold
from careplan.knowledge.vocabulary import Do, DosePhase, LimitKind, ModifierEffect, Stage
from careplan.model import Quantity, Unit, UnitError

if TYPE_CHECKING:
    from careplan.knowledge.drug import Facts

_STRICTNESS: Mapping[object, int] = {
    Do.CONTINUE: 0, Do.REDUCE: 2, Do.HOLD: 3, Do.STOP: 4,
    ModifierEffect.FULL_DOSE: 0, ModifierEffect.MONITOR: 1, ModifierEffect.START_LOW: 2, ModifierEffect.REDUCE: 2,
    ModifierEffect.LENGTHEN_INTERVAL: 2, ModifierEffect.CEILING: 2, ModifierEffect.AVOID: 3,
    ModifierEffect.DO_NOT_USE: 4,
}  # fmt: skip
"""What contradicts its neighbour if it is milder where things are worse; other words go with any."""


def contradictions(entry: Entry) -> Iterator[Problem]:
    """Every contradiction among the rows of a drug or class."""
    facts: Facts = entry.value
    yield from _limits(entry, facts.limits)
    yield from _doses(entry, facts.doses, facts.limits)
    yield from _thresholds(entry, facts.thresholds)
    yield from _modifiers(entry, facts.modifiers)


def same_place(one: Fact, other: Fact) -> bool:
    """Whether both can hold for one person: in one country, under the same sentence, not told apart on purpose."""
    there = not one.jurisdiction or not other.jurisdiction or not {*one.jurisdiction}.isdisjoint(other.jurisdiction)
    return there and one.when == other.when and one.key == other.key


def _narrower(inner: Placed, outer: Placed) -> bool:
    """Whether each way of giving that `inner` is about is one that `outer` is about."""
    return all(not wide or (bool(narrow) and {*narrow} <= {*wide}) for narrow, wide in _ways(inner, outer))


def _apart(one: Placed, other: Placed) -> bool:
    return any(mine and yours and {*mine}.isdisjoint(yours) for mine, yours in _ways(one, other))


def _ways(one: Placed, other: Placed) -> tuple[tuple[tuple[object, ...], tuple[object, ...]], ...]:
    return (
        (one.routes, other.routes), (one.forms, other.forms),
        (one.indications, other.indications), (one.supply, other.supply),
    )  # fmt: skip


def _in(value: Decimal | None, unit: Unit | None, wanted: Unit | None) -> Decimal | None:
    if value is None or unit is None or wanted is None:
        return None
    try:
        return Quantity(value, unit).to(wanted).value
    except UnitError:
        return None


def _limits(entry: Entry, rows: tuple[DoseLimit, ...]) -> Iterator[Problem]:
    """A limit for a narrower case that a stricter one for the wider case makes pointless."""
    for (first, one), (second, other) in combinations(enumerate(rows), 2):
        alike = (one.kind, one.period, one.per_site, one.equivalent, one.after, one.weight)
        if alike != (other.kind, other.period, other.per_site, other.equivalent, other.after, other.weight):
            continue
        if not same_place(one, other):
            continue
        for number, inner, outer in ((first, one, other), (second, other, one)):
            ceiling = _in(outer.hard_above, outer.unit, inner.unit)
            looser = inner.hard_above if inner.hard_above is not None else inner.warn_above
            if _narrower(inner, outer) and ceiling is not None and looser is not None and looser > ceiling:
                at = entry.at(("limit", second if number == first else first))
                text = f"allows {looser} {_of(inner.unit)}, and {at}, which holds here too, at most {ceiling}"
                yield entry.problem(("limit", number), text)
                break


def _of(unit: Unit | None) -> str:
    return unit.value if unit is not None else ""


def _doses(entry: Entry, doses: tuple[UsualDose, ...], limits: tuple[DoseLimit, ...]) -> Iterator[Problem]:
    """A usual dose that is above a limit of the same place even when it is given as rarely as it may be."""
    for number, dose in enumerate(doses):
        for where, limit in enumerate(limits):
            if limit.key is not None or not same_place(dose, limit) or not _narrower(dose, limit):
                continue
            if limit.after is not None and dose.phase is not DosePhase.USUAL:
                continue
            most = limit.hard_above if limit.hard_above is not None else limit.warn_above
            given = _given(dose, limit.kind, limit.unit)
            if given is not None and most is not None and given > most:
                text = f"{given} {_of(limit.unit)} is above the limit of {most} at {entry.at(('limit', where))}"
                yield entry.problem(("dose", number), text)


def _given(dose: UsualDose, kind: LimitKind, unit: Unit | None) -> Decimal | None:
    """The highest usual amount, as the limit counts; None if it cannot be counted so.

    Without a rhythm the amount is what the text says it is, often that of a whole day.
    """
    rhythm = dose.times_a_day or dose.every or dose.at_weeks or dose.once
    amount = _in(dose.amount.high, dose.unit, unit) if dose.amount is not None else None
    if amount is None or not rhythm:
        return None
    if kind is LimitKind.SINGLE:
        return amount
    if kind is LimitKind.DAILY:
        return amount * dose.times_a_day.low if dose.times_a_day is not None else None
    if kind is LimitKind.WEEKLY:
        return amount if dose.every is not None and dose.every.longest.days == _WEEK else None
    return None


_WEEK = 7


def _thresholds(entry: Entry, rows: tuple[ActionThreshold, ...]) -> Iterator[Problem]:
    """A worse result that asks for less than a better one."""
    for number, row in enumerate(rows):
        if row.bounded and Band.of(row).empty:
            yield entry.problem(("threshold", number), "no number lies between these bounds")
    for (first, one), (second, other) in combinations(enumerate(rows), 2):
        if not (one.bounded and other.bounded and same_place(one, other)) or {*one.tests}.isdisjoint(other.tests):
            continue
        about = (one.unit, one.per, one.change, one.since, one.confirmed)
        if about != (other.unit, other.per, other.change, other.since, other.confirmed):
            continue
        if one.stage is not other.stage and Stage.ANY not in (one.stage, other.stage):
            continue
        for number, worse, wider in ((first, one, other), (second, other, one)):
            place = entry.at(("threshold", second if number == first else first))
            inside = Band.of(worse) != Band.of(wider) and Band.of(worse).within(Band.of(wider))
            if inside and _milder(worse.do, wider.do):
                text = f"says {worse.do.value!r}, and {place}, which holds here too, says {wider.do.value!r}"
                yield entry.problem(("threshold", number), text)


def _milder(one: object, other: object) -> bool:
    return one in _STRICTNESS and other in _STRICTNESS and _STRICTNESS[one] < _STRICTNESS[other]


def _modifiers(entry: Entry, rows: tuple[DoseModifier, ...]) -> Iterator[Problem]:
    """Two rows that say different things about one patient factor."""
    for number, row in enumerate(rows):
        if Band.of(row).empty:
            yield entry.problem(("modifier", number), "no number lies between these bounds")
    for (first, one), (second, other) in combinations(enumerate(rows), 2):
        if one.factor != other.factor or _apart(one, other) or not same_place(one, other):
            continue
        if one.ceiling_kind is not other.ceiling_kind or not _meet(one, other):
            continue
        differ = _milder(one.effect, other.effect) or _milder(other.effect, one.effect) or one.ceiling != other.ceiling
        if differ and not _graduated(one, other):
            at = entry.at(("modifier", first))
            text = f"says {other.effect.value!r} where {at} says {one.effect.value!r}: part the ranges"
            yield entry.problem(("modifier", second), text)


def _meet(one: DoseModifier, other: DoseModifier) -> bool:
    for mine, yours in ((one.grades, other.grades), (one.outcomes, other.outcomes)):
        if mine and yours and {*mine}.isdisjoint(yours):
            return False
    return Band.of(one).meets(Band.of(other))


def _graduated(one: DoseModifier, other: DoseModifier) -> bool:
    """Whether the stricter of the two holds for a part of what the milder holds for, in numbers, grades or place."""
    if one.ceiling is not None and other.ceiling is not None:
        strict, mild = (one, other) if one.ceiling < other.ceiling else (other, one)
    else:
        strict, mild = (one, other) if _milder(other.effect, one.effect) else (other, one)
    if Band.of(strict) != Band.of(mild):
        return Band.of(strict).within(Band.of(mild))
    return (strict.grades != mild.grades and {*strict.grades} <= {*mild.grades}) or _narrower(strict, mild)
