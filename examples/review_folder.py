"""The nightly review: every plan of a folder, one CSV line for each thing that somebody must look at.

::

    python examples/review_folder.py plans/ 2026-03-02 > open.csv

Lines are open critical findings and warnings, facts of the same weight that nobody knows, and files that are no plans.
The exit code is 1 if there is any line, so that a scheduler can send a mail.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import careplan as cp

COLUMNS = ("file", "revision", "severity", "what", "do", "who", "id")
Row = tuple[str | int, ...]


def rows(file: Path, on: date) -> Iterator[Row]:
    """Everything in one plan that somebody must look at."""
    try:
        plan = cp.load(file)
    except (cp.PlanError, OSError) as error:
        yield file.name, "", "no plan", str(error), "Repair the file.", "", ""
        return
    report = cp.review(plan, on=on)
    for finding in report.open:
        who = "; ".join(finding.actor)
        yield (
            file.name, plan.revision, finding.severity.word, finding.message, finding.action, who, finding.fingerprint,
        )  # fmt: skip
    for gap in report.not_assessed:
        if gap.severity >= cp.Severity.WARNING:
            who = "; ".join(gap.actor)
            yield file.name, plan.revision, f"{gap.severity.word}, not known", gap.fact, gap.ask, who, gap.fingerprint


def main() -> int:
    folder, day = sys.argv[1:]
    files = sorted(file for file in Path(folder).glob("*.json") if not file.name.endswith(".fhir.json"))
    found = [row for file in files for row in rows(file, date.fromisoformat(day))]
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    writer.writerows(found)
    print(f"{len(files)} plans, {len(found)} lines", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
