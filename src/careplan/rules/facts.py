"""What a sentence asks of a plan, and what it gets back.

The language knows words; it does not know plans. Whoever can answer the words (a plan on a day, a test's table)
is a `Facts`. Values are asked for often and must be cheap; evidence is asked for once a sentence has spoken.
"""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from attrs import field, frozen

from careplan.rules.truth import Number, Truth, Value

_SPELLED = {
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "10*9/L": "×10⁹/L",
    "mm[Hg]": "mmHg",
    "kg/m2": "kg/m²",
    "umol/L": "µmol/L",
    "{alcohol_unit}/wk": "units of alcohol a week",
    "{INR}": "",
    "{score}": "",
    "{count}": "",
}
"""Codes of units that nobody would print as they are."""

THIS = "this"
"""The name that stands for the item a rule with `each` is asked about."""

Argument = str | int | bool | None


@frozen(kw_only=True)
class Filters:
    """What an item must be like to count. All filters of one call belong to one item; None asks nothing."""

    route: str | None = None
    form: str | None = None
    use: str | None = None
    reason: str | None = None
    held: bool | None = None
    of: str | None = None


NO_FILTERS = Filters()


@frozen(kw_only=True, cache_hash=True)
class Call:
    """One question: a word with its arguments, checked and complete.

    `names` are what the word asks about; `options` are all other arguments of the word, in the order of the
    vocabulary and with defaults filled in, so that equal questions are equal calls (and share one cached answer).
    """

    word: str
    names: tuple[str, ...] = ()
    options: tuple[tuple[str, Argument], ...] = ()
    filters: Filters = NO_FILTERS
    about_this: bool = field(init=False, eq=False, repr=False)
    """Whether the answer depends on the item that the rule is asked about."""

    @about_this.default
    def _about_this(self) -> bool:
        return THIS in self.names or any(value == THIS for _, value in self.options)

    @property
    def keywords(self) -> Mapping[str, Argument]:
        """The options by name."""
        return dict(self.options)


@frozen(kw_only=True)
class Fact:
    """One thing that is known, and where it stands.

    `about` is the name in the sentence that this fact answers (``nsaid-systemic``, ``egfr``, ``this``), or the word
    when the word takes no name (``age``). `path` leads to the entry of the plan (``$.components[2]``). `working` is
    the arithmetic behind a computed value (``2 x 400 mg + 3 x 200 mg = 1400 mg/day``). `word` is the word of the
    sentence that the fact answers; the language fills it in.
    """

    about: str
    label: str
    value: Number | str | None = None
    unit: str = ""
    date: datetime.date | None = None
    path: str = ""
    working: str = ""
    word: str = field(default="", eq=False)

    @property
    def measure(self) -> str:
        """The value with its unit, for people; empty if the fact is the mere presence of something."""
        return "" if self.value is None else f"{self.value} {_SPELLED.get(self.unit, self.unit)}".rstrip()


class Gap(StrEnum):
    """Kinds of missing facts; who can fill one depends on the kind."""

    DOSE = "dose"
    SCHEDULE = "schedule"
    STRENGTH = "strength"
    ROUTE = "route"
    FORM = "form"
    USE = "use"
    SITE = "site"
    REASON = "reason"
    START = "start"
    STOP = "stop"
    EARLIER_DOSE = "earlier-dose"
    BIRTH_DATE = "birth-date"
    TEST = "test"
    TEST_SOURCE = "test-source"
    SCREEN = "screen"
    CONDITION = "condition"
    GRADE = "grade"
    ALLERGY = "allergy"
    VACCINE = "vaccine"
    ANSWER = "answer"
    MEASURE = "measure"
    EVENT = "event"


@frozen(kw_only=True)
class Missing:
    """One fact that is not known, or too old to rely on (then `last` holds the old one)."""

    kind: Gap
    name: str
    label: str
    path: str = ""
    last: Fact | None = None


@frozen(kw_only=True)
class Evidence:
    """What stands behind one answer: the facts it rests on and, if it is not fully known, the facts it lacks."""

    facts: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = ()


class Facts(Protocol):
    """Something that can answer the words of the vocabulary."""

    def value(self, call: Call) -> Value:
        """The answer, of the type that the vocabulary declares for the word; ``UNKNOWN`` or a `Span` if not known."""

    def evidence(self, call: Call) -> Evidence:
        """What stands behind `value(call)`."""

    def before(self) -> "Facts":
        """The same on the day before the rule's item starts or rises."""


def yes_or_no(facts: Facts, call: Call) -> Truth:
    """The answer of a yes/no word; a bool is refused, because it would be mistaken for a Truth."""
    value = facts.value(call)
    if isinstance(value, Truth):
        return value
    raise TypeError(f"{call.word} must answer with a Truth, not {value!r}")
