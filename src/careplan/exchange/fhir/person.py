"""Patient → who the plan is for."""

from attrs import evolve

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.day import read_day
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.reading import Reading
from careplan.model import Absent, Identifier, Patient, Sex

READ = frozenset({
    "identifier", "name", "telecom", "birthDate", "gender", "extension", "deceasedBoolean", "deceasedDateTime",
})  # fmt: skip

_BIRTH_SEX = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
_SEXES = {"female": Sex.FEMALE, "male": Sex.MALE, "F": Sex.FEMALE, "M": Sex.MALE}
_USES = ("official", "usual", None, "temp", "nickname", "anonymous", "maiden")
NO_NAME = "name not recorded"


def read_patient(node: Node) -> Reading:
    """Read name, numbers, birth date, sex and telephone."""
    name = _name(node)
    if name is None:
        node.note(Kind.UNUSABLE, "name", "name", "no name is recorded")
    if node.flag("deceasedBoolean") or "deceasedDateTime" in node.data:
        node.note(Kind.UNMAPPED, "deceased", "death", "the record says that this person has died")
    patient = Patient(
        name=name or NO_NAME,
        birth_date=read_day(node, "birthDate", "birth date") or Absent.UNKNOWN,
        sex=_sex(node),
        identifiers=tuple(_identifiers(node)),
        phone=_phone(node),
    )
    nickname = _called(node, ("nickname",))
    return Reading(what=patient.name, facts=(evolve(patient, preferred_name=nickname),))


def _name(node: Node) -> str | None:
    return _called(node, _USES)


def _called(node: Node, uses: tuple[str | None, ...]) -> str | None:
    names = [(item.text("use"), _written(item)) for item in node.children("name")]
    return next((words for use in uses for own, words in names if own == use and words), None)


def _written(name: Node) -> str | None:
    parts = [*name.texts("given"), name.text("family")]
    return name.text("text") or " ".join(part for part in parts if part) or None


def _sex(node: Node) -> Sex | Absent:
    """Prefer the sex recorded at birth; administrative gender stands in for it with a note."""
    for extension in node.children("extension"):
        if extension.data.get("url") == _BIRTH_SEX:
            code = extension.text("valueCode")
            if code in _SEXES:
                return _SEXES[code]
    gender = node.text("gender")
    if gender in _SEXES:
        node.note(Kind.GUESSED, "gender", "sex", "administrative gender is taken as the sex recorded at birth", gender)
        return _SEXES[gender]
    if gender is not None:
        node.note(Kind.UNMAPPED, "gender", "sex", "says nothing about the sex recorded at birth", gender)
    return Absent.UNKNOWN


def _identifiers(node: Node) -> list[Identifier]:
    found = []
    for item in node.children("identifier"):
        system, value = item.text("system"), item.text("value")
        if value and system:
            found.append(Identifier(system=system, value=value))
        elif value:
            item.note(Kind.UNMAPPED, "system", "identifier", "a number of no system", value)
    return list(dict.fromkeys(found))


def _phone(node: Node) -> str | None:
    numbers = [item.text("value") for item in node.children("telecom") if item.text("system") == "phone"]
    return next((number for number in numbers if number), None)
