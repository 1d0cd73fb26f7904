"""Readings of a record put together as one draft plan, in an order that does not depend on the record's."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from attrs import evolve, frozen

from careplan.exchange.fhir.account import Account, Kind, Note
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.person import NO_NAME
from careplan.exchange.fhir.reading import Reading
from careplan.exchange.fhir.record import Entry
from careplan.exchange.fhir.slug import slug_of
from careplan.model import (
    Absent,
    Allergy,
    CarePlan,
    Condition,
    Dose,
    ItemStatus,
    Medication,
    NoAllergies,
    Patient,
    Pregnancy,
    Result,
    Screening,
    Smoking,
    Vaccination,
)

F = TypeVar("F")
Answer = TypeVar("Answer", Smoking, Pregnancy)


@frozen(kw_only=True)
class Source:
    """One resource, what was read from it, and the notes about it, which may still grow."""

    entry: Entry
    node: Node
    reading: Reading
    unread: tuple[str, ...] = ()

    @property
    def notes(self) -> list[Note]:
        """Notes in the order in which they were taken."""
        return self.node.notes


def draft(sources: Sequence[Source], *, on: date, name: str | None) -> tuple[CarePlan, tuple[Account, ...]]:
    """Make the plan and the accounts. `name`: what the record calls a person without a Patient resource."""
    patient = next((fact for _, fact in _facts(sources, Patient)), None)
    if patient is None:
        patient = Patient(name=name or NO_NAME, birth_date=Absent.UNKNOWN, sex=Absent.UNKNOWN)
    medicines = _medicines(sources)
    smoking, older = _newest(sources, Smoking)
    pregnancy, earlier = _newest(sources, Pregnancy)
    patient = evolve(
        patient,
        conditions=_sorted(sources, Condition),
        allergies=_allergies(sources),
        results=_sorted(sources, Result),
        screenings=_sorted(sources, Screening),
        vaccinations=_sorted(sources, Vaccination),
        smoking=smoking or Absent.NOT_ASKED,
        pregnancy=pregnancy or Absent.NOT_ASKED,
    )
    owner = next((s.entry for s in sources if s.entry.type == "Patient" and s.reading.facts), None)
    number = owner.data.get("id") if owner is not None else None
    plan = CarePlan(
        id=slug_of(f"plan {number if isinstance(number, str) else patient.name}", "plan"),
        title=f"Draft from the record of {patient.name}",
        patient=patient,
        created=on,
        components=tuple(dict.fromkeys(medicine for _, medicine in medicines)),
    )
    items: dict[int, str | None] = {id(source): _lists(source) for source in sources}
    items |= {id(source): medicine.id for source, medicine in medicines}
    items |= {id(source): None for source in (*older, *earlier) if len(source.reading.facts) == 1}
    return plan, tuple(_account(source, items[id(source)]) for source in sources)


def _lists(source: Source) -> str | None:
    """Name the patient's lists that the facts of a resource went into."""
    return ", ".join(dict.fromkeys(_LISTS.get(type(fact), "patient") for fact in source.reading.facts)) or None


def _account(source: Source, item: str | None) -> Account:
    return Account(
        path=source.entry.path,
        resource=source.entry.name,
        what=source.reading.what,
        item=item,
        notes=tuple(source.notes),
        unread=source.unread,
    )


_LISTS: dict[type, str] = {
    Condition: "conditions", Allergy: "allergies", NoAllergies: "allergies", Result: "results", Screening: "screenings",
    Vaccination: "vaccinations", Smoking: "smoking", Pregnancy: "pregnancy",
}  # fmt: skip


def _facts(sources: Sequence[Source], kind: type[F]) -> list[tuple[Source, F]]:
    return [(source, fact) for source in sources for fact in source.reading.facts if isinstance(fact, kind)]


def _key(fact: object) -> tuple[str, str]:
    """Order facts by their day and then by everything else that they say."""
    day = getattr(fact, "date", None) or getattr(fact, "onset", None) or ""
    return str(day) if isinstance(day, date) else "", str(fact)


def _sorted(sources: Sequence[Source], kind: type[F]) -> tuple[F, ...]:
    return tuple(sorted((fact for _, fact in _facts(sources, kind)), key=_key))


def _newest(sources: Sequence[Source], kind: type[Answer]) -> tuple[Answer | None, list[Source]]:
    """Return the newest answer, and the sources of the others, which are told that they are older."""
    found = sorted(_facts(sources, kind), key=lambda pair: (pair[1].recorded, str(pair[1])))
    for source, fact in found[:-1]:
        source.node.note(Kind.IGNORED, "", "older answer", "the newest is in the plan", fact.recorded)
    return (found[-1][1] if found else None), [source for source, _ in found[:-1]]


def _allergies(sources: Sequence[Source]) -> tuple[Allergy, ...] | NoAllergies:
    listed = tuple(dict.fromkeys(_sorted(sources, Allergy)))
    statements = _facts(sources, NoAllergies)
    for source, statement in statements:
        if listed and statement is NoAllergies.NONE_KNOWN:
            why = "the record says that none is known, and lists allergies: the list is kept"
            source.node.note(Kind.UNUSABLE, "code", "allergies contradicted", why)
    if listed:
        return listed
    if any(statement is NoAllergies.NONE_KNOWN for _, statement in statements):
        return NoAllergies.NONE_KNOWN
    return NoAllergies.UNKNOWN if statements else NoAllergies.NOT_ASKED


def _medicines(sources: Sequence[Source]) -> list[tuple[Source, Medication]]:
    """Fold orders of one medicine in one dosage into one, and give each component its id."""
    found = [(source, fact) for source in sources for fact in source.reading.facts if isinstance(fact, Medication)]
    found.sort(key=lambda pair: _order(*pair))
    folded: list[tuple[list[Source], Medication]] = []
    for source, medicine in found:
        twin = next((number for number, (_, other) in enumerate(folded) if _same(medicine, other)), None)
        if twin is None:
            folded.append(([source], medicine))
            continue
        owners, other = folded[twin]
        folded[twin] = ([*owners, source], _earlier_start(other, medicine))
        why = f"ordered more than once in the same dosage: one medicine with {owners[0].entry.name}"
        source.node.note(Kind.GUESSED, "", "repeated order", why, source.reading.what)
    used: dict[str, int] = {}
    given = []
    for owners, medicine in folded:
        used[medicine.id] = used.get(medicine.id, 0) + 1
        number = used[medicine.id]
        named = evolve(medicine, id=f"{medicine.id}-{number}") if number > 1 else medicine
        given += [(owner, named) for owner in owners]
    return given


def _order(source: Source, medicine: Medication) -> tuple[object, ...]:
    """Active ones first, the newest of each name first; the resource's own name breaks ties."""
    current = medicine.status not in (ItemStatus.STOPPED, ItemStatus.COMPLETED)
    start = medicine.start if isinstance(medicine.start, date) else date.min
    return not current, medicine.id, -start.toordinal(), source.entry.name, str(medicine)


_ALIKE: tuple[Callable[[Medication], object], ...] = (
    lambda m: m.drug,
    lambda m: m.product,
    lambda m: m.route,
    lambda m: m.status,
    lambda m: m.stop,
    lambda m: m.indication,
)


def _same(medicine: Medication, other: Medication) -> bool:
    """Whether two orders are for one thing taken in one way; one without any dosage repeats the other."""
    if any(trait(medicine) != trait(other) for trait in _ALIKE):
        return False
    return medicine.dosage in (other.dosage, Dose.unknown())


def _earlier_start(kept: Medication, repeated: Medication) -> Medication:
    starts = [day for day in (kept.start, repeated.start) if isinstance(day, date)]
    return evolve(kept, start=min(starts)) if len(starts) == 2 else kept
