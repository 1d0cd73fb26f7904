"""Tests before the start, results that need action, and companions as rules."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from careplan.knowledge.catalogue import Analyte
from careplan.knowledge.spans import Span
from careplan.knowledge.surveillance import ActionThreshold, BaselineTest
from careplan.knowledge.vocabulary import Change, Do, Horizon, Need, Severity, Stage
from careplan.model import Quantity, Unit, UnitError, plain
from careplan.rules.tables.draft import Draft
from careplan.rules.tables.subject import Subject, also, quoted

_START_DAYS = 28
"""A medicine begun within the last four weeks is a new start; its baseline tests should stand beside it."""
_AT_START_DAYS = 28
_DO = {
    Do.HOLD: "hold it", Do.STOP: "stop it", Do.REDUCE: "reduce the dose", Do.INCREASE: "increase the dose",
    Do.REPEAT: "repeat the test", Do.CONTACT: "contact the prescriber", Do.TREAT: "treat it", Do.REVIEW: "review it",
    Do.CONTINUE: "it may go on", Do.DISCUSS: "discuss it", Do.DEFER: "defer it", Do.EMERGENCY: "emergency care",
}  # fmt: skip
"""What to do with the medicine, as the end of a sentence; what is not here speaks for itself."""


def baseline(subject: Subject) -> Iterator[Draft]:
    """`baseline-tests-missing/<drug>-…`: a required check was not done, or too long ago, when treatment began."""
    for said in subject.said("screening"):
        row = said.row
        missing = _unchecked(row)
        if row.need is not Need.REQUIRED or not missing:
            continue
        checks = ", ".join((*row.tests, *row.screens, *row.records))
        yield Draft(
            id=f"baseline-tests-missing/{subject.id}-{said.number}",
            row=row,
            when=also(f"started_within({said.args}, days={_START_DAYS})", missing, row.when),
            severity=Severity.WARNING,
            message=f"{{items}} without all of its first checks: {{{checks}}}.",
            action="Do what is missing before the first dose, or now if it has been given.",
            actor=("specialist-prescriber", "specialist-nurse"),
            jurisdiction=said.where,
            each=said.each,
        )


def _unchecked(row: BaselineTest) -> str:
    age = row.max_age.days if isinstance(row.max_age, Span) else None
    limit = age if age is not None else (_AT_START_DAYS if row.max_age is not Horizon.EVER else 36_500)
    clauses = [f'age_of("{test}") > {limit + _START_DAYS}' for test in row.tests]
    clauses += [f'screen("{screen}") == "not-done"' for screen in row.screens]
    clauses += [f'not recorded("{part}")' for part in row.records]
    return " or ".join(clauses)


def thresholds(subject: Subject) -> Iterator[Draft]:
    """`result-needs-action/<test>-<drug>-…`: a result beyond a limit of this medicine."""
    for said in subject.said("thresholds"):
        row = said.row
        for test in row.tests:
            beyond = _beyond(subject, row, test)
            if beyond is None:
                continue
            there = f"started_within({said.args}, days=0)" if row.stage is Stage.BEFORE_START else f"on({said.args})"
            yield Draft(
                id=f"result-needs-action/{test}/{subject.id}-{said.number}",
                row=row,
                when=also(there, beyond, row.when),
                severity=row.severity,
                message=f"{_called(subject, test)} {_shown(test, row)} on {{items}}: {_done(row.do)}.",
                action=row.action,
                actor=row.actors or ("specialist-prescriber", "specialist-nurse"),
                jurisdiction=said.where,
                each=said.each,
            )


def _called(subject: Subject, test: str) -> str:
    """The short name of a test: "eGFR", "ALT", "platelets"."""
    known = subject.knowledge.analytes.get(test)
    name = subject.knowledge.screens[test].name if known is None else known.short_name
    return name[:1].upper() + name[1:] if name.islower() else name


def _done(do: Do) -> str:
    return _DO.get(do, do.value.replace("-", " "))


def _shown(test: str, row: ActionThreshold) -> str:
    return "changed by {%s:change}" % test if row.change is not None else "of {%s:latest}" % test  # noqa: UP031


def _beyond(subject: Subject, row: ActionThreshold, test: str) -> str | None:
    """The comparison in the unit of the test's page, or None if the language cannot say it: `change` is in percent."""
    if row.outcomes:
        if test not in subject.knowledge.screens:
            return None
        return f'screen("{test}") in ({", ".join(f"{chr(34)}{o}{chr(34)}" for o in row.outcomes)},)'
    analyte = subject.knowledge.analytes.get(test)
    if analyte is None:
        return None
    if row.change is not None:
        return _changed(row, test)
    word = f'latest("{test}", per="uln")' if row.per else f'latest("{test}")'
    try:
        bounds = [bound and _converted(bound, row, analyte) for bound in row.bounds]
    except UnitError:
        return None
    return _within(word, bounds)


def _converted(bound: Decimal, row: ActionThreshold, analyte: Analyte) -> Decimal:
    if row.per or row.unit is None or analyte.unit is None:
        return bound
    return Quantity(bound, row.unit).to(analyte.unit, molar_mass=analyte.molar_mass).value


def _changed(row: ActionThreshold, test: str) -> str | None:
    """A rise is a change above the bound, a fall one below its opposite."""
    if row.unit is not Unit.PERCENT or row.since is None:
        return None
    since = '"baseline"' if row.since == "baseline" else Span.of(row.since).days
    at_least, above, below, at_most = row.bounds
    bounds: list[Decimal | None] = [at_least, above, below, at_most]
    if row.change is Change.FALL:
        bounds = [bound if bound is None else -bound for bound in (at_most, below, above, at_least)]
    return _within(f'change("{test}", since={since})', bounds)


def _within(word: str, bounds: Sequence[Decimal | None]) -> str | None:
    stated = zip((">=", ">", "<", "<="), bounds, strict=True)
    return " and ".join(f"{word} {sign} {plain(bound)}" for sign, bound in stated if bound is not None) or None


def companions(subject: Subject) -> Iterator[Draft]:
    """`companion-missing/<drug>-…`: what must stand beside the medicine does not."""
    for said in subject.said("companions"):
        row = said.row
        missing = f"not on({quoted(row.needs)})" if row.needs else f'not recorded("{row.record}")'
        what = " or ".join(each.replace("-", " ") for each in row.needs or (row.record or "",))
        yield Draft(
            id=f"companion-missing/{subject.id}-{said.number}",
            row=row,
            when=also(f"on({said.args})", missing, row.when),
            severity=row.severity,
            message=f"{{items}} without {what}.",
            action=f"Add {what}{f': {row.dose}' if row.dose else ''}, or record why it is not needed.",
            actor=row.actors or ("specialist-prescriber", "pharmacist"),
            jurisdiction=said.where,
            each=said.each,
        )
