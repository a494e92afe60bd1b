"""The shortest path: against every set of lifts there is, and by hand."""

import importlib
import itertools
import os
import random
import re
import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity.advise import advise
from cx_maturity.advising.lifts import anchors
from cx_maturity.editions import Comparison
from cx_maturity.model import (
    Action,
    Answer,
    Capability,
    Choice,
    Dimension,
    Level,
    Numeric,
    Option,
    Organisation,
    Outcome,
    Points,
    Question,
    Respondent,
    Scale,
    State,
    Step,
    Subset,
    Target,
    Wave,
)
from cx_maturity.parts.foundation import held
from cx_maturity.parts.path import next_action, target_scores
from cx_maturity.parts.subject import subject
from cx_maturity.path import shortest_path
from cx_maturity.score import measures, scorecard
from cx_maturity.words import Words

sys.path.append(str(Path(__file__).resolve().parent))  # the builders are no tests
surveys = importlib.import_module("surveys")

# How many questionnaires are drawn; more by CX_MATURITY_PATHS=3000 pytest tests/test_path.py.
CASES = int(os.environ.get("CX_MATURITY_PATHS", "240"))
# More sets of lifts than this are not all tried.
MOST_SETS = 260
ROOT = Path(__file__).resolve().parent.parent
FIFTHS = tuple(Fraction(n, 5) for n in range(5))
UNSURE = Answer(State.UNSURE)
NOT = Answer(State.NOT_APPLICABLE, reason="too-small")
TEXT = surveys.words()


def scale(low=1, high=5):
    return Scale(f"{low}-{high}", Points(low, high), {})


def steps(*efforts, kinds="bbui"):
    """Return steps from level 1 on; *kinds* by first letter, u for build."""
    kind_of = {"b": "basic", "u": "build", "i": "innovate"}
    return tuple(
        Step(start, effort, kind_of[kind], TEXT, TEXT, TEXT)
        for start, (effort, kind) in enumerate(zip(efforts, kinds, strict=False), 1)
    )


def question(name, **more):
    return Question(name, TEXT, **{"scale": scale(), **more})


def capability(name, *questions, foundation=False, weight=1, efforts=(1, 2, 3, 4), kinds="bbui"):
    asked = tuple(q if isinstance(q, Question) else question(q) for q in questions)
    return Capability(
        name, TEXT, asked, weight, foundation=foundation, steps=steps(*efforts, kinds=kinds)
    )


def dimension(name, *capabilities, **more):
    return Dimension(name, TEXT, capabilities=capabilities, **more)


def questionnaire(*dimensions, **rules):
    asked = frozenset(q.id for d in dimensions for q in d.all_questions())
    levels = tuple(Level(n, TEXT, start) for n, start in enumerate(FIFTHS, 1))
    plain = surveys.questionnaire({"d": ["q"]})
    subsets = (Subset("full", TEXT, asked),)
    return replace(plain, dimensions=dimensions, levels=levels, subsets=subsets, **rules)


def answer(asked, given):
    """Answer a question with the number *given*, or in any other state."""
    if not isinstance(given, int):
        return given
    kind = asked.scale.kind
    share = Fraction(given - kind.low, kind.high - kind.low)
    return Answer(State.VALUE, str(given), 1 - share if asked.reverse else share)


def wave(asked, *people, roles=(), **more):
    """Build a wave: one mapping is one set of answers, several are people."""
    questions = {q.id: q for q in asked.questions()}
    respondents = tuple(
        Respondent({name: answer(questions[name], g) for name, g in given.items() if g}, role)
        for given, role in itertools.zip_longest(people, roles)
    )
    return Wave("w", asked, "full", date(2026, 5, 19), respondents, len(people) > 1, **more)


def raised(a_wave, ends):
    """Raise everybody who is below the share that *ends* names for a question; nobody else."""

    def lift(name, given):
        to = ends.get(name)
        if given.share is None or to is None or given.share >= to:
            return given
        return replace(given, share=to)

    return replace(
        a_wave,
        respondents=tuple(
            replace(person, answers={name: lift(name, g) for name, g in person.answers.items()})
            for person in a_wave.respondents
        ),
    )


def ends_of(asked, lifts):
    """Return the highest share that *lifts* raise each question to."""
    questions = {q.id: q for q in asked.questions()}
    found = {}
    for lift in lifts:
        share = answer(questions[lift.question], int(lift.end)).share
        found[lift.question] = max(share, found.get(lift.question, share))
    return found


# --- against every set of lifts ------------------------------------------------


def level_of(asked, share):
    if asked.staged:
        return min(5, 1 + int(share * 5))
    return sum(level.start <= share for level in asked.levels)


def chains(asked, card):
    """List (question, [(share after it, effort, kind, step), ...], whether a foundation)."""
    found = []
    for part in asked.dimensions:
        for cap in part.capabilities:
            by_level = {step.start: step for step in cap.steps}
            for one in cap.questions:
                mean = card.questions[one.id].mean
                if len(card.wave.respondents) >= 5:
                    if card.questions[one.id].n < 5:
                        continue
                    if one.id in card.hidden_means:
                        mean = card.capabilities[cap.id].score
                if mean is None:
                    continue
                top = one.scale.kind.high - one.scale.kind.low
                at = Fraction(mean * top // 1)
                lifts = []
                while at < top and (step := by_level.get(level_of(asked, at / top))):
                    at += 1
                    lifts.append((at / top, step.effort, step.kind, (cap.id, step.start)))
                found.append((one.id, lifts, part.foundation or cap.foundation))
    return found


def by_trying(a_wave, goal, allows=None):
    """Return the best allowed set: effort, on foundations, on what is new, score, lifts."""
    asked, card = a_wave.questionnaire, scorecard(a_wave)
    known = chains(asked, card)
    has_gate = asked.gate is not None
    best = None
    for numbers in itertools.product(*[range(len(lifts) + 1) for _, lifts, _ in known]):
        taken = [
            (held, effort, kind)
            for number, (_, lifts, held) in zip(numbers, known, strict=True)
            for _, effort, kind, _ in lifts[:number]
        ]
        steps_ = {
            lift[-1]
            for number, (_, lifts, _) in zip(numbers, known, strict=True)
            for lift in lifts[:number]
        }
        own = {cap: sorted(start for name, start in steps_ if name == cap) for cap, _ in steps_}
        if allows and not all(allows(*pair) for pair in own.items()):
            continue
        effort = sum(e for _, e, _ in taken)
        if best and effort > best[0]:
            continue
        ends = {
            name: lifts[number - 1][0]
            for number, (name, lifts, _) in zip(numbers, known, strict=True)
            if number
        }
        overall = measures(raised(a_wave, ends))["overall"]
        if overall.gated_level is None or overall.gated_level < goal:
            continue
        found = (
            effort,
            -sum(e for held, e, _ in taken if held and has_gate),
            sum(e for _, e, kind in taken if kind == "innovate"),
            -overall.score,
            tuple(-number for number in numbers),
        )
        best = min(best, found) if best else found
    return best


def sets(a_wave):
    found = 1
    for _, lifts, _ in chains(a_wave.questionnaire, scorecard(a_wave)):
        found *= len(lifts) + 1
    return found


def drawn(seed):
    """Draw a wave of a small questionnaire of which every set of lifts can be tried."""
    chance = random.Random(seed)  # noqa: S311 - the same seed, the same wave
    while True:
        found = draw(chance)
        if found is not None and 1 < sets(found) <= MOST_SETS:
            return found


def draw(chance):
    staged = chance.random() < 0.3
    gate = chance.choice([None, 0, 1, 1, 2])
    names = iter("abcdefgh")
    number = itertools.count(1)
    held_dimension = gate is not None and chance.random() < 0.2
    dimensions = []
    for d in range(chance.randint(1, 2)):
        capabilities = []
        for _ in range(chance.randint(1, 2)):
            asked = [
                question(
                    f"q{next(number)}",
                    scale=scale(*chance.choice([(1, 5), (1, 5), (0, 1), (1, 4), (0, 3)])),
                    weight=chance.choice([1, 1, 2, 3]),
                    reverse=chance.random() < 0.2,
                    level=chance.randint(1, 5) if staged else None,
                )
                for _ in range(chance.randint(1, 2))
            ]
            capabilities.append(
                capability(
                    next(names),
                    *asked,
                    foundation=gate is not None and not held_dimension and chance.random() < 0.5,
                    weight=chance.choice([1, 1, 2]),
                    efforts=[chance.randint(1, 4) for _ in range(4)],
                    kinds="".join(chance.choice("bui") for _ in range(4)),
                )
            )
        dimensions.append(
            dimension(
                f"d{d}",
                *capabilities,
                weight=chance.choice([1, 1, 3]),
                foundation=held_dimension and d == 0,
            )
        )
    made = questionnaire(
        *dimensions,
        staged=staged,
        staged_pass=chance.choice([Fraction(1), Fraction(1, 2), Fraction(2, 3)]),
        gate=gate,
    )
    people = chance.choice([1, 1, 2, 3, 5, 10])
    middle = chance.uniform(0, 1)
    answers = [{q.id: given(chance, q, middle) for q in made.questions()} for _ in range(people)]
    roles = chance.choice([(), ["lead", "front"] * 5]) if people > 1 else ()
    fixed = chance.choice([None, "pooled", "role-balanced"]) if roles else None
    found = wave(made, *answers, roles=roles[:people], combine=fixed)
    overall = measures(found)["overall"]
    return found if overall.gated_level is not None and overall.gated_level < 5 else None


def given(chance, asked, middle):
    fate = chance.random()
    if fate < 0.08:
        return None
    if fate < 0.13:
        return UNSURE
    if fate < 0.18:
        return NOT
    kind = asked.scale.kind
    place = min(1, max(0, chance.gauss(middle, 0.25)))
    return answer(asked, kind.low + round(place * (kind.high - kind.low)))


@pytest.mark.parametrize("seed", range(CASES))
def test_no_set_of_lifts_is_better(seed):
    """Effort first, then ties: foundations, what is new, gain, the questionnaire's order."""
    a_wave = drawn(seed)
    asked, card = a_wave.questionnaire, scorecard(a_wave)
    level = card.overall.gated_level
    goal = (level + 1, level + 1, min(5, level + 2), 5)[seed % 4]

    best = by_trying(a_wave, goal)
    path = shortest_path(card, goal)

    if best is None:
        assert (path.lifts, path.effort) == ((), 0)
        assert path.reason in {"no-steps", "out-of-reach", "few"}
        return
    counts = {lift.question: 0 for lift in path.lifts}
    for lift in path.lifts:
        counts[lift.question] += 1
    known = chains(asked, card)
    foundations = {name for name, _, held in known if held and asked.gate is not None}
    end = path.lifts[-1].score
    assert (path.reason, path.goal) == ("", goal)
    assert best == (
        path.effort,
        -sum(lift.effort for lift in path.lifts if lift.question in foundations),
        sum(lift.effort for lift in path.lifts if lift.kind == "innovate"),
        -end,
        tuple(-counts.get(name, 0) for name, _, _ in known),
    )


@pytest.mark.parametrize("seed", range(1, CASES, 4))
def test_no_allowed_set_of_lifts_is_better(seed):
    """Of each capability at most so many steps, or none from a level that is drawn."""
    a_wave = next(
        w for n in itertools.count() if not (w := drawn(1000 * seed + n)).questionnaire.staged
    )
    level = scorecard(a_wave).overall.gated_level
    most, never = seed % 3, 1 + seed % 5
    asked_of = []

    def allows(capability_, starts):
        asked_of.append((capability_, tuple(starts)))
        return len(starts) <= most and never not in starts

    best = by_trying(a_wave, level + 1, allows)
    path = shortest_path(scorecard(a_wave), level + 1, allows)

    assert all(list(starts) == sorted({*starts}) for _, starts in asked_of)
    if best is None:
        assert (path.lifts, path.effort) == ((), 0)
        return
    asked = a_wave.questionnaire
    foundations = {
        name
        for name, _, is_held in chains(asked, scorecard(a_wave))
        if is_held and asked.gate is not None
    }
    assert best[:4] == (
        path.effort,
        -sum(lift.effort for lift in path.lifts if lift.question in foundations),
        sum(lift.effort for lift in path.lifts if lift.kind == "innovate"),
        -path.lifts[-1].score,
    )


@pytest.mark.parametrize("seed", range(0, CASES, 4))
def test_after_each_lift_the_real_scorer_finds_its_score_and_level(seed):
    a_wave = drawn(seed)
    card = scorecard(a_wave)
    path = shortest_path(card, 5)
    before = card.overall.score

    for done in range(1, len(path.lifts) + 1):
        lift = path.lifts[done - 1]
        again = scorecard(raised(a_wave, ends_of(a_wave.questionnaire, path.lifts[:done])))
        assert (again.overall.score, again.overall.gated_level) == (lift.score, lift.level)
        assert again.capabilities[lift.capability].score == lift.capability_score
        assert lift.score - before == lift.gain
        before = lift.score
    assert not path.lifts or path.lifts[-1].level >= 5


@pytest.mark.parametrize("seed", range(0, CASES, 4))
def test_a_questions_lifts_are_in_ascending_order(seed):
    a_wave = drawn(seed)
    scales = {q.id: [name for _, name in anchors(q)] for q in a_wave.questionnaire.questions()}
    at = {}

    for lift in shortest_path(scorecard(a_wave), 5).lifts:
        rungs = scales[lift.question]
        assert rungs.index(lift.end) == rungs.index(lift.start) + 1
        assert at.get(lift.question, lift.start) == lift.start
        at[lift.question] = lift.end


def test_the_order_of_people_changes_nothing():
    for seed in range(0, CASES, 8):
        a_wave = drawn(seed)
        turned = replace(a_wave, respondents=a_wave.respondents[::-1])
        assert shortest_path(scorecard(turned), 5) == shortest_path(scorecard(a_wave), 5)


# --- by hand -------------------------------------------------------------------


def two(**more):
    """Two capabilities of one question, the first a foundation with a gate of one level."""
    return questionnaire(
        dimension("d", capability("a", "q1", foundation=True), capability("b", "q2")),
        **{"gate": 1, **more},
    )


def said(path):
    return [(lift.question, lift.start, lift.end, lift.effort) for lift in path.lifts]


def test_a_foundation_is_lifted_where_it_holds_the_level():
    """62.5 is level 4, but the foundation at level 2 allows 3: one step from its level 2."""
    path = shortest_path(scorecard(wave(two(), {"q1": 2, "q2": 5})))

    assert said(path) == [("q1", "2", "3", 2)]
    (lift,) = path.lifts
    assert (path.goal, path.effort, path.reason) == (4, 2, "")
    assert (lift.capability, lift.step, lift.kind) == ("a", 2, "basic")
    assert (lift.gain, lift.score, lift.level) == (Fraction(1, 8), Fraction(3, 4), 4)


def test_a_tie_goes_to_the_foundation():
    """From 50 to 60 one lift of either does, at 3 each; the foundation's is even an innovation."""
    held = capability("b", "q2", foundation=True, efforts=(1, 1, 3, 1), kinds="bbib")
    asked = questionnaire(dimension("d", capability("a", "q1", efforts=(1, 1, 3, 1)), held), gate=1)

    assert said(shortest_path(scorecard(wave(asked, {"q1": 3, "q2": 3})))) == [("q2", "3", "4", 3)]


def test_a_tie_goes_to_what_is_not_new():
    """From 50 to 60: one lift of either is 12.5; both cost 3, one of them is an innovation."""
    new = capability("a", "q1", efforts=(1, 1, 3, 1), kinds="bbib")
    old = capability("b", "q2", efforts=(1, 1, 3, 1), kinds="bbub")
    asked = questionnaire(dimension("d", new, old))

    assert said(shortest_path(scorecard(wave(asked, {"q1": 3, "q2": 3})))) == [("q2", "3", "4", 3)]


def test_a_tie_goes_to_the_greater_gain_and_then_to_the_earlier_question():
    alike = questionnaire(dimension("d", capability("a", "q1", "q2")))
    heavier = questionnaire(dimension("d", capability("a", "q1", question("q2", weight=2))))

    for asked, first in ((alike, "q1"), (heavier, "q2")):
        path = shortest_path(scorecard(wave(asked, {"q1": 3, "q2": 3})))
        assert said(path) == [(first, "3", "4", 3)]


def test_everybody_below_the_anchor_is_raised_and_nobody_above():
    """Mean of 1, 2, 3, 4, 5 is 3: to 4 move 1, 2 and 3, by 3 + 2 + 1 of 20 steps."""
    asked = questionnaire(dimension("d", capability("a", "q1")))
    people = [{"q1": n} for n in (1, 2, 3, 4, 5)]

    path = shortest_path(scorecard(wave(asked, *people)))

    assert said(path) == [("q1", "3", "4", 3)]
    assert (path.lifts[0].gain, path.lifts[0].score) == (Fraction(6, 20), Fraction(16, 20))


def test_roles_count_alike_where_the_wave_balances_them():
    """
    Five leads answer 2, one front line answers 4.

    Balanced, the mean is (25 + 75) / 2 = 50, anchor 3; to 4 the leads alone gain, half of 50.
    Pooled, it is 33.3, anchor 2: to 3 the leads gain 5/6 of 25.
    """
    asked = questionnaire(dimension("d", capability("a", "q1")))
    people, roles = [{"q1": 2}] * 5 + [{"q1": 4}], ["lead"] * 5 + ["front"]

    balanced, pooled = (
        shortest_path(scorecard(wave(asked, *people, roles=roles, combine=how)))
        for how in ("role-balanced", "pooled")
    )

    assert [(lift.start, lift.end, lift.gain) for lift in balanced.lifts] == [
        ("3", "4", Fraction(1, 4))
    ]
    assert [(lift.start, lift.end, lift.gain) for lift in pooled.lifts] == [
        ("2", "3", Fraction(5, 24))
    ]


def test_nobodys_answer_is_no_answer_to_lift():
    """Only q2 has an answer; q1 is unsure, unanswered or not applicable for everybody."""
    asked = questionnaire(dimension("d", capability("a", "q1", "q2")))

    for nothing in (UNSURE, NOT, None):
        path = shortest_path(scorecard(wave(asked, {"q1": nothing, "q2": 2})))
        assert said(path) == [("q2", "2", "3", 2)]


def test_only_what_was_asked_is_lifted():
    asked = questionnaire(dimension("d", capability("a", "q1", "q2")))
    short = replace(asked, subsets=(Subset("full", TEXT, frozenset({"q2"})),))

    assert said(shortest_path(scorecard(wave(short, {"q2": 2})))) == [("q2", "2", "3", 2)]


def test_basics_come_before_build_before_innovate():
    asked = questionnaire(
        dimension(
            "d",
            capability("a", "q1", efforts=(1, 1, 1, 1), kinds="bbui"),
            capability("b", "q2", efforts=(1, 1, 1, 1), kinds="bbui"),
        )
    )

    path = shortest_path(scorecard(wave(asked, {"q1": 1, "q2": 1})), 5)

    assert [(lift.question, lift.kind) for lift in path.lifts] == [
        ("q1", "basic"),
        ("q2", "basic"),
        ("q1", "basic"),
        ("q2", "basic"),
        ("q1", "build"),
        ("q2", "build"),
        ("q1", "innovate"),
    ]


def test_inside_a_kind_foundations_come_first_then_steps_then_effort_then_gain():
    asked = questionnaire(
        dimension(
            "d",
            capability("a", "q1", efforts=(2, 2, 3, 4)),
            capability("b", "q2", efforts=(1, 2, 3, 4)),
            capability("c", "q3", efforts=(1, 2, 3, 4), weight=2),
            capability("e", "q4", efforts=(4, 4, 4, 4), foundation=True),
        ),
        gate=0,
    )

    path = shortest_path(scorecard(wave(asked, dict.fromkeys(("q1", "q2", "q3", "q4"), 1))), 5)

    basics = [(lift.question, lift.step) for lift in path.lifts if lift.kind == "basic"]
    assert basics == [
        ("q4", 1),
        ("q4", 2),
        ("q3", 1),
        ("q2", 1),
        ("q1", 1),
        ("q3", 2),
        ("q1", 2),
        ("q2", 2),
    ]


def test_a_later_lift_never_stands_before_an_earlier_one_of_its_question():
    """The first step is an innovation, the second a basic: it still comes second."""
    asked = questionnaire(
        dimension("d", capability("a", "q1", kinds="ibui"), capability("b", "q2", kinds="bbui"))
    )

    path = shortest_path(scorecard(wave(asked, {"q1": 1, "q2": 3})), 3)

    assert [(lift.question, lift.start, lift.kind) for lift in path.lifts] == [
        ("q1", "1", "innovate"),
        ("q1", "2", "basic"),
    ]


def test_say_and_do_of_one_step_are_done_together():
    asked = questionnaire(
        dimension("d", capability("a", "a.say", "a.do"), capability("b", "b.say", "b.do"))
    )
    low = dict.fromkeys(("a.say", "a.do", "b.say", "b.do"), 1)

    path = shortest_path(scorecard(wave(asked, low)), 3)

    assert [(lift.question, lift.step) for lift in path.lifts[:4]] == [
        ("a.say", 1),
        ("a.do", 1),
        ("b.say", 1),
        ("b.do", 1),
    ]


def test_a_staged_level_needs_the_questions_of_every_level_up_to_it():
    """Level 2 is passed; of level 3 the questions average 25 % and need 50 %."""
    asked = questionnaire(
        dimension(
            "d",
            capability(
                "a",
                question("q1", level=2),
                question("q2", level=3),
                question("q3", level=3),
                question("q4", level=4),
            ),
        ),
        staged=True,
        staged_pass=Fraction(1, 2),
    )

    path = shortest_path(scorecard(wave(asked, {"q1": 4, "q2": 1, "q3": 3, "q4": 1})))

    assert said(path) == [("q2", "1", "2", 1), ("q2", "2", "3", 2)]
    assert [lift.level for lift in path.lifts] == [2, 3]


def test_the_lowest_answer_decides_where_a_measure_is_its_minimum():
    """Every answer below 3 has to be a 3; the score rises with the last of the lowest."""
    asked = questionnaire(
        dimension("d", capability("a", "q1", "q2"), capability("b", "q3")), aggregate="minimum"
    )

    path = shortest_path(scorecard(wave(asked, {"q1": 2, "q2": 4, "q3": 2})))

    assert said(path) == [("q1", "2", "3", 2), ("q3", "2", "3", 2)]
    assert [(lift.gain, lift.score, lift.level) for lift in path.lifts] == [
        (0, Fraction(1, 4), 2),
        (Fraction(1, 4), Fraction(1, 2), 3),
    ]


def test_of_many_peoples_minimum_there_is_no_path():
    asked = two(aggregate="minimum")

    path = shortest_path(scorecard(wave(asked, {"q1": 2, "q2": 2}, {"q1": 3, "q2": 2})))

    assert (path.goal, path.lifts, path.reason) == (3, (), "not-additive")


def test_the_highest_level_has_no_path():
    path = shortest_path(scorecard(wave(two(), {"q1": 5, "q2": 5})))

    assert (path.goal, path.lifts, path.effort, path.reason) == (5, (), 0, "highest")


def test_a_level_that_is_reached_needs_no_lift():
    path = shortest_path(scorecard(wave(two(), {"q1": 3, "q2": 3})), 2)

    assert (path.goal, path.lifts, path.reason) == (2, (), "")


def test_a_foundation_without_a_score_leaves_no_level_to_start_from():
    asked = questionnaire(
        dimension("d", capability("b", "q2"), weight=3),
        dimension("e", capability("a", "q1", foundation=True), capability("c", "q3", weight=9)),
        gate=1,
    )

    path = shortest_path(scorecard(wave(asked, {"q1": UNSURE, "q2": 3, "q3": 3})))

    assert (path.lifts, path.reason) == ((), "no-level")


def test_a_foundation_that_does_not_apply_holds_nothing():
    assert said(shortest_path(scorecard(wave(two(), {"q1": NOT, "q2": 2})))) == [
        ("q2", "2", "3", 2)
    ]


def test_questions_without_steps_cannot_be_lifted():
    flat = questionnaire(Dimension("d", TEXT, questions=(question("q1"),)))
    bare = questionnaire(dimension("d", capability("a", "q1", efforts=())))

    for asked in (flat, bare):
        path = shortest_path(scorecard(wave(asked, {"q1": 2})))
        assert (path.goal, path.lifts, path.reason) == (3, (), "no-steps")


@pytest.mark.parametrize(("n", "reason"), [(4, "few"), (5, "")])
def test_a_path_that_needs_what_fewer_than_five_answered_is_not_there_for_that_reason(n, reason):
    """
    Five gave 50 to q1, of weight 2 and without a step; *n* of them 0 to q2.

    With q2 at the top the overall of four would be (50 + 4 * 200 / 3) / 5 = 63, which is level 4.
    """
    asked = questionnaire(
        dimension("d", capability("a", "q1", weight=2, efforts=()), capability("b", "q2"))
    )
    people = [{"q1": 3, "q2": 1 if i < n else None} for i in range(5)]

    path = shortest_path(scorecard(wave(asked, *people)), 4)

    assert (bool(path.lifts), path.reason) == (not reason, reason)


def test_a_foundation_of_whose_questions_few_answered_each_holds_a_path_back():
    """Four answered q1 and four others q2: eight have the foundation, and none of it is lifted."""
    asked = questionnaire(
        dimension("d", capability("a", "q1", "q2", foundation=True), capability("b", "q3")),
        gate=1,
    )
    people = [{"q1": 1, "q3": 5} for _ in range(4)] + [{"q2": 1, "q3": 5} for _ in range(4)]
    card = scorecard(wave(asked, *people))
    path = shortest_path(card)

    assert (card.capabilities["a"].n, card.capabilities["a"].level) == (8, 1)
    assert (path.goal, path.lifts, path.reason) == (3, (), "few")


def test_a_path_of_four_people_in_all_lifts_what_they_answered():
    asked = questionnaire(dimension("d", capability("a", "q1")))

    path = shortest_path(scorecard(wave(asked, *[{"q1": 2}] * 4)))

    assert said(path) == [("q1", "2", "3", 2)]


def test_a_capability_of_few_people_has_no_score_after_a_lift():
    """
    Half of four questions is a score of a: four of thirty have it, all answered the first.

    Their overall is nine tenths of b, 45; of the others 14 have 50 and 12 have 75: 59.33 in all.
    With q1 at the top the four gain a tenth of 50 each, which makes it 60, level 4.
    """
    asked = questionnaire(
        dimension(
            "d",
            capability("a", "q1", "q2", "q3", "q4"),
            capability("b", "q5", weight=9, efforts=()),
        )
    )
    people = [{"q1": 1, "q2": 1, "q5": 3}] * 4 + [{"q1": 1, "q5": 3}] * 14
    people += [{"q1": 1, "q5": 4}] * 12
    card = scorecard(wave(asked, *people))
    path = shortest_path(card)

    assert (card.capabilities["a"].n, card.capabilities["a"].score) == (4, None)
    assert [(lift.question, lift.end, lift.capability_score) for lift in path.lifts] == [
        ("q1", "2", None),
        ("q1", "3", None),
        ("q1", "4", None),
        ("q1", "5", None),
    ]
    assert path.lifts[-1].score == Fraction(3, 5)


def test_a_staged_level_that_nobody_was_asked_about_is_out_of_reach():
    asked = questionnaire(dimension("d", capability("a", question("q1", level=2))), staged=True)

    path = shortest_path(scorecard(wave(asked, {"q1": 5})))

    assert (path.goal, path.lifts, path.reason) == (3, (), "out-of-reach")
    assert shortest_path(scorecard(wave(asked, {"q1": 5})), 9).reason == "out-of-reach"


# --- scales --------------------------------------------------------------------


def test_on_a_finer_scale_every_anchor_costs_the_step_of_its_own_level():
    """0 to 10: 3 is level 2; from 3 to 6 are three anchors, the last from level 3."""
    asked = questionnaire(dimension("d", capability("a", question("q1", scale=scale(0, 10)))))

    path = shortest_path(scorecard(wave(asked, {"q1": 3})), 4)

    assert said(path) == [("q1", "3", "4", 2), ("q1", "4", "5", 3), ("q1", "5", "6", 3)]


def test_a_reversed_question_is_lifted_downwards():
    asked = questionnaire(dimension("d", capability("a", question("q1", reverse=True))))

    assert said(shortest_path(scorecard(wave(asked, {"q1": 4})))) == [("q1", "4", "3", 2)]


def test_the_answers_of_every_kind_of_scale_have_names():
    options = tuple(Option(name, TEXT, value) for name, value in (("y", 2), ("n", 0), ("no", 0)))
    half = Fraction(1, 2)

    assert anchors(question("q", scale=Scale("c", Choice(options), {}))) == [(0, "n"), (1, "y")]
    assert anchors(question("q", scale=scale(1, 3), reverse=True)) == [
        (0, "3"),
        (half, "2"),
        (1, "1"),
    ]
    numeric = Scale("n", Numeric((half, Fraction(10)), None), {})
    assert anchors(question("q", scale=numeric)) == [(0, "<0.5"), (half, "0.5"), (1, "10")]


# --- in words ------------------------------------------------------------------

NBSP = "\N{NO-BREAK SPACE}"
OWN_WORDS = {"owner", "baseline", "goal"}
TO = f"{NBSP}\N{RIGHTWARDS ARROW}{NBSP}"
# Between figures that are an organisation's own words.
ARROW = f"{NBSP}\N{RIGHTWARDS ARROW} "


def named():
    """Build a foundation and another capability with say and do, anchors and steps in words."""

    def asked(name, aspect):
        anchors_ = {str(n): surveys.words(f"{name} is {n}.") for n in range(1, 6)}
        return question(name, aspect=aspect, anchors=anchors_)

    def part(name, *, foundation):
        said_ = tuple(
            replace(
                step,
                action=surveys.words(f"Act on {name} {step.start}."),
                sign=surveys.words(f"Sign {step.start}."),
                number=surveys.words(f"Number {step.start}"),
            )
            for step in steps(1, 2, 3, 4)
        )
        both = (asked(f"{name}.say", "say"), asked(f"{name}.do", "do"))
        title = surveys.words(f"Part {name}")
        return replace(capability(name, *both, foundation=foundation), title=title, steps=said_)

    return questionnaire(
        dimension("d", part("a", foundation=True), part("b", foundation=False)), gate=1
    )


def about(a_wave, goal=None, before=()):
    if goal:
        a_wave = replace(a_wave, targets=(Target("overall", goal, None, None),))
    card, waves = scorecard(a_wave), (*before, a_wave)
    organisation = Organisation(
        "o", "Example", None, None, None, ("en",), public=True, fictional=True, waves=waves
    )
    alone = Comparison(None, {})
    advice = advise(organisation, card, alone, None, ())
    return subject(organisation, card, alone, Words("en"), advice=advice)


LOW = {"a.say": 2, "a.do": 2, "b.say": 5, "b.do": 5}


def test_say_and_do_of_a_step_are_one_action_in_the_anchors_words():
    way = held(about(wave(named(), LOW))).roadmap
    (group,) = way.groups
    (action,) = group.actions

    assert (way.heading, group.kind, group.does) == (
        "The shortest path to level 4",
        "Basics",
        "Opens level 4",
    )
    assert (action.place, action.rise, action.action) == (
        "1",
        f"Part a, step 2{TO}3",
        "Act on a 2.",
    )
    assert action.changes == (
        "Say: From “a.say is 2” (2) to “a.say is 3” (3).",
        "Do: From “a.do is 2” (2) to “a.do is 3” (3).",
    )
    assert (action.effort, action.gain, action.opens) == (
        "2 of 5: a month of one team’s work",
        f"Level 3{TO}4, +12.5 points",
        True,
    )
    assert (action.score, action.sign) == (f"Part a 25{TO}50", "Sign 2.")


def test_nobody_is_named_and_no_date_is_set_before_it_is_decided():
    (action,) = held(about(wave(named(), LOW))).roadmap.groups[0].actions

    assert (action.owner, action.is_owned) == ("To be named", False)
    assert action.by == "18 June 2026, proposed"
    assert (action.number, action.target) == ("Number 2", "Baseline to be taken")


def decided(name="x", **more):
    texts = {k: surveys.words(v) if v else None for k, v in more.items() if k in OWN_WORDS}
    return Action(name, surveys.words(f"Do {name}"), "basic", 2, **{**more, **texts})


def test_what_was_decided_for_a_step_gives_its_owner_day_and_target():
    own = decided(
        capability="a", start=2, owner="Head of A", due=date(2026, 12, 15),
        number=surveys.words("Share kept"), baseline="40 %", goal="70 %",
    )  # fmt: skip

    (action,) = held(about(wave(named(), LOW, actions=(own,)))).roadmap.groups[0].actions

    assert (action.action, action.owner, action.is_owned) == ("Do x", "Head of A", True)
    assert (action.by, action.number, action.target) == (
        "15 December 2026",
        "Share kept",
        f"40{NBSP}%{ARROW}70{NBSP}%",
    )


@pytest.mark.parametrize(
    ("baseline", "goal", "said_"),
    [
        ("", "", "Baseline to be taken"),
        ("4", "", "Now 4, target to be set"),
        ("", "9", "Target 9, baseline to be taken"),
    ],
)
def test_what_is_not_known_of_a_number_is_said(baseline, goal, said_):
    own = decided(capability="a", start=2, baseline=baseline, goal=goal)

    (action,) = held(about(wave(named(), LOW, actions=(own,)))).roadmap.groups[0].actions

    assert action.target == said_


def test_what_was_decided_outside_the_path_is_listed_apart():
    actions = (
        decided("x", capability="b", start=3, owner="B"),
        decided("y"),
        decided("z", capability="a", start=2),
        decided("w", capability="a", start=2, owner="W"),
    )

    way = held(about(wave(named(), LOW, actions=actions))).roadmap

    assert way.aside_heading == "Decided outside the shortest path"
    assert [(one.action, one.rise, one.owner) for one in way.aside] == [
        ("Do x", f"Part b, step 3{TO}4", "B"),
        ("Do y", "", "To be named"),
    ]
    assert way.groups[0].actions[0].also == (
        "Also decided for this step: Do w. Owner: W. By: 18 June 2026, proposed.",
    )


# --- what earlier waves decided for a step of the path ------------------------------

YEAR_AGO = date(2025, 5, 19)


def earlier(**more):
    """Build the wave of a year before, which decided the path's step under the id "x"."""
    own = decided(
        capability="a", start=2, owner="Head of A", number=surveys.words("Share kept"),
        baseline="18 %", goal="60 %", **more,
    )  # fmt: skip
    return replace(wave(named(), LOW, actions=(own,)), id="v", date=YEAR_AGO)


@pytest.mark.parametrize(
    ("due", "outcome", "by", "told"),
    [
        (
            date(2026, 3, 31),
            None,
            "Was due 31 March 2026; to be given a new day",
            "Decided in May 2025; it is past its day, and nothing was reported.",
        ),
        (
            date(2026, 3, 31),
            Outcome("x", "no"),
            "Was due 31 March 2026; to be given a new day",
            "Decided in May 2025; it is past its day, and not done.",
        ),
        (
            None,
            Outcome("x", "partly"),
            "Was due 18 June 2025; to be given a new day",
            "Decided in May 2025; it is past its day, and done in part.",
        ),
        (
            date(2026, 9, 30),
            Outcome("x", "partly"),
            "30 September 2026",
            "Decided in May 2025, and done in part so far.",
        ),
        (
            date(2026, 9, 30),
            None,
            "30 September 2026",
            "Decided in May 2025; its day is still to come.",
        ),
    ],
)
def test_a_step_decided_earlier_and_still_open_is_to_be_finished(due, outcome, by, told):
    now = wave(named(), LOW, outcomes=(outcome,) if outcome else ())

    action = next_action(about(now, before=(earlier(due=due),)))

    assert (action.action, action.owner, action.decided) == ("Do x", "Head of A", "x")
    assert (action.by, action.told, action.is_unfinished) == (by, (told,), True)
    assert action.target == f"18{NBSP}%{ARROW}60{NBSP}%"


def test_the_number_of_an_open_action_says_then_now_and_target():
    now = wave(named(), LOW, outcomes=(Outcome("x", "partly", surveys.words("34 %")),))

    assert next_action(about(now, before=(earlier(),))).target == (
        f"Then 18{NBSP}%, now 34{NBSP}%, target 60{NBSP}%"
    )


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (
            Outcome("x", "yes", surveys.words("60 %")),
            "Decided in May 2025 and done; these answers still ask for it.",
        ),
        (
            Outcome("x", "yes", surveys.words("60 %"), reached="yes"),
            "Decided in May 2025 and done, its goal reached; the answers have not followed yet.",
        ),
        (
            Outcome("x", "dropped"),
            "Decided in May 2025 and dropped; the path still leads over it.",
        ),
    ],
)
def test_a_closed_action_is_told_of_and_binds_nobody(outcome, told):
    now = wave(named(), LOW, outcomes=(outcome,))

    action = next_action(about(now, before=(earlier(),)))

    assert (action.action, action.owner, action.is_unfinished) == (
        "Act on a 2.",
        "To be named",
        False,
    )
    assert (action.by, action.told, action.decided) == ("18 June 2026, proposed", (told,), "")


def test_where_its_number_stands_is_told_of_a_closed_action_too():
    now = wave(named(), LOW, outcomes=(Outcome("x", "yes", surveys.words("64 %")),))

    assert next_action(about(now, before=(earlier(),))).target == (
        f"Then 18{NBSP}%, now 64{NBSP}%, target 60{NBSP}%"
    )


def test_what_is_decided_now_comes_before_what_was_decided_earlier():
    again = decided("again", capability="a", start=2, owner="Head of B")
    now = wave(named(), LOW, actions=(again,))

    action = next_action(about(now, before=(earlier(due=date(2026, 3, 31)),)))

    assert (action.owner, action.is_unfinished, action.decided) == ("Head of B", False, "again")
    assert action.told == ("Decided in May 2025; it is past its day, and nothing was reported.",)


def test_a_target_before_the_end_of_its_path_is_called_too_soon():
    """Two steps of part b, one a year: the second is proposed for June 2027."""
    low = {"a.say": 3, "a.do": 3, "b.say": 1, "b.do": 1}
    soon, later = (
        wave(named(), low, targets=(Target("overall", 3, None, by, known),))
        for by, known in ((date(2027, 5, 1), "month"), (date(2027, 6, 1), "month"))
    )

    late = (
        "The target, level 3 by May 2027, comes before the path of least effort to it ends, June "
        "2027. One that ends in time takes 5 points of effort, not 4."
    )
    way = held(about(soon)).roadmap
    assert way.too_soon == late
    assert way.in_time.heading == "In time for the target"
    assert way.in_time.sentences == (
        f"Two steps: Part b, step 1{TO}2; Part a, step 3{TO}4.",
        "By the days decided and proposed, the last ends in August 2026.",
        "Found by the same search, among the sets of steps that end by the target\u2019s day.",
    )
    assert next_action(about(soon)).purpose == (
        f"It is the first of two steps that open level 3 with the least effort. {late}"
    )
    assert (held(about(later)).roadmap.too_soon, held(about(later)).roadmap.in_time) == ("", None)


def test_a_target_that_no_path_reaches_in_time_says_so():
    low = {"a.say": 3, "a.do": 3, "b.say": 1, "b.do": 1}
    now = wave(named(), low, targets=(Target("overall", 3, None, date(2026, 6, 1)),))
    way = held(about(now)).roadmap

    assert way.in_time is None
    assert way.too_soon.endswith(
        "No path ends in time: at most one level of each capability is promised for a year."
    )


def test_a_path_of_equal_effort_that_ends_by_the_target_s_day_is_told_of():
    """Two of any anchors take 25 to 41.7; the foundation's own two would need a second year."""
    like = {"efforts": (2, 2, 2, 2), "kinds": "bbbb"}
    parts_ = (
        capability("a", "q1", foundation=True, **like),
        capability("b", "q2", **like),
        capability("c", "q3", **like),
    )
    asked = questionnaire(dimension("d", *parts_), gate=1)
    low = {"q1": 2, "q2": 2, "q3": 2}
    by = date(2026, 12, 31)
    found = about(wave(asked, low, targets=(Target("overall", 3, None, by),)))
    path, timely = found.advice.path, found.advice.timely_path

    assert [(lift.capability, lift.step) for lift in path.lifts] == [("a", 2), ("a", 3)]
    assert [(lift.capability, lift.step) for lift in timely.lifts] == [("a", 2), ("b", 2)]
    assert (path.effort, timely.effort) == (4, 4)
    assert held(found).roadmap.too_soon.endswith("Another one, of the same effort, ends in time.")


def test_targets_that_the_path_does_not_touch_are_named():
    now = wave(
        named(),
        LOW,
        targets=(
            Target("b", None, Fraction(1), None),
            Target("a", None, Fraction(9, 10), None),
            Target("d", None, Fraction(9, 10), None),
        ),
    )
    apart = wave(named(), {**LOW, "b.do": 4}, targets=(Target("b", None, Fraction(1), None),))

    assert not [note for note in held(about(now)).roadmap.notes if "stands for" in note]
    assert held(about(apart)).roadmap.notes[-1] == (
        "A target stands for part b too, which no step of this path raises."
    )


@pytest.mark.parametrize(
    ("say", "apart", "contested"),
    [
        (5, (1, 5), "Answers to this question lie too far apart to be one view: "),
        (
            3,
            (1, 5),
            "Answers to one of these questions, or more, lie too far apart to be one view: ",
        ),
        (3, (3, 3), None),
    ],
)
def test_a_step_on_whose_question_people_are_far_apart_says_so(say, apart, contested):
    """Three are at the bottom of a.do and three at the top; a.say is all alike."""
    b = 4 if say == 5 else 3
    people_ = [{"a.say": say, "a.do": apart[n % 2], "b.say": b, "b.do": b} for n in range(6)]

    (action,) = held(about(wave(named(), *people_))).roadmap.groups[0].actions

    rest = "see first where it is done already, and where not."
    assert action.rise == f"Part a, step 3{TO}4"
    assert action.contested == (contested + rest if contested else "")


def test_a_step_below_its_capabilitys_level_is_explained():
    """One question of part b is at 2 while its capability, at 50, is at level 3."""
    uneven = {"a.say": 3, "a.do": 3, "b.say": 4, "b.do": 2}

    assert (
        "A step is numbered by the answer that it raises: where one question lags, that is less "
        "than its capability\u2019s level."
    ) in held(about(wave(named(), uneven))).roadmap.notes


def test_the_overall_is_shown_step_by_step():
    stages = held(about(wave(named(), LOW))).roadmap.stages

    assert [(s.place, s.title, s.effort, s.score, s.chip.text) for s in stages] == [
        ("", "Now", "", "62.5", "3"),
        ("1", f"Part a, step 2{TO}3", "2 of 5", "75.0", "4"),
    ]


def test_the_finding_claims_how_many_steps_open_the_level():
    one, two_ = (
        held(about(wave(named(), given_))).head
        for given_ in (LOW, {"a.say": 3, "a.do": 3, "b.say": 3, "b.do": 2})
    )

    assert one.finding == "One step opens level 4: part a"
    assert one.name == "Where the level is held, and the shortest path"
    assert two_.finding == "Two steps open level 4, one of them a basic"
    assert two_.lede == (
        "One foundation carries the whole.",
        (
            "By the rule of this questionnaire, the whole is at most one level above its weakest "
            "foundation."
        ),
        "No foundation holds the level back; the score alone gives it.",
    )


def test_a_path_of_more_than_one_level_takes_more_than_a_year_and_says_so():
    """From 25 to 40 part b rises by three anchors, the third from its second step."""
    way = held(about(wave(named(), {"a.say": 3, "a.do": 3, "b.say": 1, "b.do": 1}))).roadmap

    assert [(a.rise, a.by, a.score) for group in way.groups for a in group.actions] == [
        (f"Part b, step 1{TO}2", "18 June 2026, proposed", f"Part b 0{TO}25"),
        (f"Part b, step 2{TO}3", "18 June 2027, proposed", f"Part b 25{TO}38"),
    ]
    assert way.notes == (
        (
            "Found by an exact search of every set of steps: none reaches level 3 with less effort "
            "than this one, 4 points of effort in all."
        ),
        (
            "A step counts its effort for each question that it raises; gains assume that the "
            "answer moves."
        ),
        (
            "Points of effort, 1 to 5, are added up by convention: they put work in order and do "
            "not measure time or money."
        ),
        "At most one level of each capability is promised for a year.",
        "By the days decided and proposed, the last ends in June 2027.",
    )


def test_the_path_to_the_target_is_summed_up():
    """Thirteen anchors of sixteen: three steps of either, and the foundation's fourth."""
    way = held(about(wave(named(), dict.fromkeys(LOW, 1)), goal=5)).roadmap

    assert way.further.heading == "And on to level 5"
    assert way.further.sentences == (
        "From today’s answers to level 5, the target, the shortest path is seven steps.",
        "Two of them are on the path to the next level as well.",
        "By the days decided and proposed, the last ends in May 2030.",
    )


def test_the_board_reads_what_the_first_step_is_for():
    assert next_action(about(wave(named(), LOW))).purpose == (
        "It is a foundation that holds the whole down at level 3. This step alone opens level 4."
    )
    assert next_action(about(wave(named(), dict.fromkeys(LOW, 5)))) is None


def crowd(people):
    """Half answer 2 and half 3 to part a; everybody answers 4 to part b."""
    return [{"a.say": 2 + n % 2, "a.do": 2 + n % 2, "b.say": 4, "b.do": 4} for n in range(people)]


@pytest.mark.parametrize(
    ("people", "gain", "score", "after"),
    [
        (6, "not shown: too few people", f"Part a, level 2{TO}3", "–"),
        (40, "about +6 points", f"Part a, level 2{TO}3", "63"),
        (600, "+6.3 points", f"Part a 38{TO}50", "62.5"),
    ],
)
def test_a_gain_tells_nothing_of_a_few_people(people, gain, score, after):
    """
    Half of them rise by an anchor in both questions: 6.25 points.

    One anchor of one of 6 people is a point of the overall, of 40 0.16, of 600 0.01.
    """
    way = held(about(wave(named(), *crowd(people)))).roadmap
    (action,) = way.groups[0].actions

    assert (action.gain, action.score) == (f"Level 3{TO}4, {gain}", score)
    assert way.stages[-1].score == after


@pytest.mark.parametrize(
    ("without", "gain"), [((), "+6.3 points"), (("a.say",), "about +6 points")]
)
def test_of_who_left_a_question_open_an_anchor_of_the_other_counts_for_more(without, gain):
    """
    One anchor of one of 300 people is 100 / 300 / 4 / 2 / 2 = 0.021 points of the overall.

    Where only one of two questions was answered it is 0.042, four of which are more than 0.1.
    """
    people = [{q: g for q, g in one.items() if q not in without} for one in crowd(300)]
    (action,) = held(about(wave(named(), *people))).roadmap.groups[0].actions

    assert action.gain == f"Level 3{TO}4, {gain}"


def test_a_target_is_drawn_only_where_its_score_tells_nothing_of_a_few_people():
    few, many = (target_scores(about(wave(named(), *crowd(people)))) for people in (40, 600))

    assert (few, many) == ({}, {"a": Fraction(1, 2)})


def test_from_which_anchor_fewer_than_five_people_in_all_go_is_not_shown():
    people = [{"a.say": 2, "a.do": 1, "b.say": 5, "b.do": 5} for _ in range(4)]

    (action, *_) = held(about(wave(named(), *people))).roadmap.groups[0].actions

    assert action.changes == ("Do: One anchor up; fewer than five answered, so not from which.",)


def test_what_one_to_four_of_more_answered_is_no_step_of_the_path():
    """The step's own number would say from which answer it leads: of one person, the answer."""
    people = [{"a.say": 2, "b.say": 5, "b.do": 5} for _ in range(9)]
    people = [{**person, "a.do": 1} if n < 4 else person for n, person in enumerate(people)]
    path = about(wave(named(), *people)).advice.path

    assert "a.do" not in {lift.question for lift in path.lifts}


def test_where_a_mean_is_hidden_a_path_starts_from_the_capability_s_score():
    """
    Five answer 3 and 1 to part a, one 3 alone: its score is (5 * 25 + 50) / 6 = 29, anchor 2.

    The mean of "do" is 0, anchor 1, and hidden.
    """
    people = [{"a.say": 3, "a.do": 1, "b.say": 5, "b.do": 5} for _ in range(6)]
    del people[0]["a.do"]
    path = about(wave(named(), *people)).advice.path

    assert {lift.start for lift in path.lifts if lift.capability == "a"} >= {"2"}
    assert "1" not in {lift.start for lift in path.lifts}


@pytest.mark.parametrize(
    ("given_", "said_"),
    [
        (
            dict.fromkeys(LOW, 5),
            "This is the highest level; there is no next one to find a path to.",
        ),
        ({"b.say": 5, "b.do": 5}, "Without a level there is no path to the next."),
    ],
)
def test_without_a_path_it_is_said_why(given_, said_):
    way = held(about(wave(named(), given_))).roadmap

    assert (way.reason, way.groups, way.stages, way.notes) == (said_, (), (), ())


def test_where_there_is_neither_foundation_nor_path_there_is_no_part():
    flat = questionnaire(Dimension("d", TEXT, questions=(question("q1"),)))

    assert held(about(wave(flat, {"q1": 2}))) is None


# --- the guide -----------------------------------------------------------------


def test_the_guides_example_is_worked_out_again():
    guide = (ROOT / "content/pages/the-next-level.md").read_text("utf-8")
    a_wave = wave(named(), {"a.say": 3, "a.do": 3, "b.say": 3, "b.do": 2})
    card = scorecard(a_wave)
    path = shortest_path(card)

    rows = [
        f"| {place} | {lift.question.replace('.', ' ')} | {lift.start} → {lift.end} "
        f"| {lift.effort} | {lift.kind} | {float(lift.score * 100):g} | {lift.level} |"
        for place, lift in enumerate(path.lifts, 1)
    ]
    assert re.findall(r"^\| \d .*$", guide, re.MULTILINE) == rows
    known = chains(a_wave.questionnaire, card)
    efforts = []
    for numbers in itertools.product(*[range(len(lifts) + 1) for _, lifts, _ in known]):
        taken = [lifts[:number] for number, (_, lifts, _) in zip(numbers, known, strict=True)]
        ends = {name: own[-1][0] for own, (name, _, _) in zip(taken, known, strict=True) if own}
        if measures(raised(a_wave, ends))["overall"].gated_level >= 4:
            efforts.append(sum(effort for own in taken for _, effort, *_ in own))
    least = min(efforts)
    assert f"There are {sets(a_wave)} sets of lifts, and {len(efforts)} of them reach" in guide
    assert f"The least effort is {least}, and {efforts.count(least)} sets have it" in guide
    assert (least, float(card.overall.score * 100)) == (8, 43.75)
