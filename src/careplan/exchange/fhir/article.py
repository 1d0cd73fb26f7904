"""What an order is for: the product's names and codes, its substances, and the drug that the knowledge base knows."""

import re
from decimal import Decimal

from attrs import evolve, frozen

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.amount import read_quantity
from careplan.exchange.fhir.concept import Concept, as_concept, read_concept
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.reading import Context
from careplan.exchange.fhir.slug import slug_of
from careplan.knowledge import Recognition
from careplan.model import Absent, Dimension, Form, Ingredient, Product, Quantity, Route, Unit

_GROUPS = ("immunosuppressant", "nsaid", "analgesic", "adjuvant", "supportive")
"""Which group of its substances a combination belongs to: the first of these."""
_STRENGTH = re.compile(r"\s\d[\d.,]*\s*(?:mg|mcg|micrograms?|g|ml|unt|units?|%)\b.*", re.IGNORECASE | re.DOTALL)
_BRAND = re.compile(r"\[([^\]]+)\]\s*$")


@frozen(kw_only=True)
class Article:
    """The thing that is ordered. `drug` is None if the knowledge base knows no such drug or product."""

    words: str
    drug: str | None
    group: str | None
    product: Product
    route: Route | None
    form: Form | None

    @property
    def slug(self) -> str:
        """An id for it: the drug, else its substances, else its words without the strength."""
        substances = " ".join(item.drug for item in self.product.ingredients)
        return slug_of(self.drug or substances or _STRENGTH.sub("", self.words), "medicine")

    @property
    def counted(self) -> Unit | None:
        """What one of it is (a tablet, a patch), if its form is stated and the strength is in that."""
        stated = self.product.ingredients if self.form is not None else ()
        units = {item.per.unit for item in stated if isinstance(item.strength, Quantity)}
        unit = units.pop() if len(units) == 1 else None
        return unit if unit is not None and unit.dimension is Dimension.COUNT else None

    @property
    def rate(self) -> Quantity | None:
        """What one patch delivers in an hour."""
        strengths = [item.strength for item in self.product.ingredients]
        known = strengths[0] if len(strengths) == 1 and self.counted is Unit.PATCH else None
        return known if isinstance(known, Quantity) and known.unit.dimension is Dimension.MASS_RATE else None


def read_article(order: Node, context: Context) -> Article:
    """Read medication[x] of an order or statement, through a reference if there is one."""
    concept, medication = _named(order, context)
    found = context.terminology.medicine(concept)
    if found is None:
        order.note(Kind.UNUSABLE, "medication", "medicine contradicted", "its code and its words differ", concept.label)
        found = Recognition(text=concept.words or "")
    if medication is not None:
        found = _described(medication, concept, found, context)
    _note_unknown(order, concept, found)
    ingredients = _all_ingredients(found)
    groups = [context.terminology.group(item.drug) for item in ingredients]
    brand = _BRAND.search(concept.words or "")
    words = concept.words or f"medicine that is not named ({order.text('resourceType')})"
    return Article(
        words=words,
        drug=found.drug,
        group=next((group for group in _GROUPS if group in groups), None),
        product=Product(
            name=words, brand=brand[1].strip() or None if brand else None, ingredients=ingredients, codes=concept.codes
        ),
        route=found.route,
        form=found.form,
    )


def _note_unknown(order: Node, concept: Concept, found: Recognition) -> None:
    if not concept:
        order.note(Kind.UNUSABLE, "medication", "medicine", "nothing says which medicine it is: kept without a name")
    elif found.drug is None and found.complete:
        why = "a combination without an id of its own: kept by its ingredients"
        order.note(Kind.GUESSED, "medication", "combination", why, concept.label)
    elif found.drug is None:
        order.note(Kind.UNMAPPED, "medication", "drug", "not a drug that is known: kept by its name", concept.label)


def _all_ingredients(found: Recognition) -> tuple[Ingredient, ...]:
    """List what is known and what is not: a list that left out the unknown ones would hide them."""
    if not found.ingredients:
        return ()
    names = (slug_of(_STRENGTH.sub("", part), "ingredient") for part in found.unrecognised)
    return (*found.ingredients, *(Ingredient(drug=name, strength=Absent.UNKNOWN) for name in names))


def _named(order: Node, context: Context) -> tuple[Concept, Node | None]:
    """Find the names of the product, and the Medication that a reference leads to."""
    if "medicationCodeableConcept" in order.data or "medicationReference" not in order.data:
        return read_concept(order, "medicationCodeableConcept"), None
    reference = order.child("medicationReference")
    if reference is None:
        return Concept(), None
    medication = context.follow(reference, order)
    if medication is None:
        why = "the Medication that it refers to is not in the record: known by its words"
        order.note(Kind.GUESSED, "medicationReference", "medicine", why, reference.text("display"))
        return Concept((), reference.text("display")), None
    return read_concept(medication, "code") or Concept((), reference.text("display")), medication


def _described(medication: Node, concept: Concept, found: Recognition, context: Context) -> Recognition:
    """Add what the Medication says beyond its name: its form, and its ingredients if the name tells none."""
    form = read_concept(medication, "form").words
    if form and concept.words and found.form is None:
        shaped = context.terminology.medicine(Concept((), f"{concept.words} {form}"))
        if shaped is not None and (shaped.drug == found.drug or shaped.complete):
            found = evolve(found, route=shaped.route, form=shaped.form)
    listed = [item for item in medication.children("ingredient") if item.flag("isActive") is not False]
    known = [(item, context.terminology.medicine(as_concept(item.child("itemCodeableConcept")))) for item in listed]
    ingredients = tuple(_with_strength(item, own) for item, own in known if own is not None and own.drug is not None)
    if found.ingredients:
        return _completed(medication, found, ingredients, context)
    return evolve(
        found,
        ingredients=ingredients,
        unrecognised=tuple(
            as_concept(item.child("itemCodeableConcept")).words or "ingredient that is not named"
            for item, own in known
            if own is None or own.drug is None
        ),
    )


def _completed(medication: Node, found: Recognition, listed: tuple[Ingredient, ...], context: Context) -> Recognition:
    """Add the listed ingredients that the name does not tell: a hidden one would escape every check."""
    substance = context.terminology.substance
    named = {substance(item.drug) for item in found.ingredients}
    more = tuple(item for item in listed if substance(item.drug) not in named)
    if not more:
        return found
    why = "its Medication lists ingredients that its name does not tell: all are kept"
    medication.note(Kind.GUESSED, "ingredient", "more ingredients", why, ", ".join(item.drug for item in more))
    return evolve(found, product=None, ingredients=(*found.ingredients, *more))


def _with_strength(item: Node, known: Recognition) -> Ingredient:
    drug = known.drug or known.ingredients[0].drug
    strength = item.child("strength")
    above = strength.child("numerator") if strength is not None else None
    below = strength.child("denominator") if strength is not None else None
    if above is None or below is None:
        return Ingredient(drug=drug, strength=Absent.UNKNOWN)
    amount = read_quantity(above, "strength", dose=True)
    bare = below.text("code") in (None, "1") and below.text("unit") in (None, "1")
    number = below.number("value") if bare else None
    per = Quantity(number, Unit.DOSE) if number is not None else read_quantity(below, "strength", dose=True)
    if amount is None or per is None or amount.value <= Decimal(0) or per.value <= Decimal(0):
        return Ingredient(drug=drug, strength=Absent.UNKNOWN)
    return Ingredient(drug=drug, strength=amount, per=per)
