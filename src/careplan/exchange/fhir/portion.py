"""How much one dose is: the amount of a Dosage, or the rate at which it runs."""

from decimal import Decimal

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.amount import read_quantity
from careplan.exchange.fhir.article import Article
from careplan.exchange.fhir.concept import read_concept
from careplan.exchange.fhir.node import Node
from careplan.model import Dimension, Quantity

RATES = (Dimension.MASS_RATE, Dimension.VOLUME_RATE)


def read_portion(node: Node, article: Article, remarks: list[str]) -> Quantity | None:
    """Read the amount of one dose, or its rate; None, with a note and a remark, if there is no single one."""
    listed = node.children("doseAndRate") or ([node] if "doseQuantity" in node.data else [])
    ordered = [item for item in listed if read_concept(item, "type").code(("ordered",))] or listed
    if len(ordered) > 1:
        node.note(Kind.UNMAPPED, "doseAndRate", "dose", f"{len(ordered)} amounts are given: none is chosen")
    if len(ordered) != 1:
        return None
    item = ordered[0]
    for key in ("doseRange", "rateRange"):
        bounds = item.child(key)
        if bounds is not None:
            span = _span(bounds)
            item.note(Kind.UNMAPPED, key, "dose", "a range of amounts: none of them is chosen", span)
            remarks.append(f"amount as recorded: {span}")
            return None
    amount = _dose_quantity(item, article, remarks) if "doseQuantity" in item.data else _rate(item)
    if amount is not None and amount.value <= 0:
        item.note(Kind.UNUSABLE, "doseQuantity", "dose", "an amount must be more than 0", amount)
        return None
    return amount


def _span(bounds: Node) -> str:
    ends = [end for end in (bounds.child("low"), bounds.child("high")) if end is not None]
    values = [end.shown("value") for end in ends]
    units = [end.text("unit") or end.text("code") for end in ends]
    return " ".join(filter(None, ("-".join(values), units[-1] if units else None)))


def _dose_quantity(item: Node, article: Article, remarks: list[str]) -> Quantity | None:
    quantity = item.child("doseQuantity")
    if quantity is None:
        return None
    if "rateRatio" in item.data or "rateQuantity" in item.data:
        item.note(Kind.UNMAPPED, "", "rate of infusion", "dose and rate are given: the rate is not kept")
        remarks.append("a rate of infusion is recorded")
    bare = quantity.text("unit") in (None, "ea", "each", "1") and quantity.text("code") in (None, "ea", "each", "1")
    value, counted = quantity.data.get("value"), article.counted
    if bare and value is not None and counted is not None:
        number = quantity.number("value")
        if number is not None:
            why = f"no unit is given: taken as {counted.value}, from the product's name"
            quantity.note(Kind.GUESSED, "unit", "dose", why, value)
            return Quantity(number, counted)
    known = read_quantity(quantity, "dose", dose=True)
    if known is None and value is not None:
        words = (quantity.shown("value"), quantity.text("unit") or quantity.text("code") or "of no unit")
        remarks.append(f"amount as recorded: {' '.join(words)}")
    return known


def _rate(item: Node) -> Quantity | None:
    quantity, ratio = item.child("rateQuantity"), item.child("rateRatio")
    if ratio is not None:
        above, below = ratio.child("numerator"), ratio.child("denominator")
        if above is None or below is None:
            return None
        code = f"{above.text('code') or above.text('unit')}/{below.text('code') or below.text('unit')}"
        quantity = Node({"value": above.number("value"), "code": code}, ratio.path, item.notes)
        if below.number("value") not in (None, Decimal(1)):
            ratio.note(Kind.UNMAPPED, "", "rate", "not a rate per one unit of time", code)
            return None
    if quantity is None:
        return None
    rate = read_quantity(quantity, "rate")
    if rate is not None and rate.unit.dimension not in RATES:
        quantity.note(Kind.UNMAPPED, "", "rate", "not a rate that this library knows", rate)
        return None
    return rate
