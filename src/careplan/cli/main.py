"""The console script. It stays thin, so that ``careplan --version`` costs what Python costs."""

import sys

from careplan import __version__

_HOW_TO_INSTALL = "The careplan command needs {}. Install it with:  pip install 'careplan[cli]'\n"


def main() -> int:
    """Run the command in ``sys.argv`` and return its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"careplan {__version__}\n")
        return 0
    try:
        from careplan.cli.app import run
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            raise
        sys.stderr.write(_HOW_TO_INSTALL.format(error.name))
        return 2
    except KeyboardInterrupt:
        return 130
    return run(sys.argv[1:])
