"""Write a care plan in Python: rheumatoid arthritis with persistent pain, eight medicines and what goes with them.

Run it to see the review and to save the plan::

    python examples/author_plan.py ra-persistent-pain.json
"""

import sys
from datetime import date
from decimal import Decimal

import careplan as cp

TODAY = date(2026, 3, 2)


def result(test: str, value: str, day: date, upper_limit: int | None = None) -> cp.Result:
    limit = None if upper_limit is None else Decimal(upper_limit)
    return cp.Result(test=test, value=cp.Quantity.parse(value), date=day, upper_limit=limit)


patient = cp.Patient(
    name="Margaret Hollis", birth_date=date(1958, 5, 14), sex=cp.Sex.FEMALE,
    identifiers=(cp.Identifier(system="Hospital number", value="H204518"),),
    conditions=(
        cp.Condition(condition="rheumatoid-arthritis", onset=date(2017, 9, 4)),
        cp.Condition(condition="hypertension", onset=date(2012, 3, 1)),
    ),
    allergies=(cp.Allergy(substance="penicillin", reaction="rash", kind=cp.AllergyKind.HYPERSENSITIVITY),),
    results=(
        result("egfr", "71 mL/min/{1.73_m2}", date(2025, 8, 18)),
        result("egfr", "48 mL/min/{1.73_m2}", date(2026, 2, 23)),
        result("creatinine", "102 umol/L", date(2026, 2, 23)), result("alt", "31 U/L", date(2026, 2, 23), 40),
        result("wcc", "6.1 10*9/L", date(2026, 2, 23)), result("anc", "3.9 10*9/L", date(2026, 2, 23)),
        result("plt", "268 10*9/L", date(2026, 2, 23)), result("hb", "121 g/L", date(2026, 2, 23)),
        result("mcv", "91 fL", date(2026, 2, 23)), result("albumin", "40 g/L", date(2026, 2, 23)),
        result("mcv", "92 fL", date(2026, 2, 23)), result("albumin", "41 g/L", date(2026, 2, 23)),
        result("potassium", "4.9 mmol/L", date(2026, 2, 23)), result("sodium", "139 mmol/L", date(2026, 2, 23)),
        result("bp-systolic", "138 mm[Hg]", date(2026, 2, 23)), result("bp-diastolic", "80 mm[Hg]", date(2026, 2, 23)),
        result("weight", "68 kg", date(2026, 2, 23)),
        result("das28-crp", "4.1 {score}", date(2026, 2, 23)), result("pain-nrs", "7 {score}", date(2026, 2, 23)),
        result("alcohol-units-week", "4 {alcohol_unit}/wk", date(2026, 2, 23)),
        result("falls-12m", "0 {count}", date(2026, 2, 23)),
    ),
    screenings=tuple(
        cp.Screening(test=test, outcome=cp.Outcome.NEGATIVE, date=date(2017, 11, 27))
        for test in ("hepatitis-b", "hepatitis-c", "hiv")
    ),
    vaccinations=(
        cp.Vaccination(vaccine="influenza", date=date(2025, 10, 6), course_complete=True),
        cp.Vaccination(vaccine="covid-19", date=date(2025, 10, 6), course_complete=True),
        cp.Vaccination(vaccine="pneumococcal", date=date(2018, 1, 8), course_complete=True),
        cp.Vaccination(vaccine="zoster-recombinant", date=date(2024, 5, 13), course_complete=True),
    ),
    smoking=cp.Smoking(status=cp.SmokingStatus.NEVER, recorded=date(2026, 2, 23)),
    confirmed=cp.Confirmations(conditions=TODAY, allergies=TODAY, medicines=TODAY, vaccinations=TODAY),
)  # fmt: skip

medicines = (
    cp.Immunosuppressant(id="methotrexate", drug="methotrexate", dosage=cp.Dose.weekly("20 mg", "monday"),
        route=cp.Route.ORAL, product=cp.Product.tablets(methotrexate="2.5 mg"), indication="rheumatoid-arthritis",
        start=date(2018, 1, 15), licence=cp.Licence.LICENSED, prescriber="Dr Anil Rao"),
    cp.Supportive(id="folic-acid", drug="folic-acid", dosage=cp.Dose.weekly("5 mg", "friday"), route=cp.Route.ORAL,
        start=date(2018, 1, 19)),
    cp.Immunosuppressant(id="hydroxychloroquine", drug="hydroxychloroquine", dosage=cp.Dose.daily("200 mg"),
        route=cp.Route.ORAL, indication="rheumatoid-arthritis", start=date(2019, 6, 3)),
    cp.Nsaid(id="naproxen", drug="naproxen", dosage=cp.Dose.daily("500 mg", 2), route=cp.Route.ORAL,
        indication="rheumatoid-arthritis", start=date(2026, 2, 9), prescriber="Dr Jean Marsh"),
    cp.Supportive(id="omeprazole", drug="omeprazole", dosage=cp.Dose.daily("20 mg"), route=cp.Route.ORAL,
        indication="gastroprotection", start=date(2026, 2, 9)),
    cp.Analgesic(id="paracetamol", drug="paracetamol", route=cp.Route.ORAL, indication="rheumatoid-arthritis",
        dosage=cp.Dose.as_needed("1 g", at_most="4 g", reason="pain", hours_between=4), start=date(2017, 9, 4)),
    cp.OtherMedicine(id="ramipril", drug="ramipril", dosage=cp.Dose.daily("5 mg"), route=cp.Route.ORAL,
        indication="hypertension", origin=cp.Origin.PRESCRIBED_ELSEWHERE, start=date(2012, 3, 1)),
    cp.Adjuvant(id="amitriptyline", drug="amitriptyline", dosage=cp.Dose.pattern("10 mg", night=1), route=cp.Route.ORAL,
        indication="chronic-primary-pain", start=date(2025, 11, 3)),
)  # fmt: skip

both = {"date": date(2026, 3, 2), "by": "Sister Ruth Bell", "about": ("methotrexate", "hydroxychloroquine")}
decisions = (
    cp.BenefitRisk(**both, benefits=("fewer swollen joints since 2018", "no new erosions in 2025"),
        risks=("infection", "low blood counts", "harm to the retina"), alternatives=("a TNF inhibitor",),
        conclusion=cp.Weighing.BENEFIT_OUTWEIGHS),
    cp.SharedDecision(**both, options=("go on", "a TNF inhibitor", "no medicine for the joints"),
        what_matters="To walk to the shop, and to look after the grandchildren on Fridays",
        decision="Both go on; walking and hand exercises instead of more tablets"),
    cp.ResponseReview(**both, measure="das28-crp", baseline=cp.Quantity.parse("4.1 {score}"),
        target=cp.Quantity.parse("3.2 {score}"), due=date(2026, 6, 1)),
    cp.StopRule(**both, when="DAS28 is still above 3.2 on 1 June 2026, or blood or eye tests ask for it",
        how="Stop and plan the next step in clinic; no taper is needed"),
    cp.InformationGiven(**both, title="Methotrexate in inflammatory arthritis; hydroxychloroquine"),
    cp.Record(part="toxicity-risk-review", **both),
    cp.Record(part="otc-asked", date=TODAY, by="Sister Ruth Bell", text="Buys nothing but paracetamol"),
)  # fmt: skip

plan = cp.CarePlan(
    id="ra-persistent-pain", title="Rheumatoid arthritis with persistent pain", patient=patient,
    status=cp.PlanStatus.ACTIVE, created=TODAY, start=TODAY, review_by=date(2026, 6, 1), revision=4,
    author=cp.Author(name="Sister Ruth Bell", role=cp.Role.SPECIALIST_NURSE), jurisdiction=cp.Jurisdiction.UK,
    components=(
        *medicines,
        cp.Monitoring(id="bloods", tests=("fbc", "lft", "creatinine", "egfr"), about=("methotrexate",),
            intervals=(cp.PhaseInterval(every=cp.Interval.parse("3 months")),), start=date(2018, 1, 15),
            ordered_by=cp.Role.GP, acted_on_by=cp.Role.SPECIALIST_NURSE),
        cp.Monitoring(id="eyes", tests=("eye-oct",), about=("hydroxychloroquine",), start=date(2024, 6, 3),
            intervals=(cp.PhaseInterval(every=cp.Interval.parse("1 year")),), ordered_by=cp.Role.SPECIALIST_NURSE,
            acted_on_by=cp.Role.SPECIALIST_PRESCRIBER),
        cp.Therapy(id="physiotherapy", therapy="physio-exercise", discipline=cp.Role.PHYSIOTHERAPIST, sessions=6,
            frequency=cp.Weekly(days=(cp.Weekday.WEDNESDAY,)), goals=("walk",), start=date(2026, 3, 4)),
        cp.VaccinationPlan(id="flu", vaccine="influenza", due=date(2026, 10, 1), given_by=cp.Role.GP),
    ),
    goals=(cp.Goal(id="walk", description="Walk to the shop and back without stopping", measure="pain-nrs",
        baseline=cp.Quantity.parse("7 {score}"), target=cp.Quantity.parse("4 {score}"), due=date(2026, 6, 1)),),
    decisions=decisions,
    team=(
        cp.TeamMember(role=cp.Role.SPECIALIST_PRESCRIBER, name="Dr Anil Rao", phone="020 7946 0011", lead=True),
        cp.TeamMember(role=cp.Role.SPECIALIST_NURSE, name="Sister Ruth Bell", phone="020 7946 0012",
            hours="Monday to Friday, 9:00 to 16:00", out_of_hours="111"),
        cp.TeamMember(role=cp.Role.GP, name="Dr Jean Marsh", organisation="Mill Lane Surgery", phone="020 7946 0100"),
        cp.TeamMember(role=cp.Role.PHYSIOTHERAPIST, name="Tom Osei", phone="020 7946 0013"),
        cp.TeamMember(role=cp.Role.PHARMACIST, name="Priya Nair", phone="020 7946 0014"),
    ),
)  # fmt: skip

if __name__ == "__main__":
    print(cp.review(plan, on=TODAY))
    if len(sys.argv) > 1:
        cp.dump(plan, sys.argv[1])
