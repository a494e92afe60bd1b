"""What holds for every questionnaire and every wave, and for all that a scorecard says."""

import importlib
import sys
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from cx_maturity.score import measures, scored

sys.path.append(str(Path(__file__).resolve().parent))  # what builds surveys is no test
surveys = importlib.import_module("surveys")
NOT, UNSURE = surveys.NOT, surveys.UNSURE
card, questionnaire = surveys.card, surveys.questionnaire

either = surveys.crowds() | surveys.singles()


def parts_of(found):
    """Return every field of a scorecard by name, but for the wave that it is made of."""
    return {f.name: getattr(found, f.name) for f in fields(found) if f.name != "wave"}


def in_any_order(found):
    """Return the same with what is listed in the questionnaire's order as sets."""
    parts = parts_of(found)
    parts["held_by"] = frozenset(parts["held_by"])
    parts["splits"] = replace(parts["splits"], hidden=frozenset(parts["splits"].hidden))
    if parts["perception"]:
        questions = frozenset(parts["perception"].questions)
        parts["perception"] = replace(parts["perception"], questions=questions)
    return parts


def of_whole(found):
    return {"overall": found.overall, **found.dimensions, **found.capabilities}


def of_splits(found):
    groups = [*found.splits.roles, *found.splits.units]
    return {(split.id, name): m for split in groups for name, m in split.measures.items()}


def all_measures(found):
    """Return every measure that a scorecard holds."""
    plain = of_whole(found) | of_splits(found)
    plain |= {(c, side): m for c, sides in found.aspects.items() for side, m in sides.items()}
    if found.perception:
        for name, sides in found.perception.sides.items():
            plain |= {("perception", name, side): m for side, m in enumerate(sides)}
    return plain


def each(people, change):
    """Change the answers of everybody."""
    if isinstance(people, dict):
        return change(people)
    return [(role, unit, change(given)) for role, unit, given in people]


# --- bounds -----------------------------------------------------------------------


@given(either)
def test_every_score_lies_within_its_bounds_and_its_interval(survey):
    parts, people, more = survey
    found = card(questionnaire(**parts), people, **more)

    for measure in all_measures(found).values():
        assert 0 <= measure.lowest <= measure.highest <= 1
        assert 0 <= measure.coverage <= measure.visibility <= 1
        if measure.score is not None:
            assert measure.lowest <= measure.score <= measure.highest
            assert 1 <= measure.level <= 5
        if measure.interval:
            assert 0 <= measure.interval[0] <= float(measure.score) + 1e-12
            assert float(measure.score) - 1e-12 <= measure.interval[1] <= 1
    if found.overall.level is not None and found.overall.gated_level is not None:
        assert found.overall.gated_level <= found.overall.level
    if found.sensitivity:
        assert found.sensitivity.lowest <= found.overall.score <= found.sensitivity.highest
    if found.spread:
        assert found.spread.lowest[1] <= found.spread.highest[1]
    for difference in found.say_do.values():
        assert -1 <= difference.value <= 1


# --- raising ------------------------------------------------------------------------


@given(either, st.data())
def test_raising_an_answer_lowers_no_score_and_no_level(survey, data):
    """
    Of the whole, and of any role or unit; pooled and balanced, minimum and staged.

    What weighs scores against each other may fall: a difference, a spread, and the sensitivity,
    whose highest is reached by another weight.
    """
    parts, people, more = survey
    first = people[0][-1] if isinstance(people, list) else people
    values = [name for name, given_ in first.items() if given_ not in {UNSURE, NOT, None}]
    assume(values)
    raised = {**first, data.draw(st.sampled_from(values)): 100}
    changed = [(*people[0][:-1], raised), *people[1:]] if isinstance(people, list) else raised
    asked = questionnaire(**parts)
    one, other = card(asked, people, **more), card(asked, changed, **more)

    assert of_splits(one).keys() == of_splits(other).keys()
    after = of_whole(other) | of_splits(other)
    for name, measure in (of_whole(one) | of_splits(one)).items():
        assert (measure.score is None) == (after[name].score is None)
        for part in ("score", "level", "gated_level", "lowest", "highest"):
            was, now = getattr(measure, part), getattr(after[name], part)
            assert was is None or was <= now, (name, part)


# --- order --------------------------------------------------------------------------


@given(surveys.crowds(), st.randoms())
def test_no_order_of_the_respondents_changes_anything(survey, chance):
    parts, people, more = survey
    asked = questionnaire(**parts)
    shuffled = chance.sample(people, len(people))

    found, other = card(asked, people, **more), card(asked, shuffled, **more)

    assert parts_of(found) == parts_of(other)
    assert repr(parts_of(found)) == repr(parts_of(other))  # and nothing comes in another order


@given(either, st.randoms())
def test_no_order_of_the_questions_changes_a_number(survey, chance):
    parts, people, more = survey
    shape = {
        dimension: chance.sample(inside, len(inside))
        if isinstance(inside, list)
        else {
            name: chance.sample(inside[name], len(inside[name]))
            for name in chance.sample(list(inside), len(inside))
        }
        for dimension, inside in reversed(parts["shape"].items())
    }

    found = card(questionnaire(**parts), people, **more)
    other = card(questionnaire(**{**parts, "shape": shape}), people, **more)

    assert in_any_order(found) == in_any_order(other)


# --- what does not apply --------------------------------------------------------------


@given(either, st.data())
def test_not_applicable_is_as_if_the_question_were_not_there(survey, data):
    """But that it is asked: it is named among the questions, and its measure has no score."""
    parts, people, more = survey
    gone = data.draw(st.sampled_from(surveys.names(parts["shape"])[1]))
    shape = {
        dimension: [name for name in inside if name != gone]
        if isinstance(inside, list)
        else {
            capability: left
            for capability, asked in inside.items()
            if (left := [name for name in asked if name != gone])
        }
        for dimension, inside in parts["shape"].items()
    }
    # What is left without any question is not in the result at all.
    reduced = questionnaire(**{**parts, "shape": {d: left for d, left in shape.items() if left}})

    inapplicable = each(people, lambda person: {**person, gone: NOT})
    found = card(questionnaire(**parts), inapplicable, **more)
    other = card(reduced, people, **more)

    there, left = of_whole(found), of_whole(other)
    assert left == {name: there[name] for name in left}
    assert all(not there[name].applicable for name in there.keys() - left.keys())
    shown = {(split, name) for split, name in of_splits(found) if name in left}
    assert of_splits(other) == {key: of_splits(found)[key] for key in shown}
    assert {h for h in found.splits.hidden if h.measure is None or h.measure in left} == {
        *other.splits.hidden
    }
    for name in ("say_do", "spread", "sensitivity", "held_by", "other_overall", "agreement"):
        assert getattr(found, name) == getattr(other, name), name
    if found.perception:
        assert found.perception.asked - other.perception.asked == 1
        assert replace(found.perception, asked=0) == replace(other.perception, asked=0)


# --- weights ------------------------------------------------------------------------


@given(either, st.integers(2, 7))
def test_scaling_all_weights_changes_nothing(survey, factor):
    parts, people, more = survey
    groups, asked = surveys.names(parts["shape"])
    weights = {name: factor * parts["weights"].get(name, 1) for name in (*groups, *asked)}

    found = card(questionnaire(**parts), people, **more)
    other = card(questionnaire(**{**parts, "weights": weights}), people, **more)

    assert parts_of(found) == parts_of(other)


# --- mirrors ------------------------------------------------------------------------


@given(surveys.crowds(aggregate="mean") | surveys.singles(aggregate="mean"))
def test_mirrored_answers_give_the_mirrored_score(survey):
    """Not with "minimum", which looks at one end alone, and levels begin at their lower border."""
    parts, people, more = survey
    asked = questionnaire(**parts)

    def mirrored(person):
        return {
            name: given_ if given_ in {UNSURE, NOT, None} else str(100 - Fraction(str(given_)))
            for name, given_ in person.items()
        }

    one, other = card(asked, people, **more), card(asked, each(people, mirrored), **more)

    flipped = all_measures(other)
    for name, measure in all_measures(one).items():
        assert flipped[name].coverage == measure.coverage
        assert flipped[name].rough == measure.rough
        if measure.score is not None:
            assert flipped[name].score == 1 - measure.score
    gaps = {name: -gap.value for name, gap in other.say_do.items()}
    assert gaps == {name: gap.value for name, gap in one.say_do.items()}
    assert other.agreement == one.agreement
    if one.sensitivity:
        assert other.sensitivity.highest == 1 - one.sensitivity.lowest
        assert other.sensitivity.lowest == 1 - one.sensitivity.highest


# --- ways to the same number ----------------------------------------------------------


@given(surveys.crowds())
def test_the_other_way_is_what_the_wave_would_give_that_way(survey):
    parts, people, _ = survey
    asked = questionnaire(**parts)
    pooled, balanced = (card(asked, people, combine=c) for c in ("pooled", "role-balanced"))

    if pooled.other_overall is not None:
        assert pooled.other_overall == balanced.overall.score
        assert balanced.other_overall == pooled.overall.score


@given(either)
def test_the_light_path_gives_the_measures_of_the_scorecard(survey):
    parts, people, more = survey
    wave = surveys.wave(questionnaire(**parts), people, **more)

    assert measures(wave) == of_whole(card(questionnaire(**parts), people, **more))


@given(surveys.crowds())
def test_a_group_is_what_its_people_alone_would_give_pooled(survey):
    """With the role's own population; the gate is the whole's alone."""
    parts, people, more = survey
    asked = questionnaire(**parts)
    found = card(asked, people, **more)

    for kind, groups in ((0, found.splits.roles), (1, found.splits.units)):
        for split in groups:
            own = [person for person in people if person[kind] == split.id]
            size = more.get("population", {}).get(split.id)
            population = {"all": size} if size else {}
            alone = card(asked, own, combine="pooled", population=population)
            whole = of_whole(alone) | {
                "overall": replace(alone.overall, gated_level=alone.overall.level)
            }
            assert split.n == len(own)
            assert split.measures == {name: whole[name] for name in split.measures}


@given(surveys.crowds(), st.data())
def test_scoring_some_questions_is_scoring_a_subset_of_them(survey, data):
    parts, people, more = survey
    asked = questionnaire(**parts)
    ids = surveys.names(parts["shape"])[1]
    some = frozenset(data.draw(st.sets(st.sampled_from(ids), min_size=1)))
    found = scored(surveys.wave(asked, people, **more), some)
    subset = replace(asked.subsets[0], questions=some)

    alone = scored(surveys.wave(replace(asked, subsets=(subset,)), people, **more))

    assert found.measures == alone.measures
    for name, measure in found.measures.items():
        by_id = found.by_respondent(name)
        assert list(by_id) == sorted(by_id)
        samples = found.samples(name).values()
        assert len(by_id) == measure.n == sum(sample.n for sample in samples)
        assert sum(by_id.values()) == sum(Fraction(s.total, s.unit) for s in samples)
