"""Every weight a fifth less and a fifth more: by hand, and against a slow oracle."""

import importlib
import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import given

sys.path.append(str(Path(__file__).resolve().parent))  # builders and oracle are no tests
surveys, slow = importlib.import_module("surveys"), importlib.import_module("slow")
card, questionnaire = surveys.card, surveys.questionnaire
LESS, MORE = Fraction(4, 5), Fraction(6, 5)


# --- by hand ------------------------------------------------------------------------


def test_each_weight_is_changed_alone():
    """
    Three dimensions at 0, 30 and 90: the score is 40.

    f at 6/5: 108 / 3.2 = 33.75 + 30 / 3.2 = 43.125.  At 4/5: (30 + 72) / 2.8 = 36.43.  The
    others: d at 4/5 is 120 / 2.8 = 42.86, at 6/5 120 / 3.2 = 37.5; e 114 / 2.8 and 126 / 3.2.
    """
    asked = questionnaire({"d": ["q1"], "e": ["q2"], "f": ["q3"]})
    found = card(asked, {"q1": 0, "q2": 30, "q3": 90}).sensitivity

    assert (found.highest * 100, found.highest_by) == (Fraction("43.125"), ("f", MORE))
    assert (found.lowest * 100, found.lowest_by) == (Fraction(1020, 28), ("f", LESS))
    assert found.levels == (2, 3)


def test_a_question_moves_its_capability_and_that_the_whole():
    """At 4/5 of q2, c is 100/1.8 in place of 50, at 4/5 of q1 80/1.8; e weighs three of four."""
    asked = questionnaire({"d": {"c": ["q1", "q2"], "e": ["q3"]}}, weights={"e": 3})
    found = card(asked, {"q1": 100, "q2": 0, "q3": 50}).sensitivity

    assert found.highest * 100 == (Fraction(500, 9) + 150) / 4
    assert found.lowest * 100 == (Fraction(400, 9) + 150) / 4
    assert (found.lowest_by, found.highest_by) == (("q1", LESS), ("q2", LESS))


def test_of_two_that_do_the_same_the_first_by_id_is_named():
    found = card(questionnaire({"d": ["q2", "q1"]}), {"q1": 100, "q2": 100}).sensitivity

    assert (found.lowest, found.highest, found.levels) == (1, 1, (5,))
    assert found.lowest_by == found.highest_by == ("q1", LESS)


def test_a_lone_part_cannot_matter():
    """Only q1 and q2 stand beside each other; c and d are alone."""
    found = card(questionnaire({"d": {"c": ["q1", "q2"]}}), {"q1": 0, "q2": 100}).sensitivity

    assert found.highest * 100 == Fraction(500, 9)
    assert found.lowest * 100 == Fraction(400, 9)
    assert card(questionnaire({"d": ["q1"]}), {"q1": 50}).sensitivity is None
    assert card(questionnaire({"d": ["q1", "q2"]}), {"q1": 50}).sensitivity is None


def test_there_is_none_without_an_overall_and_none_for_the_lowest_part():
    two = {"d": ["q1"], "e": ["q2"]}

    assert card(questionnaire(two), {"q1": 50}).sensitivity is None
    minimum = questionnaire(two, aggregate="minimum")
    assert card(minimum, {"q1": 50, "q2": 90}).sensitivity is None


def test_a_question_may_have_the_id_of_a_dimension():
    """Question a at 4/5 makes its dimension 80/1.8 in place of 50, and the other is 90."""
    asked = questionnaire({"a": ["a", "b"], "d": ["q"]})
    found = card(asked, {"a": 100, "b": 0, "q": 90}).sensitivity

    assert found.lowest * 100 == (Fraction(400, 9) + 90) / 2
    assert found.highest * 100 == (Fraction(500, 9) + 90) / 2
    assert (found.lowest_by, found.highest_by) == (("a", LESS), ("b", LESS))


def test_what_is_scored_stays_scored():
    """q1 is half of the weight, just enough; at 4/5 it would be less than half."""
    asked = questionnaire({"d": {"c": ["q1", "q2"], "e": ["q3", "q4"]}})
    found = card(asked, {"q1": 100, "q3": 0, "q4": 50}).sensitivity

    # c is 100 whatever its question weighs, and the dimension moves most with c and e.
    assert found.lowest * 100 == Fraction(105 * 5, 9)  # (80 + 25) / 1.8
    assert found.highest * 100 == Fraction(120 * 5, 9)  # (100 + 20) / 1.8
    assert (found.lowest_by, found.highest_by) == (("c", LESS), ("e", LESS))


def test_the_answers_of_what_has_too_few_do_not_matter():
    """Two of five: c has no score, so its questions weigh nothing; e and f are 40 and 60."""
    names = [f"q{n}" for n in range(1, 6)]
    asked = questionnaire({"d": {"c": names, "e": ["q6"], "f": ["q7"]}})
    found = card(asked, {"q1": 0, "q2": 100, "q6": 40, "q7": 60}).sensitivity

    assert found.lowest * 100 == Fraction(88 * 5, 9)  # (40 + 48) / 1.8
    assert found.highest * 100 == Fraction(92 * 5, 9)  # (32 + 60) / 1.8
    assert (found.lowest_by, found.highest_by) == (("f", LESS), ("e", LESS))


def test_respondents_come_first():
    """100 and 0, and 50 alone: the first moves to 100/1.8, the second not at all."""
    asked = questionnaire({"d": ["q1", "q2"]}, dimension_coverage=Fraction(1, 2))
    found = card(asked, [{"q1": 100, "q2": 0}, {"q1": 50}]).sensitivity

    assert found.highest * 100 == (Fraction(500, 9) + 50) / 2
    assert found.lowest * 100 == (Fraction(400, 9) + 50) / 2


def test_roles_count_alike_where_the_wave_has_it_so():
    """One lead at 100 and 0, three of the front line at 50: half the move, not a quarter."""
    asked = questionnaire({"d": ["q1", "q2"]})
    wave = [("lead", {"q1": 100, "q2": 0}), *[("front", {"q1": 50, "q2": 50})] * 3]
    found = card(asked, wave, combine="role-balanced").sensitivity

    assert found.highest * 100 == (Fraction(500, 9) + 50) / 2
    pooled = card(asked, wave, combine="pooled").sensitivity
    assert pooled.highest * 100 == (Fraction(500, 9) + 150) / 4


def test_staged_levels_are_judged_anew_with_the_changed_weight():
    """Level 2 averages 75 exactly, the mark; with q1 less it falls short, and level 1 is left."""
    asked = questionnaire(
        {"d": ["q1", "q2", "q3"]},
        staged={"q1": 2, "q2": 2, "q3": 3},
        staged_pass=Fraction(3, 4),
    )

    assert card(asked, {"q1": 100, "q2": 50, "q3": 100}).sensitivity.levels == (1, 3)
    assert card(asked, {"q1": 100, "q2": 50, "q3": 0}).sensitivity.levels == (1, 2)


def test_a_staged_level_that_does_not_apply_stands_in_no_ones_way():
    asked = questionnaire({"d": ["q1", "q2", "q3"]}, staged={"q1": 2, "q2": 3, "q3": 4})

    found = card(asked, {"q1": 100, "q2": surveys.NOT, "q3": 100}).sensitivity
    assert found.levels == (4,)


# --- slowly -------------------------------------------------------------------------


def outcomes(wave):
    """Return the overall and the level with each changed weight that can matter."""
    asked, chosen = wave.questionnaire, wave.questionnaire.subset(wave.subset).questions
    parts = [*slow.measures(asked, chosen).values(), *asked.questions()]
    found = []
    few = range(1, 5) if len(wave.respondents) >= 5 else ()
    for part in parts:
        for factor in (LESS, MORE):
            changed = (part.id, factor)
            values = [
                (p.role, slow.score(asked, asked, p.answers, chosen, changed))
                for p in wave.respondents
            ]
            values = [(role, value) for role, value in values if value is not None]
            if not values or len(values) in few:
                return []
            overall = slow.combined(values, balanced=slow.is_balanced(wave))
            if asked.staged:
                level = slow.staged_level(wave, chosen, changed)
            else:
                level = slow.level(overall, asked)
            found.append((overall, changed, level))
    return found


@given(surveys.crowds(aggregate="mean") | surveys.singles(aggregate="mean"))
def test_it_is_what_scoring_again_with_each_weight_gives(survey):
    parts, people, more = survey
    wave = surveys.wave(questionnaire(**parts), people, **more)
    found = card(wave.questionnaire, people, **more).sensitivity
    every = outcomes(wave)

    if found is None:
        assert len({overall for overall, *_ in every}) <= 1
        return
    assert found.lowest == min(overall for overall, *_ in every)
    assert found.highest == max(overall for overall, *_ in every)
    assert found.levels == tuple(sorted({level for *_, level in every}))
    by = {changed: overall for overall, changed, _ in every}
    assert by[found.lowest_by] == found.lowest
    assert by[found.highest_by] == found.highest
