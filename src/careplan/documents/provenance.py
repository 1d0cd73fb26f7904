"""Where a document comes from: plan, revision, review, knowledge, sources."""

from collections.abc import Iterator

from careplan.checks import Report
from careplan.documents.names import Names
from careplan.documents.parts import Fact
from careplan.documents.team import author_words
from careplan.documents.terms import term
from careplan.documents.wording import NOT_RECORDED, day, number
from careplan.model import CarePlan

DISCLAIMER = (
    "Prepared from a plan entered by your team. It does not replace advice from your team or emergency services.",
    "Ask us for large print, audio, easy read or another language.",
)


def local_knowledge(report: Report) -> tuple[str, ...]:
    """Say at the end of the document whose own knowledge was used beside the library's; nothing if none was."""
    return tuple(f"Checked with local knowledge: {overlay} of {day(overlay.date)}." for overlay in report.overlays)


def version_facts(plan: CarePlan, report: Report) -> tuple[Fact, ...]:
    """Plan, revision, status, dates and knowledge version, for the head of the first page."""
    return (
        Fact("Plan", (f"{plan.id}, revision {plan.revision}, {term(plan.status)}",)),
        Fact("Next review", (day(plan.review_by) if plan.review_by else NOT_RECORDED.upper(),)),
        Fact("Written", (f"{day(plan.created)} by {author_words(plan)[0]}",)),
        Fact("Checked", (f"{day(report.on)}, knowledge {report.edition}",)),
    )


def in_force(plan: CarePlan) -> str:
    """From when until when the plan holds."""
    end = f"until {day(plan.stop)}" if plan.stop else f"end {NOT_RECORDED}"
    return f"from {day(plan.start) if plan.start else NOT_RECORDED}, {end}"


def review_facts(plan: CarePlan) -> tuple[Fact, ...]:
    """Who wrote the plan, for how long it holds and when it is looked at again."""
    return (
        Fact("Written by", (", ".join(map(str, author_words(plan))),)),
        Fact(
            "In force",
            (in_force(plan),),
        ),
        Fact("Next review", (day(plan.review_by) if plan.review_by else NOT_RECORDED.upper(),)),
    )


def references(report: Report, names: Names) -> tuple[str, ...]:
    """Every source that a finding rests on, with its citation."""
    cited = sorted({source for finding in report.findings for source in finding.sources})
    return tuple(f"{source}: {names.source(source)}" for source in cited)


def provenance(plan: CarePlan, report: Report) -> tuple[Fact, ...]:
    """Everything that is needed to make this document again."""
    return tuple(_provenance(plan, report))


def _provenance(plan: CarePlan, report: Report) -> Iterator[Fact]:
    replaces = f"; replaces {plan.replaces}" if plan.replaces else ""
    yield Fact("Plan", (f"{plan.title}: {plan.id}, revision {plan.revision}, {term(plan.status)}{replaces}",))
    yield Fact("Country", (plan.jurisdiction.value.upper() if plan.jurisdiction else NOT_RECORDED.upper(),))
    yield Fact("Review", (f"of {day(report.on)}; {number(report.rules_asked)} rules asked", *report.notes))
    if report.switched_off:
        yield Fact("Rules switched off", tuple(f"{rule}: {reason}" for rule, reason in report.switched_off))
    edition = f"version {report.knowledge_version} of {day(report.knowledge_date)}"
    overlays = (f"with {overlay} of {day(overlay.date)}" for overlay in report.overlays)
    yield Fact("Knowledge", (edition, *overlays))


def overdue_review(plan: CarePlan, report: Report) -> tuple[str, ...]:
    """Say that the plan should have been looked at again by now."""
    if plan.review_by is None or plan.review_by >= report.on:
        return ()
    return (f"REVIEW OVERDUE – this plan should have been looked at again by {day(plan.review_by)}.",)
