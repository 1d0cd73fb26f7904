"""The decisions of a plan in plain words."""

from collections.abc import Iterator
from typing import assert_never

from attrs import frozen

from careplan.documents.decisions import DecisionList, DecisionRow, decision_lists
from careplan.documents.names import Names
from careplan.documents.parts import Fact, fact_lines
from careplan.documents.terms import term
from careplan.documents.wording import NOT_RECORDED, day, listed, quantity
from careplan.model import (
    BenefitRisk,
    CarePlan,
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
class SickDays:
    """A sick-day plan: a title and its facts."""

    title: str
    facts: tuple[Fact, ...]


def sick_days(plan: CarePlan, names: Names) -> tuple[SickDays, ...]:
    """What to do when ill."""
    return tuple(_decision(decision, names) for decision in plan.decisions if isinstance(decision, SickDayPlan))


def patient_decisions(plan: CarePlan, names: Names) -> tuple[DecisionList, ...]:
    """Every decision but the sick-day plans, which have a part of their own."""
    decisions = [decision for decision in plan.decisions if not isinstance(decision, SickDayPlan)]
    return decision_lists(decisions, lambda decision: _row(decision, names), _written)


def _row(decision: Decision, names: Names) -> DecisionRow:
    about = listed(names.anything(ref) for ref in decision.about)
    return DecisionRow(
        title=(_title(decision, names), *((about,) if about else ())), agreed=fact_lines(_facts(decision, names))
    )


def _written(decision: Decision) -> str:
    return f"Written down on {day(decision.date)} by {decision.by}"


def _decision(decision: Decision, names: Names) -> SickDays:
    about = listed(names.anything(ref) for ref in decision.about)
    return SickDays(
        title=f"{_title(decision, names)}{f': {about}' if about else ''}",
        facts=(*_facts(decision, names), Fact("Written down", (f"{day(decision.date)} by {decision.by}",))),
    )


def _title(decision: Decision, names: Names) -> str:
    match decision:
        case BenefitRisk():
            return "Good and bad sides"
        case SharedDecision():
            return "We decided"
        case ResponseReview():
            return "We will check if it helps"
        case StopRule():
            return "When we will stop"
        case SickDayPlan():
            return "If I am ill"
        case SharedCare():
            return "Who looks after my medicine"
        case InformationGiven():
            return "Information I was given"
        case Record(part=part):
            return names.record(part)
        case _:
            assert_never(decision)


def _facts(decision: Decision, names: Names) -> Iterator[Fact]:
    match decision:
        case BenefitRisk():
            yield Fact("May help with", decision.benefits)
            yield Fact("May cause", decision.risks)
            yield Fact("Other choices", decision.alternatives or (NOT_RECORDED,))
            yield Fact("We think", (term(decision.conclusion),))
        case SharedDecision():
            yield Fact("Decision", (decision.decision,))
            yield Fact("What matters to me", (decision.what_matters,))
            yield Fact("Choices", decision.options)
            if decision.questions:
                yield Fact("My questions", decision.questions)
        case ResponseReview():
            yield Fact("We measure", (names.plain_test(decision.measure),))
            yield Fact("At the start", (quantity(decision.baseline) if decision.baseline else NOT_RECORDED,))
            yield Fact("Aim", (quantity(decision.target),))
            yield Fact("We decide on", (day(decision.due),))
        case StopRule():
            yield Fact("Stop when", (decision.when,))
            yield Fact("How", (decision.how,))
        case SickDayPlan():
            yield Fact("Watch for", decision.warning_signs)
            yield Fact("Call", (decision.contact,))
            yield Fact(
                "Pause, and call",
                tuple(names.anything(ref) for ref in decision.pause) or ("nothing is named: call first",),
            )
            yield Fact(
                "Never stop suddenly",
                tuple(names.anything(ref) for ref in decision.keep) or ("nothing is named: call first",),
            )
        case SharedCare():
            agreed = f"agreed on {day(decision.accepted)}" if decision.accepted else "not agreed yet"
            yield Fact("My GP and my specialist", (f"share the care of my medicine: {agreed}",))
        case InformationGiven():
            yield Fact("Title", (decision.title,))
        case Record():
            yield Fact("What was written", (decision.text or NOT_RECORDED,))
        case _:
            assert_never(decision)
