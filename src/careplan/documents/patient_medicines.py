"""The medicines of a plan as the person who takes them reads it."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from careplan.documents import dosing
from careplan.documents.medicines import is_over, is_paused, is_planned, still_earlier
from careplan.documents.names import Names
from careplan.documents.parts import Lines
from careplan.documents.taking import Taking
from careplan.documents.terms import plain_term
from careplan.documents.wording import day, day_or, sentence
from careplan.model import Absent, Dose, Form, ItemStatus, Licence, Medication, Quantity, Steps, Weekly

_PLAIN_FORMS = frozenset({Form.MODIFIED_RELEASE, Form.GASTRO_RESISTANT})


@frozen
class PlainRow:
    """One medicine: what it is, what it does, and how to take it."""

    name: Lines
    purpose: Lines
    dose: Lines


@frozen
class PlainList:
    """Medicines that share a state other than being taken now."""

    title: str
    rows: tuple[PlainRow, ...]


@frozen
class CautionRow:
    """What to watch for with one medicine."""

    name: str
    warnings: str


@frozen
class PatientMedicines:
    """Every medicine of the plan except those entered by mistake, which were never the person's."""

    taken: tuple[PlainRow, ...]
    others: tuple[PlainList, ...]
    cautions: tuple[CautionRow, ...]


def patient_medicines(taking: Taking, names: Names) -> PatientMedicines:
    """Sort the medicines by what the person must do with them."""
    on = taking.on
    real = [m for m in taking.plan.medicines if m.status is not ItemStatus.ENTERED_IN_ERROR]
    over = [m for m in real if is_over(m, on)]
    paused = [m for m in real if m not in over and is_paused(m, on)]
    planned = [m for m in real if m not in over and m not in paused and is_planned(m, on)]
    taken = [m for m in real if m not in over and m not in paused and m not in planned]
    goes_on = frozenset(m.drug for m in (*taken, *planned, *paused) if not isinstance(m.drug, Absent))
    lists = (
        PlainList("On hold: do not take now", tuple(_paused(m, names, on) for m in paused)),
        PlainList("Planned: do not take yet", tuple(_planned(m, names, taking) for m in planned)),
        PlainList("Stopped: do not take", tuple(_over(m, names, goes_on) for m in over)),
    )
    return PatientMedicines(
        taken=tuple(_taken(m, names, taking) for m in taken),
        others=tuple(one for one in lists if one.rows),
        cautions=tuple(
            CautionRow(names.medicine(m), warnings)
            for m in (*taken, *paused, *planned)
            if (warnings := " ".join(sentence(each) for text in taking.patient_texts(m) for each in text.warnings))
        ),
    )


def _taken(medicine: Medication, names: Names, taking: Taking) -> PlainRow:
    stop = (f"Last day: {day(medicine.stop)}. Do not take it after that.",) if medicine.stop else ()
    return PlainRow(_name(medicine, names), _purpose(medicine, names, taking), (*_how(medicine, taking.on), *stop))


def _paused(medicine: Medication, names: Names, on: date) -> PlainRow:
    hold = medicine.hold
    why = (sentence(hold.reason),) if hold else ("Reason not recorded.",)
    until = f"until {day(hold.until)}" if hold and hold.until else "until your team tells you to start again"
    since = f"since {day(hold.since)} " if hold else ""
    return PlainRow(
        _name(medicine, names),
        why,
        (f"Do not take it, {since}{until}.", "After that, as your team tells you:", *_how(medicine, on)),
    )


def _planned(medicine: Medication, names: Names, taking: Taking) -> PlainRow:
    when = (
        "Your team has not agreed this yet."
        if medicine.status is ItemStatus.DRAFT
        else f"Starts on {day_or(medicine.start)}."
    )
    stop = (f"Last day: {day(medicine.stop)}.",) if medicine.stop else ()
    return PlainRow(
        _name(medicine, names), _purpose(medicine, names, taking), (when, *_how(medicine, taking.on), *stop)
    )


def _over(medicine: Medication, names: Names, goes_on: frozenset[str]) -> PlainRow:
    if medicine.status is ItemStatus.CANCELLED:
        state = "Never started. Do not take it."
    else:
        since = f"on {day(medicine.stop)}" if medicine.stop else "(date not recorded)"
        state = f"Stopped {since}. Do not take it any more."
    if medicine.drug in goes_on:
        state = f"{state} You have another dose of {names.medicine(medicine)} in this plan: take only that one."
    why = plain_term(medicine.stop_reason) if medicine.stop_reason else "reason not recorded"
    return PlainRow(_name(medicine, names), (sentence(f"because {why}" if medicine.stop_reason else why),), (state,))


def _name(medicine: Medication, names: Names) -> Lines:
    product = medicine.product
    called = [text for text in (product.name, product.brand) if text] if product else []
    name = names.medicine(medicine)
    return name, *(text for text in called if text != name)


def _purpose(medicine: Medication, names: Names, taking: Taking) -> Lines:
    purpose = " ".join(text.purpose for text in taking.patient_texts(medicine) if text.purpose)
    if not purpose and not isinstance(medicine.indication, Absent):
        purpose = f"for {names.plain_condition(medicine.indication)}"
    told = (sentence(purpose) if purpose else "Not recorded. Ask your team what it is for.",)
    if medicine.licence is Licence.OFF_LABEL:
        return (
            *told,
            "Doctors often use this medicine in this way, but the company has not applied for a licence for it.",
        )
    if medicine.licence is Licence.UNLICENSED:
        return (*told, "This product has no licence. Ask your team why they chose it.")
    return told


def _how(medicine: Medication, on: date) -> tuple[str, ...]:
    return tuple(_how_lines(medicine, on))


def _how_lines(medicine: Medication, on: date) -> Iterator[str]:
    way = " ".join(_way(medicine))
    earlier = still_earlier(medicine, on)
    if earlier is not None:
        words = ", ".join(dosing.dose(earlier.dose, medicine))
        yield sentence(f"Now, {dosing.period(earlier.start, earlier.stop)}: {words}")
        yield "After that:"
    match medicine.dosage:
        case Steps(steps=steps):
            ahead = [step for step in steps if step.stop is None or step.stop >= on]
            for step in ahead:
                now = "Now, " if step.start <= on else ""
                yield sentence(
                    f"{now}{dosing.period(step.start, step.stop)}: {', '.join(dosing.dose(step.dose, medicine))}"
                )
            if not ahead:
                yield "All steps of this medicine are over. Ask your team what to do."
            if way:
                yield way
            unknown = any(_unknown(step.dose, medicine) for step in ahead)
        case dose:
            amount, *times = dosing.dose(dose, medicine)
            yield amount
            only = isinstance(dose.timing, Weekly) and len(dose.timing.days) == 1
            told = [sentence(part) for line in times for part in line.split("; ")]
            yield " ".join((*told, *(("On no other day.",) if only else ()), way)).strip()
            unknown = _unknown(dose, medicine)
            if unknown and dose.text:
                yield f"The order says: “{dose.text}”"
    if unknown:
        yield "PART OF THIS IS NOT RECORDED. Do not guess: ask your team before you take it."
    if medicine.instructions:
        yield sentence(medicine.instructions)


def _way(medicine: Medication) -> Iterator[str]:
    if not isinstance(medicine.route, Absent):
        yield sentence(plain_term(medicine.route))
    if medicine.form in _PLAIN_FORMS:
        yield sentence(plain_term(Form(medicine.form)))


def _unknown(dose: Dose, medicine: Medication) -> bool:
    """Whether the person could not know from this what to take, or when."""
    words = " ".join(dosing.dose(dose, medicine))
    return not isinstance(dose.amount, Quantity) or "NOT RECORDED" in words or "not recorded" in words
