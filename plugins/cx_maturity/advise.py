"""What a wave's numbers lead to: findings, the shortest path, and what became of the last plan."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cx_maturity.advising.decided import Calendar
from cx_maturity.findings import findings
from cx_maturity.loop import loop
from cx_maturity.path import shortest_path
from cx_maturity.reading.plan import last_day
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Advice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.editions import Comparison, Edition
    from cx_maturity.model import Organisation, Target
    from cx_maturity.results import Loop, Movement, Path, Scorecard


def advise(
    organisation: Organisation,
    card: Scorecard,
    comparison: Comparison,
    movement: Movement | None,
    editions: Sequence[Edition],
) -> Advice:
    """Work out what to do next, what came of the last plan, and which rules fire."""
    followed = loop(organisation.waves, card)
    path, target_path, timely = _paths(organisation, card, followed)
    made = Advice(path=path, target_path=target_path, timely_path=timely, loop=followed)
    fired, untried = findings(card, comparison, movement, made, editions)
    return replace(made, findings=fired, untried=untried)


def _paths(
    organisation: Organisation, card: Scorecard, followed: Loop | None
) -> tuple[Path | None, Path | None, Path | None]:
    """
    Return the paths to the next level and, where it is further, to the target's, and a timely one.

    This is the one of least effort among those that end by the target's day, where the path to
    the target's level does not.
    """
    path, target = shortest_path(card), _target(followed)
    goal = target.level if target else None
    further = shortest_path(card, goal) if goal and path and goal > path.goal else None
    to_target = further or path
    if target is None or target.by is None or to_target is None or goal != to_target.goal:
        return path, further, None
    by = last_day(target.by, target.known)
    calendar = Calendar(organisation.waves, card.wave, followed)
    # Staged levels are problems of their own, and a capability's steps belong to several.
    is_staged = card.wave.questionnaire.staged
    if is_staged or not to_target.lifts or calendar.last(to_target) <= by:
        return path, further, None
    return path, further, shortest_path(card, goal, partial(calendar.allows, by))


def _target(followed: Loop | None) -> Target | None:
    """Return the target for the overall's level that is not met."""
    found = (t for t in (followed.trajectories if followed else ()) if t.target.measure == OVERALL)
    return next((t.target for t in found if t.target.level and not t.is_met), None)
