"""Tables in Markdown."""

from collections.abc import Iterable, Sequence

from careplan.cli.markdown_page import plain


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; texts are shown as they are, an empty cell is a dash."""
    lines = [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}"]
    lines += [f"| {' | '.join(plain(str(cell)) or '–' for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def aside(text: str) -> str:
    """A page that others link to and no table of contents lists: hundreds of them would fill every sidebar."""
    return f"---\norphan: true\n---\n\n{text}"
