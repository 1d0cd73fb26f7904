"""How to say a hazard: sentences in three-valued logic, and the rules made of them."""

from careplan.knowledge.vocabulary import Confidence, Severity
from careplan.rules.entry import Flaw
from careplan.rules.explanation import Explanation
from careplan.rules.facts import THIS, Call, Evidence, Fact, Facts, Filters, Gap, Missing
from careplan.rules.judgement import Doubt, Judgement, judged
from careplan.rules.message import Message
from careplan.rules.names import NameKind, Names
from careplan.rules.problem import Problem, SentenceError
from careplan.rules.requirement import Requirement
from careplan.rules.rule import Escalation, Rule
from careplan.rules.rulebook import Pack, RuleBook, RuleBookError, SwitchedOff
from careplan.rules.rulefile import read_rulebook
from careplan.rules.sentence import Sentence, parse
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
    "Confidence",
    "Doubt",
    "Escalation",
    "Evidence",
    "Explanation",
    "Fact",
    "Facts",
    "Filters",
    "Flaw",
    "Gap",
    "Judgement",
    "Message",
    "Missing",
    "NameKind",
    "Names",
    "Number",
    "Pack",
    "Problem",
    "Requirement",
    "Rule",
    "RuleBook",
    "RuleBookError",
    "Sentence",
    "SentenceError",
    "Severity",
    "Span",
    "SwitchedOff",
    "Truth",
    "Value",
    "judged",
    "parse",
    "read_rulebook",
]
