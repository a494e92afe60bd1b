"""Sentences, numbers and dates as a reader sees them."""

import ast
import io
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from cx_maturity.model import Level, Text
from cx_maturity.words import Words

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "plugins" / "cx_maturity" / "locale"
FIFTHS = tuple(Level(n, Text({"en": str(n)}), Fraction(n - 1, 5)) for n in range(1, 6))
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def words():
    return Words("en")


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ("0", "0"),
        ("0.614", "61"),
        ("0.625", "63"),
        ("0.005", "1"),
        ("1", "100"),
        ("0.604", "60"),
        ("0.799", "79.9"),
        ("0.597", "59.7"),
        ("0.7996", "79.96"),
        ("0.599999999999", "59.99999"),
    ],
)
def test_a_score_is_shown_in_whole_points_unless_they_would_name_another_level(words, exact, shown):
    assert words.points(Fraction(exact), FIFTHS) == shown


def test_a_score_without_levels_to_name_is_shown_in_whole_points(words):
    assert words.points(Fraction("0.799")) == "80"


@given(st.fractions(min_value=0, max_value=1))
def test_what_is_shown_is_on_the_same_side_of_every_level(exact):
    shown = Fraction(Words("en").points(exact, FIFTHS)) / 100

    assert [shown >= level.start for level in FIFTHS] == [exact >= lv.start for lv in FIFTHS]


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0", f"0{NBSP}%"),
        ("0.004", f"under 1{NBSP}%"),
        ("0.005", f"1{NBSP}%"),
        ("0.919", f"92{NBSP}%"),
        ("0.999", f"99{NBSP}%"),
        ("1", f"100{NBSP}%"),
    ],
)
def test_a_share_is_all_or_none_only_when_it_is(words, share, shown):
    assert words.percent(Fraction(share)) == shown


@pytest.mark.parametrize(
    ("points", "shown"),
    [("14", "+14"), ("-21.6", "−22"), ("0.4", "0"), ("-0.4", "0"), ("0.5", "+1"), ("-0.5", "0")],
)
def test_a_difference_has_its_sign_and_a_true_minus(words, points, shown):
    assert words.signed(Fraction(points)) == shown


def test_a_range_has_an_en_dash(words):
    assert words.range_exact(0.593, 0.644) == "59.3–64.4"


@pytest.mark.parametrize(
    ("share", "shown"),
    [("0.516", "51.6"), ("0.523", "52.3"), ("0.52", "52"), ("0.53", "53"), ("0.5199", "51.99")],
)
def test_a_score_beside_a_point_is_not_printed_as_that_point(words, share, shown):
    assert words.points(Fraction(share), (), 52) == shown


@pytest.mark.parametrize("points", ["-31.5", "-31.4", "31.5", "0.4"])
def test_the_size_of_a_difference_is_that_beside_its_sign(words, points):
    difference = Fraction(points)

    assert words.size(difference) == words.signed(difference).strip("+−")


def test_places_are_words_up_to_the_tenth(words):
    assert [words.rank(n) for n in (1, 2, 10, 11)] == ["first", "second", "tenth", "number 11"]


def test_numbers_are_written_with_their_thousands_apart(words):
    assert words.number(999) == "999"
    assert words.number(2209) == "2,209"
    assert words.decimal(Fraction("61.865"), 2) == "61.87"
    assert words.decimal(Fraction("-0.25"), 1) == "−0.2"


def test_dates_are_british(words):
    assert words.date(date(2026, 5, 9)) == "9 May 2026"
    assert words.month(date(2026, 5, 9)) == "May 2026"


def test_small_counts_are_words(words):
    assert [words.count(n) for n in (0, 1, 12, 20, 21)] == ["no", "one", "twelve", "twenty", "21"]


def test_things_are_joined_as_one_says_them(words):
    assert words.listing([]) == ""
    assert words.listing(["a"]) == "a"
    assert words.listing(["a", "b", "c"]) == "a, b and c"


def test_things_that_hold_an_and_or_a_comma_are_joined_by_semicolons(words):
    assert words.listing(["a and b"]) == "a and b"
    assert words.listing(["a and b", "c"]) == "a and b; c"
    assert words.listing(["a", "b, too", "c"]) == "a; b, too; c"
    assert words.listing(["band", "2,5"]) == "band and 2,5"


@pytest.mark.parametrize(
    ("language", "first"), [("fi", "a ja b"), ("sv", "a och b"), ("nb", "a og b")]
)
def test_an_and_is_noticed_in_every_language(language, first):
    assert Words(language).listing([first, "c"]).startswith(f"{first}; ")


@pytest.mark.parametrize(
    ("title", "inside"),
    [("Listening coverage", "listening coverage"), ("NPS tracking", "NPS tracking"), ("X", "X")],
)
def test_a_title_inside_a_sentence_loses_its_capital_unless_it_is_a_name_in_capitals(
    words, title, inside
):
    assert words.inside(title) == inside


def test_the_plural_follows_the_count(words):
    assert words.plural("{n} person", "{n} people", 1) == "1 person"
    assert words.plural("{n} person", "{n} people", 1200) == "1,200 people"


def test_a_language_without_a_catalogue_reads_english_with_its_own_numbers():
    danish = Words("da")

    assert danish.text("Score") == "Score"
    assert danish.decimal(Fraction("1234.5"), 1) == "1.234,5"


def test_every_sentence_is_in_the_template_catalogue():
    """The command stands in words.py."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(charset="utf-8")
    keywords = {"text": None, "plural": (1, 2)}
    for name, _line, message, comments, context in extract_from_dir(
        ROOT, methods, options, keywords, ["Translators:"]
    ):
        catalogue.add(message, None, [(name, None)], auto_comments=comments, context=context)
    made = io.BytesIO()
    write_po(made, catalogue, sort_output=True, omit_header=True, include_lineno=False)

    stored = (ROOT / "plugins/cx_maturity/locale/cx_maturity.pot").read_text("utf-8")

    assert sentences(made.getvalue().decode()) == sentences(stored)


def sentences(catalogue):
    """Return what a catalogue has to translate: neither comments nor how lines are broken."""
    lines = [line for line in catalogue.splitlines() if not line.startswith("#")]
    return "\n".join(lines).replace('"\n"', "")


def test_a_date_is_written_only_as_far_as_it_is_known():
    day = date(2026, 5, 19)

    assert Words("en").date(day) == "19 May 2026"
    assert Words("en").date(day, "month") == "May 2026"
    assert Words("en").date(day, "year") == "2026"
    assert Words("en").month(day, "year") == "2026"


def test_no_sentence_is_hidden_from_the_collector_inside_another_call():
    """The collector of sentences does not look into the arguments of one it has found."""
    stored = read_po(io.StringIO((LOCALE / "cx_maturity.pot").read_text("utf-8")))
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in stored}
    left = [
        f"{file.name}:{call.lineno}: {call.args[0].value}"
        for file in sorted(LOCALE.parent.rglob("*.py"))
        if file.parent.name != "charts"  # draws words, and says none
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in {"text", "plural"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and call.args[0].value not in known
    ]

    assert left == []
