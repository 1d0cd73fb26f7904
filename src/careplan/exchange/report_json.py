"""A report as JSON, for programs. The keys are the attributes of `Report`, `Finding` and `NotAssessed`.

Every key is always there: ``null``, ``[]`` or ``""`` where there is nothing. Days are ``YYYY-MM-DD``, severities the
words ``info``, ``caution``, ``warning`` and ``critical``. A fact's `value` is text: a number with all its digits, or
words; `unit` says what the number counts. `fingerprint` is what an acknowledgement names.
"""

import json
from typing import Any, Final

from careplan.checks import Finding, NotAssessed, Report
from careplan.codec.converter import converter
from careplan.knowledge import Overlay
from careplan.rules import Fact

FORMAT: Final = "careplan-report/1"


def report_tree(report: Report) -> dict[str, Any]:
    """Return the report as dicts, lists and text, ready for any JSON writer."""
    return {
        "format": FORMAT,
        "plan": report.plan,
        "revision": report.revision,
        "on": report.on.isoformat(),
        "knowledge_version": report.knowledge_version,
        "knowledge_date": report.knowledge_date.isoformat(),
        "overlays": [_overlay(overlay) for overlay in report.overlays],
        "rules_asked": report.rules_asked,
        "worst": report.worst.word if report.worst is not None else None,
        "blocks_activation": report.blocks_activation,
        "findings": [_finding(finding) for finding in report.findings],
        "not_assessed": [_gap(gap) for gap in report.not_assessed],
        "notes": list(report.notes),
        "switched_off": [{"rule": rule, "reason": reason} for rule, reason in report.switched_off],
    }


def report_json(report: Report) -> str:
    """Write the report as JSON text with a line feed at the end."""
    return json.dumps(report_tree(report), indent=2, ensure_ascii=False) + "\n"


def _overlay(overlay: Overlay) -> dict[str, Any]:
    return {
        "name": overlay.name,
        "version": overlay.version,
        "date": overlay.date.isoformat(),
        "digest": overlay.digest,
        "replaced": [str(change) for change in overlay.replaced],
        "added": [str(change) for change in overlay.added],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    answer = finding.acknowledgement
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": finding.message,
        "action": finding.action,
        "actor": list(finding.actor),
        "because": [_fact(fact) for fact in finding.because],
        "subjects": list(finding.subjects),
        "sources": list(finding.sources),
        "confidence": finding.confidence.value,
        "fingerprint": finding.fingerprint,
        "day": finding.day.isoformat(),
        "family": finding.family,
        "notes": list(finding.notes),
        "also": list(finding.also),
        "acknowledgement": None if answer is None else converter().unstructure(answer),
    }


def _gap(gap: NotAssessed) -> dict[str, Any]:
    missing = gap.missing
    return {
        "severity": gap.severity.word,
        "kind": missing.kind.value,
        "name": missing.name,
        "fact": gap.fact,
        "path": missing.path,
        "last": None if missing.last is None else _fact(missing.last),
        "ask": gap.ask,
        "actor": list(gap.actor),
        "rules": list(gap.rules),
        "fingerprint": gap.fingerprint,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "label": fact.label,
        "value": None if fact.value is None else f"{fact.value:f}" if not isinstance(fact.value, str) else fact.value,
        "unit": fact.unit,
        "date": None if fact.date is None else fact.date.isoformat(),
        "path": fact.path,
        "working": fact.working,
    }
