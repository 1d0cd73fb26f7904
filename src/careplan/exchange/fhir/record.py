"""A record as it arrives, JSON or objects, Bundle, list or one resource, laid out as a flat list of entries."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from careplan.exchange.fhir.node import Node, writable

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
    type: str
    """Resource type; "nothing" where none can be told."""
    name: str
    """Type and id as references write them: ``Patient/17``."""
    url: str | None = None
    broken: str | None = None
    """Why there is nothing to read."""

    @classmethod
    def of(cls, path: str, data: Mapping[str, Any], *, url: str | None = None, broken: str | None = None) -> "Entry":
        """Make the entry of a resource."""
        kind, own = data.get("resourceType"), data.get("id")
        kind = writable(kind) if isinstance(kind, str) and kind else "nothing"
        name = f"{kind}/{writable(own)}" if isinstance(own, str) and own else kind
        return cls(path=path, data=data, type=kind, name=name, url=url, broken=broken)


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
        return [Entry.of("$", source)]
    if isinstance(source, Sequence) and not isinstance(source, str | bytes | bytearray):
        return [entry for number, item in enumerate(source) for entry in _resource(item, f"$[{number}]", None, 0)]
    raise FhirError("$", f"expected a FHIR Bundle, found {type(source).__name__}")


def _bundle(bundle: Mapping[str, Any], path: str, depth: int) -> Iterator[Entry]:
    listed = bundle.get("entry", [])
    if not isinstance(listed, list | tuple):
        if depth == 0:
            raise FhirError(f"{path}.entry", "expected a list of entries")
        yield Entry.of(path, bundle, broken="its entry is not a list")
        return
    if depth and not listed:
        yield Entry.of(path, bundle)
    for number, item in enumerate(listed):
        place = f"{path}.entry[{number}]"
        if not isinstance(item, Mapping):
            yield Entry.of(place, {}, broken="the entry is not an object")
            continue
        url = item.get("fullUrl")
        if "resource" in item:
            yield from _resource(item["resource"], f"{place}.resource", url if isinstance(url, str) else None, depth)
        else:
            yield Entry.of(place, {}, broken="the entry holds no resource")


def _resource(item: object, path: str, url: str | None, depth: int) -> Iterator[Entry]:
    if not isinstance(item, Mapping):
        yield Entry.of(path, {}, broken="the resource is not an object")
    elif item.get("resourceType") == "Bundle" and depth < _NESTING:
        yield from _bundle(item, path, depth + 1)
    elif not isinstance(item.get("resourceType"), str):
        yield Entry.of(path, item, url=url, broken="no resourceType says what it is")
    else:
        yield Entry.of(path, item, url=url)


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
