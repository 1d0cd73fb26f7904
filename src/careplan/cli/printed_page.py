"""Pages about things of the knowledge base on the terminal."""

from rich.console import Console, Group, RenderableType
from rich.text import Text

from careplan.cli.drug_words import RowWords
from careplan.cli.page import Page
from careplan.cli.parts import MARKS, STYLES, indented, labelled, section
from careplan.documents.parts import Tone
from careplan.documents.wording import day
from careplan.knowledge import Knowledge


def print_page(console: Console, page: Page, knowledge: Knowledge) -> None:
    """Print a page, and which edition it is of."""
    console.print(Text(page.title, style="bold"))
    console.print(labelled((label, (text,)) for label, text in page.lines))
    for part in page.parts:
        console.print(Group(section(part.heading.upper()), *(_row(row) for row in part.rows)))
    for text in page.closing:
        console.print(Text(f"\n{text}"))
    edition = f"\nKnowledge {knowledge.version} of {day(knowledge.date)}."
    console.print(Text(f"{edition} Read the product's own label before prescribing.", style="dim"))


def _row(row: RowWords) -> RenderableType:
    head = Text(row.text[:1].upper() + row.text[1:])
    if row.severity is not None:
        tone = Tone(row.severity.word)
        head = Text.assemble((f"{MARKS[tone]} {row.severity.word}: ", STYLES[tone]), head)
    details = [Text(f"{label}: {text}") for label, text in row.details]
    return Group(Text(), head, *map(indented, details), indented(Text(row.basis, style="dim")))
