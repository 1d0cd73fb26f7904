"""The installed command as a process: exit codes, pipes, colours, interrupts, missing extras."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES

RUN = [sys.executable, "-c", "import sys; from careplan.cli.main import main; sys.exit(main())"]
DAY = ["--on", "2026-03-02"]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return subprocess.run(
        [*RUN, *map(str, arguments)], capture_output=True, text=True, env=clean | environment, check=False
    )


def test_version_imports_nothing() -> None:
    code = (
        "import sys; sys.argv = ['careplan', '--version']\n"
        "from careplan.cli.main import main\n"
        "assert main() == 0\n"
        "heavy = {'click', 'rich', 'attrs', 'json', 'careplan.model'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("careplan ")


def test_help_imports_no_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("review", "render", "schedule", "import", "new", "knowledge", "schema"):
        assert f"\n  {command}" in done.stdout
    assert "130" in done.stdout


@pytest.mark.parametrize("arguments", [("revue",), ("review",), ("review", "--fail-on", "never", "x"), ("-x",)])
def test_usage_errors_are_two(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_exit_codes_of_a_process(deadly: Path, empty: Path, broken: Path) -> None:
    assert run("review", empty, *DAY).returncode == 0
    assert run("review", deadly, *DAY).returncode == 1
    assert run("review", broken, *DAY).returncode == 2


@pytest.mark.parametrize("extra", ["click", "rich"])
def test_a_missing_extra_is_named(extra: str, empty: Path) -> None:
    code = (
        f"import sys; sys.modules[{extra!r}] = None; sys.argv = ['careplan', 'review', {str(empty)!r}]\n"
        "from careplan.cli.main import main; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'careplan[cli]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away() -> None:
    process = subprocess.Popen(
        [*RUN, "review", str(EXAMPLES), *DAY], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(60) == 141
    complaint = process.stderr.read()
    process.stderr.close()
    assert "Traceback" not in complaint
    assert "BrokenPipe" not in complaint


def test_no_colour_in_a_pipe(deadly: Path) -> None:
    assert "\x1b[" not in run("review", deadly, *DAY).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_colour_on_a_terminal_unless_it_is_unwanted(deadly: Path) -> None:
    assert "\x1b[" in on_terminal("review", deadly, TERM="xterm-256color")
    plain = on_terminal("review", deadly, TERM="xterm-256color", NO_COLOR="1")
    assert "[!!!]" in plain
    assert "\x1b[1;31m" not in plain
    assert "\x1b[31m" not in plain


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_stays_out_of_the_output(deadly: Path, empty: Path) -> None:
    """Standard output is a file, standard error a terminal: the bar is on the terminal alone."""
    own, other = pty.openpty()
    done = subprocess.run(
        [*RUN, "review", "--json", str(deadly), str(empty), *DAY],
        stdout=subprocess.PIPE, stderr=other, env={**os.environ, "TERM": "xterm"}, check=False,
    )  # fmt: skip
    os.close(other)
    bar = os.read(own, 100_000).decode()
    os.close(own)
    assert "Review" in bar
    assert done.stdout.startswith(b"{")
    assert done.stdout.rstrip().endswith(b"}")


@pytest.mark.parametrize("width", [40, 60, 200])
def test_lines_fit_the_terminal(deadly: Path, width: int) -> None:
    done = run("review", deadly, *DAY, COLUMNS=str(width))
    assert max(map(len, done.stdout.splitlines())) <= width
    words = " ".join(done.stdout.split())
    assert "CRITICAL: " in words


def test_a_terminal_without_unicode(deadly: Path) -> None:
    done = run("review", deadly, *DAY, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "[!!!] CRITICAL" in done.stdout
    assert run("render", deadly, *DAY, "--format", "text", PYTHONIOENCODING="ascii", PYTHONUTF8="0").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_an_interrupt_is_quiet() -> None:
    process = subprocess.Popen([*RUN, "review", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)  # until it waits for its input
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in complaint


def test_a_bug_is_told_in_a_sentence() -> None:
    code = (
        "import sys, careplan.cli.commands.schema as command\n"
        "command.schema = lambda: 1 / 0\n"
        "from careplan.cli.app import run; sys.exit(run(['schema']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    traced = {**os.environ, "CAREPLAN_TRACEBACK": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=traced)
    assert "Traceback" in done.stderr


def on_terminal(*arguments: str | Path, **environment: str) -> str:
    """Run with standard output on a pseudo-terminal and return what it shows."""
    own, other = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    command = [*RUN, *map(str, arguments), *DAY]
    process = subprocess.Popen(command, stdout=other, stderr=subprocess.DEVNULL, env=clean | environment)
    os.close(other)
    shown = b""
    while True:
        try:
            part = os.read(own, 65_536)
        except OSError:  # Linux says so when the other side has closed
            break
        if not part:
            break
        shown += part
    process.wait(30)
    os.close(own)
    return shown.decode()
