"""Reference pages about tests, conditions, therapies, vaccines, equivalent doses, registers, people and sources."""

from collections.abc import Iterable, Mapping

from careplan.cli.drug_sentences import Say
from careplan.cli.markdown_page import plain
from careplan.documents.wording import number
from careplan.knowledge import Knowledge
from careplan.knowledge.catalogue import Analyte
from careplan.knowledge.fact import Code
from scripts.reference_table import table

_SOURCES = """\
# Sources

What the facts and rules rest on, by the ids that findings name. *Read* says how the source was used for this edition:
in full, in part, or not at all (then it is cited from knowledge). *Review* is the day on which it should be looked at
again; `careplan knowledge sources --overdue` lists those that are due, and those that nobody has read.
"""


def pages(knowledge: Knowledge) -> Mapping[str, str]:
    """One page for each kind of thing."""
    return {
        "catalogue/tests.md": _tests(knowledge),
        "catalogue/conditions.md": _conditions(knowledge),
        "catalogue/therapies.md": _therapies(knowledge),
        "catalogue/vaccines.md": _vaccines(knowledge),
        "catalogue/equivalence.md": _equivalence(knowledge),
        "catalogue/registers.md": _registers(knowledge),
        "catalogue/abbreviations.md": _abbreviations(knowledge),
        "catalogue/people.md": _people(knowledge),
        "sources.md": _sources(knowledge),
    }


def _codes(codes: Iterable[Code]) -> str:
    return ", ".join(f"{code.system.value} {code.code}{f' ({code.unit.value})' if code.unit else ''}" for code in codes)


def _basis(fact: object) -> str:
    return f"{', '.join(fact.sources)}; {fact.confidence.value}"  # type: ignore[attr-defined]


def _where(fact: object) -> str:
    return "/".join(place.value.upper() for place in fact.jurisdiction)  # type: ignore[attr-defined]


def _current(test: Analyte) -> str:
    shorter = (f"{row.fresh_for} if {row.when}" for row in test.freshness)
    return "; ".join([*([str(test.fresh_for)] if test.fresh_for else []), *shorter])


def _tests(knowledge: Knowledge) -> str:
    rows = [
        (
            test.name,
            test.kind.value,
            test.unit.value if test.unit else "",
            ", ".join(unit.value for unit in test.other_units),
            f"{number(test.plausible.low)} to {number(test.plausible.high)}" if test.plausible else "",
            "; ".join([str(test.fresh_for or ""), *(f"{row.fresh_for} if {row.when}" for row in test.freshness)]).strip(
                "; "
            ),
            _codes(test.codes),
            _basis(test),
        )
        for test in knowledge.analytes.values()
    ]
    screens = [
        (each.name, ", ".join(outcome.value for outcome in each.outcomes), str(each.valid_for or ""), _basis(each))
        for each in knowledge.screens.values()
    ]
    columns = ("test", "kind", "unit", "other units", "plausible", "counts as current for", "codes", "basis")
    return (
        "# Tests and observations\n\nA result in another unit is converted; one that is not plausible is not used.\n\n"
        + table(columns, rows)
        + "\n## Screening tests\n\n"
        + table(("test", "outcomes", "holds for", "basis"), screens)
    )


def _conditions(knowledge: Knowledge) -> str:
    say = Say(knowledge)
    rows = [
        (
            each.name,
            ", ".join(say.name(parent) for parent in each.parents),
            ", ".join(each.grades),
            each.derived or "",
            _codes(each.codes),
        )
        for each in knowledge.conditions.values()
    ]
    head = "# Conditions\n\nA condition counts as all that it is a kind of: a stroke is a cardiovascular disease.\n\n"
    return head + table(("condition", "is a kind of", "grades", "also follows from", "codes"), rows)


def _therapies(knowledge: Knowledge) -> str:
    say = Say(knowledge)
    parts = ["# Therapies\n\nWhat each body says stands by itself: it is never merged with what another says.\n"]
    for therapy in knowledge.therapies.values():
        parts.append(f"\n## {plain(therapy.name).capitalize()}\n\n")
        if therapy.dose:
            by = say.names(therapy.discipline, "or")
            parts.append(f"{plain(therapy.dose)} (by {plain(by)}; {plain(_basis(therapy))}).\n\n")
        if therapy.stances:
            stances = [
                (say.names(row.indications, "or"), row.stance.value, row.limits or "", _where(row), _basis(row))
                for row in therapy.stances
            ]
            parts.append(table(("for", "stance", "limits", "where", "basis"), stances) + "\n")
        if therapy.precautions:
            cautions = [
                (row.severity.word, row.action, row.scope or "", row.when or "", _basis(row))
                for row in therapy.precautions
            ]
            parts.append(table(("severity", "what to do", "part", "if", "basis"), cautions))
    return "".join(parts)


def _vaccines(knowledge: Knowledge) -> str:
    say = Say(knowledge)
    rows = [
        (
            each.name,
            "live" if each.live else "not live",
            each.course or "",
            " ".join(f"{say.names(row.classes)}: {row.text}" if row.classes else row.text for row in each.schedules),
            " ".join(f"{row.when or ''} {row.window or ''}".strip() for row in each.eligible),
            _codes(each.codes),
            _basis(each),
        )
        for each in knowledge.vaccines.values()
    ]
    exposures = [(row.contact, row.action, row.within or "", _basis(row)) for row in knowledge.exposures.values()]
    return (
        "# Vaccines\n\n"
        + table(("vaccine", "", "doses", "schedule", "for whom", "codes", "basis"), rows)
        + "\n## After contact\n\n"
        + table(("contact", "what to do", "within", "basis"), exposures)
    )


def _equivalence(knowledge: Knowledge) -> str:
    opioids = [
        (
            row.table.value.upper(),
            row.drug,
            f"{number(row.factor)} for each {row.unit.value if row.unit else ''}" if row.factor is not None else "",
            ", ".join(f"{number(dose)} is {number(morphine)}" for dose, morphine in row.steps),
            row.excluded or row.note or "",
            _basis(row),
        )
        for row in knowledge.opioids
    ]
    limits = [
        (row.table.value.upper(), f"{number(row.at_least)} {row.unit.value}", row.text, row.action, _basis(row))
        for row in knowledge.opioid_thresholds.values()
    ]
    steroids = [
        (row.drug, number(row.factor), number(row.equal_to_5), row.note or "", _basis(row))
        for row in knowledge.steroids
    ]
    adrenals = [
        (
            row.drug,
            f"{number(row.physiological.low)} to {number(row.physiological.high)}" if row.physiological else "",
            number(row.suppressive_from),
            _basis(row),
        )
        for row in knowledge.adrenals
    ]
    return (
        "# Equivalent doses\n\nFor totals and thresholds only: never for changing from one medicine to another.\n\n"
        "## Opioids as oral morphine\n\n"
        + table(("table", "medicine", "factor", "steps (morphine in mg a day)", "note", "basis"), opioids)
        + "\n## Thresholds\n\n"
        + table(("table", "from", "what it means", "what to do", "basis"), limits)
        + "\n## Steroids as prednisolone\n\n"
        + table(("medicine", "factor", "mg that equal prednisolone 5 mg", "note", "basis"), steroids)
        + "\n## Adrenal suppression\n\n"
        + table(("medicine", "physiological, mg a day", "suppressive from, mg a day", "basis"), adrenals)
    )


def _registers(knowledge: Knowledge) -> str:
    disputes = [
        (row.topic, "; ".join(row.values), row.default, row.decides or "", ", ".join(row.sources))
        for row in knowledge.disagreements.values()
    ]
    doubts = [(row.topic, row.why, row.check, ", ".join(row.sources)) for row in knowledge.doubts.values()]
    return (
        "# Registers of disagreement and doubt\n\n## Where sources disagree\n\n"
        + table(("about", "what they say", "what this library does", "who should decide", "sources"), disputes)
        + "\n## What is least certain\n\n"
        + table(("about", "why", "what to look up", "sources"), doubts)
    )


def _abbreviations(knowledge: Knowledge) -> str:
    rows = [(", ".join(row.avoid), row.write, row.scope.value, _basis(row)) for row in knowledge.abbreviations.values()]
    names = [(drug.name, drug.tall_man) for drug in knowledge.drugs.values() if drug.tall_man]
    return (
        "# Error-prone abbreviations and look-alike names\n\n"
        + table(("avoid", "write", "for", "basis"), rows)
        + "\n## Tall-man names\n\nNever in documents for patients.\n\n"
        + table(("name", "tall-man"), names)
    )


def _people(knowledge: Knowledge) -> str:
    say = Say(knowledge)
    roles = [
        (row.name, ", ".join(row.owns), ", ".join(row.signs), row.document or "") for row in knowledge.roles.values()
    ]
    questions = [
        (row.text, say.names(row.who, "or"), str(row.valid_for), row.ask_when or "")
        for row in knowledge.questions.values()
    ]
    records = [(row.text, say.names(row.who, "or")) for row in knowledge.records.values()]
    return (
        "# Roles, questions, records\n\n"
        + table(("role", "owns", "signs", "document"), roles)
        + "\n## Questions about the person\n\n"
        + table(("question", "who can answer", "holds for", "asked if"), questions)
        + "\n## What the team should have written\n\n"
        + table(("record", "who"), records)
    )


def _sources(knowledge: Knowledge) -> str:
    parts = [_SOURCES, "\n| id | source | read | review |\n|---|---|---|---|\n"]
    for name in sorted(knowledge.sources):
        source = knowledge.sources[name]
        link = f" [link]({source.url})" if source.url else ""
        due = source.next_review.isoformat() if source.next_review else "–"
        parts.append(f"| `{name}` | {plain(source.citation)}{link} | {source.seen.value} | {due} |\n")
    return "".join(parts)
