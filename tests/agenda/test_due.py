from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from careplan.agenda.due import Due, Status, booking
from careplan.model import Calendar, Interval


def d(text: str) -> date:
    return date.fromisoformat(text)


VECTORS = [
    ("2025-01-31", "1 month", "2025-02-28", "2025-02-21", "2025-03-07", "2025-03-14"),
    ("2024-01-31", "1 month", "2024-02-29", "2024-02-22", "2024-03-07", "2024-03-14"),
    ("2025-03-03", "14 days", "2025-03-17", "2025-03-14", "2025-03-20", "2025-03-24"),
    ("2025-01-06", "28 days", "2025-02-03", "2025-01-27", "2025-02-10", "2025-02-17"),
    ("2025-01-06", "84 days", "2025-03-31", "2025-03-10", "2025-04-14", "2025-05-12"),
    ("2024-02-29", "12 months", "2025-02-28", "2025-01-31", "2025-03-28", "2025-08-29"),
    ("2025-03-30", "14 days", "2025-04-13", "2025-04-10", "2025-04-16", "2025-04-20"),
    ("2025-01-20", "84 days", "2025-04-14", "2025-03-24", "2025-04-28", "2025-05-26"),
]


@pytest.mark.parametrize(("anchor", "interval", "due", "opens", "grace", "overdue"), VECTORS)
def test_reference_vectors(anchor: str, interval: str, due: str, opens: str, grace: str, overdue: str) -> None:
    found = Due.after(d(anchor), Interval.parse(interval))
    assert found.due == d(due)
    assert found.opens == d(opens)
    assert found.grace_ends == d(grace)
    assert found.overdue_ends == d(overdue)


@pytest.mark.parametrize(("anchor", "interval", "due", "opens", "grace", "overdue"), VECTORS)
def test_the_last_day_of_each_status_belongs_to_it(
    anchor: str, interval: str, due: str, opens: str, grace: str, overdue: str
) -> None:
    found, day = Due.after(d(anchor), Interval.parse(interval)), timedelta(days=1)
    assert found.status(d(opens) - day) is Status.NOT_DUE
    assert found.status(d(opens)) is found.status(d(due) - day) is Status.WINDOW_OPEN
    assert found.status(d(due)) is Status.DUE
    assert found.status(d(due) + day) is found.status(d(grace)) is Status.OVERDUE_IN_GRACE
    assert found.status(d(grace) + day) is found.status(d(overdue)) is Status.OVERDUE
    assert found.status(d(overdue) + day) is Status.CRITICAL


def test_a_due_sunday_stays_but_the_friday_before_is_suggested_for_booking() -> None:
    found = Due.after(d("2025-03-30"), Interval.parse("14 days"))
    assert found.due == d("2025-04-13")
    assert booking(found.due) == booking(d("2025-04-12")) == d("2025-04-11")
    assert booking(d("2025-04-14")) == d("2025-04-14")


@pytest.mark.parametrize(
    ("span", "grace"), [(1, 3), (14, 3), (15, 7), (35, 7), (36, 14), (92, 14), (93, 28), (3650, 28)]
)
def test_grace_by_span(span: int, grace: int) -> None:
    assert Due(d("2025-06-01"), span).grace == grace


def test_a_baseline_test_has_no_grace_once_the_medicine_has_started() -> None:
    baseline = Due(d("2025-06-02"), 28, baseline=True)
    assert baseline.status(d("2025-06-02")) is Status.DUE
    assert baseline.status(d("2025-06-03")) is Status.CRITICAL


intervals = st.builds(Interval, st.integers(1, 60), st.sampled_from(Calendar))


@given(anchor=st.dates(), interval=intervals, on=st.dates())
def test_the_days_of_a_due_test_are_in_order_and_every_day_has_one_status(
    anchor: date, interval: Interval, on: date
) -> None:
    due = Due.after(anchor, interval)
    assert anchor <= due.opens <= due.due <= due.grace_ends <= due.overdue_ends
    assert booking(due.due) <= due.due
    assert due.status(on) in Status


@given(anchor=st.dates(), interval=intervals, early=st.integers(0, 400), on=st.dates())
def test_a_later_result_never_makes_a_test_later(anchor: date, interval: Interval, early: int, on: date) -> None:
    repeat = anchor + timedelta(days=min(early, (date.max - anchor).days))
    before, after = Due.after(anchor, interval), Due.after(repeat, interval)
    assert after.due >= before.due
    assert after.status(on).urgency <= before.status(on).urgency
