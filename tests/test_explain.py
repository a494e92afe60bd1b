"""Where a number comes from: every expectation is worked out by hand from the answers."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity.__main__ import main
from cx_maturity.editions import Cell, Comparison, Edition, Peers, Segment, Standing
from cx_maturity.explain import explained, trace_page
from cx_maturity.explaining.basis import Basis
from cx_maturity.model import (
    Answer,
    Capability,
    Dimension,
    Level,
    Organisation,
    Points,
    Question,
    Questionnaire,
    Reason,
    Respondent,
    Role,
    Scale,
    State,
    Subset,
    Text,
    Wave,
)
from cx_maturity.parts.subject import subject
from cx_maturity.results import Change, Difference, Movement
from cx_maturity.score import scorecard
from cx_maturity.words import Words

ROOT = Path(__file__).resolve().parent.parent
ASPNES = ROOT / "assessments/organisations/aspnes-outfitters/2026-05.yaml"
TUULENTUPA = ROOT / "assessments/organisations/tuulentupa-stores/2026-05.yaml"
NBSP = "\N{NO-BREAK SPACE}"
LADDER = Scale("ladder", Points(1, 5), {})


def en(sentence):
    return Text({"en": sentence})


def question(name, **more):
    return Question(name, en(f"What about {name}?"), LADDER, **more)


# Two capabilities of weights 1 and 3; the second's questions have weights 1 and 2.
QUESTIONS = {
    "a.say": question("a.say", aspect="say"),
    "a.do": question("a.do", aspect="do"),
    "b.say": question("b.say", aspect="say"),
    "b.do": question("b.do", aspect="do", weight=2),
}
TINY = Questionnaire(
    id="tiny",
    version="1.0",
    title=en("Tiny"),
    languages=("en",),
    dimensions=(
        Dimension(
            "dim",
            en("Dimension"),
            capabilities=(
                Capability(
                    "a", en("Alpha"), (QUESTIONS["a.say"], QUESTIONS["a.do"]), foundation=True
                ),
                Capability("b", en("Beta"), (QUESTIONS["b.say"], QUESTIONS["b.do"]), weight=3),
            ),
        ),
    ),
    levels=tuple(Level(n, en(f"Stage {n}"), Fraction(n - 1, 5)) for n in range(1, 6)),
    staged=False,
    staged_pass=Fraction(1),
    aggregate="mean",
    gate=1,
    capability_coverage=Fraction(1, 2),
    dimension_coverage=Fraction(3, 5),
    subsets=(Subset("full", en("Full"), frozenset(QUESTIONS)),),
    roles=(Role("top", en("Top")), Role("front", en("Front line"))),
    perception_gap=("top", "front"),
    reasons=(Reason("too-new", en("Too new.")),),
    fingerprint="0123456789abcdef",
)
SEGMENT = Segment("retail", en("Retail"), "retail", None, None)
EDITION = Edition(
    "pooled", "pooled", en("Peers"), "tiny", "1.0", "full", "mean", "2026", "2025 to 2026",
    en("41 organisations."), (SEGMENT,), {},
)  # fmt: skip


def value(given):
    return Answer(State.VALUE, str(given), Fraction(given - 1, 4))


def answers(*given):
    """Give each question in turn an answer; None is none."""
    return {
        name: value(each) for name, each in zip(QUESTIONS, given, strict=True) if each is not None
    }


def about(*respondents, is_panel=False, standings=None, **more):
    wave = Wave(
        "2026-05", TINY, "full", date(2026, 5, 19), respondents, is_panel, digest="d892", **more
    )
    organisation = Organisation(
        "acme", "Acme", "retail", None, None, ("en",), public=True, fictional=True, waves=(wave,)
    )
    peers = Peers(EDITION, SEGMENT, 41, ()) if standings else None
    return subject(organisation, scorecard(wave), Comparison(peers, standings or {}), Words("en"))


def lines(subject_, name):
    """Return the lines about *name* itself: name → (value, rule, inputs as written)."""
    first = next(explained(Basis(subject_), name))
    return {
        line.name: (line.value, line.rule, [f"{i.title}: {i.value}" for i in line.inputs])
        for line in first.lines
    }


# a: (2, 4) → 25 and 75 → 50.  b: (5, 3) → (100 + 2 x 50) / 3 = 66.67.  dim: (50 + 3 x 66.67) / 4.
ONE = Respondent(answers(2, 4, 5, 3))


def test_a_score_is_traced_to_the_sum_of_its_parts():
    found = lines(about(ONE), "dim")["Score"]

    assert found == (
        "62.5",
        "Weighted mean of what has a score: 250 ÷ 4 = 62.5.",
        ["Alpha: 50, weight 1", "Beta: 66.67, weight 3"],
    )


def test_equal_weights_are_not_spoken_of():
    found = lines(about(ONE), "a")["Score"]

    assert found == (
        "50",
        "Mean of what has a score: 100 ÷ 2 = 50.",
        ["Question 1: 25", "Question 2: 75"],
    )


def test_a_part_without_a_score_is_listed_and_carries_no_weight():
    found = lines(about(Respondent(answers(2, None, 5, 3))), "a")["Score"]

    assert found == (
        "25",
        "Mean of what has a score: 25 ÷ 1 = 25.",
        ["Question 1: 25", "Question 2: no answer"],
    )


def test_a_question_is_traced_to_the_answer_and_its_place_on_the_scale():
    found = lines(about(ONE), "b.do")["Place"]

    assert found == (
        "50",
        "Answer 1 counts 0 and 5 counts 100; the others lie between by their value.",
        ["Answer 3: "],
    )


def test_a_level_is_traced_to_where_it_begins_and_the_gate_to_the_foundations():
    low = Respondent(answers(1, 1, 5, 5))  # a: 0, b: 100, dim: 75
    found = lines(about(low), "overall")

    assert found["Level by score"] == ("Stage 4", "60 up to 80 is level 4", [])
    assert found["Level after the gate"] == (
        "Stage 2",
        "At most one above the level of the lowest foundation",
        ["Alpha: level 1"],
    )


def test_coverage_is_traced_to_the_weights_of_what_was_answered():
    found = lines(about(Respondent(answers(2, 4, None, 3))), "overall")

    assert found["Answered"] == ("80" + NBSP + "%", "4 of 5 answers that applied, by weight", [])
    # b: 50 from its weight of 2 of 3; with the lowest 33.33, with the highest 66.67.
    assert found["Could be"][0] == "38–63"


def test_say_and_do_are_traced_to_both_sides():
    found = lines(about(ONE), "b")["Do less say"]

    assert found == (
        "−50",
        "What is done less what is said, by the same people",
        ["Say: 100", "Do: 50"],
    )


PANEL = tuple(
    Respondent(answers(*given), role)
    for role, given in [
        *[("top", (5, 5, 5, 5))] * 3,
        *[("top", (4, 4, 4, 4))] * 2,
        *[("front", (2, 2, 2, 2))] * 4,
        *[("front", (3, 3, 3, 3))] * 2,
    ]
)


def test_a_panel_s_score_is_traced_to_its_roles_and_to_nobody():
    """Top: (3 x 100 + 2 x 75) / 5 = 90; front line: (4 x 25 + 2 x 50) / 6 = 33.33."""
    found = lines(about(*PANEL, is_panel=True), "a")["Score"]

    assert found == (
        "62",
        (
            "Everybody is scored alone, by the same rule; the score is the mean of the roles’ "
            "means over 11 people. Nobody’s own score is shown."
        ),
        [f"Top: 90 (n{NBSP}={NBSP}5)", f"Front line: 33 (n{NBSP}={NBSP}6)"],
    )


def test_a_pooled_wave_s_roles_stand_beside_its_score():
    """(5 x 90 + 6 x 33.33) / 11 = 59.09."""
    found = lines(about(*PANEL, is_panel=True, combine="pooled"), "a")

    assert found["Score"][0] == "59"
    assert found["Score"][2] == []
    assert found["By role"][2] == [
        f"Top: 90 (n{NBSP}={NBSP}5)",
        f"Front line: 33 (n{NBSP}={NBSP}6)",
    ]


def test_a_panel_s_interval_is_traced_to_its_standard_error():
    """
    Variances 187.5 of 5 and 166.67 of 6: squared errors 37.5 and 27.78, halved means.

    Error √(65.28) / 2 = 4.04; degrees 65.28² / (37.5² / 4 + 27.78² / 5) = 8.41, floored.
    """
    found = lines(about(*PANEL, is_panel=True), "a")["Interval"]

    assert found[1] == "95 %, Student’s t over 11 people"
    assert found[2][:2] == ["Standard error: 4.04", "Degrees of freedom: 8"]


def test_a_finite_population_is_named():
    panel = about(*PANEL, is_panel=True, population={"top": 9, "front": 90})

    found = lines(panel, "a")["Interval"][2]

    assert found[2:4] == ["Finite population, top: 9", "Finite population, front line: 90"]


def test_a_panel_s_interval_is_in_whole_points():
    """Its middle is the mean, which decimals would tell; the score's are hidden for a reason."""
    assert re.fullmatch(r"≈?\d+–\d+", lines(about(*PANEL, is_panel=True), "a")["Interval"][0])


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (4, "Of the answers that applied, by weight"),
        (5, "50 of 50 answers that applied, by weight"),
    ],
)
def test_how_many_answers_did_not_apply_is_not_told_of_a_few(without, said):
    unfit = Answer(State.NOT_APPLICABLE, reason="too-new")
    people = [
        Respondent({**answers(3, 3, 3, 3), **({"a.do": unfit} if n < without else {})})
        for n in range(11)
    ]

    assert lines(about(*people, is_panel=True), "overall")["Answered"][1] == said


def test_a_panel_s_question_ends_at_counts_of_which_small_ones_are_hidden():
    """Every count is under five, so none is printed, nor which answer nobody gave."""
    found = lines(about(*PANEL, is_panel=True), "a.do")["Place"][2]

    assert found == [
        "Answer 1: *",
        "Answer 2: *",
        "Answer 3: *",
        "Answer 4: *",
        "Answer 5: *",
        "Don’t know: 0",
        "Not applicable: 0",
        "No answer: 0",
    ]


def test_the_perception_gap_is_traced_to_both_roles():
    found = lines(about(*PANEL, is_panel=True), "a")["Top less front line"]

    assert found[0] == "+57"
    assert found[1].startswith("Over the 4 of 4 questions that both answered; 95 % interval ")
    assert found[2] == [f"Top: 90 (n{NBSP}={NBSP}5)", f"Front line: 33 (n{NBSP}={NBSP}6)"]


def standing(percentile, quantiles, interval=None):
    return Standing(Cell(41, quantiles), 50, (40, 60), "above", Fraction(12), percentile, interval)


def test_a_percentile_is_traced_to_the_published_ones_beside_it():
    deciles = {10: 20, 50: 50, 60: 58, 70: 64, 90: 80}
    found = lines(about(ONE, standings={"dim": standing(68, deciles, (52, 80))}), "dim")

    assert found["Beside peers"] == (
        "above, median 50",
        "Median of 41 organisations, Retail, edition 2026",
        [],
    )
    assert found["Percentile"] == (
        "68",
        (
            "Linear between the published percentiles on either side; 95 % interval 52 to 80 "
            "(Wilson, 41 organisations)"
        ),
        ["Percentile 60: 58", "Percentile 70: 64"],
    )


@pytest.mark.parametrize(
    ("percentile", "deciles", "said"),
    [
        (0, {10: 70, 90: 90}, ("under 10", "Below the lowest published one")),
        (100, {10: 20, 90: 60}, ("over 90", "Above the highest published one")),
    ],
)
def test_beyond_the_published_percentiles_nothing_is_made_up(percentile, deciles, said):
    found = lines(about(ONE, standings={"dim": standing(percentile, deciles)}), "dim")

    assert found["Percentile"][:2] == said


def test_simulated_peers_are_called_so_in_the_title_and_wherever_they_are_counted():
    made = about(ONE, standings={"dim": standing(68, {10: 20, 60: 58, 70: 64}, (52, 80))})
    peers = replace(made.peers, edition=replace(EDITION, kind="illustrative"))
    simulated = replace(made, comparison=replace(made.comparison, peers=peers))
    found = lines(simulated, "dim")

    assert found["Beside peers"][1] == (
        "Median of 41 simulated organisations, Retail, edition 2026"
    )
    assert found["Percentile"][1].endswith("(Wilson, 41 simulated organisations)")
    assert trace_page(made).title == "Acme, May 2026: where each number comes from"
    assert trace_page(simulated).title == (
        "Acme, May 2026: where each number comes from (Illustrative peers)"
    )


@pytest.mark.parametrize(
    ("holm", "said"),
    [(0.0, "under 0.001"), (0.0009, "under 0.001"), (0.001, "0.001"), (0.0416, "0.042")],
)
def test_no_p_is_nought(holm, said):
    made = about(ONE)
    side = made.measure("a")
    gap = Difference(Fraction(1, 10), (30, 30), is_paired=False, interval=(0.05, 0.15))
    moved = Change("a", side, side, gap, "up", holm, (2, 2))
    before = replace(made.wave, date=date(2025, 5, 19))
    movement = Movement(before, made.wave, 4, (4, 4), is_linked=False, changes={"a": moved})

    assert lines(replace(made, movement=movement), "a")["Since last time"] == (
        "+10",
        "Now less then, over 2 of 2 questions; 95 % interval +5 to +15",
        ["May 2025: 50", "May 2026: 50", f"p by Holm: {said}"],
    )


def test_the_trace_page_leads_to_every_measure_and_keeps_questions_under_theirs():
    page = trace_page(about(ONE))

    assert [(p.anchor, [inside.anchor for inside in p.inside]) for p in page.contents] == [
        ("overall", []),
        ("dim", ["a", "b"]),
    ]
    assert [(b.measure.id, b.fold, [q.id for q in b.questions]) for b in page.blocks] == [
        ("overall", "", []),
        ("dim", "", []),
        ("a", "2 questions", ["a.say", "a.do"]),
        ("b", "2 questions", ["b.say", "b.do"]),
    ]


def test_the_trace_page_explains_everything_once_and_every_link_on_it_leads_somewhere():
    page = trace_page(about(*PANEL, is_panel=True))
    anchors = [item.anchor for item in page.explained]
    inputs = [i for item in page.explained for line in item.lines for i in line.inputs]

    assert anchors == [
        "overall", "dim", "a", "question-a.say", "question-a.do", "b", "question-b.say",
        "question-b.do",
    ]  # fmt: skip
    assert {i.anchor for i in inputs if i.anchor} <= set(anchors)


# --- the command -------------------------------------------------------------


def test_explain_prints_a_measure_and_all_that_it_is_made_of(capsys):
    """Both questions of the capability were answered with 4, so each counts 75."""
    assert main(["explain", str(ASPNES), "culture.presence"]) == 0
    printed = capsys.readouterr().out.splitlines()

    assert printed[:5] == [
        "Everyday customer presence",
        "  Score: 75",
        "    Mean of what has a score: 150 ÷ 2 = 75.",
        "    - Question 1: 75",
        "    - Question 2: 75",
    ]
    assert sum(line.startswith(("  1 ", "  2 ")) for line in printed) == 2


def test_explain_shows_no_respondent_of_a_panel(capsys):
    assert main(["explain", str(TUULENTUPA), "overall"]) == 0
    printed = capsys.readouterr().out
    rows = (TUULENTUPA.with_suffix(".responses.csv")).read_text("utf-8").splitlines()[1:]
    ids = {row.split(";")[0] for row in rows}

    assert len(ids) == 60
    assert ids & set(re.findall(r"\w+", printed)) == set()


def test_explain_names_a_measure_that_was_meant(capsys):
    assert main(["explain", str(ASPNES), "culture.presense"]) == 2
    assert capsys.readouterr().err == (
        "cx-maturity: no measure 'culture.presense' in this wave; did you mean "
        "'culture.presence'?\n"
    )


def test_explain_of_something_that_is_no_wave_is_a_mistake_in_the_content(capsys, tmp_path):
    assert main(["explain", str(tmp_path / "2026.yaml"), "overall"]) == 1
    assert "no wave here" in capsys.readouterr().out
