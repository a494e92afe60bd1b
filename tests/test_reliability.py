"""
How well questions hang together over all who were pooled, from waves and from Parquet.

The figures of the small case were worked out with NumPy from the textbooks' formulae (Cronbach
1951; Shrout and Fleiss 1979; James, Demaree and Wolf 1984), those of real data with R.
"""

import csv
import importlib
import os
import random
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from cx_maturity import load, model
from cx_maturity.editions import Reliability
from cx_maturity.errors import Problems
from cx_maturity.pooling import columns, moments, reliability
from cx_maturity.pooling import parquet as rows
from cx_maturity.reading.scale import placed

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("CX_MATURITY_DATA") or HERE.parents[1] / "shared" / "data")

sys.path.append(str(HERE))
plain = importlib.import_module("test_vectors")


def questionnaire(*dimensions, reverse=()):
    """Return a questionnaire; each dimension is (high, ...), one number for each question."""
    questions = iter(range(1, 1000))

    def question(high):
        name = f"q{next(questions)}"
        scale = model.Scale(str(high), model.Points(1, high), {})
        return model.Question(name, plain.words("?"), scale, reverse=name in reverse)

    made = tuple(
        model.Dimension(f"d{i}", plain.words("D"), questions=tuple(map(question, highs)))
        for i, highs in enumerate(dimensions, 1)
    )
    ids = frozenset(question.id for one in made for question in one.questions)
    return model.Questionnaire(
        id="example",
        version="1.0",
        title=plain.words("Example"),
        languages=("en",),
        dimensions=made,
        levels=(),
        staged=False,
        staged_pass=Fraction(1),
        aggregate="mean",
        gate=None,
        capability_coverage=Fraction(1, 2),
        dimension_coverage=Fraction(3, 5),
        subsets=(model.Subset("full", plain.words("Full"), ids),),
        roles=(),
        perception_gap=None,
        reasons=(),
        fingerprint="",
    )


def waves(asked, people, *, is_panel=True):
    """Return a wave for each organisation of *people*: (organisation, cell, ...)."""
    questions = list(asked.questions())
    found = {}
    for organisation, *cells in people:
        answers = {
            question.id: model.Answer(model.State.VALUE, *placed(question, cell))
            for question, cell in zip(questions, cells, strict=True)
            if cell
        }
        found.setdefault(organisation, []).append(model.Respondent(answers))
    return [
        model.Wave(name, asked, "full", date(2026, 5, 19), tuple(some), is_panel=is_panel)
        for name, some in found.items()
    ]


def from_waves(asked, people, _):
    return reliability.of_waves(waves(asked, people))


def from_parquet(asked, people, folder):
    names = ["organisation", *(question.id for question in asked.questions())]
    found = [
        {"contribute": True, **{n: cell or None for n, cell in zip(names, each, strict=True)}}
        for each in people
    ]
    path = folder / "responses.parquet"
    parquet.write_table(pa.Table.from_pylist(found), path)
    problems, summed = Problems(), moments.Moments(asked, "full")
    file = load.columns(path, problems)
    columns.scored(file, path, asked, "full", problems, also=summed.add)
    assert problems.errors == []
    return summed.reliability()


either = pytest.mark.parametrize("of", [from_waves, from_parquet])


def hundred():
    """Return twenty people of each of five organisations, answering two questions on 1-5."""
    for g in range(5):
        shift = 3 * g % 4
        for i in range(20):
            first, second = [(0, 0), (1, 1), (0, 1), (1, 2)][i % 4]
            cells = min(4, first + shift), min(4, second + shift + (g == 4))
            yield (f"organisation-{g}", *(str(cell + 1) for cell in cells))


PAIR = questionnaire((5, 5))
ALPHA, ICC1, ICC2, RWG = 0.9215236346948, 0.8164952611414, 0.9888875320552, 0.9001923542375
# The jackknife; of a file its first order, from the derivative of alpha by each covariance.
INTERVALS = {
    from_waves: (0.8961994801872, 0.9468477892024),
    from_parquet: (0.8964758520336, 0.9465714173560),
}


@either
def test_a_hundred_people_in_five_organisations_are_enough(of, tmp_path):
    found = of(PAIR, list(hundred()), tmp_path)

    assert found == {
        name: Reliability(
            people=100,
            organisations=5,
            alpha=pytest.approx(ALPHA, abs=1e-12),
            interval=pytest.approx(INTERVALS[of], abs=1e-6),  # t is in a table of seven digits
            icc1=pytest.approx(ICC1, abs=1e-12),
            icc2=pytest.approx(ICC2, abs=1e-12),
            rwg=pytest.approx(RWG, abs=1e-12),
        )
        for name in ("overall", "d1")
    }


@either
@pytest.mark.parametrize(("top", "rough"), [("4", False), ("5", True)])
def test_alpha_is_rough_where_people_s_mean_is_near_an_end(of, top, rough, tmp_path):
    """Sixteen of twenty answer the highest or the one below, four of them one less."""
    people = [
        (f"organisation-{g}", *(str(int(top) - (i % 5 == 0) * (i // 5 % 2 == k)) for k in (0, 1)))
        for g in range(5)
        for i in range(20)
    ]
    found = of(PAIR, people, tmp_path)

    assert {name: one.rough for name, one in found.items()} == {"overall": rough, "d1": rough}


@either
def test_ninety_nine_people_are_too_few(of, tmp_path):
    assert of(PAIR, list(hundred())[1:], tmp_path) == {}


@either
def test_four_organisations_are_too_few(of, tmp_path):
    people = [(name.replace("4", "3"), *cells) for name, *cells in hundred()]

    assert of(PAIR, people, tmp_path) == {}


@either
def test_somebody_who_left_a_question_out_does_not_count(of, tmp_path):
    more = [(f"organisation-{i}", "1", "" if i % 2 else "unsure") for i in range(9)]
    # "unsure" is no value either; waves are made of values only, so there it is left out.
    more = [(name, first, "") for name, first, _ in more] if of is from_waves else more

    found = of(PAIR, [*hundred(), *more], tmp_path)

    assert (found["d1"].people, found["d1"].organisations) == (100, 5)
    assert found == of(PAIR, list(hundred()), tmp_path)


@either
def test_people_enter_a_measure_by_the_questions_of_that_measure_alone(of, tmp_path):
    asked = questionnaire((5, 5), (5, 5))
    people = [(*person, "1" if i else "", "2") for i, person in enumerate(hundred())]

    assert set(of(asked, people, tmp_path)) == {"d1"}


@either
def test_one_question_hangs_together_with_none(of, tmp_path):
    asked = questionnaire((5,), (5,))

    assert set(of(asked, list(hundred()), tmp_path)) == {"overall"}


@either
def test_where_nobody_differs_from_anybody_nothing_is_said(of, tmp_path):
    people = [(f"organisation-{i % 5}", "3", "3") for i in range(100)]

    assert of(PAIR, people, tmp_path) == {}


@either
def test_where_both_answers_are_always_alike_nothing_is_said(of, tmp_path):
    """Alpha is 1, and how sure that is nobody knows."""
    people = [(f"organisation-{i % 5}", str(1 + i % 3), str(1 + i % 3)) for i in range(105)]

    assert of(PAIR, people, tmp_path) == {}


@either
def test_the_middle_of_the_organisations_is_the_mean_of_five(of, tmp_path):
    """
    Agreement in nine organisations of twelve: 1, 1, then as much less as answers lie apart.

    In organisation g, g of six people answer 1 and 1, the rest 1 + d and 1 + d: the variances,
    with 5 below, are 6 and 4 times d² over 5 times 2, the variance of answers by chance.
    """
    people = []
    for g, (low, high) in enumerate([(3, 3), (3, 3), (3, 4), (2, 3), (1, 2), (1, 3), (2, 4)]):
        people += [(f"organisation-{g}", str(low), str(low))] * 9
        people += [(f"organisation-{g}", str(high), str(high))] * 8
        people += [(f"organisation-{g}", str(low), str(high))]

    found = of(PAIR, people, tmp_path)["d1"]

    # Of 18 people, question 1 has ten low and eight high: variance 80 / (18 * 17) = 40 / 153 for
    # one point apart; question 2 nine and nine: 81 / 306. Their mean over 2 is 161 / 1224 = r.
    one, two = Fraction(161, 1224), Fraction(4 * 161, 1224)
    agreed = {r: 2 * (1 - r) / (2 * (1 - r) + r) for r in (one, two)}
    # Sorted: two, two, one, one, one, and twice 1; the five around the fourth.
    assert found.rwg == pytest.approx(float((agreed[two] + 3 * agreed[one] + 1) / 5), abs=1e-12)


@either
def test_the_order_of_people_changes_no_digit(of, tmp_path, monkeypatch):
    people = list(hundred())
    before = of(PAIR, people, tmp_path)
    monkeypatch.setattr(rows, "BATCH", 17)
    random.Random(3).shuffle(people)  # noqa: S311 - nothing here is a secret

    assert of(PAIR, people, tmp_path) == before


@pytest.mark.parametrize("seed", range(6))
def test_both_ways_give_the_same_figures(seed, tmp_path, monkeypatch):
    """Scales of other lengths, reverse questions, gaps, organisations of all sizes."""
    monkeypatch.setattr(rows, "BATCH", 50)
    dice = random.Random(seed)  # noqa: S311 - nothing here is a secret
    highs = [dice.choice([2, 3, 5, 7, 11, 90]) for _ in range(5)]
    asked = questionnaire(highs[:3], highs[3:], reverse=("q2", "q5"))
    people = []
    for _ in range(400):
        level = dice.random()
        near = [min(max(level + dice.gauss(0, 0.2), 0), 0.999) for _ in highs]
        cells = [str(1 + int(x * high)) for x, high in zip(near, highs, strict=True)]
        cells = [cell if dice.random() > 0.05 else "" for cell in cells]
        people.append((f"organisation-{int(30 * dice.random() ** 2)}", *cells))

    one, other = (of(asked, people, tmp_path) for of in (from_waves, from_parquet))

    assert set(one) == set(other) == {"overall", "d1", "d2"}
    for measure, found in one.items():
        beside = other[measure]
        assert (found.people, found.organisations) == (beside.people, beside.organisations)
        for name in ("alpha", "icc1", "icc2", "rwg"):
            assert getattr(found, name) == pytest.approx(getattr(beside, name), rel=1e-11), name
        # One part in three hundred people or so.
        width = found.interval[1] - found.interval[0]
        assert found.interval == pytest.approx(beside.interval, abs=0.02 * width)


@pytest.mark.parametrize("kind", ["64 bits", "no limit"])
def test_products_are_exact_in_numbers_of_every_kind(kind, tmp_path):
    """Units of 280 and 3,480 parts: the sums of the latter's fourth powers outgrow 64 bits."""
    highs = {"64 bits": (8, 9, 11), "no limit": (30, 61, 41)}[kind]
    asked = questionnaire(highs)
    people = [
        (
            f"organisation-{i % 6}",
            *(str(1 + (i * i + i // j) % high) for j, high in enumerate(highs, 2)),
        )
        for i in range(120)
    ]

    chosen = next(iter(moments.Moments(asked, "full").measures.values())).kind
    one, other = (of(asked, people, tmp_path) for of in (from_waves, from_parquet))

    assert chosen.__name__ == {"64 bits": "int64", "no limit": "object"}[kind]
    assert one["d1"].alpha == pytest.approx(other["d1"].alpha, rel=1e-12)
    assert one["d1"].interval == pytest.approx(other["d1"].interval, abs=0.02)


def test_scales_without_a_small_unit_have_no_figures_from_a_file(tmp_path):
    """Of 97, 100 and 92 points: parts of 288,288, whose squares outgrow a file's sums."""
    asked = questionnaire((97, 100, 92))
    people = [(f"organisation-{i % 5}", str(1 + i % 90), str(1 + i % 91), "7") for i in range(200)]

    assert from_parquet(asked, people, tmp_path) == {}
    assert set(from_waves(asked, people, tmp_path)) == {"overall", "d1"}


def test_one_set_of_answers_for_an_organisation_says_nothing_of_people():
    assert reliability.of_waves(waves(PAIR, hundred(), is_panel=False)) == {}
    assert reliability.of_waves([]) == {}


@either
@pytest.mark.parametrize(("reverse", "alpha"), [((), 0.4306), (("q1",), 0.7038)])
def test_alpha_of_real_answers_is_what_r_has(of, reverse, alpha, tmp_path):
    """Five items on 1-6 of 2,800 people, by education for want of organisations."""
    path = DATA / "bfi.csv"
    if not path.is_file():
        pytest.skip("no bfi.csv, which is not ours to ship; CX_MATURITY_DATA names its folder")
    with path.open(encoding="utf-8", newline="") as file:
        people = [
            (row["education"] or "0", *(row[f"A{i}"].removesuffix(".0") for i in range(1, 6)))
            for row in csv.DictReader(file)
        ]

    found = of(questionnaire((6,) * 5, reverse=reverse), people, tmp_path)["d1"]

    assert round(found.alpha, 4) == alpha
    assert found.people == 2709
