"""How sure a statement is."""

from enum import StrEnum


class Confidence(StrEnum):
    """How well a fact was checked."""

    VERIFIED = "verified"
    """Read in the source."""
    STANDARD = "standard"
    """Well known, not read again in the source."""
    DISPUTED = "disputed"
    """Sources or countries differ; never more than a warning."""
