"""Days of a record: dates, moments with a time zone, and dates that name only a month or a year."""

import calendar
import re
from datetime import date

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.node import Node

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")
_FULL = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}(?::?\d{2})?.*)?", re.DOTALL)


def read_day(node: Node, key: str, what: str, *, last: bool = False) -> date | None:
    """Read the day of an element, or None with a note.

    A moment is the day that stands in it: where it happened, not where it is read. Of a month or a year the first day
    is taken, which makes results and treatments old rather than fresh (`last`: its last day), and a note says so.
    """
    text = node.text(key)
    if text is None:
        return None
    try:
        if _FULL.fullmatch(text):
            return date.fromisoformat(text[:10])
        partial = _PARTIAL.fullmatch(text)
        if partial:
            year, month = int(partial[1]), partial[2] and int(partial[2])
            day = _last_day(year, month or 12) if last else date(year, month or 1, 1)
            why = f"only {'a month' if month else 'a year'} is given: taken as {day}"
            node.note(Kind.GUESSED, key, what, why, text)
            return day
    except ValueError:
        pass
    node.note(Kind.UNUSABLE, key, what, "not a date: expected YYYY-MM-DD", text)
    return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
