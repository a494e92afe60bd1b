"""What a wave's numbers lead to: findings, the shortest path, and what became of the last plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cx_maturity.findings import findings
from cx_maturity.loop import loop
from cx_maturity.path import shortest_path
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Advice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.editions import Comparison, Edition
    from cx_maturity.model import Organisation
    from cx_maturity.results import Movement, Scorecard


def advise(
    organisation: Organisation,
    card: Scorecard,
    comparison: Comparison,
    movement: Movement | None,
    editions: Sequence[Edition],
) -> Advice:
    """Work out what to do next, what came of the last plan, and which rules fire."""
    followed, path = loop(organisation.waves, card), shortest_path(card)
    wanted = [t.target for t in followed.trajectories] if followed else []
    goals = [t.level for t in wanted if t.measure == OVERALL and t.level]
    further = bool(goals and path and goals[0] > path.goal)
    made = Advice(
        path=path,
        target_path=shortest_path(card, goals[0]) if further else None,
        loop=followed,
    )
    fired, untried = findings(card, comparison, movement, made, editions)
    return replace(made, findings=fired, untried=untried)
