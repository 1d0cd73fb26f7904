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
    """A finding for each medicine on the plan that is not recognised, or whose dose nobody has written down."""
    for item in case.items:
        if not item.on(case.on) and not any(item.on(day) for day, _ in case.days):
            continue
        name = item.medicine.name
        if isinstance(item.medicine.drug, Absent) or not case.lookup.knows(item.medicine.drug):
            yield _finding(
                case, item, "medicine-not-recognised", Severity.WARNING,
                f"{name} is not in the knowledge base: nothing about it was checked, alone or with other medicines.",
                "Check it by hand, or record it under its international name.",
            )  # fmt: skip
        elif all(isinstance(dose.amount, Absent) and isinstance(dose.timing, Absent) for dose in item.medicine.doses):
            severity = Severity.WARNING if item.names & _HIGH_RISK else Severity.CAUTION
            yield _finding(
                case, item, "dose-not-recorded", severity,
                f"The order for {name} states no dose: its amount could not be checked.",
                "Ask what is really taken, and write the dose with its unit and how often.",
            )  # fmt: skip


def _finding(case: Case, item: Item, rule: str, severity: Severity, message: str, action: str) -> Finding:
    subject = item.medicine.id
    return Finding(
        rule=rule, severity=severity, message=message, action=action, actor=("pharmacist", "specialist-prescriber"),
        because=(Fact(about=rule, label=item.medicine.name, path=item.path),), subjects=(subject,),
        sources=(), confidence=Confidence.VERIFIED, fingerprint=fingerprint(rule, severity.name, subject), day=case.on,
        family="coverage",
    )  # fmt: skip
