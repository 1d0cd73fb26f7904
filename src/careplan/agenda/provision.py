"""Whether the plan provides for its tests often enough: the answer behind the rules' `monitors(...)`."""

from collections.abc import Iterator

from careplan.agenda.due import Due, ahead
from careplan.agenda.duty import Duty
from careplan.agenda.known import parts, sources
from careplan.agenda.planned import live
from careplan.agenda.watch import Watch
from careplan.model import Monitoring, MonitoringPurpose

_SOON = 365
"""Days ahead in which a test must be planned: the eye check of the sixth year need not stand in the first plan."""


def monitored(
    watch: Watch, medicine: str, *, test: str | None = None, every: int | None = None, within: int | None = None
) -> bool:
    """Whether the plan holds tests for the medicine (a component id), with an owner, often enough.

    Often enough is as often as the schedule asks: a test that is kept to the plan's interval must never run past the
    grace of the schedule's. Or, if stated, at least every `every` days, or once within `within` days from now.
    `test` may be a panel: then all of its parts. A test that is planned for another medicine serves this one too; an
    item of the plan that names no interval keeps to the schedule.
    """
    wanted = None if test is None else set(parts(test, watch.knowledge))
    relevant = wanted or {duty.test for duty in watch.about(medicine)}
    provided = [
        duty
        for item in live(watch.plan)
        if _owned(item)
        for duty in _provided(watch, item, medicine)
        if duty.test in relevant or (wanted is None and duty.medicine is None)
    ]
    if within is not None:
        latest = ahead(watch.on, within)
        return any(due.due <= latest for duty in provided for due, _ in duty.dues(watch.last(duty)))
    if every is not None:
        return any(gap <= every for gap in _gaps(provided, watch))
    needed = [duty for duty in watch.about(medicine, test) if _counts(duty, watch)]
    return all(_kept(duty, provided, watch) for duty in needed) and (
        wanted is None or wanted <= {duty.test for duty in (*needed, *provided)}
    )


def unprovided(watch: Watch, medicine: str) -> tuple[str, ...]:
    """The tests that the schedule asks for the medicine and that the plan does not hold often enough, by name."""
    tests = dict.fromkeys(duty.test for duty in watch.about(medicine) if _counts(duty, watch))
    return tuple(sorted(test for test in tests if not monitored(watch, medicine, test=test)))


def _owned(item: Monitoring) -> bool:
    return item.ordered_by is not None or item.acted_on_by is not None


def _provided(watch: Watch, item: Monitoring, medicine: str) -> Iterator[Duty]:
    """The duties that an item of the plan keeps: its own and, without intervals, those of the schedule."""
    tests = {part for test in item.tests for part in parts(test, watch.knowledge)}
    as_scheduled = not item.intervals and item.purpose is MonitoringPurpose.ONGOING
    about = item.about or (medicine,)
    for duty in watch.duties:
        if duty.suspended and duty.medicine != medicine:
            continue
        follows = as_scheduled and not duty.planned and duty.medicine in about and duty.test in tests
        if duty.monitoring == item.id or follows:
            yield duty


def _counts(duty: Duty, watch: Watch) -> bool:
    """Whether the schedule surely asks for a test now or within a year, and more than once before the start."""
    soon = ahead(watch.on, _SOON)
    running = duty.longest_gap(watch.on) is not None or any(
        not due.baseline and due.due <= soon for due, _ in duty.dues(watch.last(duty))
    )
    return not duty.planned and duty.decided and running and watch.results.needs_source(duty.test)


def _kept(needed: Duty, provided: list[Duty], watch: Watch) -> bool:
    serving = [duty for duty in provided if _serves(duty.test, needed.test, watch)]
    asked = needed.longest_gap(watch.on)
    if asked is None or any(duty.schedule is not None for duty in serving):
        return bool(serving)
    return any(gap <= asked + Due(watch.on, asked).grace for gap in _gaps(serving, watch))


def _gaps(duties: list[Duty], watch: Watch) -> list[int]:
    return [gap for duty in duties if (gap := duty.longest_gap(watch.on)) is not None]


def _serves(provided: str, needed: str, watch: Watch) -> bool:
    """A test is served by itself, a derived one also by the laboratory test that it is worked out from."""
    return provided == needed or provided in sources(needed, watch.knowledge)
