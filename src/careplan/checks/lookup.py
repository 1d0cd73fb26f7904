"""What the words ask of the knowledge base, in the shape they need it, looked up once."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

from careplan.knowledge import Knowledge
from careplan.knowledge.catalogue import Analyte
from careplan.knowledge.reference import OpioidFactor
from careplan.knowledge.spans import Span
from careplan.model import Absent, Allergy, Jurisdiction
from careplan.rules import Sentence, parse
from careplan.rules.assembly import LIVE_VACCINE, NamedSentences, definitions_of, named_sentences, names_of

_FRESH_DAYS = 365
"""For a test whose page names no time: a result of more than a year ago is no longer current."""
_CAUTIOUS = (
    "against", "insufficient", "emerging", "not-routine", "option", "supported", "licensed", "established",
)  # fmt: skip
_SEASON_BEGINS = 9
"""September: vaccines of the season are given from then to the end of March."""
_SEASON_ENDS = 3


class Lookup:
    """One per knowledge base: `lookup_in(knowledge)`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    @cached_property
    def sentences(self) -> NamedSentences:
        """The sentences of questions and conditions."""
        return named_sentences(self._knowledge)

    @cache  # noqa: B019 - as long-lived as the knowledge itself
    def condition(self, sentence: str) -> Sentence:
        """The sentence of a fact that holds only then."""
        return parse(sentence, names_of(self._knowledge), definitions_of(self._knowledge), has_this=True)

    def knows(self, drug: str) -> bool:
        """Whether a plan's drug id stands for a drug or product here."""
        return drug in self._knowledge.drugs or drug in self._knowledge.products

    def reasons(self, condition: str) -> frozenset[str]:
        """The condition and all that it counts as."""
        return self._knowledge.counts_as(condition)

    def is_event(self, condition: str | Absent) -> bool:
        """Whether the condition is something that happens once, on its day of onset."""
        return bool(self._knowledge.conditions.column("event").get(condition))

    def grades(self, condition: str) -> tuple[str, ...]:
        """The scale of a graded condition, mildest first."""
        return tuple(self._knowledge.conditions.column("grades").get(condition, ()))

    def condition_name(self, condition: str | Absent) -> str:
        """The words for a problem of the record."""
        if isinstance(condition, Absent):
            return "condition"
        known = self._knowledge.conditions.get(condition)
        return known.name if known is not None else condition.replace("-", " ")

    def analyte(self, test: str) -> Analyte | None:
        """The page of a test."""
        return self._knowledge.analytes.get(test)

    def called(self, test: str) -> str:
        """The short name of a test."""
        analyte = self.analyte(test)
        return analyte.short_name if analyte is not None else test.replace("-", " ")

    def fresh_days(self, test: str) -> int:
        """How many days a result counts as current."""
        analyte = self.analyte(test)
        return analyte.fresh_for.days if analyte is not None and analyte.fresh_for is not None else _FRESH_DAYS

    @cache  # noqa: B019 - as long-lived as the knowledge itself
    def fresh_if(self, test: str) -> tuple[tuple[int, Sentence], ...]:
        """Shorter validities of a test in days, each with the sentence under which it holds."""
        rows = self._knowledge.analytes[test].freshness if test in self._knowledge.analytes else ()
        return tuple((row.fresh_for.days, self.condition(row.when)) for row in rows if row.when is not None)

    def panel(self, test: str) -> tuple[str, ...]:
        """The parts of a panel of tests."""
        analyte = self.analyte(test)
        return analyte.parts if analyte is not None else ()

    def screen_days(self, test: str) -> int | None:
        """How many days a screening result holds; None for ever."""
        screen = self._knowledge.screens.get(test)
        valid = screen.valid_for if screen is not None else None
        return valid.days if isinstance(valid, Span) else None

    def answer_days(self, question: str) -> int | None:
        """How many days an answer holds; None for ever."""
        valid = self._knowledge.questions[question].valid_for
        return valid.days if isinstance(valid, Span) else None

    def vaccine_names(self, vaccine: str) -> frozenset[str]:
        """The vaccine and the groups that it belongs to."""
        known = self._knowledge.vaccines.get(vaccine)
        return frozenset({vaccine, LIVE_VACCINE}) if known is not None and known.live else frozenset({vaccine})

    def vaccine_label(self, vaccine: str) -> str:
        """What the vaccine is called in a sentence."""
        known = self._knowledge.vaccines.get(vaccine)
        return known.name if known is not None else vaccine.replace("-", " ")

    def season_start(self, vaccine: str, day: date) -> date | None:
        """The first day of the vaccine's running season; None outside it, or for a vaccine without seasons."""
        known = self._knowledge.vaccines.get(vaccine)
        if known is None or not known.season or _SEASON_ENDS < day.month < _SEASON_BEGINS:
            return None
        return date(day.year if day.month >= _SEASON_BEGINS else day.year - 1, _SEASON_BEGINS, 1)

    def allergy_names(self, allergy: Allergy) -> frozenset[str]:
        """Every name that one may ask about to hear of the allergy: the substance, what it covers, what covers it."""
        substance = allergy.substance
        if isinstance(substance, Absent):
            return frozenset()
        names = {substance, *self._covered(substance), *self.ruled_out(allergy)}
        if substance in self._knowledge.drugs:
            names |= self._knowledge.classes_of(substance)
        return frozenset(names | {name for name, each in self._knowledge.allergens.items() if names & {*each.covers}})

    def recognises(self, allergy: Allergy) -> bool:
        """Whether anything is known of what the allergy is to."""
        return allergy.substance in self._knowledge.allergens or bool(self.ruled_out(allergy))

    def ruled_out(self, allergy: Allergy) -> frozenset[str]:
        """The drugs that the allergy rules out: the substance itself, the members of its class, all it covers."""
        substance = allergy.substance
        if isinstance(substance, Absent):
            return frozenset()
        covered = (substance, *self._covered(substance))
        members = (self._knowledge.members(each) for each in covered if each in self._knowledge.classes)
        return frozenset(covered).union(*members) & frozenset(self._knowledge.drugs)

    def _covered(self, substance: str) -> tuple[str, ...]:
        allergen = self._knowledge.allergens.get(substance)
        return allergen.covers if allergen is not None else ()

    @cache  # noqa: B019 - as long-lived as the knowledge itself
    def opioid_table(self, table: str) -> Mapping[str, OpioidFactor]:
        """Factors to oral morphine by drug."""
        return {factor.drug: factor for factor in self._knowledge.opioids if factor.table.value == table}

    @cached_property
    def steroid_table(self) -> Mapping[str, Decimal]:
        """Mg equal to prednisolone 5 mg, by drug."""
        return {factor.drug: factor.equal_to_5 for factor in self._knowledge.steroids}

    @cached_property
    def adrenal_table(self) -> Mapping[str, Decimal]:
        """Daily mg from which the adrenal gland may be suppressed, by drug."""
        return {threshold.drug: threshold.suppressive_from for threshold in self._knowledge.adrenals}

    def anticholinergic(self, drug: str) -> int | None:
        """The drug's score on the ACB scale; None if it is not scored."""
        known = self._knowledge.drugs.get(drug)
        return known.flags.anticholinergic if known is not None and known.flags is not None else None

    def evidence(
        self, drugs: Iterable[str], classes: frozenset[str], reasons: frozenset[str], jurisdiction: Jurisdiction | None
    ) -> str:
        """The position on using the drugs for the reasons, the most cautious one where several hold.

        Rows of other countries count only where the plan's has none; a drug without a row is ``no-row``.
        """
        home: set[str] = set()
        abroad: set[str] = set()
        for drug in drugs:
            if drug not in self._knowledge.drugs:
                continue
            for _, row in self._knowledge.facts_about(drug, "evidence", classes):
                here = jurisdiction is None or not row.jurisdiction or jurisdiction.value in row.jurisdiction
                if not reasons.isdisjoint(row.indications):
                    (home if here else abroad).add(row.position.value)
        positions = home or abroad
        return next((each for each in _CAUTIOUS if each in positions), "no-row")


@cache
def lookup_in(knowledge: Knowledge) -> Lookup:
    """The lookup of a knowledge base."""
    return Lookup(knowledge)
