"""The plan of the person whose plan it is: the same facts in plain words, with whom to call and when."""

from attrs import evolve, frozen

from careplan.agenda import Agenda, Event, Obstacle, Occasion, Unscheduled
from careplan.checks import Report
from careplan.documents import dosing
from careplan.documents.calendar import calendar, calendar_note
from careplan.documents.care import OPEN_GOALS, interval_words, therapy_rhythm
from careplan.documents.contacts import Contacts, call_facts, contacts
from careplan.documents.decisions import DecisionList
from careplan.documents.header import Heading, shell
from careplan.documents.names import Names
from careplan.documents.parts import Fact, Lines, Period, Shell, Tone
from careplan.documents.patient_decisions import SickDays, patient_decisions, sick_days
from careplan.documents.patient_findings import patient_alerts
from careplan.documents.patient_medicines import CautionRow, PlainList, PlainRow, patient_medicines
from careplan.documents.person import plain_allergies
from careplan.documents.phrases import Colour, everyday_rules, signs
from careplan.documents.provenance import DISCLAIMER, in_force, local_knowledge, overdue_review
from careplan.documents.summary import Alert
from careplan.documents.taking import Taking
from careplan.documents.team import MemberRow, author_words, member_row, signatories
from careplan.documents.terms import plain_term
from careplan.documents.wording import NOT_RECORDED, day, listed, quantity, sentence
from careplan.knowledge import Knowledge
from careplan.model import CarePlan, Goal, ItemStatus, Monitoring, MonitoringPurpose, SharedDecision, Therapy

_GOES_ON = (ItemStatus.ACTIVE, ItemStatus.DRAFT, ItemStatus.ON_HOLD)
_UNDATED = frozenset({Obstacle.NO_START, Obstacle.NO_RHYTHM, Obstacle.NO_DATE, Obstacle.ON_HOLD, Obstacle.ON_EVENT})
"""Why something has no date that the person can help with; conditions of the knowledge base are for the team."""
_MUST_REACH = ("immunosuppressant-any", "anticoagulant", "glucocorticoid", "opioid")
"""Nobody may go home with one of these without a number to call."""


@frozen
class TestRow:
    """One test in plain words."""

    test: Lines
    why: str
    rhythm: Lines


@frozen
class SessionRow:
    """One therapy in plain words."""

    name: Lines
    rhythm: Lines
    provider: Lines


@frozen
class PlainGoal:
    """One goal in the person's words."""

    words: str
    facts: tuple[Fact, ...]


@frozen(kw_only=True)
class PatientPlan:
    """What the patient's plan shows, part by part in its order."""

    shell: Shell
    what_matters: tuple[str, ...]
    alerts: tuple[Alert, ...]
    medicines_note: str
    taken: tuple[PlainRow, ...]
    other_medicines: tuple[PlainList, ...]
    cautions: tuple[CautionRow, ...]
    rules: tuple[str, ...]
    signs: tuple[Alert, ...]
    sick_days: tuple[SickDays, ...]
    tests: tuple[TestRow, ...]
    calendar_note: str
    calendar: tuple[Period, ...]
    undated: tuple[str, ...]
    therapies: tuple[SessionRow, ...]
    advice: tuple[str, ...]
    goals: tuple[PlainGoal, ...]
    decisions: tuple[DecisionList, ...]
    calls: tuple[Fact, ...]
    team: tuple[MemberRow, ...]
    about: tuple[Fact, ...]
    signatories: tuple[str, ...]


def patient_plan(plan: CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge) -> PatientPlan:
    """Put a plan, its review and its agenda into plain words."""
    names = Names(plan, knowledge)
    taking = Taking(plan, knowledge, report.on)
    known = contacts(plan)
    medicines = patient_medicines(taking, names)
    heading = Heading(
        kind="My care plan",
        title="Care plan for",
        allergies=Fact("My allergies", plain_allergies(plan.patient.allergies, names)),
        badges=(),
        calls=call_facts(known),
        version=_version(plan, report),
        warnings=(*overdue_review(plan, report), *_unreachable(taking, known)),
        footer=(
            *DISCLAIMER,
            f"This plan is not for emergencies: call {known.emergency}.",
            *local_knowledge(report),
        ),
        plain=True,
    )
    return PatientPlan(
        shell=shell(plan, heading, on=report.on),
        what_matters=tuple(d.what_matters for d in plan.decisions if isinstance(d, SharedDecision)),
        alerts=patient_alerts(report, names, known),
        medicines_note=_medicines_note(plan, report),
        taken=medicines.taken,
        other_medicines=medicines.others,
        cautions=medicines.cautions,
        rules=everyday_rules(taking, names),
        signs=_signs(taking, names, known),
        sick_days=sick_days(plan, names),
        tests=tuple(_test(item, names) for item in plan.monitoring if item.status in _GOES_ON),
        calendar_note=calendar_note(agenda),
        calendar=calendar(_one_visit_a_day(agenda), lambda event: _event_title(event, names), _event_lines),
        undated=tuple(_undated(item, names) for item in agenda.unscheduled if item.obstacle in _UNDATED),
        therapies=tuple(_session(item, names) for item in plan.therapies if item.status in _GOES_ON),
        advice=tuple(sentence(item.text) for item in plan.education if item.status in _GOES_ON),
        goals=tuple(_goal(goal, names) for goal in plan.goals if goal.lifecycle in OPEN_GOALS),
        decisions=patient_decisions(plan, names),
        calls=call_facts(known),
        team=tuple(member_row(member, plain_term) for member in plan.team),
        about=_about(plan, report),
        signatories=signatories(plan),
    )


def _version(plan: CarePlan, report: Report) -> tuple[Fact, ...]:
    return (
        Fact("Plan", (f"{plan.id}, version {plan.revision}, {plain_term(plan.status)}",)),
        Fact("Next look", (day(plan.review_by) if plan.review_by else NOT_RECORDED.upper(),)),
        Fact("Written with me", (f"{day(plan.created)} by {author_words(plan)[0]}",)),
        Fact("Checked", (f"{day(report.on)}, with knowledge version {report.edition}",)),
    )


def _unreachable(taking: Taking, known: Contacts) -> tuple[str, ...]:
    """Say that a person must not go home with such medicines and nobody to call."""
    if known.advice is not None or not taking.of(*_MUST_REACH):
        return ()
    return ("DO NOT HAND OUT YET – no phone number for the advice line is recorded.",)


def _medicines_note(plan: CarePlan, report: Report) -> str:
    checked = plan.patient.confirmed.medicines
    if checked is None:
        return "Nobody has recorded that this list was checked with you. Tell your team if it is not right."
    return f"This list was checked with you on {day(min(checked, report.on))}. Tell your team about every change."


def _signs(taking: Taking, names: Names, known: Contacts) -> tuple[Alert, ...]:
    reach = f"{known.call} today; out of hours {known.out_of_hours}"
    groups = (
        Alert(Tone.CRITICAL, "Red", f"Call {known.emergency} now", signs(Colour.RED, taking, names, known)),
        Alert(Tone.WARNING, "Amber", reach, signs(Colour.AMBER, taking, names, known)),
        Alert(Tone.SETTLED, "Green", "Can wait for a working day", signs(Colour.GREEN, taking, names, known)),
    )
    return tuple(group for group in groups if group.lines)


def _test(item: Monitoring, names: Names) -> TestRow:
    about = listed(names.component(ref) for ref in item.about)
    match item.purpose:
        case MonitoringPurpose.BASELINE:
            rhythm: Lines = ("before you start the medicine",)
        case MonitoringPurpose.TRIGGERED:
            rhythm = (f"when this happens: {item.trigger}",)
        case MonitoringPurpose.ONGOING:
            rhythm = ()
    rhythm = (*rhythm, *(interval_words(interval) for interval in item.intervals)) or (f"how often: {NOT_RECORDED}",)
    held = ("on hold",) if item.status is ItemStatus.ON_HOLD else ()
    stop = (f"until {day(item.stop)}",) if item.stop else ()
    return TestRow(
        test=tuple(names.plain_test(test) for test in item.tests),
        why=f"because you take {about}" if about else "ask your team what it is for",
        rhythm=(*rhythm, *held, *stop),
    )


def _session(item: Therapy, names: Names) -> SessionRow:
    care = tuple(f"Take care: {precaution}" for precaution in item.precautions)
    who = plain_term(item.discipline) if item.discipline else NOT_RECORDED
    stop = (f"until {day(item.stop)}",) if item.stop else ()
    return SessionRow(
        (names.therapy(item.therapy), *care),
        (*therapy_rhythm(item), *stop),
        (item.provider or who, *((who,) if item.provider else ())),
    )


def _goal(goal: Goal, names: Names) -> PlainGoal:
    measured = f" ({names.plain_test(goal.measure)})" if goal.measure else ""
    return PlainGoal(
        words=goal.description,
        facts=(
            Fact("I will", goal.my_actions or ("not recorded yet",)),
            Fact("My team will", goal.team_actions or ("not recorded yet",)),
            Fact("At the start", ((quantity(goal.baseline) + measured) if goal.baseline else NOT_RECORDED,)),
            Fact("Aim", ((quantity(goal.target) + measured) if goal.target else NOT_RECORDED,)),
            Fact("By", (day(goal.due) if goal.due else NOT_RECORDED,)),
            *((Fact("So far", (plain_term(goal.achievement),)),) if goal.achievement else ()),
        ),
    )


_TITLES = {
    Occasion.DOSE: "Take {0}",
    Occasion.PATCH_CHANGE: "Change your patch: {0}",
    Occasion.START: "Start: {0}",
    Occasion.RESTART: "Start again: {0}",
    Occasion.STOP: "Last day: {0}",
    Occasion.DOSE_STEP: "New dose: {0}",
    Occasion.VACCINE: "Vaccine: {0}",
    Occasion.SESSION: "Session: {0}",
    Occasion.REVIEW: "Your team looks again at {0}",
    Occasion.TEST: "Test: {0}",
    Occasion.PLANNED: "{0}",
}


def _one_visit_a_day(agenda: Agenda) -> Agenda:
    """Tests that share a day and a last day are one entry: the person goes once."""
    visits: dict[object, Event] = {}
    for event in agenda.events:
        test = event.occasion is Occasion.TEST
        key = (event.date, event.window, event.status.late) if test else event
        known = visits.get(key, event)
        visits[key] = evolve(known, tests=tuple(dict.fromkeys((*known.tests, *event.tests)))) if test else event
    return evolve(agenda, events=tuple(visits.values()))


def _event_title(event: Event, names: Names) -> str:
    if event.occasion is Occasion.TEST:
        about = [names.plain_test(test) for test in names.gathered(event.tests)]
    elif event.occasion is Occasion.SESSION:
        about = [names.therapy(each.therapy) for each in names.plan.therapies if each.id in event.subjects]
    else:
        about = [names.plain_component(ref) for ref in event.subjects]
    if event.occasion is Occasion.REVIEW and not about:
        about = ["this plan"]
    return _TITLES[event.occasion].format(listed(about) or event.title)


def _event_lines(event: Event) -> Lines:
    if event.occasion is Occasion.DOSE_STEP and event.dose is not None:
        return dosing.dose(event.dose)
    if event.occasion is not Occasion.TEST:
        return ()
    if event.status.late:
        return ("This is late. Book it within 7\u00a0days.",)
    return (f"at the latest on {day(event.window.closes)}",)


def _undated(item: Unscheduled, names: Names) -> str:
    tests = (names.plain_test(test) for test in item.tests)
    about = listed((*tests, *(names.plain_component(ref) for ref in item.subjects)))
    return sentence(f"{about or item.title}: no date yet, ask your team")


def _about(plan: CarePlan, report: Report) -> tuple[Fact, ...]:
    return (
        Fact("This plan", (f"{plan.title}: {plan.id}, version {plan.revision}, {plain_term(plan.status)}",)),
        Fact("Written by", (", ".join(map(str, author_words(plan))),)),
        Fact("Valid", (in_force(plan),)),
        Fact(
            "Checked",
            (
                f"{day(report.on)}, with knowledge version {report.knowledge_version} of {day(report.knowledge_date)}",
                *(f"and with {overlay} of {day(overlay.date)}" for overlay in report.overlays),
            ),
        ),
    )
