"""Conditions on what was decided, what became of it, and how peers moved."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.advising.facts import POINTS, Fired, Given, number
from cx_maturity.reading.edition import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.advising.facts import Facts, Tried
    from cx_maturity.editions import Edition, Peers


def effort_before_basics(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire where so much effort is of one kind while a measure is at a low level."""
    actions = facts.card.wave.actions
    effort = sum(action.effort for action in actions)
    if not effort:
        return "no-plan"
    some = [m for name in facts.named(given["measure"]) if (m := facts.measure(name))]
    known = [(m.level, m.score, m.id) for m in some if m.level and m.score is not None]
    if not known:
        return "no-score"
    low = [name for level, _, name in sorted(known) if level <= number(given, "level")]
    share = Fraction(sum(a.effort for a in actions if a.kind == given["effort"]), effort)
    if not low or share < number(given, "at-least"):
        return []
    numbers: dict[str, Given] = {
        "share": share, "actions": len(actions), "at": int(number(given, "level")),
    }  # fmt: skip
    return [Fired(tuple(low), numbers, share)]


def loops_open(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire where too few of the actions that are due are closed."""
    loop = facts.advice.loop
    if loop is None:
        return "no-earlier-plan"
    if loop.due < number(given, "due") or loop.closed >= number(given, "under") * loop.due:
        return []
    open_ = 1 - Fraction(loop.closed, loop.due)
    return [Fired((), {"due": loop.due, "closed": loop.closed}, open_)]


def peers_rise(facts: Facts, given: Mapping[str, Given]) -> Tried:
    """Fire where the peers moved and the organisation did not, as far as can be told."""
    if facts.movement is None:
        return "no-second-wave"
    peers = facts.comparison.peers
    if peers is None:
        return "no-peers"
    older = _edition_before(peers, facts.editions)
    if older is None:
        return "no-second-edition"
    found, known = [], False
    for name in facts.named(given["measure"]):
        change = facts.movement.changes.get(name)
        medians = [
            cell.quantiles.get(50) if (cell := e.cells.get((peers.segment.id, name))) else None
            for e in (older, peers.edition)
        ]
        before, now = medians
        if change is None or change.verdict is None or before is None or now is None:
            continue
        known = True
        if change.verdict == "not distinguishable" and now - before >= number(given, "at-least"):
            numbers: dict[str, Given] = {
                "before": before, "now": now, "older": older.edition,
                "newer": peers.edition.edition, "n": len(facts.card.wave.respondents),
            }  # fmt: skip
            rise = Fraction(now - before, POINTS)
            found.append(Fired((name,), numbers, rise, change.difference))
    return found if known else "no-interval"


def _edition_before(peers: Peers, editions: Sequence[Edition]) -> Edition | None:
    """Return the newest edition before the peers' own that has the same segment."""

    def made(e: Edition) -> tuple[str, ...]:
        return (e.kind, e.questionnaire, e.version, e.subset, e.aggregate)

    own, segment = peers.edition, peers.segment
    before = [
        e
        for e in editions
        if made(e) == made(own)
        and in_order(e.edition) < in_order(own.edition)
        and any(
            (s.id, s.industry, s.country) == (segment.id, segment.industry, segment.country)
            for s in e.segments
        )
    ]
    return max(before, key=lambda e: (in_order(e.edition), e.id), default=None)
