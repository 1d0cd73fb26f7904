"""An agenda as JSON, for programs. The keys are the attributes of `Agenda`, `Event` and `Unscheduled`.

Every key is always there: ``null`` or ``[]`` where there is nothing. Days are ``YYYY-MM-DD``. `late` tells whether an
event still waits to be done when its day has passed; `booking` is a weekday to suggest for it; `dose` is written as
in a plan.
"""

import json
from typing import Any, Final

from careplan.agenda import Agenda, Event, Limit, Unscheduled
from careplan.codec.converter import converter

FORMAT: Final = "careplan-agenda/1"


def agenda_tree(agenda: Agenda) -> dict[str, Any]:
    """Return the agenda as dicts, lists and text, ready for any JSON writer."""
    return {
        "format": FORMAT,
        "plan": agenda.plan,
        "on": agenda.on.isoformat(),
        "until": agenda.until.isoformat(),
        "events": [_event(event, late=event.late(agenda.on)) for event in agenda.events],
        "unscheduled": [_unscheduled(entry) for entry in agenda.unscheduled],
    }


def agenda_json(agenda: Agenda) -> str:
    """Write the agenda as JSON text with a line feed at the end."""
    return json.dumps(agenda_tree(agenda), indent=2, ensure_ascii=False) + "\n"


def _event(event: Event, *, late: bool) -> dict[str, Any]:
    return {
        "date": event.date.isoformat(),
        "occasion": event.occasion.value,
        "title": event.title,
        "status": event.status.value,
        "late": late,
        "window": {"opens": event.window.opens.isoformat(), "closes": event.window.closes.isoformat()},
        "booking": event.booking.isoformat(),
        "subjects": list(event.subjects),
        "tests": list(event.tests),
        "why": list(event.why),
        "ordered_by": event.ordered_by,
        "acted_on_by": event.acted_on_by,
        "if_abnormal": [_limit(limit) for limit in event.if_abnormal],
        "last": None if event.last is None else event.last.isoformat(),
        "dose": None if event.dose is None else converter().unstructure(event.dose),
    }


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "test": limit.test,
        "text": limit.text,
        "action": limit.action,
        "actors": list(limit.actors),
        "subject": limit.subject,
    }


def _unscheduled(entry: Unscheduled) -> dict[str, Any]:
    return {
        "title": entry.title,
        "obstacle": entry.obstacle.value,
        "detail": entry.detail,
        "subjects": list(entry.subjects),
        "tests": list(entry.tests),
    }
