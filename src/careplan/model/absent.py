"""The four ways in which a clinical fact can be missing, kept apart from each other and from "normal"."""

from enum import StrEnum


class Absent(StrEnum):
    """Why a fact has no value.

    A field typed ``X | Absent`` holds a clinical fact that may be missing; in JSON the reason stands in its place
    (``"birth_date": "unknown"``). ``None`` is used only for optional text and references, never for a clinical fact.
    """

    UNKNOWN = "unknown"
    """Asked or looked for, and not known; or nobody has said."""
    NOT_ASKED = "not-asked"
    """Nobody has asked yet."""
    NOT_APPLICABLE = "not-applicable"
    """The question does not arise for this person or item."""
    REFUSED = "refused"
    """Asked, and the person chose not to say or not to be tested."""
