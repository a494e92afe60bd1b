"""What is decided after a wave: what a file may say, what it means, and every mistake."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity import validate
from cx_maturity.errors import ContentError
from cx_maturity.model import Action, Outcome, Target, Text
from cx_maturity.reading.plan import deadline, last_day
from cx_maturity.score import scorecard

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "content" / "pages" / "decide-and-follow-up.md"
HEAD = "questionnaire: tiny@1.0\ndate: 2026-05-19\n"
ANSWERS = "answers: {a.say: 4, a.do: 3}\n"
STEPS = """        steps:
          - from: 1
            effort: 3
            kind: build
            action: {en: Agree on one way., fi: Sopikaa yksi tapa.}
            sign: {en: It is written down., fi: Se on kirjattu.}
            number: {en: Share agreed, fi: Osuus}
"""
WHERE = "assessments/organisations/plain"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Stand beside a small valid ``assessments/`` whose capability ``a`` has a step."""
    shutil.copytree(HERE / "valid", tmp_path / "assessments")
    monkeypatch.chdir(tmp_path)
    questionnaire = Path("assessments/questionnaires/tiny/1.0/questionnaire.yaml")
    text = questionnaire.read_text("utf-8")
    mark = "        foundation: true\n"
    questionnaire.write_text(text.replace(mark, mark + STEPS), "utf-8")
    return Path("assessments")


def write(root, text, name="2026-05.yaml"):
    (root / "organisations/plain" / name).write_text(text, "utf-8")


def said(root):
    """Return what is wrong, each line without its folder."""
    with pytest.raises(ContentError) as error:
        validate.assessments(root)
    return [line.removeprefix(f"{WHERE}/") for line in str(error.value).splitlines()]


def read(root, text, name="2026-05.yaml"):
    write(root, text, name)
    return validate.one_wave(root / "organisations/plain" / name)[0]


# --- what a file says ----------------------------------------------------------


def test_a_target_is_a_level_or_a_score_by_a_day_or_by_none(root):
    wave = read(
        root,
        HEAD + ANSWERS + "targets:\n"
        "  overall: {level: 2, by: 2027-12}\n"
        "  first: {score: 62.5}\n"
        "  a: {score: 100, by: 2026-05-20}\n",
    )

    assert wave.targets == (
        Target("overall", 2, None, date(2027, 12, 1), "month"),
        Target("first", None, Fraction(5, 8), None),
        Target("a", None, Fraction(1), date(2026, 5, 20)),
    )


def test_an_action_takes_what_it_leaves_out_from_the_step(root):
    wave = read(
        root,
        HEAD + ANSWERS + "actions:\n"
        "  one-way:\n"
        "    capability: a\n"
        "    from: 1\n"
        "    owner: Head of stores\n"
        "    due: 2026-12\n"
        "    number: {baseline: 12 %, goal: 60 %}\n"
        "  other: {capability: a, from: 1, title: Ask first., effort: 1, kind: basic}\n",
    )

    step = Text({"en": "Agree on one way.", "fi": "Sopikaa yksi tapa."})
    assert wave.actions == (
        Action(
            "one-way", step, "build", 3, "a", 1, Text({"en": "Head of stores"}),
            date(2026, 12, 1), "month", Text({"en": "Share agreed", "fi": "Osuus"}),
            Text({"en": "12 %"}), Text({"en": "60 %"}),
        ),
        Action("other", Text({"en": "Ask first."}), "basic", 1, "a", 1),
    )  # fmt: skip


def test_an_action_of_ones_own_needs_no_capability_and_any_language(root):
    wave = read(
        root,
        HEAD + ANSWERS + "actions:\n"
        "  desk:\n"
        "    title: {sv: Ta emot returer., en: Take returns.}\n"
        "    effort: 4\n"
        "    kind: innovate\n"
        "    number: {title: Minutes}\n",
    )

    assert wave.actions == (
        Action(
            "desk", Text({"sv": "Ta emot returer.", "en": "Take returns."}), "innovate", 4,
            number=Text({"en": "Minutes"}),
        ),
    )  # fmt: skip


def test_a_plain_text_is_in_the_reports_first_language_and_is_missing_in_the_others(root):
    """A figure without a letter is in every language."""
    own = root / "organisations/plain/organisation.yaml"
    told = re.sub("(?m)^languages:.*", "languages: [fi, en]", own.read_text("utf-8"))
    own.write_text(told, "utf-8")
    text = (
        HEAD + ANSWERS + "actions:\n"
        "  one-way:\n"
        "    capability: a\n"
        "    from: 1\n"
        "    owner: Asiakastoimisto\n"
        "    number: {baseline: 12 %, goal: {fi: alle 5 viikossa, sv: under 5 i veckan}}\n"
    )
    write(root, text)

    wave, warnings = validate.one_wave(root / "organisations/plain/2026-05.yaml")

    (action,) = wave.actions
    assert action.owner == Text({"fi": "Asiakastoimisto"})
    assert (action.baseline.to("en"), action.goal.to("fi")) == ("12 %", "alle 5 viikossa")
    assert [str(each).removeprefix(f"{WHERE}/") for each in warnings][-2:] == [
        (
            "2026-05.yaml:8:12: warning: actions.one-way.owner: no text in 'en'; readers see 'fi' "
            "instead"
        ),
        (
            "2026-05.yaml:9:36: warning: actions.one-way.number.goal: no text in 'en'; readers see "
            "'fi' instead"
        ),
    ]


def test_yes_and_no_are_words(root):
    write(root, HEAD.replace("2026", "2025") + ANSWERS + actions("a1", "a2", "a3", "a4"), "w1.yaml")
    wave = read(
        root,
        HEAD + ANSWERS + "outcomes:\n"
        "  a1: {done: yes, value: 9 a month, measured: 2026-04}\n"
        "  a2: {done: no}\n"
        "  a3: {done: partly}\n"
        "  a4: {done: dropped}\n",
    )

    assert wave.outcomes == (
        Outcome("a1", "yes", Text({"en": "9 a month"}), date(2026, 4, 1), "month"),
        Outcome("a2", "no"),
        Outcome("a3", "partly"),
        Outcome("a4", "dropped"),
    )


def actions(*ids):
    lines = (f"  {each}: {{title: Do., effort: 1, kind: basic}}\n" for each in ids)
    return "actions:\n" + "".join(lines)


def test_json_says_the_same(root):
    plan = {
        "questionnaire": "tiny@1.0",
        "date": "2026-05-19",
        "answers": {"a.say": 4, "a.do": 3},
        "targets": {"overall": {"level": 2, "by": "2027"}},
        "horizons": [10, 20, 30],
        "actions": {"one-way": {"capability": "a", "from": 1}},
    }
    (root / "organisations/plain/2026-05.yaml").unlink()

    wave = read(root, json.dumps(plan), "2026-05.json")

    assert wave.targets == (Target("overall", 2, None, date(2027, 1, 1), "year"),)
    assert wave.horizons == (10, 20, 30)
    assert [(found.id, found.effort) for found in wave.actions] == [("one-way", 3)]


def test_a_wave_that_says_nothing_decided_nothing(root):
    wave = read(root, HEAD + ANSWERS)

    assert (wave.targets, wave.actions, wave.outcomes, wave.minutes) == ((), (), (), None)
    assert wave.horizons == (30, 90, 365)


@pytest.mark.parametrize(
    ("day", "known", "last"),
    [
        (date(2027, 5, 31), "day", date(2027, 5, 31)),
        (date(2028, 2, 1), "month", date(2028, 2, 29)),
        (date(2027, 12, 1), "month", date(2027, 12, 31)),
        (date(2027, 1, 1), "year", date(2027, 12, 31)),
    ],
)
def test_by_a_month_or_a_year_is_by_its_last_day(day, known, last):
    assert last_day(day, known) == last


@pytest.mark.parametrize(
    ("effort", "day"),
    [(1, (6, 18)), (2, (6, 18)), (3, (8, 17)), (4, (5, 19)), (5, (5, 19))],
)
def test_an_action_without_a_day_has_the_days_of_its_effort(root, effort, day):
    """30 days after 19 May are 18 June, 90 are 17 August, 365 are a year."""
    wave = read(root, HEAD + ANSWERS)
    action = Action("a", Text({"en": "Do."}), "basic", effort)

    assert deadline(action, wave) == date(2027 if effort > 3 else 2026, *day)
    assert deadline(replace(action, due=date(2026, 9, 1), due_known="month"), wave) == date(
        2026, 9, 30
    )


def test_the_month_of_the_wave_is_not_over_yet(root):
    wave = read(
        root,
        HEAD
        + ANSWERS
        + "targets: {a: {score: 50, by: 2026-05}}\n"
        + "actions: {a1: {title: Do., effort: 1, kind: basic, due: 2026-05}}\n",
    )

    assert (wave.targets[0].by, wave.actions[0].due) == (date(2026, 5, 1), date(2026, 5, 1))


def test_a_value_may_be_measured_on_the_day_of_the_decision(root):
    write(root, HEAD.replace("2026", "2025") + ANSWERS + actions("a1"), "w1.yaml")
    told = "outcomes: {a1: {done: yes, value: 9, measured: 2025-05-19}}\n"

    assert read(root, HEAD + ANSWERS + told).outcomes[0].measured == date(2025, 5, 19)


def test_nothing_decided_changes_a_score(root):
    plain = read(root, HEAD + ANSWERS)
    decided = read(
        root,
        HEAD + ANSWERS + "targets: {a: {score: 90}}\nhorizons: [1, 2, 3]\n" + actions("a1"),
    )
    same = replace(decided, targets=(), actions=(), horizons=plain.horizons, digest=plain.digest)

    assert decided.actions
    assert same == plain
    assert replace(scorecard(decided), wave=plain) == scorecard(plain)


# --- what is wrong, to the letter ----------------------------------------------


def test_everything_that_is_wrong_with_targets_is_said(root):
    write(
        root,
        HEAD + ANSWERS + "targets:\n"
        "  al: {level: 2}\n"
        "  overall: {level: 3, score: 50}\n"
        "  first: {by: 2027}\n"
        "  a: {score: 101, by: 2026-05-19}\n"
        "  b: {score: 0, until: 2027}\n"
        "  second: [2]\n",
    )

    assert said(root) == [
        "2026-05.yaml:5:3: targets.al: no measure is called 'al'; did you mean 'a'?",
        "2026-05.yaml:6:12: targets.overall: a target is a level or a score; give one of the two",
        "2026-05.yaml:6:20: targets.overall.level: '3' is not a whole number from 2 to 2",
        "2026-05.yaml:7:10: targets.first: a target is a level or a score; give one of the two",
        "2026-05.yaml:8:14: targets.a.score: 101 is not a score; give points above 0, at most 100",
        "2026-05.yaml:8:23: targets.a.by: 2026-05-19 is not later than the wave, 2026-05-19",
        "2026-05.yaml:9:14: targets.b.score: 0 is not a score; give points above 0, at most 100",
        "2026-05.yaml:9:17: targets.b.until: no such key; known: level, score, by",
        (
            "2026-05.yaml:10:11: targets.second: a map must stand here, each line as `key: value` "
            "and without a dash"
        ),
    ]


def test_everything_that_is_wrong_with_actions_is_said(root):
    write(
        root,
        HEAD + ANSWERS + "actions:\n"
        "  One Way: {title: Do., effort: 6, kind: easy}\n"
        "  alone: {owner: anna@example.org}\n"
        "  stepless: {capability: b, from: 1}\n"
        "  too-high: {capability: a, from: 2}\n"
        "  nowhere: {capability: aa, from: 1}\n"
        "  of-nothing: {from: 1}\n"
        "  early: {capability: a, from: 1, due: 2026-04, number: {base: 1}}\n"
        "  unnamed: {title: Do., effort: 1, kind: basic, number: {goal: 5}}\n"
        "  tongues: {title: {english: Do.}, effort: 1, kind: basic}\n",
    )
    assert said(root) == [
        (
            "2026-05.yaml:5:3: actions.One Way: 'One Way' cannot stand here; use 1 to 60 of a-z, "
            "0-9 and -, beginning and ending with a letter or digit, such as one-way"
        ),
        "2026-05.yaml:5:33: actions.One Way.effort: '6' is not a whole number from 1 to 5",
        "2026-05.yaml:5:42: actions.One Way.kind: 'easy' is not one of basic, build, innovate",
        (
            "2026-05.yaml:6:10: actions.alone: the keys 'title', 'effort' and 'kind' are missing; "
            "give them, or `capability` and `from`, the level whose step the action takes"
        ),
        (
            "2026-05.yaml:6:18: actions.alone.owner: 'anna@example.org' is an address; name a role "
            "or a unit, such as Head of stores"
        ),
        (
            "2026-05.yaml:7:35: actions.stepless.from: 'b' has no steps; leave it out and give "
            "title, effort and kind"
        ),
        "2026-05.yaml:8:35: actions.too-high.from: '2' is not a whole number from 1 to 1",
        (
            "2026-05.yaml:9:25: actions.nowhere.capability: no capability is called 'aa'; did you "
            "mean 'a'?"
        ),
        (
            "2026-05.yaml:10:15: actions.of-nothing: the key 'capability' is missing; `from` is a "
            "level of one"
        ),
        "2026-05.yaml:11:40: actions.early.due: 2026-04 is before the wave, 2026-05-19",
        "2026-05.yaml:11:58: actions.early.number.base: no such key; did you mean 'baseline'?",
        "2026-05.yaml:12:57: actions.unnamed.number: the key 'title' is missing",
        (
            "2026-05.yaml:13:21: actions.tongues.title.english: 'english' cannot stand here; use a "
            "language code such as en, fi, sv or nb"
        ),
    ]


@pytest.mark.parametrize("letters", ["\\u200b", "\\u00ad\\u2060", "\\u202e\\u200b"])
def test_a_text_of_marks_that_nobody_sees_is_none(root, letters):
    title = f'"{letters}"'
    write(root, HEAD + ANSWERS + f"actions:\n  one: {{capability: a, from: 1, title: {title}}}\n")

    assert said(root) == [
        (
            "2026-05.yaml:5:40: actions.one.title: no value that one can see; write one or leave "
            "the key out"
        )
    ]


@pytest.mark.parametrize("word", ["null", "~"])
def test_what_is_no_value_elsewhere_is_not_shown_as_a_word(root, word):
    write(
        root,
        f"{HEAD}{ANSWERS}actions:\n"
        f"  one: {{title: Do., effort: 1, kind: basic, owner: {word}}}\n"
        f"  two: {{capability: a, from: 1, number: {{baseline: {word}, goal: 5}}}}\n",
    )

    rest = f"{word!r} would be shown as it stands; write a value or leave the key out"
    assert said(root) == [
        f"2026-05.yaml:5:52: actions.one.owner: {rest}",
        f"2026-05.yaml:6:52: actions.two.number.baseline: {rest}",
    ]


def test_an_address_of_wide_letters_is_one_too(root):
    write(
        root,
        HEAD + ANSWERS + "actions:\n  one: {capability: a, from: 1, owner: a\uff20b.example}\n",
    )

    assert said(root) == [
        (
            "2026-05.yaml:5:40: actions.one.owner: 'a\uff20b.example' is an address; name a role "
            "or a unit, such as Head of stores"
        )
    ]


@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_a_year_in_which_nobody_plans_is_a_slip(root, year):
    write(
        root,
        f"{HEAD}{ANSWERS}targets:\n  overall: {{level: 2, by: {year}-12-31}}\n"
        f"actions:\n  one: {{capability: a, from: 1, due: {year}}}\n",
    )

    rest = "lies outside the years 1900 to 2199"
    assert said(root) == [
        f"2026-05.yaml:5:27: targets.overall.by: '{year}-12-31' {rest}",
        f"2026-05.yaml:7:38: actions.one.due: '{year}' {rest}",
    ]


def test_a_wave_at_the_end_of_time_is_a_slip_and_no_overflow(root):
    late = HEAD.replace("2026-05-19", "9999-12-31")
    write(root, late + ANSWERS + "actions:\n  one: {capability: a, from: 1}\n")

    assert said(root) == [
        "2026-05.yaml:2:7: date: '9999-12-31' lies outside the years 1900 to 2199"
    ]


def test_a_measure_has_one_target_however_it_is_spaced(root):
    write(root, HEAD + ANSWERS + "targets: {overall: {level: 2}, 'overall ': {score: 9}}\n")

    assert said(root) == [
        "2026-05.yaml:4:32: overall : a space stands before or behind the key; delete it"
    ]


def test_a_plan_has_its_limits_and_is_read_no_further(root):
    action = "{title: Do., effort: 1, kind: basic}"
    actions = "".join(f"  a{i}: {action}\n" for i in range(201))
    outcomes = "".join(f"  a{i}: {{done: no}}\n" for i in range(501))
    write(root, HEAD + ANSWERS + "actions:\n" + actions)
    later = HEAD.replace("2026", "2027")
    write(root, later + ANSWERS + "outcomes:\n" + outcomes, "2027-05.yaml")

    assert [line for line in said(root) if "at most" in line] == [
        "2026-05.yaml:5:3: actions: 201 actions; at most 200 in one wave",
        "2027-05.yaml:5:3: outcomes: 501 outcomes; at most 500 in one wave",
    ]


def test_two_hundred_actions_are_no_mistake(root):
    action = "{title: Do., effort: 1, kind: basic}"
    actions = "".join(f"  a{i}: {action}\n" for i in range(200))

    assert len(read(root, HEAD + ANSWERS + "actions:\n" + actions).actions) == 200


def test_a_title_in_a_language_of_no_report_is_a_warning(root):
    title = "{en: Ask first., 'no': Spor.}"
    write(root, HEAD + ANSWERS + f"actions:\n  one: {{title: {title}, effort: 1, kind: basic}}\n")
    _, warnings = validate.assessments(root)

    assert list(map(str, warnings)) == [
        (
            f"{WHERE}/2026-05.yaml:5:33: warning: actions.one.title.no: no report is written in "
            "'no', so nobody reads this; use en, fi, sv, nb"
        )
    ]


@pytest.mark.parametrize("days", ["[30, 90]", "[30, 30, 90]", "[90, 30, 365]"])
def test_horizons_are_three_that_rise(root, days):
    write(root, f"{HEAD}{ANSWERS}horizons: {days}\n")

    assert said(root) == [
        (
            "2026-05.yaml:4:11: horizons: give three numbers of days that rise: for efforts 1 and "
            "2, for 3, and for 4 and 5"
        )
    ]


def test_horizons_are_whole_days(root):
    write(root, f"{HEAD}{ANSWERS}horizons: [0, 30.5, 4000]\n")

    assert said(root) == [
        "2026-05.yaml:4:12: horizons.1: '0' is not a whole number from 1 to 3,650",
        "2026-05.yaml:4:15: horizons.2: '30.5' is not a whole number from 1 to 3,650",
        "2026-05.yaml:4:21: horizons.3: '4000' is not a whole number from 1 to 3,650",
    ]


def test_everything_that_is_wrong_with_outcomes_is_said(root):
    write(root, HEAD.replace("2026", "2025") + ANSWERS + actions("a1", "a2"), "w1.yaml")
    write(
        root,
        HEAD + ANSWERS + "outcomes:\n"
        "  a1: {done: true, measured: 2026-04}\n"
        "  a2: {value: 9, measured: 2025-04-30}\n"
        "  a3: {done: yes}\n"
        "  here: {done: yes}\n" + actions("a1", "here"),
        "w2.yaml",
    )

    assert said(root) == [
        "w2.yaml:5:14: outcomes.a1.done: 'true' is not one of yes, partly, no, dropped",
        (
            "w2.yaml:5:30: outcomes.a1.measured: no value was measured; give it under 'value' or "
            "leave this out"
        ),
        "w2.yaml:6:7: outcomes.a2: the key 'done' is missing",
        (
            "w2.yaml:6:28: outcomes.a2.measured: 2025-04-30 is before 2025-05-19, when the action "
            "was decided; give the day on which the value was seen since"
        ),
        "w2.yaml:7:3: outcomes.a3: no earlier wave has this action; did you mean 'a2'?",
        (
            "w2.yaml:8:3: outcomes.here: the action was decided after w2; say what came of it in a "
            "later wave"
        ),
        "w2.yaml:10:3: actions.a1: 'a1' is used already in w1.yaml, line 5; give it another id",
    ]


def test_a_goal_that_was_reached_or_missed_needs_a_value_and_a_goal(root):
    number = "number: {title: Days., goal: 9}"
    planned = (
        "actions:\n"
        f"  a1: {{title: Do., effort: 1, kind: basic, {number}}}\n"
        "  a2: {title: Do., effort: 1, kind: basic}\n"
        f"  a3: {{title: Do., effort: 1, kind: basic, {number}}}\n"
    )
    write(root, HEAD.replace("2026", "2025") + ANSWERS + planned, "w1.yaml")
    write(
        root,
        HEAD + ANSWERS + "outcomes:\n"
        "  a1: {done: yes, reached: yes}\n"
        "  a2: {done: yes, value: 9, reached: no}\n"
        "  a3: {done: yes, value: 9, reached: nearly}\n",
        "w2.yaml",
    )

    assert said(root) == [
        (
            "w2.yaml:5:28: outcomes.a1.reached: no value was measured; give it under 'value' or "
            "leave this out"
        ),
        (
            "w2.yaml:6:38: outcomes.a2.reached: 'a2' has no goal in w1; give it under 'number' "
            "there, or leave this out"
        ),
        "w2.yaml:7:38: outcomes.a3.reached: 'nearly' is not one of yes, no",
    ]


def test_outcomes_of_nothing_are_an_error(root):
    write(root, HEAD + ANSWERS + "outcomes: {a1: {done: yes}}\n")

    assert said(root) == [
        "2026-05.yaml:4:12: outcomes.a1: no earlier wave decided anything; leave it out"
    ]


def test_what_this_wave_decides_is_no_earlier_decision(root):
    write(root, HEAD + ANSWERS + actions("a1") + "outcomes: {a2: {done: yes}}\n")

    assert said(root) == [
        "2026-05.yaml:6:12: outcomes.a2: no earlier wave decided anything; leave it out"
    ]


def test_what_was_dropped_has_no_further_outcome(root):
    write(root, HEAD.replace("2026", "2024") + ANSWERS + actions("a1"), "w1.yaml")
    told = "outcomes: {a1: {done: dropped}}\n"
    write(root, HEAD.replace("2026", "2025") + ANSWERS + told, "w2.yaml")
    write(root, HEAD + ANSWERS + told, "w3.yaml")

    assert said(root) == [
        (
            "w3.yaml:4:12: outcomes.a1: the action was dropped in w2; leave it out, or decide it "
            "anew under another id"
        )
    ]


def test_while_a_wave_is_broken_nothing_is_called_unknown(root):
    """The action may well stand in the wave that cannot be read."""
    write(root, HEAD.replace("tiny", "tinny") + ANSWERS + actions("a1"), "w1.yaml")
    write(root, HEAD + ANSWERS + "outcomes: {a1: {done: yes}}\n", "w2.yaml")

    assert said(root) == [("w1.yaml:1:16: questionnaire: no questionnaire 'tinny@1.0'; did you "
                          "mean 'tiny@1.0'?")]  # fmt: skip


def test_one_wave_is_read_with_the_same_checks(root):
    with pytest.raises(ContentError, match="no earlier wave decided anything"):
        read(root, HEAD + ANSWERS + "outcomes: {a1: {done: yes}}\n")


def test_empty_maps_are_errors(root):
    write(root, HEAD + ANSWERS + "targets: {}\nactions: {}\noutcomes: {}\nhorizons: []\n")
    rule = "the map is empty; give one pair at least, or leave the key out"

    assert said(root) == [
        f"2026-05.yaml:4:10: targets: {rule}",
        f"2026-05.yaml:5:10: actions: {rule}",
        f"2026-05.yaml:6:11: outcomes: {rule}",
        (
            "2026-05.yaml:7:11: horizons: give three numbers of days that rise: for efforts 1 and "
            "2, for 3, and for 4 and 5"
        ),
    ]


# --- the guide -----------------------------------------------------------------


def test_the_examples_of_the_guide_are_valid(tmp_path, monkeypatch):
    """Two files stand in it whole; they are read beside the questionnaire that comes with it."""
    shipped = HERE.parent / "assessments"
    folder = tmp_path / "assessments/organisations/rowan-example"
    folder.mkdir(parents=True)
    shutil.copytree(shipped / "questionnaires", tmp_path / "assessments/questionnaires")
    monkeypatch.chdir(tmp_path)
    (folder / "organisation.yaml").write_text("name: Rowan Example\nfictional: true\n", "utf-8")
    examples = re.findall(
        r"`(20\d\d-\d\d\.yaml)`[^\n]*\n\n```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL
    )
    for name, text in examples:
        (folder / name).write_text(text, "utf-8")

    found, warnings = validate.assessments(Path("assessments"))

    (organisation,) = found.organisations
    assert [name for name, _ in examples] == ["2026-05.yaml", "2027-05.yaml"]
    assert warnings == []
    assert [len(wave.actions) for wave in organisation.waves] == [3, 1]
    assert [outcome.done for outcome in organisation.waves[1].outcomes] == ["yes", "dropped", "no"]
