"""Care plans as JSON: strict reading that tells every problem at once, and writing that loses nothing."""

from careplan.codec.document import dump, dumps, load, loads
from careplan.codec.problem import PlanError, Problem
from careplan.codec.schema import schema

__all__ = ["PlanError", "Problem", "dump", "dumps", "load", "loads", "schema"]
