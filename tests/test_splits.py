"""A wave by role and by unit: what is shown, what is hidden, and how far units are apart."""

import importlib
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

from cx_maturity.disclosure import FEWEST, hide_splits
from cx_maturity.results import Hidden, Splits

sys.path.append(str(Path(__file__).resolve().parent))  # builders and oracle are no tests
surveys, slow = importlib.import_module("surveys"), importlib.import_module("slow")
card, points, questionnaire = surveys.card, surveys.points, surveys.questionnaire

SINGLE = questionnaire({"d": ["q1"]})
PAIR = questionnaire({"d": ["q1"], "e": ["q2"]})


def people(role, unit, *values):
    return [(role, unit, {"q1": value}) for value in values]


def both(role, unit, *pairs):
    return [(role, unit, {"q1": one, "q2": other}) for one, other in pairs]


def overalls(splits):
    return {split.id: points(split.measures["overall"]) for split in splits}


# --- what is shown ------------------------------------------------------------------


def test_each_role_and_each_unit_has_its_own_mean():
    """Half of each role is in either unit, so nobody can be taken out of anything."""
    wave = [
        *people("lead", "north", 100, 90, 80, 70, 60),
        *people("lead", "south", 50, 50, 50, 50, 50),
        *people("front", "north", 0, 0, 0, 10, 40),
        *people("front", "south", 20, 30, 40, 50, 60),
    ]
    found = card(SINGLE, wave).splits

    assert overalls(found.roles) == {"lead": 65, "front": 25}
    assert overalls(found.units) == {"north": 45, "south": 45}
    assert [split.n for split in (*found.roles, *found.units)] == [10, 10, 10, 10]
    assert found.hidden == ()


def test_roles_come_as_the_questionnaire_has_them_and_units_by_name():
    wave = [*people("front", "west", *[50] * 5), *people("lead", "east", *[50] * 5)]
    found = card(SINGLE, wave).splits

    assert [split.id for split in found.roles] == ["lead", "front"]
    assert [split.id for split in found.units] == ["east", "west"]


def test_a_role_knows_its_population_and_a_unit_has_none():
    """45, 50, 55, 45, 50, 55: s² is 20, so that 50 ± 2.570582 · √(20 / 6), times √(1 - 6/8)."""
    values = (45, 50, 55, 45, 50, 55)
    wave = [*people("lead", "north", *values), *people("front", "south", *values)]
    found = card(SINGLE, wave, population={"lead": 8, "front": 6}).splits

    halves = [
        (high - low) / 2 * 100
        for split in (*found.roles, *found.units)
        for low, high in [split.measures["overall"].interval]
    ]
    assert halves == pytest.approx([4.693219 / 2, 0, 4.693219, 4.693219], abs=1e-4)


def test_a_group_has_the_level_of_its_score():
    wave = [*people("lead", None, *[80] * 5), *people("front", None, *[39] * 5)]
    found = card(SINGLE, wave).splits

    assert [split.measures["overall"].level for split in found.roles] == [5, 2]


def test_who_has_no_role_and_no_unit_is_in_the_whole_only():
    wave = [*people("lead", "north", *[100] * 5), *people(None, None, *[0] * 5)]
    found = card(SINGLE, wave)

    assert overalls(found.splits.roles) == {"lead": 100}
    assert overalls(found.splits.units) == {"north": 100}
    assert points(found.overall) == 50


def test_a_plain_answers_file_has_no_splits():
    assert card(SINGLE, {"q1": 50}).splits == Splits()


# --- what is hidden -----------------------------------------------------------------


def test_fewer_than_five_are_hidden_as_a_whole():
    wave = [*people("lead", None, *[50] * 4), *people("front", None, *[50] * 9)]
    found = card(SINGLE, wave).splits

    # And the nine, of whom the total would leave the four.
    assert (found.roles, found.units) == ((), ())
    assert found.hidden == (
        Hidden("role", "lead", None, "few"),
        Hidden("role", "front", None, "remainder"),
    )


def test_a_unit_that_leaves_one_of_a_role_is_hidden():
    """The six of north are the five leads and one of the front line."""
    wave = [
        *people("lead", "north", *[100] * 5),
        *people("front", "north", 0),
        *people("front", "south", *[50] * 9),
    ]
    found = card(SINGLE, wave).splits

    assert overalls(found.roles).keys() == {"lead", "front"}
    assert found.units == ()
    assert {(h.kind, h.id, h.measure, h.reason) for h in found.hidden} == {
        ("unit", "north", None, "overlap"),
        ("unit", "south", None, "overlap"),
    }


def test_one_measure_is_hidden_where_too_few_have_it():
    """Of the leads four have e, and no overall; the front line would give them away."""
    wave = [
        *both("lead", None, *[(50, 60)] * 4, (50, None)),
        *both("front", None, *[(50, 60)] * 6),
    ]
    found = card(PAIR, wave).splits

    assert [list(split.measures) for split in found.roles] == [["d"], ["d"]]
    assert found.hidden == (
        Hidden("role", "lead", "overall", "few"),
        Hidden("role", "lead", "e", "few"),
        Hidden("role", "front", "overall", "remainder"),
        Hidden("role", "front", "e", "remainder"),
    )


def test_the_bounds_of_one_who_has_no_score_are_hidden_too():
    """
    Nobody of the south has e, but one was asked it.

    The bounds of the whole less those of the north would be that one's alone, although
    everybody with a score is in the north.
    """
    wave = [
        *both(None, "north", *[(50, 60)] * 5),
        *both(None, "south", (50, None), *[(50, surveys.NOT)] * 5),
    ]
    found = card(PAIR, wave).splits

    assert [list(split.measures) for split in found.units] == [["overall", "d"], ["overall", "d"]]
    assert {(h.id, h.measure) for h in found.hidden} == {("north", "e"), ("south", "e")}


# --- slowly -------------------------------------------------------------------------


@given(surveys.crowds())
def test_nobody_can_be_taken_out_of_what_is_shown(survey):
    """And what is shown is the mean of the group's people."""
    parts, crowd, more = survey
    wave = surveys.wave(questionnaire(**parts), crowd, **more)
    found = card(wave.questionnaire, crowd, **more).splits
    chosen = wave.questionnaire.subset("full").questions
    shown = {("role", s.id): s.measures for s in found.roles}
    shown |= {("unit", s.id): s.measures for s in found.units}
    hidden = {(h.kind, h.id, h.measure): h.reason for h in found.hidden}

    for name, part in slow.measures(wave.questionnaire, chosen).items():
        scores = {
            place: value
            for place, person in enumerate(wave.respondents)
            if (value := slow.score(part, wave.questionnaire, person.answers, chosen)) is not None
        }
        groups = {
            kind: {
                one: {
                    p for p, person in enumerate(wave.respondents) if getattr(person, kind) == one
                }
                for one in {getattr(person, kind) for person in wave.respondents} - {None}
            }
            for kind in ("role", "unit")
        }
        published = {}
        for kind, by_id in groups.items():
            for one, places in by_id.items():
                own = {p: scores[p] for p in places & scores.keys()}
                whole_is_hidden = (kind, one, None) in hidden
                cell_is_hidden = (kind, one, name) in hidden
                is_shown = name in shown.get((kind, one), {})
                assert [whole_is_hidden, cell_is_hidden, is_shown].count(True) == 1
                if is_shown:
                    measure = shown[kind, one][name]
                    assert measure.n == len(own) >= FEWEST
                    assert measure.score == slow.mean([(v, 1) for v in own.values()])
                    published.setdefault(kind, {})[one] = frozenset(own)
        if published:
            assert hide_splits(published, frozenset(scores)) == {}


# --- the spread of units --------------------------------------------------------------


def test_the_spread_is_from_the_lowest_unit_to_the_highest():
    """
    Means 20, 50 and 80 of five each, 10, 15, 20, 25, 30 and so on.

    Between the units 4500 with 2 degrees, within them 62.5: ICC(1) (4500 - 62.5) over
    (4500 + 4 · 62.5) is .934211.
    """
    wave = [
        *people(None, "east", 70, 75, 80, 85, 90),
        *people(None, "north", 10, 15, 20, 25, 30),
        *people(None, "south", 40, 45, 50, 55, 60),
    ]
    found = card(SINGLE, wave).spread

    assert (found.units, found.n) == (3, 15)
    assert found.lowest == ("north", Fraction(1, 5))
    assert found.highest == ("east", Fraction(4, 5))
    assert found.icc1 == pytest.approx(0.934211, abs=1e-6)


def test_of_units_that_are_level_the_first_by_name_is_named():
    wave = [*people(None, "north", *[50] * 5), *people(None, "east", *[50] * 5)]
    found = card(SINGLE, wave).spread

    assert (found.lowest, found.highest) == (("east", Fraction(1, 2)), ("east", Fraction(1, 2)))
    assert found.icc1 is None  # nobody differs from anybody


def test_there_is_no_spread_of_fewer_than_two_units_that_may_be_shown():
    one = [*people(None, "north", *[50] * 5), *people(None, None, *[60] * 5)]
    few = [*people(None, "north", *[50] * 9), *people(None, "south", *[60] * 4)]

    assert card(SINGLE, one).spread is None
    assert card(SINGLE, few).spread is None
    assert card(SINGLE, {"q1": 50}).spread is None


def test_the_spread_leaves_out_who_is_in_a_hidden_unit():
    """Three of a unit are hidden, and four with no unit keep them so; neither counts."""
    wave = [
        *people(None, "east", *[80] * 5),
        *people(None, "north", *[20] * 5),
        *people(None, "south", 0, 0, 0),
        *people(None, None, 0, 0, 0, 0),
    ]
    found = card(SINGLE, wave).spread

    assert (found.units, found.n, found.lowest) == (2, 10, ("north", Fraction(1, 5)))
    assert found.icc1 == 1
