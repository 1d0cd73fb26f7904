"""What happens when: tests, doses, sessions and reviews as dated events, and how late each is."""

from careplan.agenda.agenda import Agenda, schedule
from careplan.agenda.course import Course
from careplan.agenda.due import Due, Status
from careplan.agenda.event import Event, Limit, Obstacle, Occasion, Unscheduled, Window
from careplan.agenda.known import Applies
from careplan.agenda.lateness import Late, Lateness, late, overdue
from careplan.agenda.phase import established, phase_on
from careplan.agenda.provision import monitored
from careplan.agenda.watch import Watch

__all__ = [
    "Agenda",
    "Applies",
    "Course",
    "Due",
    "Event",
    "Late",
    "Lateness",
    "Limit",
    "Obstacle",
    "Occasion",
    "Status",
    "Unscheduled",
    "Watch",
    "Window",
    "established",
    "late",
    "monitored",
    "overdue",
    "phase_on",
    "schedule",
]
