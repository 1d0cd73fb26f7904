"""The arguments of a word: constants, each checked against what the vocabulary says the word takes."""

import ast
import re
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from careplan.rules.facts import NO_FILTERS, THIS, Argument, Call, Filters
from careplan.rules.names import NameKind, nearest
from careplan.rules.problem import Reading, did_you_mean
from careplan.rules.truth import Number
from careplan.rules.vocabulary import FILTERS, Accepts, Choice, Grade, Name, Parameter, Slug, Whole, Word, YesNo

_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@frozen
class Wrong:
    """Stands for something that could not be read; the problem has been noted."""


WRONG = Wrong()


def constant(reading: Reading, node: ast.expr) -> Number | str | Wrong:
    """A text, a number or a yes/no written out in the sentence."""
    match node:
        case ast.Constant(value=str() | bool() as value):
            return value
        case ast.Constant(value=int() | float()):
            digits = reading.text[node.col_offset : node.end_col_offset]
            if _PLAIN_NUMBER.fullmatch(digits):
                return Decimal(digits) if "." in digits else int(digits)
            reading.problem(node, digits, "a number in plain digits, such as 12.5")
            return WRONG
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value) as operand) if (
            not isinstance(value, bool)
        ):
            number = constant(reading, operand)
            return number if isinstance(number, Wrong | str) else -number
        case _:
            reading.problem(node, reading.source(node), "a constant: a text in quotes, a number, True or False")
            return WRONG


def call(reading: Reading, word: Word, node: ast.Call) -> Call | Wrong:
    """Every argument of a call, put in its place."""
    noted = len(reading.problems)
    subjects, others = _placed(reading, word, node)
    names = [_argument(reading, parameter, given) for parameter, given in subjects]
    about = names[0] if names and isinstance(names[0], str) else ""
    options = {parameter.name: _argument(reading, parameter, given) for parameter, given in others}
    filters = FILTERS if word.filtered else ()
    given_by_name = _keywords(reading, word, node, (*word.keywords, *filters), about)
    if len(reading.problems) > noted:
        return WRONG
    for parameter in (*word.others, *word.keywords):
        options.setdefault(parameter.name, given_by_name.get(parameter.name, parameter.default))
    return Call(
        word=word.name,
        names=tuple(name for name in names if isinstance(name, str)),
        options=tuple((name, value) for name, value in options.items() if not isinstance(value, Wrong)),
        filters=_filters({each.name: given_by_name[each.name] for each in filters if each.name in given_by_name}),
    )


def _filters(given: dict[str, Any]) -> Filters:
    return evolve(NO_FILTERS, **given) if given else NO_FILTERS


_Placed = list[tuple[Parameter, ast.expr]]


def _placed(reading: Reading, word: Word, node: ast.Call) -> tuple[_Placed, _Placed]:
    """Pair each positional argument with its parameter: subjects first, the word's other parameters last."""
    given = node.args
    needed = len(word.subjects) + sum(parameter.required for parameter in word.others)
    most = len(word.subjects) + len(word.others)
    if len(given) < needed or (len(given) > most and not word.many):
        reading.problem(node, f"{len(given)} in brackets", word.signature, f"For example: {word.example}")
        return [], []
    split = len(given) - len(word.others) if word.many else len(word.subjects)
    repeated = word.subjects[-1:] * (split - len(word.subjects))
    subjects = list(zip(word.subjects + repeated, given[:split], strict=True))
    return subjects, list(zip(word.others, given[split:], strict=False))


def _keywords(
    reading: Reading, word: Word, node: ast.Call, parameters: tuple[Parameter, ...], about: str
) -> dict[str, Argument]:
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, Argument] = {}
    for keyword in node.keywords:
        parameter = known.get(keyword.arg or "")
        if parameter is None:
            expected = f"one of {', '.join(known)}" if known else f"no such argument: {word.signature}"
            hint = did_you_mean(nearest(keyword.arg or "", known))
            reading.problem(keyword, f"{keyword.arg or '**'}= in {word.name}(…)", expected, hint)
            continue
        value = _argument(reading, parameter, keyword.value, about)
        if not isinstance(value, Wrong):
            given[parameter.name] = value
    return given


def _argument(reading: Reading, parameter: Parameter, node: ast.expr, about: str = "") -> Argument | Wrong:
    value = constant(reading, node)
    if isinstance(value, Wrong):
        return WRONG
    for accepts in parameter.accepts:
        accepted = _accepted(reading, accepts, value, about)
        if not isinstance(accepted, Wrong):
            return accepted
    expected = " or ".join(_wanted(reading, accepts, about) for accepts in parameter.accepts)
    reading.problem(node, reading.source(node), expected, _hint(reading, parameter, value, about))
    return WRONG


def _accepted(reading: Reading, accepts: Accepts, value: Number | str, about: str) -> Argument | Wrong:
    match accepts, value:
        case Name(), "this" if accepts.takes_this:
            return THIS if reading.has_this else WRONG
        case Name(kinds), str() if any(value in reading.names.of(kind) for kind in kinds):
            return value
        case Choice(words), str() if value in words:
            return value
        case Slug(), str() if _SLUG.fullmatch(value):
            return value
        case YesNo(), bool():
            return value
        case Whole(minimum), int() if not isinstance(value, bool) and value >= minimum:
            return value
        case Grade(), str() | int() if str(value) in _grades(reading, about):
            return str(value)
        case _:
            return WRONG


def _wanted(reading: Reading, accepts: Accepts, about: str) -> str:
    match accepts:
        case Name(kinds):
            return f"the name of a known {' or '.join(kinds)}"
        case Choice(words):
            return ", ".join(f'"{word}"' for word in words)
        case Slug():
            return "an id in kebab-case"
        case YesNo():
            return "True or False"
        case Whole(minimum):
            return f"a whole number, {minimum} or more"
        case Grade():
            grades = _grades(reading, about)
            return f"a grade of {about}: {', '.join(grades)}" if grades else f"no grade: {about} has none"


def _hint(reading: Reading, parameter: Parameter, value: Number | str, about: str) -> str:
    if value == THIS and any(isinstance(accepts, Name) and accepts.takes_this for accepts in parameter.accepts):
        return 'Give the rule `each = ["…"]` to ask about "this" item.'
    known: set[str] = set()
    for accepts in parameter.accepts:
        match accepts:
            case Name(kinds):
                known.update(name for kind in kinds for name in reading.names.of(kind))
            case Choice(words):
                known.update(words)
            case Grade():
                known.update(_grades(reading, about))
    return did_you_mean(nearest(value, known)) if isinstance(value, str) else ""


def _grades(reading: Reading, condition: str) -> tuple[str, ...]:
    return reading.names.of(NameKind.CONDITION).get(condition, ())
