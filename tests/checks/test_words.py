"""What each word of the `when` language answers, word by word, above all where facts are missing or at a boundary."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import careplan as cp
from careplan.checks.case import Case
from careplan.checks.heard import Heard
from careplan.knowledge import load_knowledge
from careplan.rules import ENDLESS, FALSE, TRUE, UNKNOWN, Gap, Span, Value, parse
from careplan.rules.assembly import names_of
from careplan.rules.tree import calls

ON = date(2026, 3, 2)
KNOWN = load_knowledge()
TEN = cp.Dose.daily("10 mg")


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def medicine(drug: str, dosage: cp.Dosage = TEN, **facts: object) -> cp.OtherMedicine:
    values = {"id": drug, "drug": drug, "route": cp.Route.ORAL, "dosage": dosage, "start": ago(100)} | facts
    return cp.OtherMedicine(**values)  # type: ignore[arg-type]


def stopped(drug: str, stop: date | None, dosage: cp.Dosage = TEN, **facts: object) -> cp.OtherMedicine:
    return medicine(drug, dosage, status=cp.ItemStatus.STOPPED, stop=stop, **facts)


def steps(*parts: tuple[str, date, date | None]) -> cp.Steps:
    return cp.Steps(steps=tuple(cp.Step(dose=cp.Dose.daily(mg), start=first, stop=last) for mg, first, last in parts))


def plan(*components: cp.Component, **person: object) -> cp.CarePlan:
    facts = {"name": "A", "birth_date": date(1960, 1, 1), "sex": cp.Sex.MALE} | person
    patient = cp.Patient(**facts)  # type: ignore[arg-type]
    return cp.CarePlan(id="p", title="P", created=ON, patient=patient, components=components)


def heard(question: str, about: cp.CarePlan, day: date = ON, this: str | None = None) -> Heard:
    """The answer of the one word in a sentence; numbers and texts are compared with something to make it one."""
    case = Case(plan=about, knowledge=KNOWN, on=ON)
    item = next((each for each in case.items if each.medicine.id == this), None)
    (call,) = calls(parse(question, names_of(KNOWN), has_this=True).clause)
    return case.view(day, item).heard(call)


def number(question: str, *components: cp.Component, day: date = ON, **person: object) -> Value:
    return heard(f"{question} > 0", plan(*components, **person), day).value


def truth(question: str, *components: cp.Component, day: date = ON, **person: object) -> Value:
    return heard(question, plan(*components, **person), day).value


def result(test: str, value: str, days: int = 0, **facts: object) -> cp.Result:
    return cp.Result(test=test, value=cp.Quantity.parse(value), date=ago(days), **facts)  # type: ignore[arg-type]


def change_of(test: str, since: str, *results: cp.Result, drug: cp.OtherMedicine | None = None) -> Value:
    return number(f'change("{test}", since={since})', *([drug] if drug else []), results=results)


class TestDaysOn:
    @pytest.mark.parametrize(("gap", "days"), [(8, 101), (9, 35)])
    def test_orders_within_a_week_of_each_other_are_one_course(self, gap: int, days: int) -> None:
        earlier = stopped("prednisolone", ago(34 + gap), id="a")
        assert number('days_on("prednisolone")', earlier, medicine("prednisolone", start=ago(34))) == days

    def test_an_earlier_order_that_does_not_fit_the_filters_is_no_part(self) -> None:
        when_needed = cp.Dose.as_needed("400 mg", at_most="1200 mg", reason="pain")
        earlier = stopped("ibuprofen", ago(36), id="a", dosage=when_needed)
        now = medicine("ibuprofen", start=ago(35))
        assert number('days_on("nsaid-systemic", use="regular")', earlier, now) == 36

    def test_the_order_that_is_to_follow_belongs_to_the_planned_course(self) -> None:
        first = medicine("ketorolac", id="a", start=ago(1), stop=ago(-3))
        second = medicine("ketorolac", id="b", start=ago(-4), stop=ago(-9))
        assert number('days_on("ketorolac", planned=True)', first, second) == 11
        assert number('days_on("ketorolac")', first, second) == 2

    def test_an_order_stopped_on_an_unknown_day_may_have_run_on(self) -> None:
        earlier = stopped("prednisolone", None, id="a", start=ago(90))
        answer = heard('days_on("prednisolone") > 0', plan(earlier, medicine("prednisolone", start=ago(35))))
        assert answer.value == Span(36, 91)
        assert [gap.kind for gap in answer.missing] == [Gap.STOP]

    def test_an_earlier_order_of_unknown_start_leaves_no_upper_bound(self) -> None:
        earlier = stopped("prednisolone", ago(40), id="a", start=cp.Absent.UNKNOWN)
        assert number('days_on("prednisolone")', earlier, medicine("prednisolone", start=ago(35))) == Span(36, ENDLESS)

    def test_a_hold_that_is_over_breaks_the_course(self) -> None:
        paused = medicine("allopurinol", start=ago(900), hold=cp.Hold(since=ago(200), until=ago(5), reason="flare"))
        assert number('days_on("allopurinol")', paused) == 6

    def test_what_stopped_today_has_just_ended(self) -> None:
        assert number('days_on("prednisolone", ended_within=1)', stopped("prednisolone", ON)) == 101
        assert number('days_on("prednisolone")', stopped("prednisolone", ON)) == 0


class TestStartedWithin:
    @pytest.mark.parametrize(("days", "answer"), [(-1, FALSE), (0, TRUE), (28, TRUE), (29, FALSE)])
    def test_the_window(self, days: int, answer: Value) -> None:
        assert truth('started_within("allopurinol", days=28)', medicine("allopurinol", start=ago(days))) is answer

    @pytest.mark.parametrize(("gap", "answer"), [(90, FALSE), (91, TRUE)])
    def test_a_new_order_after_a_long_gap_is_a_start(self, gap: int, answer: Value) -> None:
        earlier = stopped("allopurinol", ago(10 + gap), id="a", start=ago(900))
        assert truth('started_within("allopurinol")', earlier, medicine("allopurinol", start=ago(10))) is answer

    def test_taking_it_up_again_after_a_long_hold_is_a_start(self) -> None:
        held = medicine("allopurinol", start=ago(900), hold=cp.Hold(since=ago(200), until=ago(5), reason="flare"))
        assert truth('started_within("allopurinol")', held) is TRUE

    def test_an_order_stopped_on_an_unknown_day_leaves_it_open(self) -> None:
        earlier = stopped("allopurinol", None, id="a", start=ago(900))
        assert truth('started_within("allopurinol")', earlier, medicine("allopurinol", start=ago(10))) is UNKNOWN


class TestStoppedWithin:
    @pytest.mark.parametrize(("days", "answer"), [(0, TRUE), (14, TRUE), (15, FALSE)])
    def test_the_window_counts_the_day_it_stopped(self, days: int, answer: Value) -> None:
        assert truth('stopped_within("phenelzine", days=14)', stopped("phenelzine", ago(days))) is answer

    def test_a_planned_start_is_no_stop(self) -> None:
        assert truth('stopped_within("phenelzine")', medicine("phenelzine", start=ago(-5))) is FALSE

    def test_a_taper_stopped_before_its_end_stopped_on_an_unknown_day(self) -> None:
        taper = steps(("20 mg", ago(10), ago(3)), ("10 mg", ago(2), ago(-5)))
        assert truth('stopped_within("prednisolone")', stopped("prednisolone", None, dosage=taper)) is UNKNOWN


class TestCount:
    def test_what_may_fit_a_filter_counts_at_most_once(self) -> None:
        orders = medicine("morphine"), medicine("codeine", route=cp.Absent.UNKNOWN)
        assert number('count("opioid", route="oral")', *orders) == Span(1, 2)


class TestDoseDays:
    def test_two_weekly_orders_of_unknown_weekday_are_one_day_or_two(self) -> None:
        weekly = cp.Dose.every("10 mg", "1 week")
        orders = [medicine("methotrexate", weekly, id=name, start=cp.Absent.UNKNOWN) for name in ("a", "b")]
        assert number('dose_days("methotrexate")', *orders) == Span(1, 2)
        assert number('dose_days("methotrexate")', orders[0]) == 1

    def test_named_days_of_all_orders_count_together(self) -> None:
        orders = [medicine("methotrexate", cp.Dose.weekly("10 mg", day), id=day) for day in ("monday", "tuesday")]
        assert number('dose_days("methotrexate")', *orders) == 2

    def test_every_168_hours_is_once_a_week(self) -> None:
        assert number('dose_days("methotrexate")', medicine("methotrexate", cp.Dose.every_hours("10 mg", 168))) == 1


class TestDaily:
    def test_a_day_of_the_course_without_a_stated_dose_is_unknown(self) -> None:
        later = steps(("10 mg", ago(-5), None))
        assert number('daily("prednisolone")', medicine("prednisolone", later)) == Span(0, ENDLESS)

    def test_a_single_dose_counts_on_its_day(self) -> None:
        once = cp.Dose(amount=cp.Quantity.parse("40 mg"), timing=cp.Once(on=ago(-3)))
        assert number('daily("dexamethasone")', medicine("dexamethasone", once)) == 0
        assert number('daily("dexamethasone")', medicine("dexamethasone", once), day=ago(-3)) == 40

    def test_a_route_that_is_not_stated_makes_a_range(self) -> None:
        assert number('strength("methotrexate", route="oral")', medicine(
            "methotrexate", route=cp.Absent.UNKNOWN, product=cp.Product.tablets(methotrexate="10 mg"),
        )) == Span(0, ENDLESS)  # fmt: skip


class TestTotal:
    def test_a_lifetime_counts_courses_that_have_ended(self) -> None:
        ended = stopped("cyclophosphamide", ago(400), id="a", start=ago(599), dosage=cp.Dose.daily("100 mg"))
        now = medicine("cyclophosphamide", cp.Dose.daily("50 mg"), start=ago(9))
        assert number('total("cyclophosphamide")', ended, now) == Decimal("20.5")

    def test_each_dose_counts_for_as_long_as_it_was_the_dose(self) -> None:
        taper = steps(("100 mg", ago(29), ago(10)), ("50 mg", ago(9), None))
        assert number('total("cyclophosphamide")', medicine("cyclophosphamide", taper, start=ago(29))) == Decimal("2.5")

    def test_a_course_of_unknown_length_leaves_no_upper_bound(self) -> None:
        ended = stopped("cyclophosphamide", None, id="a")
        assert number('total("cyclophosphamide")', ended) == Span(0, ENDLESS)


class TestDoseChange:
    def test_from_step_to_step(self) -> None:
        taper = steps(("40 mg", ago(20), ago(3)), ("20 mg", ago(2), None))
        assert number('dose_change("prednisolone", days=7)', medicine("prednisolone", taper, start=ago(20))) == -50

    def test_from_the_history(self) -> None:
        before = cp.Step(dose=cp.Dose.daily("60 mg"), start=ago(90), stop=ago(4))
        now = medicine("baclofen", cp.Dose.daily("15 mg"), start=ago(3), history=(before,))
        assert number('dose_change("baclofen", days=7)', now) == -75

    def test_stopped_is_all_of_it_and_new_is_nothing(self) -> None:
        assert number('dose_change("baclofen", days=7)', stopped("baclofen", ago(3))) == -100
        assert number('dose_change("baclofen", days=7)', medicine("baclofen", start=ago(3))) == 0

    def test_stopped_on_an_unknown_day_may_be_a_sudden_stop(self) -> None:
        assert number('dose_change("baclofen", days=7)', stopped("baclofen", None)) is UNKNOWN


class TestEquivalents:
    def test_the_lowest_level_kept_up_through_steps(self) -> None:
        taper = steps(("40 mg", ago(20), ago(11)), ("20 mg", ago(10), ago(-9)), ("5 mg", ago(-10), ago(-20)))
        item = medicine("prednisolone", taper, start=ago(20))
        assert number("pred(for_days=29, planned=True)", item) == 20
        assert number("pred(for_days=31, planned=True)", item) == 5
        assert number("pred(for_days=12)", item) == 20
        assert number("pred(ago=15)", item) == 40

    def test_an_injection_into_muscle_or_joint_is_no_dose_of_that_day(self) -> None:
        depot = medicine("methylprednisolone", cp.Dose.every("112 mg", "4 weeks"), route=cp.Route.INTRAMUSCULAR)
        joint = medicine("triamcinolone", cp.Dose.every("40 mg", "4 weeks"), route=cp.Route.INTRA_ARTICULAR)
        assert number("pred()", depot) == number("pred()", joint) == 0
        assert number("pred(for_days=29, planned=True)", depot) == 0
        assert number("pred()", depot, medicine("prednisolone", id="tablets")) == 10

    def test_a_monthly_infusion_is_no_level_kept_up(self) -> None:
        infusion = medicine("methylprednisolone", cp.Dose.every("112 mg", "4 weeks"), route=cp.Route.INTRAVENOUS)
        assert number("pred(for_days=29, planned=True)", infusion) == 5

    def test_orders_of_one_drug_are_told_apart(self) -> None:
        orders = medicine("prednisolone", id="a"), medicine("prednisolone", cp.Dose.unknown(), id="b")
        answer = heard("pred() > 0", plan(*orders))
        assert answer.value == Span(10, ENDLESS)
        assert [gap.name for gap in answer.missing] == ["b"]

    def test_fentanyl_through_the_skin_counts_as_a_patch(self) -> None:
        patch = medicine("fentanyl", cp.Dose.continuous("25 ug/h", 72), route=cp.Route.TRANSDERMAL, form=cp.Form.PATCH)
        assert number('ome("us")', patch) == 60
        assert truth('on("fentanyl-patch")', patch) is TRUE

    def test_as_needed_counts_with_the_most_that_is_allowed(self) -> None:
        item = medicine("oxycodone", cp.Dose.as_needed("10 mg", at_most="60 mg", reason="pain"))
        assert number('ome("us")', item) == 90
        assert number('ome("us", single=True)', item) == 15


class TestLatest:
    def test_a_value_in_another_unit_is_converted_by_the_page_of_the_test(self) -> None:
        percent = number('latest("hba1c")', results=(result("hba1c", "7 %"),))
        assert isinstance(percent, Decimal)
        assert round(percent) == 53

    def test_two_results_of_one_day_are_a_range(self) -> None:
        both = result("potassium", "10.0 mmol/L"), result("potassium", "5.9 mmol/L")
        for results in (both, both[::-1]):
            assert number('latest("potassium")', results=results) == Span(Decimal("5.9"), Decimal("10.0"))

    def test_a_bound_is_a_range(self) -> None:
        low = result("crp", "5 mg/L", comparator=cp.Comparator.LESS)
        assert number('latest("crp")', results=(low,)) == Span(0, Decimal(5), high_open=True)

    def test_an_impossible_value_hides_an_older_one(self) -> None:
        slip = result("potassium", "4 mmol/L", 5), result("potassium", "59 mmol/L", 1)
        assert number('latest("potassium")', results=slip) is UNKNOWN

    def test_a_result_counts_for_less_long_where_the_page_says_so(self) -> None:
        kidney = (result("egfr", "55 mL/min/{1.73_m2}", 100),)
        risky = medicine("naproxen"), medicine("ramipril")
        assert number('latest("egfr")', risky[0], results=kidney) == 55
        assert number('latest("egfr")', *risky, results=kidney) is UNKNOWN


class TestChange:
    def test_from_zero_it_is_beyond_any_percentage(self) -> None:
        assert change_of("crp", "30", result("crp", "0 mg/L", 60), result("crp", "10 mg/L", 1)) == ENDLESS

    @pytest.mark.parametrize(
        "last",
        [
            result("creatinine", "300 umol/L", 1, comparator=cp.Comparator.GREATER),
            result("creatinine", "5 %", 1),
        ],
        ids=["a bound", "another unit"],
    )
    def test_a_last_result_that_is_no_number_is_not_passed_over(self, last: cp.Result) -> None:
        earlier = result("creatinine", "80 umol/L", 60), result("creatinine", "90 umol/L", 40)
        assert change_of("creatinine", "30", *earlier, last) is UNKNOWN

    def test_old_results_say_nothing_of_today(self) -> None:
        old = result("creatinine", "80 umol/L", 960), result("creatinine", "180 umol/L", 900)
        assert change_of("creatinine", "30", *old) is UNKNOWN

    def test_against_the_baseline_it_takes_a_result_since_the_start(self) -> None:
        ramipril = medicine("ramipril", start=ago(20))
        before, after = result("creatinine", "80 umol/L", 30), result("creatinine", "120 umol/L", 5)
        assert change_of("creatinine", '"baseline"', before, after, drug=ramipril) == 50
        assert change_of("creatinine", '"baseline"', before, drug=ramipril) is UNKNOWN

    def test_a_run_is_unbroken(self) -> None:
        falls = [result("hb", f"{value} g/L", days) for value, days in ((140, 60), (130, 30), (120, 1))]
        assert change_of("hb", '"run"', *falls) == Decimal("-14.3")
        assert change_of("hb", '"run"', *falls[:2], result("hb", "130 g/L", 1)) is UNKNOWN


class TestScreen:
    def screened(self, *outcomes: tuple[cp.Outcome, date | cp.Absent]) -> Value:
        done = tuple(cp.Screening(test="hepatitis-b", outcome=outcome, date=day) for outcome, day in outcomes)
        return heard('screen("hepatitis-b") == "not-done"', plan(screenings=done)).value

    def test_the_last_outcome_counts(self) -> None:
        assert self.screened((cp.Outcome.CORE_POSITIVE, ago(900)), (cp.Outcome.NEGATIVE, ago(30))) == "negative"
        assert self.screened() == "not-done"

    @pytest.mark.parametrize("day", [ago(30), cp.Absent.UNKNOWN], ids=["same day", "no day"])
    def test_outcomes_that_contradict_each_other_are_unknown(self, day: date | cp.Absent) -> None:
        assert self.screened((cp.Outcome.SURFACE_POSITIVE, day), (cp.Outcome.NEGATIVE, ago(30))) is UNKNOWN


class TestVaccines:
    def given(self, vaccine: str, days: int, *, complete: bool | cp.Absent = cp.Absent.UNKNOWN) -> dict[str, Any]:
        dose = cp.Vaccination(vaccine=vaccine, date=ago(days), course_complete=complete)
        return {"vaccinations": (dose,), "confirmed": cp.Confirmations(vaccinations=ON)}

    def test_any_dose_of_a_live_vaccine_counts(self) -> None:
        assert truth('vaccinated("live-vaccine", within=28)', **self.given("mmr", 28, complete=False)) is TRUE
        assert truth('vaccinated("live-vaccine", within=28)', **self.given("mmr", 29)) is FALSE

    def test_a_vaccine_that_nobody_knows_may_be_live(self) -> None:
        assert truth('vaccinated("live-vaccine", within=28)', **self.given("travel-jab", 5)) is UNKNOWN
        planned = cp.VaccinationPlan(id="v", vaccine="travel-jab", due=ON)
        assert truth('vaccine_planned("live-vaccine")', planned) is UNKNOWN

    def test_one_dose_of_two_is_not_the_course(self) -> None:
        assert truth('vaccinated("zoster-recombinant")', **self.given("zoster-recombinant", 90)) is UNKNOWN
        assert truth('vaccinated("zoster-recombinant")', **self.given("zoster-recombinant", 90, complete=True)) is TRUE

    def test_this_season(self) -> None:
        assert truth('vaccinated("influenza", season=True)', **self.given("influenza", 120)) is TRUE
        assert truth('vaccinated("influenza", season=True)', **self.given("influenza", 300)) is FALSE
        assert truth('vaccinated("influenza", season=True)', day=date(2026, 6, 1)) is TRUE

    @pytest.mark.parametrize(("due", "answer"), [(ago(10), TRUE), (ON, TRUE), (ago(-1), FALSE)])
    def test_a_vaccine_that_is_late_may_be_given_today(self, due: date, answer: Value) -> None:
        planned = cp.VaccinationPlan(id="v", vaccine="mmr", due=due)
        assert truth('vaccine_planned("live-vaccine")', planned) is answer


class TestHad:
    def bled(self, confirmed: date | None = ON, **facts: object) -> Value:
        bleed = cp.Condition(condition="peptic-ulcer", **facts)  # type: ignore[arg-type]
        sure = cp.Confirmations(conditions=confirmed)
        return truth('had("peptic-ulcer", within=365)', conditions=(bleed,), confirmed=sure)

    def test_the_window_looks_at_its_end(self) -> None:
        resolved = cp.ConditionStatus.RESOLVED
        assert self.bled(status=resolved, onset=ago(900), abatement=ago(365)) is TRUE
        assert self.bled(status=resolved, onset=ago(900), abatement=ago(366)) is FALSE

    def test_resolved_on_an_unknown_day_may_be_recent(self) -> None:
        assert self.bled(status=cp.ConditionStatus.RESOLVED, onset=ago(900)) is UNKNOWN

    def test_an_old_one_proves_no_absence_of_a_new_one(self) -> None:
        old = {"status": cp.ConditionStatus.RESOLVED, "onset": ago(900), "abatement": ago(800)}
        assert self.bled(confirmed=None, **old) is UNKNOWN


class TestHas:
    @pytest.mark.parametrize(
        ("grade", "answer"), [("1", FALSE), ("2", TRUE), ("3", TRUE), ("II", UNKNOWN), (cp.Absent.UNKNOWN, UNKNOWN)]
    )
    def test_at_least_so_severe(self, grade: str | cp.Absent, answer: Value) -> None:
        failing = cp.Condition(condition="heart-failure", grade=grade)
        assert truth('has("heart-failure", at_least=2)', conditions=(failing,)) is answer

    def test_a_list_that_nobody_confirmed_proves_no_absence(self) -> None:
        assert truth('has("heart-failure")') is UNKNOWN
        assert truth('has("heart-failure")', confirmed=cp.Confirmations(conditions=ago(365))) is FALSE
        assert truth('has("heart-failure")', confirmed=cp.Confirmations(conditions=ago(366))) is UNKNOWN


class TestSameDay:
    def test_every_day_is_the_same_day_as_any(self) -> None:
        weekly = medicine("methotrexate", cp.Dose.every("10 mg", "1 week"), start=cp.Absent.UNKNOWN)
        assert truth('same_day("methotrexate", "folic-acid")', weekly, medicine("folic-acid")) is TRUE


class TestAllergyTo:
    def test_a_class_rules_out_its_members_and_a_member_tells_of_its_class(self) -> None:
        to_class: dict[str, Any] = {"allergies": (cp.Allergy(substance="nsaid"),)}
        assert heard('allergy_to("this")', plan(medicine("naproxen"), **to_class), this="naproxen").value is TRUE
        to_member: dict[str, Any] = {"allergies": (cp.Allergy(substance="ibuprofen"),)}
        assert truth('allergy_to("nsaid")', **to_member) is TRUE
        sure = cp.Confirmations(allergies=ON)
        other = plan(medicine("naproxen"), **to_member, confirmed=sure)
        assert heard('allergy_to("this")', other, this="naproxen").value is FALSE

    def test_an_allergy_to_something_unknown_is_said_to_be_unchecked(self) -> None:
        unknown = cp.Allergy(substance=cp.Absent.UNKNOWN, text="the pink tablets")
        known = cp.Allergy(substance="ibuprofen")
        report = cp.review(plan(allergies=(known, unknown)), on=ON)
        assert ["the pink tablets" in finding.message for finding in report if finding.family == "coverage"] == [True]


class TestFiltration:
    """eGFR worked out from a creatinine that is newer than the last reported one."""

    def test_a_newer_creatinine_speaks(self) -> None:
        older, newer = result("egfr", "88 mL/min/{1.73_m2}", 300), result("creatinine", "180 umol/L", 2)
        assert number('latest("egfr")', results=(older, newer)) == Decimal(33)

    def test_the_value_that_the_laboratory_reported_on_the_day_wins(self) -> None:
        reported, same_day = result("egfr", "41 mL/min/{1.73_m2}", 2), result("creatinine", "180 umol/L", 2)
        assert number('latest("egfr")', results=(reported, same_day)) == Decimal(41)

    def test_without_age_or_sex_nothing_is_worked_out(self) -> None:
        creatinine = (result("creatinine", "180 umol/L", 2),)
        assert number('latest("egfr")', results=creatinine, sex=cp.Absent.UNKNOWN) is UNKNOWN
        assert number('latest("egfr")', results=creatinine, birth_date=cp.Absent.UNKNOWN) is UNKNOWN

    def test_it_is_as_old_as_the_creatinine(self) -> None:
        tests = result("egfr", "88 mL/min/{1.73_m2}", 300), result("creatinine", "90 umol/L", 2)
        assert number('age_of("egfr")', results=tests) == 2


class TestOnSoon:
    def test_a_start_within_the_days_counts(self) -> None:
        friday = medicine("folic-acid", cp.Dose.weekly("5 mg", "friday"), start=ON + timedelta(days=4))
        assert truth('on("folic-acid")', friday) is FALSE
        assert truth('on("folic-acid", soon=4)', friday) is TRUE
        assert truth('on("folic-acid", soon=3)', friday) is FALSE
