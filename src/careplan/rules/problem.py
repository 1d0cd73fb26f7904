"""What is wrong with a sentence, and where."""

import ast

from attrs import define, field, frozen

from careplan.rules.names import Names


@frozen
class Problem:
    """One thing that is wrong; `line` and `column` count from 1 in the sentence's own text."""

    line: int
    column: int
    found: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"line {self.line}, column {self.column}: found {self.found}; expected {self.expected}.{hint}"


class SentenceError(ValueError):
    """A sentence that cannot be understood. `problems` holds all of them, in reading order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@define
class Reading:
    """A sentence being read: its text, what it may name, and the problems found so far."""

    text: str
    names: Names
    has_this: bool
    problems: list[Problem] = field(factory=list)

    def source(self, node: ast.expr) -> str:
        """The words of the sentence that a node was read from, shortened."""
        words = " ".join(self.text[node.col_offset : node.end_col_offset].split())
        return words if len(words) <= 60 else f"{words[:57]}..."

    def problem(self, node: ast.expr | ast.keyword, found: str, expected: str, hint: str = "") -> None:
        """Note a problem at a node."""
        self.problem_at(node.col_offset, found, expected, hint)

    def problem_at(self, offset: int, found: str, expected: str, hint: str = "") -> None:
        """Note a problem at a place of the text."""
        before = self.text[:offset]
        line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
        self.problems.append(Problem(line, column, found, expected, hint))


def did_you_mean(name: str | None) -> str:
    """The hint that names the near miss, if there is one."""
    return f'Did you mean "{name}"?' if name else ""
