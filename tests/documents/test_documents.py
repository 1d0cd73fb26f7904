"""Each document against the plan that it was made from, item by item."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from careplan import model as m
from careplan.agenda import Agenda
from careplan.checks import Report, Severity
from careplan.documents import Document, DocumentError, Format, dosing, render, wording
from careplan.documents.findings import TONES, WORDS, finding_rows
from careplan.documents.names import Names
from careplan.documents.terms import term
from careplan.knowledge import Knowledge
from tests.documents.forbidden import EVERYWHERE, FOR_PATIENTS, found

ON = date(2026, 3, 2)
GOLDEN = Path(__file__).parent / "golden"
TEXTS = (Format.HTML, Format.MARKDOWN, Format.TEXT)
Draw = Callable[..., str]


@pytest.fixture
def draw(plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge) -> Draw:
    """Render the plan with everything in it, or a changed one."""

    def drawn(document: Document | str, format: Format | str = Format.TEXT, **changes: Any) -> str:
        changed = attrs.evolve(plan, **changes)
        given = attrs.evolve(report, plan=changed.id, revision=changed.revision)
        text = render(changed, document, report=given, agenda=agenda, format=format, knowledge=knowledge)
        assert isinstance(text, str)
        return text

    return drawn


def words(text: str) -> str:
    """Text with its line breaks and markup for emphasis gone, so that it can be searched."""
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def has(text: str, *expected: str) -> None:
    """Assert that everything that is expected stands in the document."""
    flat = words(text)
    missing = [each for each in expected if words(each) not in flat]
    assert missing == []


@pytest.mark.parametrize("document", Document)
@pytest.mark.parametrize("format", TEXTS)
def test_golden(document: Document, format: Format, draw: Draw) -> None:
    """Read the difference before you accept it: GOLDEN=write pytest tests/documents."""
    text = draw(document, format)
    file = GOLDEN / f"{document.value}.{format.value}"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


# ---------------------------------------------------------------- item by item


def doses(medicine: m.Medication) -> list[str]:
    return [line for dose in medicine.doses for line in dosing.dose(dose, medicine)]


def test_the_team_reads_every_medicine_with_every_dose_and_date(
    plan: m.CarePlan, knowledge: Knowledge, draw: Draw
) -> None:
    text = draw("team-plan")
    names = Names(plan, knowledge)
    for medicine in plan.medicines:
        has(text, names.medicine(medicine), *doses(medicine))
        has(text, *(wording.day(day) for day in (medicine.start, medicine.stop) if isinstance(day, date)))
        has(text, *(text for text in (medicine.instructions, medicine.notes, medicine.prescriber) if text))
        if not isinstance(medicine.route, m.Absent):
            has(text, term(medicine.route))
        if medicine.stop_reason:
            has(text, term(medicine.stop_reason))
        if medicine.hold:
            has(text, medicine.hold.reason, wording.day(medicine.hold.since))


def test_the_person_reads_every_medicine_with_every_dose_and_stop_date(
    plan: m.CarePlan, knowledge: Knowledge, draw: Draw
) -> None:
    text = draw("patient-plan").casefold()
    names = Names(plan, knowledge)
    for medicine in plan.medicines:
        if medicine.status is m.ItemStatus.ENTERED_IN_ERROR:
            assert names.medicine(medicine) not in text
            continue
        has(text, names.medicine(medicine).casefold())
        if medicine.stop:
            has(text, wording.day(medicine.stop).casefold())
        if medicine.status in (m.ItemStatus.ACTIVE, m.ItemStatus.ON_HOLD):
            has(text, *(part.casefold() for line in doses(medicine) for part in line.split("; ")))


def test_the_team_reads_everything_else_in_the_plan(plan: m.CarePlan, draw: Draw) -> None:
    text = draw("team-plan")
    for monitoring in plan.monitoring:
        has(text, *(wording.every(each.every) for each in monitoring.intervals), monitoring.trigger or "")
        has(text, *(limit.action for limit in monitoring.thresholds))
    for therapy in plan.therapies:
        has(text, wording.from_id(therapy.therapy), therapy.provider or "", *therapy.precautions)
    for goal in plan.goals:
        has(text, goal.description, *goal.my_actions, *goal.team_actions)
    for member in plan.team:
        has(text, member.name or "", member.phone or "", member.organisation or "", *member.tasks)
    for result in plan.patient.results:
        has(text, wording.quantity(result.value, as_reported=True), wording.day(result.date))
    for decision in plan.decisions:
        has(text, decision.by, wording.day(decision.date))
    has(text, "less than 1 mg/L", "upper limit of normal 40", "old back injury", "right hip replacement", "influenza")
    has(text, "Go on with tablets", "Will I lose my hair?", "no better by June", "NOT ACCEPTED", "Methotrexate booklet")


def test_the_person_reads_everything_that_concerns_them(plan: m.CarePlan, draw: Draw) -> None:
    text = draw("patient-plan")
    has(text, *(goal.description for goal in plan.goals), "walk every morning", "show me exercises", "every 4 weeks")
    has(text, *(member.phone or "" for member in plan.team), "999", "NHS 111")
    has(text, "weak bones: no heavy loads", "Rest before the pain gets bad.", "penicillin – rash", "plasters")
    has(text, "Go on with tablets", "no better by June", "020 7946 0012", "blood count", "cbt pain")


@pytest.mark.parametrize("document", Document)
@pytest.mark.parametrize("format", TEXTS)
def test_every_document_says_what_it_was_made_from(document: Document, format: Format, draw: Draw) -> None:
    has(
        draw(document, format),
        "ra-1",
        "4",
        "active",
        wording.day(date(2026, 3, 2)),
        "2026.02",
        wording.day(date(2026, 6, 1)),
    )


def test_the_team_reads_every_finding_with_its_reason_and_action(report: Report, draw: Draw) -> None:
    text = draw("team-plan")
    for finding in report.findings:
        has(text, finding.message, finding.action, finding.rule, *finding.sources)
    for gap in report.not_assessed:
        has(text, gap.ask, *(wording.from_id(rule) for rule in gap.rules))
    has(text, "28\u00a0mL/min/1.73\u00a0m² on 23\u00a0February 2026", "NICE guideline NG100", "not used in this clinic")


@pytest.mark.parametrize("document", Document)
@pytest.mark.parametrize("format", TEXTS)
def test_no_unit_is_left_in_code(
    document: Document, format: Format, plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge
) -> None:
    told = "eGFR is 28 mL/min/{1.73_m2} (below 30 mL/min/{1.73_m2}); neutrophils 1.2 10*9/L"
    coded = tuple(attrs.evolve(each, message=told, action=told, notes=(told,)) for each in report.findings)
    gaps = tuple(attrs.evolve(each, ask=told) for each in report.not_assessed)
    events = tuple(attrs.evolve(each, why=(told,)) for each in agenda.events)
    text = render(
        plan, document, report=attrs.evolve(report, findings=coded, not_assessed=gaps),
        agenda=attrs.evolve(agenda, events=events), format=format, knowledge=knowledge,
    )  # fmt: skip
    assert isinstance(text, str)
    assert "1.73_m2" not in text.replace("\\", "")
    assert "10*9" not in text.replace("\\", "")


def test_what_one_rule_asks_for_several_medicines_is_asked_once(
    plan: m.CarePlan, report: Report, knowledge: Knowledge
) -> None:
    names = Names(plan, knowledge)
    caution = next(each for each in report.findings if each.severity is Severity.CAUTION)
    other = attrs.evolve(caution, message="Nobody asked about bleeding.", fingerprint="other")
    rows = finding_rows((caution, other, attrs.evolve(caution, rule="another")), report, names)
    assert [row.message[0] for row in rows] == [f"{caution.message} {other.message}", caution.message]


def test_an_accepted_finding_says_by_whom_why_and_until_when(draw: Draw) -> None:
    team = draw("team-plan")
    has(team, "WARNING, ACCEPTED: Codeine and gabapentin together", "monitoring in place: Low doses, breathing checked")
    has(team, "by Dr Anil Rao, specialist prescriber, on 10\u00a0February 2026; holds until 10\u00a0May 2026")
    summary = team[: team.index("FINDINGS AND WHAT TO DO")]
    assert "Codeine and gabapentin" not in summary
    has(draw("patient-plan"), "Co-codamol and gabapentin", "Dr Anil Rao (specialist)", "holds until 10\u00a0May 2026")


def test_the_person_learns_of_every_open_question_without_a_code(report: Report, plan: m.CarePlan, draw: Draw) -> None:
    text = draw("patient-plan")
    has(text, "CALL TODAY: Call 020 7946 0012", "Naproxen: one safety question.")
    has(text, "Methotrexate and naproxen: one safety question.", "The dose of amitriptyline.", "blood count")
    for finding in report.findings:
        assert finding.message not in text
        assert finding.rule not in text


# ------------------------------------------------------------------ typography


@pytest.mark.parametrize("format", TEXTS)
def test_the_team_plan_holds_no_dangerous_token(format: Format, plan: m.CarePlan, draw: Draw) -> None:
    assert found(readable(draw("team-plan", format)), EVERYWHERE) == []


@pytest.mark.parametrize("format", TEXTS)
def test_the_patient_plan_holds_no_dangerous_token_and_no_jargon(format: Format, draw: Draw) -> None:
    assert found(readable(draw("patient-plan", format)), EVERYWHERE | FOR_PATIENTS) == []


def readable(text: str) -> str:
    """What people read: without style sheet and tags, and without the prescriber's own words on an order."""
    text = re.sub(r"<style>.*?</style>|<[^>]*>|^> ?", " ", text, flags=re.DOTALL | re.MULTILINE)
    return text.replace("10-25 nocte", "")


def test_the_patient_plan_reads_like_a_letter_to_an_eleven_year_old(draw: Draw) -> None:
    text = draw("patient-plan")
    grade = flesch_kincaid(text[text.index("WHAT MATTERS TO ME") : text.index("WHAT WE DECIDED")])
    assert grade <= 6


def flesch_kincaid(text: str) -> float:
    """US school grade; 6 is about eleven years of age. A line counts as a sentence, a drug's name as two syllables."""
    sentences = [each for each in re.split(r"[.!?:;]|\n *(?:[-*]|\[)|\n\n", text) if re.search("[a-zA-Z]{2}", each)]
    found_words = [word for each in sentences for word in re.findall(r"[A-Za-z]+", each)]
    return 0.39 * len(found_words) / len(sentences) + 11.8 * sum(map(syllables, found_words)) / len(found_words) - 15.59


DRUG_NAME = re.compile(r"(?:ine|ol|en|one|ate|ab|in|pine|azine|anyl|im|azole)$")


def syllables(word: str) -> int:
    word = word.lower().removesuffix("e")
    count = max(1, len(re.findall(r"[aeiouy]+", word)))
    return min(count, 2) if DRUG_NAME.search(word) else count


# -------------------------------------------------------------------- states


@pytest.mark.parametrize("document", Document)
@pytest.mark.parametrize("format", TEXTS)
def test_a_draft_looks_like_a_draft(document: Document, format: Format, draw: Draw) -> None:
    assert "DRAFT" not in draw(document, format)
    assert draw(document, format, status=m.PlanStatus.DRAFT).count("DRAFT – not for use") == (
        2 if format == "html" else 1
    )


@pytest.mark.parametrize("status", [status for status in m.PlanStatus if status is not m.PlanStatus.ACTIVE])
def test_only_an_active_plan_looks_like_one(status: m.PlanStatus, draw: Draw) -> None:
    assert re.search(r"\*\*\* [A-Z ]{5,} –", draw("team-plan", status=status))


def test_a_plan_out_of_its_time_says_so(draw: Draw) -> None:
    has(
        draw("team-plan", stop=date(2026, 3, 1), start=date(2026, 1, 1)), "OUT OF DATE", "valid until 1\u00a0March 2026"
    )
    has(draw("team-plan", start=date(2026, 4, 1)), "NOT YET IN FORCE – starts 1\u00a0April 2026")
    has(draw("patient-plan", review_by=date(2026, 3, 1)), "REVIEW OVERDUE")


def test_a_plan_entered_in_error_is_not_given_to_the_person(draw: Draw) -> None:
    with pytest.raises(DocumentError, match="entered in error"):
        draw("patient-plan", status=m.PlanStatus.ENTERED_IN_ERROR)
    has(draw("team-plan", status=m.PlanStatus.ENTERED_IN_ERROR), "ENTERED IN ERROR")


@pytest.mark.parametrize("document", Document)
@pytest.mark.parametrize("format", TEXTS)
def test_a_plan_with_almost_nothing_in_it_says_what_is_not_recorded(
    document: Document, format: Format, draw: Draw
) -> None:
    patient = m.Patient(name="Ann", birth_date=m.Absent.UNKNOWN, sex=m.Absent.UNKNOWN)
    medicine = m.Immunosuppressant(id="mtx", drug="methotrexate", dosage=m.Dose.unknown())
    unknown = m.OtherMedicine(
        id="x", drug=m.Absent.UNKNOWN, product=m.Product(name="Herbal mix"), dosage=m.Dose.every("1 g", "1 week")
    )
    text = readable(
        draw(
            document, format, patient=patient, components=(medicine, unknown), goals=(), team=(), decisions=(),
            events=(), author=None, start=None, review_by=None, jurisdiction=None, status=m.PlanStatus.DRAFT,
        )
    )  # fmt: skip
    has(text, "Ann", "NOT RECORDED", "Herbal mix", "how much: NOT RECORDED", "WHICH DAY OF THE WEEK IS NOT RECORDED")
    assert "None" not in text
    assert "unknown" not in text
    if document is Document.PATIENT_PLAN:
        has(text, "DO NOT HAND OUT YET", "your emergency number", "Do not guess: ask your team")


@pytest.fixture
def hostile(plan: m.CarePlan) -> m.CarePlan:
    return attrs.evolve(
        plan,
        title=EVIL,
        patient=attrs.evolve(plan.patient, name=EVIL, phone=EVIL),
        components=tuple(attrs.evolve(each, notes=EVIL) for each in plan.components),
        goals=tuple(attrs.evolve(each, description=EVIL, my_actions=(EVIL,)) for each in plan.goals),
        decisions=tuple(attrs.evolve(each, by=EVIL, notes=EVIL) for each in plan.decisions),
    )


EVIL = '<script>alert(1)</script> | `x` #panic() *b* "; \n- [ ] done'


@pytest.mark.parametrize("document", Document)
@pytest.mark.parametrize("format", TEXTS)
def test_hostile_words_in_every_field_stay_words(
    document: Document, format: Format, hostile: m.CarePlan, draw: Draw
) -> None:
    text = draw(document, format, **{field: getattr(hostile, field) for field in CHANGED})
    assert "alert(1)" in text.replace("\\", "")
    assert not re.search(r"^\s*- \[ \] done", text, re.MULTILINE)
    if format is Format.HTML:
        assert "<script" not in text
    if format is Format.MARKDOWN:
        assert "<script>" not in text
        assert "| `" not in text


CHANGED = ("title", "patient", "components", "goals", "decisions")


# -------------------------------------------------------------------- the call


@pytest.mark.parametrize(("document", "format", "message"), [
    ("team-plans", "html", "there is no document 'team-plans': choose one of team-plan, patient-plan"),
    ("team-plan", "docx", "there is no format 'docx': choose one of html, markdown, text, pdf"),
])  # fmt: skip
def test_an_unknown_document_or_format_names_the_choices(document: str, format: str, message: str, draw: Draw) -> None:
    with pytest.raises(DocumentError, match=re.escape(message)):
        draw(document, format)


def test_a_review_of_another_revision_is_refused(plan: m.CarePlan, report: Report, agenda: Agenda) -> None:
    with pytest.raises(DocumentError, match="the report is of ra-1, revision 3, not of ra-1, revision 4"):
        render(plan, "team-plan", report=attrs.evolve(report, revision=3), agenda=agenda)
    with pytest.raises(DocumentError, match="the agenda is of 2026-03-01, but the report is of 2026-03-02"):
        render(plan, "team-plan", report=report, agenda=attrs.evolve(agenda, on=date(2026, 3, 1)))


def test_rendering_twice_gives_the_same(draw: Draw) -> None:
    assert draw("team-plan", "html") == draw("team-plan", "html")


def test_nothing_open_is_said_too(plan: m.CarePlan, report: Report, agenda: Agenda, knowledge: Knowledge) -> None:
    clean = attrs.evolve(report, findings=(), not_assessed=())
    text = render(plan, "team-plan", report=clean, agenda=agenda, format="text", knowledge=knowledge)
    assert isinstance(text, str)
    has(text, "No critical finding and no warning is open", "The review left no critical finding and no warning open.")
    has(text, "Everything that the review asks could be judged.")


def test_each_severity_has_a_word_and_a_shape(draw: Draw) -> None:
    page = draw("team-plan", "html")
    for severity in Severity:
        tone, word = TONES[severity].value, WORDS[severity]
        assert re.search(rf'<svg class="shape {tone}"[^\n]*?</svg>(?:<span class="word">)?{word}</span>', page)


@pytest.mark.parametrize("document", Document)
def test_a_document_is_marked_as_english_and_says_if_another_language_is_needed(document: Document, draw: Draw) -> None:
    page = draw(document, "html", language="xx-not a code")
    assert '<html lang="en">' in page
    has(page, "This document is in English. The plan asks for xx-not a code")
