"""How far people agree: by hand, by published examples, and against R where its data is at hand."""

import csv
import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx_maturity.scoring.agreement import agreement, alpha, alpha_interval, icc, rwg_j
from cx_maturity.scoring.interval import Sample

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("CX_MATURITY_DATA") or ROOT.parent / "shared" / "data")


def shares(*answers, points=5):
    """Return answers from 1 to *points* as places on the scale, None where one is missing."""
    return [None if a is None else Fraction(a - 1, points - 1) for a in answers]


# --- AD ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "points", "ad", "is_contested"),
    [
        ((1, 1, 5, 5), 5, "2", True),  # the mean is 3, everybody 2 away
        ((3, 3, 3), 5, "0", False),
        ((4,), 5, "0", False),
        ((1, 2, 2, 3), 5, "1/2", False),
        ((1, 2, 3), 5, "2/3", False),
        ((2, 2, 4, 4, 4, 3), 5, "5/6", False),  # mean 19/6: on the limit is not above it
        ((1, 2, 2, 3, 4, 4, 5), 5, "8/7", True),
        ((1, 2), 2, "1/2", True),  # yes and no: the limit is 1/3
        ((1, 11), 11, "5", True),  # 0 to 10: in its points
        ((1, 2, 6), 7, "2", True),
    ],
)
def test_ad_is_the_mean_distance_from_the_mean_in_points(answers, points, ad, is_contested):
    found = agreement(shares(*answers, points=points), points)

    assert (found.ad, found.limit, found.n) == (Fraction(ad), Fraction(points, 6), len(answers))
    assert found.is_contested is is_contested


# --- rwg(j) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "points", "expected"),
    [
        ([(2,), (3,), (4,)], [5], 1 / 2),  # variance 1, by chance 2
        ([(2, 2), (3, 3), (4, 4)], [5, 5], 2 / 3),  # 2 · 1/2 over 2 · 1/2 + 1/2
        ([(3, 3), (3, 3)], [5, 5], 1),
        ([(2,), (4,)], [5], 0),  # variance 2
        ([(1,), (5,)], [5], 0),  # variance 8 counts as 2
        ([(3, 1), (3, 5)], [5, 5], 0),  # 0 and 8: their mean counts as 2
        ([(3, 2), (3, 4)], [5, 5], 2 / 3),  # 0 and 2
        ([(4,), (5,)], [7], 7 / 8),  # variance 1/2, by chance 4
        ([(2, 4), (3, 5), (4, 6)], [5, 7], (2 * 5 / 8) / (2 * 5 / 8 + 3 / 8)),  # 1 of 2, 1 of 4
    ],
)
def test_rwg_sets_the_variance_against_answers_by_chance(rows, points, expected):
    placed = [
        [Fraction(a - 1, size - 1) for a, size in zip(row, points, strict=True)] for row in rows
    ]

    assert rwg_j(placed, points) == pytest.approx(expected, abs=1e-15)


def test_one_person_has_nobody_to_agree_with():
    assert rwg_j([shares(3, 3), shares(3, None)], [5, 5]) is None
    assert rwg_j([], [5, 5]) is None


# --- ICC ---------------------------------------------------------------------------


def groups(*answers):
    return [Sample.of([Fraction(a) for a in group]) for group in answers]


def test_icc_of_shrout_and_fleiss_own_example():
    """Their table 2, six targets and four judges: ICC(1,1) .17 and ICC(1,4) .44."""
    judged = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))

    found = icc(groups(*judged))

    assert (round(found.icc1, 2), round(found.icc2, 2), found.mean_size) == (0.17, 0.44, 4)


@pytest.mark.parametrize(
    ("answers", "icc1", "icc2", "size"),
    [
        (((1, 3), (3, 5)), 1 / 3, 1 / 2, 2),  # between 4, within 2
        (((2, 2), (4, 4)), 1, 1, 2),
        (((1, 3), (1, 3)), 0, 0, 2),  # nothing between: an estimate of -1
        (((1, 5), (2, 5)), 0, 0, 2),  # between 1/4, within 25/4: below 0
        (((0, 2), (4,)), 4 / 7, 2 / 3, 1.5),  # between 6, within 2: 4 of 6 + 2/2
    ],
)
def test_icc_by_hand(answers, icc1, icc2, size):
    found = icc(groups(*answers))

    assert (found.icc1, found.icc2, found.mean_size) == pytest.approx((icc1, icc2, size))


def test_icc_does_not_depend_on_the_unit():
    finer = [group.in_parts_of(12) for group in groups((1, 3), (3, 5))]
    mixed = [finer[0], *groups((3, 5))]

    assert icc(finer) == icc(mixed) == icc(groups((1, 3), (3, 5)))


@pytest.mark.parametrize(
    "answers",
    [
        ((1, 2, 3),),  # one group
        ((1,), (2,), (3,)),  # nobody beside anybody
        ((2, 2), (2, 2)),  # nothing varies
        (),
    ],
)
def test_where_nothing_can_be_told_apart_there_is_no_icc(answers):
    assert icc(groups(*answers)) is None


# --- alpha -------------------------------------------------------------------------

THREE = [shares(1, 2), shares(2, 1), shares(3, 3)]


def test_alpha_by_hand():
    """Variances 1 and 1, of the sums 3: 2 · (1 - 2/3)."""
    assert alpha(THREE) == pytest.approx(2 / 3, abs=1e-15)


SQUARE = [shares(1, 1), shares(3, 3), shares(1, 3), shares(3, 1)]


def test_alpha_interval_by_hand():
    """
    Everybody's squared deviations are 2; of the sums 4 for half of them, 0 for the others.

    Without one person the ratio of the variances is 1920/1856 or 1920/1984, alpha therefore
    -.0689655 or .0645161; error √(31/32 · 32 · .0667408²) = .3715950, times t(31) 2.039513.
    """
    assert alpha(SQUARE * 8) == 0
    assert alpha_interval(SQUARE * 8) == pytest.approx((-0.757874, 0.757874), abs=1e-5)


def test_alpha_interval_never_passes_1():
    """Without one person alpha is -2/5 or 2/7: error √(7 · (12/35)²), times t(7) 2.364624."""
    low, high = alpha_interval(SQUARE * 2)

    assert (low, high) == pytest.approx((-2.364624 * 12 / 35 * 7**0.5, 1), abs=1e-6)


def test_a_row_with_an_answer_missing_is_dropped():
    more = [shares(None, 5), *SQUARE, *THREE, shares(1, None), shares(None, None)]

    assert alpha(more) == alpha([*SQUARE, *THREE])
    assert alpha_interval(more) == alpha_interval([*SQUARE, *THREE])


def test_questions_that_go_against_each_other_have_an_alpha_below_0():
    """Variances 1 and 1/3, of the sums 1/3: 2 · (1 - 4)."""
    assert alpha([shares(1, 3), shares(2, 2), shares(3, 2)]) == -6


def test_questions_that_say_the_same_have_alpha_1_and_no_interval():
    same = [shares(1, 1), shares(2, 2), shares(5, 5)]

    assert (alpha(same), alpha_interval(same)) == (1, None)


def test_where_alpha_rests_on_one_person_it_has_no_interval():
    """Without the last, everybody's sum is 4."""
    rows = [shares(1, 3), shares(3, 1), shares(2, 2), shares(5, 5)]

    assert alpha(rows) is not None
    assert alpha_interval(rows) is None


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [shares(1, 2)],
        [shares(1, 2), shares(3, None)],
        [shares(1), shares(2), shares(3)],  # one question
        [shares(1, 3), shares(2, 2), shares(3, 1)],  # everybody's sum is the same
    ],
)
def test_where_nothing_hangs_together_there_is_no_alpha(rows):
    assert (alpha(rows), alpha_interval(rows)) == (None, None)


ROW = st.lists(st.integers(1, 5), min_size=3, max_size=3).map(lambda row: shares(*row))


@given(st.lists(ROW, min_size=3, max_size=12), st.randoms())
def test_no_order_of_the_people_changes_a_bit(rows, chance):
    shuffled = chance.sample(rows, len(rows))

    assert (alpha(rows), alpha_interval(rows)) == (alpha(shuffled), alpha_interval(shuffled))
    assert rwg_j(rows, [5] * 3) == rwg_j(shuffled, [5] * 3)


# --- R 4.2.2, re-checked with numpy --------------------------------------------------


def answers(name, columns):
    """Return the columns of a survey; skip where it is not at hand."""
    file = DATA / name
    if not file.is_file():
        pytest.skip(f"no {name}, which is not ours to ship; CX_MATURITY_DATA names its folder")
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            [Fraction(row[column]) if row[column] else None for column in columns]
            for row in csv.DictReader(lines)
        ]


ITEMS = ("AF06", "AF07", "AP12", "AP17", "AP33", "AP34", "AS14", "AS15", "AS16", "AS17", "AS28")


@pytest.mark.parametrize(
    ("group", "rwg", "ad"),
    [(1, 0.9009815, 0.8481366), (2, 0.9222832, 0.8261279), (3, 0.8868093, 0.8809829)],
)
def test_agreement_in_real_companies_is_what_r_gives(group, rwg, ad):
    """R's multilevel: AD about each item's mean, averaged over the items."""
    rows = [row[1:] for row in answers("bhr2000.csv", ("GRP", *ITEMS)) if row[0] == group]
    placed = [[(answer - 1) / 4 for answer in row] for row in rows]
    each = [agreement(column, 5).ad for column in zip(*placed, strict=True)]

    assert rwg_j(placed, [5] * 11) == pytest.approx(rwg, abs=5e-8)
    assert float(sum(each) / 11) == pytest.approx(ad, abs=5e-8)


def test_icc_of_real_companies_is_what_r_gives():
    by_group = {}
    for group, hours in answers("bhr2000.csv", ("GRP", "HRS")):
        by_group.setdefault(group, []).append(hours)

    found = icc([Sample.of(hours) for hours in by_group.values()])

    assert found[:2] == pytest.approx((0.1741008, 0.9199889), abs=5e-8)
    assert found.mean_size == pytest.approx(5400 / 99)


@pytest.mark.parametrize(("first", "expected"), [("A1", 0.4306), ("7 - A1", 0.7038)])
def test_alpha_of_a_real_questionnaire_counts_complete_rows_and_reversed_answers(first, expected):
    rows = answers("bfi.csv", ("A1", "A2", "A3", "A4", "A5"))
    if first != "A1":
        rows = [[None if row[0] is None else 7 - row[0], *row[1:]] for row in rows]

    assert alpha(rows) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("name", "questions", "expected"),
    [
        *[("IMAG", 5, 0.7144468), ("CUEX", 3, 0.4325968), ("PERQ", 7, 0.8724064)],
        *[("PERV", 2, 0.8166945), ("CUSA", 3, 0.7701131)],
    ],
)
def test_alphas_of_a_real_survey_are_what_r_gives(name, questions, expected):
    rows = answers("mobi.csv", [f"{name}{n}" for n in range(1, questions + 1)])
    low, high = alpha_interval(rows)

    assert alpha(rows) == pytest.approx(expected, abs=5e-8)
    assert low < expected < high
