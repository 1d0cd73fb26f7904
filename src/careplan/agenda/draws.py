"""Tests as events: what one visit can serve, for the same people, is one event."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import TypeAlias

from attrs import frozen

from careplan.agenda.event import Event, Limit, Obstacle, Occasion, Unscheduled
from careplan.agenda.known import analyte, parts
from careplan.agenda.limits import about
from careplan.agenda.series import Draw, Series, series
from careplan.agenda.watch import Watch
from careplan.knowledge import Knowledge

_Taken: TypeAlias = list[tuple[Draw, Series]]


@frozen(kw_only=True)
class _Visit:
    """What one visit is about, whatever its day."""

    title: str
    tests: tuple[str, ...]
    subjects: tuple[str, ...]
    if_abnormal: tuple[Limit, ...]


def tests(watch: Watch, until: date, limits: Mapping[str, Sequence[Limit]]) -> Iterator[Event | Unscheduled]:
    """Every test and record that is due up to `until`, late ones included; `limits` by component id."""
    panels = _panels(watch.knowledge)
    describe = cache(partial(_visit, limits=limits, knowledge=watch.knowledge, panels=panels))
    groups: dict[tuple[object, ...], list[Series]] = {}
    for each in series(watch):
        if each.runs_out:
            yield _running_out(each)
        apart = each.tests + each.subjects if each.occasion is Occasion.REVIEW else ()
        groups.setdefault((each.sampled, each.answerable, each.ordered_by, each.acted_on_by, apart), []).append(each)
    for group in groups.values():
        for day, taken in (*_paused(group, watch.on), *_rounds(group, watch.on, until)):
            if day <= until:
                yield _event(day, taken, describe(tuple(each for _, each in taken)))


def _running_out(each: Series) -> Unscheduled:
    return Unscheduled(
        title=", ".join(test.replace("-", " ") for test in each.tests),
        obstacle=Obstacle.NO_RHYTHM,
        detail="how often is stated for the first phases only",
        subjects=each.subjects,
        tests=each.tests,
    )


def _paused(group: list[Series], on: date) -> Iterator[tuple[date, _Taken]]:
    days: dict[date, _Taken] = {}
    for each in group:
        draw = each.paused(on)
        if draw is not None:
            days.setdefault(draw.day, []).append((draw, each))
    yield from days.items()


def _rounds(group: list[Series], on: date, until: date) -> Iterator[tuple[date, _Taken]]:
    """The days on which tests of one group are done, as if each were done on its day, and a late one today.

    A test whose window is open when another is due goes with it: one sample, one visit. What is late keeps its day.
    """
    waiting = [(draw, each) for each in group if (draw := each.first(on)) is not None]
    while waiting:
        day = min(draw.day for draw, _ in waiting)
        if day > until:
            return
        taken = [(d, each) for d, each in waiting if d.day == day or (day >= on and d.window.opens <= day)]
        yield day, taken
        waiting = [pair for pair in waiting if pair not in taken]
        done = max(day, on)
        waiting += [(draw, each) for _, each in taken if (draw := each.after(done, on)) is not None]


def _event(day: date, draws: _Taken, visit: _Visit) -> Event:
    (draw, one), *others = draws
    window, last, status = draw.window, draw.last, draw.status
    for other, _ in others:
        window = window.common(other.window)
        last = None if last is None or other.last is None else min(last, other.last)
        status = max(status, other.status, key=lambda each: each.urgency)
    return Event(
        date=day,
        occasion=one.occasion,
        title=visit.title,
        status=status,
        window=window,
        subjects=visit.subjects,
        tests=visit.tests,
        why=tuple(sorted({reason for each, _ in draws for reason in each.why})),
        ordered_by=one.ordered_by,
        acted_on_by=one.acted_on_by,
        if_abnormal=visit.if_abnormal,
        last=last,
    )


def _visit(
    together: tuple[Series, ...],
    limits: Mapping[str, Sequence[Limit]],
    knowledge: Knowledge,
    panels: Mapping[str, frozenset[str]],
) -> _Visit:
    tests = tuple(sorted({test for each in together for test in each.tests}))
    subjects = tuple(sorted({subject for each in together for subject in each.subjects}))
    return _Visit(
        title=_title(together[0], tests, knowledge, panels),
        tests=tests,
        subjects=subjects,
        if_abnormal=about((limit for name in subjects for limit in limits.get(name, ())), tests),
    )


def _title(one: Series, tests: tuple[str, ...], knowledge: Knowledge, panels: Mapping[str, frozenset[str]]) -> str:
    names = ", ".join(_name(test, knowledge) for test in _condensed(tests, panels))
    if one.occasion is Occasion.REVIEW:
        return f"{names.capitalize()}: {', '.join(dict.fromkeys(duty.label for duty in one.duties))}"
    return f"Laboratory: {names}" if one.sampled else names


def _condensed(tests: tuple[str, ...], panels: Mapping[str, frozenset[str]]) -> list[str]:
    """Name whole panels instead of their parts."""
    left, shown = list(tests), list[str]()
    for panel, members in panels.items():
        if members <= {*left}:
            shown.append(panel)
            left = [test for test in left if test not in members]
    return shown + left


def _panels(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    return {name: frozenset(parts(name, knowledge)) for name in knowledge.analytes.column("parts")}


def _name(test: str, knowledge: Knowledge) -> str:
    known = analyte(test, knowledge)
    return known.name if known is not None else test.replace("-", " ")
