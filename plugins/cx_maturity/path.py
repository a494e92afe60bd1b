"""The shortest path: the least-effort lifts that take the gated level to the next, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cx_maturity.results import Path, Scorecard


def shortest_path(card: Scorecard, goal: int | None = None) -> Path | None:
    """Return the least-effort lifts to level *goal*, the next when None."""
    _ = card, goal
    return None
