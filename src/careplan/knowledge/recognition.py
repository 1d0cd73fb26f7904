"""Which drugs a product's name speaks of: "Acetaminophen 325 MG / HYDROcodone Bitartrate 7.5 MG Oral Tablet".

Names are looked up, never guessed: what is not known word for word is reported as not recognised.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from careplan.knowledge.index import plain_words
from careplan.knowledge.table import Table
from careplan.model import Absent, Form, Ingredient, Quantity, Route, Unit


@frozen(kw_only=True)
class Recognition:
    """What a text or code was found to mean. `unrecognised` are the parts of the text that no drug bears as a name.

    `suggestions` are ids of what may have been meant: for a person to choose from.
    """

    text: str
    ingredients: tuple[Ingredient, ...] = ()
    product: str | None = None
    route: Route | None = None
    form: Form | None = None
    unrecognised: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every part was recognised."""
        return bool(self.ingredients) and not self.unrecognised

    @property
    def drug(self) -> str | None:
        """The id for a plan: the product of several drugs, or the one drug; None if that is not certain."""
        if not self.complete:
            return None
        return self.product or (self.ingredients[0].drug if len(self.ingredients) == 1 else None)


_PART = re.compile(
    r"(?P<name>.*?[^\W\d].*?)\s+(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>mg|mcg|microgram(?:s)?|ug|µg|g|unt|units?|iu|%|meq)(?!\w)"
    r"(?:\s*/\s*(?P<per>\d+(?:\.\d+)?)?\s*(?P<per_unit>ml|hr|hour|h|actuat|dose|puff)\b)?",
    re.IGNORECASE,
)
_UNITS = {
    "mg": "mg", "mcg": "ug", "microgram": "ug", "micrograms": "ug", "ug": "ug", "µg": "ug", "g": "g",
    "unt": "[iU]", "unit": "[iU]", "units": "[iU]", "iu": "[iU]",
}  # fmt: skip
_SALTS = frozenset(
    re.findall(
        r"\w+",
        "acetate anhydrous arginine besilate besylate bitartrate bromide calcium carbonate chloride citrate dihydrate "
        "disodium fumarate gluconate hemihydrate hydrobromide hydrochloride hydrogen lactate lysine magnesium maleate "
        "mesilate mesylate monohydrate nitrate oxalate phosphate potassium sodium succinate sulfate sulphate tartrate "
        "tosylate trihydrate trometamol tromethamine",
    )
)
_FORM_WORDS = frozenset(
    re.findall(
        r"\w+",
        "oral tablet tablets capsule capsules caplet caplets solution suspension injection topical gel cream patch "
        "extended modified prolonged delayed gastro resistant release soluble effervescent",
    )
)
_LEADING = re.compile(r"^(?:abuse deterrent|\d+(?:\.\d+)? (?:hr|ml|actuat|day)|nda\d+) ")
_WORDS: tuple[tuple[str, Route | None, Form | None, Unit | None], ...] = (
    (r"transdermal|\bpatch", Route.TRANSDERMAL, Form.PATCH, Unit.PATCH),
    (r"extended release|modified release|prolonged release|sustained release|\b\d+ hr\b|\bmr\b|\bxl\b|\bsr\b",
     Route.ORAL, Form.MODIFIED_RELEASE, Unit.TABLET),
    (r"delayed release|gastro resistant|enteric coated|\bec\b", Route.ORAL, Form.GASTRO_RESISTANT, Unit.TABLET),
    (r"effervescent|soluble tab", Route.ORAL, Form.EFFERVESCENT, Unit.TABLET),
    (r"sublingual", Route.SUBLINGUAL, None, Unit.TABLET),
    (r"buccal", Route.BUCCAL, None, Unit.TABLET),
    (r"plaster", Route.CUTANEOUS, Form.PLASTER, Unit.PATCH),
    (r"ophthalmic|eye drop", Route.OPHTHALMIC, Form.DROPS, Unit.DROP),
    (r"nasal", Route.NASAL, Form.SPRAY, Unit.PUFF),
    (r"inhal", Route.INHALED, Form.INHALER, Unit.PUFF),
    (r"vaginal", Route.VAGINAL, None, Unit.DOSE),
    (r"\bgel\b", Route.CUTANEOUS, Form.GEL, Unit.APPLICATION),
    (r"topical|cream|ointment", Route.CUTANEOUS, Form.CREAM, Unit.APPLICATION),
    (r"suppositor|rectal", Route.RECTAL, Form.SUPPOSITORY, Unit.SUPPOSITORY),
    (r"oral solution|oral suspension|syrup|oral liquid", Route.ORAL, Form.SOLUTION, Unit.ML),
    (r"infusion|intravenous", Route.INTRAVENOUS, Form.INFUSION, Unit.INJECTION),
    (r"inject|syringe|\bpen\b|pens\b|vial", None, Form.INJECTION, Unit.INJECTION),
    (r"capsule", Route.ORAL, Form.IMMEDIATE_RELEASE, Unit.CAPSULE),
    (r"tablet|caplet", Route.ORAL, Form.IMMEDIATE_RELEASE, Unit.TABLET),
)  # fmt: skip


def recognise(text: str, drugs: Table[Any], products: Table[Any]) -> Recognition:
    """Read the name of a product, a brand or a drug."""
    plain = plain_words(text)
    route, form, counted = _shape(plain)
    known = _leading_product(plain, products)
    if len(known) == 1:
        return Recognition(
            text=text, product=known[0], route=route, form=form, ingredients=contents(products.raw[known[0]])
        )
    body, _, brand = text.rstrip(" ]").partition("[")
    ingredients, unrecognised = [], []
    for part in re.split(r"\s+/\s+|\s+\+\s+", body.strip()):
        ingredient = _ingredient(part, drugs, route, counted)
        if ingredient is None:
            unrecognised.append(part.strip())
        else:
            ingredients.append(ingredient)
    if not ingredients and len(drugs.named(brand)) == 1:
        ingredients, unrecognised = [Ingredient(drug=drugs.named(brand)[0], strength=Absent.UNKNOWN)], []
    suggestions = dict.fromkeys(
        name for part in unrecognised for table in (drugs, products) for name in table.suggestions(_name_of(part))
    )
    return Recognition(
        text=text, ingredients=tuple(ingredients), route=route, form=form,
        product=_product_of(ingredients, products), unrecognised=tuple(unrecognised), suggestions=tuple(suggestions),
    )  # fmt: skip


def contents(product: Mapping[str, Any]) -> tuple[Ingredient, ...]:
    """The ingredients of a combination product of the base, each strength in what the product is counted by."""
    unit = product["per"] == "unit"
    per = Quantity(Decimal(1), Unit.TABLET) if unit else Quantity.parse(product["per"])
    return tuple(
        Ingredient(drug=content["drug"], strength=_amount(content), per=per) for content in product["contains"]
    )


def _amount(content: Mapping[str, Any]) -> Quantity | Absent:
    if "amount" not in content:
        return Absent.UNKNOWN
    return Quantity(Decimal(content["amount"]), Unit(content["unit"]))


def _shape(plain: str) -> tuple[Route | None, Form | None, Unit | None]:
    """Route, form and countable unit, as far as the words say."""
    for pattern, route, form, unit in _WORDS:
        if re.search(pattern, plain):
            counted = Unit.CAPSULE if unit is Unit.TABLET and "capsule" in plain else unit
            return route, form, counted
    return None, None, None


def _leading_product(plain: str, products: Table[Any]) -> tuple[str, ...]:
    """Products whose name begins the text; units are left out ("30mg/500mg" is "30/500"). The longest name wins."""
    words = re.sub(r"(?<=\d) ?(?:mg|mcg|g)\b", "", plain).split()
    for last in range(len(words), 0, -1):
        found = products.named(" ".join(words[:last]))
        if found:
            return found
    return ()


def _name_of(part: str) -> str:
    """The words of a part before its strength, without what stands in front of a name."""
    match = _PART.match(part)
    plain = plain_words(match["name"] if match else part)
    while (shorter := _LEADING.sub("", plain)) != plain:
        plain = shorter
    return plain


def _ingredient(part: str, drugs: Table[Any], route: Route | None, counted: Unit | None) -> Ingredient | None:
    drug = _drug(_name_of(part), drugs, route)
    if drug is None:
        return None
    match = _PART.match(part)
    strength, per = _strength(match, counted) if match else (None, None)
    return Ingredient(drug=drug, strength=strength or Absent.UNKNOWN, per=per or Quantity(Decimal(1), Unit.TABLET))


def _drug(plain: str, drugs: Table[Any], route: Route | None) -> str | None:
    """The drug whose name the words are, but for words of a salt or a dose form.

    Where the route is stated, a drug that is that ingredient by that route alone ("fentanyl-patch") goes before the
    ingredient at large; without a route it is never taken.
    """
    words = plain.split()
    for last in range(len(words), 0, -1):
        name = " ".join(words[:last])
        known = [drug for drug in drugs.named(name) if set(words[last:]) <= _extra_words(drugs.raw[drug])]
        by_route = [
            drug
            for drug, ingredient in drugs.column("ingredient").items()
            if plain_words(ingredient) == name and route is not None and route.value in drugs.raw[drug]["routes"]
        ]
        for candidates in (by_route, known):
            if len(candidates) == 1:
                return candidates[0]
    return None


def _extra_words(raw: Mapping[str, Any]) -> set[str]:
    return {*_SALTS, *_FORM_WORDS, *(word for salt in raw.get("salts", ()) for word in plain_words(salt).split())}


def _strength(match: "re.Match[str]", counted: Unit | None) -> tuple[Quantity | None, Quantity | None]:
    """The strength and what it is in, where the library has the unit."""
    unit = _UNITS.get(match["unit"].lower())
    number = Decimal(match["number"])
    per_unit = (match["per_unit"] or "").lower()
    if unit is None or not number:
        return None, None
    if per_unit in ("hr", "hour", "h"):
        if unit not in ("mg", "ug"):
            return None, None
        return Quantity(number, Unit(f"{unit}/h")), Quantity(Decimal(1), Unit.PATCH)
    if per_unit:
        per = Quantity(Decimal(match["per"] or 1), Unit.ML if per_unit == "ml" else Unit.PUFF)
        return Quantity(number, Unit(unit)), per
    return Quantity(number, Unit(unit)), Quantity(Decimal(1), counted) if counted else None


def _product_of(ingredients: list[Ingredient], products: Table[Any]) -> str | None:
    """The combination product that has exactly these ingredients in these strengths."""
    if len(ingredients) < 2:
        return None
    drugs = {item.drug for item in ingredients}
    wanted = {(item.drug, item.strength) for item in ingredients}
    counted = products.column("per")
    found = [
        name
        for name, held in products.column("contains").items()
        if counted[name] == "unit"
        and {content["drug"] for content in held} == drugs
        and {(each.drug, each.strength) for each in contents(products.raw[name])} == wanted
    ]
    return found[0] if len(found) == 1 and all(item.per.unit is not Unit.ML for item in ingredients) else None
