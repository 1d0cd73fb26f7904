import io
import sys
from datetime import date
from typing import Any

import attrs
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from careplan import model as m
from careplan.agenda import Agenda
from careplan.checks import Report
from careplan.documents import Document, PdfError, render
from careplan.documents.pdf import compile_pdf
from careplan.knowledge import Knowledge

PLAIN = '#set document(title: "T")\n#set text(font: "IBM Plex Sans", lang: "en")\n= H\n'
ON = date(2026, 3, 2)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).replace("\u200b", "").split())


@pytest.fixture(scope="module", params=Document)
def made(
    request: pytest.FixtureRequest, plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge
) -> tuple[Document, bytes]:
    pdf = render(plan, request.param, report=report, agenda=agenda, format="pdf", knowledge=knowledge)
    assert isinstance(pdf, bytes)
    return request.param, pdf


def test_the_pdf_is_tagged_and_has_title_and_language(made: tuple[Document, bytes]) -> None:
    reader = read(made[1])
    root: Any = reader.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert "plan for Margaret Hollis" in str(reader.metadata.title)
    assert "/Outlines" in root


def tags(node: Any) -> set[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, DictionaryObject):
            found.add(str(element.get("/S", "")))
            children = element.get("/K", [])
            waiting += children if isinstance(children, list) else [children]
    return found


def test_tables_and_headings_are_marked_as_such(made: tuple[Document, bytes]) -> None:
    structure = tags(read(made[1]).root_object["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/THead", "/TH", "/TD", "/Caption", "/L", "/LI"} <= structure


def test_every_page_says_whose_it_is_and_which_one_it_is(made: tuple[Document, bytes]) -> None:
    pages = read(made[1]).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert "Margaret Hollis" in text
        assert "penicillin" in text
        assert f"Page {number} of {len(pages)}" in text
        assert "ra-1" in text


def test_the_summary_of_the_team_is_one_page_however_much_there_is(
    plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge
) -> None:
    many = tuple(
        attrs.evolve(finding, fingerprint=f"{finding.fingerprint}-{number}", acknowledgement=None)
        for number in range(8)
        for finding in report.findings
    )
    medicines = tuple(attrs.evolve(plan.components[1], id=f"folate-{number}") for number in range(8))
    full = attrs.evolve(plan, components=(*plan.components, *medicines))
    gaps = report.not_assessed * 5
    crowded = attrs.evolve(report, findings=many, not_assessed=gaps)
    pdf = render(full, "team-plan", report=crowded, agenda=agenda, format="pdf", knowledge=knowledge)
    assert isinstance(pdf, bytes)
    first, second = (read(pdf).pages[number].extract_text().replace("\u200b", "") for number in (0, 1))
    assert "Shared care" in first
    assert "and 5 more, see “Findings”" in first
    assert "more, see “Medicines”" in first
    assert second.index("Findings and what to do") < second.index("CRITICAL")


def test_the_words_are_there(made: tuple[Document, bytes]) -> None:
    text = text_of(made[1])
    assert "FOUR 2.5 mg tablets (10 mg)" in text.replace("\u00a0", " ")
    assert "WARNING" in text or "ASK YOUR TEAM" in text


def test_the_same_plan_gives_the_same_bytes(
    made: tuple[Document, bytes], plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge
) -> None:
    assert render(plan, made[0], report=report, agenda=agenda, format="pdf", knowledge=knowledge) == made[1]


def test_a_draft_has_its_words_on_every_page(
    plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge
) -> None:
    draft = attrs.evolve(plan, status=m.PlanStatus.DRAFT)
    pdf = render(draft, "patient-plan", report=report, agenda=agenda, format="pdf", knowledge=knowledge)
    assert isinstance(pdf, bytes)
    for page in read(pdf).pages:
        assert "DRAFT" in page.extract_text()


def test_hostile_words_stay_words(plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge) -> None:
    evil = '#panic() "; #let x = [ * _ $ \\ <a> // /* @ref'
    hostile = attrs.evolve(
        plan,
        patient=attrs.evolve(plan.patient, name=evil),
        components=tuple(attrs.evolve(each, notes=evil) for each in plan.components),
        goals=tuple(attrs.evolve(each, description=evil) for each in plan.goals),
    )
    pdf = render(hostile, "team-plan", report=report, agenda=agenda, format="pdf", knowledge=knowledge)
    assert isinstance(pdf, bytes)
    assert text_of(pdf).count('#panic() "; #let x = [ * _ $ \\ <a> // /* @ref') > 10


def test_a_very_long_note_loses_nothing(plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge) -> None:
    long = " ".join(f"w{number}" for number in range(2500))
    told = attrs.evolve(plan, components=(attrs.evolve(plan.components[0], notes=long), *plan.components[1:]))
    pdf = render(told, "team-plan", report=report, agenda=agenda, format="pdf", knowledge=knowledge)
    assert isinstance(pdf, bytes)
    text = text_of(pdf)
    assert [word for word in long.split() if word not in text] == []
    assert lowest(pdf) > 0


def lowest(pdf: bytes) -> float:
    """Smallest height above the lower edge of the paper at which anything is written."""
    heights: list[float] = []

    def note(text: str, _cm: list[float], tm: list[float], *_rest: object) -> None:
        if text.strip():
            heights.append(tm[5] or _cm[5])

    for page in read(pdf).pages:
        page.extract_text(visitor_text=note)
    return min(heights)


def test_a_letter_that_no_font_has_is_printed_by_its_code() -> None:
    text = text_of(compile_pdf(PLAIN + '#"Ann \U00016f00 \U00016f01 ok";', on=ON))
    assert "[U+16F00] [U+16F01] ok" in text


def test_a_source_that_cannot_be_typeset_is_an_error() -> None:
    with pytest.raises(PdfError, match="could not typeset"):
        compile_pdf("#panic()", on=ON)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PdfError, match=r"pip install 'careplan\[pdf\]'"):
        compile_pdf(PLAIN, on=ON)
