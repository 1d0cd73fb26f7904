"""Tokens that have killed people, as patterns (ISMP list of error-prone abbreviations, Joint Commission list)."""

import re

DOSE_NUMBER = r"\d[\d,]*(?:\.\d+)?"
EVERYWHERE = {
    "ABB-01 U for units": r"\d\s*[Uu]\b(?!/)",
    "ABB-02 IU": r"\bIU\b",
    "ABB-03 QD": r"\b[Qq]\.?[Dd]\b\.?",
    "ABB-04 QOD": r"\b[Qq]\.?[Oo]\.?[Dd]\b\.?",
    "ABB-06 trailing zero": r"\d\.0+\s*(?:mg|g|micrograms|mL|tablets?)\b",
    "ABB-07 naked decimal": r"(?<![\d\w])\.\d",
    "ABB-11 microgram sign": r"[µμ]g|\bug\b|\bmcg\b",
    "ABB-13 cc": r"\d\s*cc\b",
    "ABB-14 ml": r"\d\s*(?:ml|Ml|l)\b",
    "ABB-19 OD": r"\bOD\b|\bo\.d\.",
    "ABB-20 BD": r"\bBD\b|\bBID\b|\bb\.d\.",
    "ABB-21 TDS": r"\bTDS\b|\bTID\b|\bt\.d\.s\.",
    "ABB-22 QDS": r"\bQDS\b|\bQID\b",
    "ABB-27 q8h": r"\bq\d+\s*h",
    "ABB-29 PRN": r"\bPRN\b|\bp\.r\.n\.",
    "ABB-31 as directed": r"as directed|\but dict\b",
    "ABB-33 SC": r"\bSC\b|\bSQ\b",
    "ABB-41 2/52": r"\b\d/(?:7|52|12)\b",
    "ABB-48 half sign": r"[½¼]",
    "ABB-50 drug and dose run together": r"\b[a-z]{5,}\d+\s?mg\b",
    "ABB-51 number and unit run together": r"\d(?:mg|mL|micrograms|kg)\b",
    "ABB-52 unit with full stop": r"\d\s*(?:mg|mL|kg|g)\.(?= *[a-z])",
    "ABB-53 thousands without comma": r"\b\d{4,}\s*(?:mg|micrograms|units|international)\b",
    "ABB-55 MTX": r"\bMTX\b",
    "ABB-58 short drug names": r"\b(?:HCQ|SSZ|LEF|MMF|AZA|CyA|RTX|IFX|TCZ)\b",
    "ABB-72 short date": r"\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    "ABB-82 dose pattern": r"\b\d-\d-\d\b",
    "ABB-84 break between number and unit": rf"{DOSE_NUMBER} (?:mg|g|micrograms|mL|kg|hours|tablets)\b",
    "ABB-85 N/A": r"\bN/A\b",
}
FOR_PATIENTS = {
    "ABB-43 signs": "[≥≤±]",
    "ABB-42 more and less signs": r"[<>]\s*\d",
    "ABB-61 NSAID": r"\bNSAIDs?\b",
    "ABB-62 DMARD": r"DMARD|\bJAKi\b",
    "ABB-68 TAB": r"\b(?:TAB|CAP|INJ|SUSP)\b",
    "ABB-81 MR": r"\b(?:MR|SR|XL)\b",
    "severity codes": r"\b(?:CRITICAL|WARNING(?! SIGNS)|CAUTION|critical|caution)\b",
}


def found(text: str, patterns: dict[str, str]) -> list[str]:
    """Every forbidden token in the text, with a few characters around it."""
    return [
        f"{name}: …{text[max(0, hit.start() - 20) : hit.end() + 20]!r}"
        for name, pattern in patterns.items()
        for hit in re.finditer(pattern, text)
    ]
