"""Tables of facts as rules: one rule for each row that no named rule covers."""

from careplan.knowledge import Knowledge
from careplan.rules.names import Names
from careplan.rules.rule import Rule


def rules_from_tables(knowledge: Knowledge, names: Names) -> tuple[Rule, ...]:
    """Rules of every row of the tables of facts."""
    return ()
