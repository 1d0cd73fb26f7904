"""What differs between two editions of the knowledge base, in lines of text."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from careplan.knowledge.difference import Difference, Kind

_SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~"}
_NAMING = (
    "kind",
    "factor",
    "condition",
    "tests",
    "stage",
    "phase",
    "route",
    "form",
    "indication",
    "key",
    "jurisdiction",
)


def difference_lines(found: Iterable[Difference]) -> Iterator[str]:
    """One line for each entry that differs, and one for each fact or value of it."""
    count = 0
    for (section, name), group in groupby(found, key=lambda each: (each.section, each.id)):
        differences = list(group)
        count += len(differences)
        whole = [each for each in differences if not each.part]
        sign = _SIGNS[whole[0].kind] if whole else "~"
        yield f"{sign} {section.replace('_', ' ')} {name}"
        yield from (f"    {_SIGNS[each.kind]} {each.part}{_told(each)}" for each in differences if each.part)
    yield f"{count} differences" if count else "No difference"


def _told(difference: Difference) -> str:
    if difference.kind is not Kind.CHANGED:
        return f": {_shown(difference.after or difference.before)}"
    about = {key: value for key, value in difference.about.items() if key in _NAMING}
    keys = dict.fromkeys((*difference.before, *difference.after))
    changes = (f"{key} {_value(difference.before, key)} → {_value(difference.after, key)}" for key in keys)
    return f"{f' ({_shown(about)})' if about else ''}: {'; '.join(changes)}"


def _shown(raw: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {_value(raw, key)}" for key in raw)


def _value(raw: Mapping[str, Any], key: str) -> str:
    if key not in raw:
        return "not stated"
    value = raw[key]
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)
