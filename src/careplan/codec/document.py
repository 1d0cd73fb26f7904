"""Care plans as JSON documents: text to plan, plan to text, and the files that hold them."""

import json
import os
import re
from pathlib import Path
from typing import Any

from cattrs import BaseValidationError

from careplan.codec.converter import converter
from careplan.codec.explanation import problems
from careplan.codec.file import write_whole
from careplan.codec.problem import MAX_PROBLEMS, PlanError, Problem
from careplan.codec.shape import FORMAT
from careplan.codec.text import MAX_BYTES, parse
from careplan.codec.wording import found
from careplan.model import CarePlan


def loads(text: str | bytes) -> CarePlan:
    """Read a care plan from JSON text, or from its bytes in UTF-8.

    Raises PlanError with every problem that was found. Rules between the fields of an object are tried once its
    fields are sound, those between the items of a plan once all items are.
    """
    tree, faults = parse(text)
    faults += _format_problems(tree)
    body = {key: value for key, value in tree.items() if key != "format"}
    more = 0
    try:
        plan = converter().structure(body, CarePlan)
    except BaseValidationError as error:
        explained, more = problems(error)
        faults += explained
    if faults:
        raise PlanError(tuple(faults[:MAX_PROBLEMS]), more + len(faults[MAX_PROBLEMS:]))
    return plan


def _format_problems(tree: dict[str, Any]) -> list[Problem]:
    """Return the problem of a document without format; raise PlanError if it has another one than ours."""
    if "format" not in tree:
        if "resourceType" in tree:
            fault = Problem("$", "a FHIR resource", "a care plan", "read it with careplan.from_fhir")
            raise PlanError((fault,))
        return [Problem("$.format", "nothing", f"'{FORMAT}'")]
    name = tree["format"]
    if name == FORMAT:
        return []
    version = re.fullmatch(r"careplan/([1-9][0-9]{0,3})", name) if isinstance(name, str) else None
    newer = "this document was written by a newer careplan: upgrade to read it" if version else ""
    raise PlanError((Problem("$.format", found(name), f"'{FORMAT}'", newer),))


def dumps(plan: CarePlan) -> str:
    """Write a care plan as JSON text: keys in a fixed order, what equals its default left out, a line feed at the end.

    ``loads(dumps(plan)) == plan`` holds.
    """
    tree = {"format": FORMAT, **converter().unstructure(plan)}
    return json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def load(path: str | os.PathLike[str]) -> CarePlan:
    """Read a care plan from a file. Raises PlanError, which names the file, or OSError."""
    with Path(path).open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    try:
        return loads(data)
    except PlanError as error:
        raise PlanError(error.problems, error.more, os.fspath(path)) from None


def dump(plan: CarePlan, path: str | os.PathLike[str]) -> None:
    """Write a care plan to a file, which afterwards holds the whole plan or what it held before, never a part."""
    write_whole(path, dumps(plan).encode())
