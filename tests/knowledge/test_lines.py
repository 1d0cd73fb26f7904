"""The line of every key and row, whatever the TOML around it looks like."""

from careplan.knowledge.lines import line_index, line_of

TEXT = '''# a comment with [[brackets]] and = signs
id = "one"
codes = [  # a [comment]
  { system = "atc", code = "A]" },

  { system = "rxnorm", code = "6851" },
]
names = ["a", "b"]
note = """
[[limit]]
kind = "not a key"
"""
after = 1

[[limit]]
kind = "weekly"

[[limit]]
kind = 'daily'
note = "a \\" quote # no comment"
unit = "mg"

[flags]
qt = "known"

[[therapy]]
id = "x"

[[therapy.stance]]
limits = "first"

[[therapy.stance]]
limits = "second"

[[therapy]]
id = "y"

[[therapy.stance]]
limits = "third"
'''


def test_every_place() -> None:
    index = line_index(TEXT)
    expected = {
        ("id",): 2,
        ("codes",): 3,
        ("codes", 0): 4,
        ("codes", 1): 6,
        ("names",): 8,
        ("note",): 9,
        ("after",): 13,
        ("limit", 0): 15,
        ("limit", 0, "kind"): 16,
        ("limit", 1): 18,
        ("limit", 1, "kind"): 19,
        ("limit", 1, "unit"): 21,
        ("flags",): 23,
        ("flags", "qt"): 24,
        ("therapy", 0, "id"): 27,
        ("therapy", 0, "stance", 1, "limits"): 33,
        ("therapy", 1, "id"): 36,
        ("therapy", 1, "stance", 0, "limits"): 39,
    }
    assert {path: index[path] for path in expected} == expected


def test_what_has_no_line_of_its_own_is_found_around_it() -> None:
    index = line_index(TEXT)
    assert line_of(index, ("limit", 1, "missing")) == 18
    assert line_of(index, ("codes", 1, "code")) == 6
    assert line_of(index, ("nothing", 3)) == 1
