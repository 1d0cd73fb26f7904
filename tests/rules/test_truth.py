from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from careplan.rules.truth import ENDLESS, FALSE, TRUE, UNKNOWN, Comparison, Number, Span, Truth, compared, negation

NUMBERS = st.integers(-5, 5)
COMPARISONS = st.sampled_from(Comparison)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    if low == high:
        return Span(low, high)
    return Span(low, high, low_open=draw(st.booleans()), high_open=draw(st.booleans()))


def inside(span: Span) -> list[Number]:
    """Numbers of a span, close enough together to meet every case."""
    halves = [Decimal(n) / 4 for n in range(-20, 21)]
    return [
        n
        for n in halves
        if (span.low < n or (span.low == n and not span.low_open))
        and (n < span.high or (n == span.high and not span.high_open))
    ]


def test_a_truth_is_never_taken_for_a_bool() -> None:
    with pytest.raises(TypeError, match="is no bool"):
        bool(UNKNOWN)


@pytest.mark.parametrize(("value", "opposite"), [(TRUE, FALSE), (FALSE, TRUE), (UNKNOWN, UNKNOWN)])
def test_negation(value: Truth, opposite: Truth) -> None:
    assert negation(value) is opposite


@pytest.mark.parametrize(
    ("left", "comparison", "right", "answer"),
    [
        (Span(60), ">=", 50, TRUE),
        (Span(60), ">=", 90, UNKNOWN),
        (Span(60), "<", 60, FALSE),
        (Span(0, 5, high_open=True), "<", 5, TRUE),
        (Span(0, 5, high_open=True), ">=", 5, FALSE),
        (Span(0, 5), "<", 5, UNKNOWN),
        (Span(0, 5, high_open=True), "==", 5, FALSE),
        (Span(0, 5), "!=", 5, UNKNOWN),
        (Span(7, 7), "==", 7, TRUE),
        (ENDLESS, ">", 92, TRUE),
        (ENDLESS, ">=", Span(0), TRUE),
        (UNKNOWN, "==", UNKNOWN, UNKNOWN),
        ("poor", "==", "poor", TRUE),
        (UNKNOWN, "==", "poor", UNKNOWN),
    ],
)
def test_numbers_known_in_part(left: Number | Span, comparison: str, right: Number | Span, answer: Truth) -> None:
    assert compared(left, Comparison(comparison), right) is answer


@given(spans(), COMPARISONS, spans())
def test_a_span_answers_what_all_its_numbers_answer(left: Span, comparison: Comparison, right: Span) -> None:
    answers = {comparison.exact(a, b) for a in inside(left) for b in inside(right)}
    expected = {(False, True): UNKNOWN, (True,): TRUE, (False,): FALSE}[tuple(sorted(answers))]
    assert compared(left, comparison, right) is expected


@given(spans(), COMPARISONS, spans())
def test_exchanging_the_sides_changes_nothing(left: Span, comparison: Comparison, right: Span) -> None:
    assert compared(left, comparison, right) is compared(right, comparison.flipped, left)


@given(spans(), spans())
def test_a_sum_holds_every_sum(left: Span, right: Span) -> None:
    total = left + right
    assert total == right + left
    assert all(compared(a + b, Comparison.AT_LEAST, total.low) is TRUE for a in inside(left) for b in inside(right))
    assert 60 + Span(0) == Span(60)


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="no number lies between 5 and 5"):
        Span(5, 5, high_open=True)
