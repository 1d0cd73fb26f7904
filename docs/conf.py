"""How the documentation is built: `make docs`. Nothing is fetched while building or reading."""

from importlib.metadata import version as installed_version

project = "careplan"
author = "the careplan authors"
project_copyright = "the careplan authors; Apache License 2.0"
release = version = installed_version("careplan")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"

html_theme = "furo"
html_title = f"careplan {release}"
html_show_sphinx = False
html_copy_source = False
