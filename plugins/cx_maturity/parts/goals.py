"""Where targets stand on the score axis, for charts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cx_maturity.parts.row import Key, naming_levels

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from cx_maturity import chart
    from cx_maturity.parts.subject import Subject

_HUNDRED = 100


def goals(about: Subject) -> dict[str, Fraction]:
    """Return the score (0-1) that each target asks of its measure; a staged level asks none."""
    loop = about.advice.loop
    if loop is None:
        return {}
    return {
        found.target.measure: found.goal for found in loop.trajectories if found.goal is not None
    }


def goal_said(about: Subject, goal: Fraction) -> str:
    """Write a target's score."""
    return about.words.points(goal, naming_levels(about.questionnaire))


def aimed(about: Subject, measure_id: str, line: chart.Line) -> chart.Line:
    """Return *line* with the target of its measure, where there is one."""
    goal = goals(about).get(measure_id)
    if goal is None:
        return line
    said = about.words.text("target {points}", points=goal_said(about, goal))
    return replace(line, target=float(goal * _HUNDRED), target_text=said)


def goal_keys(about: Subject, measure_ids: Iterable[str]) -> list[Key]:
    """Name the mark of a target, where one of these measures has one and a score."""
    known = goals(about)
    if any(m in known and about.measure(m).score is not None for m in measure_ids):
        return [Key("target", about.words.text("Target"))]
    return []
