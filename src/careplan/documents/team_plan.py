"""The team's care plan: everything that the plan, the review and the agenda say, ready to be printed."""

from attrs import frozen

from careplan.agenda import Agenda
from careplan.checks import Report
from careplan.documents.calendar import calendar, calendar_note, soon
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
from careplan.documents.decisions import DecisionView, decision_view
from careplan.documents.findings import Alert, FindingView, GapRow, alerts, finding_view, gap_row
from careplan.documents.header import Heading, shell
from careplan.documents.marks import marks
from careplan.documents.medicines import MedicineList, MedicineRow, medicine_lists, short_rows
from careplan.documents.names import Names
from careplan.documents.parts import Fact, Line, Lines, Period, Shell
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
from careplan.documents.provenance import DISCLAIMER, provenance, review_facts, version_facts
from careplan.documents.team import MemberRow, author_words, member_row, people_facts, signatories
from careplan.documents.terms import term
from careplan.documents.wording import NOT_RECORDED, day
from careplan.model import CarePlan, SharedDecision


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
    next_dates: tuple[Line | Lines, ...]
    people: tuple[Fact, ...]
    calls: tuple[Fact, ...]
    open_findings: tuple[FindingView, ...]
    accepted_findings: tuple[FindingView, ...]
    not_judged: tuple[GapRow, ...]
    medicines: tuple[MedicineList, ...]
    monitoring: tuple[MonitoringRow, ...]
    calendar_note: str
    calendar: tuple[Period, ...]
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
    decisions: tuple[DecisionView, ...]
    events: tuple[EventRow, ...]
    review: tuple[Fact, ...]
    signatories: tuple[str, ...]
    provenance: tuple[Fact, ...]
