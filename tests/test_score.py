"""
How answers become scores and levels; every expectation is worked out by hand.

Answers are given in percent of the scale: 75 is an answer three quarters up.
"""

import importlib
import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity import model
from cx_maturity.export import scores
from cx_maturity.score import measures, scorecard, scored

ROOT = Path(__file__).resolve().parents[1]

sys.path.append(str(ROOT / "tests"))  # what builds surveys is shared, and no test
surveys = importlib.import_module("surveys")
FOUR, NOT, ONE, TWO, UNSURE = (getattr(surveys, n) for n in ("FOUR", "NOT", "ONE", "TWO", "UNSURE"))
answer, bounds, card = surveys.answer, surveys.bounds, surveys.card
points, questionnaire, respondent = surveys.points, surveys.questionnaire, surveys.respondent
words = surveys.words


# --- one to four of more people ------------------------------------------------------


def some_of(n, of, shape=ONE, **rules):
    """Score *of* people, *n* of whom answer 20, 40, 60 and on; to the others nothing applies."""
    given_ = [{"q1": min(100, 20 * (i + 1)), "q2": min(100, 20 * (i + 1))} for i in range(n)]
    given_ += [{"q1": NOT, "q2": NOT}] * (of - n)
    return card(questionnaire(shape, **rules), given_)


@pytest.mark.parametrize(
    ("n", "of", "score"),
    [
        (4, 5, None),
        (1, 12, None),
        (4, 12, None),
        (5, 12, 60),  # 20, 40, 60, 80 and 100
        (5, 5, 60),
        (4, 4, 50),  # the organisation's own total
        (3, 4, 40),
        (1, 4, 20),
    ],
)
def test_what_one_to_four_of_five_or_more_people_have_is_no_score(n, of, score):
    found = some_of(n, of)

    for measure in (found.overall, *found.dimensions.values(), *found.capabilities.values()):
        assert (points(measure), measure.n) == (score, n)
        if score is None:
            assert (measure.level, measure.gated_level, measure.interval) == (None, None, None)
            assert (measure.error, measure.degrees, measure.rough) == (None, None, False)


def test_nor_do_its_bounds_say_what_the_few_answered():
    """Nothing is missing of what applies: both bounds would be the score of the one."""
    one, four = some_of(1, 12).overall, some_of(4, 4).overall

    assert (bounds(one), one.coverage) == ((0, 100), 1)
    assert bounds(four) == (50, 50)


@pytest.mark.parametrize(("answered", "low"), [(4, 0), (5, Fraction(5 * 80, 4 * 6))])
def test_bounds_without_a_score_rest_on_five_people_s_answers(answered, low):
    """Nobody has half of the four questions; each who answers gives 80 to one of them."""
    asked = questionnaire({"d": {"c": ["q1", "q2", "q3", "q4"]}})
    found = card(asked, [{"q1": 80}] * answered + [{}] * (6 - answered))

    assert (found.overall.n, found.overall.score) == (0, None)
    assert found.overall.lowest * 100 == low


def test_a_foundation_of_few_leaves_the_level_open():
    """The overall, 60, is of five people; c, a foundation, of two of them."""
    asked = questionnaire(
        {"d": {"c": ["q1"], "e": ["q2"]}}, gate=1, foundations={"c"}, weights={"e": 3}
    )
    found = card(asked, [{"q1": 60, "q2": 60}] * 2 + [{"q1": UNSURE, "q2": 60}] * 3)

    assert (points(found.overall), found.overall.level) == (60, 4)
    assert (found.overall.gated_level, found.held_by) == (None, ("c",))


def test_of_an_overall_of_few_nothing_is_told_by_other_ways():
    """Not with other weights, and not with roles that count alike."""
    given_ = [("lead", {"q1": 20, "q2": 60})] * 2 + [("front", {"q1": 60, "q2": 80})] * 2
    given_ += [("lead", {}), ("front", {})] * 4
    few = card(questionnaire(ONE), given_, combine="pooled")
    all_ = card(questionnaire(ONE), given_[:4], combine="pooled")

    assert (few.overall.n, few.overall.score) == (4, None)
    assert (few.sensitivity, few.other_overall) == (None, None)
    assert all_.sensitivity is not None


def test_say_and_do_of_few_are_not_set_against_each_other():
    """Four answered both, and eight neither: they are all who have the capability."""
    asked = questionnaire({"d": {"a": ["a.say", "a.do"], "b": ["b.say", "b.do"]}})
    both = {"a.say": 40, "a.do": 20, "b.say": 60, "b.do": 20}
    rest = {"b.say": 60, "b.do": 20}
    four = card(asked, [both] * 4 + [rest] * 8)
    five = card(asked, [both] * 5 + [rest] * 7)

    assert [four.aspects["a"][aspect].score for aspect in ("say", "do")] == [None, None]
    assert list(four.say_do) == ["overall", "d", "b"]
    assert list(five.say_do) == ["overall", "d", "a", "b"]


# --- four states ------------------------------------------------------------------


def test_an_unanswered_question_carries_no_weight():
    """Coverage falls, the score does not."""
    found = card(questionnaire(ONE), {"q1": 75})

    assert points(found.overall) == 75
    assert found.overall.coverage == Fraction(1, 2)
    assert found.overall.visibility == 1


def test_an_unsure_answer_lowers_coverage_and_visibility():
    found = card(questionnaire(ONE), {"q1": 75, "q2": UNSURE})

    assert points(found.overall) == 75
    assert (found.overall.coverage, found.overall.visibility) == (Fraction(1, 2), Fraction(1, 2))


def test_a_question_that_does_not_apply_leaves_numerator_and_denominator():
    found = card(questionnaire(ONE), {"q1": 75, "q2": NOT})

    assert points(found.overall) == 75
    assert (found.overall.coverage, found.overall.visibility) == (1, 1)
    assert bounds(found.overall) == (75, 75)


def test_the_weights_that_are_left_share_the_whole():
    """3 · 100 and 1 · 20 over 4; the question of weight 6 does not apply."""
    asked = questionnaire({"d": {"c": ["q1", "q2", "q3"]}}, weights={"q1": 3, "q2": 1, "q3": 6})

    assert points(card(asked, {"q1": 100, "q2": 20, "q3": NOT}).overall) == 80


def test_a_capability_that_does_not_apply_leaves_its_dimension():
    found = card(questionnaire(TWO), {"q1": 60, "q2": 80, "q3": NOT, "q4": NOT})

    assert points(found.dimensions["d"]) == points(found.overall) == 70
    none = found.capabilities["e"]
    assert (none.applicable, none.score, none.level) == (False, None, None)
    assert (none.coverage, none.visibility) == (0, 1)
    assert bounds(none) == (0, 100)


def test_the_bounds_put_everything_missing_at_the_bottom_and_at_the_top():
    found = card(questionnaire(FOUR), {"q1": 60, "q2": 100, "q3": UNSURE})

    assert points(found.overall) == 80
    assert bounds(found.overall) == (40, 90)


def test_the_bounds_take_in_answers_that_are_too_few_for_a_score():
    """One of three in e: no score, but its 100 is in the bounds; the score of d is that of c."""
    asked = questionnaire({"d": {"c": ["q1"], "e": ["q2", "q3", "q4"]}}, weights={"c": 3, "e": 2})
    found = card(asked, {"q1": 50, "q2": 100})

    assert found.capabilities["e"].score is None
    assert points(found.dimensions["d"]) == 50
    assert bounds(found.capabilities["e"]) == (Fraction(100, 3), 100)
    assert bounds(found.overall) == ((150 + Fraction(200, 3)) / 5, 70)


def test_the_bounds_are_widened_so_that_they_hold_the_score():
    """Two of three in e answered 100, too few: without it the score is 0, with it 33 at least."""
    asked = questionnaire(
        {"d": {"c": ["q1"], "e": ["q2", "q3", "q4"]}},
        weights={"c": 3, "e": 2},
        capability_coverage=Fraction(3, 4),
    )
    found = card(asked, {"q1": 0, "q2": 100, "q3": 100})

    assert points(found.overall) == 0
    assert bounds(found.overall) == (0, 40)


@pytest.mark.parametrize(
    ("given_", "score"),
    [
        ({"q1": 40, "q2": 60}, 50),  # exactly half
        ({"q1": 40}, None),
        ({"q1": 40, "q2": NOT}, None),  # one of three that apply
        ({"q1": 40, "q2": NOT, "q3": NOT}, 40),  # one of two
        ({"q1": UNSURE, "q2": UNSURE, "q3": 40, "q4": 60}, 50),
    ],
)
def test_a_capability_needs_half_of_its_applicable_weight(given_, score):
    assert points(card(questionnaire(FOUR), given_).capabilities["c"]) == score


def test_a_capability_counts_weight_not_questions():
    asked = questionnaire(FOUR, weights={"q1": 3})

    assert points(card(asked, {"q1": 40}).capabilities["c"]) == 40
    assert points(card(asked, {"q2": 40, "q3": 60}).capabilities["c"]) is None


FIVE = {"d": {f"c{n}": [f"q{n}"] for n in range(1, 6)}}


@pytest.mark.parametrize(
    ("answered", "score"),
    [
        (("q1", "q2", "q3"), 40),  # 3 of 5 is 60 %
        (("q1", "q2"), None),
        (("q1", "q2", "q3", "q4"), 40),
    ],
)
def test_a_dimension_needs_six_tenths_of_its_applicable_capability_weight(answered, score):
    found = card(questionnaire(FIVE), dict.fromkeys(answered, 40))

    assert points(found.dimensions["d"]) == score


def test_a_dimension_counts_the_weights_of_its_capabilities_and_not_of_questions():
    asked = questionnaire(FIVE, weights={"c1": 2, "q5": 99})

    assert points(card(asked, {"q1": 40, "q2": 40}).dimensions["d"]) is None  # 3 of 6
    assert points(card(asked, {"q1": 40, "q2": 40, "q3": 40}).dimensions["d"]) == 40  # 4 of 6


def test_other_thresholds_are_the_questionnaires_own():
    asked = questionnaire(FIVE, capability_coverage=Fraction(1), dimension_coverage=Fraction(2, 5))

    assert points(card(asked, {"q1": 40, "q2": 40}).dimensions["d"]) == 40


def test_the_overall_needs_every_dimension_that_applies():
    asked = questionnaire({"d": ["q1"], "e": ["q2"], "f": ["q3"]})

    found = card(asked, {"q1": 40, "q2": 60})
    assert (found.overall.score, found.overall.level) == (None, None)
    assert bounds(found.overall) == (Fraction(100, 3), Fraction(200, 3))
    assert points(card(asked, {"q1": 40, "q2": 60, "q3": NOT}).overall) == 50


def test_nothing_answered_is_no_score_and_anything_is_possible():
    found = card(questionnaire(ONE), {})

    assert found.overall.score is None
    assert bounds(found.overall) == (0, 100)
    assert (found.overall.coverage, found.overall.n) == (0, 1)


def test_coverage_counts_question_weight_alone():
    """Weight 3 of 4 is answered; that the other capability counts ninefold says nothing here."""
    asked = questionnaire(TWO, weights={"q1": 1, "q2": 1, "q3": 1, "q4": 1, "e": 9})

    assert card(asked, {"q1": 1, "q2": 1, "q3": 1}).overall.coverage == Fraction(3, 4)
    heavy = questionnaire(ONE, weights={"q1": 9})
    assert card(heavy, {"q2": 1}).overall.coverage == Fraction(1, 10)


# --- score ------------------------------------------------------------------------


def test_the_mean_goes_from_questions_to_capabilities_to_dimensions_to_the_whole():
    """(40 + 80) / 2 over capabilities, though three of four questions say 80."""
    asked = questionnaire({"d": {"c": ["q1"], "e": ["q2", "q3", "q4"]}, "f": {"g": ["q5"]}})
    found = card(asked, {"q1": 40, "q2": 80, "q3": 80, "q4": 80, "q5": 0})

    assert points(found.capabilities["e"]) == 80
    assert points(found.dimensions["d"]) == 60
    assert points(found.overall) == 30


def test_weights_count_at_every_step():
    asked = questionnaire(
        {"d": {"c": ["q1", "q2"], "e": ["q3"]}, "f": {"g": ["q4"]}},
        weights={"q1": 3, "c": 2, "f": 4},
    )
    found = card(asked, {"q1": 80, "q2": 40, "q3": 10, "q4": 100})

    assert points(found.capabilities["c"]) == 70
    assert points(found.dimensions["d"]) == 50
    assert points(found.overall) == 90


def test_two_depths_run_through_the_same_rules():
    asked = questionnaire({"d": ["q1", "q2", "q3"], "e": ["q4"]}, weights={"e": 3})
    found = card(asked, {"q1": 30, "q2": 60, "q4": 85})

    assert points(found.dimensions["d"]) == 45
    assert points(found.overall) == 75
    assert found.capabilities == {}
    assert found.dimensions["d"].coverage == Fraction(2, 3)


def test_two_depths_need_six_tenths_of_the_question_weight():
    asked = questionnaire({"d": ["q1", "q2", "q3", "q4", "q5"]})

    assert points(card(asked, dict.fromkeys(("q1", "q2", "q3"), 40)).overall) == 40
    assert points(card(asked, dict.fromkeys(("q1", "q2"), 40)).overall) is None


def test_a_third_is_a_third():
    """A double would be a hair beside it: 0.1 + 0.2 is not 0.3."""
    asked = questionnaire({"d": ["q1", "q2", "q3"]})

    assert card(asked, {"q1": 100, "q2": 0, "q3": 0}).overall.score == Fraction(1, 3)
    assert points(card(asked, {"q1": 10, "q2": 20, "q3": 60}).overall) == 30


def test_with_minimum_every_measure_is_its_lowest_part():
    asked = questionnaire(TWO, aggregate="minimum", weights={"q1": 9, "c": 9})
    found = card(asked, {"q1": 90, "q2": 50, "q3": 70, "q4": 60})

    assert points(found.capabilities["c"]) == 50
    assert points(found.capabilities["e"]) == 60
    assert points(found.overall) == 50


def test_with_minimum_what_is_missing_may_be_the_lowest():
    found = card(questionnaire(ONE, aggregate="minimum"), {"q1": 90})

    assert points(found.overall) == 90
    assert bounds(found.overall) == (0, 90)


def test_a_subset_is_an_instrument_of_its_own():
    asked = questionnaire(TWO)
    short = model.Subset("short", words(), frozenset({"q1"}))
    wave = model.Wave(
        "w",
        replace(asked, subsets=(*asked.subsets, short)),
        "short",
        date(2026, 5, 19),
        (respondent({"q1": 40}),),
        is_panel=False,
    )
    found = scorecard(wave)

    assert (points(found.overall), found.overall.coverage) == (40, 1)
    assert list(found.capabilities) == ["c"]
    assert list(found.questions) == ["q1"]


# --- levels -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "level"),
    [
        (0, 1),
        ("19.9999999999999999", 1),
        (20, 2),
        ("39.9", 2),
        (40, 3),
        ("59.7", 3),
        (60, 4),
        ("79.9", 4),
        ("79.99999999999999999999", 4),
        (80, 5),
        (100, 5),
    ],
)
def test_a_level_begins_at_its_lower_border(given_, level):
    """Decided on the exact value, before any rounding."""
    assert card(questionnaire({"d": ["q1"]}), {"q1": given_}).overall.level == level


def test_an_answer_of_a_level_is_that_level():
    """1 to 5 in equal steps lie at 0, 25, 50, 75 and 100."""
    asked = questionnaire({"d": ["q1"]})
    levels = [card(asked, {"q1": given_}).overall.level for given_ in (0, 25, 50, 75, 100)]

    assert levels == [1, 2, 3, 4, 5]


def test_a_mean_of_thirds_may_lie_on_a_border():
    """(100 + 70 + 70) / 3 is 80 exactly, and a double of thirds may not be."""
    asked = questionnaire({"d": {"a": ["q1"], "b": ["q2"], "c": ["q3"]}})

    assert card(asked, {"q1": 100, "q2": 70, "q3": 70}).overall.level == 5
    assert card(asked, {"q1": 100, "q2": 70, "q3": "69.99999999999999"}).overall.level == 4


def test_every_measure_has_a_level():
    found = card(questionnaire(TWO), {"q1": 10, "q2": 10, "q3": 90, "q4": 90})

    assert found.capabilities["c"].level == found.capabilities["c"].gated_level == 1
    assert (found.capabilities["e"].level, found.dimensions["d"].level) == (5, 3)


# --- staged levels --------------------------------------------------------------------

STAGED = {"q1": 2, "q2": 2, "q3": 3, "q4": 5}


@pytest.mark.parametrize(
    ("given_", "level"),
    [
        ((100, 100, 100, 100), 5),
        ((100, 100, 100, 99), 3),  # level 4 has no question: it is not reached by itself
        ((100, 100, 99, 100), 2),  # what comes after a level that is missed does not count
        ((100, 99, 100, 100), 1),
        ((None, 100, 100, 100), 5),  # what is answered averages the mark
        ((None, None, 100, 100), None),  # half is answered, so there is a score, and no level 2
        ((NOT, NOT, 100, 100), 5),  # of level 2 nothing applies: it stands in no one's way
        ((100, 100, None, 100), 2),
        ((100, 100, NOT, 100), 5),
        ((100, 100, NOT, NOT), 2),
        ((100, 100, UNSURE, 100), 2),
    ],
)
def test_staged_levels_are_reached_one_after_the_other(given_, level):
    asked = questionnaire(FOUR, staged=STAGED)
    found = card(asked, dict(zip(STAGED, given_, strict=True)))

    assert found.overall.level == (level or 1)


def test_staged_levels_leave_the_score_a_mean():
    found = card(questionnaire(FOUR, staged=STAGED), {"q1": 0, "q2": 0, "q3": 100, "q4": 100})

    assert (points(found.overall), found.overall.level) == (50, 1)


def test_the_pass_mark_is_inclusive_and_each_level_passes_by_itself():
    asked = questionnaire(FOUR, staged=STAGED, staged_pass=Fraction(3, 4))

    assert card(asked, {"q1": 50, "q2": 100, "q3": 75, "q4": 75}).overall.level == 5
    assert card(asked, {"q1": 50, "q2": 99, "q3": 100, "q4": 100}).overall.level == 1
    assert card(asked, {"q1": 100, "q2": 100, "q3": 74, "q4": 100}).overall.level == 2


def test_a_question_of_level_one_stands_in_the_way_of_the_others():
    asked = questionnaire(ONE, staged={"q1": 1, "q2": 2})

    assert card(asked, {"q1": 0, "q2": 100}).overall.level == 1
    assert card(asked, {"q1": 100, "q2": 100}).overall.level == 2


def test_a_group_stands_on_its_own_questions_of_a_level():
    asked = questionnaire(TWO, staged={"q1": 2, "q2": 3, "q3": 2, "q4": 2})
    found = card(asked, {"q1": 100, "q2": 100, "q3": 0, "q4": 0})

    assert (found.capabilities["c"].level, found.capabilities["e"].level) == (3, 1)
    assert found.overall.level == 1


def test_staged_levels_average_over_respondents():
    asked = questionnaire(ONE, staged={"q1": 2, "q2": 3}, staged_pass=Fraction(1, 2))
    people = [{"q1": 100, "q2": 100}, {"q1": 0, "q2": 0}, {"q1": 50, "q2": 40}]

    assert card(asked, people).overall.level == 2


def test_without_a_score_there_is_no_staged_level():
    assert card(questionnaire(FOUR, staged=STAGED), {"q1": 100}).overall.level is None


# --- the gate ----------------------------------------------------------------------------

GATED = {"d": {"a": ["q1"], "b": ["q2"]}, "e": {"f": ["q3"], "g": ["q4"]}}


def gated(answers, *, gate=1, foundations=("a", "f"), **rules):
    asked = questionnaire(GATED, gate=gate, foundations=foundations, **rules)
    return card(asked, dict(zip(("q1", "q2", "q3", "q4"), answers, strict=True)))


def test_the_gate_holds_the_level_one_above_the_lowest_foundation():
    found = gated((10, 100, 90, 100))

    assert (found.overall.level, found.overall.gated_level) == (4, 2)
    assert found.held_by == ("a",)
    assert points(found.overall) == 75  # a gate never changes a score


def test_every_foundation_that_holds_is_named():
    assert gated((10, 100, 15, 100)).held_by == ("a", "f")


def test_a_gate_that_does_not_bind_changes_nothing():
    found = gated((65, 100, 90, 100))

    assert (found.overall.level, found.overall.gated_level) == (5, 5)
    assert found.held_by == ()


@pytest.mark.parametrize(("gate", "level"), [(0, 1), (1, 2), (2, 3), (3, 4), (9, 4)])
def test_how_far_the_gate_holds_is_the_questionnaires_own(gate, level):
    assert gated((10, 100, 90, 100), gate=gate).overall.gated_level == level


def test_only_the_overall_is_gated():
    found = gated((10, 100, 90, 100))

    assert (found.dimensions["d"].level, found.dimensions["d"].gated_level) == (3, 3)


def test_a_foundation_that_does_not_apply_leaves_the_gate():
    found = gated((NOT, 100, 90, 100))

    assert (found.overall.gated_level, found.held_by) == (5, ())
    assert gated((NOT, 100, NOT, 100)).overall.gated_level == 5


def test_a_foundation_without_a_score_leaves_the_level_open_and_is_named():
    """The dimension has a score all the same: its other capability has weight enough."""
    found = gated((None, 100, 10, 100), weights={"b": 2})

    assert found.overall.level == 4
    assert found.overall.gated_level is None
    assert found.held_by == ("a",)


def test_without_a_level_there_is_nothing_to_hold():
    found = gated((None, None, 10, 100))

    assert (found.overall.level, found.overall.gated_level, found.held_by) == (None, None, ())


def test_a_dimension_of_questions_may_be_a_foundation():
    asked = questionnaire({"d": ["q1"], "e": ["q2"]}, gate=1, foundations=("d",))
    found = card(asked, {"q1": 0, "q2": 100})

    assert (found.overall.level, found.overall.gated_level, found.held_by) == (3, 2, ("d",))


def test_the_gate_looks_at_the_organisations_level_of_a_foundation():
    """Two respondents at 0 and 100: the foundation is at 50, level 3, and holds nothing."""
    asked = questionnaire(GATED, gate=1, foundations=("a",))
    people = [dict.fromkeys(("q1", "q2", "q3", "q4"), given_) for given_ in (0, 100)]

    assert card(asked, people).overall.gated_level == 3


# --- respondents -------------------------------------------------------------------------


def test_each_respondent_gets_every_measure_first():
    """80 and 20: the mean is 50, though three of the four answers average 60."""
    people = [{"q1": 80}, {"q1": 0, "q2": 40}]
    found = card(questionnaire(ONE), people)

    assert points(found.overall) == 50
    assert found.overall.n == 2


def test_who_has_no_score_is_not_counted_but_covered():
    asked = questionnaire(FOUR)
    people = [dict.fromkeys(("q1", "q2", "q3", "q4"), 60), {"q1": 100}]
    found = card(asked, people)

    assert (points(found.overall), found.overall.n) == (60, 1)
    assert found.overall.coverage == Fraction(5, 8)
    assert bounds(found.overall) == ((60 + 25) / 2, 80)


def test_who_is_asked_nothing_that_applies_enters_nothing():
    people = [{"q1": 60, "q2": 40}, {"q1": NOT, "q2": NOT}]
    found = card(questionnaire(ONE), people)

    assert (points(found.overall), found.overall.n, found.overall.coverage) == (50, 1, 1)
    assert bounds(found.overall) == (50, 50)


def test_the_bounds_of_a_group_are_means_of_its_members_bounds():
    people = [{"q1": 60, "q2": 40}, {"q1": 100}, {}]
    found = card(questionnaire(ONE), people)

    assert points(found.overall) == 75
    assert bounds(found.overall) == (Fraction(100, 3), Fraction(250, 3))


def test_the_overall_is_the_mean_of_overalls_and_not_of_dimensions():
    """The second has no d, so no overall: dimensions 30 and 60, the overall 30 and not 45."""
    asked = questionnaire({"d": ["q1"], "e": ["q2"]})
    found = card(asked, [{"q1": 30, "q2": 30}, {"q2": 90}])

    assert (points(found.dimensions["d"]), points(found.dimensions["e"])) == (30, 60)
    assert (points(found.overall), found.overall.n) == (30, 1)


def people(role, *values):
    return [(role, {"q1": value}) for value in values]


SINGLE = questionnaire({"d": ["q1"]})
FIVES = [*people("lead", 100, 90, 80, 70, 60), *people("front", 0, 0, 0, 40, 10, 10)]


def test_roles_count_alike_from_five_respondents_in_each():
    """80 and 10: balanced 45; pooled 460 / 11."""
    found = card(SINGLE, FIVES)

    assert found.combined == "role-balanced"
    assert points(found.overall) == 45
    assert found.other_overall * 100 == Fraction(460, 11)
    assert found.roles == {"lead": 5, "front": 6}


@pytest.mark.parametrize(
    "answered",
    [
        FIVES[1:],  # four in one role
        FIVES[:5],  # one role
        [*FIVES, *people(None, 50, 51, 52, 53, 54)],  # as many have no role
        people(None, 1, 2, 3, 4, 5, 6),
    ],
)
def test_otherwise_everybody_counts_alike(answered):
    given_ = [answers["q1"] for _, answers in answered]
    found = card(SINGLE, answered)

    assert found.combined == "pooled"
    assert points(found.overall) == Fraction(sum(given_), len(given_))


def test_a_wave_may_say_which():
    pooled = card(SINGLE, FIVES, combine="pooled")
    assert (pooled.combined, points(pooled.overall)) == ("pooled", Fraction(460, 11))
    assert pooled.other_overall * 100 == 45

    few = [*people("lead", 100), *people("front", 0, 20)]
    balanced = card(SINGLE, few, combine="role-balanced")
    assert (balanced.combined, points(balanced.overall)) == ("role-balanced", 55)
    # Two of the front line may not be shown, and with both ways they could be found.
    assert balanced.other_overall is None


def test_each_role_counts_by_its_population_where_all_are_known():
    """Ten lead at 80 and 190 in front at 10: 2,700 of 200."""
    known = card(SINGLE, FIVES, population={"lead": 10, "front": 190})
    one = card(SINGLE, FIVES, population={"lead": 10})
    whole = card(SINGLE, FIVES, combine="pooled", population={"all": 200})
    few = [*people("lead", 100), *people("front", 0, 20, 0, 20, 0)]
    hidden = card(SINGLE, few, combine="role-balanced", population={"lead": 2, "front": 9})
    none = (card(SINGLE, FIVES), one, whole, hidden)

    assert known.headcount_overall * 100 == Fraction(27, 2)
    assert {found.headcount_overall for found in none} == {None}


def test_there_is_no_other_way_without_two_roles():
    assert card(SINGLE, FIVES[:5]).other_overall is None
    assert card(SINGLE, [*FIVES, *people(None, 50)]).other_overall is None
    assert card(SINGLE, {"q1": 50}).other_overall is None


def test_balance_is_decided_once_for_the_whole_wave():
    """Of the front line one alone answered q2: the role still counts as much as the other."""
    asked = questionnaire({"d": ["q1"], "e": ["q2"]})
    wave = [
        *(("lead", {"q1": 100, "q2": 100}) for _ in range(5)),
        *(("front", {"q1": 0}) for _ in range(4)),
        ("front", {"q1": 0, "q2": 0}),
    ]

    assert points(card(asked, wave).dimensions["e"]) == 50


def test_bounds_are_balanced_like_scores_and_coverage_counts_people():
    wave = [*people("lead", 100, 100, 100, 100, 100), *people("front", 0, 0, 0, 0, None)]
    found = card(SINGLE, wave)

    assert points(found.overall) == 50
    assert bounds(found.overall) == (50, 60)
    assert found.overall.coverage == Fraction(9, 10)


def test_the_interval_of_a_panel_by_hand():
    """0, 50, 100: 50 ± 4.302653 · 50 / √3, clipped to the scale."""
    found = card(SINGLE, people(None, 25, 50, 75))

    assert [bound * 100 for bound in found.overall.interval] == pytest.approx(
        (0, 100), abs=1e-9
    )  # 50 ± 62.1
    found = card(SINGLE, people(None, 45, 50, 55))
    assert [bound * 100 for bound in found.overall.interval] == pytest.approx(
        (50 - 12.420690, 50 + 12.420690), abs=1e-5
    )
    assert found.overall.degrees == 2


@pytest.mark.parametrize("values", [(50, 60), (50, 50, 50), (50, 60, None)])
def test_no_interval_for_fewer_than_three_or_for_equals(values):
    found = card(SINGLE, people(None, *values))

    assert found.overall.interval is None
    assert found.overall.degrees is None


def test_one_persons_answers_have_no_interval():
    assert card(SINGLE, {"q1": 50}).overall.interval is None


@pytest.mark.parametrize(
    ("population", "factor"),
    [
        ({}, 1),
        ({"all": 12}, 0.75**0.5),
        ({"lead": 12}, 0.75**0.5),
        ({"lead": 3}, 0),
        ({"front": 12}, 1),  # nothing is known about those who answered
    ],
)
def test_a_known_population_narrows_the_interval(population, factor):
    found = card(SINGLE, people("lead", 45, 50, 55), population=population)
    low, high = found.overall.interval

    assert (high - low) / 2 * 100 == pytest.approx(12.420690 * factor, abs=1e-5)


def test_a_population_counts_those_with_the_measure():
    """Three of 12 although a fourth was asked."""
    found = card(SINGLE, people(None, 45, 50, 55, None), population={"all": 12})
    low, high = found.overall.interval

    assert (high - low) / 2 * 100 == pytest.approx(12.420690 * 0.75**0.5, abs=1e-5)


def test_the_interval_of_balanced_roles_by_hand():
    """Both roles 0, 25, 50, 75, 100: s²/n 1/32, together √(1/64), 8 degrees, t 2.306004."""
    values = (0, 25, 50, 75, 100)
    found = card(SINGLE, [*people("lead", *values), *people("front", *values)])
    low, high = found.overall.interval

    assert found.overall.degrees == 8
    assert (low * 100, high * 100) == pytest.approx((50 - 28.825050, 50 + 28.825050), abs=1e-5)


@pytest.mark.parametrize(
    ("values", "rough"),
    [
        ((80, 90, 100, 100, 100), True),
        ((0, 0, 0, 10, 20), True),
        ((40, 50, 60, 50, 50), False),
        # Of twenty or more, some lie exactly on the end.
        ((*[10] * 19, 0), True),
        ((*[10] * 19, 5, None), False),
        ((*[90] * 19, 100), True),
        ((*[90] * 19, 95, None), False),
        ((100, 100, 100), False),  # nobody differs, and there is no interval to be rough
    ],
)
def test_an_interval_is_rough_where_answers_pile_up_at_an_end(values, rough):
    found = card(SINGLE, people(None, *values))

    assert found.overall.rough is rough


MIDDLE = (40, 50, 60, 45, 55, 50, 52, 48)


@pytest.mark.parametrize(
    ("leads", "rough"),
    [
        ((100, 100, 100, 90, 100), True),  # five near the top
        ((0, 100, 0, 100, 50), True),  # five at both ends: they vary by half the scale
        ((40, 50, 60, 45, 55), False),
        ((100, 100, 100, 90, 100, 100, 90, 100), False),  # eight are no small role
    ],
)
def test_balanced_roles_are_rough_where_a_small_one_stands_apart(leads, rough):
    found = card(SINGLE, [*people("lead", *leads), *people("front", *MIDDLE)])

    assert found.combined == "role-balanced"
    assert found.overall.rough is rough


def test_balanced_roles_that_all_pile_up_are_rough():
    top = [*people("lead", *[100] * 7, 90), *people("front", *[100] * 7, 80)]

    assert card(SINGLE, top).overall.rough


def test_the_overall_by_the_other_way_is_not_told_where_it_would_give_a_role_away():
    """
    Roles of ten, ten and three: the three are hidden, and one of ten with them.

    Pooled p = (10a + 10b + 3c) / 23, balanced r = (a + b + c) / 3 and the shown a would make
    two equations for b and c.
    """
    three = [
        *people("lead", *range(30, 80, 5)), *people("front", *range(20, 70, 5)),
        *people("other", 10, 20, 90),
    ]  # fmt: skip
    found = card(SINGLE, three, combine="role-balanced")

    assert [split.id for split in found.splits.roles] == ["lead"]
    assert found.other_overall is None


def test_a_measure_keeps_its_standard_error_and_degrees_of_freedom():
    """45, 50, 55: s is 5, its error 5 / √3; clipping the interval changes neither."""
    found = card(SINGLE, people(None, 45, 50, 55)).overall
    assert found.error * 100 == pytest.approx(2.886751, abs=1e-6)
    assert found.degrees == 2

    clipped = card(SINGLE, people(None, 80, 100, 100)).overall  # s² = 400/3
    assert clipped.interval[1] == 1
    assert clipped.error * 100 == pytest.approx(6.666667, abs=1e-6)
    none = card(SINGLE, people(None, 50, 60)).overall
    assert (none.error, none.degrees) == (None, None)


# --- some questions of a wave -----------------------------------------------------------------


def test_a_wave_can_be_scored_over_some_of_its_questions():
    """A capability of which nothing is left is not there; thresholds are those of what is left."""
    asked = questionnaire(TWO)
    wave = surveys.wave(asked, [{"q1": 40, "q3": 90, "q4": 90}, {"q1": 60, "q2": 0}])
    found = scored(wave, frozenset({"q1", "elsewhere"}))

    assert {name: points(m) for name, m in found.measures.items()} == dict.fromkeys(
        ("overall", "d", "c"), 50
    )
    assert found.by_respondent("c") == {"p1": Fraction(2, 5), "p2": Fraction(3, 5)}
    assert [(s.n, Fraction(s.total, s.unit)) for s in found.samples("c").values()] == [(2, 1)]
    assert scored(wave).measures["e"].score == Fraction(9, 10)
    assert list(scored(wave).by_respondent("e")) == ["p1"]


def test_what_a_wave_does_not_ask_is_not_scored():
    """Its subset has q1 alone; q2 was not asked, and so is not missing."""
    asked = questionnaire(ONE)
    short = replace(asked, subsets=(model.Subset("full", words(), frozenset({"q1"})),))
    found = scored(surveys.wave(short, {"q1": 40}), frozenset({"q1", "q2"})).measures["c"]

    assert (points(found), found.coverage) == (40, 1)


def test_scoring_may_be_pooled_or_balanced_whatever_the_wave_says():
    wave = surveys.wave(SINGLE, FIVES, population={"lead": 9, "front": 20})
    pooled, balanced = (scored(wave, balanced=b) for b in (False, True))

    assert points(pooled.measures["overall"]) == Fraction(460, 11)
    assert points(balanced.measures["overall"]) == points(scored(wave).measures["overall"]) == 45
    assert {r: s.n for r, s in balanced.samples("overall").items()} == {"front": 6, "lead": 5}
    assert balanced.populations("overall") == [20, 9]
    assert (list(pooled.samples("overall")), pooled.populations("overall")) == ([""], [29])


def test_scoring_no_question_gives_an_overall_that_does_not_apply():
    found = scored(surveys.wave(SINGLE, FIVES), frozenset()).measures

    assert list(found) == ["overall"]
    assert (found["overall"].score, found["overall"].applicable) == (None, False)


def test_the_light_path_gives_the_gated_overall_and_every_measure():
    asked = questionnaire(GATED, gate=1, foundations=("a", "f"))
    wave = surveys.wave(asked, {"q1": 10, "q2": 100, "q3": 90, "q4": 100})
    found = measures(wave)

    assert list(found) == ["overall", "d", "a", "b", "e", "f", "g"]
    assert (found["overall"].level, found["overall"].gated_level) == (4, 2)


# --- question by question --------------------------------------------------------------------


def test_every_question_says_how_everybody_answered():
    wave = [{"q1": 80}, {"q1": 80}, {"q1": 20}, {"q1": UNSURE}, {"q1": NOT}, {}]
    found = card(questionnaire(ONE), wave).questions["q1"]

    assert (found.n, found.total, found.unsure) == (3, 6, 1)
    assert found.not_applicable == {"too-small": 1}
    assert found.counts == {"20": 1, "80": 2}
    assert found.mean * 100 == 60
    assert (found.evidence, found.given, found.state) == (None, None, None)


def test_a_question_of_a_plain_file_keeps_its_answer_and_its_evidence():
    asked = questionnaire(FOUR)
    answers = {
        "q1": replace(answer(80), evidence="document"),
        "q2": answer(UNSURE),
        "q3": answer(NOT),
    }
    wave = model.Wave(
        "w", asked, "full", date(2026, 5, 19), (model.Respondent(answers),), is_panel=False
    )
    found = scorecard(wave).questions

    assert [(q.given, q.evidence, q.state) for q in found.values()] == [
        ("80", "document", model.State.VALUE),
        (None, None, model.State.UNSURE),
        (None, None, model.State.NOT_APPLICABLE),
        (None, None, None),
    ]


def test_the_mean_of_a_question_is_balanced_too():
    assert card(SINGLE, FIVES).questions["q1"].mean * 100 == 45


def test_agreement_is_the_mean_distance_from_the_mean_in_points():
    """0, 0, 50, 100, 100 of five points: mean 50, distance 40 of 100, 1.6 of four steps."""
    five = model.Scale("five", model.Points(1, 5), {})
    dimension = model.Dimension("d", words(), questions=(model.Question("q1", words(), five),))
    asked = replace(SINGLE, dimensions=(dimension,))
    found = card(asked, people(None, 0, 0, 50, 100, 100)).agreement["q1"]

    assert (found.ad, found.limit, found.n) == (Fraction(8, 5), Fraction(5, 6), 5)
    assert found.is_contested
    close = card(asked, people(None, 50, 50, 50, 75, 75)).agreement["q1"]
    assert (close.ad, close.is_contested) == (Fraction(12, 25), False)  # 12 of 100, in four steps


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        (model.Points(0, 10), 11),
        (model.Numeric((Fraction(1), Fraction(7)), None), 3),
        (
            model.Choice(
                tuple(model.Option(f"o{n}", words(), value) for n, value in enumerate((0, 2, 6, 6)))
            ),
            3,
        ),
    ],
)
def test_agreement_knows_how_many_answers_of_different_worth_a_scale_has(kind, size):
    scale = model.Scale("x", kind, {})
    dimension = model.Dimension("d", words(), questions=(model.Question("q1", words(), scale),))
    asked = replace(SINGLE, dimensions=(dimension,))
    found = card(asked, people(None, 0, 0, 50, 100, 100)).agreement["q1"]

    assert (found.limit, found.ad) == (Fraction(size, 6), Fraction(2 * (size - 1), 5))


def test_agreement_needs_five_people_who_answered():
    wave = [*people(None, 50, 50, 50, 50), *people(None, UNSURE, NOT, None)]

    assert card(SINGLE, wave).agreement == {}
    assert card(SINGLE, [*wave, *people(None, 50)]).agreement["q1"].n == 5


def test_a_wave_in_which_nobody_answered_has_no_measures_to_show():
    found = card(SINGLE, [])

    assert (found.overall.score, found.overall.n, found.overall.applicable) == (None, 0, False)
    assert bounds(found.overall) == (0, 100)


# --- as data ----------------------------------------------------------------------------------


def test_scores_go_out_in_points_with_their_exact_fraction():
    asked = questionnaire({"d": {"c": ["q1", "q2", "q3"]}}, gate=1, foundations=("c",))

    assert scores(card(asked, {"q1": 100, "q2": 0, "q3": UNSURE})) == {
        "questionnaire": "tiny",
        "version": "1.0",
        "subset": "full",
        "wave": "w",
        "overall": {**MEASURE, "held_by": []},
        "dimensions": {"d": MEASURE},
        "capabilities": {"c": MEASURE},
    }


MEASURE = {
    "score": 50.0,
    "exact": "50/1",
    "level": 3,
    "gated_level": 3,
    "coverage": 2 / 3,
    "visibility": 2 / 3,
    "lowest": 100 / 3,
    "highest": 200 / 3,
    "n": 1,
    "interval": None,
    "rough": False,
}


def test_a_score_goes_out_as_the_nearest_double_of_a_reduced_fraction():
    found = scores(card(questionnaire({"d": ["q1", "q2", "q3"]}), {"q1": 1, "q2": 0, "q3": 0}))

    assert found["overall"]["exact"] == "1/3"
    assert found["overall"]["score"] == 0.3333333333333333


def test_what_has_no_score_goes_out_without_one():
    found = scores(card(questionnaire(ONE), {}))["overall"]

    assert (found["score"], found["exact"], found["level"], found["gated_level"]) == (None,) * 4
