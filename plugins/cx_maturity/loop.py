"""What became of what was decided, and whether targets are within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.model import Wave
    from cx_maturity.results import Loop, Scorecard


def loop(waves: Sequence[Wave], card: Scorecard) -> Loop | None:
    """Follow the actions of the waves before the scored one; None where none was decided."""
    _ = waves, card
    return None
