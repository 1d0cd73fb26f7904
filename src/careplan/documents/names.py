"""What ids are called, for the team and for the person whose plan it is."""

from attrs import frozen

from careplan.documents.wording import from_id
from careplan.knowledge import Knowledge
from careplan.model import Absent, CarePlan, Medication


@frozen
class Names:
    """Looks ids up in the knowledge base; an id that it does not hold is read as words."""

    knowledge: Knowledge
