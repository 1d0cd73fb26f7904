"""The days of the medicines: starts, steps, dose days, patch changes, restarts and last days."""

from collections.abc import Iterator
from datetime import date

from careplan.agenda.course import Course
from careplan.agenda.dose_days import dose_days, obstacle
from careplan.agenda.event import Event, Obstacle, Occasion, Unscheduled
from careplan.model import Absent, Continuous, Dose, Medication, Steps


def doses(medicine: Medication, course: Course, name: str, on: date, until: date) -> Iterator[Event | Unscheduled]:
    """What happens with one medicine from `on` to `until`. A medicine taken on most days has no event for each day."""
    if course.ended(on):
        return
    if course.proposed:
        yield _undated(medicine, name, Obstacle.NO_START, "proposed, without a first day")
        return
    yield from _turns(medicine, course, name, on, until)
    if course.held(on) and course.hold is not None and course.hold.until is None:
        detail = f"paused since {course.hold.since.isoformat()}, without a day of restart: {course.hold.reason}"
        yield _undated(medicine, name, Obstacle.ON_HOLD, detail)
        return
    obstacles: dict[tuple[Obstacle, str], None] = {}
    for dose, start, first, last in _periods(medicine, course, on):
        found = obstacle(dose, start)
        if found is not None:
            obstacles[found] = None
            continue
        patch = isinstance(dose.timing, Continuous)
        occasion = Occasion.PATCH_CHANGE if patch else Occasion.DOSE
        title = f"{'Change ' if patch else ''}{name}{_amount(dose, ' ')}"
        for day in dose_days(dose, start, first, min(last or until, until)):
            if not course.held(day):
                yield Event.dated(day, occasion, title, on, subjects=(medicine.id,), dose=dose)
    for each in obstacles:
        yield _undated(medicine, name, *each)


def _turns(medicine: Medication, course: Course, name: str, on: date, until: date) -> Iterator[Event]:
    """First day, steps, restart and last day."""
    turns = [(course.first, Occasion.START, f"Start {name}")]
    for change in course.changes:
        resumed = course.hold is not None and change == course.hold.until
        occasion, title = (Occasion.RESTART, "Restart") if resumed else (Occasion.DOSE_STEP, "New dose of")
        turns.append((change, occasion, f"{title} {name}"))
    for day, occasion, title in turns:
        if day is not None and on <= day <= until:
            dose = medicine.dose_on(day)
            yield Event.dated(day, occasion, f"{title}{_amount(dose, ': ')}", on, subjects=(medicine.id,), dose=dose)
    if course.last is not None and on <= course.last <= until:
        yield Event.dated(course.last, Occasion.STOP, f"Last day of {name}", on, subjects=(medicine.id,))


def _periods(medicine: Medication, course: Course, on: date) -> Iterator[tuple[Dose, date | None, date, date | None]]:
    """Each dose that is not over: the day it is counted from, and its first and last day from `on`."""
    if isinstance(medicine.dosage, Steps):
        for step in medicine.dosage:
            last = min(filter(None, (step.stop, course.last)), default=None)
            if last is None or last >= max(on, step.start):
                yield step.dose, _origin(course, step.start), max(on, step.start), last
        return
    start = medicine.start if isinstance(medicine.start, date) else None
    yield medicine.dosage, _origin(course, start), max(on, start or on), course.last


def _origin(course: Course, start: date | None) -> date | None:
    """Where a rhythm is counted from: its start, or the restart after a hold."""
    restart = course.hold.until if course.hold is not None else None
    if restart is None or (start is not None and start > restart):
        return start
    return restart


def _amount(dose: Dose | None, before: str) -> str:
    return "" if dose is None or isinstance(dose.amount, Absent) else f"{before}{dose.amount}"


def _undated(medicine: Medication, name: str, why: Obstacle, detail: str) -> Unscheduled:
    return Unscheduled(title=name, obstacle=why, detail=detail, subjects=(medicine.id,))
