"""The picture of the path: where a mark stands, what is closed and until when, and what is said."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from tests import surveys
from tests.test_path import LOW, about, capability, dimension, named, question, questionnaire, wave

from cx_maturity import chart
from cx_maturity.parts.action import joined_steps
from cx_maturity.parts.climb import climb
from cx_maturity.words import Words


@pytest.fixture
def pictures(monkeypatch):
    """Keep what is drawn, as it is before anybody decides where it stands."""
    kept, draw = [], chart.overall
    monkeypatch.setattr(chart, "overall", lambda *said: (kept.append(said[0]), draw(*said))[1])
    return kept


def drawn(told, *scores):
    """Draw the path of a subject with scores as they are printed."""
    return climb(told, joined_steps(told, told.advice.path), scores)


def described(figure):
    return re.search("<desc>([^<]*)</desc>", str(figure.drawings))[1]


def test_each_step_stands_at_its_printed_score_with_the_level_after_it(pictures):
    """Of 5 anchors 2 is a quarter: (1/4 + 1) / 2 = 62.5 now, and (1/2 + 1) / 2 = 75 after it."""
    figure = drawn(about(wave(named(), LOW)), "62.5", "75.0")
    now, after = pictures[0].lines

    assert (now.label, now.score, now.mark_text, now.level_text) == ("Now", 62.5, "62.5", "3")
    assert (after.label, after.score, after.mark_text) == ("1 Part a", 75.0, "75.0")
    assert (after.level_text, after.interval_text) == ("4", "Opens level\N{NO-BREAK SPACE}4")
    assert [each.interval for each in pictures[0].lines] == [None, None]
    assert described(figure) == (
        "Now: 62.5, level 3. 1 Part a: 75.0, level 4, opens level\N{NO-BREAK SPACE}4. Closed: "
        "part a is at\N{NO-BREAK SPACE}2."
    )


def test_a_mark_tells_no_more_than_its_number(pictures):
    drawn(about(wave(named(), LOW)), "63", "75")

    assert [line.score for line in pictures[0].lines] == [63.0, 75.0]


def test_a_score_that_may_not_be_shown_has_no_mark_and_says_so(pictures):
    told = two_steps()
    figure = drawn(told, "38", "\N{EN DASH}", "50")
    hidden = pictures[0].lines[1]

    assert (hidden.score, hidden.mark_text) == (None, "")
    assert hidden.missing_text == "Not shown: too few people"
    assert "1 A: not shown: too few people, level 2." in described(figure)


def test_without_a_score_to_show_there_is_no_picture():
    told = about(wave(named(), LOW))

    assert drawn(told, "62.5", "\N{EN DASH}") is None
    assert climb(told, [], ["62.5"]) is None


def test_the_next_level_is_closed_from_its_start_until_the_foundation_rises(pictures):
    """Part a at 2 allows 3, and 4 starts at 60."""
    figure = drawn(about(wave(named(), LOW)), "62.5", "75.0")
    (picture,) = pictures

    assert (picture.gate.at, picture.closed, picture.stair) == (60.0, 1, True)
    assert picture.gate.words == "closed: part a is at\N{NO-BREAK SPACE}2"
    assert [key.mark for key in figure.key] == ["you", "gate"]


def two_steps(*, gate=None, foundation=False):
    """Two capabilities at level 2 of one question each; both have to rise for the whole to."""
    asked = questionnaire(
        dimension(
            "d",
            replace(capability("a", "qa", foundation=foundation), title=surveys.words("A")),
            replace(capability("b", "qb"), title=surveys.words("B")),
        ),
        gate=gate,
    )
    return about(wave(asked, {"qa": 2, "qb": 2}))


def test_without_a_foundation_nothing_is_closed(pictures):
    """Both at 1/4: the mean is 25, and 40 needs 1/2 of both but a tenth: (1/2 + 1/2) / 2."""
    figure = drawn(two_steps(), "25.0", "37.5", "50.0")

    assert pictures[0].gate is None
    assert [key.mark for key in figure.key] == ["you"]
    assert [line.interval_text for line in pictures[0].lines] == [
        *("", "", "Opens level\N{NO-BREAK SPACE}3"),
    ]


def test_the_closed_zone_ends_with_the_foundation_and_not_with_the_score(pictures):
    """With no level between them, a foundation at 2 closes 3 until its own step, the first."""
    figure = drawn(two_steps(gate=0, foundation=True), "25.0", "37.5", "50.0")
    (picture,) = pictures

    assert [line.label for line in picture.lines] == ["Now", "1 A", "2 B"]
    assert (picture.gate.at, picture.closed) == (40.0, 1)
    assert "opens level\N{NO-BREAK SPACE}3" in described(figure)


def test_a_dimension_that_is_a_foundation_closes_until_the_level_opens(pictures):
    """Its own score after a step is not known, so it counts as open with the whole."""
    asked = questionnaire(
        dimension("d", capability("a", "qa"), capability("b", "qb"), foundation=True), gate=0
    )
    drawn(about(wave(asked, {"qa": 2, "qb": 2})), "25.0", "37.5", "50.0")

    assert (pictures[0].gate.at, pictures[0].closed) == (40.0, 2)


def test_a_staged_level_is_not_read_off_the_axis(pictures):
    asked = questionnaire(
        dimension(
            "d",
            capability("a", question("qa", level=2), question("qb", level=3), foundation=True),
        ),
        staged=True,
        staged_pass=Fraction(1, 2),
        gate=0,
    )
    told = about(wave(asked, {"qa": 1, "qb": 1}))
    steps = joined_steps(told, told.advice.path)
    climb(told, steps, ["0.0"] * (len(steps) + 1))

    assert pictures[0].gate is None
    assert len(pictures[0].zones) == 1


def test_the_picture_speaks_the_readers_language():
    told = replace(about(wave(named(), LOW)), words=Words("fi"))

    assert "Nyt: 62.5" in described(drawn(told, "62.5", "75.0"))
