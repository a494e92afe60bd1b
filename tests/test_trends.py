"""Round by round: which rounds are shown together, what of them is hidden, and how."""

import re
from dataclasses import replace
from datetime import date

from tests.test_change import (
    DIMENSIONS,
    MINUS,
    capability,
    every_four_years,
    panel,
    part,
    plain,
    question,
    questionnaire,
    rendered,
)

from cx_maturity.change import movement

DASH = "\N{EN DASH}"


def rounds(*years, people=3, asked=DIMENSIONS):
    """Return waves of 2021 on: everybody answers a and b as given."""
    return [
        panel(2021 + n, *([{"a": a, "b": b}] * people), asked=asked)
        for n, (a, b) in enumerate(years)
    ]


RISING = rounds((2, 6), (4, 6), (7, 5))


def table(found):
    """Return each row of each table: its title, then its cells as they are read."""
    return [
        (
            row.title,
            *("Hidden" if c.is_hidden else f"{c.score} {c.spread}".strip() for c in row.cells),
        )
        for one in found.tables
        for row in one.rows
    ]


def descriptions(figure):
    return re.findall("<desc>([^<]*)</desc>", str(figure.drawings))


def titles(figure):
    return list(dict.fromkeys(re.findall("<title>([^<]*)</title>", str(figure.drawings))))


def test_from_three_rounds_on_they_are_shown_one_after_another():
    """The overall of a and b: (2 + 6) / 2, (4 + 6) / 2, (7 + 5) / 2, in tenths."""
    found = part(*RISING).rounds

    assert part(*RISING[1:]).rounds is None
    assert (found.name, found.caption) == ("Over three rounds", "Round by round")
    assert [one.heads for one in found.tables] == [("May 2021", "May 2022", "May 2023")]
    assert table(found) == [
        ("Overall", "40", "50", "60"),
        ("A", "20", "40", "70"),
        ("B", "60", "60", "50"),
    ]
    assert [row.strong for row in found.tables[0].rows] == [True, False, False]
    assert found.notes == ("Over the 2 questions that all these rounds share.",)
    assert part(*RISING).trend is None


def test_the_overall_and_each_dimension_are_drawn_over_the_same_dates():
    found = part(*RISING).rounds

    assert descriptions(found.figure)[0] == "May 2021: 40; May 2022: 50; May 2023: 60."
    assert titles(found.figure) == ["Lindvik Bank: overall score over time"]
    assert titles(found.panels) == ["Lindvik Bank: A over time", "Lindvik Bank: B over time"]
    assert descriptions(found.panels)[::3] == [
        "May 2021: 20; May 2022: 40; May 2023: 70.",
        "May 2021: 60; May 2022: 60; May 2023: 50.",
    ]
    assert [(key.mark, key.text) for key in found.panels.key] == [("you", "A dimension")]


def test_intervals_are_whiskers_and_stand_below_the_scores():
    """Of .2 to .6, s is the root of .02 and t 2.776445: the half width is .1756."""
    people = [(2, 4, 6, 4, 4), (2, 4, 6, 4, 4), (4, 6, 8, 6, 6)]
    waves = [
        panel(2021 + n, *({"a": x, "b": x} for x in given), asked=DIMENSIONS)
        for n, given in enumerate(people)
    ]
    found = part(*waves).rounds

    assert table(found)[1] == ("A", f"40 22{DASH}58", f"40 22{DASH}58", f"60 42{DASH}78")
    assert [key.mark for key in (*found.figure.key, *found.panels.key)] == ["upright", "upright"]
    assert found.notes[1] == "Below each score: its 95\N{NO-BREAK SPACE}% interval."


def test_one_dimension_is_not_drawn_beside_the_overall_it_is():
    found = part(*every_four_years(1, 2, 3)).rounds

    assert found.panels is None
    assert found.figure is not None


def test_rounds_of_one_month_are_all_named_by_their_days():
    first = replace(RISING[1], id="x", date=date(2023, 5, 20))

    assert part(RISING[0], RISING[2], first).rounds.tables[0].heads == (
        *("1 May 2021", "1 May 2023", "20 May 2023"),
    )


def test_of_many_rounds_the_newest_six_stand_in_one_table():
    found = part(*rounds(*((n, n) for n in range(1, 9)))).rounds

    assert [len(one.heads) for one in found.tables] == [2, 6]
    assert table(found)[3] == ("Overall", "30", "40", "50", "60", "70", "80")


# --- what an older report would not show ---------------------------------------

BOTH = questionnaire(
    ("all", capability("a", question("a"), question("x"))), ("more", capability("b", question("b")))
)


def one_of_two():
    """Three rounds; only the first asked x too, and one of six left it open."""
    people = [{"a": 2, "x": 4, "b": 6}] * 5 + [{"a": 2, "b": 6}]
    first = panel(2021, *people, asked=BOTH)
    parts = (capability(name, question(name)) for name in "ab")
    alone = questionnaire(*zip(("all", "more"), parts, strict=True), version="2.0")
    later = [panel(year, *([{"a": 5, "b": 6}] * 6), asked=alone) for year in (2022, 2023)]
    return part(first, *later).rounds


def test_a_score_that_is_a_mean_its_own_report_hides_is_hidden():
    """The capability's mean less those of a and x would tell what the one without x answered."""
    found = one_of_two()

    assert table(found)[1] == ("All", "Hidden", "50", "50")
    assert "Hidden, because it would tell what fewer than five answered." in found.notes
    assert descriptions(found.panels)[0] == "May 2022: 50; May 2023: 50."


def test_what_its_own_report_prints_of_few_people_is_not_hidden():
    assert table(part(*rounds((2, 6), (4, 6), (7, 5), people=2)).rounds)[1] == (
        *("A", "20", "40", "70"),
    )


def test_one_set_of_answers_hides_nobody():
    wide = questionnaire(("all", question("a"), question("x")))
    tight = questionnaire(("all", question("a")), version="2.0")
    waves = [plain(2021, {"a": 2, "x": 9}, wide)]
    waves += [plain(2022 + n, {"a": 3 + n}, tight) for n in range(2)]

    assert table(part(*waves).rounds)[0] == ("Overall", "20", "30", "40")


def test_only_questions_that_all_rounds_share_count():
    """Two rounds shared c with each other, but not with the first: it counts in none."""
    names = ("a", "b", "c")
    narrow = questionnaire(("all", question("a"), question("b")))
    wide = questionnaire(("all", *(question(n) for n in names)), version="2.0")
    waves = [
        panel(2021, *([{"a": 2, "b": 4}] * 5), asked=narrow),
        panel(2022, *([{"a": 4, "b": 6, "c": 10}] * 5), asked=wide),
        panel(2023, *([{"a": 6, "b": 8, "c": 10}] * 5), asked=wide),
    ]

    assert movement(waves, waves[-1]).round_questions == {"a", "b"}
    assert table(part(*waves).rounds)[1] == ("All", "30", "50", "70")


# --- the page ------------------------------------------------------------------


def test_the_section_has_the_pictures_and_the_table_of_their_numbers():
    page = rendered(part(*RISING))

    assert page.count('<div class="panels">') == 1
    assert page.count('class="chart chart-trend chart-wide"') == 2
    assert page.count('class="chart chart-times chart-narrow"') == 1
    assert '<td class="r" data-l="May 2023">70</td>' in page
    assert f"{MINUS}" not in page.split("Over three rounds")[1].split("What is compared")[0]


def test_a_hidden_cell_says_that_it_is():
    waves = rounds((2, 6), (4, 6), (7, 5))
    found = part(*waves)
    cells = found.rounds.tables[0].rows[1].cells
    hidden = replace(cells[0], is_hidden=True, score=DASH)
    row = replace(found.rounds.tables[0].rows[1], cells=(hidden, *cells[1:]))
    one = replace(found.rounds.tables[0], rows=(row,))
    page = rendered(replace(found, rounds=replace(found.rounds, tables=(one,))))

    assert '<td class="r" data-l="May 2021"><b class="tag">Hidden</b></td>' in page
