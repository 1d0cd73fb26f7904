"""``careplan schema``: the format of plans, for editors and validators."""

import json

import click

from careplan.cli.arguments import output_option
from careplan.cli.output import save, targets, tell_written
from careplan.codec import schema

_HELP = """Print the JSON Schema (2020-12) of plans, for editors and validators.

It says what each field may hold. Rules between fields are tried when a plan is loaded: careplan review PLAN.
"""


@click.command("schema", help=_HELP)
@output_option("Where to write it, instead of standard output.")
def command(output: str | None) -> None:
    """Print the schema."""
    (place,) = targets(["careplan-1.schema.json"], output, folder=False)
    save(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", place)
    tell_written([place])
