"""Who does what."""

from enum import StrEnum

from attrs import field, frozen

from careplan.model._check import filled


class Role(StrEnum):
    """Roles of a multidisciplinary team."""

    PATIENT = "patient"
    CARER = "carer"
    SPECIALIST_PRESCRIBER = "specialist-prescriber"
    SPECIALIST_NURSE = "specialist-nurse"
    PAIN_CONSULTANT = "pain-consultant"
    PHARMACIST = "pharmacist"
    GP = "gp"
    PHYSIOTHERAPIST = "physiotherapist"
    OCCUPATIONAL_THERAPIST = "occupational-therapist"
    PSYCHOLOGIST = "psychologist"
    PODIATRIST = "podiatrist"
    DIETITIAN = "dietitian"
    LINK_WORKER = "link-worker"
    COMMUNITY_PHARMACIST = "community-pharmacist"
    ORGAN_SPECIALIST = "organ-specialist"
    ADDICTION_SERVICE = "addiction-service"
    GOVERNANCE = "governance"
    COORDINATOR = "coordinator"


@frozen(kw_only=True)
class TeamMember:
    """A person or service in a role. `hours` says when `phone` is answered; `out_of_hours` whom to call then."""

    role: Role
    name: str | None = field(default=None, validator=filled)
    organisation: str | None = field(default=None, validator=filled)
    phone: str | None = field(default=None, validator=filled)
    hours: str | None = field(default=None, validator=filled)
    out_of_hours: str | None = field(default=None, validator=filled)
    tasks: tuple[str, ...] = ()
    lead: bool = False
    """Accountable for the plan as a whole."""

    def __attrs_post_init__(self) -> None:
        if self.name is None and self.organisation is None:
            raise ValueError(f"the {self.role.value} needs a name or an organisation")
