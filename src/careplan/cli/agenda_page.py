"""An agenda on the terminal: what is overdue, then month by month, then what has no day."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.text import Text

from careplan.agenda import Agenda
from careplan.cli.parts import indented, section, words
from careplan.documents.calendar import calendar, calendar_note, event_lines, title, undated
from careplan.documents.names import Names
from careplan.documents.parts import Entry, Lines
from careplan.knowledge import Knowledge
from careplan.model import CarePlan


def print_agenda(console: Console, agenda: Agenda, plan: CarePlan, knowledge: Knowledge) -> None:
    """Print every event once; repeated doses and sessions of a month in one line."""
    console.print(Group(*_page(agenda, plan, Names(plan, knowledge))))


def _page(agenda: Agenda, plan: CarePlan, names: Names) -> Iterator[RenderableType]:
    yield Text(plan.title, style="bold")
    yield Text(calendar_note(agenda))
    periods = calendar(agenda, lambda event: title(event, names), lambda event: event_lines(event, agenda.on))
    for period in periods:
        yield from _section(period.title, [_entry(entry) for entry in period.entries])
    if not agenda.events:
        yield Text("\nNothing has a day in this time.")
    waiting = undated(agenda, names)
    if waiting:
        yield from _section("Without a day", [_lines(lines) for lines in waiting])


def _section(heading: str, rows: list[RenderableType]) -> Iterator[RenderableType]:
    yield section(heading)
    yield from rows


def _entry(entry: Entry) -> RenderableType:
    head = Text.assemble((f"{entry.when}: ", "dim"), (entry.title, "bold"))
    return Group(head, *(indented(words(line)) for line in entry.lines))


def _lines(lines: Lines) -> RenderableType:
    first, *rest = lines
    return Group(words(first), *(indented(words(line)) for line in rest))
