"""Why a sentence answered as it did: the facts that decided, or the missing facts that could still decide it."""

from collections.abc import Iterable
from typing import TypeVar

from attrs import evolve, frozen

from careplan.rules.facts import Call, Fact, Facts, Gap, Missing, yes_or_no
from careplan.rules.tree import And, Ask, Clause, Defined, Not, Or, Test
from careplan.rules.truth import FALSE, TRUE, UNKNOWN, Comparison, Number, Truth, compared, negation

_LISTS = frozenset({Gap.CONDITION, Gap.ALLERGY})


@frozen
class Explanation:
    """The answer of a sentence with its reasons.

    `facts` are those that made it yes or no; for an unknown answer, those that hold so far. `missing` is filled
    only for an unknown answer, and only with facts that could change it.
    """

    truth: Truth
    facts: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = ()


def explained(clause: Clause, facts: Facts) -> Explanation:
    """Ask the clause again, this time keeping the reasons."""
    match clause:
        case Ask(_, call):
            return _resting_on(yes_or_no(facts, call), (call,), facts)
        case Test(left, comparison, right):
            return _tested(left, comparison, right, facts)
        case Defined(_, sentence, before):
            return explained(sentence, facts.before() if before else facts)
        case Not(part):
            inner = explained(part, facts)
            return Explanation(negation(inner.truth), inner.facts, inner.missing)
        case And(parts):
            return _joined([explained(part, facts) for part in parts], settled_by=FALSE, otherwise=TRUE)
        case Or(parts):
            return _joined([explained(part, facts) for part in parts], settled_by=TRUE, otherwise=FALSE)


def _tested(left: Ask, comparison: Comparison, right: Ask | Number | str, facts: Facts) -> Explanation:
    if isinstance(right, Ask):
        truth = compared(facts.value(left.call), comparison, facts.value(right.call))
        return _resting_on(truth, (left.call, right.call), facts)
    return _resting_on(compared(facts.value(left.call), comparison, right), (left.call,), facts)


def _resting_on(truth: Truth, calls: tuple[Call, ...], facts: Facts) -> Explanation:
    evidence = [(call.word, facts.evidence(call)) for call in calls]
    known = (evolve(fact, word=word) for word, each in evidence for fact in each.facts)
    missing = (lack for _, each in evidence for lack in each.missing) if truth is UNKNOWN else ()
    return Explanation(truth, _once(known), _once(missing))


def _joined(parts: list[Explanation], *, settled_by: Truth, otherwise: Truth) -> Explanation:
    settling = [part for part in parts if part.truth is settled_by]
    if settling:
        return _merged(settled_by, settling)
    unknown = [part for part in parts if part.truth is UNKNOWN]
    if not unknown:
        return _merged(otherwise, parts)
    if otherwise is FALSE:
        return _merged(UNKNOWN, unknown)
    # In `a and b` with a known yes, a belongs to the story; in `a or b` with a known no, it does not.
    known = [part for part in parts if part.truth is not UNKNOWN]
    return _merged(UNKNOWN, known + ([part for part in unknown if _asks_for_a_list(part)] or unknown))


def _asks_for_a_list(part: Explanation) -> bool:
    """Whether confirming a list would settle it: then what else matters is asked only if something stands there."""
    return all(lack.kind in _LISTS for lack in part.missing)


def _merged(truth: Truth, parts: list[Explanation]) -> Explanation:
    return Explanation(
        truth,
        _once(fact for part in parts for fact in part.facts),
        _once(lack for part in parts for lack in part.missing),
    )


_Item = TypeVar("_Item", Fact, Missing)


def _once(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items))
