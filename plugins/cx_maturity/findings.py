"""Which of the questionnaire's finding rules fire on a wave's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.editions import Comparison, Edition
    from cx_maturity.model import Organisation
    from cx_maturity.results import Advice, Finding, Movement, Scorecard


def findings(  # noqa: PLR0913 - a rule may ask for any of these
    organisation: Organisation,
    card: Scorecard,
    comparison: Comparison,
    movement: Movement | None,
    advice: Advice,
    editions: Sequence[Edition],
) -> tuple[Finding, ...]:
    """Return what fired: act before watch before note, else in the questionnaire's order."""
    _ = organisation, card, comparison, movement, advice, editions
    return ()
