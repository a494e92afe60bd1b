"""
Lay scores out on one axis: levels, peers, the own marks, a gate, and their words.

Where the names have lanes of their own, one row holds everything; on a phone a
row is a lane of words above a lane of marks, so that no line crosses a text.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from cx_maturity.charts.layout import Page
from cx_maturity.charts.lettering import lines, neat, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.charts.frame import Row, Rows
    from cx_maturity.charts.pictures import Gate, Line, Strip, Zone
    from cx_maturity.charts.sheets import Sheet, StripSheet

_RAMP = 7.0
_DASH = "–"
# Pixels between two numbers on the axis.
_TICKS_APART = 30


def strip(picture: Strip, sheet: StripSheet) -> Rows:
    """Lay out scores on one axis; a gate stands in the first row."""
    shown = any(line.median is not None or line.quartiles for line in picture.lines)
    if shown and picture.peers_kind is None:
        raise ValueError("peers are drawn, but peers_kind does not say of which kind they are")
    page = Page(sheet)
    page.y, page.shared = _levels(picture.zones, picture.score_head, picture.level_head, sheet)
    top = page.y
    for index, line in enumerate(picture.lines):
        gate = None if index else picture.gate
        if sheet.stacked:
            _lay_stacked_line(page, picture, line, gate)
        else:
            _lay_line(page, picture, line, gate)
    if not sheet.stacked:
        _lay_zones(page, picture.zones, top, page.y)
        if picture.needed is not None:
            page.add("gate", picture.needed, top - _RAMP, page.y + 3)
    _lay_axis(page, picture)
    return page.finish()


@lru_cache(maxsize=64)
def _levels(
    zones: tuple[Zone, ...], score_head: str, level_head: str, sheet: StripSheet
) -> tuple[float, Mapping[str, tuple[Row, ...]]]:
    """Name the levels above their ramp; a phone shows short names and the reached one."""
    page = Page(sheet)
    if sheet.stacked:
        _lay_reached(page, zones)
    named = [(zone, _level_name(page, zone)) for zone in zones]
    bottom = page.y + max(len(said) for _, said in named) * page.axis_line
    for zone, said in named:
        middle = bottom - len(said) / 2 * page.axis_line
        kind = "reached" if zone.reached else "plain"
        at = (zone.start + zone.end) / 2
        page.write("level", at, said=said, middle=middle, step=page.axis_line, kind=kind)
    heads = {} if sheet.stacked else {"score": score_head, "level": level_head}
    for kind, head in heads.items():
        if head:
            page.add("head", bottom - page.axis_line / 2, text=neat(head), kind=kind)
    page.y = bottom + 3 + _RAMP
    for zone in zones:
        page.add("ramp", zone.start, zone.end, page.y - _RAMP / 2, kind=f"r{zone.shade}")
    return page.y + (8 if sheet.stacked else 0), page.share()


def _lay_reached(page: Page[StripSheet], zones: Sequence[Zone]) -> None:
    """Name the reached level in full above its number, inside the page."""
    for zone in zones:
        if zone.reached:
            name = neat(zone.title.removeprefix(zone.short)) or neat(zone.title)
            title = lines(name, page.sheet.width, page.sheet.axis, bold=True, most=1)
            half = width(title[0], page.sheet.axis, bold=True) / 2 / _point(page.sheet)
            at = min(max((zone.start + zone.end) / 2, half), max(100 - half, half))
            page.write("level", at, said=title, middle=page.axis_line / 2, kind="reached")
            page.y = page.axis_line


def _level_name(page: Page[StripSheet], zone: Zone) -> tuple[str, ...]:
    """Choose the longest name that needs no broken word; none where a zone is too narrow."""
    sheet = page.sheet
    room = (zone.end - zone.start) * _point(sheet)
    names = (zone.short,) if sheet.stacked else (zone.title, zone.short)
    for name in map(neat, names):
        said = lines(name, room, sheet.axis, bold=zone.reached, most=2)
        if " ".join(said) == name:
            return said
    return ()


def _point(sheet: Sheet) -> float:
    """Return the pixels of one point of the score."""
    return (sheet.plot[1] - sheet.plot[0]) / 100


def _lay_line(page: Page[StripSheet], picture: Strip, line: Line, gate: Gate | None) -> None:
    """Lay out a row with its name to the left and its figures to the right."""
    sheet, top = page.sheet, page.y
    size = "strong" if line.strong else "plain"
    said = lines(neat(line.label), sheet.label_room, sheet.label, bold=line.strong)
    missing = _missing(line, sheet.plot[1] - sheet.plot[0] - 16, sheet.axis)
    least = sheet.strong_row if line.strong else sheet.row
    height = max(least, len(said) * sheet.line + 10, len(missing) * page.axis_line + 12)
    middle = top + height / 2
    page.y = top + height
    if gate:
        _lay_gate(page, gate, line, top, middle)
    page.write("label", said=said, middle=middle, step=sheet.line, kind=size)
    if line.score is not None and line.score_text:
        page.add("score", sheet.score_end, middle, text=neat(line.score_text))
    room = sheet.cell[0] - sheet.range_at
    spread = lines(neat(line.interval_text), room, sheet.axis, most=2)
    page.write("range", said=spread, middle=middle, step=page.axis_line)
    _lay_cell(page, line, middle)
    _lay_marks(page, picture, line, middle)
    if missing:
        page.add("blank", top + 2, page.y - 2)
        page.write("missing", said=missing, middle=middle, step=page.axis_line)


def _lay_stacked_line(
    page: Page[StripSheet], picture: Strip, line: Line, gate: Gate | None
) -> None:
    """Lay out a row in two lanes: name and figures, and the marks below."""
    sheet = page.sheet
    middle = page.y + sheet.line / 2
    room = sheet.range_at
    if line.interval_text:
        interval = neat(line.interval_text)
        page.add("range", middle, text=interval)
        room -= width(interval, sheet.axis) + 4
    if line.score is not None and line.score_text:
        score = neat(line.score_text)
        page.add("score", room, middle, text=score)
        room -= width(score, sheet.label, bold=True) + 8
    _lay_cell(page, line, middle)
    said = lines(neat(line.label), room, sheet.label, bold=True)
    page.write(
        "label", said=said, middle=middle + (len(said) - 1) / 2 * sheet.line, step=sheet.line
    )
    page.y += max(len(said), 1) * sheet.line + 3
    missing = _missing(line, sheet.width, sheet.axis)
    for text in missing:
        page.add("missing", page.y + page.axis_line / 2, text=text)
        page.y += page.axis_line
    if not missing:
        _lay_lane(page, picture, line, gate)
    page.y += 10


def _missing(line: Line, room: float, size: float) -> tuple[str, ...]:
    """Break into lines what stands in place of the marks; nothing where there are marks."""
    return () if line.score is not None else lines(neat(line.missing_text), room, size)


def _lay_lane(page: Page[StripSheet], picture: Strip, line: Line, gate: Gate | None) -> None:
    """Lay out a phone's lane of marks, with the zones behind it."""
    top = page.y
    height = page.sheet.strong_row if line.strong else page.sheet.row
    page.y = top + height
    if gate:
        _lay_gate(page, gate, line, top, top + height / 2)
    _lay_zones(page, picture.zones, top, page.y)
    if picture.needed is not None:
        page.add("gate", picture.needed, top - 3, page.y + 3)
    _lay_marks(page, picture, line, top + height / 2)


def _lay_zones(page: Page[StripSheet], zones: Sequence[Zone], top: float, bottom: float) -> None:
    """Shade every other level, with a hairline at each border."""
    for index, zone in enumerate(zones):
        if index % 2 == 0:
            page.add("zone", zone.start, zone.end, top, bottom)
    for at in sorted({edge for zone in zones for edge in (zone.start, zone.end)}):
        page.add("edge", at, top, bottom)


def _lay_gate(page: Page[StripSheet], gate: Gate, line: Line, top: float, middle: float) -> None:
    """Close the zone behind *gate* and say why; the row may grow."""
    sheet, step = page.sheet, page.axis_line
    said, where = _gate_words(page, gate, line)
    height = len(said) * step
    if where == "beside":
        page.write("words", 100, said=said, middle=middle, step=step)
    else:
        start = middle + sheet.median[1] / 2 + 4
        at = gate.at if where == "before" else 100
        page.write("words", at, said=said, middle=start + height / 2, step=step)
        page.y = max(page.y, start + height + 4)
    page.add("closed", gate.at, 100, top, page.y)
    page.add("gate", gate.at, top - 3 if sheet.stacked else top - _RAMP, page.y + 3)


def _gate_words(page: Page[StripSheet], gate: Gate, line: Line) -> tuple[tuple[str, ...], str]:
    """Choose the words of *gate*, and whether they stand beside the marks, below or before it."""
    sheet, point = page.sheet, _point(page.sheet)
    below = (100 - gate.at) * point - 16
    beside = (100 - max(gate.at, *_ends(line))) * point - 24
    choices = (
        (gate.words, "beside", beside, 2),
        (gate.words, "below", below, 2),
        (gate.short_words, "beside", beside, 2),
        (gate.short_words, "below", below, 2),
        (gate.words, "below", below, 4),
        (gate.short_words, "below", below, 4),
    )
    for words, where, room, most in choices:
        said = lines(neat(words), room, sheet.axis, most=most)
        if " ".join(said) == neat(words):
            return said, where
    before = gate.at * point - 16
    where = "below" if below > before else "before"
    return lines(neat(gate.short_words), max(below, before), sheet.axis), where


def _ends(line: Line) -> list[float]:
    """Return how far each mark of *line* reaches."""
    reaches = [mark[1] for mark in (line.quartiles, line.interval, line.allowed) if mark]
    return reaches + [at for at in (line.score, line.median, 0.0) if at is not None]


def _lay_cell(page: Page[StripSheet], line: Line, middle: float) -> None:
    if line.score is None or line.level_text:
        kind = "none" if line.shade is None else f"r{line.shade}"
        left, right = page.sheet.cell
        said = lines(neat(line.level_text) or _DASH, right - left, page.sheet.label, bold=True)
        page.add("cell", middle, text=said[0], kind=kind)
        if kind == "none":
            page.add("empty", middle)


def _lay_marks(page: Page[StripSheet], picture: Strip, line: Line, y: float) -> None:
    size = "strong" if line.strong else "plain"
    if line.quartiles:
        page.add("band", *line.quartiles, y, kind=f"{picture.peers_kind} {size}")
    if line.median is not None:
        page.add("median", line.median, y, kind=size)
    if line.score is None:
        return
    if line.allowed:
        page.add("allowed", *line.allowed, y)
    if line.interval:
        page.add("interval", *line.interval, y, kind=size)
    page.add("own", line.score, y, kind=size)


def _lay_axis(page: Page[StripSheet], picture: Strip) -> None:
    """Write the axis and stamp it."""
    sheet = page.sheet
    # After a phone's last lane the gap for a next one is there already.
    y = page.y + page.axis_line / 2 + (-4 if sheet.stacked else 6)
    for at in _ticks(picture.zones, _point(sheet)):
        kind = {0.0: "start", 100.0: "end"}.get(at, "middle") if sheet.stacked else "middle"
        page.add("tick", at, y, text=f"{at:g}", kind=kind)
    page.y = y + page.axis_line / 2 + 1
    page.stamp(picture.stamp, y)


def _ticks(zones: Sequence[Zone], point: float) -> list[float]:
    """Choose the borders of the levels where they are whole and apart, else every twenty."""
    borders = sorted({0.0, 100.0} | {zone.start for zone in zones})
    if all(at == int(at) for at in borders) and all(
        (end - start) * point >= _TICKS_APART for start, end in pairwise(borders)
    ):
        return borders
    return [float(at) for at in range(0, 101, 20)]
