"""The agenda as a calendar: what is overdue first, then month by month, then what has no date."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from attrs import frozen

from careplan.agenda import Agenda, Event, Occasion, Status, Unscheduled
from careplan.documents import dosing
from careplan.documents.names import Names
from careplan.documents.parts import Badge, Entry, Line, Lines, Period, Tone
from careplan.documents.terms import term
from careplan.documents.wording import NBSP, NOT_RECORDED, amounts, day, listed, month, weekday

_SOON = timedelta(days=14)
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
    """Put the agenda into periods; events that only repeat are one entry a month."""
    late = agenda.overdue()
    periods = [Period("Overdue", tuple(_entry(event, say, detail) for event in late))] if late else []
    ahead = [event for event in agenda.events if event not in late]
    for first, events in groupby(ahead, key=lambda event: event.date.replace(day=1)):
        periods.append(Period(month(first), tuple(_month(events, say, detail))))
    return tuple(periods)


def _month(events: Iterable[Event], say: Say, detail: Detail) -> Iterator[Entry]:
    """One entry an event, but one for all days of a repeated dose or session, at the first of them."""
    given = list(events)
    together: dict[tuple[str, Lines], list[date]] = defaultdict(list)
    for event in given:
        if event.occasion in _REPEATED:
            together[say(event), detail(event)].append(event.date)
    for event in given:
        if event.occasion not in _REPEATED:
            yield _entry(event, say, detail)
        elif days := together.pop((say(event), detail(event)), None):
            yield Entry(_days(days), say(event), detail(event))


def _entry(event: Event, say: Say, detail: Detail) -> Entry:
    return Entry(weekday(event.date), say(event), detail(event))


def _days(days: list[date]) -> str:
    """``Monday 2 March 2026``; several days of one month are listed: ``Mondays 2, 9 and 16 March 2026``."""
    if len(days) == 1:
        return weekday(days[0])
    name = weekday(days[0]).split(" ")[0] + "s " if len({each.weekday() for each in days}) == 1 else ""
    return f"{name}{listed(str(each.day) for each in days)}{NBSP}{month(days[0])}"


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
        case _:
            return amounts(event.title)


def event_lines(event: Event) -> Lines:
    """What the team needs to know about an event: its state, then everything else in one line."""
    told = [amounts(reason) for reason in event.why]
    if event.occasion is Occasion.TEST:
        told.append(f"latest acceptable day: {weekday(event.window.closes)}")
        told.append(f"last result: {day(event.last) if event.last else NOT_RECORDED}")
    if event.occasion.waits:
        ordered, acted = (term(role) if role else NOT_RECORDED for role in (event.ordered_by, event.acted_on_by))
        told.append(f"ordered by: {ordered}; acted on by: {acted}")
    return (*mark(event), *(("; ".join(told),) if told else ()))


def next_dates(agenda: Agenda, names: Names) -> tuple[Lines, ...]:
    """What is overdue, and what falls into the next 14 days, in short."""
    late: list[Line] = [
        Badge(Tone.WARNING, "Overdue", f"{title(event, names)}, due {day(event.date)}") for event in agenda.overdue()
    ]
    ahead = [event for event in agenda.between(agenda.on, agenda.on + _SOON) if event.occasion not in _REPEATED]
    soon = [f"{weekday(event.date)}: {title(event, names)}" for event in ahead]
    return tuple((line,) for line in (*late, *soon)) or (("Nothing is due in the next 14 days",),)


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
    """A result that asks for action."""

    test: str
    limit: str
    action: Lines


def limit_rows(agenda: Agenda, names: Names) -> tuple[LimitRow, ...]:
    """Every limit that the events of the agenda know, once."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for event in agenda.events:
        for limit in event.if_abnormal:
            actors = listed(names.role(actor) for actor in limit.actors)
            found[names.test(limit.test), amounts(limit.text)][
                f"{amounts(limit.action)} ({actors})" if actors else amounts(limit.action)
            ] = None
    return tuple(LimitRow(test, text, tuple(actions)) for (test, text), actions in sorted(found.items()))
