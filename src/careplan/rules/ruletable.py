"""From a `[[rule]]` table to rules: one, or one for each of its variants."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from careplan.knowledge.vocabulary import Confidence, Severity
from careplan.model import Jurisdiction
from careplan.rules.entry import Entry
from careplan.rules.facts import THIS
from careplan.rules.message import Message
from careplan.rules.names import NameKind, Names
from careplan.rules.rule import Escalation, Rule
from careplan.rules.rulebook import Pack
from careplan.rules.sentence import parse
from careplan.rules.tree import Defined

CONFIDENCES = {str(confidence): confidence for confidence in Confidence}
SEVERITIES = {severity.word: severity for severity in Severity}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")


def rules_of(entry: Entry, names: Names, definitions: Mapping[str, Defined], pack: Pack) -> Iterator[Rule]:
    """The rules of one table; those with flaws are left out, and the flaws noted.

    A `[[rule.variant]]` repeats only the keys that differ where it holds; it must say where (`jurisdiction`).
    """
    variants = entry.tables("variant")
    if not variants:
        yield from _rule(entry, names, definitions, pack)
    shared = {key: value for key, value in entry.table.items() if key != "variant"}
    for table in variants:
        variant = entry.part({**shared, **table}, f"variant {', '.join(map(str, _listed(table)))}")
        if not _listed(table):
            variant.flaw("jurisdiction is missing: a variant says where it holds")
        yield from _rule(variant, names, definitions, pack)


def _listed(table: Mapping[str, object]) -> list[object]:
    stated = table.get("jurisdiction", [])
    return stated if isinstance(stated, list) else [stated]


def _rule(entry: Entry, names: Names, definitions: Mapping[str, Defined], pack: Pack) -> Iterator[Rule]:
    noted = len(entry.flaws)
    each = entry.texts("each", names.of(NameKind.MEDICINE))
    when = entry.sentence(partial(parse, names=names, definitions=definitions, has_this=bool(each)))
    stated = partial(
        Rule,
        id=entry.text("id"),
        severity=entry.member("severity", SEVERITIES),
        message=Message(entry.text("message")),
        action=Message(entry.text("action")),
        actor=entry.texts("actor", names.of(NameKind.ROLE), needed=True),
        sources=entry.texts("sources", names.of(NameKind.SOURCE), needed=True),
        confidence=entry.member("confidence", CONFIDENCES),
        each=each,
        ended_within=entry.value("ended_within", int, 0),
        escalate=tuple(_escalations(entry, names, definitions, has_this=bool(each))),
        jurisdiction=_jurisdictions(entry),
        supersedes=entry.texts("supersedes"),
        family=entry.file.removesuffix(".toml"),
        indicators=entry.texts("indicators"),
        version=pack.version,
        reviewed=entry.day("reviewed"),
        next_review=entry.day("next_review"),
    )
    entry.finish()
    if when:
        rule = stated(when=when)
        _check(rule, entry)
        if len(entry.flaws) == noted:
            yield rule


def _escalations(
    entry: Entry, names: Names, definitions: Mapping[str, Defined], *, has_this: bool
) -> Iterator[Escalation]:
    for table in entry.tables("escalate"):
        step = entry.part(table, "escalate")
        to = step.member("to", SEVERITIES)
        when = step.sentence(partial(parse, names=names, definitions=definitions, has_this=has_this))
        jurisdiction = _jurisdictions(step)
        step.finish()
        if when:
            yield Escalation(to=to, when=when, jurisdiction=jurisdiction)


def _jurisdictions(entry: Entry) -> tuple[Jurisdiction, ...]:
    known = {str(jurisdiction) for jurisdiction in Jurisdiction}
    return tuple(Jurisdiction(text) for text in entry.texts("jurisdiction", known) if text in known)


def _check(rule: Rule, entry: Entry) -> None:
    if not _ID.fullmatch(rule.id):
        entry.flaw(f'id "{rule.id}" is not in kebab-case')
    for step in rule.escalate:
        if step.to <= rule.severity:
            entry.flaw(f"escalates to {step.to.word}, which is no worse than its own {rule.severity.word}")
        if not all(rule.jurisdiction == () or place in rule.jurisdiction for place in step.jurisdiction):
            entry.flaw("an escalation holds where the rule does not")
    if rule.id in rule.supersedes:
        entry.flaw("supersedes itself")
    subjects = rule.subjects | ({THIS} if rule.each else set())
    for key, message in (("message", rule.message), ("action", rule.action)):
        for gap in message.unknown_gaps(subjects):
            entry.flaw(f"{key} has a gap {{{gap}}} that no name or word of its sentences can fill")
