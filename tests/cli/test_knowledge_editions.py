"""`careplan knowledge coverage|diff|sources` and the formats of `show`."""

import json
import shutil
from pathlib import Path

import pytest

from careplan.knowledge import load_knowledge
from careplan.knowledge.compiled import AUTHORED, COMPILED
from tests.cli.conftest import Command


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    shutil.copytree(AUTHORED, folder)
    drug = folder / "drugs" / "methotrexate.toml"
    drug.write_text(drug.read_text().replace("hard_above = 25\n", "hard_above = 24\n", 1))
    return folder


def test_diff_tells_the_value_that_changed(careplan: Command, edition: Path) -> None:
    result = careplan("knowledge", "diff", "shipped", str(edition))
    assert result.exit_code == 0
    assert "~ drugs methotrexate" in result.stdout
    assert "hard_above 25 → 24" in result.stdout
    assert result.stdout.endswith("1 differences\n")
    tree = json.loads(careplan("knowledge", "diff", str(COMPILED), str(edition), "--format", "json").stdout)
    assert [(each["id"], each["part"], each["kind"]) for each in tree] == [("methotrexate", "limit", "changed")]


def test_diff_of_the_same_edition(careplan: Command) -> None:
    assert careplan("knowledge", "diff", "shipped", "shipped").stdout == "No difference\n"


@pytest.mark.parametrize("place", ["no-such-place", __file__])
def test_diff_names_what_is_no_edition(careplan: Command, place: str) -> None:
    result = careplan("knowledge", "diff", "shipped", place)
    assert result.exit_code == 2
    assert place in result.stderr
    assert "Traceback" not in result.stderr


def test_coverage_counts(careplan: Command) -> None:
    text = careplan("knowledge", "coverage").stdout
    assert f"{len(load_knowledge().drugs):6}  drugs" in text
    tree = json.loads(careplan("knowledge", "coverage", "--format", "json").stdout)
    assert tree["entries"]["interactions"] == len(load_knowledge().interactions)


def test_sources_that_are_due(careplan: Command) -> None:
    every = careplan("knowledge", "sources", "--format", "json").stdout
    due = json.loads(careplan("knowledge", "sources", "--overdue", "--on", "2026-12-01", "--format", "json").stdout)
    later = json.loads(careplan("knowledge", "sources", "--overdue", "--on", "2040-01-01", "--format", "json").stdout)
    unseen = json.loads(careplan("knowledge", "sources", "--unseen", "--format", "json").stdout)
    assert len(json.loads(every)) == len(later) == len(load_knowledge().sources)
    assert {source["id"] for source in unseen} <= {source["id"] for source in due}
    assert len(due) < len(later)
    assert all(source["overdue"] for source in due)


@pytest.mark.parametrize("name", ["methotrexate", "nsaid-topical", "co-codamol 30/500"])
def test_a_page_in_every_format(careplan: Command, name: str) -> None:
    assert careplan("knowledge", "show", name, "--format", "markdown").stdout.startswith("# ")
    assert json.loads(careplan("knowledge", "show", name, "--format", "json").stdout)
    assert careplan("knowledge", "show", name).exit_code == 0


def test_what_is_given_another_way_is_on_the_page_too(careplan: Command) -> None:
    """A gel's facts stand on the page of a medicine that is mostly swallowed."""
    assert "for every topical NSAID" in " ".join(careplan("knowledge", "show", "diclofenac").stdout.split())
