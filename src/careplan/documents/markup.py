"""Turning a plain string into text that stays text, in each output format."""

import re
from collections.abc import Callable
from enum import StrEnum

from markupsafe import Markup, escape

_FORCING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Controls that force a direction on the text after them."""
_SPACES = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_PARTING = re.compile(
    r"(?<=\d) (?=(?:mg|g|kg|micrograms?|nanograms|mL|L|mmHg|mmol|micromol|units|international|tablets?|capsules?|"
    r"hours?|days?|weeks?|months?|years?)\b|m²|×)"
)
"""The space between a number and its unit, where no line may break."""
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_{}\[\]|~#$]")
_MARKDOWN_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)])(?= |$))")
_LONG_WORD = re.compile(r"[^\s\u00a0]{24}(?=[^\s\u00a0])")


class Format(StrEnum):
    """What a document can be rendered as."""

    HTML = "html"
    """One self-contained page for screen and paper."""
    MARKDOWN = "markdown"
    """CommonMark with tables."""
    TEXT = "text"
    """Plain text in lines of at most 78 characters, read in order."""
    PDF = "pdf"
    """A4, tagged (PDF/UA-1); needs the extra ``careplan[pdf]``."""

    @property
    def blocks(self) -> str:
        """Name of the template that says how a block looks in this format."""
        return f"blocks/{'typst' if self is Format.PDF else self.value}.j2"


def one_line(text: str) -> str:
    """Put a value on one line, without control characters and unable to reorder the text around it.

    Line breaks become spaces; a number and its unit stay on one line; the Unicode controls that force a direction are
    dropped; a value with right-to-left letters is put in an isolate, so that the digits of a dose beside it keep
    their order.
    """
    line = _SPACES.sub(" ", _FORCING.sub("", text)).strip(" ")
    line = _PARTING.sub("\u00a0", line)
    return f"\u2068{line}\u2069" if _RIGHT_TO_LEFT.search(line) else line


def html(text: str) -> Markup:
    """Escape for HTML text and quoted attributes."""
    return escape(one_line(text))


def markdown(text: str) -> Markup:
    """Escape for CommonMark with tables: no emphasis, list, heading, code, link, math or HTML comes of a value."""
    line = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _MARKDOWN_SPECIAL.sub(r"\\\g<0>", line)
    line = line.replace("://", ":\\//").replace("www.", "www\\.")
    return Markup(_MARKDOWN_START.sub(_unlisted, line))


def _unlisted(start: re.Match[str]) -> str:
    return f"\\{start[1]}" if start[1] else f"{start[2]}\\{start[3]}"


def plain(text: str) -> Markup:
    """Plain text has no markup to protect against."""
    return Markup(one_line(text))


def typst_string(text: str) -> Markup:
    """Write a Typst string literal; very long words get places to break."""
    line = _LONG_WORD.sub("\\g<0>\u200b", one_line(text))
    quoted = line.replace("\\", "\\\\").replace('"', '\\"')
    return Markup(f'"{quoted}"')


def typst(text: str) -> Markup:
    """Write the value as a string literal in Typst markup, closed so that what follows is not read as code."""
    return Markup(f"#{typst_string(text)};")


def css_string(text: str) -> Markup:
    """Write a quoted CSS string in which everything but ASCII letters, digits and spaces is a code-point escape."""
    safe = (
        char if char.isascii() and (char.isalnum() or char == " ") else f"\\{ord(char):06x} " for char in one_line(text)
    )
    return Markup(f'"{"".join(safe)}"')


def prefixed(text: str, prefix: str) -> Markup:
    """Put `prefix` before every line of text that is already escaped, without its blank first and last lines."""
    return Markup("\n".join(f"{prefix}{line}".rstrip() for line in str(text).strip("\n").split("\n")))


ESCAPES: dict[Format, Callable[[str], Markup]] = {
    Format.HTML: html,
    Format.MARKDOWN: markdown,
    Format.TEXT: plain,
    Format.PDF: typst,
}
