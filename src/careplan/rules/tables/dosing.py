"""Limits, intervals, incomplete orders and dose changes as rules."""

from collections.abc import Iterator
from decimal import Decimal

from careplan.knowledge.dosing import DoseLimit, DoseModifier
from careplan.knowledge.spans import TimeUnit
from careplan.knowledge.vocabulary import LimitKind, ModifierEffect, Severity
from careplan.model import Dimension, Quantity, Route, Unit, plain
from careplan.rules.tables.draft import Draft
from careplan.rules.tables.subject import Said, Subject, also, quoted

_PRESCRIBER = ("specialist-prescriber", "gp")
_WORDS = {LimitKind.SINGLE: "single", LimitKind.DAILY: "daily", LimitKind.WEEKLY: "weekly"}
_PERIODS = {
    LimitKind.SINGLE: "at one time", LimitKind.DAILY: "a day", LimitKind.WEEKLY: "a week",
    LimitKind.LIFETIME: "in a lifetime", LimitKind.DURATION: "of treatment", LimitKind.DOSE_DAYS: "in a week",
    LimitKind.COURSE: "in a course",
}  # fmt: skip
_BY_THE_GRAM = {Route.CUTANEOUS}


def limits(subject: Subject) -> Iterator[Draft]:
    """`dose-above-limit/<drug>-…`: a caution above the lower figure, worse above the hard one.

    Limits of one product's supply or of one joint cannot be told from a plan; they stay on the drug's page.
    """
    for said in subject.said("limits"):
        row = said.row
        limited = _limited(said)
        if limited is None or row.supply or row.per_site:
            continue
        call, factor = limited
        lower, hard = row.warn_above, row.hard_above
        first = lower if lower is not None else hard
        after = f"days_on({said.args}) > {row.after.days}" if row.after is not None else None
        escalate: tuple[tuple[Severity, str, tuple[()]], ...] = ()
        severity = Severity.CAUTION if lower is not None else row.severity or Severity.CAUTION
        if lower is not None and hard is not None and row.severity is not None:
            if lower == hard:
                severity = row.severity
            elif row.severity > Severity.CAUTION:
                escalate = ((row.severity, call.format(_number(hard, factor)), ()),)
        shown = _shown(first, row)
        yield Draft(
            id=f"dose-above-limit/{subject.id}-{row.kind.value}-{said.number}",
            row=row,
            when=also(call.format(_number(first, factor)), after, row.when),
            severity=severity,
            message=f"{{items}}: more than the usual limit of {shown}{_for(row)}.",
            action="Check the dose; bring it below the limit, or record why this patient needs more.",
            actor=_PRESCRIBER,
            jurisdiction=said.where,
            each=said.each,
            escalate=escalate,
        )


def _limited(said: Said[DoseLimit]) -> tuple[str, Decimal] | None:
    """The comparison with a gap for the number, and what to multiply the row's number by."""
    row = said.row
    if row.equivalent is not None:
        on = said.placed(lambda args: f"on({args})")
        return (f"{on} and pred() > {{}}", Decimal(1)) if row.kind is LimitKind.DAILY else None
    if row.kind is LimitKind.DURATION:
        return said.placed(lambda args: f"days_on({args}, planned=True) > {{0}}"), Decimal(1)
    if row.kind is LimitKind.DOSE_DAYS:
        return f"dose_days({quoted(said.names)}) > {{0}}", Decimal(1)
    unit = row.unit
    if unit is None:
        return None
    if unit.dimension is Dimension.MASS_PER_BODY_MASS:
        word = _WORDS.get(row.kind)
        if word is None or word == "weekly":
            return None
        return said.placed(lambda args: f'{word}({args}, per="kg") > {{0}}'), _in(unit, Unit.MG_PER_KG)
    target = _target(unit, row)
    if target is None:
        return None
    if row.kind is LimitKind.PERIOD and row.period is not None:
        days = row.period.days
        return said.placed(lambda args: f"total({args}, days={days}) > {{0}}"), _in(unit, target)
    if row.kind is LimitKind.LIFETIME:
        return said.placed(lambda args: f"total({args}) > {{0}}"), _in(unit, Unit.G)
    word = _WORDS.get(row.kind)
    return None if word is None else (said.placed(lambda args: f"{word}({args}) > {{0}}"), _in(unit, target))


def _target(unit: Unit, row: DoseLimit) -> Unit | None:
    """The unit in which the words answer: mg, µg/h for patches, g for what goes on the skin."""
    if unit.dimension is Dimension.MASS_RATE:
        return Unit.UG_PER_H
    if unit.dimension is not Dimension.MASS:
        return None
    return Unit.G if row.routes and set(row.routes) <= _BY_THE_GRAM else Unit.MG


def _in(unit: Unit, target: Unit) -> Decimal:
    return Quantity(Decimal(1), unit).to(target).value


def _number(value: Decimal | None, factor: Decimal) -> str:
    return plain((value or Decimal(0)) * factor)


def _shown(value: Decimal | None, row: DoseLimit) -> str:
    unit = "days" if row.kind in (LimitKind.DURATION, LimitKind.DOSE_DAYS) else _unit(row.unit)
    if row.equivalent is not None:
        unit += f" {row.equivalent} equivalent"
    period = f"in {row.period}" if row.period is not None else _PERIODS[row.kind]
    return f"{plain(value or Decimal(0))} {unit} {period}"


def _unit(unit: Unit | None) -> str:
    words = {Unit.MG_PER_KG: "mg for each kg", Unit.UG_PER_H: "micrograms an hour", Unit.UG: "micrograms"}
    return words.get(unit, unit.value) if unit is not None else ""


def _for(row: DoseLimit) -> str:
    reasons = [reason.replace("-", " ") for reason in row.indications]
    return f" for {' or '.join(reasons)}" if reasons else ""


def intervals(subject: Subject) -> Iterator[Draft]:
    """`dose-interval-too-short/<drug>-…`: two planned doses closer than the row allows."""
    for said in subject.said("intervals"):
        row = said.row
        if row.minimum is None or row.severity is None or row.supply:
            continue
        hours = row.minimum.unit is TimeUnit.HOUR
        value = row.minimum.hours if hours else row.minimum.days
        unit = ', unit="hours"' if hours else ""
        yield Draft(
            id=f"dose-interval-too-short/{subject.id}-{said.number}",
            row=row,
            when=also(said.placed(lambda args: f"min_gap({args}{unit}) < {value}"), row.when),  # noqa: B023
            severity=row.severity,
            message=f"{{items}}: doses are planned closer together than {row.minimum}.",
            action="Check how often it is to be taken; correct the interval.",
            actor=_PRESCRIBER,
            jurisdiction=said.where,
            each=said.each,
        )


def orders(subject: Subject) -> Iterator[Draft]:
    """`order-incomplete/<drug>-…`: the order leaves out what makes this product safe to dispense."""
    for said in subject.said("hazards"):
        row = said.row
        if not row.requires or row.supply:
            continue
        missing = " or ".join(f'not states({quoted(said.names)}, "{each.value}")' for each in row.requires)
        fields = ", ".join(each.value.replace("-", " ") for each in row.requires)
        yield Draft(
            id=f"order-incomplete/{subject.id}-{said.number}",
            row=row,
            when=also(said.placed(lambda args: f"on({args})"), missing, row.when),
            severity=row.severity,
            message=f"{{items}}: the order does not state the {fields}. {row.text}",
            action=row.action,
            actor=_PRESCRIBER,
            jurisdiction=said.where,
            each=said.each,
        )


_QUIET = (ModifierEffect.FULL_DOSE,)
_JUDGED_BY_REVIEW = (
    ModifierEffect.REDUCE,
    ModifierEffect.LENGTHEN_INTERVAL,
    ModifierEffect.SPECIALIST,
)
_CALLS = {
    ModifierEffect.REDUCE: "a smaller dose", ModifierEffect.CEILING: "a smaller dose",
    ModifierEffect.START_LOW: "a low first dose", ModifierEffect.LENGTHEN_INTERVAL: "more time between doses",
    ModifierEffect.SPECIALIST: "a dose that a specialist decides", ModifierEffect.MONITOR: "closer checks",
}  # fmt: skip
_KIDNEY = frozenset({"crcl", "egfr", "creatinine"})
_JUDGED = {Dimension.MASS: (Unit.MG, ""), Dimension.MASS_PER_BODY_MASS: (Unit.MG_PER_KG, ', per="kg"')}
"""Ceilings that a dose is held against: the unit of the word's answer, and what it is asked for besides."""


def modifiers(subject: Subject) -> Iterator[Draft]:
    """`dose-needs-kidney-change/…` and `dose-needs-change/…`: a patient factor that changes the dose.

    With a ceiling the dose itself is judged, and a low start while it is a start. Otherwise nobody can tell from a
    plan whether the dose was already adapted: the advice is a caution, and a review of the item within half a year
    answers it.
    """
    for said in subject.said("modifiers"):
        row = said.row
        band = _band(subject, row)
        if row.effect in _QUIET or band is None or row.supply:
            continue
        family = "dose-needs-kidney-change" if row.factor in _KIDNEY else "dose-needs-change"
        dose, severity = _adapted(said)
        yield Draft(
            id=f"{family}/{subject.id}-{row.factor}-{said.number}",
            row=row,
            when=also(dose, band, row.when),
            severity=severity,
            message=f"{{items}}: {_asks(row.effect, _factor(subject, row))}.",
            action=row.action,
            actor=("specialist-prescriber", "pharmacist"),
            jurisdiction=said.where,
            each=said.each,
        )


def _asks(effect: ModifierEffect, factor: str) -> str:
    """What the patient factor asks for, in words."""
    if effect is ModifierEffect.DO_NOT_USE:
        return f"ruled out by {factor}"
    if effect is ModifierEffect.AVOID:
        return f"not advised with {factor}"
    return f"{factor} calls for {_CALLS[effect]}"


def _factor(subject: Subject, row: DoseModifier) -> str:
    """The factor with the patient's own value, if the finding knows it."""
    factor, knowledge = row.factor, subject.knowledge
    if factor == "age":
        return "an age[ of {age}]"
    if factor in knowledge.analytes:
        name = _name(knowledge.analytes[factor].name)
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}[ of {{{factor}:latest}}]"
    if factor in knowledge.screens:
        return f"the result of the {factor.upper()} test[ ({{{factor}:screen}})]"
    return _name(knowledge.conditions[factor].name)


def _name(text: str) -> str:
    return text.partition(" (")[0]


def _adapted(said: Said[DoseModifier]) -> tuple[str, Severity]:
    row = said.row
    word = _WORDS.get(row.ceiling_kind) if row.ceiling_kind is not None else None
    if row.ceiling is not None and word is not None and row.unit is not None and row.unit.dimension in _JUDGED:
        target, per = _JUDGED[row.unit.dimension]
        most = plain(row.ceiling * _in(row.unit, target))
        return said.placed(lambda args: f"{word}({args}{per}) > {most}"), row.severity
    if row.effect is ModifierEffect.START_LOW:
        return _low_start(said), min(row.severity, Severity.CAUTION)
    on = said.placed(lambda args: f"on({args})")
    if row.effect is ModifierEffect.MONITOR:
        return on, Severity.INFO
    if row.effect in _JUDGED_BY_REVIEW or row.ceiling is not None:
        about = " and ".join(f'not recorded("review", "{name}", within=183)' for name in said.names)
        return also(on, about), min(row.severity, Severity.CAUTION)
    return on, row.severity


def _low_start(said: Said[DoseModifier]) -> str:
    """A start within the last four weeks; above the first dose, where the row states one."""
    row = said.row
    started = said.placed(lambda args: f"started_within({args}, days=28)")
    if row.start is None or row.unit is None or row.unit.dimension is not Dimension.MASS:
        return started
    most = plain(row.start.high * _in(row.unit, Unit.MG))
    return also(started, said.placed(lambda args: f"daily({args}) > {most}"))


def _band(subject: Subject, row: DoseModifier) -> str | None:
    """The sentence for the patient factor, or None if the row names no band."""
    knowledge = subject.knowledge
    bounds = ((">=", row.at_least), (">", row.above), ("<", row.below), ("<=", row.at_most))
    if row.factor == "age" or row.factor in knowledge.analytes:
        word = "age()" if row.factor == "age" else f'latest("{row.factor}")'
        return " and ".join(f"{word} {sign} {plain(bound)}" for sign, bound in bounds if bound is not None) or None
    if row.factor in knowledge.screens:
        outcomes = ", ".join(f'"{outcome}"' for outcome in row.outcomes)
        return f'screen("{row.factor}") in ({outcomes},)' if outcomes else None
    if not row.grades:
        return f'has("{row.factor}")'
    scale = knowledge.conditions[row.factor].grades
    mildest = min(row.grades, key=scale.index)
    return f'has("{row.factor}", at_least={_grade(mildest)})'


def _grade(grade: str) -> str:
    return grade if grade.isdigit() else f'"{grade}"'
