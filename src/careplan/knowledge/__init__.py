"""What is known about drugs, tests, conditions and therapies: sourced facts, and the means to look them up."""

from careplan.knowledge.base import Knowledge, load_knowledge
from careplan.knowledge.overlay import Change, Overlay
from careplan.knowledge.problem import KnowledgeError, Problem, UnknownIdError
from careplan.knowledge.recognition import Recognition
from careplan.knowledge.table import Table
from careplan.knowledge.vocabulary import Confidence, Region, Severity

__all__ = [
    "Change",
    "Confidence",
    "Knowledge",
    "KnowledgeError",
    "Overlay",
    "Problem",
    "Recognition",
    "Region",
    "Severity",
    "Table",
    "UnknownIdError",
    "load_knowledge",
]
