"""Where a treatment stands: baseline, initiation, titration, stable, after a change, held, stopped.

The lengths are those of the UK schedule for conventional immunosuppressants (BSR 2017): a start lasts until the dose
has been stable for 6 weeks, 3 months of settling follow, and every rise of the dose counts until it has been stable
for 6 weeks again. A schedule of the knowledge base brings its own.
"""

from datetime import date

from attrs import frozen

from careplan.agenda.course import Course
from careplan.agenda.due import later
from careplan.model import Calendar, Interval, Medication, Phase

STABLE_FOR = Interval(6, Calendar.WEEK)
SETTLING = Interval(3, Calendar.MONTH)


@frozen
class Stretch:
    """A phase from `start` to the day before `stop`; no `stop` is open-ended."""

    phase: Phase
    start: date
    stop: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the day lies in it."""
        return self.start <= on and (self.stop is None or on < self.stop)


def stretches(course: Course) -> tuple[Stretch, ...]:
    """Give the phases of a course on treatment, in order; those after a change overlap the one that goes on.

    Without a first day the treatment counts as established; `phase_on` says that this is not known.
    """
    if course.first is None:
        stable, running = date.min, [Stretch(Phase.STABLE, date.min)]
    else:
        stable = course.unchanged_for(STABLE_FOR, course.first)
        settled = later(stable, SETTLING)
        running = [
            Stretch(Phase.INITIATION, course.first, stable),
            Stretch(Phase.TITRATION, stable, settled),
            Stretch(Phase.STABLE, settled),
        ]
    return (
        *running,
        *(
            Stretch(Phase.AFTER_CHANGE, rise, course.unchanged_for(STABLE_FOR, rise))
            for rise in course.rises
            if rise >= stable
        ),
    )


def phase_on(medicine: Medication, on: date) -> Phase | None:
    """Return the phase on that day, or None while the first dose's day is not known.

    Initiation: until the dose has been stable for 6 weeks; titration: the 3 months after that, while tests settle;
    stable: from then on; after-change: 6 stable weeks after any later rise, and after a pause.
    """
    course = Course.of(medicine)
    if course.ended(on):
        return Phase.STOPPED
    if course.held(on):
        return Phase.HELD
    if course.proposed or (course.first is not None and on < course.first):
        return Phase.BASELINE
    covering = [stretch.phase for stretch in stretches(course) if stretch.covers(on)]
    if Phase.AFTER_CHANGE in covering:
        return Phase.AFTER_CHANGE
    return covering[0] if course.first is not None else None


def established(medicine: Medication, on: date) -> bool | None:
    """Whether initiation and titration lie behind it, so that the person is no new starter; None if not known."""
    course = Course.of(medicine)
    if not course.runs(on):
        return False
    if course.first is None:
        return None
    return on >= next(stretch.start for stretch in stretches(course) if stretch.phase is Phase.STABLE)
