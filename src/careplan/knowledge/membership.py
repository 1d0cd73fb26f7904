"""Which classes a medicine counts in: by its drug, and by how it is given."""

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from careplan.knowledge.hierarchy import ancestors
from careplan.model import Form, Quantity, Route, Unit, UnitError

if TYPE_CHECKING:
    from careplan.knowledge.drug import Drug, DrugClass
    from careplan.knowledge.table import Table


@frozen(kw_only=True)
class Given:
    """How an item is given, as far as it is stated; None is not stated, and counts as fitting."""

    route: Route
    form: Form | None = None
    indications: frozenset[str] | None = None
    single: Quantity | None = None
    daily: Quantity | None = None

    def fits(self, kind: "DrugClass") -> bool:
        """Whether an item given like this counts in a class."""
        if kind.routes and self.route not in kind.routes:
            return False
        if kind.forms and self.form is not None and self.form not in kind.forms:
            return False
        return self._fits_reason(kind) and self._fits_amount(kind)

    def _fits_reason(self, kind: "DrugClass") -> bool:
        if self.indications is None:
            return True
        wanted = not kind.indications or not self.indications.isdisjoint(kind.indications)
        return wanted and self.indications.isdisjoint(kind.not_indications)

    def _fits_amount(self, kind: "DrugClass") -> bool:
        single, daily = _amount(self.single, kind.unit), _amount(self.daily, kind.unit)
        too_little = single is not None and kind.single_at_least is not None and single < kind.single_at_least
        below = daily is not None and kind.daily_above is not None and daily <= kind.daily_above
        beyond = daily is not None and kind.daily_at_most is not None and daily > kind.daily_at_most
        return not (too_little or below or beyond)


def _amount(amount: Quantity | None, unit: Unit | None) -> Decimal | None:
    """The number in the class's unit; None if it is not known, as for tablets without a strength."""
    if amount is None or unit is None:
        return None
    try:
        return amount.to(unit).value
    except UnitError:
        return None


class Membership:
    """The hierarchy of classes and its members."""

    def __init__(self, drugs: "Table[Drug]", classes: "Table[DrugClass]") -> None:
        self._drugs = drugs
        self._classes = classes

    @cached_property
    def _everything(self) -> tuple[str, ...]:
        return tuple(name for name, stated in self._classes.column("everything").items() if stated)

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {name: set() for name in self._classes}
        parents = self._classes.column("parents")
        for drug, classes in self._drugs.column("classes").items():
            for name in ancestors(classes, lambda name: parents.get(name, ())):
                found[name].add(drug)
        for name in self._everything:
            found[name] = set(self._drugs)
        return {name: frozenset(drugs) for name, drugs in found.items()}

    def members(self, name: str) -> frozenset[str]:
        """Ids of the drugs in a class. Raises UnknownIdError for an unknown class."""
        return self._members[self._classes[name].id]

    def classes_of(self, drug: "Drug", given: Given) -> frozenset[str]:
        """The classes that a drug counts in when it is given like this."""
        found = set(self._everything)
        ahead = list(drug.classes)
        while ahead:
            kind = self._classes[ahead.pop()]
            if kind.id not in found and drug.id not in kind.except_for and given.fits(kind):
                found.add(kind.id)
                ahead += kind.parents
        return frozenset(found)
