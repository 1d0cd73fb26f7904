"""Ids in kebab-case from words of a record."""

import re
import unicodedata

_LONGEST = 60


def slug_of(words: str, otherwise: str) -> str:
    """Make an id of words: ASCII letters and digits joined by hyphens; `otherwise` if none are left."""
    plain = unicodedata.normalize("NFKD", words[:300]).encode("ascii", "ignore").decode().lower()
    whole = "-".join(re.findall(r"[a-z0-9]+", plain))
    cut = whole if len(whole) <= _LONGEST else whole[: _LONGEST + 1].rpartition("-")[0]
    return cut or whole[:_LONGEST] or otherwise
