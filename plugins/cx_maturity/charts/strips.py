"""
Lay scores out on one axis: levels, peers, the own marks, a gate, and their words.

Where the names have lanes of their own, one row holds everything; on a phone a
row is a lane of words above a lane of marks, so that no line crosses a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.charts.ground import RAMP, lay_axis, lay_zones, levels, per_point
from cx_maturity.charts.layout import Page
from cx_maturity.charts.lettering import lines, neat, width

if TYPE_CHECKING:
    from cx_maturity.charts.frame import Rows
    from cx_maturity.charts.pictures import Gate, Line, Range, Strip
    from cx_maturity.charts.sheets import StripSheet

_DASH = "–"
# Pixels between a target's words and any other mark.
_CLEAR = 3
# Half of the room that the mark of a part takes, pixels.
_BIT = 4.0
_TOP = 100.0


def strip(picture: Strip, sheet: StripSheet) -> Rows:
    """Lay out scores on one axis; a gate stands in the first row."""
    shown = any(line.median is not None or line.quartiles for line in picture.lines)
    if shown and picture.peers_kind is None:
        raise ValueError("peers are drawn, but peers_kind does not say of which kind they are")
    page = Page(sheet)
    heads = (("score", picture.score_head), ("level", picture.level_head))
    page.y, page.shared = levels(picture.zones, heads, sheet)
    top = page.y
    for index, line in enumerate(picture.lines):
        gate = None if index else picture.gate
        if sheet.stacked:
            _lay_stacked_line(page, picture, line, gate)
        else:
            _lay_line(page, picture, line, gate)
    if not sheet.stacked:
        lay_zones(page, picture.zones, top, page.y)
        if picture.needed is not None:
            page.add("gate", picture.needed, top - RAMP, page.y + 3)
    page.stamp(picture.stamp, lay_axis(page, picture.zones))
    return page.finish()


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
    aim = _lay_target(page, picture, line, middle, gate)
    if gate:
        _lay_gate(page, gate, line, (top, middle), aim)
    _lay_bits(page, line)
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
        _lay_gate(page, gate, line, (top, top + height / 2), None)
    names = _lay_bits(page, line)
    lay_zones(page, picture.zones, top, page.y)
    if picture.needed is not None:
        page.add("gate", picture.needed, top - 3, page.y + 3)
    _lay_target(page, picture, line, top + height / 2, gate)
    _lay_marks(page, picture, line, top + height / 2)
    for name in names:
        _lay_below(page, *name)


def _lay_target(
    page: Page[StripSheet], picture: Strip, line: Line, y: float, gate: Gate | None
) -> Range | None:
    """
    Lay out the way to a target and its words; return from where to where these stand.

    Beside the mark where nothing else is, otherwise below the marks: the row grows.
    """
    if line.target is None or line.score is None:
        return None
    sheet, size, point = page.sheet, "strong" if line.strong else "plain", per_point(page.sheet)
    page.add("way", *sorted((line.score, line.target)), y)
    page.add("target", line.target, y, kind=size)
    said = lines(
        neat(line.target_text), sheet.plot[1] - sheet.plot[0], sheet.axis, bold=True, most=1
    )
    if not said:
        return None
    gap = _CLEAR / point
    room = width(said[0], sheet.axis, bold=True) / point
    away = (sheet.diamond[1] + 5) / point
    borders = [at for at in (gate.at if gate else None, picture.needed) if at is not None]
    taken = [*_spans(line, sheet.diamond[1] / point), *((at, at) for at in borders)]
    places = {"right": line.target + away, "left": line.target - away - room}
    for side, start in places.items():
        end = start + room
        clear = all(right < start - gap or left > end + gap for left, right in taken)
        if not sheet.stacked and start >= 0 and end <= _TOP and clear:
            page.add("aim", line.target, y, text=said[0], kind=side)
            return start, end
    at = min(max(line.target, room / 2), 100 - room / 2)
    # A phone's zones end above it; elsewhere the row grows.
    start = page.y + 1 if sheet.stacked else y + sheet.median[1] / 2 + 4
    page.add("aim", at, start + page.axis_line / 2, text=said[0], kind="below")
    page.y = max(page.y, start + page.axis_line + (0 if sheet.stacked else 4))
    return at - room / 2, at + room / 2


def _lay_bits(page: Page[StripSheet], line: Line) -> list[tuple[float, str]]:
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
        _lay_below(page, *name)
    page.y += 6
    return []


def _lay_below(page: Page[StripSheet], at: float, name: str) -> None:
    """Write a name on a line of its own, as near below its mark as the plot allows."""
    sheet, point = page.sheet, per_point(page.sheet)
    said = lines(name, sheet.plot[1] - sheet.plot[0], sheet.axis, most=1)[0]
    half = width(said, sheet.axis) / 2 / point
    middle = page.y + page.axis_line / 2
    page.add("named", min(max(at, half), max(100 - half, half)), middle, text=said, kind="below")
    page.y += page.axis_line


def _spans(line: Line, radius: float) -> list[Range]:
    """Return from where to where each mark of *line* reaches."""
    reaches = [mark for mark in (line.quartiles, line.interval, line.allowed) if mark]
    marks = [at for at in (line.score, line.target) if at is not None]
    if line.median is not None:
        reaches.append((line.median, line.median))
    return [*reaches, (min(marks), max(marks)), *((at - radius, at + radius) for at in marks)]


def _lay_gate(
    page: Page[StripSheet], gate: Gate, line: Line, row: Range, aim: Range | None
) -> None:
    """
    Close the zone behind *gate* and say why, clear of the target's words at *aim*.

    *row* is where the row starts and its middle; it may grow.
    """
    sheet, step, (top, middle) = page.sheet, page.axis_line, row
    said, where = _gate_words(page, gate, line, aim)
    height = len(said) * step
    if where == "beside":
        page.write("words", 100, said=said, middle=middle, step=step)
    else:
        start = middle + sheet.median[1] / 2 + 4 + (step if aim else 0)
        at = gate.at if where == "before" else 100
        page.write("words", at, said=said, middle=start + height / 2, step=step)
        page.y = max(page.y, start + height + 4)
    page.add("closed", gate.at, 100, top, page.y)
    page.add("gate", gate.at, top - 3 if sheet.stacked else top - RAMP, page.y + 3)


def _gate_words(
    page: Page[StripSheet], gate: Gate, line: Line, aim: Range | None
) -> tuple[tuple[str, ...], str]:
    """Choose the words of *gate*, and whether they stand beside the marks, below or before it."""
    sheet, point = page.sheet, per_point(page.sheet)
    below = (100 - gate.at) * point - 16
    beside = (100 - max(gate.at, *_ends(line), aim[1] if aim else 0)) * point - 24
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
    return reaches + [at for at in (line.score, line.median, line.target, 0.0) if at is not None]


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
