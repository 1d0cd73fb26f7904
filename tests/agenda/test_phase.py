from datetime import timedelta

import pytest

from careplan.agenda import Course, established, phase_on
from careplan.model import Absent, Dose, ItemStatus, Medication, Phase, Step, Steps
from tests.agenda.base import d, every, hold, medicine


def titrated() -> Medication:
    """7.5 mg from 6 January, 10 mg from 20 January, 15 mg from 1 July 2025."""
    return medicine(
        dosage=Dose.weekly("15 mg", "monday"),
        history=(
            Step(dose=Dose.weekly("7.5 mg", "monday"), start=d("2025-01-06"), stop=d("2025-01-19")),
            Step(dose=Dose.weekly("10 mg", "monday"), start=d("2025-01-20"), stop=d("2025-06-30")),
        ),
        start="2025-01-06",
    )


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        ("2025-01-05", Phase.BASELINE),
        ("2025-01-06", Phase.INITIATION),
        ("2025-03-02", Phase.INITIATION),  # 6 weeks after the change of 20 January end on 2 March
        ("2025-03-03", Phase.TITRATION),
        ("2025-06-02", Phase.TITRATION),
        ("2025-06-03", Phase.STABLE),
        ("2025-06-30", Phase.STABLE),
        ("2025-07-01", Phase.AFTER_CHANGE),
        ("2025-08-11", Phase.AFTER_CHANGE),
        ("2025-08-12", Phase.STABLE),
    ],
)
def test_phases_follow_the_doses(day: str, phase: Phase) -> None:
    assert phase_on(titrated(), d(day)) is phase


def test_a_lower_dose_is_a_change_but_no_rise() -> None:
    tapered = medicine(
        dosage=Steps(
            steps=(
                Step(dose=Dose.daily("20 mg"), start=d("2024-01-01"), stop=d("2025-01-31")),
                Step(dose=Dose.daily("15 mg"), start=d("2025-02-01")),
            )
        ),
        start="2024-01-01",
    )
    course = Course.of(tapered)
    assert (course.changes, course.rises) == ((d("2025-02-01"),), ())
    assert phase_on(tapered, d("2025-02-01")) is Phase.STABLE


def test_the_period_counts_when_doses_are_compared() -> None:
    """15 mg daily is more than 20 mg weekly; the same amount at other times of the day is the same dose."""
    steps = (
        Step(dose=Dose.weekly("20 mg", "monday"), start=d("2025-01-01"), stop=d("2025-01-31")),
        Step(dose=Dose.daily("15 mg"), start=d("2025-02-01"), stop=d("2025-02-28")),
        Step(dose=Dose.unknown("as before"), start=d("2025-03-01"), stop=d("2025-03-31")),
    )
    course = Course.of(medicine(dosage=Steps(steps=steps), start="2025-01-01"))
    assert course.rises == (d("2025-02-01"), d("2025-03-01"))
    assert course.last == d("2025-03-31")


def test_a_hold_and_a_stop_come_before_every_other_phase() -> None:
    held = medicine(hold=hold("2025-05-01", "2025-05-20"), stop=d("2026-01-31"))
    assert phase_on(held, d("2025-05-01")) is phase_on(held, d("2025-05-19")) is Phase.HELD
    assert phase_on(held, d("2025-05-20")) is Phase.AFTER_CHANGE
    assert phase_on(held, d("2026-01-31")) is Phase.STABLE
    assert phase_on(held, d("2026-02-01")) is Phase.STOPPED
    assert phase_on(medicine(status=ItemStatus.STOPPED), d("2025-01-10")) is Phase.STOPPED


def test_an_unknown_start_gives_no_phase_but_a_known_rise_does() -> None:
    unknown = medicine(start=Absent.UNKNOWN)
    assert phase_on(unknown, d("2025-06-01")) is None
    assert established(unknown, d("2025-06-01")) is None
    risen = medicine(
        start=Absent.UNKNOWN,
        dosage=Steps(
            steps=(
                Step(dose=Dose.weekly("10 mg", "monday"), start=d("2025-01-06"), stop=d("2025-05-31")),
                Step(dose=Dose.weekly("15 mg", "monday"), start=d("2025-06-01")),
            )
        ),
    )
    assert phase_on(risen, d("2025-06-01")) is Phase.AFTER_CHANGE


def test_established_begins_with_the_stable_phase_and_ends_with_the_medicine() -> None:
    taken = medicine(stop=d("2026-01-01"))
    assert established(taken, d("2025-05-16")) is False
    assert established(taken, d("2025-05-17")) is True
    assert established(taken, d("2026-01-02")) is False


def test_a_change_within_the_time_of_stability_starts_it_again() -> None:
    course = Course.of(titrated())
    assert course.unchanged_for(every("2 weeks"), d("2025-01-06")) == d("2025-01-20")
    assert course.unchanged_for(every("15 days"), d("2025-01-06")) == d("2025-01-20") + timedelta(days=15)
