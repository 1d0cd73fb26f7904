"""From a patient's record to documents: import it, settle what it leaves open, add a medicine, review, print.

::

    python examples/from_record.py examples/record.fhir.json build/doris

The record has eight conditions, 26 observations and nine orders, two of them without a dose. What the clinic asked the
patient, and what it decided, is written here in Python.
"""

import sys
from datetime import date
from pathlib import Path

from attrs import evolve

import careplan as cp

TODAY = date(2026, 3, 2)
NURSE = "Sister Ruth Bell"


def drafted(record: Path) -> cp.CarePlan:
    """The draft that the record gives, with an account of everything in it."""
    imported = cp.from_fhir(record.read_bytes(), on=TODAY)
    print(imported.summary())
    return imported.plan


def settled(plan: cp.CarePlan) -> cp.CarePlan:
    """The same after a talk with the patient: doses that the record does not say, and lists gone through."""
    doses = {
        "amitriptyline": {"dosage": cp.Dose.pattern("10 mg", night=1), "route": cp.Route.ORAL},
        "sertraline": {"dosage": cp.Dose.daily("50 mg"), "route": cp.Route.ORAL},
    }
    components = tuple(evolve(item, **doses.get(item.id, {})) for item in plan.components)
    patient = evolve(
        plan.patient,
        confirmed=cp.Confirmations(conditions=TODAY, allergies=TODAY, medicines=TODAY),
        screenings=tuple(
            cp.Screening(test=test, outcome=cp.Outcome.NEGATIVE, date=date(2026, 2, 20))
            for test in ("hepatitis-b", "hepatitis-c", "hiv")
        ),
    )
    asked = cp.Record(date=TODAY, by=NURSE, part="otc-asked", text="Takes turmeric capsules, nothing else")
    return evolve(plan, jurisdiction=cp.Jurisdiction.UK, components=components, patient=patient, decisions=(asked,))


def with_methotrexate(plan: cp.CarePlan) -> cp.CarePlan:
    """Stop the NSAID, start methotrexate with what belongs to it, and say who watches over it."""
    start = date(2026, 3, 9)
    ended = {"status": cp.ItemStatus.STOPPED, "stop": TODAY, "stop_reason": cp.StopReason.NEW_CONTRAINDICATION}
    kept = tuple(evolve(item, **ended) if item.id == "naproxen" else item for item in plan.components)
    new = (
        cp.Immunosuppressant(
            id="methotrexate",
            drug="methotrexate",
            product=cp.Product.tablets(methotrexate="2.5 mg"),
            dosage=cp.Dose.weekly("7.5 mg", "monday"),
            route=cp.Route.ORAL,
            indication="rheumatoid-arthritis",
            start=start,
            licence=cp.Licence.LICENSED,
            prescriber="Dr Anil Rao",
        ),
        cp.Supportive(
            id="folic-acid",
            drug="folic-acid",
            dosage=cp.Dose.weekly("5 mg", "friday"),
            route=cp.Route.ORAL,
            start=start,
        ),
        cp.Monitoring(
            id="bloods",
            tests=("fbc", "lft", "creatinine", "egfr"),
            about=("methotrexate",),
            intervals=(
                cp.PhaseInterval(every=cp.Interval.parse("2 weeks"), phase=cp.Phase.INITIATION),
                cp.PhaseInterval(every=cp.Interval.parse("3 months"), phase=cp.Phase.STABLE),
            ),
            start=start,
            ordered_by=cp.Role.SPECIALIST_NURSE,
            acted_on_by=cp.Role.SPECIALIST_NURSE,
        ),
    )
    team = (
        cp.TeamMember(role=cp.Role.SPECIALIST_PRESCRIBER, name="Dr Anil Rao", phone="020 7946 0011", lead=True),
        cp.TeamMember(role=cp.Role.SPECIALIST_NURSE, name=NURSE, phone="020 7946 0012", out_of_hours="111"),
        cp.TeamMember(role=cp.Role.GP, name="Dr Grace Oyelaran", organisation="Park Surgery"),
    )
    return evolve(plan, components=(*kept, *new), team=team, title="Rheumatoid arthritis: starting methotrexate")


def main() -> None:
    record, folder = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    plan = with_methotrexate(settled(drafted(record)))
    report = cp.review(plan, on=TODAY)
    agenda = cp.schedule(plan, on=TODAY)
    print(report)
    cp.dump(plan, folder / f"{plan.id}.json")
    for document in ("team-plan", "patient-plan"):
        page = cp.render(plan, document, report=report, agenda=agenda, format="html")
        (folder / f"{document}.html").write_text(str(page), encoding="utf-8")
    print(f"\nWrote the plan and two documents to {folder}")


if __name__ == "__main__":
    main()
