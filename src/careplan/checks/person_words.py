"""Words about the person: age, recorded answers, conditions, allergies."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from careplan.checks.heard import NO, YES, Heard, lack, settled, unknown
from careplan.knowledge.catalogue import Question
from careplan.knowledge.vocabulary import Default
from careplan.model import (
    Absent,
    Allergy,
    AllergyKind,
    Condition,
    Contraception,
    ContraceptionMethod,
    NoAllergies,
    Outcome,
    Pregnancy,
    PregnancyStatus,
    Sex,
    Smoking,
    SmokingStatus,
)
from careplan.rules import FALSE, THIS, TRUE, UNKNOWN, Call, Fact, Gap, Missing
from careplan.rules.truth import truth

if TYPE_CHECKING:
    from careplan.checks.case import View

_LISTS_HOLD_FOR = timedelta(days=365)
_PREGNANCY_HOLDS_FOR = timedelta(days=28)
_CHILDBEARING = range(12, 56)
_LONG_SMOKING_YEARS = 10


def age(view: "View", _call: Call) -> Heard:
    """Completed years on that day."""
    years = view.case.plan.patient.age(view.day)
    if years is None:
        return unknown(lack(Gap.BIRTH_DATE, "birth-date", "date of birth", "$.patient.birth_date"))
    return Heard(years, (Fact(about="age", label="age", value=years, unit="years", path="$.patient.birth_date"),))


def patient(view: "View", call: Call) -> Heard:
    """The answer to a recorded question: from its own place in the model, or from the answers."""
    key = call.names[0]
    own = _OWN_PLACE.get(key)
    if own is not None:
        heard = own(view)
        if heard is not None:
            return heard
    return _answered(view, key)


def _answered(view: "View", key: str) -> Heard:
    question = view.case.knowledge.questions[key]
    given = [
        (number, answer)
        for number, answer in enumerate(view.case.plan.patient.answers)
        if answer.question == key and answer.date <= view.case.on
    ]
    valid = view.case.lookup.answer_days(key)
    last = None
    if given:
        number, answer = max(given, key=lambda each: each[1].date)
        fact = Fact(about=key, label=question.text, value="yes" if answer.value is True else "no", date=answer.date,
                    path=f"$.patient.answers[{number}]")  # fmt: skip
        fresh = valid is None or answer.date + timedelta(days=valid) >= view.case.on
        if not isinstance(answer.value, Absent) and fresh:
            return settled(truth(answer.value), fact)
        last = None if isinstance(answer.value, Absent) else fact
    return _not_answered(view, question, lack(Gap.ANSWER, key, question.text, "$.patient.answers", last))


def _not_answered(view: "View", question: Question, gap: Missing) -> Heard:
    """Closed by default, or not arising, it is no; if it cannot be told whether it arises, that is what is missing."""
    sentence = view.case.lookup.sentences.asked_when.get(question.id)
    if sentence is None:
        return unknown(gap) if question.default is Default.ASK else NO
    arises = sentence.explain(view)
    if arises.truth is FALSE:
        return NO
    return unknown(gap) if arises.truth is TRUE else unknown(*arises.missing)


def _female(view: "View") -> Heard | None:
    sex = view.case.plan.patient.sex
    if sex in (Sex.FEMALE, Sex.MALE):
        fact = Fact(about="female", label="sex recorded at birth", value=sex.value, path="$.patient.sex")
        return settled(truth(sex is Sex.FEMALE), fact)
    return unknown(lack(Gap.ANSWER, "female", "sex recorded at birth", "$.patient.sex"))


def _can_become_pregnant(view: "View") -> Heard | None:
    person = view.case.plan.patient
    years = person.age(view.day)
    if person.sex is Sex.MALE or (years is not None and years not in _CHILDBEARING):
        return NO
    contraception = person.contraception
    if isinstance(contraception, Contraception) and contraception.method is ContraceptionMethod.NOT_NEEDED:
        return None
    return YES if _pregnancy(view) in (PregnancyStatus.PREGNANT, PregnancyStatus.PLANNING) else None


def _pregnancy(view: "View") -> PregnancyStatus | None:
    """The recorded status, if it is recent enough to count; a pregnancy lasts until its due date."""
    recorded = view.case.plan.patient.pregnancy
    if not isinstance(recorded, Pregnancy) or recorded.recorded > view.case.on:
        return None
    end = recorded.recorded + _PREGNANCY_HOLDS_FOR
    if recorded.status is PregnancyStatus.PREGNANT:
        weeks = recorded.weeks if isinstance(recorded.weeks, int) else 0
        end = recorded.due or recorded.recorded + timedelta(weeks=42 - min(weeks, 41))
    return recorded.status if view.case.on <= end else None


def _pregnant(view: "View") -> Heard | None:
    if view.case.plan.patient.pregnancy is Absent.NOT_APPLICABLE:
        return NO
    status = _pregnancy(view)
    path = "$.patient.pregnancy"
    if status is PregnancyStatus.PREGNANT:
        return settled(TRUE, Fact(about="pregnant", label="pregnant", value="yes", path=path))
    if status in (PregnancyStatus.NOT_PREGNANT, PregnancyStatus.PLANNING):
        return NO
    possible = _can_become_pregnant(view)
    if possible is not None and possible.value is FALSE:
        return NO
    if status is PregnancyStatus.POSSIBLE:
        return unknown(lack(Gap.ANSWER, "pregnant", "whether the patient is pregnant (possible)", path))
    answered = _answered(view, "can-become-pregnant")
    return NO if answered.value is FALSE else None


def _planning(view: "View") -> Heard | None:
    recorded = view.case.plan.patient.pregnancy
    if isinstance(recorded, Pregnancy) and recorded.status is PregnancyStatus.PLANNING:
        return settled(TRUE, Fact(about="planning-conception", label="a pregnancy is planned", value="yes",
                                  date=recorded.recorded, path="$.patient.pregnancy"))  # fmt: skip
    possible = _can_become_pregnant(view)
    if view.case.plan.patient.sex is Sex.FEMALE and possible is not None and possible.value is FALSE:
        return NO
    return None


def _contraception(*methods: ContraceptionMethod) -> Callable[["View"], Heard | None]:
    def heard(view: "View") -> Heard | None:
        used = view.case.plan.patient.contraception
        if not isinstance(used, Contraception) or used.recorded + _LISTS_HOLD_FOR < view.case.on:
            return None
        fact = Fact(about="contraception", label="contraception", value=used.method.value, date=used.recorded,
                    path="$.patient.contraception")  # fmt: skip
        return settled(truth(used.method in methods), fact)

    return heard


def _smoker(view: "View") -> Heard | None:
    smoking = view.case.plan.patient.smoking
    if not isinstance(smoking, Smoking):
        return None
    long_ago = [n for n in (smoking.years, smoking.pack_years) if isinstance(n, int)]
    fact = Fact(about="long-term-smoker", label="smoking", value=smoking.status.value, date=smoking.recorded,
                path="$.patient.smoking")  # fmt: skip
    if smoking.status is SmokingStatus.CURRENT or any(n >= _LONG_SMOKING_YEARS for n in long_ago):
        return settled(TRUE, fact)
    if smoking.status is SmokingStatus.NEVER or long_ago:
        return settled(FALSE, fact)
    return unknown(lack(Gap.ANSWER, "long-term-smoker", "how long the patient smoked", "$.patient.smoking", fact))


def _varicella(view: "View") -> Heard | None:
    for screening in view.case.plan.patient.screenings:
        if screening.test == "varicella-immunity" and screening.outcome in (Outcome.IMMUNE, Outcome.NOT_IMMUNE):
            return settled(truth(screening.outcome is Outcome.IMMUNE))
    return None


_EFFECTIVE = (ContraceptionMethod.HIGHLY_EFFECTIVE, ContraceptionMethod.EFFECTIVE, ContraceptionMethod.NOT_NEEDED)
_OWN_PLACE: dict[str, Callable[["View"], Heard | None]] = {
    "female": _female,
    "pregnant": _pregnant,
    "can-become-pregnant": _can_become_pregnant,
    "planning-conception": _planning,
    "contraception-effective": _contraception(*_EFFECTIVE),
    "contraception-less-effective": _contraception(ContraceptionMethod.LESS_EFFECTIVE),
    "long-term-smoker": _smoker,
    "varicella-immune": _varicella,
}


def _condition_fact(view: "View", name: str, number: int, condition: Condition) -> Fact:
    label = condition.text or view.case.lookup.condition_name(condition.condition)
    grade = None if isinstance(condition.grade, Absent) else condition.grade
    onset = None if isinstance(condition.onset, Absent) else condition.onset
    return Fact(about=name, label=label, value=grade, date=onset, path=f"$.patient.conditions[{number}]")


def _listed(view: "View", name: str) -> list[tuple[int, Condition]]:
    return [
        (number, condition)
        for number, condition, names in view.case.conditions
        if name in names and not (isinstance(condition.onset, type(view.day)) and condition.onset > view.day)
    ]


def has(view: "View", call: Call) -> Heard:
    """The condition is present now, at least so severe."""
    name = call.names[0]
    at_least = call.keywords["at_least"]
    present = [(number, each) for number, each in _listed(view, name) if each.status.present]
    if not present:
        return _derived(view, name) if at_least is None else _not_listed(view, name)
    facts = [_condition_fact(view, name, number, each) for number, each in present]
    if at_least is None:
        return settled(TRUE, *facts)
    scale = view.case.lookup.grades(name)
    graded = [(fact, each.grade) for fact, (_, each) in zip(facts, present, strict=True) if each.grade in scale]
    enough = [fact for fact, grade in graded if scale.index(str(grade)) >= scale.index(str(at_least))]
    if enough:
        return settled(TRUE, *enough)
    if len(graded) == len(present):
        return settled(FALSE, *facts)
    return unknown(*(lack(Gap.GRADE, name, fact.label, fact.path, fact) for fact in facts))


def had(view: "View", call: Call) -> Heard:
    """The condition was present at any time, or in the last days."""
    name = call.names[0]
    within = call.keywords["within"]
    listed = _listed(view, name)
    if not listed:
        return _derived(view, name) if within is None else _not_listed(view, name)
    facts = [_condition_fact(view, name, number, each) for number, each in listed]
    if within is None:
        return settled(TRUE, *facts)
    since = view.day - timedelta(days=int(within))
    recent, undated = [], []
    for fact, (_, each) in zip(facts, listed, strict=True):
        happened = view.case.lookup.is_event(each.condition)
        ended = each.onset if happened else each.abatement
        known = [day for day in (each.onset, ended) if isinstance(day, date)]
        if (each.status.present and ended is None) or any(day >= since for day in known):
            recent.append(fact)
        elif not isinstance(ended, date):
            undated.append(fact)
    if recent:
        return settled(TRUE, *recent)
    if undated:
        return unknown(*(lack(Gap.CONDITION, name, f.label, f.path, f) for f in undated))
    return _not_listed(view, name)


def _derived(view: "View", name: str) -> Heard:
    """A condition that no list names may still follow from results; from an old one, it is not ruled out."""
    sentence = view.case.lookup.sentences.derived.get(name)
    if sentence is not None:
        reasons = sentence.explain(view)
        if reasons.truth is not UNKNOWN:
            return Heard(reasons.truth, reasons.facts)
        if sentence.truth(view.case.trusting_old.view(view.day)) is TRUE:
            return unknown(*reasons.missing)
    return _not_listed(view, name)


def _not_listed(view: "View", name: str) -> Heard:
    confirmed = view.case.plan.patient.confirmed.conditions
    if confirmed is not None and confirmed + _LISTS_HOLD_FOR >= view.case.on:
        return NO
    last = None if confirmed is None else Fact(about="problem-list", label="problem list confirmed", date=confirmed)
    return unknown(lack(Gap.CONDITION, name, name.replace("-", " "), "$.patient.conditions", last))


def allergy_to(view: "View", call: Call) -> Heard:
    """An allergy or intolerance to this substance or class is recorded."""
    person, name = view.case.plan.patient, call.names[0]
    if person.allergies is NoAllergies.NONE_KNOWN:
        return NO
    gap = lack(Gap.ALLERGY, "allergies", "allergies", "$.patient.allergies")
    if isinstance(person.allergies, NoAllergies):
        return unknown(gap)
    facts, kinds = [], []
    for number, allergy in enumerate(person.allergies):
        if _concerns(view, name, allergy):
            words = allergy.text or str(allergy.substance).replace("-", " ")
            about = "allergies" if name == THIS else name
            facts.append(Fact(about=about, label=f"allergy to {words}", value=allergy.reaction,
                              path=f"$.patient.allergies[{number}]"))  # fmt: skip
            kinds.append(allergy.kind)
    if call.keywords["kind"] is not None and facts:
        return _hypersensitive(facts, kinds)
    if facts:
        return settled(TRUE, *facts)
    confirmed = person.confirmed.allergies
    return NO if confirmed is not None and confirmed + _LISTS_HOLD_FOR >= view.case.on else unknown(gap)


def _concerns(view: "View", name: str, allergy: Allergy) -> bool:
    lookup = view.case.lookup
    if name == THIS and view.item is not None:
        return not lookup.ruled_out(allergy).isdisjoint(view.item.ingredients)
    return name in lookup.allergy_names(allergy)


def _hypersensitive(facts: list[Fact], kinds: list[AllergyKind | Absent]) -> Heard:
    pairs = list(zip(facts, kinds, strict=True))
    sure = [fact for fact, kind in pairs if kind is AllergyKind.HYPERSENSITIVITY]
    if sure:
        return settled(TRUE, *sure)
    open_ = [fact for fact, kind in pairs if isinstance(kind, Absent)]
    return (
        unknown(*(lack(Gap.ALLERGY, f.about, f"kind of reaction: {f.label}", f.path, f) for f in open_))
        if open_
        else NO
    )


WORDS = {"age": age, "patient": patient, "has": has, "had": had, "allergy_to": allergy_to}
