"""What must be true of the templates themselves, whatever they are filled with."""

import re
from pathlib import Path

import pytest
from jinja2 import nodes

from careplan.documents import Document, Format, template_root
from careplan.documents.environment import environment
from tests.documents.forbidden import EVERYWHERE, FOR_PATIENTS, found

ROOT = Path(str(template_root()))
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.j2"))
SAFE_FILTERS = {"css_string", "typst_string", "prefixed", "upper", "length"}


def parsed(name: str) -> nodes.Template:
    return environment(Format.HTML).parse((ROOT / name).read_text(encoding="utf-8"))


def test_the_folder_of_templates_is_at_the_top_of_the_checkout() -> None:
    assert {"team-plan.j2", "patient-plan.j2", "blocks"} <= {path.name for path in ROOT.iterdir()}
    assert not (Path(__file__).parents[2] / "src/careplan/templates").exists()


@pytest.mark.parametrize("document", Document)
def test_each_document_has_its_template(document: Document) -> None:
    assert f"{document.value}.j2" in TEMPLATES


def blocks(format: Format) -> dict[str, list[str]]:
    macros = parsed(format.blocks).find_all(nodes.Macro)
    return {macro.name: [argument.name for argument in macro.args] for macro in macros}


@pytest.mark.parametrize("document", Document)
@pytest.mark.parametrize("format", Format)
def test_every_block_that_a_document_uses_exists_in_every_format(document: Document, format: Format) -> None:
    calls = [call.node for call in parsed(f"{document.value}.j2").find_all(nodes.Call)]
    used = {node.attr for node in calls if isinstance(node, nodes.Getattr)}
    assert used <= set(blocks(format))
    assert {name: blocks(format)[name] for name in used} == {name: blocks(Format.HTML)[name] for name in used}


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_goes_around_the_escaping(name: str) -> None:
    template = parsed(name)
    assert {each.name for each in template.find_all(nodes.Filter)} <= SAFE_FILTERS
    assert not list(template.find_all(nodes.Concat))
    assert not [
        output for output in template.find_all(nodes.Output) for node in output.nodes if isinstance(node, nodes.Const)
    ]


@pytest.mark.parametrize("document", Document)
def test_documents_hold_no_arithmetic_and_no_comparison(document: Document) -> None:
    template = parsed(f"{document.value}.j2")
    assert not list(template.find_all((nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Compare)))


@pytest.mark.parametrize("document", Document)
def test_documents_hold_no_dangerous_word_and_no_telephone_number(document: Document) -> None:
    text = " ".join(
        str(node.value) for node in parsed(f"{document.value}.j2").find_all(nodes.Const) if isinstance(node.value, str)
    )
    patterns = EVERYWHERE | (FOR_PATIENTS if document is Document.PATIENT_PLAN else {})
    assert found(text, patterns) == []
    assert not re.search(r"\d{3}", text)


def test_the_css_meets_the_contrast_that_it_promises() -> None:
    css = (ROOT / "blocks/html.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))
    tones = [name.removesuffix("-tint") for name in colours if name.endswith("-tint")]
    assert len(tones) == 6
    for tone in tones:
        assert contrast(colours[tone], colours[f"{tone}-tint"]) >= 4.5
        assert contrast(colours["soft"], colours[f"{tone}-tint"]) >= 4.5
    assert contrast(colours["soft"], "#ffffff") >= 4.5
    assert contrast(colours["accent"], "#ffffff") >= 4.5


def test_paper_has_the_colours_of_the_screen() -> None:
    css = set(re.findall(r"--[a-z-]+: (#[0-9a-f]{6});", (ROOT / "blocks/html.css").read_text(encoding="utf-8")))
    typst = set(re.findall(r'rgb\("(#[0-9a-f]{6})"\)', (ROOT / "blocks/typst.typ").read_text(encoding="utf-8")))
    assert css <= typst


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2 between two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
