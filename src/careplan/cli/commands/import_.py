"""``careplan import``: records in, draft plans out."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from careplan.cli.arguments import STANDARD_INPUT, force_option, json_option, on_option, output_option
from careplan.cli.failure import BAD_INPUT, reason
from careplan.cli.output import STANDARD_OUTPUT, save, spare, targets, tell_written
from careplan.cli.sources import read, record_files, shown
from careplan.cli.terminal import watched
from careplan.codec import dumps
from careplan.exchange.fhir import FhirError, Imported, Kind, from_fhir
from careplan.knowledge import load_knowledge

_HELP = """Turn patients' records (FHIR R4 JSON) into draft plans, and tell what became of everything in them.

RECORD is a Bundle, a list of resources, a folder of such files (*.json), or - for standard input. Without --output
nothing is written: the report alone tells what would be mapped, guessed, unmapped or unusable. A record that is no
record, or is about several people, is bad input (exit code 2).

--json prints one object: "imports" (each with "file", "counts" and the account of every resource) and "refused".

\b
Examples:
  careplan import record.json --output plan.json
  careplan import records/ --output plans/
  careplan import record.json --output - | careplan review -
"""


@click.command("import", help=_HELP)
@click.argument("records", metavar="RECORD...", nargs=-1, required=True, type=click.Path(path_type=Path))
@output_option("Where to write the draft plans; - is standard output.")
@click.option("--patient", metavar="ID", help="Which patient (Patient/17), if a record holds several.")
@on_option
@json_option
@force_option
@click.pass_context
def command(
    ctx: click.Context,
    records: tuple[Path, ...],
    output: str | None,
    patient: str | None,
    on: date,
    as_json: bool,
    force: bool,
) -> None:
    """Import every record that can be read; say why the others cannot."""
    files = record_files(records)
    names = [f"{_stem(file)}.json" for file in files]
    places = targets(names, output, folder=len(files) > 1) if output is not None else []
    spare(places, force=force)
    imported, failures = _imported(files, on, patient)
    for file, place in zip(files, places, strict=False):
        if file in imported:
            save(dumps(imported[file].plan), place)
            tell_written([place])
    report = _json(imported, failures) if as_json else _text(imported)
    if output == STANDARD_OUTPUT:
        click.echo(report, nl=False, err=True)
    else:
        save(report, None)
    for file, problem in failures.items():
        click.echo(f"Error: {shown(file)}: {problem}", err=True)
    ctx.exit(BAD_INPUT if failures else 0)


def _stem(file: Path) -> str:
    return "plan" if file == STANDARD_INPUT else file.name.removesuffix(".json").removesuffix(".fhir")


def _imported(files: list[Path], on: date, patient: str | None) -> tuple[dict[Path, Imported], dict[Path, str]]:
    knowledge = load_knowledge()
    imported: dict[Path, Imported] = {}
    failures: dict[Path, str] = {}
    for file in watched(files, "Importing"):
        try:
            made = from_fhir(read(file), knowledge=knowledge, on=on, patient=patient)
        except FhirError as error:
            failures[file] = str(error)
        except OSError as error:
            failures[file] = reason(error).removeprefix(f"{file}: ")
        else:
            if any(made.counts[kind] for kind in (Kind.MAPPED, Kind.GUESSED, Kind.UNMAPPED)):
                imported[file] = made
            else:
                failures[file] = "nothing in it can be used\n" + made.summary()
    return imported, failures


def _text(imported: Mapping[Path, Imported]) -> str:
    several = len(imported) > 1
    return "\n".join((f"== {shown(file)}\n" if several else "") + each.summary() for file, each in imported.items())


def _json(imported: Mapping[Path, Imported], failures: Mapping[Path, str]) -> str:
    tree = {
        "format": "careplan-imports/1",
        "imports": [{"file": str(file), **_account(each)} for file, each in imported.items()],
        "refused": [{"file": str(file), "problem": problem} for file, problem in failures.items()],
    }
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


def _account(imported: Imported) -> dict[str, Any]:
    return {
        "plan": imported.plan.id,
        "counts": {kind.value: count for kind, count in imported.counts.items()},
        "resources": [
            {
                "path": account.path,
                "resource": account.resource,
                "what": account.what,
                "kind": account.kind.value,
                "item": account.item,
                "notes": [
                    {"kind": note.kind.value, "path": note.path, "what": note.what, "why": note.why, "text": note.text}
                    for note in account.notes
                ],
                "unread": list(account.unread),
            }
            for account in imported.accounts
        ],
    }
