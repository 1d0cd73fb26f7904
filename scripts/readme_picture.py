"""Draw docs/images/team-plan.png for the README: the first page of the team plan of examples/ra-persistent-pain.json.

Run it in the project's environment: python scripts/readme_picture.py. It needs careplan[pdf], Pillow, and pdftoppm
(Debian: poppler-utils).
"""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

from PIL import Image

import careplan as cp

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs/images/team-plan.png"
ON = date(2026, 3, 2)
WIDTH = 1000
COLOURS = 96
MOST_BYTES = 200_000


def team_plan() -> bytes:
    plan = cp.load(ROOT / "examples/ra-persistent-pain.json")
    report, agenda = cp.review(plan, on=ON), cp.schedule(plan, on=ON)
    pdf = cp.render(plan, "team-plan", report=report, agenda=agenda, format="pdf")
    if isinstance(pdf, str):
        raise TypeError("a PDF is bytes")
    return pdf


def first_page(pdf: bytes) -> bytes:
    """The first page as a PNG with few colours."""
    command = ["pdftoppm", "-q", "-f", "1", "-l", "1", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "-png", "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    few = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small = io.BytesIO()
    few.save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    image = first_page(team_plan())
    if len(image) > MOST_BYTES:
        sys.exit(f"the picture has {len(image):,} bytes; at most {MOST_BYTES:,} are wanted")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(image)
    print(f"{PICTURE.relative_to(ROOT)}: {len(image):,} bytes")


if __name__ == "__main__":
    main()
