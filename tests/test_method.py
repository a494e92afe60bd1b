"""The method page: every question and every rule of one version of a questionnaire."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from cx_maturity import validate
from cx_maturity.editions import Edition, Reliability
from cx_maturity.model import Choice, Numeric, Option, Scale, Text
from cx_maturity.pages.method import method_page
from cx_maturity.pages.rules import rules
from cx_maturity.words import Words

ROOT = Path(__file__).resolve().parent.parent
WORDS = Words("en")


@pytest.fixture(scope="module")
def cx():
    """Return the shipped questionnaire."""
    return validate.assessments(ROOT / "assessments")[0].questionnaires["cx", "1.0"]


def rule(questionnaire, title):
    return next(r.text for r in rules(questionnaire, WORDS) if r.title == title)


def test_every_question_is_there_with_its_anchors_and_guidance(cx):
    page = method_page(cx, (), WORDS)
    asked = [q for d in page.dimensions for c in d.capabilities for q in c.questions]

    assert [q.number for q in asked] == list(range(1, 41))
    assert all([a.given for a in q.anchors] == ["1", "2", "3", "4", "5"] for q in asked)
    assert all([head for head, _ in q.notes] == ["To judge", "Evidence"] for q in asked)
    assert all(len(c.steps) == 4 for d in page.dimensions for c in d.capabilities)


def test_a_capability_says_which_ideas_it_comes_from(cx):
    capability = method_page(cx, (), WORDS).dimensions[0].capabilities[3]

    assert capability.id == "culture.learning"
    assert dict(capability.notes)["Ideas"] == (
        "Culture comes first, and what is learnt is put to use and measured again; What customers "
        "expect keeps moving"
    )


def test_every_capability_of_a_report_leads_to_its_questions_on_the_method_page(built):
    report = (built / "organisations/tuulentupa-stores/2026-05/index.html").read_text("utf-8")
    page = (built / "method/cx/1.0/index.html").read_text("utf-8")
    names = re.findall(r'<a class="plainly" href="[./]*method/cx/1.0/index.html#([^"]+)">', report)

    assert len(names) == 24
    assert [name for name in names if f'id="{name}"' not in page] == []


def test_levels_are_told_by_how_one_notices_them(cx):
    page = method_page(cx, (), WORDS)

    assert page.levels_heading == "Five levels, and how one notices them"
    assert page.viewpoints == ("Customer", "Employee", "Board")
    assert [level.starts for level in page.levels][1:3] == ["from 20", "from 40"]


def test_the_rules_are_the_questionnaire_s_own(cx):
    assert rule(cx, "Gate") == (
        "The overall level is at most one above that of the lowest foundation; the score stays "
        "what it is."
    )
    assert "lowest of its parts" in rule(replace(cx, aggregate="minimum"), "Score")
    staged = replace(cx, staged=True, staged_pass=Fraction(3, 4))
    assert "75\N{NO-BREAK SPACE}% or more" in rule(staged, "Level")
    assert [r.title for r in rules(replace(cx, gate=None), WORDS)].count("Gate") == 0


def with_scale(cx, kind, *, reverse=False):
    dimension = cx.dimensions[0]
    capability = dimension.capabilities[0]
    question = replace(
        capability.questions[0], scale=Scale("s", kind, {}), anchors={}, reverse=reverse
    )
    capability = replace(capability, questions=(question,))
    changed = replace(cx, dimensions=(replace(dimension, capabilities=(capability,)),), findings=())
    return method_page(changed, (), WORDS).dimensions[0].capabilities[0].questions[0]


def test_a_number_is_explained_by_its_steps(cx):
    kind = Numeric((Fraction(5), Fraction(15, 2)), Text({"en": "days"}))

    assert with_scale(cx, kind).scale == "A number, in steps that begin at 5, 7.5 days."


def test_a_choice_lists_its_options_and_a_reversed_one_darkens_downwards(cx):
    options = tuple(Option(o, Text({"en": o.capitalize()}), n) for n, o in enumerate(("no", "yes")))
    question = with_scale(cx, Choice(options), reverse=True)

    assert [(a.words, a.shade) for a in question.anchors] == [("No", 5), ("Yes", 1)]
    assert question.scale == "A high answer counts low."


def edition(**more):
    known = Reliability(240, 12, 0.7138, (0.6481, 0.7702), 0.1741, 0.9199, 0.8868)
    fields = {"version": "1.0", "reliability": {"culture": known}, **more}
    return Edition(
        "p", "pooled", Text({"en": "Peers"}), "cx", fields["version"], "full", "mean", "2026",
        "2025 to 2026", Text({"en": "12 organisations."}), (), {},
        reliability=fields["reliability"],
    )  # fmt: skip


def test_reliability_is_printed_with_what_it_rests_on(cx):
    (part,) = method_page(cx, (edition(),), WORDS).reliability

    assert part.source == (
        "Peers, edition 2026: up to 240 people in 12 organisations with every answer."
    )
    (row,) = part.rows
    assert (row.title, row.alpha, row.interval) == ("Culture", "0.71", "0.65–0.77")
    assert (row.icc1, row.icc2, row.rwg) == ("0.17", "0.92", "0.89")


@pytest.mark.parametrize("more", [{"reliability": {}}, {"version": "2.0"}])
def test_no_reliability_is_printed_of_another_version_or_where_there_is_none(cx, more):
    assert method_page(cx, (edition(**more),), WORDS).reliability == ()


def test_a_rough_interval_of_alpha_is_marked_and_the_mark_explained(cx):
    near = Reliability(240, 12, 0.71, (0.65, 0.77), 0.2, 0.9, 0.9, rough=True)
    (part,) = method_page(cx, (edition(reliability={"culture": near}),), WORDS).reliability

    assert part.rows[0].interval == "≈0.65\N{EN DASH}0.77"
    assert part.rough == (
        "≈ rough: people’s means lie near an end of the scale, and the interval covers less than "
        "it says."
    )
