"""What the facts of a sound base must not contradict: units, factors, grades, hierarchies, names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from careplan.knowledge.catalogue import Analyte
from careplan.knowledge.contradictions import contradictions
from careplan.knowledge.dosing import DoseModifier
from careplan.knowledge.entry import Entry
from careplan.knowledge.hierarchy import ancestors
from careplan.knowledge.index import plain_words
from careplan.knowledge.problem import Problem
from careplan.knowledge.sheets import Folder
from careplan.knowledge.surveillance import ActionThreshold
from careplan.knowledge.vocabulary import LimitKind
from careplan.model import Dimension, Quantity, Unit

if TYPE_CHECKING:
    from careplan.knowledge.drug import Facts

_AMOUNTS = {
    Dimension.MASS,
    Dimension.VOLUME,
    Dimension.COUNT,
    Dimension.MASS_RATE,
    Dimension.MASS_PER_BODY_MASS,
    Dimension.INTERNATIONAL_UNITS,
}
_CROSSING = {Dimension.MASS_CONCENTRATION, Dimension.SUBSTANCE_CONCENTRATION}


def consistency(read: Folder) -> Iterator[Problem]:
    """Every contradiction between facts that are right in themselves."""
    analytes = {entry.id: entry.value for entry in read.of("analytes")}
    grades = {entry.id: entry.value.grades for entry in read.of("conditions")}
    outcomes = {entry.id: entry.value.outcomes for entry in read.of("screens")}
    for entry in (*read.of("drugs"), *read.of("class_facts")):
        yield from _amounts(entry)
        yield from contradictions(entry)
        yield from _thresholds(entry, analytes)
        yield from _modifiers(entry, analytes, grades, outcomes)
        yield from _grades(entry, grades)
    for entry in read.of("analytes"):
        yield from _units(entry, entry.value)
    yield from _contents(read)
    yield from _reviews(read)
    yield from _cycles(read, "classes")
    yield from _cycles(read, "conditions")
    yield from _names(read)
    yield from _classes(read)


def _amounts(entry: Entry) -> Iterator[Problem]:
    """Units of doses, limits, ceilings and steps of withdrawal: each an amount of medicine."""
    facts: Facts = entry.value
    tables = {"dose": facts.doses, "limit": facts.limits, "modifier": facts.modifiers, "withdrawal": facts.withdrawal}
    for table, rows in tables.items():
        for number, row in enumerate(rows):
            unit: Unit | None = getattr(row, "unit", None)
            counted = getattr(row, "kind", None) in (LimitKind.DURATION, LimitKind.DOSE_DAYS)
            if unit is not None and not counted and unit.dimension not in _AMOUNTS:
                yield entry.problem((table, number, "unit"), _no_amount(unit))


def _contents(read: Folder) -> Iterator[Problem]:
    """What products hold, and from which unit opioids are reckoned."""
    for entry in read.of("products"):
        for number, content in enumerate(entry.value.contains):
            if content.unit is not None and content.unit.dimension not in _AMOUNTS:
                yield entry.problem(("contains", number), _no_amount(content.unit))
    for entry in read.of("opioids"):
        if entry.value.unit is not None and entry.value.unit.dimension is not Dimension.MASS_RATE:
            yield entry.problem(("unit",), f"{entry.value.unit.value} is no amount in a time")


def _no_amount(unit: Unit) -> str:
    return f"{unit.value} ({unit.dimension.value}) is no unit of an amount of medicine"


def _reviews(read: Folder) -> Iterator[Problem]:
    """Sources that nobody has set a day for to look at again: one warning, for they are many or none."""
    undated = [entry for entry in read.of("sources") if entry.value.next_review is None]
    if undated:
        text = f"the first of {len(undated)} sources without 'next_review', the day to look at them again"
        yield undated[0].problem((), text, warning=True)
    for entry in read.of("sources"):
        source = entry.value
        if source.reviewed is not None and source.next_review is not None and source.reviewed > source.next_review:
            yield entry.problem(("next_review",), f"is before the review of {source.reviewed}")


def convertible(analyte: Analyte, unit: Unit) -> bool:
    """Whether a value in `unit` can be read as one of this analyte."""
    if analyte.unit is None or any(conversion.source_unit is unit for conversion in analyte.conversions):
        return True
    crossing = {unit.dimension, analyte.unit.dimension} == _CROSSING and analyte.molar_mass is not None
    return crossing or unit.kind is analyte.unit.kind


def _thresholds(entry: Entry, analytes: Mapping[str, Analyte]) -> Iterator[Problem]:
    for number, threshold in enumerate(entry.value.thresholds):
        if not isinstance(threshold, ActionThreshold) or threshold.unit is None:
            continue
        relative = threshold.change is not None and threshold.unit is Unit.PERCENT
        for test in threshold.tests:
            if not relative and not convertible(analytes[test], threshold.unit):
                own = analytes[test].unit
                text = f"{threshold.unit.value} does not measure {test}, whose unit is {own.value if own else 'none'}"
                yield entry.problem(("threshold", number, "unit"), text)
        yield from _implausible(entry, number, threshold, analytes)


def _implausible(
    entry: Entry, number: int, threshold: ActionThreshold, analytes: Mapping[str, Analyte]
) -> Iterator[Problem]:
    """A threshold at a number that no result of the test can be."""
    if threshold.change is not None or threshold.unit is None:
        return
    for test in threshold.tests:
        plausible = analytes[test].plausible
        for bound in threshold.bounds:
            if plausible is None or bound is None or not convertible(analytes[test], threshold.unit):
                continue
            value = analytes[test].number(Quantity(bound, threshold.unit))
            if not plausible.low <= value <= plausible.high:
                text = f"{bound} {threshold.unit.value} lies outside what is plausible for {test}, {plausible}"
                yield entry.problem(("threshold", number), text)


def _modifiers(
    entry: Entry, analytes: Mapping[str, Analyte], grades: Mapping[str, Any], outcomes: Mapping[str, Any]
) -> Iterator[Problem]:
    for number, modifier in enumerate(entry.value.modifiers):
        if not isinstance(modifier, DoseModifier):
            continue
        bounds = (modifier.at_least, modifier.above, modifier.below, modifier.at_most)
        bounded = any(bound is not None for bound in bounds)
        factor = modifier.factor
        numeric = factor == "age" or factor in analytes
        place = ("modifier", number, "factor")
        if numeric != bounded:
            yield entry.problem(place, f"{factor} {'needs a bound such as below' if numeric else 'is no number'}")
        if modifier.grades and factor not in grades:
            yield entry.problem(place, f"'grade' is asked of conditions, and {factor} is none")
        if (factor in outcomes) != bool(modifier.outcomes):
            yield entry.problem(place, "'outcome' and a screen as factor belong together")
        known = {outcome.value for outcome in outcomes.get(factor, ())}
        for outcome in modifier.outcomes:
            if factor in outcomes and outcome not in known:
                yield entry.problem(place, f"{outcome!r} is no outcome of {factor}: {', '.join(sorted(known))}")


def _grades(entry: Entry, grades: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    facts: Facts = entry.value
    asked: list[tuple[str, int, Iterable[str], Iterable[str]]] = [
        *(("contraindication", n, row.conditions, row.grades) for n, row in enumerate(facts.contraindications)),
        *(("modifier", n, (row.factor,), row.grades) for n, row in enumerate(facts.modifiers)),
    ]
    for table, number, conditions, wanted in asked:
        for condition in conditions:
            wrong = [grade for grade in wanted if grade not in grades.get(condition, ())]
            if wrong:
                scale = ", ".join(grades.get(condition, ())) or "it has none"
                text = f"{condition} has no grade {', '.join(wrong)}; its grades: {scale}"
                yield entry.problem((table, number, "grade"), text)


def _units(entry: Entry, analyte: Analyte) -> Iterator[Problem]:
    for unit in analyte.other_units:
        if not convertible(analyte, unit):
            text = f"{unit.value} does not convert to {analyte.unit}: state 'molar_mass' or 'conversions'"
            yield entry.problem(("other_units",), text)
    if analyte.plausible is not None and analyte.unit is None:
        yield entry.problem(("plausible",), "a plausible range needs the unit of the test")
    for number, code in enumerate(analyte.codes):
        if code.unit is not None and code.unit not in (analyte.unit, *analyte.other_units):
            yield entry.problem(("codes", number), f"{code.unit.value} is no unit of {analyte.id}")
    for number, critical in enumerate(analyte.critical):
        if critical.unit is not None and not convertible(analyte, critical.unit):
            yield entry.problem(("critical", number), f"{critical.unit.value} does not measure {analyte.id}")


def _cycles(read: Folder, section: str) -> Iterator[Problem]:
    parents: dict[str, tuple[str, ...]] = {entry.id: entry.value.parents for entry in read.of(section)}
    for entry in read.of(section):
        if entry.id in ancestors(parents[entry.id], parents.__getitem__):
            yield entry.problem(("parents",), "is its own ancestor")


def _names(read: Folder) -> Iterator[Problem]:
    """One name for two medicines, or one alias for two conditions or tests."""
    medicines = [*read.of("drugs"), *read.of("products")]
    for group in (medicines, list(read.of("conditions")), list(read.of("analytes"))):
        owner: dict[str, Entry] = {}
        for entry in group:
            for name in sorted(_spoken(entry)):
                first = owner.setdefault(name, entry)
                if first is not entry:
                    yield entry.problem(("aliases",), f"{name!r} is a name of {first.id} too")


def _spoken(entry: Entry) -> set[str]:
    names = (entry.id, entry.value.name, *entry.value.aliases, *getattr(entry.value, "brands", ()))
    return {plain_words(name) for name in names}


def _classes(read: Folder) -> Iterator[Problem]:
    """Facts for a class that is not defined, classes without members, members that nobody monitors."""
    defined = {entry.id: entry for entry in read.of("classes")}
    facts = {entry.id: entry.value for entry in read.of("class_facts")}
    for entry in read.of("class_facts"):
        if entry.id not in defined:
            yield entry.problem((), "classes.toml defines no class of this id")
    used: set[str] = set()
    for drug in read.of("drugs"):
        above = ancestors(drug.value.classes, lambda name: defined[name].value.parents)
        used |= above
        watched = bool(drug.value.monitoring) or any(name in facts and facts[name].monitoring for name in above)
        if not watched and any(defined[name].value.monitored for name in above):
            yield drug.problem(("classes",), "its class needs blood or other monitoring, and no row says which")
    for name, entry in defined.items():
        if name not in used and not entry.value.everything and entry.value.flag is None:
            yield entry.problem((), "no drug is a member of this class", warning=True)
