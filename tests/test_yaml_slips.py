"""What a slip of the hand does to a YAML file is said in words for whoever made it."""

from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from cx_maturity.errors import Problems
from cx_maturity.reading import yaml_text
from cx_maturity.reading.node import Unusable

COLUMN = "no line above begins in this column; lines of one list or map begin in the same column"
COLON = "a colon followed by a space stands inside the text; put the text in quotation marks"
INSIDE = (
    "a colon stands inside a text; put the text in quotation marks, or a comma before the next key"
)
BACKSLASH = (
    "a backslash (\\) means something else between double quotation marks; put the text in single "
    "ones (')"
)
BEHIND = (
    "something stands behind the closing quotation mark; put all of the text between the marks, "
    "and write ' for any inside it"
)
WHOLE = "take it out, or put the whole text in quotation marks"
FIRST = "here; put it in quotation marks"
COMMENT = "is a comment and no part of the text before it; put the whole text in quotation marks"
CLOSED_LATE = "that stands here is closed only in line 2, by one that opens another text"

SLIPS = [
    ("b:\n\tc: 2\n", "2:1: a tab indents this line; indent with spaces"),
    ("b:\n  c: 1\n\td: 2\n", "3:1: a tab indents this line; indent with spaces"),
    ("b:\n  \tc: 1\n", "2:3: a tab indents this line; indent with spaces"),
    ("name: A: B\n", f'1:7: {COLON}: name: "A: B"'),
    ("- name: A: B\n", f'1:9: {COLON}: name: "A: B"'),
    ('name: say "A": B\n', f"1:7: {COLON}: name: 'say \"A\": B'"),
    ('name: it\'s: "x"\n', f"1:7: {COLON}"),
    ("{a: {b: c: d}}", f"1:10: {INSIDE}"),
    ("roles: {lead: 3,\n  front: a: b}\n", f"2:11: {INSIDE}"),
    (
        "name: Acme\n  industry: x\n",
        (
            "2:3: this line is indented as if it went on with line 1, which has its value; begin "
            "it in the column of line 1, or put a text of several lines in quotation marks"
        ),
    ),
    (
        'name: "Acme\ncountry: FI\n',
        (
            '1:7: the quotation mark " that stands here is never closed; write another " behind '
            "the "
            "text"
        ),
    ),
    (
        'name: "Acme\ncountry: "FI"\n',
        f'1:7: the quotation mark " {CLOSED_LATE}; write another " behind the text',
    ),
    (
        "name: 'Acme's'\n",
        (
            "1:13: an apostrophe ended the text before its end; put the text in double quotation "
            'marks (")'
        ),
    ),
    ('name: "Acme" Ltd\n', f"1:14: {BEHIND}"),
    ('"name": "A",\n"b": "c"\n', "1:12: a comma stands behind the value; take it out"),
    ("a: [A] Ltd\n", f"1:8: something stands behind the closing ]; {WHOLE}"),
    ("a: {b: 1}}\n", f"1:10: something stands behind the closing }}; {WHOLE}"),
    ("a: b\n}\n", "2:1: a } stands here that nothing opened; take it out"),
    (
        "a: {b: 1\nc: 2\n",
        "1:4: the { that stands here is never closed; write } behind the last value",
    ),
    ("a: [en, fi\n", "1:4: the [ that stands here is never closed; write ] behind the last value"),
    (
        'a: {b: "x" "y"}\n',
        (
            "1:12: a comma or } must stand here; put a text that holds one of , [ ] { } in "
            "quotation marks"
        ),
    ),
    (
        "name: Acme\nindustry retail\ncountry: FI\n",
        (
            "2:1: no colon stands behind 'industry retail'; write the line as `key: value`, or "
            "indent it if it goes on with the text above"
        ),
    ),
    (
        "name: Acme\nindustry:retail\ncountry: FI\n",
        "2:1: no space stands behind the colon; write `industry: retail`",
    ),
    ("answers:\n  a: 1\n b: 2\n", f"3:2: {COLUMN}"),
    ("  name: x\ncountry: FI\n", f"2:1: {COLUMN}"),
    (
        "a:\n  - x\n  y: 1\n",
        (
            "3:3: the lines above are a list, and this one begins with no dash; write one, or "
            "begin the line in the column of its key"
        ),
    ),
    (
        "name: Acme\n- b\n",
        (
            "2:1: a line with a dash stands among lines of the form `key: value`; write it below "
            "the key that the list belongs to"
        ),
    ),
    (
        "a: - b\n",
        (
            "1:4: a list begins in a line of its own below the key; move it there, or put a text "
            "that begins with a dash in quotation marks"
        ),
    ),
    (
        "a: -\n",
        "1:4: a dash alone is no value; leave the value out, or put the dash in quotation marks",
    ),
    ("a: @b\n", f"1:4: a text cannot begin with @ {FIRST}"),
    ("a: %80\n", f"1:4: a text cannot begin with % {FIRST}"),
    ("%a: 1\n", f"1:1: a text cannot begin with % {FIRST}"),
    ("a: *b*\n", f"1:4: a text cannot begin with * {FIRST}"),
    ("a: & b\n", f"1:4: a text cannot begin with & {FIRST}"),
    ("a: > 20 days\n", f"1:4: a text cannot begin with > {FIRST}"),
    ("a: ? b\n", f"1:4: a text cannot begin with ? {FIRST}"),
    ('a: "C:\\data"\n', f"1:7: {BACKSLASH}"),
    ('a: "\\xg"\n', f"1:5: {BACKSLASH}"),
    (
        "name: Acme #1 Ltd\n",
        f"1:12: warning: '#1 Ltd' {COMMENT}, or a space behind the #",
    ),
]


def said(text):
    problems = Problems()
    with suppress(Unusable):
        yaml_text.read_yaml(text, Path("x"), problems)
    found = [*problems.errors, *problems.warnings]
    return [str(each).removeprefix("x:") for each in found]


@pytest.mark.parametrize(("text", "message"), SLIPS, ids=[repr(text) for text, _ in SLIPS])
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_a_slip_is_named_where_it_is_with_what_is_right(monkeypatch, parser, text, message):
    """The parser written in C and the one in Python use other words; the author sees neither's."""
    monkeypatch.setattr(yaml_text, "_LOADER", getattr(yaml, parser))

    assert said(text) == [message]


@pytest.mark.parametrize(
    "text", ["a: b # of old\n", "a:  # nothing yet\n", "a: b#c\n", 'a: "b #c"\n', "## a\na: b\n"]
)
def test_a_remark_is_no_slip(text):
    assert said(text) == []
