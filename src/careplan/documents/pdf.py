"""From Typst source to a tagged PDF (PDF/UA-1), with fonts that ship with the templates."""

import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

from careplan.documents.environment import template_root

_NO_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed', re.DOTALL)


class PdfError(RuntimeError):
    """The PDF could not be made; the message says what to do."""


def compile_pdf(source: str, *, on: date) -> bytes:
    """Typeset `source`. The same source and day give the same bytes on every machine.

    Characters that the shipped fonts do not have are tried with the fonts of the system; one that no font has is
    printed by its code (``[U+738B]``), so that it is never lost and never shown as an empty box.
    """
    typst = _typst()
    system_fonts = False
    while True:
        try:
            pdf: bytes = typst.compile(
                source.encode(),
                font_paths=[Path(str(template_root())) / "fonts"],
                ignore_system_fonts=not system_fonts,
                pdf_standards=["ua-1"],
                timestamp=int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp()),
            )
        except typst.TypstError as error:
            missing = _NO_GLYPH.search(str(error))
            if missing is None:
                raise PdfError(f"Typst could not typeset the document: {error}") from error
            if system_fonts:
                source = _spelt_out(source, missing["text"])
            system_fonts = True
        else:
            return pdf


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError:
        raise PdfError("PDF needs Typst: install it with  pip install 'careplan[pdf]'") from None
    return typst


def _spelt_out(source: str, text: str) -> str:
    """Replace what no font can show, and everything else of the same script, by code points."""
    scripts = {_script(char) for char in text if not char.isascii()}
    spelt = "".join(f"[U+{ord(char):04X}]" if _script(char) in scripts else char for char in source)
    if spelt == source:
        raise PdfError(f"no font can show {text!r}: install one that can")
    return spelt


def _script(char: str) -> str | None:
    """Group characters that fonts have or lack together; None for ASCII. European letters stand for themselves."""
    if char.isascii():
        return None
    if ord(char) < 0x0590:
        return char
    return (
        unicodedata.category(char) if unicodedata.category(char)[0] == "S" else unicodedata.name(char, "?").split()[0]
    )
