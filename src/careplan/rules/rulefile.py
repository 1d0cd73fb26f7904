"""From rule files (TOML) to a rule book. Everything that is wrong is told at once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from attrs import define, field

from careplan.rules.consistency import check
from careplan.rules.entry import Entry, Flaw
from careplan.rules.names import NameKind, Names
from careplan.rules.rule import Rule
from careplan.rules.rulebook import MadeRules, Pack, RuleBook, RuleBookError, SwitchedOff
from careplan.rules.ruletable import CONFIDENCES, rules_of
from careplan.rules.sentence import parse
from careplan.rules.tree import Defined

PACK, DEFINITIONS = "pack.toml", "definitions.toml"
_REFERENCE = re.compile(r'\bdefined\(\s*"([^"]*)"')


def read_rulebook(*packs: Mapping[str, str], names: Names, tables: MadeRules | None = None) -> RuleBook:
    """Read packs of rules, each a mapping from file name to TOML text.

    A pack has a `pack.toml` (name, version, date, rules switched off) and may have a `definitions.toml`; all its other
    files hold rules. Later packs may use the definitions of earlier ones, supersede their rules and switch them off.
    `tables` are the rules that were not written as sentences but follow from tables of facts; they join the book.

    Raises:
        RuleBookError: with everything that is wrong in any file.
    """
    reader = _Reader(names)
    for files in packs:
        reader.read(files)
    return reader.book(tables)


@define
class _Reader:
    names: Names
    packs: list[Pack] = field(factory=list)
    definitions: dict[str, Defined] = field(factory=dict)
    rules: list[tuple[Rule, Entry]] = field(factory=list)
    switched_off: list[tuple[SwitchedOff, Entry]] = field(factory=list)
    flaws: list[Flaw] = field(factory=list)

    def read(self, files: Mapping[str, str]) -> None:
        pack = self._pack(files.get(PACK, ""))
        self._define(list(self._entries(DEFINITIONS, files.get(DEFINITIONS, ""), "definition")))
        for file in sorted(files.keys() - {PACK, DEFINITIONS}):
            for entry in self._entries(file, files[file], "rule"):
                for rule in rules_of(entry, self.names, self.definitions, pack):
                    self.rules.append((rule, entry))

    def book(self, tables: MadeRules | None) -> RuleBook:
        check(self.rules, self.switched_off, tables)
        if self.flaws:
            raise RuleBookError(tuple(sorted(set(self.flaws), key=lambda flaw: (flaw.file, flaw.line, flaw.column))))
        off = tuple(switch for switch, _ in self.switched_off)
        silent = {switch.rule for switch in off}
        return RuleBook(
            written=tuple(rule for rule, _ in self.rules if rule.id not in silent),
            tables=tables,
            packs=tuple(self.packs),
            definitions=self.definitions,
            switched_off=off,
        )

    def _pack(self, source: str) -> Pack:
        entry = Entry(PACK, source, 0, self._tables(PACK, source), "pack", self.flaws)
        pack = Pack(name=entry.text("name"), version=entry.text("version"), date=entry.value("date", date, date.min))
        if "date" not in entry.table:
            entry.flaw("date is missing")
        for table in entry.tables("off"):
            switch = entry.part(table, "off")
            off = SwitchedOff(rule=switch.text("rule"), reason=switch.text("reason"), pack=pack.name)
            switch.finish()
            self.switched_off.append((off, switch))
        entry.finish()
        self.packs.append(pack)
        return pack

    def _define(self, entries: list[Entry]) -> None:
        """Read definitions in the order in which they need each other."""
        waiting = {entry.text("id"): entry for entry in entries}
        if len(waiting) < len(entries):
            entries[-1].flaw("an id is used for two definitions")
        while waiting:
            ready = [name for name, entry in waiting.items() if not (_references(entry) & waiting.keys())]
            if not ready:
                for name, entry in waiting.items():
                    entry.flaw(f"refers in a circle to {', '.join(sorted(_references(entry) & waiting.keys()))}")
                    self.definitions.pop(name, None)
                return
            for name in ready:
                self._definition(name, waiting.pop(name))

    def _definition(self, name: str, entry: Entry) -> None:
        if name in self.definitions:
            entry.flaw(f'"{name}" is defined already')
        sentence = entry.sentence(partial(parse, names=self.names, definitions=self.definitions))
        before = entry.value("before", bool, default=False)
        entry.texts("sources", self.names.of(NameKind.SOURCE), needed=True)
        entry.member("confidence", CONFIDENCES)
        entry.finish()
        if sentence is not None:
            self.definitions[name] = Defined(name, sentence.clause, before)

    def _tables(self, file: str, source: str) -> Mapping[str, object]:
        try:
            return tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            self.flaws.append(Flaw(file, *_place(str(error)), "file", f"is no TOML: {error}"))
            return {}

    def _entries(self, file: str, source: str, kind: str) -> Iterator[Entry]:
        whole = Entry(file, source, 0, self._tables(file, source), "file", self.flaws)
        starts = [match.start() for match in re.finditer(rf"^\[\[{kind}\]\]", source, re.MULTILINE)]
        for number, table in enumerate(whole.tables(kind)):
            start = starts[number] if number < len(starts) else 0
            yield Entry(file, source, start, table, f"{kind} {table.get('id', number + 1)}", self.flaws)
        whole.finish()


def _references(entry: Entry) -> set[str]:
    return set(_REFERENCE.findall(str(entry.table.get("when", ""))))


def _place(error: str) -> tuple[int, int]:
    """Line and column that the TOML reader names in its message."""
    found = re.search(r"line (\d+), column (\d+)", error)
    return (int(found[1]), int(found[2])) if found else (1, 1)
