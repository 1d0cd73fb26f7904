"""The one JSON file that ships: where it is, what it was made of, how it is read."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from careplan.knowledge.problem import KnowledgeError

FORMAT = "careplan-knowledge/1"
AUTHORED = Path(__file__).parent / "data"
COMPILED = AUTHORED / "knowledge.json"


def authored_files(folder: Path) -> list[Path]:
    """Every TOML file of a base, in a fixed order."""
    return sorted(folder.rglob("*.toml"))


def digest(folder: Path = AUTHORED) -> str:
    """SHA-256 over the names and contents of the authored files: two bases with the same digest say the same."""
    total = hashlib.sha256()
    for file in authored_files(folder):
        total.update(file.relative_to(folder).as_posix().encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def load_compiled(file: Path = COMPILED) -> dict[str, Any]:
    """Read a compiled file. Raises KnowledgeError if it is missing or of another format."""
    try:
        raw: dict[str, Any] = json.loads(file.read_bytes(), parse_float=Decimal)
    except FileNotFoundError:
        raise KnowledgeError(f"{file} is missing: run `careplan knowledge compile`") from None
    if raw.get("format") != FORMAT:
        raise KnowledgeError(f"{file} is of format {raw.get('format')!r}; this version reads {FORMAT!r}")
    return raw
