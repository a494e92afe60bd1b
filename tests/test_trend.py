"""Where a measure is heading: by hand, by trying every order, and against printed tables."""

from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx_maturity.scoring.trend import mann_kendall, theil_sen


def waves(*pairs):
    return [(Fraction(year), Fraction(score)) for year, score in pairs]


def scores(*values):
    return [Fraction(value, 100) for value in values]


# --- slope -------------------------------------------------------------------------


def test_the_slope_is_the_middle_one_of_all_pairs():
    """Slopes 1/10, 1/10, -3/10, 1/10, -5/10, -11/10: in order -11 -5 -3 1 1 1, the middle -1."""
    found = theil_sen(waves((2020, "1/10"), (2021, "2/10"), (2022, "3/10"), (2023, "-8/10")))

    assert found == Fraction(-1, 10)


def test_two_waves_of_one_date_have_no_slope_between_them():
    """The five other slopes are 0, 2, 2/3, 1 and 0: the middle one is 2/3."""
    found = theil_sen(waves((0, 0), (1, 0), (1, 2), (3, 2)))

    assert found == Fraction(2, 3)


def test_the_slope_is_per_year_whatever_lies_between_waves():
    found = theil_sen(waves(("2024", 0), ("4049/2", "1/20"), ("8099/4", "3/40"), ("2026", "1/5")))

    assert found == Fraction(1, 10)


def test_one_wild_wave_does_not_turn_the_slope():
    found = theil_sen(waves((1, "1/10"), (2, "2/10"), (3, "3/10"), (4, "4/10"), (5, 0)))

    assert found == Fraction(1, 10)


@given(st.permutations(waves((1, 0), (2, "1/2"), (3, "1/4"), (4, 1))))
def test_no_order_of_the_waves_changes_the_slope(points):
    """1/2, 1/8, 1/3, -1/4, 1/4, 3/4: between 1/4 and 1/3 lies 7/24."""
    assert theil_sen(points) == Fraction(7, 24)


def test_three_waves_have_no_slope():
    with pytest.raises(ValueError, match=r"^a slope needs 4 waves, not 3$"):
        theil_sen(waves((1, 0), (2, 0), (3, 0)))


def test_waves_of_one_date_have_no_slope():
    with pytest.raises(ValueError, match=r"^waves of one date have no slope$"):
        theil_sen(waves((1, 0), (1, 1), (1, 0), (1, 1)))


# --- p -----------------------------------------------------------------------------


def rising(n, falls):
    """Return n different scores with so many pairs out of order."""
    values = list(range(n))
    for _ in range(falls):
        place = next(p for p in range(n - 1) if values[p] < values[p + 1])
        values[place], values[place + 1] = values[place + 1], values[place]
    return scores(*values)


@pytest.mark.parametrize(
    ("n", "s", "printed"),
    [
        *[(5, 6, 0.117), (5, 8, 0.042), (5, 10, 0.0083)],
        *[(6, 11, 0.028), (6, 13, 0.0083), (6, 15, 0.0014)],
        *[(8, 16, 0.031), (8, 18, 0.016), (10, 21, 0.036), (10, 23, 0.023), (10, 25, 0.014)],
    ],
)
def test_p_is_twice_what_kendalls_table_prints_for_one_side(n, s, printed):
    """Kendall, Rank Correlation Methods, appendix table 1: the probability of S or more."""
    found = mann_kendall(rising(n, (n * (n - 1) // 2 - s) // 2))

    assert found / 2 == pytest.approx(printed, abs=0.0006)


def test_five_waves_that_only_rise_are_2_of_120_orders():
    assert mann_kendall(scores(10, 20, 30, 40, 50)) == 2 / 120


def test_falling_is_as_likely_as_rising():
    assert mann_kendall(scores(50, 40, 20, 30, 10)) == mann_kendall(scores(10, 30, 20, 40, 50))


def test_twelve_waves_in_six_ties_are_counted_exactly():
    """12! / 2⁶ orders, and only the two that never turn are as extreme."""
    found = mann_kendall(scores(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6))

    assert found == 2 / 7_484_400


def test_waves_that_are_all_alike_say_nothing():
    assert mann_kendall(scores(40, 40, 40, 40, 40)) == 1


@pytest.mark.parametrize("n", [2, 4])
def test_four_waves_have_no_p(n):
    with pytest.raises(ValueError, match=rf"^a p needs 5 waves, not {n}$"):
        mann_kendall(scores(*range(n)))


def s_of(values):
    return abs(sum((b > a) - (b < a) for a, b in combinations(values, 2)))


@given(st.lists(st.integers(1, 4), min_size=5, max_size=6))
def test_p_is_the_share_of_all_orders_that_are_as_extreme(values):
    orders = [s_of(order) for order in permutations(values)]

    expected = sum(s >= s_of(values) for s in orders) / len(orders)
    assert mann_kendall(scores(*values)) == pytest.approx(expected, abs=1e-15)
