"""The phrase bank of the patient's documents: which signs to act on, and what to do, by named medicine."""

import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

from careplan.documents.contacts import Contacts
from careplan.documents.names import Names
from careplan.documents.parts import Lines
from careplan.documents.taking import Taking
from careplan.documents.wording import listed, sentence
from careplan.model import Medication


class Colour(StrEnum):
    """How fast to act."""

    RED = "red"
    """Emergency."""
    AMBER = "amber"
    """Call the same day."""
    GREEN = "green"
    """Call in working hours."""


@frozen(kw_only=True)
class Phrase:
    """What a row is for: medicines or conditions that show it, and the sources that it rests on."""

    source: tuple[str, ...]
    confidence: str
    takes: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    tests: bool = False
    until_age: int | None = None

    def concerns(self, taking: Taking) -> bool:
        """Whether this row is for that person."""
        plan = taking.plan
        age = plan.patient.age(taking.on)
        if self.until_age is not None and age is not None and age > self.until_age:
            return False
        present = {c.condition for c in plan.patient.conditions if c.status.present}
        asked = (
            (self.takes, bool(taking.of(*self.takes))),
            (self.has, not present.isdisjoint(self.has)),
            (self.tests, bool(plan.monitoring)),
        )
        needed = [met for need, met in asked if need]
        return any(needed) or not needed


@frozen(kw_only=True)
class Rule(Phrase):
    """Something to keep to every day."""

    text: str


@frozen(kw_only=True)
class Sign(Phrase):
    """A sign, how fast to act, and what to do; `pause` names situations of the medicines' own sick-day rows."""

    id: str
    colour: Colour
    signs: str
    act: str = ""
    pause: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    steroid: bool = False


@frozen
class PhraseBank:
    """Every row, in the order of the file."""

    signs: tuple[Sign, ...]
    rules: tuple[Rule, ...]


@cache
def phrase_bank() -> PhraseBank:
    """Read the phrase bank that ships with the package."""
    raw = tomllib.loads((files("careplan.documents") / "warning_signs.toml").read_text(encoding="utf-8"))
    return PhraseBank(
        signs=tuple(Sign(**_tuples(row) | {"colour": Colour(row["colour"])}) for row in raw["sign"]),
        rules=tuple(Rule(**_tuples(row)) for row in raw["rule"]),
    )


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def everyday_rules(taking: Taking, names: Names) -> tuple[str, ...]:
    """The rules that concern this person."""
    return tuple(
        rule.text.format(takes=_named(taking.of(*rule.takes), names))
        for rule in phrase_bank().rules
        if rule.concerns(taking)
    )


def signs(colour: Colour, taking: Taking, names: Names, known: Contacts) -> tuple[Lines, ...]:
    """The signs of one colour that concern this person, each with what to do."""
    return tuple(
        (
            sentence(sign.signs.format(takes=_named(taking.of(*sign.takes), names, last="or"))),
            *_actions(sign, taking, names, known),
        )
        for sign in phrase_bank().signs
        if sign.colour is colour and sign.concerns(taking)
    )


def _filled(text: str, sign: Sign, taking: Taking, names: Names, known: Contacts) -> str:
    return text.format(takes=_named(taking.of(*sign.takes), names), emergency=known.emergency, crisis=known.crisis)


def _actions(sign: Sign, taking: Taking, names: Names, known: Contacts) -> Iterator[str]:
    told = []
    if sign.act:
        told.append(_filled(sign.act, sign, taking, names, known))
    if sign.stop and taking.of(*sign.stop):
        told.append(f"Stop {_named(taking.of(*sign.stop), names)}.")
    if sign.pause:
        told.extend(_pauses(sign, taking, names))
    steroids = taking.of("glucocorticoid") if sign.steroid else ()
    if steroids:
        told.append(f"Keep taking {_named(steroids, names)}.")
    if told:
        yield " ".join(told)


def _pauses(sign: Sign, taking: Taking, names: Names) -> Iterator[str]:
    """Name what is paused; a medicine whose data say nothing is never told to be stopped."""
    steroids = taking.of("glucocorticoid")
    taken = [medicine for medicine in taking.of(*sign.takes) if medicine not in steroids]
    paused = [medicine for medicine in taken if taking.is_paused_in(medicine, sign.pause)]
    others = [medicine for medicine in taken if medicine not in paused]
    if paused:
        yield f"Do not take your next dose of {_named(paused, names)} until we have spoken."
    if others:
        yield f"Call before your next dose of {_named(others, names)}."


def _named(medicines: Iterable[Medication], names: Names, last: str = "and") -> str:
    return listed(dict.fromkeys(names.medicine(medicine) for medicine in medicines), last) or "your medicine"
