"""The last touch to a rendered text: blank lines, and line breaks in plain text."""

import re
import textwrap

_WIDTH = 78
_LEAD = re.compile(r" *(?:\[ \] |[-*] |\*\*\* |\[(?:!+|i|ok|\?)\] )?")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLANK_QUOTES = re.compile(r"(?:\n>){2,}(?=\n)")


def tidy(text: str) -> str:
    """Drop trailing spaces and runs of blank lines; end with one line break."""
    lines = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    return _BLANK_QUOTES.sub("\n>", _BLANK_LINES.sub("\n\n", lines)).strip("\n") + "\n"


def wrap(text: str) -> str:
    """Break lines at 78 characters, hanging under the text of a list item; number and unit stay together."""
    return "\n".join(_wrapped(line) for line in text.split("\n"))


def _wrapped(line: str) -> str:
    if len(line) <= _WIDTH:
        return line
    lead = re.match(_LEAD, line)
    indent = " " * (lead.end() if lead else 0)
    return textwrap.fill(
        line.lstrip(" "), _WIDTH, initial_indent=" " * (len(line) - len(line.lstrip(" "))), subsequent_indent=indent,
        break_on_hyphens=False,
    )  # fmt: skip
