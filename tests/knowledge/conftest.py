"""A small sound base, written out so that each test can break one thing in it."""

from pathlib import Path

import pytest

from careplan.knowledge.inspection import check

FILES = {
    "knowledge.toml": """
name = "small"
version = "1"
date = 2026-03-01
notices = []
""",
    "sources.toml": """
[[source]]
id = "bnf"
citation = "A formulary"
seen = "part"
next_review = 2027-03-01

[[source]]
id = "mhra-2020"
citation = "A regulator"
seen = "full"
next_review = 2027-03-01
also = ["MHRA-20"]
""",
    "classes.toml": """
[[class]]
id = "csdmard"
name = "DMARD"
monitored = true
source = ["bnf"]
confidence = "standard"

[[class]]
id = "csdmard-immunosuppressive"
name = "immunosuppressive DMARD"
parents = ["csdmard"]
source = ["bnf"]
confidence = "standard"

[[class]]
id = "qt-known"
name = "known to prolong the QT interval"
flag = "qt"
is = ["known"]
source = ["bnf"]
confidence = "standard"
""",
    "classes/csdmard.toml": """
[[threshold]]
tests = ["wcc"]
below = 3.5
unit = "10*9/L"
do = "hold"
action = "Hold."
actor = ["gp"]
severity = "warning"
source = ["mhra-2020"]
confidence = "verified"
""",
    "drugs/methotrexate.toml": """
id = "methotrexate"
name = "methotrexate"
group = "immunosuppressant"
classes = ["csdmard-immunosuppressive"]
routes = ["oral", "subcutaneous"]
aliases = ["amethopterin"]
brands = ["Jylamvo"]
codes = [
  { system = "rxnorm", code = "6851" },
  { system = "snomed-ct", code = "387381009" },
]
source = ["bnf"]
confidence = "verified"

[[limit]]
kind = "weekly"
route = ["oral"]
warn_above = 20
hard_above = 25
unit = "mg"
severity = "warning"
jurisdiction = ["uk"]
source = ["bnf"]
confidence = "disputed"

[[modifier]]
factor = "crcl"
at_least = 30
below = 60
effect = "reduce"
fraction = 0.5
action = "Halve the dose."
severity = "warning"
source = ["bnf"]
confidence = "verified"

[[contraindication]]
condition = ["cirrhosis"]
grade = ["B", "C"]
severity = "critical"
source = ["bnf"]
confidence = "verified"

[[monitoring]]
schedule = "first"
phase = "stable"
tests = ["wcc"]
every = ["8 weeks", "12 weeks"]
when = 'latest("crcl") < 60'
source = ["bnf"]
confidence = "verified"
""",
    "partners.toml": """
[[drug]]
id = "clarithromycin"
name = "clarithromycin"
group = "other"
classes = []
routes = ["oral"]
source = ["bnf"]
confidence = "standard"

[drug.flags]
qt = "known"
source = ["bnf"]
confidence = "standard"
""",
    "analytes.toml": """
[[analyte]]
id = "wcc"
name = "white cell count"
kind = "laboratory"
unit = "10*9/L"
codes = [{ system = "loinc", code = "6690-2" }]
source = ["bnf"]
confidence = "verified"

[[analyte]]
id = "crcl"
name = "creatinine clearance"
kind = "derived"
unit = "mL/min"
source = ["bnf"]
confidence = "verified"

[[analyte]]
id = "creatinine"
name = "creatinine"
kind = "laboratory"
unit = "umol/L"
other_units = ["mg/dL"]
molar_mass = 113.12
source = ["bnf"]
confidence = "verified"
""",
    "conditions.toml": """
[[condition]]
id = "liver-disease"
name = "liver disease"
source = ["bnf"]
confidence = "standard"

[[condition]]
id = "cirrhosis"
name = "cirrhosis"
parents = ["liver-disease"]
scale = "Child-Pugh"
grades = ["A", "B", "C"]
codes = [{ system = "icd-10", code = "K74" }]
source = ["bnf"]
confidence = "standard"
""",
    "roles.toml": """
[[role]]
id = "gp"
name = "general practitioner"
source = ["bnf"]
confidence = "standard"
""",
    "interactions/methotrexate.toml": """
[[interaction]]
id = "methotrexate-clarithromycin"
between = [["csdmard"], ["clarithromycin"]]
effect = "more of it"
severity = "caution"
escalate = [{ to = "warning", when = 'latest("crcl") < 60' }]
action = "Watch."
source = ["bnf"]
confidence = "standard"
""",
}


class Base:
    """The small base in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text.lstrip())

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    @property
    def problems(self) -> list[str]:
        return [str(problem) for problem in check(self.folder)]


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return Base(tmp_path)
