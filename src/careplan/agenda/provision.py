"""Whether the plan provides for its tests often enough: the answer behind the rules' `monitors(...)`."""

from collections.abc import Iterator

from careplan.agenda.due import Due, ahead
from careplan.agenda.duty import Duty
from careplan.agenda.known import parts, sources
from careplan.agenda.planned import live
from careplan.agenda.watch import Watch
from careplan.model import Monitoring


def monitored(
    watch: Watch, medicine: str, *, test: str | None = None, every: int | None = None, within: int | None = None
) -> bool:
    """Whether the plan holds tests for the medicine (a component id), with an owner, often enough.

    Often enough is as often as the schedule asks: a test that is kept to the plan's interval must never run past the
    grace of the schedule's. Or, if stated, at least every `every` days, or once within `within` days from now.
    `test` may be a panel: then all of its parts. An item of the plan that names no interval leaves it to the schedule
    and keeps it; one that names no medicine is for all.
    """
    wanted = None if test is None else set(parts(test, watch.knowledge))
    items = [item for item in live(watch.plan) if _owned(item) and (medicine in item.about or not item.about)]
    provided = [duty for item in items for duty in _provided(watch, item, medicine)]
    if wanted is not None:
        provided = [duty for duty in provided if duty.test in wanted]
    if within is not None:
        latest = ahead(watch.on, within)
        return any(due.due <= latest for duty in provided for due, _ in duty.dues(watch.last(duty)))
    if every is not None:
        return any(gap <= every for gap in _gaps(provided, watch))
    needed = [duty for duty in watch.about(medicine, test) if _counts(duty, watch)]
    return all(_kept(duty, provided, watch) for duty in needed) and (
        wanted is None or wanted <= {duty.test for duty in (*needed, *provided)}
    )


def _owned(item: Monitoring) -> bool:
    return item.ordered_by is not None or item.acted_on_by is not None


def _provided(watch: Watch, item: Monitoring, medicine: str) -> Iterator[Duty]:
    """The duties that an item of the plan keeps: its own or, without intervals, those of the schedule."""
    own = [duty for duty in watch.duties if duty.monitoring == item.id and duty.medicine in (medicine, None)]
    if own:
        yield from own
    elif not item.intervals:
        tests = {part for test in item.tests for part in parts(test, watch.knowledge)}
        yield from (duty for duty in watch.about(medicine) if not duty.planned and duty.test in tests)


def _counts(duty: Duty, watch: Watch) -> bool:
    """Whether the schedule surely asks for a test now, and more than once before the start."""
    running = duty.longest_gap(watch.on) is not None or any(not due.baseline for due, _ in duty.dues(watch.last(duty)))
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
