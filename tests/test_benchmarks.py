"""The page of benchmarks: figures as they were published, and never mixed."""

from pathlib import Path

import pytest

from cx_maturity import validate
from cx_maturity.editions import Published, PublishedFigure, PublishedSet
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
        "folded into its parent: fewer than 10 organisations"
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
