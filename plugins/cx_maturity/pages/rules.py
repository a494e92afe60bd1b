"""The rules of a questionnaire, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST
from cx_maturity.parts.conditions import condition_said, named, severity_said
from cx_maturity.parts.row import ROUGH
from cx_maturity.parts.source import WIDE

if TYPE_CHECKING:
    from cx_maturity.model import Questionnaire
    from cx_maturity.words import Words


@dataclass(frozen=True, slots=True)
class Named:
    """A term and what it means; *aside* is a figure beside it."""

    title: str
    text: str
    aside: str = ""


def rules(q: Questionnaire, words: Words) -> tuple[Named, ...]:
    """Say how one version of a questionnaire makes a level out of answers."""
    text = words.text
    found = [
        Named(text("Score"), _score_rule(q, words)),
        Named(text("Level"), _level_rule(q, words)),
    ]
    if q.gate is not None:
        found.append(Named(text("Gate"), _gate_rule(q, words)))
    found.append(Named(text("Coverage"), _coverage_rule(q, words)))
    found.append(
        Named(
            text("Missing answers"),
            text(
                "An answer that is missing or \u201cdon\u2019t know\u201d carries no weight; every "
                "score says what it could be if all of them were the lowest, or the highest. What "
                "is not applicable leaves the calculation, and its reason is printed."
            ),
        )
    )
    found.append(
        Named(
            text("Several people"),
            text(
                "Each person is scored alone, and the organisation is the mean of its people. "
                "Where five or more took part, what one to four of them have is no score. "
                "Where every role has at least five, roles count alike."
            ),
        )
    )
    found += _rules_of_intervals(q, words)
    found += _rules_of_views(q, words)
    found.append(
        Named(
            text("Peers"),
            text(
                "Above or below a median is said only when the whole interval clears it; otherwise "
                "a score is level with it. Only the same questionnaire, version and subset is "
                "compared."
            ),
        )
    )
    found.append(
        Named(
            text("Waves"),
            text(
                "Two waves are compared over the questions that are the same in both: paired where "
                "people are linked, else by Welch\u2019s interval, capabilities adjusted by "
                "Holm\u2019s method. A score is up, down or not distinguishable."
            ),
        )
    )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FindingRule:
    """A rule by which a finding is made; *id* is its anchor's in the page."""

    id: str
    name: str
    severity: str
    heading: str
    condition: str
    leads_to: str


def finding_rules(q: Questionnaire, words: Words) -> tuple[FindingRule, ...]:
    """Write every rule of a questionnaire by which findings are made."""
    return tuple(
        FindingRule(
            f"rule-{rule.id}",
            rule.id,
            severity_said(rule.severity, words)[0],
            named(rule.heading.to(words.language)),
            condition_said(rule, q, words),
            named(rule.leads_to.to(words.language)),
        )
        for rule in q.findings
    )


def _rules_of_intervals(q: Questionnaire, words: Words) -> list[Named]:
    text = words.text
    found = [
        Named(
            text("Intervals"),
            text(
                "Means of people have 95\N{NO-BREAK SPACE}% t intervals, narrower where it is "
                "known of how many those are who answered. There is none for fewer than three, or "
                "where all agree. Where answers pile up at an end of the scale, or a small role "
                "stands apart, an interval is narrower than it should be: it is rough, and marked "
                "{mark}.",
                mark=ROUGH,
            ),
        )
    ]
    if not q.staged:
        said = text("Every level that the interval touches is named beside the one of the score.")
        found.append(Named(text("Borderline"), said))
    weighed = text(
        "Each weight in turn is made a fifth less and a fifth more, and the report says between "
        "what the overall would lie."
    )
    if q.aggregate == "mean":
        found.append(Named(text("Other weights"), weighed))
    return found


def _rules_of_views(q: Questionnaire, words: Words) -> list[Named]:
    """Say how people are set side by side: words and deeds, two roles, units, one another."""
    text, found = words.text, []
    if {question.aspect for question in q.questions()} >= {"say", "do"}:
        found.append(
            Named(
                text("Say and do"),
                text(
                    "Do less say, of those who answered both. It is called done less than said, or "
                    "more, where its interval leaves out 0 and it is {points} points or more.",
                    points=words.points(WIDE),
                ),
            )
        )
    if q.perception_gap:
        titles = {role.id: role.title.to(words.language) for role in q.roles}
        first, second = (titles[role] for role in q.perception_gap)
        found.append(
            Named(
                text("Two roles"),
                text(
                    "{first} less {second}, over the questions that {n} or more of each answered, "
                    "with Welch\u2019s interval.",
                    first=first,
                    second=words.inside(second),
                    n=words.count(FEWEST),
                ),
            )
        )
    found.append(
        Named(
            text("Agreement"),
            text(
                "How far answers lie from their mean, on average (AD); beyond a sixth of the "
                "number of the scale\u2019s points, a question is contested. How much of what "
                "people differ in lies between their units is ICC(1), by analysis of variance."
            ),
        )
    )
    found.append(
        Named(
            text("Small groups"),
            text(
                "A role or unit is shown from {n} people on, and only where what is left beside it "
                "is nobody or {n} people again. Whatever is hidden is named with its reason, and "
                "counts in the whole.",
                n=words.count(FEWEST),
            ),
        )
    )
    return found


def _score_rule(q: Questionnaire, words: Words) -> str:
    if q.aggregate == "minimum":
        return words.text(
            "Each answer counts by its place on its scale, 0 to 100. Every score above it is the "
            "lowest of its parts."
        )
    if q.has_capabilities:
        return words.text(
            "Each answer counts by its place on its scale, 0 to 100. Questions make a capability, "
            "capabilities a dimension, dimensions the overall, each as a weighted mean."
        )
    return words.text(
        "Each answer counts by its place on its scale, 0 to 100. Questions make a dimension, "
        "dimensions the overall, each as a weighted mean."
    )


def _level_rule(q: Questionnaire, words: Words) -> str:
    if q.staged:
        return words.text(
            "A level is reached when the questions of this and of every lower level average "
            "{share} or more.",
            share=words.percent(q.staged_pass),
        )
    return words.text(
        "The score gives the level, decided on the exact number before any rounding. Where one "
        "level ends and the next begins is a convention."
    )


def _gate_rule(q: Questionnaire, words: Words) -> str:
    if q.gate == 0:
        return words.text("The overall level is at most that of the lowest foundation.")
    return words.plural(
        "The overall level is at most one above that of the lowest foundation; the score stays "
        "what it is.",
        "The overall level is at most {word} above that of the lowest foundation; the score stays "
        "what it is.",
        q.gate or 0,
        word=words.count(q.gate or 0),
    )


def _coverage_rule(q: Questionnaire, words: Words) -> str:
    if q.has_capabilities:
        return words.text(
            "A capability has a score when {capability} of its questions are answered, a dimension "
            "when {dimension} of its capabilities have one, the overall when every dimension has.",
            capability=words.percent(q.capability_coverage),
            dimension=words.percent(q.dimension_coverage),
        )
    return words.text(
        "A dimension has a score when {dimension} of its questions are answered, the overall when "
        "every dimension has one.",
        dimension=words.percent(q.dimension_coverage),
    )
