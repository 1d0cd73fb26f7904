"""Plans that follow the guidelines must stay quiet."""

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

import careplan as cp
from tests.checks.cases import FOLDER, ON, plan

SOUND: Mapping[str, dict[str, Any]] = {
    each["name"]: each
    for each in tomllib.loads((FOLDER.parent / "sound-plans.toml").read_text(encoding="utf-8"))["plan"]
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_plan_is_quiet(name: str) -> None:
    differs = SOUND[name]
    report = cp.review(plan(differs), on=ON)
    assert [str(finding) for finding in report.at_least(cp.Severity.WARNING)] == []
    cautions = {finding.rule: finding.message for finding in report.at_least(cp.Severity.CAUTION)}
    assert cautions.keys() == {*differs.get("accepts", ())}, cautions
    assert [str(gap) for gap in report.not_assessed if gap.severity > cp.Severity.INFO] == []
