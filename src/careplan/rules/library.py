"""The library's own rules, and the sentences that stand in the knowledge base."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from attrs import frozen

from careplan.knowledge import Knowledge
from careplan.rules.names import NameKind, Names
from careplan.rules.rulebook import RuleBook
from careplan.rules.rulefile import read_rulebook
from careplan.rules.sentence import Sentence, parse
from careplan.rules.tables import rules_from_tables

LIVE_VACCINE = "live-vaccine"
"""The name under which sentences speak of all live vaccines together."""


@cache
def names_of(knowledge: Knowledge) -> Names:
    """Every name that the knowledge base gives to sentences."""
    known = {kind: dict(knowledge.names.get(kind.name.lower(), {})) for kind in NameKind}
    known[NameKind.VACCINE][LIVE_VACCINE] = ()
    return Names(known)


@cache
def load_rules(knowledge: Knowledge) -> RuleBook:
    """The rules that ship with the library, and those that follow from the tables of the knowledge base.

    Raises RuleBookError with everything that is wrong in any file.
    """
    folder = files("careplan.rules") / "data"
    pack = {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}
    names = names_of(knowledge)
    return read_rulebook(pack, names=names, tables=rules_from_tables(knowledge, names))


@frozen
class NamedSentences:
    """Sentences that belong to a thing of the knowledge base, by its id."""

    asked_when: Mapping[str, Sentence]
    """Questions about the person that matter only then."""
    derived: Mapping[str, Sentence]
    """Conditions that follow from results."""


@cache
def named_sentences(knowledge: Knowledge) -> NamedSentences:
    """Read the sentences of questions and conditions."""
    names = names_of(knowledge)
    questions = {key: raw["ask_when"] for key, raw in knowledge.questions.raw.items() if raw.get("ask_when")}
    conditions = {key: raw["derived"] for key, raw in knowledge.conditions.raw.items() if raw.get("derived")}
    return NamedSentences(
        asked_when={key: parse(text, names) for key, text in questions.items()},
        derived={key: parse(text, names) for key, text in conditions.items()},
    )
