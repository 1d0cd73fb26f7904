"""Words about what the team wrote down, who is on it, and what goes with the medicines."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from careplan.agenda.lateness import Late, Lateness, late, overdue as lateness_known
from careplan.agenda.provision import monitored, unprovided
from careplan.checks.heard import NO, YES, Heard, lack, settled, unknown
from careplan.checks.item import Item
from careplan.checks.medicine_words import matching, presence
from careplan.model import (
    BenefitRisk,
    Decision,
    InformationGiven,
    ItemStatus,
    Licence,
    Record,
    ResponseReview,
    Result,
    Role,
    SharedCare,
    SharedDecision,
    SickDayPlan,
    Steps,
    StopRule,
    UnitError,
    plain,
)
from careplan.rules import ENDLESS, FALSE, THIS, TRUE, UNKNOWN, Call, Fact, Gap, Missing

if TYPE_CHECKING:
    from careplan.checks.case import View

_PARTS = {"otc-asked": "shop-bought medicines not asked about", "risk-benefit": "weighing of risk and benefit"}
"""Parts of the record that their names do not put into words."""
_OPEN = (ItemStatus.DRAFT, ItemStatus.ACTIVE, ItemStatus.ON_HOLD, ItemStatus.COMPLETED)


def parts(decision: Decision) -> frozenset[str]:
    """The parts of the record that a decision writes down."""
    match decision:
        case BenefitRisk():
            return frozenset({"risk-benefit"})
        case SharedDecision(off_label_explained=explained):
            return frozenset({"shared-decision", "off-label-disclosure"} if explained else {"shared-decision"})
        case ResponseReview():
            return frozenset({"response-review"})
        case StopRule():
            return frozenset({"stop-rule"})
        case SickDayPlan():
            return frozenset({"sick-day-advice", "infection-advice", "contact-route"})
        case SharedCare(accepted=accepted):
            return frozenset(
                {"shared-care-request"} if accepted is None else {"shared-care-request", "shared-care-agreement"}
            )
        case InformationGiven():
            return frozenset({"patient-information"})
        case Record(part=part):
            return frozenset({part})


def recorded(view: "View", call: Call) -> Heard:
    """The team wrote it down, about this item, class or condition if one is named.

    Nobody knows today what will be written by a later day: what is recent enough now has not lapsed then.
    """
    part, options = call.names[0], call.keywords
    label = _PARTS.get(part, part.replace("-", " "))
    about = options["about"]
    within = options["within"]
    since = date.min if within is None else min(view.day, view.case.on) - timedelta(days=int(within))
    for number, decision in enumerate(view.case.plan.decisions):
        if part not in parts(decision) or not since <= decision.date <= max(view.day, view.case.on):
            continue
        if about is None or _is_about(view, decision, str(about)):
            path = f"$.decisions[{number}]"
            return settled(TRUE, Fact(about=part, label=label, value="recorded", date=decision.date, path=path))
    elsewhere = _kept_elsewhere(view, part, about, since)
    if elsewhere:
        return YES
    return settled(FALSE, Fact(about=part, label=label, value="not recorded"))


def _is_about(view: "View", decision: Decision, about: str) -> bool:
    named = frozenset(decision.about)
    if about == THIS and view.item is not None:
        return bool(named & {view.item.medicine.id, *view.item.names})
    if about in named:
        return True
    if any(about in view.case.lookup.vaccine_names(name) for name in named):
        return True
    return any(about in item.names and named & {item.medicine.id, *item.names} for item in view.case.items)


def _kept_elsewhere(view: "View", part: str, about: object, since: date) -> bool:
    """Parts of the record that have a place of their own in the plan."""
    plan = view.case.plan
    confirmed = plan.patient.confirmed
    lists = {
        "medicines-list": confirmed.medicines,
        "problem-list": confirmed.conditions,
        "allergy-list": confirmed.allergies,
    }
    if part in lists:
        day = lists[part]
        return day is not None and since <= day <= max(view.day, view.case.on)
    items = [view.item] if about == THIS and view.item else [i for i in view.case.items if about in i.names]
    ids = {item.medicine.id for item in items}
    if part == "goals":
        return any(ids & {*goal.about} for goal in plan.goals) if about is not None else bool(plan.goals)
    if part == "taper":
        return bool(items) and all(isinstance(item.medicine.dosage, Steps) for item in items)
    if part == "contact-route":
        return any(member.phone and member.out_of_hours for member in plan.team)
    return False


def monitors(view: "View", call: Call) -> Heard:
    """The plan holds tests for this medicine as often as the schedule asks, with an owner."""
    options = call.keywords
    test, every, within = options["test"], options["every"], options["within"]
    watch = view.case.watch(view.day)
    found = [item for item, _ in matching(view, call) if item.on(view.day)]
    planned = [
        monitored(
            watch,
            item.medicine.id,
            test=None if test is None else str(test),
            every=None if every is None else int(every),
            within=None if within is None else int(within),
        )
        for item in found
    ]
    if not found or all(planned):
        return settled(TRUE, *(presence(item, call.names[0]) for item in found))
    return settled(FALSE, *(_not_planned(view, item, call.names[0]) for item in found))


def _not_planned(view: "View", item: Item, name: str) -> Fact:
    called = dict.fromkeys(map(view.case.lookup.called, unprovided(view.case.watch(view.day), item.medicine.id)))
    value = f"{', '.join(called)} not planned with an owner" if called else None
    return Fact(about=name, label=item.label, value=value, path=item.path)


def overdue(view: "View", call: Call) -> Heard:
    """A due test is late."""
    test = None if call.keywords["test"] is None else str(call.keywords["test"])
    by = Lateness(str(call.keywords["by"]))
    watch = view.case.watch(view.case.on)
    found: list[Fact] = []
    open_: list[Missing] = []
    for item, name in matching(view, call):
        if not item.on(view.day) or item.held(view.day):
            continue
        lates = late(watch, item.medicine.id, test=test, by=by)
        found += [_late_fact(each, name, item) for each in lates if _is_test(view, each.test)]
        if lateness_known(watch, item.medicine.id, test=test, by=by) is None:
            open_.append(_why_not_known(view, item))
    if found:
        return settled(TRUE, *found)
    return unknown(*open_) if open_ else NO


def _is_test(view: "View", test: str) -> bool:
    """Tests and screenings are late; a review or a card that is missing has a rule of its own."""
    return test in view.case.knowledge.analytes or test in view.case.knowledge.screens


def _late_fact(each: Late, name: str, item: Item) -> Fact:
    done = f"last done {each.last:%-d %B %Y}" if each.last is not None else "never done"
    value = f"{each.test.replace('-', ' ')} due {each.due:%-d %B %Y}, {done}"
    return Fact(about=name, label=item.label, value=value, path=item.path)


def _why_not_known(view: "View", item: Item) -> Missing:
    if not view.case.plan.patient.results:
        return lack(Gap.TEST_SOURCE, "results", "results (none on record)", "$.patient.results")
    return lack(Gap.START, item.medicine.id, item.label, f"{item.path}.start")


def on_team(view: "View", call: Call) -> Heard:
    """One of these roles has a name or a service contact."""
    for number, member in enumerate(view.case.plan.team):
        if member.role.value in call.names:
            return settled(TRUE, Fact(about=member.role.value, label=member.name or member.organisation or "",
                                      path=f"$.team[{number}]"))  # fmt: skip
    return settled(FALSE, *(Fact(about=role, label=f"no {_role(role)} on the team") for role in call.names))


def _role(role: str) -> str:
    return role.upper() if role == Role.GP.value else role.replace("-", " ")


def therapy(view: "View", call: Call) -> Heard:
    """A therapy component is planned or running."""
    site = call.keywords["site"]
    lacks = []
    for number, component in enumerate(view.case.plan.components):
        for each in view.case.plan.therapies:
            if each is not component or each.therapy not in call.names or each.status not in _OPEN:
                continue
            path = f"$.components[{number}]"
            fact = Fact(about=each.therapy, label=each.therapy.replace("-", " "), path=path)
            if site is None or each.site == site:
                return settled(TRUE, fact)
            if each.site is None:
                lacks.append(lack(Gap.SITE, each.id, fact.label, path))
    return unknown(*lacks) if lacks else NO


def _asked_about(view: "View", call: Call) -> list[Item]:
    return [item for item, _ in matching(view, call)]


def response(view: "View", call: Call) -> Heard:
    """The answer to treatment by the item's own criterion."""
    items = _asked_about(view, call)
    names = {name for item in items for name in (item.medicine.id, *item.names)}
    reviews = [
        decision
        for decision in view.case.plan.decisions
        if isinstance(decision, ResponseReview) and names & {*decision.about}
    ]
    if not reviews:
        return Heard("not-due")
    review = max(reviews, key=lambda each: each.due)
    since = [
        (result, reached)
        for _, result in view.case.results_by_test.get(review.measure, [])
        if result.date > review.date and (reached := _reaches(review, result)) is not None
    ]
    if since and since[-1][1]:
        return Heard("met")
    lost = any(reached for _, reached in since)
    if not lost and view.case.on < review.due:
        return Heard("not-due")
    measure = view.case.lookup.called(review.measure)
    if not since:
        return unknown(lack(Gap.MEASURE, review.measure, measure, "$.patient.results"))
    last = since[-1][0]
    fact = Fact(about=call.names[0], label=items[0].label if items else measure, unit=last.value.unit.value,
                value=f"{measure} {plain(last.value.value)}", date=last.date)  # fmt: skip
    return Heard("lost" if lost else "not-met", (fact,))


def _reaches(review: ResponseReview, result: Result) -> bool | None:
    """Whether a result is at the target or beyond it, on the side away from the baseline; nothing if not comparable."""
    try:
        value = result.value.to(review.target.unit)
        falling = review.baseline is None or review.baseline > review.target
    except UnitError:
        return None
    return value <= review.target if falling else value >= review.target


def _no_reason(item: Item) -> Heard:
    return unknown(lack(Gap.REASON, item.medicine.id, item.label, f"{item.path}.indication"))


def evidence(view: "View", call: Call) -> Heard:
    """How well the item is supported for its own reason; where bodies differ, the most cautious answer."""
    for item in _asked_about(view, call):
        if not item.reasons:
            return _no_reason(item)
        position = view.case.lookup.evidence(item.ingredients, item.names, item.reasons, view.case.plan.jurisdiction)
        reason = str(item.medicine.indication).replace("-", " ")
        fact = Fact(about=call.names[0], label=item.label, value=f"{position} for {reason}", path=item.path)
        return Heard(position, (fact,))
    return Heard("no-row")


def licence(view: "View", call: Call) -> Heard:
    """Whether the item is licensed for its own reason."""
    for item in _asked_about(view, call):
        stated = item.medicine.licence
        if isinstance(stated, Licence):
            fact = Fact(about=call.names[0], label=item.label, value=stated.value, path=item.path)
            return Heard(stated.value, (fact,))
        return Heard(UNKNOWN, (), (lack(Gap.REASON, item.medicine.id, item.label, f"{item.path}.licence"),))
    return Heard(Licence.LICENSED.value)


def days_to(view: "View", call: Call) -> Heard:
    """Days from the review to the next planned event, whichever day is looked at; endless if none."""
    wanted = call.keywords["event"]
    ahead, undated = [], []
    for number, event in enumerate(view.case.plan.events):
        if event.event.value != wanted:
            continue
        path = f"$.events[{number}]"
        if event.on is None:
            undated.append(lack(Gap.EVENT, event.event.value, event.event.value, path))
        elif event.on >= view.case.on:
            days = (event.on - view.case.on).days
            ahead.append((days, Fact(about="days_to", label=event.event.value, value=days, unit="days",
                                     date=event.on, path=path)))  # fmt: skip
    if ahead:
        days, fact = min(ahead, key=lambda pair: pair[0])
        return Heard(days, (fact,))
    return unknown(*undated) if undated else Heard(ENDLESS)


WORDS = {
    "recorded": recorded,
    "monitors": monitors,
    "overdue": overdue,
    "on_team": on_team,
    "therapy": therapy,
    "response": response,
    "evidence": evidence,
    "licence": licence,
    "days_to": days_to,
}
