"""Sentences as closures: built once when a rule loads, asked thousands of times.

Answers stop at the first part that settles them: a no in `and`, a yes in `or`. An unknown part never stops
the search, because a later part may settle the answer whatever the missing fact would say.
"""

from collections.abc import Callable
from decimal import Decimal

from careplan.rules.facts import Call, Facts, yes_or_no
from careplan.rules.tree import And, Ask, Clause, Defined, Not, Or, Test
from careplan.rules.truth import FALSE, TRUE, UNKNOWN, Comparison, Number, Truth, compared, negation

Answer = Callable[[Facts], Truth]


def compiled(clause: Clause) -> Answer:
    """The closure that answers a clause."""
    match clause:
        case Ask(_, call):
            return lambda facts: yes_or_no(facts, call)
        case Test(left, comparison, right):
            if isinstance(right, Ask):
                return _between(left.call, comparison, right.call)
            return _against(left.call, comparison, right)
        case Defined(_, sentence, before):
            return _earlier(compiled(sentence)) if before else compiled(sentence)
        case Not(part):
            answer = compiled(part)
            return lambda facts: negation(answer(facts))
        case And(parts):
            return _settled(tuple(compiled(part) for part in parts), by=FALSE, otherwise=TRUE)
        case Or(parts):
            return _settled(tuple(compiled(part) for part in parts), by=TRUE, otherwise=FALSE)


def _settled(parts: tuple[Answer, ...], *, by: Truth, otherwise: Truth) -> Answer:
    def answer(facts: Facts) -> Truth:
        settled = otherwise
        for part in parts:
            truth = part(facts)
            if truth is by:
                return by
            if truth is UNKNOWN:
                settled = UNKNOWN
        return settled

    return answer


def _against(call: Call, comparison: Comparison, constant: Number | str) -> Answer:
    exact = comparison.exact
    known = (str,) if isinstance(constant, str) else (int, Decimal)

    def answer(facts: Facts) -> Truth:
        value = facts.value(call)
        if isinstance(value, known):
            return TRUE if exact(value, constant) else FALSE
        return compared(value, comparison, constant)

    return answer


def _between(left: Call, comparison: Comparison, right: Call) -> Answer:
    return lambda facts: compared(facts.value(left), comparison, facts.value(right))


def _earlier(answer: Answer) -> Answer:
    return lambda facts: answer(facts.before())
