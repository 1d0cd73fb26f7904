"""A plan, its review and its agenda in; a document out."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from careplan.agenda import Agenda
from careplan.checks import Report
from careplan.documents.environment import environment
from careplan.documents.layout import tidy, wrap
from careplan.documents.markup import Format
from careplan.documents.patient_plan import patient_plan
from careplan.documents.pdf import compile_pdf
from careplan.documents.team_plan import team_plan
from careplan.knowledge import Knowledge, load_knowledge
from careplan.model import CarePlan, PlanStatus


class Document(StrEnum):
    """What can be rendered; each has a template of the same name."""

    TEAM_PLAN = "team-plan"
    """The full plan for the team, with a summary on the first page."""
    PATIENT_PLAN = "patient-plan"
    """The plan for the person, in plain words."""


class DocumentError(ValueError):
    """The document must not, or cannot, be made; the message says why."""


_Kind = TypeVar("_Kind", bound=StrEnum)
View = Callable[[CarePlan, Report, Agenda, Knowledge], object]
_VIEWS: dict[Document, View] = {Document.TEAM_PLAN: team_plan, Document.PATIENT_PLAN: patient_plan}


def render(
    plan: CarePlan,
    document: Document | str,
    *,
    report: Report,
    agenda: Agenda,
    format: Format | str = Format.HTML,
    knowledge: Knowledge | None = None,
    templates: Path | None = None,
) -> str | bytes:
    """Render a document of a plan.

    Args:
        plan: the plan; a partial one is rendered too, and says "not recorded" where facts are missing.
        document: ``team-plan`` or ``patient-plan``.
        report: the review of this revision of the plan.
        agenda: its agenda, made on the day of the review.
        format: ``html``, ``markdown``, ``text`` or ``pdf``.
        knowledge: where names come from; the library's own by default.
        templates: a clinic's own folder of templates, searched first and run in a sandbox.

    Returns:
        Text, or for ``pdf`` the bytes of the file: the same input gives the same output.

    Raises:
        DocumentError: unknown document or format; report or agenda of another plan, revision or day; a plan that was
            entered in error, for its patient.
        PdfError: the extra ``careplan[pdf]`` is missing.
    """
    kind, form = _chosen(Document, document, "document"), _chosen(Format, format, "format")
    _belong_together(plan, report, agenda)
    if kind is Document.PATIENT_PLAN and plan.status is PlanStatus.ENTERED_IN_ERROR:
        raise DocumentError(f"plan {plan.id} was entered in error: it is not rendered for the patient")
    view = _VIEWS[kind](plan, report, agenda, knowledge or load_knowledge())
    template = environment(form, templates).get_template(f"{kind.value}.j2")
    text = tidy(template.render(blocks=form.blocks, plan=view))
    if form is Format.PDF:
        return compile_pdf(text, on=report.on)
    return wrap(text) if form is Format.TEXT else text


def _chosen(kinds: type[_Kind], name: str, what: str) -> _Kind:
    try:
        return kinds(name)
    except ValueError:
        raise DocumentError(f"there is no {what} {name!r}: choose one of {', '.join(kinds)}") from None


def _belong_together(plan: CarePlan, report: Report, agenda: Agenda) -> None:
    """Refuse to print a plan with the review or the dates of another."""
    reviewed, given = f"{report.plan}, revision {report.revision}", f"{plan.id}, revision {plan.revision}"
    if reviewed != given:
        raise DocumentError(f"the report is of {reviewed}, not of {given}: review the plan again")
    if agenda.plan != plan.id:
        raise DocumentError(f"the agenda is of {agenda.plan}, not of {plan.id}: schedule the plan again")
    if agenda.on != report.on:
        raise DocumentError(
            f"the agenda is of {agenda.on}, but the report is of {report.on}: make both for the same day"
        )
