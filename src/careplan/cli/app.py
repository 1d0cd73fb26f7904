"""The application: its commands, each imported when it is asked for, and what becomes of every failure."""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from careplan import __version__
from careplan.cli.failure import BAD_INPUT, INTERNAL, INTERRUPTED, PIPE_CLOSED, BadInput, reason

_COMMANDS = {
    "review": "Judge plans: what is wrong, why, what to do, what is not known.",
    "render": "Make the team's or the patient's document of plans.",
    "schedule": "List what happens when: tests, doses, sessions, reviews.",
    "import": "Turn patients' records (FHIR R4) into draft plans.",
    "new": "Start a plan to be filled in.",
    "knowledge": "Look drugs up; check and compile the knowledge base.",
    "schema": "Print the JSON Schema of plans.",
}
_HELP = """Care plans in chronic pain: review, schedule, render and import them.

\b
Exit codes of every command:
  0    done; a review found nothing at or above --fail-on
  1    a review (or a check of knowledge) found something
  2    bad input: arguments, files, or an extra that is not installed
  3    careplan itself failed: please report it
  130  interrupted
  141  whoever read the output has gone

"careplan COMMAND --help" tells more. Documents and plans are written whole or not at all.
"""


class Application(click.Group):
    """A group whose commands are imported late, and which never shows a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Commands in the order in which people need them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command; None for a name that is none."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"careplan.cli.commands.{cmd_name.replace('import', 'import_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def main(self, *args: Any, **extra: Any) -> NoReturn:  # noqa: ANN401 - click's signature
        """Run, and leave with an exit code that says how it went."""
        sys.exit(self.code(*args, **extra))

    def code(self, *args: Any, **extra: Any) -> int:  # noqa: ANN401
        """Run, and return the exit code."""
        extra["standalone_mode"] = False
        return _guarded(lambda: super(Application, self).main(*args, **extra))


def _guarded(command: Callable[[], Any]) -> int:
    """Return the exit code of a command; put what went wrong into words for the person who typed it."""
    try:
        code = command()
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrupted. Files that were not finished are as they were before.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return PIPE_CLOSED
    except OSError as error:
        BadInput(reason(error)).show()
        return BAD_INPUT
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "rich":
            return _report_bug(error)
        BadInput("pages for people need rich; install it with:  pip install 'careplan[cli]'  (--json works)").show()
        return BAD_INPUT
    except Exception as error:  # noqa: BLE001 - the outermost frame: a person reads what comes out of it
        return _report_bug(error)
    return code if isinstance(code, int) else 0


def _forget_output() -> None:
    """The reader of a pipe has gone: let Python close its side without another complaint."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file, as in tests
        return


def _report_bug(error: Exception) -> int:
    if os.environ.get("CAREPLAN_TRACEBACK"):
        traceback.print_exception(error)
    click.echo(
        f"careplan failed, and the fault is its own: {type(error).__name__}: {error}\n"
        "Please report it. CAREPLAN_TRACEBACK=1 in the environment shows where it happened.",
        err=True,
    )
    return INTERNAL


@click.group(cls=Application, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="careplan %(version)s")
def app() -> None:
    """Care plans in chronic pain."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what a terminal cannot show is spelt out, never a crash
            stream.reconfigure(errors="backslashreplace")
    return app.code(list(arguments), prog_name="careplan")
