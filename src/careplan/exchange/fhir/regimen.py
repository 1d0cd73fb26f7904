"""All Dosages of one order together: one dose, a pattern over the day, or steps that follow each other."""

from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve, frozen

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.article import Article
from careplan.exchange.fhir.concept import read_concept, read_concepts
from careplan.exchange.fhir.day import read_day
from careplan.exchange.fhir.dosing import Directions, read_directions
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.route import read_route
from careplan.exchange.fhir.wording import Wording
from careplan.model import Absent, Calendar, DayPattern, Dosage, Dose, Interval, Quantity, Route, Step, Steps

_LENGTHS = {"d": Calendar.DAY, "wk": Calendar.WEEK, "mo": Calendar.MONTH, "a": Calendar.YEAR}


@frozen(kw_only=True)
class Regimen:
    """How a medicine is taken as one order says it."""

    dosage: Dosage
    start: date | None = None
    stop: date | None = None
    route: Route | Absent = Absent.UNKNOWN
    instructions: str | None = None
    remarks: tuple[str, ...] = ()


@frozen(kw_only=True)
class _Part:
    """One Dosage with its bounds."""

    directions: Directions
    sequence: int | None
    start: date | None
    stop: date | None

    @property
    def dose(self) -> Dose:
        return self.directions.dose


def read_regimen(order: Node, key: str, article: Article, *, since: date | None) -> Regimen:
    """Read the Dosages of an order. `since` is the day from which a length ("for 7 days") counts if no day is given."""
    nodes = order.children(key)
    parts = [_part(node, article, since) for node in nodes]
    if all(part.dose == Dose.unknown(part.dose.text) for part in parts):
        _note_unknown(order, key, _joined(parts))
    if not parts:
        return Regimen(dosage=Dose.unknown())
    dosage = parts[0].dose if len(parts) == 1 else _together(order, key, parts)
    starts = [part.start for part in parts if part.start is not None]
    routes = {read_route(node, read_concept(node, "route")) for node in nodes}
    if len(routes) > 1:
        order.note(Kind.UNMAPPED, key, "route", "several routes are given: none is chosen")
    return Regimen(
        dosage=dosage,
        start=min(starts, default=None),
        stop=_latest([part.stop for part in parts]),
        route=routes.pop() if len(routes) == 1 else Absent.UNKNOWN,
        instructions="; ".join(dict.fromkeys(words for node in nodes for words in _instructions(node))) or None,
        remarks=tuple(dict.fromkeys(remark for part in parts for remark in part.directions.remarks)),
    )


def _note_unknown(order: Node, key: str, words: str | None) -> None:
    if words:
        order.note(Kind.UNMAPPED, key, "dosage in words only", "words are kept, not interpreted", words)
    else:
        order.note(Kind.UNMAPPED, key, "no dosage", "the order does not say how much and how often: left unknown")


def _latest(stops: list[date | None]) -> date | None:
    """Return the last day of all; None if one of them is open."""
    known = [stop for stop in stops if stop is not None]
    return max(known) if len(known) == len(stops) else None


def _instructions(node: Node) -> list[str]:
    extra = [concept.words for concept in read_concepts(node, "additionalInstruction")]
    return [words for words in (node.text("patientInstruction"), *extra) if words]


def _joined(parts: list[_Part]) -> str | None:
    return " / ".join(dict.fromkeys(part.dose.text for part in parts if part.dose.text)) or None


def _part(node: Node, article: Article, since: date | None) -> _Part:
    start, stop = _bounds(node, since)
    if start is not None and stop is not None and stop < start:
        why = f"it ends on {stop}, before it starts on {start}: the end is not used"
        node.note(Kind.UNUSABLE, "timing", "end", why)
        stop = None
    text = node.text("text")
    if start is not None and stop is not None and text and Wording.of(text).denies_length((stop - start).days + 1):
        why = f"the words name another length than {start} to {stop}: these days are used"
        node.note(Kind.GUESSED, "timing", "length", why, text)
    return _Part(directions=read_directions(node, article), sequence=node.whole("sequence"), start=start, stop=stop)


def _bounds(node: Node, since: date | None) -> tuple[date | None, date | None]:
    timing = node.child("timing")
    repeat = timing.child("repeat") if timing is not None else None
    if repeat is None:
        return None, None
    period, length = repeat.child("boundsPeriod"), repeat.child("boundsDuration")
    if period is not None:
        return read_day(period, "start", "start"), read_day(period, "end", "end", last=True)
    if length is not None:
        return None, _end(length, since)
    if "boundsRange" in repeat.data:
        repeat.note(Kind.UNMAPPED, "boundsRange", "end", "a range of lengths: no day is chosen")
    return None, None


def _end(length: Node, since: date | None) -> date | None:
    count, unit = length.number("value"), _LENGTHS.get(length.text("code") or length.text("unit") or "")
    words = f"{count} {length.text('code') or length.text('unit')}"
    if since is None or unit is None or count is None or count != count.to_integral_value():
        length.note(Kind.UNMAPPED, "", "end", "a length that gives no day", words)
        return None
    try:
        end = Interval(int(count), unit).after(since) - timedelta(days=1)
    except (ValueError, OverflowError):
        length.note(Kind.UNUSABLE, "", "end", "not a length of a treatment", words)
        return None
    length.note(Kind.GUESSED, "", "end", f"counted from {since}: until {end}", words)
    return end


def _together(order: Node, key: str, parts: list[_Part]) -> Dosage:
    numbers = [part.sequence for part in parts]
    if len(set(numbers)) == len(parts) and None not in numbers:
        parts = sorted(parts, key=lambda part: part.sequence or 0)
    else:
        parts = sorted(parts, key=lambda part: part.start or date.min)
    pattern = _pattern(parts)
    if pattern is not None:
        return pattern
    steps = _steps(parts)
    if steps is not None:
        return steps
    why = "they are no steps that follow each other without gap, and no pattern over one day: left unknown"
    order.note(Kind.UNMAPPED, key, f"{len(parts)} dosages", why, _joined(parts))
    return Dose.unknown(_joined(parts))


def _steps(parts: list[_Part]) -> Steps | None:
    starts = [part.start for part in parts]
    if None in starts:
        return None
    try:
        return Steps(steps=tuple(Step(dose=p.dose, start=p.start, stop=p.stop) for p in parts if p.start is not None))
    except ValueError:
        return None


def _pattern(parts: list[_Part]) -> Dose | None:
    """Join "300 mg in the morning" and "600 mg at night": multiples of the smallest amount."""
    if len({(part.start, part.stop) for part in parts}) != 1:
        return None
    amounts = [part.dose.amount for part in parts]
    known = [amount for amount in amounts if isinstance(amount, Quantity)]
    patterns = [part.dose.timing for part in parts if isinstance(part.dose.timing, DayPattern)]
    if len(known) != len(parts) or len(patterns) != len(parts) or len({a.unit for a in known}) != 1:
        return None
    unit = min(known, key=lambda amount: amount.value)
    shares = [Decimal(0)] * 4
    for amount, pattern in zip(known, patterns, strict=True):
        multiple = amount.value / unit.value
        for place, share in enumerate(pattern.shares):
            if share and (shares[place] or multiple * unit.value != amount.value):
                return None
            shares[place] += share * multiple
    morning, noon, evening, night = shares
    try:
        timing = DayPattern(morning=morning, noon=noon, evening=evening, night=night)
    except ValueError:
        return None
    return evolve(parts[0].dose, amount=unit, timing=timing, text=_joined(parts))
