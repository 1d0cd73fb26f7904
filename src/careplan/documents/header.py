"""The shell of a document: whose it is, what it was made from, and whether it may be used."""

from datetime import date

from attrs import frozen

from careplan.documents.parts import Badge, Fact, Shell
from careplan.documents.terms import plain_term, term
from careplan.documents.wording import NBSP, NOT_RECORDED, absent, day
from careplan.model import Absent, CarePlan, Identifier, PlanStatus

_NOT_IN_FORCE = {
    PlanStatus.DRAFT: ("DRAFT – not for use", "This plan has not been approved. Do not act on it."),
    PlanStatus.ON_HOLD: ("ON HOLD – not in force", "This plan is paused."),
    PlanStatus.REVOKED: ("CANCELLED – not for use", "This plan was cancelled before its end."),
    PlanStatus.COMPLETED: ("FINISHED – no longer in force", "This plan has ended."),
    PlanStatus.ENTERED_IN_ERROR: ("ENTERED IN ERROR – not for use", "This plan was entered by mistake."),
    PlanStatus.UNKNOWN: (
        "STATUS NOT RECORDED – check before use",
        "Nobody has recorded whether this plan is in force.",
    ),
}


_LANGUAGE = "en"
"""What the templates and the phrase bank are written in."""


@frozen(kw_only=True)
class Heading:
    """What one document says of itself, beyond what its plan says."""

    kind: str
    title: str
    allergies: Fact
    badges: tuple[Badge, ...]
    calls: tuple[Fact, ...]
    version: tuple[Fact, ...]
    warnings: tuple[str, ...] = ()
    """Reasons why this document must not be handed out yet."""
    footer: tuple[str, ...]
    plain: bool = False


def shell(plan: CarePlan, heading: Heading, *, on: date) -> Shell:
    """Build the shell of a document about `plan`."""
    patient = plan.patient
    state = _not_in_force(plan, on)
    numbers = " · ".join(f"{ref.system} {identifier(ref)}" for ref in patient.identifiers) or "no number recorded"
    status = plain_term(plan.status) if heading.plain else term(plan.status)
    whose = f"{patient.name} · born {_born(plan)} · {numbers}"
    return Shell(
        kind=heading.kind,
        title=f"{heading.title} {patient.name}",
        subject=patient.name,
        language=_LANGUAGE,
        running=f"{whose} · plan {plan.id}, revision {plan.revision}, {status}",
        alert=f"{heading.allergies.label}: {'; '.join(str(line) for line in heading.allergies.lines)}",
        watermark=state[0] if state else None,
        notice=(*state, *heading.warnings, *_other_language(plan)),
        identity=_identity(plan, on, plain=heading.plain),
        allergies=heading.allergies,
        badges=heading.badges,
        calls=heading.calls,
        version=heading.version,
        footer=heading.footer,
        spacious=heading.plain,
    )


def _not_in_force(plan: CarePlan, on: date) -> tuple[str, ...]:
    if plan.status in _NOT_IN_FORCE:
        return _NOT_IN_FORCE[plan.status]
    if plan.stop and plan.stop < on:
        return "OUT OF DATE – check before use", f"This plan was valid until {day(plan.stop)}."
    if plan.start and plan.start > on:
        return f"NOT YET IN FORCE – starts {day(plan.start)}", "Do not act on this plan before that day."
    return ()


def _other_language(plan: CarePlan) -> tuple[str, ...]:
    if plan.language.casefold().split("-")[0] == _LANGUAGE:
        return ()
    return (f"This document is in English. The plan asks for {plan.language}: give it with a checked translation.",)


def _born(plan: CarePlan) -> str:
    born = plan.patient.birth_date
    return absent(born) if isinstance(born, Absent) else day(born)


def _identity(plan: CarePlan, on: date, *, plain: bool) -> tuple[Fact, ...]:
    patient = plan.patient
    age = patient.age(on)
    years = "" if age is None or plain else f" (aged {age})"
    numbers = tuple(Fact(ref.system, (identifier(ref),)) for ref in patient.identifiers)
    called = (Fact("Likes to be called", (patient.preferred_name,)),) if patient.preferred_name else ()
    sex = (
        ()
        if plain
        else (Fact("Sex", (absent(patient.sex) if isinstance(patient.sex, Absent) else term(patient.sex),)),)
    )
    return (
        Fact("Born", (f"{_born(plan)}{years}",)),
        *(numbers or (Fact("Number", (NOT_RECORDED.upper(),)),)),
        *sex,
        *called,
    )


def identifier(ref: Identifier) -> str:
    """Write an NHS number in groups of 3, 3 and 4 and say if its check digit is wrong; any other number as it is."""
    digits = ref.value.replace(" ", "").replace("-", "")
    if "nhs" not in ref.system.casefold() or len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return ref.value
    grouped = NBSP.join((digits[:3], digits[3:6], digits[6:]))
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return grouped if (11 - total % 11) % 11 == int(digits[9]) else f"{grouped} (CHECK: not a valid NHS number)"
