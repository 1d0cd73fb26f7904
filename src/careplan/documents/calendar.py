"""The agenda as a calendar: what is overdue first, then what comes again, then single days, then what has no date."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby, pairwise

from attrs import frozen

from careplan.agenda import Agenda, Event, Occasion, Status, Unscheduled
from careplan.documents import dosing
from careplan.documents.names import Names
from careplan.documents.parts import Badge, Entry, Line, Lines, Period, Tone
from careplan.documents.summary import cut
from careplan.documents.terms import term
from careplan.documents.wording import NBSP, NOT_RECORDED, WEEKDAYS, amounts, day, from_id, listed, month, weekday

_SOON = timedelta(days=14)
_IN_SHORT = 4
"""How many dates the first page has room for."""
_OFTEN = 3
"""What comes as often as this is one line with its rhythm."""
_EVERY = {7: "Every", 14: "Every second"}
_REPEATED = frozenset({Occasion.DOSE, Occasion.SESSION, Occasion.PATCH_CHANGE})
_MARKS = {
    Status.WINDOW_OPEN: Badge(Tone.INFO, "Can be done now"),
    Status.DUE: Badge(Tone.CAUTION, "Due today"),
    Status.OVERDUE_IN_GRACE: Badge(Tone.CAUTION, "Overdue, still acceptable"),
    Status.OVERDUE: Badge(Tone.WARNING, "Overdue"),
    Status.CRITICAL: Badge(Tone.CRITICAL, "Critically overdue"),
    Status.SUSPENDED: Badge(Tone.INFO, "Suspended while on hold"),
    Status.UNKNOWN: Badge(Tone.UNKNOWN, "Not known whether done"),
}

Say = Callable[[Event], str]
Detail = Callable[[Event], Lines]


def calendar_note(agenda: Agenda) -> str:
    """Which days the calendar covers."""
    return f"From {day(agenda.on)} to {day(agenda.until)}. What is overdue comes first."


def calendar(agenda: Agenda, say: Say, detail: Detail) -> tuple[Period, ...]:
    """Put the agenda into parts: what is late, what comes again and again in one line each, what has one day."""
    late = agenda.overdue()
    ahead = [event for event in agenda.events if event not in late]
    alike: dict[tuple[str, Lines], dict[date, None]] = defaultdict(dict)
    for event in ahead:
        alike[say(event), detail(event)][event.date] = None
    regular = {told: tuple(days) for told, days in alike.items() if len(days) >= _OFTEN}
    once = [event for event in ahead if (say(event), detail(event)) not in regular]
    periods = (
        Period("Overdue", tuple(_entry(event, say, detail) for event in late)),
        Period("Again and again", tuple(Entry(rhythm(days, agenda.until), *told) for told, days in regular.items())),
        Period("On one day", tuple(_entry(event, say, detail) for event in once)),
    )
    return tuple(period for period in periods if period.entries)


def _entry(event: Event, say: Say, detail: Detail) -> Entry:
    return Entry(weekday(event.date), say(event), detail(event))


def rhythm(days: tuple[date, ...], until: date) -> str:
    """``Every Monday from 2 March 2026``; days without a rhythm are listed month by month.

    The last day is said only where the days end at least one step before `until`, where the calendar ends.
    """
    often, step = _often(days)
    if not often:
        months = groupby(days, key=month)
        return "; ".join(f"{listed(str(each.day) for each in given)}{NBSP}{name}" for name, given in months)
    first, last = days[0], days[-1]
    if last + timedelta(days=step) > until:
        return f"{often} from {day(first)}"
    start = day(first).removesuffix(f" {last.year}")
    return f"{often} from {start} to {day(last)}"


def _often(days: tuple[date, ...]) -> tuple[str, int]:
    """The rhythm in words, with its length in days; empty if there is none."""
    weekdays = sorted({each.weekday() for each in days})
    named = listed(WEEKDAYS[each] for each in weekdays)
    steps = {(later - earlier).days for earlier, later in pairwise(days)}
    if len(steps) == 1:
        step = steps.pop()
        if len(weekdays) == 1:
            return f"{_EVERY.get(step, f'Every {step // 7} weeks on')} {named}", step
        return ("Every day" if step == 1 else f"Every {step}{NBSP}days"), step
    weekly = all((later - earlier).days == 7 for earlier, later in zip(days, days[len(weekdays) :], strict=False))
    if weekly and len(days) >= 2 * len(weekdays):
        return f"Every {named}", 7
    return "", 0


def mark(event: Event) -> Lines:
    """The state of an event in a word with a shape; nothing if its time has not come."""
    return (_MARKS[event.status],) if event.status in _MARKS else ()


def title(event: Event, names: Names) -> str:
    """What happens, for the team; repeated doses and sessions bear the same title every time."""
    about = listed(names.component(ref) for ref in event.subjects)
    match event.occasion:
        case Occasion.DOSE | Occasion.PATCH_CHANGE if event.dose is not None and len(event.subjects) == 1:
            medicine = next((m for m in names.plan.medicines if m.id == event.subjects[0]), None)
            return f"{term(event.occasion)}: {about}, {dosing.dose(event.dose, medicine)[0]}"
        case Occasion.SESSION if sessions := [t for t in names.plan.therapies if t.id in event.subjects]:
            return f"session: {listed(names.therapy(each.therapy) for each in sessions)}"
        case Occasion.REVIEW if event.tests:
            return amounts(event.title).replace(from_id(event.tests[0]), names.test(event.tests[0]))
        case _:
            return amounts(event.title)


def event_lines(event: Event, on: date) -> Lines:
    """What the team needs to know about an event: its state, then everything else in one line."""
    told = [amounts(reason) for reason in event.why]
    if event.occasion is Occasion.TEST:
        told.append(f"latest acceptable day: {day(event.window.closes)}")
        told.append(_previous(event.last, on))
    if event.occasion.waits:
        ordered, acted = (term(role) if role else NOT_RECORDED for role in (event.ordered_by, event.acted_on_by))
        alike = f"ordered and acted on by: {ordered}"
        told.append(alike if ordered == acted else f"ordered by: {ordered}; acted on by: {acted}")
    return (*mark(event), *(("; ".join(told),) if told else ()))


def _previous(last: date | None, on: date) -> str:
    """The result that a due date counts from; one still ahead is not yet a result."""
    if last is None:
        return "no result on record"
    return f"last result: {day(last)}" if last <= on else f"counted from the test of {day(last)}"


def next_dates(agenda: Agenda, names: Names) -> tuple[Lines, ...]:
    """What is overdue, and what falls into the next 14 days, in short."""
    late: list[Line] = [
        Badge(Tone.WARNING, "Overdue", f"{title(event, names)}, due {day(event.date)}") for event in agenda.overdue()
    ]
    ahead = [event for event in agenda.between(agenda.on, agenda.on + _SOON) if event.occasion not in _REPEATED]
    soon = [f"{weekday(event.date)}: {title(event, names)}" for event in ahead]
    kept, more = cut((*late, *soon), _IN_SHORT, "Calendar")
    lines = (*kept, *((more,) if more else ())) or ("Nothing is due in the next 14 days",)
    return tuple((line,) for line in lines)


def undated(agenda: Agenda, names: Names) -> tuple[Lines, ...]:
    """What belongs in the calendar and has no date, each with every reason."""
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    for item in agenda.unscheduled:
        what = listed(names.test(test) for test in item.tests)
        whose = listed(names.component(ref) for ref in item.subjects)
        reasons[f"{whose}: {what}" if what and whose else item.title][_reason(item)] = None
    return tuple((title, *details) for title, details in reasons.items())


def _reason(item: Unscheduled) -> str:
    """The obstacle in words; a condition in the language of the rules is not for readers."""
    code = '("' in item.detail or "()" in item.detail
    return "needed under a condition that could not be judged" if code else amounts(item.detail)


@frozen
class LimitRow:
    """The results of one test that ask for action, each with what to do."""

    test: str
    limits: Lines


def limit_rows(agenda: Agenda, names: Names) -> tuple[LimitRow, ...]:
    """Every limit that the events of the agenda know, once, by test."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for event in agenda.events:
        for limit in event.if_abnormal:
            actors = f" ({listed(names.role(actor) for actor in limit.actors)})" if limit.actors else ""
            found[names.test(limit.test)][f"{amounts(limit.text)}: {amounts(limit.action)}{actors}"] = None
    return tuple(LimitRow(test, tuple(limits)) for test, limits in sorted(found.items()))
