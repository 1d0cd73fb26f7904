"""Which tests of a medicine are late: the answer behind the rules' `overdue(...)`."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from careplan.agenda.due import Due, ahead
from careplan.agenda.duty import Duty
from careplan.agenda.watch import Watch


class Lateness(StrEnum):
    """When a due test counts as late."""

    GRACE = "grace"
    """Past due and grace."""
    HALF = "half"
    """Past due and twice the grace or half the interval, whichever is longer; or two in a row missed."""


@frozen(kw_only=True)
class Late:
    """A test that is late: since when it is due, when it was last done, and why it is asked for."""

    test: str
    due: date
    last: date | None
    reason: str


def overdue(watch: Watch, medicine: str, *, test: str | None = None, by: Lateness = Lateness.GRACE) -> bool | None:
    """Whether a due test of the medicine (a component id) is late; `test` may be a panel: then any of its parts.

    None if that cannot be told: no source of results is connected, nothing says when it was started or last tested,
    or the schedule holds under a condition that was not judged. A medicine on hold is never late. Tests before the
    first dose and parts of the record do not count here: other rules ask for them.
    """
    answers = {_is_late(watch, duty, by) for duty in _tests(watch, medicine, test)}
    if True in answers:
        return True
    return None if None in answers else False


def late(watch: Watch, medicine: str, *, test: str | None = None, by: Lateness = Lateness.GRACE) -> tuple[Late, ...]:
    """The tests of the medicine that are surely late, each once with its earliest due day, the longest due first."""
    found: dict[str, Late] = {}
    for duty in _tests(watch, medicine, test):
        if _is_late(watch, duty, by):
            last = watch.last(duty)
            due, piece = min(duty.dues(last), key=lambda pair: pair[0].due)
            if duty.test not in found or due.due < found[duty.test].due:
                found[duty.test] = Late(test=duty.test, due=due.due, last=last, reason=duty.reason(piece))
    return tuple(sorted(found.values(), key=lambda each: (each.due, each.test)))


def _tests(watch: Watch, medicine: str, test: str | None) -> Iterator[Duty]:
    return (duty for duty in watch.about(medicine, test) if duty.test not in watch.knowledge.records)


def _is_late(watch: Watch, duty: Duty, by: Lateness) -> bool | None:
    if duty.suspended:
        return False
    last = watch.last(duty)
    if not watch.judgeable(duty) or duty.anchor(last) is None:
        return None
    if _any_late(watch, duty, last, by):
        return True if duty.decided else None
    return None if duty.perhaps and _any_late(watch, duty, last, by, perhaps=True) else False


def _any_late(watch: Watch, duty: Duty, last: date | None, by: Lateness, *, perhaps: bool = False) -> bool:
    dues = (due for due, _ in duty.dues(last, perhaps=perhaps) if not due.baseline)
    return any(watch.on > _deadline(due, by) for due in dues)


def _deadline(due: Due, by: Lateness) -> date:
    if by is Lateness.GRACE:
        return due.grace_ends
    return min(due.overdue_ends, ahead(due.due, max(due.span, due.grace)))
