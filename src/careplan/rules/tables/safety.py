"""Contraindications, pregnancy, breast-feeding, conception and age as rules."""

from collections.abc import Iterator, Mapping

from careplan.knowledge.safety import Contraindication
from careplan.knowledge.vocabulary import Basis, ConceptionStance, Partner, Severity, Suitability, When
from careplan.rules.tables.draft import Draft
from careplan.rules.tables.subject import Subject, also

_PRESCRIBER = ("specialist-prescriber", "gp")
_ADVICE: Mapping[Suitability, Severity] = {
    Suitability.CAUTION: Severity.CAUTION,
    Suitability.SEVERE_DISEASE_ONLY: Severity.WARNING,
    Suitability.EXCEPTIONAL: Severity.WARNING,
    Suitability.AVOID: Severity.WARNING,
    Suitability.CONTRAINDICATED: Severity.CRITICAL,
}
_VERDICT = {Severity.CRITICAL: "ruled out by", Severity.WARNING: "not advised with"}
_WEEKS = {1: (None, 14), 2: (14, 28), 3: (28, None)}
"""Completed weeks at which the second and third trimester begin."""


def contraindications(subject: Subject) -> Iterator[Draft]:
    """`contraindication/<drug>-<condition>`."""
    seen: dict[str, list[int]] = {}
    for said in subject.said("contraindications"):
        row = said.row
        if row.supply:
            continue
        what = "-".join(filter(None, (row.conditions[0] if row.conditions else row.allergy, row.key))) or "case"
        alike = seen.setdefault(what, [])
        if said.number not in alike:
            alike.append(said.number)
        number = f"-{len(alike)}" if len(alike) > 1 else ""
        reason = _inline(row.text) if row.text else _reason(row)
        yield Draft(
            id=f"contraindication/{subject.id}-{what}{number}",
            row=row,
            when=also(said.placed(lambda args: f"on({args})"), _for_whom(subject, row), row.when),
            severity=row.severity,
            message=f"{{items}}: {_VERDICT.get(row.severity, 'care is needed with')} {reason}.",
            action=row.action or "Weigh the need again; choose another medicine or record why this one stays.",
            actor=_PRESCRIBER,
            jurisdiction=said.where,
            each=said.each,
        )


def _reason(row: Contraindication) -> str:
    """What stands against it, as a gap that only what the person really has can fill."""
    if row.key:
        return row.key.replace("-", " ")
    if row.allergy is not None:
        return f"an allergy to {row.allergy.replace('-', ' ')}"
    return f"{{{', '.join(row.conditions)}}}"


def _inline(reason: str) -> str:
    """A reason as part of a sentence: without its full stop, and small unless it begins with a name or abbreviation."""
    text = reason.replace("-", " ").rstrip(". ")
    first = text.partition(" ")[0]
    named = first.endswith("'s") or (len(first) > 1 and not first[1:].rstrip(",:;").islower())
    return text if named else text[:1].lower() + text[1:]


def _for_whom(subject: Subject, row: Contraindication) -> str | None:
    if row.allergy is not None:
        return f'allergy_to("{row.allergy}")'
    return " or ".join(_condition(subject, row, condition) for condition in row.conditions) or None


def _condition(subject: Subject, row: Contraindication, condition: str) -> str:
    if row.within is not None:
        return f'had("{condition}", within={row.within.days})'
    if row.status is When.EVER:
        return f'had("{condition}")'
    scale = subject.knowledge.conditions[condition].grades
    grades = [grade for grade in row.grades if grade in scale]
    if not grades:
        return f'has("{condition}")'
    mildest = min(grades, key=scale.index)
    return (
        f'has("{condition}", at_least={mildest})' if mildest.isdigit() else f'has("{condition}", at_least="{mildest}")'
    )


def pregnancy(subject: Subject) -> Iterator[Draft]:
    """`pregnancy/<drug>-…`, by weeks; weeks that are not known leave the question open."""
    for said in subject.said("pregnancy"):
        row = said.row
        severity = _ADVICE.get(row.advice)
        if severity is None:
            continue
        spans = [_WEEKS[trimester] for trimester in sorted(row.trimesters)]
        first, last = (spans[0][0], spans[-1][1]) if spans else (row.from_week, row.to_week)
        weeks = also(
            f'latest("gestation-weeks") >= {first}' if first else None,
            f'latest("gestation-weeks") < {last}' if last else None,
        )
        yield Draft(
            id=f"pregnancy/{subject.id}-{said.number}",
            row=row,
            when=also(f"on({said.args})", 'patient("pregnant")', weeks, row.when),
            severity=severity,
            message=f"{{items}} in pregnancy: {row.advice.value.replace('-', ' ')}.",
            action=row.action or "Ask the obstetric team and the prescriber today; do not stop without advice.",
            actor=_PRESCRIBER,
            jurisdiction=said.where,
            each=said.each,
        )


def breastfeeding(subject: Subject) -> Iterator[Draft]:
    """`breastfeeding/<drug>-…`."""
    for said in subject.said("breastfeeding"):
        row = said.row
        severity = _ADVICE.get(row.advice)
        if severity is None:
            continue
        yield Draft(
            id=f"breastfeeding/{subject.id}-{said.number}",
            row=row,
            when=also(f"on({said.args})", 'patient("breastfeeding")', row.when),
            severity=severity,
            message=f"{{items}} while breast-feeding: {row.advice.value.replace('-', ' ')}.",
            action=row.action or "Discuss another medicine, or how to feed the baby, before the next dose.",
            actor=_PRESCRIBER,
            jurisdiction=said.where,
            each=said.each,
        )


_BEFORE_CONCEPTION = {
    ConceptionStance.STOP: Severity.WARNING,
    ConceptionStance.AVOID: Severity.WARNING,
    ConceptionStance.CONSIDER_STOPPING: Severity.CAUTION,
}


def conception(subject: Subject) -> Iterator[Draft]:
    """`conception/<drug>-…`: a pregnancy is planned, by the patient or the patient's partner.

    Where guidelines call the drug compatible, the label's longer wait is no hazard; where they state a wait of their
    own, what is left of the label's is a caution.
    """
    guided = {row.partner: row.advice for row in subject.every("conception") if row.basis is Basis.GUIDELINE}
    for said in subject.said("conception"):
        row = said.row
        severity = _BEFORE_CONCEPTION.get(row.advice)
        by_label = row.basis is Basis.LABEL and row.partner in guided
        if severity is None or (by_label and guided[row.partner] is ConceptionStance.COMPATIBLE):
            continue
        wait = row.stop_before or row.contraception_after
        washout = f" or stopped_within({said.args}, days={wait.days})" if wait else ""
        who = 'patient("female")' if row.partner is Partner.WOMAN else 'not patient("female")'
        lead = f" at least {wait} before conception" if wait and wait.days else ""
        yield Draft(
            id=f"conception/{subject.id}-{said.number}",
            row=row,
            when=also(f"on({said.args}){washout}", who, 'patient("planning-conception")', row.when),
            severity=min(severity, Severity.CAUTION) if by_label else severity,
            message=f"{{items}}: a pregnancy is planned; {row.advice.value.replace('-', ' ')}{lead}.",
            action=row.action or row.washout or "Plan the change of treatment before contraception is stopped.",
            actor=_PRESCRIBER,
            jurisdiction=said.where,
            each=said.each,
        )


def minimum_ages(subject: Subject) -> Iterator[Draft]:
    """`below-minimum-age/<drug>-…`."""
    for said in subject.said("minimum_ages"):
        row = said.row
        if row.supply:
            continue
        yield Draft(
            id=f"below-minimum-age/{subject.id}-{said.number}",
            row=row,
            when=also(said.placed(lambda args: f"on({args})"), f"age() < {row.years}", row.when),
            severity=row.severity,
            message=f"{{items}}: not for people under {row.years} years.",
            action="Choose a medicine that is licensed for this age.",
            actor=_PRESCRIBER,
            jurisdiction=said.where,
            each=said.each,
        )
