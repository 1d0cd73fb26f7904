"""Hypothesis strategies for sound plans: `plans()`, and `instances(cls)` for any class of the model.

They follow the fields' types and validators, so a field that is added to the model is covered without a change here.
Only the rules between fields are written out.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from inspect import getclosurevars
from typing import Any

from attrs import NOTHING, Attribute, evolve, fields
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from careplan.codec.schema import _validators
from careplan.codec.shape import shape_of
from careplan.model import (
    Absent,
    Acknowledgement,
    AsNeeded,
    CarePlan,
    Component,
    Continuous,
    Daily,
    DayPattern,
    Dimension,
    Dose,
    Every,
    EveryHours,
    Goal,
    Monitoring,
    Once,
    Quantity,
    Step,
    Steps,
    Therapy,
    Unit,
    Weekly,
    _check,
)

RATES = tuple(unit for unit in Unit if unit.dimension in (Dimension.MASS_RATE, Dimension.VOLUME_RATE))
AMOUNTS = (Unit.MG, Unit.UG, Unit.G, Unit.TABLET, Unit.ML, Unit.MG_PER_KG)

slugs = st.lists(st.text("abcxyz0189", min_size=1, max_size=6), min_size=1, max_size=3).map("-".join)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda text: text.strip() != "" and text not in set(Absent)
)
earlier = st.dates(date(1930, 1, 1), date(2025, 12, 31))
later = st.dates(date(2026, 1, 1), date(2035, 12, 31))
positive = st.decimals("0.001", "99999", places=3)
shares = st.sampled_from([Decimal(share) for share in ("0", "0.5", "1", "2.25", "100")])


def quantities(units: tuple[Unit, ...] = tuple(Unit), value: SearchStrategy[Decimal] = positive) -> SearchStrategy[Any]:
    return st.builds(Quantity, value, st.sampled_from(units))


@cache
def instances(cls: type) -> SearchStrategy[Any]:
    """Objects of a class of the model that obey its rules."""
    return WRITTEN_OUT[cls]() if cls in WRITTEN_OUT else _from_fields(cls)


def _from_fields(cls: type, **given: SearchStrategy[Any]) -> SearchStrategy[Any]:
    parts = {a.name: given[a.name] if a.name in given else _field(a) for a in fields(cls)}
    return st.fixed_dictionaries(parts).map(partial(_made, cls)).filter(lambda made: made is not None)


def _made(cls: type, parts: dict[str, Any]) -> Any:
    try:
        return cls(**parts)
    except ValueError:  # a rule between fields
        return None


def _field(attribute: "Attribute[Any]") -> SearchStrategy[Any]:
    validators = _validators(attribute)
    type_: Any = attribute.type
    shape = shape_of(type_)
    options = [_scalar(scalar, attribute.name, validators) for scalar in shape.scalars]
    options += [quantities() if cls is Quantity else instances(cls) for cls in shape.classes]
    if shape.items is not None:
        options.append(_tuples(shape.items, validators))
    if shape.choices:
        options.append(st.sampled_from(list(shape.choices.values())))
    value = st.one_of(options)
    return value if attribute.default is NOTHING else st.just(attribute.default) | value


def _scalar(type_: type, name: str, validators: tuple[Callable[..., object], ...]) -> SearchStrategy[Any]:
    if type_ is str:
        return slugs if _check.slug in validators else texts
    if type_ is bool:
        return st.booleans()
    if type_ is date:
        return later if name in ("stop", "until", "abatement", "expires") else earlier
    if type_ is Decimal:
        return positive
    (bounds,) = (getclosurevars(validator).nonlocals for validator in validators)
    return st.integers(bounds["low"], bounds["high"])


def _tuples(item: Any, validators: tuple[Callable[..., object], ...]) -> SearchStrategy[Any]:
    if item is str:
        items = slugs if _check.slugs in validators else texts
    elif isinstance(item, type) and issubclass(item, Enum):
        items = st.sampled_from(list(item))
    else:
        items = st.one_of([instances(cls) for cls in shape_of(item).classes])
    least = 1 if _check.not_empty in validators else 0
    return st.lists(items, min_size=least, max_size=2, unique=_check.distinct in validators).map(tuple)


def doses() -> SearchStrategy[Dose]:
    plain = st.one_of([instances(cls) for cls in (Daily, DayPattern, EveryHours, Weekly, Every, Once, Continuous)])
    text = st.none() | texts
    amount = quantities(AMOUNTS)
    return st.one_of(
        st.builds(Dose, amount=amount, timing=plain | st.sampled_from(Absent), text=text),
        st.builds(Dose, amount=quantities(RATES), timing=instances(Continuous), text=text),
        st.builds(Dose, amount=st.sampled_from(Absent), timing=plain | instances(AsNeeded), text=text),
        st.builds(_as_needed, amount, st.integers(1, 6), instances(AsNeeded)),
    )


def _as_needed(amount: Quantity, times: int, timing: AsNeeded) -> Dose:
    return Dose(amount=amount, timing=evolve(timing, at_most=amount * times))


def steps() -> SearchStrategy[Steps]:
    stages = st.lists(st.tuples(doses(), st.integers(1, 60)), min_size=1, max_size=3)
    return st.builds(_steps, stages, earlier, st.booleans())


def _steps(stages: list[tuple[Dose, int]], start: date, endless: bool) -> Steps:  # noqa: FBT001 - drawn
    made = []
    for dose, days in stages:
        stop = start + timedelta(days=days - 1)
        made.append(Step(dose=dose, start=start, stop=stop))
        start = stop + timedelta(days=1)
    return Steps(steps=(*made[:-1], evolve(made[-1], stop=None) if endless else made[-1]))


@st.composite
def plans(draw: st.DrawFn) -> CarePlan:
    """Plans with parts of every kind, in which ids are unique and every reference is kept."""
    kinds = shape_of(Component).classes
    drawn = [draw(instances(kind)) for kind in draw(st.lists(st.sampled_from(kinds), max_size=4))]
    goals = [evolve(goal, id=f"goal-{n}") for n, goal in enumerate(draw(st.lists(instances(Goal), max_size=2)))]
    ids = [f"{component.id[:100]}-{n}" for n, component in enumerate(drawn)]
    own = st.lists(st.sampled_from(ids), max_size=2).map(tuple) if ids else st.just(())
    aims = st.lists(st.sampled_from([goal.id for goal in goals]), max_size=2).map(tuple) if goals else st.just(())
    components = [evolve(component, id=name) for component, name in zip(drawn, ids, strict=True)]
    for n, component in enumerate(components):
        if isinstance(component, Monitoring):
            components[n] = evolve(component, about=draw(own))
        elif isinstance(component, Therapy):
            components[n] = evolve(component, goals=draw(aims))
    goals = [evolve(goal, about=draw(own)) for goal in goals]
    return evolve(draw(_bare_plans()), components=tuple(components), goals=tuple(goals))


@cache
def _bare_plans() -> SearchStrategy[CarePlan]:
    return _from_fields(CarePlan, components=st.just(()), goals=st.just(()))


WRITTEN_OUT: dict[type, Callable[[], SearchStrategy[Any]]] = {
    Dose: doses,
    Steps: steps,
    DayPattern: lambda: _from_fields(DayPattern, morning=shares, noon=shares, evening=shares, night=shares),
    Acknowledgement: lambda: _from_fields(Acknowledgement, text=texts.map("because it is needed: {}".format)),
    CarePlan: plans,
}
"""Classes with rules between their fields that chance alone would seldom meet."""
