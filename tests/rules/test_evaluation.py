"""The laws of the logic, for sentences made at random."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, strategies as st

from careplan.rules import ENDLESS, FALSE, TRUE, UNKNOWN, Names, Sentence, Span, Truth, Value, parse
from careplan.rules.evaluation import compiled
from careplan.rules.explanation import explained
from careplan.rules.requirement import required
from careplan.rules.tree import And, Clause, Not, Or, calls
from tests.rules.hand import Hand, load_names, question

NAMES = load_names()
LEAVES = [
    *(parse(f'on("{name}")', NAMES).clause for name in ("arb", "ssri", "opioid")),
    *(parse(f'has("{name}")', NAMES).clause for name in ("gi-bleed", "dementia")),
    *(parse(text, NAMES).clause for text in ("age() >= 65", 'latest("egfr") < 30', "30 <= age() < 40")),
    *(parse(text, NAMES).clause for text in ('daily("arb") > 10', 'daily("arb") >= 0', 'age_of("fbc") > 92')),
]
CLAUSES: st.SearchStrategy[Clause] = st.recursive(
    st.sampled_from(LEAVES),
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, min_size=2, max_size=3).map(lambda each: And(tuple(each))),
        st.lists(parts, min_size=2, max_size=3).map(lambda each: Or(tuple(each))),
    ),
    max_leaves=8,
)
TRUTHS = st.sampled_from(Truth)
NUMBERS: st.SearchStrategy[Value] = st.one_of(
    st.integers(0, 120), st.just(UNKNOWN), st.integers(0, 100).map(Span), st.integers(1, 90).map(lambda n: Span(0, n))
)
FACTS = st.fixed_dictionaries(
    {question(call): TRUTHS if call.word in {"on", "has"} else NUMBERS for leaf in LEAVES for call in calls(leaf)}
).map(Hand)


@pytest.mark.parametrize(("left", "right"), list(product(Truth, repeat=2)))
def test_kleene_tables(names: Names, left: Truth, right: Truth) -> None:
    facts = Hand({"on arb": left, "on ssri": right})
    order = [FALSE, UNKNOWN, TRUE]
    least, most = (order[pick(order.index(left), order.index(right))] for pick in (min, max))
    assert parse('on("arb") and on("ssri")', names).truth(facts) is least
    assert parse('on("arb") or on("ssri")', names).truth(facts) is most


@given(CLAUSES, FACTS)
def test_the_explanation_gives_the_same_answer(clause: Clause, facts: Hand) -> None:
    explanation = explained(clause, facts)
    assert explanation.truth is compiled(clause)(facts)
    assert bool(explanation.missing) == (explanation.truth is UNKNOWN)


@given(CLAUSES, FACTS)
def test_the_order_of_operands_changes_nothing(clause: Clause, facts: Hand) -> None:
    assert compiled(reversed_parts(clause))(facts) is compiled(clause)(facts)


@given(CLAUSES, FACTS)
def test_negation_exchanges_and_with_or(clause: Clause, facts: Hand) -> None:
    assert compiled(dual(clause))(facts) is compiled(Not(clause))(facts)


@given(CLAUSES, FACTS, st.data())
def test_learning_a_fact_never_takes_an_answer_back(clause: Clause, facts: Hand, data: st.DataObject) -> None:
    before = compiled(clause)(facts)
    if before is not UNKNOWN:
        assert compiled(clause)(learnt(facts, data)) is before


@given(CLAUSES, FACTS, st.data())
def test_facts_that_are_not_asked_for_cannot_settle_the_answer(
    clause: Clause, facts: Hand, data: st.DataObject
) -> None:
    """Whatever is learnt about anything else, an unknown answer stays unknown."""
    explanation = explained(clause, facts)
    if explanation.truth is UNKNOWN:
        wanted = frozenset(lack.name for lack in explanation.missing)
        assert compiled(clause)(learnt(facts, data, but=wanted)) is UNKNOWN


@given(CLAUSES, FACTS)
def test_known_facts_alone_decide_a_known_answer(clause: Clause, facts: Hand) -> None:
    """The facts of the explanation give the same answer when everything else is forgotten."""
    explanation = explained(clause, facts)
    if explanation.truth is not UNKNOWN:
        told = {fact.about for fact in explanation.facts}
        spans = {q for q, value in facts.answers.items() if isinstance(value, Span)}
        kept = {q: v for q, v in facts.answers.items() if q.split()[-1] in told or q in spans}
        assert compiled(clause)(Hand(kept)) is explanation.truth


@given(CLAUSES, FACTS)
def test_a_plan_without_the_required_medicines_is_never_spoken_of(clause: Clause, facts: Hand) -> None:
    for names in required(clause):
        absent: dict[str, Value] = {f"on {name}": FALSE for name in names}
        absent |= {f"daily {name}": 0 for name in names}
        assert compiled(clause)(Hand({**facts.answers, **absent})) is FALSE


def test_a_definition_can_ask_about_the_day_before(names: Names) -> None:
    from careplan.rules.tree import Defined

    tolerant = Defined("tolerant", parse('daily("morphine") >= 60', names).clause, before=True)
    sentence = parse('defined("tolerant")', names, {"tolerant": tolerant})
    today = Hand({"daily morphine": 60}, yesterday=Hand({"daily morphine": 0}))
    assert sentence.truth(today) is FALSE
    assert sentence.explain(today).truth is FALSE


def test_unknown_asks_only_for_what_could_change_the_answer(names: Names) -> None:
    sentence = parse('on("arb") and (latest("egfr") < 30 or has("dialysis")) and (age() > 75 or on("ssri"))', names)
    facts = Hand({"on arb": TRUE, "has dialysis": FALSE, "on ssri": TRUE})
    explanation = sentence.explain(facts)
    assert explanation.truth is UNKNOWN
    assert [lack.name for lack in explanation.missing] == ["egfr"]
    assert [fact.about for fact in explanation.facts] == ["arb", "ssri"]


def test_every_reason_of_a_yes_is_told(names: Names) -> None:
    sentence = parse('age() >= 65 or on("arb") or on("ssri")', names)
    told = sentence.explain(Hand({"age": 71, "on arb": FALSE, "on ssri": TRUE})).facts
    assert [(fact.about, fact.value, fact.word) for fact in told] == [("age", 71, "age"), ("ssri", None, "on")]


def reversed_parts(clause: Clause) -> Clause:
    match clause:
        case And(parts):
            return And(tuple(reversed_parts(part) for part in reversed(parts)))
        case Or(parts):
            return Or(tuple(reversed_parts(part) for part in reversed(parts)))
        case Not(part):
            return Not(reversed_parts(part))
        case _:
            return clause


def dual(clause: Clause) -> Clause:
    """De Morgan: the negation, pushed down to the leaves."""
    match clause:
        case And(parts):
            return Or(tuple(dual(part) for part in parts))
        case Or(parts):
            return And(tuple(dual(part) for part in parts))
        case Not(part):
            return part
        case _:
            return Not(clause)


def learnt(facts: Hand, data: st.DataObject, but: frozenset[str] = frozenset()) -> Hand:
    """The same facts with some that were unknown, or known in part, found out."""
    return Hand({q: v if q.split()[-1] in but else found_out(q, v, data) for q, v in facts.answers.items()})


def found_out(asked: str, value: Value, data: st.DataObject) -> Value:
    if value is UNKNOWN:
        answers: st.SearchStrategy[Value] = TRUTHS if asked.startswith(("on ", "has ")) else NUMBERS
        return data.draw(answers)
    if isinstance(value, Span):
        high = 200 if value.high == ENDLESS else int(value.high)
        return int(data.draw(st.integers(int(value.low), high)))
    return value


def test_a_sentence_is_equal_by_its_text(names: Names) -> None:
    one: Any = parse(' on("arb") ', names)
    assert one == parse('on("arb")', names)
    assert isinstance(one, Sentence)
