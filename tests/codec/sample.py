"""One small plan, as an object and as the tree of its document."""

import json
from datetime import date
from typing import Any

from careplan.codec import dumps
from careplan.model import (
    Analgesic,
    BenefitRisk,
    CarePlan,
    Condition,
    Dose,
    Goal,
    Immunosuppressant,
    Interval,
    Monitoring,
    Patient,
    PhaseInterval,
    Quantity,
    Result,
    Sex,
    Step,
    Steps,
    Therapy,
    Weekday,
    Weekly,
    Weighing,
)

PLAN = CarePlan(
    id="ra-1",
    title="Rheumatoid arthritis",
    created=date(2026, 1, 5),
    patient=Patient(
        name="Ada Example",
        birth_date=date(1961, 3, 4),
        sex=Sex.FEMALE,
        conditions=(Condition(condition="rheumatoid-arthritis"),),
        results=(Result(test="egfr", value=Quantity.parse("58 mL/min/{1.73_m2}"), date=date(2026, 1, 2)),),
    ),
    components=(
        Immunosuppressant(id="mtx", drug="methotrexate", dosage=Dose.weekly("7.5 mg", "monday")),
        Analgesic(
            id="codeine",
            drug="codeine",
            dosage=Steps(
                steps=(
                    Step(dose=Dose.daily("30 mg", 4), start=date(2026, 1, 5), stop=date(2026, 1, 11)),
                    Step(dose=Dose.unknown(), start=date(2026, 1, 12)),
                )
            ),
        ),
        Monitoring(
            id="bloods", tests=("fbc",), about=("mtx",), intervals=(PhaseInterval(every=Interval.parse("3 mo")),)
        ),
        Therapy(id="physio", therapy="physio-exercise", frequency=Weekly(days=(Weekday.FRIDAY,))),
    ),
    goals=(Goal(id="walk", description="Walk to the shop", about=("physio",)),),
    decisions=(
        BenefitRisk(
            date=date(2026, 1, 5), by="Dr Who", benefits=("less pain",), risks=("nausea",), conclusion=Weighing.BALANCED
        ),
    ),
)


def tree() -> dict[str, Any]:
    """Make a fresh copy of the document's tree, to be spoilt by a test."""
    made: dict[str, Any] = json.loads(dumps(PLAN))
    return made
