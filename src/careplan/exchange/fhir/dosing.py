"""One FHIR Dosage: its amount, rhythm and words, held against each other, as one dose."""

from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.amount import read_quantity
from careplan.exchange.fhir.article import Article
from careplan.exchange.fhir.concept import read_concept
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.rhythm import Rhythm, per_day, read_rhythm, repeat_words
from careplan.exchange.fhir.wording import Wording
from careplan.model import (
    Absent,
    AsNeeded,
    Calendar,
    Continuous,
    Daily,
    DayPattern,
    Dimension,
    Dose,
    Every,
    EveryHours,
    Quantity,
    Timing,
    Unit,
    UnitError,
    Weekly,
)

_RATES = (Dimension.MASS_RATE, Dimension.VOLUME_RATE)
_HOURS = {Calendar.DAY: 24, Calendar.WEEK: 168}
Remarks: TypeAlias = list[str]


@frozen(kw_only=True)
class Directions:
    """A dose as far as it is known, and what the structure says beyond it."""

    dose: Dose
    remarks: tuple[str, ...] = ()


def read_directions(node: Node, article: Article) -> Directions:
    """Read one Dosage. What its words and its structure say differently is left unknown, with a note."""
    text = node.text("text")
    remarks: Remarks = []
    if "modifierExtension" in node.data:
        node.note(Kind.UNUSABLE, "modifierExtension", "dose", "it changes the meaning in a way that is not known", text)
        return Directions(dose=Dose.unknown(text))
    amount = _amount(node, article, remarks)
    timing, needed = node.child("timing"), _as_needed(node)
    repeat = timing.child("repeat") if timing is not None else None
    rhythm: Rhythm | None = _gap(repeat) if needed and repeat is not None else None
    if rhythm is None and timing is not None:
        rhythm = read_rhythm(timing)
    if needed or timing is not None or amount is not None:
        _note_missing(node, amount, rhythm, needed=needed)
    words = ". ".join(filter(None, (text, node.text("patientInstruction"))))
    if words:
        amount, rhythm = _agreed(node, Wording.of(words), amount, rhythm, words)
    if repeat is not None and rhythm is None and not text and repeat_words(repeat):
        remarks.append(f"timing as recorded: {repeat_words(repeat)}")
    if needed:
        return _needed(node, amount, rhythm, text, remarks)
    _limit(node, remarks)
    return _regular(node, amount, rhythm, article, text, remarks)


def _note_missing(node: Node, amount: Quantity | None, rhythm: Rhythm | None, *, needed: bool) -> None:
    if amount is None and not any(key in node.data for key in ("doseAndRate", "doseQuantity")):
        node.note(Kind.UNMAPPED, "doseAndRate", "no amount", "the order does not say how much: left unknown")
    if rhythm is None and not needed and "timing" not in node.data:
        node.note(Kind.UNMAPPED, "timing", "no timing", "the order does not say how often: left unknown")


def _directions(amount: Quantity | None, timing: Timing | None, text: str | None, remarks: Remarks) -> Directions:
    dose = Dose(amount=amount or Absent.UNKNOWN, timing=timing or Absent.UNKNOWN, text=text)
    return Directions(dose=dose, remarks=tuple(remarks))


def _regular(
    node: Node, amount: Quantity | None, rhythm: Rhythm | None, article: Article, text: str | None, remarks: Remarks
) -> Directions:
    """Make the dose; a patch that delivers a rate and is changed in a rhythm runs all the time."""
    hours = _change_hours(rhythm)
    if amount is not None and amount.unit is Unit.PATCH and article.rate is not None and hours is not None:
        if isinstance(rhythm, Weekly):
            remarks.append(f"changed on {rhythm.days[0].value}")
        return _directions(article.rate * amount.value, Continuous(change_hours=hours), text, remarks)
    if amount is not None and amount.unit.dimension in _RATES:
        running = Continuous(change_hours=hours) if hours is not None else Continuous()
        if hours is None and rhythm is not None:
            node.note(Kind.UNMAPPED, "timing", "timing", "a rate in a rhythm of its own: kept as running all the time")
        return _directions(amount, running, text, remarks)
    return _directions(amount, rhythm, text, remarks)


def _change_hours(rhythm: Rhythm | None) -> int | None:
    match rhythm:
        case EveryHours(hours=hours):
            return hours
        case Every(interval=interval) if interval.unit in _HOURS:
            return interval.count * _HOURS[interval.unit]
        case Daily(times=1):
            return 24
        case Weekly(days=(_,), times=1):
            return 168
        case _:
            return None


def _agreed(
    node: Node, wording: Wording, amount: Quantity | None, rhythm: Rhythm | None, words: str
) -> tuple[Quantity | None, Rhythm | None]:
    """Let the words veto amount and rhythm: where the two contradict each other neither is used."""
    if amount is not None and wording.denies_amount(amount, rhythm):
        why = f"the words and the structure ({amount}) contradict each other: the amount is left unknown"
        node.note(Kind.UNUSABLE, "doseAndRate", "dose contradicted", why, words)
        amount = None
    if rhythm is not None and wording.denies_rhythm(rhythm):
        structure = f"{per_day(rhythm).normalize():f} doses a day on average"
        why = f"the words and the structure ({structure}) contradict each other: the timing is left unknown"
        node.note(Kind.UNUSABLE, "timing", "timing contradicted", why, words)
        rhythm = None
    elif rhythm is not None and wording.says_more_than(rhythm) and not _as_needed(node):
        node.note(Kind.GUESSED, "timing", "timing", "the words name another rhythm too: the structure is used", words)
    return amount, rhythm


def _amount(node: Node, article: Article, remarks: Remarks) -> Quantity | None:
    listed = node.children("doseAndRate") or ([node] if "doseQuantity" in node.data else [])
    ordered = [item for item in listed if read_concept(item, "type").code(("ordered",))] or listed
    if len(ordered) > 1:
        node.note(Kind.UNMAPPED, "doseAndRate", "dose", f"{len(ordered)} amounts are given: none is chosen")
    if len(ordered) != 1:
        return None
    item = ordered[0]
    for key in ("doseRange", "rateRange"):
        bounds = item.child(key)
        if bounds is not None:
            span = _span(bounds)
            item.note(Kind.UNMAPPED, key, "dose", "a range of amounts: none of them is chosen", span)
            remarks.append(f"amount as recorded: {span}")
            return None
    amount = _dose_quantity(item, article) if "doseQuantity" in item.data else _rate(item)
    if amount is not None and amount.value <= 0:
        item.note(Kind.UNUSABLE, "doseQuantity", "dose", "an amount must be more than 0", amount)
        return None
    return amount


def _span(bounds: Node) -> str:
    ends = [end for end in (bounds.child("low"), bounds.child("high")) if end is not None]
    values = [str(end.data.get("value", "?")) for end in ends]
    units = [end.text("unit") or end.text("code") for end in ends]
    return " ".join(filter(None, ("-".join(values), units[-1] if units else None)))


def _dose_quantity(item: Node, article: Article) -> Quantity | None:
    quantity = item.child("doseQuantity")
    if quantity is None:
        return None
    if "rateRatio" in item.data or "rateQuantity" in item.data:
        item.note(Kind.UNMAPPED, "", "rate of infusion", "dose and rate are given: the rate is not kept")
    bare = quantity.text("unit") in (None, "ea", "each", "1") and quantity.text("code") in (None, "ea", "each", "1")
    value, counted = quantity.data.get("value"), article.counted
    if bare and value is not None and counted is not None:
        number = quantity.number("value")
        if number is not None:
            why = f"no unit is given: taken as {counted.value}, from the product's name"
            quantity.note(Kind.GUESSED, "unit", "dose", why, value)
            return Quantity(number, counted)
    return read_quantity(quantity, "dose", dose=True)


def _rate(item: Node) -> Quantity | None:
    quantity, ratio = item.child("rateQuantity"), item.child("rateRatio")
    if ratio is not None:
        above, below = ratio.child("numerator"), ratio.child("denominator")
        if above is None or below is None:
            return None
        code = f"{above.text('code') or above.text('unit')}/{below.text('code') or below.text('unit')}"
        quantity = Node({"value": above.number("value"), "code": code}, ratio.path, item.notes)
        if below.number("value") not in (None, Decimal(1)):
            ratio.note(Kind.UNMAPPED, "", "rate", "not a rate per one unit of time", code)
            return None
    if quantity is None:
        return None
    rate = read_quantity(quantity, "rate")
    if rate is not None and rate.unit.dimension not in _RATES:
        quantity.note(Kind.UNMAPPED, "", "rate", "not a rate that this library knows", rate)
        return None
    return rate


def _as_needed(node: Node) -> bool:
    return node.flag("asNeededBoolean") is True or node.child("asNeededCodeableConcept") is not None


def _gap(repeat: Node) -> EveryHours | None:
    """Read "every 4 to 6 hours", which as needed means: 4 hours apart at least."""
    if repeat.text("periodUnit") != "h" or repeat.data.get("frequency", 1) != 1 or "frequencyMax" in repeat.data:
        return None
    hours = repeat.whole("period") if "periodMax" in repeat.data else None
    return EveryHours(hours=hours) if hours is not None and 1 <= hours <= 168 else None


def _needed(
    node: Node, amount: Quantity | None, rhythm: Rhythm | None, text: str | None, remarks: Remarks
) -> Directions:
    """Make an as-needed timing. A stated maximum counts; without one, "twice a day as needed" is at most two doses."""
    if amount is not None and amount.unit.dimension in _RATES:
        node.note(Kind.UNMAPPED, "doseAndRate", "dose", "a rate that is given as needed", amount)
        remarks.append(f"amount as recorded: {amount}")
        amount = None
    at_most = _limit(node, remarks, amount, needed=True)
    if at_most is None and amount is not None and isinstance(rhythm, Daily | DayPattern):
        at_most = amount * per_day(rhythm)
        remarks.append("the maximum in 24 hours was concluded from the times a day")
        why = f"no maximum is given: {per_day(rhythm):f} times a day as needed is taken as at most {at_most} in a day"
        node.note(Kind.GUESSED, "timing", "maximum in 24 hours", why)
    elif rhythm is not None and not isinstance(rhythm, Daily | DayPattern | EveryHours):
        node.note(Kind.UNMAPPED, "timing", "timing", "a rhythm beside 'as needed': kept in words only")
    timing = AsNeeded(
        reason=read_concept(node, "asNeededCodeableConcept").words or Absent.UNKNOWN,
        at_most=at_most or Absent.UNKNOWN,
        hours_between=rhythm.hours if isinstance(rhythm, EveryHours) else Absent.UNKNOWN,
    )
    return _directions(amount, timing, text, remarks)


def _limit(node: Node, remarks: Remarks, amount: Quantity | None = None, *, needed: bool = False) -> Quantity | None:
    """Read the stated maximum per day; what cannot stand in the dose becomes a remark."""
    limit = None
    for ratio in node.children("maxDosePerPeriod"):
        above, below = ratio.child("numerator"), ratio.child("denominator")
        if above is None or below is None:
            continue
        words = " per ".join(_words(part) for part in (above, below))
        day = _words(below) in ("1 d", "24 h", "1 day", "24 hours")
        found = _maximum(above, amount) if needed and day else None
        limit = found if limit is None else limit
        if found is None:
            remarks.append(f"maximum as recorded: {words}")
            ratio.note(Kind.UNMAPPED, "", "maximum", "kept in words only", words)
    for key in ("maxDosePerAdministration", "maxDosePerLifetime"):
        part = node.child(key)
        if part is not None:
            remarks.append(f"{key} as recorded: {_words(part)}")
            node.note(Kind.UNMAPPED, key, "maximum", "kept in words only", _words(part))
    return limit


def _maximum(node: Node, amount: Quantity | None) -> Quantity | None:
    value, unit = node.number("value"), node.text("code") or node.text("unit")
    if unit is None and value is not None and amount is not None:
        node.note(Kind.GUESSED, "unit", "maximum in 24 hours", f"no unit is given: taken as {amount.unit.value}", value)
        limit: Quantity | None = Quantity(value, amount.unit)
    else:
        limit = read_quantity(node, "maximum in 24 hours", dose=True)
    if limit is None or limit.value <= 0 or amount is None:
        return limit if limit is not None and limit.value > 0 else None
    try:
        return None if limit.to(amount.unit) < amount else limit
    except UnitError:
        return None


def _words(node: Node) -> str:
    return " ".join(filter(None, (str(node.data.get("value", "?")), node.text("code") or node.text("unit"))))
