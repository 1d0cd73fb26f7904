"""Multidisciplinary care plans in chronic pain: model, review, schedule, documents.

Names are fetched when they are first used, so that ``import careplan`` costs next to nothing::

    import careplan as cp

    plan = cp.load("plan.json")
    report = cp.review(plan, on=date(2026, 3, 1))
"""

from importlib import import_module

TYPE_CHECKING = False  # type checkers take it as true; importing it would double the cost of this package
if TYPE_CHECKING:
    from careplan.agenda import Agenda as Agenda
    from careplan.checks import (
        Finding as Finding,
        NotAssessed as NotAssessed,
        Report as Report,
        Severity as Severity,
        review as review,
        schedule as schedule,
    )
    from careplan.codec import PlanError as PlanError, dump as dump, dumps as dumps, load as load, loads as loads
    from careplan.documents import DocumentError as DocumentError, PdfError as PdfError, render as render
    from careplan.exchange.fhir import FhirError as FhirError, Imported as Imported, from_fhir as from_fhir
    from careplan.knowledge import (
        Knowledge as Knowledge,
        KnowledgeError as KnowledgeError,
        load_knowledge as load_knowledge,
    )
    from careplan.model import *  # noqa: F403

__version__ = "0.1.0"

_HOMES = {
    "careplan.agenda": ("Agenda",),
    "careplan.checks": ("Finding", "NotAssessed", "Report", "Severity", "review", "schedule"),
    "careplan.codec": ("PlanError", "dump", "dumps", "load", "loads"),
    "careplan.documents": ("DocumentError", "PdfError", "render"),
    "careplan.exchange.fhir": ("FhirError", "Imported", "from_fhir"),
    "careplan.knowledge": ("Knowledge", "KnowledgeError", "load_knowledge"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Fetch a public name from the package it lives in; any other name is looked for in the model."""
    if name.startswith("_"):
        raise AttributeError(f"module 'careplan' has no attribute {name!r}")
    home = import_module(_HOME_OF.get(name, "careplan.model"))
    try:
        value: object = getattr(home, name)
    except AttributeError:
        raise AttributeError(f"module 'careplan' has no attribute {name!r}") from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every public name, whether fetched yet or not."""
    return sorted({*globals(), *_HOME_OF, *import_module("careplan.model").__all__})
