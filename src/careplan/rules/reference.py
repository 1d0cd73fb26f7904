"""The reference page of the `when` language, written from the vocabulary itself.

``python -m careplan.rules.reference`` prints it; it is kept in ``docs/reference/when-language.md``.
"""

import sys
from collections.abc import Iterator

from careplan.rules.vocabulary import (
    FILTERS,
    Accepts,
    Choice,
    Gives,
    Grade,
    Group,
    Name,
    Parameter,
    Slug,
    Whole,
    Word,
    YesNo,
)
from careplan.rules.words import WORDS

_FRAME = """\
# The `when` language

A hazard is one sentence that a clinician can read:

```text
on("nsaid-systemic") and (latest("egfr") < 30 or has("dialysis"))
```

This page is written from the vocabulary that sentences are checked against (`python -m careplan.rules.reference`), and
a test holds the two together. How to write a rule: [](../how-to/add-a-rule.md).

## The frame of a sentence

Syntax
: `and`, `or`, `not`, brackets; comparisons `<` `<=` `>` `>=` `==` `!=`, chains of them (`10 <= pred() < 20`) and
  `in ("one", "other")`; the words below; constants: text in quotes, plain numbers, `True` and `False`. No arithmetic;
  every argument is a constant. At most 4000 characters, 30 levels, and 1000 parts with definitions.

Several names in one call
: Any of them: `on("mra", "potassium")`. "All of them" is `and`.

Which day
: A rule is asked about the review day and about each later day on which an item of the rule starts, stops or steps in
  dose, or a vaccine or operation is planned. `on` and every distance in days look at that day; ages of results look at
  the review day.

`"this"`
: A rule with `each = ["class"]` is asked once for each such item, and `"this"` is that item.

An item that is not there
: `on` is no, numbers are 0, `min_gap` is endless. Never unknown.

Unknown
: A missing or stale fact is *unknown*, and so is what depends on it. `and` is no as soon as one part is no, and `or` is
  yes as soon as one part is yes, whatever is unknown beside it. A fact that cannot change the answer is not asked for.

Known in part
: 60 mg and an unknown dose are a range from 60 upwards: `>= 50` is yes, `>= 90` unknown. A result of "<5" lies below 5.

Filters
: Words marked *filters* take the arguments of the next table. Filters in one call belong to one item:
  `days_on("nsaid-systemic", use="regular") > 90`. An item that does not state what a filter asks is unknown for it.

"""

_RULES = """
## The table of a rule

Rules stand in TOML files, one for each concern. An unknown key, name or word is an error with file, line and column.

| key of `[[rule]]` | | |
|---|---|---|
| `id` | required | kebab-case, never used again; rules of one family may share a stem: `live-vaccine-window/biologic` |
| `when` | required | the sentence |
| `severity` | required | `info`, `caution`, `warning`, `critical`: the least that it is when the sentence is true |
| `[[rule.escalate]]` | | `to` (worse), `when`, `jurisdiction`; asked only when the rule is true |
| `message`, `action` | required | what is wrong, what to do; with gaps, see below |
| `actor` | required | list of roles |
| `sources` | required | list of ids of `sources.toml` |
| `confidence` | required | `verified`, `standard`, `disputed`; a disputed rule is never worse than a warning |
| `each` | | list of drugs or classes: the rule is asked once for each such item |
| `ended_within` | | days: with `each`, items that ended in the last n days too |
| `jurisdiction` | | list of `uk`, `us`, `eu`; left out: everywhere |
| `[[rule.variant]]` | | the keys that differ in one `jurisdiction`, which a variant must state |
| `supersedes` | | list of rules, or stems of families, that are silent when this one speaks of the same items |
| `indicators` | | published indicators that count this rule |
| `reviewed`, `next_review` | | dates |

Gaps: `{nsaid-systemic}` becomes the names of what answered to that name, `{paracetamol:daily}` what a word said of it
("4500 mg/day"), `{this}` the item, `{age}` the answer of a word without a name, `{items}` every medicine that
the facts name. Several names make one list: `{mra, potassium}`.
What stands in square brackets is said only if all of its gaps can be filled: `[ (eGFR {egfr:latest})]`.

`definitions.toml` holds `[[definition]]` tables: `id`, `when`, `sources`, `confidence`, and `before = true` if it is
asked about the day before the item starts or rises. `pack.toml` says `name`, `version` and `date` of the rules, and
switches rules off: `[[off]]` with `rule` and `reason`.
"""

_DEFINED = """
### `defined(name)`

The sentence of that name in `definitions.toml`. Gives: yes/no.
Unknown: as that sentence.

```text
defined("immunosuppressed")
```
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [_FRAME, *_table("filter", FILTERS)]
    for group in Group:
        parts.append(f"\n## {group}\n")
        for word in (word for word in WORDS.values() if word.group is group):
            parts += _word(word)
    parts += [_DEFINED, _RULES]
    return "".join(parts)


def _word(word: Word) -> Iterator[str]:
    yield f"\n### `{word.signature}`\n\n{word.meaning[0].upper()}{word.meaning[1:]}. Gives: {_gives(word)}.\n"
    yield f"Unknown: {word.unknown}.\n\n```text\n{word.example}\n```\n"
    arguments = (*word.subjects[:1], *word.others, *word.keywords)
    if arguments:
        yield "\n"
        yield from _table("argument", arguments)


def _gives(word: Word) -> str:
    match word.gives:
        case Gives.NUMBER:
            return f"number ({word.unit})" if word.unit else "number"
        case Gives.TEXT:
            return ", ".join(f'"{text}"' for text in word.texts) or "text"
        case Gives.TRUTH:
            return "yes/no"


def _table(title: str, parameters: tuple[Parameter, ...]) -> Iterator[str]:
    yield f"| {title} | takes | means |\n|---|---|---|\n"
    for parameter in parameters:
        takes = " or ".join(_takes(accepts) for accepts in parameter.accepts)
        yield f"| `{parameter.name}` | {takes} | {parameter.meaning} |\n"


def _takes(accepts: Accepts) -> str:
    match accepts:
        case Name(kinds):
            return f"{' or '.join(kinds)}" + (' or `"this"`' if accepts.takes_this else "")
        case Slug():
            return "an id"
        case Choice(words):
            return ", ".join(f'`"{word}"`' for word in words)
        case YesNo():
            return "`True` or `False`"
        case Whole(minimum):
            return f"a whole number from {minimum}"
        case Grade():
            return "a grade of the condition"


if __name__ == "__main__":
    sys.stdout.write(page())
