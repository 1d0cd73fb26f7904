"""Every kind of event, what could not be dated, and the order of the whole."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from careplan.agenda import Agenda, Event, Obstacle, Occasion, Status, Window, schedule
from careplan.knowledge import Knowledge
from careplan.model import (
    Absent,
    Beyond,
    CarePlan,
    Daily,
    Dose,
    Education,
    EventKind,
    Every,
    Goal,
    ItemStatus,
    Jurisdiction,
    MonitoringPurpose,
    Once,
    Phase,
    PhaseInterval,
    PlannedEvent,
    Quantity,
    Record,
    ResponseReview,
    Role,
    Step,
    Steps,
    Therapy,
    Threshold,
    Unit,
    Vaccination,
    VaccinationPlan,
    Weekday,
    Weekly,
)
from tests.agenda.base import base, bloods, d, drug, every, hold, medicine, plan, result, results, row

BARE = base(drug("methotrexate"))


def agenda(plan: CarePlan, on: str = "2025-03-03", weeks: int = 4, knowledge: Knowledge = BARE) -> Agenda:
    return schedule(plan, on=d(on), knowledge=knowledge, weeks=weeks)


def days(agenda: Agenda, *occasions: Occasion) -> list[str]:
    return [event.date.isoformat() for event in agenda.events if event.occasion in occasions]


def only(agenda: Agenda, occasion: Occasion) -> Event:
    (event,) = (event for event in agenda.events if event.occasion is occasion)
    return event


# ---------------------------------------------------------------- medicines


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        (Dose.weekly("15 mg", "monday"), ["2025-03-03", "2025-03-10", "2025-03-17", "2025-03-24", "2025-03-31"]),
        (Dose.weekly("25 mg", "friday", "tuesday"), ["2025-03-04", "2025-03-07", "2025-03-11", "2025-03-14",
                                                     "2025-03-18", "2025-03-21", "2025-03-25", "2025-03-28"]),
        (Dose.every("40 mg", "2 weeks"), ["2025-03-03", "2025-03-17", "2025-03-31"]),
        (Dose.every("300 mg", "1 month"), ["2025-03-06"]),
        (Dose.every_hours("10 mg", 72), ["2025-03-04", "2025-03-07", "2025-03-10", "2025-03-13", "2025-03-16",
                                       "2025-03-19", "2025-03-22", "2025-03-25", "2025-03-28", "2025-03-31"]),
    ],
)  # fmt: skip
def test_dose_days_of_weekly_and_longer_regimens(dose: Dose, expected: list[str]) -> None:
    found = agenda(plan(medicine(dosage=dose)))
    assert days(found, Occasion.DOSE) == expected
    assert found.unscheduled == ()


@pytest.mark.parametrize(
    "dose",
    [
        Dose.daily("5 mg", 2),
        Dose.pattern("5 mg", 1, 0, 1),
        Dose.every_hours("10 mg", 12),
        Dose.as_needed("1 g", at_most="4 g", reason="pain"),
        Dose.weekly("5 mg", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        Dose.every("5 mg", "1 day"),
    ],
)
def test_a_medicine_taken_on_most_days_has_no_event_for_each_day(dose: Dose) -> None:
    assert agenda(plan(medicine(dosage=dose))).events == ()


def test_a_patch_is_changed_by_its_hours() -> None:
    found = agenda(plan(medicine(dosage=Dose.continuous("10 ug/h", 168), start="2025-02-26")))
    assert days(found, Occasion.PATCH_CHANGE) == ["2025-03-05", "2025-03-12", "2025-03-19", "2025-03-26"]
    assert found.events[0].title == "Change methotrexate 10 ug/h"


def test_start_steps_and_last_day_of_a_taper() -> None:
    steps = Steps(
        steps=(
            Step(dose=Dose.daily("10 mg"), start=d("2025-03-05"), stop=d("2025-03-11")),
            Step(dose=Dose.daily("5 mg"), start=d("2025-03-12"), stop=d("2025-03-18")),
        )
    )
    found = agenda(plan(medicine(dosage=steps, start="2025-03-05")))
    assert [(e.date.isoformat(), e.occasion, e.title) for e in found.events] == [
        ("2025-03-05", Occasion.START, "Start methotrexate: 10 mg"),
        ("2025-03-12", Occasion.DOSE_STEP, "New dose of methotrexate: 5 mg"),
        ("2025-03-18", Occasion.STOP, "Last day of methotrexate"),
    ]
    assert found.events[1].dose == Dose.daily("5 mg")


def test_dose_days_follow_the_steps() -> None:
    steps = Steps(
        steps=(
            Step(dose=Dose.weekly("10 mg", "monday"), start=d("2025-02-03"), stop=d("2025-03-16")),
            Step(dose=Dose.weekly("15 mg", "monday"), start=d("2025-03-17")),
        )
    )
    found = agenda(plan(medicine(dosage=steps, start="2025-02-03")), weeks=3)
    assert [e.title for e in found.events if e.occasion is Occasion.DOSE] == [
        "methotrexate 10 mg", "methotrexate 10 mg", "methotrexate 15 mg", "methotrexate 15 mg",
    ]  # fmt: skip


def test_no_dose_days_while_on_hold_and_the_rhythm_begins_again_with_the_restart() -> None:
    found = agenda(
        plan(medicine(dosage=Dose.every("40 mg", "2 weeks"), hold=hold("2025-02-20", "2025-03-13"))), weeks=5
    )
    assert days(found, Occasion.RESTART) == ["2025-03-13"]
    assert days(found, Occasion.DOSE) == ["2025-03-13", "2025-03-27"]


def test_a_hold_without_an_end_is_said_and_not_scheduled() -> None:
    found = agenda(plan(medicine(hold=hold("2025-02-20"), status=ItemStatus.ON_HOLD)))
    assert days(found, Occasion.DOSE) == []
    (entry,) = found.unscheduled
    assert (entry.obstacle, entry.subjects) == (Obstacle.ON_HOLD, ("methotrexate",))
    assert entry.detail == "paused since 2025-02-20, without a day of restart: infection"


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"dosage": Dose.every("40 mg", "2 weeks"), "start": Absent.UNKNOWN}, Obstacle.NO_START),
        ({"dosage": Dose.continuous("10 ug/h", 72), "start": Absent.UNKNOWN}, Obstacle.NO_START),
        ({"dosage": Dose(amount=Quantity.parse("10 ug/h"), timing=Absent.UNKNOWN)}, Obstacle.NO_RHYTHM),
        ({"dosage": Dose.unknown("as directed")}, Obstacle.NO_RHYTHM),
        ({"dosage": Dose(amount=Quantity.parse("1 g"), timing=Once()), "start": Absent.UNKNOWN}, Obstacle.NO_DATE),
    ],
)
def test_what_cannot_be_dated_is_listed_with_the_reason(changes: dict[str, Any], obstacle: Obstacle) -> None:
    found = agenda(plan(medicine(**changes)))
    assert found.events == ()
    assert [entry.obstacle for entry in found.unscheduled] == [obstacle]


def test_a_weekday_needs_no_start() -> None:
    found = agenda(plan(medicine(start=Absent.UNKNOWN)), weeks=1)
    assert days(found, Occasion.DOSE) == ["2025-03-03", "2025-03-10"]
    assert found.unscheduled == ()


def test_a_single_dose_on_its_day_or_on_the_start() -> None:
    once = Dose(amount=Quantity.parse("1 g"), timing=Once(on=d("2025-03-10")))
    assert days(agenda(plan(medicine(dosage=once))), Occasion.DOSE) == ["2025-03-10"]
    starting = Dose(amount=Quantity.parse("1 g"), timing=Once())
    assert days(agenda(plan(medicine(dosage=starting, start="2025-03-12"))), Occasion.DOSE) == ["2025-03-12"]


@pytest.mark.parametrize(
    "over", [{"status": ItemStatus.STOPPED}, {"status": ItemStatus.CANCELLED}, {"stop": d("2025-03-02")}]
)
def test_what_is_over_is_not_in_the_agenda(over: dict[str, Any]) -> None:
    found = agenda(plan(medicine(**over), done=results("2025-01-01")), knowledge=base())
    assert (found.events, found.unscheduled) == ((), ())


# -------------------------------------------------------------------- tests


def test_a_late_test_keeps_its_day_stands_first_and_is_carried_on_from_today() -> None:
    found = agenda(plan(medicine(), bloods("methotrexate", interval="4 weeks"), done=results("2025-01-06")), weeks=8)
    tests = [event for event in found.events if event.occasion is Occasion.TEST]
    assert [(e.date.isoformat(), e.status) for e in tests] == [
        ("2025-02-03", Status.CRITICAL), ("2025-03-31", Status.NOT_DUE), ("2025-04-28", Status.NOT_DUE),
    ]  # fmt: skip
    assert found.events[0] is tests[0]
    assert tests[0].last == d("2025-01-06")
    assert tests[0].window == Window(d("2025-01-27"), d("2025-02-10"))
    assert found.overdue() == (tests[0],)
    assert found.overdue(d("2025-04-01")) == tuple(tests[:2])


def test_one_event_says_what_why_for_whom_and_what_to_do() -> None:
    low = Threshold(test="plt", beyond=Beyond.BELOW, value=Decimal(100), unit=Unit.CELLS_E9_PER_L, action="Call.")
    item = bloods("methotrexate", interval="4 weeks", thresholds=(low,), acted_on_by=Role.SPECIALIST_NURSE)
    event = only(
        agenda(plan(medicine(start="2024-01-01"), item, done=results("2025-02-17")), knowledge=base()), Occasion.TEST
    )
    assert event.date == d("2025-03-17")
    assert event.title == "Laboratory: fbc, alt"
    assert event.tests == ("alt", "hb", "plt")
    assert event.subjects == ("bloods", "methotrexate")
    assert event.why == ("methotrexate: every 12 weeks (guide)", "methotrexate: every 4 weeks (plan)")
    assert (event.ordered_by, event.acted_on_by) == (Role.GP, Role.SPECIALIST_NURSE)
    assert [(limit.subject, limit.text, limit.action, limit.actors) for limit in event.if_abnormal] == [
        ("bloods", "below 100 10*9/L", "Call.", ("specialist-nurse",)),
        ("methotrexate", "below 140 10*9/L", "Stop and call.", ("gp",)),
    ]
    assert event.booking == d("2025-03-17")


def test_the_same_test_for_two_medicines_is_one_event_with_both_reasons() -> None:
    known = base(*(drug(name, row("g", "stable", every=span)) for name, span in (("a", "8 weeks"), ("b", "12 weeks"))))
    found = agenda(plan(medicine("a"), medicine("b"), done=results("2025-01-13")), knowledge=known)
    event = only(found, Occasion.TEST)
    assert (event.date, event.subjects) == (d("2025-03-10"), ("a", "b"))
    assert event.why == ("a: every 8 weeks (g)", "b: every 12 weeks (g)")


def test_a_test_whose_window_is_open_goes_with_the_next_visit() -> None:
    done = (*results("2025-01-06"), result("creatinine", "2025-01-13"))
    item = bloods("methotrexate", tests=("fbc", "alt", "creatinine"))
    found = agenda(plan(medicine(), item, done=done), weeks=20)
    tests = [event for event in found.events if event.occasion is Occasion.TEST]
    assert [event.date.isoformat() for event in tests] == ["2025-03-31", "2025-06-23"]
    assert all("creatinine" in event.tests for event in tests)
    assert tests[0].window == Window(d("2025-03-17"), d("2025-04-14"))


def test_laboratory_and_other_tests_are_different_visits() -> None:
    known = base(drug("methotrexate", row("g", "stable", tests=["hb", "weight"], every="4 weeks")))
    found = agenda(plan(medicine(), done=results("2025-02-17", tests=("hb", "weight"))), knowledge=known)
    assert sorted(e.title for e in found.events if e.occasion is Occasion.TEST) == ["Laboratory: hb", "weight"]


def test_without_any_result_tests_are_unknown_and_due_today_at_the_latest() -> None:
    found = agenda(plan(medicine(start="2024-01-01"), bloods("methotrexate")), weeks=14)
    tests = [event for event in found.events if event.occasion is Occasion.TEST]
    assert [(e.date.isoformat(), e.status) for e in tests] == [
        ("2025-03-03", Status.UNKNOWN), ("2025-05-26", Status.NOT_DUE),
    ]  # fmt: skip
    assert found.overdue() == ()


def test_tests_of_a_medicine_on_hold_stay_visible_and_are_asked_for_again_at_the_restart() -> None:
    item = bloods("methotrexate", interval="4 weeks")
    held = plan(medicine(hold=hold("2025-02-01", "2025-03-17")), item, done=results("2025-01-20"))
    tests = [event for event in agenda(held, weeks=6).events if event.occasion is Occasion.TEST]
    assert [(e.date.isoformat(), e.status) for e in tests][:2] == [
        ("2025-03-03", Status.SUSPENDED), ("2025-03-17", Status.NOT_DUE),
    ]  # fmt: skip
    endless = plan(medicine(hold=hold("2025-02-01")), item, done=results("2025-01-20"))
    assert only(agenda(endless), Occasion.TEST).status is Status.SUSPENDED


def test_baseline_tests_are_due_by_the_first_dose_and_critical_after_it() -> None:
    item = bloods("methotrexate", interval=None, purpose=MonitoringPurpose.BASELINE)
    before = only(agenda(plan(medicine(start="2025-03-20"), item, done=results("2025-01-01"))), Occasion.TEST)
    assert before.date == d("2025-03-20")
    assert before.window == Window(d("2025-02-20"), d("2025-03-20"))
    assert before.status is Status.WINDOW_OPEN
    late = only(agenda(plan(medicine(start="2025-03-01"), item, done=results("2025-01-01"))), Occasion.TEST)
    assert (late.date, late.status) == (d("2025-03-01"), Status.CRITICAL)
    assert days(agenda(plan(medicine(start="2025-03-01"), item, done=results("2025-02-10"))), Occasion.TEST) == []


def test_an_interval_for_the_baseline_asks_before_the_first_dose() -> None:
    phases = (PhaseInterval(every=every("1 month"), phase=Phase.BASELINE), PhaseInterval(every=every("2 weeks")))
    found = agenda(
        plan(medicine(start="2025-03-10"), bloods("methotrexate", intervals=phases), done=results("2025-01-01"))
    )
    assert days(found, Occasion.TEST) == ["2025-03-10", "2025-03-24"]


def test_a_proposed_medicine_without_a_first_day_asks_for_nothing_yet() -> None:
    proposed = plan(
        medicine(start=Absent.UNKNOWN, status=ItemStatus.DRAFT), bloods("methotrexate"), done=results("2025-01-01")
    )
    found = agenda(proposed, knowledge=base())
    assert found.events == ()
    assert [(entry.title, entry.obstacle) for entry in found.unscheduled] == [
        ("fbc, alt", Obstacle.NO_START),
        ("methotrexate", Obstacle.NO_START),
    ]
    planned = evolve(proposed, components=(medicine(start="2025-03-10", status=ItemStatus.DRAFT),))
    assert days(agenda(planned, weeks=2), Occasion.DOSE) == ["2025-03-10", "2025-03-17"]


def test_tests_end_with_the_medicine() -> None:
    taken = medicine(start="2024-01-01", stop=d("2025-04-20"))
    found = agenda(plan(taken, bloods("methotrexate", interval="4 weeks"), done=results("2025-02-17")), weeks=20)
    assert days(found, Occasion.TEST) == ["2025-03-17", "2025-04-14"]


def test_fixed_times_after_the_first_dose() -> None:
    known = base(
        drug("methotrexate", row("g", "start", at=["2 weeks", "8 weeks"]), row("g", "stable", every="12 weeks"))
    )
    found = agenda(plan(medicine(start="2025-03-10"), done=results("2025-03-01")), weeks=26, knowledge=known)
    assert days(found, Occasion.TEST) == ["2025-03-24", "2025-05-05", "2025-07-28"]


def test_monitoring_that_has_no_day_is_listed_with_the_reason() -> None:
    sore = bloods("methotrexate", purpose=MonitoringPurpose.TRIGGERED, trigger="a sore throat", interval=None)
    known = base(
        drug(
            "methotrexate",
            row("g", "stable", event="before each course"),
            row("h", "stable", every="1 month", when='on("x")', note="with x"),
        )
    )
    found = agenda(plan(medicine(), sore), knowledge=known)
    assert {(e.obstacle, e.detail) for e in found.unscheduled} == {
        (Obstacle.ON_EVENT, "a sore throat"),
        (Obstacle.ON_EVENT, "before each course"),
        (Obstacle.CONDITIONAL, "with x (not judged)"),
    }
    assert days(found, Occasion.TEST) == []


@pytest.mark.parametrize(
    ("item", "obstacle"),
    [
        (bloods("methotrexate", interval=None), Obstacle.NO_RHYTHM),
        (bloods("methotrexate", status=ItemStatus.ON_HOLD), Obstacle.ON_HOLD),
    ],
)
def test_an_item_without_a_rhythm_or_on_hold_is_listed(item: Any, obstacle: Obstacle) -> None:
    assert [entry.obstacle for entry in agenda(plan(medicine(dosage=Dose.daily("1 mg")), item)).unscheduled] == [
        obstacle
    ]


def test_intervals_for_the_first_phases_only_are_said_to_run_out() -> None:
    item = bloods("methotrexate", intervals=(PhaseInterval(every=every("2 weeks"), phase=Phase.INITIATION),))
    found = agenda(plan(medicine(start="2024-01-01"), item, done=results("2025-02-17")))
    assert days(found, Occasion.TEST) == []
    (entry,) = found.unscheduled
    assert (entry.obstacle, entry.subjects) == (Obstacle.NO_RHYTHM, ("methotrexate", "bloods"))
    assert agenda(plan(medicine(start="2024-01-01"), item), knowledge=base()).unscheduled == ()


def test_monitoring_of_a_stopped_medicine_is_listed_as_ended() -> None:
    found = agenda(plan(medicine(stop=d("2025-03-01")), bloods("methotrexate")))
    assert [entry.obstacle for entry in found.unscheduled] == [Obstacle.ENDED]


def test_conditions_are_judged_by_whoever_can() -> None:
    known = base(drug("methotrexate", row("h", "stable", every="2 weeks", when='on("x")')))
    taken = plan(medicine(), done=results("2025-02-24"))
    yes = schedule(taken, on=d("2025-03-03"), knowledge=known, weeks=2, applies=lambda _fact, _item: True)
    no = schedule(taken, on=d("2025-03-03"), knowledge=known, weeks=2, applies=lambda _fact, _item: False)
    assert days(yes, Occasion.TEST) == ["2025-03-10"]
    assert (days(no, Occasion.TEST), no.unscheduled) == ([], ())


def test_reviews_of_a_medicine_by_the_knowledge_base_are_reviews() -> None:
    asked = row("g", "stable", tests=[], records=["review"], every="3 months")
    known = base(drug("methotrexate", asked), drug("b", asked))
    written = Record(date=d("2025-01-10"), by="Dr Lee", about=("methotrexate",), part="review")
    both = plan(medicine(start="2020-01-01"), medicine("b", start="2020-01-01"), decisions=(written,))
    other, event = (e for e in agenda(both, weeks=8, knowledge=known).events if e.occasion is Occasion.REVIEW)
    assert (other.date, other.title, other.last) == (d("2025-04-01"), "Review: b", None)
    assert (event.date, event.title, event.last) == (d("2025-04-10"), "Review: methotrexate", d("2025-01-10"))


def test_the_record_is_counted_from_the_plans_first_day_and_by_the_own_country() -> None:
    written = row("g", "start", tests=[], records=["review"], at=["4 weeks"], baseline=True)
    abroad = row("x", "stable", tests=[], records=["review"], every="1 week", jurisdiction=["us"])
    known = base(drug("methotrexate", written, abroad))
    old = plan(medicine(start="2024-01-01"), start=d("2025-03-01"), jurisdiction=Jurisdiction.UK)
    assert days(agenda(old, weeks=26, knowledge=known), Occasion.REVIEW) == []
    new = plan(medicine(start="2025-03-10"), start=d("2025-03-01"), jurisdiction=Jurisdiction.UK)
    assert days(agenda(new, weeks=26, knowledge=known), Occasion.REVIEW) == ["2025-03-10", "2025-04-07"]


# ------------------------------------------------- therapies and the others


def physio(**keys: Any) -> Therapy:
    values: dict[str, Any] = {"frequency": Weekly(days=(Weekday.WEDNESDAY,)), "start": d("2025-02-26"), "sessions": 4}
    return Therapy(id="physio", therapy="physio-exercise", discipline=Role.PHYSIOTHERAPIST, **values | keys)


def test_sessions_are_counted_from_the_first() -> None:
    found = agenda(plan(physio()))
    assert [(e.date.isoformat(), e.title, e.acted_on_by) for e in found.events] == [
        ("2025-03-05", "physio exercise (2 of 4)", Role.PHYSIOTHERAPIST),
        ("2025-03-12", "physio exercise (3 of 4)", Role.PHYSIOTHERAPIST),
        ("2025-03-19", "physio exercise (4 of 4)", Role.PHYSIOTHERAPIST),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"frequency": Every(interval=every("2 weeks")), "sessions": Absent.UNKNOWN}, ["2025-03-12", "2025-03-26"]),
        ({"frequency": Once(on=d("2025-03-11"))}, ["2025-03-11"]),
        ({"frequency": Once(), "start": d("2025-03-13")}, ["2025-03-13"]),
        ({"frequency": Daily(times=1)}, []),
        ({"stop": d("2025-03-06")}, ["2025-03-05"]),
        ({"status": ItemStatus.COMPLETED}, []),
    ],
)
def test_rhythms_of_sessions(changes: dict[str, Any], expected: list[str]) -> None:
    found = agenda(plan(physio(**changes)))
    assert days(found, Occasion.SESSION) == expected
    assert found.unscheduled == ()


@pytest.mark.parametrize(
    ("changes", "obstacle", "sessions"),
    [
        ({"frequency": Absent.UNKNOWN}, Obstacle.NO_RHYTHM, 0),
        ({"frequency": Every(interval=every("2 weeks")), "start": Absent.UNKNOWN}, Obstacle.NO_START, 0),
        ({"start": Absent.UNKNOWN}, Obstacle.NO_START, 4),
        ({"frequency": Once(), "start": Absent.UNKNOWN}, Obstacle.NO_DATE, 0),
        ({"status": ItemStatus.ON_HOLD}, Obstacle.ON_HOLD, 0),
    ],
)
def test_sessions_that_cannot_be_dated(changes: dict[str, Any], obstacle: Obstacle, sessions: int) -> None:
    found = agenda(plan(physio(**changes)))
    assert [entry.obstacle for entry in found.unscheduled] == [obstacle]
    assert len(days(found, Occasion.SESSION)) == sessions


def test_vaccines_until_given() -> None:
    flu = VaccinationPlan(id="flu", vaccine="influenza", due=d("2025-02-20"), given_by=Role.GP)
    event = only(agenda(plan(flu)), Occasion.VACCINE)
    assert (event.status, event.acted_on_by, event.late(d("2025-03-03"))) == (Status.OVERDUE_IN_GRACE, Role.GP, True)
    empty = plan(flu)
    vaccination = Vaccination(vaccine="influenza", date=d("2025-02-21"))
    given = evolve(empty, patient=evolve(empty.patient, vaccinations=(vaccination,)))
    assert agenda(given).events == ()
    undated = VaccinationPlan(id="flu", vaccine="influenza")
    assert [entry.obstacle for entry in agenda(plan(undated)).unscheduled] == [Obstacle.NO_DATE]


def test_reviews_goals_planned_events_and_advice() -> None:
    goal = Goal(id="walk", description="Walk to the shop", due=d("2025-03-20"))
    trial = ResponseReview(
        date=d("2025-01-06"), by="Dr Lee", role=Role.PAIN_CONSULTANT, about=("methotrexate",), measure="pain-nrs",
        target=Quantity.parse("4 {score}"), due=d("2025-03-10"),
    )  # fmt: skip
    operation = PlannedEvent(event=EventKind.SURGERY, on=d("2025-03-15"))
    some_day = PlannedEvent(event=EventKind.TRAVEL, text="Visit to Lagos")
    advice = Education(id="leaflet", topic="sun-cream", text="Use it.", start=d("2025-03-04"), given_by=Role.PHARMACIST)
    found = agenda(
        plan(
            medicine(dosage=Dose.daily("1 mg")), advice, goals=(goal,), decisions=(trial,),
            events=(operation, some_day), review_by=d("2025-02-01"), stop=d("2025-03-30"),
        )
    )  # fmt: skip
    assert [(e.date.isoformat(), e.occasion, e.title) for e in found.events] == [
        ("2025-02-01", Occasion.REVIEW, "Review of the plan"),
        ("2025-03-04", Occasion.SESSION, "Advice: sun cream"),
        ("2025-03-10", Occasion.REVIEW, "Does it help? pain nrs 4 {score}"),
        ("2025-03-15", Occasion.PLANNED, "surgery"),
        ("2025-03-20", Occasion.REVIEW, "Goal: Walk to the shop"),
        ("2025-03-30", Occasion.STOP, "Last day of the plan"),
    ]
    assert found.events[2].subjects == ("methotrexate",)
    assert [event.title for event in found.overdue()] == ["Review of the plan"]
    assert [(entry.title, entry.obstacle) for entry in found.unscheduled] == [("Visit to Lagos", Obstacle.NO_DATE)]


@pytest.mark.parametrize(
    "proof",
    [
        {"done": (result("pain-nrs", "2025-03-01"),)},
        {"decisions": (Record(date=d("2025-03-02"), by="Dr Lee", part="review", about=("methotrexate",)),)},
    ],
)
def test_a_trial_of_treatment_that_was_judged_is_no_longer_due(proof: dict[str, Any]) -> None:
    trial = ResponseReview(
        date=d("2025-01-06"), by="Dr Lee", about=("methotrexate",), measure="pain-nrs",
        target=Quantity.parse("4 {score}"), due=d("2025-03-10"),
    )  # fmt: skip
    keys = {**proof, "decisions": (trial, *proof.get("decisions", ()))}
    assert days(agenda(plan(medicine(), **keys)), Occasion.REVIEW) == []


# ---------------------------------------------------------------- the whole


def test_between_and_repr() -> None:
    found = agenda(plan(medicine()), weeks=2)
    assert [event.date.isoformat() for event in found.between(d("2025-03-10"), d("2025-03-17"))] == [
        "2025-03-10",
        "2025-03-17",
    ]
    assert repr(found) == "<Agenda of plan, 2025-03-03 to 2025-03-17: 3 events>"
    assert repr(found.events[0]) == "<2025-03-03 dose: methotrexate 15 mg, due>"


def test_a_horizon_needs_a_length() -> None:
    with pytest.raises(ValueError, match="at least 1 week"):
        schedule(plan(), on=d("2025-03-03"), knowledge=BARE, weeks=0)
