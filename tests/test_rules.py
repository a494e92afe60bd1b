"""The rules of a questionnaire in words: what applies is said, what does not is left out."""

from dataclasses import replace
from fractions import Fraction

from cx_maturity.model import Dimension, Level, Points, Question, Questionnaire, Role, Scale, Text
from cx_maturity.pages.rules import rules
from cx_maturity.words import Words

NBSP = "\N{NO-BREAK SPACE}"
LADDER = Scale("ladder", Points(1, 5), {})


def en(sentence):
    return Text({"en": sentence})


SIDES = (
    Question("a", en("A?"), LADDER, aspect="say"),
    Question("b", en("B?"), LADDER, aspect="do"),
)
PLAIN = Questionnaire(
    id="plain",
    version="1.0",
    title=en("Plain"),
    languages=("en",),
    dimensions=(Dimension("one", en("One"), questions=(SIDES[1],)),),
    levels=(Level(1, en("Low"), Fraction(0)), Level(2, en("High"), Fraction(1, 2))),
    staged=False,
    staged_pass=Fraction(1),
    aggregate="mean",
    gate=None,
    capability_coverage=Fraction(1, 2),
    dimension_coverage=Fraction(3, 5),
    subsets=(),
    roles=(Role("top", en("Leadership")), Role("front", en("Front line"))),
    perception_gap=None,
    reasons=(),
    fingerprint="sha256:0",
)


def said(questionnaire):
    return {rule.title: rule.text for rule in rules(questionnaire, Words("en"))}


def test_every_rule_that_applies_is_said_in_the_order_of_a_report():
    whole = replace(
        PLAIN,
        gate=1,
        perception_gap=("top", "front"),
        dimensions=(Dimension("one", en("One"), questions=SIDES),),
    )

    assert [*said(whole)] == [
        "Score",
        "Level",
        "Gate",
        "Coverage",
        "Missing answers",
        "Several people",
        "Intervals",
        "Borderline",
        "Other weights",
        "Say and do",
        "Two roles",
        "Agreement",
        "Small groups",
        "Peers",
        "Waves",
    ]


def test_what_a_questionnaire_has_not_is_left_out():
    staged = replace(PLAIN, staged=True, aggregate="minimum")

    assert {*said(PLAIN)} >= {"Borderline", "Other weights", "Intervals", "Waves"}
    assert {"Gate", "Say and do", "Two roles"}.isdisjoint(said(PLAIN))
    assert {"Borderline", "Other weights"}.isdisjoint(said(staged))


def test_the_numbers_of_the_rules_are_those_that_are_applied():
    found = said(
        replace(
            PLAIN,
            perception_gap=("top", "front"),
            dimensions=(Dimension("one", en("One"), questions=SIDES),),
        )
    )

    assert found["Say and do"] == (
        "Do less say, of those who answered both. It is called done less than said, or more, where "
        "its interval leaves out 0 and it is 10 points or more."
    )
    assert found["Two roles"] == (
        "Leadership less front line, over the questions that five or more of each answered, with "
        "Welch’s interval."
    )
    assert found["Small groups"] == (
        "A role or unit is shown from five people on, and only where what is left beside it is "
        "nobody or five people again. Whatever is hidden is named with its reason, and counts in "
        "the whole."
    )
    assert found["Intervals"] == (
        f"Means of people have 95{NBSP}% t intervals, narrower where it is known of how many those "
        "are who answered. There is none for fewer than three, or where all agree. Where answers "
        "pile up at an end of the scale, or a small role stands apart, an interval is narrower "
        "than it should be: it is rough, and marked ≈."
    )
