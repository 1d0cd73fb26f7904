from pathlib import Path

import pytest

from careplan.rules import Names, SentenceError, parse
from careplan.rules.reference import page
from careplan.rules.vocabulary import Gives
from careplan.rules.words import WORDS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "when-language.md"


def test_the_page_is_fresh() -> None:
    """Made again by: python -m careplan.rules.reference > docs/reference/when-language.md"""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_has_every_word() -> None:
    assert [name for name in WORDS if f"### `{name}(" not in page()] == []


@pytest.mark.parametrize("word", WORDS)
def test_the_example_reads(word: str, names: Names) -> None:
    declared = WORDS[word]
    parse(declared.example, names, has_this=True)
    if declared.gives is not Gives.TRUTH:
        with pytest.raises(SentenceError, match="Compare it"):
            parse(declared.example.split(")", 1)[0] + ")", names, has_this=True)
