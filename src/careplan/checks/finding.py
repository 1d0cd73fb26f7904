"""What a review says: findings, what it could not judge, and the report that holds both."""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from attrs import field, frozen

from careplan.checks.question import Question, questions
from careplan.knowledge.overlay import Overlay
from careplan.knowledge.vocabulary import Confidence
from careplan.model import Acknowledgement
from careplan.rules import Fact, Missing, Severity


def fingerprint(*parts: str) -> str:
    """A short stable name for a finding: the same cause has the same fingerprint in every run."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@frozen(kw_only=True)
class Finding:
    """One hazard: what is wrong, because of which facts, what to do, who says so.

    `subjects` are the paths of the plan's items it is about; `day` is the first day on which it is true, the review
    day or a later one. The fingerprint changes when severity, subjects or cause do, so that an acknowledgement
    lapses when things get worse.
    """

    rule: str
    severity: Severity
    message: str
    action: str
    actor: tuple[str, ...]
    because: tuple[Fact, ...]
    subjects: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: Confidence
    fingerprint: str
    day: date
    family: str = ""
    notes: tuple[str, ...] = ()
    acknowledgement: Acknowledgement | None = None
    also: tuple[str, ...] = ()
    """Rules with the same cause that this finding speaks for."""

    @property
    def sort_key(self) -> tuple[int, date, str, tuple[str, ...]]:
        """Worst first, then by day and name: the same order in every run."""
        return (-self.severity, self.day, self.rule, self.subjects)

    def __str__(self) -> str:
        return f"{self.severity.name}: {self.message} {self.action}"


@frozen(kw_only=True)
class NotAssessed:
    """A fact that is missing or too old, and what waits for it."""

    missing: Missing
    severity: Severity
    rules: tuple[str, ...]
    ask: str
    actor: tuple[str, ...]

    @property
    def fact(self) -> str:
        """The fact in words."""
        return self.missing.label

    @property
    def fingerprint(self) -> str:
        """A short stable name for the gap."""
        return fingerprint("missing", self.missing.kind.value, self.missing.name, self.missing.path)

    @property
    def sort_key(self) -> tuple[int, str, str, str]:
        """Worst first, then by kind and name."""
        return (-self.severity, self.missing.kind.value, self.missing.name, self.missing.path)

    def __str__(self) -> str:
        waiting = f"{len(self.rules)} checks wait" if len(self.rules) > 1 else "1 check waits"
        return f"{self.severity.name}, not known: {self.ask} ({waiting} for it)"


@frozen(kw_only=True, slots=False)
class Report:
    """The outcome of a review: sorted, and the same whatever the order of items in the plan."""

    plan: str
    revision: int
    on: date
    knowledge_version: str
    knowledge_date: date
    findings: tuple[Finding, ...]
    not_assessed: tuple[NotAssessed, ...]
    notes: tuple[str, ...] = ()
    switched_off: tuple[tuple[str, str], ...] = ()
    """Rules that were switched off, each with its reason."""
    rules_asked: int = field(default=0)
    overlays: tuple[Overlay, ...] = ()
    """A clinic's own knowledge that was laid over the base."""

    @property
    def edition(self) -> str:
        """The knowledge that was used: ``2026.11``, or ``2026.11 with North Clinic 3``."""
        return " with ".join([self.knowledge_version, *([", ".join(map(str, self.overlays))] if self.overlays else [])])

    @cached_property
    def worst(self) -> Severity | None:
        """The worst severity found, acknowledged or not; None if nothing was found."""
        return max((finding.severity for finding in self.findings), default=None)

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Findings of this severity and worse."""
        return tuple(finding for finding in self.findings if finding.severity >= severity)

    @property
    def open(self) -> tuple[Finding, ...]:
        """Critical findings and warnings that nobody has acknowledged."""
        return tuple(f for f in self.at_least(Severity.WARNING) if f.acknowledgement is None)

    @property
    def blocks_activation(self) -> bool:
        """Whether the plan must not become active: an open critical finding, or a critical fact not known."""
        gaps = any(gap.severity is Severity.CRITICAL for gap in self.not_assessed)
        return gaps or any(finding.severity is Severity.CRITICAL for finding in self.open)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What was not known, in a few lines: one for each way of finding it out, and one for each critical fact."""
        return questions(self.not_assessed)

    def _line(self, finding: Finding) -> str:
        return f"{finding} (From {finding.day:%-d %B %Y}.)" if finding.day > self.on else str(finding)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __str__(self) -> str:
        head = f"Review of {self.plan}, revision {self.revision}, on {self.on} (knowledge {self.edition})"
        lines = [head, *map(self._line, self.findings), *map(str, self.questions)]
        return "\n".join(lines if len(lines) > 1 else [head, "Nothing found."])
