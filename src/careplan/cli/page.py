"""A page about one thing of the knowledge base: what stands on it, before it is printed or written."""

from attrs import field, frozen

from careplan.cli.drug_words import RowWords


@frozen(kw_only=True)
class Part:
    """A heading with the facts below it, each in words."""

    heading: str
    rows: tuple[RowWords, ...]


@frozen(kw_only=True)
class Page:
    """A title, labelled lines about what the thing is, and its facts by heading."""

    title: str
    lines: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...] = ()
    closing: tuple[str, ...] = field(factory=tuple)
