"""The small typed parts that every document is made of: badges, facts, dated entries, and the shell around them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeAlias

from attrs import frozen


class Tone(StrEnum):
    """How a block looks. Each tone has a shape of its own, and a word always stands beside it."""

    CRITICAL = "critical"
    """Octagon: stop and act now."""
    WARNING = "warning"
    """Triangle: act."""
    CAUTION = "caution"
    """Diamond: think."""
    INFO = "info"
    """Circle: know."""
    UNKNOWN = "unknown"
    """Square with a question mark: nobody can tell yet."""
    SETTLED = "settled"
    """Tick: dealt with."""


@frozen
class Badge:
    """A word with the shape of its tone, and what it says of `text`."""

    tone: Tone
    word: str
    text: str = ""


Line: TypeAlias = str | Badge
Lines: TypeAlias = tuple[Line, ...]


@frozen
class Fact:
    """A label and what is recorded under it, in one or more lines."""

    label: str
    lines: Lines


def fact_lines(facts: Iterable[Fact]) -> Lines:
    """Facts as the lines of a cell: ``Risks: infection; low blood counts``."""
    return tuple(f"{fact.label}: {'; '.join(str(line) for line in fact.lines)}" for fact in facts)


@frozen
class Entry:
    """One dated line of a timeline."""

    when: str
    title: str
    lines: Lines = ()


@frozen
class Period:
    """Entries of one stretch of time, such as a month."""

    title: str
    entries: tuple[Entry, ...]


@frozen(kw_only=True)
class Shell:
    """What stands around a document: its title, whose it is, what state it is in, and the small print."""

    kind: str
    """What sort of document this is: "Team care plan"."""
    title: str
    subject: str
    language: str
    running: str
    """Repeated at the head of every page: who, which plan, which revision, which state."""
    alert: str
    """Repeated below it: allergies."""
    watermark: str | None
    """Words across every page of a document that is not to be used."""
    notice: tuple[str, ...]
    """What the reader must know before reading on; the first line is the headline."""
    identity: tuple[Fact, ...]
    allergies: Fact
    badges: tuple[Badge, ...]
    calls: tuple[Fact, ...]
    """Whom to call: on the first page of every document."""
    version: tuple[Fact, ...]
    """Plan id, revision, status, dates, knowledge: what this page was made from."""
    footer: tuple[str, ...]
    spacious: bool = False
    """More room between lines, for readers who are not used to tables."""
