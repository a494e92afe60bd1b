"""Where an answer lies on its scale, exactly, and what is no answer on it."""

from fractions import Fraction

import pytest

from cx_maturity.model import Choice, Numeric, Option, Points, Question, Scale, Text
from cx_maturity.reading.scale import placed, points_of, share

WORDS = Text({"en": "x"})


def question(kind, *, reverse=False):
    return Question("q", WORDS, Scale("s", kind, {}), reverse=reverse)


def choice(**values):
    return Choice(tuple(Option(name, WORDS, value) for name, value in values.items()))


YES_NO = choice(no=0, yes=1)
DAYS = Numeric((Fraction(1), Fraction("2.5"), Fraction(10)), None)


@pytest.mark.parametrize(
    ("kind", "given", "place"),
    [
        (Points(1, 5), "1", "0"),
        (Points(1, 5), "2", "1/4"),
        (Points(1, 5), "4", "3/4"),
        (Points(1, 5), "5", "1"),
        (Points(1, 7), "3", "1/3"),
        (Points(0, 10), "7", "7/10"),
        (Points(-2, 2), "-1", "1/4"),
        (Points(-2, 2), "0", "1/2"),
        (YES_NO, "no", "0"),
        (YES_NO, "yes", "1"),
        (choice(none=-3, some=0, all=4), "some", "3/7"),
        (choice(a=2, b=1, c=2, d=5), "c", "1/4"),
        (DAYS, "0", "0"),
        (DAYS, "-7.25", "0"),
        (DAYS, "0.999999999", "0"),
        (DAYS, "1", "1/3"),
        (DAYS, "2.499", "1/3"),
        (DAYS, "2.50", "2/3"),
        (DAYS, "10", "1"),
        (DAYS, "999999999999", "1"),
    ],
)
def test_an_answer_lies_between_the_ends_of_its_scale(kind, given, place):
    """A cut itself counts as reached; a choice goes from its least value to its greatest."""
    assert share(question(kind), given) == Fraction(place)


@pytest.mark.parametrize(
    ("kind", "given", "place"),
    [(Points(1, 5), "2", "3/4"), (YES_NO, "no", "1"), (DAYS, "1", "2/3")],
)
def test_a_reversed_question_counts_from_the_other_end(kind, given, place):
    assert share(question(kind, reverse=True), given) == Fraction(place)


@pytest.mark.parametrize(
    ("given", "written"), [("3", "3"), ("3.0", "3"), ("3.000", "3"), ("-0", "0"), ("0.0", "0")]
)
def test_an_answer_is_kept_as_the_scale_writes_it(given, written):
    """Exports write 3 as 3.0, and it is the same answer."""
    assert placed(question(Points(-1, 5)), given)[0] == written


def test_a_number_is_kept_as_it_was_given():
    assert placed(question(DAYS), "2.50")[0] == "2.50"


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        (Points(1, 5), "0", "0 is outside the scale 1 to 5"),
        (Points(1, 5), "6", "6 is outside the scale 1 to 5"),
        (Points(1, 5), "-99", "-99 is outside the scale 1 to 5"),
        (Points(1, 5), "6.0", "6.0 is outside the scale 1 to 5"),
        (Points(1, 5), "2.5", "'2.5' is not a whole number from 1 to 5"),
        (Points(1, 5), "03", "'03' is not a whole number from 1 to 5"),
        (Points(1, 5), "+3", "'+3' is not a whole number from 1 to 5"),
        (Points(1, 5), "3 ", "'3 ' is not a whole number from 1 to 5"),
        (Points(1, 5), "3e0", "'3e0' is not a whole number from 1 to 5"),
        (Points(1, 5), "1_0", "'1_0' is not a whole number from 1 to 5"),
        (Points(1, 5), "٣", "'٣' is not a whole number from 1 to 5"),
        (Points(1, 5), "", "'' is not a whole number from 1 to 5"),
        (Points(1, 5), "9" * 99, f"'{'9' * 59}…' is not a whole number from 1 to 5"),
        (YES_NO, "No", "'No' is not one of the answers no, yes"),
        (YES_NO, "1", "'1' is not one of the answers no, yes"),
        (
            choice(**{f"option-{n}": n for n in range(13)}),
            "option_7",
            "'option_7' is not one of the 13 answers; did you mean 'option-7'?",
        ),
        (DAYS, "2,5", "'2,5' is not a number, such as 12.5"),
        (DAYS, "1e3", "'1e3' is not a number, such as 12.5"),
        (DAYS, "nan", "'nan' is not a number, such as 12.5"),
        (DAYS, "1/3", "'1/3' is not a number, such as 12.5"),
        (DAYS, "9" * 13, "'9999999999999' is not a number, such as 12.5"),
    ],
)
def test_what_is_no_answer_is_said_with_what_would_be(kind, given, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        share(question(kind), given)

    assert str(caught.value) == message


def test_the_points_of_a_scale_go_from_its_bottom_to_its_top():
    assert points_of(Scale("s", Points(-1, 2), {})) == ["-1", "0", "1", "2"]
    assert points_of(Scale("s", choice(much=3, none=0, some=1), {})) == ["none", "some", "much"]
    assert points_of(Scale("s", DAYS, {})) == []
