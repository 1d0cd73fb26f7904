"""What is known, as one object: looked up by id, name or code, and built only as far as it is used."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careplan.knowledge.compiled import COMPILED, load_compiled
from careplan.knowledge.hierarchy import ancestors
from careplan.knowledge.membership import Given, Membership
from careplan.knowledge.overlay import Overlay
from careplan.knowledge.recognition import Recognition, contents, recognise
from careplan.knowledge.structure import structure
from careplan.knowledge.table import Table
from careplan.model import Absent, Coding, Form, Ingredient, Quantity, Route, System

if TYPE_CHECKING:
    from careplan.knowledge.catalogue import (
        Allergen,
        Analyte,
        ConditionConcept,
        Exposure,
        Question,
        RecordPart,
        RoleConcept,
        Screen,
        TherapyConcept,
        VaccineConcept,
    )
    from careplan.knowledge.drug import ClassFacts, CombinationProduct, Drug, DrugClass, Interaction
    from careplan.knowledge.fact import Fact
    from careplan.knowledge.reference import (
        Abbreviation,
        AdrenalThreshold,
        Disagreement,
        Doubt,
        OpioidFactor,
        OpioidThreshold,
        Source,
        SteroidFactor,
    )


def _lazily(module: str, name: str) -> Callable[[object], Any]:
    """Builds entries of a class that is imported with the first of them: most programs use few."""

    def build(raw: object) -> object:
        return structure(getattr(import_module(f"careplan.knowledge.{module}"), name), raw)

    return build


class Knowledge:
    """The knowledge base, read-only. Make one with `load_knowledge`.

    Its tables are mappings of ids: ``knowledge.drugs["methotrexate"].limits``. An unknown id raises UnknownIdError,
    a KeyError that names the near miss.
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self.name: str = raw["name"]
        self.version: str = raw["version"]
        self.date = date.fromisoformat(raw["date"])
        self.digest: str = raw["digest"]
        self.notices: tuple[str, ...] = tuple(raw["notices"])
        self.overlays: tuple[Overlay, ...] = tuple(map(Overlay.of, raw.get("overlays", ())))
        self.drugs: Table[Drug] = self._table("drugs", "drug", "drug", "Drug")
        self.classes: Table[DrugClass] = self._table("classes", "class", "drug", "DrugClass")
        self.class_facts: Table[ClassFacts] = self._table("class_facts", "class", "drug", "ClassFacts")
        self.products: Table[CombinationProduct] = self._table("products", "product", "drug", "CombinationProduct")
        self.interactions: Table[Interaction] = self._table("interactions", "interaction", "drug", "Interaction")
        self.analytes: Table[Analyte] = self._table("analytes", "test", "catalogue", "Analyte")
        self.conditions: Table[ConditionConcept] = self._table(
            "conditions", "condition", "catalogue", "ConditionConcept"
        )
        self.screens: Table[Screen] = self._table("screens", "screening test", "catalogue", "Screen")
        self.vaccines: Table[VaccineConcept] = self._table("vaccines", "vaccine", "catalogue", "VaccineConcept")
        self.exposures: Table[Exposure] = self._table("exposures", "exposure", "catalogue", "Exposure")
        self.roles: Table[RoleConcept] = self._table("roles", "role", "catalogue", "RoleConcept")
        self.questions: Table[Question] = self._table("questions", "question", "catalogue", "Question")
        self.records: Table[RecordPart] = self._table("records", "part of the record", "catalogue", "RecordPart")
        self.therapies: Table[TherapyConcept] = self._table("therapies", "therapy", "catalogue", "TherapyConcept")
        self.allergens: Table[Allergen] = self._table("allergens", "allergen", "catalogue", "Allergen")
        self.sources: Table[Source] = self._table("sources", "source", "reference", "Source")
        self.opioid_thresholds: Table[OpioidThreshold] = self._table(
            "opioid_thresholds", "opioid threshold", "reference", "OpioidThreshold"
        )
        self.abbreviations: Table[Abbreviation] = self._table(
            "abbreviations", "abbreviation", "reference", "Abbreviation"
        )
        self.disagreements: Table[Disagreement] = self._table(
            "disagreements", "disagreement", "reference", "Disagreement"
        )
        self.doubts: Table[Doubt] = self._table("doubts", "doubt", "reference", "Doubt")

    def raw(self, section: str) -> Any:  # noqa: ANN401 - a mapping by id, or a list where entries have no id
        """The entries of a section as written."""
        return self._raw[section]

    def _table(self, section: str, what: str, module: str, kind: str) -> Table[Any]:
        ready = self._raw.get("index", {})
        return Table(what, self._raw[section], _lazily(module, kind), lambda key: ready.get(f"{section} {key}"))

    def _list(self, section: str, kind: str) -> tuple[Any, ...]:
        build = _lazily("reference", kind)
        return tuple(build(raw) for raw in self._raw[section])

    @cached_property
    def opioids(self) -> "tuple[OpioidFactor, ...]":
        """Factors to oral morphine, of both tables."""
        return self._list("opioids", "OpioidFactor")

    @cached_property
    def steroids(self) -> "tuple[SteroidFactor, ...]":
        """Factors to prednisolone."""
        return self._list("steroids", "SteroidFactor")

    @cached_property
    def adrenals(self) -> "tuple[AdrenalThreshold, ...]":
        """Doses from which a steroid may suppress the adrenal gland."""
        return self._list("adrenals", "AdrenalThreshold")

    # -------------------------------------------------------------- classes

    @cached_property
    def _membership(self) -> Membership:
        return Membership(self.drugs, self.classes)

    def members(self, name: str) -> frozenset[str]:
        """Ids of the drugs that are in a class, if given as the class asks. Raises UnknownIdError."""
        return self._membership.members(name)

    def classes_of(
        self,
        drug: str,
        *,
        route: Route | Absent | None = None,
        form: Form | Absent | None = None,
        indication: str | Absent | None = None,
        single: Quantity | Absent | None = None,
        daily: Quantity | Absent | None = None,
    ) -> frozenset[str]:
        """The classes that an item of this drug counts in, given like this.

        Ibuprofen gel is a topical NSAID and no systemic one; aspirin counts by its dose. A route that is not stated
        is taken to be the drug's usual one; anything else that is not stated counts as fitting.
        Raises UnknownIdError for an unknown drug.
        """
        known = self.drugs[drug]
        given = Given(
            route=route if isinstance(route, Route) else known.routes[0],
            form=form if isinstance(form, Form) else None,
            indications=None if indication is None or isinstance(indication, Absent) else self.counts_as(indication),
            single=single if isinstance(single, Quantity) else None,
            daily=daily if isinstance(daily, Quantity) else None,
        )
        return self._membership.classes_of(known, given)

    # ---------------------------------------------------------------- facts

    def facts_about(self, drug: str, table: str, classes: Collection[str] | None = None) -> tuple[tuple[str, Any], ...]:
        """The rows of one table (``"thresholds"``) that hold for a drug, each with the drug or class that states it.

        The drug's own rows come first; a class row about the same thing in the same countries gives way to them, and
        rows that leave the drug out (`except_for`) are left out. `classes` are those that the item counts in; without
        them, those of the drug given in the usual way.
        """
        own: tuple[Fact, ...] = getattr(self.drugs[drug], table)
        above = self.classes_of(drug) if classes is None else classes
        inherited = (
            (name, row)
            for name in sorted(above)
            if name in self.class_facts
            for row in getattr(self.class_facts[name], table)
            if drug not in row.except_for and not any(mine.overrides(row) for mine in own)
        )
        return *((drug, row) for row in own), *inherited

    def interactions_among(self, names: Collection[str]) -> "tuple[Interaction, ...]":
        """The interactions all of whose sides are among the names (drugs and classes of the items of a plan)."""
        there = set(names)
        return tuple(
            self.interactions[row]
            for row, sides in self.interactions.column("between").items()
            if all(not there.isdisjoint(side) for side in sides)
        )

    def counts_as(self, condition: str) -> frozenset[str]:
        """The condition and everything it counts as: a stroke is an established cardiovascular disease."""
        parents = self.conditions.column("parents")
        return ancestors((condition,), lambda name: parents.get(name, ()))

    # ---------------------------------------------------------------- names

    def ingredients(self, medicine: str) -> tuple[Ingredient, ...]:
        """What a drug or combination product of a plan consists of; strengths are Absent where the id does not say.

        Raises UnknownIdError for an unknown id.
        """
        if medicine in self.products:
            return contents(self.products.raw[medicine])
        return (Ingredient(drug=self.drugs[medicine].id, strength=Absent.UNKNOWN),)

    def resolve(
        self,
        name: str | None = None,
        *,
        rxnorm: str | None = None,
        atc: str | None = None,
        snomed: str | None = None,
    ) -> Recognition:
        """Find the drugs that a code, a brand or the name of a product speaks of; codes are tried first.

        ``resolve("Humira")``, ``resolve(rxnorm="6851")``, ``resolve("Methotrexate 2.5 MG Oral Tablet")``. What is not
        known is reported in `unrecognised`, with suggestions; nothing is guessed.
        """
        codes = {System.RXNORM: rxnorm, System.ATC: atc, System.SNOMED_CT: snomed}
        for system, code in codes.items():
            if code is None:
                continue
            coding = Coding(system, code)
            for table in (self.products, self.drugs):
                found = table.find(coding)
                if found is not None:
                    product = found if found in self.products else None
                    return Recognition(text=name or code, product=product, ingredients=self.ingredients(found))
        if name is not None:
            return recognise(name, self.drugs, self.products)
        missing = tuple(f"{system.value} {code}" for system, code in codes.items() if code is not None)
        return Recognition(text="; ".join(missing), unrecognised=missing)

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Every name that a sentence may use, by kind; conditions with their grades, screens with their outcomes."""
        plain: dict[str, Iterable[str]] = {
            "vaccine": self.vaccines,
            "therapy": self.therapies,
            "test": self.analytes,
            "question": self.questions,
            "record": self.records,
            "role": self.roles,
            "source": self.sources,
        }
        names: dict[str, dict[str, tuple[str, ...]]] = {kind: _unscaled(table) for kind, table in plain.items()}
        names["medicine"] = _unscaled(self.drugs) | _unscaled(self.classes) | _unscaled(self.products)
        names["allergen"] = names["medicine"] | _unscaled(self.allergens)
        names["condition"] = _unscaled(self.conditions) | _scales(self.conditions.column("grades"))
        names["screen"] = _scales(self.screens.column("outcomes"))
        return names

    def __repr__(self) -> str:
        return f"<Knowledge {self.name} {self.version}: {len(self.drugs)} drugs>"


def _unscaled(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(names, ())


def _scales(stated: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in stated.items()}


def load_knowledge(file: Path = COMPILED, *, overlays: Iterable[Path | str] = ()) -> Knowledge:
    """Load the knowledge base that ships with the library, with a clinic's own folders laid over it.

    The file is read once; entries are decoded and built when they are first asked for.

    Args:
        file: the compiled base. Overlays are laid on the authored files beside it.
        overlays: folders of TOML files that add to the base or correct it. In which order makes no difference.

    Raises:
        KnowledgeError: the file is missing or foreign; or an overlay is not sound, or contradicts the base or another
            overlay without saying so: `problems` names file and line of each.
    """
    folders = tuple(Path(overlay) for overlay in overlays)
    if not folders:
        return _loaded(file)
    from careplan.knowledge.merged import made_of

    return _overlaid(file.parent, folders, made_of(file.parent, folders))


@cache
def _loaded(file: Path) -> Knowledge:
    return Knowledge(load_compiled(file))


@cache
def _overlaid(folder: Path, overlays: tuple[Path, ...], key: str) -> Knowledge:
    from careplan.knowledge.merged import merged

    return Knowledge(merged(folder, overlays, key))
