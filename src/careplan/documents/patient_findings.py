"""What is not settled, as the person reads it: which medicines it is about and what to do, never a clinical code.

The clinical message is for the team. The person is told which medicines a question is about, to call before the next
dose where it is critical, and never to stop anything on their own.
"""

from collections import defaultdict
from collections.abc import Iterator

from careplan.checks import Finding, NotAssessed, Report, Severity
from careplan.documents.contacts import Contacts
from careplan.documents.names import Names
from careplan.documents.parts import Lines, Tone
from careplan.documents.summary import Alert
from careplan.documents.terms import plain_term
from careplan.documents.wording import day, listed, sentence
from careplan.rules import Gap

_UNKNOWN = {
    Gap.DOSE: "the dose of {0}",
    Gap.SCHEDULE: "when you take {0}",
    Gap.STRENGTH: "the strength of {0}",
    Gap.ROUTE: "how {0} is given",
    Gap.FORM: "which kind of {0} you have",
    Gap.USE: "if you take {0} every day or only when needed",
    Gap.SITE: "where you use {0}",
    Gap.REASON: "what {0} is for",
    Gap.START: "when you started {0}",
    Gap.STOP: "when you stopped {0}",
    Gap.EARLIER_DOSE: "if your dose of {0} was changed",
    Gap.BIRTH_DATE: "your date of birth",
    Gap.TEST: "an up-to-date answer or result: {0}",
    Gap.TEST_SOURCE: "your test results",
    Gap.SCREEN: "a test result: {0}",
    Gap.CONDITION: "if the list of your health problems is complete",
    Gap.GRADE: "how bad {0} is",
    Gap.ALLERGY: "if the list of your allergies is complete",
    Gap.VACCINE: "which vaccines you have had",
    Gap.ANSWER: "your answer to: {0}",
    Gap.MEASURE: "a score: {0}",
    Gap.EVENT: "the day of {0}",
}


def patient_alerts(report: Report, names: Names, known: Contacts) -> tuple[Alert, ...]:
    """Open critical findings and warnings, what somebody has accepted, and what is not known."""
    return tuple(_alerts(report, names, known))


def _alerts(report: Report, names: Names, known: Contacts) -> Iterator[Alert]:
    critical = _grouped(report, Severity.CRITICAL, names)
    warning = _grouped(report, Severity.WARNING, names)
    if critical:
        call = f"{known.call} today, before your next dose"
        yield Alert(Tone.CRITICAL, "Call today", call, tuple(_question(about, count) for about, count in critical))
    if warning:
        lines = tuple(_question(about, count) for about, count in warning)
        yield Alert(
            Tone.WARNING, "Ask your team", "They must check this. Do not change your medicine on your own", lines
        )
    accepted = [f for f in report.at_least(Severity.WARNING) if f.acknowledgement is not None]
    if accepted:
        title = "Your team knows these risks and has decided what to do"
        yield Alert(Tone.INFO, "Good to know", title, tuple(_accepted(finding, names) for finding in accepted))
    if report.not_assessed:
        missing = dict.fromkeys(sentence(_unknown(gap, names)) for gap in report.not_assessed)
        yield Alert(
            Tone.UNKNOWN, "Not known yet", "Your team does not know this yet. Help them to find out", tuple(missing)
        )
    if not (critical or warning or accepted or report.not_assessed):
        yield Alert(
            Tone.SETTLED,
            "Nothing open",
            "Your team checked this plan and left no question open",
            (f"Checked on {day(report.on)}",),
        )


def _grouped(report: Report, severity: Severity, names: Names) -> list[tuple[str, int]]:
    """How many questions there are about the same medicines."""
    about: dict[str, int] = defaultdict(int)
    for finding in report.open:
        if finding.severity is severity:
            about[_about(finding, names)] += 1
    return list(about.items())


def _about(finding: Finding, names: Names) -> str:
    return listed(names.plain_component(ref) for ref in finding.subjects) or "your plan as a whole"


def _question(about: str, count: int) -> str:
    return sentence(f"{about}: one safety question" if count == 1 else f"{about}: {count} safety questions")


def _accepted(finding: Finding, names: Names) -> Lines:
    answer = finding.acknowledgement
    if answer is None:
        raise ValueError(f"finding {finding.fingerprint} has no acknowledgement")
    who = f"{answer.author} ({plain_term(answer.role)})"
    return (
        sentence(f"{_about(finding, names)}: a risk"),
        f"{who} decided this on {day(answer.date)}. It holds until {day(answer.expires)}.",
        "Ask them why, if you want to know more.",
    )


def _unknown(gap: NotAssessed, names: Names) -> str:
    return _UNKNOWN[gap.missing.kind].format(names.plain_anything(gap.missing.name, gap.missing.label))
