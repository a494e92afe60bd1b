"""Findings: each rule of ``cx`` fires at its threshold and not under it, and says what it shows."""

import importlib
import re
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity.advising.conditions import CONDITIONS, REASONS
from cx_maturity.editions import Cell, Comparison, Edition, Peers, Segment, Standing
from cx_maturity.errors import Problems
from cx_maturity.findings import findings, for_board
from cx_maturity.model import Action, Minutes, Points, Role, Scale, Text
from cx_maturity.parts.conditions import condition_said, named, reason_said
from cx_maturity.parts.findings import board_findings, minutes_evidence, said
from cx_maturity.parts.findings import findings as section
from cx_maturity.parts.spoken import spoken
from cx_maturity.parts.subject import subject
from cx_maturity.reading.item import Item
from cx_maturity.reading.questionnaire import questionnaire
from cx_maturity.reading.rules import KINDS, Known, rules
from cx_maturity.reading.yaml_text import read_yaml
from cx_maturity.results import (
    Advice,
    Agreement,
    Change,
    Difference,
    Finding,
    Lift,
    Loop,
    Measure,
    Movement,
    Split,
    Splits,
)
from cx_maturity.results import Path as Path_
from cx_maturity.score import scorecard
from cx_maturity.words import Words

sys.path.append(str(Path(__file__).resolve().parent))  # the builders are no tests
surveys = importlib.import_module("surveys")

CX = Path(__file__).resolve().parent.parent / "assessments/questionnaires/cx/1.0"
NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def sides(*capabilities):
    return {name: [f"{name}.say", f"{name}.do"] for name in capabilities}


# A part of cx whose answers are percents, so that any score can be written down.
SHAPE = {
    "culture": sides("culture.presence", "culture.latitude"),
    "strategy": sides("strategy.insight", "strategy.recovery"),
    "leadership": sides("leadership.ownership"),
    "measurement": sides("measurement.listening", "measurement.loop"),
}
NAMES = surveys.names(SHAPE)[1]


@pytest.fixture(scope="session")
def shipped():
    problems = Problems()
    made = questionnaire(CX, problems)
    assert problems.errors == []
    return made


@pytest.fixture(scope="session")
def cx(shipped):
    return surveys.questionnaire(
        SHAPE,
        gate=1,
        foundations=("culture.presence",),
        roles=(
            Role("leadership", Text({"en": "Leadership"})),
            Role("front-line", Text({"en": "Front line"})),
        ),
        perception_gap=("leadership", "front-line"),
        findings=shipped.findings,
    )


def given(start=50, **parts):
    """Answer everything with *start*, but *parts* (_ for a dot) with values of their own."""
    answers = dict.fromkeys(NAMES, start)
    for part, value in parts.items():
        begins = f"{part.replace('_', '.')}."
        answers |= {name: value for name in NAMES if name.startswith(begins)}
    return answers


NOBODY = Comparison(None, {})


def fired(card, rule, **beside):
    """Return the findings of a rule, or why it could not be tried."""
    known = {"comparison": NOBODY, "movement": None, "advice": Advice(), "editions": (), **beside}
    found, untried = findings(card, **known)
    return untried.get(rule) or [one for one in found if one.rule.id == rule]


def fires(card, rule, **more):
    found = fired(card, rule, **more)
    assert not isinstance(found, str), found
    return bool(found)


# --- the level ---------------------------------------------------------------


def test_a_foundation_that_holds_the_level_is_found(cx):
    """Presence 30 is level 2, so 65 counts as 3; at 40 it is level 3 and lets 4 stand."""
    held = surveys.card(cx, given(70, culture_presence=30))
    free = surveys.card(cx, given(70, culture_presence=40))

    [found] = fired(held, "held-by-foundation")

    assert (found.measures, found.numbers) == (
        ("overall", "culture.presence"),
        {"level": 4, "held": 3},
    )
    assert found.capability == "culture.presence"
    assert found.size == Fraction(1, 5)
    assert not fires(free, "held-by-foundation")


def test_without_a_gate_or_a_level_nothing_is_held(cx):
    ungated = surveys.card(replace(cx, gate=None), given(70, culture_presence=30))
    empty = surveys.card(cx, given(None))

    assert fired(ungated, "held-by-foundation") == "no-gate"
    assert fired(empty, "held-by-foundation") == "no-level"


# --- one measure above another -----------------------------------------------


@pytest.mark.parametrize(("culture", "is_found"), [(50, True), (51, False)])
def test_one_person_s_plans_run_ahead_from_20_points_on(cx, culture, is_found):
    card = surveys.card(cx, given(strategy=70, culture=culture))

    assert fires(card, "built-on-sand") == is_found


@pytest.mark.parametrize(
    ("missing", "is_found"),
    [(["strategy.insight.do"], True), (["strategy.insight.do", "strategy.recovery.do"], False)],
)
def test_one_person_s_plans_run_ahead_only_whatever_missing_answers_were(cx, missing, is_found):
    """With one of four missing, strategy is 52.5 at least; with two, 35, which is below 50."""
    answers = given(strategy=70, culture=50) | dict.fromkeys(missing)

    assert fires(surveys.card(cx, answers), "built-on-sand") == is_found


@pytest.mark.parametrize(
    ("strategies", "is_found"),
    [
        ((64, 65, 66), True),  # 15 points, interval 12.5 to 17.5
        ((64, 65, 65), False),  # 14.7 points
        ((50, 50, 90), False),  # 13.3 points
        ((50, 65, 98), False),  # 21 points, but the interval holds 0
    ],
)
def test_people_s_plans_run_ahead_from_15_clear_points_on(cx, strategies, is_found):
    card = surveys.card(cx, [given(strategy=s, culture=50) for s in strategies])

    assert fires(card, "built-on-sand") == is_found


def test_the_people_behind_a_difference_have_both_scores(cx):
    """Thirty have both; six more know culture alone and do not move it."""
    both = [given(strategy=60 + n % 3, culture=40) for n in range(30)]
    rest = [given(strategy=None, culture=90)] * 6

    [found] = fired(surveys.card(cx, both + rest), "built-on-sand")

    assert found.numbers == {
        "first_score": Fraction(61, 100),
        "second_score": Fraction(40, 100),
        "n": 30,
    }
    assert found.difference.value == Fraction(21, 100)


def test_a_difference_that_would_give_a_few_people_away_is_not_taken(shipped):
    """Ten people have both scores of one question each, and one has culture's alone."""
    shape = {"culture": ["c"], "strategy": ["s"]}
    asked = surveys.questionnaire(shape, findings=shipped.findings[1:2])
    five = Scale("five", Points(1, 5), {})
    asked = replace(
        asked,
        dimensions=tuple(
            replace(d, questions=tuple(replace(q, scale=five) for q in d.questions))
            for d in asked.dimensions
        ),
    )
    people = [{"c": 25, "s": 75 if n else 50} for n in range(10)]

    assert fires(surveys.card(asked, people), "built-on-sand")
    assert fired(surveys.card(asked, [*people, {"c": 25}]), "built-on-sand") == "hidden"


def test_people_who_all_differ_alike_have_no_interval(cx):
    card = surveys.card(cx, [given(strategy=90)] * 6)

    assert fired(card, "built-on-sand") == "no-interval"


@pytest.mark.parametrize(("loop", "is_found"), [(35, True), (36, False)])
def test_one_person_s_ears_without_hands_begin_at_25_points(cx, loop, is_found):
    card = surveys.card(cx, given(measurement_listening=60, measurement_loop=loop))

    assert fires(card, "ears-without-hands") == is_found


@pytest.mark.parametrize(("loops", "is_found"), [((39, 40, 41), True), ((40, 40, 41), False)])
def test_people_s_ears_without_hands_begin_at_20_points(cx, loops, is_found):
    card = surveys.card(cx, [given(measurement_listening=60, measurement_loop=x) for x in loops])

    assert fires(card, "ears-without-hands") == is_found


# --- say and do --------------------------------------------------------------


def doing(*values, capability="strategy.recovery"):
    return [given() | {f"{capability}.do": value} for value in values]


@pytest.mark.parametrize(
    ("done", "is_found"),
    [
        ((39, 40, 41), True),  # -10 points, interval -12.5 to -7.5
        ((40, 40, 41), False),  # -9.7 points
        ((25, 25, 70), False),  # -10 points, but the interval holds 0
        ((59, 60, 61), False),  # done more than said
    ],
)
def test_people_do_less_than_they_say_from_10_clear_points_on(cx, done, is_found):
    found = fired(surveys.card(cx, doing(*done)), "words-before-deeds")

    assert [one.measures for one in found] == ([("strategy.recovery",)] if is_found else [])


@pytest.mark.parametrize(("done", "is_found"), [(35, True), (36, False)])
def test_one_person_does_less_than_is_said_from_15_points_in_a_dimension_on(cx, done, is_found):
    answers = given() | {"leadership.ownership.do": done}
    found = fired(surveys.card(cx, answers), "words-before-deeds")

    assert [one.measures for one in found] == ([("leadership",)] if is_found else [])


@pytest.mark.parametrize(("said_", "is_found"), [(80, True), (None, False)])
def test_one_person_does_less_only_whatever_missing_answers_were(cx, said_, is_found):
    """At most culture does (-30 + 20) / 2 more than it says; with both open, (-30 + 100) / 2."""
    answers = given() | {
        "culture.presence.say": 80,
        "culture.presence.do": 50,
        "culture.latitude.say": said_,
        "culture.latitude.do": None,
    }

    assert fires(surveys.card(cx, answers), "words-before-deeds") == is_found


def test_without_both_sides_nothing_is_said_of_them(cx):
    asked = replace(cx, subsets=(replace(cx.subsets[0], questions=frozenset(NAMES[1::2])),))
    card = surveys.card(asked, [dict.fromkeys(NAMES[1::2], 50)] * 5)

    assert fired(card, "words-before-deeds") == "not-asked"
    assert fired(card, "standing-alone") == "not-asked"


# --- roles and units ---------------------------------------------------------


def two_roles(front, lead=(59, 60, 60, 60, 61)):
    people = [("leadership", given(x)) for x in lead]
    return people + [("front-line", given(x)) for x in front]


@pytest.mark.parametrize(
    ("front", "is_found"),
    [
        ((49, 50, 50, 50, 51), True),  # 10 points
        ((49, 50, 50, 50, 53), False),  # 9.6 points
        ((10, 30, 50, 70, 90), False),  # 10 points, but the interval holds 0
        ((69, 70, 70, 70, 71), False),  # the front line is higher
    ],
)
def test_the_top_sees_another_organisation_from_10_clear_points_on(cx, front, is_found):
    assert fires(surveys.card(cx, two_roles(front)), "view-from-the-top") == is_found


def test_fewer_than_five_of_a_role_are_not_compared(cx):
    card = surveys.card(cx, two_roles((40, 41, 42, 43)))

    assert fired(card, "view-from-the-top") == "no-roles"
    assert fired(surveys.card(cx, given()), "view-from-the-top") == "no-roles"


def test_roles_may_be_named_the_other_way_round(cx):
    rule = next(rule for rule in cx.findings if rule.id == "view-from-the-top")
    turned = replace(rule, given={**rule.given, "first": "front-line", "second": "leadership"})
    card = surveys.card(replace(cx, findings=(turned,)), two_roles((69, 70, 70, 70, 71)))

    [found] = fired(card, "view-from-the-top")

    assert found.difference.value == Fraction(1, 10)
    assert found.numbers["first_score"] == Fraction(7, 10)
    assert found.difference.interval[0] == pytest.approx(0.0897, abs=0.0001)


def two_units(south, north=(69, 70, 70, 70, 71)):
    people = [("leadership", "north", given(x)) for x in north]
    return people + [("leadership", "south", given(x)) for x in south]


@pytest.mark.parametrize(
    ("south", "is_found"),
    [((49, 50, 50, 50, 51), True), ((49, 50, 50, 51, 51), False), ((10, 30, 50, 70, 90), False)],
)
def test_units_are_apart_from_20_clear_points_on(cx, south, is_found):
    assert fires(surveys.card(cx, two_units(south)), "silo-spread") == is_found


def test_units_of_four_are_no_units(cx):
    card = surveys.card(cx, two_units((10, 11, 12, 13)))

    assert fired(card, "silo-spread") == "no-units"


def unit(name, score, error):
    fields = {"id": "overall", "level": 3, "gated_level": 3, "coverage": Fraction(1)}
    bounds = {"visibility": Fraction(1), "lowest": Fraction(0), "highest": Fraction(1)}
    measure = Measure(**fields, **bounds, score=Fraction(score, 100), n=5, error=error, degrees=4)
    return Split(name, 5, {"overall": measure})


def test_more_units_need_more_between_them(cx):
    """
    Twenty points with t = 2.6 and 8 degrees have p = .032: clear of two units, not of three.

    Holm multiplies the smallest of three p by three.
    """
    card = surveys.card(cx, [given()] * 5)
    units = (unit("a", 70, 0.0544), unit("b", 60, 0.0544), unit("c", 50, 0.0544))
    two = replace(card, splits=Splits(units=(units[0], units[2])))
    three = replace(card, splits=Splits(units=units))

    assert fires(two, "silo-spread")
    assert not fires(three, "silo-spread")


def test_holm_spares_a_unit_s_pair_that_is_not_the_smallest_p(cx):
    """As a-b has a p of 0, the .018 of a-c counts twice, not three times: .036, and not .054."""
    card = surveys.card(cx, [given()] * 5)
    units = (unit("a", 70, 0.001), unit("b", 60, 0.001), unit("c", 50, 0.0514))

    assert fires(replace(card, splits=Splits(units=units)), "silo-spread")


# --- what is not known -------------------------------------------------------


@pytest.mark.parametrize(
    ("dimension", "capability", "found"),
    [
        (80, 100, [("culture",)]),
        (81, 100, []),
        (100, 60, [("culture.latitude",)]),
        (100, 61, []),
    ],
)
def test_a_blind_spot_is_20_percent_of_a_dimension_or_40_of_a_capability(
    cx, dimension, capability, found
):
    card = surveys.card(cx, given())
    culture, latitude = card.dimensions["culture"], card.capabilities["culture.latitude"]
    seen = replace(
        card,
        dimensions={"culture": replace(culture, visibility=Fraction(dimension, 100))},
        capabilities={"culture.latitude": replace(latitude, visibility=Fraction(capability, 100))},
    )

    assert [one.measures for one in fired(seen, "blind-spot")] == found


@pytest.mark.parametrize(("people", "is_found"), [(5, True), (4, False)])
def test_fewer_than_five_answers_of_people_who_do_not_know_are_not_told(cx, people, is_found):
    blind = given() | {"leadership.ownership.do": "unsure"}
    card = surveys.card(cx, [blind] * people)

    assert fires(card, "blind-spot") == is_found


# --- evidence ----------------------------------------------------------------


def proved(asked, answers, grades, rest="document"):
    wave = surveys.wave(asked, answers)
    [person] = wave.respondents
    made = {
        name: replace(answer, evidence=grades.get(name, rest))
        for name, answer in person.answers.items()
    }
    return scorecard(replace(wave, respondents=(replace(person, answers=made),)))


CULTURE = [name for name in NAMES if name.startswith("culture")]


@pytest.mark.parametrize(
    ("culture", "thin", "is_found"),
    [
        (60, {CULTURE[0]: "none", CULTURE[1]: "described"}, True),
        (60, {CULTURE[0]: "none"}, False),
        (59, {CULTURE[0]: "none", CULTURE[1]: "described"}, False),
    ],
)
def test_evidence_is_thin_when_half_of_level_4_rests_on_word(cx, culture, thin, is_found):
    found = fired(proved(cx, given(culture=culture), thin), "thin-evidence")

    assert [one.numbers for one in found] == (
        [{"level": 4, "thin": 2, "of": 4, "at": 4, "n": 1}] if is_found else []
    )


def test_evidence_for_low_answers_does_not_count(cx):
    """Culture is 60 with one answer of 30: of three high ones, one has no evidence."""
    answers = given(culture=70) | {CULTURE[0]: 30}
    card = proved(cx, answers, {CULTURE[0]: "none", CULTURE[1]: "none"})

    assert not fires(card, "thin-evidence")


def test_without_grades_there_is_no_evidence_to_judge(cx):
    assert fired(surveys.card(cx, given(70)), "thin-evidence") == "no-evidence"
    assert fired(surveys.card(cx, [given(70)] * 5), "thin-evidence") == "many-people"


def beside(name, word, median=40):
    segment = Segment("all", Text({"en": "All"}), None, None, None)
    peers = Peers(edition("2026.1", {}), segment, 10, ())
    standing = Standing(Cell(10, {50: median}), median, None, word, Fraction(20))
    return Comparison(peers, {name: standing})


@pytest.mark.parametrize(
    ("score", "grade", "word", "is_found"),
    [
        (60, "data", "above", True),
        (59, "data", "above", False),
        (60, "described", "above", False),
        (60, "data", "level with", False),
    ],
)
def test_a_strength_is_level_4_proven_and_above_the_median(cx, score, grade, word, is_found):
    name = "strategy.recovery"
    card = proved(cx, given(strategy_recovery=score), {f"{name}.do": grade})
    found = fired(card, "strength-to-protect", comparison=beside(name, word))

    assert [one.capability for one in found] == ([name] if is_found else [])


def test_a_strength_needs_peers_and_one_set_of_answers(cx):
    peers = beside("strategy.recovery", "above")

    assert fired(proved(cx, given(70), {}), "strength-to-protect") == "no-peers"
    assert (
        fired(surveys.card(cx, [given(70)] * 5), "strength-to-protect", comparison=peers)
        == "many-people"
    )


# --- plans, peers, agreement, minutes, single answers -------------------------


def action(kind, effort):
    return Action(f"{kind}-{effort}", Text({"en": kind}), kind, effort)


@pytest.mark.parametrize(
    ("presence", "others", "is_found"), [(39, 2, True), (39, 3, False), (40, 2, False)]
)
def test_extras_come_before_basics_from_a_third_of_the_effort_on(cx, presence, others, is_found):
    actions = (action("innovate", 1), action("build", others))
    card = surveys.card(cx, given(culture_presence=presence), actions=actions)

    assert fires(card, "extras-before-basics") == is_found


def test_without_a_plan_nothing_is_before_anything(cx):
    assert fired(surveys.card(cx, given()), "extras-before-basics") == "no-plan"


def edition(name, cells, segments=("all",)):
    return Edition(
        id=f"peers-{name}", kind="pooled", title=Text({"en": "Peers"}), questionnaire="tiny",
        version="1.0", subset="full", aggregate="mean", edition=name, period="2026",
        source=Text({"en": "Source"}), cells=cells,
        segments=tuple(Segment(s, Text({"en": s}), None, None, None) for s in segments),
    )  # fmt: skip


def moved(card, verdict):
    gap = Difference(Fraction(1, 100), (5, 5), is_paired=False, interval=(-0.05, 0.07))
    change = Change("overall", card.overall, card.overall, gap, verdict)
    return Movement(card.wave, card.wave, 1, (1, 1), is_linked=False, changes={"overall": change})


def still(card, *, now=55, verdict="not distinguishable", older="2026.9", segment="all"):
    older_ = edition(older, {(segment, "overall"): Cell(10, {50: 50})}, (segment,))
    newer = edition("2026.10", {("all", "overall"): Cell(10, {50: now})})
    peers = Peers(newer, newer.segments[0], 10, ())
    return {
        "comparison": Comparison(peers, {}),
        "movement": moved(card, verdict),
        "editions": (newer, older_),
    }


@pytest.mark.parametrize(
    ("now", "verdict", "is_found"),
    [(55, "not distinguishable", True), (54, "not distinguishable", False), (55, "up", False)],
)
def test_one_stands_still_while_the_peers_median_rises_by_5(cx, now, verdict, is_found):
    card = surveys.card(cx, [given()] * 5)

    assert fires(card, "standing-still", **still(card, now=now, verdict=verdict)) == is_found


def test_standing_still_needs_two_waves_and_two_editions_of_one_segment(cx):
    card = surveys.card(cx, [given()] * 5)
    known = still(card)

    def why(**changed):
        return fired(card, "standing-still", **{**known, **changed})

    assert why(movement=None) == "no-second-wave"
    assert why(comparison=NOBODY) == "no-peers"
    assert why(editions=known["editions"][:1]) == "no-second-edition"
    assert fired(card, "standing-still", **still(card, segment="other")) == "no-second-edition"
    assert fired(card, "standing-still", **still(card, older="2026.11")) == "no-second-edition"
    assert fired(card, "standing-still", **still(card, verdict=None)) == "no-interval"


@pytest.mark.parametrize(
    ("due", "closed", "is_found"), [(3, 1, True), (3, 2, False), (4, 2, False), (2, 0, False)]
)
def test_a_loop_is_open_when_under_half_of_three_actions_are_closed(cx, due, closed, is_found):
    card = surveys.card(cx, given())

    assert fires(card, "loop-left-open", advice=Advice(loop=Loop((), due, closed))) == is_found


def test_without_an_earlier_plan_no_loop_is_open(cx):
    assert fired(surveys.card(cx, given()), "loop-left-open") == "no-earlier-plan"


@pytest.mark.parametrize(("ad", "is_found"), [(17, True), (16, False)])
def test_people_describe_different_organisations_when_a_question_is_contested(cx, ad, is_found):
    """The limit of a scale of 101 points is 16.83; AD at the limit is no contest."""
    card = surveys.card(cx, [given()] * 5)
    agreement = {NAMES[1]: Agreement(Fraction(ad), Fraction(101, 6), 5)}
    found = fired(replace(card, agreement=agreement), "contested")

    assert [one.capability for one in found] == (["culture.presence"] if is_found else [])


def test_of_few_people_the_first_contested_question_is_named_and_not_the_widest(cx):
    card = surveys.card(cx, [given()] * 5)
    wide, wider = (Agreement(Fraction(ad), Fraction(101, 6), 29) for ad in (20, 30))
    many = {name: replace(one, n=30) for name, one in ((NAMES[0], wide), (NAMES[1], wider))}

    [few] = fired(replace(card, agreement={NAMES[0]: wide, NAMES[1]: wider}), "contested")
    [known] = fired(replace(card, agreement=many), "contested")

    assert (few.numbers["question"], known.numbers["question"]) == (NAMES[0], NAMES[1])


def test_one_person_contests_nothing(cx):
    assert fired(surveys.card(cx, given()), "contested") == "one-set"
    assert fired(surveys.card(cx, [given()] * 4), "contested") == "few-people"


@pytest.mark.parametrize(
    ("ownership", "meetings", "mentioning", "is_found"),
    [(60, 6, 2, True), (60, 6, 3, False), (59, 6, 2, False)],
)
def test_minutes_are_thinner_than_claimed_under_half_of_six(
    cx, ownership, meetings, mentioning, is_found
):
    minutes = Minutes("en", meetings, mentioning)
    card = surveys.card(cx, given(leadership_ownership=ownership), minutes=minutes)

    assert fires(card, "minutes-thinner-than-claimed") == is_found


def test_five_minutes_are_too_few(cx):
    card = surveys.card(cx, given(70), minutes=Minutes("en", 5, 0))

    assert fired(card, "minutes-thinner-than-claimed") == "few-minutes"
    assert fired(surveys.card(cx, given(70)), "minutes-thinner-than-claimed") == "no-minutes"


@pytest.mark.parametrize(("rescued", "is_found"), [(53, True), (52, False)])
def test_people_stand_alone_three_steps_above_the_rule(cx, rescued, is_found):
    """On a scale of percents a step is one point."""
    answers = given() | {"culture.latitude.do": rescued}

    assert fires(surveys.card(cx, answers), "standing-alone") == is_found


def test_single_answers_of_fewer_than_five_people_are_not_compared(cx):
    card = surveys.card(cx, [given() | {"culture.latitude.do": 90}] * 4)
    hidden = replace(
        surveys.card(cx, [given() | {"culture.latitude.do": 90}] * 5),
        hidden_means=frozenset(["strategy.recovery.say"]),
    )

    assert fired(card, "standing-alone") == "hidden"
    assert fired(hidden, "standing-alone") == "hidden"


# --- order and the board's page ----------------------------------------------


def one(cx, rule, size, capability=None):
    found = next(r for r in cx.findings if r.id == rule)
    return Finding(found, (), {}, capability=capability, size=Fraction(size, 100))


def test_findings_come_act_before_watch_and_the_larger_first(cx):
    """Recovery does 40 points less, presence 20; a blind spot of 50 % comes after both."""
    people = [
        given()
        | {"strategy.recovery.do": 10 + n, "culture.presence.do": 30 + n}
        | {"measurement.loop.do": "unsure"}
        for n in range(5)
    ]
    found, _ = findings(surveys.card(cx, people), NOBODY, None, Advice(), ())

    assert [(f.rule.id, f.measures) for f in found] == [
        ("words-before-deeds", ("strategy.recovery",)),
        ("words-before-deeds", ("culture.presence",)),
        ("blind-spot", ("measurement.loop",)),
        ("blind-spot", ("measurement",)),
    ]


def test_the_board_sees_one_finding_of_a_rule_and_one_of_a_capability(cx):
    first = one(cx, "words-before-deeds", 40, "a")
    same_rule = one(cx, "words-before-deeds", 30, "b")
    same_capability = one(cx, "blind-spot", 50, "a")
    another = one(cx, "strength-to-protect", 20, "b")

    assert for_board([first, same_rule, same_capability, another]) == (first, another)


def test_the_board_sees_five_findings_at_most(cx):
    rules = [rule.id for rule in cx.findings]
    found = [one(cx, rule, 10) for rule in rules]

    assert for_board(found) == tuple(found[:5])
    assert for_board(found, most=2) == tuple(found[:2])


# --- words -------------------------------------------------------------------


def about(card, **more):
    found, untried = findings(
        card,
        more.get("comparison", NOBODY),
        more.get("movement"),
        more.get("advice", Advice()),
        more.get("editions", ()),
    )
    organisation = surveys.model.Organisation(
        "o", "O", None, None, None, ("en",), public=False, fictional=True, waves=(card.wave,)
    )
    advice = replace(more.get("advice", Advice()), findings=found, untried=untried)
    comparison = more.get("comparison", NOBODY)
    return subject(organisation, card, comparison, Words("en"), more.get("movement"), advice=advice)


def titled(asked, shipped):
    """Give the parts of the small questionnaire the titles that they have in cx."""
    titles = {p.id: p.title for d in shipped.dimensions for p in (d, *d.capabilities)}
    texts = {q.id: q.text for q in shipped.questions()}
    return replace(
        asked,
        dimensions=tuple(
            replace(
                d,
                title=titles[d.id],
                capabilities=tuple(
                    replace(
                        c,
                        title=titles[c.id],
                        questions=tuple(replace(q, text=texts[q.id]) for q in c.questions),
                    )
                    for c in d.capabilities
                ),
            )
            for d in asked.dimensions
        ),
    )


@pytest.fixture(scope="session")
def cases(cx, shipped):
    """Return for every rule a card on which it fires, and what is beside it."""
    asked = titled(cx, shipped)
    people = surveys.card(asked, [given()] * 5)
    return {
        "held-by-foundation": (surveys.card(asked, given(70, culture_presence=30)), {}),
        "built-on-sand": (
            surveys.card(asked, [given(strategy=s, culture=50) for s in (64, 65, 66)]),
            {},
        ),
        "words-before-deeds": (surveys.card(asked, doing(39, 40, 41)), {}),
        "view-from-the-top": (surveys.card(asked, two_roles((49, 50, 50, 50, 51))), {}),
        "blind-spot": (
            surveys.card(asked, [given() | {"leadership.ownership.do": "unsure"}] * 5),
            {},
        ),
        "thin-evidence": (proved(asked, given(culture=60), dict.fromkeys(CULTURE, "none")), {}),
        "silo-spread": (surveys.card(asked, two_units((49, 50, 50, 50, 51))), {}),
        "ears-without-hands": (
            surveys.card(asked, given(measurement_listening=60, measurement_loop=35)),
            {},
        ),
        "extras-before-basics": (
            surveys.card(asked, given(30), actions=(action("innovate", 1), action("basic", 2))),
            {},
        ),
        "standing-still": (people, still(people)),
        "loop-left-open": (people, {"advice": Advice(loop=Loop((), 3, 1))}),
        "strength-to-protect": (
            proved(asked, given(strategy_recovery=60), {}),
            {"comparison": beside("strategy.recovery", "above")},
        ),
        "contested": (
            replace(people, agreement={NAMES[0]: Agreement(Fraction(20), Fraction(101, 6), 5)}),
            {},
        ),
        "minutes-thinner-than-claimed": (
            surveys.card(asked, given(leadership_ownership=60), minutes=Minutes("en", 6, 2)),
            {},
        ),
        "standing-alone": (surveys.card(asked, given() | {"culture.latitude.do": 53}), {}),
    }


def first_of(cases, rule):
    card, more = cases[rule]
    here = about(card, **more)
    return here, next(f for f in here.advice.findings if f.rule.id == rule)


WORDS = {
    "held-by-foundation": (
        "A weak foundation holds the whole back",
        (
            "Added up, the answers give 65 points, which is level 4. The level is 3 all the same, "
            "because nothing stands more than one level above its weakest foundation: Everyday "
            "customer presence."
        ),
        "One set of answers: one person\u2019s view",
    ),
    "built-on-sand": (
        "Plans run ahead of the habits that have to carry them",
        (
            f"Strategy: 65 points; Culture: 50; difference +15{NBSP}[+13 to +17]. Customers notice "
            "a plan only as far as everyday habits carry it."
        ),
        "Among 3 people who answered both; the tables count everybody, so a score may differ there",
    ),
    "words-before-deeds": (
        "Service recovery: more is decided than done",
        (
            f"What is done lies below what is decided; difference {MINUS}10{NBSP}[{MINUS}12 to "
            f"{MINUS}8] points. A customer meets only what is done."
        ),
        "Among 3 people who answered both",
    ),
    "view-from-the-top": (
        "Top management and the front line see different organisations",
        (
            f"On the same questions, Leadership: 60 points; Front line: 50; difference "
            f"+10{NBSP}[+9 to +11]."
        ),
        "5 and 5 people",
    ),
    "blind-spot": (
        "Ownership and commitment: a blind spot in these answers",
        (
            f"\u201cI don't know\u201d makes up 50{NBSP}% of what could have been answered here. "
            "That says nothing about how well it is done, only that those who were asked do not "
            "see it."
        ),
        "5 people",
    ),
    "thin-evidence": (
        "Culture: the high level rests largely on word",
        (
            "The level is 4, with a score of 60. Of 4 answers at level 4 or above, 4 have neither "
            "a document nor a figure behind them."
        ),
        "One set of answers: one person\u2019s view",
    ),
    "silo-spread": (
        "By their own answers, the units work very differently",
        (
            "Of 2 units, the highest is north: 70 points. The lowest is south: 50; difference "
            f"+20{NBSP}[+19 to +21], clear also among all pairs of units."
        ),
        "5 and 5 people",
    ),
    "ears-without-hands": (
        "People are asked more than their answers are used",
        (
            "Listening coverage: 60 points; Closing the loop: 35; difference +25. Whoever is asked "
            "and then sees nothing change has little reason to answer again."
        ),
        "One set of answers: one person\u2019s view",
    ),
    "extras-before-basics": (
        "New things are planned on an unsafe floor",
        (
            f"Of the effort that was decided, 33{NBSP}% is for something new, while a foundation "
            "is at level 2 or below: Everyday customer presence."
        ),
        "2 actions",
    ),
    "standing-still": (
        "The work stands where it stood while peers moved on",
        (
            f"Own change since last time: +1{NBSP}[{MINUS}5 to +7] points, not distinguishable, "
            "which means that these answers cannot tell. The median of 10 peers went from 50 to "
            "55, edition 2026.9 to edition 2026.10."
        ),
        "5 people",
    ),
    "loop-left-open": (
        "The last plan is not finished",
        (
            "Actions that are due: 3; closed: 1. An action is closed when it was done and measured "
            "again, or dropped on purpose."
        ),
        "3 actions due",
    ),
    "strength-to-protect": (
        "Service recovery: it works, and it can be shown",
        (
            "Level 4, with a score of 60; the median of 10 peers is 40. Every answer has a "
            "document or a figure behind it."
        ),
        "One set of answers: one person\u2019s view",
    ),
    "contested": (
        "On 1 of 1 questions, people describe different organisations",
        (
            "There the answers lie too far apart to be one view. One such question: "
            "\u201cWhat place must customers have in your teams' ordinary meetings?\u201d"
        ),
        "5 people",
    ),
    "minutes-thinner-than-claimed": (
        "The minutes name customers less than the answers claim",
        (
            "Ownership and commitment: level 4. By the minutes that were given, customers came up "
            "in 2 of 6 meetings."
        ),
        "6 meetings",
    ),
    "standing-alone": (
        "People rescue what the rules do not",
        (
            "What is done, Front-line latitude to do the right thing: 53. What is decided, Service "
            "recovery: 50. Difference: 3 steps of the scale."
        ),
        "One set of answers: one person\u2019s view",
    ),
}


@pytest.mark.parametrize("rule", WORDS)
def test_a_finding_says_its_numbers_with_their_interval(cases, rule):
    here, finding = first_of(cases, rule)
    spoken_ = said(here, finding)

    assert (spoken_.heading, spoken_.text, spoken_.who) == WORDS[rule]


def test_two_roles_on_some_of_the_questions_say_that_the_table_takes_all(cases):
    here, finding = first_of(cases, "view-from-the-top")
    seen = here.card.perception
    some = replace(here.card, perception=replace(seen, questions=seen.questions[:3], asked=7))

    assert said(replace(here, card=some), finding).who == (
        "5 and 5 people, on 3 of 7 questions; the table by role takes all of them, so a score may "
        "differ there"
    )


def test_whoever_is_compared_is_counted_out_of_all_of_a_role_who_answered(cases):
    here, finding = first_of(cases, "view-from-the-top")
    roles = {"front-line": 9, "leadership": 6, "support": 20}

    assert said(replace(here, card=replace(here.card, roles=roles)), finding).who == (
        "5 of 6 and 5 of 9 people"
    )


def test_whoever_is_compared_is_counted_out_of_all_of_a_unit_who_answered(cases):
    """North is the highest."""
    here, finding = first_of(cases, "silo-spread")
    units = tuple(replace(u, n={"north": 5, "south": 7}[u.id]) for u in here.card.splits.units)
    card = replace(here.card, splits=replace(here.card.splits, units=units))

    assert said(replace(here, card=card), finding).who == "5 of 5 and 5 of 7 people"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("strategy.recovery.do", ", not of one view"),
        ("strategy.insight.do", ""),
    ],
)
def test_a_finding_on_a_contested_question_says_so(cases, question, words):
    here, finding = first_of(cases, "words-before-deeds")
    agreement = {question: Agreement(Fraction(9, 10), Fraction(5, 6), 20)}
    card = replace(here.card, agreement=agreement)

    assert said(replace(here, card=card), finding).who == (
        f"Among 3 people who answered both{words}"
    )


@pytest.mark.parametrize(
    ("capabilities", "steps"),
    [
        (("culture.presence", "strategy.recovery"), "Taken up by step 2 of the shortest path"),
        (("strategy.recovery",) * 2, "Taken up by steps 1 and 2 of the shortest path"),
        (("culture.presence",), ""),
        ((), ""),
    ],
)
def test_a_finding_names_the_steps_of_the_path_that_take_it_up(cases, shipped, capabilities, steps):
    here, _ = first_of(cases, "words-before-deeds")
    known = {c.id: c.steps for d in shipped.dimensions for c in d.capabilities}
    here = replace(
        here, capabilities=tuple(replace(c, steps=known[c.id]) for c in here.capabilities)
    )
    lifts = tuple(
        Lift(name, f"{name}.do", "2", "3", step, 1, "basic", Fraction(0), Fraction(1, 2), 3)
        for step, name in enumerate(capabilities, 2)
    )
    advice = replace(here.advice, path=Path_(4, lifts, len(lifts)))

    found = section(replace(here, advice=advice))

    assert [
        entry.steps
        for group in found.groups
        for rule in group.rules
        for entry in rule.entries
        if entry.said.rule == "words-before-deeds"
    ] == [steps]


@pytest.mark.parametrize("rule", WORDS)
def test_a_condition_delivers_all_the_names_that_texts_may_hold(cases, rule):
    here, finding = first_of(cases, rule)

    assert spoken(here, finding).keys() == KINDS[finding.rule.condition].says


def test_every_rule_of_cx_is_tried_here(shipped):
    assert [rule.id for rule in shipped.findings] == [*WORDS]


def test_every_kind_of_condition_is_there_and_used(shipped):
    assert CONDITIONS.keys() == KINDS.keys() == {rule.condition for rule in shipped.findings}


def test_every_reason_has_its_words():
    assert len({reason_said(reason, Words("en")) for reason in REASONS}) == len(REASONS)


def test_a_heading_has_twelve_words_at_most(shipped):
    """A title counts as well, unless it is a long one."""
    for rule in shipped.findings:
        names = {"title": "A title of four", "contested": "40", "of": "40"}
        words = named(rule.heading.to("en"), names).split()
        assert len(words) <= 12, rule.id


def test_a_rule_is_said_with_its_thresholds(shipped):
    rules = {rule.id: rule for rule in shipped.findings}

    def words(rule, **more):
        return condition_said(rules[rule], shipped, Words("en"), **more)

    assert words("built-on-sand", is_panel=True) == (
        "Strategy less Culture, of the same people: 15 points or more, and more than chance "
        "explains (the interval does not include 0)."
    )
    assert words("built-on-sand", is_panel=False) == (
        "Strategy less Culture, in one set of answers: 20 points or more, and above 0 whatever the "
        "missing answers were."
    )
    assert words("blind-spot") == (
        f"\u201cDon\u2019t know\u201d makes up 20{NBSP}% or more of a dimension\u2019s weight, or "
        f"40{NBSP}% or more of a capability\u2019s."
    )
    assert words("extras-before-basics") == (
        "Any foundation is at level 2 or below, while 1/3 or more of the effort decided is of the "
        "kind \u201cInnovate\u201d."
    )


UNTRIED = (
    (
        "There are no two roles of five people to compare.",
        "Top management and the front line see different organisations",
    ),
    (
        "No answer says what evidence there is for it.",
        "The high level rests largely on word",
    ),
    (
        "There are no two units of five people to compare.",
        "By their own answers, the units work very differently",
    ),
    (
        "No actions were decided after this round.",
        "New things are planned on an unsafe floor",
    ),
    (
        "There is no earlier round to compare with.",
        "The work stands where it stood while peers moved on",
    ),
    (
        "No actions were decided after an earlier round.",
        "The last plan is not finished",
    ),
    (
        "There are no peers to compare with.",
        "It works, and it can be shown",
    ),
    (
        "They need the answers of several people.",
        "On … of … questions, people describe different organisations",
    ),
    (
        "No minutes were given.",
        "The minutes name customers less than the answers claim",
    ),
)


def test_the_section_says_how_much_was_tried_and_what_could_not_be(cases):
    here, _ = first_of(cases, "ears-without-hands")
    part = section(here)

    assert part.head.finding == "One finding asks for a decision"
    assert part.tried == ("15 rules: 1 found something, 5 nothing, and 9 could not be tried.")
    assert [(some.reason, *[way.text for way in some.rules]) for some in part.untried] == [
        (f"{reason} Not tried:", f"\u201c{heading}\u201d") for reason, heading in UNTRIED
    ]


def test_a_finding_leads_to_its_rule_and_to_how_its_scores_came_about(cases):
    here, _ = first_of(cases, "ears-without-hands")
    [rule] = section(here).groups[0].rules
    [entry] = rule.entries

    assert rule.rule.path == "method/tiny/1.0/index.html#rule-ears-without-hands"
    assert entry.anchor == "finding-ears-without-hands:measurement.listening"
    assert [(way.text, way.path) for way in entry.traces] == [
        ("Listening coverage", "organisations/o/w/trace/index.html#measurement.listening"),
        ("Closing the loop", "organisations/o/w/trace/index.html#measurement.loop"),
    ]
    assert [(s.rule, s.link) for s in board_findings(here)] == [
        ("ears-without-hands", "#finding-ears-without-hands:measurement.listening")
    ]


def test_a_rule_that_fires_often_is_written_out_five_times(cx):
    names = [name for parts in SHAPE.values() for name in parts]
    people = [given() | {f"{name}.do": 20 + n for name in names} for n in range(5)]
    here = about(surveys.card(cx, people))
    rules = section(here).groups[0].rules
    [rule] = [r for r in rules if r.rule.text == "More is decided than done"]

    assert len(rule.entries) == 5
    assert rule.more == "By the same rule, also: x and x."


def test_what_several_findings_of_a_rule_have_in_common_is_said_once(cx):
    low = ("culture.presence.do", "culture.latitude.do")
    people = [given() | dict.fromkeys(low, 20 + n) for n in range(5)]
    [rule] = [
        r
        for r in section(about(surveys.card(cx, people))).groups[0].rules
        if r.rule.text == "More is decided than done"
    ]

    assert rule.heading == "More is decided than done"
    assert (
        rule.text == "What is done lies below what is decided. A customer meets only what is done."
    )
    assert [(e.heading, e.text[:12], e.text[-8:]) for e in rule.entries] == [
        ("x", "Difference \N{MINUS SIGN}", " points.")
    ] * 2


def test_the_only_finding_of_a_rule_says_all_itself(cx):
    people = [given() | {"culture.presence.do": 20 + n} for n in range(5)]
    [rule] = [
        r
        for r in section(about(surveys.card(cx, people))).groups[0].rules
        if r.rule.text == "More is decided than done"
    ]
    [entry] = rule.entries

    assert (rule.heading, rule.text) == ("", "")
    assert (entry.heading, entry.text) == (entry.said.heading, entry.said.text)


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        (
            {"culture.presence.do": "unsure"},
            "Nothing asks for a decision, and two findings for a closer look",
        ),
        ({}, "Nothing stands out by these rules"),
    ],
)
def test_the_section_s_heading_is_what_was_found(cx, changed, finding):
    assert section(about(surveys.card(cx, given() | changed))).head.finding == finding


def test_a_questionnaire_without_rules_has_no_section(cx):
    assert section(about(surveys.card(replace(cx, findings=()), given()))) is None


# --- minutes -----------------------------------------------------------------


def test_three_meetings_are_evidence_and_two_are_not(cx):
    three = about(surveys.card(cx, given(), minutes=Minutes("fi", 3, 2)))
    two = about(surveys.card(cx, given(), minutes=Minutes("fi", 2, 2)))

    assert minutes_evidence(three).heading == "In the minutes"
    assert minutes_evidence(three).sentences == (
        "In 2 of 3 meetings customers came up.",
        (
            "This is evidence, not part of the score: a count over the minutes that were given, of "
            "those that hold a word for customers. What was said of them is not judged."
        ),
    )
    assert minutes_evidence(two) is None
    assert minutes_evidence(about(surveys.card(cx, given()))) is None


# --- what is wrong with rules ------------------------------------------------


def wrong(text, *, is_warning=False):
    """Return what is said of a file of rules with this text."""
    problems, path = Problems(), Path("findings.yaml")
    known = Known(("en",), {}, {}, (), None, levels=5, has_foundations=False, is_complete=True)
    rules(Item(read_yaml(text, path, problems), "", problems), known)
    return list(map(str, problems.warnings if is_warning else problems.errors))


def rule(number=0, heading="H", text="T"):
    return (
        f"- {{id: r{number}, severity: act, when: {{held: {{}}}}, heading: {heading}, "
        f"text: {text}, leads-to: L}}\n"
    )


def test_a_questionnaire_has_two_hundred_rules_at_most():
    assert wrong("".join(map(rule, range(200)))) == []
    assert wrong("".join(map(rule, range(201)))) == ["findings.yaml:1:1: 201 rules; at most 200"]


def test_a_heading_of_more_than_twelve_words_is_a_warning():
    twelve = "one two three four five six seven eight nine ten eleven twelve"

    assert wrong(rule(heading=twelve), is_warning=True) == []
    assert wrong(rule(heading=f"{twelve} more"), is_warning=True) == [
        "findings.yaml:1:54: warning: r0.heading: 13 words; a heading has 12 at most"
    ]


NAMES_OF_HELD = "known: basis, by, held, held_name, level, level_name, score"


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("{by.__class__}", NAMES_OF_HELD),
        ("{by[0]}", "did you mean 'by'?"),
        ("{0}", NAMES_OF_HELD),
        ("{}", NAMES_OF_HELD),
    ],
)
def test_a_text_reaches_nothing_but_what_its_condition_delivers(name, advice):
    nothing = f"'{name}' is nothing that the condition 'held' delivers"

    assert wrong(rule(text=f'"{name}"')) == [f"findings.yaml:1:63: r0.text: {nothing}; {advice}"]


@pytest.mark.parametrize("text", ["{by:>9999999999}", "{by!r}", "{by:{by}}"])
def test_a_name_is_filled_in_without_a_form(text):
    assert wrong(rule(text=f'"{text}"')) == [
        "findings.yaml:1:63: r0.text: '{by}' stands with a form of its own; write the name alone"
    ]


# --- the guide ---------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_condition_is_explained_with_its_parameters_and_names(kind):
    guide = (CX.parents[3] / "content/pages/findings.md").read_text("utf-8")
    [row] = [line for line in guide.splitlines() if line.startswith(f"| `{kind}` |")]
    _, _, _, parameters, names, _ = row.split("|")

    assert {*re.findall(r"`([a-z-]+)`", parameters)} >= {*KINDS[kind].needs, *KINDS[kind].may}
    assert {*re.findall(r"`(\w+)`", names), "basis"} == KINDS[kind].says
    assert f"\n{kind}: {{" in guide
