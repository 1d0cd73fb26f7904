"""How to say a hazard: sentences in three-valued logic, and the rules made of them."""

from careplan.rules.explanation import Explanation
from careplan.rules.facts import THIS, Call, Evidence, Fact, Facts, Filters, Gap, Missing
from careplan.rules.names import NameKind, Names
from careplan.rules.problem import Problem, SentenceError
from careplan.rules.sentence import Sentence, parse
from careplan.rules.severity import Severity
from careplan.rules.truth import ENDLESS, FALSE, TRUE, UNKNOWN, Number, Span, Truth, Value
from careplan.rules.words import WORDS

__all__ = [
    "ENDLESS",
    "FALSE",
    "THIS",
    "TRUE",
    "UNKNOWN",
    "WORDS",
    "Call",
    "Evidence",
    "Explanation",
    "Fact",
    "Facts",
    "Filters",
    "Gap",
    "Missing",
    "NameKind",
    "Names",
    "Number",
    "Problem",
    "Sentence",
    "SentenceError",
    "Severity",
    "Span",
    "Truth",
    "Value",
    "parse",
]
