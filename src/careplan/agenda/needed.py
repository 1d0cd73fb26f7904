"""What the knowledge base asks for: the rows of its monitoring schedules as duties of one medicine."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial

from attrs import frozen

from careplan.agenda.course import Course
from careplan.agenda.due import later
from careplan.agenda.duty import Duty
from careplan.agenda.event import Obstacle, Unscheduled
from careplan.agenda.known import Applies, facts, name_of, parts, sampled
from careplan.agenda.rhythm import Point, Repeat, Rhythm, fixed
from careplan.knowledge import Knowledge
from careplan.knowledge.spans import Span
from careplan.knowledge.surveillance import MonitoringPhase
from careplan.knowledge.vocabulary import SchedulePhase
from careplan.model import Calendar, CarePlan, Interval, Jurisdiction, Medication

_RUNNING = (SchedulePhase.START, SchedulePhase.SETTLING, SchedulePhase.STABLE, SchedulePhase.COURSE)
"""Phases that follow each other; those of a rise or a combination run beside them."""
_BLOOD_VALID = 28
_OTHERS_VALID = 92
"""Days before the start within which a baseline test counts: 4 weeks in the laboratory, else 3 months."""


@frozen(kw_only=True, eq=False)
class Needs:
    """The duties of one medicine by the knowledge base, and the rows that have no day."""

    duties: tuple[Duty, ...]
    unscheduled: tuple[Unscheduled, ...]


def needs(
    plan: CarePlan, medicine: Medication, course: Course, on: date, *, knowledge: Knowledge, applies: Applies
) -> Needs:
    """Read the monitoring rows of a medicine that is not over.

    For each test the rows of the plan's jurisdiction hold, and rows without one, before those of other countries;
    and rows that name the drug before those of its classes. Each schedule makes duties of its own: editions are
    never mixed. Tests are counted from the first dose; parts of the record from the plan's first day at the earliest,
    since what was written down before is not in it, and never by the rules of another country.
    """
    own: dict[MonitoringPhase, bool] = {row: is_own for is_own, row in facts(medicine, "monitoring", knowledge, on)}
    verdicts = {row: row.when is None or applies(row, medicine) for row in own}
    rows = [row for row, holds in verdicts.items() if holds is not False]
    undecided = {row for row, holds in verdicts.items() if holds is None}
    duty = partial(
        Duty,
        medicine=medicine.id,
        label=name_of(medicine, knowledge),
        since=course.first,
        until=course.last,
        suspended=course.held(on),
        resumes=course.hold.until if course.hold is not None else None,
    )
    began = max(plan.start or plan.created, course.first or date.min)
    duties = []
    read = cache(partial(_rhythm, course=course))
    for test, about in _by_test(rows, knowledge):
        valid = _BLOOD_VALID if sampled(test, knowledge) else _OTHERS_VALID
        written = test in knowledge.records
        first = began if written else course.first
        for schedule, chosen in _by_schedule(about, own, plan.jurisdiction, abroad=not written):
            for decided in (True, False):
                mine = tuple(row for row in chosen if (row in undecided) is not decided)
                rhythm, perhaps = read(mine, valid, began if written else date.min)
                if rhythm:
                    duties.append(
                        duty(test=test, rhythm=rhythm, perhaps=perhaps, first=first, schedule=schedule, decided=decided)
                    )
    return Needs(duties=tuple(duties), unscheduled=tuple(_without_day(medicine, rows, undecided, knowledge)))


def _by_test(rows: Sequence[MonitoringPhase], knowledge: Knowledge) -> Iterator[tuple[str, Sequence[MonitoringPhase]]]:
    """Every test with the rows that are about it."""
    found: dict[str, list[MonitoringPhase]] = {}
    for row in rows:
        for check in (*row.tests, *row.screens, *row.records):
            for test in parts(check, knowledge):
                found.setdefault(test, []).append(row)
    yield from found.items()


def _by_schedule(
    about: Sequence[MonitoringPhase],
    own: Mapping[MonitoringPhase, bool],
    region: Jurisdiction | None,
    *,
    abroad: bool,
) -> Iterator[tuple[str, tuple[MonitoringPhase, ...]]]:
    """The rows that win, by schedule; those of other countries only if they may (`abroad`) and there are no others."""
    here = [row for row in about if region is None or not row.jurisdiction or region.value in row.jurisdiction]
    nearest = here or (about if abroad else ())
    chosen = [row for row in nearest if own[row]] or nearest
    for schedule in dict.fromkeys(row.schedule for row in chosen):
        yield schedule, tuple(row for row in chosen if row.schedule == schedule)


def _rhythm(rows: tuple[MonitoringPhase, ...], valid: int, since: date, course: Course) -> tuple[Rhythm, Rhythm]:
    """The rhythm of one test by one schedule, and what else it might be while the first dose's day is not known.

    Single days before `since` are left out.
    """
    rises = tuple(piece for row in rows if row.phase is SchedulePhase.DOSE_RISE for piece in _rise(row, course))
    if course.first is None:
        spans = [row.every.shortest for row in rows if row.every is not None and row.phase in _RUNNING]
        assumed = spans[-1:]
        return (
            (*(Repeat(interval(span), date.min) for span in assumed), *rises),
            tuple(Repeat(interval(span), date.min) for span in spans),
        )
    beside = tuple(
        piece
        for row in rows
        if row.phase is SchedulePhase.COMBINATION
        for piece in _pieces(row, course, course.first, _from(row, course.first, course.first))
    )
    baseline = (Point(course.first, valid, baseline=True),) if any(row.baseline for row in rows) else ()
    rhythm = (*baseline, *_chain(rows, course, course.first), *rises, *beside)
    return tuple(piece for piece in rhythm if isinstance(piece, Repeat) or piece.day >= since), ()


def _chain(rows: tuple[MonitoringPhase, ...], course: Course, first: date) -> Rhythm:
    """The running phases, each beginning when the one before it ends, unless it says from when."""
    chain: list[Repeat | Point] = []
    begin: date | None = first
    for phase in _RUNNING:
        ends: list[date | None] = []
        for row in rows:
            if row.phase is not phase or row.event is not None or (row.start is None and begin is None):
                continue
            pieces = _pieces(row, course, first, _from(row, first, begin or first))
            chain += pieces
            last = pieces[-1]
            ends.append(last.stop if isinstance(last, Repeat) else last.day)
        if ends:
            known_ends = [end for end in ends if end is not None]
            begin = max(known_ends) if len(known_ends) == len(ends) else None
    return tuple(chain)


def _from(row: MonitoringPhase, first: date, begin: date) -> date:
    return later(first, interval(row.start)) if row.start is not None and row.start.count else begin


def _pieces(row: MonitoringPhase, course: Course, first: date, start: date) -> Rhythm:
    if row.every is None:
        return fixed(first, tuple(interval(span) for span in row.at))
    return (Repeat(interval(row.every.shortest), start, _stop(row, course, first, start)),)


def _rise(row: MonitoringPhase, course: Course) -> Iterator[Repeat | Point]:
    for day in course.rises:
        if row.every is not None:
            yield Repeat(interval(row.every.shortest), day, _stop(row, course, day, day), afresh=True)
        else:
            yield from fixed(day, tuple(interval(span) for span in row.at))


def _stop(row: MonitoringPhase, course: Course, first: date, start: date) -> date | None:
    if row.until is not None:
        return later(first, interval(row.until))
    if row.lasts is not None:
        return later(start, interval(row.lasts))
    return course.unchanged_for(interval(row.until_stable_for), start) if row.until_stable_for is not None else None


def _without_day(
    medicine: Medication, rows: Sequence[MonitoringPhase], undecided: set[MonitoringPhase], knowledge: Knowledge
) -> Iterator[Unscheduled]:
    for row in rows:
        if row.event is None and row not in undecided:
            continue
        condition = f"{row.note or row.when} (not judged)" if row in undecided else ""
        yield Unscheduled(
            title=f"{name_of(medicine, knowledge)}: {', '.join(check.replace('-', ' ') for check in row.checks)}",
            obstacle=Obstacle.CONDITIONAL if row in undecided else Obstacle.ON_EVENT,
            detail=" – ".join(filter(None, (row.event or "", condition))),
            subjects=(medicine.id,),
            tests=row.checks,
        )


@cache
def interval(span: Span) -> Interval:
    """Give a length of time as a calendar interval, at least one day."""
    try:
        return span.interval
    except ValueError:
        return Interval(max(span.days, 1), Calendar.DAY)
