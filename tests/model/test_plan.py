"""The plan: ids are unique, references resolve, the impossible is refused, and missing is not absent."""

from datetime import date
from decimal import Decimal

import attrs
import pytest

from careplan.model import (
    Absent,
    Acknowledgement,
    AcknowledgementReason,
    Allergy,
    CarePlan,
    Condition,
    Dose,
    Goal,
    Monitoring,
    MonitoringPurpose,
    NoAllergies,
    Nsaid,
    Patient,
    Quantity,
    Result,
    Role,
    Sex,
    TeamMember,
    Therapy,
)

PATIENT = Patient(name="Ada Example", birth_date=date(1960, 2, 29), sex=Sex.FEMALE)
NAPROXEN = Nsaid(id="naproxen", drug="naproxen", dosage=Dose.daily("500 mg", 2))


def plan(**changes: object) -> CarePlan:
    values: dict[str, object] = {"id": "p-1", "title": "Plan", "patient": PATIENT, "created": date(2026, 3, 1)}
    return CarePlan(**(values | changes))  # type: ignore[arg-type]


def test_ids_are_unique_over_components_and_goals() -> None:
    with pytest.raises(ValueError, match="naproxen"):
        plan(components=(NAPROXEN, NAPROXEN))
    with pytest.raises(ValueError, match="naproxen"):
        plan(components=(NAPROXEN,), goals=(Goal(id="naproxen", description="Walk"),))


@pytest.mark.parametrize(
    "item",
    [
        Monitoring(id="bloods", tests=("fbc",), about=("methotrexate",)),
        Therapy(id="t", therapy="tai-chi", goals=("g",)),
    ],
)
def test_references_must_find_their_item(item: Monitoring | Therapy) -> None:
    with pytest.raises(ValueError, match="no item of the plan"):
        plan(components=(item,))


def test_all_lost_references_are_named_at_once() -> None:
    goals = (Goal(id="g-1", description="Walk", about=("x",)), Goal(id="g-2", description="Swim", about=("y",)))
    with pytest.raises(ValueError, match=r"g-1 refers to 'x'; goal g-2 refers to 'y'"):
        plan(goals=goals)


@pytest.mark.parametrize("name", ["Naproxen", "nap roxen", "", "naproxen-", "a" * 121])
def test_ids_are_kebab_case(name: str) -> None:
    with pytest.raises(ValueError, match="is not an id"):
        attrs.evolve(NAPROXEN, id=name)


def test_periods_do_not_end_before_they_start() -> None:
    with pytest.raises(ValueError, match="before"):
        plan(start=date(2026, 3, 2), stop=date(2026, 3, 1))
    with pytest.raises(ValueError, match="before"):
        attrs.evolve(NAPROXEN, start=date(2026, 3, 2), stop=date(2026, 3, 1))


def test_age_is_in_completed_years() -> None:
    assert [PATIENT.age(day) for day in (date(2025, 2, 28), date(2025, 3, 1), date(2024, 2, 29))] == [64, 65, 64]
    assert attrs.evolve(PATIENT, birth_date=Absent.UNKNOWN).age(date(2026, 1, 1)) is None


def test_no_list_of_allergies_is_not_no_allergies() -> None:
    assert PATIENT.allergies is NoAllergies.NOT_ASKED
    with pytest.raises(ValueError, match="at least one"):
        attrs.evolve(PATIENT, allergies=())


def test_what_nothing_names_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing says"):
        Condition(condition=Absent.UNKNOWN)
    with pytest.raises(ValueError, match="nothing says"):
        Allergy(substance=Absent.UNKNOWN)
    with pytest.raises(ValueError, match="name or an organisation"):
        TeamMember(role=Role.GP)
    with pytest.raises(ValueError, match="by what"):
        Monitoring(id="m", tests=("fbc",), purpose=MonitoringPurpose.TRIGGERED)
    with pytest.raises(ValueError, match="no measure"):
        Goal(id="g", description="Less pain", target=Quantity.parse("3 {score}"))


def test_upper_limits_are_above_zero() -> None:
    with pytest.raises(ValueError, match="more than 0"):
        Result(test="alt", value=Quantity.parse("30 U/L"), date=date(2026, 1, 1), upper_limit=Decimal(0))


def test_an_acknowledgement_gives_a_reason_in_words() -> None:
    with pytest.raises(ValueError, match="15 characters"):
        Acknowledgement(
            fingerprint="abc", reason=AcknowledgementReason.SHORT_COURSE, text="ok", author="Dr A", role=Role.GP,
            date=date(2026, 3, 1), expires=date(2026, 4, 1),
        )  # fmt: skip


def test_plans_are_frozen_and_short_to_print() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        plan().title = "Other"  # type: ignore[misc]
    assert repr(plan(components=(NAPROXEN,))) == ("<CarePlan p-1 revision 1, draft: 1 medicines, 0 tests, 0 therapies>")


def test_the_notebook_view_escapes_text() -> None:
    html = plan(title="<script>")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
