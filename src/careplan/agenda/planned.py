"""What the plan itself asks for: its monitoring items as duties, with their owners."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from careplan.agenda.course import Course
from careplan.agenda.duty import Duty
from careplan.agenda.event import Obstacle, Unscheduled
from careplan.agenda.known import name_of, parts
from careplan.agenda.phase import Stretch, stretches
from careplan.agenda.recurrence import longest_days
from careplan.agenda.rhythm import Point, Repeat, Rhythm
from careplan.knowledge import Knowledge
from careplan.model import (
    CarePlan,
    Interval,
    ItemStatus,
    Medication,
    Monitoring,
    MonitoringPurpose,
    Phase,
    PhaseInterval,
)

_LIVE = (ItemStatus.DRAFT, ItemStatus.ACTIVE)
_EARLY = (Phase.INITIATION, Phase.TITRATION, Phase.AFTER_CHANGE)
_BASELINE_VALID = 28
_ONCE_SPAN = 28


def duties_of(
    plan: CarePlan, item: Monitoring, courses: Mapping[str, Course], on: date, knowledge: Knowledge
) -> tuple[tuple[Duty, ...], tuple[Unscheduled, ...]]:
    """Read one monitoring item: a duty for each test and each medicine that it is about, or why there is none.

    An item without intervals is done once on its first day, if it has one, and else leaves it to the knowledge base.
    """
    obstacle = _obstacle(item, courses, on)
    if obstacle is not None:
        return (), (obstacle,)
    tests = tuple(dict.fromkeys(part for test in item.tests for part in parts(test, knowledge)))
    medicines: list[Medication | None] = [m for m in plan.medicines if m.id in item.about]
    duties: list[Duty] = []
    for medicine in medicines or [None]:
        course = courses[medicine.id] if medicine is not None else None
        rhythm = _rhythm(item, course)
        if rhythm and (course is None or course.runs(on)):
            duty = _duty(item, medicine, course, on, label=_label(item, medicine, knowledge))
            first = _first(plan, item, course)
            duties += (duty(test=test, rhythm=rhythm, first=first) for test in tests)
    if not duties and (item.intervals or item.purpose is MonitoringPurpose.BASELINE):
        return (), (_unscheduled(item, Obstacle.NO_START, "the first dose has no day to count from"),)
    return tuple(duties), ()


def _obstacle(item: Monitoring, courses: Mapping[str, Course], on: date) -> Unscheduled | None:
    if item.status is ItemStatus.ON_HOLD:
        return _unscheduled(item, Obstacle.ON_HOLD, "paused, without a day of restart")
    if item.purpose is MonitoringPurpose.TRIGGERED:
        return _unscheduled(item, Obstacle.ON_EVENT, str(item.trigger))
    about = [courses[name] for name in item.about if name in courses]
    if about and all(course.ended(on) for course in about):
        return _unscheduled(item, Obstacle.ENDED, "what it is about has stopped")
    return None


def live(plan: CarePlan) -> Iterator[Monitoring]:
    """The monitoring items that count: neither over nor cancelled."""
    return (item for item in plan.monitoring if item.status in (*_LIVE, ItemStatus.ON_HOLD))


def _duty(
    item: Monitoring, medicine: Medication | None, course: Course | None, on: date, label: str
) -> Callable[..., Duty]:
    """A maker of the item's duties for one medicine, or for none."""
    hold = course.hold if course is not None else None
    ends = [day for day in (item.stop, course.last if course is not None else None) if day is not None]
    return partial(
        Duty,
        medicine=medicine.id if medicine is not None else None,
        label=label,
        since=course.first if course is not None else None,
        until=min(ends, default=None),
        suspended=course is not None and course.held(on),
        resumes=hold.until if hold is not None else None,
        monitoring=item.id,
        ordered_by=item.ordered_by,
        acted_on_by=item.acted_on_by,
    )


def _label(item: Monitoring, medicine: Medication | None, knowledge: Knowledge) -> str:
    return name_of(medicine, knowledge) if medicine is not None else item.id.replace("-", " ")


def _first(plan: CarePlan, item: Monitoring, course: Course | None) -> date:
    """The day that the first interval is counted from."""
    if isinstance(item.start, date):
        return item.start
    return (course.first if course is not None else None) or plan.start or plan.created


def _rhythm(item: Monitoring, course: Course | None) -> Rhythm:
    if item.purpose is MonitoringPurpose.BASELINE:
        start = course.first if course is not None else (item.start if isinstance(item.start, date) else None)
        return (Point(start, _BASELINE_VALID, baseline=True),) if start is not None else ()
    if not item.intervals:
        return (Point(item.start, _ONCE_SPAN),) if isinstance(item.start, date) else ()
    start = item.start if isinstance(item.start, date) else date.min
    if course is None:
        return (Repeat(min((each.every for each in item.intervals), key=longest_days), start),)
    repeats = tuple(_repeats(item.intervals, stretches(course), start))
    if course.first is not None and any(each.phase is Phase.BASELINE for each in item.intervals):
        return (Point(course.first, _BASELINE_VALID, baseline=True), *repeats)
    return repeats


def _repeats(intervals: Iterable[PhaseInterval], phases: Iterable[Stretch], start: date) -> Iterator[Repeat]:
    by_phase = {each.phase: each.every for each in intervals}
    for stretch in phases:
        every = _interval(by_phase, stretch.phase)
        if every is not None and (stretch.stop is None or stretch.stop > start):
            yield Repeat(every, max(stretch.start, start), stretch.stop, afresh=stretch.phase is Phase.AFTER_CHANGE)


def _interval(by_phase: Mapping[Phase | None, Interval], phase: Phase) -> Interval | None:
    """The interval of a phase; if the item names none, its general one, else the strictest of its early phases."""
    if phase in by_phase:
        return by_phase[phase]
    if None in by_phase:
        return by_phase[None]
    if phase is Phase.STABLE:
        return None
    early = [by_phase[other] for other in _EARLY if other in by_phase]
    return min(early, key=longest_days, default=by_phase.get(Phase.STABLE))


def _unscheduled(item: Monitoring, obstacle: Obstacle, detail: str) -> Unscheduled:
    return Unscheduled(
        title=", ".join(test.replace("-", " ") for test in item.tests),
        obstacle=obstacle,
        detail=detail,
        subjects=(item.id, *item.about),
        tests=item.tests,
    )
