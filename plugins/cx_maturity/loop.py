"""
What became of what was decided, and whether targets are within reach.

A capability is compared between the wave after which an action was decided and the one that is
scored, by the rules of :mod:`~cx_maturity.change` and with Holm's adjustment over all of them:
each was not picked beforehand, and the word is the one that the report on two waves has.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.advising.forecast import forecast
from cx_maturity.change import YEAR, history, movement
from cx_maturity.reading.plan import deadline, last_day
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.results import Followed, Loop, Trajectory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cx_maturity.model import Action, Outcome, Target, Wave
    from cx_maturity.results import Change, Measure, Scorecard


def loop(waves: Sequence[Wave], card: Scorecard) -> Loop | None:
    """
    Follow the actions of the waves before the scored one, and the targets that stand.

    None where there is neither an action that was still open nor a target.
    """
    now = card.wave
    before = [wave for wave in waves if (wave.date, wave.id) < (now.date, now.id)]
    followed = _Following([*before, now]).all()
    targets = _standing(before, now)
    if not followed and not targets:
        return None
    closed = sum(found.is_closed for found in followed)
    return Loop(
        followed,
        due=sum(found.is_due or found.is_closed for found in followed),
        closed=closed,
        trajectories=_trajectories(targets, waves, card),
    )


# --- actions -----------------------------------------------------------------


class _Following:
    """Follows actions through *waves*, in order; the last is the one that is scored."""

    def __init__(self, waves: Sequence[Wave]) -> None:
        self.waves = waves
        self._compared: dict[tuple[int, int], Mapping[str, Change]] = {}

    def all(self) -> tuple[Followed, ...]:
        """Return every action of an earlier wave that is open, or of which this wave tells."""
        found = [
            self._followed(place, action)
            for place, wave in enumerate(self.waves[:-1])
            for action in wave.actions
        ]
        return tuple(filter(None, found))

    def _followed(self, decided: int, action: Action) -> Followed | None:
        told = [
            (place, outcome)
            for place in range(decided + 1, len(self.waves))
            for outcome in self.waves[place].outcomes
            if outcome.action == action.id
        ]
        at, outcome = told[-1] if told else (len(self.waves), None)
        last = len(self.waves) - 1
        if at < last and self._is_closed(decided, action, outcome, range(at, last)):
            return None
        wave = self.waves[decided]
        change = self._change(decided, last, action)
        return Followed(
            action,
            wave.id,
            outcome,
            is_due=deadline(action, wave) <= self.waves[last].date,
            earlier=change.earlier if change else None,
            later=change.later if change else None,
            verdict=change.verdict if change else None,
            is_closed=self._is_closed(decided, action, outcome, range(at, last + 1)),
        )

    def _is_closed(
        self, decided: int, action: Action, outcome: Outcome | None, since: range
    ) -> bool:
        """Tell whether an action was dropped, or done and measured again *since*."""
        if outcome is None or outcome.done not in {"yes", "dropped"}:
            return False
        if outcome.done == "dropped" or outcome.value:
            return True
        changes = (self._change(decided, place, action) for place in since)
        return any(change is not None and _is_measured(change) for change in changes)

    def _change(self, decided: int, later: int, action: Action) -> Change | None:
        """Return how an action's capability changed, None where it cannot be compared."""
        if action.capability is None:
            return None
        if (decided, later) not in self._compared:
            moved = movement([self.waves[decided]], self.waves[later])
            self._compared[decided, later] = moved.changes if moved else {}
        return self._compared[decided, later].get(action.capability)


def _is_measured(change: Change) -> bool:
    """Tell whether a capability has a score in both waves, one that may not be shown too."""
    if change.difference is not None:
        return True
    return all(side.score is not None or side.n for side in (change.earlier, change.later))


# --- targets -----------------------------------------------------------------


def _standing(before: Sequence[Wave], now: Wave) -> list[tuple[Target, Wave]]:
    """
    Return the targets that stand at *now*, each with the wave that set it.

    One stands until a later wave sets another for its measure, and is told of for the last time
    in the first wave on its day or after it.
    """
    found: dict[str, tuple[Target, Wave]] = {}
    reached: date | None = None
    for wave in [*before, now]:
        if wave.questionnaire.id != now.questionnaire.id:
            continue
        found = {name: one for name, one in found.items() if not _is_past(one[0], reached)}
        found.update({target.measure: (target, wave) for target in wave.targets})
        reached = wave.date
    known = _measures(now)
    top = len(now.questionnaire.levels)
    return [
        found[name]
        for name in known
        if name in found and (found[name][0].level is None or (found[name][0].level or 0) <= top)
    ]


def _is_past(target: Target, day: date | None) -> bool:
    return bool(target.by and day and last_day(target.by, target.known) <= day)


def _measures(wave: Wave) -> list[str]:
    """Return the ids of all measures, the overall first."""
    parts = wave.questionnaire.dimensions
    below = [name for part in parts for name in (part.id, *(c.id for c in part.capabilities))]
    return [OVERALL, *below]


def _trajectories(
    targets: Sequence[tuple[Target, Wave]], waves: Sequence[Wave], card: Scorecard
) -> tuple[Trajectory, ...]:
    if not targets:
        return ()
    known = history(waves, card.wave)
    measures = {OVERALL: card.overall, **card.dimensions, **card.capabilities}
    return tuple(
        _trajectory(
            target,
            decided,
            card.wave,
            measures.get(target.measure),
            [
                (wave.date, score)
                for wave, found in known
                if target.measure in found and (score := found[target.measure].score) is not None
            ],
        )
        for target, decided in targets
    )


def _trajectory(
    target: Target,
    decided: Wave,
    now: Wave,
    measure: Measure | None,
    scores: Sequence[tuple[date, Fraction]],
) -> Trajectory:
    foretold, reason = None, ""
    if measure is None or measure.score is None:
        reason = "no-score"
    elif target.by is None:
        reason = "no-date"
    elif _is_past(target, now.date):
        reason = "past"
    else:
        first = scores[0][0] if scores else now.date
        points = [(Fraction((day - first).days) / YEAR, score) for day, score in scores]
        ahead = (last_day(target.by, target.known) - first).days
        foretold, reason = forecast(points, Fraction(ahead) / YEAR)
    return Trajectory(
        target,
        _goal(target, now),
        tuple(scores),
        is_met=_is_met(target, measure),
        forecast=foretold,
        reason=reason,
        decided=decided.id,
    )


def _goal(target: Target, now: Wave) -> Fraction | None:
    """Return the score that reaches a target, None for a staged level, which none reaches."""
    if target.level is None:
        return target.score
    return None if now.questionnaire.staged else now.questionnaire.levels[target.level - 1].start


def _is_met(target: Target, measure: Measure | None) -> bool:
    """Tell whether the exact score, or the gated level, is where it should be."""
    if measure is None:
        return False
    if target.level is not None:
        return (measure.gated_level or 0) >= target.level
    return measure.score is not None and target.score is not None and measure.score >= target.score
