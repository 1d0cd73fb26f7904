"""What an import gives: a draft plan, and the account of everything that was in the record."""

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import frozen

from careplan.exchange.fhir.account import Account, Kind, Note
from careplan.model import CarePlan

_HEADINGS = {
    Kind.MAPPED: "mapped: in the plan as the record says it",
    Kind.GUESSED: "guessed: in the plan, please look at it",
    Kind.UNMAPPED: "unmapped: no word for it here; kept where the plan has room",
    Kind.UNUSABLE: "unusable: broken, withdrawn, contradictory or about somebody else",
    Kind.IGNORED: "not part of a first plan",
}


@frozen(kw_only=True)
class Imported:
    """A draft plan made from a record. Every resource of the record has exactly one account."""

    plan: CarePlan
    accounts: tuple[Account, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """All choices and losses, in the order of the record."""
        return tuple(note for account in self.accounts for note in account.notes)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many resources were read how well; they add up to all resources of the record."""
        found = Counter(account.kind for account in self.accounts)
        return {kind: found[kind] for kind in Kind}

    @property
    def unread(self) -> Mapping[str, int]:
        """Elements that were not read ("Observation.method"), and in how many resources they stood."""
        counted = Counter(f"{account.type}.{name}" for account in self.accounts for name in account.unread)
        return dict(sorted(counted.items()))

    def summary(self) -> str:
        """Write the report for people: counts, then every kind of note once with how often it was taken."""
        plan = self.plan
        person = plan.patient
        found = {
            "medicines": plan.medicines, "conditions": person.conditions, "results": person.results,
            "vaccinations": person.vaccinations,
        }  # fmt: skip
        lines = [
            f"{person.name}: " + ", ".join(f"{len(facts)} {name}" for name, facts in found.items()),
            f"{len(self.accounts)} resources: " + ", ".join(f"{n} {kind.value}" for kind, n in self.counts.items()),
        ]
        for kind in reversed(Kind):
            told = list(self._told(kind))
            if told:
                lines += ["", _HEADINGS[kind].capitalize(), *told]
        if self.unread:
            lines += ["", "Elements that are not read", "  " + ", ".join(f"{k} ({n})" for k, n in self.unread.items())]
        return "\n".join(lines) + "\n"

    def _told(self, kind: Kind) -> Iterator[str]:
        """Group equal notes; name what they are about, the record's words, and how often."""
        groups: dict[tuple[str, str], Counter[str]] = {}
        for account in self.accounts:
            for note in account.notes:
                if note.kind is kind:
                    words = note.text if note.text is not None and note.text != account.what else ""
                    about = account.what if not words or words.startswith(account.what) else f"{account.what}: {words}"
                    about = words if words.startswith(account.what) else about
                    groups.setdefault((note.what, note.why), Counter())[about] += 1
        for (what, why), abouts in sorted(groups.items()):
            yield f"  {what}: {why}"
            for about, times in sorted(abouts.items()):
                yield f"    - {about}" + (f" ({times} times)" if times > 1 else "")
