"""Plans whose reviews cannot come out differently, and a way to run commands on them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import careplan as cp
from careplan.cli.app import app

ON = date(2026, 3, 2)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

Command = Callable[..., Result]


@pytest.fixture
def careplan() -> Command:
    """Run a command as a person would, but in this process; the day is always the same."""

    def run(*arguments: str | Path, stdin: str | None = None) -> Result:
        asks_day = str(arguments[0]) in {"review", "render", "schedule", "import", "new"} and "--on" not in arguments
        day = ["--on", ON.isoformat()] if asks_day else []
        return CliRunner().invoke(app, [*map(str, arguments), *day], input=stdin, prog_name="careplan")

    return run


def plan(name: str, *components: cp.Component) -> cp.CarePlan:
    patient = cp.Patient(name="Ada Example", birth_date=date(1979, 6, 1), sex=cp.Sex.FEMALE)
    return cp.CarePlan(id=name, title=f"Plan {name}", created=ON, patient=patient, components=components)


@pytest.fixture
def deadly(tmp_path: Path) -> Path:
    """Methotrexate every day: critical under any edition of the rules."""
    daily = cp.Immunosuppressant(
        id="methotrexate",
        drug="methotrexate",
        dosage=cp.Dose.daily("15 mg"),
        route=cp.Route.ORAL,
        indication="rheumatoid-arthritis",
        start=date(2026, 2, 1),
    )
    return saved(plan("deadly", daily), tmp_path)


@pytest.fixture
def unheard_of(tmp_path: Path) -> Path:
    """A medicine that nobody knows: a warning, and never more, under any edition of the rules."""
    medicine = cp.OtherMedicine(id="elixir", drug="elixir-of-life", dosage=cp.Dose.daily("1 mg"))
    return saved(plan("unheard-of", medicine), tmp_path)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A plan without components: nothing to find."""
    return saved(plan("empty"), tmp_path)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file with two mistakes."""
    file = tmp_path / "broken.json"
    file.write_text('{"format": "careplan/1", "id": "broken", "titel": "x", "created": "2026-3-2"}')
    return file


def saved(made: cp.CarePlan, folder: Path) -> Path:
    file = folder / f"{made.id}.json"
    cp.dump(made, file)
    return file
