"""What could be wrong: a plan on a day, the review of it, and what the review says."""

from careplan.checks.case import Case
from careplan.checks.engine import review
from careplan.checks.finding import Finding, NotAssessed, Report
from careplan.checks.question import Question
from careplan.checks.timetable import schedule
from careplan.knowledge.vocabulary import Severity

__all__ = ["Case", "Finding", "NotAssessed", "Question", "Report", "Severity", "review", "schedule"]
