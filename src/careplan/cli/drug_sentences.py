"""The sentence for each kind of row: what matters most of it, and which of its fields that says."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from careplan.documents.wording import from_id, listed, number, unit
from careplan.knowledge import Knowledge, Severity
from careplan.knowledge.course import (
    Companion,
    Evidence,
    LiveVaccineWindow,
    PatientText,
    ResponseCriterion,
    SickDayAdvice,
    SurgeryAdvice,
    VaccineTiming,
    Withdrawal,
)
from careplan.knowledge.dosing import DoseInterval, DoseLimit, DoseModifier, ProductHazard, UsualDose
from careplan.knowledge.safety import (
    BreastfeedingAdvice,
    ConceptionAdvice,
    Contraindication,
    Metabolism,
    MinimumAge,
    PregnancyAdvice,
    RiskFlags,
)
from careplan.knowledge.spans import Range
from careplan.knowledge.surveillance import ActionThreshold, BaselineTest, MonitoringPhase, WarningSymptom
from careplan.knowledge.vocabulary import LimitKind
from careplan.model import Unit


class Say:
    """Puts values into words: names for ids, numbers with their unit."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._analytes = knowledge.analytes
        self._tables: tuple[Mapping[str, Any], ...] = (
            knowledge.analytes, knowledge.screens, knowledge.conditions, knowledge.drugs, knowledge.classes,
            knowledge.products, knowledge.vaccines, knowledge.allergens, knowledge.roles, knowledge.therapies,
        )  # fmt: skip

    def name(self, ref: str) -> str:
        """What an id is called; one that no table holds is read as words."""
        table = next((table for table in self._tables if ref in table), None)
        return from_id(ref) if table is None else str(table[ref].name)

    def unit_of(self, factor: str) -> str:
        """The unit in which a factor of a dose is measured."""
        if factor == "age":
            return "years"
        known = self._analytes[factor].unit if factor in self._analytes else None
        return unit(known, Decimal(2)) if known is not None else ""

    def names(self, refs: Iterable[str], last: str = "and") -> str:
        """A list of names."""
        return listed([self.name(ref) for ref in refs], last)

    def value(self, value: object, *, named: bool = False) -> str:
        """Any value of a row; `named` if its texts are ids."""
        match value:
            case tuple():
                return ", ".join(self.value(each, named=named) for each in value)
            case Severity():
                return value.word
            case Enum():
                return from_id(str(value.value))
            case bool():
                return "yes"
            case Decimal() | int():
                return number(value)
            case Range():
                return _range(value)
            case str() if named:
                return self.name(value)
            case _:
                return str(value)


def _range(value: Range) -> str:
    return number(value.low) if value.low == value.high else f"{number(value.low)} to {number(value.high)}"


def _amount(value: Range | Decimal, of: Unit | None) -> str:
    """``7.5 to 15 mg``."""
    high, text = (value.high, _range(value)) if isinstance(value, Range) else (value, number(value))
    name = "" if of is None else f"day{'s' if high != 1 else ''}" if of is Unit.DAY else unit(of, high)
    return f"{text} {name}".rstrip()


def _bounds(row: DoseModifier | ActionThreshold, name: str) -> str:
    """``from 30 to below 60 mL/min``."""
    words = (("from", row.at_least), ("above", row.above), ("below", row.below), ("at most", row.at_most))
    stated = [f"{word} {number(bound)}" for word, bound in words if bound is not None]
    return " to ".join(stated) + (f" {name}" if stated and name else "")


def _dose(row: UsualDose, say: Say) -> str:
    rhythm = []
    if row.times_a_day is not None:
        often = _range(row.times_a_day)
        rhythm.append("once a day" if often == "1" else f"{often} times a day")
    if row.every is not None:
        rhythm.append(f"every {row.every}")
    if row.at_weeks:
        rhythm.append(f"at weeks {listed(map(str, row.at_weeks))}")
    if row.once:
        rhythm.append("once")
    if row.named_weekday:
        rhythm.append("on a named weekday")
    weight = f" of {row.weight.value} body weight" if row.weight is not None else ""
    amount = _amount(row.amount, row.unit) + weight if row.amount is not None else ""
    return f"{say.value(row.phase).capitalize()}: {', '.join(filter(None, (amount, *rhythm, row.text)))}"


_LIMITS = {LimitKind.DOSE_DAYS: "Days with a dose in any 7 days", LimitKind.DURATION: "Length of treatment"}


def _limit(row: DoseLimit, say: Say) -> str:
    kind = f"In {row.period}" if row.period is not None else _LIMITS.get(row.kind) or say.value(row.kind).capitalize()
    parts = []
    if row.warn_above is not None:
        parts.append(f"caution above {_amount(row.warn_above, row.unit)}")
    if row.hard_above is not None and row.severity is not None:
        parts.append(f"{row.severity.word} above {_amount(row.hard_above, row.unit)}")
    return f"{kind}: {', '.join(parts)}"


def _interval(row: DoseInterval, _: Say) -> str:
    usual = f"usually {row.usual} apart" if row.usual is not None else ""
    least = f"never less than {row.minimum}" if row.minimum is not None else ""
    return ", ".join(filter(None, (usual, least))).capitalize()


def _modifier(row: DoseModifier, say: Say) -> str:
    which = ", ".join(filter(None, (_bounds(row, say.unit_of(row.factor)), say.value(row.grades + row.outcomes))))
    fraction = f" to {_range(row.fraction)} of the usual dose" if row.fraction is not None else ""
    start = f", start with {_amount(row.start, row.unit)}" if row.start is not None else ""
    ceiling = ""
    if row.ceiling is not None and row.ceiling_kind is not None:
        ceiling = f", {say.value(row.ceiling_kind)} ceiling {_amount(row.ceiling, row.unit)}"
    return f"{say.name(row.factor)} {which}".rstrip() + f": {say.value(row.effect)}{fraction}{ceiling}{start}"


def _contraindication(row: Contraindication, say: Say) -> str:
    whom = f"Allergy to {say.name(row.allergy)}" if row.allergy else say.names(row.conditions, "or")
    return row.text or whom or from_id(row.key or "")


def _pregnancy(row: PregnancyAdvice, say: Say) -> str:
    if row.trimesters:
        time = f"Trimester {listed(map(str, row.trimesters))}"
    else:
        time = f"From week {row.from_week}" + (f" to week {row.to_week}" if row.to_week is not None else "")
    return f"{time}: {say.value(row.advice)}"


def _conception(row: ConceptionAdvice, say: Say) -> str:
    before = f", {row.stop_before} before conception" if row.stop_before is not None else ""
    after = f", contraception for {row.contraception_after} after the last dose" if row.contraception_after else ""
    return f"{say.value(row.partner).capitalize()} ({say.value(row.basis)}): {say.value(row.advice)}{before}{after}"


def _metabolism(row: Metabolism, say: Say) -> str:
    whom = f" ({say.value(row.phenotypes)})" if row.phenotypes else ""
    return f"{row.enzyme.upper()} {say.value(row.role)}{whom}: {row.effect}"


def _checked(row: BaselineTest | MonitoringPhase, say: Say) -> str:
    return row.text or say.names(row.checks)


def _baseline(row: BaselineTest, say: Say) -> str:
    return f"{say.value(row.need).capitalize()}: {_checked(row, say)}"


def _phase(row: MonitoringPhase, say: Say) -> str:
    often = f"every {row.every}" if row.every is not None else row.event or f"at {listed(map(str, row.at))}"
    limits = (
        ("from", row.start), ("until", row.until), ("for", row.lasts), ("until stable for", row.until_stable_for),
    )  # fmt: skip
    when = " ".join(f"{word} {length}" for word, length in limits if length is not None)
    head = f"{say.value(row.phase).capitalize()} ({row.schedule}), {often}{f' {when}' if when else ''}"
    return f"{head}: {_checked(row, say)}"


def _threshold(row: ActionThreshold, say: Say) -> str:
    name = "times the upper limit of normal" if row.per is not None else unit(row.unit, Decimal(2)) if row.unit else ""
    change = f"{row.change.value} of " if row.change is not None else ""
    result = ", ".join(filter(None, (_bounds(row, name), say.value(row.outcomes))))
    since = f" since {row.since}" if row.since is not None else ""
    return f"{change}{say.names(row.tests, 'or')} {result}{since}: {say.value(row.do)}"


def _companion(row: Companion, say: Say) -> str:
    what = say.names(row.needs, "or") or from_id(row.record or "")
    return f"{what}: {row.dose}" if row.dose else what


def _live_vaccine(row: LiveVaccineWindow, say: Say) -> str:
    allowed = {"no": "not during treatment", "yes": "allowed", "conditional": "under conditions"}[row.allowed.value]
    before = f", {row.before_start} before the start" if row.before_start is not None else ""
    after = f", {say.value(row.after_stop)} after the last dose" if row.after_stop is not None else ""
    return f"{say.value(row.who).capitalize()}: {allowed}{before}{after}"


def _response(row: ResponseCriterion, say: Say) -> str:
    return f"{say.names(row.measures)}: continue if {row.continue_if}; otherwise {row.otherwise}"


def _withdrawal(row: Withdrawal, say: Say) -> str:
    step = f", {number(row.reduce_percent)}%" if row.reduce_percent is not None else ""
    step += f", {_amount(row.reduce_by, row.unit)}" if row.reduce_by is not None else ""
    after = f"After {row.after}: " if row.after is not None else ""
    every = f" every {row.every}" if row.every is not None else ""
    return f"{after}{say.value(row.do)}{step}{every}"


def _evidence(row: Evidence, say: Say) -> str:
    return f"{say.names(row.indications)}: {say.value(row.position)}" + (f", {row.text}" if row.text else "")


_BOUNDS = "at_least above below at_most"
_CHECKS = "tests screens questions records text"
_Sentence = Callable[[Any, Say], str]
SENTENCES: Mapping[type, tuple[_Sentence, frozenset[str]]] = {
    kind: (sentence, frozenset(says.split()))
    for kind, sentence, says in (
        (UsualDose, _dose, "phase amount unit weight times_a_day every at_weeks once named_weekday text"),
        (DoseLimit, _limit, "kind warn_above hard_above unit period"),
        (DoseInterval, _interval, "usual minimum"),
        (ProductHazard, lambda row, _: row.text, "text"),
        (DoseModifier, _modifier, f"factor effect grades outcomes fraction start unit ceiling ceiling_kind {_BOUNDS}"),
        (Contraindication, _contraindication, "text allergy"),
        (PregnancyAdvice, _pregnancy, "advice trimesters from_week to_week"),
        (BreastfeedingAdvice, lambda row, say: say.value(row.advice).capitalize(), "advice"),
        (ConceptionAdvice, _conception, "partner basis advice stop_before contraception_after"),
        (MinimumAge, lambda row, _: f"Not below {row.years} years", "years"),
        (Metabolism, _metabolism, "enzyme role effect phenotypes"),
        (RiskFlags, lambda *_: "What adds up with other medicines", ""),
        (BaselineTest, _baseline, f"need {_CHECKS}"),
        (MonitoringPhase, _phase, f"phase schedule every event at start until lasts until_stable_for {_CHECKS}"),
        (ActionThreshold, _threshold, f"tests do unit per outcomes change since {_BOUNDS}"),
        (WarningSymptom, lambda row, say: f"{', '.join(row.signs)}: {say.value(row.do)}", "signs do"),
        (Companion, _companion, "needs record dose"),
        (SickDayAdvice, lambda row, say: f"{say.value(row.situation)}: {say.value(row.do)}".capitalize(),
         "situation do"),
        (SurgeryAdvice, lambda row, say: f"{row.procedure}: {say.value(row.do)}".capitalize(), "procedure do"),
        (LiveVaccineWindow, _live_vaccine, "allowed who before_start after_stop"),
        (VaccineTiming, lambda row, say: f"{say.names(row.vaccines)}: {say.value(row.do)}", "vaccines do"),
        (ResponseCriterion, _response, "measures continue_if otherwise"),
        (Withdrawal, _withdrawal, "do reduce_percent reduce_by unit every after"),
        (Evidence, _evidence, "indications position text"),
        (PatientText, lambda row, _: row.purpose or "In plain words", "purpose"),
    )
}  # fmt: skip
"""For each kind of row its sentence, and the fields that it says."""
