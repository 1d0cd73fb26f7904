"""What to do when a result is abnormal: the limits of the plan's monitoring and of the knowledge base, in words."""

from collections.abc import Iterable, Iterator
from datetime import date

from careplan.agenda.event import Limit
from careplan.agenda.known import Applies, facts, parts
from careplan.knowledge import Knowledge
from careplan.knowledge.surveillance import ActionThreshold
from careplan.knowledge.vocabulary import Stage
from careplan.model import Medication, Monitoring, Threshold, plain

_BOUNDS = ("at least", "above", "below", "at most")


def of_medicine(medicine: Medication, knowledge: Knowledge, on: date, applies: Applies) -> Iterator[Limit]:
    """The limits of a medicine on treatment. One that holds under a condition is left out only if it surely fails."""
    for _, row in facts(medicine, "thresholds", knowledge, on):
        threshold: ActionThreshold = row
        if threshold.stage is Stage.BEFORE_START:
            continue
        if threshold.when is not None and applies(threshold, medicine) is False:
            continue
        text = _text(threshold)
        for test in threshold.tests:
            for part in parts(test, knowledge):
                yield Limit(test=part, text=text, action=threshold.action, actors=threshold.actors, subject=medicine.id)


def of_monitoring(item: Monitoring, knowledge: Knowledge) -> Iterator[Limit]:
    """The limits that the plan itself states."""
    actors = (item.acted_on_by.value,) if item.acted_on_by is not None else ()
    for limit in item.thresholds:
        for part in parts(limit.test, knowledge):
            yield Limit(test=part, text=_own_text(limit), action=limit.action, actors=actors, subject=item.id)


def about(limits: Iterable[Limit], tests: Iterable[str]) -> tuple[Limit, ...]:
    """Those limits that are about the tests, each once, by test."""
    wanted = {*tests}
    return tuple(sorted({limit for limit in limits if limit.test in wanted}, key=_order))


def _order(limit: Limit) -> tuple[str, str, str, str]:
    return limit.test, limit.subject or "", limit.text, limit.action


def _own_text(limit: Threshold) -> str:
    amount = f"{plain(limit.value)} {limit.unit.value}"
    if limit.multiple_of_upper_limit:
        amount = f"{plain(limit.value)} times the upper limit of normal"
    return f"{limit.beyond.value} {amount}"


def _text(threshold: ActionThreshold) -> str:
    amount = "times the upper limit of normal" if threshold.per is not None else str(threshold.unit)
    stated = zip(_BOUNDS, threshold.bounds, strict=True)
    text = " and ".join(f"{word} {plain(bound)} {amount}" for word, bound in stated if bound is not None)
    text = text or " or ".join(threshold.outcomes)
    if threshold.change is not None:
        text = f"{threshold.change.value} of {text} since {threshold.since}"
    return f"{text}, twice" if threshold.confirmed else text
