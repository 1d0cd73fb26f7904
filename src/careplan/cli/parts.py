"""What pages on the terminal are made of: marks that need no colour, headings, labelled lines."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from careplan.documents.parts import Line, Lines, Tone

MARKS = {
    Tone.CRITICAL: "[!!!]",
    Tone.WARNING: "[!!]",
    Tone.CAUTION: "[!]",
    Tone.INFO: "[i]",
    Tone.UNKNOWN: "[?]",
    Tone.SETTLED: "[ok]",
}
"""Shapes of plain characters; the same as in the documents as text."""

STYLES = {
    Tone.CRITICAL: "bold red",
    Tone.WARNING: "bold dark_orange3",
    Tone.CAUTION: "yellow",
    Tone.INFO: "cyan",
    Tone.UNKNOWN: "magenta",
    Tone.SETTLED: "green",
}
_INDENT = 4


def section(title: str, style: str = "bold") -> RenderableType:
    """A heading with a line across the page."""
    return Group(Text(), Rule(Text(title.upper(), style=style), align="left", style="dim"))


def marked(tone: Tone, text: Text) -> Table:
    """A text that hangs beside the mark of its tone."""
    row = Table.grid(padding=(0, 1))
    row.add_column(no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(Text(MARKS[tone], style=STYLES[tone]), text)
    return row


def labelled(rows: Iterable[tuple[str, Lines]]) -> RenderableType:
    """Labels in one column, what they stand for in another."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, lines in rows:
        table.add_row(label, Text("\n").join(map(words, lines)))
    return indented(table)


def indented(content: RenderableType) -> Padding:
    """Set back from the left edge."""
    return Padding(content, (0, 0, 0, _INDENT))


def words(line: Line) -> Text:
    """A line; a badge by its mark and its word."""
    if isinstance(line, str):
        return Text(line)
    return Text(f"{MARKS[line.tone]} {line.word}{': ' if line.text else ''}{line.text}", style=STYLES[line.tone])
