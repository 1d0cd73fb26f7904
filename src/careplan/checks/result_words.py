"""Words about results: laboratory, vital signs, screenings."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

import attrs

from careplan.checks.heard import Heard, lack, unknown
from careplan.measures.body import BodyWeight
from careplan.measures.kidney import Equation, cockcroft_gault, egfr
from careplan.measures.undefined import NotDefinedError
from careplan.model import (
    Absent,
    Comparator,
    Jurisdiction,
    Outcome,
    Pregnancy,
    PregnancyStatus,
    Quantity,
    Result,
    Unit,
    UnitError,
    plain,
)
from careplan.rules import ENDLESS, FALSE, Call, Fact, Gap, Number, Span
from careplan.rules.matching import NOT_DONE

if TYPE_CHECKING:
    from careplan.checks.case import Case, View

_RUN_RESULTS, _RUN_DAYS = 3, 28
_DAYS_OF_PREGNANCY = 280
_BASELINE_RESULTS = 3


def results(case: "Case", test: str) -> list[tuple[int, Result]]:
    """Final results of a test up to the review day, oldest first, with their places in the plan."""
    return case.results_by_test.get(test, [])


def fresh(view: "View", test: str) -> Quantity | None:
    """The latest value of a test that is still fresh."""
    found = results(view.case, test)
    return found[-1][1].value if found and _is_fresh(view, test, found[-1][1]) else None


def _is_fresh(view: "View", test: str, result: Result, within: int | None = None) -> bool:
    """Whether a result still counts: for as long as its test's page says, less where a row of it says so."""
    lookup = view.case.lookup
    age = (view.case.on - result.date).days
    if within is not None and age > within:
        return False
    if view.case.trusting:
        return True
    return age <= lookup.fresh_days(test) and all(
        age <= days or sentence.truth(view) is FALSE for days, sentence in lookup.fresh_if(test)
    )


def _fact(test: str, number: int, result: Result, value: Number | None, unit: str) -> Fact:
    shown = value if value is not None else result.value.value
    return Fact(about=test, label=test.replace("-", " "), value=shown, unit=unit, date=result.date,
                path=f"$.patient.results[{number}]")  # fmt: skip


def _converted(case: "Case", test: str, result: Result) -> Decimal | None:
    """The value in the unit of the test's page, if it converts and is possible."""
    analyte = case.lookup.analyte(test)
    if analyte is None or analyte.unit is None:
        return None
    try:
        value = analyte.number(result.value)
    except UnitError:
        return None
    possible = analyte.plausible
    return value if possible is None or possible.low <= value <= possible.high else None


def _reading(
    case: "Case", test: str, number: int, result: Result, *, per_limit: bool
) -> tuple[Number | Span | None, Fact]:
    """One result as a number (or a range, for "<5") with its fact; None if it cannot be used."""
    analyte = case.lookup.analyte(test)
    unit = analyte.unit.value if analyte is not None and analyte.unit is not None else result.value.unit.value
    value = _converted(case, test, result)
    if value is not None and per_limit:
        value = None if result.upper_limit is None else result.value.value / result.upper_limit
        unit = "times the upper limit of normal"
    fact = _fact(test, number, result, None if value is None else _rounded(value), unit)
    if value is None:
        return None, fact
    if result.comparator is Comparator.LESS:
        return Span(0, value, high_open=True), fact
    if result.comparator is Comparator.GREATER:
        return Span(value, ENDLESS, low_open=True), fact
    return value, fact


def _rounded(value: Decimal) -> Decimal:
    return Decimal(plain(round(value, 2)))


def latest(view: "View", call: Call) -> Heard:
    """The latest value, in the unit of the test's page or as a multiple of the upper limit."""
    test, options = call.names[0], call.keywords
    derived = _DERIVED.get(test)
    if derived is not None:
        heard = derived(view)
        if heard is not None:
            return heard
    found = results(view.case, test)
    gap = lack(Gap.TEST, test, view.case.lookup.called(test), "$.patient.results")
    if not found:
        return unknown(gap)
    last_day = [pair for pair in found if pair[1].date == found[-1][1].date]
    readings = [_reading(view.case, test, *pair, per_limit=options["per"] is not None) for pair in last_day]
    value, facts = _together([value for value, _ in readings]), tuple(fact for _, fact in readings)
    wanted = attrs.evolve(gap, path=facts[-1].path, last=facts[-1])
    within = None if options["within"] is None else int(options["within"])
    if value is None or not _is_fresh(view, test, found[-1][1], within):
        return unknown(wanted)
    return Heard(value, facts, (wanted,)) if isinstance(value, Span) else Heard(value, facts[-1:])


def _together(values: list[Number | Span | None]) -> Number | Span | None:
    """The results of one day, which nothing tells the order of: a range, unless they are the same."""
    if None in values or len(set(values)) == 1:
        return None if None in values else values[0]
    ends = [end for each in values for end in ((each.low, each.high) if isinstance(each, Span) else (each,))]
    known = [end for end in ends if end is not None]
    return Span(min(known), max(known))


def _creatinine_clearance(view: "View") -> Heard | None:
    """Cockcroft-Gault from the latest creatinine and actual weight; a recorded clearance wins if it is newer."""
    case, person = view.case, view.case.plan.patient
    creatinine, weight = fresh(view, "creatinine"), case.weight
    recorded = results(case, "crcl")
    if creatinine is None or weight is None:
        wanted = {"creatinine": creatinine, "weight": weight}
        lacks = (lack(Gap.TEST, test, case.lookup.called(test)) for test, value in wanted.items() if value is None)
        return None if recorded else unknown(*lacks)
    last = results(case, "creatinine")[-1][1].date
    if recorded and recorded[-1][1].date >= last:
        return None
    try:
        clearance = cockcroft_gault(creatinine, age=person.age(view.day), sex=person.sex, weight=BodyWeight(weight))
    except (NotDefinedError, UnitError):
        return (
            None if recorded else unknown(lack(Gap.TEST, "crcl", "creatinine clearance (age, sex, creatinine, weight)"))
        )
    value = Decimal(plain(round(clearance.value.value, 1)))
    working = f"Cockcroft-Gault: creatinine {creatinine}, weight {weight}, age {person.age(view.day)}"
    return Heard(value, (Fact(about="crcl", label="creatinine clearance", value=value, unit=Unit.ML_PER_MIN.value,
                              date=last, working=working),))  # fmt: skip


def _gestation(view: "View") -> Heard | None:
    recorded = view.case.plan.patient.pregnancy
    if not isinstance(recorded, Pregnancy) or recorded.status is not PregnancyStatus.PREGNANT:
        return None
    if recorded.due is not None:
        weeks = (_DAYS_OF_PREGNANCY - (recorded.due - view.day).days) // 7
    elif isinstance(recorded.weeks, int):
        weeks = recorded.weeks + (view.day - recorded.recorded).days // 7
    else:
        return unknown(lack(Gap.TEST, "gestation-weeks", "weeks of pregnancy", "$.patient.pregnancy"))
    return Heard(weeks, (Fact(about="gestation-weeks", label="pregnancy", value=weeks, unit="weeks",
                              path="$.patient.pregnancy"),))  # fmt: skip


def _filtration(view: "View") -> Heard | None:
    """CKD-EPI from a creatinine that is newer than the last reported eGFR: the laboratory's own value wins.

    UK and EU laboratories report the 2009 equation, the US the one of 2021; where the country is not set, the lower
    of the two counts.
    """
    case, person = view.case, view.case.plan.patient
    creatinine, reported = fresh(view, "creatinine"), results(case, "egfr")
    if creatinine is None:
        return None
    number, last = results(case, "creatinine")[-1]
    if last.comparator is not None or (reported and reported[-1][1].date >= last.date):
        return None
    try:
        values = [egfr(creatinine, age=person.age(view.day), sex=person.sex, equation=equation).value
                  for equation in _EQUATIONS[case.plan.jurisdiction]]  # fmt: skip
    except (NotDefinedError, UnitError):
        return None
    value = Decimal(plain(round(min(values), 0)))
    working = f"CKD-EPI: creatinine {creatinine}, age {person.age(view.day)}"
    return Heard(value, (Fact(about="egfr", label=case.lookup.called("egfr"), value=value,
                              unit=Unit.ML_PER_MIN_173.value, date=last.date, working=working,
                              path=f"$.patient.results[{number}]"),))  # fmt: skip


_EQUATIONS = {
    Jurisdiction.UK: (Equation.CKD_EPI_2009,),
    Jurisdiction.EU: (Equation.CKD_EPI_2009,),
    Jurisdiction.US: (Equation.CKD_EPI_2021,),
    None: (Equation.CKD_EPI_2009, Equation.CKD_EPI_2021),
}
_DERIVED = {"crcl": _creatinine_clearance, "egfr": _filtration, "gestation-weeks": _gestation}
_WORKED_OUT_FROM = {"egfr": ("creatinine",)}
"""A test is as old as the one that its value can be worked out from."""


def age_of(view: "View", call: Call) -> Heard:
    """Days since the last final result; endless if there is none. A panel is as old as its oldest part."""
    test = call.names[0]
    case = view.case
    if not case.plan.patient.results:
        return unknown(lack(Gap.TEST_SOURCE, "results", "results (none on record)", "$.patient.results"))
    found = sorted(
        (each for served in (test, *_WORKED_OUT_FROM.get(test, ())) for each in results(case, served)),
        key=lambda pair: pair[1].date,
    )
    if not found:
        parts = case.lookup.panel(test)
        dated = [results(case, part)[-1:] for part in parts]
        if not parts or not all(dated):
            return Heard(ENDLESS, (Fact(about=test, label=f"{case.lookup.called(test)} (no result on record)"),))
        found = [min((each[0] for each in dated), key=lambda pair: pair[1].date)]
    number, result = found[-1]
    days = (case.on - result.date).days
    return Heard(days, (Fact(about=test, label=case.lookup.called(test), value=days, unit="days ago",
                             date=result.date, path=f"$.patient.results[{number}]"),))  # fmt: skip


def change(view: "View", call: Call) -> Heard:
    """Signed change of a result in percent. The latest result must be a fresh number; an earlier one, a number."""
    test, since = call.names[0], call.keywords["since"]
    gap = lack(Gap.TEST, test, f"earlier {view.case.lookup.called(test)}", "$.patient.results")
    found = [
        (number, result, None if result.comparator is not None else _converted(view.case, test, result))
        for number, result in results(view.case, test)
    ]
    series = [(number, result, value) for number, result, value in found if value is not None]
    if not series or series[-1][1] is not found[-1][1] or not _is_fresh(view, test, series[-1][1]):
        return unknown(attrs.evolve(gap, label=view.case.lookup.called(test)))
    before = _reference(view, series, since)
    if before is None:
        return unknown(gap)
    number, result, value = series[-1]
    working = f"{plain(before)} to {plain(value)}"
    fact = Fact(about=test, label=f"change of {test.replace('-', ' ')}", unit="%", date=result.date,
                path=f"$.patient.results[{number}]", working=working)  # fmt: skip
    if before == 0:
        return Heard(ENDLESS if value > 0 else 0, (fact,))
    percent = round((value - before) * 100 / before, 1)
    return Heard(percent, (attrs.evolve(fact, value=percent),))


def _reference(view: "View", series: list[tuple[int, Result, Decimal]], since: object) -> Decimal | None:
    if since == "run":
        return _run_start(series)
    if isinstance(since, int):
        wanted = view.case.on - timedelta(days=since)
        earlier = [value for _, result, value in series[:-1] if result.date <= wanted]
        return earlier[-1] if earlier else None
    start = _treatment_start(view)
    if start is None or series[-1][1].date <= start:
        return None
    earlier = [value for _, result, value in series if result.date <= start]
    if since == "start":
        return earlier[-1] if earlier else None
    return median(earlier[-_BASELINE_RESULTS:]) if earlier else None


def _treatment_start(view: "View") -> date | None:
    """The start of the rule's item, or of the medicine begun last."""
    if view.item is not None:
        return view.item.first_day
    starts = [item.first_day for item in view.case.items if item.on(view.day) and item.first_day is not None]
    return max(starts, default=None)


def _run_start(series: list[tuple[int, Result, Decimal]]) -> Decimal | None:
    """The value that an unbroken rise or fall began with, if the run is long enough."""
    if len(series) < _RUN_RESULTS:
        return None
    rising = series[-1][2] > series[-2][2]
    at = len(series) - 1
    while at > 0 and series[at][2] != series[at - 1][2] and (series[at][2] > series[at - 1][2]) is rising:
        at -= 1
    run = series[at:]
    if len(run) < _RUN_RESULTS or (run[-1][1].date - run[0][1].date).days < _RUN_DAYS:
        return None
    return run[0][2]


def screen(view: "View", call: Call) -> Heard:
    """The recorded category of a screening test, or "not-done"."""
    test = call.names[0]
    done = [
        (number, each)
        for number, each in enumerate(view.case.plan.patient.screenings)
        if each.test == test and not (isinstance(each.date, date) and each.date > view.case.on)
    ]
    if not done:
        return Heard(NOT_DONE, (Fact(about=test, label=f"{test.replace('-', ' ')} screening", value="not recorded"),))
    dated = [pair for pair in done if isinstance(pair[1].date, date)]
    last_day = max((pair[1].date for pair in dated if isinstance(pair[1].date, date)), default=None)
    standing = [pair for pair in done if pair[1].date == last_day or isinstance(pair[1].date, Absent)]
    number, latest_one = min(standing, key=lambda pair: (pair not in dated, pair[1].outcome.value))
    contradicted = any(each.outcome is not latest_one.outcome for _, each in standing)
    taken = latest_one.date if isinstance(latest_one.date, date) else None
    outcome = latest_one.outcome
    fact = Fact(about=test, label=f"{test.replace('-', ' ')} screening", value=outcome.value, date=taken,
                path=f"$.patient.screenings[{number}]")  # fmt: skip
    valid = view.case.lookup.screen_days(test)
    stale = valid is not None and (taken is None or (view.case.on - taken).days > valid)
    if isinstance(outcome, Absent) or outcome in (Outcome.PENDING, Outcome.INDETERMINATE) or stale or contradicted:
        return unknown(lack(Gap.SCREEN, test, f"{test.replace('-', ' ')} screening", fact.path, fact))
    return Heard(outcome.value, (fact,))


WORDS = {
    "latest": latest,
    "age_of": age_of,
    "change": change,
    "screen": screen,
}
