"""Numbers of an Observation: value, unit, bound, and the laboratory's upper limit of normal."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.amount import measured, read_quantity
from careplan.exchange.fhir.concept import read_concept
from careplan.exchange.fhir.node import Node
from careplan.exchange.fhir.terminology import Numbered
from careplan.model import Comparator, Dimension, Quantity, Result, ResultStatus, Unit, UnitError

_COMPARATORS = {"<": Comparator.LESS, "<=": Comparator.LESS, ">": Comparator.GREATER, ">=": Comparator.GREATER}


def read_result(node: Node, test: Numbered, day: date, status: ResultStatus) -> Iterator[Result]:
    """Read the number of an Observation or component in its own unit; nothing, with a note, if it does not fit."""
    quantity = node.child("valueQuantity") or Node({"value": node.data.get("valueInteger")}, node.path, node.notes)
    bound = quantity.text("comparator")
    if bound is not None and bound not in _COMPARATORS:
        quantity.note(Kind.UNUSABLE, "comparator", test.id, "not a bound that is known: the value is not used", bound)
        return
    value = _value(quantity, test)
    if value is None:
        return
    if bound in ("<=", ">="):
        quantity.note(Kind.GUESSED, "comparator", "bound", f"taken as {_COMPARATORS[bound].value}", bound)
    yield Result(
        test=test.id,
        value=value,
        date=day,
        comparator=_COMPARATORS.get(bound or ""),
        upper_limit=_upper_limit(node, value, as_recorded=quantity.number("value") == value.value),
        status=status,
        text=_words(quantity, value),
    )


def _value(node: Node, test: Numbered) -> Quantity | None:
    """Read the value in a unit that fits the test; a bare number fits a test that counts."""
    counts = next((unit for unit in sorted(test.units) if unit.dimension is Dimension.NUMBER), None)
    bare = node.text("code") is None and node.text("unit") is None
    number = node.number("value") if bare and counts is not None else None
    if number is not None and counts is not None:
        return measured(node, number, counts, test.id)
    value = read_quantity(node, test.id)
    if value is None:
        return None
    kinds = {unit.kind for unit in test.units}
    if value.unit.kind in kinds:
        return value
    if value.unit is Unit.IU_PER_L and Unit.U_PER_L.kind in kinds:  # laboratories write IU/L for enzymes too
        return Quantity(value.value, Unit.U_PER_L)
    node.note(Kind.UNUSABLE, "unit", test.id, "the unit does not belong to this test: not used", value)
    return None


def _words(node: Node, value: Quantity) -> str | None:
    """Keep the record's words where the unit had to be converted."""
    number = node.number("value")
    if number == value.value:
        return None
    return " ".join(filter(None, (str(number), node.text("code") or node.text("unit"))))


def _upper_limit(node: Node, value: Quantity, *, as_recorded: bool) -> Decimal | None:
    """Read the one upper limit of normal, in the unit of the value; a bare one only if that is `as_recorded`."""
    highs = [high for high in (item.child("high") for item in _normal(node)) if high is not None]
    if len(highs) > 1:
        node.note(Kind.UNMAPPED, "referenceRange", "upper limit", "several are given: none is chosen")
    if len(highs) != 1:
        return None
    high = highs[0]
    bare = high.text("code") is None and high.text("unit") is None
    number = high.number("value")
    limit = (
        Quantity(number, value.unit)
        if bare and as_recorded and number is not None
        else read_quantity(high, "upper limit")
    )
    try:
        found = limit.to(value.unit).value if limit is not None else None
    except UnitError as error:
        high.note(Kind.UNUSABLE, "unit", "upper limit", str(error))
        return None
    if found is not None and found <= 0:
        high.note(Kind.UNUSABLE, "value", "upper limit", "an upper limit must be more than 0", found)
        return None
    return found


def _normal(node: Node) -> list[Node]:
    """Find the reference ranges that are the normal one: not a target, nor a critical limit."""
    ranges = node.children("referenceRange")
    typed = [(item, read_concept(item, "type")) for item in ranges]
    return [item for item, kind in typed if not kind or kind.code(("normal", "N"))]
