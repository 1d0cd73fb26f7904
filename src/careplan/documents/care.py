"""Monitoring, therapies, vaccinations, advice and goals of a plan as rows."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from careplan.documents import dosing
from careplan.documents.names import Names
from careplan.documents.parts import Lines
from careplan.documents.terms import term
from careplan.documents.wording import (
    NOT_RECORDED,
    absent,
    day,
    day_or,
    every,
    from_id,
    listed,
    number,
    quantity,
    sentence,
    unit,
)
from careplan.model import (
    Absent,
    CarePlan,
    Education,
    Goal,
    GoalLifecycle,
    ItemStatus,
    Monitoring,
    MonitoringPurpose,
    PhaseInterval,
    Role,
    Therapy,
    Threshold,
    VaccinationPlan,
)

OPEN_GOALS = frozenset(
    {GoalLifecycle.PROPOSED, GoalLifecycle.PLANNED, GoalLifecycle.ACCEPTED, GoalLifecycle.ACTIVE, GoalLifecycle.ON_HOLD}
)


@frozen
class MonitoringRow:
    """One test, or group of tests, with its rhythm and those who see to it."""

    tests: Lines
    why: Lines
    rhythm: Lines
    limits: Lines
    people: Lines


@frozen
class TherapyRow:
    """One therapy."""

    name: Lines
    rhythm: Lines
    goals: Lines
    provider: Lines
    remarks: Lines


@frozen
class VaccineRow:
    """One planned vaccine."""

    name: str
    due: str
    by: str
    remarks: Lines


@frozen
class AdviceRow:
    """One piece of advice or teaching."""

    topic: str
    text: str
    by: str
    remarks: Lines


@frozen
class GoalRow:
    """One goal: the person's words, where it stands, who does what."""

    words: str
    now: Lines
    aim: Lines
    actions: Lines
    state: Lines


def role_or(role: Role | None) -> str:
    """Name the role, or say that none is recorded."""
    return term(role) if role else NOT_RECORDED


def lifetime(status: ItemStatus, start: date | Absent, stop: date | None, notes: str | None) -> Iterator[str]:
    """Status, dates and notes that every component has."""
    if status is not ItemStatus.ACTIVE:
        yield term(status)
    yield dosing.period(start, stop)
    if notes:
        yield f"note: {notes}"


def monitoring_row(item: Monitoring, names: Names) -> MonitoringRow:
    """Put one monitoring component into words."""
    about = listed(names.component(ref) for ref in item.about) or "medicine not recorded"
    return MonitoringRow(
        tests=tuple(names.test(test) for test in item.tests),
        why=(f"for {about}" if item.about else about, *lifetime(item.status, item.start, item.stop, item.notes)),
        rhythm=tuple(_rhythm(item)),
        limits=tuple(_limit(threshold, names) for threshold in item.thresholds) or ("none set in the plan",),
        people=(f"ordered by: {role_or(item.ordered_by)}", f"acted on by: {role_or(item.acted_on_by)}"),
    )


def _rhythm(item: Monitoring) -> Iterator[str]:
    match item.purpose:
        case MonitoringPurpose.BASELINE:
            yield "before the medicine starts"
        case MonitoringPurpose.TRIGGERED:
            yield f"when: {item.trigger}"
        case MonitoringPurpose.ONGOING if not item.intervals:
            yield f"how often: {NOT_RECORDED}"
        case MonitoringPurpose.ONGOING:
            pass
    yield from (interval_words(interval) for interval in item.intervals)


def interval_words(interval: PhaseInterval) -> str:
    """``every 2 weeks during initiation``."""
    return every(interval.every) + (f" ({term(interval.phase)})" if interval.phase else "")


def _limit(threshold: Threshold, names: Names) -> str:
    value = number(threshold.value)
    if threshold.multiple_of_upper_limit:
        amount = f"{value} times the upper limit of normal"
    else:
        amount = f"{value} {unit(threshold.unit, threshold.value)}".rstrip()
    return f"{names.test(threshold.test)} {threshold.beyond.value} {amount}: {threshold.action}"


def therapy_row(item: Therapy, plan: CarePlan, names: Names) -> TherapyRow:
    """Put one therapy into words."""
    goals = {goal.id: goal.description for goal in plan.goals}
    why = absent(item.indication) if isinstance(item.indication, Absent) else names.condition(item.indication)
    site = (f"where: {from_id(item.site)}",) if item.site else ()
    return TherapyRow(
        name=(names.therapy(item.therapy), f"for: {why}", *site),
        rhythm=therapy_rhythm(item),
        goals=tuple(goals[ref] for ref in item.goals) or ("no goal named",),
        provider=(f"{item.provider or 'provider not recorded'}", f"discipline: {role_or(item.discipline)}"),
        remarks=(
            *lifetime(item.status, item.start, item.stop, item.notes),
            *(f"precaution: {precaution}" for precaution in item.precautions),
        ),
    )


def therapy_rhythm(item: Therapy) -> Lines:
    """How many sessions, how often."""
    sessions = (
        f"number of sessions: {absent(item.sessions)}"
        if isinstance(item.sessions, Absent)
        else f"{item.sessions} sessions"
    )
    return sessions, dosing.timing(item.frequency)


def vaccine_row(item: VaccinationPlan, names: Names) -> VaccineRow:
    """Put one planned vaccine into words."""
    return VaccineRow(
        name=names.vaccine(item.vaccine),
        due=day_or(item.due),
        by=role_or(item.given_by),
        remarks=tuple(lifetime(item.status, item.start, item.stop, item.notes)),
    )


def advice_row(item: Education) -> AdviceRow:
    """Put one piece of advice into words."""
    return AdviceRow(
        topic=from_id(item.topic).capitalize(),
        text=sentence(item.text),
        by=role_or(item.given_by),
        remarks=tuple(lifetime(item.status, item.start, item.stop, item.notes)),
    )


def goal_row(goal: Goal, plan: CarePlan, names: Names) -> GoalRow:
    """Put one goal into words, with the latest result of its measure."""
    return GoalRow(
        words=goal.description,
        now=tuple(_now(goal, plan, names)),
        aim=(
            f"{quantity(goal.target)}" if goal.target else f"target {NOT_RECORDED}",
            f"by {day(goal.due)}" if goal.due else f"date {NOT_RECORDED}",
        ),
        actions=(
            *(f"the person: {action}" for action in goal.my_actions),
            *(f"the team: {action}" for action in goal.team_actions),
            *(f"served by: {names.component(ref)}" for ref in goal.about),
        ) or (NOT_RECORDED,),
        state=(
            term(goal.achievement) if goal.achievement else f"progress {NOT_RECORDED}",
            *((term(goal.lifecycle),) if goal.lifecycle.value != "active" else ()),
        ),
    )  # fmt: skip


def _now(goal: Goal, plan: CarePlan, names: Names) -> Iterator[str]:
    yield names.test(goal.measure) if goal.measure else f"measure {NOT_RECORDED}"
    if goal.measure is None:
        return
    yield f"at the start: {quantity(goal.baseline)}" if goal.baseline else f"at the start: {NOT_RECORDED}"
    latest = max((r for r in plan.patient.results if r.test == goal.measure), key=lambda r: r.date, default=None)
    yield (
        f"latest: {quantity(latest.value, as_reported=True)} on {day(latest.date)}"
        if latest
        else f"latest: {NOT_RECORDED}"
    )
