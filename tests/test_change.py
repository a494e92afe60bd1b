"""What moved between two waves: what may be compared, how, and what the report says of it."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from jinja2 import Environment, FileSystemLoader

from cx_maturity import chart, validate
from cx_maturity.change import history, movement, shared
from cx_maturity.editions import Comparison
from cx_maturity.model import (
    Answer,
    Capability,
    Dimension,
    Level,
    Organisation,
    Points,
    Question,
    Questionnaire,
    Respondent,
    Role,
    Scale,
    State,
    Subset,
    Text,
    Wave,
)
from cx_maturity.parts.change import movement_part
from cx_maturity.parts.subject import subject
from cx_maturity.report import report
from cx_maturity.score import scorecard
from cx_maturity.words import Words

ASSESSMENTS = Path(__file__).resolve().parent.parent / "assessments"
TEN = Scale("ten", Points(0, 10), {})
MINUS = "\N{MINUS SIGN}"


def en(sentence):
    return Text({"en": sentence})


def question(name, **more):
    return Question(name, en(f"What about {name}?"), TEN, **more)


def capability(name, *questions, **more):
    return Capability(name, en(name.upper()), questions, **more)


def questionnaire(*dimensions, version="1.0", subsets=None, **more):
    """Return a questionnaire; a dimension is given as (id, capabilities or questions)."""
    made = tuple(
        Dimension(name, en(name.title()), capabilities=parts)
        if isinstance(parts[0], Capability)
        else Dimension(name, en(name.title()), questions=parts)
        for name, *parts in dimensions
        for parts in [tuple(parts)]
    )
    known = frozenset(q.id for d in made for q in d.all_questions())
    chosen = {"full": known, **(subsets or {})}
    return Questionnaire(
        id="mini",
        version=version,
        title=en("Mini"),
        languages=("en",),
        dimensions=made,
        levels=(Level(1, en("Low"), Fraction(0)), Level(2, en("High"), Fraction(1, 2))),
        staged=False,
        staged_pass=Fraction(1),
        aggregate="mean",
        gate=None,
        capability_coverage=Fraction(1, 2),
        dimension_coverage=Fraction(3, 5),
        subsets=tuple(Subset(name, en(name), frozenset(ids)) for name, ids in chosen.items()),
        roles=(Role("lead", en("Leadership")), Role("front", en("Front line"))),
        perception_gap=None,
        reasons=(),
        fingerprint="",
        **more,
    )


ONE = questionnaire(("all", capability("a", question("a"))))


def given(number):
    return Answer(State.VALUE, str(number), Fraction(number, 10))


def person(answers, name=None, role=None):
    if not isinstance(answers, dict):
        answers = {"a": answers}
    found = {q: given(n) for q, n in answers.items() if n is not None}
    return Respondent(found, role, None, name)


def panel(year, *people, asked=ONE, subset="full", **more):
    """Return a wave of the May of *year*; a bare number answers the question a."""
    made = tuple(p if isinstance(p, Respondent) else person(p) for p in people)
    return Wave(f"{year}-05", asked, subset, date(year, 5, 1), made, is_panel=True, **more)


def plain(year, answers, asked=ONE):
    wave = Wave(f"{year}-05", asked, "full", date(year, 5, 1), (person(answers),), is_panel=False)
    return replace(wave, digest="d892da15bfd2")


def linked(year, answers, asked=ONE):
    people = [person(answer, name) for name, answer in answers.items()]
    return panel(year, *people, asked=asked, linked=True)


def between(low, high):
    return pytest.approx((low, high), abs=1e-6)


def change(earlier, later, measure="a"):
    return movement([earlier, later], later).changes[measure]


# --- two groups --------------------------------------------------------------

# Means .4 and .8, both variances .02: the squared error of the difference is 2 x .02/5 = .008,
# Welch's degrees of freedom .008^2 / (2 x .004^2 / 4) = 8, t 2.306004.
THEN, NOW = (2, 4, 6, 4, 4), (6, 8, 10, 8, 8)


def test_two_groups_of_people_are_compared_as_welch_has_it():
    found = change(panel(2025, *THEN), panel(2026, *NOW))

    assert found.earlier.score == Fraction(2, 5)
    assert found.later.score == Fraction(4, 5)
    assert found.difference.value == Fraction(2, 5)
    assert found.difference.n == (5, 5)
    assert found.difference.degrees == 8
    assert found.difference.interval == between(0.193744, 0.606256)
    assert found.difference.p == pytest.approx(0.0020773, abs=1e-7)
    assert not found.difference.is_paired
    assert found.verdict == "up"


def test_what_fell_is_down():
    found = change(panel(2025, *NOW), panel(2026, *THEN))

    assert found.difference.interval == between(-0.606256, -0.193744)
    assert found.verdict == "down"


def test_what_may_be_chance_is_not_distinguishable():
    """A difference of .1 with a half width of .206256."""
    found = change(panel(2025, 2, 4, 6, 4, 4), panel(2026, 3, 5, 7, 5, 5))

    assert found.difference.interval == between(-0.106256, 0.306256)
    assert found.verdict == "not distinguishable"


def test_a_known_population_makes_the_difference_surer():
    """Five of ten: each squared error times 1 - 5/10, so the half width is .145845."""
    then = panel(2025, *THEN, population={"all": 10})
    now = panel(2026, *NOW, population={"all": 10})

    assert change(then, now).difference.interval == between(0.254155, 0.545845)


def test_everybody_who_answered_leaves_nothing_to_chance():
    then = panel(2025, *THEN, population={"all": 5})
    now = panel(2026, 3, 5, 7, 5, 5, population={"all": 5})

    assert change(then, now).difference.interval == between(0.1, 0.1)
    assert change(then, now).verdict == "up"


def roles(lead, front):
    return [person(n, role="lead") for n in lead] + [person(n, role="front") for n in front]


def test_roles_count_alike_where_they_do_in_both_waves():
    """
    Role means .4 and .8 then, .6 and .8 now: the mean of role means rises by .1.

    Four groups with variance .02 and n 5: squared error 4 x .004 / 4 = .004, 16 degrees.
    """
    then = panel(2025, *roles(THEN, NOW))
    now = panel(2026, *roles((4, 6, 8, 6, 6), NOW))
    moved = movement([then], now)

    assert moved.is_balanced
    assert moved.changes["a"].difference.value == Fraction(1, 10)
    assert moved.changes["a"].difference.degrees == 16
    assert moved.changes["a"].difference.interval == between(-0.034075, 0.234075)


@pytest.mark.parametrize(
    "now",
    [
        panel(2026, *roles((8, 8, 8), (6,) * 9)),
        panel(2026, *roles((8, 8, 8), (6,) * 9), combine="pooled"),
        panel(2026, *(person(8, role="lead") for _ in range(3)), *([6] * 9)),
    ],
    ids=["a small role", "as the wave says", "people without a role"],
)
def test_people_count_alike_in_both_waves_where_roles_do_not_in_one(now):
    """Then .4 and .8 by 10 and 5 people: .5333 pooled; now .65 by 3 and 9."""
    then = panel(2025, *roles(THEN + THEN, NOW))
    moved = movement([then], now)

    assert not moved.is_balanced
    assert moved.changes["a"].difference.value == Fraction(65, 100) - Fraction(8, 15)


def test_people_count_alike_where_the_roles_are_not_the_same_ones():
    asked = replace(ONE, roles=(*ONE.roles, Role("support", en("Support"))))
    then = panel(2025, *roles(THEN, NOW), asked=asked)
    support = [person(n, role="support") for n in THEN]
    now = panel(2026, *roles(THEN, NOW), *support, asked=asked)

    assert not movement([then], now).is_balanced


def test_a_role_without_a_score_on_one_side_leaves_no_verdict():
    """The five leaders of the second wave left the question open."""
    asked = questionnaire(("all", capability("a", question("a")), capability("b", question("b"))))
    then, now = (
        panel(
            year,
            *(person({"a": lead, "b": 5}, role="lead") for lead in leads),
            *(person({"a": n, "b": 5}, role="front") for n in THEN),
            asked=asked,
        )
        for year, leads in ((2025, NOW), (2026, [None] * 5))
    )
    found = change(then, now)

    assert found.difference.value == Fraction(2, 5) - Fraction(3, 5)
    assert (found.difference.interval, found.difference.p, found.verdict) == (None, None, None)


# --- the same people ---------------------------------------------------------

BEFORE = {"p1": 2, "p2": 4, "p3": 6, "p4": 4, "p5": 4}
AFTER = {"p1": 4, "p2": 8, "p3": 10, "p4": 8, "p5": 8}


def test_linked_people_are_compared_with_themselves():
    """They differ by .2 .4 .4 .4 .4: mean .36, variance .008, error .04, t 2.776445."""
    moved = movement([linked(2025, BEFORE)], linked(2026, AFTER))
    found = moved.changes["a"]

    assert moved.is_linked
    assert found.difference.is_paired
    assert found.difference.value == Fraction(36, 100)
    assert found.difference.n == (5, 5)
    assert found.difference.interval == between(0.36 - 0.1110578, 0.36 + 0.1110578)


def test_both_waves_must_say_that_people_are_linked():
    then, now = linked(2025, BEFORE), linked(2026, AFTER)

    for one, other in ((replace(then, linked=False), now), (then, replace(now, linked=False))):
        moved = movement([one], other)
        assert not moved.is_linked
        assert not moved.changes["a"].difference.is_paired


def test_fewer_than_five_who_answered_twice_are_compared_as_two_groups():
    then = linked(2025, {**BEFORE, "x1": 1, "x2": 2, "x3": 3, "x4": 4})
    four = {name: AFTER[name] for name in ("p1", "p2", "p3", "p4")}
    now = linked(2026, {**four, "y1": 1})

    moved = movement([then], now)

    assert not moved.is_linked
    assert moved.changes["a"].difference.n == (5, 9)


@pytest.mark.parametrize(
    ("gone", "come", "is_linked"),
    [(0, 0, True), (1, 0, False), (0, 4, False), (2, 2, False), (5, 0, True), (2, 3, True)],
)
def test_those_who_answered_once_are_nobody_or_five(gone, come, is_linked):
    """Both means and the difference of those in both tell the sum of those in one alone."""
    then = linked(2025, BEFORE | {f"gone{n}": n for n in range(gone)})
    now = linked(2026, AFTER | {f"come{n}": n for n in range(come)})

    moved = movement([then], now)

    assert moved.is_linked is is_linked
    assert moved.changes["a"].difference.is_paired is is_linked
    assert moved.changes["a"].earlier.n == 5 + gone
    assert moved.changes["a"].later.n == 5 + come


def test_each_measure_pairs_those_who_have_it_in_both_waves():
    """One person of ten left b open once, so b is compared as two groups."""
    asked = questionnaire(("all", capability("a", question("a")), capability("b", question("b"))))
    people = [f"p{n}" for n in range(10)]
    then = linked(2025, {p: {"a": n, "b": n} for n, p in enumerate(people)}, asked)
    now = linked(2026, {p: {"a": n, "b": n or None} for n, p in enumerate(people)}, asked)

    moved = movement([then], now)

    assert moved.is_linked
    assert moved.changes["a"].difference.is_paired
    assert not moved.changes["b"].difference.is_paired


def test_who_has_no_id_is_paired_with_nobody():
    then, now = (
        panel(year, *(person(n, name) for name, n in answers.items()), 1, 2, 3, linked=True)
        for year, answers in ((2025, BEFORE), (2026, AFTER))
    )

    found = change(then, now)

    assert found.difference.is_paired
    assert found.difference.n == (5, 5)


def test_linked_people_are_out_of_the_smaller_population():
    """Five of ten halve the squared error: the half width .1110578 becomes .0785297."""
    then = replace(linked(2025, BEFORE), population={"all": 20})
    now = replace(linked(2026, AFTER), population={"all": 10})

    assert change(then, now).difference.interval == between(0.2814703, 0.4385297)


# --- too few -----------------------------------------------------------------


def test_one_set_of_answers_moves_nothing():
    found = change(plain(2025, {"a": 2}), plain(2026, {"a": 9}))

    assert found.difference.value == Fraction(7, 10)
    assert found.difference.n == (1, 1)
    assert (found.difference.interval, found.verdict) == (None, None)


def test_one_set_of_answers_against_many_people_moves_nothing():
    assert change(plain(2025, {"a": 2}), panel(2026, *NOW)).verdict is None
    assert change(panel(2025, *NOW), plain(2026, {"a": 2})).verdict is None


def test_the_whole_of_four_people_may_be_compared():
    """The organisation's total is no split."""
    found = change(panel(2025, 1, 2, 3, 2), panel(2026, 7, 8, 9, 8))

    assert found.difference.value == Fraction(6, 10)
    assert found.verdict == "up"


def test_a_measure_without_a_score_on_one_side_has_no_difference():
    asked = questionnaire(
        ("all", capability("a", question("a")), capability("b", question("b"), question("c")))
    )
    then = panel(2025, *({"a": n, "b": 5, "c": 5} for n in THEN), asked=asked)
    now = [person({"a": n}) for n in NOW]
    now[0] = replace(now[0], answers={**now[0].answers, "b": Answer(State.UNSURE)})
    now[1] = replace(now[1], answers={**now[1].answers, "c": Answer(State.UNSURE)})

    moved = movement([then], panel(2026, *now, asked=asked))

    assert moved.changes["b"].difference is None
    assert moved.changes["b"].verdict is None
    assert moved.changes["a"].verdict == "up"


# --- many capabilities -------------------------------------------------------


def test_capabilities_are_judged_together_and_the_rest_by_their_intervals():
    """
    Two-sided p with 8 degrees: .0020773 for .4, .0277844 for .24, .2959993 for .1.

    Times 3, 2 and 1: only the first stays below .05, though the second's interval leaves out 0.
    """
    asked = questionnaire(*(
        (name, capability(f"{name}1", question(name))) for name in ("a", "b", "c")
    ))  # fmt: skip
    then = panel(2025, *({"a": n, "b": n, "c": n} for n in THEN), asked=asked)
    now = panel(
        2026,
        *(Respondent({"a": given(n + 4), "b": lifted(n, "2.4"), "c": given(n + 1)}) for n in THEN),
        asked=asked,
    )

    moved = movement([then], now)

    assert [moved.changes[name].verdict for name in ("a1", "b1", "c1")] == [
        "up",
        "not distinguishable",
        "not distinguishable",
    ]
    assert moved.changes["b1"].difference.is_clear
    assert [moved.changes[name].holm for name in ("a1", "b1", "c1")] == [
        pytest.approx(0.0062320, abs=1e-6),
        pytest.approx(0.0555687, abs=1e-6),
        pytest.approx(0.2959993, abs=1e-6),
    ]
    assert [moved.changes[name].verdict for name in ("a", "b", "c", "overall")] == [
        "up",
        "up",
        "not distinguishable",
        "up",
    ]
    assert moved.changes["b"].holm is None


def lifted(number, by):
    return Answer(State.VALUE, "", Fraction(number, 10) + Fraction(by) / 10)


# --- which wave, which questions ---------------------------------------------


def test_the_first_wave_moved_from_nowhere():
    first, second = panel(2025, *THEN), panel(2026, *NOW)

    assert movement([first, second], first) is None


def test_a_wave_is_compared_with_the_last_one_before_it():
    waves = [panel(year, *THEN) for year in (2023, 2024, 2025, 2026)]

    assert movement(waves, waves[2]).earlier is waves[1]


def test_waves_of_one_date_have_no_order():
    waves = [replace(panel(2025, *THEN), id=name) for name in ("a", "b")]

    assert movement(waves, waves[1]) is None


def test_another_questionnaire_is_never_compared():
    other = panel(2025, *THEN, asked=replace(ONE, id="other"))

    assert movement([other], panel(2026, *NOW)) is None


TWO = questionnaire(
    ("all", capability("a", question("a")), capability("b", question("b"))),
    subsets={"part": {"a"}, "rest": {"b"}},
)


def test_the_same_subset_comes_before_a_nearer_one():
    full = panel(2024, *({"a": n, "b": n} for n in THEN), asked=TWO)
    part = panel(2025, *THEN, asked=TWO, subset="part")
    now = panel(2026, *({"a": n, "b": n} for n in NOW), asked=TWO)

    assert movement([full, part], now).earlier is full
    assert movement([part], now).earlier is part


def test_two_subsets_are_compared_over_what_both_ask():
    part = panel(2025, *THEN, asked=TWO, subset="part")
    now = panel(2026, *({"a": n, "b": 0} for n in NOW), asked=TWO)

    moved = movement([part], now)

    assert (moved.questions, moved.asked) == (1, (1, 2))
    assert [*moved.changes] == ["overall", "all", "a"]
    assert moved.changes["all"].questions == (1, 2)
    assert moved.changes["overall"].difference.value == Fraction(2, 5)


BOTH = questionnaire(
    ("all", capability("a", question("say"), question("do")), capability("b", question("b"))),
    subsets={"done": {"do", "b"}},
)


def said_and_done(people, without):
    """Return a round of *people* of whom the last few say nothing of what is done."""
    answers = {"say": 4, "do": 6, "b": 5}
    rest = {"say": 4, "do": None, "b": 5}
    asked = [answers] * (people - without) + [rest] * without
    return panel(2026, *asked, asked=BOTH)


@pytest.mark.parametrize(
    ("people", "without", "is_hidden"), [(6, 1, True), (9, 5, True), (10, 5, False), (14, 1, False)]
)
def test_over_one_question_a_capability_says_no_more_than_the_question_s_own_round(
    people, without, is_hidden
):
    """
    The score over "do" alone is its mean, which the later round hides.

    With one of 6 missing, 2 * 6 + 6 + 5 = 23 points are less than four steps of 10; of 9 without
    five, four answered; with one of 14 missing, 2 * 14 + 14 + 13 = 55 are more.
    """
    then = panel(2025, *[{"do": 5, "b": 5}] * 6, asked=BOTH, subset="done")
    moved = movement([then], said_and_done(people, without)).changes

    assert moved["a"].earlier.score == Fraction(1, 2)
    assert moved["a"].later.score == (None if is_hidden else Fraction(3, 5))
    assert (moved["a"].difference is None) is is_hidden
    assert moved["b"].later.score == Fraction(1, 2)
    # Two capabilities of 6 or 9 people: twelve or eighteen points, less than forty.
    assert (moved["all"].later.score is None) is is_hidden
    assert (moved["overall"].difference is None) is is_hidden


def test_over_all_its_questions_a_capability_is_compared_whoever_left_one_open():
    then = panel(2025, *[{"say": 5, "do": 5, "b": 5}] * 6, asked=BOTH)

    moved = movement([then], said_and_done(6, 1)).changes

    # Five have (40 + 60) / 2, and one 40: 290 / 6.
    assert moved["a"].later.score == Fraction(29, 60)
    assert moved["a"].difference is not None


def test_no_round_of_many_has_the_mean_that_its_own_report_hides():
    then = [
        panel(year, *[{"do": 5, "b": 5}] * 6, asked=BOTH, subset="done") for year in (2023, 2024)
    ]
    known = history([*then, said_and_done(6, 1)], said_and_done(6, 1))

    assert [measures["a"].score for _, measures in known] == [
        Fraction(1, 2), Fraction(1, 2), None,
    ]  # fmt: skip


def test_subsets_without_a_common_question_are_not_compared():
    part = panel(2025, *THEN, asked=TWO, subset="part")
    rest = panel(2026, *({"b": n} for n in NOW), asked=TWO, subset="rest")

    assert movement([part], rest) is None


def test_a_question_that_everybody_left_open_was_not_asked():
    then = panel(2025, *({"a": n} for n in THEN), asked=TWO)
    now = panel(2026, *({"a": n, "b": 0} for n in NOW), asked=TWO)

    assert shared(then, now) == {"a"}
    assert movement([then], now).changes["overall"].difference.value == Fraction(2, 5)


# Version 1 has five questions.  In version 2, a.do reads otherwise, b.one weighs three times as
# much, b.two has moved to c, c.one is gone and d.one is new.
V1 = questionnaire(
    ("first", capability("a", question("a.say"), question("a.do"))),
    (
        "second",
        capability("b", question("b.one"), question("b.two")),
        capability("c", question("c.one")),
    ),
)
V2 = questionnaire(
    (
        "first",
        capability("a", question("a.say"), replace(question("a.do"), text=en("And a.do?"))),
    ),
    (
        "second",
        capability("b", question("b.one", weight=3), question("b.new")),
        capability("c", question("b.two"), weight=2),
        capability("d", question("d.one")),
    ),
    version="2.0",
)


def versions():
    """Everybody answered alike in each wave, so that every mean can be told at a glance."""
    old = {"a.say": 2, "a.do": 9, "b.one": 4, "b.two": 6, "c.one": 10}
    new = {"a.say": 3, "a.do": 0, "b.one": 8, "b.new": 0, "b.two": 5, "d.one": 0}
    return panel(2025, old, old, old, asked=V1), panel(2026, new, new, new, asked=V2)


def test_across_versions_only_unchanged_questions_are_compared():
    then, now = versions()

    moved = movement([then, now], now)

    assert shared(then, now) == {"a.say", "b.one", "b.two"}
    assert (moved.questions, moved.asked) == (3, (5, 6))
    assert [*moved.changes] == ["overall", "first", "a", "second", "b", "c"]
    assert {name: found.questions for name, found in moved.changes.items()} == {
        "overall": (3, 6),
        "first": (1, 2),
        "a": (1, 2),
        "second": (2, 4),
        "b": (1, 2),
        "c": (1, 1),
    }


def test_both_versions_are_scored_as_the_later_one_is():
    """
    Then a .2, b .4, c .6, so second is (.4 + 2 x .6) / 3 = 8/15 and all (1/5 + 8/15) / 2 = 11/30.

    Now a .3, b .8, c .5, so second is (.8 + 2 x .5) / 3 = 3/5 and all (3/10 + 3/5) / 2 = 9/20.
    """
    then, now = versions()

    found = movement([then], now).changes

    assert {name: (f.earlier.score, f.later.score) for name, f in found.items()} == {
        "overall": (Fraction(11, 30), Fraction(9, 20)),
        "first": (Fraction(1, 5), Fraction(3, 10)),
        "a": (Fraction(1, 5), Fraction(3, 10)),
        "second": (Fraction(8, 15), Fraction(3, 5)),
        "b": (Fraction(2, 5), Fraction(4, 5)),
        "c": (Fraction(3, 5), Fraction(1, 2)),
    }
    assert found["second"].difference.value == Fraction(1, 15)


def test_versions_without_an_unchanged_question_are_not_compared():
    reworded = replace(question("a"), text=en("Otherwise?"))
    other = questionnaire(("all", capability("a", reworded)), version="2.0")

    assert movement([panel(2025, *THEN)], panel(2026, *NOW, asked=other)) is None


# --- many waves --------------------------------------------------------------


def every_four_years(*scores):
    """Return waves 1,461 days apart, which is four years of 365.25 days."""
    return [panel(2005 + 4 * n, score, score, score) for n, score in enumerate(scores)]


def trend(*scores):
    waves = every_four_years(*scores)
    return movement(waves, waves[-1]).trends.get("a")


def test_a_slope_needs_four_waves():
    assert trend(1, 2, 3) is None

    found = trend(1, 2, 3, 4)

    assert (found.slope, found.waves) == (Fraction(1, 40), 4)
    assert (found.p, found.verdict) == (None, None)


def test_a_direction_needs_five_waves():
    """Of the 120 orders of five scores, two are as one-sided as these: p = 1/60."""
    found = trend(1, 2, 3, 4, 5)

    assert found.p == pytest.approx(1 / 60)
    assert (found.slope, found.verdict) == (Fraction(1, 40), "up")
    assert trend(5, 4, 3, 2, 1).verdict == "down"


def test_a_trend_that_chance_may_have_made_is_not_distinguishable():
    """One pair out of order: 10 of 120 orders are as one-sided, p = 1/12."""
    found = trend(1, 2, 3, 5, 4)

    assert found.p == pytest.approx(1 / 12)
    assert found.verdict == "not distinguishable"
    assert trend(3, 3, 3, 3, 3).verdict == "not distinguishable"


def test_a_trend_ends_with_the_wave_that_is_reported():
    waves = every_four_years(1, 2, 3, 4, 5)

    assert movement(waves, waves[3]).trends["a"].waves == 4


def test_a_trend_rests_on_the_questions_that_all_waves_share():
    waves = [
        panel(year, *[{"a": year % 7, "b": 1}] * 3, asked=TWO) for year in (2021, 2022, 2023, 2025)
    ]
    waves[1] = panel(2022, *[{"a": 2022 % 7}] * 3, asked=TWO)

    moved = movement(waves, waves[-1])

    assert moved.questions == 2
    assert moved.trend_questions == 1
    assert [*moved.trends] == ["overall", "all", "a"]


def test_a_wave_that_would_leave_nothing_in_common_is_left_out_of_the_trend():
    both = [panel(year, *[{"a": 5, "b": 1}] * 3, asked=TWO) for year in (2022, 2023, 2024, 2025)]
    only_a = panel(2021, *[{"a": 3}] * 3, asked=TWO)
    only_b = panel(2020, *[{"b": 3}] * 3, asked=TWO)

    moved = movement([only_b, only_a, *both], both[-1])

    assert moved.trends["a"].waves == 5
    assert "b" not in moved.trends


# --- order -------------------------------------------------------------------


def test_no_order_of_files_changes_anything():
    waves = every_four_years(1, 3, 2, 5)
    expected = movement(waves, waves[-1])

    for order in permutations(waves):
        assert movement(order, waves[-1]) == expected


@pytest.mark.parametrize("seed", range(5))
def test_no_order_of_rows_changes_anything(seed):
    chance = Random(seed)  # noqa: S311 - the same draws at every run
    people = {f"p{n}": chance.randint(0, 10) for n in range(12)}
    later = {name: chance.randint(0, 10) for name in people}
    waves = [linked(2025, people), linked(2026, later)]
    expected = movement(waves, waves[1]).changes

    mixed = [
        replace(wave, respondents=tuple(chance.sample(wave.respondents, len(wave.respondents))))
        for wave in waves
    ]

    assert movement(mixed, mixed[1]).changes == expected


# --- organisations that come with cx-maturity --------------------------------


@pytest.fixture(scope="module")
def shipped():
    found, _ = validate.assessments(ASSESSMENTS)
    return {organisation.id: organisation for organisation in found.organisations}


def test_five_capabilities_of_the_stores_moved(shipped):
    """The figures are SciPy's, from the two CSV files; its t has more digits than our table."""
    waves = shipped["tuulentupa-stores"].waves
    moved = movement(waves, waves[1])

    assert (moved.questions, moved.asked, moved.is_linked) == (40, (40, 40), False)
    assert moved.is_balanced
    assert [name for name, found in moved.changes.items() if found.verdict == "up"] == [
        "overall",
        "culture",
        "culture.presence",
        "culture.learning",
        "strategy",
        "strategy.moments",
        "strategy.recovery",
        "leadership.ownership",
    ]
    assert "down" not in {found.verdict for found in moved.changes.values()}
    moments = moved.changes["strategy.moments"]
    assert moments.difference.interval == between(0.0578670, 0.1770232)
    assert moments.difference.degrees == 69
    assert moments.difference.p == pytest.approx(0.000197458, abs=1e-9)
    assert moments.holm == pytest.approx(0.003356790, abs=1e-9)
    loop = moved.changes["measurement.loop"]
    assert loop.difference.interval == between(-0.0009377, 0.1399338)
    assert loop.difference.degrees == 21
    assert moved.changes["culture.employees"].holm == pytest.approx(0.3712890, abs=1e-7)


def test_the_stores_are_compared_by_the_scores_of_their_reports(shipped):
    waves = shipped["tuulentupa-stores"].waves
    then, now = map(scorecard, waves)

    found = movement(waves, waves[1]).changes

    assert found["overall"].difference.value == now.overall.score - then.overall.score
    assert found["strategy"].earlier.score == then.dimensions["strategy"].score


def test_one_set_of_answers_of_the_outfitters_shows_differences_without_words(shipped):
    """One question of 2025 or 2026 was left open, so that 39 of 40 are compared."""
    waves = shipped["aspnes-outfitters"].waves
    moved = movement(waves, waves[1])

    assert (moved.questions, moved.asked) == (39, (40, 40))
    assert moved.changes["measurement.loop"].questions == (1, 2)
    assert {found.verdict for found in moved.changes.values()} == {None}
    assert moved.changes["measurement.listening"].difference.value == 0
    assert moved.changes["culture.presence"].difference.value == Fraction(1, 4)


# --- what the report says ----------------------------------------------------


def part(*waves, **more):
    organisation = Organisation(
        "lindvik", "Lindvik Bank", None, None, None, ("en",), public=True, fictional=False,
        waves=waves,
    )  # fmt: skip
    card = replace(scorecard(waves[-1]), **more)
    about = subject(organisation, card, Comparison(None, {}), Words("en"))
    return movement_part(about, movement(waves, waves[-1]))


def board(*waves):
    organisation = Organisation(
        "lindvik", "Lindvik Bank", None, None, None, ("en",), public=True, fictional=False,
        waves=waves,
    )  # fmt: skip
    card = scorecard(waves[-1])
    about = subject(
        organisation, card, Comparison(None, {}), Words("en"), movement=movement(waves, waves[-1])
    )
    return report(about, "Banking").board


def three(year, a, b, c, **more):
    asked = questionnaire(
        ("all", *(capability(name, question(name)) for name in ("a", "b", "c"))), **more
    )
    people = ({"a": x, "b": y, "c": z} for x, y, z in zip(a, b, c, strict=True))
    return panel(year, *people, asked=asked)


def test_the_finding_counts_what_moved():
    found = part(three(2025, THEN, THEN, THEN), three(2026, NOW, THEN, THEN))

    assert found.head.id == "change"
    assert found.head.name == "Since last time"
    assert found.head.finding == (
        "One of 3 capabilities moved; for 2 the two rounds cannot be told apart"
    )
    assert found.head.lede == (
        (
            "May 2026 against May 2025: scores and differences in points, 0 to 100, each rounded "
            "by itself."
        ),
        "Then 5 people, now 5 people.",
    )


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ((NOW, NOW, NOW), "All 3 capabilities compared moved"),
        (
            (THEN, THEN, THEN),
            "For all 3 capabilities compared, the two rounds cannot be told apart",
        ),
    ],
)
def test_the_finding_says_that_all_or_none_moved(now, said):
    assert part(three(2025, THEN, THEN, THEN), three(2026, *now)).head.finding == said


def test_a_single_capability_is_spoken_of_alone():
    moved = part(panel(2025, *THEN), panel(2026, *NOW))
    same = part(panel(2025, *THEN), panel(2026, *THEN))

    assert moved.head.finding == "The one capability compared moved"
    assert same.head.finding == (
        "For the one capability compared, the two rounds cannot be told apart"
    )


DIMENSIONS = questionnaire(*((name, question(name)) for name in ("a", "b")))


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (NOW, THEN, "One of 2 dimensions moved; for 1 the two rounds cannot be told apart"),
        (NOW, NOW, "All 2 dimensions compared moved"),
        (THEN, THEN, "For all 2 dimensions compared, the two rounds cannot be told apart"),
    ],
)
def test_without_capabilities_the_finding_counts_dimensions(a, b, said):
    then, now = (
        panel(year, *({"a": x, "b": y} for x, y in zip(*both, strict=True)), asked=DIMENSIONS)
        for year, both in ((2025, (THEN, THEN)), (2026, (a, b)))
    )

    assert part(then, now).head.finding == said


def test_the_table_shows_both_rounds_and_the_word():
    found = part(three(2025, THEN, THEN, NOW), three(2026, NOW, THEN, THEN))

    assert (found.then, found.now) == ("May 2025", "May 2026")
    assert found.has_intervals
    assert [
        (row.title, row.then, row.now, row.difference, row.interval, row.word, row.moved)
        for row in found.rows
    ] == [
        ("Overall", "53", "53", "0", f"{MINUS}21 to +21", "not distinguishable", False),
        ("All", "53", "53", "0", f"{MINUS}21 to +21", "not distinguishable", False),
        ("A", "40", "80", "+40", "+19 to +61", "up", True),
        ("B", "40", "40", "0", f"{MINUS}21 to +21", "not distinguishable", False),
        ("C", "80", "40", f"{MINUS}40", f"{MINUS}61 to {MINUS}19", "down", True),
    ]
    assert [row.strong for row in found.rows] == [True, True, False, False, False]


def described(figure):
    return re.search("<desc>([^<]*)</desc>", str(figure.drawings))[1]


def test_the_picture_shows_both_rounds_and_joins_only_what_moved():
    """Of five people, s is the root of 2: t gives 2.776 * 1.4142 / root 5 = 1.756 points of 10."""
    found = part(three(2025, THEN, THEN, NOW), three(2026, NOW, THEN, THEN)).figure

    assert described(found) == (
        "Overall: 53 [36–71], now 53 [36–71], not distinguishable. All: 53 [36–71], now 53 "
        "[36–71], not distinguishable. A: 40 [22–58], now 80 [≈62–98], up. B: 40 [22–58], now 40 "
        "[22–58], not distinguishable. C: 80 [≈62–98], now 40 [22–58], down."
    )
    assert str(found.drawings).count('stroke-width="3.5"') == 6
    assert [(key.mark, key.text) for key in found.key[:2]] == [
        ("open", "May 2025"),
        ("you", "May 2026"),
    ]
    assert found.source == "Over the questions that both rounds share."
    assert found.tag == ""


def test_the_picture_has_what_moved_and_the_nearest_of_many_capabilities():
    """H rises by forty points and G by twenty, with the rest as it was."""
    asked = questionnaire(("all", *(capability(name, question(name)) for name in "abcdefgh")))
    then, now = (
        panel(
            year,
            *(
                person({name: x + rise.get(name, 0) for name in "abcdefgh"})
                for x in THEN
                for rise in [up]
            ),
            asked=asked,
        )
        for year, up in ((2025, {}), (2026, {"h": 4, "g": 1}))
    )
    found = part(then, now)

    assert len(found.rows) == 10
    assert re.findall(r"(?:^|\. )([^:.]+):", described(found.figure)) == [
        *("Overall", "All", "A", "B", "C", "D", "G", "H"),
    ]
    assert "those that moved and those nearest to it" in found.figure.source


def test_a_bound_that_leaves_out_0_is_not_written_as_0():
    """The half width is 20.6256: .207 leaves out 0 by .07 of a point."""
    now = panel(2026, *(Respondent({"a": lifted(n, "2.07")}) for n in THEN))

    row = part(panel(2025, *THEN), now).rows[-1]

    assert (row.difference, row.interval, row.word) == ("+21", "+0.1 to +41.3", "up")


def test_the_notes_name_what_moved():
    found = part(three(2025, THEN, THEN, NOW), three(2026, NOW, THEN, THEN))

    assert [(note.heading, *note.sentences) for note in found.notes] == [
        ("Up", "A."),
        ("Down", "C."),
    ]


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (THEN, NOW, "Since May 2025: 40 → 80, up, +40 [+19 to +61]."),
        (THEN, THEN, "Since May 2025: 40 → 40, not distinguishable, 0 [−21 to +21]."),
        (NOW, (2, 2), "Since May 2025: 80 → 20, −60."),
    ],
)
def test_the_board_says_how_the_overall_moved(then, now, said):
    """Half widths as above: 20.6; two people have no interval."""
    waves = (panel(2025, *then), panel(2026, *now))

    assert (
        board(*waves)
        .about.replace("\N{NO-BREAK SPACE}", " ")
        .endswith(f"Second of two rounds. {said}")
    )


def test_the_board_says_over_which_questions_the_overall_moved():
    asked = questionnaire(("all", question("a"), question("b")))
    then = panel(2025, *THEN)
    now = panel(2026, *({"a": n, "b": 9} for n in NOW), asked=asked)

    assert (
        board(then, now)
        .about.replace("\N{NO-BREAK SPACE}", " ")
        .endswith(
            "Since May 2025, on the questions that both share: 40 → 80, up, +40 [+19 to +61]."
        )
    )


def test_what_only_its_interval_calls_moved_is_no_finding():
    then = three(2025, THEN, THEN, THEN)
    people = [
        Respondent({"a": given(n + 4), "b": lifted(n, "2.4"), "c": given(n + 1)}) for n in THEN
    ]
    found = part(then, replace(three(2026, THEN, THEN, THEN), respondents=tuple(people)))

    assert [(note.heading, *note.sentences) for note in found.notes] == [
        ("Up", "A."),
        (
            "Not enough to say so",
            (
                "Clear when looked at alone, but among 3 comparisons chance makes one or another "
                "look so: B."
            ),
        ),
    ]
    assert found.compared.sentences == (
        "All 3 questions.",
        "People are not linked: the rounds are two separate groups.",
        (
            "Among 3 capabilities, one or another would seem to move by chance alone. Whether one "
            "moved is therefore decided more strictly than by its interval (Holm\u2019s "
            "adjustment); the overall and the dimensions go by their intervals."
        ),
    )


def test_a_row_says_where_only_its_own_interval_is_clear():
    then = three(2025, THEN, THEN, THEN)
    people = [
        Respondent({"a": given(n + 4), "b": lifted(n, "2.4"), "c": given(n + 1)}) for n in THEN
    ]
    found = part(then, replace(three(2026, THEN, THEN, THEN), respondents=tuple(people)))

    assert {row.title: (row.word, row.alone) for row in found.rows[2:]} == {
        "A": ("up", ""),
        "B": ("not distinguishable", "clear by itself only"),
        "C": ("not distinguishable", ""),
    }


@pytest.mark.parametrize(("answered", "is_said"), [((4, 6), True), ((4, 6, 4, 6, 5), False)])
def test_a_change_surer_than_its_newer_score_is_explained(answered, is_said):
    """
    Two of the one role at .4 and .6, the other all at .5: half widths in points.

    Now t(1) of .05 is 63.5, cut to the scale; the change has t(2) of .0707, 30.4.
    """
    asked = questionnaire(("all", *(capability(name, question(name)) for name in ("a", "b"))))

    def answers(year):
        first = [*answered, *[None] * (5 - len(answered))]
        top = [person({"a": n, "b": 5}, role="top") for n in first]
        return panel(year, *top, *[person({"a": 5, "b": 5}, role="front")] * 5, asked=asked)

    said = part(answers(2025), answers(2026)).compared.sentences

    explained = (
        "For overall, All and A the interval of the difference is narrower than that of the newer "
        "score: of one role only few answered, and how far they spread is judged from both rounds "
        "together."
    )
    assert (explained in said) is is_said


def test_one_set_of_answers_is_shown_without_words():
    found = part(plain(2025, {"a": 2}), plain(2026, {"a": 9}))

    assert found.head.finding == "Whether anything moved cannot be told from one set of answers"
    assert found.head.lede[1] == "Then one set of answers, now one set of answers."
    assert not found.has_intervals
    assert found.rows[0].difference == "+70"
    assert {row.word for row in found.rows} == {""}
    assert [(note.heading, *note.sentences) for note in found.notes] == [
        (
            "Neither up nor down",
            "One set of answers has no interval, so no difference is called up or down.",
        ),
    ]
    assert found.compared.sentences == ("The one question.",)


def test_too_few_people_move_nothing():
    found = part(panel(2025, 2, 4), panel(2026, 6, 8))

    assert found.head.finding == "Whether anything moved cannot be told from so few people"
    assert [(note.heading, *note.sentences) for note in found.notes] == [
        (
            "Neither up nor down",
            "Too few gave answers, or all gave the same, so there is no interval.",
        ),
    ]


def test_what_nobody_answered_differently_is_named():
    found = part(three(2025, THEN, [5] * 5, THEN), three(2026, NOW, [6] * 5, THEN))

    assert [(note.heading, *note.sentences) for note in found.notes] == [
        ("Up", "A."),
        (
            "Neither up nor down",
            "No interval, because too few gave answers or all gave the same: B.",
        ),
    ]


def test_customers_are_called_customers():
    asked = replace(ONE, customer_voice=True)
    few = part(panel(2025, 2, 4, asked=asked), panel(2026, 6, 8, asked=asked))
    many = part(panel(2025, *THEN, asked=asked), panel(2026, *NOW, asked=asked))
    same = part(linked(2025, BEFORE, asked), linked(2026, AFTER, asked))
    gone = part(linked(2025, BEFORE | {"x": 1}, asked), linked(2026, AFTER, asked))

    assert few.head.finding == "Whether anything moved cannot be told from so few customers"
    assert few.head.lede[1] == "Then 2 customers, now 2 customers."
    assert many.compared.sentences[1] == (
        "Customers are not linked: the rounds are two separate groups."
    )
    assert same.compared.sentences[1] == (
        "Customers are linked: a difference is that of the customers who answered both times, "
        "each compared with their own earlier answers; the scores are all customers\u2019."
    )
    assert gone.compared.sentences[1] == (
        "Customers are linked, but too few answered both times, or too few only once: the rounds "
        "are compared as two separate groups."
    )


def test_linked_people_are_said_to_be():
    found = part(linked(2025, BEFORE), linked(2026, AFTER))
    apart = part(linked(2025, BEFORE | {"x": 1}), linked(2026, AFTER))

    assert found.compared.sentences == (
        "The one question.",
        (
            "People are linked: a difference is that of the people who answered both times, each "
            "compared with their own earlier answers; the scores are everybody\u2019s."
        ),
    )
    assert apart.compared.sentences == (
        "The one question.",
        (
            "People are linked, but too few answered both times, or too few only once: the rounds "
            "are compared as two separate groups."
        ),
    )


def test_measures_that_could_not_be_paired_are_named():
    asked = questionnaire(("all", capability("a", question("a")), capability("b", question("b"))))
    people = [f"p{n}" for n in range(10)]
    then = linked(2025, {p: {"a": n, "b": n} for n, p in enumerate(people)}, asked)
    now = linked(2026, {p: {"a": 10, "b": n or None} for n, p in enumerate(people)}, asked)

    assert part(then, now).compared.sentences[2] == (
        "Too few gave both answers, or too few only one of them, for overall, All and B: there, "
        "the rounds are compared as two separate groups."
    )


def test_it_says_whether_roles_count_alike():
    waves = panel(2025, *roles(THEN, NOW)), panel(2026, *roles(THEN, NOW))
    pooled = replace(waves[0], combine="pooled")

    assert part(*waves).compared.sentences[2] == "Each role counts alike."
    assert part(pooled, waves[1]).compared.sentences[2] == (
        "Each respondent counts alike here; in the other parts, each role counts alike."
    )


def test_two_versions_are_named_with_what_is_compared():
    then, now = versions()
    found = part(then, now)

    assert found.compared.sentences[:4] == (
        ("3 of 6 questions: those that stand unchanged in both rounds and were answered in both."),
        "Then 5 were asked.",
        (
            "The questionnaire was version 1.0 and is version 2.0; both rounds are scored by the "
            "structure and the weights of 2.0."
        ),
        "So the scores here need not be those of the reports on the two rounds.",
    )
    assert [(row.title, row.some) for row in found.rows] == [
        ("Overall", ""),
        ("First", "1 of 2 questions"),
        ("A", "1 of 2 questions"),
        ("Second", "2 of 4 questions"),
        ("B", "1 of 2 questions"),
        ("C", ""),
    ]
    assert [(note.heading, *note.sentences) for note in found.notes][-1] == (
        "Not compared",
        "No question in common, or too few answers in one of the rounds: D.",
    )


def test_a_shorter_round_is_compared_over_all_its_questions():
    then = panel(2025, *({"a": n, "b": n} for n in THEN), asked=TWO)
    now = panel(2026, *({"a": n} for n in NOW), asked=TWO, subset="part")

    assert part(then, now).compared.sentences[:3] == (
        "The one question.",
        "Then 2 were asked.",
        "So the scores here need not be those of the reports on the two rounds.",
    )


def test_a_measure_without_a_score_in_one_round_is_shown_and_named():
    asked = questionnaire(
        ("all", capability("a", question("a"))),
        ("more", capability("b", question("b"))),
    )
    then = panel(2025, *({"a": n, "b": 5} for n in THEN), asked=asked)
    people = [Respondent({"a": given(n), "b": Answer(State.UNSURE)}) for n in NOW]
    found = part(then, panel(2026, *people, asked=asked))

    assert [(row.title, row.then, row.now, row.difference) for row in found.rows] == [
        ("Overall", "45", "\N{EN DASH}", "\N{EN DASH}"),
        ("All", "40", "80", "+40"),
        ("A", "40", "80", "+40"),
        ("More", "50", "\N{EN DASH}", "\N{EN DASH}"),
        ("B", "50", "\N{EN DASH}", "\N{EN DASH}"),
    ]
    assert [(note.heading, *note.sentences) for note in found.notes] == [
        ("Up", "A."),
        (
            "Not compared",
            "No question in common, or too few answers in one of the rounds: overall, More and B.",
        ),
    ]


def test_rounds_of_one_month_are_told_apart_by_the_day():
    then = replace(panel(2026, *THEN), id="first")
    now = replace(panel(2026, *NOW), date=date(2026, 5, 20))

    assert (part(then, now).then, part(then, now).now) == ("1 May 2026", "20 May 2026")


def test_a_trend_is_shown_in_points_a_year():
    found = part(*every_four_years(1, 2, 3, 4, 5)).trend

    assert found.name == "Points a year"
    assert found.lede == (
        "The middle one of the slopes between any two rounds (Theil and Sen), over the 1 question "
        "that all share. Whether there is a direction is tested from five rounds on (Mann and "
        "Kendall), for each measure by itself: with many measures, one or another will show a "
        "direction by chance. With five rounds, each has to lie above the one before it, or each "
        "below: so a measure may have moved since last time and have no direction."
    )
    six = part(*every_four_years(1, 2, 3, 4, 5, 6)).trend
    assert six.lede.endswith("direction by chance.")
    assert [(row.title, row.slope, row.rounds, row.word, row.moved) for row in found.rows] == [
        ("Overall", "+2.5", "5", "up", True),
        ("All", "+2.5", "5", "up", True),
        ("A", "+2.5", "5", "up", True),
    ]
    assert part(*every_four_years(5, 5, 5, 5)).trend.rows[0].slope == "0.0"
    assert part(*every_four_years(5, 4, 3, 2)).trend.rows[0].slope == f"{MINUS}2.5"


def test_the_overall_is_drawn_at_the_dates_of_its_rounds():
    found = part(*every_four_years(1, 2, 3, 4, 5)).rounds
    figure = found.figure

    assert found.name == "Over five rounds"
    assert described(figure) == (
        "May 2005: 10; May 2009: 20; May 2013: 30; May 2017: 40; May 2021: 50."
    )
    assert figure.source == "Over the 1 question that all these rounds share."


def test_without_four_rounds_there_is_no_trend():
    assert part(*every_four_years(1, 2, 3)).trend is None


def rendered(found):
    folder = Path(chart.__file__).with_name("templates")
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True)
    template = environment.get_template("parts/change.html")
    return template.render(report={"change": found}, text=Words("en").text)


def test_the_section_shows_the_table_the_notes_and_what_is_compared():
    page = rendered(part(three(2025, THEN, THEN, NOW), three(2026, NOW, THEN, THEN)))

    assert re.findall("<th scope=.col.[^>]*>([^<]*)</th>", page) == [
        *("Measure", "May 2025", "May 2026", "Difference", "Interval", "Moved"),
    ]
    assert page.count("<b>up</b>") == 1
    assert page.count("<b>down</b>") == 1
    assert "<h3>Down</h3><p>C.</p>" in page
    assert "<h3>What is compared</h3><p>All 3 questions. People are not linked:" in page


def test_the_section_has_no_column_of_words_where_nobody_may_say_any():
    page = rendered(part(plain(2025, {"a": 2}), plain(2026, {"a": 9})))

    assert re.findall("<th scope=.col.[^>]*>([^<]*)</th>", page) == [
        *("Measure", "May 2025", "May 2026", "Difference"),
    ]


def test_the_section_shows_the_trend():
    page = rendered(part(*every_four_years(1, 2, 3, 4, 5)))

    assert "<h3>Over five rounds</h3>" in page
    assert '<td class="r">+2.5</td><td class="r w">5</td><td><b>up</b></td>' in page


def test_nothing_in_common_has_no_part():
    then = panel(2025, *[Respondent({"a": Answer(State.UNSURE)})] * 5)

    assert part(then, panel(2026, *NOW)) is None
