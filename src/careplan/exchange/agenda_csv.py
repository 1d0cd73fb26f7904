"""An agenda as CSV, for spreadsheets: one line for each event, overdue first, in the order of days."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from careplan.agenda import Agenda

COLUMNS: Final = (
    "date", "occasion", "title", "status", "late", "opens", "closes", "last", "subjects", "tests", "ordered_by",
    "acted_on_by", "why",
)  # fmt: skip
"""Several values in one cell are separated by semicolons."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def agenda_csv(agenda: Agenda) -> str:
    """Write the agenda as CSV (RFC 4180) with a line of column names.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in _rows(agenda))
    return text.getvalue()


def _rows(agenda: Agenda) -> Iterator[tuple[str, ...]]:
    for event in agenda.events:
        yield (
            event.date.isoformat(),
            event.occasion.value,
            event.title,
            event.status.value,
            "yes" if event.late(agenda.on) else "no",
            event.window.opens.isoformat(),
            event.window.closes.isoformat(),
            event.last.isoformat() if event.last else "",
            "; ".join(event.subjects),
            "; ".join(event.tests),
            event.ordered_by or "",
            event.acted_on_by or "",
            "; ".join(event.why),
        )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
