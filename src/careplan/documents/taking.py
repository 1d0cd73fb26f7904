"""What the person takes, with what the knowledge base says of it: classes, purpose, warnings, pauses in illness."""

from datetime import date
from functools import cached_property

from attrs import frozen

from careplan.documents.medicines import is_over
from careplan.documents.parts import Badge, Tone
from careplan.documents.terms import term
from careplan.knowledge import Knowledge
from careplan.knowledge.course import PatientText
from careplan.knowledge.vocabulary import Do
from careplan.model import Absent, CarePlan, Form, Medication, PregnancyStatus, Route

_ALERTS = (
    ("immunosuppressive-any", "Immunosuppressed"),
    ("glucocorticoid", "On a steroid: never stop suddenly"),
    ("anticoagulant", "Anticoagulated"),
)
_PAUSING = (Do.HOLD, Do.STOP)


@frozen(eq=False, slots=False)
class Taking:
    """The medicines of a plan that are not over on a day, paused and planned ones included."""

    plan: CarePlan
    knowledge: Knowledge
    on: date

    @cached_property
    def medicines(self) -> tuple[Medication, ...]:
        """Everything that is, or is going to be, taken."""
        return tuple(medicine for medicine in self.plan.medicines if not is_over(medicine, self.on))

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        return {medicine.id: self._known_as(medicine) for medicine in self.medicines}

    def _known_as(self, medicine: Medication) -> frozenset[str]:
        drugs = self._drugs(medicine)
        return frozenset(drugs).union(*(self._classes(drug, medicine) for drug in drugs))

    def _drugs(self, medicine: Medication) -> tuple[str, ...]:
        """Ids of the ingredients that the knowledge base holds."""
        drug = medicine.drug
        held = medicine.ingredients
        if drug in self.knowledge.products and not isinstance(drug, Absent):
            held = tuple(ingredient.drug for ingredient in self.knowledge.ingredients(drug))
        return tuple(ref for ref in held if ref in self.knowledge.drugs)

    def _classes(self, drug: str, medicine: Medication) -> frozenset[str]:
        dose = medicine.dose_on(self.on)
        amounts = medicine.amounts(dose).get(drug) if dose is not None else None
        return self.knowledge.classes_of(
            drug,
            route=medicine.route,
            form=medicine.form,
            indication=medicine.indication,
            single=amounts.single if amounts else None,
            daily=amounts.daily if amounts else None,
        )

    def of(self, *names: str) -> tuple[Medication, ...]:
        """Medicines that are one of these drugs or belong to one of these classes."""
        return tuple(medicine for medicine in self.medicines if not self._names[medicine.id].isdisjoint(names))

    def is_paused_in(self, medicine: Medication, situations: tuple[str, ...]) -> bool:
        """Whether the drug's own rows say, without a condition, to pause it in such an illness."""
        rows = (
            row
            for drug in self._drugs(medicine)
            for _, row in self.knowledge.facts_about(drug, "sick_days", self._classes(drug, medicine))
        )
        return any(row.situation.value in situations and row.do in _PAUSING and row.when is None for row in rows)

    def patient_texts(self, medicine: Medication) -> tuple[PatientText, ...]:
        """What the knowledge base says of the medicine to the person, one text for each ingredient."""
        texts = (self.knowledge.drugs[drug].patient for drug in self._drugs(medicine))
        return tuple(text for text in texts if text is not None)

    @cached_property
    def badges(self) -> tuple[Badge, ...]:
        """Short alerts that every reader must see."""
        alerts = [Badge(Tone.WARNING, word) for name, word in _ALERTS if self.of(name)]
        opioids = self.of("opioid")
        if opioids:
            patch = any(o.form is Form.PATCH or o.route is Route.TRANSDERMAL for o in opioids)
            alerts.append(Badge(Tone.WARNING, "Opioid patch" if patch else "On an opioid"))
        pregnancy = self.plan.patient.pregnancy
        if not isinstance(pregnancy, Absent) and pregnancy.status is not PregnancyStatus.NOT_PREGNANT:
            alerts.append(Badge(Tone.WARNING, term(pregnancy.status).capitalize()))
        return tuple(alerts)
