"""Targets and parts in the report's pictures: where they stand, and when there are none."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.test_change import THEN, three
from tests.test_people import about

from cx_maturity.editions import Comparison
from cx_maturity.model import Organisation, Target
from cx_maturity.parts.goals import aimed, goal_keys, goals
from cx_maturity.parts.heat import capabilities
from cx_maturity.parts.profile import overall_figure, profile
from cx_maturity.parts.subject import subject
from cx_maturity.results import Advice, Loop, Trajectory
from cx_maturity.score import scorecard
from cx_maturity.words import Words


def aiming(**wanted):
    """Return six people's wave, every score 50, with a target for each measure *wanted*."""
    found = tuple(
        Trajectory(
            Target(measure, None, goal, date(2027, 5, 1)), goal, (), is_met=False, forecast=None
        )
        for measure, goal in wanted.items()
    )
    return replace(about(), advice=Advice(loop=Loop((), 0, 0, found)))


def deep():
    """Return five people's wave of three capabilities: 40, 40 and 80."""
    wave = replace(three(2026, THEN, THEN, (6, 8, 10, 8, 8)), digest="d892da15bfd2")
    organisation = Organisation(
        "o", "O", None, None, None, ("en",), public=True, fictional=False, waves=(wave,)
    )
    return subject(organisation, scorecard(wave), Comparison(None, {}), Words("en"))


def described(figure):
    return re.search("<desc>([^<]*)</desc>", str(figure.drawings))[1]


def test_a_target_is_a_score_of_its_measure():
    made = aiming(culture=Fraction(65, 100), strategy=None)

    assert goals(made) == {"culture": Fraction(65, 100)}
    assert goals(about()) == {}


@pytest.mark.parametrize(
    ("goal", "said"),
    [(Fraction(65, 100), "target 65"), (Fraction(799, 1000), "target 79.9")],
)
def test_a_line_has_the_target_of_its_measure_in_words(goal, said):
    made = aiming(culture=goal)
    line = aimed(made, "culture", made.lines["culture"])

    assert (line.target, line.target_text) == (float(goal * 100), said)
    assert aimed(made, "strategy", made.lines["strategy"]).target is None


def test_the_key_names_a_target_only_where_one_is_drawn():
    made = aiming(culture=Fraction(65, 100))

    assert [key.mark for key in goal_keys(made, ["culture"])] == ["target"]
    assert goal_keys(made, ["strategy"]) == []


def test_the_board_and_the_profile_show_targets():
    made = aiming(overall=Fraction(60, 100), culture=Fraction(65, 100))

    board, second = overall_figure(made), profile(made).figure

    assert "target 60</text>" in str(board.drawings)
    assert "target 65</text>" in str(board.drawings)
    assert "target 60</text>" not in str(second.drawings)
    assert "target 65</text>" in str(second.drawings)


def test_the_profile_names_the_lowest_and_the_highest_capability_of_a_dimension():
    figure = profile(deep()).figure
    wide = str(figure.drawings).split("</svg>")[0]

    assert re.findall(r">(\d+ [A-C])</text>", wide) == ["40 A", "80 C"]
    assert described(figure).endswith("; its capabilities from A (40) to C (80).")
    assert "bit" in [key.mark for key in figure.key]


def test_the_boards_picture_has_no_capabilities():
    assert "40 A" not in str(overall_figure(deep()).drawings)


def test_a_dimension_without_capabilities_has_no_parts():
    assert "bit" not in [key.mark for key in profile(about()).figure.key]


def test_a_phone_is_told_how_many_capabilities_are_folded_and_their_levels():
    assert [group.folded for group in capabilities(deep()).groups] == ["3 capabilities, levels 1–2"]


def test_a_target_of_what_has_no_score_is_not_in_the_key():
    made = aiming(culture=Fraction(65, 100))
    unscored = replace(made.card.dimensions["culture"], score=None)
    card = replace(made.card, dimensions={**made.card.dimensions, "culture": unscored})

    assert goal_keys(replace(made, card=card), ["culture"]) == []
