"""What holds for every plan: windows, horizons, order, and that more tests never make a test late."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from attrs import evolve
from hypothesis import given, settings, strategies as st

from careplan.agenda import Lateness, Occasion, Watch, overdue, schedule
from careplan.model import (
    Absent,
    Calendar,
    CarePlan,
    Component,
    Continuous,
    Dose,
    Every,
    Goal,
    Hold,
    Immunosuppressant,
    Interval,
    Monitoring,
    Patient,
    Phase,
    PhaseInterval,
    Quantity,
    Result,
    Role,
    Sex,
    Step,
    Steps,
    Therapy,
    Weekday,
    Weekly,
)
from tests.agenda.base import STANDARD, base, drug, row

KNOWN = base(
    drug("a", *STANDARD),
    drug("b", row("g", "start", at=["2 weeks", "8 weeks"], baseline=True), row("g", "stable", every="3 months")),
    drug(
        "c",
        row("g", "stable", tests=["egfr", "weight"], every="12 months"),
        row("h", "stable", every="1 month", when="x"),
    ),
)
some = settings(max_examples=40)
"""Plans take long to draw."""
DAILY = Interval(1, Calendar.DAY)
TESTS = ("hb", "plt", "alt", "creatinine", "weight")
days = st.dates(date(2023, 10, 1), date(2025, 3, 31))
maybe_days = st.one_of(days, st.just(Absent.UNKNOWN))
intervals = st.builds(Interval, st.integers(1, 18), st.sampled_from(Calendar)).filter(lambda i: i.shortest_days < 800)
weekdays = st.lists(st.sampled_from(Weekday), min_size=1, max_size=3, unique=True).map(tuple)
doses = st.one_of(
    st.builds(lambda n: Dose.daily("5 mg", n), st.integers(1, 3)),
    st.builds(lambda names: Dose.weekly("15 mg", *names), weekdays),
    st.builds(lambda i: Dose(amount=Quantity.parse("40 mg"), timing=Every(interval=i)), intervals),
    st.builds(lambda h: Dose.continuous("10 ug/h", h), st.integers(1, 400)),
    st.just(Dose.unknown()),
)


@st.composite
def dosages(draw: st.DrawFn) -> Dose | Steps:
    if draw(st.booleans()):
        return draw(doses)
    steps, start = [], draw(days)
    for length in draw(st.lists(st.integers(1, 90), min_size=1, max_size=3)):
        stop = start + timedelta(days=length - 1)
        steps.append(Step(dose=draw(doses), start=start, stop=stop))
        start = stop + timedelta(days=1)
    return Steps(steps=tuple(steps))


@st.composite
def medicines(draw: st.DrawFn, name: str) -> Immunosuppressant:
    start, since, length = draw(maybe_days), draw(days), draw(st.one_of(st.none(), st.integers(0, 900)))
    pause = st.builds(lambda n: Hold(since=since, reason="ill", until=since + timedelta(days=n)), st.integers(0, 90))
    return Immunosuppressant(
        id=name,
        drug=name,
        dosage=draw(dosages()),
        start=start,
        stop=start + timedelta(days=length) if isinstance(start, date) and length is not None else None,
        hold=draw(st.one_of(st.none(), st.just(Hold(since=since, reason="ill")), pause)),
    )


@st.composite
def monitoring(draw: st.DrawFn) -> Monitoring:
    phases = st.one_of(st.none(), st.sampled_from(Phase))
    rhythms = st.lists(st.builds(PhaseInterval, every=intervals, phase=phases), max_size=3)
    return Monitoring(
        id="bloods",
        tests=draw(st.lists(st.sampled_from(("fbc", "alt", "egfr", "weight")), min_size=1, unique=True).map(tuple)),
        about=draw(st.sampled_from(((), ("a",), ("a", "b")))),
        intervals=tuple(draw(rhythms)),
        start=draw(maybe_days),
        acted_on_by=draw(st.one_of(st.none(), st.just(Role.GP))),
    )


one_result = st.builds(Result, test=st.sampled_from(TESTS), value=st.just(Quantity.parse("1 g/L")), date=days)


@st.composite
def plans(draw: st.DrawFn) -> CarePlan:
    rhythms = st.one_of(st.builds(Weekly, days=weekdays), st.builds(Every, interval=intervals))
    therapy = Therapy(
        id="physio",
        therapy="physio",
        frequency=draw(rhythms),
        sessions=draw(st.one_of(st.just(Absent.UNKNOWN), st.integers(1, 20))),
        start=draw(maybe_days),
    )
    components: tuple[Component, ...] = (*(draw(medicines(name)) for name in "abc"), draw(monitoring()), therapy)
    results = tuple(draw(st.lists(one_result, max_size=12)))
    return CarePlan(
        id="plan",
        title="Plan",
        created=draw(days),
        patient=Patient(name="A", birth_date=date(1970, 5, 1), sex=Sex.FEMALE, results=results),
        components=components,
        goals=(Goal(id="walk", description="Walk", due=draw(st.one_of(st.none(), days))),),
        review_by=draw(st.one_of(st.none(), days)),
    )


@some
@given(plan=plans(), on=days, weeks=st.integers(1, 60))
def test_events_lie_in_their_windows_and_in_the_horizon(plan: CarePlan, on: date, weeks: int) -> None:
    agenda = schedule(plan, on=on, knowledge=KNOWN, weeks=weeks)
    for event in agenda.events:
        assert event.window.opens <= event.date <= event.window.closes
        assert event.date <= agenda.until == on + timedelta(weeks=weeks)
        assert event.date >= on or (event.status.late and event.occasion.waits)
        assert event.booking <= event.date
    assert list(agenda.events) == sorted(agenda.events, key=lambda event: event.date)


@some
@given(plan=plans(), on=days, weeks=st.integers(2, 60), data=st.data())
def test_a_shorter_horizon_gives_the_beginning_of_the_same_events(
    plan: CarePlan, on: date, weeks: int, data: st.DataObject
) -> None:
    split = data.draw(st.integers(1, weeks - 1))
    whole = schedule(plan, on=on, knowledge=KNOWN, weeks=weeks)
    part = schedule(plan, on=on, knowledge=KNOWN, weeks=split)
    rest = whole.between(part.until + timedelta(days=1), whole.until)
    assert part.events + rest == whole.events
    assert part.unscheduled == whole.unscheduled


@some
@given(plan=plans(), on=days, seed=st.integers())
def test_the_order_of_the_plan_does_not_matter(plan: CarePlan, on: date, seed: int) -> None:
    def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(Random(seed).sample(items, len(items)))

    patient = evolve(plan.patient, results=shuffled(plan.patient.results))
    other = evolve(plan, components=shuffled(plan.components), patient=patient)
    first, second = (schedule(each, on=on, knowledge=KNOWN) for each in (plan, other))
    assert (first.events, first.unscheduled) == (second.events, second.unscheduled)


@some
@given(plan=plans(), on=days, test=st.sampled_from(TESTS), day=days)
def test_one_more_result_never_makes_a_test_late(plan: CarePlan, on: date, test: str, day: date) -> None:
    more = (*plan.patient.results, Result(test=test, value=Quantity.parse("1 g/L"), date=min(day, on)))
    before = Watch.of(plan, on, KNOWN)
    after = Watch.of(evolve(plan, patient=evolve(plan.patient, results=more)), on, KNOWN)
    for name in "abc":
        for by in Lateness:
            if overdue(before, name, by=by) is False:
                assert overdue(after, name, by=by) is False


@some
@given(plan=plans(), on=days)
def test_what_is_late_by_half_is_late_by_grace(plan: CarePlan, on: date) -> None:
    watch = Watch.of(plan, on, KNOWN)
    for name in "abc":
        if overdue(watch, name, by=Lateness.HALF) is True:
            assert overdue(watch, name) is True


def endless(plan: CarePlan) -> CarePlan:
    """The plan with simple doses, without pauses and last days."""
    components = tuple(
        evolve(each, stop=None, hold=None, dosage=each.doses[0]) if isinstance(each, Immunosuppressant) else each
        for each in plan.components
    )
    return evolve(plan, components=components)


@some
@given(plan=plans(), on=days)
def test_nothing_is_left_out_silently(plan: CarePlan, on: date) -> None:
    whole = endless(plan)
    agenda = schedule(whole, on=on, knowledge=base(*(drug(name) for name in "abc")), weeks=200)
    dated = {name for event in agenda.events for name in event.subjects}
    named = dated.union(*(entry.subjects for entry in agenda.unscheduled))
    for medicine in whole.medicines:
        (dose,) = medicine.doses
        rare = dose.frequency is None or dose.frequency.days_per_week <= 3
        assert medicine.id in named or not rare or isinstance(dose.timing, Every | Continuous)
    (therapy,) = whole.therapies
    assert "physio" in named or isinstance(therapy.sessions, int) or therapy.frequency == Every(interval=DAILY)
    (bloods,) = whole.monitoring
    assert "bloods" in named or not bloods.intervals


@some
@given(plan=plans(), on=days)
def test_tests_are_never_further_apart_than_the_strictest_interval(plan: CarePlan, on: date) -> None:
    """The standard schedule never leaves more than 12 weeks between two tests, and never two on one day."""
    taken = evolve(next(m for m in plan.medicines if m.id == "a"), start=date(2020, 1, 1), stop=None, hold=None)
    agenda = schedule(evolve(plan, components=(taken,), goals=()), on=on, knowledge=KNOWN, weeks=104)
    drawn = [event.date for event in agenda.events if event.occasion is Occasion.TEST and "hb" in event.tests]
    gaps = [max(after, on) - max(before, on) for before, after in pairwise(drawn)]
    assert all(timedelta(0) < gap <= timedelta(weeks=12) for gap in gaps)
