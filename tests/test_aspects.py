"""What is said and what is done: of the same people, paired, as the wave is combined."""

import importlib
import math
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

sys.path.append(str(Path(__file__).resolve().parent))  # builders and oracle are no tests
surveys, slow = importlib.import_module("surveys"), importlib.import_module("slow")
card, points, questionnaire = surveys.card, surveys.points, surveys.questionnaire
UNSURE = surveys.UNSURE

SAY_DO = questionnaire({"d": {"c": ["c.say", "c.do"], "e": ["e.say"]}})


def gap(found, name):
    return found.say_do[name].value * 100


# --- both sides ---------------------------------------------------------------------


def test_say_and_do_come_from_the_same_people():
    wave = [{"c.say": 80, "c.do": 40}, {"c.say": 60, "c.do": 0}, {"c.say": 0}, {"c.do": UNSURE}]
    found = card(SAY_DO, wave)

    sides = found.aspects["c"]
    assert (points(sides["say"]), sides["say"].n) == (70, 2)
    assert (points(sides["do"]), sides["do"].n) == (20, 2)
    assert sides["say"].level == 4
    assert list(found.aspects) == ["c"]  # e asks no do


def test_an_aspect_needs_all_of_its_questions():
    names = ["x.say", "y.say", "x.do"]
    found = card(questionnaire({"d": {"c": names}}), {"x.say": 100, "x.do": 100})

    assert found.capabilities["c"].score == 1
    assert found.aspects["c"]["say"].score is None
    assert found.aspects["c"]["do"].score is None  # nobody has both
    assert found.say_do == {}


# --- their difference ---------------------------------------------------------------


def test_what_is_done_less_what_is_said():
    """-40 and -60: -50 with half of the wave; the others have no two sides."""
    wave = [{"c.say": 80, "c.do": 40}, {"c.say": 60, "c.do": 0}, {"c.say": 0}, {"c.do": UNSURE}]
    found = card(SAY_DO, wave).say_do["c"]

    assert (found.value * 100, found.n, found.is_paired) == (-50, (2, 2), True)
    assert (found.interval, found.degrees, found.p) == (None, None, None)


def test_the_interval_of_a_difference_by_hand():
    """-10, -20 and -30: -20 ± 4.302653 · 10 / √3; t is 2 √3 with two degrees: p = .074180."""
    wave = [{"c.say": 50, "c.do": 50 - less} for less in (10, 20, 30)]
    found = card(SAY_DO, wave).say_do["c"]

    assert found.value * 100 == -20
    half = 4.302653 * 10 / math.sqrt(3)
    assert [b * 100 for b in found.interval] == pytest.approx((-20 - half, -20 + half), abs=1e-4)
    assert found.degrees == 2
    assert found.p == pytest.approx(0.0741799, abs=1e-6)
    assert not found.is_clear


def test_a_known_population_narrows_a_difference():
    wave = [{"c.say": 50, "c.do": 50 - less} for less in (10, 20, 30)]
    low, high = card(SAY_DO, wave, population={"all": 12}).say_do["c"].interval

    assert (high - low) / 2 * 100 == pytest.approx(24.841379 * 0.75**0.5, abs=1e-5)


def test_one_persons_difference_has_no_interval():
    found = card(SAY_DO, {"c.say": 100, "c.do": 25})

    assert (gap(found, "c"), found.say_do["c"].n) == (-75, (1, 1))
    assert found.say_do["c"].interval is None


def test_above_a_capability_it_is_the_mean_of_each_persons_own():
    """The first has -10 in a and -40 in b, three times as heavy; the second b alone, with 0."""
    asked = questionnaire(
        {"d": {"a": ["a.say", "a.do"], "b": ["b.say", "b.do"], "x": ["x1"]}}, weights={"b": 3}
    )
    first = {"a.say": 50, "a.do": 40, "b.say": 90, "b.do": 50, "x1": 100}
    found = card(asked, [first, {"a.do": 0, "b.say": 30, "b.do": 30}])

    assert gap(found, "d") == gap(found, "overall") == (Fraction(-10 - 3 * 40, 4) + 0) / 2
    assert found.say_do["d"].n == (2, 2)
    # Of a itself the two sides would tell what the second answered to one question alone.
    assert list(found.say_do) == ["overall", "d", "b"]


def test_dimensions_count_by_their_weights():
    """-20 and -60 with weights 1 and 3."""
    asked = questionnaire(
        {"d": {"a": ["a.say", "a.do"]}, "e": {"b": ["b.say", "b.do"]}}, weights={"e": 3}
    )
    found = card(asked, {"a.say": 40, "a.do": 20, "b.say": 60, "b.do": 0})

    assert gap(found, "overall") == -50


def test_with_minimum_it_is_a_mean_all_the_same():
    asked = questionnaire(
        {"d": {"a": ["a.say", "a.do"], "b": ["b.say", "b.do"]}}, aggregate="minimum"
    )
    found = card(asked, {"a.say": 40, "a.do": 20, "b.say": 60, "b.do": 0})

    assert gap(found, "d") == -40


def test_two_depths_have_their_difference_by_dimension():
    found = card(questionnaire({"d": ["a.say", "a.do"]}), {"a.say": 40, "a.do": 20})

    assert (found.aspects, gap(found, "d"), gap(found, "overall")) == ({}, -20, -20)


def test_where_nothing_is_declared_there_is_no_difference():
    found = card(questionnaire(surveys.TWO), dict.fromkeys(("q1", "q2", "q3", "q4"), 50))

    assert (found.aspects, found.say_do) == ({}, {})


def test_roles_count_alike_where_the_wave_has_it_so():
    """
    The leads -20 on average, the front line -50: -35, in place of -40 by people.

    Squared errors 98/5 and 400/9; over them 12 degrees of freedom, t 2.178813.
    """
    wave = [("lead", {"c.say": 50, "c.do": 50 + d}) for d in (-20, -20, -20, -34, -6)]
    wave += [("front", {"c.say": 90, "c.do": 90 + d}) for d in [-70, -30] * 5]
    found = card(SAY_DO, wave).say_do["c"]

    assert (found.value * 100, found.n) == (-35, (15, 15))
    assert found.degrees == 12  # (98/5 + 400/9)² / ((98/5)² / 4 + (400/9)² / 9) is 12.97
    half = 2.178813 * math.sqrt(98 / 5 + 400 / 9) / 2
    assert [b * 100 for b in found.interval] == pytest.approx((-35 - half, -35 + half), abs=1e-4)
    assert found.is_clear
    assert found.p == pytest.approx(1.490552e-6, rel=1e-5)  # t is 8.7465, the density integrated


# --- slowly -------------------------------------------------------------------------


def own(part, answers, chosen):
    """Return one person's say and do of a part, or None."""
    parts = slow.inside(part)
    if parts and not hasattr(parts[0], "scale"):
        both = [(one.weight, own(one, answers, chosen)) for one in parts]
        both = [(weight, sides) for weight, sides in both if sides]
        if not both:
            return None
        return tuple(slow.mean([(sides[i], w) for w, sides in both]) for i in (0, 1))
    sides = []
    for aspect in ("say", "do"):
        questions = [q for q in parts if q.aspect == aspect]
        applying = [q for q in questions if slow.applies(q, answers, chosen)]
        values = [(answers[q.id].share, q.weight) for q in applying if q.id in answers]
        if not values or len(values) < len(applying) or None in [v for v, _ in values]:
            return None
        sides.append(slow.mean(values))
    return tuple(sides)


@given(surveys.crowds(aggregate="mean") | surveys.singles(aggregate="mean"))
def test_it_is_what_each_persons_two_means_give(survey):
    parts, people, more = survey
    wave = surveys.wave(questionnaire(**parts), people, **more)
    found = card(wave.questionnaire, people, **more).say_do
    chosen = wave.questionnaire.subset("full").questions
    balanced = slow.is_balanced(wave)

    expected = {}
    for name, part in slow.measures(wave.questionnaire, chosen).items():
        sides = [(p.role, own(part, p.answers, chosen)) for p in wave.respondents]
        sides = [(role, both) for role, both in sides if both]
        # What one to four of more answered both of is theirs alone.
        if sides and (len(sides) >= 5 or len(wave.respondents) < 5 or not wave.is_panel):
            say, do = (
                slow.combined([(role, both[i]) for role, both in sides], balanced=balanced)
                for i in (0, 1)
            )
            expected[name] = (do - say, (len(sides), len(sides)))
            groups = {}
            for role, (said, done) in sides:
                groups.setdefault(role if balanced else None, []).append(done - said)
            check_interval(found[name], groups, more.get("population"), balanced=balanced)

    assert {name: (gap.value, gap.n) for name, gap in found.items()} == expected


def check_interval(found, groups, population, *, balanced):
    sizes = [population and (population[role] if balanced else 130) for role in groups]
    if sum(map(len, groups.values())) < 3:
        assert found.interval is None
        return
    expected = slow.around(
        found.value, list(groups.values()), sizes, [Fraction(1, len(groups))] * len(groups)
    )
    if expected is None:
        assert found.interval is None
    else:
        clipped = (max(-1, expected[0]), min(1, expected[1]))
        assert found.interval == pytest.approx(clipped, abs=1e-9)
