"""The agenda of a plan: everything dated, in order, and what could not be dated."""

import datetime

from attrs import frozen

from careplan.agenda.event import Event, Unscheduled


@frozen(kw_only=True, repr=False)
class Agenda:
    """What happens from `on` to `until`, both included, and what is overdue on `on`, which comes first.

    The same plan, knowledge and day give the same agenda, whatever the order of the plan's items. A shorter horizon
    gives the beginning of the same events.
    """

    plan: str
    """Id of the plan."""
    on: datetime.date
    until: datetime.date
    events: tuple[Event, ...]
    unscheduled: tuple[Unscheduled, ...]

    def overdue(self, on: datetime.date | None = None) -> tuple[Event, ...]:
        """What waits to be done and whose day lies before `on` (the agenda's day), as if nothing had been done."""
        return tuple(event for event in self.events if event.late(on or self.on))

    def between(self, first: datetime.date, last: datetime.date) -> tuple[Event, ...]:
        """The events of these days, both included."""
        return tuple(event for event in self.events if first <= event.date <= last)

    def __repr__(self) -> str:
        return f"<Agenda of {self.plan}, {self.on} to {self.until}: {len(self.events)} events>"
