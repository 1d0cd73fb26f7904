"""What ships, and what starting up costs."""

import json
import subprocess
import sys
import tarfile
import time
import zipfile
from email.message import Message
from email.parser import Parser
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import careplan

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {
    "attr",
    "attrs",
    "cattrs",
    "click",
    "icalendar",
    "jinja2",
    "rich",
    "typst",
    "json",
    "decimal",
    "tomllib",
}


def python(code: str) -> str:
    """Run code in a fresh interpreter and return what it prints."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as a user gets it: built from the sdist, not from the checkout."""
    place = tmp_path_factory.mktemp("dist")
    build(ROOT, "sdist", place)
    with tarfile.open(next(place.glob("*.tar.gz"))) as archive:
        archive.extractall(place, filter="data")
    (unpacked,) = (folder for folder in place.iterdir() if folder.is_dir())
    build(unpacked, "wheel", place)
    return zipfile.ZipFile(next(place.glob("*.whl")))


def build(source: Path, target: str, place: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(place)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }


def test_wheel_holds_the_package_and_the_templates_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    expected = {f"careplan/{name}" for name in files(ROOT / "src" / "careplan")}
    expected |= {f"careplan/templates/{name}" for name in files(ROOT / "templates")}
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert shipped == expected
    assert {"careplan/py.typed", "careplan/templates/team-plan.j2"} <= shipped


def metadata(wheel: zipfile.ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(wheel.read(name).decode())


def test_core_depends_on_three_libraries(wheel: zipfile.ZipFile) -> None:
    needs = metadata(wheel).get_all("Requires-Dist", [])
    core = {need.split(">")[0] for need in needs if "extra ==" not in need}
    assert core == {"attrs", "cattrs", "jinja2"}


def test_templates_have_one_home() -> None:
    assert not (ROOT / "src" / "careplan" / "templates").exists()


def test_version_has_one_home(wheel: zipfile.ZipFile) -> None:
    assert metadata(wheel)["Version"] == careplan.__version__


def test_command_is_installed() -> None:
    (command,) = entry_points(group="console_scripts", name="careplan")
    assert callable(command.load())


def test_import_is_lazy() -> None:
    loaded = set(
        json.loads(python("import sys, careplan; names = list(sys.modules); import json; print(json.dumps(names))"))
    )
    assert not loaded & HEAVY
    assert {name for name in loaded if name.startswith("careplan.")} == set()


def test_every_public_name_leads_somewhere() -> None:
    missing = [name for name in dir(careplan) if not hasattr(careplan, name)]
    assert not missing


def test_import_costs_little_more_than_a_bare_interpreter() -> None:
    """A ratio, so that slow machines pass too; the best of several rounds, so that busy ones do."""
    bare, ours = [], []
    for _ in range(10):
        bare.append(seconds("pass"))
        ours.append(seconds("import careplan"))
    assert min(ours) < 1.25 * min(bare)


def seconds(code: str) -> float:
    start = time.perf_counter()
    python(code)
    return time.perf_counter() - start
