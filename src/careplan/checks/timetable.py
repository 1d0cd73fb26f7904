"""The agenda of a plan, with the conditions of the knowledge base judged by the plan's own facts."""

from datetime import date

from careplan.agenda import Agenda, schedule as schedule_unjudged
from careplan.checks.case import Case
from careplan.knowledge import Knowledge, load_knowledge
from careplan.model import CarePlan


def schedule(plan: CarePlan, *, on: date, knowledge: Knowledge | None = None, weeks: int = 26) -> Agenda:
    """Work out what happens in the `weeks` from `on`, and what is overdue on that day.

    Tests come from the plan and from the knowledge base together, the strictest of them on each. A row that holds
    under a condition (an eye check after one year if the dose is high) is judged by the plan's facts; where these do
    not tell, it stands in `Agenda.unscheduled`. Raises ValueError for `weeks` < 1.
    """
    known = knowledge or load_knowledge()
    case = Case(plan=plan, knowledge=known, on=on)
    return schedule_unjudged(plan, on=on, knowledge=known, weeks=weeks, applies=case.applies)
