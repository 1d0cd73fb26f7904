"""Routes of a record: SNOMED CT and HL7 codes, else the words of the route."""

import re

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.concept import Concept
from careplan.exchange.fhir.node import Node
from careplan.model import Absent, Route

_CODES = {
    "26643006": Route.ORAL, "260548002": Route.ORAL, "PO": Route.ORAL,
    "37839007": Route.SUBLINGUAL, "SL": Route.SUBLINGUAL,
    "54471007": Route.BUCCAL, "BUC": Route.BUCCAL,
    "37161004": Route.RECTAL, "PR": Route.RECTAL,
    "34206005": Route.SUBCUTANEOUS, "SQ": Route.SUBCUTANEOUS,
    "78421000": Route.INTRAMUSCULAR, "255559005": Route.INTRAMUSCULAR, "IM": Route.INTRAMUSCULAR,
    "47625008": Route.INTRAVENOUS, "255560000": Route.INTRAVENOUS, "IV": Route.INTRAVENOUS,
    "12130007": Route.INTRA_ARTICULAR,
    "45890007": Route.TRANSDERMAL, "TRNSDERM": Route.TRANSDERMAL,
    "6064005": Route.CUTANEOUS, "359540000": Route.CUTANEOUS, "448598008": Route.CUTANEOUS, "TOPICAL": Route.CUTANEOUS,
    "447694001": Route.INHALED, "IPINHL": Route.INHALED,
    "46713006": Route.NASAL, "NASINHLC": Route.NASAL,
    "54485002": Route.OPHTHALMIC,
    "16857009": Route.VAGINAL,
    "404820008": Route.EPIDURAL,
    "72607000": Route.INTRATHECAL,
}  # fmt: skip
_WORDS = {
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE): route
    for words, route in (
        ("sublingual|sublingually", Route.SUBLINGUAL),
        ("buccal", Route.BUCCAL),
        ("oral|orally|by mouth|po", Route.ORAL),
        ("rectal|rectally", Route.RECTAL),
        ("subcutaneous|subcutaneously|subcut|sc", Route.SUBCUTANEOUS),
        ("intramuscular|im", Route.INTRAMUSCULAR),
        ("intravenous|iv", Route.INTRAVENOUS),
        ("intra-?articular", Route.INTRA_ARTICULAR),
        ("transdermal", Route.TRANSDERMAL),
        ("topical|topically|cutaneous", Route.CUTANEOUS),
        ("inhaled|inhalation", Route.INHALED),
        ("nasal", Route.NASAL),
        ("ophthalmic", Route.OPHTHALMIC),
        ("vaginal", Route.VAGINAL),
        ("epidural", Route.EPIDURAL),
        ("intrathecal", Route.INTRATHECAL),
    )
}


def read_route(node: Node, concept: Concept) -> Route | Absent:
    """Find the route of a dosage (`node`); unknown if it names none, or with a note one that is not in the list."""
    if not concept:
        return Absent.UNKNOWN
    code = concept.code(_CODES)
    if code is not None:
        return _CODES[code]
    for words in concept.wordings:
        for pattern, route in _WORDS.items():
            if pattern.search(words):
                return route
    node.note(Kind.UNMAPPED, "route", "route", "not a route that this library knows", concept.label)
    return Absent.UNKNOWN
