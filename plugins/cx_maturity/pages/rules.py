"""The rules of a questionnaire, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
                "Where every role has at least five, roles count alike. Intervals are 95 % t."
            ),
        )
    )
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
    return tuple(found)


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
