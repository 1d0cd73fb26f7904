from collections.abc import Mapping, Set as AbstractSet

import pytest
from attrs import evolve, frozen

from careplan.model import Jurisdiction
from careplan.rules import (
    FALSE,
    TRUE,
    UNKNOWN,
    Fact,
    Message,
    Names,
    Rule,
    RuleBook,
    RuleBookError,
    Severity,
    Value,
    judged,
    read_rulebook,
)
from tests.rules.hand import Hand

PACK = 'name = "house"\nversion = "2026.1"\ndate = 2026-03-01\n'
DEFINITIONS = """
[[definition]]
id = "frail"
when = 'defined("old") or has("dementia")'
sources = ["example"]
confidence = "standard"

[[definition]]
id = "old"
when = 'age() >= 75'
sources = ["example"]
confidence = "standard"
"""
RULE = """
[[rule]]
id = "nsaid-kidney"
when = 'on("nsaid-systemic") and latest("egfr") < 60'
severity = "caution"
message = "{nsaid-systemic} with an eGFR of {egfr:latest} can harm the kidney."
action = "Stop the NSAID."
actor = ["prescriber"]
sources = ["example"]
confidence = "verified"
"""
ESCALATE = """
[[rule.escalate]]
to = "warning"
when = 'defined("frail")'

[[rule.escalate]]
to = "critical"
jurisdiction = ["us"]
when = 'latest("egfr") < 30'
"""


def book(names: Names, rules: str = RULE + ESCALATE, **files: str) -> RuleBook:
    return read_rulebook(
        {"pack.toml": PACK, "definitions.toml": DEFINITIONS, "kidney.toml": rules, **files}, names=names
    )


def flaws(names: Names, rules: str, **files: str) -> list[str]:
    with pytest.raises(RuleBookError) as caught:
        book(names, rules, **files)
    return [str(flaw) for flaw in caught.value.flaws]


def facts(**answers: Value) -> Hand:
    base: dict[str, Value] = {"on nsaid-systemic": TRUE, "latest egfr": 45, "age": 60, "has dementia": FALSE}
    return Hand({**base, **{asked.replace("_", " "): value for asked, value in answers.items()}})


def the(names: Names, rules: str = RULE + ESCALATE) -> Rule:
    (rule,) = book(names, rules).rules
    return rule


def test_a_rule_carries_what_its_table_says(names: Names) -> None:
    rule = the(names)
    assert (rule.id, rule.severity, rule.family, rule.version) == ("nsaid-kidney", Severity.CAUTION, "kidney", "2026.1")
    assert [step.to for step in rule.escalate] == [Severity.WARNING, Severity.CRITICAL]
    assert rule.requirement == (frozenset({"nsaid-systemic"}),)


def test_a_finding_tells_its_facts(names: Names) -> None:
    judgement = judged(the(names), facts(), None)
    assert judgement is not None
    assert judgement.severity is Severity.CAUTION
    assert judgement.message == "NSAID-SYSTEMIC with an eGFR of 45 can harm the kidney."
    assert judgement.doubts == ()


def test_what_is_not_true_is_no_judgement(names: Names) -> None:
    assert judged(the(names), facts(latest_egfr=60), None) is None


def test_escalation_takes_the_worst_that_is_known(names: Names) -> None:
    judgement = judged(the(names), facts(age=80, latest_egfr=20), None)
    assert judgement is not None
    assert judgement.severity is Severity.CRITICAL
    assert [fact.about for fact in judgement.facts] == ["nsaid-systemic", "egfr", "age"]


def test_escalation_keeps_to_its_jurisdiction(names: Names) -> None:
    for place, severity in ((Jurisdiction.UK, Severity.CAUTION), (Jurisdiction.US, Severity.CRITICAL)):
        judgement = judged(the(names), facts(latest_egfr=20), place)
        assert judgement is not None
        assert judgement.severity is severity


def test_an_unknown_escalation_is_a_doubt(names: Names) -> None:
    judgement = judged(the(names), facts(has_dementia=UNKNOWN), None)
    assert judgement is not None
    assert judgement.severity is Severity.CAUTION
    (doubt,) = judgement.doubts
    assert (doubt.severity, [lack.name for lack in doubt.missing]) == (Severity.WARNING, ["dementia"])


def test_a_doubt_below_what_is_reached_is_none(names: Names) -> None:
    judgement = judged(the(names), facts(has_dementia=UNKNOWN, latest_egfr=20), None)
    assert judgement is not None
    assert (judgement.severity, judgement.doubts) == (Severity.CRITICAL, ())


def test_an_unknown_base_asks_and_does_not_escalate(names: Names) -> None:
    judgement = judged(the(names), facts(latest_egfr=UNKNOWN, age=80), None)
    assert judgement is not None
    assert (judgement.truth, judgement.severity) == (UNKNOWN, Severity.CAUTION)
    assert [lack.name for lack in judgement.missing] == ["egfr"]


def test_a_disputed_rule_never_blocks_a_plan(names: Names) -> None:
    judgement = judged(the(names, (RULE + ESCALATE).replace("verified", "disputed")), facts(latest_egfr=20), None)
    assert judgement is not None
    assert judgement.severity is Severity.WARNING


def test_variants_share_what_they_do_not_say(names: Names) -> None:
    rules = book(
        names,
        RULE
        + """
[[rule.variant]]
jurisdiction = ["uk", "eu"]

[[rule.variant]]
jurisdiction = ["us"]
when = 'on("nsaid-systemic") and latest("egfr") < 45'
severity = "warning"
""",
    ).rules
    assert [(rule.id, rule.severity, rule.jurisdiction) for rule in rules] == [
        ("nsaid-kidney", Severity.CAUTION, ("uk", "eu")),
        ("nsaid-kidney", Severity.WARNING, ("us",)),
    ]
    assert [rule.holds_in(Jurisdiction.US) for rule in rules] == [False, True]
    assert all(rule.holds_in(None) for rule in rules)


def test_this_item(names: Names) -> None:
    rule = the(
        names,
        RULE.replace(
            '\'on("nsaid-systemic") and', 'each = ["arb", "opioid"]\nended_within = 7\nwhen = \'on("this") and'
        )
        .replace("when = each", "each")
        .replace("{nsaid-systemic}", "{this}"),
    )
    assert rule.each == ("arb", "opioid")
    assert rule.requirement == (frozenset({"arb", "opioid"}),)
    judgement = judged(rule, Hand({"on this": TRUE, "latest egfr": 30}), None)
    assert judgement is not None
    assert judgement.message.startswith("THIS with")


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        ('"egfr"', '"egfrr"', 'kidney.toml:4:41: rule nsaid-kidney: when: found "egfrr"'),
        ('"caution"', '"bad"', 'kidney.toml:2:1: rule nsaid-kidney: severity is "bad": expected one of info, caution'),
        ("action =", "actoin =", "actoin is no key of this table."),
        ("action =", "actoin =", "action is missing"),
        (
            '["prescriber"]',
            '["perscriber"]',
            'actor holds "perscriber", which is not known. Did you mean "prescriber"?',
        ),
        ('sources = ["example"]', "", "sources is missing: at least one is needed"),
        ('sources = ["example"]', 'sources = "example"', "expected a list of texts"),
        ('"nsaid-kidney"', '"NSAID kidney"', 'id "NSAID kidney" is not in kebab-case'),
        ("{egfr:latest}", "{egfr:age_of_it}", "message has a gap {egfr:age_of_it}"),
        ("{nsaid-systemic}", "{opioid}", "message has a gap {opioid}"),
        (
            'severity = "caution"',
            'severity = "warning"',
            "escalates to warning, which is no worse than its own warning",
        ),
        (
            'severity = "caution"',
            'severity = "caution"\nsupersedes = ["nsaid-kidny"]',
            "which is no rule. Did you mean",
        ),
        (
            'severity = "caution"',
            'severity = "caution"\nsupersedes = ["other"]',
            'supersedes "other", which is no rule.',
        ),
        ('severity = "caution"', 'severity = "caution"\nended_within = true', "expected a whole number"),
        ('severity = "caution"', 'severity = "caution"\nreviewed = "soon"', "expected a date"),
        ('severity = "caution"', 'severity = "caution"\njurisdiction = ["mars"]', 'jurisdiction holds "mars"'),
        ('severity = "caution"', 'severity = "caution"\njurisdiction = ["uk"]', "an escalation holds where the rule"),
        ("[[rule]]", "[[rule]]\nid = 1", "is no TOML"),
        ("[[rule]]", "[[rlue]]", "rlue is no key of this table. Did you mean"),
    ],
)
def test_flaws_name_file_line_and_rule(names: Names, old: str, new: str, flaw: str) -> None:
    assert old in RULE + ESCALATE
    found = flaws(names, (RULE + ESCALATE).replace(old, new, 1))
    assert any(flaw in each for each in found), found


def test_a_column_leads_into_a_sentence_of_several_lines(names: Names) -> None:
    text = RULE.replace('\'on("nsaid-systemic") and latest', "'''\non(\"nsaid-systemic\")\n  and ltest").replace(
        "< 60'", "< 60'''"
    )
    assert flaws(names, text)[0].startswith("kidney.toml:6:7: rule nsaid-kidney: when: found ltest(…)")


def test_everything_wrong_is_told_at_once(names: Names) -> None:
    wrong = RULE.replace('nsaid-systemic") and', 'nsaid") and').replace("caution", "bad")
    assert len(flaws(names, wrong + RULE.replace("prescriber", "nobody"))) == 3


@pytest.mark.parametrize("where", ["", 'jurisdiction = ["uk"]\n'])
def test_an_id_is_used_once_for_each_jurisdiction(names: Names, where: str) -> None:
    assert any("is used twice" in flaw for flaw in flaws(names, RULE + RULE + where))


def test_rules_do_not_supersede_each_other(names: Names) -> None:
    one = RULE + 'supersedes = ["other"]\n'
    other = RULE.replace("nsaid-kidney", "other") + 'supersedes = ["nsaid-kidney"]\n'
    assert any("which supersedes it" in flaw for flaw in flaws(names, one + other))


def test_a_family_is_superseded_by_its_stem(names: Names) -> None:
    member = RULE.replace("nsaid-kidney", "other/ibuprofen")
    rules = {rule.id: rule for rule in book(names, RULE + 'supersedes = ["other"]\n' + member).rules}
    assert rules["nsaid-kidney"].silences("other/ibuprofen")
    assert not rules["other/ibuprofen"].silences("nsaid-kidney")


@frozen
class Made:
    """Rules that stand in no file."""

    rules: tuple[Rule, ...]
    families: frozenset[str] = frozenset({"table"})

    def about(self, mentioned: AbstractSet[str]) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if all(mentioned & names for names in rule.requirement))


def test_rules_from_tables_join_the_book(names: Names) -> None:
    made = Made((evolve(the(names), id="table/row"),))
    files = {"pack.toml": PACK, "own.toml": RULE + 'supersedes = ["table/row", "table"]\n'}
    assert [rule.id for rule in read_rulebook(files, names=names, tables=made).rules] == ["nsaid-kidney", "table/row"]
    off = {"pack.toml": PACK + '[[off]]\nrule = "table/row"\nreason = "Judged elsewhere."\n'}
    assert read_rulebook(off, names=names, tables=made).rules == ()
    for text, expected in (
        (RULE + 'supersedes = ["table/column"]\n', "which is no rule"),
        (RULE.replace("nsaid-kidney", "table/own"), "begins like those of the rules that follow from tables"),
    ):
        with pytest.raises(RuleBookError, match=expected):
            read_rulebook({"pack.toml": PACK, "own.toml": text}, names=names, tables=made)


def test_definitions_never_go_round_in_a_circle(names: Names) -> None:
    circle = DEFINITIONS.replace("age() >= 75", 'defined("frail")')
    found = flaws(names, RULE, **{"definitions.toml": circle})
    assert [flaw.split(": ", 2)[1] for flaw in found if "in a circle" in flaw] == ["definition frail", "definition old"]


def test_a_clinic_adds_rules_and_switches_others_off_with_a_reason(names: Names) -> None:
    house = {"pack.toml": PACK, "definitions.toml": DEFINITIONS, "kidney.toml": RULE + ESCALATE}
    clinic: Mapping[str, str] = {
        "pack.toml": PACK.replace("house", "clinic") + '[[off]]\nrule = "nsaid-kidney"\nreason = "Judged elsewhere."\n',
        "own.toml": RULE.replace("nsaid-kidney", "own-rule")
        .replace('latest("egfr") < 60', 'defined("frail")')
        .replace("{egfr:latest}", "{egfr}")
        .replace("{egfr}", "less than 60"),
    }
    both = read_rulebook(house, clinic, names=names)
    assert [rule.id for rule in both.rules] == ["own-rule"]
    assert [(off.rule, off.reason, off.pack) for off in both.switched_off] == [
        ("nsaid-kidney", "Judged elsewhere.", "clinic")
    ]
    assert [pack.name for pack in both.packs] == ["house", "clinic"]


def test_switching_off_needs_a_rule_and_a_reason(names: Names) -> None:
    found = flaws(names, RULE, **{"pack.toml": PACK + '[[off]]\nrule = "nsaid-kidny"\nreason = ""\n'})
    assert any('"nsaid-kidny" is no rule. Did you mean "nsaid-kidney"?' in flaw for flaw in found)
    assert any("reason is missing" in flaw for flaw in found)


def test_a_pack_without_a_name_is_refused(names: Names) -> None:
    assert any("pack.toml:1:1: pack: name is missing" in flaw for flaw in flaws(names, RULE, **{"pack.toml": ""}))


def test_candidates_are_the_rules_that_the_plan_touches(names: Names) -> None:
    rules = "".join(
        RULE.replace("nsaid-kidney", name).replace('on("nsaid-systemic") and latest("egfr") < 60', when)
        for name, when in (
            ("a", 'on("opioid") and on("gabapentinoid")'),
            ("b", 'on("nsaid-systemic", "ssri")'),
            ("c", 'not on("folic-acid") and age() > 3'),
        )
    )
    rules = rules.replace("{nsaid-systemic}", "It").replace("{egfr:latest}", "1")
    of = book(names, rules)
    assert [rule.id for rule in of.candidates({"ssri"})] == ["b", "c"]
    assert [rule.id for rule in of.candidates({"opioid"})] == ["c"]
    assert [rule.id for rule in of.candidates({"opioid", "gabapentinoid", "ssri"})] == ["a", "b", "c"]


def test_a_gap_without_facts_is_written_out() -> None:
    assert Message("{nsaid-systemic} is too much.").filled(()) == "Nsaid systemic is too much."


def test_an_aside_is_said_only_if_its_gaps_are_filled() -> None:
    message = Message("The kidneys are weak[ (eGFR {egfr:latest})].")
    known = Fact(about="egfr", label="egfr", value=28, word="latest")
    assert message.filled(()) == "The kidneys are weak."
    assert message.filled((known,)) == "The kidneys are weak (eGFR 28)."
    assert message.unknown_gaps(frozenset({"crcl"})) == ("egfr:latest",)


def test_several_names_make_one_list() -> None:
    message = Message("{mra, potassium} can raise potassium.")
    facts_known = (Fact(about="potassium", label="potassium chloride"), Fact(about="mra", label="spironolactone"))
    assert message.filled(facts_known) == "Spironolactone and potassium chloride can raise potassium."
    assert message.filled(facts_known[:1]) == "Potassium chloride can raise potassium."
    assert message.filled(()) == "Mra or potassium can raise potassium."
    assert message.unknown_gaps(frozenset({"mra"})) == ("mra, potassium",)
