"""From bytes to a tree of plain JSON values, and every way in which that fails."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any, Final

from careplan.codec.problem import Path, PlanError, Problem, path_text
from careplan.codec.wording import found

MAX_BYTES: Final = 10 * 1024 * 1024
"""A care plan has some thousand to some hundred thousand bytes. What is larger than 10 MiB is something else."""

_ENCODINGS = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
              "utf-32-le": "UTF-32", "utf-32-be": "UTF-32"}  # fmt: skip

Pairs = list[tuple[str, Any]]


def parse(source: str | bytes) -> tuple[dict[str, Any], list[Problem]]:
    """Return the document's tree, and a problem for each key that stands twice in an object.

    Decimals come through their text, and NaN and Infinity as decimals that no type allows. Raises PlanError for what
    is no JSON object at all.
    """
    text = _decoded(source)
    doubled: list[tuple[dict[str, Any], list[str]]] = []

    def pairs_to_object(pairs: Pairs) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            doubled.append((made, [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]))
        return made

    try:
        tree = json.loads(text, object_pairs_hook=pairs_to_object, parse_float=Decimal, parse_constant=Decimal)
    except json.JSONDecodeError as error:
        raise _refusal(f"no valid JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise _refusal("lists or objects nested hundreds deep", "the few levels that a care plan has") from None
    except ValueError:  # Python's own limit on the digits of a whole number
        raise _refusal("a number of thousands of digits", "numbers that a person can read") from None
    if not isinstance(tree, dict):
        raise _refusal(found(tree), "an object")
    return tree, _doubled_keys(tree, doubled)


def _decoded(source: str | bytes) -> str:
    if len(source) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1024**2} MiB"
        raise _refusal(f"more than {limit}", f"at most {limit}", "a care plan has well under 1 MiB")
    if isinstance(source, str):
        text = source
    else:
        encoding = json.detect_encoding(source)
        if encoding in _ENCODINGS:
            raise _refusal(f"text in {_ENCODINGS[encoding]}", "UTF-8", "save it as UTF-8")
        try:
            text = source.decode()
        except UnicodeDecodeError as error:
            place = f"byte {error.start + 1}, 0x{source[error.start]:02x}"
            raise _refusal(f"text that is not UTF-8 ({place})", "UTF-8", "save it as UTF-8") from None
    if text.startswith("\ufeff"):
        raise _refusal("a byte order mark", "UTF-8 without one", "save it as UTF-8 without BOM")
    if not text.strip():
        raise _refusal("nothing", "a care plan as JSON")
    return text


def _refusal(fault: str, expected: str = "", hint: str = "") -> PlanError:
    return PlanError((Problem("$", fault, expected, hint),))


def _doubled_keys(tree: object, doubled: list[tuple[dict[str, Any], list[str]]]) -> list[Problem]:
    """Find where the objects with doubled keys stand; one that was itself dropped is part of what was doubled."""
    if not doubled:
        return []
    keys_of = {id(item): names for item, names in doubled}
    problems: list[Problem] = []
    open_nodes: list[tuple[Path, object]] = [((), tree)]
    while open_nodes:
        path, node = open_nodes.pop()
        problems += [
            Problem(path_text((*path, name)), "the same key stands twice", hint="keep one of them")
            for name in keys_of.get(id(node), ())
        ]
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        open_nodes += [((*path, step), child) for step, child in children if isinstance(child, dict | list)]
    return problems
