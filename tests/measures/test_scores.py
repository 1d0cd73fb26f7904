import pytest

from careplan.measures import GiFactor, GiTier, Scale, anticholinergic_burden, nsaid_gi_risk

NONE = dict.fromkeys(GiFactor, False)


@pytest.mark.parametrize(
    ("present", "points", "tier"),
    [
        ((), 0, GiTier.LOW),
        ((GiFactor.AGE,), 1, GiTier.MODERATE),
        ((GiFactor.AGE, GiFactor.SSRI_SNRI), 2, GiTier.MODERATE),
        ((GiFactor.ANTIPLATELET, GiFactor.ANTICOAGULANT, GiFactor.ULCER), 3, GiTier.HIGH),
        ((GiFactor.BLEED,), 3, GiTier.HIGH),
        (tuple(GiFactor), 14, GiTier.HIGH),
    ],
)
def test_gi_risk_tiers(present: tuple[GiFactor, ...], points: int, tier: GiTier) -> None:
    risk = nsaid_gi_risk({**NONE, **dict.fromkeys(present, True)})
    assert risk.at_least == risk.at_most == points
    assert risk.tier is tier


def test_what_is_unknown_makes_the_gi_score_a_range() -> None:
    risk = nsaid_gi_risk({**NONE, GiFactor.AGE: True, GiFactor.ALCOHOL_SMOKING: None})
    assert (risk.at_least, risk.at_most, risk.tier) == (1, 2, GiTier.MODERATE)
    wider = nsaid_gi_risk({**NONE, GiFactor.AGE: True, GiFactor.BLEED: None})
    assert (wider.at_least, wider.at_most, wider.tier) == (1, 4, None)


def test_nothing_asked_is_nothing_known() -> None:
    risk = nsaid_gi_risk({})
    assert set(risk.unknown) == set(GiFactor)
    assert risk.tier is None


def test_anticholinergic_burden_names_its_scale_and_what_it_does_not_list() -> None:
    burden = anticholinergic_burden({"amitriptyline": 3, "tramadol": 1, "duloxetine": None})
    assert burden.total == 4
    assert burden.scale is Scale.ACB
    assert burden.unlisted == ("duloxetine",)


def test_scores_outside_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="amitriptyline 4"):
        anticholinergic_burden({"amitriptyline": 4})
