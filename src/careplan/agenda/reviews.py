"""The days on which somebody looks again, vaccines and advice, and what treatment is fitted around."""

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from careplan.agenda.due import Due
from careplan.agenda.event import Event, Obstacle, Occasion, Unscheduled, Window
from careplan.agenda.results import Results
from careplan.knowledge import Knowledge
from careplan.model import (
    CarePlan,
    Education,
    GoalLifecycle,
    ItemStatus,
    Record,
    ResponseReview,
    Role,
    VaccinationPlan,
)

_LIVE = (ItemStatus.DRAFT, ItemStatus.ACTIVE)
_OPEN = (GoalLifecycle.PROPOSED, GoalLifecycle.PLANNED, GoalLifecycle.ACCEPTED, GoalLifecycle.ACTIVE)


def reviews(plan: CarePlan, results: Results, on: date) -> Iterator[Event]:
    """The review of the plan, the trials of treatment and the goals: what is due, however late."""
    began = plan.start or plan.created
    if plan.review_by is not None:
        role = plan.author.role if plan.author is not None else None
        yield _waiting(Occasion.REVIEW, "Review of the plan", _due(began, plan.review_by), on, role=role)
    for decision in plan.decisions:
        if isinstance(decision, ResponseReview):
            due = _due(decision.date, decision.due)
            if not _judged(plan, decision, due, results, on):
                name = decision.measure.replace("-", " ")
                subjects = tuple(item.id for item in plan.components if item.id in decision.about)
                title = f"Does it help? {name} {decision.target}"
                event = _waiting(Occasion.REVIEW, title, due, on, subjects=subjects, role=decision.role)
                yield evolve(event, tests=(decision.measure,), last=results.last(decision.measure))
    for goal in plan.goals:
        if goal.due is not None and goal.lifecycle in _OPEN:
            subjects = (goal.id, *goal.about)
            yield _waiting(Occasion.REVIEW, f"Goal: {goal.description}", _due(began, goal.due), on, subjects=subjects)


def vaccines(plan: CarePlan, item: VaccinationPlan, knowledge: Knowledge, on: date) -> Iterator[Event | Unscheduled]:
    """The day of a planned vaccine, unless one was given since it could be."""
    known = item.vaccine in knowledge.vaccines
    title = knowledge.vaccines[item.vaccine].name if known else item.vaccine.replace("-", " ")
    if item.status is ItemStatus.ON_HOLD:
        yield _undated(item.id, title, Obstacle.ON_HOLD, "paused, without a day of restart")
    if item.status not in _LIVE:
        return
    if not isinstance(item.due, date):
        yield _undated(item.id, title, Obstacle.NO_DATE, "planned, on a day that is not stated")
        return
    due = _due(item.start if isinstance(item.start, date) else plan.start or plan.created, item.due)
    given = [each.date for each in plan.patient.vaccinations if each.vaccine == item.vaccine]
    days = [day for day in given if isinstance(day, date) and day <= on]
    if not any(day >= due.opens for day in days):
        event = _waiting(Occasion.VACCINE, title, due, on, subjects=(item.id,), role=item.given_by)
        yield evolve(event, last=max(days, default=None))


def advice(item: Education, on: date) -> Iterator[Event]:
    """The day from which advice is given, if it has one; advice without a day is no event."""
    if item.status in _LIVE and isinstance(item.start, date) and item.start >= on:
        title = item.topic.replace("-", " ")
        who = item.given_by
        yield Event.dated(item.start, Occasion.SESSION, f"Advice: {title}", on, subjects=(item.id,), acted_on_by=who)


def planned(plan: CarePlan, on: date) -> Iterator[Event | Unscheduled]:
    """The events that treatment is fitted around, and the last day of the plan."""
    for event in plan.events:
        title = event.text or event.event.value
        if event.on is None:
            yield _undated(None, title, Obstacle.NO_DATE, "expected, on a day that is not stated")
        elif event.on >= on:
            yield Event.dated(event.on, Occasion.PLANNED, title, on)
    if plan.stop is not None and plan.stop >= on:
        yield Event.dated(plan.stop, Occasion.STOP, "Last day of the plan", on)


def _due(since: date, due: date) -> Due:
    return Due(due, max((due - since).days, 0))


def _judged(plan: CarePlan, review: ResponseReview, due: Due, results: Results, on: date) -> bool:
    """Whether the trial was looked at since its window opened: the measure taken, or a review written down."""
    measured = results.last(review.measure)
    if measured is not None and measured >= due.opens:
        return True
    later = (
        decision
        for decision in plan.decisions
        if isinstance(decision, ResponseReview) or (isinstance(decision, Record) and decision.part == "review")
    )
    return any(
        due.opens <= decision.date <= on and decision is not review and {*decision.about} & {*review.about}
        for decision in later
    )


def _waiting(
    occasion: Occasion,
    title: str,
    due: Due,
    on: date,
    *,
    subjects: tuple[str, ...] = (),
    role: Role | None = None,
) -> Event:
    return Event(
        date=due.due,
        occasion=occasion,
        title=title,
        status=due.status(on),
        window=Window(due.opens, due.grace_ends),
        subjects=subjects,
        acted_on_by=role,
    )


def _undated(subject: str | None, title: str, obstacle: Obstacle, detail: str) -> Unscheduled:
    return Unscheduled(title=title, obstacle=obstacle, detail=detail, subjects=(subject,) if subject else ())
