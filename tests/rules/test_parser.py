from decimal import Decimal

import pytest

from careplan.rules import TRUE, UNKNOWN, Names, SentenceError, parse
from careplan.rules.tree import And, Ask, Defined, Not, Or, Test
from tests.rules.hand import Hand


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ('onn("arb")', 1, 'Did you mean "on"?'),
        ('on("arbb")', 4, 'Did you mean "arb"?'),
        ('on("ACE_inhibitor")', 4, 'Did you mean "ace-inhibitor"?'),
        ('has("gi-bled")', 5, 'Did you mean "gi-bleed"?'),
        ('on("arb", usee="regular")', 11, 'Did you mean "use"?'),
        ('on("arb", use="often")', 15, 'expected "regular", "as-needed"'),
        ('on("arb", route="by-mouth")', 17, '"oral"'),
        ("on()", 1, "found 0 in brackets"),
        ('age_of("egfr", "alt") > 1', 1, "found 2 in brackets"),
        ("age()", 1, "which gives a number; expected yes or no"),
        ('on("arb") > 1', 1, "found on(…) compared; expected a number or a text"),
        ('daily("arb") > "high"', 1, 'found "high"; expected a number'),
        ('screen("cyp2d6") == "pour"', 1, 'Did you mean "poor"?'),
        ('screen("cyp2d6") > "poor"', 1, "expected == or != or in"),
        ('screen("cyp2d6") in "poor"', 21, "expected several constants in brackets"),
        ('latest("egfr") < age()', 1, "expected numbers of one unit"),
        ("age() > 1e3", 9, "a number in plain digits"),
        ("age() > True", 9, "expected a number or a text"),
        ("1 < 2", 1, "two constants compared"),
        ("age() + 1 > 3", 1, "expected a constant"),
        ("age() is 3", 1, "expected one of < <="),
        ('on("this")', 4, "Give the rule `each"),
        ('on("arb", held="yes")', 16, "True or False"),
        ('days_on("arb", ended_within=-1) > 3', 29, "a whole number, 0 or more"),
        ('has("gi-bleed", at_least=2)', 26, "no grade: gi-bleed has none"),
        ('has("heart-failure", at_least=5)', 31, "a grade of heart-failure: 1, 2, 3, 4"),
        ('defined("imunosuppressed")', 9, "expected the name of a definition"),
        ("defined(3)", 1, 'expected defined("name")'),
        ('on("arb").real', 1, "expected a word such as on(…)"),
        ('__import__("os")', 1, "expected a word of the language"),
        ('on.x("arb")', 1, "expected one word of the language"),
        ('on(*"arb")', 4, "expected a constant"),
        ('on("arb", **3)', 11, "found **="),
        ('on(f"arb")', 4, "expected a constant"),
        ("[on('arb')]", 1, "expected a word such as on(…)"),
        ("lambda: 3", 1, "expected a word such as on(…)"),
        ('on("arb" ', 3, "was never closed"),
        ("on(“arb”)", 4, "straight quotes"),
        ('on("arb") # why', 11, "no comments"),
        ("", 1, "found nothing"),
        ("True", 1, "expected a word such as on(…)"),
    ],
)
def test_errors_name_column_expectation_and_near_miss(names: Names, text: str, column: int, message: str) -> None:
    with pytest.raises(SentenceError) as caught:
        parse(text, names)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (1, column)
    assert message in str(problem)


def test_all_problems_at_once_each_on_its_line(names: Names) -> None:
    with pytest.raises(SentenceError) as caught:
        parse('on("arbb")\nand has("gi-bled")\n  and age() > "old"', names)
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(1, 4), (2, 9), (3, 7)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not " * 40 + 'on("arb")', "too many levels"),
        ("not " * 990 + 'on("arb")', "at most 30"),
        ("(" * 1000, "expected a sentence"),
        ("(" * 300 + 'on("arb")' + ")" * 300, "too many nested parentheses"),
        (" and ".join(['on("arb")'] * 300), "at most 4000"),
        ('on("arb")' + " " * 4000 + "and", "4012 characters"),
    ],
)
def test_reading_always_ends(names: Names, text: str, message: str) -> None:
    with pytest.raises(SentenceError, match=message):
        parse(text, names)


def test_size_counts_what_definitions_add(names: Names) -> None:
    known: dict[str, Defined] = {}

    def doubled(step: int) -> None:
        text = " or ".join([f'defined("d{step - 1}")'] * 2) if step else 'on("arb") or on("ssri")'
        known[f"d{step}"] = Defined(f"d{step}", parse(text, names, known).clause, before=False)

    for step in range(8):
        doubled(step)
    with pytest.raises(SentenceError, match="too many parts"):
        doubled(8)


def test_the_tree(names: Names) -> None:
    clause = parse('on("arb") and not (latest("egfr") < 12.5 or 65 <= age() < 75)', names).clause
    assert isinstance(clause, And)
    first, second = clause.parts
    assert isinstance(first, Ask)
    assert first.call.names == ("arb",)
    assert isinstance(second, Not)
    assert isinstance(second.part, Or)
    low, between = second.part.parts
    assert isinstance(low, Test)
    assert low.right == Decimal("12.5")
    assert isinstance(between, And)
    assert [(test.comparison, test.right) for test in between.parts if isinstance(test, Test)] == [
        (">=", 65),
        ("<", 75),
    ]


def test_calls_are_complete_and_canonical(names: Names) -> None:
    def call(text: str) -> object:
        clause = parse(text, names, has_this=True).clause
        assert isinstance(clause, Ask | Test)
        return (clause if isinstance(clause, Ask) else clause.left).call

    assert call('days_on("arb") > 1') == call('days_on("arb", ended_within=0, planned=False) > 1')
    assert call('days_on("arb") > 1') != call('days_on("arb", use="regular") > 1')


def test_options_of_a_call(names: Names) -> None:
    clause = parse('recorded("review", "this", within=183)', names, has_this=True).clause
    assert isinstance(clause, Ask)
    assert clause.call.names == ("review",)
    assert clause.call.keywords == {"about": "this", "within": 183}
    assert clause.call.about_this
    clause = parse('states("tacrolimus", "brand")', names).clause
    assert isinstance(clause, Ask)
    assert (clause.call.names, clause.call.keywords) == (("tacrolimus",), {"field": "brand"})
    assert not clause.call.about_this


@pytest.mark.parametrize(
    ("value", "answer"), [("poor", "yes"), ("normal", "no"), (UNKNOWN, "unknown"), ("not-done", "no")]
)
def test_membership(names: Names, value: str, answer: str) -> None:
    facts = Hand({"screen cyp2d6": value})
    assert parse('screen("cyp2d6") in ("poor", "ultrarapid")', names).truth(facts).value == answer
    opposite = parse('screen("cyp2d6") not in ("poor", "ultrarapid")', names).truth(facts).value
    assert {answer, opposite} in ({"yes", "no"}, {"unknown"})


def test_a_word_that_answers_with_a_bool_is_refused(names: Names) -> None:
    with pytest.raises(TypeError, match="must answer with a Truth"):
        parse('on("arb")', names).truth(Hand({"on arb": True}))
    assert parse('on("arb")', names).truth(Hand({"on arb": TRUE})) is TRUE
