from datetime import date, timedelta

import attrs
import pytest

from careplan import model as m
from careplan.agenda import Agenda, Occasion
from careplan.documents.calendar import event_lines, rhythm
from careplan.documents.names import Names
from careplan.documents.summary import cut
from careplan.knowledge import load_knowledge

MONDAY = date(2026, 3, 2)
END = date(2026, 8, 31)


def days(*offsets: int) -> tuple[date, ...]:
    return tuple(MONDAY + timedelta(days=each) for each in offsets)


@pytest.mark.parametrize(("given", "words"), [
    (days(*range(0, 183, 7)), "Every Monday from 2 March 2026"),
    (days(0, 7, 14), "Every Monday from 2 March to 16 March 2026"),
    (days(0, 14, 28), "Every second Monday from 2 March to 30 March 2026"),
    (days(0, 21, 42), "Every 3 weeks on Monday from 2 March to 13 April 2026"),
    (days(0, 1, 2), "Every day from 2 March to 4 March 2026"),
    (days(0, 3, 6), "Every 3 days from 2 March to 8 March 2026"),
    (days(0, 3, 7, 10), "Every Monday and Thursday from 2 March to 12 March 2026"),
    (days(0, 2, 6), "2, 4 and 8 March 2026"),
    (days(0, 7, 21, 35), "2, 9 and 23 March 2026; 6 April 2026"),
])  # fmt: skip
def test_a_rhythm_is_said_in_words_and_a_missing_one_by_its_days(given: tuple[date, ...], words: str) -> None:
    assert rhythm(given, END).replace("\u00a0", " ") == words


def test_a_rhythm_over_new_year_names_both_years() -> None:
    given = tuple(date(2026, 12, 21) + timedelta(weeks=week) for week in range(3))
    assert rhythm(given, date(2027, 6, 1)).replace("\u00a0", " ") == (
        "Every Monday from 21 December 2026 to 4 January 2027"
    )


@pytest.mark.parametrize(("last", "words"), [
    (None, "no result on record"),
    (date(2026, 2, 2), "last result: 2 February 2026"),
    (date(2026, 5, 4), "counted from the test of 4 May 2026"),
])  # fmt: skip
def test_a_test_says_what_its_day_is_counted_from(agenda: Agenda, last: date | None, words: str) -> None:
    test = next(event for event in agenda.events if event.occasion is Occasion.TEST)
    told = str(event_lines(attrs.evolve(test, last=last), MONDAY)[-1]).replace("\u00a0", " ")
    assert words in told


def test_the_first_page_says_what_it_leaves_out() -> None:
    assert cut("abcde", 3, "Findings") == ("abc", "and 2 more, see “Findings”")
    assert cut("abc", 3, "Findings") == ("abc", "")


def test_a_panel_stands_for_its_parts(plan: m.CarePlan) -> None:
    names = Names(plan, load_knowledge())
    parts = names.knowledge.analytes["fbc"].parts
    assert names.gathered(("potassium", *parts)) == ("fbc", "potassium")
    assert names.gathered(("potassium", *parts[1:])) == ("potassium", *parts[1:])
