"""Lengths of time and ranges as the files write them."""

from decimal import Decimal

import pytest

from careplan.knowledge.spans import Range, Span, Spans
from careplan.model import Interval


@pytest.mark.parametrize("text", ["1 hour", "4 hours", "14 days", "6 weeks", "3 months", "2 years"])
def test_a_span_writes_itself_as_it_was_read(text: str) -> None:
    assert str(Span.of(text)) == text


@pytest.mark.parametrize(("text", "days"), [("48 hours", 2), ("6 weeks", 42), ("3 months", 91), ("1 year", 365)])
def test_days(text: str, days: int) -> None:
    assert Span.of(text).days == days


def test_a_span_is_a_calendar_interval_unless_it_is_in_hours() -> None:
    assert Span.of("3 months").interval == Interval.parse("3 months")
    with pytest.raises(ValueError, match="hours"):
        _ = Span.of("4 hours").interval


@pytest.mark.parametrize("raw", ["6w", "six weeks", "7", 6, "1.5 days", ["6 weeks"], None, "6 weeks or so"])
def test_what_is_no_span(raw: object) -> None:
    with pytest.raises(ValueError, match="is not a length of time"):
        Span.of(raw)


def test_ranges_keep_both_ends() -> None:
    spans = Spans.of(["2 weeks", "1 month"])
    assert (str(spans.shortest), str(spans.longest)) == ("2 weeks", "1 month")
    assert Spans.of("6 weeks").shortest == Spans.of("6 weeks").longest
    assert Range.of([Decimal("7.5"), 15]) == Range(Decimal("7.5"), Decimal(15))
    assert str(Range.of(3)) == "3"


@pytest.mark.parametrize("raw", [[3, 1], [], [1, 2, 3], "3", True, [1, "2"]])
def test_what_is_no_range(raw: object) -> None:
    with pytest.raises(ValueError, match="is not a"):
        Range.of(raw)
