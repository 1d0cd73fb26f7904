"""What must be on a plan for a sentence to be possibly true: lets the engine skip rules the plan does not touch.

The condition is necessary, not sufficient: when in doubt it asks for less, and the rule is evaluated.
"""

from decimal import Decimal
from functools import reduce

from careplan.rules.facts import Call
from careplan.rules.tree import And, Ask, Clause, Defined, Not, Or, Test
from careplan.rules.truth import FALSE, TRUE, UNKNOWN, Truth, compared

Requirement = tuple[frozenset[str], ...]
"""Sets of drug and class names; of each set the plan must mention at least one. Empty: nothing is required."""

_NOTHING: Requirement = ()
_MOST = 6


def required(clause: Clause, answer: Truth = TRUE) -> Requirement:
    """What the plan must mention for the clause to possibly give this answer.

    A plan mentions a medicine when any item of it, whatever its status, or an earlier revision holds it.
    """
    match clause:
        case Ask(word, call):
            return _nothing_or(call, word.implied, absent=word.absent, answer=answer, both=not word.many)
        case Test(Ask(word, call), comparison, str() | int() | Decimal() as constant):
            absent = None if word.absent is None else compared(word.absent, comparison, constant)
            return _nothing_or(call, word.implied, absent=absent, answer=answer, both=False)
        case Test():
            return _NOTHING
        case Defined(_, sentence, _):
            return required(sentence, answer)
        case Not(part):
            return required(part, FALSE if answer is TRUE else TRUE)
        case And(parts):
            return (_all if answer is TRUE else _any)([required(part, answer) for part in parts])
        case Or(parts):
            return (_any if answer is TRUE else _all)([required(part, answer) for part in parts])


def _nothing_or(call: Call, implied: tuple[str, ...], *, absent: object, answer: Truth, both: bool) -> Requirement:
    names = call.names or implied
    if not isinstance(absent, Truth) or absent in {answer, UNKNOWN} or not names:
        return _NOTHING
    either = tuple(frozenset((name,)) for name in names) if both else (frozenset(names),)
    return either if call.filters.of is None else (*either, frozenset((call.filters.of,)))


def _all(parts: list[Requirement]) -> Requirement:
    return _strongest({names for part in parts for names in part})


def _any(parts: list[Requirement]) -> Requirement:
    if not all(parts):
        return _NOTHING
    return reduce(lambda one, other: _strongest({a | b for a in one for b in other}), parts)


def _strongest(sets: set[frozenset[str]]) -> Requirement:
    """Drop what another set already implies, then keep the few that exclude most plans."""
    minimal = [names for names in sets if not any(other < names for other in sets)]
    return tuple(sorted(minimal, key=lambda names: (len(names), sorted(names)))[:_MOST])
