"""Quantities of a record in the closed set of units: by UCUM code, else by words, never by guessing a unit."""

from decimal import Decimal
from fractions import Fraction

from careplan.exchange.fhir.account import Kind
from careplan.exchange.fhir.node import Node
from careplan.model import Quantity, Unit

_UNITS = {unit.value: unit for unit in Unit}

_SAME = {
    "mcg": Unit.UG, "ug/hr": Unit.UG_PER_H, "mcg/h": Unit.UG_PER_H, "mcg/hr": Unit.UG_PER_H, "mg/hr": Unit.MG_PER_H,
    "ml/hr": Unit.ML_PER_H, "mcg/kg": Unit.UG_PER_KG, "[drp]": Unit.DROP, "[IU]": Unit.IU, "IU": Unit.IU,
    "[IU]/L": Unit.IU_PER_L, "[IU]/mL": Unit.IU_PER_ML, "k[IU]/L": Unit.IU_PER_ML, "m[IU]/L": Unit.MILLI_IU_PER_L,
    "m[IU]/mL": Unit.IU_PER_L, "m[iU]/mL": Unit.IU_PER_L,
    "u[IU]/mL": Unit.MILLI_IU_PER_L, "u[iU]/mL": Unit.MILLI_IU_PER_L, "{beats}/min": Unit.PER_MIN,
    "{beat}/min": Unit.PER_MIN, "{breaths}/min": Unit.PER_MIN, "mL/min/1.73m2": Unit.ML_PER_MIN_173,
    "mL/min/1.73.m2": Unit.ML_PER_MIN_173, "mL/min/{1.73m2}": Unit.ML_PER_MIN_173, "mm[Hg]": Unit.MMHG,
    "10*3/mm3": Unit.CELLS_E3_PER_UL, "10*6/mm3": Unit.CELLS_E6_PER_UL, "/mm3": Unit.CELLS_PER_UL,
    "{cells}/uL": Unit.CELLS_PER_UL, "mEq/L": Unit.MEQ_PER_L, "umol/mmol": Unit.MMOL_PER_MOL, "{ratio}": Unit.ONE,
    "[score]": Unit.SCORE, "{Score}": Unit.SCORE, "[oz_av]": Unit.G, "[lb_av]": Unit.KG, "[degF]": Unit.CELSIUS,
    "ng/dL": Unit.UG_PER_L, "pg/mL": Unit.NG_PER_ML, "ng/L": Unit.NG_PER_ML,
}  # fmt: skip
"""Codes that mean a unit of the set, or convert into one by `_FACTORS`."""

_FACTORS = {
    "[lb_av]": (Fraction(45359237, 10**8), Fraction(0)), "[oz_av]": (Fraction(28349523125, 10**9), Fraction(0)),
    "[degF]": (Fraction(5, 9), Fraction(-160, 9)), "ng/dL": (Fraction(1, 100), Fraction(0)),
    "pg/mL": (Fraction(1, 1000), Fraction(0)), "ng/L": (Fraction(1, 1000), Fraction(0)),
}  # fmt: skip
"""Exact conversion (times, plus) of units outside the set; the result keeps the record's own words."""

_WORDS = {
    "in": "[in_i]", "inch": "[in_i]", "inches": "[in_i]", "lb": "[lb_av]", "lbs": "[lb_av]", "c": "Cel", "°c": "Cel",
    "degrees c": "Cel", "f": "[degF]", "°f": "[degF]", "mmhg": "mm[Hg]", "mm hg": "mm[Hg]", "kg/m²": "kg/m2",
    "k/ul": "10*3/uL", "m/ul": "10*6/uL", "10^3/ul": "10*3/uL", "x10e3/ul": "10*3/uL", "10^9/l": "10*9/L",
    "x10^9/l": "10*9/L", "10^12/l": "10*12/L", "x10^12/l": "10*12/L", "beats/min": "/min", "bpm": "/min",
    "/min": "/min", "beats/minute": "/min", "breaths/minute": "/min", "percent": "%", "inr": "{INR}",
    "score": "{score}", "points": "{score}", "ml/min/1.73m²": "mL/min/{1.73_m2}", "ml/min/1.73 m2": "mL/min/{1.73_m2}",
    "ml/min/1.73m^2": "mL/min/{1.73_m2}", "µmol/l": "umol/L", "μmol/l": "umol/L", "µg": "ug", "μg": "ug",
    "microgram": "ug", "micrograms": "ug", "milligram": "mg", "milligrams": "mg", "gram": "g", "grams": "g",
    "µg/l": "ug/L", "μg/l": "ug/L", "iu/l": "[iU]/L", "miu/l": "m[iU]/L", "iu/ml": "[iU]/mL", "millilitre": "mL",
    "millilitres": "mL", "milliliter": "mL", "milliliters": "mL", "micrograms/hour": "ug/h", "microgram/hour": "ug/h",
    "mcg/hour": "ug/h",
}  # fmt: skip

_FOLDED = {code.casefold(): code for code in (*_SAME, *_UNITS)} | _WORDS

_DOSE_FORMS = {
    Unit.TABLET: "tab tabs tablet tablets {tbl} {tab} {tablets} ertab cptab 385055001 428673006 732936001 tablet(s)",
    Unit.CAPSULE: "cap caps capsule capsules {capsules} ercap 385049006 732937005 capsule(s)",
    Unit.PATCH: "patch patches tpatch {patches} 385114002 patch(es)",
    Unit.SUPPOSITORY: "supp suppository suppositories rectsupp {suppositories}",
    Unit.SACHET: "sachet sachets {sachets}",
    Unit.PUFF: "puff puffs {puffs} {actuat} actuation actuations",
    Unit.DROP: "drop drops opdrop otdrop nasdrop {drops} gtt",
    Unit.APPLICATION: "application applications {applications}",
    Unit.INJECTION: "injection injections {injections}",
    Unit.DOSE: "dose doses {doses}",
    Unit.IU: "u unt units",
}
_DOSE_WORDS = {word: unit for unit, words in _DOSE_FORMS.items() for word in words.split()}


def read_quantity(node: Node, what: str, *, dose: bool = False) -> Quantity | None:
    """Read a Quantity in its own unit; None with a note if value or unit is missing, unknown or impossible.

    `dose` allows dose forms (tablet, patch) and reads ``U`` as international units.
    """
    value = node.number("value")
    if value is None:
        node.note(Kind.UNUSABLE, "value", what, "an amount without a number")
        return None
    code = _code(node, what, dose=dose)
    if code is None:
        words = " ".join(filter(None, (str(value), node.text("unit") or node.text("code"))))
        node.note(Kind.UNMAPPED, "unit", what, "its unit is missing or not one that this library knows", words)
        return None
    return measured(node, value, code, what)


def measured(node: Node, value: Decimal, code: str | Unit, what: str) -> Quantity | None:
    """Make a Quantity of a number and a unit (or code that converts); None with a note if it is beyond any range."""
    unit = code if isinstance(code, Unit) else _UNITS.get(code) or _SAME[code]
    try:
        checked = Quantity(value, unit)
        if code not in _FACTORS:
            return checked
        times, plus = _FACTORS[code]
        exact = Fraction(value) * times + plus
        return Quantity(Decimal(exact.numerator) / Decimal(exact.denominator), unit)
    except ValueError as error:
        node.note(Kind.UNUSABLE, "value", what, str(error))
        return None


def _code(node: Node, what: str, *, dose: bool) -> str | Unit | None:
    """Find the unit of the set, or the code that converts into one."""
    code, words = node.text("code"), node.text("unit")
    if code in _UNITS or code in _SAME:
        if _contradicted(code, words, dose=dose):
            node.note(Kind.UNUSABLE, "unit", what, f"code and unit contradict each other: {code} and {words}")
            return None
        return code
    for text in filter(None, (code, words)):
        folded = text.casefold()
        if dose and folded in _DOSE_WORDS:
            return _DOSE_WORDS[folded]
        if folded in _FOLDED:
            if text is words and code is not None:
                node.note(Kind.GUESSED, "unit", what, f"the code {code!r} is not known: read by its words", words)
            return _FOLDED[folded]
    return None


def _contradicted(code: str, words: str | None, *, dose: bool) -> bool:
    """Whether the unit in words is another amount of the same thing (mg for ug), or for a dose another thing."""
    folded = (words or "").casefold()
    named = (_DOSE_WORDS.get(folded) if dose else None) or _FOLDED.get(folded)
    if named is None:
        return False
    one, other = (_UNITS.get(text) or _SAME[text] for text in (code, named))
    same = one is other and _FACTORS.get(code) == _FACTORS.get(named)
    return not same and (dose or one.kind is other.kind)
