"""What is wrong with a document, told to the person who can put it right."""

import re
from typing import Final

from attrs import field, frozen

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,59}")

MAX_PROBLEMS: Final = 100
"""How many problems are told in words; more are only counted."""

Path = tuple[str | int, ...]
"""Keys and list positions that lead from the document to one of its parts."""


def path_text(path: Path) -> str:
    """Write a path in JSON style: ``$.components[2].dosage``."""
    return "$" + "".join(_step(step) for step in path)


def _step(step: str | int) -> str:
    if isinstance(step, str) and _PLAIN_KEY.fullmatch(step):
        return f".{step}"
    return f"[{shown(step)}]"


def shown(value: object, width: int = 60) -> str:
    """Show a value that came from outside, with control characters escaped, cut to `width`."""
    text = repr(value[:width] if isinstance(value, str) else value)
    return text if len(text) <= width and not (isinstance(value, str) and len(value) > width) else f"{text[:width]}…"


@frozen
class Problem:
    """One fault: where it is (`path`, in JSON style), what stands there, what should, and what to do about it.

    A rule of the model that is broken is told in `found` alone, in the rule's own words; `expected` is then empty.
    """

    path: str
    found: str
    expected: str = ""
    hint: str = ""

    def __str__(self) -> str:
        fault = f"found {self.found}, expected {self.expected}" if self.expected else self.found
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.path}: {fault}{hint}"


@frozen
class PlanError(ValueError):
    """A document that is not a care plan.

    `problems` are all that were found, up to a hundred; `more` counts those found beyond these; `source` is the file.
    """

    problems: tuple[Problem, ...]
    more: int = 0
    source: str = field(default="the document")

    def __str__(self) -> str:
        count = len(self.problems) + self.more
        lines = [f"{self.source} is not a care plan: {count} problem{'s' if count != 1 else ''}"]
        lines += [f"  {problem}" for problem in self.problems]
        if self.more:
            lines.append(f"  … and {self.more} more")
        return "\n".join(lines)
