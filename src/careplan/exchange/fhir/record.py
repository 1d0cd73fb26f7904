"""A record as it arrives, JSON or objects, Bundle, list or one resource, laid out as a flat list of entries."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from careplan.exchange.fhir.node import Node

_NESTING = 4


class FhirError(ValueError):
    """The input is not a FHIR record that can be imported. `path` says where, the message what to do."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@frozen(kw_only=True)
class Entry:
    """One resource of the record, or what stands in the place of one."""

    path: str
    data: Mapping[str, Any]
    url: str | None = None
    broken: str | None = None
    """Why there is nothing to read."""

    @property
    def type(self) -> str:
        """Resource type; "nothing" where none can be told."""
        name = self.data.get("resourceType")
        return name if isinstance(name, str) and name else "nothing"

    @property
    def name(self) -> str:
        """Type and id as references write them: ``Patient/17``."""
        own = self.data.get("id")
        return f"{self.type}/{own}" if isinstance(own, str) and own else self.type


def parse(source: Mapping[str, Any] | Sequence[Any] | str | bytes) -> object:
    """Turn JSON text into objects with exact decimals; objects pass as they are. Raises FhirError."""
    if not isinstance(source, str | bytes | bytearray):
        return source
    try:
        parsed: object = json.loads(source, parse_float=Decimal, parse_constant=_refuse)
    except RecursionError:
        raise FhirError("$", "the JSON is nested too deeply to be a record") from None
    except UnicodeDecodeError as error:
        raise FhirError("$", f"not UTF-8 text (byte {error.start}); send FHIR JSON") from None
    except json.JSONDecodeError as error:
        xml = " (it looks like XML; only FHIR JSON is read)" if error.doc.lstrip().startswith("<") else ""
        raise FhirError("$", f"not JSON{xml}: {error.msg}, line {error.lineno} column {error.colno}") from None
    except ArithmeticError:
        raise FhirError("$", "a number that is beyond any range") from None
    except ValueError as error:
        raise FhirError("$", f"not JSON: {error}") from None
    return parsed


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def entries(source: object) -> list[Entry]:
    """List the resources of a Bundle, of a list, or one resource alone. Raises FhirError for anything else."""
    if isinstance(source, Mapping):
        if not isinstance(source.get("resourceType"), str):
            raise FhirError("$.resourceType", "missing: expected a FHIR Bundle, a resource, or a list of resources")
        if source["resourceType"] == "Bundle":
            return list(_bundle(source, "$", 0))
        return [Entry(path="$", data=source)]
    if isinstance(source, Sequence) and not isinstance(source, str | bytes | bytearray):
        return [entry for number, item in enumerate(source) for entry in _resource(item, f"$[{number}]", None, 0)]
    raise FhirError("$", f"expected a FHIR Bundle, found {type(source).__name__}")


def _bundle(bundle: Mapping[str, Any], path: str, depth: int) -> Iterator[Entry]:
    listed = bundle.get("entry", [])
    if not isinstance(listed, list | tuple):
        if depth == 0:
            raise FhirError(f"{path}.entry", "expected a list of entries")
        yield Entry(path=path, data=bundle, broken="its entry is not a list")
        return
    for number, item in enumerate(listed):
        place = f"{path}.entry[{number}]"
        if not isinstance(item, Mapping):
            yield Entry(path=place, data={}, broken="the entry is not an object")
            continue
        url = item.get("fullUrl")
        if "resource" in item:
            yield from _resource(item["resource"], f"{place}.resource", url if isinstance(url, str) else None, depth)
        else:
            yield Entry(path=place, data={}, broken="the entry holds no resource")


def _resource(item: object, path: str, url: str | None, depth: int) -> Iterator[Entry]:
    if not isinstance(item, Mapping):
        yield Entry(path=path, data={}, broken="the resource is not an object")
    elif item.get("resourceType") == "Bundle" and depth < _NESTING:
        yield from _bundle(item, path, depth + 1)
    elif not isinstance(item.get("resourceType"), str):
        yield Entry(path=path, data=item, url=url, broken="no resourceType says what it is")
    else:
        yield Entry(path=path, data=item, url=url)


@frozen
class Index:
    """Where references lead: full URLs and ``Type/id`` names of the record."""

    by_url: dict[str, Entry] = field(factory=dict)
    by_name: dict[str, Entry] = field(factory=dict)

    @classmethod
    def of(cls, listed: Sequence[Entry]) -> "Index":
        """Index the entries; of two with one name the first counts."""
        index = cls()
        for entry in listed:
            if entry.broken is None:
                if entry.url:
                    index.by_url.setdefault(entry.url, entry)
                index.by_name.setdefault(entry.name, entry)
        return index

    def find(self, reference: str, inside: Node) -> Node | None:
        """Return the resource that `reference` of the resource `inside` means, or None if it is not in the record.

        Notes about it go where notes about `inside` go.
        """
        if reference.startswith("#"):
            contained = inside.children("contained")
            return next((node for node in contained if node.data.get("id") == reference[1:]), None)
        entry = self.entry(reference)
        return Node(entry.data, entry.path, inside.notes) if entry is not None else None

    def entry(self, reference: str) -> Entry | None:
        """Return the entry that a reference (absolute, relative, or urn:uuid) means."""
        plain = reference.partition("/_history/")[0]
        found = self.by_url.get(plain)
        if found is not None:
            return found
        named = self.by_name.get("/".join(plain.split("/")[-2:]))
        elsewhere = plain.startswith("http") and named is not None and (named.url or "").startswith("http")
        return None if elsewhere else named
