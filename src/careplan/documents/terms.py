"""Words for the vocabularies of a plan. A member that is not listed reads as its own value, hyphens as spaces."""

from enum import StrEnum

from careplan.documents.wording import from_id
from careplan.model import (
    AcknowledgementReason,
    AllergyKind,
    ContraceptionMethod,
    Form,
    ItemStatus,
    Licence,
    NoAllergies,
    Origin,
    Outcome,
    PlanStatus,
    PregnancyStatus,
    Role,
    Route,
    StopReason,
    Weighing,
)


def _words(*pairs: tuple[StrEnum, str]) -> dict[tuple[type[StrEnum], str], str]:
    """Key by class and value: two vocabularies may share a value (``patient-choice``) and mean different things."""
    return {(type(member), member.value): words for member, words in pairs}


_TEAM = _words(
    (Role.GP, "GP"),
    (Role.PATIENT, "the person"),
    (Role.PAIN_CONSULTANT, "pain consultant"),
    (Role.COORDINATOR, "team coordinator"),
    (Route.ORAL, "by mouth"),
    (Route.SUBLINGUAL, "under the tongue"),
    (Route.BUCCAL, "between cheek and gum"),
    (Route.RECTAL, "into the rectum"),
    (Route.SUBCUTANEOUS, "injected under the skin (subcutaneous)"),
    (Route.INTRAMUSCULAR, "injected into a muscle (intramuscular)"),
    (Route.INTRAVENOUS, "into a vein (intravenous)"),
    (Route.INTRA_ARTICULAR, "injected into the joint"),
    (Route.TRANSDERMAL, "through the skin (patch)"),
    (Route.CUTANEOUS, "on the skin"),
    (Route.INHALED, "breathed in"),
    (Route.NASAL, "into the nose (intranasal)"),
    (Route.OPHTHALMIC, "into the eye"),
    (Route.VAGINAL, "into the vagina"),
    (Route.EPIDURAL, "into the epidural space"),
    (Route.INTRATHECAL, "intrathecal"),
    (Form.IMMEDIATE_RELEASE, "ordinary release"),
    (Form.MODIFIED_RELEASE, "slow release"),
    (Form.GASTRO_RESISTANT, "coated (gastro-resistant)"),
    (Licence.OFF_LABEL, "outside the product licence (off-label)"),
    (Licence.LICENSED, "within the product licence"),
    (Licence.UNLICENSED, "unlicensed product"),
    (Origin.OVER_THE_COUNTER, "bought without a prescription"),
    (ItemStatus.DRAFT, "proposed"),
    (ItemStatus.CANCELLED, "cancelled, never begun"),
    (PlanStatus.UNKNOWN, "status not recorded"),
    (StopReason.ADVERSE_EFFECT, "side effect"),
    (StopReason.TARGET_MET, "target reached"),
    (StopReason.TEST_RESULT, "a test result"),
    (StopReason.NEW_CONTRAINDICATION, "a new reason not to take it"),
    (StopReason.PATIENT_CHOICE, "the person’s choice"),
    (AcknowledgementReason.PATIENT_CHOICE, "the person’s informed choice"),
    (AcknowledgementReason.BENEFIT_OUTWEIGHS, "benefit outweighs the risk"),
    (AcknowledgementReason.NOT_APPLICABLE, "does not apply to this person"),
    (AcknowledgementReason.ALREADY_TOLERATED, "already taken without harm"),
    (AcknowledgementReason.PATIENT_ADVISED, "the person was advised"),
    (AllergyKind.HYPERSENSITIVITY, "allergic reaction"),
    (AllergyKind.INTOLERANCE, "intolerance, not an allergy"),
    (NoAllergies.NONE_KNOWN, "No known allergies"),
    (NoAllergies.NOT_ASKED, "NOT RECORDED: nobody has asked yet"),
    (NoAllergies.UNKNOWN, "NOT RECORDED"),
    (NoAllergies.REFUSED, "NOT RECORDED: the person chose not to say"),
    (Outcome.SURFACE_POSITIVE, "surface antigen positive"),
    (Outcome.CORE_POSITIVE, "core antibody positive"),
    (Outcome.TWO_NEGATIVE, "negative twice"),
    (PregnancyStatus.POSSIBLE, "pregnancy possible"),
    (PregnancyStatus.PLANNING, "planning a pregnancy"),
    (ContraceptionMethod.NOT_NEEDED, "no contraception needed"),
    (ContraceptionMethod.NONE, "no contraception"),
    (ContraceptionMethod.HIGHLY_EFFECTIVE, "highly effective contraception"),
    (ContraceptionMethod.EFFECTIVE, "effective contraception"),
    (ContraceptionMethod.LESS_EFFECTIVE, "less effective contraception"),
    (Weighing.BENEFIT_OUTWEIGHS, "the benefit outweighs the harm"),
    (Weighing.HARM_OUTWEIGHS, "the harm outweighs the benefit"),
    (Weighing.BALANCED, "benefit and harm are in balance"),
    (Weighing.UNCERTAIN, "uncertain"),
)

_PATIENT = _words(
    (Role.PATIENT, "you"),
    (Role.CARER, "your carer"),
    (Role.GP, "your GP"),
    (Role.SPECIALIST_PRESCRIBER, "specialist"),
    (Role.PAIN_CONSULTANT, "pain specialist"),
    (Role.COMMUNITY_PHARMACIST, "your local pharmacist"),
    (Role.ORGAN_SPECIALIST, "another specialist"),
    (Role.ADDICTION_SERVICE, "support service for dependence"),
    (Role.GOVERNANCE, "safety lead"),
    (Route.SUBCUTANEOUS, "injected under the skin"),
    (Route.INTRAMUSCULAR, "injected into a muscle"),
    (Route.INTRAVENOUS, "given into a vein"),
    (Route.RECTAL, "into your bottom"),
    (Route.TRANSDERMAL, "a patch on the skin"),
    (Route.NASAL, "into the nose"),
    (Route.INTRATHECAL, "given by a specialist near the spine"),
    (Route.EPIDURAL, "given by a specialist near the spine"),
    (Form.MODIFIED_RELEASE, "slow-release: swallow it whole"),
    (Form.GASTRO_RESISTANT, "coated: swallow it whole"),
    (StopReason.NEW_CONTRAINDICATION, "it is no longer safe for you"),
    (StopReason.ADVERSE_EFFECT, "it had side effects"),
    (StopReason.ALLERGY, "you had an allergic reaction"),
    (StopReason.NO_RESPONSE, "it did not help"),
    (StopReason.RESPONSE_LOST, "it stopped helping"),
    (StopReason.TARGET_MET, "it is no longer needed"),
    (StopReason.TEST_RESULT, "of a test result"),
    (StopReason.INTERACTION, "it does not go with another medicine"),
    (StopReason.DUPLICATE, "you have another medicine like it"),
    (StopReason.INFECTION, "you had an infection"),
    (StopReason.SURGERY, "of an operation"),
    (StopReason.PATIENT_CHOICE, "you chose to stop"),
    (StopReason.NOT_TAKEN, "you were not taking it"),
    (StopReason.MONITORING_NOT_POSSIBLE, "the blood tests could not be done"),
    (StopReason.SUPPLY, "it could not be supplied"),
    (StopReason.DEPENDENCE_CONCERN, "of worry about becoming dependent on it"),
    (StopReason.END_OF_COURSE, "the course is finished"),
    (StopReason.OTHER, "of another reason; ask your team"),
    (NoAllergies.NONE_KNOWN, "I have no known allergies"),
    (NoAllergies.NOT_ASKED, "NOT RECORDED. Tell your team about any allergy"),
    (NoAllergies.UNKNOWN, "NOT RECORDED. Tell your team about any allergy"),
    (NoAllergies.REFUSED, "NOT RECORDED. Tell your team about any allergy"),
    (PlanStatus.ON_HOLD, "on hold"),
    (PlanStatus.REVOKED, "cancelled"),
    (PlanStatus.COMPLETED, "finished"),
)


def term(member: StrEnum) -> str:
    """What the team calls it."""
    return _TEAM.get((type(member), member.value)) or from_id(member.value)


def plain_term(member: StrEnum) -> str:
    """What the person whose plan it is would call it."""
    return _PATIENT.get((type(member), member.value)) or term(member)
