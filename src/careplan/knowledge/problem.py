"""What is wrong with the files, where, and what was expected."""

from collections.abc import Iterable
from difflib import get_close_matches

from attrs import frozen


@frozen(order=True)
class Problem:
    """One thing that is wrong in a file. A warning does not keep the base from loading."""

    file: str
    line: int
    text: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'warning: ' if self.warning else ''}{self.text}"


class KnowledgeError(ValueError):
    """The knowledge base cannot be used; `problems` are those of its files."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        self.problems = problems
        super().__init__("\n".join([message, *map(str, problems)]))


class UnknownIdError(KnowledgeError, KeyError):
    """The base knows nothing of this id. A KeyError too, so that its tables are mappings like any other."""

    __str__ = Exception.__str__  # KeyError would print the quoted message


def near(name: str, known: Iterable[str]) -> str:
    """A hint that names the near miss, or nothing: ``; did you mean 'severity'?``."""
    matches = get_close_matches(name.lower(), list(known), n=1, cutoff=0.7)
    return f"; did you mean {matches[0]!r}?" if matches else ""
