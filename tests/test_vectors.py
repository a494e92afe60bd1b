"""The contract in ``vectors/``: what every implementation of the scoring rule must give."""

import importlib
import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity import model
from cx_maturity.export import scores
from cx_maturity.reading.scale import share
from cx_maturity.score import scorecard

HERE = Path(__file__).resolve().parent
VECTORS = HERE / "vectors"
TABLE = json.loads((HERE.parent / "plugins" / "cx_maturity" / "t.json").read_text("utf-8"))
LIVE = 100  # questionnaires of each kind
BIGGEST = 600_000  # bytes; a contract that nobody can carry is none

sys.path.append(str(HERE))  # the oracle is a script of its own, and no test
reference = importlib.import_module("reference")
random_vectors = importlib.import_module("random_vectors")


# --- from plain data to records ------------------------------------------------


def questionnaire(plain):
    """Build the record that validate would make of a file saying the same."""
    levels = plain["levels"]
    staged = levels["method"] == "staged"
    starts = [0] * levels["count"] if staged else levels["starts"]
    scales = {name: scale(name, kind) for name, kind in plain["scales"].items()}
    return model.Questionnaire(
        id=plain["id"],
        version=plain["version"],
        title=words("Title"),
        languages=("en",),
        dimensions=tuple(
            model.Dimension(
                id=d["id"],
                title=words(d["id"]),
                capabilities=tuple(
                    model.Capability(c["id"], words(c["id"]), questions(c, scales), **weighted(c))
                    for c in d.get("capabilities", [])
                ),
                questions=questions(d, scales),
                **weighted(d),
            )
            for d in plain["dimensions"]
        ),
        levels=tuple(
            model.Level(number, words(str(number)), percent(start))
            for number, start in enumerate(starts, start=1)
        ),
        staged=staged,
        staged_pass=percent(levels.get("pass", 100)),
        aggregate=plain["aggregate"],
        gate=plain.get("gate"),
        capability_coverage=percent(plain["coverage"]["capability"]),
        dimension_coverage=percent(plain["coverage"]["dimension"]),
        subsets=tuple(
            model.Subset(name, words(name), frozenset(ids))
            for name, ids in plain["subsets"].items()
        ),
        roles=(),
        perception_gap=None,
        reasons=(),
        fingerprint="",
    )


def words(text):
    return model.Text({"en": text})


def percent(written):
    return Fraction(str(written)) / 100


def weighted(plain):
    return {"weight": plain.get("weight", 1), "foundation": plain.get("foundation", False)}


def scale(name, plain):
    match plain["kind"]:
        case "points":
            kind = model.Points(plain["low"], plain["high"])
        case "choice":
            options = plain["options"].items()
            kind = model.Choice(
                tuple(model.Option(id_, words(id_), value) for id_, value in options)
            )
        case "numeric":
            kind = model.Numeric(tuple(Fraction(str(cut)) for cut in plain["cuts"]), None)
    return model.Scale(name, kind, {})


def questions(plain, scales):
    return tuple(
        model.Question(
            id=q["id"],
            text=words(q["id"]),
            scale=scales[q["scale"]],
            weight=q.get("weight", 1),
            reverse=q.get("reverse", False),
            level=q.get("level"),
        )
        for q in plain.get("questions", [])
    )


def wave(plain, asked):
    by_id = {question.id: question for question in asked.questions()}

    def respondent(person):
        found = {name: answer(by_id[name], given) for name, given in person["answers"].items()}
        given = {name: said for name, said in found.items() if said}
        return model.Respondent(given, role=person.get("role"))

    return model.Wave(
        id=plain["id"],
        questionnaire=asked,
        subset=plain["subset"],
        date=date(2026, 5, 19),
        respondents=tuple(map(respondent, plain.get("respondents", [plain]))),
        is_panel="respondents" in plain,
        combine=plain.get("combine"),
        population=plain.get("population", {}),
    )


def answer(question, given):
    match given:
        case {"not-applicable": reason}:
            return model.Answer(model.State.NOT_APPLICABLE, reason=reason)
        case {"answer": inner}:
            return answer(question, inner)
        case "unsure":
            return model.Answer(model.State.UNSURE)
        case None | "":
            return None
        case value:
            return model.Answer(model.State.VALUE, str(value), share(question, str(value)))


def by_score_py(asked, taken):
    """Score plain data with the implementation under test."""
    return scores(scorecard(wave(taken, questionnaire(asked))))


# --- comparing -------------------------------------------------------------------


def differences(found, expected, where=""):
    """
    List what differs, each with its place.

    What *expected* leaves out is not asked for; of dimensions and capabilities,
    where they are given, every one is named.
    """
    if where.endswith(".interval") and found and expected:
        near = [pytest.approx(bound, abs=1e-9) for bound in expected]
        return [] if found == near else [f"{where}: {found}, expected {expected}"]
    if not isinstance(expected, dict):
        # 50 and 50.0 are one number in JSON; True is none.
        same = found == expected and isinstance(found, bool) == isinstance(expected, bool)
        return [] if same else [f"{where}: {found!r}, expected {expected!r}"]
    wrong = [f"{where}.{name}: missing" for name in expected if name not in found]
    if where in {".dimensions", ".capabilities"}:
        wrong += [f"{where}.{name}: not expected" for name in found if name not in expected]
    for name in expected.keys() & found.keys():
        wrong += differences(found[name], expected[name], f"{where}.{name}")
    return sorted(wrong)


def vectors(path):
    """Yield the questionnaire, wave and expected result of every case in a file."""
    file = json.loads(path.read_text("utf-8"))
    for case in file.get("cases") or [{**file, "waves": [file]}]:
        for taken in case["waves"]:
            yield case["questionnaire"], taken["wave"], taken["expected"]


files = pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.name) for path in sorted(VECTORS.glob("*.json"))]
)


@files
def test_score_py_keeps_the_contract(path):
    wrong = [
        f"{path.name}, case {number}: {difference}"
        for number, (asked, taken, expected) in enumerate(vectors(path), start=1)
        for difference in differences(by_score_py(asked, taken), expected)
    ]

    assert wrong == []


@files
def test_the_oracle_keeps_the_contract(path):
    wrong = [
        f"{path.name}, case {number}: {difference}"
        for number, (asked, taken, expected) in enumerate(vectors(path), start=1)
        for difference in differences(reference.scores(asked, taken, TABLE), expected)
    ]

    assert wrong == []


@files
def test_score_py_gives_what_the_oracle_gives(path):
    """A hand-made vector says what its rule is about; here the rest of it is compared too."""
    wrong = [
        f"{path.name}, case {number}: {difference}"
        for number, (asked, taken, _) in enumerate(vectors(path), start=1)
        for difference in differences(
            by_score_py(asked, taken), reference.scores(asked, taken, TABLE)
        )
    ]

    assert wrong == []


@pytest.mark.parametrize("kind", random_vectors.KINDS)
def test_score_py_gives_what_the_oracle_gives_for_questionnaires_in_no_file(kind):
    dice = random_vectors.Dice(f"{kind} live")
    for _ in range(LIVE):
        asked = random_vectors.questionnaire(dice, kind)
        taken = random_vectors.wave(dice, kind, asked)

        wrong = differences(by_score_py(asked, taken), reference.scores(asked, taken, TABLE))

        assert wrong == [], json.dumps([asked, taken])


@pytest.mark.parametrize("kind", random_vectors.KINDS)
def test_the_random_vectors_are_what_their_script_writes(kind):
    assert (VECTORS / f"random-{kind}.json").read_text("utf-8") == random_vectors.text(kind)


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*.json")), ids=lambda path: path.name)
def test_a_vector_says_what_it_shows_and_why(path):
    file = json.loads(path.read_text("utf-8"))

    assert all(file[key].strip() for key in ("title", "rule", "why"))


def test_a_difference_is_found_at_every_depth():
    """The comparison itself: a contract that compares nothing is kept by everybody."""
    found = {
        "overall": {"score": 50.0, "level": 1, "interval": [1.0, 2.0], "held_by": []},
        "dimensions": {"a": {}, "b": {}},
    }

    assert differences(found, {"overall": {"score": 50, "interval": [1.0, 2.0000000001]}}) == []
    assert differences(
        found,
        {
            "overall": {"score": 50.00000000000001, "level": True, "interval": [1.0, 2.00000001]},
            "dimensions": {"a": {"n": 1}},
        },
    ) == [
        ".dimensions.a.n: missing",
        ".dimensions.b: not expected",
        ".overall.interval: [1.0, 2.0], expected [1.0, 2.00000001]",
        ".overall.level: 1, expected True",
        ".overall.score: 50.0, expected 50.00000000000001",
    ]


def test_the_contract_stays_small():
    assert sum(path.stat().st_size for path in VECTORS.iterdir()) < BIGGEST
