"""A sentence after parsing: names checked, types right, every argument in its place."""

from attrs import field, frozen

from careplan.rules.facts import Call
from careplan.rules.truth import Comparison, Number
from careplan.rules.vocabulary import Word


@frozen
class Ask:
    """A word put to the plan."""

    word: Word = field(eq=lambda word: word.name)
    call: Call


@frozen
class Test:
    """A number or text compared with a constant, or with another word's answer."""

    __test__ = False  # a name that pytest would collect

    left: Ask
    comparison: Comparison
    right: "Ask | Number | str"


@frozen
class Defined:
    """A named condition of the definitions, with its own sentence in place."""

    name: str
    sentence: "Clause"
    before: bool


@frozen
class Not:
    """The opposite of a clause."""

    part: "Clause"


@frozen
class And:
    """All of the clauses."""

    parts: "tuple[Clause, ...]"


@frozen
class Or:
    """Any of the clauses."""

    parts: "tuple[Clause, ...]"


Clause = Ask | Test | Defined | Not | And | Or
"""Anything that is a yes, a no or an unknown."""


def clauses(clause: Clause) -> tuple[Clause, ...]:
    """The clauses directly inside a clause."""
    match clause:
        case And(parts) | Or(parts):
            return parts
        case Not(part):
            return (part,)
        case Defined(_, sentence, _):
            return (sentence,)
        case Ask() | Test():
            return ()


def size(clause: Clause) -> int:
    """How many clauses an answer may have to weigh, definitions included."""
    return 1 + sum(size(part) for part in clauses(clause))


def calls(clause: Clause) -> tuple[Call, ...]:
    """Every question of the sentence, in reading order, definitions included."""
    match clause:
        case Ask(_, call):
            return (call,)
        case Test(left, _, Ask(_, call)):
            return (left.call, call)
        case Test(left):
            return (left.call,)
        case _:
            return tuple(call for part in clauses(clause) for call in calls(part))
