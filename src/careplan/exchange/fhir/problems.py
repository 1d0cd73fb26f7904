"""Condition → the patient's problems, diagnoses and past events."""

import re
from datetime import date

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.concept import Concept, read_concept
from careplan.exchange.fhir.day import read_day
from careplan.exchange.fhir.lifestyle import names_pregnancy
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.reading import Context, Reading, named
from careplan.model import Absent, Condition, ConditionStatus, Pregnancy, PregnancyStatus

READ = frozenset({
    "clinicalStatus", "verificationStatus", "code", "subject", "category", "abatementDateTime", "abatementPeriod",
    "onsetDateTime", "onsetPeriod", "onsetString", "onsetAge", "onsetRange",
    "recordedDate",
})  # fmt: skip

_LONGEST_PREGNANCY = 365  # days: one that began before that is over, whatever the record says
_DOUBTFUL = ("unconfirmed", "provisional", "differential")
_SOCIAL = re.compile(
    r"\b(?:employment|employed|unemployed|labor force|labour force|education\w*|school|certificate|housing|homeless|"
    r"transport\w*|social (?:contact|isolation)|refugee|criminal record|violence|partner abuse|military|"
    r"medication review due)\b.*\((?:finding|situation|person|event)\)",
    re.IGNORECASE,
)


def read_condition(node: Node, context: Context) -> Reading:
    """Read one Condition; what no id fits keeps its codes and words."""
    concept = read_concept(node, "code")
    what = named(concept, "a condition that is not named")
    verified = read_concept(node, "verificationStatus").code(("entered-in-error", "refuted", *_DOUBTFUL))
    if verified in ("entered-in-error", "refuted"):
        node.note(Kind.UNUSABLE, "verificationStatus", "condition", f"withdrawn in the record: {verified}", what)
        return Reading(what=what)
    if not concept:
        node.note(Kind.UNUSABLE, "code", "condition", "nothing says what it is")
        return Reading(what=what)
    found = context.terminology.condition(concept)
    if found is None and any(_SOCIAL.search(words) for words in concept.wordings):
        node.note(Kind.UNMAPPED, "code", "social finding", "not a problem: left out of the plan", concept.label)
        return Reading(what=what)
    if found is None:
        node.note(Kind.UNMAPPED, "code", "condition", "no id for it: kept with its codes and words", concept.label)
    if verified:
        node.note(Kind.GUESSED, "verificationStatus", "condition", f"entered as {verified}: taken as present", what)
    condition = _condition(node, concept, found)
    return Reading(what=what, facts=(condition, *_pregnancy(node, concept, condition, context.on)))


def _pregnancy(node: Node, concept: Concept, condition: Condition, on: date) -> tuple[Pregnancy, ...]:
    """Read a pregnancy that is listed as a problem: it must outweigh an older answer that there is none."""
    if not names_pregnancy(concept) or condition.status is not ConditionStatus.ACTIVE:
        return ()
    began = condition.onset if isinstance(condition.onset, date) else read_day(node, "recordedDate", "day")
    if began is not None and (on - began).days > _LONGEST_PREGNANCY:
        why = "an active pregnancy that began more than a year ago: ask"
        node.note(Kind.GUESSED, "clinicalStatus", "old pregnancy", why, began)
        return ()
    return (Pregnancy(status=PregnancyStatus.PREGNANT, recorded=min(began or on, on)),)


def _condition(node: Node, concept: Concept, found: str | None) -> Condition:
    onset, abatement = _day(node, "onset"), _day(node, "abatement")
    if onset is not None and abatement is not None and abatement < onset:
        node.note(Kind.UNUSABLE, "abatement", "end", f"{abatement} is before the onset on {onset}: not used")
        abatement = None
    return Condition(
        condition=found or Absent.UNKNOWN,
        status=_status(node, ended=any(key.startswith("abatement") for key in node.data)),
        onset=onset or Absent.UNKNOWN,
        abatement=abatement,
        text=concept.words,
        codes=concept.codes,
    )


def _day(node: Node, what: str) -> date | None:
    period = node.child(f"{what}Period")
    if period is not None:
        key = "start" if what == "onset" else "end"
        return read_day(period, key, what, last=key == "end")
    for key in (f"{what}String", f"{what}Age", f"{what}Range"):
        if key in node.data:
            node.note(Kind.UNMAPPED, key, what, "no day is given", node.data[key])
    return read_day(node, f"{what}DateTime", what, last=what == "abatement")


def _status(node: Node, *, ended: bool) -> ConditionStatus:
    concept = read_concept(node, "clinicalStatus")
    code = concept.code([status.value for status in ConditionStatus])
    if code is not None:
        return ConditionStatus(code)
    status = ConditionStatus.RESOLVED if ended else ConditionStatus.ACTIVE
    why = f"no clinical status is given: taken as {status.value}"
    node.note(Kind.GUESSED, "clinicalStatus", "status", why, concept.label if concept else None)
    return status
