"""One mean less another: by hand, and against the example that R prints."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx_maturity.results import Difference
from cx_maturity.scoring.difference import holm, independent, paired, verdict
from cx_maturity.scoring.interval import Sample


def tenths(*values):
    """Return numbers with one decimal as shares, a tenth as large."""
    return [Fraction(round(value * 10), 100) for value in values]


# Student's sleep data (1908): hours more of sleep, ten people under two drugs.
FIRST = tenths(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND = tenths(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)

LOW = Sample.of([Fraction(0), Fraction(1, 2), Fraction(1)])
FIFTHS = Sample.of([Fraction(n, 4) for n in range(5)])
HALVES = Sample.of([Fraction(1, 2)] * 3)


def near(*values):
    return pytest.approx(values, abs=3e-6)


# --- paired ------------------------------------------------------------------------


def test_pairs_give_what_r_prints():
    """R 4.2.2, t.test(extra, paired): t -4.0621, df 9, p 0.002833, -2.4598858 to -0.7001142."""
    found = paired(Sample.of([a - b for a, b in zip(FIRST, SECOND, strict=True)]))

    assert (found.value, found.n, found.is_paired) == (Fraction(-158, 1000), (10, 10), True)
    assert found.interval == near(-0.24598858, -0.07001142)
    assert found.degrees == 9
    assert found.p == pytest.approx(0.002833, abs=5e-7)


def test_a_known_population_makes_pairs_surer():
    """0, 1/2, 1 of 12: 1/2 ± 4.302653 · √(1/12 · 3/4), clipped to 1."""
    found = paired(LOW, 12)

    assert found.interval == near(0.5 - 4.302653 * 0.25, 1)
    assert found.p == pytest.approx(1 - 2 / math.sqrt(6), abs=1e-12)  # t 2, two degrees


def test_when_everybody_answered_a_difference_of_pairs_is_certain():
    found = paired(LOW, 3)

    assert (found.interval, found.degrees, found.p) == ((0.5, 0.5), 2, 0.0)


def test_when_everybody_answered_no_difference_is_certain_too():
    found = paired(Sample.of([Fraction(-1), Fraction(0), Fraction(1)]), 3)

    assert (found.value, found.interval, found.p) == (0, (0.0, 0.0), 1.0)


@pytest.mark.parametrize(
    "values", [[Fraction(1)], [Fraction(-1), Fraction(1)], [Fraction(-1, 3)] * 4]
)
@pytest.mark.parametrize("population", [None, 9])
def test_fewer_than_three_pairs_or_all_alike_have_no_interval(values, population):
    found = paired(Sample.of(values), population)

    assert (found.interval, found.degrees, found.p) == (None, None, None)
    assert found.value == sum(values) / len(values)


# --- independent -------------------------------------------------------------------


def test_two_groups_give_what_r_prints_but_for_the_floored_degrees():
    """
    R 4.2.2, t.test(extra ~ group): t -1.8608, df 17.776, interval -3.3654832 to 0.2054832.

    Its half-width over t(.975, 17.776) = 2.102841 is the error .849091; with 17 degrees t is
    2.109816.  For 18 degrees (var.equal) R prints p .07919, for 17.776 .07939: for 17 it is .0801.
    """
    found = independent([Sample.of(FIRST)], [Sample.of(SECOND)])

    assert (found.value, found.n, found.is_paired) == (Fraction(-158, 1000), (10, 10), False)
    assert found.degrees == 17
    assert found.interval == near(-0.158 - 2.109816 * 0.0849091, -0.158 + 2.109816 * 0.0849091)
    assert found.p == pytest.approx(0.0801, abs=1e-4)


def test_groups_of_a_side_count_alike_whatever_their_sizes():
    """
    (1/2 + 1/2) / 2 less 1/2, by hand.

    Squared errors: 1/12 and 1/32, a quarter of each, and 1/32 whole: 1/48, 1/128, 1/32, together
    23/384.  Degrees (23/384)² / (1/48²/2 + 1/128²/4 + 1/32²/4) = 7.4, floored.
    """
    found = independent([LOW, FIFTHS], [FIFTHS])

    assert (found.value, found.n, found.degrees) == (0, (8, 5), 7)
    half = 2.364624 * math.sqrt(23 / 384)
    assert found.interval == near(-half, half)
    assert found.p == 1


def test_each_group_has_its_own_population():
    """The first is complete and adds nothing; the second is 5 of 10: ± t(4) · √(1/64)."""
    found = independent([LOW], [FIFTHS], ([3], [10]))

    assert found.degrees == 4
    assert found.interval == near(-2.776445 / 8, 2.776445 / 8)


def test_the_interval_is_clipped_to_what_shares_can_differ_by():
    """5/6 less 1/6; squared errors 1/36 twice, four degrees: 2/3 ± 2.776445 · √(1/18)."""
    high, low = tenths(10, 10, 5), tenths(0, 0, 5)

    assert independent([Sample.of(high)], [Sample.of(low)]).interval == near(0.0122524, 1)
    assert independent([Sample.of(low)], [Sample.of(high)]).interval == near(-1, -0.0122524)


@pytest.mark.parametrize("first", [FIFTHS, HALVES, LOW])
def test_when_all_of_everybody_answered_equal_means_are_certain(first):
    found = independent([first], [FIFTHS], ([first.n], [5]))

    assert (found.interval, found.p) == ((0.0, 0.0), 1.0)


def test_when_all_of_everybody_answered_any_difference_is_certain():
    high = Sample.of([Fraction(1, 2), Fraction(1), Fraction(1)])

    found = independent([high], [FIFTHS], ([3], [5]))

    assert (found.value, found.interval, found.p) == (Fraction(1, 3), (1 / 3, 1 / 3), 0.0)
    assert found.degrees == 6


def test_one_side_may_be_of_one_mind_when_the_other_varies():
    """0 and 1/2 of a side that does not vary: all that is unsure is the other side."""
    found = independent([HALVES], [FIFTHS])

    assert found.degrees == 4
    assert found.interval == near(-2.776445 * math.sqrt(1 / 32), 2.776445 * math.sqrt(1 / 32))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([Sample.of([Fraction(0), Fraction(1)])], [FIFTHS]),  # two people
        ([FIFTHS], [Sample.of([Fraction(0), Fraction(1)])]),
        ([FIFTHS, Sample.of([Fraction(1)])], [FIFTHS]),  # a group of one
        ([HALVES], [Sample.of([Fraction(0)] * 9)]),  # nobody differs from anybody
    ],
)
@pytest.mark.parametrize("populations", [False, True])
def test_groups_that_tell_no_spread_have_no_interval(first, second, populations):
    known = ([99] * len(first), [99] * len(second)) if populations else None

    found = independent(first, second, known)

    assert (found.interval, found.degrees, found.p) == (None, None, None)
    assert found.n == (sum(s.n for s in first), sum(s.n for s in second))


@given(
    st.lists(st.fractions(0, 1, max_denominator=30), min_size=3, max_size=12),
    st.lists(st.fractions(0, 1, max_denominator=30), min_size=3, max_size=12),
    st.randoms(),
)
def test_no_order_of_the_values_changes_a_bit(first, second, chance):
    shuffled = [chance.sample(values, len(values)) for values in (first, second)]

    assert independent([Sample.of(first)], [Sample.of(second)]) == independent(
        *([Sample.of(values)] for values in shuffled)
    )


@given(
    st.lists(st.fractions(0, 1, max_denominator=30), min_size=3, max_size=12),
    st.lists(st.fractions(0, 1, max_denominator=30), min_size=3, max_size=12),
)
def test_the_other_way_round_is_the_mirror_image(first, second):
    one = independent([Sample.of(first)], [Sample.of(second)])
    other = independent([Sample.of(second)], [Sample.of(first)])

    assert (one.value, one.p, one.degrees) == (-other.value, other.p, other.degrees)
    assert one.interval is None or one.interval == (-other.interval[1], -other.interval[0])


# --- Holm --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p", "adjusted"),
    [
        ({}, {}),
        ({"a": 0.04}, {"a": 0.04}),
        (
            {"a": 0.01, "b": 0.02, "c": 0.03, "d": 0.04},
            {"a": 0.04, "b": 0.06, "c": 0.06, "d": 0.06},
        ),
        ({"a": 0.04, "b": 0.01, "c": 0.03}, {"a": 0.06, "b": 0.03, "c": 0.06}),
        ({"a": 0.5, "b": 0.6, "c": 0.7}, {"a": 1, "b": 1, "c": 1}),
        ({"a": 0.02, "b": 0.02}, {"a": 0.04, "b": 0.04}),
    ],
)
def test_holm_takes_each_p_times_how_many_are_left_and_never_falls_or_passes_1(p, adjusted):
    """The third and fourth are what R's p.adjust gives."""
    assert holm(p) == pytest.approx(adjusted, abs=1e-12)


def test_holm_keeps_the_order_that_it_was_given():
    assert list(holm({"z": 0.5, "a": 0.1, "m": 0.3})) == ["z", "a", "m"]


# --- the word ----------------------------------------------------------------------


def of(value, low, high):
    return Difference(Fraction(value), (9, 9), is_paired=False, interval=(low, high), p=0.5)


@pytest.mark.parametrize(
    ("difference", "adjusted", "word"),
    [
        (of("1/4", 0.1, 0.4), None, "up"),
        (of("-1/4", -0.4, -0.1), None, "down"),
        (of("1/4", 0.0, 0.5), None, "not distinguishable"),
        (of("1/4", -0.1, 0.6), None, "not distinguishable"),
        (of("1/4", 0.1, 0.4), 0.0499, "up"),
        (of("1/4", 0.1, 0.4), 0.05, "not distinguishable"),
        (of("-1/4", -0.4, -0.1), 0.01, "down"),
        (of("-1/4", -0.4, -0.1), 0.7, "not distinguishable"),
        (of("0", 0.0, 0.0), None, "not distinguishable"),
        (Difference(Fraction(1), (2, 2), is_paired=False), None, None),
        (Difference(Fraction(1), (2, 2), is_paired=False), 0.01, None),
        (None, None, None),
    ],
)
def test_a_difference_has_one_of_three_words_or_none(difference, adjusted, word):
    """Holm's p decides where there is one, else the interval; nobody says without an interval."""
    assert verdict(difference, adjusted) == word
