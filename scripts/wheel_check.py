"""Prove that what we would publish works for someone who has nothing else.

sdist -> wheel from that sdist -> empty environment -> another working directory. First with the core
dependencies alone (load, review, schedule, render), then with every extra (the command line, a PDF).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "ra-persistent-pain.json"

CORE = """
import sys
from datetime import date
from pathlib import Path

import careplan as cp

assert Path(cp.__file__).is_relative_to(sys.prefix), f"not the installed package: {cp.__file__}"
day = date(2026, 3, 1)
plan = cp.load(sys.argv[1])
report = cp.review(plan, on=day)
agenda = cp.schedule(plan, on=day)
for document in ("team-plan", "patient-plan"):
    for form in ("html", "markdown", "text"):
        text = cp.render(plan, document, report=report, agenda=agenda, format=form)
        assert plan.title in text, f"{document} as {form} does not name the plan"
print(f"core alone: {len(report.findings)} findings, {len(agenda.events)} events, 6 documents")
"""


def main() -> None:
    """Run every step in a temporary folder; the first that fails ends the script."""
    with tempfile.TemporaryDirectory(prefix="careplan-wheel-") as folder:
        place = Path(folder)
        wheel = build_wheel(place / "dist")
        elsewhere = place / "elsewhere"
        elsewhere.mkdir()
        plan = Path(shutil.copy(ROOT / "examples" / EXAMPLE, elsewhere))

        venv.create(place / "venv", with_pip=True)
        scripts = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
        python = scripts / "python"

        run(python, "-m", "pip", "install", "-qq", wheel)
        run(python, "-I", "-c", CORE, plan, cwd=elsewhere)

        run(python, "-m", "pip", "install", "-qq", f"{wheel}[all]")
        check_command_line(scripts / "careplan", plan)
    print("wheel check passed")


def build_wheel(dist: Path) -> Path:
    """Build the sdist from the checkout and the wheel from the sdist; return the wheel."""
    run(sys.executable, "-m", "build", "--outdir", dist, ROOT, quiet=True)
    (wheel,) = dist.glob("*.whl")
    print(f"built {wheel.name}, {wheel.stat().st_size // 1024} kB")
    return wheel


def check_command_line(careplan: Path, plan: Path) -> None:
    """Run the installed command from the plan's folder: a review, and the team's document as PDF."""
    run(careplan, "--version", cwd=plan.parent)
    run(
        careplan,
        "review",
        plan.name,
        "--on",
        "2026-03-01",
        "--json",
        cwd=plan.parent,
        allow=(0, 1),
        quiet=True,
    )
    out = plan.parent / "plan.pdf"
    run(
        careplan,
        "render",
        plan.name,
        "--on",
        "2026-03-01",
        "--format",
        "pdf",
        "--output",
        out,
        cwd=plan.parent,
    )
    if not out.read_bytes().startswith(b"%PDF-"):
        sys.exit(f"{out} is no PDF")
    print("command line: version, review, PDF")


def run(*command: str | Path, cwd: Path | None = None, allow: tuple[int, ...] = (0,), quiet: bool = False) -> None:
    """Run a command without this checkout on Python's path; exit with its output when it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    failed = done.returncode not in allow
    if failed or not quiet:
        sys.stdout.write(done.stdout)
    if failed:
        sys.exit(f"failed ({done.returncode}): {' '.join(map(str, command))}")


if __name__ == "__main__":
    main()
