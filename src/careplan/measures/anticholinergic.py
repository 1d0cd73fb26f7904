"""Anticholinergic burden: the total of a published scale over all medicines."""

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen


class Scale(StrEnum):
    """Which scale scored the drugs; totals of two scales are not comparable."""

    ACB = "acb"
    """Anticholinergic Cognitive Burden, 2012 update; a total of 3 or more is clinically relevant."""
    ARS = "ars"
    """Anticholinergic Risk Scale."""


@frozen(kw_only=True)
class Burden:
    """A total that is a floor as long as drugs are `unlisted`."""

    scale: Scale
    scores: tuple[tuple[str, int], ...]
    unlisted: tuple[str, ...]
    """Drugs that the scale does not score: not known, not 0."""

    @property
    def total(self) -> int:
        """Sum of the scores that are known."""
        return sum(score for _, score in self.scores)


def anticholinergic_burden(scores: Mapping[str, int | None], scale: Scale = Scale.ACB) -> Burden:
    """Add up the scores (0 to 3) of the drugs in `scores`, by drug id; None is a drug that the scale does not list.

    Raises ValueError for a score outside 0 to 3.
    """
    known = tuple(sorted((drug, score) for drug, score in scores.items() if score is not None))
    impossible = [f"{drug} {score}" for drug, score in known if not 0 <= score <= 3]
    if impossible:
        raise ValueError(f"scores of the {scale.value.upper()} scale are 0 to 3, not {', '.join(impossible)}")
    return Burden(
        scale=scale, scores=known, unlisted=tuple(sorted(drug for drug, score in scores.items() if score is None))
    )
