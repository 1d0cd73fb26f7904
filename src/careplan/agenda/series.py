"""Tests that fall due together, and the days on which they do."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from attrs import frozen

from careplan.agenda.due import Due, Status
from careplan.agenda.duty import Duty
from careplan.agenda.event import Occasion, Window
from careplan.agenda.known import of_item, sampled
from careplan.agenda.rhythm import Point, Repeat
from careplan.agenda.watch import Watch
from careplan.model import Role

_Asked: TypeAlias = tuple[Due, Repeat | Point, Duty]


@frozen(kw_only=True, eq=False)
class Draw:
    """One day on which the tests of a series are due."""

    day: date
    status: Status
    window: Window
    why: tuple[str, ...]
    last: date | None


@frozen(kw_only=True, eq=False)
class Series:
    """Tests that are asked for by the same duties and were last done on the same day."""

    tests: tuple[str, ...]
    duties: tuple[Duty, ...]
    last: date | None
    answerable: bool
    """Whether it can be told what was done: else its first day is a guess."""
    occasion: Occasion
    sampled: bool
    ordered_by: Role | None
    acted_on_by: Role | None

    @property
    def subjects(self) -> tuple[str, ...]:
        """Ids of the medicines and monitoring items that ask for the tests."""
        named = (name for duty in self.duties for name in (duty.medicine, duty.monitoring) if name is not None)
        return tuple(dict.fromkeys(named))

    @property
    def runs_out(self) -> bool:
        """Whether the plan repeats the tests, but says for no medicine that goes on how often in the end."""
        repeats = [piece for duty in self.duties for piece in duty.rhythm if isinstance(piece, Repeat)]
        planned = any(duty.planned and duty.until is None for duty in self.duties)
        return planned and bool(repeats) and all(piece.stop is not None for piece in repeats)

    def first(self, on: date) -> Draw | None:
        """The next day of the tests, however late it is; without results to tell by, today at the latest."""
        asked = _asked(self.duties, self.last, on)
        if not asked:
            return None
        if not self.answerable:
            return _draw(asked, max(asked[0][0].due, on), Status.UNKNOWN, self.last)
        worst = max((due.status(on) for due, _, _ in asked), key=lambda status: status.urgency)
        return _draw(asked, asked[0][0].due, worst, self.last)

    def after(self, done: date, on: date) -> Draw | None:
        """The next day if the tests are done on `done`."""
        asked = _asked(self.duties, done, on)
        return _draw(asked, asked[0][0].due, asked[0][0].status(on), done) if asked else None

    def paused(self, on: date) -> Draw | None:
        """What would be due while every medicine that asks for it is on hold: still shown, and never late."""
        if not all(duty.suspended for duty in self.duties):
            return None
        asked = [(due, piece, duty) for duty in self.duties for due, piece in duty.dues(self.last)]
        asked.sort(key=_by_day)
        day = max(asked[0][0].due, on) if asked else date.max
        resumed = any(duty.resumes is not None and duty.resumes <= day for duty in self.duties)
        return _draw(asked, day, Status.SUSPENDED, self.last) if asked and not resumed else None


def series(watch: Watch) -> list[Series]:
    """Put the duties together by test, and the tests together that fall due together.

    Some parts of the record are written for each medicine apart; a test serves all medicines.
    """
    pools: dict[tuple[str, str | None], list[Duty]] = {}
    for duty in watch.duties:
        if duty.decided:
            item = duty.medicine if of_item(duty.test, watch.knowledge) else None
            pools.setdefault((duty.test, item), []).append(duty)
    alike: dict[tuple[object, ...], list[str]] = {}
    asking: dict[tuple[object, ...], list[Duty]] = {}
    for (test, item), duties in pools.items():
        same = tuple((id(duty.rhythm), duty.medicine, duty.monitoring, duty.schedule) for duty in duties)
        kind = (test in watch.knowledge.records, sampled(test, watch.knowledge), watch.judgeable(duties[0]))
        key = (item, watch.last(duties[0]), kind, same)
        alike.setdefault(key, []).append(test)
        asking[key] = duties
    owners = {duty.medicine: duty for duty in reversed(watch.duties) if duty.owned}
    return [_series(watch, tuple(sorted(tests)), asking[key], owners) for key, tests in alike.items()]


def _series(watch: Watch, tests: tuple[str, ...], duties: list[Duty], owners: Mapping[str | None, Duty]) -> Series:
    """Those who own other tests of the medicine own the tests that only the knowledge base asks for, too."""
    last = watch.last(duties[0])
    owner = next((duty for duty in duties if duty.owned), None)
    owner = owner or next((owners[duty.medicine] for duty in duties if duty.medicine in owners), None)
    return Series(
        tests=tests,
        duties=tuple(duties),
        last=last,
        answerable=watch.judgeable(duties[0]) and any(duty.anchor(last) is not None for duty in duties),
        occasion=Occasion.REVIEW if tests[0] in watch.knowledge.records else Occasion.TEST,
        sampled=sampled(tests[0], watch.knowledge),
        ordered_by=owner.ordered_by if owner is not None else None,
        acted_on_by=owner.acted_on_by if owner is not None else None,
    )


def _asked(duties: Iterable[Duty], last: date | None, on: date) -> list[_Asked]:
    """What each duty asks for next, the earliest first; a medicine on hold asks again from its restart."""
    found: list[_Asked] = []
    for duty in duties:
        if duty.anchor(last) is None:
            repeats = (piece for piece in duty.rhythm if isinstance(piece, Repeat))
            found += ((Due(on, Due.after(on, piece.every).span), piece, duty) for piece in repeats)
        if not duty.suspended:
            found += ((due, piece, duty) for due, piece in duty.dues(last))
        elif duty.resumes is not None:
            restart = duty.resumes
            found += ((Due(max(due.due, restart), due.span), piece, duty) for due, piece in duty.dues(last))
    return sorted(found, key=_by_day)


def _by_day(asked: _Asked) -> date:
    return asked[0].due


def _draw(asked: list[_Asked], day: date, status: Status, last: date | None) -> Draw:
    closes = min(due.grace_ends for due, _, _ in asked)
    nearest: dict[int, str] = {}
    for _, piece, duty in asked:
        if id(duty) not in nearest:
            nearest[id(duty)] = duty.reason(piece)
    return Draw(
        day=day,
        status=status,
        window=Window(min(asked[0][0].opens, day), max(closes, day)),
        why=tuple(dict.fromkeys(nearest.values())),
        last=last,
    )
