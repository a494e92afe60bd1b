"""Which of the questionnaire's finding rules fire on a wave's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.advising.conditions import CONDITIONS
from cx_maturity.advising.facts import Facts
from cx_maturity.reading.rules import SEVERITIES
from cx_maturity.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cx_maturity.advising.facts import Fired
    from cx_maturity.editions import Comparison, Edition
    from cx_maturity.model import Rule
    from cx_maturity.results import Advice, Movement, Scorecard

# More than these nobody remembers of one page.
MOST = 5


def findings(
    card: Scorecard,
    comparison: Comparison,
    movement: Movement | None,
    advice: Advice,
    editions: Sequence[Edition],
) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """
    Return what fired, and of each rule that could not be tried, why not.

    Act before watch before note, the larger number first, else in the questionnaire's order.
    """
    facts = Facts(card, comparison, movement, advice, editions)
    fired: list[Finding] = []
    untried: dict[str, str] = {}
    for rule in card.wave.questionnaire.findings:
        found = CONDITIONS[rule.condition](facts, rule.given)
        if isinstance(found, str):
            untried[rule.id] = found
        else:
            fired += [_finding(card, rule, one) for one in found]
    fired.sort(key=lambda one: (SEVERITIES.index(one.rule.severity), -one.size))
    return tuple(fired), untried


def _finding(card: Scorecard, rule: Rule, fired: Fired) -> Finding:
    named = (fired.about, *fired.measures)
    return Finding(
        rule,
        fired.measures,
        fired.numbers,
        capability=next((name for name in named if name in card.capabilities), None),
        difference=fired.difference,
        size=fired.size,
    )


def for_board(found: Iterable[Finding], most: int = MOST) -> tuple[Finding, ...]:
    """
    Choose what the board's page shows of what fired, in the same order.

    Of every rule its strongest finding, and of every capability one: five times the same
    sentence would hide the other four.
    """
    shown: list[Finding] = []
    for one in found:
        rules = {other.rule.id for other in shown}
        capabilities = {other.capability for other in shown if other.capability}
        if one.rule.id not in rules and one.capability not in capabilities:
            shown.append(one)
    return tuple(shown[:most])
