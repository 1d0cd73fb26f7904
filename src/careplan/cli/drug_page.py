"""One drug, or one product, on the terminal: everything that the knowledge base says about it."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.text import Text

from careplan.cli.drug_sentences import Say
from careplan.cli.drug_words import RowWords, row_words
from careplan.cli.parts import MARKS, STYLES, indented, labelled, section
from careplan.documents.parts import Tone
from careplan.documents.terms import term
from careplan.documents.wording import day, from_id, listed, quantity
from careplan.knowledge import Knowledge
from careplan.knowledge.drug import Drug, Facts
from careplan.knowledge.fact import attributes
from careplan.model import Absent

_HEADINGS = {
    "doses": "Usual doses",
    "limits": "Dose limits",
    "intervals": "Time between doses",
    "hazards": "Hazards of product and order",
    "modifiers": "Dose by kidney, liver, age, weight, genes",
    "contraindications": "Contraindications and cautions",
    "conception": "Before a pregnancy",
    "minimum_ages": "Age",
    "screening": "Before the first dose",
    "monitoring": "Monitoring",
    "thresholds": "Results that ask for action",
    "symptoms": "Signs that ask for action",
    "companions": "What must stand beside it",
    "sick_days": "When ill",
    "surgery": "Operations",
    "live_vaccines": "Live vaccines",
    "vaccine_timing": "Other vaccines",
    "response": "Does it help?",
    "withdrawal": "Stopping",
    "metabolism": "Enzymes and genes",
    "flags": "Risks that add up",
    "patient": "For patients",
}


def print_drug(console: Console, drug: Drug, knowledge: Knowledge) -> None:
    """Print a drug with its own facts and those of its classes, each with sources and confidence."""
    say = Say(knowledge)
    console.print(Group(*_identity(drug, knowledge)))
    for attribute in attributes(Facts):
        rows = _rows(drug, attribute.name, knowledge, say)
        if rows:
            heading = _HEADINGS.get(attribute.name, from_id(attribute.name)).upper()
            console.print(Group(section(heading), *(_row(row) for row in rows)))
    console.print(Group(*_interactions(drug, knowledge)))
    _print_edition(console, knowledge)


def print_product(console: Console, name: str, knowledge: Knowledge) -> None:
    """Print what a combination product holds; its facts are those of its drugs."""
    product = knowledge.products[name]
    console.print(Text(product.name, style="bold"))
    for held in knowledge.ingredients(name):
        strength = "strength not stated" if isinstance(held.strength, Absent) else quantity(held.strength)
        console.print(Text(f"  {held.drug}: {strength}; careplan knowledge show {held.drug}"))
    if product.action:
        console.print(Text(product.action))
    _print_edition(console, knowledge)


def _identity(drug: Drug, knowledge: Knowledge) -> Iterator[RenderableType]:
    yield Text(drug.name, style="bold")
    classes = sorted(knowledge.classes[name].name for name in knowledge.classes_of(drug.id))
    codes = [f"{code.system.value} {code.code}" for code in drug.codes]
    facts = (
        ("Id", drug.id),
        ("Kind", ", ".join(filter(None, (drug.group.value, drug.subclass)))),
        ("Classes", ", ".join(classes)),
        ("Given", listed([term(route) for route in drug.routes])),
        ("Forms", ", ".join(term(form) for form in drug.forms)),
        ("Brands", ", ".join(drug.brands)),
        ("Also called", ", ".join(drug.aliases)),
        ("Salts", ", ".join(drug.salts)),
        ("Tall man", drug.tall_man or ""),
        ("Controlled", ", ".join(f"{place}: {status}" for place, status in drug.controlled.items())),
        ("Codes", ", ".join(codes)),
        ("Note", drug.note or ""),
        ("Basis", f"{listed(drug.sources)}; {drug.confidence.value}"),
    )
    yield labelled((label, (text,)) for label, text in facts if text)


def _rows(drug: Drug, table: str, knowledge: Knowledge, say: Say) -> list[RowWords]:
    if table in ("flags", "patient"):
        own = getattr(drug, table)
        return [] if own is None else [row_words(own, say)]
    found = knowledge.facts_about(drug.id, table)
    return [row_words(row, say, None if name == drug.id else say.name(name)) for name, row in found]


def _row(row: RowWords) -> RenderableType:
    head = Text(row.text[:1].upper() + row.text[1:])
    if row.severity is not None:
        tone = Tone(row.severity.word)
        head = Text.assemble((f"{MARKS[tone]} {row.severity.word}: ", STYLES[tone]), head)
    details = [Text(f"{label}: {text}") for label, text in row.details]
    return Group(Text(), head, *map(indented, details), indented(Text(row.basis, style="dim")))


def _interactions(drug: Drug, knowledge: Knowledge) -> Iterator[RenderableType]:
    """One line for each interaction, worst first, with the other side."""
    names = {drug.id, *knowledge.classes_of(drug.id)}
    say = Say(knowledge)
    found = [
        (row, side)
        for row in knowledge.interactions.values()
        for side in row.between
        if len(row.between) > 1 and not names.isdisjoint(side)
    ]
    if found:
        yield section("INTERACTIONS")
    for row, side in sorted(found, key=lambda pair: (-pair[0].severity, pair[0].id)):
        others = [other for other in row.between if other is not side]
        partners = " and ".join(say.names(other, "or") for other in others)
        details = (("what to do", row.action), *((("mechanism", row.mechanism),) if row.mechanism else ()))
        yield _row(RowWords(row.severity, f"with {partners}: {row.effect}", details, _basis_of(row.sources, row.id)))


def _basis_of(sources: tuple[str, ...], name: str) -> str:
    return f"{listed(sources)}; {name}"


def _print_edition(console: Console, knowledge: Knowledge) -> None:
    edition = f"\nKnowledge {knowledge.version} of {day(knowledge.date)}."
    console.print(Text(f"{edition} Read the product's own label before prescribing.", style="dim"))
