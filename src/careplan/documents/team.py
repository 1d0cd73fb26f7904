"""The people of a plan: who leads, who does what, how to reach them, who signs."""

from collections.abc import Callable
from enum import StrEnum

from attrs import frozen

from careplan.documents.parts import Fact, Lines
from careplan.documents.terms import term
from careplan.documents.wording import NOT_RECORDED, day
from careplan.model import CarePlan, Role, SharedCare, TeamMember


@frozen
class MemberRow:
    """One member of the team."""

    who: Lines
    role: Lines
    phone: Lines
    tasks: Lines


def member_row(member: TeamMember, say: Callable[[StrEnum], str] = term) -> MemberRow:
    """Put one member into words."""
    lead = ("leads the plan",) if member.lead else ()
    return MemberRow(
        who=tuple(text for text in (member.name, member.organisation) if text),
        role=(say(member.role), *lead),
        phone=(
            member.phone or f"phone {NOT_RECORDED}",
            *((member.hours,) if member.hours else ()),
            *((f"out of hours: {member.out_of_hours}",) if member.out_of_hours else ()),
        ),
        tasks=member.tasks or (NOT_RECORDED,),
    )


def people_facts(plan: CarePlan) -> tuple[Fact, ...]:
    """Lead, nurse, GP and shared care, for the first page."""
    lead = next((member for member in plan.team if member.lead), None)
    return (
        Fact("Lead", (_reach(lead),)),
        Fact("Nurse", (_reach(_in_role(plan, Role.SPECIALIST_NURSE)),)),
        Fact("GP", (_reach(_in_role(plan, Role.GP)),)),
        Fact("Shared care", (_shared_care(plan),)),
    )


def author_words(plan: CarePlan) -> Lines:
    """Who wrote this revision."""
    author = plan.author
    if author is None:
        return (NOT_RECORDED.upper(),)
    registration = f"registration {author.registration}" if author.registration else "registration not recorded"
    return (f"{author.name}, {term(author.role)}", registration)


def signatories(plan: CarePlan) -> tuple[str, ...]:
    """Those who sign: author, lead, and the person."""
    lead = next((member for member in plan.team if member.lead and member.name), None)
    names = [
        plan.author.name if plan.author else "Author",
        *([lead.name] if lead and lead.name else []),
        plan.patient.name,
    ]
    return tuple(dict.fromkeys(names))


def _in_role(plan: CarePlan, role: Role) -> TeamMember | None:
    return next((member for member in plan.team if member.role is role), None)


def _reach(member: TeamMember | None) -> str:
    if member is None:
        return NOT_RECORDED.upper()
    return f"{member.name or member.organisation}, {member.phone or f'phone {NOT_RECORDED}'}"


def _shared_care(plan: CarePlan) -> str:
    agreements = [decision for decision in plan.decisions if isinstance(decision, SharedCare)]
    if not agreements:
        return NOT_RECORDED
    latest = max(agreements, key=lambda agreement: agreement.date)
    return f"accepted {day(latest.accepted)}" if latest.accepted else "NOT ACCEPTED"
