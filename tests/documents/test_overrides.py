from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from careplan import model as m
from careplan.agenda import Agenda
from careplan.checks import Report
from careplan.documents import render
from careplan.knowledge import Knowledge

HEAD = '{% extends "careplan/team-plan.j2" %}{% import blocks as b %}'


@pytest.fixture
def rendered(plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge, tmp_path: Path) -> "object":
    def with_template(source: str, format: str = "html") -> str:
        (tmp_path / "team-plan.j2").write_text(source, encoding="utf-8")
        text = render(
            plan, "team-plan", report=report, agenda=agenda, format=format, knowledge=knowledge, templates=tmp_path
        )
        assert isinstance(text, str)
        return text

    return with_template


def test_a_clinic_replaces_one_part_and_keeps_the_rest(rendered: "object") -> None:
    source = HEAD + '{% block goals %}{{ b.paragraph("Ask at desk 3 <b>") }}{% endblock %}'
    text = rendered(source)  # type: ignore[operator]
    assert "Ask at desk 3 &lt;b&gt;" in text
    assert "Findings and what to do" in text
    assert "Goals in the person’s words" not in text


def test_a_clinic_template_runs_in_a_sandbox(rendered: "object") -> None:
    source = HEAD + "{% block goals %}{{ plan.__class__.__mro__ }}{% endblock %}"
    with pytest.raises(SecurityError):
        rendered(source)  # type: ignore[operator]
