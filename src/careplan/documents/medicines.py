"""The medicines of a plan as rows: what is taken now, what is paused or planned, what was stopped and why."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from attrs import frozen

from careplan.documents import dosing
from careplan.documents.names import Names
from careplan.documents.parts import Badge, Lines, Tone
from careplan.documents.summary import cut
from careplan.documents.terms import term
from careplan.documents.wording import absent, day, day_or, from_id, listed, quantity
from careplan.model import (
    Absent,
    Ingredient,
    ItemStatus,
    Licence,
    Medication,
    OtherMedicine,
    Quantity,
    Step,
    Steps,
)

_IN_SHORT = 10
"""How many medicines the first page has room for."""
_OVER = frozenset({ItemStatus.STOPPED, ItemStatus.COMPLETED, ItemStatus.CANCELLED, ItemStatus.ENTERED_IN_ERROR})


@frozen
class MedicineRow:
    """One medicine as the team reads it; every cell says "not recorded" where the plan says nothing."""

    name: Lines
    dose: Lines | str
    use: str
    remarks: Lines


@frozen
class MedicineList:
    """Medicines that share a state; `empty` is printed if there are none."""

    title: str
    rows: tuple[MedicineRow, ...]
    empty: str = ""


def is_over(medicine: Medication, on: date) -> bool:
    """Whether the medicine is no longer taken, or never was."""
    return medicine.status in _OVER or (medicine.stop is not None and medicine.stop < on)


def is_planned(medicine: Medication, on: date) -> bool:
    """Whether the medicine is proposed, or begins after that day."""
    return medicine.status is ItemStatus.DRAFT or (isinstance(medicine.start, date) and medicine.start > on)


def is_paused(medicine: Medication, on: date) -> bool:
    """Whether the medicine is on hold on that day."""
    hold = medicine.hold
    if medicine.status is ItemStatus.ON_HOLD:
        return True
    return hold is not None and hold.since <= on and (hold.until is None or on < hold.until)


def medicine_lists(of: tuple[Medication, ...], names: Names, on: date) -> tuple[MedicineList, ...]:
    """Put every medicine into exactly one list; lists without medicines are left out, but for the first."""
    places: dict[str, list[MedicineRow]] = {"taken": [], "held": [], "planned": [], "over": []}
    for medicine in of:
        places[place(medicine, on)].append(_row(medicine, names, on))
    lists = (
        MedicineList(
            f"Taken now ({len(places['taken'])})", tuple(places["taken"]), "No medicine is recorded as taken now."
        ),
        MedicineList("On hold: do not give", tuple(places["held"])),
        MedicineList("Planned or proposed: not started", tuple(places["planned"])),
        MedicineList("Stopped, finished or never begun", tuple(places["over"])),
    )
    return tuple(one for one in lists if one.rows or one.empty)


def place(medicine: Medication, on: date) -> str:
    """Where a medicine stands on a day: ``over``, ``held``, ``planned`` or ``taken``."""
    if is_over(medicine, on):
        return "over"
    if is_paused(medicine, on):
        return "held"
    return "planned" if is_planned(medicine, on) else "taken"


def short_rows(of: tuple[Medication, ...], names: Names, on: date) -> tuple[MedicineRow, ...]:
    """What is taken or on hold, with name and dose alone, for the first page."""
    kept, more = cut([m for m in of if place(m, on) in ("taken", "held")], _IN_SHORT, "Medicines")
    return (*(_short(m, names, on) for m in kept), *((MedicineRow(("Others",), more, "", ()),) if more else ()))


def _short(medicine: Medication, names: Names, on: date) -> MedicineRow:
    held = (Badge(Tone.WARNING, "On hold"),) if is_paused(medicine, on) else ()
    earlier = still_earlier(medicine, on)
    match earlier.dose if earlier else medicine.dosage:
        case Steps() as steps:
            now = steps.on(on)
            dose = dosing.dose(now, medicine) if now else ("between or after the steps of its schedule",)
        case single:
            dose = dosing.dose(single, medicine)
    stop = (f"stops {day(medicine.stop)}",) if medicine.stop else ()
    return MedicineRow((names.medicine(medicine), *held), ", ".join((*dose, *stop)), "", ())


def _row(medicine: Medication, names: Names, on: date) -> MedicineRow:
    return MedicineRow(
        name=_name(medicine, names),
        dose=dose_lines(medicine, on),
        use=", ".join((_use(medicine, names), *_dates(medicine, on))),
        remarks=tuple(_remarks(medicine)) or ("none",),
    )


def _name(medicine: Medication, names: Names) -> Lines:
    route = "route not recorded" if isinstance(medicine.route, Absent) else term(medicine.route)
    form = () if isinstance(medicine.form, Absent) else (term(medicine.form),)
    return names.medicine(medicine), *_product(medicine), ", ".join((*form, route)), *_sites(medicine)


def _product(medicine: Medication) -> tuple[str, ...]:
    """Name and brand; what a unit of it holds only where the dose does not already say so."""
    product = medicine.product
    if product is None:
        return ()
    doses = " ".join(line for dose in medicine.doses for line in dosing.dose(dose, medicine))
    held = [words for words in map(_ingredient, product.ingredients) if words[1] not in doses]
    called = [text for text in (product.name, product.brand) if text and text != medicine.name]
    return (*called, *((f"holds {listed(' '.join(words) for words in held)}",) if held else ()))


def _ingredient(ingredient: Ingredient) -> tuple[str, str]:
    strength = ingredient.strength
    known = f"strength {absent(strength)}" if isinstance(strength, Absent) else quantity(strength)
    each = "" if ingredient.per == Quantity(Decimal(1), ingredient.per.unit) else f" in {quantity(ingredient.per)}"
    return from_id(ingredient.drug), known + each


def _sites(medicine: Medication) -> tuple[str, ...]:
    return (f"where: {listed(from_id(site) for site in medicine.sites)}",) if medicine.sites else ()


def still_earlier(medicine: Medication, on: date) -> Step | None:
    """The earlier dose that is still taken on that day, because the one of the order begins later."""
    return next((s for s in medicine.history if s.start <= on and (s.stop is None or on <= s.stop)), None)


def dose_lines(medicine: Medication, on: date) -> Lines:
    """The dose in force, or every step of a stepped one, with earlier doses after it."""
    now = still_earlier(medicine, on)
    match medicine.dosage:
        case Steps(steps=steps):
            present = tuple(line for step in steps for line in _step(step, medicine, on))
        case dose:
            present = (*dosing.dose(dose, medicine), *_order(dose.text))
    earlier = tuple(
        f"Earlier, {dosing.period(step.start, step.stop)}: {', '.join(dosing.dose(step.dose, medicine))}"
        for step in medicine.history
        if step is not now
    )
    return (*(_step(now, medicine, on) if now else ()), *present, *earlier)


def _step(step: Step, medicine: Medication, on: date) -> Iterator[str]:
    words = ", ".join(dosing.dose(step.dose, medicine))
    now = step.start <= on and (step.stop is None or on <= step.stop)
    yield f"{'NOW, ' if now else ''}{dosing.period(step.start, step.stop)}: {words}"
    yield from _order(step.dose.text)


def _order(text: str | None) -> tuple[str, ...]:
    return (f"written on the order: “{text}”",) if text else ()


def _use(medicine: Medication, names: Names) -> str:
    reason = medicine.indication
    return f"reason {absent(reason)}" if isinstance(reason, Absent) else names.condition(reason)


def _dates(medicine: Medication, on: date) -> tuple[str, ...]:
    start = f"since {day_or(medicine.start)}" if not is_planned(medicine, on) else f"from {day_or(medicine.start)}"
    if isinstance(medicine.start, Absent):
        start = f"start {absent(medicine.start)}"
    lines: list[str] = [start]
    if medicine.stop:
        lines.append(f"{'stopped' if is_over(medicine, on) else 'stops'} {day(medicine.stop)}")
    elif medicine.status in (ItemStatus.STOPPED, ItemStatus.COMPLETED):
        lines.append("stop date not recorded")
    return tuple(lines)


def _remarks(medicine: Medication) -> Iterator[str | Badge]:
    if medicine.status not in (ItemStatus.ACTIVE, ItemStatus.ON_HOLD):
        yield term(medicine.status)
    if medicine.hold:
        until = f"until {day(medicine.hold.until)}" if medicine.hold.until else "restart date not recorded"
        yield Badge(Tone.WARNING, "On hold")
        yield f"since {day(medicine.hold.since)}, {until}: {medicine.hold.reason}"
    if medicine.status in (ItemStatus.STOPPED, ItemStatus.COMPLETED) or medicine.stop_reason:
        yield f"why: {term(medicine.stop_reason) if medicine.stop_reason else 'reason not recorded'}"
    if isinstance(medicine, OtherMedicine) and not isinstance(medicine.origin, Absent):
        yield term(medicine.origin)
    if medicine.licence in (Licence.OFF_LABEL, Licence.UNLICENSED):
        yield term(Licence(medicine.licence))
    yield f"prescriber: {medicine.prescriber or 'not recorded'}"
    if medicine.instructions:
        yield medicine.instructions
    if medicine.notes:
        yield f"note: {medicine.notes}"
