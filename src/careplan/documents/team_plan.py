"""The team's care plan: everything that the plan, the review and the agenda say, ready to be printed."""

from attrs import frozen

from careplan.agenda import Agenda
from careplan.checks import Finding, Report, Severity
from careplan.documents.calendar import (
    LimitRow,
    calendar,
    calendar_note,
    event_lines,
    limit_rows,
    next_dates,
    title,
    undated,
)
from careplan.documents.care import (
    AdviceRow,
    GoalRow,
    MonitoringRow,
    TherapyRow,
    VaccineRow,
    advice_row,
    goal_row,
    monitoring_row,
    therapy_row,
    vaccine_row,
)
from careplan.documents.contacts import call_facts, contacts
from careplan.documents.decisions import DecisionList, team_decisions
from careplan.documents.findings import (
    FindingRow,
    FindingView,
    GapRow,
    finding_rows,
    finding_view,
    gap_row,
)
from careplan.documents.header import Heading, shell
from careplan.documents.medicines import MedicineList, MedicineRow, medicine_lists, short_rows
from careplan.documents.names import Names
from careplan.documents.parts import Fact, Lines, Period, Shell
from careplan.documents.person import (
    CheckRow,
    ProblemRow,
    ResultRow,
    allergy_lines,
    life_facts,
    problem_row,
    result_rows,
    screening_row,
    vaccination_row,
)
from careplan.documents.provenance import (
    DISCLAIMER,
    local_knowledge,
    overdue_review,
    provenance,
    references,
    review_facts,
    version_facts,
)
from careplan.documents.summary import Alert, alerts, goals_in_short
from careplan.documents.taking import Taking
from careplan.documents.team import MemberRow, member_row, people_facts, signatories
from careplan.documents.terms import term
from careplan.documents.wording import day_or
from careplan.knowledge import Knowledge
from careplan.model import CarePlan


@frozen
class EventRow:
    """An event that treatment is fitted around."""

    event: str
    when: str
    note: str


@frozen(kw_only=True)
class TeamPlan:
    """What the team's care plan shows, part by part in its order."""

    shell: Shell
    alerts: tuple[Alert, ...]
    medicines_in_short: tuple[MedicineRow, ...]
    goals_in_short: tuple[str, ...]
    next_dates: tuple[Lines, ...]
    people: tuple[Fact, ...]
    calls: tuple[Fact, ...]
    open_findings: tuple[FindingView, ...]
    lesser_findings: tuple[FindingRow, ...]
    accepted_findings: tuple[FindingView, ...]
    not_judged: tuple[GapRow, ...]
    medicines: tuple[MedicineList, ...]
    monitoring: tuple[MonitoringRow, ...]
    calendar_note: str
    calendar: tuple[Period, ...]
    undated: tuple[Lines, ...]
    limits: tuple[LimitRow, ...]
    therapies: tuple[TherapyRow, ...]
    advice: tuple[AdviceRow, ...]
    goals: tuple[GoalRow, ...]
    problems: tuple[ProblemRow, ...]
    results: tuple[ResultRow, ...]
    screenings: tuple[CheckRow, ...]
    vaccines_given: tuple[CheckRow, ...]
    vaccines_planned: tuple[VaccineRow, ...]
    life: tuple[Fact, ...]
    team: tuple[MemberRow, ...]
    decisions: tuple[DecisionList, ...]
    events: tuple[EventRow, ...]
    review: tuple[Fact, ...]
    signatories: tuple[str, ...]
    provenance: tuple[Fact, ...]
    references: tuple[str, ...]


def team_plan(plan: CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge) -> TeamPlan:
    """Put a plan, its review and its agenda into words for the team."""
    names = Names(plan, knowledge)
    patient = plan.patient
    calls = call_facts(contacts(plan))
    heading = Heading(
        kind="Team care plan",
        title="Team care plan for",
        allergies=Fact("Allergies", allergy_lines(patient.allergies, names)),
        badges=Taking(plan, knowledge, report.on).badges,
        calls=calls,
        version=version_facts(plan, report),
        warnings=overdue_review(plan, report),
        footer=(*DISCLAIMER, *local_knowledge(report)),
    )
    return TeamPlan(
        shell=shell(plan, heading, on=report.on),
        alerts=alerts(report),
        medicines_in_short=short_rows(plan.medicines, names, report.on),
        goals_in_short=goals_in_short(plan),
        next_dates=next_dates(agenda, names),
        people=people_facts(plan),
        calls=calls,
        open_findings=tuple(finding_view(f, report, names) for f in report.open),
        lesser_findings=finding_rows(_lesser(report), report, names),
        accepted_findings=tuple(finding_view(f, report, names) for f in report.findings if f.acknowledgement),
        not_judged=tuple(gap_row(gap, names) for gap in report.not_assessed),
        medicines=medicine_lists(plan.medicines, names, report.on),
        monitoring=tuple(monitoring_row(item, names) for item in plan.monitoring),
        calendar_note=calendar_note(agenda),
        calendar=calendar(agenda, lambda event: title(event, names), lambda event: event_lines(event, agenda.on)),
        undated=undated(agenda, names),
        limits=limit_rows(agenda, names),
        therapies=tuple(therapy_row(item, plan, names) for item in plan.therapies),
        advice=tuple(advice_row(item) for item in plan.education),
        goals=tuple(goal_row(goal, plan, names) for goal in plan.goals),
        problems=tuple(problem_row(condition, names) for condition in patient.conditions),
        results=result_rows(patient.results, names),
        screenings=tuple(screening_row(screening, names) for screening in patient.screenings),
        vaccines_given=tuple(vaccination_row(given, names) for given in patient.vaccinations),
        vaccines_planned=tuple(vaccine_row(item, names) for item in plan.vaccinations),
        life=life_facts(patient, names),
        team=tuple(member_row(member) for member in plan.team),
        decisions=team_decisions(plan.decisions, names),
        events=tuple(EventRow(term(e.event), day_or(e.on), e.text or "none") for e in plan.events),
        review=review_facts(plan),
        signatories=signatories(plan),
        provenance=provenance(plan, report),
        references=references(report, names),
    )


def _lesser(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.severity < Severity.WARNING and f.acknowledgement is None]
