"""One FHIR Dosage: its amount, rhythm and words, held against each other, as one dose."""

from attrs import frozen

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.amount import read_quantity
from careplan.exchange.fhir.article import Article
from careplan.exchange.fhir.concept import read_concept, read_concepts
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.portion import RATES, read_portion
from careplan.exchange.fhir.rhythm import Rhythm, per_day, read_rhythm, repeat_words
from careplan.exchange.fhir.wording import Wording
from careplan.model import (
    Absent,
    AsNeeded,
    Calendar,
    Continuous,
    Daily,
    DayPattern,
    Dose,
    Every,
    EveryHours,
    Quantity,
    Timing,
    Unit,
    UnitError,
    Weekly,
)

_HOURS = {Calendar.DAY: 24, Calendar.WEEK: 168}


@frozen(kw_only=True)
class Directions:
    """A dose as far as it is known, and what the structure says beyond it."""

    dose: Dose
    remarks: tuple[str, ...] = ()


def read_directions(node: Node, article: Article) -> Directions:
    """Read one Dosage. What its words and its structure say differently is left unknown, with a note."""
    text = node.text("text")
    remarks: list[str] = []
    if "modifierExtension" in node.data:
        node.note(Kind.UNUSABLE, "modifierExtension", "dose", "it changes the meaning in a way that is not known", text)
        return Directions(dose=Dose.unknown(text))
    amount = read_portion(node, article, remarks)
    timing, needed = node.child("timing"), _as_needed(node)
    repeat = timing.child("repeat") if timing is not None else None
    rhythm: Rhythm | None = _gap(repeat) if needed and repeat is not None else None
    if rhythm is None and timing is not None:
        rhythm = read_rhythm(timing)
    if needed or timing is not None or amount is not None:
        _note_missing(node, amount, rhythm, needed=needed)
    extra = [concept.words for concept in read_concepts(node, "additionalInstruction")]
    words = ". ".join(filter(None, (text, node.text("patientInstruction"), *extra)))
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


def _directions(amount: Quantity | None, timing: Timing | None, text: str | None, remarks: list[str]) -> Directions:
    dose = Dose(amount=amount or Absent.UNKNOWN, timing=timing or Absent.UNKNOWN, text=text)
    return Directions(dose=dose, remarks=tuple(remarks))


def _regular(
    node: Node, amount: Quantity | None, rhythm: Rhythm | None, article: Article, text: str | None, remarks: list[str]
) -> Directions:
    """Make the dose; a patch that delivers a rate and is changed in a rhythm runs all the time."""
    hours = _change_hours(rhythm)
    if amount is not None and amount.unit is Unit.PATCH and article.rate is not None and hours is not None:
        if isinstance(rhythm, Weekly):
            remarks.append(f"changed on {rhythm.days[0].value}")
        return _directions(article.rate * amount.value, Continuous(change_hours=hours), text, remarks)
    if amount is not None and amount.unit.dimension in RATES:
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


def _as_needed(node: Node) -> bool:
    return node.flag("asNeededBoolean") is True or node.child("asNeededCodeableConcept") is not None


def _gap(repeat: Node) -> EveryHours | None:
    """Read "every 4 to 6 hours", which as needed means: 4 hours apart at least."""
    if repeat.text("periodUnit") != "h" or repeat.data.get("frequency", 1) != 1 or "frequencyMax" in repeat.data:
        return None
    hours = repeat.whole("period") if "periodMax" in repeat.data else None
    return EveryHours(hours=hours) if hours is not None and 1 <= hours <= 168 else None


def _needed(
    node: Node, amount: Quantity | None, rhythm: Rhythm | None, text: str | None, remarks: list[str]
) -> Directions:
    """Make an as-needed timing. A stated maximum counts; without one, "twice a day as needed" is at most two doses."""
    if amount is not None and amount.unit.dimension in RATES:
        node.note(Kind.UNMAPPED, "doseAndRate", "dose", "a rate that is given as needed", amount)
        remarks.append(f"amount as recorded: {amount}")
        amount = None
    at_most = _limit(node, remarks, amount, needed=True)
    if at_most is None and amount is not None and isinstance(rhythm, Daily | DayPattern):
        at_most = amount * per_day(rhythm)
        remarks.append("the maximum in 24 hours was concluded from the times a day")
        why = f"no maximum is given: {per_day(rhythm):f} times a day as needed is taken as at most {at_most} in a day"
        node.note(Kind.GUESSED, "timing", "maximum in 24 hours", why)
    elif rhythm is not None and not isinstance(rhythm, EveryHours):
        node.note(Kind.UNMAPPED, "timing", "timing", "a rhythm beside 'as needed': kept in words only")
        timing = node.child("timing")
        repeat = timing.child("repeat") if timing is not None else None
        if text is None and repeat is not None:
            remarks.append(f"timing as recorded: {repeat_words(repeat)}")
    needed = AsNeeded(
        reason=read_concept(node, "asNeededCodeableConcept").words or Absent.UNKNOWN,
        at_most=at_most or Absent.UNKNOWN,
        hours_between=rhythm.hours if isinstance(rhythm, EveryHours) else Absent.UNKNOWN,
    )
    return _directions(amount, needed, text, remarks)


def _limit(node: Node, remarks: list[str], amount: Quantity | None = None, *, needed: bool = False) -> Quantity | None:
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
    return " ".join(filter(None, (node.shown("value"), node.text("code") or node.text("unit"))))
