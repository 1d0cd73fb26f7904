"""Pages about things of the knowledge base as Markdown."""

import re

from careplan.cli.drug_words import RowWords
from careplan.cli.page import Page

_MARKS = re.compile(r"([\\`*_\[\]<>|])")


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def as_markdown(page: Page) -> str:
    """The page: a heading, a list of what the thing is, and one list item for each fact."""
    title = plain(page.title)
    parts = [f"# {title[:1].upper()}{title[1:]}\n\n"]
    parts += [f"- **{label}**: {plain(text)}\n" for label, text in page.lines]
    for part in page.parts:
        parts.append(f"\n## {part.heading}\n\n")
        parts += [_row(row) for row in part.rows]
    parts += [f"\n{plain(text)}\n" for text in page.closing]
    return "".join(parts)


def _row(row: RowWords) -> str:
    text = row.text[:1].upper() + row.text[1:]
    severity = f"**{row.severity.word.capitalize()}**: " if row.severity is not None else ""
    details = "".join(
        f" *{label[:1].upper()}{label[1:]}*: {plain(detail)}.".replace("..", ".") for label, detail in row.details
    )
    return f"- {severity}{plain(text).rstrip('.')}.{details} ({plain(row.basis)})\n"
