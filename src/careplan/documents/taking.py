"""What the person takes, by class: for alerts on the first page and for the warning signs that concern them."""

from datetime import date
from functools import cached_property

from attrs import frozen

from careplan.checks.item import items
from careplan.documents.medicines import is_over
from careplan.documents.parts import Badge, Tone
from careplan.documents.terms import term
from careplan.knowledge import Knowledge
from careplan.model import Absent, CarePlan, Form, Medication, PregnancyStatus, Route

_ALERTS = (
    ("immunosuppressive-any", "Immunosuppressed"),
    ("glucocorticoid", "On a steroid: never stop suddenly"),
    ("anticoagulant", "Anticoagulated"),
)


@frozen(eq=False, slots=False)
class Taking:
    """The medicines of a plan that are not over on a day, paused and planned ones included, with their classes."""

    plan: CarePlan
    knowledge: Knowledge
    on: date

    @cached_property
    def _items(self) -> tuple[tuple[Medication, frozenset[str]], ...]:
        found = items(self.plan, self.knowledge, self.on)
        return tuple((item.medicine, item.names) for item in found if not is_over(item.medicine, self.on))

    def of(self, *names: str) -> tuple[Medication, ...]:
        """Medicines that are one of these drugs or belong to one of these classes."""
        return tuple(medicine for medicine, known in self._items if not known.isdisjoint(names))

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
