"""Tables in Markdown."""

from collections.abc import Iterable, Sequence

from careplan.cli.markdown_page import plain


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; texts are shown as they are, an empty cell is a dash."""
    lines = [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}"]
    lines += [f"| {' | '.join(plain(str(cell)) or '–' for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def tree(pages: Iterable[str]) -> str:
    """A table of contents that Sphinx follows and does not print a second time."""
    listed = "\n".join(pages)
    return f"\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n"
