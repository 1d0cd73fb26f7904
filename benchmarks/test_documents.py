"""Render one plan. HTML limit: Jinja2 filling a template with the same text. PDF: Typst alone, and WeasyPrint."""

import re
from datetime import date
from typing import Any

import pytest
from jinja2 import Environment

import careplan as cp
from benchmarks.conftest import ON
from careplan.documents import pdf

HTML = "render HTML: limit bare Jinja2 with the same output"
PDF = "render a PDF: limit Typst alone, peer WeasyPrint"


def _html(plan: cp.CarePlan, report: cp.Report, agenda: cp.Agenda) -> str:
    made = cp.render(plan, "team-plan", report=report, agenda=agenda, format="html")
    assert isinstance(made, str)
    return made


@pytest.mark.benchmark(group=HTML)
def test_limit_bare_jinja(benchmark: Any, plan: cp.CarePlan, report: cp.Report, agenda: cp.Agenda) -> None:
    """Every text between two tags becomes a value that is escaped; the tags are the template."""
    wanted = _html(plan, report, agenda)
    head, body = wanted.split("<body", 1)
    pieces = re.split(r"(>[^<]+<)", body)
    texts = [piece[1:-1] for piece in pieces[1::2]]
    source = "".join(
        piece if number % 2 == 0 else f">{{{{ t[{number // 2}] }}}}<" for number, piece in enumerate(pieces)
    )
    template = Environment(autoescape=True).from_string(source)
    assert len(head + "<body" + benchmark(template.render, t=texts)) >= len(wanted)


@pytest.mark.benchmark(group=HTML)
def test_careplan_html(benchmark: Any, plan: cp.CarePlan, report: cp.Report, agenda: cp.Agenda) -> None:
    assert "</html>" in benchmark(_html, plan, report, agenda)


@pytest.mark.benchmark(group=PDF)
def test_limit_typst_alone(
    benchmark: Any, plan: cp.CarePlan, report: cp.Report, agenda: cp.Agenda, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources: list[str] = []
    compile_pdf = pdf.compile_pdf

    def noted(source: str, *, on: date) -> bytes:
        sources.append(source)
        return compile_pdf(source, on=on)

    monkeypatch.setattr("careplan.documents.rendering.compile_pdf", noted)
    cp.render(plan, "team-plan", report=report, agenda=agenda, format="pdf")
    assert benchmark(compile_pdf, sources[0], on=ON).startswith(b"%PDF")


@pytest.mark.benchmark(group=PDF)
def test_careplan_pdf(benchmark: Any, plan: cp.CarePlan, report: cp.Report, agenda: cp.Agenda) -> None:
    made = benchmark(cp.render, plan, "team-plan", report=report, agenda=agenda, format="pdf")
    assert made.startswith(b"%PDF")


@pytest.mark.benchmark(group=PDF)
def test_peer_weasyprint(benchmark: Any, plan: cp.CarePlan, report: cp.Report, agenda: cp.Agenda) -> None:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        pytest.skip(f"WeasyPrint needs Pango, which this machine does not have: {error}")
    page = _html(plan, report, agenda)
    made = benchmark.pedantic(
        lambda: weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"), rounds=3, iterations=1, warmup_rounds=1
    )
    assert made.startswith(b"%PDF")
