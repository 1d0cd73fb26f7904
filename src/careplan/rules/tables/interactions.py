"""Interactions as rules."""

from collections.abc import Iterable, Iterator

from careplan.knowledge import Knowledge
from careplan.knowledge.drug import Interaction
from careplan.model import Jurisdiction
from careplan.rules.tables.draft import Draft, needs_this
from careplan.rules.tables.subject import also, quoted


def interaction(knowledge: Knowledge, row: Interaction) -> Draft:
    """`interaction/<row>`: one of each side is on, or was until so recently that it still acts."""
    escalate = tuple(
        (step.to, step.when, _jurisdictions(step.jurisdiction)) for step in row.escalate if step.to > row.severity
    )
    return Draft(
        id=f"interaction/{row.id}",
        row=row,
        when=also(*_sides(row), _different(knowledge, row), row.when),
        severity=row.severity,
        message=f"{{items}}: {row.effect.rstrip('.')}.",
        action=row.action,
        actor=row.actors or ("specialist-prescriber", "pharmacist"),
        jurisdiction=_jurisdictions(row.jurisdiction),
        each=row.between[0] if needs_this(row) else (),
        escalate=escalate,
    )


def _sides(row: Interaction) -> Iterator[str]:
    for side in row.between:
        on = f"on({quoted(side)})"
        yield f"{on} or stopped_within({quoted(side)}, days={row.lasts.days})" if row.lasts is not None else on


def _different(knowledge: Knowledge, row: Interaction) -> str | None:
    """Two sides that share a medicine need two: no medicine interacts with itself."""
    members = [_members(knowledge, side) for side in row.between]
    shared = any(one & other for n, one in enumerate(members) for other in members[n + 1 :])
    if not shared:
        return None
    return f"count({quoted(dict.fromkeys(name for side in row.between for name in side))}) >= {len(row.between)}"


def _members(knowledge: Knowledge, names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(
        *(knowledge.members(name) if name in knowledge.classes else frozenset({name}) for name in names)
    )


def _jurisdictions(regions: Iterable[str]) -> tuple[Jurisdiction, ...]:
    stated = {str(region) for region in regions}
    return tuple(each for each in Jurisdiction if each.value in stated)
