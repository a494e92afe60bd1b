"""How two roles see the same things: which questions count, who is scored, what is left out."""

import importlib
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

sys.path.append(str(Path(__file__).resolve().parent))  # builders and oracle are no tests
surveys, slow = importlib.import_module("surveys"), importlib.import_module("slow")
card, points = surveys.card, surveys.points


def questionnaire(shape, **rules):
    return surveys.questionnaire(shape, **{"perception_gap": ("lead", "front"), **rules})


SINGLE = questionnaire({"d": ["q1"]})
PAIR = questionnaire({"d": ["q1"], "e": ["q2"]})


def people(role, *answers):
    """Build people of one role; answers are by question, q1 and on."""
    return [
        (role, {f"q{n}": value for n, value in enumerate(given, start=1)})
        for given in (one if isinstance(one, tuple) else (one,) for one in answers)
    ]


# --- the comparison -----------------------------------------------------------------


def test_the_first_role_less_the_second():
    """
    80 less 20; both have s² 250, so that 50 + 50 make the squared error, with 8 degrees.

    60 ± 2.306004 · 10; t is 6: p = .000323, the density integrated.
    """
    wave = [*people("lead", 60, 70, 80, 90, 100), *people("front", 0, 10, 20, 30, 40)]
    found = card(SINGLE, wave).perception

    assert found.roles == ("lead", "front")
    assert (found.questions, found.asked, found.reason) == (("q1",), 1, None)
    gap = found.differences["overall"]
    assert (gap.value * 100, gap.n, gap.is_paired, gap.degrees) == (60, (5, 5), False, 8)
    assert [bound * 100 for bound in gap.interval] == pytest.approx((36.93996, 83.06004), abs=1e-4)
    assert gap.p == pytest.approx(0.000323, abs=1e-6)
    assert [points(side) for side in found.sides["overall"]] == [80, 20]
    assert list(found.differences) == list(found.sides) == ["overall", "d"]


def test_each_side_has_its_own_population():
    """Everybody who leads has answered, and half of the front line: 0 + 50 / 2, 4 degrees."""
    wave = [*people("lead", 60, 70, 80, 90, 100), *people("front", 0, 10, 20, 30, 40)]
    low, high = (
        card(SINGLE, wave, population={"lead": 5, "front": 10})
        .perception.differences["overall"]
        .interval
    )

    assert (high - low) / 2 * 100 == pytest.approx(2.776445 * 5, abs=1e-4)


def test_only_questions_count_that_five_of_each_answered():
    """Four of the front line answered q2: it is left out, and both are scored over q1 and q3."""
    asked = questionnaire({"d": {"c": ["q1", "q2", "q3"]}})
    wave = [
        *people("lead", *[(100, 0, 60)] * 5),
        *people("front", *[(40, 100, 40)] * 4, (40, surveys.UNSURE, 40)),
    ]
    found = card(asked, wave).perception

    assert (found.questions, found.asked) == (("q1", "q3"), 3)
    assert [points(side) for side in found.sides["c"]] == [80, 40]
    assert found.differences["c"].value * 100 == 40
    assert [side.coverage for side in found.sides["c"]] == [1, 1]


def test_people_are_scored_over_these_questions_by_the_normal_rules():
    """Of the four left, the last lead answered one: too little, although half of all six."""
    names = [f"q{n}" for n in range(1, 7)]
    asked = questionnaire({"d": {"c": names}})
    wave = [
        *people("lead", *[(80, 80, 80, 80, 0, 0)] * 5, (0, None, None, None, 0, 0)),
        *people("front", *[(40, 40, 40, 40, None, None)] * 5),
    ]
    found = card(asked, wave)

    assert found.perception.questions == ("q1", "q2", "q3", "q4")
    assert found.perception.differences["c"].n == (5, 5)
    assert found.capabilities["c"].n == 11


def test_a_measure_of_which_no_question_is_left_is_not_there():
    wave = [*people("lead", *[(80, 50)] * 5), *people("front", *[(40, None)] * 5)]
    found = card(PAIR, wave).perception

    assert found.questions == ("q1",)
    assert list(found.sides) == ["overall", "d"]
    assert found.differences["overall"].value * 100 == 40


def test_a_measure_that_fewer_than_five_of_a_role_have_is_left_out():
    """Five answered each question, and four of them both: no capability has a fifth score."""
    asked = questionnaire(
        {"d": {"c": ["q1", "q2"], "e": ["q3"]}},
        capability_coverage=Fraction(1),
        dimension_coverage=Fraction(1, 2),
    )
    wave = [
        *people("lead", *[(80, 80, 80)] * 4, (80, None, 80), (None, 80, 80)),
        *people("front", *[(40, 40, 40)] * 12),
    ]
    found = card(asked, wave).perception

    assert found.questions == ("q1", "q2", "q3")
    assert list(found.sides) == list(found.differences) == ["overall", "d", "e"]


def test_a_role_that_may_not_be_shown_is_not_compared():
    """Three more have another role: both sides taken from the whole would leave them."""
    other = surveys.questionnaire({"d": ["q1"]}).roles[0]
    roles = (*SINGLE.roles, type(other)("middle", other.title))
    asked = questionnaire({"d": ["q1"]}, roles=roles)
    wave = [*people("lead", *[80] * 6), *people("front", *[40] * 9), *people("middle", 0, 0, 0)]
    found = card(asked, wave).perception

    assert (found.sides, found.differences, found.reason) == ({}, {}, "remainder")


def test_what_five_have_in_the_whole_wave_and_four_over_these_questions_is_left_out():
    """Two of three are enough, and one of two is not: without q3 two leads have no c."""
    asked = questionnaire(
        {"d": {"c": ["q1", "q2", "q3"], "e": ["q4"]}},
        capability_coverage=Fraction(3, 5),
        dimension_coverage=Fraction(1, 2),
    )
    wave = [
        *people("lead", *[(80, 80, 80, 80)] * 4, (80, None, 80, 80), (None, 80, 80, 80)),
        *people("front", *[(40, 40, None, 40)] * 9),
    ]
    found = card(asked, wave)

    assert [split.measures["c"].n for split in found.splits.roles] == [6, 9]
    assert found.perception.questions == ("q1", "q2", "q4")
    assert list(found.perception.sides) == ["overall", "d", "e"]


def test_who_is_hidden_in_the_whole_wave_does_not_come_out_here():
    """
    Of the middle three have c, from q2 alone, which the leads were not asked.

    Over q1 nobody of the middle has c, but the leads' mean is the same there as in the whole
    wave, where it would leave the three.
    """
    lead = surveys.questionnaire({"d": ["q1"]}).roles[0]
    roles = (*SINGLE.roles, type(lead)("middle", lead.title))
    shape = {"d": {"c": ["q1", "q2"], "e": ["q3"]}}
    asked = questionnaire(shape, roles=roles, dimension_coverage=Fraction(1, 2))
    wave = [
        *people("lead", *[(80, None, 80)] * 6),
        *people("front", *[(40, 40, 40)] * 9),
        *people("middle", *[(None, 50, 50)] * 3, *[(None, None, 50)] * 3),
    ]
    found = card(asked, wave)

    hidden = {(h.id, h.measure, h.reason) for h in found.splits.hidden}
    assert hidden == {("middle", "c", "few"), ("lead", "c", "remainder")}
    assert found.perception.questions == ("q1", "q3")
    assert list(found.perception.sides) == ["overall", "d", "e"]


# --- none at all --------------------------------------------------------------------


def test_fewer_than_five_of_a_role_are_not_compared():
    wave = [*people("lead", *[80] * 4), *people("front", *[40] * 9)]
    found = card(SINGLE, wave).perception

    assert (found.questions, found.sides, found.differences) == ((), {}, {})
    assert found.reason == "few"


def test_roles_that_share_no_question_are_not_compared():
    wave = [*people("lead", *[(80, None)] * 5), *people("front", *[(None, 40)] * 5)]
    found = card(PAIR, wave).perception

    assert (found.questions, found.asked, found.reason) == ((), 2, "questions")


def test_nobody_is_compared_where_no_roles_are_named_or_one_person_answered():
    wave = [*people("lead", *[80] * 5), *people("front", *[40] * 5)]

    assert card(surveys.questionnaire({"d": ["q1"]}), wave).perception is None
    assert card(SINGLE, {"q1": 50}).perception is None


# --- slowly -------------------------------------------------------------------------


@given(surveys.crowds())
def test_it_is_what_scoring_both_roles_over_their_questions_gives(survey):
    parts, crowd, more = survey
    wave = surveys.wave(surveys.questionnaire(**parts), crowd, **more)
    asked = wave.questionnaire
    found = card(asked, crowd, **more).perception
    sides = [[p.answers for p in wave.respondents if p.role == role] for role in ("lead", "front")]

    questions = [
        q.id
        for q in asked.questions()
        if min(
            sum(q.id in given and given[q.id].share is not None for given in side) for side in sides
        )
        >= 5
    ]
    assert list(found.questions) == questions
    assert found.asked == len(list(asked.questions()))
    assert (found.reason is None) == bool(found.sides)
    assert found.differences.keys() == found.sides.keys()
    expected = slow.measures(asked, questions)
    for name, gap in found.differences.items():
        both = [
            [
                value
                for given in side
                if (value := slow.score(expected[name], asked, given, questions)) is not None
            ]
            for side in sides
        ]
        means = [slow.mean([(value, 1) for value in values]) for values in both]
        assert gap.value == means[0] - means[1]
        assert [side.score for side in found.sides[name]] == means
        assert gap.n == tuple(map(len, both))
        assert min(gap.n) >= 5
        known = more.get("population", {})
        sizes = [known.get("lead"), known.get("front")]
        interval = slow.around(gap.value, both, sizes, [1, 1])
        if interval is None:
            assert gap.interval is None
        else:
            clipped = (max(-1, interval[0]), min(1, interval[1]))
            assert gap.interval == pytest.approx(clipped, abs=1e-9)


@given(surveys.crowds())
def test_with_two_roles_and_nothing_hidden_everything_that_five_have_is_compared(survey):
    parts, crowd, more = survey
    wave = surveys.wave(surveys.questionnaire(**parts), crowd, **more)
    found = card(wave.questionnaire, crowd, **more)
    if any(person.role is None for person in wave.respondents) or any(
        h.kind == "role" for h in found.splits.hidden
    ):
        return
    shown = [split.measures.keys() for split in found.splits.roles]
    if found.perception.questions == tuple(q.id for q in wave.questionnaire.questions()):
        assert found.perception.sides.keys() == shown[0] & shown[1]
