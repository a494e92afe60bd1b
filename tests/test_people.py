"""Who sees it how: what is said of roles, units and questions, and what stays hidden."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cx_maturity.editions import Comparison
from cx_maturity.model import (
    Answer,
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
from cx_maturity.parts.groups import hidden_reason
from cx_maturity.parts.people import people
from cx_maturity.parts.subject import subject
from cx_maturity.report import report
from cx_maturity.results import (
    Agreement,
    Difference,
    Hidden,
    Measure,
    Perception,
    Split,
    Splits,
    Spread,
)
from cx_maturity.score import scorecard
from cx_maturity.words import Words

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
LADDER = Scale("ladder", Points(1, 5), {})
QUESTIONS = tuple(f"q{n}" for n in range(1, 13))


def en(sentence):
    return Text({"en": sentence})


def asked(*names):
    return tuple(Question(name, en(f"What about {name}?"), LADDER) for name in names)


TWELVE = Questionnaire(
    id="twelve",
    version="1.0",
    title=en("Twelve"),
    languages=("en",),
    dimensions=(
        Dimension("culture", en("Culture"), questions=asked(*QUESTIONS[:6])),
        Dimension("strategy", en("Strategy"), questions=asked(*QUESTIONS[6:])),
    ),
    levels=tuple(
        Level(n, en(name), Fraction(n - 1, 5))
        for n, name in enumerate(("A", "B", "C", "D", "E"), 1)
    ),
    staged=False,
    staged_pass=Fraction(1),
    aggregate="mean",
    gate=None,
    capability_coverage=Fraction(1, 2),
    dimension_coverage=Fraction(3, 5),
    subsets=(Subset("full", en("Full"), frozenset(QUESTIONS)),),
    roles=(
        Role("top", en("Leadership")),
        Role("front", en("Front line")),
        Role("partner", en("Partner")),
    ),
    perception_gap=("top", "front"),
    reasons=(),
    fingerprint="sha256:0123456789abcdef",
)


def about(questionnaire=TWELVE, *, is_panel=True, **fields):
    """Return a wave of six people (or one) with nothing to say of them but the *fields*."""
    given = Answer(State.VALUE, "3", Fraction(1, 2))
    answers = dict.fromkeys(QUESTIONS, given)
    six = tuple(Respondent(answers, role="top", unit="Unit A") for _ in range(6))
    wave = Wave(
        "2026-05",
        questionnaire,
        "full",
        date(2026, 5, 19),
        six if is_panel else (Respondent(answers),),
        is_panel,
        digest="d892da15bfd2",
    )
    nothing = {"perception": None, "splits": Splits(), "agreement": {}, "spread": None}
    organisation = Organisation(
        "o", "O", None, None, None, ("en",), public=True, fictional=False, waves=(wave,)
    )
    card = replace(scorecard(wave), **{**nothing, **fields})
    return subject(organisation, card, Comparison(None, {}), Words("en"))


def customers(**fields):
    return about(replace(TWELVE, customer_voice=True), **fields)


def measure(name, score, interval=None, n=8, **more):
    return Measure(
        id=name,
        score=None if score is None else Fraction(score),
        level=3,
        gated_level=3,
        coverage=Fraction(1),
        visibility=Fraction(1),
        lowest=Fraction(0),
        highest=Fraction(1),
        n=n,
        interval=interval,
        **more,
    )


def difference(value, low=None, high=None):
    interval = None if low is None else (low, high)
    return Difference(Fraction(value), (8, 30), is_paired=False, interval=interval)


def perceived(reason=None, **differences):
    """Compare the two roles; each side's score is one half and what it is apart by."""
    return Perception(
        roles=("top", "front"),
        questions=QUESTIONS[:10],
        asked=12,
        sides={
            name: (
                measure(name, Fraction(1, 2) + found.value, (0.61, 0.75)),
                measure(name, "0.5", (0.44, 0.56)),
            )
            for name, found in differences.items()
        },
        differences=differences,
        reason=reason,
    )


CLEAR = difference("0.18", 0.09, 0.27)
UNCLEAR = difference("0.3", -0.02, 0.62)
APART = Agreement(Fraction("1.2"), Fraction(5, 6), 9)
AGREED = Agreement(Fraction("0.5"), Fraction(5, 6), 9)


# --- the finding -------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"overall": CLEAR}, "Leadership scored 18 points above front line"),
        (
            {"overall": difference("-0.18", -0.27, -0.09)},
            "Leadership scored 18 points below front line",
        ),
        (
            {"overall": difference("0.1", 0.001, 0.199)},
            "Leadership scored 10 points above front line",
        ),
        (
            {"overall": difference("0.0999", 0.05, 0.15), "strategy": CLEAR},
            "Leadership and front line see Strategy differently",
        ),
        (
            {"overall": UNCLEAR, "culture": CLEAR, "strategy": CLEAR},
            "Leadership and front line see Culture and Strategy differently",
        ),
        (
            {"overall": difference("0.06", 0.02, 0.1), "culture": UNCLEAR},
            "Leadership scored a little above front line",
        ),
        (
            {"overall": difference("-0.06", -0.1, -0.02)},
            "Leadership scored a little below front line",
        ),
        (
            {"overall": UNCLEAR, "culture": difference("0.3")},
            "Leadership and front line see it alike, as far as these answers tell",
        ),
    ],
)
def test_two_roles_are_apart_only_where_the_interval_says_so_and_by_ten_points(found, said):
    assert people(about(perception=perceived(**found))).head.finding == said


@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        ({"q1": APART, "q2": AGREED}, "On one question, views are too far apart to call them one"),
        ({"q1": APART, "q2": APART}, "On two questions, views are too far apart to call them one"),
        ({"q1": AGREED}, "Nobody is far from the others: no question is contested"),
    ],
)
def test_without_two_roles_to_compare_the_finding_is_how_far_people_agree(agreement, said):
    few = perceived(reason="few")

    assert people(about(perception=few, agreement=agreement)).head.finding == said
    assert people(about(agreement=agreement)).head.finding == said


def test_roles_that_nothing_can_be_told_of_are_set_side_by_side():
    shown = Splits(roles=(Split("top", 8, {}), Split("front", 30, {})))
    hidden = Splits(hidden=(Hidden("role", "top", None, "few"), Hidden("unit", "A", None, "few")))
    both = Splits(hidden=(Hidden("role", "top", None, "few"), Hidden("role", "front", None, "few")))

    assert people(about(splits=shown)).head.finding == (
        "The same questions, seen from different places"
    )
    assert people(about(splits=both)).head.finding == ("Too few answered to tell their views apart")
    assert people(about(splits=hidden)) is None


def test_there_is_no_section_where_nobody_can_be_told_apart():
    assert people(about()) is None
    assert people(about(perception=perceived(reason="few"))) is None
    assert people(about(is_panel=False, agreement={"q1": APART})) is None


def test_the_section_stands_before_what_is_not_known():
    made = report(about(agreement={"q1": APART}), "Retail")

    assert [section.head.name for section in made.contents] == [
        "Profile",
        "Who sees it how",
        "What is not known",
        "Method",
        "All answers",
    ]


# --- two roles ---------------------------------------------------------------


def test_each_measure_says_who_scored_higher_or_that_it_cannot_be_told():
    found = perceived(overall=CLEAR, culture=difference("-0.12", -0.2, -0.04), strategy=UNCLEAR)
    views = people(about(perception=found)).views

    assert views.heading == "Leadership and front line, on the same questions"
    assert views.sides == ("Leadership", "Front line")
    assert [(r.title, r.value, r.spread, r.word, r.is_clear) for r in views.rows] == [
        ("Overall", "+18", "+9 to +27", "leadership higher", True),
        ("Culture", "\N{MINUS SIGN}12", "\N{MINUS SIGN}20 to \N{MINUS SIGN}4",
         "front line higher", True),
        ("Strategy", "+30", "\N{MINUS SIGN}2 to +62", "not distinguishable", False),
    ]  # fmt: skip
    assert [(cell.score, cell.spread) for cell in views.rows[0].sides] == [
        ("68", "61–75"),
        ("50", "44–56"),
    ]


def test_it_says_how_many_of_the_compared_questions_ask_what_is_said_and_what_is_done():
    """Ten of twelve are compared: of q1-q6 every other one asks what is done, q7-q10 neither."""
    sides = [
        replace(q, aspect="do" if n % 2 else "say")
        for n, q in enumerate(TWELVE.dimensions[0].questions)
    ]
    culture = replace(TWELVE.dimensions[0], questions=tuple(sides))
    both = replace(TWELVE, dimensions=(culture, TWELVE.dimensions[1]))
    found = perceived(overall=CLEAR)
    left = "left out was answered by fewer than five of a role."

    assert people(about(both, perception=found)).views.source == (
        "Of these 10 questions, 3 ask what is said and 3 what is done.",
        "The 2 left out were answered by fewer than five of a role.",
    )
    one = people(about(both, perception=replace(found, asked=11))).views.source[1]
    assert one == f"The one {left}"
    assert len(people(about(both, perception=replace(found, asked=10))).views.source) == 1
    assert people(about(perception=found)).views.source == ()


def test_a_difference_without_an_interval_is_not_distinguishable():
    (row,) = people(about(perception=perceived(overall=difference("0.3")))).views.rows

    assert (row.value, row.spread, row.word) == ("+30", "", "not distinguishable")


@pytest.mark.parametrize(
    ("found", "value", "spread"),
    [
        (difference("0.0996", 0.05, 0.15), "+9.96", "+5 to +15"),
        (difference("-0.096", -0.15, -0.05), "−9.6", "−15 to −5"),
        (difference("0.104", 0.05, 0.15), "+10", "+5 to +15"),
        (difference("0.08", 0.003, 0.157), "+8", "+0.3 to +16"),
        (difference("0.08", -0.003, 0.163), "+8", "0 to +16"),
        (difference("0.004", 0.001, 0.007), "+0.4", "+0.1 to +1"),
        (difference("0.004", -0.1, 0.108), "0", "−10 to +11"),
    ],
)
def test_a_decimal_stands_where_whole_points_would_say_something_else(found, value, spread):
    (row,) = people(about(perception=perceived(overall=found))).views.rows

    assert (row.value, row.spread) == (value, spread)


def test_it_says_over_how_many_questions_two_roles_are_compared():
    assert people(about(perception=perceived(overall=CLEAR))).head.lede == (
        (
            "10 of 12 questions were answered by five or more of each role, and only these are "
            "compared."
        ),
        "Not distinguishable means that these answers cannot tell.",
    )


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("few", "fewer than five people in one of them"),
        ("remainder", "taken from the whole, this would single out fewer than five people"),
        ("overlap", "with the units, this would single out fewer than five people"),
    ],
)
def test_it_says_why_two_roles_are_not_compared(reason, why):
    part = people(about(perception=perceived(reason=reason), agreement={"q1": AGREED}))

    assert part.views is None
    assert part.head.lede == (f"Leadership and front line are not compared: {why}.",)


# --- roles and units ---------------------------------------------------------

TOP = Split(
    "top",
    8,
    {
        "overall": measure("overall", "0.67", (0.64, 0.71)),
        "culture": measure("culture", "0.5", (0.44, 0.555), rough=True),
    },
)
FRONT = Split(
    "front", 30, {"overall": measure("overall", "0.48", n=26), "culture": measure("culture", None)}
)


def test_a_role_has_its_people_and_every_score_with_its_interval():
    hidden = (
        Hidden("role", "top", "strategy", "few"),
        Hidden("role", "front", "strategy", "overlap"),
        Hidden("role", "front", "some-capability", "few"),
        Hidden("role", "partner", None, "few"),
    )
    roles = people(about(splits=Splits((TOP, FRONT), (), hidden))).roles

    assert roles.heads == ("Overall", "Culture", "Strategy")
    assert [(row.title, row.people) for row in roles.rows] == [
        ("Leadership", "8"),
        ("Front line", "26 of 30"),
    ]
    assert [[(c.score, c.spread, c.is_hidden) for c in row.cells] for row in roles.rows] == [
        [("67", "64–71", False), ("50", "≈44–56", False), ("", "", True)],
        [("48", "", False), ("–", "", False), ("", "", True)],
    ]
    assert [(row.names, row.reason) for row in roles.hidden] == [
        ("Partner", "fewer than five people")
    ]
    assert roles.notes == (
        "Two numbers in a cell: how many have an overall, of all who answered.",
        "Hidden: Strategy by Leadership (fewer than five people with a score).",
        (
            "Hidden: Strategy by Front line (with the units, this would single out fewer than five "
            "people)."
        ),
        (
            "≈ marks an interval as rough: answers pile up at an end of the scale, or a small "
            "role stands apart, and it is narrower than it should be."
        ),
    )


def test_the_table_of_roles_says_that_it_takes_more_questions_than_the_comparison():
    splits = Splits((TOP, replace(FRONT, n=26)))
    some = people(about(perception=perceived(overall=CLEAR), splits=splits)).roles
    every = replace(perceived(overall=CLEAR), asked=10)
    none = perceived("few", overall=CLEAR)

    assert some.notes[0] == (
        "This table takes all 12 questions, the comparison above only 10 of them, so a score may "
        "differ."
    )
    for seen in (every, none, None):
        assert people(about(perception=seen, splits=splits)).roles.notes == some.notes[1:]


def test_a_table_of_roles_says_why_a_score_is_not_in_whole_points():
    """39.6 is below 40, where the third level starts."""
    front = Split("front", 8, {"overall": measure("overall", "0.396")})
    roles = people(about(splits=Splits((TOP, front)))).roles

    assert roles.rows[1].cells[0].score == "39.6"
    assert roles.notes[0] == (
        "A score or an end of its interval has decimals where whole points would name another "
        "level."
    )


def test_two_compared_roles_say_why_a_difference_is_not_in_whole_points():
    near = difference("0.0966", 0.001, 0.19)
    views = people(about(perception=perceived(overall=near))).views

    assert (views.rows[0].value, views.rows[0].spread) == ("+9.7", "+0.1 to +19")
    assert views.source[-1] == (
        "A difference or an end of its interval has decimals where whole points would make it 0 "
        "or 10."
    )


def test_what_a_table_says_is_not_said_again_below_it():
    near = replace(perceived(overall=CLEAR), asked=10)
    near.sides["overall"] = (measure("overall", "0.68"), measure("overall", "0.396"))
    front = Split("front", 26, {"overall": measure("overall", "0.396", n=24)})
    unit = Split("North", 9, {"overall": measure("overall", "0.597")})
    part = people(about(perception=near, splits=Splits((TOP, front), (unit, unit))))

    why = "A score or an end of its interval has decimals where whole points would name another "
    assert part.views.source[0].startswith(why)
    assert [note[:29] for note in part.roles.notes] == [
        "Two numbers in a cell: how ma",
        "≈ marks an interval as rough:",
    ]
    assert part.units.notes == ()


def picture(found):
    """Return the widest drawing of a figure, after what it says to those who do not see it."""
    svg = str(found.drawings).split("</svg>")[0]
    return re.search("<desc>([^<]*)</desc>", svg)[1], svg


def test_the_picture_says_what_may_be_shown_of_every_role_and_no_more():
    hidden = (Hidden("role", "top", "strategy", "few"), Hidden("role", "partner", None, "few"))
    front = replace(FRONT, measures={**FRONT.measures, "strategy": measure("strategy", "0.31")})
    found = people(about(splits=Splits((TOP, front), (), hidden))).figure

    assert picture(found)[0] == (
        "Overall: Leadership 67 [64–71] and Front line 48. Culture: Leadership 50 [≈44–56]. "
        "Strategy: Front line 31."
    )
    assert [(key.mark, key.text) for key in found.key] == [
        ("full", f"Leadership, n{NBSP}={NBSP}8"),
        ("open", f"Front line, n{NBSP}={NBSP}30"),
        ("span", f"95{NBSP}% interval"),
    ]
    assert found.tag == ""


def test_a_hidden_score_of_a_role_has_no_mark():
    hidden = (Hidden("role", "top", "strategy", "few"),)
    top = replace(TOP, measures={**TOP.measures, "strategy": measure("strategy", "0.31")})

    described, _ = picture(people(about(splits=Splits((top, FRONT), (), hidden))).figure)

    assert "Strategy" not in described


def test_two_compared_roles_are_drawn_over_the_questions_they_share():
    both = {"overall": CLEAR, "culture": UNCLEAR}
    partner = Split("partner", 6, {"overall": measure("overall", "0.4")})
    made = people(about(perception=perceived(**both), splits=Splits((TOP, FRONT, partner))))
    described, svg = picture(made.figure)

    assert described == (
        "Overall: Leadership 68 [61–75], Front line 50 [44–56] and Partner 40; difference +18 "
        "[+9 to +27]. Culture: Leadership 80 [61–75] and Front line 50 [44–56]; difference +30 "
        f"[{MINUS}2 to +62]."
    )
    assert [key.mark for key in made.figure.key] == [
        *("full", "open", "triangle", "span", "solid", "dotted"),
    ]
    assert svg.count('stroke-dasharray="2,4"') == 1
    assert made.figure.source.endswith(
        "Partner: over all questions asked, not only those that the two compared roles share."
    )


def test_a_mark_stands_where_the_printed_number_is():
    """0.6749 is printed as 67 and drawn there: 176.5 + 4.66 pixels a point."""
    top = Split("top", 8, {"overall": measure("overall", "0.6749")})
    front = Split("front", 9, {"overall": measure("overall", "0.5")})
    _, svg = picture(people(about(splits=Splits((top, front)))).figure)

    assert "translate(488.72," in svg
    assert "translate(409.5," in svg


def test_one_role_alone_has_no_picture():
    hidden = (Hidden("role", "front", None, "few"),)

    assert people(about(splits=Splits((TOP,), (), hidden))).figure is None


def test_it_is_said_beside_the_picture_how_far_answers_agree():
    one = people(about(agreement={"q1": APART, "q2": AGREED}, splits=Splits((TOP, FRONT))))
    none = people(about(agreement={"q1": AGREED}, splits=Splits((TOP, FRONT))))

    assert [note.sentences for note in (*one.beside, *none.beside)] == [
        ("On 1 of 2 questions answers are too far apart to stand for one view.",),
        ("On no question are answers too far apart to stand for one view.",),
    ]


def test_a_score_leads_to_where_its_measure_is_explained():
    roles = people(about(splits=Splits((TOP, FRONT)))).roles

    assert [
        cell.traced and (cell.traced.path, cell.traced.name) for cell in roles.rows[1].cells
    ] == [
        (
            "organisations/o/2026-05/trace/index.html#overall",
            "48, Overall by Front line: how it came about",
        ),
        None,
        None,
    ]


def test_how_many_of_a_group_were_scored_is_said_only_where_its_overall_may_be_shown():
    hidden = (Hidden("role", "front", "overall", "few"),)
    unscored = Split("front", 30, {})
    roles = people(about(splits=Splits((TOP, unscored), (), hidden))).roles

    assert [row.people for row in roles.rows] == ["8", "30"]


def test_a_unit_s_score_leads_nowhere_as_no_unit_is_explained():
    north = Split("North", 8, {"overall": measure("overall", "0.4", (0.3, 0.5))})
    units = people(about(splits=Splits((), (north, Split("South", 9, {}))))).units

    assert [(cell.score, cell.traced) for row in units.rows for cell in row.cells] == [
        ("40", None),
        ("–", None),
    ]


def test_a_unit_is_hidden_beside_roles_and_a_role_beside_units():
    overlap = (
        Hidden("role", "front", None, "overlap"),
        Hidden("role", "partner", None, "overlap"),
        Hidden("unit", "North", None, "overlap"),
        Hidden("unit", "South", None, "overlap"),
    )
    part = people(about(splits=Splits((), (), overlap)))

    assert [(row.names, row.reason) for row in (*part.roles.hidden, *part.units.hidden)] == [
        (
            "Front line and Partner",
            "with the units, this would single out fewer than five people",
        ),
        ("North and South", "with the roles, this would single out fewer than five people"),
    ]


@pytest.mark.parametrize(("icc1", "sentences"), [(0.05, 2), (0.051, 3)])
def test_units_that_answer_alike_are_said_to_from_an_icc_above_a_twentieth(icc1, sentences):
    shown = Splits((), (Split("North", 8, {}), Split("South", 9, {})))
    spread = Spread(2, 17, ("North", Fraction(1, 4)), ("South", Fraction(1, 2)), icc1)

    assert len(people(about(splits=shown, spread=spread)).units.notes) == sentences


def test_units_say_how_far_they_are_apart_and_what_lies_between_them():
    north = Split("North", 8, {"overall": measure("overall", "0.3966", (0.3, 0.5))})
    south = Split("South", 9, {"overall": measure("overall", "0.66", (0.6, 0.7), n=9)})
    spread = Spread(2, 17, ("North", Fraction("0.3966")), ("South", Fraction("0.66")), 0.447)
    units = people(about(splits=Splits((), (north, south)), spread=spread)).units

    assert units.heads == ("Overall",)
    assert [row.cells[0].score for row in units.rows] == ["39.7", "66"]
    assert units.notes == (
        "Lowest North (39.7), highest South (66).",
        (
            f"Of what people of the two units shown differ in, 45{NBSP}% lies between these units, "
            "the rest within."
        ),
        (
            "People of one unit answer alike: were these units a sample of more, every interval "
            "here would be wider."
        ),
        (
            "A score or an end of its interval has decimals where whole points would name another "
            "level."
        ),
    )


def test_units_of_one_score_are_not_called_lowest_and_highest():
    shown = Splits((), (Split("North", 8, {}), Split("South", 9, {})))
    same = Spread(2, 17, ("North", Fraction(1, 2)), ("South", Fraction(1, 2)), None)

    assert people(about(splits=shown, spread=same)).units.notes == ()


def test_one_unit_is_the_whole_and_no_split():
    assert people(about(splits=Splits((), (Split("Unit A", 6, {}),)))) is None


def test_all_that_is_hidden_for_one_reason_is_said_together():
    hidden = (
        Hidden("unit", "Wealth", None, "few"),
        Hidden("unit", "Branches", None, "remainder"),
        Hidden("unit", "Treasury", None, "few"),
    )
    units = people(about(splits=Splits((), (), hidden))).units

    assert units.rows == ()
    assert [(row.names, row.reason) for row in units.hidden] == [
        ("Wealth and Treasury", "fewer than five people in each"),
        ("Branches", "taken from the whole, this would single out fewer than five people"),
    ]


def test_of_very_many_hidden_units_the_first_are_named():
    hidden = tuple(Hidden("unit", f"Shop {n}", None, "few") for n in range(1, 101))
    (row,) = people(about(splits=Splits((), (), hidden))).units.hidden

    assert row.names == (
        "Shop 1, Shop 2, Shop 3, Shop 4, Shop 5, Shop 6, Shop 7, Shop 8, Shop 9, Shop 10, Shop 11, "
        "Shop 12 and 88 more"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("few", "fewer than five customers"),
        ("each", "fewer than five customers in each"),
        ("score", "fewer than five customers with a score"),
        ("either", "fewer than five customers in one of them"),
        ("remainder", "taken from the whole, this would single out fewer than five customers"),
        ("overlap", "with the roles, this would single out fewer than five customers"),
    ],
)
def test_customers_are_hidden_as_customers(code, said):
    assert hidden_reason(customers(), code, "unit") == said


# --- agreement ---------------------------------------------------------------


def test_contested_questions_are_listed_with_the_widest_apart_first():
    agreement = {
        "q2": Agreement(Fraction("0.9"), Fraction(5, 6), 39),
        "q3": Agreement(Fraction("0.5"), Fraction(5, 6), 39),
        "q4": Agreement(Fraction("0.8347"), Fraction(5, 6), 41),
        "q7": Agreement(Fraction("1.2"), Fraction(7, 6), 30),
    }
    found = people(about(agreement=agreement)).contested

    assert found.heading == "3 of 4 questions are contested"
    assert [(r.number, r.text, r.people, r.apart, r.limit) for r in found.rows] == [
        (2, "What about q2?", "39", "0.90", "0.83"),
        (7, "What about q7?", "30", "1.20", "1.17"),
        (4, "What about q4?", "41", "0.835", "0.833"),
    ]
    assert " ".join(found.source) == (
        "How far answers lie from their mean, on average, in points of the question’s scale. "
        "Beyond a sixth of the number of its points a question is contested: its mean stands for "
        "no common view."
    )


def test_of_fewer_than_thirty_people_it_is_not_printed_how_far_they_are_apart():
    """Not even by the order: q5 is wider apart than q2, and is asked later."""
    agreement = {
        "q2": Agreement(Fraction("0.9"), Fraction(5, 6), 29),
        "q5": Agreement(Fraction("1.9"), Fraction(5, 6), 29),
        "q7": Agreement(Fraction("1.2"), Fraction(5, 6), 30),
    }
    found = people(about(agreement=agreement)).contested
    few = people(about(agreement={"q2": agreement["q2"]})).contested

    assert [(r.number, r.people, r.apart, r.limit) for r in found.rows] == [
        (7, "30", "1.20", "0.83"),
        (2, "29", "", ""),
        (5, "29", "", ""),
    ]
    assert (found.has_figures, few.has_figures) == (True, False)
    assert found.source[1] == (
        "How far is printed only where 30 or more answered: of fewer, it would give single answers "
        "away."
    )
    assert few.source == (
        (
            "A question is contested where answers lie, on average, further from their mean than a "
            "sixth of the number of the scale’s points: its mean stands for no common view."
        ),
        found.source[1],
    )


def test_more_than_ten_contested_questions_are_counted():
    many = people(about(agreement=dict.fromkeys(QUESTIONS, replace(APART, n=30)))).contested
    few = people(about(agreement=dict.fromkeys(QUESTIONS, APART))).contested

    assert [row.number for row in many.rows] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert many.source[-1] == "The ten widest apart of 12 contested questions."
    assert few.source[-1] == "Listed are ten of 12 contested questions."


def test_a_question_at_its_limit_is_not_contested():
    at_limit = Agreement(Fraction(5, 6), Fraction(5, 6), 9)
    found = people(about(agreement={"q1": at_limit})).contested

    assert (found.heading, found.rows) == ("How far answers agree", ())
    assert " ".join(found.source) == (
        "No question is contested: on each, answers lie on average within a sixth of the number "
        "of the scale’s points from their mean."
    )


# --- customers, and all together -----------------------------------------------


def test_customers_are_never_called_people():
    shown = Splits(
        (TOP, FRONT),
        (Split("North", 8, {}), Split("South", 9, {})),
        (Hidden("role", "partner", None, "few"), Hidden("role", "top", "strategy", "few")),
    )
    spread = Spread(2, 17, ("North", Fraction(1, 2)), ("South", Fraction(3, 4)), 0.2)
    part = people(
        customers(
            perception=perceived(overall=CLEAR),
            splits=shown,
            spread=spread,
            agreement={"q1": APART},
        )
    )
    said = "\n".join(
        [
            *part.head.lede,
            part.people_head,
            *part.roles.notes,
            *(row.reason for row in part.roles.hidden),
            *part.units.notes,
            part.contested.heading,
            *part.contested.source,
        ]
    )

    assert "people" not in said.lower()
    assert part.people_head == "Customers"
    assert (
        f"Of what customers of the two units shown differ in, 20{NBSP}% lies between these units, "
        "the rest within.\nCustomers of one unit answer alike: were these units a sample of more, "
        "every interval here would be wider." in said
    )
