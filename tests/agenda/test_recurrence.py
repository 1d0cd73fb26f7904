from datetime import date, timedelta
from itertools import count, takewhile

from hypothesis import given, strategies as st

from careplan.agenda.recurrence import longest_days, on_weekdays, repeated, repeated_hours
from careplan.model import Calendar, Interval

days = st.dates(date(2020, 1, 1), date(2028, 12, 31))
intervals = st.builds(Interval, st.integers(1, 60), st.sampled_from(Calendar))


def test_monthly_from_the_31st_comes_back_to_the_31st() -> None:
    found = list(repeated(date(2024, 1, 31), Interval.parse("1 month"), date(2024, 2, 1), date(2024, 5, 31)))
    assert found == [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31)]


def test_yearly_from_a_leap_day() -> None:
    found = list(repeated(date(2024, 2, 29), Interval.parse("1 year"), date(2024, 1, 1), date(2028, 12, 31)))
    assert [day.isoformat() for day in found] == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_hours_that_are_no_whole_days_keep_their_pace() -> None:
    found = list(repeated_hours(date(2025, 1, 6), 84, date(2025, 1, 6), date(2025, 1, 20)))
    assert [day.day for day in found] == [6, 9, 13, 16, 20]


def test_weekdays_in_order() -> None:
    found = list(on_weekdays((0, 3), date(2025, 1, 8), date(2025, 1, 16)))
    assert [day.day for day in found] == [9, 13, 16]


@given(origin=days, interval=intervals, first=days, length=st.integers(0, 800))
def test_a_window_of_repeats_holds_all_of_them_and_no_other(
    origin: date, interval: Interval, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    plain = takewhile(lambda day: day <= last, (interval.after(origin, n) for n in count()))
    assert list(repeated(origin, interval, first, last)) == [day for day in plain if day >= first]


@given(origin=days, hours=st.integers(1, 400), shift=st.integers(-50, 50), length=st.integers(0, 100))
def test_a_window_of_hours_is_a_part_of_the_whole(origin: date, hours: int, shift: int, length: int) -> None:
    first = origin + timedelta(days=shift)
    last = first + timedelta(days=length)
    whole = {origin + timedelta(days=n * hours // 24) for n in range(200 * 24 // hours + 1)}
    assert list(repeated_hours(origin, hours, first, last)) == sorted(day for day in whole if first <= day <= last)


@given(weekdays=st.sets(st.integers(0, 6), min_size=1), first=days, length=st.integers(0, 60))
def test_weekdays_are_those_days_and_all_of_them(weekdays: set[int], first: date, length: int) -> None:
    window = [first + timedelta(days=n) for n in range(length + 1)]
    assert list(on_weekdays(weekdays, first, window[-1])) == [day for day in window if day.weekday() in weekdays]


@given(interval=intervals, day=days)
def test_longest_days_is_never_exceeded(interval: Interval, day: date) -> None:
    assert (interval.after(day) - day).days <= longest_days(interval)
