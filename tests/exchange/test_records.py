"""Small records as clinics write them, read from files."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from careplan.exchange.fhir import Imported, from_fhir
from careplan.model import (
    Absent,
    AsNeeded,
    Comparator,
    Continuous,
    DayPattern,
    Dose,
    Quantity,
    Route,
    Step,
    Steps,
    Weekday,
    Weekly,
)
from tests.exchange.bundles import ON
from tests.exchange.terms import KNOWLEDGE

RECORDS = Path(__file__).parent / "records"
Q = Quantity.parse


def read(name: str) -> Imported:
    return from_fhir((RECORDS / f"{name}.json").read_bytes(), knowledge=KNOWLEDGE, on=ON)


def test_weekly_methotrexate_stays_weekly_on_its_day() -> None:
    methotrexate, folic_acid = sorted(read("weekly-methotrexate").plan.medicines, key=lambda m: m.id, reverse=True)
    assert methotrexate.dosage == Dose(
        amount=Q("15 mg"), timing=Weekly(days=(Weekday.MONDAY,)), text="15 mg (six tablets) ONCE A WEEK on Monday"
    )
    assert (methotrexate.start, methotrexate.indication) == (date(2025, 9, 1), "rheumatoid-arthritis")
    assert [dose.timing for dose in folic_acid.doses] == [Weekly(days=(Weekday.THURSDAY,))]


def test_methotrexate_that_is_weekly_in_words_and_daily_in_structure_has_no_timing() -> None:
    result = read("daily-methotrexate-in-words-weekly")
    (medicine,) = result.plan.medicines
    assert medicine.dosage == Dose(amount=Q("15 mg"), timing=Absent.UNKNOWN, text="15 mg once a week on Monday")
    assert "timing contradicted" in result.summary()


def test_as_needed_with_reason_gap_and_maximum() -> None:
    (medicine,) = read("as-needed").plan.medicines
    (dose,) = medicine.doses
    assert (dose.amount, dose.timing) == (Q("1 g"), AsNeeded(reason="pain", at_most=Q("4 g"), hours_between=6))


def test_a_taper_is_three_steps() -> None:
    (medicine,) = read("taper").plan.medicines
    bounds = [(20, 2, 2), (15, 2, 16), (10, 3, 2)]
    stops = [date(2026, 2, 15), date(2026, 3, 1), None]
    morning = DayPattern(morning=Decimal(1))
    assert medicine.dosage == Steps(
        steps=tuple(
            Step(
                dose=Dose(amount=Q(f"{mg} mg"), timing=morning, text=f"{mg} mg each morning"),
                start=date(2026, month, day),
                stop=stop,
            )
            for (mg, month, day), stop in zip(bounds, stops, strict=True)
        )
    )


def test_a_patch_is_a_rate_with_a_change_interval() -> None:
    (medicine,) = read("patch").plan.medicines
    assert (medicine.drug, medicine.route) == ("fentanyl-patch", Route.TRANSDERMAL)
    assert medicine.doses[0].timing == Continuous(change_hours=72)
    assert medicine.amounts(medicine.doses[0])["fentanyl-patch"].daily == Q("288 ug")


def test_orders_without_dosage_are_medicines_with_an_unknown_dose() -> None:
    plan = read("no-dosage").plan
    assert [(m.id, m.dosage) for m in plan.medicines] == [
        ("gabapentin", Dose.unknown("as directed by the pain clinic")),
        ("ibuprofen", Dose.unknown()),
    ]


def test_blood_pressure_components_and_a_bound_below_the_upper_limit() -> None:
    crp, *pressure = read("blood-pressure").plan.patient.results
    assert [(r.test, str(r.value), r.date) for r in pressure] == [
        ("bp-diastolic", "88 mm[Hg]", date(2026, 2, 2)),
        ("bp-systolic", "142 mm[Hg]", date(2026, 2, 2)),
    ]
    assert (crp.comparator, crp.upper_limit) == (Comparator.LESS, Decimal(5))
