"""Timing of a record: what its structure says, as one kind of rhythm or, where no kind fits, as none."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.concept import read_concept
from careplan.exchange.fhir.day import read_day
from careplan.exchange.fhir.node import Node
from careplan.model import Calendar, Daily, DayPattern, Every, EveryHours, Interval, Once, Weekday, Weekly, plain

Rhythm: TypeAlias = Daily | DayPattern | EveryHours | Weekly | Every | Once

_DAYS = {day.value[:3]: day for day in Weekday}
_PARTS = {
    "morning": ("MORN", "MORN.early", "MORN.late", "ACM", "PCM", "CM", "WAKE"),
    "noon": ("NOON", "ACD", "PCD", "CD"),
    "evening": ("EVE", "EVE.early", "EVE.late", "ACV", "PCV", "CV"),
    "night": ("NIGHT", "HS"),
}
_MEALS = frozenset({"C", "AC", "PC"})
_PART_OF = {code: part for part, codes in _PARTS.items() for code in codes}
_CODES: dict[str, Rhythm] = {
    "QD": Daily(), "BID": Daily(times=2), "TID": Daily(times=3), "QID": Daily(times=4),
    "AM": DayPattern(morning=Decimal(1)), "BED": DayPattern(night=Decimal(1)),
    "QOD": Every(interval=Interval(2, Calendar.DAY)), "WK": Every(interval=Interval(1, Calendar.WEEK)),
    "MO": Every(interval=Interval(1, Calendar.MONTH)),
    **{f"Q{hours}H": EveryHours(hours=hours) for hours in (1, 2, 3, 4, 6, 8, 12, 24)},
}  # fmt: skip
"""HL7's abbreviations of timings (GTSAbbreviation) that name one rhythm."""

_INTERVALS = {"d": Calendar.DAY, "wk": Calendar.WEEK, "mo": Calendar.MONTH, "a": Calendar.YEAR}


def read_rhythm(timing: Node) -> Rhythm | None:
    """Read a FHIR Timing. None if it is silent; None with a note if no single rhythm says the same."""
    repeat = timing.child("repeat")
    concept = read_concept(timing, "code")
    named = _CODES.get(concept.code(_CODES) or (concept.text or "").upper())
    structured = _repeated(repeat) if repeat is not None else None
    if named is not None and structured is not None and per_day(named) != per_day(structured):
        timing.note(Kind.UNUSABLE, "code", "timing", "code and repeat contradict each other: neither is used")
        return None
    if named is not None and repeat is not None and structured is None and _says_something(repeat):
        timing.note(Kind.UNUSABLE, "code", "timing", "its repeat says more than its code: neither is used")
        return None
    if structured is None and named is None:
        if concept:
            timing.note(Kind.UNMAPPED, "code", "timing", "not an abbreviation that is known", concept.label)
        return _event(timing)
    return structured or named


def per_day(rhythm: Rhythm) -> Decimal:
    """Doses a day on average, rounded; what two ways to say one rhythm have in common."""
    match rhythm:
        case Daily(times=times):
            doses = Decimal(times)
        case DayPattern(shares=shares):
            doses = Decimal(sum(1 for share in shares if share))
        case EveryHours(hours=hours):
            doses = Decimal(24) / hours
        case Weekly(days=days, times=times):
            doses = Decimal(len(days) * times) / 7
        case Every(interval=interval):
            doses = 1 / Decimal(days_of(interval))
        case Once():
            doses = Decimal(0)
    return Decimal(plain(round(doses, 4)))


def days_of(interval: Interval) -> int:
    """Count a month as 30 days and a year as 365: only to compare rhythms."""
    return interval.count * {Calendar.DAY: 1, Calendar.WEEK: 7, Calendar.MONTH: 30, Calendar.YEAR: 365}[interval.unit]


def _says_something(repeat: Node) -> bool:
    return any(key in repeat.data for key in ("frequency", "period", "dayOfWeek", "when", "timeOfDay", "count"))


def _event(timing: Node) -> Rhythm | None:
    listed = timing.texts("event")
    if len(listed) == 1:
        node = Node({"event": listed[0]}, timing.path, timing.notes)
        day = read_day(node, "event", "timing")
        return Once(on=day) if day else None
    if listed:
        timing.note(Kind.UNMAPPED, "event", "timing", "single days are listed: kept in words", ", ".join(listed))
    return None


def _repeated(repeat: Node) -> Rhythm | None:
    ranged = [key for key in ("frequencyMax", "periodMax", "countMax") if key in repeat.data]
    if ranged:
        repeat.note(Kind.UNMAPPED, ranged[0], "timing", "a range of times: no single rhythm", repeat_words(repeat))
        return None
    if "frequency" not in repeat.data and _MEALS & set(repeat.texts("when")):
        repeat.note(Kind.UNMAPPED, "when", "timing", "meals, but not how many in a day", repeat_words(repeat))
        return None
    days = _weekdays(repeat)
    if days is None:
        return None
    period, count = repeat.number("period"), repeat.whole("count")
    if count is not None and (period is not None or count != 1):
        repeat.note(Kind.UNMAPPED, "count", "end of the course", f"it ends after {count} times: no day is known")
    if period is None:
        return _without_period(repeat, days, count)
    unit = repeat.text("periodUnit")
    named = len(days) if unit == "wk" else 0  # per day or hour the days only say when it runs
    implied = max(1, named, len(repeat.texts("when")), len(repeat.texts("timeOfDay")))
    frequency = repeat.whole("frequency") if "frequency" in repeat.data else implied
    if unit == "h" and period == 24:
        period, unit = Decimal(1), "d"
    try:
        rhythm = None if frequency is None else _BY_UNIT.get(unit or "", _no_rhythm)(repeat, frequency, period, days)
    except ValueError as error:
        repeat.note(Kind.UNUSABLE, "", "timing", str(error), repeat_words(repeat))
        return None
    if rhythm is None:
        repeat.note(Kind.UNMAPPED, "", "timing", "no rhythm of this library says the same", repeat_words(repeat))
    return rhythm


def _weekdays(repeat: Node) -> tuple[Weekday, ...] | None:
    """Read the days of the week, in their order; None if one of them is no day."""
    listed = repeat.texts("dayOfWeek")
    known = {_DAYS[text.casefold()] for text in listed if text.casefold() in _DAYS}
    if len(known) != len(set(map(str.casefold, listed))) or ("dayOfWeek" in repeat.data and not known):
        repeat.note(
            Kind.UNUSABLE, "dayOfWeek", "timing", "not days of the week (mon ... sun): none is used", " ".join(listed)
        )
        return None
    return tuple(sorted(known, key=lambda day: day.number))


def _without_period(repeat: Node, days: tuple[Weekday, ...], count: int | None) -> Rhythm | None:
    times = max(len(repeat.texts("when")), len(repeat.texts("timeOfDay")))
    if "frequency" in repeat.data:
        repeat.note(Kind.UNUSABLE, "frequency", "timing", "a frequency without a period says nothing")
        return None
    if days:
        return Weekly(days=days, times=max(times, 1)) if times <= 24 else None
    if times:
        return _in_a_day(repeat, times, Decimal(1), ())
    if count == 1:
        return Once()
    return None


def _in_a_day(repeat: Node, frequency: int, period: Decimal, days: tuple[Weekday, ...]) -> Rhythm | None:
    if period != 1:
        if frequency == 1 and not days and period == period.to_integral_value():
            return Every(interval=Interval(int(period), Calendar.DAY))
        return _in_hours(repeat, frequency, period * 24, days)
    if days:
        return Weekly(days=days, times=frequency)
    parts = [_PART_OF.get(code) for code in repeat.texts("when")]
    if len(parts) != frequency or None in parts or len(set(parts)) != len(parts):
        if parts and len(parts) > frequency:
            raise ValueError(f"{frequency} times a day, but {len(parts)} parts of the day are named: neither is used")
        if parts or "timeOfDay" in repeat.data:
            repeat.note(Kind.GUESSED, "", "time of day", "kept in words only", repeat_words(repeat))
        return Daily(times=frequency)
    return DayPattern(**{part: Decimal(1) for part in parts if part})


def _in_hours(_repeat: Node, frequency: int, period: Decimal, days: tuple[Weekday, ...]) -> Rhythm | None:
    if frequency != 1 or period != period.to_integral_value() or days:
        return None
    if period > 168 and period % 24 == 0:
        return Every(interval=Interval(int(period) // 24, Calendar.DAY))
    return EveryHours(hours=int(period))


def _in_weeks(repeat: Node, frequency: int, period: Decimal, days: tuple[Weekday, ...]) -> Rhythm | None:
    if period == 1 and days and frequency % len(days) == 0:
        return Weekly(days=days, times=frequency // len(days))
    if days and (period == 1 or len(days) != 1):
        return None
    if days:
        repeat.note(Kind.GUESSED, "dayOfWeek", "day of the week", "kept in words only", days[0].value)
    return _in_intervals(repeat, frequency, period, ())


def _in_intervals(repeat: Node, frequency: int, period: Decimal, days: tuple[Weekday, ...]) -> Rhythm | None:
    if frequency != 1 or period != period.to_integral_value() or days:
        return None
    return Every(interval=Interval(int(period), _INTERVALS[repeat.text("periodUnit") or "d"]))


def _no_rhythm(_repeat: Node, _frequency: int, _period: Decimal, _days: tuple[Weekday, ...]) -> None:
    return None


_BY_UNIT: dict[str, Callable[[Node, int, Decimal, tuple[Weekday, ...]], Rhythm | None]] = {
    "h": _in_hours, "d": _in_a_day, "wk": _in_weeks, "mo": _in_intervals, "a": _in_intervals,
}  # fmt: skip


def repeat_words(repeat: Node) -> str:
    """Write the structure down in words, for notes and for plans whose order has none."""
    data = repeat.data

    def span(key: str) -> str:
        return "-".join(filter(None, (repeat.shown(key), repeat.shown(f"{key}Max", ""))))

    parts = []
    if "frequency" in data or "period" in data:
        parts.append(f"{span('frequency') if 'frequency' in data else 1} times")
    if "period" in data:
        parts.append(f"per {span('period')} {repeat.shown('periodUnit', 'of no unit')}")
    parts += [f"{name} {' '.join(repeat.texts(key))}" for key, name in _LISTS.items() if key in data]
    parts += [f"{name} {span(key)}" for key, name in (("count", "in all"), ("duration", "lasting")) if key in data]
    return ", ".join(parts)


_LISTS = {"dayOfWeek": "on", "when": "at", "timeOfDay": "at"}
