"""The reference pages made from the data say what the data say."""

from collections.abc import Mapping

import pytest

from careplan.cli.markdown_page import plain
from careplan.knowledge import load_knowledge
from scripts import reference_pages


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    return reference_pages.pages()


def test_the_pages_are_fresh(made: Mapping[str, str]) -> None:
    """Made again by: python -m scripts.reference_pages"""
    old = [name for name, text in made.items() if _there(name) != text]
    assert old == []
    assert reference_pages.leftovers(made) == []


def _there(name: str) -> str:
    file = reference_pages.PAGES / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_every_medicine_class_and_pair_has_its_place(made: Mapping[str, str]) -> None:
    known = load_knowledge()
    assert {f"classes/{name}.md" for name in known.classes} <= set(made)
    described = [name for name, drug in known.drugs.items() if drug.doses]
    assert {f"drugs/{name}.md" for name in described} <= set(made)
    families = "".join(text for name, text in made.items() if name.startswith("interactions/"))
    assert all(f"; {plain(name)})" in families for name in known.interactions)


def test_text_of_the_data_is_no_markup() -> None:
    assert plain("eGFR <30 [a](b)\n*now*") == r"eGFR \<30 \[a\](b) \*now\*"
