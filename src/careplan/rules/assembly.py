"""The library's own rules, and the sentences that stand in the knowledge base."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from attrs import frozen

from careplan.knowledge import Knowledge
from careplan.rules.names import NameKind, Names
from careplan.rules.rule import stems
from careplan.rules.rulebook import RuleBook
from careplan.rules.rulefile import DEFINITIONS, PACK, read_rulebook
from careplan.rules.sentence import Sentence, parse
from careplan.rules.tables import TableRules
from careplan.rules.tree import Defined

_ID = re.compile(r'^id\s*=\s*"([^"]+)"', re.MULTILINE)
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
    pack, names = _files(), names_of(knowledge)
    ids = frozenset(name for text in pack.values() for name in _ID.findall(text))
    named = ids.union(*map(stems, ids))
    tables = TableRules(knowledge, names, definitions_of(knowledge), named)
    return read_rulebook(pack, names=names, tables=tables)


@cache
def definitions_of(knowledge: Knowledge) -> Mapping[str, Defined]:
    """The named conditions, for sentences outside the rules."""
    own = {name: text for name, text in _files().items() if name in (PACK, DEFINITIONS)}
    return read_rulebook(own, names=names_of(knowledge)).definitions


def _files() -> Mapping[str, str]:
    folder = files("careplan.rules") / "data"
    return {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}


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
    names, definitions = names_of(knowledge), definitions_of(knowledge)
    return NamedSentences(
        asked_when=_parsed(knowledge.questions.column("ask_when"), names, definitions),
        derived=_parsed(knowledge.conditions.column("from"), names, definitions),
    )


def _parsed(texts: Mapping[str, str], names: Names, definitions: Mapping[str, Defined]) -> Mapping[str, Sentence]:
    return {key: parse(text, names, definitions) for key, text in texts.items()}
