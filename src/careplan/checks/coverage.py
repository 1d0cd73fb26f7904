"""What the knowledge base cannot judge at all: said as findings, because silence would look like safety."""

from collections.abc import Iterator
from datetime import timedelta

from careplan.checks.case import Case
from careplan.checks.finding import Finding, fingerprint
from careplan.checks.item import Item
from careplan.knowledge.vocabulary import Confidence
from careplan.model import Absent, ItemStatus, NoAllergies
from careplan.rules import Fact, Severity

_SETTLED = timedelta(days=28)
"""How long after its last day an order may wait for somebody to close it."""
_HIGH_RISK = frozenset({"opioid", "immunosuppressant-any", "glucocorticoid", "anticoagulant"})


def uncovered(case: Case) -> Iterator[Finding]:
    """What was not checked: medicines not known, without a dose or past their stop, and allergies not known."""
    grave: list[Item] = []
    other: list[Item] = []
    for item in case.items:
        if not item.on(case.on) and not any(item.on(day) for day, _ in case.days):
            continue
        name = item.label
        if isinstance(item.medicine.drug, Absent) or not case.lookup.knows(item.medicine.drug):
            yield _about_items(
                case, "medicine-not-recognised", [item], Severity.WARNING,
                f"{name} is not in the knowledge base: nothing about it was checked, alone or with other medicines.",
                "Check it by hand, or record it under its international name.",
            )  # fmt: skip
        elif states_no_dose(item):
            (grave if item.names & _HIGH_RISK else other).append(item)
    for severity, items in ((Severity.WARNING, grave), (Severity.CAUTION, other)):
        if items:
            names = ", ".join(item.label for item in items)
            yield _about_items(
                case, "dose-not-recorded", items, severity,
                f"No dose is stated for {names}: amounts could not be checked.",
                "Ask what is really taken, and write the dose with its unit and how often.",
            )  # fmt: skip
    yield from _over(case)
    yield from _allergies(case)


def _over(case: Case) -> Iterator[Finding]:
    """Orders that are active, but whose last day is long past: either the status or the day is wrong."""
    past = [
        item
        for item in case.items
        if item.medicine.status is ItemStatus.ACTIVE
        and item.last_day is not None
        and item.last_day + _SETTLED < case.on
    ]
    if past:
        names = ", ".join(item.label for item in past)
        yield _about_items(
            case, "active-past-its-stop", past, Severity.CAUTION,
            f"Past the last day of the order, but still active: {names}. It was not checked as a medicine of today.",
            "Ask whether it is still taken; then correct the day or the status.",
        )  # fmt: skip


def _allergies(case: Case) -> Iterator[Finding]:
    listed = case.plan.patient.allergies
    facts = tuple(
        Fact(about="allergy-not-recognised", label=each.text or str(each.substance).replace("-", " "),
             path=f"$.patient.allergies[{number}]")
        for number, each in enumerate(() if isinstance(listed, NoAllergies) else listed)
        if not case.lookup.recognises(each)
    )  # fmt: skip
    if facts:
        names = ", ".join(sorted(fact.label for fact in facts))
        yield _finding(
            case, facts, (), Severity.CAUTION,
            f"The allergy to {names} is not in the knowledge base: no medicine was checked against it.",
            "Check every medicine against it by hand, or record the substance or class by its usual name.",
        )  # fmt: skip


def states_no_dose(item: Item) -> bool:
    """Whether the order states neither an amount nor how often it is taken."""
    return all(isinstance(dose.amount, Absent) and isinstance(dose.timing, Absent) for dose in item.medicine.doses)


def _about_items(case: Case, rule: str, items: list[Item], severity: Severity, message: str, action: str) -> Finding:
    facts = tuple(Fact(about=rule, label=item.label, path=item.path) for item in items)
    return _finding(case, facts, tuple(item.medicine.id for item in items), severity, message, action)


def _finding(
    case: Case, facts: tuple[Fact, ...], subjects: tuple[str, ...], severity: Severity, message: str, action: str
) -> Finding:
    """A finding about what its facts lead to; they name its rule."""
    rule, known_by = facts[0].about, subjects or tuple(sorted(fact.label for fact in facts))
    return Finding(
        rule=rule, severity=severity, message=message, action=action, actor=("pharmacist", "specialist-prescriber"),
        because=facts, subjects=subjects, sources=(), confidence=Confidence.VERIFIED,
        fingerprint=fingerprint(rule, severity.name, *known_by), day=case.on, family="coverage",
    )  # fmt: skip
