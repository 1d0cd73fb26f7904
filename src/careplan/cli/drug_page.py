"""What stands on the page of a drug, a class or a combination product."""

from collections.abc import Iterable, Iterator

from careplan.cli.drug_sentences import Say
from careplan.cli.drug_words import RowWords, row_words
from careplan.cli.page import Page, Part
from careplan.documents.terms import term
from careplan.documents.wording import from_id, listed, quantity
from careplan.knowledge import Knowledge
from careplan.knowledge.drug import Drug, Facts, Interaction
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


def drug_page(drug: Drug, knowledge: Knowledge) -> Page:
    """A drug with its own facts and those of all its classes, however it is given, and its interactions."""
    classes = frozenset(name for name in knowledge.classes if drug.id in knowledge.members(name))
    say = Say(knowledge)
    parts: list[Part] = []
    rows: tuple[RowWords, ...]
    for attribute in attributes(Facts):
        if attribute.name in ("flags", "patient"):
            own = getattr(drug, attribute.name)
            rows = () if own is None else (row_words(own, say),)
        else:
            found = knowledge.facts_about(drug.id, attribute.name, classes)
            rows = tuple(row_words(row, say, None if name == drug.id else say.name(name)) for name, row in found)
        parts += _part(attribute.name, rows)
    with_others = _interactions({drug.id, *classes}, knowledge)
    parts += [Part(heading="Interactions", rows=with_others)] if with_others else []
    named = tuple(
        f"Sources disagree about {each.topic}: {listed(each.values, 'or')}. Here: {each.default}."
        for each in knowledge.disagreements.values()
        if drug.name in each.topic or drug.id in each.id
    )
    return Page(title=drug.name, lines=tuple(_identity(drug, classes, knowledge)), parts=tuple(parts), closing=named)


def class_page(name: str, knowledge: Knowledge) -> Page:
    """A class: who is in it, and what holds for every member."""
    kind, say = knowledge.classes[name], Say(knowledge)
    facts = knowledge.class_facts.get(name)
    parts: list[Part] = []
    for attribute in attributes(Facts):
        stated = getattr(facts, attribute.name, ())
        rows = () if not stated else stated if isinstance(stated, tuple) else (stated,)
        parts += _part(attribute.name, tuple(row_words(row, say) for row in rows))
    lines = (
        ("Id", name),
        ("Part of", ", ".join(sorted(say.name(parent) for parent in kind.parents))),
        ("Given", ", ".join(term(route) for route in kind.routes)),
        ("Forms", ", ".join(term(form) for form in kind.forms)),
        ("Only for", ", ".join(say.name(each) for each in kind.indications)),
        ("Not for", ", ".join(say.name(each) for each in kind.not_indications)),
        ("Members", ", ".join(sorted(knowledge.drugs[drug].name for drug in knowledge.members(name)))),
        ("Note", kind.note or ""),
        ("Basis", f"{listed(kind.sources)}; {kind.confidence.value}"),
    )
    with_others = _interactions({name}, knowledge)
    parts += [Part(heading="Interactions", rows=with_others)] if with_others else []
    return Page(title=kind.name, lines=_stated(lines), parts=tuple(parts))


def product_page(name: str, knowledge: Knowledge) -> Page:
    """What a combination product holds; its facts are those of its drugs."""
    product = knowledge.products[name]
    lines = [
        (held.drug, "strength not stated" if isinstance(held.strength, Absent) else quantity(held.strength))
        for held in knowledge.ingredients(name)
    ]
    pages = ", ".join(f"careplan knowledge show {held.drug}" for held in knowledge.ingredients(name))
    closing = (*([product.action] if product.action else []), f"What each of them asks for: {pages}")
    return Page(title=product.name, lines=tuple(lines), closing=closing)


def _identity(drug: Drug, classes: Iterable[str], knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    codes = [f"{code.system.value} {code.code}" for code in drug.codes]
    return _stated(
        (
            ("Id", drug.id),
            ("Kind", ", ".join(filter(None, (drug.group.value, drug.subclass)))),
            ("Classes", ", ".join(sorted(knowledge.classes[name].name for name in classes))),
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
    )


def _stated(lines: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in lines if text)


def _part(table: str, rows: tuple[RowWords, ...]) -> Iterator[Part]:
    if rows:
        yield Part(heading=_HEADINGS.get(table, from_id(table).capitalize()), rows=rows)


def _interactions(names: set[str], knowledge: Knowledge) -> tuple[RowWords, ...]:
    """The interactions of a drug or class, worst first, each with the other side."""
    say = Say(knowledge)
    found = [
        (row, side)
        for row in knowledge.interactions.values()
        for side in row.between
        if len(row.between) > 1 and not names.isdisjoint(side)
    ]
    return tuple(
        interaction_words(row, say, tuple(other for other in row.between if other is not side))
        for row, side in sorted(found, key=lambda pair: (-pair[0].severity, pair[0].id))
    )


def interaction_words(row: Interaction, say: Say, others: tuple[tuple[str, ...], ...]) -> RowWords:
    """One interaction, as seen from the side that is not among the others."""
    partners = " and ".join(say.names(other, "or") for other in others)
    details = (
        ("what to do", row.action),
        ("mechanism", row.mechanism or ""),
        ("if", row.when or ""),
        *((f"{step.to.word} if", step.when) for step in row.escalate),
    )
    places = "/".join(place.value.upper() for place in row.jurisdiction)
    basis = "; ".join(filter(None, (places, listed(row.sources), row.confidence.value, row.id)))
    return RowWords(row.severity, f"with {partners}: {row.effect}", _stated(details), basis)
