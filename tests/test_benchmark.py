"""Peers: who they are, what may be published of them, and where an organisation stands."""

from datetime import date
from fractions import Fraction

import pytest

from cx_maturity import editions, model
from cx_maturity.benchmark import compare, half_up, wilson
from cx_maturity.score import scorecard

DECILES = {10: 20, 20: 30, 25: 35, 30: 40, 40: 45, 50: 50, 60: 55, 70: 60, 75: 65, 80: 70, 90: 80}


def words(text="x"):
    return model.Text({"en": text})


def questionnaire(version="1.0", aggregate="mean"):
    """Two dimensions of one question each, on a scale of a hundred points."""
    scale = model.Scale("percent", model.Points(0, 100), {})
    dimensions = tuple(
        model.Dimension(name, words(), questions=(model.Question(f"{name}1", words(), scale),))
        for name in ("d", "e")
    )
    both = frozenset({"d1", "e1"})
    return model.Questionnaire(
        id="tiny",
        version=version,
        title=words(),
        languages=("en",),
        dimensions=dimensions,
        levels=(model.Level(1, words(), Fraction(0)), model.Level(2, words(), Fraction(1, 2))),
        staged=False,
        staged_pass=Fraction(1),
        aggregate=aggregate,
        gate=None,
        capability_coverage=Fraction(1, 2),
        dimension_coverage=Fraction(3, 5),
        subsets=(model.Subset("full", words(), both), model.Subset("short", words(), both)),
        roles=(),
        perception_gap=None,
        reasons=(),
        fingerprint="",
    )


def card(*people, subset="full", asked=None):
    """Score one person's (d, e), or several people's."""
    respondents = tuple(
        model.Respondent(
            {
                name: model.Answer(model.State.VALUE, str(value), Fraction(value) / 100)
                for name, value in zip(("d1", "e1"), person, strict=True)
                if value is not None
            }
        )
        for person in people
    )
    return scorecard(
        model.Wave(
            "w",
            asked or questionnaire(),
            subset,
            date(2026, 5, 19),
            respondents,
            is_panel=len(people) > 1,
        )
    )


def organisation(industry="retail", country="FI"):
    return model.Organisation(
        "o", "O", industry, country, None, ("en",), public=True, fictional=True, waves=()
    )


SEGMENTS = (
    editions.Segment("all", words(), None, None, None),
    editions.Segment("retail", words(), "retail", None, "all"),
    editions.Segment("retail-fi", words(), "retail", "FI", "retail"),
    editions.Segment("retail-se", words(), "retail", "SE", "retail", folded="fewer than 10"),
    editions.Segment("banks", words(), "banks", None, "all"),
)


def edition(figures=None, **more):
    """Make an edition; *figures* is (segment, measure) → (n, quantiles)."""
    figures = figures or {(s, "overall"): (40, DECILES) for s in ("all", "retail", "retail-fi")}
    fields = {
        "id": "peers",
        "kind": "illustrative",
        "title": words(),
        "questionnaire": "tiny",
        "version": "1.0",
        "subset": "full",
        "aggregate": "mean",
        "edition": "2026.1",
        "period": "2026",
        "source": words(),
        "segments": SEGMENTS,
        "cells": {key: editions.Cell(n, quantiles) for key, (n, quantiles) in figures.items()},
    }
    return editions.Edition(**{**fields, **more})


def overall(found, quantiles, n=40):
    """Return where *found* stands with its overall among peers with these quantiles."""
    peers = edition({("all", "overall"): (n, quantiles)})
    return compare(found, organisation(), [peers]).standings["overall"]


# --- which peers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("industry", "country", "segment", "folded"),
    [
        ("retail", "FI", "retail-fi", []),
        ("retail", "SE", "retail", ["retail-se"]),
        ("retail", "DK", "retail", []),
        ("retail", None, "retail", []),
        ("banks", "FI", "all", ["banks"]),
        ("farms", "FI", "all", []),
        (None, None, "all", []),
    ],
)
def test_peers_are_the_nearest_segment_that_has_figures(industry, country, segment, folded):
    found = compare(card((50, 50)), organisation(industry, country), [edition()]).peers

    assert (found.segment.id, found.n) == (segment, 40)
    assert [s.id for s in found.folded] == folded


def test_every_measure_is_compared_in_the_segment_of_the_overall():
    peers = edition(
        {
            ("all", "overall"): (40, DECILES),
            ("all", "d"): (40, DECILES),
            ("retail", "overall"): (20, {50: 45}),
            ("retail", "e"): (20, {50: 45}),
            ("retail-fi", "d"): (7, {50: 44}),
        }
    )
    found = compare(card((50, 50)), organisation(), [peers])

    assert found.peers.segment.id == "retail"
    assert {name: s.median for name, s in found.standings.items()} == {"overall": 45, "e": 45}


@pytest.mark.parametrize(
    "other",
    [
        {"questionnaire": "other"},
        {"version": "1.1"},
        {"subset": "short"},
        {"aggregate": "minimum"},
        {"cells": {}},
    ],
)
def test_an_edition_fits_by_questionnaire_version_subset_and_aggregate(other):
    found = compare(card((50, 50)), organisation(), [edition(**other)])

    assert (found.peers, found.standings) == (None, {})


def test_another_subset_or_aggregate_has_editions_of_its_own():
    short = card((50, 50), subset="short")
    assert compare(short, organisation(), [edition(), edition(subset="short")]).peers
    least = card((50, 50), asked=questionnaire(aggregate="minimum"))
    assert compare(least, organisation(), [edition(aggregate="minimum")]).peers
    assert compare(least, organisation(), [edition()]).peers is None


def test_participants_come_before_simulations_and_the_newest_first():
    editions = [
        edition(id="a", edition="2026.9"),
        edition(id="b", edition="2026.10"),
        edition(id="c", edition="2025.2", kind="pooled"),
        edition(id="d", edition="2025.1", kind="pooled"),
    ]

    def chosen(some):
        return compare(card((50, 50)), organisation(), some).peers.edition.id

    assert chosen(editions) == chosen(editions[::-1]) == "c"
    assert chosen(editions[:2]) == chosen(editions[1::-1]) == "b"


# --- where an organisation stands -----------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "word", "gap"),
    [
        ((50, 50), "level with", 0),
        ((50, 51), "above", Fraction(1, 2)),
        ((50, 49), "below", Fraction(-1, 2)),
    ],
)
def test_complete_answers_of_one_person_are_a_point(answers, word, gap):
    found = overall(card(answers), DECILES)

    assert (found.word, found.gap, found.median, found.quartiles) == (word, gap, 50, (35, 65))


def test_what_missing_answers_allow_must_clear_the_median_too():
    """80 twice and a third question missing: anything from 53.3 to 86.7."""
    asked = questionnaire()
    scale = model.Scale("percent", model.Points(0, 100), {})
    d = model.Dimension(
        "d",
        words(),
        questions=tuple(model.Question(f"d{i}", words(), scale) for i in range(3)),
    )
    one = model.Questionnaire(
        **{
            **{name: getattr(asked, name) for name in asked.__slots__},
            "dimensions": (d,),
            "subsets": (model.Subset("full", words(), frozenset({"d0", "d1", "d2"})),),
        }
    )
    answer = model.Answer(model.State.VALUE, "80", Fraction(4, 5))
    found = scorecard(
        model.Wave(
            "w",
            one,
            "full",
            date(2026, 5, 19),
            (model.Respondent({"d0": answer, "d1": answer}),),
            is_panel=False,
        )
    )

    assert overall(found, {50: 53}).word == "above"
    assert overall(found, {50: 54}).word == "level with"
    assert overall(found, {50: 86}).word == "level with"
    assert overall(found, {50: 87}).word == "below"


@pytest.mark.parametrize(
    ("median", "word"), [(37, "above"), (38, "level with"), (62, "level with"), (63, "below")]
)
def test_a_whole_interval_must_clear_the_median(median, word):
    """45, 50 and 55: 50 ± 12.42."""
    found = card((45, 45), (50, 50), (55, 55))

    assert overall(found, {50: median}).word == word


@pytest.mark.parametrize("people", [[(90, 90), (95, 95)], [(90, 90)] * 5])
def test_a_panel_without_an_interval_is_level_with_its_peers(people):
    assert overall(card(*people), DECILES).word == "level with"


def test_a_measure_without_a_score_stands_nowhere():
    found = overall(card((50, None)), DECILES)

    assert (found.median, found.quartiles) == (50, (35, 65))
    assert (found.word, found.gap, found.percentile) == (None, None, None)


def test_a_cell_with_a_number_alone_says_nothing_more():
    found = overall(card((50, 50)), {})

    assert (found.cell.n, found.median, found.quartiles, found.word) == (40, None, None, None)


@pytest.mark.parametrize(
    ("points", "percentile"),
    [
        (20, 10),
        (30, 20),
        (35, 25),
        ("32.5", 23),  # halfway from 20 to 25 is 22.5, halves up
        ("42.5", 35),
        (50, 50),
        (75, 85),
        (80, 90),
        ("19.9", 0),
        ("80.1", 100),
        (0, 0),
        (100, 100),
    ],
)
def test_a_percentile_lies_on_the_line_between_published_quantiles(points, percentile):
    """0 and 100 stand for below the lowest published and above the highest."""
    assert overall(card((Fraction(points), Fraction(points))), DECILES).percentile == percentile


FLAT = {10: 20, 20: 20, 25: 20, 30: 40, 40: 40, 50: 40, 60: 40, 70: 60, 75: 60, 80: 60, 90: 60}


@pytest.mark.parametrize(
    ("points", "percentile"), [(20, 18), (40, 45), (60, 80), (30, 28), (50, 65), (19, 0), (61, 100)]
)
def test_on_a_run_of_equal_quantiles_it_is_the_middle_of_the_run(points, percentile):
    """20 is the 10th to the 25th: 17.5, halves up."""
    assert overall(card((points, points)), FLAT).percentile == percentile


@pytest.mark.parametrize(("n", "quantiles"), [(29, {25: 30, 50: 45, 75: 60}), (9, {50: 45})])
def test_there_is_no_percentile_without_deciles(n, quantiles):
    found = overall(card((45, 45)), quantiles, n)

    assert (found.percentile, found.percentile_interval) == (None, None)


def test_a_percentile_has_an_interval_where_it_is_a_number():
    """Wilson at 1/2 and 40: 0.5 ± 1.96 · √(1/160 + 0.0006) / 1.096."""
    assert overall(card((50, 50)), DECILES).percentile_interval == (35, 65)
    assert overall(card((10, 10)), DECILES).percentile_interval is None


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [
        (0.5, 10, 0.2366, 0.7634),
        (0.5, 30, 0.3315, 0.6685),
        (0.5, 100, 0.4038, 0.5962),
        (0.1, 30, 0.0346, 0.2562),
        (0.9, 30, 0.7438, 0.9654),
        (0.0, 10, 0.0, 0.2775),
        (1.0, 10, 0.7225, 1.0),
    ],
)
def test_wilson_is_what_every_table_prints(share, n, low, high):
    assert wilson(share, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", 1), ("1.5", 2), ("-0.5", 0), ("0.49", 0), ("2", 2)]
)
def test_halves_are_rounded_up(value, rounded):
    assert half_up(Fraction(value)) == rounded
