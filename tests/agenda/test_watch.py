"""What is due and late, from the plan's own monitoring and from the knowledge base."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from careplan.agenda import Applies, Due, Lateness, Watch, late, monitored, overdue
from careplan.knowledge import Knowledge
from careplan.model import (
    Absent,
    CarePlan,
    Dose,
    ItemStatus,
    Jurisdiction,
    Monitoring,
    MonitoringPurpose,
    Phase,
    PhaseInterval,
    ResultStatus,
    Role,
    Step,
)
from tests.agenda.base import STANDARD, base, bloods, d, drug, every, hold, medicine, plan, result, results, row

BARE = base(drug("methotrexate"))


def watch(plan: CarePlan, on: str | date, knowledge: Knowledge | None = None, applies: Applies | None = None) -> Watch:
    day = d(on) if isinstance(on, str) else on
    known = knowledge or base()
    return Watch.of(plan, day, known, applies) if applies is not None else Watch.of(plan, day, known)


def due(watched: Watch, test: str, name: str = "methotrexate") -> Due:
    """The earliest due day of a test over all duties."""
    dues = [due for duty in watched.about(name, test) for due, _ in duty.dues(watched.last(duty))]
    return min(dues, key=lambda each: each.due)


# ---------------------------------------------------------------- due days


def test_a_result_before_the_window_moves_the_next_test_too() -> None:
    done = results("2025-01-06", "2025-01-20")
    watched = watch(plan(medicine(), bloods("methotrexate"), done=done), "2025-02-01", BARE)
    assert due(watched, "hb") == Due(d("2025-04-14"), 84)


def test_a_partial_panel_counts_only_for_what_it_holds() -> None:
    done = (*results("2025-01-06"), *results("2025-03-24", tests=("hb", "plt")))
    watched = watch(plan(medicine(), bloods("methotrexate"), done=done), "2025-03-25", BARE)
    assert due(watched, "alt") == Due(d("2025-03-31"), 84)
    assert due(watched, "hb") == due(watched, "plt") == Due(d("2025-06-16"), 84)


@pytest.mark.parametrize(
    "ignored",
    [
        evolve(result("hb", "2025-02-03"), status=ResultStatus.PRELIMINARY),
        evolve(result("hb", "2025-02-03"), status=ResultStatus.ENTERED_IN_ERROR),
        result("hb", "2025-03-02"),
        result("hb", "1969-12-31"),
    ],
)
def test_results_that_are_not_final_or_have_impossible_days_do_not_count(ignored: object) -> None:
    done = (*results("2025-01-06"), ignored)
    watched = watch(plan(medicine(), bloods("methotrexate"), done=done), "2025-03-01", BARE)  # type: ignore[arg-type]
    assert due(watched, "hb").due == d("2025-03-31")


def test_a_derived_test_is_done_with_what_it_is_worked_out_from() -> None:
    known = base(drug("methotrexate", row("guide", "stable", tests=["egfr"], every="12 weeks")))
    watched = watch(plan(medicine(), done=(result("creatinine", "2025-02-03"),)), "2025-03-01", known)
    assert due(watched, "egfr").due == d("2025-04-28")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2025-01-05", "2025-01-20"),  # before the first dose: counted from the first dose
        ("2025-01-06", "2025-01-20"),
        ("2025-02-02", "2025-02-16"),
        ("2025-02-03", "2025-02-17"),  # two weeks on, the dose has been stable for 6 weeks
        ("2025-02-04", "2025-03-04"),
        ("2025-04-17", "2025-05-17"),  # a month on, the 3 months of settling are over
        ("2025-04-18", "2025-07-11"),
    ],
)
def test_the_phase_in_which_the_next_test_falls_sets_the_interval(last: str, expected: str) -> None:
    watched = watch(plan(medicine(), done=results(last)), "2025-05-10")
    assert due(watched, "hb").due == d(expected)


def test_a_missed_test_stays_missed_when_a_phase_with_longer_intervals_begins() -> None:
    for day in ("2025-02-16", "2025-02-20", "2025-03-20"):
        assert due(watch(plan(medicine(), done=results("2025-01-20")), day), "hb").due == d("2025-02-03")


def test_a_rise_of_the_dose_asks_again_every_two_weeks_and_never_later_than_before() -> None:
    risen = medicine(
        start="2024-01-01",
        dosage=Dose.weekly("20 mg", "monday"),
        history=(Step(dose=Dose.weekly("15 mg", "monday"), start=d("2024-01-01"), stop=d("2025-03-31")),),
    )
    assert due(watch(plan(risen, done=results("2025-03-01")), "2025-04-02"), "hb") == Due(d("2025-04-15"), 14)
    assert due(watch(plan(risen, done=results("2025-04-10")), "2025-04-11"), "hb") == Due(d("2025-04-24"), 14)
    early = watch(plan(risen, done=results("2025-01-13")), "2025-04-02")
    assert due(early, "hb").due == d("2025-04-07")


def test_the_strictest_of_plan_and_knowledge_counts_and_both_are_kept() -> None:
    for interval, expected in (("4 weeks", "2025-10-29"), ("6 months", "2025-12-24")):
        watched = watch(
            plan(medicine(), bloods("methotrexate", interval=interval), done=results("2025-10-01")), "2025-10-10"
        )
        assert due(watched, "hb").due == d(expected)
        assert {duty.planned for duty in watched.about("methotrexate", "hb")} == {True, False}


def test_an_item_of_the_plan_that_starts_late_begins_with_a_test_if_the_last_one_is_old() -> None:
    item = bloods("methotrexate", start=d("2025-06-01"))
    assert due(watch(plan(medicine(), item, done=results("2025-01-20")), "2025-05-01", BARE), "hb").due == d(
        "2025-06-01"
    )
    assert due(watch(plan(medicine(), item, done=results("2025-04-28")), "2025-05-01", BARE), "hb").due == d(
        "2025-07-21"
    )
    assert due(
        watch(plan(medicine(), item, done=(result("weight", "2025-04-01"),)), "2025-05-01", BARE), "hb"
    ).due == d("2025-08-24")


def test_intervals_of_the_plan_by_phase_with_the_early_ones_for_a_phase_not_named() -> None:
    item = bloods(
        "methotrexate",
        intervals=(
            PhaseInterval(every=every("2 weeks"), phase=Phase.TITRATION),
            PhaseInterval(every=every("12 weeks"), phase=Phase.STABLE),
        ),
    )
    for last, expected in (("2025-01-20", "2025-02-03"), ("2025-03-03", "2025-03-17"), ("2025-06-02", "2025-08-25")):
        watched = watch(plan(medicine(), item, done=results(last)), last, BARE)
        assert due(watched, "hb").due == d(expected)


def test_rows_of_the_own_country_come_before_those_of_others_and_of_the_class() -> None:
    rows = [
        row("label-us", "stable", tests=["hb"], every="1 week", jurisdiction=["us"]),
        row("guide-uk", "stable", tests=["hb", "plt"], every="12 weeks", jurisdiction=["uk"]),
        row("label-us", "stable", tests=["alt"], every="4 weeks", jurisdiction=["us"]),
    ]
    known = base(drug("methotrexate", *rows))
    taken = plan(medicine(), done=results("2025-01-06"), jurisdiction=Jurisdiction.UK)
    watched = watch(taken, "2025-01-07", known)
    assert due(watched, "hb").due == d("2025-03-31")
    assert due(watched, "alt").due == d("2025-02-03")
    unset = watch(evolve(taken, jurisdiction=None), "2025-01-07", known)
    assert due(unset, "hb").due == d("2025-01-13")


# ------------------------------------------------------------------ overdue


@pytest.mark.parametrize(
    ("on", "grace", "half"),
    [
        ("2025-04-14", False, False),
        ("2025-04-15", True, False),
        ("2025-05-12", True, False),
        ("2025-05-13", True, True),
    ],
)
def test_late_by_grace_and_by_half_the_interval(on: str, grace: bool, half: bool) -> None:  # noqa: FBT001
    watched = watch(plan(medicine(), bloods("methotrexate"), done=results("2025-01-06")), on, BARE)
    assert overdue(watched, "methotrexate") is grace
    assert overdue(watched, "methotrexate", by=Lateness.HALF) is half
    assert [each.test for each in late(watched, "methotrexate")] == (["alt", "hb", "plt"] if grace else [])


def test_two_tests_missed_in_a_row_are_late_by_half() -> None:
    item = bloods("methotrexate", interval="3 days")
    taken = plan(medicine(), item, done=results("2025-03-01"))
    assert overdue(watch(taken, "2025-03-07", BARE), "methotrexate", by=Lateness.HALF) is False
    assert overdue(watch(taken, "2025-03-08", BARE), "methotrexate", by=Lateness.HALF) is True


def test_late_asks_for_one_test_or_a_panel_or_all() -> None:
    done = (*results("2025-01-06"), *results("2025-04-10", tests=("hb", "alt")))
    watched = watch(plan(medicine(), bloods("methotrexate"), done=done), "2025-04-20", BARE)
    assert overdue(watched, "methotrexate") is True
    assert overdue(watched, "methotrexate", test="fbc") is True
    assert overdue(watched, "methotrexate", test="alt") is False
    (found,) = late(watched, "methotrexate")
    assert (found.test, found.due, found.last) == ("plt", d("2025-03-31"), d("2025-01-06"))
    assert found.reason == "methotrexate: every 12 weeks (plan)"


def test_without_any_result_nobody_can_tell() -> None:
    watched = watch(plan(medicine(start="2020-01-06"), bloods("methotrexate")), "2025-04-15")
    assert overdue(watched, "methotrexate") is None
    assert late(watched, "methotrexate") == ()


def test_a_test_never_done_is_late_once_other_results_are_there() -> None:
    watched = watch(plan(medicine(start="2020-01-06"), done=(result("weight", "2025-01-01"),)), "2025-04-15")
    assert overdue(watched, "methotrexate") is True


@pytest.mark.parametrize(
    "change", [{"hold": hold("2025-03-01")}, {"status": ItemStatus.STOPPED, "stop": d("2025-03-01")}]
)
def test_a_medicine_on_hold_or_stopped_is_never_late(change: dict[str, Any]) -> None:
    taken = plan(medicine(**change), bloods("methotrexate"), done=results("2025-01-06"))
    assert overdue(watch(taken, "2025-12-01"), "methotrexate") is False


@pytest.mark.parametrize(("last", "answer"), [("2025-08-01", True), ("2025-10-20", None), ("2025-11-28", False)])
def test_with_an_unknown_start_it_is_late_only_if_late_in_every_phase(last: str, answer: bool | None) -> None:  # noqa: FBT001
    watched = watch(plan(medicine(start=Absent.UNKNOWN), done=results(last)), "2025-12-01")
    assert overdue(watched, "methotrexate") is answer


def test_unknown_start_and_no_result_cannot_be_told() -> None:
    watched = watch(plan(medicine(start=Absent.UNKNOWN), done=(result("weight", "2025-01-01"),)), "2025-12-01")
    assert overdue(watched, "methotrexate") is None


@pytest.mark.parametrize(("holds", "answer"), [(True, True), (False, False), (None, None)])
def test_a_schedule_under_a_condition_is_as_sure_as_the_condition(
    holds: bool | None,  # noqa: FBT001
    answer: bool | None,  # noqa: FBT001
) -> None:
    rows = (*STANDARD, row("guide", "combination", every="1 month", when='on("leflunomide")'))
    taken = plan(medicine(start="2024-01-01"), done=results("2025-01-06"))
    watched = watch(taken, "2025-03-01", base(drug("methotrexate", *rows)), lambda _fact, _medicine: holds)
    assert overdue(watched, "methotrexate") is answer


def test_an_undecided_condition_does_not_blur_what_is_sure() -> None:
    rows = (*STANDARD, row("guide", "combination", every="1 month", when='on("leflunomide")'))
    taken = plan(medicine(start="2024-01-01"), done=results("2025-01-06"))
    watched = watch(taken, "2025-08-01", base(drug("methotrexate", *rows)))
    assert overdue(watched, "methotrexate") is True


def test_baseline_tests_are_judged_elsewhere() -> None:
    known = base(drug("methotrexate", row("guide", "stable", every="12 weeks", baseline=True)))
    watched = watch(plan(medicine(), done=(result("weight", "2025-01-01"),)), "2025-01-20", known)
    assert overdue(watched, "methotrexate") is False


def test_parts_of_the_record_are_no_tests() -> None:
    known = base(drug("methotrexate", row("r", "stable", tests=[], records=["review"], every="6 months")))
    assert overdue(watch(plan(medicine(start="2020-01-01")), "2025-12-01", known), "methotrexate") is False


# ---------------------------------------------------------------- monitored


@pytest.mark.parametrize(
    ("interval", "answer"), [("4 weeks", True), ("12 weeks", True), ("3 months", True), ("4 months", False)]
)
def test_monitored_is_as_often_as_the_schedule_within_its_grace(interval: str, answer: bool) -> None:  # noqa: FBT001
    taken = plan(medicine(start="2024-01-01"), bloods("methotrexate", interval=interval), done=results("2025-01-06"))
    assert monitored(watch(taken, "2025-02-01"), "methotrexate") is answer


def test_monitored_looks_at_the_present_phase() -> None:
    taken = plan(medicine(), bloods("methotrexate", interval="1 month"), done=results("2025-01-06"))
    assert monitored(watch(taken, "2025-01-10"), "methotrexate") is False
    assert monitored(watch(taken, "2025-04-01"), "methotrexate") is True


@pytest.mark.parametrize(
    "item",
    [
        bloods("methotrexate", ordered_by=None),
        bloods("methotrexate", tests=("fbc",)),
        bloods("methotrexate", status=ItemStatus.CANCELLED),
        bloods("methotrexate", purpose=MonitoringPurpose.TRIGGERED, trigger="a sore throat"),
    ],
)
def test_not_monitored_without_an_owner_a_test_or_a_rhythm(item: Monitoring) -> None:
    taken = plan(medicine(start="2024-01-01"), item, done=results("2025-01-06"))
    assert monitored(watch(taken, "2025-02-01"), "methotrexate") is False


def test_a_test_planned_for_another_medicine_serves_unless_that_one_is_on_hold() -> None:
    known = base(drug("methotrexate", *STANDARD), drug("other"))
    taken = plan(medicine(start="2024-01-01"), medicine("other"), bloods("other"), done=results("2025-01-06"))
    assert monitored(watch(taken, "2025-02-01", known), "methotrexate") is True
    held = plan(medicine(start="2024-01-01"), medicine("other", hold=hold("2025-01-20")), bloods("other"))
    assert monitored(watch(held, "2025-02-01", known), "methotrexate") is False


def test_an_item_without_interval_keeps_the_schedule_and_one_without_medicine_is_for_all() -> None:
    for item in (bloods("methotrexate", interval=None), bloods()):
        taken = plan(medicine(start="2024-01-01"), item, done=results("2025-01-06"))
        assert monitored(watch(taken, "2025-02-01"), "methotrexate") is True


def test_creatinine_serves_a_schedule_that_asks_for_egfr() -> None:
    known = base(drug("methotrexate", row("guide", "stable", tests=["egfr"], every="12 weeks")))
    taken = plan(medicine(), bloods("methotrexate", tests=("creatinine",)))
    assert monitored(watch(taken, "2025-02-01", known), "methotrexate") is True


def test_monitored_every_so_many_days_whatever_the_schedule() -> None:
    taken = plan(medicine(start="2024-01-01"), bloods("methotrexate", interval="1 month"))
    watched = watch(taken, "2025-02-01")
    assert monitored(watched, "methotrexate", every=31) is True
    assert monitored(watched, "methotrexate", every=30) is False
    assert monitored(watched, "methotrexate", test="alt", every=31) is True
    assert monitored(watched, "methotrexate", test="weight", every=31) is False


def test_monitored_within_so_many_days() -> None:
    taken = plan(medicine(start="2024-01-01"), bloods("methotrexate"), done=results("2025-01-06"))
    watched = watch(taken, "2025-03-20", BARE)
    assert monitored(watched, "methotrexate", within=11) is True
    assert monitored(watched, "methotrexate", within=10) is False
    once = bloods("methotrexate", interval=None, purpose=MonitoringPurpose.BASELINE, tests=("creatinine",))
    starting = plan(medicine(start="2025-03-25"), once)
    assert monitored(watch(starting, "2025-03-20", BARE), "methotrexate", test="creatinine", within=7) is True


def test_a_medicine_that_needs_nothing_is_monitored_and_a_test_nobody_planned_is_not() -> None:
    watched = watch(plan(medicine()), "2025-02-01", BARE)
    assert monitored(watched, "methotrexate") is True
    assert monitored(watched, "methotrexate", test="hb") is False
    owned = watch(plan(medicine(), bloods("methotrexate", acted_on_by=Role.GP)), "2025-02-01", BARE)
    assert monitored(owned, "methotrexate", test="fbc") is True
