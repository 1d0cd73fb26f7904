"""The Jinja environment in which documents are rendered, and where the templates are."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from careplan.documents.markup import ESCAPES, Format, css_string, prefixed, typst_string


def template_root() -> Traversable:
    """Return the folder of templates: inside the installed package, else beside the checkout's ``src``."""
    installed = files("careplan") / "templates"
    checkout = Path(__file__).resolve().parents[3] / "templates"
    for root in (installed, checkout):
        if root.is_dir():
            return root
    raise FileNotFoundError(f"no templates at {installed} or {checkout}: install careplan again")


def environment(format: Format, overrides: Path | None = None) -> Environment:
    """Return the environment for one output format, made once.

    `overrides` is a clinic's own folder of templates. It is searched first, its templates run in Jinja's sandbox, and
    they can extend the shipped ones as ``careplan/team-plan.j2``.
    """
    return _environment(format, overrides.resolve() if overrides else None)


@cache
def _environment(format: Format, overrides: Path | None) -> Environment:
    shipped = FileSystemLoader(str(template_root()))
    named = PrefixLoader({"careplan": shipped})
    clinic = [FileSystemLoader(str(overrides))] if overrides else []
    kind = ImmutableSandboxedEnvironment if overrides else Environment
    env = kind(
        loader=ChoiceLoader([*clinic, shipped, named]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalizer(format),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=bool(overrides),
        cache_size=-1,
    )
    env.filters |= {"css_string": css_string, "typst_string": typst_string, "prefixed": prefixed}
    return env


def _finalizer(format: Format) -> Callable[[object], Markup]:
    escape = ESCAPES[format]

    def finalize(value: object) -> Markup:
        """Escape a string for the format; refuse what has not been put into words."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, str):
            return escape(str(value))
        if isinstance(value, int) and not isinstance(value, bool):
            return Markup(value)
        if isinstance(value, Undefined):
            str(value)  # raises, naming what is undefined
        raise TypeError(f"{value!r} reached a template: documents print words, so a view must put it into words first")

    return finalize
