"""What holds of every review: it never fails, order does not matter, and more danger is never said to be less."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import careplan as cp
from careplan.knowledge import load_knowledge
from tests.codec.strategies import plans

ON = date(2026, 3, 2)
KNOWN = load_knowledge()
DRUGS = sorted(name for name, drug in KNOWN.drugs.raw.items() if drug["group"] != "food")
AMOUNTS = st.sampled_from(["1 mg", "5 mg", "10 mg", "25 mg", "100 mg", "500 mg", "1 g", "2 mg/kg", "2 tablets"])
DAYS = st.integers(-800, 60).map(lambda days: ON + timedelta(days=days))
MAYBE_DAYS = st.one_of(st.just(cp.Absent.UNKNOWN), DAYS)
DOSES = st.one_of(
    st.builds(cp.Dose.daily, AMOUNTS, st.integers(1, 4)),
    st.builds(cp.Dose.weekly, AMOUNTS, st.sampled_from(["monday", "friday"])),
    st.builds(cp.Dose.every, AMOUNTS, st.sampled_from(["2 weeks", "1 month"])),
    st.builds(cp.Dose.every_hours, AMOUNTS, st.sampled_from([4, 12])),
    AMOUNTS.map(lambda amount: cp.Dose.as_needed(amount, at_most=amount, reason="pain")),
    st.just(cp.Dose.unknown("as directed")),
)
MEDICINES = st.builds(
    cp.OtherMedicine,
    id=st.just("item"),
    drug=st.sampled_from(DRUGS),
    dosage=DOSES,
    start=MAYBE_DAYS,
    indication=st.one_of(st.just(cp.Absent.UNKNOWN), st.sampled_from(sorted(KNOWN.conditions))),
    status=st.sampled_from([cp.ItemStatus.ACTIVE, cp.ItemStatus.DRAFT, cp.ItemStatus.STOPPED]),
)
CONDITIONS = st.builds(cp.Condition, condition=st.sampled_from(sorted(KNOWN.conditions)), onset=MAYBE_DAYS)
TESTED = sorted(name for name, raw in KNOWN.analytes.raw.items() if raw.get("unit"))
RESULTS = st.builds(
    lambda test, number, days: cp.Result(
        test=test,
        value=cp.Quantity(number, cp.Unit(KNOWN.analytes.raw[test]["unit"])),
        date=ON - timedelta(days=days),
    ),
    st.sampled_from(TESTED),
    st.decimals("0.1", "500", places=1),
    st.integers(0, 900),
)
PATIENTS = st.builds(
    cp.Patient,
    name=st.just("Someone"),
    birth_date=st.one_of(st.just(cp.Absent.UNKNOWN), st.dates(date(1925, 1, 1), date(2020, 1, 1))),
    sex=st.sampled_from([*cp.Sex, cp.Absent.UNKNOWN]),
    conditions=st.lists(CONDITIONS, max_size=4).map(tuple),
    results=st.lists(RESULTS, max_size=8).map(tuple),
    confirmed=st.sampled_from([cp.Confirmations(), cp.Confirmations(conditions=ON, allergies=ON, medicines=ON)]),
)


def _numbered(medicines: Iterable[cp.OtherMedicine]) -> tuple[cp.OtherMedicine, ...]:
    return tuple(attrs.evolve(each, id=f"item-{number}") for number, each in enumerate(medicines))


PLANS = st.builds(
    cp.CarePlan,
    id=st.just("made-up"),
    title=st.just("Made up"),
    created=st.just(ON),
    patient=PATIENTS,
    jurisdiction=st.sampled_from([None, *cp.Jurisdiction]),
    components=st.lists(MEDICINES, max_size=6).map(_numbered),
)


def said(report: cp.Report) -> list[tuple[object, ...]]:
    """What a report says, without the places in the plan that change with its order."""
    findings = [(f.rule, f.severity, f.message, f.subjects, f.day, f.fingerprint) for f in report]
    gaps = [(g.severity, g.ask, g.rules) for g in report.not_assessed]
    return sorted([*findings, *gaps], key=repr)


@given(PLANS)
@settings(max_examples=60)
def test_every_plan_of_known_medicines_can_be_reviewed(plan: cp.CarePlan) -> None:
    report = cp.review(plan, on=ON)
    assert list(report.findings) == sorted(report.findings, key=lambda finding: finding.sort_key)
    assert all(f.message and f.action and f.actor for f in report)
    assert len({f.fingerprint for f in report}) == len(report.findings)


@given(plans())
@settings(max_examples=40)
def test_every_sound_plan_can_be_reviewed(plan: cp.CarePlan) -> None:
    assert cp.review(plan, on=ON).plan == plan.id


@given(PLANS, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_items_never_matters(plan: cp.CarePlan, random: Random) -> None:
    shuffled = attrs.evolve(
        plan,
        components=tuple(random.sample(plan.components, len(plan.components))),
        patient=attrs.evolve(
            plan.patient,
            conditions=tuple(random.sample(plan.patient.conditions, len(plan.patient.conditions))),
        ),
    )
    assert said(cp.review(shuffled, on=ON)) == said(cp.review(plan, on=ON))


def test_an_old_bad_result_is_told_and_an_old_good_one_asked_for() -> None:
    def told(value: int) -> list[cp.Finding]:
        sodium = cp.Result(test="sodium", value=cp.Quantity(Decimal(value), cp.Unit("mmol/L")), date=date(2025, 1, 5))
        person = cp.Patient(name="Someone", birth_date=date(1950, 1, 1), sex=cp.Sex.FEMALE, results=(sodium,))
        medicine = cp.OtherMedicine(id="mood", drug="sertraline", dosage=cp.Dose.unknown(), start=date(2020, 1, 1))
        plan = cp.CarePlan(id="made-up", title="Made up", created=ON, patient=person, components=(medicine,))
        report = cp.review(plan, on=ON)
        return [finding for finding in report if finding.rule == "hyponatraemia-unchecked"]

    (old,) = told(121)
    assert old.severity is cp.Severity.WARNING
    assert "Rests on an old result, sodium of 5 January 2025: repeat it." in old.notes
    assert told(138) == []


@given(PLANS, st.sampled_from(DRUGS))
@settings(max_examples=40)
def test_one_more_medicine_never_removes_a_hazard(plan: cp.CarePlan, drug: str) -> None:
    """Except where a rule that supersedes speaks for it, a finding stays; a companion may answer one."""
    before = cp.review(plan, on=ON)
    more = cp.OtherMedicine(id="one-more", drug=drug, dosage=cp.Dose.unknown())
    after = cp.review(attrs.evolve(plan, components=(*plan.components, more)), on=ON)
    names = {rule for finding in after for rule in (finding.rule, *finding.also)}
    lost = {f.rule for f in before if f.family in ("contraindication", "interaction") and f.rule not in names}
    assert lost == set()


@pytest.mark.parametrize("milligrams", range(500, 8001, 500))
def test_a_higher_dose_never_has_a_milder_finding(milligrams: int) -> None:
    def worst(dose: int) -> int:
        item = cp.Analgesic(id="p", drug="paracetamol", dosage=cp.Dose.daily(f"{dose} mg"), route=cp.Route.ORAL)
        plan = cp.CarePlan(
            id="p", title="P", created=ON, components=(item,),
            patient=cp.Patient(name="A", birth_date=date(1970, 1, 1), sex=cp.Sex.MALE),
        )  # fmt: skip
        doses = [f.severity for f in cp.review(plan, on=ON) if "dose" in f.rule or "ceiling" in f.rule]
        return max(doses, default=0)

    assert worst(milligrams) <= worst(milligrams + 500)


def plan_with(*components: cp.Component, **changes: object) -> cp.CarePlan:
    person = cp.Patient(name="A", birth_date=date(1960, 1, 1), sex=cp.Sex.MALE)
    values: dict[str, object] = {
        "id": "p", "title": "P", "created": ON, "patient": person, "jurisdiction": cp.Jurisdiction.UK,
    } | changes  # fmt: skip
    return cp.CarePlan(components=components, **values)  # type: ignore[arg-type]


DAILY_METHOTREXATE = cp.Immunosuppressant(
    id="methotrexate", drug="methotrexate", dosage=cp.Dose.daily("10 mg"), route=cp.Route.ORAL, start=ON
)


def test_an_order_without_a_dose_is_a_finding_and_no_crash() -> None:
    item = cp.Analgesic(id="tramadol", drug="tramadol", dosage=cp.Dose.unknown("as directed"))
    rules = {f.rule: f.severity for f in cp.review(plan_with(item), on=ON)}
    assert rules["dose-not-recorded"] is cp.Severity.WARNING


def test_a_medicine_that_is_not_known_is_said_to_be_unchecked() -> None:
    strange = cp.OtherMedicine(id="x", drug="unobtainium", dosage=cp.Dose.daily("1 mg"))
    unnamed = cp.OtherMedicine(
        id="y", drug=cp.Absent.UNKNOWN, product=cp.Product(name="Grandma's drops"), dosage=cp.Dose.unknown()
    )
    found = [f for f in cp.review(plan_with(strange, unnamed), on=ON) if f.rule == "medicine-not-recognised"]
    assert [f.subjects for f in found] == [("x",), ("y",)]
    assert "Grandma's drops" in found[1].message


def test_an_active_order_that_ended_long_ago_is_not_passed_over() -> None:
    def rules(days_past: int) -> set[str]:
        ended = attrs.evolve(DAILY_METHOTREXATE, start=ON - timedelta(days=90), stop=ON - timedelta(days=days_past))
        return {finding.rule for finding in cp.review(plan_with(ended), on=ON)}

    assert "active-past-its-stop" in rules(29)
    assert "active-past-its-stop" not in rules(28)


def test_daily_methotrexate_blocks_the_plan() -> None:
    report = cp.review(plan_with(DAILY_METHOTREXATE), on=ON)
    assert report.worst is cp.Severity.CRITICAL
    assert report.blocks_activation


def test_a_stopped_medicine_is_not_on() -> None:
    stopped = attrs.evolve(DAILY_METHOTREXATE, status=cp.ItemStatus.STOPPED, stop=ON, start=ON - timedelta(days=9))
    assert "methotrexate-more-than-weekly" not in {f.rule for f in cp.review(plan_with(stopped), on=ON)}


def test_a_planned_start_is_found_with_its_day() -> None:
    later = attrs.evolve(DAILY_METHOTREXATE, start=ON + timedelta(days=14))
    found = {f.rule: f for f in cp.review(plan_with(later), on=ON)}
    assert found["methotrexate-more-than-weekly"].day == ON + timedelta(days=14)


class TestAcknowledgement:
    def acknowledged(self, fingerprint: str, **changes: object) -> cp.Acknowledgement:
        values: dict[str, object] = {
            "fingerprint": fingerprint, "reason": cp.AcknowledgementReason.SPECIALIST_ADVICE,
            "text": "Agreed with the specialist on the phone.", "author": "Dr A", "role": cp.Role.GP,
            "date": ON, "expires": ON + timedelta(days=30),
        } | changes  # fmt: skip
        return cp.Acknowledgement(**values)  # type: ignore[arg-type]

    def finding(self, plan: cp.CarePlan, on: date = ON) -> cp.Finding:
        return next(f for f in cp.review(plan, on=on) if f.rule == "methotrexate-more-than-weekly")

    def test_it_stands_beside_the_finding_and_never_hides_it(self) -> None:
        answer = self.acknowledged(self.finding(plan_with(DAILY_METHOTREXATE)).fingerprint)
        report = cp.review(plan_with(DAILY_METHOTREXATE, acknowledgements=(answer,)), on=ON)
        finding = next(f for f in report if f.rule == "methotrexate-more-than-weekly")
        assert finding.acknowledgement is answer
        assert finding not in report.open

    def test_it_lapses_on_its_day(self) -> None:
        answer = self.acknowledged(self.finding(plan_with(DAILY_METHOTREXATE)).fingerprint)
        plan = plan_with(DAILY_METHOTREXATE, acknowledgements=(answer,))
        assert self.finding(plan, ON + timedelta(days=30)).acknowledgement is answer
        assert self.finding(plan, ON + timedelta(days=31)).acknowledgement is None

    def test_it_lapses_when_the_dose_changes(self) -> None:
        answer = self.acknowledged(self.finding(plan_with(DAILY_METHOTREXATE)).fingerprint)
        more = attrs.evolve(DAILY_METHOTREXATE, dosage=cp.Dose.daily("15 mg"))
        assert self.finding(plan_with(more, acknowledgements=(answer,))).acknowledgement is None


def test_the_country_that_is_not_set_is_said() -> None:
    assert any("Country not set" in note for note in cp.review(plan_with(jurisdiction=None), on=ON).notes)
    assert cp.review(plan_with(), on=ON).notes == ()


def test_what_is_summed_shows_its_arithmetic() -> None:
    tablets = cp.Product.tablets("co-codamol 30/500", codeine="30 mg", paracetamol="500 mg")
    products = (
        cp.Analgesic(id="co-codamol", drug="co-codamol", dosage=cp.Dose.daily("2 tablets", 4), product=tablets),
        cp.Analgesic(id="paracetamol", drug="paracetamol", dosage=cp.Dose.daily("1 g", 4)),
    )
    findings = [f for f in cp.review(plan_with(*products), on=ON) if {"co-codamol", "paracetamol"} <= {*f.subjects}]
    workings = [fact.working for finding in findings for fact in finding.because]
    assert any("4000" in working and "= 8000 mg/day" in working for working in workings)


def test_nothing_is_a_float() -> None:
    report = cp.review(plan_with(DAILY_METHOTREXATE), on=ON)
    assert all(isinstance(fact.value, Decimal | int | str | None) for finding in report for fact in finding.because)
