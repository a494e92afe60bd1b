"""Lay out what lies behind scores on one axis: levels with their names, zones, numbers."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from cx_maturity.charts.layout import Page, S
from cx_maturity.charts.lettering import lines, neat, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.charts.frame import Row
    from cx_maturity.charts.pictures import Zone
    from cx_maturity.charts.sheets import Sheet

RAMP = 7.0
# Pixels between two numbers on the axis.
_TICKS_APART = 30


@lru_cache(maxsize=64)
def levels(
    zones: tuple[Zone, ...],
    heads: tuple[tuple[str, str], ...],
    sheet: Sheet,
    *,
    alike: bool = False,
) -> tuple[float, Mapping[str, tuple[Row, ...]]]:
    """
    Name the levels above their ramp, with *heads* by kind; return where the rows start.

    A phone shows no heads, short names and the one of the level reached.  So does every sheet
    where names are to be *alike* and one of them has no room.
    """
    page = Page(sheet)
    short = sheet.stacked or (alike and not all(_has_room(sheet, zone) for zone in zones))
    if short:
        _lay_reached(page, zones)
    named = [(zone, _level_name(page, zone, short=short)) for zone in zones]
    bottom = page.y + max(len(said) for _, said in named) * page.axis_line
    for zone, said in named:
        middle = bottom - len(said) / 2 * page.axis_line
        kind = "reached" if zone.reached else "plain"
        at = (zone.start + zone.end) / 2
        page.write("level", at, said=said, middle=middle, step=page.axis_line, kind=kind)
    for kind, head in () if sheet.stacked else heads:
        if head:
            page.add("head", bottom - page.axis_line / 2, text=neat(head), kind=kind)
    page.y = bottom + 3 + RAMP
    for zone in zones:
        page.add("ramp", zone.start, zone.end, page.y - RAMP / 2, kind=f"r{zone.shade}")
    return page.y + (8 if sheet.stacked else 0), page.share()


def _lay_reached(page: Page[Sheet], zones: Sequence[Zone]) -> None:
    """Name the reached level in full above its number, inside the page."""
    for zone in zones:
        if zone.reached:
            name = neat(zone.title.removeprefix(zone.short)) or neat(zone.title)
            room = page.sheet.plot[1] - page.sheet.plot[0]
            title = lines(name, room, page.sheet.axis, bold=True, most=1)
            half = width(title[0], page.sheet.axis, bold=True) / 2 / per_point(page.sheet)
            at = min(max((zone.start + zone.end) / 2, half), max(100 - half, half))
            page.write("level", at, said=title, middle=page.axis_line / 2, kind="reached")
            page.y = page.axis_line


def _has_room(sheet: Sheet, zone: Zone) -> bool:
    """Tell whether the name of a level fits on one line."""
    room = (zone.end - zone.start) * per_point(sheet)
    return width(neat(zone.title), sheet.axis, bold=zone.reached) <= room


def _level_name(page: Page[Sheet], zone: Zone, *, short: bool) -> tuple[str, ...]:
    """Choose the longest name that needs no broken word; none where a zone is too narrow."""
    sheet = page.sheet
    room = (zone.end - zone.start) * per_point(sheet)
    names = (zone.short,) if short else (zone.title, zone.short)
    for name in map(neat, names):
        said = lines(name, room, sheet.axis, bold=zone.reached, most=2)
        if " ".join(said) == name:
            return said
    return ()


def per_point(sheet: Sheet) -> float:
    """Return the pixels of one point of the score."""
    return (sheet.plot[1] - sheet.plot[0]) / 100


def lay_zones(page: Page[S], zones: Sequence[Zone], top: float, bottom: float) -> None:
    """Shade every other level, with a hairline at each border."""
    for index, zone in enumerate(zones):
        if index % 2 == 0:
            page.add("zone", zone.start, zone.end, top, bottom)
    for at in sorted({edge for zone in zones for edge in (zone.start, zone.end)}):
        page.add("edge", at, top, bottom)


def lay_axis(page: Page[S], zones: Sequence[Zone]) -> float:
    """Write the axis below the rows; return the middle of its numbers."""
    sheet = page.sheet
    # After a phone's last lane the gap for a next one is there already.
    y = page.y + page.axis_line / 2 + (-4 if sheet.stacked else 6)
    for at in _ticks(zones, per_point(sheet)):
        kind = {0.0: "start", 100.0: "end"}.get(at, "middle") if sheet.stacked else "middle"
        page.add("tick", at, y, text=f"{at:g}", kind=kind)
    page.y = y + page.axis_line / 2 + 1
    return y


def _ticks(zones: Sequence[Zone], point: float) -> list[float]:
    """Choose the borders of the levels where they are whole and apart, else every twenty."""
    borders = sorted({0.0, 100.0} | {zone.start for zone in zones})
    if all(at == int(at) for at in borders) and all(
        (end - start) * point >= _TICKS_APART for start, end in pairwise(borders)
    ):
        return borders
    return [float(at) for at in range(0, 101, 20)]
