"""Builds questionnaires and waves for tests, by hand and by chance; answers are in percent."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from cx_maturity import model
from cx_maturity.score import scorecard

FIFTHS = (0, 20, 40, 60, 80)
UNSURE, NOT = "unsure", "not-applicable"

# One dimension, one capability; the shapes of most rules are no bigger.
ONE = {"d": {"c": ["q1", "q2"]}}
FOUR = {"d": {"c": ["q1", "q2", "q3", "q4"]}}
TWO = {"d": {"c": ["q1", "q2"], "e": ["q3", "q4"]}}


# --- building -------------------------------------------------------------------


def words(text="x"):
    return model.Text({"en": text})


def questionnaire(shape, *, weights=None, levels=FIFTHS, foundations=(), staged=None, **rules):
    """
    Build a questionnaire: dimension → capability → questions, or dimension → questions.

    *weights* by id; *staged* names the level of each question, with five levels.
    """
    weights = weights or {}

    def question(name):
        return model.Question(
            name,
            words(),
            model.Scale("percent", model.Points(0, 100), {}),
            weight=weights.get(name, 1),
            aspect=name.rpartition(".")[2] if "." in name else None,
            level=staged[name] if staged else None,
        )

    def dimension(name, parts):
        common = {"weight": weights.get(name, 1), "foundation": name in foundations}
        if isinstance(parts, list):
            return model.Dimension(name, words(), questions=tuple(map(question, parts)), **common)
        capabilities = tuple(
            model.Capability(
                part,
                words(),
                tuple(map(question, names)),
                weight=weights.get(part, 1),
                foundation=part in foundations,
            )
            for part, names in parts.items()
        )
        return model.Dimension(name, words(), capabilities=capabilities, **common)

    dimensions = tuple(dimension(name, parts) for name, parts in shape.items())
    asked = frozenset(q.id for d in dimensions for q in d.all_questions())
    fields = {
        "id": "tiny",
        "version": "1.0",
        "title": words(),
        "languages": ("en",),
        "dimensions": dimensions,
        "levels": tuple(
            model.Level(number, words(), Fraction(start) / 100)
            for number, start in enumerate(levels, start=1)
        ),
        "staged": bool(staged),
        "staged_pass": Fraction(1),
        "aggregate": "mean",
        "gate": None,
        "capability_coverage": Fraction(1, 2),
        "dimension_coverage": Fraction(3, 5),
        "subsets": (model.Subset("full", words(), asked),),
        "roles": (model.Role("lead", words()), model.Role("front", words())),
        "perception_gap": None,
        "reasons": (),
        "fingerprint": "",
    }
    return model.Questionnaire(**{**fields, **rules})


def answer(given_):
    match given_:
        case "unsure":
            return model.Answer(model.State.UNSURE)
        case "not-applicable":
            return model.Answer(model.State.NOT_APPLICABLE, reason="too-small")
        case _:
            return model.Answer(model.State.VALUE, str(given_), Fraction(str(given_)) / 100)


def respondent(answers, role=None, unit=None, name=None):
    given = {asked: answer(said) for asked, said in answers.items() if said is not None}
    return model.Respondent(given, role, unit, name)


def wave(asked, answers, **more):
    """
    Build a wave of one person's answers, or of a list of people's.

    A person is answers, (role, answers) or (role, unit, answers); each gets an id, p1 and on.
    """
    is_panel = isinstance(answers, list)
    people = [
        (None, None, person)
        if isinstance(person, dict)
        else (*person[:-1], None, person[-1])
        if len(person) == 2
        else person
        for person in (answers if is_panel else [answers])
    ]
    fields = {
        "id": "w",
        "questionnaire": asked,
        "subset": "full",
        "date": date(2026, 5, 19),
        "respondents": tuple(
            respondent(given, role, unit, f"p{number}" if is_panel else None)
            for number, (role, unit, given) in enumerate(people, start=1)
        ),
        "is_panel": is_panel,
    }
    return model.Wave(**{**fields, **more})


def card(asked, answers, **more):
    """Score what :func:`wave` builds."""
    return scorecard(wave(asked, answers, **more))


def points(measure):
    return None if measure.score is None else measure.score * 100


def bounds(measure):
    return measure.lowest * 100, measure.highest * 100


# --- by chance ------------------------------------------------------------------

SHAPES = (
    {"d": ["q1", "q2", "q3"], "e": ["q4", "q5"]},
    {"d": {"a": ["q1", "q2"], "b": ["q3"]}, "e": {"c": ["q4", "q5", "q6"]}},
    {"d": {"a": ["a.say", "a.do"], "b": ["b.say", "b.do"]}, "e": {"c": ["c.say", "c.do"]}},
)
GIVEN = st.sampled_from([*range(0, 101, 25), 20, 60, 80, "33.3", UNSURE, NOT, None])


def names(shape):
    """List the ids of a shape: dimensions and capabilities, and questions."""
    groups = list(shape) + [c for parts in shape.values() if isinstance(parts, dict) for c in parts]
    lists = [
        asked
        for parts in shape.values()
        for asked in (parts.values() if isinstance(parts, dict) else [parts])
    ]
    return groups, [name for asked in lists for name in asked]


@st.composite
def questionnaires(draw, **fixed):
    """Draw what :func:`questionnaire` takes; what is *fixed* is not drawn."""
    shape = draw(st.sampled_from(SHAPES))
    groups, asked = names(shape)
    leaves = [name for name in groups if isinstance(shape.get(name, []), list)]
    drawn = {
        "shape": st.just(shape),
        "weights": st.dictionaries(st.sampled_from([*groups, *asked]), st.integers(1, 4)),
        "staged": st.none() | st.fixed_dictionaries({name: st.integers(1, 5) for name in asked}),
        "aggregate": st.sampled_from(["mean", "minimum"]),
        "gate": st.integers(0, 2),
        "foundations": st.sets(st.sampled_from(leaves), min_size=1),
        "staged_pass": st.sampled_from([Fraction(1, 2), Fraction(1)]),
        "perception_gap": st.just(("lead", "front")),
    }
    return {**{name: draw(one) for name, one in drawn.items()}, **fixed}


@st.composite
def crowds(draw, **fixed):
    """
    Draw a questionnaire's parts, a list of people, and what a wave fixes beside them.

    Half a dozen kinds of people, some of them many times: roles are balanced, pooled and
    fixed, and some splits are hidden.
    """
    parts = draw(questionnaires(**fixed))
    person = st.fixed_dictionaries(dict.fromkeys(names(parts["shape"])[1], GIVEN))
    roles = ["lead", "front", None] if draw(st.booleans()) else ["lead", "front"]
    kind = st.tuples(
        st.sampled_from(roles), st.sampled_from(["north", "south", None]), person, st.integers(1, 6)
    )
    kinds = draw(st.lists(kind, min_size=1, max_size=6))
    people = [(role, unit, given) for role, unit, given, times in kinds for _ in range(times)]
    more = {"combine": draw(st.sampled_from([None, "pooled", "role-balanced"]))}
    if any(role is None for role, *_ in people):
        more["combine"] = None
    elif draw(st.booleans()):
        more["population"] = {"lead": 40, "front": 90}
    return parts, people, more


@st.composite
def singles(draw, **fixed):
    """Draw a questionnaire's parts, one person's answers, and nothing beside them."""
    parts = draw(questionnaires(**fixed))
    return parts, draw(st.fixed_dictionaries(dict.fromkeys(names(parts["shape"])[1], GIVEN))), {}
