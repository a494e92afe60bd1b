"""How sure a mean is: by hand, and against R on a real survey where its data is at hand."""

import json
import math
import os
import shutil
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx_maturity import validate
from cx_maturity.score import scorecard
from cx_maturity.scoring.interval import (
    Sample,
    balanced,
    is_rough,
    is_uneven,
    mean,
    pooled,
    t,
    tail,
)

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("CX_MATURITY_DATA") or ROOT.parent / "shared" / "data")
CORP_REP = DATA / "corp_rep.csv"

LOW = [Fraction(0), Fraction(1, 2), Fraction(1)]
FIFTHS = [Fraction(n, 4) for n in range(5)]


def near(low, high):
    return pytest.approx((low, high), abs=1e-6)


# --- Student's t -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("degrees", "printed"),
    [(1, 12.706), (2, 4.303), (10, 2.228), (100, 1.984), (9, 2.262), (30, 2.042), (120, 1.980)],
)
def test_t_is_what_every_table_prints(degrees, printed):
    assert round(t(degrees), 3) == printed


def test_between_two_lines_of_the_table_t_is_the_larger():
    assert t(249) == t(200) > t(250)
    assert t(10**9) == t(10_000) == pytest.approx(1.960, abs=5e-4)


def test_the_table_falls_from_line_to_line():
    lines = json.loads((ROOT / "plugins/cx_maturity/t.json").read_text("utf-8"))

    assert [df for df, _ in lines[:3]] == [1, 2, 3]
    assert all(a[0] < b[0] and a[1] > b[1] for a, b in pairwise(lines))


@pytest.mark.parametrize(
    ("value", "degrees", "printed"),
    [
        *[(63.657, 1, 0.01), (9.925, 2, 0.01), (4.032, 5, 0.01), (2.750, 30, 0.01)],
        *[(12.924, 3, 0.001), (3.850, 20, 0.001), (3.460, 60, 0.001)],
        *[(1.833, 9, 0.10), (1.671, 60, 0.10), (0.765, 3, 0.50), (0.677, 120, 0.50)],
    ],
)
def test_the_p_of_a_printed_t_is_what_its_column_says(value, degrees, printed):
    assert tail(value, degrees) == pytest.approx(printed, rel=1.5e-3)


@pytest.mark.parametrize(
    ("value", "degrees", "p"),
    [
        (1, 1, 1 / 2),
        (math.sqrt(2), 2, 1 - 1 / math.sqrt(2)),
        (math.sqrt(3), 3, 1 / 2 - 1 / math.pi),
        (2, 4, 1 - 1.25 / math.sqrt(2)),
        (math.sqrt(5), 5, 1 / 2 - 4 / (3 * math.pi)),
    ],
)
def test_where_t_is_the_root_of_its_degrees_p_is_a_sum_by_hand(value, degrees, p):
    """There the angle of Abramowitz and Stegun's series is 45 degrees."""
    assert tail(value, degrees) == pytest.approx(p, abs=1e-13)


def test_p_has_two_sides():
    assert tail(-2.5, 7) == tail(2.5, 7)


@pytest.mark.parametrize("degrees", [1, 2, 3, 10, 9999])
def test_no_difference_has_p_1_and_an_infinite_one_0(degrees):
    assert (tail(0.0, degrees), tail(math.inf, degrees), tail(-math.inf, degrees)) == (1, 0, 0)


@pytest.mark.parametrize("degrees", [1, 2, 7, 30, 200, 1000])
def test_the_table_and_the_tail_are_of_one_mind(degrees):
    """The table has six decimals."""
    assert tail(t(degrees), degrees) == pytest.approx(0.05, abs=1e-6)


# --- one group ---------------------------------------------------------------------


def test_three_values_give_an_interval_by_hand():
    """Mean 1/2, s 1/2, standard error 0.288675, t(2) 4.302653: 1/2 ± 1.242069."""
    found = pooled(Sample.of(LOW))

    assert found[:2] == near(-0.742069, 1.742069)
    assert found.degrees == 2


def test_a_known_population_narrows_the_interval():
    """n/N = 3/12: the half-width times √(3/4)."""
    assert pooled(Sample.of(LOW), 12)[:2] == near(0.5 - 1.075663, 0.5 + 1.075663)


def test_when_everybody_answered_nothing_is_unsure():
    found = pooled(Sample.of(LOW), 3)

    assert (found.low, found.high) == (0.5, 0.5)


@pytest.mark.parametrize(
    "values",
    [LOW[:1], [Fraction(0), Fraction(1)], [Fraction(1, 3)] * 3, [Fraction(1)] * 40],
)
def test_fewer_than_three_or_all_equal_give_none(values):
    assert pooled(Sample.of(values)) is None


# --- balanced over roles -------------------------------------------------------------


def test_two_equal_groups_give_an_interval_by_hand():
    """s²/n is 1/32 in both; together 1/64, so 1/8; 8 degrees exactly, t 2.306004."""
    found = balanced([Sample.of(FIFTHS), Sample.of(FIFTHS)])

    assert found[:2] == near(0.5 - 0.2882505, 0.5 + 0.2882505)
    assert found.degrees == 8


def test_unequal_groups_count_alike_and_lose_degrees():
    """s²/n 1/12 and 1/4, together 1/12; degrees (1/3)²/(1/12²/2 + 1/4²/1) = 1.68, floored."""
    found = balanced([Sample.of(LOW), Sample.of([Fraction(0), Fraction(1)])])

    assert found[:2] == near(0.5 - 12.706205 * math.sqrt(1 / 12), 0.5 + 12.706205 * 0.28867513)
    assert found.degrees == 1


def test_degrees_are_floored_from_their_exact_value():
    """Seven groups alike have 7 · 4 degrees, where sums of doubles may stop just short."""
    thirds = Sample.of([Fraction(n, 3) for n in (0, 1, 1, 2, 3)])

    assert balanced([thirds] * 7).degrees == 28


def test_each_role_has_its_own_population():
    """The first group is complete and adds nothing: √(1/32 / 4) from the second alone."""
    found = balanced([Sample.of(FIFTHS), Sample.of(FIFTHS)], [5, None])

    assert found[:2] == near(0.5 - 2.776445 * math.sqrt(1 / 128), 0.5 + 2.776445 * 0.08838835)
    assert found.degrees == 4


def test_when_everybody_of_every_role_answered_nothing_is_unsure():
    found = balanced([Sample.of(FIFTHS), Sample.of(LOW)], [5, 3])

    assert (found.low, found.high, found.degrees) == (0.5, 0.5, 6)


def test_one_group_balanced_is_one_group_pooled():
    assert balanced([Sample.of(LOW)], [12])[:2] == near(*pooled(Sample.of(LOW), 12)[:2])


@pytest.mark.parametrize(
    "groups",
    [
        [LOW, [Fraction(1)]],  # a single value has no spread
        [[Fraction(0), Fraction(1)]],  # two in all
        [[Fraction(1)] * 5, [Fraction(0)] * 5],  # nothing varies within a role
    ],
)
def test_groups_that_tell_no_spread_give_none(groups):
    assert balanced([Sample.of(values) for values in groups]) is None


# --- rough ---------------------------------------------------------------------------

TWENTY = [Fraction(1, 8)] * 19


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([Fraction(1, 5)] * 5, True),
        ([Fraction(21, 100)] * 5, False),
        ([Fraction(4, 5)] * 5, True),
        ([Fraction(79, 100)] * 5, False),
        ([*TWENTY], True),
        ([*TWENTY, Fraction(1, 8)], False),
        ([*TWENTY, Fraction(0)], True),
        ([*TWENTY, *TWENTY, Fraction(0), Fraction(1, 8)], False),
        ([*TWENTY, *TWENTY, Fraction(0), Fraction(0)], True),
        ([*TWENTY, Fraction(1)], False),
        ([1 - share for share in [*TWENTY, Fraction(0)]], True),
        ([1 - share for share in [*TWENTY, Fraction(1)]], False),
        ([Fraction(0)] * 10 + [Fraction(1)] * 10, False),
    ],
)
def test_an_interval_is_rough_near_an_end_for_few_people_or_where_some_lie_on_it(values, expected):
    """Within a fifth of the scale; fewer than 20 people, or one in 20 on that end itself."""
    found = is_rough(Sample.of(values), values.count(0), values.count(1))

    assert found is expected


# --- what holds for all ----------------------------------------------------------------


@pytest.mark.parametrize("unit", [6, 60])
def test_a_sample_is_the_same_in_finer_parts(unit):
    """Sum 13/6, squares 61/36: s² is (61/36 - (13/6)²/3) / 2 = 7/108."""
    found = Sample.of([Fraction(1, 2), Fraction(2, 3), Fraction(1)]).in_parts_of(unit)

    assert mean([(found.total, found.n)], found.unit) == Fraction(13, 18)
    assert Fraction(found.spread, 3 * 2 * unit**2) == Fraction(7, 108)


@given(st.lists(st.fractions(0, 1, max_denominator=30), min_size=3, max_size=20), st.randoms())
def test_no_order_of_the_values_changes_a_bit(values, chance):
    shuffled = chance.sample(values, len(values))

    assert pooled(Sample.of(values)) == pooled(Sample.of(shuffled))


def test_the_mean_of_roles_is_the_mean_of_their_means():
    """(1/2 + 1/4) / 2, whatever the sizes; totals are in quarters."""
    assert mean([(20, 10), (2, 2)], 4) == Fraction(3, 8)


# --- R 4.2.2, re-checked with numpy -------------------------------------------------------

# Operator → mean, half-width and n on 0-100; half-widths as printed.
QUALITY = {
    "1": (63.33, 2.86, 130),
    "2": (64.35, 3.42, 127),
    "3": (60.98, 5.54, 44),
    "4": (57.56, 5.48, 43),
}
LOYALTY = {
    "1": (70.1, 4.0, 130),
    "2": (75.4, 4.1, 127),
    "3": (78.4, 7.1, 43),
    "4": (64.6, 8.2, 42),
}


@pytest.fixture(scope="module")
def operators(tmp_path_factory):
    """Score the four mobile operators of the example; skip where the survey is not at hand."""
    if not CORP_REP.is_file():
        pytest.skip("no corp_rep.csv, which is not ours to ship; CX_MATURITY_DATA names its folder")
    site = tmp_path_factory.mktemp("operators") / "assessments"
    shutil.copytree(ROOT / "examples/mobile-operators/assessments", site, dirs_exist_ok=True)
    (site / "responses").mkdir(exist_ok=True)
    shutil.copy(CORP_REP, site / "responses" / "corp_rep.csv")
    found, _ = validate.assessments(site)
    return {o.id.removeprefix("operator-"): scorecard(o.waves[0]) for o in found.organisations}


@pytest.mark.parametrize(
    ("measure", "expected", "places"), [("quality", QUALITY, 2), ("loyalty", LOYALTY, 1)]
)
def test_a_real_survey_gives_what_r_gives(operators, measure, expected, places):
    """Loyalty loses one customer each of operators 3 and 4, who answered too little of it."""
    found = {}
    for operator, card in operators.items():
        one = card.dimensions[measure]
        half = (one.interval[1] - one.interval[0]) / 2 * 100
        found[operator] = (round(float(one.score * 100), places), round(half, places), one.n)

    assert found == expected


# --- the figures of the page ---------------------------------------------------------------


def _labels(text):
    """Return the beginning of every table's line: two cells of Holm's, three of the others."""
    lines = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [cells[: 2 if len(cells) == 4 else 3] for cells in lines]


def test_the_page_shows_every_line_that_the_simulation_prints():
    """What is measured, of whom and of how many; the figures themselves take minutes."""
    script = [sys.executable, ROOT / "benchmarks/cover.py", "--runs", "5"]
    done = subprocess.run(script, capture_output=True, check=True, text=True)
    page = (ROOT / "content/pages/how-sure.md").read_text("utf-8")

    printed, shown = _labels(done.stdout), _labels(page)

    assert len(printed) > 200
    assert shown == printed


@pytest.mark.parametrize(
    ("shares", "uneven"),
    [
        (["9/10", "9/10", "1", "1", "1"], True),
        (["0", "1/4", "1/4", "1/4", "1/4"], True),  # the mean is exactly a fifth
        (["1/4", "1/4", "1/4", "1/4", "1/4"], False),
        (["0", "0", "1", "1", "1/2"], True),  # a standard deviation of half the scale
        (["1/2", "1/2", "1/2", "1/2", "1/4"], False),
        (["1", "1", "1", "1", "1", "1", "1", "1"], False),  # eight are no small group
        (["1", "1", "1", "1", "1", "1", "1"], True),
    ],
)
def test_a_small_group_is_uneven_near_an_end_or_at_both(shares, uneven):
    assert is_uneven(Sample.of(map(Fraction, shares))) is uneven
