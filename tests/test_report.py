"""What a report says: its verdict, its findings, and what it keeps to itself."""

import json
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction

import pytest

from cx_maturity import chart
from cx_maturity.benchmark import compare
from cx_maturity.editions import Cell, Comparison, Edition, Peers, Segment, Standing
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
    Step,
    Subset,
    Text,
    Wave,
)
from cx_maturity.pages.listing import entry, industry_title, listing, newest
from cx_maturity.parts.answers import answers
from cx_maturity.parts.foundation import held
from cx_maturity.parts.gaps import gaps
from cx_maturity.parts.heat import capabilities
from cx_maturity.parts.held import find_out, what_holds
from cx_maturity.parts.profile import overall_figure, profile
from cx_maturity.parts.row import shade
from cx_maturity.parts.source import decimals_said
from cx_maturity.parts.subject import subject
from cx_maturity.parts.trace import trace
from cx_maturity.parts.unknown import unknown
from cx_maturity.parts.verdict import MOST_WORDS, headline
from cx_maturity.report import report
from cx_maturity.results import Difference, Measure, Sensitivity
from cx_maturity.score import scorecard
from cx_maturity.words import Words

WORDS = Words("en")
NBSP = "\N{NO-BREAK SPACE}"
NAMES = ("Unheard", "Listening", "Responding", "Consistent", "Anticipating")
PARTS = {
    "culture": "Customer presence",
    "strategy": "Needs insight",
    "leadership": "Ownership",
    "measurement": "Listening coverage",
}
LADDER = Scale("ladder", Points(1, 5), {})
UNSURE = Answer(State.UNSURE)


def en(sentence):
    return Text({"en": sentence})


def question(question_id, scale=LADDER, aspect=None):
    anchors = {str(n): en(f"What {n} looks like.") for n in range(1, 6)}
    return Question(
        question_id, en(f"What about {question_id}?"), scale, aspect=aspect, anchors=anchors
    )


def step(start):
    action, sign, number = (en(f"{word} from {start}.") for word in ("Act", "Sign", "Number"))
    return Step(start, 2, "basic", action, sign, number)


def capability(dimension):
    return Capability(
        id=f"{dimension}.one",
        title=en(PARTS[dimension]),
        questions=(
            question(f"{dimension}.one.say", aspect="say"),
            question(f"{dimension}.one.do", aspect="do"),
        ),
        foundation=True,
        answered_by=en("Whoever was there."),
        steps=tuple(step(start) for start in range(1, 5)),
    )


THREE_DEPTHS = Questionnaire(
    id="cx",
    version="1.0",
    title=en("Maturity"),
    languages=("en",),
    dimensions=tuple(
        Dimension(d, en(d.capitalize()), capabilities=(capability(d),)) for d in PARTS
    ),
    levels=tuple(Level(n, en(name), Fraction(n - 1, 5)) for n, name in enumerate(NAMES, 1)),
    staged=False,
    staged_pass=Fraction(1),
    aggregate="mean",
    gate=1,
    capability_coverage=Fraction(1, 2),
    dimension_coverage=Fraction(3, 5),
    subsets=(
        Subset("full", en("Full"), frozenset(f"{d}.one.{a}" for d in PARTS for a in ("say", "do"))),
        Subset("short", en("Short"), frozenset(f"{d}.one.do" for d in PARTS)),
    ),
    roles=(Role("top", en("Top")), Role("front", en("Front line"))),
    perception_gap=None,
    reasons=(Reason("too-new", en("Running for less than 12 months.")),),
    fingerprint="sha256:0123456789abcdef",
)
SEVEN = Scale("seven", Points(1, 7), {})
TWO_DEPTHS = replace(
    THREE_DEPTHS,
    id="voice",
    title=en("Customers' view"),
    dimensions=(
        Dimension(
            "quality", en("Quality"), questions=(question("q1", SEVEN), question("q2", SEVEN))
        ),
        Dimension("trust", en("Trust"), questions=(question("q3", SEVEN),)),
    ),
    levels=(Level(1, en("Cool"), Fraction(0)), Level(2, en("Warm"), Fraction(1, 2))),
    gate=None,
    subsets=(Subset("all", en("All"), frozenset({"q1", "q2", "q3"})),),
    customer_voice=True,
)


def value(given, top=5, **more):
    return Answer(State.VALUE, str(given), Fraction(given - 1, top - 1), **more)


def everybody(**given):
    """Answer both questions of each dimension alike; the ones not named are 3."""
    return {
        f"{d}.one.{aspect}": answer
        for d in PARTS
        for aspect in ("say", "do")
        if (answer := given.get(d, value(3))) is not None
    }


def wave(*respondents, questionnaire=THREE_DEPTHS, subset="full", is_panel=False, **more):
    people = tuple(r if isinstance(r, Respondent) else Respondent(r) for r in respondents)
    day = date(2026, 5, 19)
    return Wave(
        "2026-05", questionnaire, subset, day, people, is_panel, digest="d892da15bfd2", **more
    )


def standing(word, gap, median=50):
    return Standing(Cell(41, {25: 40, 50: median, 75: 60}), median, (40, 60), word, Fraction(gap))


SEGMENT = Segment("retail", en("Retail"), "retail", None, None)
EDITION = Edition(
    "sim", "illustrative", en("Simulated"), "cx", "1.0", "full", "mean", "2026.1", "simulated",
    en("41 simulated organisations."), (SEGMENT,), {},
)  # fmt: skip


def about(a_wave, standings=None, *, public=True, fictional=False, edition=EDITION):
    organisation = Organisation(
        "lindvik", "Lindvik Bank", "retail", "NO", None, ("en",), public, fictional, (a_wave,)
    )
    peers = Peers(edition, SEGMENT, 41, ()) if standings else None
    comparison = Comparison(peers, standings or {})
    return subject(organisation, scorecard(a_wave), comparison, WORDS)


def against(*words):
    """Give each dimension in turn a word; None is a dimension without peers."""
    gap = {"above": 10, "below": -10, "level with": 1}
    return {d: standing(w, gap[w]) for d, w in zip(PARTS, words, strict=True) if w}


HELD = everybody(measurement=value(2), culture=value(5), strategy=value(5), leadership=value(5))


# --- the verdict -------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words", "said"),
    [
        (
            HELD,
            ("above", "above", "above", "level with"),
            (
                "Level 3 of 5, Responding, by one set of answers. Above the peer median in three "
                "of four dimensions, held at 3 by listening coverage."
            ),
        ),
        (
            everybody(),
            ("above",) * 4,
            (
                "Level 3 of 5, Responding, by one set of answers. Above the peer median in all "
                "four dimensions."
            ),
        ),
        (
            everybody(),
            ("above", "above", "below", "level with"),
            (
                "Level 3 of 5, Responding, by one set of answers. Above the peer median in two of "
                "four dimensions, below it in one."
            ),
        ),
        (
            everybody(),
            ("level with", "level with", "below", "level with"),
            (
                "Level 3 of 5, Responding, by one set of answers. Below the peer median in one of "
                "four dimensions."
            ),
        ),
        (
            everybody(),
            ("level with",) * 4,
            (
                "Level 3 of 5, Responding, by one set of answers. Level with the peer median in "
                "all four dimensions."
            ),
        ),
        (
            everybody(),
            ("level with", "level with", None, None),
            (
                "Level 3 of 5, Responding, by one set of answers. Level with the peer median in "
                "two of four dimensions."
            ),
        ),
        (everybody(), (None,) * 4, "Level 3 of 5, Responding, by one set of answers."),
        (
            HELD,
            (None,) * 4,
            "Level 3 of 5, Responding, by one set of answers. Held at 3 by listening coverage.",
        ),
        (
            everybody(measurement=UNSURE),
            ("above",) * 4,
            "No level yet: Measurement has too few answers.",
        ),
        (
            everybody(measurement=UNSURE, culture=None),
            (None,) * 4,
            "No level yet: Culture and Measurement have too few answers.",
        ),
    ],
)
def test_the_verdict_says_level_peers_and_what_holds(given, words, said):
    assert headline(about(wave(given), against(*words))) == said


@pytest.mark.parametrize(
    ("word", "gap", "said"),
    [
        ("below", -4, "Below the peer median, level with it in each dimension."),
        ("above", 4, "Above the peer median, level with it in each dimension."),
        ("level with", 1, "Level with the peer median in all four dimensions."),
    ],
)
def test_the_verdict_tells_of_the_overall_where_only_that_differs(word, gap, said):
    standings = {**against(*("level with",) * 4), "overall": standing(word, gap)}

    assert headline(about(wave(everybody()), standings)) == (
        f"Level 3 of 5, Responding, by one set of answers. {said}"
    )


def beside_the_foundation():
    """Give measurement a second capability that weighs nine: it has a score without the first."""
    measurement = THREE_DEPTHS.dimensions[3]
    plain = replace(
        capability("measurement"),
        id="other",
        foundation=False,
        questions=(question("other.q"),),
        weight=9,
    )
    dimension = replace(measurement, capabilities=(*measurement.capabilities, plain))
    asked = THREE_DEPTHS.subsets[0].questions | {"other.q"}
    return replace(
        THREE_DEPTHS,
        dimensions=(*THREE_DEPTHS.dimensions[:3], dimension),
        subsets=(Subset("full", en("Full"), asked),),
    )


def test_a_foundation_without_a_score_leaves_the_level_open():
    given = {**everybody(measurement=UNSURE), "other.q": value(3)}

    open_ = about(wave(given, questionnaire=beside_the_foundation()))

    assert headline(open_) == (
        "By one set of answers the level is open: 50 points would be level 3, but listening "
        "coverage has too few answers."
    )
    assert find_out(open_).sentences == (
        "Answers are needed for listening coverage.",
        "Whoever was there.",
    )
    assert open_.row("measurement.one").holding == "leaves the level open"


def test_a_verdict_longer_than_thirty_words_leaves_out_the_peers_first():
    long = replace(THREE_DEPTHS.dimensions[3].capabilities[0], title=en("Word " * 13 + "end"))
    dimensions = (
        *THREE_DEPTHS.dimensions[:3],
        replace(THREE_DEPTHS.dimensions[3], capabilities=(long,)),
    )
    held_long = about(
        wave(HELD, questionnaire=replace(THREE_DEPTHS, dimensions=dimensions)),
        against("above", "above", "below", "level with"),
    )

    said = headline(held_long)

    assert said.startswith(
        "Level 3 of 5, Responding, by one set of answers. Held at 3 by word Word"
    )
    assert len(said.split()) <= MOST_WORDS


def test_a_panel_is_not_called_one_set_of_answers():
    assert headline(about(panel(2, 3, 4, 3))) == "Level 3 of 5, Responding."


def test_without_peers_the_ends_of_the_profile_are_named_where_their_intervals_lie_apart():
    apart = [everybody(culture=value(n), strategy=value(n - 2)) for n in (4, 5, 4, 5, 4)]
    near = [everybody(culture=value(n), strategy=value(4)) for n in (1, 5, 2, 5, 4)]

    assert headline(about(wave(*apart, is_panel=True))) == (
        "Level 3 of 5, Responding. Highest: Culture; lowest: Strategy."
    )
    assert headline(about(wave(*near, is_panel=True))) == "Level 3 of 5, Responding."


# --- what holds the level, and what is next ----------------------------------


def test_what_holds_the_level_is_told_with_the_rule_and_what_would_open_the_next():
    assert what_holds(about(wave(HELD))).sentences == (
        "The score alone, 81, would give level 5.",
        "But listening coverage is a foundation, and it is at level 2 (25).",
        (
            "By the rule of this questionnaire, the whole is at most one level above its weakest "
            "foundation."
        ),
        "With 40 points there, level 4 would open.",
    )


def test_a_level_given_by_the_score_says_where_it_lies():
    assert what_holds(about(wave(everybody()))).sentences == (
        (
            "The score alone gives the level: 50 lies between 40, where level 3 starts, and 60, "
            "where level 4 starts."
        ),
        "No foundation holds it back.",
    )


def test_the_highest_level_says_where_it_starts():
    top = everybody(**dict.fromkeys(PARTS, value(5)))

    assert what_holds(about(wave(top))).sentences[0] == (
        "The score alone gives the level: 100 is in level 5, the highest, which starts at 80."
    )


CLOSING = everybody(culture=value(2), strategy=value(4), leadership=value(4))


def test_a_foundation_that_closes_the_next_level_is_named_where_the_level_is_explained():
    assert what_holds(about(wave(CLOSING))).sentences[1] == (
        "But a foundation at level 2 would not let it rise to 4: customer presence."
    )


def test_a_foundation_says_what_it_allows():
    part = held(about(wave(HELD)))

    assert (
        part.head.finding
        == "A foundation at level 2 holds the whole down at level 3: listening coverage"
    )
    assert [(f.row.title, f.allows) for f in part.foundations] == [
        ("Customer presence", "5"),
        ("Needs insight", "5"),
        ("Ownership", "5"),
        ("Listening coverage", "3"),
    ]


# --- numbers in tables and charts --------------------------------------------


def test_a_panel_has_square_brackets_and_one_set_of_answers_round_ones():
    panel = wave(*(everybody(culture=value(n)) for n in (2, 3, 4, 3)), is_panel=True)
    single = wave(everybody(culture=UNSURE, strategy=value(4)))

    assert about(panel).row("culture").bracketed == "[18–82]"
    assert about(single).row("overall").bracketed == ""
    half = {**everybody(), "culture.one.do": UNSURE}
    assert about(wave(half)).row("culture").bracketed == "(25–75)"


def test_two_people_have_no_interval():
    two = about(wave(everybody(culture=value(2)), everybody(culture=value(4)), is_panel=True))

    assert two.row("culture").bracketed == ""
    assert two.lines["culture"].interval is None


@pytest.mark.parametrize(
    ("is_panel", "strong"), [(True, [True, True, False, False]), (False, [False] * 4)]
)
def test_a_word_is_strong_only_when_an_interval_differs(is_panel, strong):
    a_wave = wave(everybody(), is_panel=is_panel)
    rows = about(a_wave, against("above", "below", "level with", None))

    assert [rows.row(d).word for d in PARTS] == ["above", "below", "level with", ""]
    assert [rows.row(d).differs for d in PARTS] == strong


def test_a_part_without_a_score_has_a_dash_and_its_reason():
    row = about(wave(everybody(measurement=UNSURE))).row("measurement.one")

    assert (row.chip.text, row.chip.shade, row.score) == ("–", 0, "–")
    assert row.missing == (
        "Not enough answers: 0\N{NO-BREAK SPACE}% given, 50\N{NO-BREAK SPACE}% needed"
    )


@pytest.mark.parametrize(
    ("of", "shades"),
    [(2, [1, 5]), (3, [1, 3, 5]), (5, [1, 2, 3, 4, 5]), (7, [1, 2, 2, 3, 4, 4, 5])],
)
def test_any_number_of_levels_fits_the_ramp(of, shades):
    assert [shade(number, of) for number in range(1, of + 1)] == shades


def test_simulated_peers_are_stamped_everywhere_and_real_ones_nowhere():
    simulated = report(about(wave(everybody()), against(*["above"] * 4)), "Retail")
    real = replace(EDITION, kind="pooled", period="2026")
    pooled = report(about(wave(everybody()), against(*["above"] * 4), edition=real), "Retail")

    assert simulated.title == "Lindvik Bank, May 2026: Maturity (Illustrative peers)"
    assert simulated.bands[0].tag == "Illustrative"
    assert simulated.board.figure.tag == simulated.profile.figure.tag == "Illustrative"
    assert "41 simulated peers" in simulated.board.figure.key[1].text
    assert (pooled.title, pooled.bands) == ("Lindvik Bank, May 2026: Maturity", ())
    assert "imulated" not in str(pooled.board.figure) + str(pooled.profile.figure)


def test_a_gate_is_drawn_only_where_it_holds():
    assert [key.mark for key in overall_figure(about(wave(HELD))).key] == ["you", "gate"]
    assert [key.mark for key in overall_figure(about(wave(everybody()))).key] == ["you"]


@pytest.mark.parametrize(
    ("low", "high", "word", "spread"),
    [
        (0.40, 0.518, "below", "40–51.8"),
        (0.523, 0.68, "above", "52.3–68"),
        (0.50, 0.518, "level with", "50–52"),
        (0.48, 0.5954, "level with", "48–59.5"),
        (0.48, 0.59997, "level with", "48–59.997"),
        (0.48, 0.6 - 1e-16, "level with", "48–60"),
    ],
)
def test_a_bound_in_words_and_figures_says_the_same(low, high, word, spread):
    made = about(panel(2, 3, 4, 3), {"culture": standing(word, 1, median=52)})

    assert made.spread(replace(made.measure("culture"), interval=(low, high))) == spread


def test_what_is_furthest_above_the_peers_stands_on_the_board_where_there_is_room():
    places = {"culture.one": standing("above", "12"), "strategy.one": standing("above", "20.4")}
    made = report(about(wave(everybody()), places), "Retail").board

    assert made.keep.heading == "To keep: needs insight"
    assert made.keep.sentences == (
        "50 points, 20 above the median of 41 simulated peers: furthest above in these answers.",
    )


def test_a_strength_is_not_told_of_twice(built):
    """A finding tells Lindvik Bank what works; Suviyö Mutual has no such finding."""
    pages = dict(boards(built))

    assert '<section class="finding keep">' not in pages["lindvik-bank"]
    assert '<section class="finding keep">' in pages["suviyo-mutual"]


@pytest.mark.parametrize("word", ["level with", "below"])
def test_nothing_is_to_be_kept_that_is_not_above_the_peers(word):
    made = about(wave(everybody()), {"culture.one": standing(word, "-3")})

    assert report(made, "Retail").board.keep is None


def test_what_is_short_is_rounded_as_in_the_table():
    part = gaps(about(wave(everybody()), {"culture.one": standing("below", "-31.5")}))

    assert part.rows[0].difference == "−31"
    assert part.notes[0].sentences == ("Customer presence is 31 points short.",)


MISSING = {**everybody(), "culture.one.do": UNSURE, "strategy.one.do": UNSURE}


def test_missing_answers_that_could_move_one_persons_level_are_told():
    made = report(about(wave(MISSING)), "Retail")
    sentence = "With every missing answer, the score could be at any level from 2 to 4."

    assert sentence in made.board.basis
    assert made.profile.source == (
        sentence,
        "Missing answers could give these another level: Culture (2–4) and Strategy (2–4).",
    )


def test_missing_answers_between_two_levels_name_both():
    given = {**everybody(culture=value(4), strategy=value(4)), "culture.one.do": UNSURE}

    assert profile(about(wave(given))).source[0] == (
        "With every missing answer, the score could be at level 3 or 4."
    )


def test_complete_answers_and_panels_have_no_such_reach():
    panel_of_three = [everybody(culture=value(n), strategy=UNSURE) for n in (2, 3, 5)]

    assert profile(about(wave(everybody()))).source == ()
    assert "missing answer" not in " ".join(
        profile(about(wave(*panel_of_three, is_panel=True))).source
    )


def test_a_panel_says_what_its_intervals_do_not_cover():
    assert profile(about(panel(2, 3, 4, 3, 5))).figure.source == (
        f"5 people answered. The intervals (95{NBSP}%) allow for chance in who answered, not for "
        "those who chose not to."
    )


def test_one_set_of_answers_says_that_its_words_compare_two_numbers():
    made = about(wave(everybody()), against(*["above"] * 4))

    assert profile(made).head.lede[-1] == (
        "One set of answers has no interval: above and below compare two numbers and do not say "
        "whether somebody else would answer the same."
    )


# --- findings ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "finding"),
    [
        (everybody(), "All four dimensions are at level 3, Responding"),
        (HELD, "Culture, Strategy and Leadership reach level 5; Measurement is at level 2"),
        (
            everybody(culture=value(5), strategy=value(2)),
            "Culture reaches level 5, Leadership and Measurement 3, Strategy 2",
        ),
        (
            everybody(culture=UNSURE, strategy=UNSURE, leadership=UNSURE, measurement=UNSURE),
            "No dimension has enough answers for a level",
        ),
    ],
)
def test_the_profile_names_who_is_where(given, finding):
    assert profile(about(wave(given))).head.finding == finding


def test_gaps_count_what_clears_the_median():
    found = {
        "culture.one": standing("above", 14),
        "strategy.one": standing("level with", -3),
        "leadership.one": standing("below", "-21.6"),
    }
    part = gaps(about(wave(everybody()), found))

    assert part.head.finding == (
        "Of three capabilities, one is above the peer median, one level with it, one below it"
    )
    assert [(row.title, row.difference) for row in part.rows] == [
        ("Customer presence", "+14"),
        ("Needs insight", "−3"),
        ("Ownership", "−22"),
    ]
    assert [note.heading for note in part.notes] == ["To keep", "To close", "Not shown"]
    assert part.notes[1].sentences == ("Ownership is 22 points short.",)


@pytest.mark.parametrize(
    ("points", "numbers"),
    [
        ((27, -6), ["−10", "0", "+10", "+20", "+30"]),
        ((14, 3), ["0", "+5", "+10", "+15"]),
        ((-2, -31), ["−40", "−30", "−20", "−10", "0"]),
        ((0, 0), ["0", "+5"]),
        ((90, -90), ["−100", "−50", "0", "+50", "+100"]),
    ],
)
def test_the_axis_of_gaps_is_no_longer_than_they_need_and_has_0(points, numbers):
    found = {
        f"{part}.one": standing("above", far)
        for part, far in zip(("culture", "strategy"), points, strict=True)
    }
    drawing = gaps(about(wave(everybody()), found)).figure.drawings.split("</svg>")[0]

    # After the two gaps come the numbers of the axis.
    assert re.findall(r">([+−]?\d+)<", drawing)[2:] == numbers


def test_capabilities_that_are_all_above_are_counted_as_all():
    found = {f"{d}.one": standing("above", 14) for d in PARTS}
    part = gaps(about(wave(everybody()), found))

    assert part.head.finding == "All four capabilities are above the peer median"
    assert part.notes[0].sentences == (
        "Furthest above in these answers: customer presence and needs insight.",
    )


def test_without_peers_there_are_no_gaps_and_the_board_says_why():
    alone = report(about(wave(everybody())), "Retail")

    assert alone.gaps is None
    assert alone.board.figure.source == (
        "No peers: no benchmark has figures for Maturity 1.0, subset “Full”."
    )


def test_say_and_do_stand_side_by_side():
    given = {**everybody(), "culture.one.say": value(5, evidence="document")}
    row = capabilities(about(wave(given))).groups[0].rows[0]

    assert (row.say.chip.text, row.say.beside) == ("5", "document")
    assert (row.do.chip.text, row.do.beside) == ("3", "")


def test_an_answer_is_shown_also_where_the_other_side_has_none():
    given = {**everybody(), "culture.one.say": value(5), "culture.one.do": UNSURE}
    row = capabilities(about(wave(given))).groups[0].rows[0]

    assert (row.say.chip.text, row.do.chip.text) == ("5", "–")


def test_f_is_explained_by_the_number_of_the_gate():
    assert capabilities(about(wave(everybody()))).head.lede[1] == (
        "F marks a foundation: the whole can be at most one level above the weakest of them."
    )


def test_of_people_say_and_do_are_set_apart_from_the_score():
    assert capabilities(about(panel(2, 3, 4))).head.lede[-1] == (
        "Say and do come from people who answered both and the score rests on everybody, so it "
        "need not lie between them."
    )


def test_a_decimal_is_explained_where_one_of_a_side_is_printed():
    # 599 of 1000 is level 3, and in whole points it would be level 4.
    people = [{**everybody(), "culture.one.do": value(1)}] + [
        {**everybody(), "culture.one.do": value(n)} for n in (3, 3, 3, 4, 4, 4, 4, 4, 4)
    ]
    made = about(wave(*people, *people, is_panel=True))
    close = replace(made.card.aspects["culture.one"]["do"], score=Fraction("0.5996"), level=3)
    aspects = {**made.card.aspects, "culture.one": {"say": close, "do": close}}
    part = capabilities(replace(made, card=replace(made.card, aspects=aspects)))

    assert part.groups[0].rows[0].do.beside == "59.96"
    assert part.source[-1] == (
        "A score or an end of its interval has decimals where whole points would name another "
        "level."
    )


@pytest.mark.parametrize(
    ("printed", "is_staged", "peers", "why"),
    [
        ("59.9", False, False, "has decimals where whole points would name another level."),
        ("≈71–79.8", False, False, "has decimals where whole points would name another level."),
        (
            "54.1–62",
            False,
            True,
            "has decimals where whole points would name another level or be the peer median.",
        ),
        ("54.1–62", True, True, "has decimals where whole points would be the peer median."),
        ("54–62", False, True, None),
        ("–", False, True, None),
    ],
)
def test_it_is_said_what_decimals_stand_for_and_only_where_there_are_some(
    printed, is_staged, peers, why
):
    asked_ = replace(THREE_DEPTHS, staged=is_staged)
    found = decimals_said(
        about(wave(everybody(), questionnaire=asked_)), ["58", printed], peers=peers
    )

    start = "An end of an interval" if is_staged else "A score or an end of its interval"
    assert found == (() if why is None else (f"{start} {why}",))


def apart(value, low=None, high=None):
    interval = None if low is None else (low, high)
    return Difference(Fraction(value), (9, 9), is_paired=True, interval=interval)


def test_done_less_than_said_needs_ten_points_and_an_interval_on_one_side_of_nought():
    found = {
        "culture": apart("-0.2", -0.3, -0.1),
        "culture.one": apart("-0.1", -0.199, -0.001),
        "strategy.one": apart("0.25", 0.1, 0.4),
        "leadership.one": apart("-0.0966", -0.15, -0.05),
        "measurement.one": apart("-0.3", -0.61, 0.01),
    }
    made = about(panel(2, 3, 4))
    part = capabilities(replace(made, card=replace(made.card, say_do=found)))
    said = {row.id: row.apart for group in part.groups for row in group.all}

    assert part.has_apart
    assert {name: (a.value, a.spread, a.word) for name, a in said.items() if a} == {
        "culture": ("−20", "−30 to −10", "done less than said"),
        "culture.one": ("−10", "−20 to −0.1", "done less than said"),
        "strategy.one": ("+25", "+10 to +40", "done more than said"),
        "leadership.one": ("−9.7", "−15 to −5", ""),
        "measurement.one": ("−30", "−61 to +1", ""),
    }
    assert (
        "Do against say is in words where the difference is 10 points or more and its interval "
        "does not include 0; it is taken before anything is rounded."
    ) in part.source
    # −0.1, and −9.7 which is short of 10 points.
    assert part.source[-1] == (
        "A difference or an end of its interval has decimals where whole points would make it 0 "
        "or 10."
    )


def test_a_difference_of_say_and_do_without_an_interval_is_shown_without_a_word():
    made = about(panel(2, 3, 4))
    card = replace(made.card, say_do={"culture.one": apart("-0.5")})
    (row,) = capabilities(replace(made, card=card)).groups[0].rows

    assert (row.apart.value, row.apart.spread, row.apart.word) == ("−50", "", "")


def test_one_set_of_answers_says_no_difference_of_say_and_do():
    part = capabilities(about(wave({**everybody(), "culture.one.do": value(1)})))

    assert not part.has_apart
    assert part.groups[0].rows[0].apart is None


def test_a_subset_with_one_side_compares_no_words_with_deeds():
    short = wave({f"{d}.one.do": value(3) for d in PARTS}, subset="short")
    part = capabilities(about(short))

    assert not part.has_aspects
    assert part.head.lede[-1] == (
        "This subset asks one side only, so words and deeds are not compared."
    )


def test_every_reason_for_not_applicable_is_listed():
    given = {**everybody(), "culture.one.do": Answer(State.NOT_APPLICABLE, reason="too-new")}
    part = unknown(about(wave(given)))

    assert [(line.question, line.reason) for line in part.not_applicable] == [
        ("What about culture.one.do?", "Running for less than 12 months.")
    ]


def test_complete_answers_leave_nothing_unknown():
    part = unknown(about(wave(everybody())))

    assert (part.head.finding, part.rows) == ("Every question has an answer", ())


def test_the_method_follows_the_score_to_the_level():
    stages = trace(about(wave(HELD))).stages

    assert [(stage.name, stage.value or stage.chip.text) for stage in stages] == [
        ("Answers given", "8 (100\N{NO-BREAK SPACE}%)"),
        ("Each question", "8 questions"),
        (
            "Each dimension",
            (f"Culture{NBSP}100, Strategy{NBSP}100, Leadership{NBSP}100, Measurement{NBSP}25"),
        ),
        ("Overall", "81.25"),
        ("Could be", "81"),
        ("Level by score", "5"),
        ("Gate", "3"),
    ]


def measured(name, score, interval, **more):
    """Return a measure of a panel, made by hand."""
    share = Fraction(score)
    level = sum(Fraction(n, 5) <= share for n in range(5))
    known = Fraction(1)
    return Measure(name, share, level, level, known, known, share, share, 9, interval, **more)


def measures_by_hand(**dimensions):
    """Return a panel whose dimensions are those given."""
    made = about(panel(2, 3, 4))
    found = {**made.card.dimensions, **dimensions}
    return subject(made.organisation, replace(made.card, dimensions=found), made.comparison, WORDS)


def test_every_level_that_an_interval_touches_stands_beside_the_level():
    made = measures_by_hand(
        culture=measured("culture", "0.5", (0.39, 0.61)),
        strategy=measured("strategy", "0.5", (0.4, 0.5999)),
        leadership=measured("leadership", "0.5", (0.45, 0.6)),
        measurement=measured("measurement", "0.5", None),
    )
    part = profile(made)

    assert {row.id: row.touched for row in part.rows[1:]} == {
        "culture": "2–4",
        "strategy": "",
        "leadership": "3–4",
        "measurement": "",
    }
    assert part.source[0] == "Small figures beside a level: every level that the interval touches."
    assert capabilities(made).groups[0].row.touched == "2–4"
    assert made.own_alternative("culture") == "Culture: 50 [39–61], level 3, borderline 2–4"
    assert made.own_alternative("strategy") == "Strategy: 50 [40–59.99], level 3"


def test_the_board_names_every_measure_on_its_page_that_is_borderline():
    made = measures_by_hand(
        culture=measured("culture", "0.5", (0.39, 0.61)),
        leadership=measured("leadership", "0.5", (0.45, 0.6)),
    )

    assert [line for line in report(made, "Retail").board.basis if "Borderline" in line] == [
        (
            "Borderline, the interval touches several levels: Overall (2\u2013\u20604), Culture "
            "(2\u2013\u20604) and Leadership (3\u2013\u20604)."
        )
    ]


def test_a_stage_is_not_read_off_an_interval():
    staged = replace(THREE_DEPTHS, staged=True)
    people = [everybody(culture=value(n)) for n in (1, 3, 5)]
    row = about(wave(*people, questionnaire=staged, is_panel=True)).row("culture")

    assert (row.spread, row.touched) == ("0–100", "")


ROUGH_KEY = "rough: narrower than it should be"
ROUGH_MARK = (
    "≈ marks an interval as rough: answers pile up at an end of the scale, or a small role stands "
    "apart, and it is narrower than it should be."
)


def test_a_rough_interval_is_marked_wherever_it_is_printed_and_the_mark_explained():
    made = measures_by_hand(culture=measured("culture", "0.92", (0.85, 0.99), rough=True))
    part = profile(made)

    assert (made.row("culture").spread, made.row("culture").bracketed) == (
        "≈85–99",
        "[≈85–99]",
    )
    assert made.own_alternative("culture") == "Culture: 92 [≈85–99], level 5"
    assert ("rough", ROUGH_KEY) in [(key.mark, key.text) for key in part.figure.key]
    assert ROUGH_MARK in part.source
    assert ROUGH_MARK in capabilities(made).source
    assert "≈85" in part.figure.drawings


def test_nothing_is_called_rough_without_an_interval_or_without_need():
    made = measures_by_hand(
        culture=measured("culture", "0.92", None, rough=True),
        strategy=measured("strategy", "0.5", (0.45, 0.55)),
    )

    assert "≈" not in str(profile(made)) + str(capabilities(made))


def test_a_score_leads_to_where_it_is_explained_and_a_missing_one_nowhere():
    made = about(wave(everybody(measurement=UNSURE)))

    assert made.row("culture").traced.path == (
        "organisations/lindvik/2026-05/trace/index.html#culture"
    )
    assert made.row("culture").traced.name == "50, Culture: how it came about"
    assert made.row("overall").traced is None


# --- would other choices change the level --------------------------------------


def weighed(found, given=None, **more):
    made = about(wave(given or everybody(culture=value(2)), **more))
    return trace(replace(made, card=replace(made.card, sensitivity=found))).choices


def test_each_weight_in_turn_says_between_what_the_score_would_lie():
    found = Sensitivity(
        Fraction("0.4291"), ("culture", Fraction(6, 5)),
        Fraction("0.4508"), ("culture.one.do", Fraction(4, 5)), (3,),
    )  # fmt: skip
    made = weighed(found)

    assert [(row.name, row.score, row.level) for row in made.rows] == [
        ("As reported", "43.8", "3"),
        ("Without the gate", "43.8", "3"),
        ("Each weight in turn a fifth less or more", "42.9–45.1", "3"),
    ]
    assert made.notes == (
        "The weight of question 2 moves it most: with a fifth less, 45.1.",
        "The level by score stays 3.",
    )


def test_a_level_that_hangs_on_one_weight_is_named():
    found = Sensitivity(
        Fraction("0.3999"), ("culture", Fraction(6, 5)),
        Fraction("0.44"), ("strategy.one", Fraction(6, 5)), (2, 3),
    )  # fmt: skip
    made = weighed(found)

    assert (made.rows[2].score, made.rows[2].level) == ("39.99–44.0", "2–3")
    assert made.notes == (
        "The weight of Culture moves it most: with a fifth more, 39.99.",
        "One weight is enough to change the level by score: 2 or 3.",
    )


def test_a_score_that_no_weight_moves_is_one_number():
    half = Fraction(7, 16)
    made = weighed(Sensitivity(half, ("culture", half), half, ("culture", half), (3,)))

    assert (made.rows[2].score, made.notes) == ("43.8", ("No weight moves the score.",))


def test_roles_by_their_population_are_another_choice():
    made = about(wave(everybody(culture=value(2))))
    card = replace(made.card, other_overall=Fraction(3, 5), headcount_overall=Fraction("0.3996"))
    rows = trace(replace(made, card=card)).choices.rows

    assert [(row.name, row.score, row.level) for row in rows[2:4]] == [
        ("Roles count alike (role-balanced)", "60.0", "4"),
        ("Each role counts by how many people it has, answered or not", "39.96", "2"),
    ]


def test_weights_leave_out_a_gate_that_holds():
    found = Sensitivity(
        Fraction("0.8"), ("culture", Fraction(6, 5)),
        Fraction("0.82"), ("culture", Fraction(4, 5)), (5,),
    )  # fmt: skip
    made = weighed(found, HELD)

    assert [(row.name, row.level) for row in made.rows] == [
        ("As reported", "3"),
        ("Without the gate", "5"),
        ("Each weight in turn a fifth less or more, without the gate", "5"),
    ]
    assert made.notes[0] == "The level rests on the gate."


def test_no_score_leaves_no_choice():
    assert trace(about(wave(everybody(measurement=UNSURE)))).choices is None


# --- what a report keeps to itself -------------------------------------------


def test_a_note_is_in_no_part_of_a_report():
    given = {**everybody(), "culture.one.do": value(4, evidence="data", note="between us")}

    assert "between us" not in str(report(about(wave(given)), "Retail"))


def panel(*levels_of_culture, roles=()):
    roles = roles or (None,) * len(levels_of_culture)
    people = [
        Respondent(everybody(culture=value(n)), role=role, id=f"person-{i}", unit="Unit A")
        for i, (n, role) in enumerate(zip(levels_of_culture, roles, strict=True))
    ]
    return wave(*people, is_panel=True)


def shown(counted):
    """Return why counts are left out and how many, then the others with their heads."""
    return (counted.why, counted.span), tuple(map(" ".join, counted.counts))


def test_no_count_is_printed_where_one_to_four_gave_an_answer():
    """With n, the mean and the other counts, two hidden ones would be two equations."""
    block = answers(about(panel(1, 1, 1, *(3,) * 20, *(4,) * 7))).chapters[0].blocks[0]

    assert block.heads == ("1", "2", "3", "4", "5", "don’t know", "n/a")
    assert shown(block.parts[0].counted[0]) == (
        ("Hidden: singles out a few", 5),
        ("don’t know 0", "n/a 0"),
    )
    assert (block.parts[0].counted[0].answered, block.parts[0].counted[0].mean) == (
        "30 of 30",
        "51",
    )


def test_one_cell_says_so_where_the_counts_beside_the_scale_are_hidden_too():
    people = [
        Respondent({**everybody(), "culture.one.do": one})
        for one in (*[value(3)] * 10, value(1), *[UNSURE] * 2)
    ]
    block = answers(about(wave(*people, is_panel=True))).chapters[0].blocks[0]

    assert shown(block.parts[0].counted[1])[0] == ("Hidden: singles out a few", 7)


def test_counts_are_printed_where_every_answer_has_five_or_none():
    block = answers(about(panel(*(1,) * 5, *(3,) * 20, *(4,) * 6))).chapters[0].blocks[0]

    assert shown(block.parts[0].counted[0]) == (
        ("", 0),
        ("1 5", "2 0", "3 20", "4 6", "5 0", "don’t know 0", "n/a 0"),
    )
    assert block.columns == 10


def test_no_count_is_printed_where_few_of_a_role_answered_and_roles_count_alike():
    """The roles' mean and the counts of all would be two equations for the one of the top."""
    roles = (*("top",) * 6, *("front",) * 20)
    given = [value(3)] + [UNSURE] * 5 + [value(3)] * 10 + [value(4)] * 10
    people = [
        Respondent({**everybody(), "culture.one.do": one}, role)
        for one, role in zip(given, roles, strict=True)
    ]
    block = answers(about(wave(*people, is_panel=True))).chapters[0].blocks[0]

    assert shown(block.parts[0].counted[1])[0] == ("Hidden: singles out a few", 5)
    # Don't know, 5, is told; everybody answered the other question alike.
    assert shown(block.parts[0].counted[1])[1] == ("don’t know 5", "n/a 0")
    assert shown(block.parts[0].counted[0])[1][:5] == ("1 0", "2 0", "3 26", "4 0", "5 0")


def test_a_bar_is_drawn_only_where_counts_may_be_printed(monkeypatch):
    drawn = []
    draw = chart.distribution
    monkeypatch.setattr(
        chart, "distribution", lambda picture, *rest: drawn.append(picture) or draw(picture, *rest)
    )
    whole = [*[everybody(culture=value(1))] * 5, *[everybody(culture=value(3))] * 15]
    people = [{**one, "culture.one.do": value(4 if n else 5)} for n, one in enumerate(whole)]
    picture = answers(about(wave(*people, is_panel=True))).chapters[0].blocks[0].picture

    (bar,) = drawn[0].bars
    assert [(part.start, part.end, part.text) for part in bar.parts] == [
        (0, 0.25, "5"),
        (0.25, 1, "15"),
    ]
    assert bar.right_text == "20 answers"
    assert picture.source == (
        "People per answer. Drawn are only questions of which each answer was given by at least "
        "five people, or by nobody."
    )


WHOLE = "How 20 people answered, question by question"
SOME = "The mean of every question, and for {n} of 8 how often each answer was given"


def asked(*counts):
    """Return 20 people; of each question *counts* so many say 1, the rest of them 3."""
    people = [everybody() for _ in range(20)]
    for question, low in zip(people[0], counts, strict=False):
        for one in people[:low]:
            one[question] = value(1)
    return about(wave(*people, is_panel=True))


@pytest.mark.parametrize(
    ("counts", "finding"),
    [
        ((), WHOLE),
        ((5, 15), WHOLE),
        ((4,), SOME.format(n=7)),
        ((4, 5, 19), SOME.format(n=6)),
        ((1,) * 8, "The mean of every question; how often each answer was given is hidden"),
    ],
)
def test_the_heading_of_all_answers_says_how_many_are_counted(counts, finding):
    assert answers(asked(*counts)).head.finding == finding


@pytest.mark.parametrize(
    ("counts", "hidden", "finding"),
    [
        (
            (4,),
            1,
            "The mean of 7 of 8 questions, and for 7 how often each answer was given",
        ),
        (
            (1,) * 8,
            2,
            "The mean of 6 of 8 questions; how often each answer was given is hidden",
        ),
        ((1,) * 8, 8, "Too few answered to show a mean or a count of any answer"),
    ],
)
def test_the_heading_of_all_answers_says_how_many_means_are_shown(counts, hidden, finding):
    made = asked(*counts)
    names = frozenset([*made.card.questions][:hidden])
    part = answers(replace(made, card=replace(made.card, hidden_means=names)))

    assert part.head.finding == finding


def test_the_appendix_says_why_a_value_differs_elsewhere():
    assert answers(about(panel(2, 3, 4))).head.lede[-1] == ELSEWHERE


ELSEWHERE = (
    "Here everybody counts who answered a question. Elsewhere the same thing may have another "
    "value: say and do, and two measures set against each other, rest on those who answered both, "
    "and two roles on the questions that both answered."
)


def half_answered(n):
    """Return a panel of *n* in which one person left the question of what is done open."""
    people = [everybody(culture=value(1 + i % 5)) for i in range(n)]
    del people[0]["culture.one.do"]
    return about(wave(*people, is_panel=True))


@pytest.mark.parametrize(("n", "is_hidden"), [(25, True), (26, False)])
def test_a_question_s_mean_is_hidden_where_few_people_s_means_tell_who_left_one_open(n, is_hidden):
    """
    Twice the capability's mean less both questions' tells what the one said.

    In whole points to about two n points either way, 49.5 of 25 and 51.5 of 26 with the one
    missing: answers lie 25 apart.
    """
    first = answers(half_answered(n)).chapters[0].blocks[0].parts[0].counted[0]

    assert (first.mean == "*") is is_hidden


@pytest.mark.parametrize(("n", "is_hidden"), [(50, True), (51, False)])
def test_say_and_do_are_hidden_where_they_tell_what_the_one_said_who_has_no_other(n, is_hidden):
    """What all said less what those said who have both: n / 2 and (n - 1) / 2 points."""
    subject_ = half_answered(n)

    assert ("culture.one" in subject_.card.hidden_aspects) is is_hidden
    assert ("culture.one" not in subject_.card.aspects) is is_hidden
    said = capabilities(subject_).head.lede[-1]
    assert said.startswith("Say and do are hidden where fewer than five people") is is_hidden


@pytest.mark.parametrize(("answered", "is_hidden"), [(1, True), (4, True), (5, False)])
def test_a_mean_of_one_to_four_answers_is_hidden(answered, is_hidden):
    """Of 60 people's means in whole points nothing follows for the rest; one answer is its mean."""
    people = [everybody(culture=value(2)) for _ in range(60)]
    for one in people[answered:]:
        one["culture.one.do"] = UNSURE
    part = answers(about(wave(*people, is_panel=True))).chapters[0].blocks[0].parts[0]
    first, second = part.counted

    assert first.mean == "25"
    assert second.mean == ("*" if is_hidden else "25")


def test_the_star_is_explained():
    people = [everybody(culture=value(2)) for _ in range(60)]
    for one in people[4:]:
        one["culture.one.do"] = UNSURE

    assert answers(about(wave(*people, is_panel=True))).head.lede[1] == (
        "Where one to four gave an answer, none of the question\u2019s counts is shown (*): with "
        "the mean they could be worked out. Nor is its mean, where one to four answered more or "
        "fewer of a capability\u2019s questions than all others and so few answered that the "
        "means together would tell what they said, or fewer than five answered."
    )


@pytest.mark.parametrize(("both", "is_hidden"), [(4, True), (5, False)])
def test_means_are_hidden_where_few_answered_every_question(both, is_hidden):
    """
    Ten people, *both* of whom answered say and do, the others only say.

    Twice the capability's mean less twice that of "say" is do less say of those who have both.
    """
    people = [everybody(culture=value(1 + n % 5)) for n in range(10)]
    for one in people[both:]:
        one["culture.one.do"] = UNSURE
    card = about(wave(*people, is_panel=True)).card

    assert ("culture.one.say" in card.hidden_means) is is_hidden


@pytest.mark.parametrize(("n", "is_hidden"), [(4, False), (5, True)])
def test_the_mean_of_some_of_four_people_in_all_is_their_organisation_s(n, is_hidden):
    """Two answered both questions and the others neither: no mean tells of who is in one alone."""
    people = [everybody(culture=value(2)) for _ in range(n)]
    for one in people[n // 2 :]:
        one["culture.one.say"] = one["culture.one.do"] = UNSURE
    card = about(wave(*people, is_panel=True)).card

    assert ("culture.one.say" in card.hidden_means) is is_hidden


def few_of(n, questionnaire=THREE_DEPTHS, *, left=(), more=()):
    """Return twelve people, *n* of whom answered the questions in *left* and nobody *more*."""
    asked = [q.id for q in questionnaire.questions()]
    people = [{name: value(2 + i % 3) for name in asked if name not in more} for i in range(12)]
    for one in people[n:]:
        for name in left:
            one[name] = UNSURE
    return about(
        wave(*people, questionnaire=questionnaire, subset=SUBSETS[questionnaire.id], is_panel=True)
    )


SUBSETS = {"cx": "full", "voice": "all"}
CULTURE = ("culture.one.say", "culture.one.do")
MEASUREMENT = ("measurement.one.say", "measurement.one.do")


def test_what_fewer_than_five_of_a_panel_answered_is_named_as_such():
    made = few_of(4, left=CULTURE)
    few = made.measure("culture.one")

    assert (few.n, few.score, few.level) == (4, None, None)
    assert made.missing(few) == "Fewer than five people answered enough of it"
    assert made.row("culture.one").score == "\N{EN DASH}"
    assert unknown(made).too_few == (
        "Culture. Fewer than five people answered enough of it.",
        "Customer presence. Fewer than five people answered enough of it.",
    )


def test_five_have_a_score_and_say_that_they_are_five():
    made = few_of(5, left=CULTURE)

    assert made.missing(made.measure("culture.one")) == ""
    assert made.row("culture.one").n == "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}5"


@pytest.mark.parametrize(
    ("left", "more", "verdict", "missing"),
    [
        (
            CULTURE,
            (),
            "No level yet: Culture has no score.",
            "Culture has no score; the overall needs every dimension.",
        ),
        (
            CULTURE,
            MEASUREMENT,
            "No level yet: Culture and Measurement have no score.",
            "Culture and Measurement have no score; the overall needs every dimension.",
        ),
        (
            (),
            MEASUREMENT,
            "No level yet: Measurement has too few answers.",
            (
                "Measurement has fewer answers than a score may rest on; the overall needs every "
                "dimension."
            ),
        ),
    ],
)
def test_without_a_level_it_is_said_whether_people_or_answers_are_too_few(
    left, more, verdict, missing
):
    made = few_of(3, left=left, more=more)

    assert headline(made) == verdict
    assert what_holds(made).sentences == (missing,)


@pytest.mark.parametrize(
    ("left", "more", "chart", "listed"),
    [
        (CULTURE, (), "Fewer than five answered enough", "No score: one dimension has none"),
        (
            CULTURE,
            MEASUREMENT,
            "Fewer than five answered enough",
            "No score: two dimensions have none",
        ),
        ((), CULTURE, "Not enough answers", "Not enough answers: one dimension has no score"),
    ],
)
def test_charts_and_the_list_say_whether_people_or_answers_are_too_few(left, more, chart, listed):
    made = few_of(3, left=left, more=more)

    assert made.lines["culture"].missing_text == chart
    assert entry(made, "").missing == listed


def test_the_list_says_where_too_few_have_a_score_in_every_dimension():
    """Four leave out one dimension, four another: eight have a score in each, four in both."""
    people = [everybody(culture=value(2)) for _ in range(12)]
    for one in people[:4]:
        one.update(dict.fromkeys(CULTURE, UNSURE))
    for one in people[4:8]:
        one.update(dict.fromkeys(MEASUREMENT, UNSURE))

    made = about(wave(*people, is_panel=True))

    assert made.card.overall.n == 4
    assert made.lines["overall"].missing_text == "Fewer than five answered enough"
    assert entry(made, "").missing == "Fewer than five answered enough of every dimension"


def test_a_chart_says_of_what_does_not_apply_that_it_does_not():
    unfit = Answer(State.NOT_APPLICABLE, reason="too-new")
    made = about(wave({**everybody(), **dict.fromkeys(CULTURE, unfit)}))

    assert made.lines["culture"].missing_text == "Not applicable"


def crossed(questionnaire):
    """Twelve people: the first eight answered all but the last part, the last eight all but one."""
    asked = [q.id for q in questionnaire.questions()]
    last = [q.id for q in questionnaire.dimensions[-1].all_questions()]
    first = [q.id for q in questionnaire.dimensions[0].all_questions()]
    people = [dict.fromkeys(asked, value(3)) for _ in range(12)]
    for one in people[:4]:
        one.update(dict.fromkeys(last, UNSURE))
    for one in people[-4:]:
        one.update(dict.fromkeys(first, UNSURE))
    return about(
        wave(
            *people,
            questionnaire=questionnaire,
            subset=SUBSETS[questionnaire.id],
            is_panel=True,
        )
    )


@pytest.mark.parametrize(
    ("questionnaire", "people"), [(THREE_DEPTHS, "people"), (TWO_DEPTHS, "customers")]
)
def test_an_overall_of_fewer_than_five_says_so_though_every_dimension_has_a_score(
    questionnaire, people
):
    """Eight have each dimension, and the four in the middle all of them."""
    made = crossed(questionnaire)

    assert (made.card.overall.n, made.card.overall.score) == (4, None)
    assert {m.score for m in made.card.dimensions.values()} == {
        made.card.dimensions[made.dimensions[0].id].score
    }
    assert made.missing(made.card.overall) == f"Fewer than five {people} answered enough of it"
    assert headline(made) == (
        f"No level yet: fewer than five {people} answered enough of every dimension."
    )
    (sentence,) = what_holds(made).sentences
    assert sentence == (
        f"The overall is the mean of {people} who have a score in every dimension, and fewer than "
        "five have."
    )


def test_a_foundation_that_few_people_have_leaves_the_level_open_for_that_reason():
    people = [{**everybody(), "other.q": value(3)} for _ in range(12)]
    for one in people[2:]:
        one["measurement.one.say"] = one["measurement.one.do"] = UNSURE
    made = about(wave(*people, questionnaire=beside_the_foundation(), is_panel=True))

    assert made.card.held_by == ("measurement.one",)
    assert headline(made) == (
        "The level is open: 50 points would be level 3, but listening coverage has no score."
    )
    assert what_holds(made).sentences[1] == "But a foundation has no score: listening coverage."


def test_an_open_level_touches_no_other():
    """The overall's interval holds 60, where level 4 starts; two of twelve have a foundation."""
    dimensions = tuple(
        replace(d, capabilities=tuple(replace(c, foundation=False) for c in d.capabilities))
        for d in THREE_DEPTHS.dimensions
    )
    rare = replace(capability("culture"), id="rare", questions=(question("rare.q"),))
    culture = replace(dimensions[0], capabilities=(*dimensions[0].capabilities, rare))
    culture = replace(
        culture,
        capabilities=tuple(
            replace(c, weight=1 + 8 * (c.id != "rare")) for c in culture.capabilities
        ),
    )
    questionnaire = replace(
        THREE_DEPTHS,
        dimensions=(culture, *dimensions[1:]),
        subsets=(Subset("full", en("Full"), THREE_DEPTHS.subsets[0].questions | {"rare.q"}),),
    )
    given = [everybody(**dict.fromkeys(PARTS, value(3 + i % 2))) for i in range(12)]
    for one in given[:2]:
        one["rare.q"] = value(3)
    made = about(wave(*given, questionnaire=questionnaire, is_panel=True))
    low, high = made.card.overall.interval

    assert low < 0.6 < high
    assert made.card.overall.gated_level is None
    assert (made.row("overall").touched, made.row("strategy").touched) == (
        "",
        "3\N{EN DASH}4",
    )


def test_a_panel_of_four_people_in_all_keeps_its_scores():
    made = about(wave(*[everybody(culture=value(n)) for n in (2, 3, 4, 5)], is_panel=True))

    assert made.points(made.measure("culture")) == "63"  # 25, 50, 75 and 100
    assert made.missing(made.card.overall) == ""


def test_five_who_left_one_open_give_nobody_away():
    people = [everybody(culture=value(1 + i % 5)) for i in range(12)]
    for one in people[:5]:
        del one["culture.one.do"]
    card = about(wave(*people, is_panel=True)).card

    assert not card.hidden_means & {"culture.one.say", "culture.one.do"}
    assert "culture.one" in card.aspects


def test_a_reason_is_not_counted_where_the_table_hides_the_sum_of_them():
    too_new = Answer(State.NOT_APPLICABLE, reason="too-new")
    six = [{**everybody(), "culture.one.do": too_new} for _ in range(6)]
    rest = [everybody()] * 9
    unsure = {**everybody(), "culture.one.do": UNSURE}

    printed = unknown(about(wave(*six, *rest, is_panel=True))).not_applicable[0].reason
    unsaid = unknown(about(wave(*six, unsure, *rest, is_panel=True))).not_applicable[0].reason
    few = unknown(about(wave(*six[:2], *rest, is_panel=True))).not_applicable[0].reason

    reason = "\u201cRunning for less than 12 months.\u201d"
    assert printed == f"{reason} This reason was given by 6 people."
    assert unsaid == f"{reason} By how many this reason was given is hidden."
    assert few == f"{reason} This reason was given by fewer than five people."


def test_a_role_balanced_mean_is_headed_as_one():
    roles = (*("top",) * 5, *("front",) * 6)
    balanced, pooled = answers(about(panel(*(3,) * 11, roles=roles))), answers(about(panel(3, 3)))

    assert balanced.mean_head == "Mean, roles alike"
    assert balanced.head.lede == (
        "Means are on 0 to 100.",
        "In a mean every role counts alike, so it is not the mean of the counts beside it.",
        (
            "Where one to four gave an answer, none of the question’s counts is shown (*): with "
            "the mean they could be worked out."
        ),
        ELSEWHERE,
    )
    assert pooled.mean_head == "Mean"


def test_those_who_answered_too_little_are_counted_beside_the_rest():
    people = [everybody()] * 6 + [everybody(culture=UNSURE)]
    stage = trace(about(wave(*people, is_panel=True))).stages[1]

    assert (stage.value, stage.rule) == (
        "6 of 7 people",
        (
            "Mean of questions, capabilities, then dimensions; one answered too little for an "
            "overall"
        ),
    )


def test_the_gate_says_what_it_opens_and_what_the_score_gives():
    stage = trace(about(wave(HELD))).stages[-1]

    assert stage.rule == (
        "The lowest foundation is at 2, so at most level 3 is open; the score gives 5"
    )


def test_a_percentile_is_told_as_peers_that_score_lower():
    place = replace(standing("above", 8), percentile=77, percentile_interval=(62, 87))
    made = about(wave(everybody()), {"overall": place})

    assert trace(made).benchmark.sentences[-1] == (
        "About 77 of 100 simulated peers score lower (between 62 and 87)."
    )


def test_four_people_have_no_distribution():
    block = answers(about(panel(1, 3, 3, 4))).chapters[0].blocks[0]

    assert block.picture is None
    assert shown(block.parts[0].counted[0]) == (("Fewer than five answered", 7), ())


def test_a_small_role_is_not_counted():
    roles = ("top", "top", *("front",) * 6)
    stages = trace(about(panel(*(3,) * 8, roles=roles))).stages

    assert [s.rule for s in stages if s.name == "Roles"] == ["Top and Front line: counts hidden"]


@pytest.mark.parametrize(
    ("population", "said"),
    [
        ({"top": 9, "front": 90}, "No interval covers the 89 people who did not answer."),
        ({"top": 6, "front": 5}, "No interval covers the 1 person who did not answer."),
        ({"top": 5, "front": 5}, None),
        ({"top": 9}, None),
        ({}, None),
    ],
)
def test_of_how_many_nothing_is_known_is_said_on_the_board(population, said):
    answered = panel(*(2, 3, 4, 3, 3) * 2, roles=(*["top"] * 5, *["front"] * 5))
    found = report(about(replace(answered, population=population)), "Retail").board.basis

    assert [line for line in found if line.startswith("No interval")] == [said] * bool(said)


def test_where_roles_count_alike_each_has_a_population_of_its_own():
    roles = (*("top",) * 5, *("front",) * 6)
    answered = panel(3, 4, 3, 2, 3, 3, 4, 3, 2, 3, 3, roles=roles)
    alike = about(replace(answered, population={"top": 9, "front": 90}))
    everybody_alike = about(replace(answered, population={"top": 9, "front": 90}, combine="pooled"))
    rules = [{s.name: s.rule for s in trace(made).stages} for made in (alike, everybody_alike)]

    assert rules[0]["Roles"] == rules[1]["Roles"] == "Top 5 of 9; Front line 6 of 90"
    assert rules[0]["Interval"].endswith(" degrees of freedom, finite populations by role")
    assert rules[1]["Interval"].endswith(" degrees of freedom, finite population 99")


def test_of_a_role_whose_size_is_hidden_nothing_is_said_of_how_many_were_asked():
    roles = ("top", "top", *("front",) * 6)
    answered = replace(panel(*(3,) * 8, roles=roles), population={"top": 9, "front": 90})
    stages = trace(about(answered)).stages

    assert [s.rule for s in stages if s.name == "Roles"] == ["Top and Front line: counts hidden"]


def test_respondents_and_units_are_in_no_part_of_a_report():
    text = str(report(about(panel(1, 3, 3, 3, 3, 3)), "Retail"))

    assert "person-1" not in text
    assert "Unit A" not in text


# --- other questionnaires ----------------------------------------------------


def customers(*shares):
    people = [{"q1": value(n, 7), "q2": value(n, 7), "q3": value(4, 7)} for n in shares]
    return about(wave(*people, questionnaire=TWO_DEPTHS, subset="all", is_panel=True))


def test_two_depths_make_a_whole_report_without_empty_parts():
    made = report(customers(4, 5, 6, 6, 7, 5), "Retail")

    assert [(section.number, section.head.name) for section in made.contents] == [
        (2, "Profile"),
        (3, "Who sees it how"),
        (4, "What is not known"),
        (5, "Method"),
        (6, "All answers"),
    ]
    assert made.board.verdict == "Level 2 of 2, Warm."
    assert made.board.about == "Lindvik Bank, retail, Norway. 6 customers answered, 19 May 2026."
    assert made.board.action is None
    assert made.board.look_first.sentences == (
        "“What about q3?”",
        "Its mean of 50 from 6 answers is the lowest of 3 questions.",
    )
    assert made.board.look_first.heading == "Lowest in these answers"


def said(record):
    """Yield every text of a record, however deep."""
    if isinstance(record, str):
        yield record
    elif is_dataclass(record):
        for each in fields(record):
            yield from said(getattr(record, each.name))
    elif isinstance(record, tuple):
        for part in record:
            yield from said(part)


def test_customers_are_customers_on_every_page():
    texts = said(report(customers(4, 5, 6, 6, 7, 5), "Retail"))
    text = "\n".join(text for text in texts if text != "people")  # the place of a section

    assert "people" not in text.lower()
    assert "6 customers" in text


def test_what_customers_were_asked_is_told_on_the_board():
    asked = replace(TWO_DEPTHS, summary=en("How customers judge us; no maturity score."))
    people = [{"q1": value(n, 7), "q2": value(n, 7), "q3": value(4, 7)} for n in (4, 5, 6)]
    made = about(wave(*people, questionnaire=asked, subset="all", is_panel=True))
    members = about(wave(everybody(), questionnaire=replace(THREE_DEPTHS, summary=en("Four."))))

    assert report(made, "Retail").board.measures == "How customers judge us; no maturity score."
    assert report(members, "Retail").board.measures == ""


def test_others_are_called_close_only_when_they_are():
    close = report(customers(4, 4, 5, 4, 4, 4), "Retail").board.look_first
    apart = report(customers(6, 6, 6, 7, 7, 6), "Retail").board.look_first

    assert close.sentences[-1] == "Others are close; this is a place to ask, not a ranking."
    assert apart.sentences[-1] == "Its mean of 50 from 6 answers is the lowest of 3 questions."


def test_a_later_wave_says_which_round_it_is():
    first, second = replace(wave(everybody()), id="2025-05"), wave(everybody())
    made = about(second)
    organisation = replace(made.organisation, waves=(first, second))

    assert report(replace(made, organisation=organisation), "Retail").board.about == (
        "Lindvik Bank, retail, Norway. One set of answers, 19 May 2026. Second of two rounds."
    )


def test_peers_of_two_depths_are_compared_by_dimension():
    card = scorecard(
        wave(
            {"q1": value(6, 7), "q2": value(6, 7), "q3": value(2, 7)},
            questionnaire=TWO_DEPTHS,
            subset="all",
        )
    )
    cells = {
        ("retail", m): Cell(12, {25: 40, 50: 50, 75: 60}) for m in ("overall", "quality", "trust")
    }
    edition = replace(EDITION, questionnaire="voice", subset="all", cells=cells)
    organisation = Organisation("o", "O", "retail", None, None, ("en",), True, False, (card.wave,))  # noqa: FBT003 - fields of a record

    part = gaps(subject(organisation, card, compare(card, organisation, [edition]), WORDS))

    assert part.head.finding == "Of two dimensions, one is above the peer median, one below it"


# --- the list ----------------------------------------------------------------


def test_the_list_is_by_name_and_the_home_page_by_date():
    names = ["Zeta", "ärla", "Beta"]
    entries = [
        replace(entry(about(wave(everybody())), "Retail"), name=name, path=name, date=day)
        for name, day in zip(names, ["2026-01-01", "2026-03-01", "2026-02-01"], strict=True)
    ]

    assert [e.name for e in listing(entries, WORDS).entries] == ["ärla", "Beta", "Zeta"]
    assert [e.name for e in newest(entries, WORDS, 2).entries] == ["ärla", "Beta"]


def test_a_line_of_the_list_says_what_holds_the_level_and_shows_no_peers():
    line = entry(about(wave(HELD), against(*["above"] * 4)), "Retail")

    assert (line.where, line.people, line.note) == (
        "Retail, Norway",
        "one set",
        "held at 3 by listening coverage",
    )
    assert "peer" not in line.mini


def test_the_list_offers_what_most_of_its_reports_hold():
    whole = entry(about(wave(everybody()), against(*["above"] * 4)), "Retail")
    others = [entry(customers(4, 5, 6, 6, 7, 5), "Retail")] * 2
    offer = listing([whole], WORDS).offer
    other = listing([whole, *others], WORDS).offer

    assert (offer.has_gate, offer.has_capabilities, offer.has_peers) == (True, True, True)
    assert other.id == TWO_DEPTHS.id
    assert not any((other.is_shipped, other.has_gate, other.has_capabilities, other.has_peers))
    assert listing([], WORDS).offer is None


def test_an_industry_is_named_as_its_benchmark_names_it():
    assert industry_title("retail", [EDITION], WORDS) == "Retail"
    assert industry_title("health-care", [EDITION], WORDS) == "Health care"
    assert industry_title(None, [EDITION], WORDS) == ""


# --- the board's page ----------------------------------------------------------


def boards(built):
    """Yield (organisation, the board's page as HTML) of the sample site."""
    for path in sorted(built.resolve().glob("organisations/*/index.html")):
        html = path.read_text("utf-8")
        begin = html.index('<section class="board">')
        yield path.parent.name, html[begin : html.index("<nav", begin)]


def test_the_board_reads_three_findings_at_most_and_is_told_how_many_more(built):
    for name, page in boards(built):
        data = built.resolve() / "organisations" / name / "report.json"
        found = len(json.loads(data.read_text("utf-8"))["findings"])
        shown = page.count('<section class="finding">')
        more = re.search(r"(\d+) more findings?, with", page)

        assert shown + page.count('<section class="finding keep">') <= 3
        assert shown + (int(more[1]) if more else 0) == found, name


def test_what_holds_the_level_is_said_once_on_the_board_s_page(built):
    page = dict(boards(built))["aspnes-outfitters"]

    assert "What holds the level" in page
    assert "held-by-foundation" not in page


def test_the_next_step_has_an_owner_and_a_day(built):
    page = dict(boards(built))["aspnes-outfitters"]

    assert "<dt>Owner</dt><dd>Managing director</dd>" in page
    assert "<dt>By</dt><dd>30 September 2026</dd>" in page


def test_a_level_is_told_in_the_words_of_its_questionnaire(built):
    page = dict(boards(built))["tuulentupa-stores"]

    said = (
        "Level 3 is described as: “Owners are named and dates set; the basics are under control.”"
    )
    assert said in page
