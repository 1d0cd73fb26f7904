"""A plan with everything in it, a small knowledge base, and a review and an agenda made by hand.

The documents are held against these, so that neither new rules nor new drugs change what the tests expect.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from careplan import model as m
from careplan.agenda import Agenda, Event, Limit, Obstacle, Occasion, Status, Unscheduled, Window
from careplan.checks import Finding, NotAssessed, Report, Severity
from careplan.knowledge import Knowledge
from careplan.knowledge.vocabulary import Confidence
from careplan.rules import Fact, Gap, Missing

ON = date(2026, 3, 2)
BASIS = {"source": ["expert"], "confidence": "standard"}
SECTIONS = (
    "drugs", "classes", "class_facts", "products", "interactions", "analytes", "conditions", "screens", "vaccines",
    "exposures", "roles", "questions", "records", "therapies", "allergens", "sources", "opioid_thresholds",
    "abbreviations", "disagreements", "doubts",
)  # fmt: skip


def entry(ref: str, name: str, **more: Any) -> dict[str, Any]:
    return {"id": ref, "name": name, **more, **BASIS}


def drug(ref: str, *classes: str, purpose: str = "", warnings: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    text = {"patient": {"purpose": purpose, "warnings": list(warnings), **BASIS}} if purpose else {}
    return entry(
        ref, ref.replace("-", " "), group="other", classes=["any-medicine", *classes], routes=["oral"], **text, **more
    )


def sick_day(situation: str) -> dict[str, Any]:
    return {"situation": situation, "do": "hold", "action": "Hold.", "severity": "warning", **BASIS}


DRUGS = (
    drug(
        "methotrexate", "immunosuppressive-any", "immunosuppressant-any", "csdmard-blood-monitored",
        purpose="It slows down the immune system so that it stops attacking your joints.",
        warnings=("Take it ONCE A WEEK, on the same day. Taking it every day can kill.",),
        sick_day=[sick_day("infection"), sick_day("respiratory-symptom")],
    ),
    drug("adalimumab", "immunosuppressive-any", "immunosuppressant-any", "biologic", sick_day=[sick_day("infection")]),
    drug("hydroxychloroquine", "immunosuppressive-any", purpose="It calms the immune system."),
    drug(
        "prednisolone", "glucocorticoid", "immunosuppressive-any",
        purpose="A steroid that calms swelling and pain quickly.",
        warnings=("Never stop it suddenly if you have taken it for more than 3 weeks.",),
    ),
    drug("naproxen", "nsaid-systemic", purpose="Reduces pain and swelling in joints.", warnings=("Take with food",)),
    drug("codeine", "opioid"),
    drug("paracetamol"),
    drug("fentanyl", "opioid"),
    drug("gabapentin", "gabapentinoid", purpose="Calms pain from damaged nerves."),
    *(drug(ref) for ref in ("folic-acid", "amitriptyline", "ibuprofen", "omeprazole", "tramadol", "leflunomide")),
)  # fmt: skip
CLASSES = (
    "any-medicine", "immunosuppressive-any", "immunosuppressant-any", "csdmard-blood-monitored", "biologic",
    "glucocorticoid", "nsaid-systemic", "opioid", "gabapentinoid",
)  # fmt: skip


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    raw: dict[str, Any] = {section: {} for section in SECTIONS}
    raw |= {"opioids": [], "steroids": [], "adrenals": []}
    raw |= {"name": "small", "version": "2026.02", "date": "2026-02-01", "digest": "0", "notices": []}
    raw["drugs"] = {each["id"]: each for each in DRUGS}
    raw["classes"] = {ref: entry(ref, ref.replace("-", " ")) for ref in CLASSES}
    raw["products"] = {
        "co-codamol": entry(
            "co-codamol", "co-codamol", per="unit", contains=[{"drug": "codeine"}, {"drug": "paracetamol"}]
        )
    }
    raw["analytes"] = {
        "fbc": entry("fbc", "full blood count", plain="blood count", kind="laboratory"),
        "egfr": entry("egfr", "eGFR", plain="kidney blood test", kind="laboratory", unit="mL/min/{1.73_m2}"),
        "alt": entry("alt", "ALT", plain="liver blood test", kind="laboratory", unit="U/L"),
        "peg": entry("peg", "PEG score", plain="pain score from 0 to 10", kind="score", unit="{score}"),
    }
    raw["conditions"] = {
        "rheumatoid-arthritis": entry("rheumatoid-arthritis", "rheumatoid arthritis", plain="arthritis of the joints")
    }
    raw["sources"] = {"nice-ng100": {"id": "nice-ng100", "citation": "NICE guideline NG100", "seen": "part"}}
    return Knowledge(raw)


def quantity(text: str) -> m.Quantity:
    return m.Quantity.parse(text)


MEDICINES: tuple[m.Medication, ...] = (
    m.Immunosuppressant(
        id="mtx", drug="methotrexate", dosage=m.Dose.weekly("10 mg", "monday"), route=m.Route.ORAL,
        product=m.Product.tablets(methotrexate="2.5 mg"), indication="rheumatoid-arthritis", start=date(2024, 11, 4),
        prescriber="Dr Anil Rao", instructions="Take it with food", notes="Booklet given",
        history=(m.Step(dose=m.Dose.weekly("7.5 mg", "monday"), start=date(2024, 9, 2), stop=date(2024, 11, 3)),),
    ),
    m.Supportive(
        id="folate", drug="folic-acid", dosage=m.Dose.weekly("5 mg", "thursday"), route=m.Route.ORAL,
        product=m.Product.tablets(folic_acid="5 mg"), start=date(2024, 11, 7),
    ),
    m.Immunosuppressant(
        id="pred", drug="prednisolone", route=m.Route.ORAL, product=m.Product.tablets(prednisolone="5 mg"),
        start=date(2026, 2, 16), indication="rheumatoid-arthritis",
        dosage=m.Steps(steps=(
            m.Step(dose=m.Dose.daily("10 mg"), start=date(2026, 2, 16), stop=date(2026, 3, 15)),
            m.Step(dose=m.Dose.daily("7.5 mg"), start=date(2026, 3, 16)),
        )),
    ),
    m.Nsaid(
        id="naproxen", drug="naproxen", dosage=m.Dose.daily("500 mg", 2), route=m.Route.ORAL,
        indication="rheumatoid-arthritis", start=date(2026, 2, 9), stop=date(2026, 3, 30), prescriber="Dr Jean Marsh",
    ),
    m.Analgesic(
        id="co-codamol", drug="co-codamol", route=m.Route.ORAL,
        product=m.Product.tablets("co-codamol 30/500", codeine="30 mg", paracetamol="500 mg"),
        dosage=m.Dose.as_needed("2 tablets", at_most="8 tablets", reason="pain", hours_between=4),
    ),
    m.Adjuvant(
        id="gabapentin", drug="gabapentin", route=m.Route.ORAL, dosage=m.Dose.pattern("300 mg", 1, 0, 2),
        product=m.Product(ingredients=(
            m.Ingredient(drug="gabapentin", strength=quantity("300 mg"), per=quantity("1 capsule")),
        )),
    ),
    m.Analgesic(
        id="patch", drug="fentanyl", form=m.Form.PATCH, route=m.Route.TRANSDERMAL, start=date(2026, 4, 1),
        dosage=m.Dose.continuous("12 ug/h", 72), indication="rheumatoid-arthritis",
    ),
    m.Immunosuppressant(
        id="adalimumab", drug="adalimumab", dosage=m.Dose.every("40 mg", "2 weeks"), route=m.Route.SUBCUTANEOUS,
        product=m.Product(brand="Amgevita"), status=m.ItemStatus.ON_HOLD, start=date(2025, 6, 2),
        hold=m.Hold(since=date(2026, 2, 20), until=date(2026, 3, 20), reason="chest infection"),
    ),
    m.Adjuvant(
        id="amitriptyline", drug="amitriptyline", dosage=m.Dose.unknown("10-25 nocte"), licence=m.Licence.OFF_LABEL
    ),
    m.OtherMedicine(
        id="gel", drug="ibuprofen", form=m.Form.GEL, route=m.Route.CUTANEOUS, origin=m.Origin.OVER_THE_COUNTER,
        sites=("left-knee",), dosage=m.Dose.as_needed("1 {application}", at_most="3 {application}", reason="sore knee"),
    ),
    m.Supportive(
        id="omeprazole", drug="omeprazole", dosage=m.Dose.daily("20 mg"), status=m.ItemStatus.STOPPED,
        start=date(2025, 1, 6), stop=date(2026, 2, 1), stop_reason=m.StopReason.ADVERSE_EFFECT,
    ),
    m.Analgesic(id="tramadol", drug="tramadol", dosage=m.Dose.daily("50 mg"), status=m.ItemStatus.CANCELLED),
    m.Immunosuppressant(
        id="slip", drug="leflunomide", dosage=m.Dose.daily("1 g"), status=m.ItemStatus.ENTERED_IN_ERROR
    ),
)  # fmt: skip

CARE: tuple[m.Component, ...] = (
    m.Monitoring(
        id="bloods", tests=("fbc", "alt"), about=("mtx",), start=date(2024, 11, 4),
        intervals=(m.PhaseInterval(every=m.Interval.parse("4 weeks")),), ordered_by=m.Role.GP,
        acted_on_by=m.Role.SPECIALIST_NURSE,
        thresholds=(
            m.Threshold(
                test="alt", beyond=m.Beyond.ABOVE, value=Decimal(3), unit=m.Unit.ONE, multiple_of_upper_limit=True,
                action="Stop methotrexate and call",
            ),
        ),
    ),
    m.Monitoring(id="flare-crp", tests=("crp",), purpose=m.MonitoringPurpose.TRIGGERED, trigger="a flare"),
    m.Therapy(
        id="physio", therapy="physio-exercise", discipline=m.Role.PHYSIOTHERAPIST, sessions=6, goals=("walk",),
        frequency=m.Weekly(days=(m.Weekday.WEDNESDAY,)), precautions=("weak bones: no heavy loads",),
        provider="Tom Osei", start=date(2026, 3, 4),
    ),
    m.Therapy(id="cbt", therapy="cbt-pain"),
    m.VaccinationPlan(id="flu", vaccine="influenza", due=date(2026, 10, 1), given_by=m.Role.GP),
    m.Education(
        id="pacing", topic="pacing", text="rest before the pain gets bad", given_by=m.Role.OCCUPATIONAL_THERAPIST
    ),
)  # fmt: skip

DECISIONS: tuple[m.Decision, ...] = (
    m.SharedDecision(
        date=date(2026, 2, 10), by="Dr Anil Rao", role=m.Role.SPECIALIST_PRESCRIBER, about=("mtx",),
        options=("go on with tablets", "change to injections", "stop"), what_matters="To lift my granddaughter",
        questions=("Will I lose my hair?",), decision="Go on with tablets", off_label_explained=True,
    ),
    m.BenefitRisk(
        date=date(2026, 2, 10), by="Dr Anil Rao", about=("mtx",), benefits=("less swelling",), risks=("infection",),
        alternatives=("sulfasalazine",), conclusion=m.Weighing.BENEFIT_OUTWEIGHS,
    ),
    m.ResponseReview(
        date=date(2026, 2, 10), by="Dr Anil Rao", measure="peg", baseline=quantity("7 {score}"),
        target=quantity("4 {score}"), due=date(2026, 6, 1),
    ),
    m.StopRule(
        date=date(2026, 2, 10), by="Dr Anil Rao", about=("gabapentin",), when="no better by June", how="over 4 weeks"
    ),
    m.SickDayPlan(
        date=date(2026, 2, 10), by="Sister Ruth Bell", warning_signs=("fever", "cough"), contact="020 7946 0012",
        pause=("mtx",), keep=("pred",),
    ),
    m.SharedCare(date=date(2026, 2, 10), by="Dr Anil Rao", requested=date(2026, 2, 10)),
    m.InformationGiven(date=date(2026, 2, 10), by="Sister Ruth Bell", title="Methotrexate booklet"),
    m.Record(date=date(2026, 2, 10), by="Sister Ruth Bell", part="steroid-card", text="card handed over"),
)  # fmt: skip

PLAN = m.CarePlan(
    id="ra-1", title="Rheumatoid arthritis with persistent pain", created=date(2026, 3, 1), start=ON, revision=4,
    status=m.PlanStatus.ACTIVE, review_by=date(2026, 6, 1), jurisdiction=m.Jurisdiction.UK, replaces="ra-0",
    author=m.Author(name="Sister Ruth Bell", role=m.Role.SPECIALIST_NURSE, registration="98I7654E"),
    patient=m.Patient(
        name="Margaret Hollis", preferred_name="Maggie", birth_date=date(1958, 5, 14), sex=m.Sex.FEMALE,
        identifiers=(m.Identifier(system="NHS number", value="9434765919"),), phone="020 7946 0555",
        conditions=(
            m.Condition(condition="rheumatoid-arthritis", onset=date(2017, 9, 4)),
            m.Condition(condition=m.Absent.UNKNOWN, text="old back injury", status=m.ConditionStatus.INACTIVE),
        ),
        allergies=(
            m.Allergy(substance="penicillin", reaction="rash", severity=m.ReactionSeverity.SEVERE),
            m.Allergy(substance=m.Absent.UNKNOWN, text="plasters"),
        ),
        results=(
            m.Result(test="egfr", value=quantity("28 mL/min/{1.73_m2}"), date=date(2026, 2, 23)),
            m.Result(test="egfr", value=quantity("48 mL/min/{1.73_m2}"), date=date(2025, 8, 18)),
            m.Result(test="alt", value=quantity("31.0 U/L"), date=date(2026, 2, 2), upper_limit=Decimal(40)),
            m.Result(
                test="crp", value=quantity("1 mg/L"), date=date(2026, 2, 2), comparator=m.Comparator.LESS
            ),
            m.Result(test="peg", value=quantity("6 {score}"), date=date(2026, 2, 10)),
        ),
        screenings=(m.Screening(test="tuberculosis", outcome=m.Outcome.NEGATIVE, date=date(2024, 10, 1)),),
        vaccinations=(m.Vaccination(vaccine="pneumococcal", date=date(2023, 10, 3), course_complete=True),),
        pregnancy=m.Absent.NOT_APPLICABLE, answers=(m.Answer(question="drives", value=True, date=ON),),
        confirmed=m.Confirmations(medicines=ON, allergies=ON),
    ),
    components=(*MEDICINES, *CARE),
    goals=(
        m.Goal(
            id="walk", description="Walk to the shop and back without stopping", measure="peg",
            baseline=quantity("7 {score}"), target=quantity("4 {score}"), due=date(2026, 6, 1),
            achievement=m.Achievement.IMPROVING, about=("physio",), my_actions=("walk every morning",),
            team_actions=("show me exercises",),
        ),
    ),
    team=(
        m.TeamMember(role=m.Role.SPECIALIST_PRESCRIBER, name="Dr Anil Rao", phone="020 7946 0011", lead=True),
        m.TeamMember(
            role=m.Role.SPECIALIST_NURSE, name="Sister Ruth Bell", phone="020 7946 0012",
            hours="Monday to Friday, 9:00 to 16:00", tasks=("blood tests", "advice line"),
        ),
        m.TeamMember(role=m.Role.GP, name="Dr Jean Marsh", organisation="Mill Lane Surgery", phone="020 7946 0100"),
    ),
    decisions=DECISIONS,
    events=(m.PlannedEvent(event=m.EventKind.SURGERY, on=date(2026, 5, 12), text="right hip replacement"),),
)  # fmt: skip


@pytest.fixture(scope="session")
def plan() -> m.CarePlan:
    return PLAN


def finding(rule: str, severity: Severity, message: str, *subjects: str, **more: Any) -> Finding:
    given: dict[str, Any] = {
        "action": "Stop the naproxen; check the kidneys within 1 week.", "actor": ("prescriber", "pharmacist"),
        "because": (
            Fact(about="egfr", label="eGFR", value=Decimal(28), unit="mL/min/{1.73_m2}", date=date(2026, 2, 23)),
        ),
        "sources": ("nice-ng100",), "confidence": Confidence.VERIFIED, "fingerprint": rule, "day": ON,
    }  # fmt: skip
    return Finding(rule=rule, severity=severity, message=message, subjects=subjects, **(given | more))


ACCEPTED = m.Acknowledgement(
    fingerprint="opioid-gabapentinoid", reason=m.AcknowledgementReason.MONITORING_IN_PLACE,
    text="Low doses, breathing checked at every visit", author="Dr Anil Rao", role=m.Role.SPECIALIST_PRESCRIBER,
    date=date(2026, 2, 10), expires=date(2026, 5, 10),
)  # fmt: skip


@pytest.fixture(scope="session")
def report() -> Report:
    return Report(
        plan="ra-1", revision=4, on=ON, knowledge_version="2026.02", knowledge_date=date(2026, 2, 1), rules_asked=310,
        findings=(
            finding(
                "nsaid-severe-ckd", Severity.CRITICAL, "Naproxen with an eGFR of 28 can stop the kidneys.", "naproxen"
            ),
            finding(
                "methotrexate-nsaid", Severity.WARNING, "Naproxen can raise methotrexate to a toxic level.", "mtx",
                "naproxen",
            ),
            finding(
                "opioid-gabapentinoid", Severity.WARNING, "Codeine and gabapentin together can slow the breathing.",
                "co-codamol", "gabapentin", acknowledgement=ACCEPTED,
            ),
            finding("pregnancy-not-asked", Severity.CAUTION, "Nobody asked about a stomach ulcer."),
            finding("patch-start", Severity.INFO, "The patch starts.", "patch", day=date(2026, 4, 1)),
        ),
        not_assessed=(
            NotAssessed(
                missing=Missing(kind=Gap.DOSE, name="amitriptyline", label="amitriptyline"), severity=Severity.WARNING,
                rules=("tricyclic-dose", "anticholinergic-burden"), ask="What is the dose of amitriptyline?",
                actor=("prescriber",),
            ),
            NotAssessed(
                missing=Missing(kind=Gap.TEST, name="fbc", label="full blood count"), severity=Severity.CAUTION,
                rules=("monitoring-overdue",), ask="Measure full blood count.", actor=("gp",),
            ),
        ),
        switched_off=(("tall-man", "not used in this clinic"),),
    )  # fmt: skip


def event(day: date, occasion: Occasion, title: str, *subjects: str, **more: Any) -> Event:
    window = Window(day - timedelta(days=7), day + timedelta(days=7))
    given: dict[str, Any] = {"status": Status.NOT_DUE, "window": window, "subjects": subjects}
    return Event(date=day, occasion=occasion, title=title, **(given | more))


@pytest.fixture(scope="session")
def agenda() -> Agenda:
    limit = Limit(test="alt", text="above 100 U/L", action="Contact the specialist team", actors=("rheumatology",))
    mondays = [date(2026, 3, 2) + timedelta(weeks=week) for week in range(6)]
    events = (
        event(
            date(2026, 2, 9), Occasion.TEST, "full blood count", "mtx", tests=("fbc",), status=Status.OVERDUE,
            why=("methotrexate: every 4 weeks (plan)",), ordered_by=m.Role.GP, acted_on_by=m.Role.SPECIALIST_NURSE,
        ),
        *(event(day, Occasion.DOSE, "methotrexate 10 mg", "mtx", dose=MEDICINES[0].doses[0]) for day in mondays),
        event(date(2026, 3, 4), Occasion.SESSION, "physio exercise (1 of 6)", "physio"),
        event(
            date(2026, 3, 9), Occasion.TEST, "ALT", "mtx", tests=("alt",), status=Status.WINDOW_OPEN,
            last=date(2026, 2, 2), if_abnormal=(limit,), why=("methotrexate: every 4 weeks (plan)",),
        ),
        event(date(2026, 3, 16), Occasion.DOSE_STEP, "prednisolone: 7.5 mg", "pred", dose=m.Dose.daily("7.5 mg")),
        event(date(2026, 3, 20), Occasion.RESTART, "Restart adalimumab", "adalimumab"),
        event(date(2026, 3, 30), Occasion.STOP, "Last day of naproxen", "naproxen"),
        event(date(2026, 4, 1), Occasion.START, "Start fentanyl 12 ug/h", "patch"),
        event(date(2026, 5, 12), Occasion.PLANNED, "surgery: right hip replacement"),
        event(date(2026, 6, 1), Occasion.REVIEW, "review of the plan"),
    )  # fmt: skip
    return Agenda(
        plan="ra-1", on=ON, until=date(2026, 8, 31), events=tuple(sorted(events, key=lambda each: each.date)),
        unscheduled=(
            Unscheduled(
                title="CBT for pain", obstacle=Obstacle.NO_RHYTHM, detail="how often is not stated", subjects=("cbt",)
            ),
        ),
    )  # fmt: skip
