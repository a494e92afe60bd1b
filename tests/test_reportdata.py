"""report.json and its tables: what the page shows, as numbers, and nothing more."""

import csv
import html
import io
import json
from pathlib import Path

import jsonschema
import pytest

from cx_maturity.reportcsv import ACTIONS, SCORES, actions_csv, scores_csv
from cx_maturity.reportdata import shown, shown_range

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "plugins" / "cx_maturity" / "schema" / "report-1.json"

# Whose data it is.
OWN = {"organisation": {"id": "acme"}, "wave": {"id": "2026-05"}}


@pytest.mark.parametrize(
    ("text", "number"),
    [("62", 62), ("79.9", 79.9), ("79,9", 79.9), ("\N{MINUS SIGN}5", -5), ("+12", 12), ("–", None)],
)
def test_a_number_is_read_as_the_page_writes_it_in_every_language(text, number):
    assert shown(text) == number


def test_a_range_has_two_bounds_also_where_they_are_one_number():
    assert shown_range("59–64") == [59, 64]
    assert shown_range("≈59,9–64") == [59.9, 64]
    assert shown_range("48") == [48, 48]
    assert shown_range("") is None
    assert shown_range("–") is None


def test_a_cell_that_a_spreadsheet_would_run_is_kept_from_it():
    data = {
        **OWN,
        "path": [],
        "followed": [],
        "decided": [{"id": "a", "title": "=1+1", "owner": "@sum", "effort": 2, "baseline": "-4"}],
    }

    row = dict(zip(ACTIONS, list(csv.reader(io.StringIO(actions_csv(data))))[1], strict=True))

    assert (row["title"], row["owner"], row["baseline"]) == ("'=1+1", "'@sum", "'-4")
    assert (row["source"], row["effort"], row["done"]) == ("decided", "2", "")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Ask; =1+1", "Ask;' =1+1"),  # a cell of its own where semicolons part them
        ("\uff1d1+1", "'\uff1d1+1"),  # a wide sign of equality
        ("Two; then three - four", "Two; then three - four"),
    ],
)
def test_a_formula_behind_a_semicolon_or_in_wide_letters_is_none(text, cell):
    data = {**OWN, "path": [], "followed": [], "decided": [{"id": "a", "title": text}]}

    row = dict(zip(ACTIONS, list(csv.reader(io.StringIO(actions_csv(data))))[1], strict=True))

    assert row["title"] == cell


def reports(built):
    """Yield (path, document) of every report of the sample site."""
    for path in sorted(built.resolve().glob("organisations/**/report.json")):
        yield path, json.loads(path.read_text("utf-8"))


def test_every_report_has_its_data_beside_it_and_it_follows_the_schema(built):
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    pages = {
        path.parent
        for path in built.resolve().glob("organisations/*/**/index.html")
        if "trace" not in path.parts
    }

    assert {path.parent for path, _ in reports(built)} == pages
    for path, document in reports(built):
        jsonschema.validate(document, schema)
        target = (path.parent / document["$schema"]).resolve()
        assert target.read_bytes() == SCHEMA.read_bytes()


def test_every_score_of_the_data_stands_on_the_page(built):
    for path, document in reports(built):
        page = (path.parent / "index.html").read_text("utf-8")
        for measure in document["measures"]:
            if measure["score"] is not None:
                written = str(measure["score"])
                assert written in page or written.replace(".", ",") in page, (path, measure["id"])


def test_the_tables_are_the_document_s(built):
    for path, document in reports(built):
        rows = list(
            csv.DictReader(io.StringIO((path.parent / "scores.csv").read_text("utf-8-sig")))
        )
        assert tuple(rows[0]) == SCORES
        whose = (document["organisation"]["id"], document["wave"]["id"])
        assert {(row["organisation"], row["wave"]) for row in rows} == {whose}
        assert [row["id"] for row in rows] == [m["id"] for m in document["measures"]]
        assert scores_csv(document).replace("\r\n", "\n") == (path.parent / "scores.csv").read_text(
            "utf-8-sig"
        )
        actions = (path.parent / "actions.csv").read_text("utf-8-sig")
        count = sum(len(document[key]) for key in ("path", "decided", "followed"))
        assert len(list(csv.DictReader(io.StringIO(actions)))) == count


def test_nothing_of_the_data_is_finer_than_a_decimal(built):
    """A score of many digits would tell what somebody answered."""

    def numbers(value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [number for each in value for number in numbers(each)]
        return [value] if isinstance(value, float) else []

    for path, document in reports(built):
        assert all(number == round(number, 6) for number in numbers(document)), path
        fine = [number for number in numbers(document) if number != round(number, 1)]
        assert len(fine) <= 2, (path, fine)


def test_a_step_that_was_decided_earlier_names_the_action_and_its_day(built):
    path = built / "organisations/tuulentupa-stores/report.json"

    document = json.loads(path.read_text("utf-8"))

    first, last = document["path"][0], document["path"][-1]
    assert [first[key] for key in ("decided", "owner", "by", "by_is")] == [
        "one-list-of-findings",
        "Customer office",
        "2026-03-31",
        "passed",
    ]
    assert (last["decided"], last["by_is"]) == (None, "proposed")
    reached = {each["id"]: each["reached"] for each in document["followed"]}
    assert reached["round-with-support"] == "no"
    assert reached["one-list-of-findings"] is None


def test_a_step_of_the_path_says_what_the_page_says_and_no_more(built):
    for path, document in reports(built):
        page = html.unescape((path.parent / "index.html").read_text("utf-8"))
        for step in document["path"]:
            for said in (step["title"], *step["changes"]):
                assert said in page, (path, said)


def test_every_row_says_whose_it_is_so_that_files_can_be_put_below_each_other():
    """What became of an earlier action stands in the wave of the report, not in its own."""
    followed = {"id": "one-list", "wave": "2025-05", "done": "yes"}
    data = {**OWN, "path": [], "decided": [{"id": "ask"}], "followed": [followed]}
    measure = {"id": "overall", "interval": None, "middle_half": None}

    actions = actions_csv(data).splitlines()
    scores = scores_csv({**OWN, "measures": [measure]}).splitlines()

    assert [line[:30] for line in actions] == [
        "organisation,wave,source,id,ti",
        "acme,2026-05,decided,ask,,,,,,",
        "acme,2026-05,followed,one-list",
    ]
    assert [line[:30] for line in scores] == [
        "organisation,wave,id,kind,titl",
        "acme,2026-05,overall,,,,,,,,,,",
    ]
