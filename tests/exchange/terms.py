"""A knowledge base of a few entries, so that these tests do not change with what the library knows."""

from typing import Any

from careplan.knowledge import Knowledge

_EMPTY = (
    "drugs", "classes", "class_facts", "products", "interactions", "analytes", "conditions", "screens", "vaccines",
    "exposures", "roles", "questions", "records", "therapies", "allergens", "sources", "opioid_thresholds",
    "abbreviations", "disagreements", "doubts",
)  # fmt: skip


def _code(system: str, code: str) -> dict[str, str]:
    return {"system": system, "code": code}


def _drug(group: str, *routes: str, **more: Any) -> dict[str, Any]:
    return {"group": group, "routes": list(routes or ("oral",)), **more}


def _test(unit: str | None, *loinc: str, **more: Any) -> dict[str, Any]:
    units = {} if unit is None else {"unit": unit}
    return {**units, "codes": [_code("loinc", code) for code in loinc], **more}


_RAW: dict[str, Any] = {
    "drugs": {
        "methotrexate": _drug("immunosuppressant", "oral", "subcutaneous", codes=[_code("rxnorm", "6851")]),
        "prednisolone": _drug("immunosuppressant", codes=[_code("atc", "H02AB06")]),
        "adalimumab": _drug("immunosuppressant", "subcutaneous", brands=["Humira"]),
        "paracetamol": _drug("analgesic", aliases=["acetaminophen"], codes=[_code("rxnorm", "161")]),
        "codeine": _drug("analgesic"),
        "fentanyl-patch": _drug("analgesic", "transdermal", ingredient="fentanyl"),
        "ibuprofen": _drug("nsaid", codes=[_code("rxnorm", "5640")]),
        "gabapentin": _drug("adjuvant"),
        "folic-acid": _drug("supportive"),
        "benzylpenicillin": _drug("other", "intravenous", codes=[_code("rxnorm", "7980")]),
    },
    "products": {
        "co-codamol-30-500": {
            "contains": [
                {"drug": "codeine", "amount": 30, "unit": "mg"},
                {"drug": "paracetamol", "amount": 500, "unit": "mg"},
            ],
            "name": "co-codamol 30/500",
            "per": "unit",
        }
    },
    "analytes": {
        "bp-systolic": _test("mm[Hg]", "8480-6"),
        "bp-diastolic": _test("mm[Hg]", "8462-4"),
        "weight": _test("kg", "29463-7"),
        "temperature": _test("Cel", "8310-5"),
        "alt": _test("U/L", "1742-6"),
        "crp": _test("mg/L", "1988-5", other_units=["mg/dL"]),
        "creatinine": _test("umol/L", "2160-0", "14682-9", other_units=["mg/dL"], molar_mass=113.12),
        "pain-nrs": _test("{score}", "72514-3"),
        "hb": _test("g/L", "718-7", aliases=["haemoglobin"]),
        "smoking-status": _test(None, "72166-2"),
    },
    "conditions": {
        "rheumatoid-arthritis": {"codes": [_code("snomed-ct", "69896004"), _code("icd-10", "M06.9")]},
        "chronic-pain": {"codes": [_code("snomed-ct", "82423001")], "aliases": ["chronic pain (finding)"]},
    },
    "screens": {
        "hiv": {"outcomes": ["negative", "positive", "pending"], "codes": [_code("loinc", "75622-1")]},
        "tpmt": {"outcomes": ["normal", "intermediate", "deficient"], "codes": [_code("loinc", "79713-4")]},
    },
    "vaccines": {"influenza": {"codes": [_code("cvx", "140")], "aliases": ["flu vaccine"]}},
    "allergens": {"penicillins": {"name": "penicillin", "codes": [_code("snomed-ct", "764146007")]}},
}

KNOWLEDGE = Knowledge(
    {section: {} for section in _EMPTY}
    | _RAW
    | {"name": "tests", "version": "1", "date": "2026-01-01", "digest": "", "notices": []}
)
