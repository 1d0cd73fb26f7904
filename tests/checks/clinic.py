"""Short ways to write the plans of a clinic: a well-documented person, medicines with what goes with them, a plan."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs

import careplan as cp
from careplan.knowledge import load_knowledge
from careplan.model import Dosage

ON = date(2026, 3, 2)
KNOWN = load_knowledge()
NORMAL = {
    "egfr": "88 mL/min/{1.73_m2}", "creatinine": "68 umol/L", "potassium": "4.3 mmol/L", "sodium": "140 mmol/L",
    "alt": "22 U/L", "ast": "20 U/L", "albumin": "42 g/L", "hb": "136 g/L", "wcc": "6.4 10*9/L", "anc": "4.0 10*9/L",
    "alc": "1.9 10*9/L", "plt": "260 10*9/L", "mcv": "90 fL", "crp": "4 mg/L", "esr": "8 mm/h",
    "glucose": "5.1 mmol/L", "hba1c": "36 mmol/mol", "urate": "300 umol/L", "ldl": "2.4 mmol/L",
    "cholesterol": "4.6 mmol/L", "weight": "74 kg", "height": "170 cm", "bmi": "25.6 kg/m2",
    "bp-systolic": "124 mm[Hg]", "bp-diastolic": "76 mm[Hg]", "alcohol-units-week": "4 {alcohol_unit}/wk",
    "falls-12m": "0 {count}", "serious-infections-12m": "0 {count}", "steroid-courses-12m": "0 {count}",
    "calcium-adjusted": "2.35 mmol/L", "vitamin-d": "80 nmol/L", "igg": "10 g/L", "inr": "2.4 {INR}",
    "qtc": "410 ms", "qrisk3": "4 %", "bilirubin": "9 umol/L", "alp": "70 U/L", "urine-pcr": "8 mg/mmol",
    "complement-c3": "1.1 g/L", "complement-c4": "0.2 g/L",
}  # fmt: skip
UPPER = {"alt": 40, "ast": 40, "alp": 130, "bilirubin": 21}
DONE = ("ecg", "chest-x-ray", "eye-oct", "urine-protein", "lipids", "skin-examination")
SCREENED = {
    "tuberculosis": "negative", "hepatitis-b": "negative", "hepatitis-c": "negative", "hiv": "negative",
    "varicella-immunity": "immune", "tpmt": "normal", "strongyloides": "negative",
}  # fmt: skip
NO = (
    "nsaid-tolerated-before", "drives", "household-child", "ancestry-hla-risk", "strongyloides-risk", "end-of-life",
    "planning-conception", "can-become-pregnant", "breastfeeding",
)  # fmt: skip
VACCINES = ("influenza", "covid-19", "pneumococcal", "zoster-recombinant")
IMMUNE = KNOWN.members("immunosuppressant-any") | KNOWN.members("glucocorticoid")


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def ahead(days: int) -> date:
    return ON + timedelta(days=days)


def lab(test: str, value: str, days: int = 10) -> cp.Result:
    limit = UPPER.get(test)
    return cp.Result(
        test=test, value=cp.Quantity.parse(value), date=ago(days), upper_limit=None if limit is None else Decimal(limit)
    )


def has(condition: str, since: int = 2000, **more: Any) -> cp.Condition:
    return cp.Condition(condition=condition, onset=ago(since), **more)


def allergy(substance: str, reaction: str = "anaphylaxis") -> tuple[cp.Allergy, ...]:
    return (cp.Allergy(substance=substance, reaction=reaction, kind=cp.AllergyKind.HYPERSENSITIVITY),)


def person(*conditions: cp.Condition, age: int = 52, sex: str = "female", labs: dict[str, str] | None = None,
           history: Iterable[cp.Result] = (), done: Iterable[str] = DONE,
           screens: dict[str, str | None] | None = None, yes: Iterable[str] = (),
           days: int = 10, pregnant: int | None = None, **more: Any) -> cp.Patient:  # fmt: skip
    """Someone of whom everything is known: lists confirmed, results `days` old and normal but for `labs`."""
    results = [lab(test, value, days) for test, value in (NORMAL | (labs or {})).items()]
    results += [cp.Result(test=test, value=cp.Quantity.parse("1 {count}"), date=ago(100)) for test in done]
    told = {**dict.fromkeys(NO, False), "nsaid-tolerated-before": True, "inflammation-present": True,
            **dict.fromkeys(yes, True)}  # fmt: skip
    status = cp.PregnancyStatus.NOT_PREGNANT if pregnant is None else cp.PregnancyStatus.PREGNANT
    values: dict[str, Any] = {
        "allergies": cp.NoAllergies.NONE_KNOWN,
        "screenings": tuple(
            cp.Screening(test=test, outcome=cp.Outcome(outcome), date=ago(60))
            for test, outcome in (SCREENED | (screens or {})).items() if outcome
        ),
        "vaccinations": tuple(cp.Vaccination(vaccine=v, date=ago(120), course_complete=True) for v in VACCINES),
        "pregnancy": cp.Pregnancy(status=status, recorded=ago(7), weeks=pregnant or cp.Absent.NOT_APPLICABLE),
        "contraception": cp.Contraception(method=cp.ContraceptionMethod.HIGHLY_EFFECTIVE, recorded=ago(60)),
        "smoking": cp.Smoking(status=cp.SmokingStatus.NEVER, recorded=ago(60)),
        "answers": tuple(cp.Answer(question=q, value=v, date=ago(2)) for q, v in told.items()),
        "confirmed": cp.Confirmations(conditions=ago(5), allergies=ago(5), medicines=ago(5), vaccinations=ago(5)),
    }  # fmt: skip
    birth = date(ON.year - age, 1, 15)
    return cp.Patient(name="Someone", birth_date=birth, sex=cp.Sex(sex), conditions=conditions,
                      results=(*results, *history), **(values | more))  # fmt: skip


def med(drug: str, dose: Dosage | str, since: int = 800, **more: Any) -> cp.Component:
    """A medicine by mouth, since so many days; ``"20 mg"`` is once a day, ``"20 mg x2"`` twice."""
    if isinstance(dose, str):
        amount, _, times = dose.partition(" x")
        dose = cp.Dose.daily(amount, int(times or 1))
    values: dict[str, Any] = {"id": drug, "route": cp.Route.ORAL, "start": ago(since), "licence": cp.Licence.LICENSED}
    kind = cp.Immunosuppressant if drug in IMMUNE else cp.OtherMedicine
    return kind(drug=drug, dosage=dose, **(values | more))


def as_needed(drug: str, dose: str, at_most: str, since: int = 800, **more: Any) -> cp.Component:
    """A medicine for pain as needed, at least six hours apart."""
    order = cp.Dose.as_needed(dose, at_most=at_most, reason="pain", hours_between=6)
    return med(drug, order, since, **({"form": cp.Form.IMMEDIATE_RELEASE} | more))


def therapy(name: str, discipline: str = "physiotherapist") -> cp.Therapy:
    return cp.Therapy(id=name, therapy=name, discipline=cp.Role(discipline), sessions=8,
                      frequency=cp.Weekly(days=(cp.Weekday.MONDAY,)))  # fmt: skip


def taper(*amounts: str, days: int, begun: int, open_end: bool = False, every: int = 24) -> cp.Steps:
    """A step for each amount, `days` long, the first begun so many days ago; `every` are the hours between doses."""
    starts = [ago(begun - days * number) for number in range(len(amounts))]
    steps = [
        cp.Step(dose=cp.Dose.every_hours(amount, every) if every < 24 else cp.Dose.daily(amount), start=start,
                stop=start + timedelta(days=days - 1))
        for amount, start in zip(amounts, starts, strict=True)
    ]  # fmt: skip
    return cp.Steps(steps=(*steps[:-1], attrs.evolve(steps[-1], stop=None)) if open_end else tuple(steps))


def methotrexate(dose: str = "15 mg", since: int = 800, **more: Any) -> tuple[cp.Component, ...]:
    values = {"product": cp.Product.tablets(methotrexate="2.5 mg"), "indication": "rheumatoid-arthritis"} | more
    return (med("methotrexate", cp.Dose.weekly(dose, "monday"), since, **values), folic_acid())


def folic_acid() -> cp.Component:
    return med("folic-acid", cp.Dose.weekly("5 mg", "thursday"))


def adalimumab(since: int = 800, **more: Any) -> cp.Component:
    values = {"route": cp.Route.SUBCUTANEOUS, "indication": "rheumatoid-arthritis",
              "product": cp.Product(name="adalimumab 40 mg pen", brand="Humira")} | more  # fmt: skip
    return med("adalimumab", cp.Dose.every("40 mg", "2 weeks"), since, **values)


def watch(*about: str, tests: tuple[str, ...] = (), every: str = "3 months", **more: Any) -> cp.Monitoring:
    """Tests for these medicines, ordered by the GP and acted on by the nurse."""
    values: dict[str, Any] = {
        "id": f"watch-{about[0]}", "start": ago(800), "ordered_by": cp.Role.GP, "acted_on_by": cp.Role.SPECIALIST_NURSE,
    }  # fmt: skip
    usual = ("fbc", "lft", "creatinine", "egfr", "alt", "albumin", "crp")
    often = (cp.PhaseInterval(every=cp.Interval.parse(every)),)
    return cp.Monitoring(tests=tests or usual, about=about, intervals=often, **(values | more))


def written(*about: str) -> tuple[cp.Decision, ...]:
    """The record that belongs to a treatment which weakens immunity."""
    by: dict[str, Any] = {"date": ago(40), "by": "Dr A", "about": about}
    return (
        cp.BenefitRisk(**by, benefits=("less damage",), risks=("infection",), conclusion=cp.Weighing.BENEFIT_OUTWEIGHS),
        cp.SharedDecision(**by, options=("go on", "stop"), what_matters="work", decision="go on",
                          off_label_explained=True),
        cp.ResponseReview(**by, measure="das28-crp", target=cp.Quantity.parse("2.6 {score}"), due=ahead(60)),
        cp.StopRule(**by, when="no response at the review", how="stop"),
        cp.SickDayPlan(**by, warning_signs=("fever",), contact="020 7946 0000"),
        cp.InformationGiven(**by, title="Leaflet"),
        cp.SharedCare(**by, requested=ago(60), accepted=ago(50), accepted_by="Dr B"),
        *(record(part, *about) for part in ("specialist-diagnosis", "toxicity-risk-review", "review")),
    )  # fmt: skip


def record(part: str, *about: str, days: int = 30) -> cp.Record:
    return cp.Record(part=part, date=ago(days), by="Dr A", about=about)


TEAM = (
    cp.TeamMember(role=cp.Role.SPECIALIST_PRESCRIBER, name="Dr A", phone="1", out_of_hours="111", lead=True),
    cp.TeamMember(role=cp.Role.SPECIALIST_NURSE, name="Sister B", phone="2", out_of_hours="111"),
    cp.TeamMember(role=cp.Role.GP, name="Dr C", phone="3"),
    cp.TeamMember(role=cp.Role.PHARMACIST, name="Ms D", phone="4"),
    cp.TeamMember(role=cp.Role.PAIN_CONSULTANT, name="Dr E", phone="5"),
)


def plan(who: cp.Patient, *components: cp.Component, records: Iterable[cp.Decision] = (), bare: bool = False,
         **more: Any) -> cp.CarePlan:  # fmt: skip
    """A plan with its team, its owned monitoring and its record; `bare` leaves out monitoring and record."""
    treated = [c.id for c in components if isinstance(c, cp.Immunosuppressant)]
    given = {c.about[0] for c in components if isinstance(c, cp.Monitoring)}
    extra = [] if bare else [watch(name) for name in treated if name not in given]
    decisions = [record("otc-asked"), *records, *(() if bare or not treated else written(*treated))]
    values: dict[str, Any] = {
        "id": "p", "title": "P", "status": cp.PlanStatus.ACTIVE, "created": ago(40), "start": ago(40),
        "review_by": ahead(90), "jurisdiction": cp.Jurisdiction.UK, "team": TEAM,
        "author": cp.Author(name="Dr A", role=cp.Role.SPECIALIST_PRESCRIBER),
    }  # fmt: skip
    return cp.CarePlan(patient=who, components=(*components, *extra), decisions=tuple(decisions), **(values | more))


def sparse(*drugs: str) -> cp.CarePlan:
    """A plan with medicines and nothing else: no doses, no facts about the person, nothing agreed."""
    items = tuple(cp.OtherMedicine(id=drug, drug=drug, dosage=cp.Dose.unknown()) for drug in drugs)
    someone = cp.Patient(name="Someone", birth_date=date(1970, 1, 1), sex=cp.Sex.FEMALE)
    return cp.CarePlan(
        id="p", title="P", created=ON, patient=someone, components=items, jurisdiction=cp.Jurisdiction.UK
    )
