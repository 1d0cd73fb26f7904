"""Check digits and shapes of codes: a mistyped code is found before it is used."""

import re

from careplan.model import System

_SHAPES = {
    System.ATC: re.compile(r"[A-V]\d{2}[A-Z]{2}\d{2}|[A-V]\d{2}[A-Z]{0,2}"),
    System.RXNORM: re.compile(r"\d{1,8}"),
    System.ICD_10: re.compile(r"[A-Z]\d{2}(\.\d{1,2})?"),
    System.ICD_10_CM: re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?"),
    System.CVX: re.compile(r"\d{1,3}"),
    System.DMD: re.compile(r"\d{6,18}"),
    System.LOINC: re.compile(r"\d{1,7}-\d"),
    System.SNOMED_CT: re.compile(r"\d{6,18}"),
}

# Verhoeff's dihedral group D5: products, and the permutation of each position.
_PRODUCT = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_PERMUTATION = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def _luhn(digits: str, check: str) -> bool:
    """LOINC's check digit (mod 10)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if position % 2 == 0 else 1)
        total += number // 10 + number % 10
    return (10 - total % 10) % 10 == int(check)


def _verhoeff(digits: str) -> bool:
    """SNOMED CT's check digit, the last of the code."""
    check = 0
    for position, digit in enumerate(reversed(digits)):
        check = int(_PRODUCT[check][int(_PERMUTATION[position % 8][int(digit)])])
    return check == 0


def mistake(system: System, code: str) -> str | None:
    """What is wrong with a code, or None."""
    shape = _SHAPES[system]
    if not shape.fullmatch(code):
        return f"{code!r} does not look like a code of {system.value}"
    if system is System.LOINC and not _luhn(*code.split("-")):
        return f"the check digit of LOINC code {code!r} is wrong"
    if system in (System.SNOMED_CT, System.DMD) and not _verhoeff(code):
        return f"the check digit of {system.value} code {code!r} is wrong"
    return None
