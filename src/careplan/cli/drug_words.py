"""Rows of the knowledge base in words, for a pharmacist to check.

Each kind of row has a sentence that says what matters most. Whatever else a row states follows under its own name, so
that nothing is left out.
"""

from collections.abc import Iterator

from attrs import frozen

from careplan.cli.drug_sentences import SENTENCES, Say
from careplan.documents.wording import listed
from careplan.knowledge import Severity
from careplan.knowledge.fact import Fact, attributes

_PROVENANCE = frozenset({"sources", "confidence", "jurisdiction", "rows", "key", "covered_by"})
_LABELS = {
    "action": "what to do",
    "when": "if",
    "except_for": "not for",
    "actors": "who",
    "forms": "form",
    "routes": "route",
    "indications": "for",
    "conditions": "with",
}


@frozen
class RowWords:
    """One row: how bad (if it is a hazard), the sentence, what else it states, and who says so."""

    severity: Severity | None
    text: str
    details: tuple[tuple[str, str], ...]
    basis: str


def row_words(row: Fact, say: Say, stated_by: str | None = None) -> RowWords:
    """Put a row into words; `stated_by` names the class that it is inherited from."""
    sentence, said = SENTENCES[type(row)]
    text = sentence(row, say)
    details = _details(row, say, said | _PROVENANCE | {"severity"})
    return RowWords(
        severity=getattr(row, "severity", None),
        text=text,
        details=tuple((label, detail) for label, detail in details if detail != text),
        basis=_basis(row, stated_by),
    )


def _details(row: Fact, say: Say, said: frozenset[str]) -> Iterator[tuple[str, str]]:
    for attribute in attributes(type(row)):
        value = getattr(row, attribute.name)
        if attribute.name in said or value == attribute.default:
            continue
        label = _LABELS.get(attribute.name, attribute.name.replace("_", " "))
        yield label, say.value(value, named="names" in attribute.metadata)


def _basis(row: Fact, stated_by: str | None) -> str:
    parts = ["/".join(place.value.upper() for place in row.jurisdiction), listed(row.sources), row.confidence.value]
    if stated_by is not None:
        parts.append(f"for every {stated_by}")
    return "; ".join(part for part in parts if part)
