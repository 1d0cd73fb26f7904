"""Tables of facts as rules: what is compiled, what is covered, and where it is asked."""

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from careplan.knowledge import load_knowledge
from careplan.knowledge.dosing import DoseModifier
from careplan.model import Jurisdiction, Unit
from careplan.rules import Rule, Severity
from careplan.rules.assembly import definitions_of, load_rules, names_of
from careplan.rules.rule import stems
from careplan.rules.tables import TableRules
from careplan.rules.tables.draft import Draft

KNOWN = load_knowledge()
BOOK = {rule.id: rule for rule in load_rules(KNOWN).rules}


@cache
def tables(named: frozenset[str] = frozenset()) -> TableRules:
    return TableRules(KNOWN, names_of(KNOWN), definitions_of(KNOWN), named)


def compiled(named: frozenset[str] = frozenset()) -> dict[str, Rule]:
    return {rule.id: rule for rule in tables(named).rules}


DRAFTS = tuple(tables().drafts())

COMPILED = compiled()


def draft(name: str) -> Draft:
    return next(each for each in DRAFTS if each.id == name)


def test_no_two_rows_make_the_same_rule() -> None:
    """Wordings of one row differ by country."""
    asked = Counter((each.id, place) for each in DRAFTS for place in each.jurisdiction or Jurisdiction)
    assert [name for name, count in asked.items() if count > 1] == []


def test_every_rule_belongs_to_a_family_of_the_tables_and_no_written_rule_does() -> None:
    assert {each.id.partition("/")[0] for each in DRAFTS} == tables().families


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(sorted(KNOWN.drugs)), max_size=12))
def test_rules_made_for_a_plan_are_those_that_can_speak_of_it(drugs: set[str]) -> None:
    mentioned = drugs.union(*(KNOWN.classes_of(drug, route=None) for drug in drugs))
    possible = [rule.id for rule in tables().rules if all(mentioned & names for names in rule.requirement)]
    made = [rule.id for rule in tables().about(mentioned) if all(mentioned & names for names in rule.requirement)]
    assert made == possible


def test_a_ceiling_in_mg_or_for_each_kg_is_held_against_the_dose_itself() -> None:
    units = (Unit.MG, Unit.MG_PER_KG)
    weighed = {
        each.id: each.when
        for each in DRAFTS
        if isinstance(each.row, DoseModifier) and each.row.ceiling is not None and each.row.unit in units
    }
    assert weighed
    assert [name for name, when in weighed.items() if "recorded(" in when] == []


def test_a_row_that_a_named_rule_covers_makes_no_rule() -> None:
    covered = next(each for each in DRAFTS if each.row.covered_by)
    assert covered.id in compiled()
    assert covered.id not in compiled(frozenset(covered.row.covered_by[:1]))


def test_every_row_speaks_once_through_its_own_rule_or_through_a_named_one() -> None:
    silent = {each.id for each in DRAFTS if each.id not in BOOK and not speakers(each)}
    twice = {each.id for each in DRAFTS if each.id in BOOK and speakers(each)}
    assert twice == set()
    assert silent == set()


def test_a_named_rule_that_covers_a_row_asks_about_what_the_row_is_about() -> None:
    deaf = set()
    for each in DRAFTS:
        about = asked(each)
        spoken = set[str]().union(*(BOOK[rule].subjects for rule in covering(each)))
        if each.id not in BOOK and about and not about & spoken:
            deaf.add(each.id)
    assert deaf == {
        "result-needs-action/egfr/gabapentinoid-1",  # the rule judges the clearance, which is worked out
        "baseline-tests-missing/jak-inhibitor-8",  # the rule asks for the record that all risks were weighed
    }


def asked(each: Draft) -> set[str]:
    """The conditions, tests and factors that a row is about, and what they count as."""
    row = each.row
    names = {*getattr(row, "conditions", ()), *getattr(row, "tests", ())}
    factor = getattr(row, "factor", "")
    names |= {factor} - {"", "age", "crcl", "egfr"}
    return names.union(*(KNOWN.counts_as(name) for name in names if name in KNOWN.conditions))


def speakers(each: Draft) -> set[str]:
    """The named rules that cover the row, alone or by their family, and ask about its medicine."""
    whole = covering(each).intersection(each.row.covered_by)
    about = each.id.partition("/")[2]
    drugs = [drug for drug in KNOWN.drugs if about.startswith(drug)]
    names = set[str]().union(*(KNOWN.classes_of(drug) | {drug} for drug in drugs))
    return whole | {rule for rule in covering(each) if BOOK[rule].subjects & names}


def covering(each: Draft) -> set[str]:
    """The named rules that the row names, and the members of families that it names."""
    return {rule for rule in BOOK if rule not in COMPILED and not stems(rule).isdisjoint(each.row.covered_by)}


@pytest.mark.parametrize("name", sorted({each.id for each in DRAFTS}))
def test_a_table_rule_tells_who_acts_on_what_and_on_whose_word(name: str) -> None:
    rule = COMPILED[name]
    assert rule.actor
    assert rule.sources
    assert rule.message.text.strip()
    assert rule.action.text.strip()
    assert all(step.to > rule.severity for step in rule.escalate)


def test_a_limit_is_a_caution_first_and_worse_above_the_hard_figure() -> None:
    weekly = next(
        each for each in DRAFTS if each.id.startswith("dose-above-limit/methotrexate-weekly") and each.escalate
    )
    assert weekly.severity is Severity.CAUTION
    assert weekly.when == 'weekly("methotrexate", route="oral") > 20'
    assert weekly.escalate == ((Severity.WARNING, 'weekly("methotrexate", route="oral") > 25', ()),)


def test_a_disputed_row_never_blocks_a_plan() -> None:
    disputed = [rule for rule in COMPILED.values() if rule.confidence.value == "disputed"]
    assert disputed
    assert all(rule.ceiling is Severity.WARNING for rule in disputed)


def test_a_country_without_a_row_is_judged_by_the_rows_of_others() -> None:
    uk_only = draft("order-incomplete/methotrexate-2")
    assert [region.value for region in uk_only.row.jurisdiction] == ["uk"]
    assert uk_only.jurisdiction == ()


def test_a_members_own_row_speaks_where_it_holds_and_the_row_of_its_class_elsewhere() -> None:
    stands_in = ', of="'
    named = [each for each in DRAFTS if stands_in in each.when.removesuffix(each.row.when or "") and each.jurisdiction]
    assert named, "some drug has a row of its own for one country only"
    for each in named:
        others = [other for other in DRAFTS if other.id == each.id and other is not each]
        assert others, each.id
        assert not set(each.jurisdiction).intersection(*(other.jurisdiction for other in others)), each.id


def test_no_medicine_interacts_with_itself() -> None:
    shared = [each for each in DRAFTS if each.id.startswith("interaction/") and "count(" in each.when]
    assert shared, "some interaction has a class on one side that holds a name of the other"
    assert all(" >= 2" in each.when or " >= 3" in each.when for each in shared)
