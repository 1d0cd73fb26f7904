"""Words about vaccines: given and planned."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from careplan.checks.heard import NO, YES, Heard, lack, settled, unknown
from careplan.model import Absent, ItemStatus, Vaccination, VaccinationPlan
from careplan.rules import FALSE, TRUE, UNKNOWN, Call, Fact, Gap, Truth
from careplan.rules.assembly import LIVE_VACCINE
from careplan.rules.truth import truth

if TYPE_CHECKING:
    from careplan.checks.case import View


def vaccinated(view: "View", call: Call) -> Heard:
    """The full course was given; in the last days, this season or of live vaccines, any dose."""
    name, options = call.names[0], call.keywords
    since = None if options["within"] is None else view.day - timedelta(days=int(options["within"]))
    if options["season"]:
        since = view.case.lookup.season_start(name, view.day)
        if since is None:
            return YES
    doubtful = False
    for number, each in enumerate(view.case.plan.patient.vaccinations):
        given = _given(view, name, each, since)
        doubtful = doubtful or given is UNKNOWN
        if given is TRUE:
            return settled(TRUE, Fact(about=name, label=view.case.lookup.vaccine_label(each.vaccine),
                           path=f"$.patient.vaccinations[{number}]",
                           date=each.date if isinstance(each.date, date) else None))  # fmt: skip
    if doubtful or view.case.plan.patient.confirmed.vaccinations is None:
        label = view.case.lookup.vaccine_label(name)
        return unknown(lack(Gap.VACCINE, name, label, "$.patient.vaccinations"))
    return NO


def _given(view: "View", name: str, each: Vaccination, since: date | None) -> Truth:
    """Whether one entry of the record is a yes; a day that is not stated is none of those asked for, perhaps."""
    is_it = _is(view, name, each.vaccine)
    if is_it is FALSE or (isinstance(each.date, date) and not (since or date.min) <= each.date <= view.day):
        return FALSE
    if is_it is UNKNOWN or (isinstance(each.date, Absent) and since is not None):
        return UNKNOWN
    if since is not None or name == LIVE_VACCINE:
        return TRUE
    if isinstance(each.course_complete, bool):
        return truth(each.course_complete)
    known = view.case.knowledge.vaccines.get(each.vaccine)
    doses = [other for other in view.case.plan.patient.vaccinations if other.vaccine == each.vaccine]
    return TRUE if known is None or len(doses) >= (known.course or 1) else UNKNOWN


def _is(view: "View", name: str, vaccine: str) -> Truth:
    """Whether a vaccine is the one asked about; of one that nobody knows it cannot be said that it is not live."""
    if name in view.case.lookup.vaccine_names(vaccine):
        return TRUE
    return UNKNOWN if name == LIVE_VACCINE and vaccine not in view.case.knowledge.vaccines else FALSE


def vaccine_planned(view: "View", call: Call) -> Heard:
    """The vaccine is planned for that day; one without a day may be given on any, one that is late today."""
    name = call.names[0]
    doubts = []
    for number, component in enumerate(view.case.plan.components):
        if not isinstance(component, VaccinationPlan) or component.status not in (ItemStatus.DRAFT, ItemStatus.ACTIVE):
            continue
        due, is_it = component.due, _is(view, name, component.vaccine)
        late = isinstance(due, date) and due <= view.day == view.case.on
        if is_it is FALSE or not (isinstance(due, Absent) or due == view.day or late):
            continue
        label, path = view.case.lookup.vaccine_label(component.vaccine), f"$.components[{number}]"
        if is_it is TRUE:
            return settled(TRUE, Fact(about=name, label=label, path=path))
        doubts.append(lack(Gap.VACCINE, component.vaccine, label, path))
    return unknown(*doubts) if doubts else NO


WORDS = {"vaccinated": vaccinated, "vaccine_planned": vaccine_planned}
