"""
Compare a scorecard with its peers.

Peers are the deepest segment of the edition's tree that fits the organisation
and has figures.  Everything here is in points, 0-100.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from cx_maturity.editions import Comparison, Peers, Standing
from cx_maturity.reading.edition import in_order
from cx_maturity.reading.ledger import member_token
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cx_maturity.editions import Cell, Edition, Segment
    from cx_maturity.model import Organisation
    from cx_maturity.results import Measure, Scorecard

# Normal 97.5 % point, for the Wilson interval of a share.
_Z = 1.959964
_HAIR = 1e-9


def compare(card: Scorecard, organisation: Organisation, editions: Iterable[Edition]) -> Comparison:
    """Set *card* beside the edition that fits its questionnaire, version, subset and aggregate."""
    fitting = [edition for edition in editions if _fits(edition, card)]
    if not fitting:
        return Comparison(None, {})
    # Real participants before simulated ones, the newest edition first.
    edition = max(fitting, key=lambda e: (e.kind == "pooled", in_order(e.edition), e.id))
    path = list(_path(edition, organisation))
    segment = next((s for s in reversed(path) if (s.id, OVERALL) in edition.cells), None)
    if segment is None:
        return Comparison(None, {})
    nearer = tuple(path[path.index(segment) + 1 :])
    measures = {OVERALL: card.overall, **card.dimensions, **card.capabilities}
    standings = {
        name: _standing(measure, cell, is_panel=card.wave.is_panel)
        for name, measure in measures.items()
        if (cell := edition.cells.get((segment.id, name)))
    }
    n = edition.cells[segment.id, OVERALL].n
    is_member = member_token(organisation.id) in edition.members
    return Comparison(Peers(edition, segment, n, nearer, is_member), standings)


def _fits(edition: Edition, card: Scorecard) -> bool:
    q, wave = card.wave.questionnaire, card.wave
    return (edition.questionnaire, edition.version, edition.subset, edition.aggregate) == (
        q.id, q.version, wave.subset, q.aggregate,
    )  # fmt: skip


def _path(edition: Edition, organisation: Organisation) -> Iterator[Segment]:
    """Yield the segments that hold *organisation*, from the whole to the nearest."""
    parent = None
    while True:
        inside = [
            segment
            for segment in edition.segments
            if segment.parent == parent
            and segment.industry in {None, organisation.industry}
            and segment.country in {None, organisation.country}
        ]
        if not inside:
            return
        yield inside[0]
        parent = inside[0].id


def _standing(measure: Measure, cell: Cell, *, is_panel: bool) -> Standing:
    quantiles = cell.quantiles
    median = quantiles.get(50)
    quartiles = (quantiles[25], quantiles[75]) if {25, 75} <= quantiles.keys() else None
    if measure.score is None:
        return Standing(cell, median, quartiles, None, None)
    points = measure.score * 100
    return Standing(
        cell,
        median,
        quartiles,
        None if median is None else _word(measure, median, is_panel=is_panel),
        None if median is None else points - median,
        *_percentile(points, cell),
    )


def _word(measure: Measure, median: int, *, is_panel: bool) -> str:
    """
    Say above or below only when the whole range clears the median.

    For a panel the range is the interval; without one (too few people, or all of one
    mind) it is level with its peers.  For one person's answers it is what the missing
    ones allow, and complete answers are a point.
    """
    if is_panel and measure.interval is None:
        return "level with"
    bounds = measure.interval if is_panel else (measure.lowest, measure.highest)
    low, high = bounds or (measure.lowest, measure.highest)
    # A bound is a double: one that lies on the median may come out a hair beside it.
    if low * 100 - median > _HAIR:
        return "above"
    return "below" if median - high * 100 > _HAIR else "level with"


def _percentile(points: Fraction, cell: Cell) -> tuple[int | None, tuple[int, int] | None]:
    """
    Return the percentile and its Wilson interval at the cell's n, or None without deciles.

    Linear between published quantiles; the middle of a run of equal ones; 0 and
    100 stand for below the lowest and above the highest.
    """
    if 10 not in cell.quantiles:  # noqa: PLR2004 - deciles are published from 30 organisations
        return None, None
    # Whole numbers all the way, in parts of a point: fractions would take five times as long.
    at, parts = points.as_integer_ratio()
    known = [(q, value * parts) for q, value in sorted(cell.quantiles.items())]
    equal = [q for q, value in known if value == at]
    if equal:
        found = Fraction(equal[0] + equal[-1], 2)
    elif at < known[0][1]:
        return 0, None
    elif at > known[-1][1]:
        return 100, None
    else:
        (q0, v0), (q1, v1) = next(pair for pair in pairwise(known) if pair[0][1] < at < pair[1][1])
        found = q0 + Fraction((q1 - q0) * (at - v0), v1 - v0)
    low, high = wilson(float(found) / 100, cell.n)
    return half_up(found), (math.floor(low * 100 + 0.5), math.floor(high * 100 + 0.5))


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval (1927) of a *share* (0-1) seen in *n*."""
    z2 = _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def half_up(value: Fraction) -> int:
    """Round to a whole number, halves up."""
    return math.floor(value + Fraction(1, 2))
