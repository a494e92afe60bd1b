"""What was decided for a step of a capability, now or after an earlier wave, and by which day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.reading.plan import deadline, horizon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cx_maturity.model import Action, Text, Wave
    from cx_maturity.results import Followed, Loop, Path

_YEAR = timedelta(365)


class Decision(NamedTuple):
    """An action, the wave after which it was decided and, for an earlier one, what came of it."""

    action: Action
    wave: Wave
    followed: Followed | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still stands: decided now, or earlier and not closed."""
        return self.followed is None or not self.followed.is_closed

    @property
    def value(self) -> Text | None:
        """Where its number stands now, as far as was reported."""
        return self.followed.outcome.value if self.followed and self.followed.outcome else None

    @property
    def is_late(self) -> bool:
        """Whether it was to be done by now and is still open."""
        return self.followed is not None and self.is_open and self.followed.is_due


class Dated(NamedTuple):
    """The day for a step; *known* is how exactly it is meant: "day", "month" or "year"."""

    day: date
    known: str
    state: str  # "decided", "proposed" or "passed"


def decisions(
    waves: Sequence[Wave], now: Wave, loop: Loop | None, capability: str, start: int
) -> list[Decision]:
    """
    Return what was decided for the step of a capability from level *start*, newest first.

    *waves* are the organisation's, *now* the one that is scored, *loop* what became of what the
    earlier ones decided.
    """
    known = {wave.id: wave for wave in waves}
    earlier = [Decision(f.action, known[f.wave], f) for f in (loop.followed if loop else ())]
    found = [Decision(action, now) for action in now.actions] + earlier[::-1]
    return [d for d in found if (d.action.capability, d.action.start) == (capability, start)]


def day(now: Wave, decision: Decision | None, effort: int, years: int = 0) -> date:
    """
    Return the decided day where it is still ahead, else the one that the effort's horizon proposes.

    A capability is promised one level a year: each earlier step puts a proposal off by one.
    """
    if decision and not decision.is_late:
        return deadline(decision.action, decision.wave)
    return now.date + horizon(now, effort) + _YEAR * years


def dated(now: Wave, decision: Decision | None, effort: int, years: int = 0) -> Dated:
    """Return the day for a step, and whether it was decided, is proposed, or has passed."""
    if decision is None:
        return Dated(day(now, None, effort, years), now.known, "proposed")
    action, wave = decision.action, decision.wave
    if decision.followed is None and action.due is None:
        return Dated(deadline(action, wave), wave.known, "proposed")
    known = action.due_known if action.due else wave.known
    state = "passed" if decision.is_late else "decided"
    return Dated(action.due or deadline(action, wave), known, state)


class Calendar:
    """When the steps of one organisation's capabilities are to be done."""

    def __init__(self, waves: Sequence[Wave], now: Wave, loop: Loop | None) -> None:
        """Know what was decided in *waves* up to *now*, and what became of it."""
        self._of = (waves, now, loop)
        self._now = now
        self._efforts = {
            (capability.id, step.start): step.effort
            for dimension in now.questionnaire.dimensions
            for capability in dimension.capabilities
            for step in capability.steps
        }

    def ends(self, capability: str, start: int, years: int) -> date:
        """Return the day of a step that has *years* other steps of its capability before it."""
        found = decisions(*self._of, capability, start)
        standing = next((decision for decision in found if decision.is_open), None)
        return day(self._now, standing, self._efforts[capability, start], years)

    def last(self, path: Path) -> date:
        """Return the day of the last of a path's steps; it has one."""
        steps: dict[str, list[int]] = {}
        for lift in path.lifts:
            own = steps.setdefault(lift.capability, [])
            if lift.step not in own:
                own.append(lift.step)
        return max(self._last(name, own) for name, own in steps.items())

    def _last(self, capability: str, starts: Sequence[int]) -> date:
        return max(self.ends(capability, start, years) for years, start in enumerate(starts))

    def allows(self, by: date, capability: str, starts: Sequence[int]) -> bool:
        """Tell whether these steps of a capability, in ascending order, can all be done *by*."""
        return not starts or self._last(capability, starts) <= by
