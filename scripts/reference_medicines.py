"""Reference pages about medicines: drugs, partners, classes, combination products, interactions."""

import tomllib
from collections.abc import Iterator, Mapping
from itertools import groupby

from careplan.cli.drug_page import class_page, drug_page, interaction_words
from careplan.cli.drug_sentences import Say
from careplan.cli.markdown_page import as_markdown, plain
from careplan.cli.page import Page, Part
from careplan.documents.wording import from_id, quantity
from careplan.knowledge import Knowledge
from careplan.knowledge.compiled import AUTHORED
from careplan.knowledge.coverage import coverage
from careplan.model import Absent
from scripts.reference_table import aside, table

_DRUGS = """\
# Medicines

{count} medicines are described in full, each on a page of its own: every fact with its source, how far it is trusted
and where it holds. {others} more medicines, foods and herbs are [recognised](#partners): by name, code and class, for
their interactions. Nothing here replaces the product's own label.
"""
_CLASSES = """\
# Classes of medicines

What holds for every member stands with the class. Indented lines are narrower classes; a class may count a medicine
only as it is given (a gel is a topical NSAID and no systemic one).
"""
_INTERACTIONS = """\
# Interactions

{count} interactions, by the family that they are kept in. Each side is any of the medicines or classes that it names.
"""


def pages(knowledge: Knowledge) -> Mapping[str, str]:
    """A page for each drug, each class, each family of interactions, and what leads to them."""
    full = sorted(coverage(knowledge).pages)
    found = {f"drugs/{name}.md": aside(as_markdown(drug_page(knowledge.drugs[name], knowledge))) for name in full}
    found |= {f"classes/{name}.md": aside(as_markdown(class_page(name, knowledge))) for name in knowledge.classes}
    found |= {f"interactions/{family}.md": aside(text) for family, text in _families(knowledge)}
    found["drugs/index.md"] = _drugs(knowledge, full)
    found["classes/index.md"] = _classes(knowledge)
    families = sorted(name.removeprefix("interactions/")[:-3] for name in found if name.startswith("interactions/"))
    links = "".join(f"- [{from_id(family).capitalize()}]({family}.md)\n" for family in families)
    found["interactions/index.md"] = _INTERACTIONS.format(count=len(knowledge.interactions)) + "\n" + links
    found["catalogue/products.md"] = _products(knowledge)
    return found


def _drugs(knowledge: Knowledge, full: list[str]) -> str:
    partners = sorted((knowledge.drugs[name].group.value, name) for name in {*knowledge.drugs} - {*full})
    rows = [f"| [{plain(knowledge.drugs[n].name)}]({n}.md) | {knowledge.drugs[n].group.value} | "
            f"{plain(knowledge.drugs[n].subclass or '')} | {_atc(knowledge, n)} |\n" for n in full]  # fmt: skip
    parts = [
        _DRUGS.format(count=len(full), others=len(partners)),
        "\n| medicine | group | kind | ATC |\n|---|---|---|---|\n",
    ]
    parts += [*rows, "\n(partners)=\n## Partners\n"]
    for group, pairs in groupby(partners, key=lambda pair: pair[0]):
        names = ", ".join(f"{knowledge.drugs[name].name} ({_atc(knowledge, name)})" for _, name in pairs)
        parts.append(f"\n**{group.capitalize()}**: {plain(names.replace(' ()', ''))}.\n")
    return "".join(parts)


def _atc(knowledge: Knowledge, name: str) -> str:
    codes = [
        code.code for code in knowledge.drugs[name].codes if code.system.value == "atc" and code.use.value == "usual"
    ]
    return ", ".join(codes)


def _classes(knowledge: Knowledge) -> str:
    children: dict[str, list[str]] = {}
    for name, kind in knowledge.classes.items():
        for parent in kind.parents or ("",):
            children.setdefault(parent, []).append(name)

    def lines(parent: str, depth: int) -> Iterator[str]:
        for name in sorted(children.get(parent, ()), key=lambda each: knowledge.classes[each].name.casefold()):
            members = len(knowledge.members(name))
            yield f"{'  ' * depth}- [{plain(knowledge.classes[name].name)}]({name}.md): {members} medicines\n"
            yield from lines(name, depth + 1)

    return "".join([_CLASSES, "\n", *lines("", 0)])


def _families(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The interactions of each file."""
    say = Say(knowledge)
    for file in sorted((AUTHORED / "interactions").glob("*.toml")):
        names = [entry["id"] for entry in tomllib.loads(file.read_text("utf-8"))["interaction"]]
        rows = sorted((knowledge.interactions[name] for name in names), key=lambda row: (-row.severity, row.id))
        parts = tuple(
            Part(
                heading=plain(" with ".join(say.names(side, "or") for side in row.between)),
                rows=(interaction_words(row, say, row.between[1:] or row.between),),
            )
            for row in rows
        )
        title = f"Interactions: {from_id(file.stem)}"
        yield file.stem, as_markdown(Page(title=title, lines=(("Count", str(len(rows))),), parts=parts))


def _products(knowledge: Knowledge) -> str:
    rows = []
    for name, product in knowledge.products.items():
        held = [
            f"{each.drug} {'' if isinstance(each.strength, Absent) else quantity(each.strength)}".strip()
            for each in knowledge.ingredients(name)
        ]
        rows.append(
            (product.name, " + ".join(held), product.max_units_day or "", product.hidden or "", product.action or "")
        )
    head = "# Combination and over-the-counter products\n\nWhat a name hides: each ingredient is counted.\n\n"
    return head + table(("product", "contains", "at most a day", "overlooked", "what to do"), rows)
