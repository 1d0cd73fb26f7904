"""How likely an NSAID is to harm the stomach or bowel."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from attrs import frozen


class GiFactor(StrEnum):
    """What raises the risk, with its `points`."""

    points: int

    def __new__(cls, name: str, points: int = 1) -> Self:
        """Make a member that carries its points."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.points = points
        return member

    BLEED = "complicated-ulcer-or-bleed", 3
    """A complicated ulcer or gastrointestinal bleed ever; forces the high tier."""
    ULCER = "uncomplicated-ulcer"
    AGE = "age-65"
    """65 years or more."""
    NSAID_LOAD = "nsaid-load"
    """More than 75 % of the NSAID's daily maximum, or more than one NSAID."""
    ANTIPLATELET = "antiplatelet"
    ANTICOAGULANT = "anticoagulant"
    STEROID = "systemic-steroid"
    SSRI_SNRI = "ssri-or-snri"
    COMORBIDITY = "serious-comorbidity"
    """Established cardiovascular disease, eGFR below 60, diabetes or cirrhosis."""
    ALCOHOL_SMOKING = "alcohol-or-smoking"
    """More than 14 units of alcohol a week, or heavy smoking."""
    HELICOBACTER = "helicobacter-untreated"
    LONG_USE = "use-over-3-months"
    """Expected use of more than 3 months."""


class GiTier(StrEnum):
    """Tiers after the idea of ACG 2009: none, one or two, more than two."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @classmethod
    def of(cls, points: int) -> "GiTier":
        """0 is low, 1 to 2 moderate, 3 and more high."""
        if points == 0:
            return cls.LOW
        return cls.MODERATE if points <= 2 else cls.HIGH


@frozen(kw_only=True)
class GiRisk:
    """The score as far as it is known: at least `at_least` points, at most `at_most` once all is known."""

    present: tuple[GiFactor, ...]
    unknown: tuple[GiFactor, ...]

    @property
    def at_least(self) -> int:
        """Points of what is known to be there."""
        return sum(factor.points for factor in self.present)

    @property
    def at_most(self) -> int:
        """Points if everything unknown were there too."""
        return self.at_least + sum(factor.points for factor in self.unknown)

    @property
    def tier(self) -> GiTier | None:
        """The tier, or None while what is unknown could still change it."""
        low, high = GiTier.of(self.at_least), GiTier.of(self.at_most)
        return low if low is high else None


def nsaid_gi_risk(answers: Mapping[GiFactor, bool | None]) -> GiRisk:
    """NSAID gastrointestinal risk score of this library (points: ACG 2009, BNF, PINCER; see the members).

    One point each, three for a bleed ever. A factor that is None or missing from `answers` is unknown: it makes the
    score a range and never counts as absent.
    """
    return GiRisk(
        present=tuple(factor for factor in GiFactor if answers.get(factor)),
        unknown=tuple(factor for factor in GiFactor if answers.get(factor) is None),
    )
