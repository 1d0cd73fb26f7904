"""Messages with gaps that the facts of a finding fill."""

import re
from collections.abc import Iterable

from attrs import frozen

from careplan.rules.facts import Fact
from careplan.rules.words import WORDS

ITEMS = "items"
_COMPONENT = "$.components["
_GAP = re.compile(r"\{([^{}]*)\}")
_ASIDE = re.compile(r"\[([^\[\]]*)\]")


@frozen
class Message:
    """A text with gaps such as ``{nsaid-systemic}``.

    ``{name}`` is filled with the labels of what answered to that name ("ibuprofen and naproxen"), ``{name:word}``
    with what that word said of it ("1400 mg/day" for ``{paracetamol:daily}``), ``{word}`` with the answer of a word
    that takes no name ("71 years" for ``{age}``), ``{items}`` with every medicine that the facts name. What stands in
    square brackets is said only if all of its gaps can be filled: ``kidney function is low[ (eGFR {egfr:latest})]``.
    """

    text: str

    @property
    def gaps(self) -> tuple[str, ...]:
        """Everything that is to be filled in."""
        return tuple(_GAP.findall(self.text))

    def filled(self, facts: Iterable[Fact]) -> str:
        """The text with its gaps filled; a name that no fact answers to is written out in words."""
        known = tuple(facts)
        text = _ASIDE.sub(lambda aside: aside[1] if _is_known(aside[1], known) else "", self.text)
        filled = _GAP.sub(lambda gap: _listed(_answers(gap[1], known)) or _in_words(gap[1]), text)
        return filled[:1].upper() + filled[1:] if filled[:2].islower() else filled

    def unknown_gaps(self, subjects: frozenset[str]) -> tuple[str, ...]:
        """Gaps that facts about these subjects could never fill."""
        return tuple(gap for gap in self.gaps if not _fillable(gap, subjects))


def _fillable(gap: str, subjects: frozenset[str]) -> bool:
    names, word = _parts(gap)
    return gap == ITEMS or (subjects.issuperset(names) and (":" not in gap or word in WORDS))


def _is_known(text: str, facts: tuple[Fact, ...]) -> bool:
    return all(_answers(gap, facts) for gap in _GAP.findall(text))


def _answers(gap: str, facts: tuple[Fact, ...]) -> list[str]:
    if gap == ITEMS:
        return list(dict.fromkeys(fact.label for fact in facts if fact.path.startswith(_COMPONENT)))
    names, word = _parts(gap)
    if word or names[0] in WORDS:
        texts = [_first_measure(name, word or names[0], facts) for name in names]
    else:
        texts = [fact.label for name in names for fact in facts if fact.about == name]
    return list(dict.fromkeys(filter(None, texts)))


def _first_measure(name: str, word: str, facts: tuple[Fact, ...]) -> str:
    """What the word said of the name: where several facts make up an answer, the first one carries it."""
    return next((fact.measure for fact in facts if fact.about == name and fact.word == word and fact.measure), "")


def _parts(gap: str) -> tuple[list[str], str]:
    names, _, word = gap.partition(":")
    return names.split(", "), word


def _in_words(gap: str) -> str:
    return " or ".join(_parts(gap)[0]).replace("-", " ")


def _listed(texts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
