"""A broken file of every kind gives one problem, with file, line and what to do."""

from typing import Protocol

import pytest


class Base(Protocol):
    def write(self, name: str, text: str) -> None: ...
    def replace(self, name: str, old: str, new: str) -> None: ...
    @property
    def problems(self) -> list[str]: ...


MTX = "drugs/methotrexate.toml"
BROKEN = {
    "no TOML": (MTX, 'id = "methotrexate"\n', "id = methotrexate\n", 1, "Invalid value"),
    "unknown key": (
        MTX,
        "warn_above = 20",
        "warnabove = 20",
        18,
        "'warnabove' is no key of this table; did you mean 'warn_above'?",
    ),
    "missing key": (MTX, 'kind = "weekly"\n', "", 15, "limit 1: 'kind' is missing"),
    "number as text": (MTX, "warn_above = 20", 'warn_above = "20"', 18, "limit 1 warn_above: '20' is not a number"),
    "truth as number": (MTX, "warn_above = 20", "warn_above = true", 18, "True is not a number"),
    "text for a list": (
        MTX,
        'classes = ["csdmard-immunosuppressive"]',
        'classes = "csdmard"',
        4,
        "'csdmard' is not a list",
    ),
    "unknown word": (
        MTX,
        'severity = "warning"\njurisdiction',
        'severity = "warnin"\njurisdiction',
        21,
        "did you mean 'warning'?",
    ),
    "unknown unit": (
        MTX,
        'unit = "mg"\nseverity',
        'unit = "milligram"\nseverity',
        20,
        "'milligram' is not a UCUM code of this library",
    ),
    "no source": (
        MTX,
        'jurisdiction = ["uk"]\nsource = ["bnf"]\n',
        'jurisdiction = ["uk"]\n',
        15,
        "limit 1: 'source' is missing",
    ),
    "empty source": (
        MTX,
        'jurisdiction = ["uk"]\nsource = ["bnf"]\n',
        'jurisdiction = ["uk"]\nsource = []\n',
        15,
        "a fact without a source is not a fact",
    ),
    "unknown source": (
        MTX,
        'jurisdiction = ["uk"]\nsource = ["bnf"]',
        'jurisdiction = ["uk"]\nsource = ["bnff"]',
        23,
        "'bnff' is unknown among the sources; did you mean 'bnf'?",
    ),
    "source by its other key": (
        MTX,
        'jurisdiction = ["uk"]\nsource = ["bnf"]',
        'jurisdiction = ["uk"]\nsource = ["MHRA-20"]',
        23,
        "did you mean 'mhra-2020'?",
    ),
    "limits upside down": (
        MTX,
        "hard_above = 25",
        "hard_above = 15",
        15,
        "'warn_above' 20 is more than 'hard_above' 15",
    ),
    "hard limit without severity": (
        MTX,
        'severity = "warning"\njurisdiction',
        "jurisdiction",
        15,
        "'hard_above' and 'severity' belong together",
    ),
    "unit of another dimension": (
        MTX,
        'unit = "mg"\nseverity',
        'unit = "mmol/L"\nseverity',
        20,
        "mmol/L (substance concentration) is no unit of an amount",
    ),
    "threshold in a foreign unit": (
        "classes/csdmard.toml",
        'unit = "10*9/L"',
        'unit = "g/L"',
        4,
        "g/L does not measure wcc, whose unit is 10*9/L",
    ),
    "unknown factor": (MTX, 'factor = "crcl"', 'factor = "crcI"', 27, "'crcI' is unknown among the analytes and"),
    "factor without a bound": (MTX, "at_least = 30\nbelow = 60\n", "", 27, "crcl needs a bound such as below"),
    "unknown condition": (
        MTX,
        'condition = ["cirrhosis"]',
        'condition = ["cirhosis"]',
        38,
        "did you mean 'cirrhosis'?",
    ),
    "unknown grade": (
        MTX,
        'grade = ["B", "C"]',
        'grade = ["B", "D"]',
        39,
        "cirrhosis has no grade D; its grades: A, B, C",
    ),
    "unknown test": (
        MTX,
        'tests = ["wcc"]',
        'tests = ["wccc"]',
        47,
        "'wccc' is unknown among the analytes; did you mean 'wcc'?",
    ),
    "unreadable span": (MTX, '"8 weeks", "12 weeks"', '"8w", "12 weeks"', 48, "'8w' is not a length of time"),
    "range upside down": (
        MTX,
        '"8 weeks", "12 weeks"',
        '"12 weeks", "8 weeks"',
        48,
        "write the shorter and then the longer one",
    ),
    "no rhythm": (MTX, 'every = ["8 weeks", "12 weeks"]\n', "", 44, "exactly one of 'every', 'at' and 'event'"),
    "unreadable sentence": (
        MTX,
        "'latest(\"crcl\") < 60'",
        "'latest(\"crcl\" < 60'",
        49,
        "cannot be read as a sentence",
    ),
    "wrong SNOMED check digit": (
        MTX,
        "387381009",
        "387381008",
        10,
        "the check digit of snomed-ct code '387381008' is wrong",
    ),
    "wrong LOINC check digit": (
        "analytes.toml",
        "6690-2",
        "6690-3",
        6,
        "the check digit of LOINC code '6690-3' is wrong",
    ),
    "misshaped code": (MTX, 'code = "6851"', 'code = "MTX"', 9, "'MTX' does not look like a code of rxnorm"),
    "unknown class": (
        MTX,
        '"csdmard-immunosuppressive"',
        '"csdmard-imunosuppressive"',
        4,
        "did you mean 'csdmard-immunosuppressive'?",
    ),
    "class with itself above": (
        "classes.toml",
        'id = "csdmard"\n',
        'id = "csdmard"\nparents = ["csdmard-immunosuppressive"]\n',
        3,
        "csdmard: is its own ancestor",
    ),
    "condition with itself above": (
        "conditions.toml",
        'id = "liver-disease"\n',
        'id = "liver-disease"\nparents = ["cirrhosis"]\n',
        3,
        "liver-disease: is its own ancestor",
    ),
    "nobody monitors it": (MTX, 'tests = ["wcc"]\nevery', 'tests = ["wcc"]\nwhen_ever', 48, "'when_ever' is no key"),
    "file named otherwise": (MTX, 'id = "methotrexate"', 'id = "methotrexat"', 1, "name it methotrexat.toml"),
    "id with a dot": (
        "partners.toml",
        'id = "clarithromycin"',
        'id = "clarithromycin-2.5"',
        2,
        "clarithromycin-2.5: an id is words and digits in lower case, joined by hyphens",
    ),
    "two drugs of one id": (
        "partners.toml",
        'id = "clarithromycin"',
        'id = "methotrexate"',
        2,
        "methotrexate: this id is taken, at drugs/methotrexate.toml:1",
    ),
    "one name for two drugs": (
        "partners.toml",
        'name = "clarithromycin"',
        'name = "clarithromycin"\naliases = ["Amethopterin"]',
        4,
        "'amethopterin' is a name of methotrexate too",
    ),
    "table in the wrong file": (
        "roles.toml",
        "[[role]]",
        "[[source]]",
        1,
        "'source' does not belong here: expected [[role]]",
    ),
    "escalation that goes down": (
        "interactions/methotrexate.toml",
        'to = "warning"',
        'to = "info"',
        1,
        "'escalate' goes up only",
    ),
    "interaction with nobody": (
        "interactions/methotrexate.toml",
        '[["csdmard"], ["clarithromycin"]]',
        '[["csdmard"]]',
        1,
        "'between' needs two lists of names",
    ),
    "unknown partner": (
        "interactions/methotrexate.toml",
        '["clarithromycin"]]',
        '["claritromycin"]]',
        3,
        "did you mean 'clarithromycin'?",
    ),
    "unit that does not convert": (
        "analytes.toml",
        "molar_mass = 113.12\n",
        "",
        23,
        "mg/dL does not convert to umol/L: state 'molar_mass' or 'conversions'",
    ),
    "date as text": ("knowledge.toml", "date = 2026-03-01", 'date = "March"', 3, "'March' is not a date"),
}


def test_the_small_base_is_sound(base: Base) -> None:
    assert base.problems == []


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_broken(base: Base, broken: tuple[str, str, str, int, str]) -> None:
    file, old, new, line, text = broken
    base.replace(file, old, new)
    found = [problem for problem in base.problems if text in problem]
    assert found, base.problems
    assert found[0].startswith(f"{file}:{line}: "), found[0]


def test_every_problem_is_told_at_once(base: Base) -> None:
    base.replace(MTX, "warn_above = 20", 'warn_above = "20"')
    base.replace(MTX, 'factor = "crcl"', "factor = 3")
    base.replace("roles.toml", 'name = "general practitioner"\n', "")
    assert [problem.split(": ")[0] for problem in base.problems if "drugs" in problem or "roles" in problem] == [
        f"{MTX}:18",
        f"{MTX}:27",
        "roles.toml:1",
    ]


SINGLE = """
[[limit]]
kind = "single"
hard_above = 10
unit = "mg"
severity = "warning"
source = ["bnf"]
confidence = "verified"
"""
USUAL = """
[[dose]]
phase = "usual"
amount = [7.5, 15]
unit = "mg"
every = "1 week"
source = ["bnf"]
confidence = "verified"
"""
THRESHOLD = """
[[threshold]]
tests = ["wcc"]
below = {below}
unit = "10*9/L"
do = "{do}"
action = "Act."
severity = "warning"
source = ["bnf"]
confidence = "verified"
"""
MODIFIER = """
[[modifier]]
factor = "crcl"
{bounds}
effect = "{effect}"
action = "Act."
severity = "warning"
source = ["bnf"]
confidence = "verified"
"""


@pytest.mark.parametrize(
    ("rows", "line", "text"),
    [
        (SINGLE + USUAL, 61, f"15 mg is above the limit of 10 at {MTX}:53"),
        (SINGLE + SINGLE.replace("10", "20").replace('unit', 'route = ["oral"]\nunit', 1), 61,
         f"allows 20 mg, and {MTX}:53, which holds here too, at most 10"),
        (THRESHOLD.format(below=3.5, do="hold") + THRESHOLD.format(below=2, do="continue"),  63,
         f"says 'continue', and {MTX}:53, which holds here too, says 'hold'"),
        (MODIFIER.format(bounds="above = 30\nbelow = 20", effect="avoid"), 53, "no number lies between these bounds"),
        (MODIFIER.format(bounds="below = 45", effect="avoid"), 53,
         f"says 'avoid' where {MTX}:26 says 'reduce': part the ranges"),
        (MODIFIER.format(bounds="at_least = 50", effect="full-dose"), 53,
         f"says 'full-dose' where {MTX}:26 says 'reduce': part the ranges"),
        (MODIFIER.format(bounds="below = 60\nat_least = 31", effect="reduce") + 'unit = "g/L"\n', 62,
         "g/L (mass concentration) is no unit of an amount"),
    ],
    ids=["usual dose", "looser limit", "milder threshold", "empty", "overlap", "full dose", "dimension"],
)  # fmt: skip
def test_rows_that_contradict(base: Base, rows: str, line: int, text: str) -> None:
    base.write(MTX, _methotrexate() + rows)
    assert any(each.startswith(f"{MTX}:{line}") and text in each for each in base.problems), base.problems


@pytest.mark.parametrize(
    "rows",
    [
        SINGLE + USUAL.replace('every = "1 week"', 'text = "a month"'),
        SINGLE.replace("10", "15") + USUAL,
        SINGLE + SINGLE.replace("10", "5").replace("unit", 'route = ["oral"]\nunit', 1),
        SINGLE + SINGLE.replace("10", "20").replace("unit", 'route = ["oral"]\njurisdiction = ["us"]\nunit', 1)
        .replace("kind", 'key = "cancer"\nkind'),
        THRESHOLD.format(below=3.5, do="hold") + THRESHOLD.format(below=2, do="stop"),
        THRESHOLD.format(below=3.5, do="hold") + THRESHOLD.format(below=2, do="contact"),
        MODIFIER.format(bounds="below = 30", effect="avoid"),
        MODIFIER.format(bounds="at_least = 30\nbelow = 45", effect="avoid"),
        MODIFIER.format(bounds="below = 45", effect="avoid") + 'jurisdiction = ["us"]\nwhen = "age() > 70"\n',
    ],
)  # fmt: skip
def test_rows_that_go_together(base: Base, rows: str) -> None:
    base.write(MTX, _methotrexate() + rows)
    assert [problem for problem in base.problems if "warning: " not in problem] == []


def test_a_threshold_that_no_result_can_reach(base: Base) -> None:
    base.replace("analytes.toml", 'codes = [{ system = "loinc"', 'plausible = [0.1, 3]\ncodes = [{ system = "loinc"')
    assert base.problems == [
        "classes/csdmard.toml:1: csdmard: 3.5 10*9/L lies outside what is plausible for wcc, 0.1-3"
    ]


def test_sources_are_looked_at_again(base: Base) -> None:
    base.replace("sources.toml", 'seen = "full"\nnext_review = 2027-03-01', 'seen = "full"')
    (told,) = base.problems
    assert told.startswith("sources.toml:7: warning: mhra-2020: the first of 1 sources without 'next_review'")
    base.replace("sources.toml", "next_review = 2027-03-01", "next_review = 2027-03-01\nreviewed = 2028-01-01")
    assert "sources.toml:5: bnf: is before the review of 2028-01-01" in base.problems


def test_two_rows_that_say_the_same_thing_in_one_country(base: Base) -> None:
    row = """
[[limit]]
kind = "weekly"
route = ["oral"]
hard_above = 30
unit = "mg"
severity = "critical"
jurisdiction = ["us"]
source = ["bnf"]
confidence = "verified"
"""
    base.write(MTX, _methotrexate() + row)
    assert base.problems == []
    base.replace(MTX, 'jurisdiction = ["us"]', 'jurisdiction = ["us", "uk"]')
    assert "row 1 of this table: join them, or tell them apart by 'key'" in base.problems[0]
    base.replace(MTX, 'jurisdiction = ["us", "uk"]', 'jurisdiction = ["us", "uk"]\nkey = "any-arthritis"')
    assert base.problems == []


def test_a_member_that_nobody_monitors(base: Base) -> None:
    text = _methotrexate()
    base.write(MTX, text[: text.index("[[monitoring]]")])
    assert base.problems == [f"{MTX}:4: methotrexate: its class needs blood or other monitoring, and no row says which"]


def test_sources_that_nobody_cites_and_empty_classes_are_warnings(base: Base) -> None:
    base.replace("classes/csdmard.toml", "mhra-2020", "bnf")
    base.write("partners.toml", "")
    base.write("interactions/methotrexate.toml", "")
    assert base.problems == ["sources.toml:7: warning: mhra-2020: no fact cites this source"]
    base.replace("classes.toml", 'flag = "qt"\nis = ["known"]\n', "")
    assert "classes.toml:15: warning: qt-known: no drug is a member of this class" in base.problems


def test_a_stray_file(base: Base) -> None:
    base.write("druggs.toml", "")
    assert base.problems == ["druggs.toml:1: no file of this name belongs to a knowledge base"]


def test_facts_for_a_class_that_is_not_defined(base: Base) -> None:
    base.write("classes/biologics.toml", "")
    assert base.problems == ["classes/biologics.toml:1: biologics: classes.toml defines no class of this id"]


def _methotrexate() -> str:
    from tests.knowledge.conftest import FILES

    return FILES[MTX].lstrip()
