"""What came of what was decided: which actions are followed, closed, and how far targets are."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from cx_maturity import change, validate
from cx_maturity.advising.forecast import forecast
from cx_maturity.change import movement
from cx_maturity.editions import Comparison
from cx_maturity.loop import loop
from cx_maturity.model import (
    Action,
    Answer,
    Capability,
    Dimension,
    Level,
    Organisation,
    Outcome,
    Points,
    Question,
    Questionnaire,
    Respondent,
    Scale,
    State,
    Subset,
    Target,
    Text,
    Wave,
)
from cx_maturity.parts.loop import loop_part
from cx_maturity.parts.subject import subject
from cx_maturity.results import Advice
from cx_maturity.score import scorecard
from cx_maturity.words import Words

ROOT = Path(__file__).resolve().parent.parent
TEN = Scale("ten", Points(0, 10), {})
HIGH, LOW = (8, 8, 9, 9, 8, 9), (2, 3, 2, 3, 2, 3)
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def en(sentence):
    return Text({"en": sentence})


def questionnaire(**more):
    """Two capabilities of one question each; a is a foundation, and levels are fifths."""
    parts = tuple(
        Capability(name, en(name.upper()), (Question(f"{name}1", en("?"), TEN),), **given)
        for name, given in (("a", {"foundation": True}), ("b", {}))
    )
    names = ("Unheard", "Listening", "Responding", "Consistent", "Anticipating")
    made = Questionnaire(
        id="q", version="1.0", title=en("Q"), languages=("en",),
        dimensions=(Dimension("d", en("Dimension"), capabilities=parts),),
        levels=tuple(Level(k + 1, en(name), Fraction(k, 5)) for k, name in enumerate(names)),
        staged=False, staged_pass=Fraction(1), aggregate="mean", gate=1,
        capability_coverage=Fraction(1, 2), dimension_coverage=Fraction(1, 2),
        subsets=(Subset("full", en("Full"), frozenset({"a1", "b1"})),),
        roles=(), perception_gap=None, reasons=(), fingerprint="",
    )  # fmt: skip
    return replace(made, **more)


ASKED = questionnaire()


def value(points):
    return Answer(State.VALUE, str(points), Fraction(points, 10))


def wave(day, a=LOW, b=LOW, *, panel=True, asked=ASKED, **more):
    """Return the wave of *day*; None leaves a capability without answers."""
    people = tuple(
        Respondent(
            {f"{name}1": value(n) for name, n in zip("ab", pair, strict=True) if n is not None}
        )
        for pair in zip(a or [None] * len(b), b or [None] * len(a), strict=True)
    )
    day = date.fromisoformat(day)
    return Wave(str(day), asked, "full", day, people, is_panel=panel, **more)


def action(name="act", capability=None, effort=1, **more):
    own = {k: en(v) if k in {"owner", "baseline", "goal"} else v for k, v in more.items()}
    return Action(name, en(f"Do {name}."), "basic", effort, capability, **own)


def told(name="act", done="yes", value="", **more):
    return (Outcome(name, done, en(value) if value else None, **more),)


def followed(*waves):
    found = loop(waves, scorecard(waves[-1]))
    return found.followed if found else None


# --- which actions are followed, and when one is closed --------------------------


def test_where_nothing_was_decided_there_is_nothing_to_follow():
    waves = [wave("2025-05-01"), wave("2026-05-01", actions=(action(),))]

    assert loop(waves, scorecard(waves[1])) is None


@pytest.mark.parametrize(
    ("outcome", "closed"),
    [
        ((), False),
        (told(done="yes"), False),
        (told(done="yes", value="9"), True),
        (told(done="partly", value="9"), False),
        (told(done="no", value="9"), False),
        (told(done="dropped"), True),
    ],
)
def test_an_action_is_closed_when_dropped_or_done_and_measured_again(outcome, closed):
    waves = wave("2025-05-01", actions=(action(),)), wave("2026-05-01", outcomes=outcome)

    (found,) = followed(*waves)

    assert (found.wave, found.outcome) == ("2025-05-01", outcome[0] if outcome else None)
    assert found.is_closed is closed


@pytest.mark.parametrize(
    ("then", "now", "closed"), [(LOW, LOW, True), (None, LOW, False), (LOW, None, False)]
)
def test_a_capability_scored_in_both_waves_is_measured_again(then, now, closed):
    decided = wave("2025-05-01", a=then, actions=(action(capability="a"),))

    (found,) = followed(decided, wave("2026-05-01", a=now, outcomes=told()))

    assert found.is_closed is closed


def test_a_capability_with_too_few_answers_then_was_not_measured_again():
    """Then each of three people answered another one of three questions, now all of them all."""
    ids = ("x", "y", "z")
    part = Capability("a", en("A"), tuple(Question(name, en("?"), TEN) for name in ids))
    asked = questionnaire(
        dimensions=(Dimension("d", en("Dimension"), capabilities=(part,)),),
        subsets=(Subset("full", en("Full"), frozenset(ids)),),
    )
    some = tuple(Respondent({name: value(5)}) for name in ids)
    all_ = tuple(Respondent({name: value(5) for name in ids}) for _ in ids)
    decided = wave("2025-05-01", asked=asked, actions=(action(capability="a"),))
    now = wave("2026-05-01", asked=asked, outcomes=told())

    few, enough = (
        followed(replace(decided, respondents=then), replace(now, respondents=all_))[0]
        for then in (some, all_)
    )

    assert (few.earlier.score, few.later.score, few.is_closed) == (None, Fraction(1, 2), False)
    assert (enough.earlier.score, enough.is_closed) == (Fraction(1, 2), True)


def test_a_closed_action_is_told_of_once():
    decided = wave("2024-05-01", actions=(action("one"), action("two")))
    second = wave("2025-05-01", outcomes=(*told("one", value="9"), *told("two", "no")))
    third = wave("2026-05-01")

    assert [f.action.id for f in followed(decided, second)] == ["one", "two"]
    assert [f.action.id for f in followed(decided, second, third)] == ["two"]


def test_what_a_wave_tells_of_a_closed_action_is_shown_again():
    waves = (
        wave("2024-05-01", actions=(action(),)),
        wave("2025-05-01", outcomes=told(value="9")),
        wave("2026-05-01", outcomes=told(done="no")),
    )

    (found,) = followed(*waves)

    assert (found.outcome.done, found.is_closed) == ("no", False)


def test_an_open_action_comes_back_with_its_last_outcome():
    """Done in 2025 but not scored then; scored in 2026, it is closed there, and told of there."""
    waves = (
        wave("2024-05-01", actions=(action(capability="a"),)),
        wave("2025-05-01", a=None, outcomes=told()),
        wave("2026-05-01"),
        wave("2027-05-01"),
    )

    assert [f.is_closed for f in followed(*waves[:2])] == [False]
    assert [(f.outcome.done, f.is_closed) for f in followed(*waves[:3])] == [("yes", True)]
    assert followed(*waves) is None


def test_a_later_wave_is_not_known_yet():
    waves = (
        wave("2025-05-01", actions=(action(),)),
        wave("2026-05-01"),
        wave("2027-05-01", outcomes=told(done="dropped")),
    )

    found = loop(waves, scorecard(waves[1])).followed

    assert [(f.outcome, f.is_closed) for f in found] == [(None, False)]


# --- when an action is due -------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "known", "is_due"),
    [
        ("2026-05-26", "day", True),
        ("2026-05-27", "day", False),
        ("2026-04-01", "month", True),
        ("2026-05-01", "month", False),
        ("2026-01-01", "year", False),
    ],
)
def test_an_action_is_due_when_its_last_day_has_come(due, known, is_due):
    planned = action(due=date.fromisoformat(due), due_known=known)

    (found,) = followed(wave("2025-05-01", actions=(planned,)), wave("2026-05-26"))

    assert found.is_due is is_due


@pytest.mark.parametrize(
    ("effort", "is_due"), [(1, True), (2, True), (3, False), (4, False), (5, False)]
)
def test_without_a_day_it_is_due_by_the_horizon_of_its_effort(effort, is_due):
    """40 days after the wave: past the first horizon of 30 days, before the second."""
    decided = wave("2026-01-01", actions=(action(effort=effort),))

    (found,) = followed(decided, wave("2026-02-10"))

    assert found.is_due is is_due


def test_loops_closed_are_counted_among_those_due_and_those_closed_early():
    later = date(2027, 1, 1)
    decided = wave(
        "2025-05-01",
        actions=(
            action("closed"), action("open"),
            action("early", due=later), action("waits", due=later),
        ),
    )  # fmt: skip
    outcomes = (*told("closed", value="1"), *told("early", value="1"))
    waves = [decided, wave("2026-05-01", outcomes=outcomes)]

    found = loop(waves, scorecard(waves[1]))

    assert (found.closed, found.due, len(found.followed)) == (2, 3, 4)


# --- whether the capability moved ------------------------------------------------


def test_a_capability_is_compared_with_the_wave_after_which_the_action_was_decided():
    """From 2024 to 2026 it rose; from 2025 it did not."""
    waves = (
        wave("2024-05-01", actions=(action("first", "a"),)),
        wave("2025-05-01", a=HIGH, actions=(action("second", "a"),)),
        wave("2026-05-01", a=HIGH),
    )

    first, second = followed(*waves)

    assert (first.verdict, second.verdict) == ("up", "not distinguishable")
    assert (first.earlier.score, first.later.score) == (Fraction(1, 4), Fraction(17, 20))
    assert (second.earlier.score, second.later.score) == (Fraction(17, 20), Fraction(17, 20))


def test_the_word_is_that_of_the_two_waves_compared_as_a_whole():
    """By itself p is .043; of two capabilities the smaller counts twice, so it is no finding."""
    then, now = (4, 5, 4, 5, 4, 5), (5, 5, 6, 4, 6, 5)
    waves = [
        wave("2025-05-01", a=then, b=then, actions=(action(capability="a"),)),
        wave("2026-05-01", a=(5, 6, 5, 5, 5, 5), b=now),
    ]
    expected = movement(waves, waves[1]).changes["a"]

    (found,) = followed(*waves)

    assert expected.difference.is_clear
    assert expected.holm > 0.05
    assert found.verdict == expected.verdict == "not distinguishable"


def test_without_a_capability_or_on_one_set_of_answers_there_is_no_word():
    alone = {"panel": False}
    waves = (
        wave("2025-05-01", (2,), (2,), **alone, actions=(action("own"), action("cap", "a"))),
        wave("2026-05-01", (9,), (9,), **alone),
    )

    own, cap = followed(*waves)

    assert (own.verdict, own.earlier, own.later) == (None, None, None)
    assert (cap.verdict, cap.earlier.score, cap.later.score) == (
        None, Fraction(1, 5), Fraction(9, 10),
    )  # fmt: skip


def test_waves_are_compared_once_however_many_actions_there_are(monkeypatch):
    scored, calls = change.scored, []
    monkeypatch.setattr(change, "scored", lambda *a, **k: calls.append(1) or scored(*a, **k))
    many = tuple(action(f"a{n}", "ab"[n % 2]) for n in range(10))
    waves = [wave("2025-05-01", actions=many), wave("2026-05-01")]
    card = scorecard(waves[1])
    calls.clear()

    loop(waves, card)

    assert len(calls) == 2


# --- targets -----------------------------------------------------------------------


def trajectories(*waves):
    found = loop(waves, scorecard(waves[-1]))
    return {t.target.measure: t for t in found.trajectories} if found else {}


def target(measure, **more):
    given = {"level": None, "score": None, "by": None, **more}
    return Target(measure, **given)


def test_a_target_stands_until_another_is_set_or_its_day_was_told_of():
    first = wave(
        "2024-05-01",
        targets=(
            target("overall", level=4), target("a", score=Fraction(1, 2)),
            target("b", level=3, by=date(2025, 1, 1)),
        ),
    )  # fmt: skip
    second = wave("2025-05-01", targets=(target("a", score=Fraction(3, 5)),))
    third = wave("2026-05-01")

    assert {n: t.decided for n, t in trajectories(first, second).items()} == {
        "overall": "2024-05-01", "a": "2025-05-01", "b": "2024-05-01",
    }  # fmt: skip
    assert trajectories(first, second)["b"].reason == "past"
    assert [*trajectories(first, second, third)] == ["overall", "a"]


@pytest.mark.parametrize(("day", "reason"), [("2026-05-01", "past"), ("2026-05-02", "few-waves")])
def test_the_day_of_a_target_has_come_on_it(day, reason):
    first = wave("2025-05-01", targets=(target("a", level=4, by=date.fromisoformat(day)),))

    assert trajectories(first, wave("2026-05-01"))["a"].reason == reason


def test_a_level_is_met_by_the_gated_level_alone():
    """A at level 2, b at 10: the overall, 65, would be level 4, and a holds it at 3."""
    now = wave(
        "2026-05-01", (3, 3, 3), (10, 10, 10),
        targets=(target("overall", level=4), target("a", level=2), target("b", level=5)),
    )  # fmt: skip

    found = trajectories(now)

    assert [found[name].is_met for name in ("overall", "a", "b")] == [False, True, True]
    assert found["overall"].goal == Fraction(3, 5)
    assert found["overall"].waves == ((date(2026, 5, 1), Fraction(13, 20)),)


@pytest.mark.parametrize(
    ("score", "is_met"), [(Fraction(1, 4), True), (Fraction(250_001, 1_000_000), False)]
)
def test_a_score_is_met_exactly(score, is_met):
    assert (
        trajectories(wave("2026-05-01", targets=(target("a", score=score),)))["a"].is_met is is_met
    )


def test_a_staged_level_has_no_score_to_reach():
    asked = questionnaire(staged=True)

    found = trajectories(wave("2026-05-01", asked=asked, targets=(target("overall", level=3),)))

    assert found["overall"].goal is None


def test_each_reason_for_no_forecast_is_named():
    day = date(2027, 5, 1)
    more = {
        "overall": target("overall", level=4, by=day),
        "a": target("a", level=4, by=day),
        "b": target("b", level=4),
    }
    now = wave("2026-05-01", a=None, targets=tuple(more.values()))

    assert {n: t.reason for n, t in trajectories(now).items()} == {
        "overall": "few-waves", "a": "no-score", "b": "no-date",
    }  # fmt: skip


def test_a_forecast_is_over_the_waves_that_can_be_compared():
    """Scores of b: 20, 30, 30, 40 at years 0, 1, 2, 3, as below."""
    waves = [
        wave(f"{2022 + year}-01-01", b=(n,) * 6, targets=()) for year, n in enumerate((2, 3, 3, 4))
    ]
    waves[-1] = replace(
        waves[-1], targets=(target("b", score=Fraction(1, 2), by=date(2026, 1, 1)),)
    )
    stranger = wave("2024-06-01", b=HIGH, asked=questionnaire(id="other"))

    found = trajectories(*waves[:3], stranger, waves[3])["b"]

    assert [float(score) for _, score in found.waves] == [0.2, 0.3, 0.3, 0.4]
    assert found.forecast == pytest.approx((0.14015, 0.66513), abs=2e-3)


# --- the forecast, against NumPy and a textbook's formula --------------------------

# numpy.polyfit([0, 1, 2, 3], [20, 30, 30, 40], 1) is 6, 21: residuals -1, 3, -3, 1, their squares
# sum to 20, s is the root of 10; at 4 it is 45, and with x̄ 1.5, Sxx 5 and t(2) 4.302653 the half
# width is 4.302653 * 3.162278 * sqrt(1 + 1/4 + 6.25/5) = 4.302653 * 3.162278 * 1.581139 = 21.513.
# The changes 10, 0, 10 have the squares 200; one gap of one year lies ahead, and with t(3) 3.182446
# a path that wanders on is at 40 give or take 3.182446 * sqrt(200/3) = 3.182446 * 8.164966, 25.985.
RISING = [(Fraction(x), Fraction(y, 100)) for x, y in enumerate((20, 30, 30, 40))]


def test_a_forecast_reaches_from_a_path_that_wanders_on_to_a_straight_line():
    """40 - 25.985 is below 45 - 21.513, and 45 + 21.513 above 40 + 25.985."""
    found, reason = forecast(RISING, Fraction(4))

    assert reason == ""
    assert found == pytest.approx((0.1401546, 0.6651327), abs=1e-6)


def test_what_falls_is_foretold_as_what_rises():
    found, _ = forecast([(x, 1 - y) for x, y in RISING], Fraction(4))

    assert found == pytest.approx((0.3348673, 0.8598454), abs=1e-6)


def test_a_wandering_path_is_as_unsure_a_day_ahead_as_at_the_next_round():
    """At 3.25 the line is 40.5 give or take 18.570: the other holds all of that."""
    near, next_ = forecast(RISING, Fraction(13, 4))[0], forecast(RISING, Fraction(4))[0]

    assert near == pytest.approx((0.1401546, 0.6598454), abs=1e-6)
    assert near[0] == next_[0]


def test_twice_as_many_gaps_ahead_are_the_root_of_two_as_unsure():
    """40 - 25.98454 * 1.414214 = 3.2523; at 5 the line is 51 and 4.302653 * sqrt(37) = 26.172."""
    found, _ = forecast(RISING, Fraction(5))

    assert found == pytest.approx((0.0325231, 0.7717203), abs=1e-6)


def test_gaps_between_uneven_waves_are_counted_by_their_mean():
    """
    Changes of 1, -1, 1, 21 points have the squares 444; their gaps are half a year on average.

    Three quarters of a year ahead are one and a half: 2.776445 * sqrt(1.5 * 444 / 4) = 35.82582.
    The line, NumPy's polyfit, is 61.971 give or take 35.665, and within that.
    """
    years = (0, Fraction(1, 4), 1, Fraction(5, 4), 2)
    scores = (40, 41, 40, 41, 62)
    points = [(Fraction(x), Fraction(y, 100)) for x, y in zip(years, scores, strict=True)]

    found, _ = forecast(points, Fraction(11, 4))

    assert found == pytest.approx((0.62 - 0.3582582, 0.62 + 0.3582582), abs=1e-6)


def test_a_forecast_over_five_waves():
    """
    The changes' squares sum to 76.68; t(4) is 2.776445, 1.5 gaps lie ahead: 14.888 either way.

    The line, NumPy's polyfit, is 60.980 give or take 10.655 with t(3) 3.182446, and within that.
    """
    points = [
        (Fraction(0), Fraction(467, 1000)),
        (Fraction(1, 2), Fraction(484, 1000)),
        (Fraction(1), Fraction(521, 1000)),
        (Fraction(3, 2), Fraction(512, 1000)),
        (Fraction(2), Fraction(589, 1000)),
    ]

    found, _ = forecast(points, Fraction(11, 4))

    assert found == pytest.approx((0.4401168, 0.7378832), abs=1e-6)


def test_a_forecast_ends_with_the_scale():
    high = [(x, y + Fraction(2, 5)) for x, y in RISING]
    low = [(x, 1 - y) for x, y in high]

    assert forecast(high, Fraction(4))[0][1] == 1.0
    assert forecast(low, Fraction(4))[0][0] == 0.0


@pytest.mark.parametrize(
    ("points", "at", "reason"),
    [
        (RISING[:3], 4, "few-waves"),
        (RISING, 6, ""),
        (RISING, Fraction(601, 100), "too-far"),
        ([(x, Fraction(1, 2)) for x, _ in RISING], 4, "no-spread"),
        ([(x, x / 10) for x, _ in RISING], 4, "no-spread"),
        ([(x, 3 * y - Fraction(1, 5)) for x, y in RISING], 4, "off-scale"),
    ],
)
def test_a_forecast_is_withheld_rather_than_wrong(points, at, reason):
    found, why = forecast(points, Fraction(at))

    assert why == reason
    assert (found is None) is bool(reason)


# --- what the report says ------------------------------------------------------------


def part(*waves):
    organisation = Organisation(
        "lindvik", "Lindvik Bank", None, None, None, ("en",), public=True, fictional=False,
        waves=waves,
    )  # fmt: skip
    card = scorecard(waves[-1])
    advice = Advice(loop=loop(waves, card))
    return loop_part(subject(organisation, card, Comparison(None, {}), Words(), advice=advice))


def test_without_a_loop_there_is_no_section():
    assert part(wave("2026-05-01")) is None


def test_the_section_says_what_came_of_each_action():
    decided = wave(
        "2025-05-01",
        actions=(
            action(
                "reply", "a", owner="Head of stores", due=date(2025, 9, 1), due_known="month",
                number=en("Hours until a reply"), baseline="52", goal="8",
            ),
            action("lists", "b"),
            action("desk", effort=5),
        ),
    )  # fmt: skip
    outcomes = told("reply", value="9", measured=date(2026, 4, 1), measured_known="month")
    found = part(decided, wave("2026-05-01", a=HIGH, outcomes=(*outcomes, *told("lists", "no"))))

    assert found.head.id == "loop"
    assert found.head.name == "What was decided, and what came of it"
    assert found.head.finding == "One of three actions that were due is closed; one capability rose"
    assert found.head.lede[1:] == ("Not distinguishable: these answers cannot tell.",)
    reply, lists, desk = found.rows
    assert reply.under == ("Head of stores", "Decided May 2025, due September 2025")
    assert (reply.done, reply.state, reply.is_closed) == ("yes", "Closed", True)
    assert (reply.number, reply.baseline, reply.goal) == ("Hours until a reply", "Then 52", "8")
    assert (reply.now, reply.measured) == ("9", "April 2026")
    assert (reply.since, reply.moved, reply.scores) == ("up", True, "A: 25, now 85")
    assert lists.under == ("Decided May 2025, due 31 May 2025",)
    assert (lists.done, lists.state) == ("not done", "Open, past its day")
    assert (lists.number, lists.goal, lists.now) == ("Score: B", DASH, "25")
    assert (lists.since, lists.moved) == ("not distinguishable", False)
    assert (desk.done, desk.number, desk.now, desk.since) == ("not reported", DASH, DASH, "")
    assert found.share.heading == f"Loops closed: 1 of 3 (33{SPACE}%)"
    assert found.share.sentences[1] == (
        "Closed: 1 done with an own number reported, 0 done with only the capability\u2019s score "
        "measured again, 0 dropped."
    )


def test_the_share_says_how_its_loops_were_closed():
    """One with its own number, two whose capability was measured again, one dropped."""
    decided = wave(
        "2025-05-01",
        actions=(
            action("own", "a"), action("score", "b"), action("again", "b"), action("gone", "a"),
            action("open"),
        ),
    )  # fmt: skip
    outcomes = (
        *told("own", value="9"), *told("score"), *told("again"), *told("gone", "dropped"),
        *told("open", "no"),
    )  # fmt: skip

    share = part(decided, wave("2026-05-01", outcomes=outcomes)).share

    assert share.heading == f"Loops closed: 4 of 5 (80{SPACE}%)"
    assert share.sentences[1] == (
        "Closed: 1 done with an own number reported, 2 done with only the capability\u2019s score "
        "measured again, 1 dropped."
    )


def test_where_no_loop_is_closed_nothing_is_said_of_how():
    decided = wave("2025-05-01", actions=(action(),))

    share = part(decided, wave("2026-05-01", outcomes=told(done="no"))).share

    assert share.heading == f"Loops closed: 0 of 1 (0{SPACE}%)"
    assert not [sentence for sentence in share.sentences if sentence.startswith("Closed: ")]


@pytest.mark.parametrize(
    ("acts", "outcomes", "finding"),
    [
        ({"x": 2027}, (), "The one action decided is not due yet"),
        ({"x": 2027, "y": 2027}, (), "None of the two actions decided is due yet"),
        ({"x": 2026}, (), "The one action that was due is still open"),
        ({"x": 2026, "y": 2026}, (), "None of the two actions that were due is closed"),
        ({"x": 2026}, told("x", value="1"), "The one action that was due is closed"),
        (
            {"x": 2026, "y": 2026},
            (*told("x", value="1"), *told("y", "dropped")),
            "Both actions that were due are closed",
        ),
        (
            {"x": 2026, "y": 2026, "z": 2026},
            (*told("x", value="1"), *told("y", "dropped")),
            "Two of three actions that were due are closed",
        ),
    ],
)
def test_the_finding_counts_what_was_closed(acts, outcomes, finding):
    planned = tuple(action(name, due=date(year, 1, 1)) for name, year in acts.items())

    found = part(wave("2025-05-01", actions=planned), wave("2026-05-01", outcomes=outcomes))

    assert found.head.finding == finding
    assert (found.share is None) is (2027 in acts.values())


@pytest.mark.parametrize(
    ("a", "b", "clause"),
    [
        (LOW, LOW, "none of their capabilities clearly moved"),
        (HIGH, LOW, "one capability rose"),
        (HIGH, HIGH, "two capabilities rose"),
    ],
)
def test_the_finding_counts_capabilities_that_moved(a, b, clause):
    planned = (action("x", "a"), action("y", "b"), action("z", "a"))

    up = part(wave("2025-05-01", actions=planned), wave("2026-05-01", a=a, b=b))

    assert up.head.finding == f"None of the three actions that were due is closed; {clause}"


@pytest.mark.parametrize(
    ("reached", "clause", "states"),
    [
        ("yy", "none of their capabilities clearly moved", ("Closed, its goal reached",) * 2),
        (
            "yn",
            "one of them missed its goal",
            ("Closed, its goal reached", "Closed, its goal missed"),
        ),
        ("nn", "two of them missed their goals", ("Closed, its goal missed",) * 2),
    ],
)
def test_a_goal_that_was_missed_is_not_left_out_of_the_finding(reached, clause, states):
    planned = (action("x", "a", goal="9"), action("y", "b", goal="9"))
    outcomes = tuple(
        Outcome(name, "yes", en("7"), reached={"y": "yes", "n": "no"}[each])
        for name, each in zip("xy", reached, strict=True)
    )

    found = part(wave("2025-05-01", actions=planned), wave("2026-05-01", outcomes=outcomes))

    assert found.head.finding == f"Both actions that were due are closed; {clause}"
    assert tuple(row.state for row in found.rows) == states


def test_of_one_closed_action_the_missed_goal_is_its_own():
    told_ = (Outcome("x", "yes", en("7"), reached="no"),)

    found = part(
        wave("2025-05-01", actions=(action("x", goal="9"), action("y"))),
        wave("2026-05-01", outcomes=told_),
    )

    assert found.head.finding == ("One of two actions that were due is closed; its goal was missed")


def test_what_fell_is_not_left_out_of_the_finding():
    planned = (action("x", "a"), action("y", "b"))
    start = {"b": HIGH, "actions": planned}

    fell = part(wave("2025-05-01", **start), wave("2026-05-01"))
    both = part(wave("2025-05-01", **start), wave("2026-05-01", a=HIGH))

    due = "None of the two actions that were due is closed"
    assert fell.head.finding == f"{due}; one capability fell"
    assert both.head.finding == f"{due}; capabilities: 1 up, 1 down"


def test_one_set_of_answers_has_no_words_and_says_so():
    alone = {"panel": False}
    found = part(
        wave("2025-05-01", (2,), (2,), **alone, actions=(action("x", "a"),)),
        wave("2026-05-01", (9,), (9,), **alone),
    )

    assert found.head.finding == "The one action that was due is still open"
    assert found.head.lede[1:] == (
        "One set of answers cannot tell a change from chance, so nothing is called up or down.",
    )
    assert [(row.since, row.scores) for row in found.rows] == [("", "A: 20, now 90")]


def test_targets_alone_make_the_section_too():
    day = date(2027, 12, 1)
    found = part(
        wave(
            "2026-05-01", (3, 3, 3, 4), (10, 10, 10, 10),
            targets=(
                Target("overall", 4, None, day, "month"),
                target("a", score=Fraction(33, 100)), target("b", level=5, by=date(2027, 1, 1)),
            ),
        )
    )  # fmt: skip
    few = "Not enough rounds: a forecast needs four, there is one."

    assert found.head.finding == "One of three targets is met"
    assert (found.rows, found.share) == ((), None)
    overall, first, second = found.targets
    assert (overall.title, overall.target) == ("Overall", "Level 4, Consistent")
    assert (overall.by, overall.now, overall.distance) == ("December 2027", "66", "+6")
    assert overall.said == f"The score is there; a foundation holds the level. {few}"
    # 32.5 less 33: half a point is not written as none.
    assert (first.target, first.by, first.distance) == ("33", DASH, f"{MINUS}0.5")
    assert first.said == "It has no day, so nothing is forecast."
    assert (second.distance, second.said) == ("+20", f"Met. {few}")


def test_a_target_that_the_interval_does_not_clear_is_met_with_a_word_of_warning():
    found = part(wave("2026-05-01", targets=(target("a", score=Fraction(1, 4)),)))

    assert found.targets[0].said == (
        "Met, though the interval reaches below it. It has no day, so nothing is forecast."
    )


@pytest.mark.parametrize(
    ("goal", "word"),
    [
        (Fraction(10, 100), "The target lies below all of that."),
        (Fraction(50, 100), "The target lies within: it may be met or missed."),
        (Fraction(70, 100), "The target lies above all of that."),
    ],
)
def test_a_forecast_is_said_with_its_waves_and_where_the_target_lies(goal, word):
    """A quarter of a year on: 40.5 give or take 18.6 on the line, else 40 give or take 26."""
    waves = [wave(f"{2022 + year}-01-01", b=(n,) * 6) for year, n in enumerate((2, 3, 3, 4))]
    waves[-1] = replace(waves[-1], targets=(target("b", score=goal, by=date(2025, 4, 2)),))

    found = part(*waves)

    start = "Met. " if goal < Fraction(2, 5) else ""
    line = "Forecast from four rounds: 14 to 66."
    assert found.targets[0].said == f"{start}{line} {word}"
    assert found.notes[0].startswith("A forecast is the range that holds the score of that day in")


def test_a_percentage_is_not_broken_from_its_sign():
    planned = action(baseline="12 %", goal="over 60 %")
    decided = wave("2025-05-01", actions=(planned,))

    (row,) = part(decided, wave("2026-05-01", outcomes=told(value="9 %"))).rows

    assert (row.baseline, row.goal, row.now) == (
        f"Then 12{SPACE}%", f"over 60{SPACE}%", f"9{SPACE}%",
    )  # fmt: skip


def test_the_words_of_an_author_cannot_become_markup():
    text = en("<script>alert(1)</script>")
    planned = replace(action(), title=text, owner=en("<b>"), number=text)
    planned = replace(planned, baseline=en("<i>"), goal=en("&"))
    found = part(
        wave("2025-05-01", actions=(planned,)),
        wave("2026-05-01", outcomes=told(value="<u>"), targets=(target("a", level=4),)),
    )

    page = rendered(found)

    assert "<script>" not in page
    assert page.count("&lt;script&gt;alert(1)") == 2
    assert all(f"&lt;{tag}&gt;" in page for tag in "biu")


def rendered(found):
    loader = FileSystemLoader(ROOT / "plugins/cx_maturity/templates")
    environment = Environment(loader=loader, autoescape=True)
    environment.globals["text"] = Words().text
    return environment.get_template("parts/loop.html").render(report={"loop": found})


# --- organisations that come with cx-maturity ------------------------------------------


@pytest.fixture(scope="module")
def shipped():
    found, _ = validate.assessments(ROOT / "assessments")
    return {organisation.id: organisation for organisation in found.organisations}


def test_the_stores_closed_two_of_three(shipped):
    waves = shipped["tuulentupa-stores"].waves

    found = loop(waves, scorecard(waves[1]))

    assert (found.closed, found.due) == (2, 3)
    assert [(f.action.id, f.verdict, f.is_closed) for f in found.followed] == [
        ("first-reply", "up", True),
        ("round-with-support", "up", True),
        ("one-list-of-findings", "not distinguishable", False),
        ("return-desk", None, False),
    ]
    moved = movement(waves, waves[1]).changes
    assert [f.verdict for f in found.followed[:3]] == [
        moved[f.action.capability].verdict for f in found.followed[:3]
    ]


def test_five_waves_are_enough_to_forecast(shipped):
    """By NumPy, of the five overall scores: 0.5034 to 0.7208 on the line, else 0.4358 to 0.7427."""
    waves = shipped["usvakello-insurance"].waves

    found = {t.target.measure: t for t in loop(waves, scorecard(waves[-1])).trajectories}

    assert len(found["overall"].waves) == 5
    assert found["overall"].forecast == pytest.approx((0.4358159, 0.7427323), abs=1e-6)
    assert {name: t.reason for name, t in found.items()} == {
        "overall": "", "strategy": "too-far", "leadership": "no-date", "measurement": "",
    }  # fmt: skip


def test_what_this_round_decided_stands_in_one_table():
    own = action("reply", "a", start=2, owner="Head of stores", due=date(2026, 9, 30),
                 number=en("Hours until a reply"), baseline="52", goal="8")  # fmt: skip
    found = part(wave("2026-05-01", actions=(own, action("desk", effort=5))))

    assert found.head.finding == "Two actions are decided, one of them without an owner"
    assert found.head.lede == ("What the next round will ask about.",)
    assert (found.rows, found.share, found.targets) == ((), None, ())
    assert [
        (row.title, row.rise, row.owner, row.by, row.number, row.target) for row in found.decided
    ] == [
        (
            "Do reply.",
            f"A, step 2{SPACE}\N{RIGHTWARDS ARROW}{SPACE}3",
            "Head of stores",
            "30 September 2026",
            "Hours until a reply",
            f"52{SPACE}\N{RIGHTWARDS ARROW} 8",
        ),
        ("Do desk.", "", "To be named", "1 May 2027, proposed", "", ""),
    ]


@pytest.mark.parametrize(
    ("owners", "finding"),
    [
        (("A",), "One action is decided, with an owner"),
        (("A", "B"), "Two actions are decided, each with an owner"),
        ((None,), "One action is decided, without an owner"),
        ((None, None), "Two actions are decided, none with an owner"),
    ],
)
def test_the_finding_of_a_first_plan_counts_owners(owners, finding):
    actions = tuple(
        action(f"a{n}", **({"owner": owner} if owner else {})) for n, owner in enumerate(owners)
    )

    assert part(wave("2026-05-01", actions=actions)).head.finding == finding


def test_what_was_decided_now_stands_beside_what_came_of_earlier_actions():
    decided = wave("2025-05-01", actions=(action("old"),))
    found = part(decided, wave("2026-05-01", actions=(action("new"),)))

    assert [row.title for row in found.rows] == ["Do old."]
    assert [row.title for row in found.decided] == ["Do new."]
    assert found.decided_heading == "Decided after this round"
