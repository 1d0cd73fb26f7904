import enum
import inspect

import pytest

from careplan import model
from careplan.documents.terms import plain_term, term
from tests.documents.forbidden import EVERYWHERE, FOR_PATIENTS, found

VOCABULARIES = [
    kind
    for _, kind in inspect.getmembers(model, inspect.isclass)
    if issubclass(kind, enum.StrEnum) and kind not in (model.Unit, model.System, model.Calendar, model.Comparator)
]


@pytest.mark.parametrize("member", [member for kind in VOCABULARIES for member in kind], ids=repr)
def test_every_member_reads_as_words(member: enum.StrEnum) -> None:
    assert term(member).strip()
    assert "-" not in term(member).replace("off-label", "").replace("gastro-resistant", "").replace("re-", "")
    assert found(term(member), EVERYWHERE) == []
    assert found(plain_term(member), EVERYWHERE | FOR_PATIENTS) == []


def test_two_vocabularies_may_share_a_value_and_differ_in_words() -> None:
    assert model.StopReason.PATIENT_CHOICE.value == model.AcknowledgementReason.PATIENT_CHOICE.value
    assert term(model.StopReason.PATIENT_CHOICE) != term(model.AcknowledgementReason.PATIENT_CHOICE)
