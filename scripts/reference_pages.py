"""Write the reference pages that are made from the data, into ``docs/reference``.

Run it after a change in the rules or in the knowledge base::

    python -m scripts.reference_pages
"""

from collections.abc import Mapping
from pathlib import Path

from careplan.knowledge import load_knowledge
from scripts import reference_catalogue, reference_coverage, reference_medicines, reference_rules

PAGES = Path(__file__).resolve().parents[1] / "docs" / "reference"
FOLDERS = ("drugs", "classes", "interactions", "catalogue")
"""Folders that hold generated pages and nothing else."""


def pages() -> Mapping[str, str]:
    """The text of every page by its path."""
    knowledge = load_knowledge()
    found: dict[str, str] = {}
    for about in (reference_rules, reference_medicines, reference_catalogue, reference_coverage):
        found |= about.pages(knowledge)
    return found


def leftovers(made: Mapping[str, str]) -> list[Path]:
    """Pages in the folders that are not made any more."""
    there = [file for folder in FOLDERS for file in (PAGES / folder).glob("*.md")]
    return [file for file in there if file.relative_to(PAGES).as_posix() not in made]


def main() -> None:
    """Write every page, and take away those that are not made any more."""
    made = pages()
    for file in leftovers(made):
        file.unlink()
    for name, text in made.items():
        target = PAGES / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    print(f"{len(made)} pages in docs/reference")


if __name__ == "__main__":
    main()
