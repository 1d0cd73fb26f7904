"""The word for risk scores: what is not known makes a score a range."""

from typing import TYPE_CHECKING

from careplan.checks.heard import Heard
from careplan.measures.anticholinergic import anticholinergic_burden
from careplan.measures.gi_risk import GiFactor, nsaid_gi_risk
from careplan.rules import TRUE, UNKNOWN, Call, Fact, Missing, Number, Span
from careplan.rules.explanation import explained

if TYPE_CHECKING:
    from careplan.checks.case import View


def score(view: "View", call: Call) -> Heard:
    """A risk score; what is not known makes it a range."""
    if call.keywords["which"] == "anticholinergic":
        return _anticholinergic(view)
    return _gi_risk(view)


def _anticholinergic(view: "View") -> Heard:
    scores: dict[str, int | None] = {}
    facts = []
    for item in view.case.items:
        if not item.on(view.day):
            continue
        for ingredient in item.ingredients:
            points = view.case.lookup.anticholinergic(ingredient)
            scores[ingredient] = points
            if points:
                facts.append(Fact(about="score", label=ingredient, value=points, unit="points", path=item.path))
    total = anticholinergic_burden(scores).total
    return Heard(total, _scored(total, facts))


def _gi_risk(view: "View") -> Heard:
    answers: dict[GiFactor, bool | None] = {}
    facts: list[Fact] = []
    lacks: list[Missing] = []
    for factor in GiFactor:
        sentence = view.case.definitions.get(f"nsaid-gi-{factor.value}")
        if sentence is None:
            answers[factor] = False
            continue
        reasons = explained(sentence, view)
        answers[factor] = None if reasons.truth is UNKNOWN else reasons.truth is TRUE
        if reasons.truth is UNKNOWN:
            lacks += reasons.missing
        elif reasons.truth is TRUE:
            facts.append(Fact(about="score", label=factor.value.replace("-", " "), value=factor.points, unit="points"))
    risk = nsaid_gi_risk(answers)
    value: Number | Span = risk.at_least if risk.at_least == risk.at_most else Span(risk.at_least, risk.at_most)
    return Heard(value, _scored(risk.at_least, facts), tuple(lacks))


def _scored(total: int, facts: list[Fact]) -> tuple[Fact, ...]:
    """With its points, the first fact is their sum."""
    if not facts:
        return ()
    working = " + ".join(f"{fact.label} {fact.value}" for fact in facts)
    unit = "point" if total == 1 else "points"
    return (Fact(about="score", label="score", value=total, unit=unit, working=working), *facts)


WORDS = {"score": score}
