"""When a formula does not hold."""


class NotDefinedError(ValueError):
    """A measure has no value for this input; the message says why, in words for people."""
