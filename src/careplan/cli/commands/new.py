"""``careplan new``: a plan to be filled in."""

import json
from datetime import date

import click

from careplan.cli.arguments import day, force_option, on_option, output_option
from careplan.cli.failure import BadInput
from careplan.cli.output import save, spare, targets, tell_written
from careplan.codec import dumps
from careplan.model import Absent, CarePlan, Identifier, Jurisdiction, Patient, Sex

_HELP = """Write a draft plan to be filled in by hand or by a program.

Nothing is invented: what is not stated here is "unknown" or "not-asked" in the plan, and the review asks for it.
"careplan schema" tells what each field may hold.

\b
Example:
  careplan new --name "Ada Example" --birth-date 1979-06-01 --sex female --output ada.json
"""
_LISTS = ("conditions", "results", "screenings", "vaccinations", "answers")


@click.command("new", help=_HELP)
@click.option("--name", required=True, help="The person's name.")
@click.option("--birth-date", type=day, metavar="YYYY-MM-DD", help="The day of birth.")
@click.option("--sex", type=click.Choice([each.value for each in Sex]), help="Sex recorded at birth.")
@click.option(
    "--identifier", "identifiers", metavar="SYSTEM=VALUE", multiple=True, help='Such as "NHS number=943 476 5919".'
)
@click.option("--id", "name_of_plan", metavar="ID", default="care-plan", show_default=True, help="The plan's own id.")
@click.option("--title", default="Care plan", show_default=True, help="The plan's title.")
@click.option(
    "--jurisdiction", type=click.Choice([each.value for each in Jurisdiction]), help="Whose guidance applies."
)
@output_option("Where to write it, instead of standard output.")
@on_option
@force_option
def command(  # noqa: PLR0913, PLR0917 - one for each option
    name: str,
    birth_date: date | None,
    sex: str | None,
    identifiers: tuple[str, ...],
    name_of_plan: str,
    title: str,
    jurisdiction: str | None,
    output: str | None,
    on: date,
    force: bool,
) -> None:
    """Write the plan."""
    try:
        plan = CarePlan(
            id=name_of_plan,
            title=title,
            created=on,
            jurisdiction=Jurisdiction(jurisdiction) if jurisdiction else None,
            patient=Patient(
                name=name,
                birth_date=birth_date or Absent.UNKNOWN,
                sex=Sex(sex) if sex else Absent.UNKNOWN,
                identifiers=tuple(map(_identifier, identifiers)),
            ),
        )
    except ValueError as error:
        raise BadInput(str(error)) from None
    (place,) = targets([f"{plan.id}.json"], output, folder=False)
    spare([place], force=force)
    save(_skeleton(plan), place)
    tell_written([place])


def _identifier(text: str) -> Identifier:
    system, _, value = text.partition("=")
    if not system or not value:
        raise BadInput(f"--identifier {text!r}: write SYSTEM=VALUE, such as 'NHS number=943 476 5919'")
    return Identifier(system=system, value=value)


def _skeleton(plan: CarePlan) -> str:
    """The plan as JSON, with the places that wait to be filled standing empty instead of being left out."""
    tree = json.loads(dumps(plan))
    person = tree["patient"]
    person |= {key: [] for key in _LISTS if key not in person}
    person |= {key: getattr(plan.patient, key) for key in ("allergies", "pregnancy", "contraception", "smoking")}
    tree |= {"status": plan.status, "patient": person}
    tree |= {key: [] for key in ("components", "goals", "team", "decisions")}
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
