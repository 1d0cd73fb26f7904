"""A sentence of the `when` language: read once, asked of many plans."""

from collections.abc import Mapping
from functools import cached_property

from attrs import field, frozen

from careplan.rules.evaluation import Answer, compiled
from careplan.rules.explanation import Explanation, explained
from careplan.rules.facts import Facts
from careplan.rules.names import Names
from careplan.rules.parser import parsed
from careplan.rules.requirement import Requirement, required
from careplan.rules.tree import Clause, Defined, calls


@frozen
class Sentence:
    """A sentence that has been read and checked.

    `requirement` is what a plan must mention for a yes to be possible.
    """

    text: str
    clause: Clause = field(eq=False, repr=False)
    requirement: Requirement = field(init=False, eq=False, repr=False)

    @requirement.default
    def _require(self) -> Requirement:
        return required(self.clause)

    @cached_property
    def truth(self) -> Answer:
        """The closure that answers the sentence, made when it is first asked."""
        return compiled(self.clause)

    def explain(self, facts: Facts) -> Explanation:
        """The same answer with its reasons; slower, so asked only when the answer is worth telling."""
        return explained(self.clause, facts)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Every name the sentence asks about, and every word it asks without a name (``age``, ``pred``)."""
        return frozenset(name for call in calls(self.clause) for name in (call.names or (call.word,)))


def parse(
    text: str, names: Names, definitions: Mapping[str, Defined] | None = None, *, has_this: bool = False
) -> Sentence:
    """Read one sentence.

    Args:
        text: the sentence; line breaks are allowed wherever blanks are.
        names: every name it may use.
        definitions: the named conditions it may use.
        has_this: whether "this" means something (the rule has `each`).

    Raises:
        SentenceError: with every problem, each at its line and column.
    """
    text = text.strip()
    return Sentence(text, parsed(text, names, definitions or {}, has_this=has_this))
