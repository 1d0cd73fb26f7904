"""`careplan render`: documents on standard output, in files and folders."""

import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize(("form", "sign"), [("html", "<!doctype html>"), ("markdown", "# "), ("text", "====")])
@pytest.mark.parametrize("document", ["team-plan", "patient-plan"])
def test_text_goes_to_standard_output(careplan: Command, deadly: Path, document: str, form: str, sign: str) -> None:
    result = careplan("render", deadly, "--document", document, "--format", form)
    assert result.exit_code == 0
    assert sign in result.stdout.lower()
    assert "Ada Example" in result.stdout
    assert result.stderr == ""


def test_pdf_into_a_file(careplan: Command, empty: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    out = tmp_path / "plan.pdf"
    assert careplan("render", empty, "--format", "pdf", "--output", out).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_pdf_is_not_poured_into_a_terminal(careplan: Command, empty: Path) -> None:
    result = careplan("render", empty, "--format", "pdf")
    assert result.exit_code == 2
    assert "--output" in result.stderr


def test_a_missing_extra_is_named(
    careplan: Command, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    result = careplan("render", empty, "--format", "pdf", "--output", tmp_path / "plan.pdf")
    assert result.exit_code == 2
    assert "careplan[pdf]" in result.stderr
    assert not (tmp_path / "plan.pdf").exists()


def test_several_plans_go_into_a_folder_that_is_made(
    careplan: Command, deadly: Path, empty: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "documents"
    result = careplan("render", deadly, empty, "--format", "markdown", "--output", out)
    assert result.exit_code == 0
    assert {file.name for file in out.iterdir()} == {"deadly.team-plan.md", "empty.team-plan.md"}
    assert result.stderr.count("Wrote ") == 2


def test_a_slash_makes_a_folder_of_one_document(careplan: Command, empty: Path, tmp_path: Path) -> None:
    careplan("render", empty, "--output", f"{tmp_path}/pages/")
    assert (tmp_path / "pages" / "empty.team-plan.html").is_file()


def test_several_plans_do_not_fit_on_standard_output(careplan: Command, deadly: Path, empty: Path) -> None:
    result = careplan("render", deadly, empty)
    assert result.exit_code == 2
    assert "name a folder" in result.stderr


def test_two_plans_of_one_name_are_refused_before_anything_is_written(
    careplan: Command, empty: Path, tmp_path: Path
) -> None:
    twin = tmp_path / "other" / "empty.json"
    twin.parent.mkdir()
    twin.write_bytes(empty.read_bytes())
    result = careplan("render", empty, twin, "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert "empty.team-plan.html" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_bad_plan_beside_a_good_one(careplan: Command, empty: Path, broken: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = careplan("render", empty, broken, "--output", out)
    assert result.exit_code == 2
    assert [file.name for file in out.iterdir()] == ["empty.team-plan.html"]
    assert "$.titel" in result.stderr


def test_a_folder_that_is_a_file(careplan: Command, deadly: Path, empty: Path) -> None:
    result = careplan("render", deadly, empty, "--output", empty)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_templates_of_a_clinic_come_first(careplan: Command, empty: Path, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    own = templates / "team-plan.j2"
    own.write_text("Our own page\n")
    result = careplan("render", empty, "--format", "text", "--templates", templates)
    assert result.stdout == "Our own page\n"
    own.write_text("{{ nobody.knows }}")
    result = careplan("render", empty, "--format", "text", "--templates", templates)
    assert result.exit_code == 2
    assert "nobody" in result.stderr
    assert result.stdout == ""


def test_an_interrupt_leaves_the_old_document_and_no_other_file(
    careplan: Command, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "plan.html"
    out.write_text("as it was")

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    before = set(tmp_path.iterdir())
    monkeypatch.setattr(os, "fsync", interrupted)
    result = careplan("render", empty, "--output", out)
    assert result.exit_code == 130
    assert "Interrupted" in result.stderr
    assert out.read_text() == "as it was"
    assert set(tmp_path.iterdir()) == before


def test_a_full_disk_is_told(careplan: Command, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = careplan("render", empty, "--output", tmp_path / "plan.html")
    assert result.exit_code == 2
    assert "the disk is full" in result.stderr
