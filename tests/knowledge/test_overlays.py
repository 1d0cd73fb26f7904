"""A clinic's own folder, laid over the base: what it may say, and what it must say to correct something."""

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from careplan.knowledge import Change, Knowledge, KnowledgeError, load_knowledge
from careplan.knowledge.compilation import compile_folder
from careplan.knowledge.compiled import Section
from careplan.knowledge.inspection import check
from tests.knowledge.conftest import Base

EDITION = """
name = "{name}"
version = "3"
date = 2026-04-01
"""
MTX = "drugs/methotrexate.toml"
STRICTER = """
[[limit]]
replaces = {{ kind = "weekly", route = ["oral"], hard_above = 25 }}
kind = "weekly"
route = ["oral"]
warn_above = 15
hard_above = {most}
unit = "mg"
severity = "critical"
source = ["{source}"]
confidence = "verified"
"""
BASIS = 'source = ["bnf"]\nconfidence = "standard"\n'
OWN_SOURCE = """
[[source]]
id = "trust-policy"
citation = "Our own policy"
seen = "full"
next_review = 2028-01-01
"""

Overlay = Callable[..., Path]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Overlay:
    def write(name: str = "North Clinic", **files: str) -> Path:
        folder = tmp_path_factory.mktemp("overlay")
        contents = {"knowledge": EDITION.format(name=name), **files}
        for file, text in contents.items():
            target = folder / f"{file.replace('__', '/').replace('_', '-')}.toml"
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return folder

    return write


def laid(base: Base, *overlays: Path) -> Knowledge:
    return Knowledge(Section.of(compile_folder(base.folder, overlays).encode().splitlines()))


def problems(base: Base, *overlays: Path) -> list[str]:
    shown = {folder.as_posix(): str(number) for number, folder in enumerate(overlays, start=1)}
    found = [str(problem) for problem in check(base.folder, overlays)]
    for folder, number in shown.items():
        found = [text.replace(folder, number) for text in found]
    return found


class TestReplacing:
    def test_a_stricter_limit_stands_in_the_place_of_the_bases(self, base: Base, overlay: Overlay) -> None:
        folder = overlay(sources=OWN_SOURCE, drugs__methotrexate=STRICTER.format(most=20, source="trust-policy"))
        assert problems(base, folder) == []
        known = laid(base, folder)
        (limit,) = known.drugs["methotrexate"].limits
        assert [limit.warn_above, limit.hard_above] == [15, 20]
        assert limit.sources == ("trust-policy",)
        assert known.drugs["methotrexate"].modifiers, "what the overlay does not speak of stays"
        assert known.overlays[0].changes == (
            Change(section="drugs", id="methotrexate", part="limit", replaced=True),
            Change(section="sources", id="trust-policy"),
        )

    def test_it_must_say_so(self, base: Base, overlay: Overlay) -> None:
        row = STRICTER.format(most=20, source="bnf").replace("replaces", "# replaces")
        (text,) = problems(base, overlay(drugs__methotrexate=row))
        assert text.startswith(f"1/{MTX}:2: methotrexate: says the same thing as {MTX}:15: say in 'replaces'")

    def test_a_base_that_says_something_else_by_now_is_noticed(self, base: Base, overlay: Overlay) -> None:
        base.replace(MTX, "hard_above = 25", "hard_above = 30")
        folder = overlay(drugs__methotrexate=STRICTER.format(most=20, source="bnf"))
        assert problems(base, folder) == [
            f"1/{MTX}:3: methotrexate: replaces nothing: the base does not say this ({MTX}:15)"
        ]

    def test_a_row_that_could_replace_several(self, base: Base, overlay: Overlay) -> None:
        limit = base.text(MTX).split("[[limit]]")[1].split("[[modifier]]")[0]
        base.write(MTX, base.text(MTX) + "\n[[limit]]" + limit.replace('["oral"]', '["subcutaneous"]'))
        row = STRICTER.format(most=20, source="bnf").replace('route = ["oral"], hard', "hard")
        assert problems(base, overlay(drugs__methotrexate=row)) == [
            f"1/{MTX}:3: methotrexate: fits several rows: name what tells them apart ({MTX}:15, {MTX}:53)"
        ]

    @pytest.mark.parametrize("stated", ["true", "{}"])
    def test_what_no_longer_holds_must_be_told(self, base: Base, overlay: Overlay, stated: str) -> None:
        row = STRICTER.format(most=20, source="bnf").replace(
            '{ kind = "weekly", route = ["oral"], hard_above = 25 }', stated
        )
        assert "'replaces' holds values that no longer hold" in problems(base, overlay(drugs__methotrexate=row))[0]

    def test_two_overlays_that_replace_one_row_differently(self, base: Base, overlay: Overlay) -> None:
        one = overlay("A", drugs__methotrexate=STRICTER.format(most=20, source="bnf"))
        two = overlay("B", drugs__methotrexate=STRICTER.format(most=15, source="bnf"))
        text = f"2/{MTX}:3: methotrexate: what this replaces is replaced differently at 1/{MTX}:2"
        assert problems(base, one, two) == [text]

    def test_two_overlays_that_agree(self, base: Base, overlay: Overlay) -> None:
        one = overlay("A", drugs__methotrexate=STRICTER.format(most=20, source="bnf"))
        two = overlay("B", drugs__methotrexate=STRICTER.format(most=20, source="bnf"))
        assert problems(base, one, two) == []
        assert len(laid(base, one, two).drugs["methotrexate"].limits) == 1

    def test_the_keys_of_an_entry(self, base: Base, overlay: Overlay) -> None:
        text = """
[[interaction]]
id = "methotrexate-clarithromycin"
between = [["csdmard"], ["clarithromycin"]]
effect = "more of it"
severity = "warning"
action = "Do not give both."
source = ["mhra-2020"]
confidence = "standard"
"""
        (told,) = problems(base, overlay(interactions__ours=text))
        assert told.startswith("1/interactions/ours.toml:6: methotrexate-clarithromycin: 'severity' is said")
        assert "at interactions/methotrexate.toml:5: say in 'replaces' what no longer holds" in told
        folder = overlay(interactions__ours=text.replace("between", 'replaces = { severity = "caution" }\nbetween'))
        assert problems(base, folder) == []
        row = laid(base, folder).interactions["methotrexate-clarithromycin"]
        assert (row.severity.word, row.action, row.escalate) == ("warning", "Do not give both.", ())

    def test_a_table_of_one_row(self, base: Base, overlay: Overlay) -> None:
        flags = '[[drug]]\nid = "clarithromycin"\n[drug.flags]\n{}qt = "none"\n' + BASIS
        assert "'qt' is said differently at partners.toml:11" in problems(base, overlay(partners=flags.format("")))[0]
        known = laid(base, overlay(partners=flags.format('replaces = { qt = "known" }\n')))
        assert "qt-known" not in known.classes_of("clarithromycin")

    def test_a_new_entry_replaces_nothing(self, base: Base, overlay: Overlay) -> None:
        folder = overlay(sources=OWN_SOURCE + "replaces = { year = 2020 }\n")
        assert any("replaces nothing" in text for text in problems(base, folder))


class TestAdding:
    def test_a_new_drug_with_its_own_interaction(self, base: Base, overlay: Overlay) -> None:
        folder = overlay(
            drugs__newmab=DRUG,
            interactions__ours="""
[[interaction]]
id = "newmab-methotrexate"
between = [["newmab"], ["methotrexate"]]
effect = "more infections"
severity = "caution"
action = "Watch."
source = ["bnf"]
confidence = "standard"
""",
        )
        assert problems(base, folder) == []
        known = laid(base, folder)
        assert known.resolve("Newra").drug == "newmab"
        assert [row.id for row in known.interactions_among({"newmab", "methotrexate"})] == ["newmab-methotrexate"]
        assert {str(change) for change in known.overlays[0].added} == {
            "drugs newmab", "interactions newmab-methotrexate",
        }  # fmt: skip

    def test_a_fact_without_a_source_is_none(self, base: Base, overlay: Overlay) -> None:
        folder = overlay(drugs__methotrexate=STRICTER.format(most=20, source="bnf").replace('source = ["bnf"]\n', ""))
        assert "limit 1: 'source' is missing" in problems(base, folder)[0]
        assert problems(base, folder)[0].startswith(f"1/{MTX}:2:")

    def test_a_dangling_id_is_told_in_the_overlays_own_file(self, base: Base, overlay: Overlay) -> None:
        folder = overlay(drugs__methotrexate=STRICTER.format(most=20, source="trust-policy"))
        assert problems(base, folder)[0].startswith(f"1/{MTX}:10: methotrexate: 'trust-policy' is unknown among")

    def test_a_brand_on_somebodys_word(self, base: Base, overlay: Overlay) -> None:
        brand = 'id = "methotrexate"\nbrands = ["Localtrexate"]\n'
        assert "on whose word" in problems(base, overlay(drugs__methotrexate=brand))[0]
        folder = overlay(
            sources=OWN_SOURCE, drugs__methotrexate=brand + 'source = ["trust-policy"]\nconfidence = "standard"\n'
        )
        assert problems(base, folder) == []
        known = laid(base, folder)
        assert known.resolve("Localtrexate").drug == known.resolve("Jylamvo").drug == "methotrexate"
        drug = known.drugs["methotrexate"]
        assert (drug.sources, drug.confidence.value) == (("bnf", "trust-policy"), "standard")

    def test_the_same_again_changes_nothing(self, base: Base, overlay: Overlay) -> None:
        folder = overlay(drugs__methotrexate=base.text(MTX))
        assert problems(base, folder) == []
        assert laid(base, folder).overlays[0].changes == ()

    def test_two_overlays_of_one_name(self, base: Base, overlay: Overlay) -> None:
        found = problems(base, overlay(), overlay())
        assert "1/knowledge.toml:1: 'North Clinic' is the name of another overlay too" in found

    def test_it_has_to_say_who_it_is(self, base: Base, overlay: Overlay) -> None:
        folder = overlay()
        (folder / "knowledge.toml").unlink()
        assert problems(base, folder) == ["1/knowledge.toml:1: the file is missing: it names the edition"]


DRUG = """
id = "newmab"
name = "newmab"
group = "immunosuppressant"
classes = []
routes = ["subcutaneous"]
brands = ["Newra"]
source = ["bnf"]
confidence = "standard"
"""
INDEPENDENT: dict[str, dict[str, str]] = {
    "A": {"drugs__methotrexate": STRICTER.format(most=20, source="bnf")},
    "B": {"drugs__newmab": DRUG},
    "C": {"sources": OWN_SOURCE},
    "D": {"conditions": '[[condition]]\nid = "cirrhosis"\naliases = ["scarred liver"]\n' + BASIS},
}


def contents(known: Knowledge) -> dict[str, Any]:
    """All that is said, but for what an overlay is called."""
    raw = known._raw
    return {key: dict(raw[key]) if isinstance(raw[key], Section) else raw[key] for key in raw if key not in _NAMING}


_NAMING = {"overlays", "digest", "notices"}


class TestLaws:
    def test_an_overlay_of_nothing_changes_nothing(self, base: Base, overlay: Overlay) -> None:
        assert contents(laid(base, overlay())) == contents(laid(base))

    def test_no_overlay_is_the_base_itself(self) -> None:
        assert load_knowledge(overlays=[]) is load_knowledge()
        assert load_knowledge().overlays == ()

    @given(chosen=st.lists(st.sampled_from(sorted(INDEPENDENT)), unique=True, min_size=2))
    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_the_order_of_overlays_makes_no_difference(self, base: Base, overlay: Overlay, chosen: list[str]) -> None:
        folders = [overlay(name, **INDEPENDENT[name]) for name in chosen]
        first, *others = [compile_folder(base.folder, order) for order in list(permutations(folders))[:4]]
        assert all(other == first for other in others)


class TestLoading:
    def test_merged_once_and_kept_by_contents(self, base: Base, overlay: Overlay) -> None:
        folder = overlay(drugs__newmab=DRUG)
        compiled = base.folder / "knowledge.json"
        compiled.write_text(compile_folder(base.folder), encoding="utf-8")
        known = load_knowledge(compiled, overlays=[folder])
        assert load_knowledge(compiled, overlays=[str(folder)]) is known
        assert known.overlays[0].name in known.overlays[0].account
        (kept,) = _cached()
        assert dict(Section.of(kept.read_bytes().splitlines()))["digest"] == known.digest
        (folder / "drugs/newmab.toml").write_text(DRUG.replace("Newra", "Newera"), encoding="utf-8")
        assert load_knowledge(compiled, overlays=[folder]).resolve("Newera").drug == "newmab"
        assert len(list(_cached())) == 2

    def test_where_nothing_can_be_kept(
        self, base: Base, overlay: Overlay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
        assert "newmab" in load_knowledge(base.folder / "knowledge.json", overlays=[overlay(drugs__newmab=DRUG)]).drugs

    def test_a_folder_that_is_not_there(self, base: Base, tmp_path: Path) -> None:
        with pytest.raises(KnowledgeError, match="is no folder"):
            load_knowledge(base.folder / "knowledge.json", overlays=[tmp_path / "nowhere"])

    def test_everything_that_is_wrong_is_told(self, base: Base, overlay: Overlay) -> None:
        folder = overlay(drugs__methotrexate=STRICTER.format(most=20, source="nobody"), roles="x = 1\n")
        with pytest.raises(KnowledgeError) as caught:
            load_knowledge(base.folder / "knowledge.json", overlays=[folder])
        assert len(caught.value.problems) == 2


def _cached() -> Iterator[Path]:
    from careplan.knowledge.merged import cache_folder

    return cache_folder().glob("*.json")
