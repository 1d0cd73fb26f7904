"""The reference pages made from the data say what the data say."""

from collections.abc import Mapping

import pytest

from scripts import reference_pages


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    return reference_pages.pages()


@pytest.mark.parametrize("name", ["rules.md", "table-rules.md", "coverage.md", "sources.md"])
def test_the_page_is_fresh(name: str, made: Mapping[str, str]) -> None:
    """Made again by: python scripts/reference_pages.py"""
    assert (reference_pages.PAGES / name).read_text(encoding="utf-8") == made[name]


def test_text_of_the_data_is_no_markup() -> None:
    assert reference_pages.plain("eGFR <30 [a](b)\n*now*") == r"eGFR \<30 \[a\](b) \*now\*"
