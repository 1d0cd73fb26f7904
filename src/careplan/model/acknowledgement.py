"""A person's answer to a finding: accepted, or acted on, and why."""

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from careplan.model._check import filled, in_order
from careplan.model.team import Role


class AcknowledgementReason(StrEnum):
    """Coded reasons. The first group accepts the finding; the second says what was done about it."""

    BENEFIT_OUTWEIGHS = "benefit-outweighs"
    MONITORING_IN_PLACE = "monitoring-in-place"
    ALREADY_TOLERATED = "already-tolerated"
    SHORT_COURSE = "short-course"
    NO_ALTERNATIVE = "no-alternative"
    PATIENT_CHOICE = "patient-choice"
    NOT_APPLICABLE = "not-applicable"
    SPECIALIST_ADVICE = "specialist-advice"
    PALLIATIVE = "palliative"
    TEST_ORDERED = "test-ordered"
    DOSE_CHANGED = "dose-changed"
    MEDICINE_STOPPED = "medicine-stopped"
    PROTECTION_ADDED = "protection-added"
    PATIENT_ADVISED = "patient-advised"
    REFERRED = "referred"

    @property
    def is_action(self) -> bool:
        """Whether something was done, rather than the finding accepted as it is."""
        return self in _ACTIONS


_ACTIONS = frozenset(
    {
        AcknowledgementReason.TEST_ORDERED,
        AcknowledgementReason.DOSE_CHANGED,
        AcknowledgementReason.MEDICINE_STOPPED,
        AcknowledgementReason.PROTECTION_ADDED,
        AcknowledgementReason.PATIENT_ADVISED,
        AcknowledgementReason.REFERRED,
    }
)


@frozen(kw_only=True)
class Acknowledgement:
    """Answers the finding with that `fingerprint` until `expires`. It never hides the finding."""

    fingerprint: str = field(validator=filled)
    reason: AcknowledgementReason
    text: str = field(validator=filled)
    author: str = field(validator=filled)
    role: Role
    expires: date
    date: date
    second_author: str | None = field(default=None, validator=filled)

    def __attrs_post_init__(self) -> None:
        in_order(self.date, self.expires, "acknowledgement from date to expires")
        if len(self.text.strip()) < 15:
            raise ValueError("text is too short: give the reason in at least 15 characters")
