"""
Scoring from Parquet gives what scoring one organisation after the other gives.

The contract in ``vectors/`` and ``score.py`` say what is right; here they are met exactly,
before anything is rounded.
"""

import importlib
import json
import random
import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from cx_maturity import load, model
from cx_maturity.errors import Problems
from cx_maturity.pooling import columns
from cx_maturity.pooling import parquet as rows
from cx_maturity.pooling.cells import Member
from cx_maturity.score import scorecard

HERE = Path(__file__).resolve().parent
LIVE = 30  # questionnaires of each kind
TOGETHER = 4  # organisations in one file

sys.path.append(str(HERE))
plain = importlib.import_module("test_vectors")
random_vectors = importlib.import_module("random_vectors")


# --- from records to a file ------------------------------------------------------


def together(asked, waves):
    """Give a questionnaire the roles and reasons that its *waves* use; returns both."""
    people = [person for wave in waves for person in wave.respondents]
    roles = sorted({person.role for person in people if person.role})
    answers = [answer for person in people for answer in person.answers.values()]
    reasons = sorted({answer.reason for answer in answers if answer.reason})
    asked = replace(
        asked,
        roles=tuple(model.Role(name, plain.words(name)) for name in roles),
        reasons=tuple(model.Reason(name, plain.words(name)) for name in reasons),
    )
    return asked, [replace(wave, questionnaire=asked, combine=None) for wave in waves]


def cell(answer):
    if answer is None:
        return None
    if answer.state is model.State.NOT_APPLICABLE:
        return f"not-applicable:{answer.reason}"
    return "unsure" if answer.state is model.State.UNSURE else answer.given


def records(waves):
    """Return the rows of *waves*, each an organisation, in an order that mixes them."""
    found = [
        {
            "organisation": f"organisation-{number}",
            "contribute": True,
            "role": person.role,
            **{q.id: cell(person.answers.get(q.id)) for q in wave.questionnaire.questions()},
        }
        for number, wave in enumerate(waves)
        for person in wave.respondents
    ]
    random.Random(7).shuffle(found)  # noqa: S311 - nothing here is a secret
    return found


def tally(folder, asked, subset, found, **options):
    """Write the rows *found* to a file and add it up."""
    path = folder / "responses.parquet"
    parquet.write_table(pa.Table.from_pylist(found), path, **options)
    problems = Problems()
    made = columns.Tally(load.columns(path, problems), path, asked, subset, problems)
    for batch in made.rows.batches():
        made.add(batch)
    assert problems.errors == []
    return made


def shares(made):
    """Return every exact score of a tally by organisation and measure."""
    return {
        name: {measure: made.share(i, j) for j, measure in enumerate(made.measures)}
        for i, name in enumerate(made.rows.organisations)
    }


def by_score_py(wave):
    card = scorecard(wave)
    every = {"overall": card.overall, **card.dimensions, **card.capabilities}
    return {name: measure.score for name, measure in every.items()}


def grouped(path):
    """Yield the questionnaires of a file of vectors, each with its waves and expectations."""
    file = json.loads(path.read_text("utf-8"))
    for case in file.get("cases") or [{**file, "waves": [file]}]:
        # Nobody fixes in a column how roles count, and a scale has 201 points at most.
        scales = case["questionnaire"]["scales"].values()
        if all(abs(scale.get("high", 0)) <= 100 for scale in scales):
            yield case["questionnaire"], [w for w in case["waves"] if "combine" not in w["wave"]]


# --- the same as one by one ------------------------------------------------------


@pytest.fixture(params=["at once", "one by one"])
def _both_ways(request, monkeypatch):
    """Score in both ways; a questionnaire whose unit is too fine takes the second by itself."""
    if request.param == "one by one":
        monkeypatch.setattr(columns, "FINEST", 0)


@plain.files
@pytest.mark.usefixtures("_both_ways")
def test_the_contract_is_kept(path, tmp_path):
    compared = 0
    for asked, taken in grouped(path):
        for one in taken:
            record = plain.questionnaire(asked)
            record, (wave,) = together(record, [plain.wave(one["wave"], record)])
            made = tally(tmp_path, record, wave.subset, records([wave]))
            found = shares(made)["organisation-0"]
            said = one["expected"]
            for name, expected in {
                "overall": said.get("overall", {}),
                **said.get("dimensions", {}),
                **said.get("capabilities", {}),
            }.items():
                if "score" in expected:
                    compared += 1
                    exact = found[name]
                    assert (None if exact is None else float(exact * 100)) == expected["score"]
                if expected.get("exact"):
                    compared += 1
                    assert found[name] * 100 == Fraction(expected["exact"])
            assert found == by_score_py(wave)
    if path.name.startswith("random"):
        assert compared > 100


@pytest.mark.parametrize("kind", random_vectors.KINDS)
@pytest.mark.usefixtures("_both_ways")
def test_organisations_in_one_file_score_as_each_does_alone(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "BATCH", 7)  # so that they arrive in pieces
    dice = random_vectors.Dice(f"{kind} columns")
    balanced = gaps = 0
    for _ in range(LIVE):
        drawn = random_vectors.questionnaire(dice, kind)
        asked = plain.questionnaire(drawn)
        waves = [random_vectors.wave(dice, kind, drawn) for _ in range(TOGETHER)]
        waves = [plain.wave({**wave, "subset": "full"}, asked) for wave in waves]
        asked, waves = together(asked, waves)
        made = tally(tmp_path, asked, "full", records(waves))

        found = shares(made)

        for number, wave in enumerate(waves):
            assert found[f"organisation-{number}"] == by_score_py(wave), json.dumps(drawn)
            balanced += scorecard(wave).combined == "role-balanced"
            gaps += None in found[f"organisation-{number}"].values()
    assert gaps > 20
    assert (balanced > 20) == (kind == "panel-roles")


def questionnaire(*weights, aggregate="mean", roles=("a", "b")):
    """Return a questionnaire of one dimension with a question of each weight, on 1-5."""
    five = model.Scale("five", model.Points(1, 5), {})
    questions = tuple(
        model.Question(f"q{i}", plain.words("?"), five, weight=weight)
        for i, weight in enumerate(weights, 1)
    )
    return model.Questionnaire(
        id="example",
        version="1.0",
        title=plain.words("Example"),
        languages=("en",),
        dimensions=(model.Dimension("d", plain.words("D"), questions=questions),),
        levels=(),
        staged=False,
        staged_pass=Fraction(1),
        aggregate=aggregate,
        gate=None,
        capability_coverage=Fraction(1, 2),
        dimension_coverage=Fraction(3, 5),
        subsets=(model.Subset("full", plain.words("Full"), frozenset(q.id for q in questions)),),
        roles=tuple(model.Role(role, plain.words(role)) for role in roles),
        perception_gap=None,
        reasons=(model.Reason("none", plain.words("None")),),
        fingerprint="",
    )


def row(organisation, *cells, **more):
    given = {f"q{i}": cell for i, cell in enumerate(cells, 1)}
    return {"organisation": organisation, "contribute": True, **given, **more}


@pytest.mark.parametrize(
    ("n", "of", "points"),
    [(4, 5, {}), (1, 12, {}), (5, 12, {"overall": 50, "d": 50}), (4, 4, {"overall": 38, "d": 38})],
)
@pytest.mark.usefixtures("_both_ways")
def test_an_organisation_has_no_points_of_one_to_four_of_five_people(n, of, points, tmp_path):
    """Of five 0, 25, 50, 75 and 100; of four without the last, 37.5."""
    found = [row("x", str(i + 1)) for i in range(n)] + [row("x", None) for _ in range(of - n)]

    (member,) = tally(tmp_path, questionnaire(1), "full", found).members()

    assert member.points == points


def test_weights_that_share_no_unit_are_scored_one_by_one_and_exactly(tmp_path):
    """997 and 991 are primes: some of five such weights have a common multiple of 70 digits."""
    asked = questionnaire(997, 991, 983, 977, 971)
    found = [row("x", "1", "2", "3", "4", "5"), row("x", "5", "5", "5", "5", None)]

    made = tally(tmp_path, asked, "full", found)

    assert type(made.way).__name__ == "_OneByOne"
    first = Fraction(0 * 997 + 1 * 991 + 2 * 983 + 3 * 977 + 4 * 971, 4 * 4919)
    assert made.share(0, 0) == (first + 1) / 2


@pytest.mark.parametrize(("questions", "way"), [(20, "_Whole"), (28, "_OneByOne")])
def test_a_unit_is_as_fine_as_a_batch_allows_and_no_finer(questions, way, tmp_path):
    """What 1 to 20 divide is 232,792,560; what 1 to 28 divide is above 2**36."""
    asked = questionnaire(*[1] * questions)

    made = tally(tmp_path, asked, "full", [row("x", "2", *["5"] * (questions - 1))])

    assert type(made.way).__name__ == way
    assert made.share(0, 0) == 1 - Fraction(3, 4 * questions)


def test_the_shipped_questionnaire_is_scored_at_once(tmp_path):
    problems = Problems()
    read = importlib.import_module("cx_maturity.reading.questionnaire").questionnaire
    shipped = read(HERE.parent / "assessments/questionnaires/cx/1.0", problems)
    cells = {question.id: "4" for question in shipped.questions()}
    found = [{"organisation": "x", "contribute": True, **cells}]

    made = tally(tmp_path, shipped, "full", found)

    # A question in 4 parts, a capability in 2, a dimension of five in 60, four of these in 12.
    assert made.way.unit == 4 * 2 * 60 * 12
    assert made.share(0, 0) == Fraction(3, 4)


# --- the organisations of a file -------------------------------------------------


def scored(folder, found, asked=None, schema=None, **options):
    """Write the rows *found* and score them; returns what is wrong instead, if anything is."""
    path = folder / "responses.parquet"
    parquet.write_table(pa.Table.from_pylist(found, schema), path, **options)
    return read(path, asked)


def read(path, asked=None):
    problems = Problems()
    file = load.columns(path, problems)
    if file:
        asked = asked or questionnaire(1, 1)
        made = columns.scored(file, path, asked, "full", problems)
        if made:
            return made
    return [str(problem).partition(f"{path.name}:")[2] for problem in problems.errors]


def test_an_organisation_becomes_a_member_of_the_edition(tmp_path):
    found = scored(
        tmp_path,
        [
            row("x", "1", "2", industry="retail", country="FI"),
            row("y", "3", "3", industry="retail", country=None),
            row("x", "2", "2", industry="retail", country="FI"),
        ],
    )

    assert list(found.members) == [
        # (1/8 + 1/4) / 2 is 18.75 points.
        Member("x", "retail", "FI", {"overall": 19, "d": 19}),
        Member("y", "retail", None, {"overall": 50, "d": 50}),
    ]
    assert found[1:] == (3, 0, 0)


def test_points_are_rounded_half_up(tmp_path):
    """12.5 and 37.5 points: a computer's own rounding would go down once and up once."""
    found = scored(tmp_path, [row("x", "1", "2"), row("y", "2", "3"), row("z", "3", "4")])

    assert [member.points["overall"] for member in found.members] == [13, 38, 63]


def test_a_half_is_found_that_a_double_misses(tmp_path):
    """23 eighths over five people are 57.5 points; in doubles 57.49999999999999."""
    found = scored(tmp_path, [row("x", "4", "3")] * 3 + [row("x", "3", "3")] * 2)

    assert found.members[0].points["overall"] == 58


def test_roles_of_different_sizes_count_alike(tmp_path):
    """Role a: 1/4 over five; role b: (1/4 + 5 * 0) / 6 = 1/24; the mean is 14.58 points."""
    found = [row("x", "2", "2", role="a")] * 5 + [row("x", "1", "1", role="b")] * 5
    found += [row("x", "2", "2", role="b")]

    made = tally(tmp_path, questionnaire(1, 1), "full", found)

    assert made.share(0, 0) == Fraction(7, 48)
    assert [member.points["overall"] for member in made.members()] == [15]


def test_an_organisation_without_a_score_is_no_member(tmp_path):
    found = scored(tmp_path, [row("x", "unsure", None), row("y", "not-applicable:none", "5")])

    assert [member.key for member in found.members] == ["y"]
    assert found[1:] == (2, 1, 0)


def test_rows_of_organisations_without_consent_are_never_used(tmp_path):
    """Not even to find something wrong in them."""
    found = scored(
        tmp_path,
        [
            row("x", "9", "??", contribute=False, role="nobody"),
            row("y", "3", "3", contribute=True, role="a"),
            row("z", "1", "1", contribute=None, role="a"),
        ],
    )

    assert [member.key for member in found.members] == ["y"]
    assert found[1:] == (1, 0, 2)


def test_a_file_in_which_nobody_consented_has_no_members(tmp_path):
    assert scored(tmp_path, [row("x", "3", "3", contribute=False)]) == ((), 0, 0, 1)


PEOPLE = [
    row(f"organisation-{i % 5}", str(1 + i % 5), str(1 + i * i % 5), role="ab"[i % 2])
    for i in range(60)
]


def test_neither_order_nor_row_groups_nor_batches_change_a_member(tmp_path, monkeypatch):
    before = {member.key: member for member in scored(tmp_path, PEOPLE).members}
    monkeypatch.setattr(rows, "BATCH", 11)

    after = scored(tmp_path, PEOPLE[::-1], row_group_size=13).members

    assert {member.key: member for member in after} == before
    assert [member.key for member in after] == [f"organisation-{i}" for i in (4, 3, 2, 1, 0)]


def test_somebody_without_a_score_may_make_roles_count_alike(tmp_path):
    found = [row("x", "2", "2", role="a")] * 5 + [row("x", "1", "1", role="b")] * 4
    before = scored(tmp_path, found).members[0]

    after = scored(tmp_path, [*found, row("x", None, None, role="b")]).members[0]

    # Of nine people 5/36, of two roles 1/8.
    assert [one.points["overall"] for one in (before, after)] == [14, 13]


TEXTS = pa.dictionary(pa.int8(), pa.string())


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (pa.string(), ["1", " 5 ", "", None]),
        (pa.large_string(), ["1", "5", None, "unsure"]),
        (TEXTS, ["1", "5.0", "not-applicable:none", None]),
        (pa.int8(), [1, 5, None, None]),
        (pa.int64(), [1, 5, None, None]),
        (pa.float32(), [1.0, 5.0, None, float("nan")]),
        (pa.float64(), [1.0, 5.0, float("nan"), None]),
    ],
    ids=str,
)
def test_cells_are_texts_or_numbers(kind, cells, tmp_path):
    """One and five count, the others are no value."""
    schema = pa.schema([("organisation", pa.string()), ("contribute", pa.bool_()), ("q1", kind)])

    found = scored(tmp_path, [row("x", cell) for cell in cells], questionnaire(1), schema)

    assert found.members[0].points == {"overall": 50, "d": 50}


def test_what_a_file_says_may_be_numbers_everywhere(tmp_path):
    found = [{"organisation": 17, "contribute": "true", "q1": 4, "q2": 4}]

    assert scored(tmp_path, found).members[0][:4] == ("17", None, None, {"overall": 75, "d": 75})


def test_a_csv_file_becomes_a_parquet_file_as_the_page_on_file_formats_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (HERE.parent / "content/pages/file-formats.md").read_text("utf-8")
    code = (
        page.partition("## Responses in Parquet")[2].partition("```python")[2].partition("```")[0]
    )
    Path("responses.csv").write_text(
        "organisation,contribute,industry,country,role,q1,q2\n"
        "NA,true,retail,NO,a,3,5\n"
        "NA,true,retail,NO,,unsure,5\n"
        "None,false,,,,,\n",
        encoding="utf-8",
    )

    exec(code)  # noqa: S102 - it is our own page
    found = read(tmp_path / "responses.parquet")

    assert found.members[0][:4] == ("NA", "retail", "NO", {"overall": 75, "d": 75})
    assert found[1:] == (2, 0, 1)


def test_columns_that_nobody_names_are_not_read(tmp_path):
    found = scored(tmp_path, [row("x", "3", "3", comment=["a", "b"], q3=date(2026, 5, 19))])

    assert found.members[0].points["overall"] == 50


def test_without_roles_in_the_questionnaire_a_column_of_that_name_is_not_read(tmp_path):
    found = scored(tmp_path, [row("x", "3", role="q")], questionnaire(1, roles=()))

    assert found.members[0].points["overall"] == 50


def test_a_measured_number_is_a_cell_like_any_other(tmp_path):
    days = model.Scale("days", model.Numeric((Fraction("0.5"), Fraction(7)), None), {})
    asked = questionnaire(1)
    question = replace(asked.dimensions[0].questions[0], scale=days, reverse=True)
    asked = replace(asked, dimensions=(replace(asked.dimensions[0], questions=(question,)),))

    found = scored(
        tmp_path, [row(name, n) for name, n in zip("xyz", [0.4, 0.5, 7.25], strict=True)], asked
    )

    assert [member.points["d"] for member in found.members] == [100, 50, 0]


# --- what is wrong with a file ---------------------------------------------------


def test_a_cell_that_may_not_be_is_named_with_its_row_group_and_row(tmp_path):
    found = [row("x", "3", "3")] * 7 + [row("x", "9", "perhaps", role="boss")]
    expected = "a cell is a value, unsure, not-applicable:<reason> or empty"

    assert scored(tmp_path, found, row_group_size=3) == [
        f"8:3: q1: row 2 of row group 3: 9 is outside the scale 1 to 5; {expected}",
        f"8:4: q2: row 2 of row group 3: 'perhaps' is not a whole number from 1 to 5; {expected}",
    ]


def test_a_role_or_reason_that_is_not_known_is_named(tmp_path):
    found = [row("x", "not-applicable:nun", "3", role="c")]

    assert scored(tmp_path, found) == [
        (
            "1:3: q1: row 1 of row group 1: 'not-applicable:nun' gives no known reason; "
            "write not-applicable:<reason>; did you mean 'none'?"
        ),
        "1:5: role: row 1 of row group 1: 'c' is not a role; known: a, b",
    ]


def test_what_an_organisation_is_must_be_the_same_in_all_its_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "BATCH", 2)
    known = {"industry": "retail", "country": "FI"}
    found = [
        row("x", "3", "3", **known),
        row("y", "3", "3", industry=None, country="SE"),
        row("x", "3", "3", industry="retail", country="SE"),
        row("y", "3", "3", industry="retail", country="SE"),
        row("x", "3", "3", **{**known, "contribute": False}),
    ]

    assert scored(tmp_path, found) == [
        (
            "3:6: country: row 3 of row group 1: 'SE', but an earlier row of 'x' says 'FI'; "
            "all its rows must agree"
        ),
        (
            "4:5: industry: row 4 of row group 1: 'retail', but an earlier row of 'y' says "
            "nothing; all its rows must agree"
        ),
        (
            "5:2: contribute: row 5 of row group 1: false, but an earlier row of 'x' says true; "
            "all its rows must agree"
        ),
    ]


def test_within_one_batch_the_first_row_says_what_an_organisation_is(tmp_path):
    found = [row("x", "3", "3", industry=name) for name in ("retail", "retail", "banks", "banks")]

    assert scored(tmp_path, found) == [
        (
            "3:5: industry: row 3 of row group 1: 'banks', but an earlier row of 'x' says "
            "'retail'; all its rows must agree"
        ),
    ]


def test_every_row_names_its_organisation_and_words_have_their_form(tmp_path):
    found = [
        row("x", "3", "3", industry="Retail", country="FIN"),
        row(None, "3", "3", industry="retail", country="FI"),
        {**row("y", "3", "3", industry="retail", country="FI"), "contribute": "yes"},
    ]
    found = [{**each, "contribute": str(each["contribute"]).lower()} for each in found]

    assert scored(tmp_path, found) == [
        (
            "1:5: industry: row 1 of row group 1: 'Retail' cannot stand here; use 1 to 60 of a-z, "
            "0-9 and -, beginning and ending with a letter or digit"
        ),
        "1:6: country: row 1 of row group 1: 'FIN' cannot stand here; use two capitals, such as FI",
        (
            "2:1: organisation: row 2 of row group 1: no organisation; say in each row which one "
            "the respondent belongs to"
        ),
        "3:2: contribute: row 3 of row group 1: 'yes' is not one of true, false",
    ]


def test_a_file_in_which_no_row_has_an_organisation_is_only_wrong(tmp_path):
    assert scored(tmp_path, [row(None, "3", "3")]) == [
        (
            "1:1: organisation: row 1 of row group 1: no organisation; say in each row which one "
            "the respondent belongs to"
        ),
    ]


def test_columns_that_are_missing_are_named(tmp_path):
    assert scored(tmp_path, [{"organization": "x", "q1": "3"}]) == [
        "1:1: no column 'contribute'",
        "1:1: no column 'organisation'; did you mean 'organization'?",
        "1:1: no column 'q2'",
    ]


def test_a_column_that_stands_twice_is_named(tmp_path):
    path = tmp_path / "responses.parquet"
    cells = [pa.array([cell]) for cell in ("x", True, "3", "3", "4")]
    names = ["organisation", "contribute", "q1", "q2", "q2"]
    parquet.write_table(pa.Table.from_arrays(cells, names), path)

    assert read(path) == ["1:1: 2 columns are called 'q2'; keep one"]


def test_a_column_of_another_kind_is_named(tmp_path):
    found = [row("x", date(2026, 5, 19), ["3"])]

    assert scored(tmp_path, found) == [
        "1:3: q1: the column holds 'date32[day]'; write texts or numbers",
        "1:4: q2: the column holds 'list<element: string>'; write texts or numbers",
    ]


def test_a_file_without_rows_is_wrong(tmp_path):
    names = ("organisation", "contribute", "q1", "q2")
    schema = pa.schema([(name, pa.string()) for name in names])

    assert scored(tmp_path, [], schema=schema) == ["1:1: the file has no rows"]


def test_a_file_has_so_many_rows_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "RESPONDENTS", 59)

    assert scored(tmp_path, PEOPLE) == ["1:1: 60 rows; at most 59"]


def test_text_that_is_not_utf8_is_named(tmp_path):
    path = tmp_path / "responses.parquet"
    bad = pa.StringArray.from_buffers(
        1, pa.py_buffer(b"\x00\x00\x00\x00\x01\x00\x00\x00"), pa.py_buffer(b"\xff")
    )
    table = pa.table({"organisation": bad, "contribute": [True], "q1": ["3"], "q2": ["3"]})
    parquet.write_table(table, path)

    assert read(path) == ["1:1: the file is damaged somewhere after row 0; write it again"]


def test_what_is_no_parquet_file_is_said_to_be_none(tmp_path):
    path = tmp_path / "responses.parquet"
    path.write_text("organisation,contribute\n")

    assert read(path) == ["1:1: no Parquet file, or not all of one; write it again"]


def test_a_file_that_was_cut_short_is_wrong(tmp_path):
    path = tmp_path / "responses.parquet"
    parquet.write_table(pa.Table.from_pylist(PEOPLE), path)
    path.write_bytes(path.read_bytes()[:-20])

    assert read(path) == ["1:1: no Parquet file, or not all of one; write it again"]


def test_a_file_that_is_damaged_within_is_wrong_from_there_on(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "BATCH", 30)
    path = tmp_path / "responses.parquet"
    parquet.write_table(pa.Table.from_pylist(PEOPLE), path, row_group_size=30)
    start = parquet.ParquetFile(path).metadata.row_group(1).column(0).dictionary_page_offset
    bytes_ = path.read_bytes()
    path.write_bytes(bytes_[:start] + b"\xff" * 40 + bytes_[start + 40 :])

    assert read(path) == ["31:1: the file is damaged somewhere after row 30; write it again"]


def test_a_file_that_is_not_there_or_only_linked_is_named(tmp_path):
    path = tmp_path / "linked.parquet"
    parquet.write_table(pa.Table.from_pylist(PEOPLE), tmp_path / "responses.parquet")
    path.symlink_to(tmp_path / "responses.parquet")

    assert read(path) == ["1:1: no such file"]
    assert read(tmp_path / "nothing.parquet") == ["1:1: no such file"]


def test_problems_are_listed_up_to_a_thousand_and_then_reading_stops(tmp_path):
    found = scored(tmp_path, [row("x", "9", "3")] * 5000)

    assert len(found) == 1000
    assert found[-1] == (
        "1000:3: more is wrong in this file; from here on its problems are not listed"
    )
