"""How a word of the `when` language is declared: what it takes, what it gives, when it does not know."""

from enum import StrEnum

from attrs import frozen

from careplan.model import Form, Route
from careplan.rules.facts import Argument
from careplan.rules.names import NameKind
from careplan.rules.truth import Number, Truth


class Group(StrEnum):
    """The chapters of the vocabulary."""

    PLAN = "What is on the plan"
    PERSON = "The person"
    RESULTS = "Results"
    RECORD = "Plan, team, record"


class Gives(StrEnum):
    """The type of an answer."""

    TRUTH = "yes/no"
    NUMBER = "number"
    TEXT = "text"


@frozen
class Name:
    """An argument that must be a known name of one of these kinds; `this` stands for the rule's own item."""

    kinds: tuple[NameKind, ...]

    @property
    def takes_this(self) -> bool:
        """Whether the rule's own item can stand here."""
        return NameKind.MEDICINE in self.kinds


@frozen
class Slug:
    """An argument that is any id in kebab-case: the plan, not the knowledge base, says which exist."""


@frozen
class Choice:
    """An argument that must be one of these words."""

    words: tuple[str, ...]


@frozen
class Whole:
    """An argument that must be a whole number, at least `minimum`."""

    minimum: int = 0


@frozen
class YesNo:
    """An argument that must be True or False."""


@frozen
class Grade:
    """An argument that must be a grade on the scale of the condition asked about."""


Accepts = Name | Slug | Choice | Whole | YesNo | Grade


@frozen
class Parameter:
    """One argument of a word. Without a default it must be given."""

    name: str
    accepts: tuple[Accepts, ...]
    default: Argument = None
    required: bool = False
    meaning: str = ""


@frozen(kw_only=True)
class Word:
    """One word of the language.

    Positional arguments are first `subjects` (the names asked about; with `many` the last may be repeated and
    means "any of them"), then `others`; `keywords` are given by name. With `filtered` the word also takes the item
    filters. `texts` are the answers of a text word; an empty tuple means the categories of the screening test.

    `absent` is the answer when the plan mentions no medicine of the names asked about (`implied` names stand in
    for a word that takes none); None says that the answer does not hang on that.
    """

    name: str
    group: Group
    gives: Gives
    meaning: str
    unknown: str
    example: str
    subjects: tuple[Parameter, ...] = ()
    many: bool = False
    others: tuple[Parameter, ...] = ()
    keywords: tuple[Parameter, ...] = ()
    filtered: bool = False
    unit: str = ""
    texts: tuple[str, ...] = ()
    absent: Truth | Number | None = None
    implied: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """The word as it is called: ``on(name…, route=, form=, …)``."""
        shown = [parameter.name for parameter in self.subjects]
        if self.many:
            shown[-1] += "…"
        shown += [
            parameter.name if parameter.required else f"{parameter.name}={_written(parameter.default)}"
            for parameter in self.others
        ]
        shown += [f"{parameter.name}={_written(parameter.default)}" for parameter in self.keywords]
        if self.filtered:
            shown.append("filters")
        return f"{self.name}({', '.join(shown)})"


def _written(value: Argument) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


PARENTERAL = "parenteral"
"""The group of routes that `route` understands beside the routes themselves."""

FILTERS = (
    Parameter("route", (Choice((*Route, PARENTERAL)),), meaning="given by this route; parenteral: by any injection"),
    Parameter("form", (Choice(tuple(Form)),), meaning="in this form"),
    Parameter("use", (Choice(("regular", "as-needed")),), meaning="taken regularly, or only when needed"),
    Parameter("reason", (Name((NameKind.CONDITION,)),), meaning="given for this condition, or one of this group"),
    Parameter("held", (YesNo(),), meaning="paused (True) or being taken (False)"),
    Parameter("of", (Name((NameKind.MEDICINE,)),), meaning="counting as one of this class, as it is given"),
)
"""The item filters. Filters in one call belong to one item."""
