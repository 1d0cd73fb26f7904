"""Amounts with a unit: a Decimal and one of a closed set of UCUM units, with exact conversions."""

import re
from decimal import Decimal
from enum import Enum, StrEnum
from fractions import Fraction
from functools import total_ordering
from typing import Self

from attrs import field, frozen

from careplan.model._check import finite


class UnitError(ValueError):
    """Two units cannot be converted into each other, or a text names no known unit."""


class Dimension(Enum):
    """What a unit measures. Only units of one dimension convert into each other."""

    MASS = "mass"
    VOLUME = "volume"
    COUNT = "count"
    """Tablets, patches, applications: things that are counted."""
    LENGTH = "length"
    TIME = "time"
    MASS_RATE = "mass per time"
    VOLUME_RATE = "volume per time"
    NORMALISED_VOLUME_RATE = "volume per time, for a body surface of 1.73 m2"
    """Kept apart from VOLUME_RATE: eGFR and creatinine clearance are different tests."""
    MASS_PER_BODY_MASS = "mass per body weight"
    MASS_CONCENTRATION = "mass concentration"
    SUBSTANCE_CONCENTRATION = "substance concentration"
    CELL_CONCENTRATION = "cells per volume"
    CATALYTIC_CONCENTRATION = "enzyme activity per volume"
    INTERNATIONAL_UNITS = "international units"
    INTERNATIONAL_UNIT_CONCENTRATION = "international units per volume"
    PRESSURE = "pressure"
    TEMPERATURE = "temperature"
    BODY_MASS_INDEX = "body mass per square of height"
    MASS_RATIO = "mass per amount of substance"
    RATE = "events per time"
    FRACTION = "fraction"
    NUMBER = "number"
    """Scores, ratios such as the INR, and other plain numbers."""
    MEAN_CELL_VOLUME = "volume of one cell"
    SUBSTANCE_RATIO = "amount of substance ratio"
    EQUIVALENT_CONCENTRATION = "equivalents per volume"
    SEDIMENTATION = "length per time"
    ALCOHOL = "alcohol per week"


class Unit(StrEnum):
    """Units of this library by their UCUM codes (https://ucum.org). Annotations in braces are UCUM's too."""

    dimension: Dimension
    factor: Fraction

    def __new__(cls, code: str, dimension: Dimension = Dimension.NUMBER, factor: str = "1") -> Self:
        """Make a member that carries its dimension and its size in the base unit of that dimension."""
        unit = str.__new__(cls, code)
        unit._value_ = code
        unit.dimension = dimension
        unit.factor = Fraction(factor)
        return unit

    KG = "kg", Dimension.MASS, "1000000"
    G = "g", Dimension.MASS, "1000"
    MG = "mg", Dimension.MASS, "1"
    UG = "ug", Dimension.MASS, "1/1000"
    NG = "ng", Dimension.MASS, "1/1000000"
    L = "L", Dimension.VOLUME, "1000"
    DL = "dL", Dimension.VOLUME, "100"
    ML = "mL", Dimension.VOLUME, "1"
    TABLET = "{tablet}", Dimension.COUNT
    CAPSULE = "{capsule}", Dimension.COUNT
    SACHET = "{sachet}", Dimension.COUNT
    SUPPOSITORY = "{suppository}", Dimension.COUNT
    PATCH = "{patch}", Dimension.COUNT
    PUFF = "{puff}", Dimension.COUNT
    DROP = "{drop}", Dimension.COUNT
    APPLICATION = "{application}", Dimension.COUNT
    INJECTION = "{injection}", Dimension.COUNT
    DOSE = "{dose}", Dimension.COUNT
    CM = "cm", Dimension.LENGTH, "1"
    M = "m", Dimension.LENGTH, "100"
    INCH = "[in_i]", Dimension.LENGTH, "254/100"
    SECOND = "s", Dimension.TIME, "1000"
    MILLISECOND = "ms", Dimension.TIME, "1"
    MG_PER_H = "mg/h", Dimension.MASS_RATE, "1000"
    UG_PER_H = "ug/h", Dimension.MASS_RATE, "1"
    MG_PER_DAY = "mg/d", Dimension.MASS_RATE, "1000/24"
    UG_PER_DAY = "ug/d", Dimension.MASS_RATE, "1/24"
    ML_PER_H = "mL/h", Dimension.VOLUME_RATE, "1/60"
    ML_PER_MIN = "mL/min", Dimension.VOLUME_RATE, "1"
    ML_PER_S = "mL/s", Dimension.VOLUME_RATE, "60"
    ML_PER_MIN_173 = "mL/min/{1.73_m2}", Dimension.NORMALISED_VOLUME_RATE, "1"
    MG_PER_KG = "mg/kg", Dimension.MASS_PER_BODY_MASS, "1"
    UG_PER_KG = "ug/kg", Dimension.MASS_PER_BODY_MASS, "1/1000"
    G_PER_L = "g/L", Dimension.MASS_CONCENTRATION, "1000"
    G_PER_DL = "g/dL", Dimension.MASS_CONCENTRATION, "10000"
    MG_PER_L = "mg/L", Dimension.MASS_CONCENTRATION, "1"
    MG_PER_DL = "mg/dL", Dimension.MASS_CONCENTRATION, "10"
    UG_PER_L = "ug/L", Dimension.MASS_CONCENTRATION, "1/1000"
    UG_PER_DL = "ug/dL", Dimension.MASS_CONCENTRATION, "1/100"
    UG_PER_ML = "ug/mL", Dimension.MASS_CONCENTRATION, "1"
    NG_PER_ML = "ng/mL", Dimension.MASS_CONCENTRATION, "1/1000"
    MG_PER_ML = "mg/mL", Dimension.MASS_CONCENTRATION, "1000"
    MOL_PER_L = "mol/L", Dimension.SUBSTANCE_CONCENTRATION, "1000"
    MMOL_PER_L = "mmol/L", Dimension.SUBSTANCE_CONCENTRATION, "1"
    UMOL_PER_L = "umol/L", Dimension.SUBSTANCE_CONCENTRATION, "1/1000"
    NMOL_PER_L = "nmol/L", Dimension.SUBSTANCE_CONCENTRATION, "1/1000000"
    PMOL_PER_L = "pmol/L", Dimension.SUBSTANCE_CONCENTRATION, "1/1000000000"
    MEQ_PER_L = "meq/L", Dimension.EQUIVALENT_CONCENTRATION
    CELLS_E9_PER_L = "10*9/L", Dimension.CELL_CONCENTRATION, "1000"
    CELLS_E12_PER_L = "10*12/L", Dimension.CELL_CONCENTRATION, "1000000"
    CELLS_E3_PER_UL = "10*3/uL", Dimension.CELL_CONCENTRATION, "1000"
    CELLS_E6_PER_UL = "10*6/uL", Dimension.CELL_CONCENTRATION, "1000000"
    CELLS_PER_UL = "/uL", Dimension.CELL_CONCENTRATION, "1"
    U_PER_L = "U/L", Dimension.CATALYTIC_CONCENTRATION, "1"
    UKAT_PER_L = "ukat/L", Dimension.CATALYTIC_CONCENTRATION, "60"
    IU = "[iU]", Dimension.INTERNATIONAL_UNITS
    IU_PER_L = "[iU]/L", Dimension.INTERNATIONAL_UNIT_CONCENTRATION, "1"
    IU_PER_ML = "[iU]/mL", Dimension.INTERNATIONAL_UNIT_CONCENTRATION, "1000"
    MILLI_IU_PER_L = "m[iU]/L", Dimension.INTERNATIONAL_UNIT_CONCENTRATION, "1/1000"
    MMHG = "mm[Hg]", Dimension.PRESSURE, "1"
    KPA = "kPa", Dimension.PRESSURE, "1000000/133322"
    CELSIUS = "Cel", Dimension.TEMPERATURE
    KG_PER_M2 = "kg/m2", Dimension.BODY_MASS_INDEX
    MG_PER_MMOL = "mg/mmol", Dimension.MASS_RATIO, "1"
    MG_PER_G = "mg/g", Dimension.FRACTION, "1/1000"
    MMOL_PER_MOL = "mmol/mol", Dimension.SUBSTANCE_RATIO, "1/1000"
    PER_MIN = "/min", Dimension.RATE
    PERCENT = "%", Dimension.FRACTION, "1/100"
    ONE = "1", Dimension.NUMBER, "1"
    SCORE = "{score}", Dimension.NUMBER, "1"
    INR = "{INR}", Dimension.NUMBER, "1"
    COUNT = "{count}", Dimension.NUMBER, "1"
    FEMTOLITRE = "fL", Dimension.MEAN_CELL_VOLUME
    PICOGRAM = "pg", Dimension.MASS, "1/1000000000"
    MM_PER_H = "mm/h", Dimension.SEDIMENTATION
    DAY = "d", Dimension.TIME, "86400000"
    WEEK = "wk", Dimension.TIME, "604800000"
    ALCOHOL_UNITS_PER_WEEK = "{alcohol_unit}/wk", Dimension.ALCOHOL

    @property
    def kind(self) -> "Dimension | Unit":
        """What must be equal for two units to convert: the dimension, but a tablet is never a capsule."""
        return self if self.dimension in (Dimension.COUNT, Dimension.TEMPERATURE) else self.dimension


_TEXT = re.compile(r"(?P<value>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>\S+)")
_SPELLINGS = {
    "mcg": "ug", "µg": "ug", "μg": "ug", "microgram": "ug", "micrograms": "ug", "mcg/h": "ug/h", "µg/h": "ug/h",
    "tablet": "{tablet}", "tablets": "{tablet}", "capsule": "{capsule}", "capsules": "{capsule}",
    "patch": "{patch}", "patches": "{patch}", "sachet": "{sachet}", "sachets": "{sachet}", "puff": "{puff}",
    "puffs": "{puff}", "ml": "mL", "l": "L", "units": "[iU]", "mmHg": "mm[Hg]", "10^9/L": "10*9/L",
    "10^12/L": "10*12/L",
}  # fmt: skip


def _exact(value: Fraction) -> Decimal:
    """Give the fraction as a Decimal: exact where it ends, else to 28 significant digits."""
    return Decimal(value.numerator) / Decimal(value.denominator)


@total_ordering
@frozen(repr=False, order=False, eq=False)
class Quantity:
    """An amount: a finite Decimal and a unit. ``Quantity.parse("7.5 mg")`` reads one from text.

    Equality and order compare amounts, so ``1 g == 1000 mg``; across dimensions ``==`` is False and ``<`` raises.
    """

    value: Decimal = field(validator=finite)
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "7.5 mg", "12 micrograms/h" or "2 tablets". Raises UnitError with the text that was not understood."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise UnitError(f"{text!r} is not an amount: write a number and a unit, as in '7.5 mg'")
        code = match["unit"]
        try:
            return cls(Decimal(match["value"]), Unit(_SPELLINGS.get(code, code)))
        except ValueError:
            raise UnitError(f"{code!r} in {text!r} is not a known unit; use a UCUM code such as mg, ug, mL") from None

    def to(self, unit: Unit, *, molar_mass: Decimal | None = None) -> "Quantity":
        """Convert exactly to `unit`.

        `molar_mass` (g/mol, that is mg/mmol) of the analyte allows mass concentration ↔ substance concentration;
        without it, and for any other pair of dimensions, UnitError is raised.
        """
        if unit is self.unit:
            return self
        amount = Fraction(self.value) * self.unit.factor
        source, target = self.unit.dimension, unit.dimension
        if {source, target} == {Dimension.MASS_CONCENTRATION, Dimension.SUBSTANCE_CONCENTRATION}:
            if molar_mass is None:
                raise UnitError(f"{self} cannot be converted to {unit.value} without the analyte's molar mass")
            to_substance = target is Dimension.SUBSTANCE_CONCENTRATION
            amount = amount / Fraction(molar_mass) if to_substance else amount * Fraction(molar_mass)
        elif self.unit.kind is not unit.kind:
            raise UnitError(f"{self} cannot be converted to {unit.value}: {source.value} is not {target.value}")
        return Quantity(_exact(amount / unit.factor), unit)

    def _base(self) -> Fraction:
        return Fraction(self.value) * self.unit.factor

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.unit.kind is other.unit.kind and self._base() == other._base()

    def __hash__(self) -> int:
        return hash((self.unit.kind, self._base()))

    def __lt__(self, other: "Quantity") -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.value < other.to(self.unit).value

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.value + other.to(self.unit).value, self.unit)

    def __mul__(self, times: Decimal | int) -> "Quantity":
        return Quantity(self.value * times, self.unit)

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit.value}"

    def __repr__(self) -> str:
        return f"<{self}>"


def plain(value: Decimal) -> str:
    """Write a Decimal without exponent and without trailing zeros after the point: 15, 7.5, 0.25."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
