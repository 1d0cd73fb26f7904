"""What the importer asks the knowledge base: codes and words of a record in, this library's ids out, exactly or not."""

from functools import lru_cache
from typing import NamedTuple

from attrs import evolve

from careplan.exchange.fhir.concept import Concept
from careplan.knowledge import Knowledge, Recognition
from careplan.model import Absent, Dimension, Ingredient, Outcome, Unit

_LONGEST_NAME = 300


class Numbered(NamedTuple):
    """A test with a number, and the units in which its values may stand."""

    id: str
    units: frozenset[Unit]


class Worded(NamedTuple):
    """A screening test whose result is a word, and the words that it may be."""

    id: str
    outcomes: frozenset[Outcome]


class Terminology:
    """Finds ids by code, else by name; None means that nothing fits.

    Answers are remembered: the same few hundred tests and products stand in record after record.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        remembered = lru_cache(maxsize=4096)
        self.medicine = remembered(self._medicine)
        self.condition = remembered(self._condition)
        self.allergen = remembered(self._allergen)
        self.test = remembered(self._test)
        self.screen = remembered(self._screen)
        self.vaccine = remembered(self._vaccine)

    def _medicine(self, concept: Concept) -> Recognition | None:
        """Find a medicine; None if its codes and words name two different ones."""
        drugs, products = self._knowledge.drugs, self._knowledge.products
        code = products.find(*concept.codes) or drugs.find(*concept.codes)
        named = [self._knowledge.resolve(words) for words in concept.wordings if len(words) <= _LONGEST_NAME]
        whole = [found for found in named if found.complete]
        if len({frozenset(self.substance(item.drug) for item in found.ingredients) for found in whole}) > 1:
            return None
        by_name = next(iter(whole or named), None)
        if code is None:
            return by_name or Recognition(text="")
        if by_name is None or not by_name.complete:
            known = self._coded(code)
            return known if by_name is None else evolve(known, route=by_name.route, form=by_name.form)
        return by_name if self.substance(code) == self.substance(by_name.drug or "") else None

    def _coded(self, code: str) -> Recognition:
        if code in self._knowledge.products:
            return Recognition(text=code, product=code, ingredients=self._knowledge.ingredients(code))
        return Recognition(text=code, ingredients=(Ingredient(drug=code, strength=Absent.UNKNOWN),))

    def substance(self, drug: str) -> str:
        """The substance in a drug: fentanyl in a fentanyl patch."""
        raw = self._knowledge.drugs.raw.get(drug, {})
        substance: str = raw.get("ingredient", drug)
        return substance

    def group(self, drug: str) -> str | None:
        """The group of a drug (``nsaid``, ``immunosuppressant`` ...)."""
        group: str | None = self._knowledge.drugs.raw.get(drug, {}).get("group")
        return group

    def _condition(self, concept: Concept) -> str | None:
        return self._find(concept, "conditions")

    def _allergen(self, concept: Concept) -> str | None:
        """Find the drug, class or substance of an allergy."""
        found = self._find(concept, "allergens") or self._find(concept, "classes")
        if found is None:
            medicine = self.medicine(concept)
            found = medicine.drug if medicine is not None else None
        return found

    def _vaccine(self, concept: Concept) -> str | None:
        return self._find(concept, "vaccines")

    def _test(self, concept: Concept) -> Numbered | None:
        found = self._find(concept, "analytes")
        raw = self._knowledge.analytes.raw[found] if found is not None else {}
        if found is None or "unit" not in raw:
            return None
        own = Unit(raw["unit"])
        other = [*raw.get("other_units", ()), *(row["from"] for row in raw.get("conversions", ()))]
        units = {own, *map(Unit, other)}
        if "molar_mass" in raw and own.dimension in (Dimension.MASS_CONCENTRATION, Dimension.SUBSTANCE_CONCENTRATION):
            units |= {Unit.MG_PER_L, Unit.MMOL_PER_L}
        return Numbered(found, frozenset(units))

    def _screen(self, concept: Concept) -> Worded | None:
        found = self._find(concept, "screens")
        if found is None:
            return None
        return Worded(found, frozenset(map(Outcome, self._knowledge.screens.raw[found]["outcomes"])))

    def _find(self, concept: Concept, section: str) -> str | None:
        table = getattr(self._knowledge, section)
        found: str | None = table.find(*concept.codes)
        return found or next(filter(None, (table.find(text=words) for words in concept.wordings)), None)


@lru_cache(maxsize=4)
def terminology_of(knowledge: Knowledge) -> Terminology:
    """Return the one Terminology of a knowledge base."""
    return Terminology(knowledge)
