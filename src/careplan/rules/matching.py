"""Which comparisons make sense: numbers with numbers of one unit, texts with the texts that a word can answer."""

from careplan.rules.names import NameKind, Names, nearest
from careplan.rules.problem import did_you_mean
from careplan.rules.tree import Ask
from careplan.rules.truth import Comparison, Number
from careplan.rules.vocabulary import Gives

NOT_DONE = "not-done"
"""What `screen` answers when nothing is recorded."""

Mismatch = tuple[str, str, str]
"""What was found, what was expected, and a hint."""


def mismatch(left: Ask, comparison: Comparison, right: Ask | Number | str, names: Names) -> Mismatch | None:
    """What is wrong with comparing these two, if anything."""
    match left.word.gives:
        case Gives.TRUTH:
            return (
                f"{left.word.name}(…) compared",
                "a number or a text",
                "It is yes or no: write it alone, or with not.",
            )
        case Gives.NUMBER:
            return _number(left, right)
        case Gives.TEXT:
            return _text(left, comparison, right, names)


def _number(left: Ask, right: Ask | Number | str) -> Mismatch | None:
    if isinstance(right, str):
        return f'"{right}"', f"a number: {left.word.name}(…) gives one", ""
    if isinstance(right, Ask):
        if right.word.gives is not Gives.NUMBER:
            return f"{right.word.name}(…), which gives {right.word.gives}", "a number", ""
        if _measure(left) != _measure(right):
            return f"{_measure(right)} against {_measure(left)}", "numbers of one unit", ""
    return None


def _measure(ask: Ask) -> str:
    """What kind of number a word gives: only equal kinds can be compared."""
    shaping = [str(value) for name, value in ask.call.options if name in {"per", "scale", "unit", "table"}]
    unit = ask.word.unit or f"{ask.word.name} of {', '.join(ask.call.names)}"
    return ", ".join((unit, *shaping))


def _text(left: Ask, comparison: Comparison, right: Ask | Number | str, names: Names) -> Mismatch | None:
    if comparison not in {Comparison.EQUAL, Comparison.UNEQUAL}:
        return f"{comparison} with a text", "== or != or in", ""
    if not isinstance(right, str):
        return "no text", f"a text: {left.word.name}(…) gives one", ""
    known = left.word.texts or (*names.of(NameKind.SCREEN).get(left.call.names[0], ()), NOT_DONE)
    if right in known:
        return None
    return f'"{right}"', f"one of {', '.join(known)}", did_you_mean(nearest(right, known))
