"""Lay a stair of scores out: what is said beside each mark, and the line from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.charts.ground import per_point
from cx_maturity.charts.lettering import neat, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.charts.layout import Page
    from cx_maturity.charts.pictures import Line, Range, Strip
    from cx_maturity.charts.sheets import StripSheet

# Pixels between a mark and its words, as drawn, and between these and a gate.
_BESIDE = 7.0
_CLEAR = 3.0
_TOP = 100.0


def lay_spot(
    page: Page[StripSheet], picture: Strip, index: int, y: float, gate: float | None
) -> Range | None:
    """
    Write the words of an own mark beside it; return from where to where they stand.

    To its right, else to the left of where its step starts; where neither is free of the levels'
    borders, at least off a *gate*.
    """
    line, sheet, point = picture.lines[index], page.sheet, per_point(page.sheet)
    if line.score is None or not line.mark_text:
        return None
    text = neat(line.mark_text)
    room = width(text, sheet.label, bold=True) / point
    radius, away, clear = sheet.diamond[line.strong] / point, _BESIDE / point, _CLEAR / point
    before = _before(picture, index)
    reach = [line.score] if before is None else sorted((before, line.score))
    right = _TOP + max(0.0, sheet.score_end - sheet.plot[1]) / point
    free = [("right", reach[-1] + radius), ("left", reach[0] - radius)]
    off = free if gate is None else [*free, ("right", gate)]
    gates = [] if gate is None else [gate]
    edges = [edge for zone in picture.zones for edge in (zone.start, zone.end)]
    # Behind a gate stands only what is behind it.
    least, most = (gate or 0.0, right) if line.score >= (gate or 0.0) else (0.0, gate or right)
    # Where nothing is free they stay at least inside.
    last = ("right", right - away - room)
    whole = (0.0, right)
    choices: list[tuple[list[tuple[str, float]], list[float], Range]] = [
        (free, edges, (least, most)),
        (off, gates, whole),
        ([last], [], whole),
    ]
    for sides, borders, (low, high) in choices:
        for side, at in sides:
            start = at + away if side == "right" else at - away - room
            end = start + room
            if start < low or end > high + clear:
                continue
            if all(end < border - clear or start > border + clear for border in borders):
                page.add("spot", at, y, text=text, kind=side)
                return start, end
    return None


def _before(picture: Strip, index: int) -> float | None:
    """Return the score that a line's step starts from."""
    scores = [line.score for line in picture.lines[:index] if line.score is not None]
    return scores[-1] if picture.stair and scores else None


def lay_stair(page: Page[StripSheet], lines: Sequence[Line]) -> None:
    """
    Join each mark with the one before: down to its row, then across.

    Where names stand between the rows, and where a row has no mark, the line starts anew at the
    top of its row.
    """
    sheet = page.sheet
    rows = iter([numbers for _, numbers, _ in page.rows["own"]])
    before: tuple[float, float] | None = None
    is_next = False
    for line in lines:
        if line.score is None:
            is_next = False
            continue
        at, y = next(rows)
        if before is not None:
            start, top = before
            if sheet.stacked or not is_next:
                top = y - (sheet.strong_row if line.strong else sheet.row) / 2
            page.add("riser", start, top, y)
            if start != at:
                page.add("tread", *sorted((start, at)), y)
        before, is_next = (at, y), True
