"""How bad a hazard is."""

from enum import IntEnum


class Severity(IntEnum):
    """Four grades, ordered: what a finding asks of the reader."""

    INFO = 1
    """Worth knowing; asks for nothing."""
    CAUTION = 2
    """Look at it; the plan may be right."""
    WARNING = 3
    """Act, or acknowledge with a reason."""
    CRITICAL = 4
    """Do not go ahead: the plan cannot be activated."""

    @property
    def word(self) -> str:
        """The grade as it is written in data and shown to people (``critical``)."""
        return self.name.lower()
