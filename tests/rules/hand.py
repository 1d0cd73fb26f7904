"""Facts written by hand: the language is tested without a plan or a knowledge base."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from attrs import field, frozen

from careplan.rules import UNKNOWN, Call, Evidence, Fact, Facts, Gap, Missing, NameKind, Names, Span, Value

DATA = Path(__file__).parent / "data"


def load_names() -> Names:
    tables = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
    known: dict[NameKind, Mapping[str, tuple[str, ...]]] = {}
    for kind in NameKind:
        stated = tables.get(kind.name.lower(), {})
        scales = stated if isinstance(stated, dict) else dict.fromkeys(stated, ())
        known[kind] = {name: tuple(scale) for name, scale in scales.items()}
    return Names(known)


@frozen
class Hand:
    """Answers by word and names, ``{"on nsaid-systemic": TRUE}``; whatever is not there is unknown."""

    answers: Mapping[str, Value] = field(factory=dict)
    yesterday: "Hand | None" = None

    def value(self, call: Call) -> Value:
        return self.answers.get(question(call), UNKNOWN)

    def evidence(self, call: Call) -> Evidence:
        value, about = self.value(call), call.names[0] if call.names else call.word
        known = () if value is UNKNOWN or isinstance(value, Span) else (_fact(about, value),)
        lacking = (Missing(kind=Gap.TEST, name=about, label=about),)
        return Evidence(facts=known, missing=() if known else lacking)

    def before(self) -> Facts:
        assert self.yesterday is not None
        return self.yesterday


def question(call: Call) -> str:
    return " ".join((call.word, *call.names))


def _fact(about: str, value: Value) -> Fact:
    measured = value if isinstance(value, int | Decimal | str) else None
    return Fact(about=about, label=about.upper(), value=measured)
