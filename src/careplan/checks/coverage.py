"""What the knowledge base cannot judge at all: said as findings, because silence would look like safety."""

from collections.abc import Iterator

from careplan.checks.case import Case
from careplan.checks.finding import Finding, fingerprint
from careplan.checks.item import Item
from careplan.knowledge.vocabulary import Confidence
from careplan.model import Absent
from careplan.rules import Fact, Severity

_HIGH_RISK = frozenset({"opioid", "immunosuppressant-any", "glucocorticoid", "anticoagulant"})


def uncovered(case: Case) -> Iterator[Finding]:
    """A finding for each medicine that is not recognised, and one for all whose dose nobody has written down."""
    grave: list[Item] = []
    other: list[Item] = []
    for item in case.items:
        if not item.on(case.on) and not any(item.on(day) for day, _ in case.days):
            continue
        name = item.label
        if isinstance(item.medicine.drug, Absent) or not case.lookup.knows(item.medicine.drug):
            yield _finding(
                case, [item], "medicine-not-recognised", Severity.WARNING,
                f"{name} is not in the knowledge base: nothing about it was checked, alone or with other medicines.",
                "Check it by hand, or record it under its international name.",
            )  # fmt: skip
        elif states_no_dose(item):
            (grave if item.names & _HIGH_RISK else other).append(item)
    for severity, items in ((Severity.WARNING, grave), (Severity.CAUTION, other)):
        if items:
            names = ", ".join(item.label for item in items)
            yield _finding(
                case, items, "dose-not-recorded", severity,
                f"No dose is stated for {names}: amounts could not be checked.",
                "Ask what is really taken, and write the dose with its unit and how often.",
            )  # fmt: skip


def states_no_dose(item: Item) -> bool:
    """Whether the order states neither an amount nor how often it is taken."""
    return all(isinstance(dose.amount, Absent) and isinstance(dose.timing, Absent) for dose in item.medicine.doses)


def _finding(case: Case, items: list[Item], rule: str, severity: Severity, message: str, action: str) -> Finding:
    subjects = tuple(item.medicine.id for item in items)
    return Finding(
        rule=rule, severity=severity, message=message, action=action, actor=("pharmacist", "specialist-prescriber"),
        because=tuple(Fact(about=rule, label=item.label, path=item.path) for item in items), subjects=subjects,
        sources=(), confidence=Confidence.VERIFIED, fingerprint=fingerprint(rule, severity.name, *subjects),
        day=case.on, family="coverage",
    )  # fmt: skip
