"""How much the base holds."""

from careplan.knowledge import load_knowledge
from careplan.knowledge.coverage import coverage, facts

KNOWN = load_knowledge()
FOUND = coverage(KNOWN)


def test_counts_agree_with_the_base() -> None:
    assert FOUND.entries["drugs"] == len(KNOWN.drugs)
    assert FOUND.facts["interaction"] == len(KNOWN.interactions)
    assert sum(FOUND.facts.values()) == sum(FOUND.confidence.values()) == sum(1 for _ in facts(KNOWN))


def test_the_scope_is_described_in_full() -> None:
    """37 immunosuppressants, 51 analgesics, NSAIDs and adjuvants; trimethoprim speaks by its pairs alone."""
    assert len(FOUND.pages) >= 88
    assert FOUND.pages["methotrexate"] > 40
    assert "grapefruit" not in FOUND.pages


def test_pages_lack_only_what_nobody_states() -> None:
    silent = {name: tables for name, tables in FOUND.gaps.items() if tables != ("breastfeeding",)}
    assert set(silent) == {"folic-acid", "naloxone"}
    assert set(FOUND.gaps) - set(silent) == {"etodolac", "indometacin", "nabumetone"}
