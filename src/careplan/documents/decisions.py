"""The decisions of a plan, each with what was weighed, agreed and written down."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from attrs import frozen

from careplan.documents.names import Names
from careplan.documents.parts import Fact, Lines, fact_lines
from careplan.documents.terms import term
from careplan.documents.wording import NOT_RECORDED, day, listed, quantity
from careplan.model import (
    BenefitRisk,
    Decision,
    InformationGiven,
    Record,
    ResponseReview,
    SharedCare,
    SharedDecision,
    SickDayPlan,
    StopRule,
)


@frozen
class DecisionRow:
    """One decision: what it is and about what, and what was agreed."""

    title: Lines
    agreed: Lines


@frozen
class DecisionList:
    """The decisions that one person wrote down on one day."""

    title: str
    rows: tuple[DecisionRow, ...]


def decision_lists(
    decisions: Iterable[Decision], row: Callable[[Decision], DecisionRow], title: Callable[[Decision], str]
) -> tuple[DecisionList, ...]:
    """Put decisions into rows, under who wrote them down and when, in the order of the plan."""
    together: dict[str, list[DecisionRow]] = defaultdict(list)
    for decision in decisions:
        together[title(decision)].append(row(decision))
    return tuple(DecisionList(written, tuple(rows)) for written, rows in together.items())


def team_decisions(decisions: Iterable[Decision], names: Names) -> tuple[DecisionList, ...]:
    """Put the decisions of a plan into words for the team."""
    return decision_lists(decisions, lambda decision: _row(decision, names), _recorded)


def _row(decision: Decision, names: Names) -> DecisionRow:
    about = listed(names.anything(ref) for ref in decision.about)
    notes = (Fact("Note", (decision.notes,)),) if decision.notes else ()
    return DecisionRow(
        title=(_title(decision, names), *((about,) if about else ())),
        agreed=fact_lines((*_facts(decision, names), *notes)),
    )


def _recorded(decision: Decision) -> str:
    role = f", {term(decision.role)}" if decision.role else ""
    return f"Recorded on {day(decision.date)} by {decision.by}{role}"


def _title(decision: Decision, names: Names) -> str:
    match decision:
        case BenefitRisk():
            return "Benefit and risk weighed"
        case SharedDecision():
            return "Decided together"
        case ResponseReview():
            return "Review of the response"
        case StopRule():
            return "When to stop"
        case SickDayPlan():
            return "Sick-day plan"
        case SharedCare():
            return "Shared care"
        case InformationGiven():
            return "Information given"
        case Record(part=part):
            return names.record(part)
        case _:
            assert_never(decision)


def _facts(decision: Decision, names: Names) -> Iterator[Fact]:
    match decision:
        case BenefitRisk():
            yield Fact("Expected benefit", decision.benefits)
            yield Fact("Risks", decision.risks)
            yield Fact("Alternatives", decision.alternatives or (NOT_RECORDED,))
            yield Fact("Conclusion", (term(decision.conclusion),))
        case SharedDecision():
            yield Fact("Decision", (decision.decision,))
            yield Fact("What matters", (f"“{decision.what_matters}”",))
            yield Fact("Options discussed", decision.options)
            yield Fact("Questions", decision.questions or ("none recorded",))
            explained = decision.off_label_explained
            if explained is not None:
                yield Fact("Use outside the licence explained", ("yes" if explained else "NO",))
        case ResponseReview():
            yield Fact("Measure", (names.test(decision.measure),))
            yield Fact("At the start", (quantity(decision.baseline) if decision.baseline else NOT_RECORDED,))
            yield Fact("Target", (quantity(decision.target),))
            yield Fact("Decide on", (day(decision.due),))
        case StopRule():
            yield Fact("Stop when", (decision.when,))
            yield Fact("How", (decision.how,))
        case SickDayPlan():
            yield Fact("Warning signs", decision.warning_signs)
            yield Fact("Call", (decision.contact,))
            yield Fact("Pause", tuple(names.anything(ref) for ref in decision.pause) or ("nothing named",))
            yield Fact("Never stop suddenly", tuple(names.anything(ref) for ref in decision.keep) or ("nothing named",))
        case SharedCare():
            yield Fact("Requested", (day(decision.requested),))
            by = f" by {decision.accepted_by}" if decision.accepted_by else ""
            yield Fact("Accepted", (f"{day(decision.accepted)}{by}" if decision.accepted else "NOT ACCEPTED",))
        case InformationGiven():
            yield Fact("Title", (decision.title,))
        case Record():
            yield Fact("Text", (decision.text or NOT_RECORDED,))
        case _:
            assert_never(decision)
