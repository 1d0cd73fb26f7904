"""The days of the medicines: starts, steps, dose days, patch changes, restarts and last days."""

from collections.abc import Iterator
from datetime import date

from careplan.agenda.course import Course
from careplan.agenda.due import Status
from careplan.agenda.event import Event, Obstacle, Occasion, Unscheduled, Window
from careplan.agenda.recurrence import RARE, on_weekdays, repeated, repeated_hours
from careplan.model import (
    Absent,
    AsNeeded,
    Continuous,
    Daily,
    DayPattern,
    Dose,
    Every,
    EveryHours,
    Medication,
    Once,
    Steps,
    Weekly,
)


def doses(medicine: Medication, course: Course, on: date, until: date) -> Iterator[Event | Unscheduled]:
    """What happens with one medicine from `on` to `until`. A medicine taken on most days has no event for each day."""
    if course.ended(on):
        return
    yield from _turns(medicine, course, on, until)
    if course.held(on) and course.hold is not None and course.hold.until is None:
        detail = f"paused since {course.hold.since.isoformat()}, without a day of restart: {course.hold.reason}"
        yield _undated(medicine, Obstacle.ON_HOLD, detail)
        return
    obstacles: dict[tuple[Obstacle, str], None] = {}
    for dose, start, first, last in _periods(medicine, course, on):
        obstacle = _obstacle(dose, start)
        if obstacle is not None:
            obstacles[obstacle] = None
            continue
        for day in _days(dose, start, first, min(last or until, until)):
            if not course.held(day):
                yield _dose_day(medicine, dose, day, on)
    for obstacle in obstacles:
        yield _undated(medicine, *obstacle)


def _turns(medicine: Medication, course: Course, on: date, until: date) -> Iterator[Event]:
    """First day, steps, restart and last day."""
    if course.first is not None and on <= course.first <= until:
        dose = medicine.dose_on(course.first)
        yield _event(medicine, Occasion.START, f"Start {medicine.name}{_amount(dose, ': ')}", course.first, on, dose)
    for change in course.changes:
        if on <= change <= until:
            resumed = course.hold is not None and change == course.hold.until
            occasion = Occasion.RESTART if resumed else Occasion.DOSE_STEP
            title = f"Restart {medicine.name}" if resumed else f"New dose of {medicine.name}"
            dose = medicine.dose_on(change)
            yield _event(medicine, occasion, f"{title}{_amount(dose, ': ')}", change, on, dose)
    if course.last is not None and on <= course.last <= until:
        yield _event(medicine, Occasion.STOP, f"Last day of {medicine.name}", course.last, on, None)


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


def _obstacle(dose: Dose, start: date | None) -> tuple[Obstacle, str] | None:
    """Why the dose days cannot be told, if they cannot."""
    match dose.timing:
        case Absent():
            return Obstacle.NO_RHYTHM, "how often it is taken is not stated"
        case Continuous(change_hours=Absent()):
            return Obstacle.NO_RHYTHM, "how often it is changed is not stated"
        case Once(on=None) if start is None:
            return Obstacle.NO_DATE, "taken once, on a day that is not stated"
        case Every() | Continuous() if start is None:
            return Obstacle.NO_START, "counted from a first day that is not stated"
        case EveryHours(hours=hours) if start is None and hours > 24:
            return Obstacle.NO_START, "counted from a first day that is not stated"
        case _:
            return None


def _days(dose: Dose, start: date | None, first: date, last: date) -> Iterator[date]:
    match dose.timing:
        case Daily() | DayPattern() | AsNeeded() | Absent():
            return
        case Weekly(days=days):
            if len(days) <= RARE:
                yield from on_weekdays([day.number for day in days], first, last)
        case Once(on=day):
            once = day or start
            if once is not None and first <= once <= last:
                yield once
        case Every(interval=interval):
            if start is not None and interval.shortest_days >= 2:
                yield from repeated(start, interval, first, last)
        case EveryHours(hours=hours) | Continuous(change_hours=int(hours)):
            if start is not None and hours > 24:
                yield from repeated_hours(start, hours, first, last)


def _dose_day(medicine: Medication, dose: Dose, day: date, on: date) -> Event:
    if isinstance(dose.timing, Continuous):
        return _event(medicine, Occasion.PATCH_CHANGE, f"Change {medicine.name}{_amount(dose)}", day, on, dose)
    return _event(medicine, Occasion.DOSE, f"{medicine.name}{_amount(dose)}", day, on, dose)


def _event(medicine: Medication, occasion: Occasion, title: str, day: date, on: date, dose: Dose | None) -> Event:
    return Event(
        date=day,
        occasion=occasion,
        title=title,
        status=Status.DUE if day == on else Status.NOT_DUE,
        window=Window(day, day),
        subjects=(medicine.id,),
        dose=dose,
    )


def _amount(dose: Dose | None, before: str = " ") -> str:
    return "" if dose is None or isinstance(dose.amount, Absent) else f"{before}{dose.amount}"


def _undated(medicine: Medication, obstacle: Obstacle, detail: str) -> Unscheduled:
    return Unscheduled(title=medicine.name, obstacle=obstacle, detail=detail, subjects=(medicine.id,))
