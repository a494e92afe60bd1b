"""Lay the parts of a score out: small marks below its own, the outermost with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.charts.ground import per_point
from cx_maturity.charts.lettering import lines, neat, width

if TYPE_CHECKING:
    from cx_maturity.charts.layout import Page
    from cx_maturity.charts.pictures import Line
    from cx_maturity.charts.sheets import StripSheet

# Half of the room that the mark of a part takes, pixels.
_BIT = 4.0


def lay_bits(page: Page[StripSheet], line: Line) -> list[tuple[float, str]]:
    """
    Lay out the parts of a line below its marks, one above another where they would touch.

    The lowest and the highest are named beside their marks; where these have no room, below.
    Return the names that a phone has below its lane.
    """
    if line.score is None or not line.bits:
        return []
    sheet, point = page.sheet, per_point(page.sheet)
    lanes: list[float] = []  # where the last mark of each lane ends
    placed = []
    for bit in line.bits:
        free = (n for n, end in enumerate(lanes) if bit.at * point - _BIT > end)
        lane = next(free, len(lanes))
        lanes[lane : lane + 1] = [bit.at * point + _BIT]
        placed.append((bit, page.y - 4 + (lane + 0.5) * 2 * _BIT))
    for bit, y in placed:
        page.add("bit", bit.at, y)
    page.y += 2 * _BIT * len(lanes)
    below = []
    for index, (bit, y) in enumerate(placed):
        if not bit.text:
            continue
        side = "left" if index == 0 and len(placed) > 1 else "right"
        room = (bit.at if side == "left" else 100 - bit.at) * point - 7
        if sheet.stacked or width(neat(bit.text), sheet.axis) > room:
            below.append((bit.at, neat(bit.text)))
        else:
            page.add("named", bit.at, y, text=neat(bit.text), kind=side)
    if sheet.stacked:
        return below
    for name in below:
        lay_below(page, *name)
    page.y += 6
    return []


def lay_below(page: Page[StripSheet], at: float, name: str) -> None:
    """Write a name on a line of its own, as near below its mark as the plot allows."""
    sheet, point = page.sheet, per_point(page.sheet)
    said = lines(name, sheet.plot[1] - sheet.plot[0], sheet.axis, most=1)[0]
    half = width(said, sheet.axis) / 2 / point
    middle = page.y + page.axis_line / 2
    page.add("named", min(max(at, half), max(100 - half, half)), middle, text=said, kind="below")
    page.y += page.axis_line
