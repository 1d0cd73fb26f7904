from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from careplan.exchange.fhir import Kind
from careplan.model import (
    Absent,
    AsNeeded,
    Continuous,
    Daily,
    DayPattern,
    Dose,
    Every,
    EveryHours,
    Interval,
    Once,
    Quantity,
    Route,
    Steps,
    Timing,
    Weekday,
    Weekly,
)
from tests.exchange.bundles import amount, coded, dosage, imported, only_medicine, order, whats, words

MG = Quantity.parse


def dose_of(*dosages: Any, drug: str = "Methotrexate 2.5mg tablets") -> Dose:
    found = only_medicine(imported(order(drug, *dosages))).dosage
    assert isinstance(found, Dose)
    return found


@pytest.mark.parametrize(
    ("repeat", "timing"),
    [
        ({"frequency": 1, "period": 1, "periodUnit": "d"}, Daily()),
        ({"frequency": 3, "period": 1, "periodUnit": "d"}, Daily(times=3)),
        ({"frequency": 2, "period": 24, "periodUnit": "h"}, Daily(times=2)),
        ({"period": 1, "periodUnit": "d"}, Daily()),
        ({"frequency": 1, "period": 6, "periodUnit": "h"}, EveryHours(hours=6)),
        ({"frequency": 1, "period": 336, "periodUnit": "h"}, Every(interval=Interval.parse("14 d"))),
        ({"frequency": 1, "period": 2, "periodUnit": "d"}, Every(interval=Interval.parse("2 d"))),
        ({"frequency": 1, "period": 1, "periodUnit": "wk"}, Every(interval=Interval.parse("1 wk"))),
        ({"frequency": 1, "period": 8, "periodUnit": "wk"}, Every(interval=Interval.parse("8 wk"))),
        ({"frequency": 1, "period": 6, "periodUnit": "mo"}, Every(interval=Interval.parse("6 mo"))),
        ({"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}, Weekly(days=(Weekday.MONDAY,))),
        (
            {"frequency": 2, "period": 1, "periodUnit": "wk", "dayOfWeek": ["thu", "mon"]},
            Weekly(days=(Weekday.MONDAY, Weekday.THURSDAY)),
        ),
        (
            {"frequency": 4, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon"]},
            Weekly(days=(Weekday.MONDAY,), times=4),
        ),
        ({"dayOfWeek": ["sat", "sun"]}, Weekly(days=(Weekday.SATURDAY, Weekday.SUNDAY))),
        ({"when": ["MORN"]}, DayPattern(morning=Decimal(1))),
        (
            {"frequency": 2, "period": 1, "periodUnit": "d", "when": ["ACM", "HS"]},
            DayPattern(morning=Decimal(1), night=Decimal(1)),
        ),
        ({"timeOfDay": ["08:00:00", "20:00:00"]}, Daily(times=2)),
        ({"count": 1}, Once()),
    ],
)
def test_structured_timing_has_one_typed_counterpart(repeat: dict[str, Any], timing: Timing) -> None:
    assert dose_of(dosage(5, "mg", **repeat)) == Dose(amount=MG("5 mg"), timing=timing)


@pytest.mark.parametrize(
    "repeat",
    [
        {"frequency": 3, "period": 1, "periodUnit": "wk"},  # three days that nobody names
        {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "thu"]},  # once, or on both days?
        {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"},
        {"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d"},
        {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["monday"]},
        {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "mo"]},
        {"frequency": 3, "period": 1, "periodUnit": "d", "when": ["MORN", "NOON", "EVE", "HS"]},
        {"frequency": 2},
        {"frequency": 1, "period": 1},
        {"frequency": 0, "period": 1, "periodUnit": "d"},
        {"frequency": -1, "period": 1, "periodUnit": "wk"},
        {"frequency": 1, "period": 0, "periodUnit": "wk"},
        {"frequency": 1, "period": 15, "periodUnit": "min"},
        {"frequency": 1, "period": 1e9, "periodUnit": "wk"},
        {"frequency": "1", "period": 1, "periodUnit": "d"},
    ],
)
def test_what_is_no_single_rhythm_is_left_unknown_and_said(repeat: dict[str, Any]) -> None:
    result = imported(order("Methotrexate 2.5mg tablets", dosage(5, "mg", text="as told", **repeat)))
    assert only_medicine(result).dosage == Dose(amount=MG("5 mg"), timing=Absent.UNKNOWN, text="as told")
    assert any("repeat" in note.path for note in result.notes)


@pytest.mark.parametrize(
    ("code", "timing"),
    [
        ("QD", Daily()),
        ("BID", Daily(times=2)),
        ("Q6H", EveryHours(hours=6)),
        ("QOD", Every(interval=Interval.parse("2 d"))),
        ("WK", Every(interval=Interval.parse("1 wk"))),
        ("BED", DayPattern(night=Decimal(1))),
    ],
)
def test_abbreviations_are_timings(code: str, timing: Timing) -> None:
    system = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
    dosed = {"timing": {"code": coded(system, code)}, "doseAndRate": [{"doseQuantity": amount(5, "mg")}]}
    assert dose_of(dosed).timing == timing


def test_abbreviation_and_structure_that_contradict_each_other_leave_the_timing_unknown() -> None:
    dosed = dosage(5, "mg", frequency=1, period=1, periodUnit="d")
    dosed["timing"]["code"] = words("BID")
    assert dose_of(dosed).timing is Absent.UNKNOWN


@pytest.mark.parametrize(
    ("text", "repeat"),
    [
        ("15 mg once weekly", {"frequency": 1, "period": 1, "periodUnit": "d"}),
        ("15 mg once a week on Monday", {"frequency": 1, "period": 1, "periodUnit": "d"}),
        ("15 mg every Monday", {"frequency": 1, "period": 1, "periodUnit": "d"}),
        ("15 mg on Tuesdays", {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}),
        ("15 mg daily", {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}),
        ("15 mg a day", {"frequency": 1, "period": 1, "periodUnit": "wk"}),
        ("15 mg twice daily", {"frequency": 1, "period": 2, "periodUnit": "d"}),
        ("15 mg daily for 4 days", {"frequency": 4, "period": 1, "periodUnit": "d"}),
        ("15 mg every 12 hours", {"frequency": 1, "period": 6, "periodUnit": "h"}),
        ("15 mg q8h", {"frequency": 1, "period": 12, "periodUnit": "h"}),
        ("15 mg every 2 weeks", {"frequency": 1, "period": 1, "periodUnit": "wk"}),
        ("15 mg monthly", {"frequency": 1, "period": 1, "periodUnit": "wk"}),
        ("15 mg bd", {"frequency": 3, "period": 1, "periodUnit": "d"}),
    ],
)
def test_words_against_structure_leave_the_timing_unknown(text: str, repeat: dict[str, Any]) -> None:
    result = imported(order("Methotrexate 2.5mg tablets", dosage(15, "mg", text=text, **repeat)))
    assert only_medicine(result).dosage == Dose(amount=MG("15 mg"), timing=Absent.UNKNOWN, text=text)
    assert "timing contradicted" in whats(result.accounts[1])


@pytest.mark.parametrize(
    ("text", "repeat"),
    [
        ("15 mg ONCE A WEEK on MONDAY", {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}),
        ("once weekly, never daily", {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}),
        ("six tablets weekly", {"frequency": 1, "period": 1, "periodUnit": "wk"}),
        ("600 mg daily in 2 divided doses", {"frequency": 2, "period": 1, "periodUnit": "d"}),
        ("2 tablets a day", {"frequency": 2, "period": 1, "periodUnit": "d"}),
        ("three times a day, no more than 4 tablets per day", {"frequency": 3, "period": 1, "periodUnit": "d"}),
        ("every 8 hours", {"frequency": 1, "period": 8, "periodUnit": "h"}),
        (
            "4 times daily on Monday of each week",
            {"frequency": 4, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon"]},
        ),
        ("every fortnight", {"frequency": 1, "period": 2, "periodUnit": "wk"}),
        ("daily starting Monday", {"frequency": 1, "period": 1, "periodUnit": "d"}),
        ("as directed", {"frequency": 1, "period": 1, "periodUnit": "d"}),
    ],
)
def test_words_that_say_the_same_let_the_structure_stand(text: str, repeat: dict[str, Any]) -> None:
    assert not isinstance(dose_of(dosage(300, "mg", text=text, **repeat), drug="Gabapentin").timing, Absent)


def test_words_with_a_second_rhythm_are_pointed_out() -> None:
    text = "20 mg daily for a start, then weekly"
    result = imported(order("Prednisolone", dosage(20, "mg", text=text, frequency=1, period=1, periodUnit="d")))
    assert only_medicine(result).doses[0].timing == Daily()
    assert any(note.kind is Kind.GUESSED and note.text == text for note in result.notes)


@pytest.mark.parametrize(
    ("text", "value", "known"),
    [
        ("take 10 mg", 10, True),
        ("take 10 mg", 100, False),
        ("take two 2.5 mg tablets", 5, True),
        ("take 2.5 mg", 5, False),
        ("20 mg per day in two doses", 10, True),
        ("500 micrograms", 0.5, True),
        ("take one tablet", 10, True),
    ],
)
def test_words_with_another_amount_leave_the_amount_unknown(text: str, value: float, *, known: bool) -> None:
    dose = dose_of(dosage(value, "mg", text=text, frequency=2, period=1, periodUnit="d"))
    assert isinstance(dose.amount, Quantity) is known


def test_an_order_without_dosage_is_a_medicine_whose_dose_is_unknown() -> None:
    request = order("Ibuprofen 200 MG Oral Tablet")
    del request["dosageInstruction"]
    result = imported(request)
    assert only_medicine(result).dosage == Dose.unknown()
    assert whats(result.accounts[1]) >= {"no dosage"}


def test_words_alone_are_kept_and_not_interpreted() -> None:
    result = imported(order("Ibuprofen", {"text": "one tablet three times a day"}))
    assert only_medicine(result).dosage == Dose.unknown("one tablet three times a day")
    assert whats(result.accounts[1]) >= {"dosage in words only"}


def test_a_range_of_amounts_is_never_narrowed() -> None:
    ranged = {"low": amount(1, "{tablet}"), "high": amount(2, "{tablet}")}
    dosed = {
        "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
        "doseAndRate": [{"doseRange": ranged}],
    }
    medicine = only_medicine(imported(order("Ibuprofen", dosed)))
    assert medicine.doses[0] == Dose(amount=Absent.UNKNOWN, timing=Daily())
    assert medicine.notes == "amount as recorded: 1-2 {tablet}"


@pytest.mark.parametrize(
    ("value", "unit"),
    [(0, "mg"), (-5, "mg"), ("5", "mg"), (5, "mg/m2"), (True, "mg"), (1e30, "mg"), (None, "mg"), (float("nan"), "mg")],
)
def test_an_impossible_amount_is_unknown(value: object, unit: str) -> None:
    result = imported(order("Methotrexate", dosage(value, unit, frequency=1, period=1, periodUnit="wk")))
    assert only_medicine(result).doses[0].amount is Absent.UNKNOWN
    assert any("doseQuantity" in note.path or "doseAndRate" in note.path for note in result.notes)


def test_a_bare_number_counts_what_the_name_says() -> None:
    result = imported(order("Ibuprofen 200 MG Oral Tablet", dosage(2, None, frequency=3, period=1, periodUnit="d")))
    medicine = only_medicine(result)
    assert medicine.doses[0].amount == MG("2 tablets")
    assert medicine.amounts(medicine.doses[0])["ibuprofen"].daily == MG("1200 mg")
    assert any("no unit is given" in note.why for note in result.notes)


def test_a_bare_number_of_an_unknown_thing_stays_in_words() -> None:
    dosed = dosage(2, None, frequency=3, period=1, periodUnit="d")
    medicine = only_medicine(imported(order("Ibuprofen", dosed)))
    assert medicine.doses[0].amount is Absent.UNKNOWN
    assert medicine.notes == "amount as recorded: 2 of no unit"


class TestAsNeeded:
    def test_reason_maximum_and_gap(self) -> None:
        dosed = dosage(1, "g", frequency=1, period=6, periodUnit="h") | {
            "asNeededCodeableConcept": words("pain"),
            "maxDosePerPeriod": {"numerator": amount(4, "g"), "denominator": amount(1, "d")},
        }
        expected = AsNeeded(reason="pain", at_most=MG("4 g"), hours_between=6)
        assert dose_of(dosed, drug="Paracetamol 500mg tablets").timing == expected

    def test_a_range_of_hours_is_the_shortest_gap_and_no_maximum(self) -> None:
        dosed = dosage(1, "g", frequency=1, period=4, periodMax=6, periodUnit="h") | {"asNeededBoolean": True}
        expected = AsNeeded(reason=Absent.UNKNOWN, at_most=Absent.UNKNOWN, hours_between=4)
        assert dose_of(dosed, drug="Paracetamol").timing == expected

    def test_times_a_day_are_a_maximum_and_said_to_be_concluded(self) -> None:
        dosed = dosage(400, "mg", frequency=3, period=1, periodUnit="d") | {"asNeededBoolean": True}
        result = imported(order("Ibuprofen", dosed))
        assert only_medicine(result).doses[0].timing == AsNeeded(reason=Absent.UNKNOWN, at_most=MG("1200 mg"))
        assert whats(result.accounts[1]) >= {"maximum in 24 hours"}

    def test_times_a_day_beside_a_stated_maximum_stay_in_words(self) -> None:
        dosed = dosage(400, "mg", frequency=2, period=1, periodUnit="d") | {
            "asNeededBoolean": True,
            "maxDosePerPeriod": {"numerator": amount(1200, "mg"), "denominator": amount(1, "d")},
        }
        medicine = only_medicine(imported(order("Ibuprofen", dosed)))
        assert medicine.doses[0].timing == AsNeeded(reason=Absent.UNKNOWN, at_most=MG("1200 mg"))
        assert medicine.notes == "timing as recorded: 2 times, per 1 d"

    def test_as_needed_false_is_regular(self) -> None:
        dosed = dosage(400, "mg", frequency=3, period=1, periodUnit="d") | {"asNeededBoolean": False}
        assert dose_of(dosed, drug="Ibuprofen").timing == Daily(times=3)

    @pytest.mark.parametrize(
        ("above", "below"),
        [
            (amount(4, "{tablet}"), amount(1, "d")),  # not the unit of the dose
            (amount(1, "mg"), amount(1, "d")),  # less than one dose
            (amount(4, "g"), amount(1, "wk")),
            ({"value": "4"}, amount(1, "d")),
        ],
    )
    def test_a_maximum_that_does_not_fit_stays_in_words(self, above: Any, below: Any) -> None:
        dosed = dosage(1, "g", frequency=1, period=6, periodUnit="h") | {
            "asNeededBoolean": True,
            "maxDosePerPeriod": {"numerator": above, "denominator": below},
        }
        medicine = only_medicine(imported(order("Paracetamol", dosed)))
        assert isinstance(medicine.doses[0].timing, AsNeeded)
        assert medicine.doses[0].timing.at_most is Absent.UNKNOWN
        assert medicine.notes is not None
        assert "maximum as recorded" in medicine.notes


class TestPatch:
    NAME = "Fentanyl 12micrograms/hour transdermal patches"

    @pytest.mark.parametrize(
        ("repeat", "hours"),
        [
            ({"period": 72, "periodUnit": "h"}, 72),
            ({"period": 3, "periodUnit": "d"}, 72),
            ({"period": 1, "periodUnit": "wk"}, 168),
        ],
    )
    def test_a_patch_of_known_rate_runs_all_the_time(self, repeat: dict[str, Any], hours: int) -> None:
        dose = dose_of(dosage(1, "{patch}", frequency=1, **repeat), drug=self.NAME)
        assert dose == Dose(amount=MG("12 ug/h"), timing=Continuous(change_hours=hours))

    def test_a_patch_of_unknown_rate_stays_a_patch(self) -> None:
        dose = dose_of(
            dosage(1, "{patch}", frequency=1, period=72, periodUnit="h"), drug="Fentanyl transdermal patches"
        )
        assert dose == Dose(amount=MG("1 patch"), timing=EveryHours(hours=72))

    def test_an_infusion_rate_is_continuous(self) -> None:
        dosed = {"doseAndRate": [{"rateQuantity": amount(2, "mg/h")}]}
        assert dose_of(dosed, drug="Morphine") == Dose(amount=MG("2 mg/h"), timing=Continuous())

    def test_a_ratio_is_a_rate(self) -> None:
        ratio = {"numerator": amount(50, "mL"), "denominator": amount(1, "h")}
        assert dose_of({"doseAndRate": [{"rateRatio": ratio}]}).amount == MG("50 mL/h")


class TestSeveralDosages:
    def step(self, value: int, start: str, end: str | None, sequence: int) -> dict[str, Any]:
        bounds = {"start": start, **({"end": end} if end else {})}
        return dosage(value, "mg", frequency=1, period=1, periodUnit="d", boundsPeriod=bounds) | {"sequence": sequence}

    def test_bounded_steps_without_gap_are_a_taper_whatever_their_order(self) -> None:
        steps = [
            self.step(10, "2026-02-08", None, 2),
            self.step(20, "2026-02-01", "2026-02-07", 1),
        ]
        found = only_medicine(imported(order("Prednisolone", *steps)))
        assert isinstance(found.dosage, Steps)
        assert [step.dose.amount for step in found.dosage] == [MG("20 mg"), MG("10 mg")]
        assert (found.start, found.stop) == (date(2026, 2, 1), None)

    def test_a_gap_between_steps_leaves_the_dose_unknown(self) -> None:
        steps = [self.step(20, "2026-02-01", "2026-02-07", 1), self.step(10, "2026-02-09", None, 2)]
        result = imported(order("Prednisolone", *steps))
        assert only_medicine(result).dosage == Dose.unknown()
        assert whats(result.accounts[1]) >= {"2 dosages"}

    def test_parts_of_one_day_are_a_pattern(self) -> None:
        morning = dosage(300, "mg", frequency=1, period=1, periodUnit="d", when=["MORN"])
        night = dosage(600, "mg", frequency=1, period=1, periodUnit="d", when=["HS"])
        found = dose_of(morning, night, drug="Gabapentin")
        assert found == Dose(amount=MG("300 mg"), timing=DayPattern(morning=Decimal(1), night=Decimal(2)))

    def test_two_dosages_of_one_part_of_the_day_are_no_pattern(self) -> None:
        one = dosage(300, "mg", frequency=1, period=1, periodUnit="d", when=["MORN"])
        assert dose_of(one, one, drug="Gabapentin") == Dose.unknown()


class TestBounds:
    def found(self, **repeat: Any) -> tuple[object, object]:
        dosed = dosage(20, "mg", frequency=1, period=1, periodUnit="d", **repeat)
        medicine = only_medicine(imported(order("Prednisolone", dosed)))
        return medicine.start, medicine.stop

    def test_a_period(self) -> None:
        period = {"start": "2026-02-02", "end": "2026-02-28T12:00:00Z"}
        assert self.found(boundsPeriod=period) == (date(2026, 2, 2), date(2026, 2, 28))

    def test_a_length_counts_from_the_order(self) -> None:
        assert self.found(boundsDuration=amount(7, "d")) == (date(2026, 2, 1), date(2026, 2, 7))

    def test_an_end_before_the_start_is_not_used(self) -> None:
        assert self.found(boundsPeriod={"start": "2026-02-02", "end": "2026-02-01"}) == (date(2026, 2, 2), None)

    @pytest.mark.parametrize("value", [1e9, -3, 0.5, "x"])
    def test_an_impossible_length_is_no_end(self, value: object) -> None:
        assert self.found(boundsDuration=amount(value, "a")) == (date(2026, 2, 1), None)

    def test_words_that_name_another_length_are_pointed_out(self) -> None:
        dosed = dosage(
            20, "mg", text="daily for 7 days", frequency=1, period=1, periodUnit="d",
            boundsPeriod={"start": "2026-02-02", "end": "2026-02-06"},
        )  # fmt: skip
        assert "length" in whats(imported(order("Prednisolone", dosed)).accounts[1])


def test_route_instructions_and_meaning_changing_extensions() -> None:
    dosed = dosage(5, "mg", text="5 mg", frequency=1, period=1, periodUnit="wk") | {
        "route": coded("http://snomed.info/sct", "34206005"),
        "patientInstruction": "Keep in the fridge",
        "additionalInstruction": [words("With water")],
    }
    medicine = only_medicine(imported(order("Methotrexate", dosed)))
    assert (medicine.route, medicine.instructions) == (Route.SUBCUTANEOUS, "Keep in the fridge; With water")
    changed = only_medicine(imported(order("Methotrexate", dosed | {"modifierExtension": [{"url": "x"}]})))
    assert changed.dosage == Dose.unknown("5 mg")
