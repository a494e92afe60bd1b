"""What changes a version's fingerprint, what may change within it, and when questions are alike."""

import re
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity import validate
from cx_maturity.errors import ContentError
from cx_maturity.model import Choice, Numeric, Option, Points, Question, Scale, Text
from cx_maturity.reading.fingerprint import question_hash

HERE = Path(__file__).resolve().parent

# A questionnaire of its own, because the smallest one that uses everything has weights of 1.
HEAD = """\
id: scored
version: "1.0"
languages: [en, fi]
title: {en: Scored, fi: Laskettu}
summary: {en: About., fi: Jotain.}
scales:
  five: {kind: points, low: 1, high: 5, labels: {1: {en: Never, fi: Ei}}}
  often:
    kind: choice
    options:
      no: {title: {en: No, fi: Ei}, value: 0}
      maybe: {title: {en: Maybe, fi: Ehka}, value: 1}
      partly: {title: {en: Partly, fi: Osin}, value: 1}
      yes: {title: {en: Yes, fi: Joo}, value: 2}
  days: {kind: numeric, cuts: [1, 2.5, 10], unit: {en: days, fi: vrk}}
scale: five
aggregate: mean
coverage: {capability: 50, dimension: 60}
levels:
  method: bands
  names:
    - {title: {en: Low, fi: Alin}, from: 0, noticed: {staff: {en: Little., fi: Vain.}}}
    - {title: {en: High, fi: Ylin}, from: 50}
gate: 1
roles:
  lead: {title: {en: Leadership, fi: Johto}}
  front: {title: {en: Front line, fi: Kentt}}
perception-gap: [lead, front]
not-applicable:
  too-small: {en: Too small, fi: Liian}
subsets:
  full: {title: {en: Full, fi: Koko}, questions: all, minutes: 9}
  part: {title: {en: Part, fi: Osa}, questions: [a.do, b.days]}
dimensions:
  - id: first
    title: {en: First, fi: Eka}
    weight: 5
    capabilities:
      - id: a
        title: {en: A, fi: A}
        weight: 6
        foundation: true
        covers: {en: This., fi: Tama.}
        questions:
          - {id: a.say, aspect: say, text: {en: Say?, fi: Mit}, weight: 7}
          - {id: a.do, aspect: do, text: {en: Do?, fi: Teko}, anchors: {1: {en: None., fi: Nil.}}}
      - id: b
        title: {en: B, fi: B}
        questions:
          - {id: b.often, scale: often, text: {en: Often?, fi: Auki}}
          - {id: b.days, scale: days, reverse: true, text: {en: Days?, fi: Vrk}}
"""

FULL = "  full: {title: {en: Full, fi: Koko}, questions: all, minutes: 9}\n"
PART = "  part: {title: {en: Part, fi: Osa}, questions: [a.do, b.days]}\n"
OFTEN_ASKED = "          - {id: b.often, scale: often, text: {en: Often?, fi: Auki}}\n"
DAYS_ASKED = "          - {id: b.days, scale: days, reverse: true, text: {en: Days?, fi: Vrk}}\n"
MAYBE = "      maybe: {title: {en: Maybe, fi: Ehka}, value: 1}\n"
PARTLY = "      partly: {title: {en: Partly, fi: Osin}, value: 1}\n"

SCORED = {
    "weight of a dimension": ("weight: 5", "weight: 4"),
    "weight of a capability": ("weight: 6", "weight: 4"),
    "weight of a question": ("weight: 7", "weight: 4"),
    "end of a scale": ("low: 1", "low: 0"),
    "other end of a scale": ("high: 5", "high: 7"),
    "value of an option": ("value: 2", "value: 3"),
    "option": ("      no: {title: {en: No", "      nope: {title: {en: No"),
    "cut point": ("[1, 2.5, 10]", "[1, 2, 10]"),
    "scale of a question": ("scale: often", "scale: five"),
    "reverse": ("reverse: true", "reverse: false"),
    "aspect": ("aspect: say", "aspect: do"),
    "id of a question": ("id: b.often", "id: b.seldom"),
    "id of a capability": ("- id: b\n", "- id: bb\n"),
    "id of a dimension": ("- id: first", "- id: second"),
    "capability of a question": (
        "      - id: b\n        title: {en: B, fi: B}\n        questions:\n", ""
    ),
    "aggregate": ("aggregate: mean", "aggregate: minimum"),
    "coverage of a capability": ("capability: 50", "capability: 51"),
    "coverage of a dimension": ("dimension: 60", "dimension: 61"),
    "start of a level": ("from: 50", "from: 51"),
    "number of levels": (
        "from: 50}", "from: 50}\n    - {title: {en: Top, fi: Top}, from: 90}"
    ),
    "gate": ("gate: 1", "gate: 0"),
    "foundation": ("      - id: b\n", "      - id: b\n        foundation: true\n"),
    "role": ("perception-gap", "  back: {title: {en: Back, fi: Taka}}\nperception-gap"),
    "roles that are compared": ("[lead, front]", "[front, lead]"),
    "reason": ("too-small: {en", "too-new: {en"),
    "questions of a subset": ("[a.do, b.days]", "[a.do, b.often]"),
    "id of a subset": ("  part: {title", "  piece: {title"),
    "subset that is meant where none is named": (FULL + PART, PART + FULL),
}  # fmt: skip

FREE = {
    "title": ("{en: Scored,", "{en: Rated,"),
    "summary": ("About.", "About something."),
    "label of a point": ("en: Never", "en: Not once"),
    "title of an option": ("en: Maybe", "en: Perhaps"),
    "unit": ("en: days", "en: whole days"),
    "title of a level": ("en: Low", "en: Lowest"),
    "what is noticed of a level": ("Little.", "Not much."),
    "title of a role": ("en: Leadership", "en: Top team"),
    "title of a reason": ("en: Too small", "en: Smaller than that"),
    "title of a subset": ("fi: Osa}", "fi: Pala}"),
    "minutes": ("minutes: 9", "minutes: 8"),
    "title of a dimension": ("en: First", "en: One"),
    "title of a capability": ("{en: A,", "{en: Aa,"),
    "what a capability covers": ("This.", "That."),
    "text of a question": ("en: Say?", "en: What do you say?"),
    "translation of a question": ("fi: Mit}", "fi: Miten}"),
    "anchor": ("en: None.", "en: Nothing."),
    "guidance": ("aspect: say,", "aspect: say, guidance: {en: Ask., fi: Kysy.},"),
    "order of questions": (OFTEN_ASKED + DAYS_ASKED, DAYS_ASKED + OFTEN_ASKED),
    "order of options that are worth the same": (MAYBE + PARTLY, PARTLY + MAYBE),
}


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Check a questionnaire that differs from the one above by one edit; returns what is wrong."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "assessments/questionnaires/scored/1.0"
    folder.mkdir(parents=True)

    def said(text, fingerprint):
        (folder / "questionnaire.yaml").write_text(f"{text}fingerprint: '{fingerprint}'\n", "utf-8")
        try:
            validate.assessments(Path("assessments"))
        except ContentError as error:
            return str(error).splitlines()
        return []

    return said


@pytest.fixture
def right(check):
    (message,) = check(HEAD, "x")
    return re.search(r"whose fingerprint is '([0-9a-f]{16})'", message)[1]


def edited(before, after):
    assert HEAD.count(before) == 1, f"{before!r} must stand in the questionnaire once"
    return HEAD.replace(before, after)


@pytest.mark.parametrize(("before", "after"), SCORED.values(), ids=SCORED)
def test_a_scored_field_changes_only_with_the_version(check, right, before, after):
    text = edited(before, after)

    (message,) = check(text, right)

    line = text.count("\n") + 1
    place = f"assessments/questionnaires/scored/1.0/questionnaire.yaml:{line}:14: fingerprint: "
    assert message.startswith(
        f"{place}'{right}' does not fit the scored fields, whose fingerprint is '"
    )
    assert message.endswith("'; undo the change, or publish it as a new version")


@pytest.mark.parametrize(("before", "after"), FREE.values(), ids=FREE)
def test_a_text_may_change_within_a_version(check, right, before, after):
    assert check(edited(before, after), right) == []


STAGED = """\
id: scored
version: "1.0"
title: Staged
scales: {five: {kind: points, low: 1, high: 5}}
scale: five
levels: {method: staged, pass: 80, names: [{title: Low}, {title: High}]}
subsets: {full: {title: Full, questions: all}}
dimensions:
  - id: first
    title: First
    questions:
      - {id: a, text: A?, level: 1}
      - {id: b, text: B?, level: 2}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [("level: 2", "level: 1"), ("pass: 80", "pass: 90")],
    ids=["level of a question", "pass mark"],
)
def test_a_scored_field_of_staged_levels_changes_only_with_the_version(check, before, after):
    (message,) = check(STAGED, "x")
    right = re.search(r"whose fingerprint is '([0-9a-f]{16})'", message)[1]
    assert check(STAGED, right) == []

    (message,) = check(STAGED.replace(before, after), right)

    assert f"'{right}' does not fit the scored fields" in message


def test_the_fingerprint_of_what_is_shipped_stays(tmp_path, monkeypatch):
    """A version that is out keeps its fingerprint, however the hash is worked out."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(HERE / "valid", tmp_path / "assessments")

    found, _ = validate.assessments(Path("assessments"))

    assert found.questionnaires["tiny", "1.0"].fingerprint == "3c6be86c784d80c2"


# --- two questions -----------------------------------------------------------


def both(english, finnish):
    return Text({"en": english, "fi": finnish})


FIVE = Scale("five", Points(1, 5), {"1": both("Never", "Ei")})
ASKED = Question(
    "q", both("How?", "Miten?"), FIVE, aspect="do", anchors={"1": both("Nothing.", "Ei.")}
)
YES = Option("yes", both("Yes", "Joo"), 1)
NO = Option("no", both("No", "Ei"), 0)
DAYS = Scale("days", Numeric((Fraction(1), Fraction(5)), both("days", "vrk")), {})


def alike(question, other):
    return question_hash(question, "en") == question_hash(other, "en")


@pytest.mark.parametrize(
    "change",
    [
        {"id": "another"},
        {"weight": 3},
        {"level": 2},
        {"text": both("How?", "Kuinka?")},
        {"anchors": {"1": both("Nothing.", "Ei mitaan.")}},
        {"scale": Scale("another", Points(1, 5), {"1": both("Never", "Ei koskaan")})},
        {"guidance": both("Ask.", "Kysy.")},
        {"evidence": both("Look.", "Katso.")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_question_is_the_same_whatever_it_weighs_and_wherever_it_stands(change):
    assert alike(ASKED, replace(ASKED, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"text": both("How much?", "Miten?")},
        {"anchors": {"1": both("Hardly.", "Ei.")}},
        {"anchors": {"2": both("Nothing.", "Ei.")}},
        {"scale": Scale("five", Points(1, 7), {"1": both("Never", "Ei")})},
        {"scale": Scale("five", Points(1, 5), {"1": both("Rarely", "Ei")})},
        {"reverse": True},
        {"aspect": "say"},
    ],
    ids=["text", "anchor", "point of an anchor", "scale", "label", "reverse", "aspect"],
)
def test_a_question_that_reads_or_counts_otherwise_is_another(change):
    assert not alike(ASKED, replace(ASKED, **change))


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        (Choice((YES, NO)), Choice((replace(YES, title=both("Yes, often", "Joo")), NO))),
        (Choice((YES, NO)), Choice((YES, NO, Option("so", both("So", "Niin"), 1)))),
        (DAYS.kind, Numeric((Fraction(1), Fraction(6)), both("days", "vrk"))),
        (DAYS.kind, Numeric((Fraction(1), Fraction(5)), both("hours", "h"))),
    ],
    ids=["title of an option", "option", "cut", "unit"],
)
def test_another_scale_makes_another_question(kind, other):
    first, second = (replace(ASKED, scale=Scale("s", k, {}), anchors={}) for k in (kind, other))

    assert alike(first, first)
    assert not alike(first, second)


def test_a_measured_number_may_be_good_when_high_or_when_low():
    days = replace(ASKED, scale=DAYS, anchors={})

    assert not alike(days, replace(days, reverse=True))


def test_each_version_is_read_in_its_own_first_language():
    other = replace(ASKED, text=both("How, then?", "How?"), anchors={}, scale=DAYS)
    plain = replace(ASKED, anchors={}, scale=replace(DAYS, kind=Numeric(DAYS.kind.cuts, None)))
    other = replace(other, scale=plain.scale)

    assert question_hash(plain, "en") == question_hash(other, "fi")
