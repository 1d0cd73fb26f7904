from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from careplan.documents import markup
from careplan.documents.environment import environment
from careplan.documents.markup import Format

HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="x',
    "</style><b>",
    '#let x = 1; #read("/etc/passwd") $x$ \\u{41}',
    '"; #panic() //',
    "*bold* _it_ **b** `code` | cell | [a](http://x) ![i](y) ~~s~~",
    "1. one",
    "- item",
    "# heading",
    "=== rule",
    "+ plus",
    "&lt; &amp; &#65;",
    "line one\nline two\r\n\r\n    code",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egm 01\u202c",
    "back\\slash \\* \\",
    "https://example.org www.example.org",
)


class Flat(HTMLParser):
    """The text of a piece of HTML, and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def flat(source: str) -> Flat:
    parser = Flat()
    parser.feed(source)
    parser.close()
    return parser


def shown(value: str) -> str:
    return markup.one_line(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_html_shows_the_value_as_text(value: str) -> None:
    page = flat(f"<p title='{markup.html(value)}'>{markup.html(value)}</p>")
    assert page.tags == ["p"]
    assert page.text == shown(value)


def rendered(source: str) -> Flat:
    page = flat(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source))
    page.text = page.text.strip("\n")
    return page


@pytest.mark.parametrize("value", HOSTILE)
def test_markdown_shows_the_value_as_text(value: str) -> None:
    page = rendered(markup.markdown(value))
    assert page.tags == ["p"]
    assert page.text == shown(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_markdown_cell_stays_one_cell(value: str) -> None:
    page = rendered(f"| a | b |\n| --- | --- |\n| x | {markup.markdown(value)} |")
    assert page.tags.count("td") == 2
    assert shown(value) in page.text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_no_text_at_all_escapes_from_html_and_markdown(value: str) -> None:
    assert flat(markup.html(value)).tags == []
    assert set(rendered("x " + markup.markdown(value)).tags) == {"p"}


@pytest.mark.parametrize("value", HOSTILE)
def test_typst_quotes_the_value(value: str) -> None:
    literal = markup.typst_string(value)
    inside = literal[1:-1].replace("\\\\", "").replace('\\"', "")
    assert '"' not in inside
    assert "\\" not in inside
    assert "\n" not in literal


def test_css_strings_hold_no_markup() -> None:
    literal = markup.css_string('</style>"\\; } Ann 12')
    assert not set('</>"\\;}') & set(literal[1:-1].replace("\\", "")) - set("0123456789abcdef ")
    assert "Ann 12" in literal


def test_a_value_cannot_turn_the_text_around_it() -> None:
    assert markup.one_line("\u202e5.2 gm\u202c") == "5.2 gm"


def test_right_to_left_names_are_isolated() -> None:
    assert markup.one_line("שרה") == "\u2068שרה\u2069"


def test_a_value_is_one_line() -> None:
    assert markup.one_line(" a\n\tb\x00\u2028c ") == "a b c"


@pytest.mark.parametrize("format", Format)
def test_a_template_escapes_without_being_asked(format: Format) -> None:
    template = environment(format).from_string("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(value) }}")
    assert template.render(value="<b>*|#x") == f"[{markup.ESCAPES[format]('<b>*|#x')}]"


@pytest.mark.parametrize("value", [None, 1.5, True, ("a",)])
def test_only_words_reach_the_page(value: object) -> None:
    with pytest.raises(TypeError, match="a view must put it into words first"):
        environment(Format.HTML).from_string("{{ value }}").render(value=value)


def test_a_number_and_its_unit_stay_on_one_line_in_any_text() -> None:
    assert markup.one_line("at most 8 tablets of 500 mg in 24 hours") == (
        "at most 8\u00a0tablets of 500\u00a0mg in 24\u00a0hours"
    )
