"""How the documentation is built: `make docs`. Nothing is fetched while building or reading."""

from enum import Enum
from importlib.metadata import version as installed_version

from sphinx.application import Sphinx

project = "careplan"
author = "the careplan authors"
project_copyright = "the careplan authors; Apache License 2.0"
release = version = installed_version("careplan")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode", "sphinx_click"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"

smartquotes = False  # two hyphens before an option stay two hyphens

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_title = f"careplan {release}"
html_show_sphinx = False
html_copy_source = False


def setup(app: Sphinx) -> None:
    """Teach Sphinx two things about this project."""
    app.connect("autodoc-skip-member", _kept)
    app.connect("sphinx-click-process-description", _starred)


def _kept(_app: Sphinx, _what: str, _name: str, member: object, *_more: object) -> bool | None:
    """Every word of a vocabulary is shown, also one that needs no explanation."""
    return False if isinstance(member, Enum) else None


def _starred(_app: Sphinx, _context: object, lines: list[str]) -> None:
    """Help texts of the command are written for a terminal: a star in them is a star."""
    lines[:] = [line.replace("*", r"\*") for line in lines]
