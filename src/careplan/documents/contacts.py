"""Whom to call: the emergency numbers of the country, and the team's own numbers from the plan."""

from attrs import frozen

from careplan.documents.parts import Fact
from careplan.model import CarePlan, Jurisdiction, Role, TeamMember

_EMERGENCY = {Jurisdiction.UK: "999", Jurisdiction.US: "911", Jurisdiction.EU: "112"}
_OUT_OF_HOURS = {Jurisdiction.UK: "NHS 111"}
_CRISIS = {
    Jurisdiction.UK: "111 and choose option 2, or Samaritans on 116 123",
    Jurisdiction.US: "988",
}
_ADVICE_LINE = (Role.SPECIALIST_NURSE, Role.SPECIALIST_PRESCRIBER, Role.PAIN_CONSULTANT, Role.GP)
"""Whose number is the advice line: the first of these with a phone number; else the lead's, else anyone's."""


@frozen
class Contacts:
    """Numbers in the order in which they are tried. `advice` is None if the plan holds no phone number at all."""

    emergency: str
    out_of_hours: str
    crisis: str
    advice: TeamMember | None

    @property
    def call(self) -> str:
        """What to do to reach the advice line, as the start of a sentence."""
        return f"Call {self.advice_words}" if self.advice else f"Call your team ({self.advice_words})"

    @property
    def advice_words(self) -> str:
        """The advice line's number with its hours, or that there is none."""
        if self.advice is None:
            return "phone number NOT RECORDED"
        hours = f" ({self.advice.hours})" if self.advice.hours else " (hours not recorded)"
        return f"{self.advice.phone}{hours}"


def contacts(plan: CarePlan) -> Contacts:
    """Collect the numbers. Without a jurisdiction no emergency number is guessed."""
    country = plan.jurisdiction
    reachable = [member for member in plan.team if member.phone and member.role not in (Role.PATIENT, Role.CARER)]
    advice = min(reachable, key=_rank, default=None)
    given = advice.out_of_hours if advice is not None else None
    return Contacts(
        emergency=_EMERGENCY.get(country, "your emergency number") if country else "your emergency number",
        out_of_hours=given or (_OUT_OF_HOURS.get(country) if country else None) or "NOT RECORDED",
        crisis=(_CRISIS.get(country) if country else None) or "your emergency number or crisis line",
        advice=advice,
    )


def _rank(member: TeamMember) -> tuple[int, bool]:
    place = _ADVICE_LINE.index(member.role) if member.role in _ADVICE_LINE else len(_ADVICE_LINE)
    return place, not member.lead


def call_facts(known: Contacts) -> tuple[Fact, ...]:
    """Advice line, out of hours and emergency as facts."""
    return (
        Fact("Advice line", (known.advice_words,)),
        Fact("Out of hours", (known.out_of_hours,)),
        Fact("Emergency", (known.emergency,)),
    )
