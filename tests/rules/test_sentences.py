"""Every sentence of the hardest hazards can be said, and asks for the right medicines."""

import tomllib
from collections.abc import Iterator, Mapping

import pytest

from careplan.rules import Names, Sentence, parse
from careplan.rules.tree import Defined
from tests.rules.hand import DATA, Hand

SENTENCES = tomllib.loads((DATA / "hardest.toml").read_text(encoding="utf-8"))["sentence"]


def cases() -> Iterator[tuple[str, str, bool]]:
    for table in SENTENCES:
        name, has_this = f"{table['id']} {'-'.join(table.get('jurisdiction', ()))}".strip(), "each" in table
        yield name, table["when"], has_this
        for step in table.get("escalate", ()):
            yield " ".join((name, "to", step["to"], *step.get("jurisdiction", ()))), step["when"], has_this


@pytest.mark.parametrize(("text", "has_this"), [pytest.param(when, this, id=name) for name, when, this in cases()])
def test_the_sentence_reads(text: str, has_this: object, names: Names, definitions: Mapping[str, Defined]) -> None:
    sentence = parse(text, names, definitions, has_this=bool(has_this))
    everything_unknown = Hand(yesterday=Hand())
    assert sentence.truth(everything_unknown) is sentence.explain(everything_unknown).truth


@pytest.fixture
def sentence_of(names: Names, definitions: Mapping[str, Defined]) -> Mapping[str, Sentence]:
    return {table["id"]: parse(table["when"], names, definitions, has_this="each" in table) for table in SENTENCES}


@pytest.mark.parametrize(
    ("rule", "needed"),
    [
        ("methotrexate-nsaid", [{"methotrexate"}, {"nsaid-systemic"}]),
        ("opioid-dose-high", [{"opioid"}]),
        ("kidney-check-overdue-older", [{"ace-inhibitor", "arb", "loop-diuretic"}]),
        ("maoi-partner", [{"maoi-victim", "maoi-victim-opioid"}, {"maoi-b", "maoi-irreversible", "maoi-reversible"}]),
        ("jak-inhibitor-dose-for-other-disease", [{"this"}, {"tofacitinib", "upadacitinib"}]),
        ("surgery-timing-missing", []),
        ("opioid-modified-release-misuse", [{"this"}]),
    ],
)
def test_what_a_plan_must_mention(sentence_of: Mapping[str, Sentence], rule: str, needed: list[set[str]]) -> None:
    assert {frozenset(names) for names in needed} == set(sentence_of[rule].requirement)
