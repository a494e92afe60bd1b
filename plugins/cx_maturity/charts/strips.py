"""
Lay scores out on one axis: levels, peers, the own marks, a gate, and their words.

Where the names have lanes of their own, one row holds everything; on a phone a
row is a lane of words above a lane of marks, so that no line crosses a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.charts.bits import lay_below, lay_bits
from cx_maturity.charts.ground import RAMP, lay_axis, lay_zones, levels, per_point
from cx_maturity.charts.layout import Page
from cx_maturity.charts.lettering import lines, neat, width
from cx_maturity.charts.stairs import lay_spot, lay_stair

if TYPE_CHECKING:
    from cx_maturity.charts.frame import Rows
    from cx_maturity.charts.pictures import Gate, Line, Range, Strip
    from cx_maturity.charts.sheets import StripSheet

_DASH = "–"
# Pixels between a target's words and any other mark.
_CLEAR = 3
_TOP = 100.0


def strip(picture: Strip, sheet: StripSheet) -> Rows:
    """Lay out scores on one axis; a gate starts in the first row."""
    shown = any(line.median is not None or line.quartiles for line in picture.lines)
    if shown and picture.peers_kind is None:
        raise ValueError("peers are drawn, but peers_kind does not say of which kind they are")
    page = Page(sheet)
    heads = (("score", picture.score_head), ("level", picture.level_head))
    page.y, page.shared = levels(picture.zones, heads, sheet)
    top = end = page.y
    for index in range(len(picture.lines)):
        (_lay_stacked_line if sheet.stacked else _lay_line)(page, picture, index)
        end = page.y if index < picture.closed else end
    if not sheet.stacked:
        lay_zones(page, picture.zones, top, page.y)
        if picture.gate and end > top:
            page.add("closed", picture.gate.at, 100, top, end)
            page.add("gate", picture.gate.at, top - RAMP, end + 3)
    if picture.stair:
        lay_stair(page, picture.lines)
    page.stamp(picture.stamp, lay_axis(page, picture.zones))
    return page.finish()


def _lay_line(page: Page[StripSheet], picture: Strip, index: int) -> None:
    """Lay out a row with its name to the left and its figures to the right."""
    sheet, top, line = page.sheet, page.y, picture.lines[index]
    size = "strong" if line.strong else "plain"
    said = lines(neat(line.label), sheet.label_room, sheet.label, bold=line.strong)
    missing = _missing(line, sheet.plot[1] - sheet.plot[0] - 16, sheet.axis)
    least = (sheet.low_rows if picture.low else (sheet.row, sheet.strong_row))[line.strong]
    height = max(least, len(said) * sheet.line + 10, len(missing) * page.axis_line + 12)
    middle = top + height / 2
    page.y = top + height
    _lay_words(page, picture, index, middle)
    lay_bits(page, line)
    page.write("label", said=said, middle=middle, step=sheet.line, kind=size)
    if line.score is not None and line.score_text:
        page.add("score", sheet.score_end, middle, text=neat(line.score_text))
    room = sheet.cell[0] - sheet.range_at
    spread = lines(neat(line.interval_text), room, sheet.axis, most=2)
    page.write("range", said=spread, middle=middle, step=page.axis_line)
    _lay_cell(page, line, middle)
    _lay_marks(page, picture, line, middle)
    if (needed := _needed_of(picture, line)) is not None:
        page.add("gate", needed, top, page.y)
    if missing:
        page.add("blank", top + 2, page.y - 2)
        page.write("missing", said=missing, middle=middle, step=page.axis_line)


def _lay_stacked_line(page: Page[StripSheet], picture: Strip, index: int) -> None:
    """Lay out a row in two lanes: name and figures, and the marks below."""
    sheet, line = page.sheet, picture.lines[index]
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
        _lay_lane(page, picture, index)
    page.y += 10


def _needed_of(picture: Strip, line: Line) -> float | None:
    """Return the score that a line has to reach, where it falls short of it."""
    if picture.needed is None or line.score is None or line.score >= picture.needed:
        return None
    return picture.needed


def _missing(line: Line, room: float, size: float) -> tuple[str, ...]:
    """Break into lines what stands in place of the marks; nothing where there are marks."""
    return () if line.score is not None else lines(neat(line.missing_text), room, size)


def _lay_lane(page: Page[StripSheet], picture: Strip, index: int) -> None:
    """Lay out a phone's lane of marks, with the zones behind it."""
    top, line = page.y, picture.lines[index]
    height = page.sheet.strong_row if line.strong else page.sheet.row
    middle = top + height / 2
    page.y = top + height
    gate = _gate_of(picture, index)
    spot = lay_spot(page, picture, index, middle, gate)
    if not index:
        _lay_gate(page, picture, middle, None, spot)
    if gate is not None:
        page.add("closed", gate, 100, top, page.y)
        page.add("gate", gate, top - 3, page.y + 3)
    names = lay_bits(page, line)
    lay_zones(page, picture.zones, top, page.y)
    if (needed := _needed_of(picture, line)) is not None:
        page.add("gate", needed, top - 3, page.y + 3)
    _lay_target(page, picture, line, middle, gate)
    _lay_marks(page, picture, line, middle)
    for name in names:
        lay_below(page, *name)


def _lay_words(page: Page[StripSheet], picture: Strip, index: int, middle: float) -> None:
    """Write what stands beside marks: a target's words, a mark's own and those of a gate."""
    line, gate = picture.lines[index], _gate_of(picture, index)
    aim = _lay_target(page, picture, line, middle, gate)
    spot = lay_spot(page, picture, index, middle, gate)
    if not index:
        _lay_gate(page, picture, middle, aim, spot)


def _gate_of(picture: Strip, index: int) -> float | None:
    """Return where a line is closed."""
    return picture.gate.at if picture.gate and index < picture.closed else None


def _lay_target(
    page: Page[StripSheet], picture: Strip, line: Line, y: float, gate: float | None
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
    borders = [at for at in (gate, _needed_of(picture, line)) if at is not None]
    taken = [*_spans(line, sheet.diamond[1] / point), *((at, at) for at in borders)]
    places = {"right": line.target + away, "left": line.target - away - room}
    for side, start in places.items():
        end = start + room
        clear = all(right < start - gap or left > end + gap for left, right in taken)
        if not sheet.stacked and start >= 0 and end <= _TOP and clear:
            page.add("aim", line.target, y, text=said[0], kind=side)
            return start, end
    at = min(max(line.target, room / 2), 100 - room / 2)
    for border in borders:
        if abs(border - at) < room / 2 + gap:
            beside = (border - gap - room / 2, border + gap + room / 2)
            at = next((each for each in beside if room / 2 <= each <= _TOP - room / 2), at)
    # A phone's zones end above it; elsewhere the row grows.
    start = page.y + 1 if sheet.stacked else y + sheet.median[1] / 2 + 4
    page.add("aim", at, start + page.axis_line / 2, text=said[0], kind="below")
    page.y = max(page.y, start + page.axis_line + (0 if sheet.stacked else 4))
    return at - room / 2, at + room / 2


def _spans(line: Line, radius: float) -> list[Range]:
    """Return from where to where each mark of *line* reaches."""
    reaches = [mark for mark in (line.quartiles, line.interval, line.allowed) if mark]
    marks = [at for at in (line.score, line.target) if at is not None]
    if line.median is not None:
        reaches.append((line.median, line.median))
    return [*reaches, (min(marks), max(marks)), *((at - radius, at + radius) for at in marks)]


def _lay_gate(
    page: Page[StripSheet], picture: Strip, middle: float, aim: Range | None, spot: Range | None
) -> None:
    """
    Say in the first row why the zone behind a gate is closed, clear of the words there.

    The row, with the marks at its *middle*, may grow.
    """
    gate, line = picture.gate, picture.lines[0]
    if gate is None:
        return
    sheet, step = page.sheet, page.axis_line
    ends = [*_ends(line), *(words[1] for words in (aim, spot) if words)]
    # The next step starts below this mark.
    start = gate.at if line.score is None or not picture.stair else max(gate.at, line.score)
    said, where = _gate_words(page, gate, max(gate.at, *ends), start)
    height = len(said) * step
    if where == "beside":
        page.write("words", 100, said=said, middle=middle, step=step)
    else:
        start = middle + sheet.median[1] / 2 + 4 + (step if aim else 0)
        at = gate.at if where == "before" else 100
        page.write("words", at, said=said, middle=start + height / 2, step=step)
        page.y = max(page.y, start + height + 4)


def _gate_words(
    page: Page[StripSheet], gate: Gate, end: float, start: float
) -> tuple[tuple[str, ...], str]:
    """
    Choose the words of *gate*, and whether they stand beside the marks, below or before it.

    The marks reach to *end*; below them it is free from *start*.
    """
    sheet, point = page.sheet, per_point(page.sheet)
    below = (100 - start) * point - 16
    beside = (100 - end) * point - (24 if end > gate.at else 16)
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
