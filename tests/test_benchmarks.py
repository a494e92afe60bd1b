"""The page of benchmarks: figures as they were published, and never mixed."""

from pathlib import Path

import pytest

from cx_maturity import validate
from cx_maturity.editions import (
    Cell,
    Edition,
    Published,
    PublishedFigure,
    PublishedSet,
    Reliability,
    Segment,
)
from cx_maturity.model import Text
from cx_maturity.pages.benchmarks import benchmarks_page, share
from cx_maturity.words import Words

ROOT = Path(__file__).resolve().parent.parent
WORDS = Words("en")
NBSP = "\N{NO-BREAK SPACE}"


def figure(stage, percent, bound="", order=None):
    return PublishedFigure(stage, percent, bound, "", order)


def reported(*figures, sums_to_100):
    place = "https://example.org/report"
    figures = PublishedSet("An Institute", place, "2024", "Finland", "99", figures, sums_to_100)
    title = Text({"en": "Others"})
    return (
        benchmarks_page([], [Published("p", title, title, (figures,))], {}, WORDS)
        .published[0]
        .sets[0]
    )


@pytest.fixture(scope="module")
def shipped():
    """Return the editions of the sample site by id."""
    found, _ = validate.assessments(ROOT / "assessments")
    page = benchmarks_page(found.editions, found.published, found.questionnaires, WORDS)
    return {edition.id: edition for edition in page.editions}


@pytest.mark.parametrize(
    ("bound", "said"), [("", f"25{NBSP}%"), ("<", f"under 25{NBSP}%"), (">", f"over 25{NBSP}%")]
)
def test_a_bound_stays_a_bound(bound, said):
    assert share(figure("top", "25", bound), WORDS) == said


def test_a_figure_of_others_says_who_reported_it_and_where_it_was_seen():
    made = reported(figure("low", "40"), sums_to_100=False)

    assert made.title == "As reported by An Institute: Finland, 2024, n = 99"
    assert made.link == "https://example.org/report"


def test_shares_are_drawn_only_where_they_make_a_whole():
    whole = reported(figure("high", "60", order=2), figure("low", "40", order=1), sums_to_100=True)
    part = reported(figure("low", "40"), sums_to_100=False)

    assert [(row.stage, row.shade) for row in whole.rows] == [("low", 1), ("high", 5)]
    assert "low: 40" in whole.drawings
    assert (whole.remark, part.drawings) == ("", "")
    assert part.remark == "These shares do not add up to 100, so they are listed and not drawn."


def test_an_edition_shows_each_segment_s_quantiles_as_published(shipped):
    table = shipped["illustrative-full"].tables[0]
    rows = {row.title: row for row in table.rows}

    assert table.heads == (
        *("10th", "20th", "25th", "30th", "40th"),
        "Median",
        *("60th", "70th", "75th", "80th", "90th"),
    )
    assert rows["Retail, Norway"].cells.count("–") == 8  # 10 to 29 organisations: quartiles only
    assert rows["Financial services, Norway"].reason == (
        "folded into its parent: fewer than five are in it"
    )
    assert [rows[name].depth for name in ("All organisations", "Retail", "Retail, Norway")] == [
        0,
        1,
        2,
    ]


def test_a_simulated_edition_is_tagged_and_says_how_it_was_made(shipped):
    edition = shipped["illustrative-full"]

    assert edition.tag == "Illustrative"
    assert dict(edition.facts)["Kind"] == "simulated"
    assert "simulated" in edition.source


def test_a_dimension_s_table_holds_those_of_its_capabilities(shipped):
    tables = shipped["illustrative-full"].tables

    assert [table.title for table in tables][:2] == ["Overall", "Culture"]
    assert tables[0].parts == ()
    assert [part.title for part in tables[1].parts][:1] == ["Everyday customer presence"]
    assert len(tables[1].parts) == 5


MEDIAN = {50: 40}


def page_of(cells, hidden=(), reliability=(), folded=None):
    """Write the page of one edition of the shipped questionnaire with segments all and retail."""
    found, _ = validate.assessments(ROOT / "assessments")
    title = Text({"en": "T"})
    segments = (
        Segment("all", Text({"en": "All"}), None, None, None),
        Segment("retail", Text({"en": "Retail"}), "retail", None, "all", folded),
    )
    edition = Edition(
        *("p", "pooled", title, "cx", "1.0", "full", "mean", "2026", "2026-05", title, segments),
        {key: Cell(n, quantiles) for key, (n, quantiles) in dict(cells).items()},
        hidden=dict(hidden),
        reliability=dict(reliability),
    )
    return benchmarks_page([edition], [], found.questionnaires, WORDS).editions[0]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("few", "hidden: fewer than five are in it"),
        ("remainder", "hidden: one to four would be left over once it is taken from the whole"),
        (
            "change",
            "hidden: fewer than five joined, left, moved or changed since the edition before",
        ),
    ],
)
def test_a_hidden_cell_says_why(code, reason):
    made = page_of(
        {("all", "overall"): (9, MEDIAN), ("all", "culture"): (9, MEDIAN)},
        {("retail", "culture"): code},
    )

    row = made.tables[1].rows[1]
    assert (row.title, row.n, row.reason) == ("Retail", "–", reason)


def test_a_folded_segment_says_why_in_whoever_s_words():
    cells = {("all", "overall"): (9, MEDIAN)}

    def reason(folded):
        return page_of(cells, folded=folded).tables[0].rows[1].reason

    assert reason("fewer than five are in it") == (
        "folded into its parent: fewer than five are in it"
    )
    assert reason("not asked") == "folded into its parent: not asked"


def test_a_cell_of_one_mind_shows_its_number_and_says_why():
    table = page_of({("all", "overall"): (12, {}), ("retail", "overall"): (7, {})}).tables[0]

    assert table.heads == ("Quantiles",)
    assert (table.rows[0].n, table.rows[0].reason) == (
        "12",
        "The quartiles lie within five points of each other",
    )


def test_a_measure_that_is_hidden_everywhere_is_still_listed():
    made = page_of(
        {("all", "overall"): (9, MEDIAN)},
        {("all", "strategy"): "change", ("retail", "strategy"): "few"},
    )

    assert [table.title for table in made.tables] == ["Overall", "Strategy"]
    assert [row.reason for row in made.tables[1].rows] == [
        "hidden: fewer than five joined, left, moved or changed since the edition before",
        "hidden: fewer than five are in it",
    ]


def test_reliability_stands_below_its_measure():
    found = Reliability(1240, 15, 0.871, (0.856, 0.891), 0.174, 0.92, 0.9)
    made = page_of({("all", "overall"): (9, MEDIAN)}, reliability={"overall": found})

    assert made.tables[0].reliability == (
        "Reliability: alpha 0.87 (0.86 to 0.89), ICC(1) 0.17, ICC(2) 0.92, middle rwg 0.90; "
        "1,240 people in 15 organisations."
    )
