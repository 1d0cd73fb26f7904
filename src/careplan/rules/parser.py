"""From the text of a sentence to its tree.

The text is read as a Python expression with `ast` and nothing is ever evaluated: every node that the language does
not know is a problem. Length, depth and size are limited, so reading and asking always end.
"""

import ast
import re
from collections.abc import Mapping
from typing import Final, TypeVar

from attrs import frozen

from careplan.rules import arguments
from careplan.rules.arguments import WRONG, Wrong
from careplan.rules.matching import mismatch
from careplan.rules.names import Names, nearest
from careplan.rules.problem import Reading, SentenceError, did_you_mean
from careplan.rules.tree import And, Ask, Clause, Defined, Not, Or, Test, size
from careplan.rules.truth import Comparison, Number
from careplan.rules.vocabulary import Gives
from careplan.rules.words import WORDS

MAX_LENGTH: Final = 4000
MAX_DEPTH: Final = 30
MAX_SIZE: Final = 1000

_STRANGE = re.compile(r"[^\n -~]|[#\\]")
_OPERATORS: Mapping[type[ast.cmpop], Comparison] = {
    ast.Lt: Comparison.LESS,
    ast.LtE: Comparison.AT_MOST,
    ast.Gt: Comparison.MORE,
    ast.GtE: Comparison.AT_LEAST,
    ast.Eq: Comparison.EQUAL,
    ast.NotEq: Comparison.UNEQUAL,
}
_Operand = Ask | Number | str | Wrong


def parsed(text: str, names: Names, definitions: Mapping[str, Defined], *, has_this: bool) -> Clause:
    """Read a sentence.

    `definitions` are the named conditions that `defined("…")` may use; `has_this` tells whether the rule has items
    of its own for "this" to mean.

    Raises:
        SentenceError: with every problem found.
    """
    reading = Reading(text, names, has_this)
    expression = _expression(reading)
    clause = WRONG if expression is None else _Parser(reading, definitions).clause(expression, depth=1)
    if not isinstance(clause, Wrong) and size(clause) > MAX_SIZE:
        reading.problem_at(0, "a sentence with too many parts", f"at most {MAX_SIZE}, definitions included")
    if reading.problems or isinstance(clause, Wrong):
        raise SentenceError(tuple(sorted(reading.problems, key=lambda problem: (problem.line, problem.column))))
    return clause


def _expression(reading: Reading) -> ast.expr | None:
    text = reading.text
    strange = _STRANGE.search(text)
    if strange:
        reading.problem_at(
            strange.start(), repr(strange[0]), "letters, digits, brackets and straight quotes; no comments"
        )
    elif len(text) > MAX_LENGTH:
        reading.problem_at(
            MAX_LENGTH, f"{len(text)} characters", f"at most {MAX_LENGTH}", "Move a part to a definition."
        )
    elif not text:
        reading.problem_at(0, "nothing", "a sentence", 'For example: on("methotrexate")')
    else:
        try:
            return ast.parse(text.replace("\n", " "), mode="eval").body
        except SyntaxError as error:
            reading.problem_at(max((error.offset or 1) - 1, 0), error.msg, "a sentence")
        except (RecursionError, MemoryError):
            reading.problem_at(0, "too many brackets or `not` inside each other", f"at most {MAX_DEPTH} levels")
    return None


@frozen
class _Parser:
    reading: Reading
    definitions: Mapping[str, Defined]

    def clause(self, node: ast.expr, depth: int) -> Clause | Wrong:
        """Read something that must be a yes, a no or an unknown."""
        if depth > MAX_DEPTH:
            self.reading.problem(node, "too many levels of and, or, not", f"at most {MAX_DEPTH}")
            return WRONG
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                parts = self._parts(values, depth)
                return WRONG if isinstance(parts, Wrong) else And(parts)
            case ast.BoolOp(op=ast.Or(), values=values):
                parts = self._parts(values, depth)
                return WRONG if isinstance(parts, Wrong) else Or(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                part = self.clause(operand, depth + 1)
                return WRONG if isinstance(part, Wrong) else Not(part)
            case ast.Compare():
                return self._comparison(node)
            case ast.Call(func=ast.Name(id="defined")):
                return self._defined(node)
            case ast.Call():
                return self._yes_or_no(node)
            case _:
                self.reading.problem(node, self.reading.source(node), "a word such as on(…), or a comparison")
                return WRONG

    def _parts(self, nodes: list[ast.expr], depth: int) -> tuple[Clause, ...] | Wrong:
        return _all_right(tuple(self.clause(node, depth + 1) for node in nodes))

    def _defined(self, node: ast.Call) -> Clause | Wrong:
        match node:
            case ast.Call(args=[ast.Constant(value=str() as name) as given], keywords=[]):
                if name in self.definitions:
                    return self.definitions[name]
                hint = did_you_mean(nearest(name, self.definitions))
                self.reading.problem(given, f'"{name}"', "the name of a definition", hint)
            case _:
                self.reading.problem(node, self.reading.source(node), 'defined("name")')
        return WRONG

    def _yes_or_no(self, node: ast.Call) -> Clause | Wrong:
        ask = self._ask(node)
        if not isinstance(ask, Wrong) and ask.word.gives is not Gives.TRUTH:
            found = f"{self.reading.source(node)}, which gives a {ask.word.gives}"
            self.reading.problem(node, found, "yes or no", f"Compare it: {ask.word.example}")
            return WRONG
        return ask

    def _ask(self, node: ast.Call) -> Ask | Wrong:
        if not isinstance(node.func, ast.Name):
            self.reading.problem(node, self.reading.source(node.func), "one word of the language")
            return WRONG
        word = WORDS.get(node.func.id)
        if word is None:
            hint = did_you_mean(nearest(node.func.id, WORDS))
            self.reading.problem(node, f"{node.func.id}(…)", "a word of the language", hint)
            return WRONG
        call = arguments.call(self.reading, word, node)
        return WRONG if isinstance(call, Wrong) else Ask(word, call)

    def _comparison(self, node: ast.Compare) -> Clause | Wrong:
        match node:
            case ast.Compare(ops=[ast.In()], comparators=[choices]):
                return self._membership(node, choices)
            case ast.Compare(ops=[ast.NotIn()], comparators=[choices]):
                chosen = self._membership(node, choices)
                return WRONG if isinstance(chosen, Wrong) else Not(chosen)
        nodes = [node.left, *node.comparators]
        operands = [self._operand(each) for each in nodes]
        tests = _all_right(
            tuple(
                self._test(nodes[at], operands[at], operator, operands[at + 1]) for at, operator in enumerate(node.ops)
            )
        )
        if isinstance(tests, Wrong):
            return WRONG
        return tests[0] if len(tests) == 1 else And(tests)

    def _membership(self, node: ast.Compare, choices: ast.expr) -> Clause | Wrong:
        left = self._operand(node.left)
        if not isinstance(choices, ast.Tuple) or not choices.elts:
            found = self.reading.source(choices)
            self.reading.problem(choices, found, 'several constants in brackets: in ("poor", "normal")')
            return WRONG
        tests = _all_right(tuple(self._test(each, left, ast.Eq(), self._operand(each)) for each in choices.elts))
        if isinstance(tests, Wrong):
            return WRONG
        return tests[0] if len(tests) == 1 else Or(tests)

    def _operand(self, node: ast.expr) -> _Operand:
        if isinstance(node, ast.Call):
            return self._ask(node)
        value = arguments.constant(self.reading, node)
        if isinstance(value, bool):
            self.reading.problem(node, str(value), "a number or a text", "Write the word alone, or with not.")
            return WRONG
        return value

    def _test(self, node: ast.expr, left: _Operand, operator: ast.cmpop, right: _Operand) -> Test | Wrong:
        comparison = _OPERATORS.get(type(operator))
        if comparison is None:
            self.reading.problem(node, "an unknown comparison", "one of < <= > >= == != in")
        if comparison is None or isinstance(left, Wrong) or isinstance(right, Wrong):
            return WRONG
        if not isinstance(left, Ask):
            left, comparison, right = right, comparison.flipped, left
        if not isinstance(left, Ask):
            self.reading.problem(node, "two constants compared", "a word on one side")
            return WRONG
        fault = mismatch(left, comparison, right, self.reading.names)
        if fault is not None:
            self.reading.problem(node, *fault)
            return WRONG
        return Test(left, comparison, right)


_Read = TypeVar("_Read", Clause, Test)


def _all_right(parts: tuple[_Read | Wrong, ...]) -> tuple[_Read, ...] | Wrong:
    right = tuple(part for part in parts if not isinstance(part, Wrong))
    return right if len(right) == len(parts) else WRONG
