"""
Lay a picture out on a sheet: say what stands where, as rows.

Widths of texts are estimated (:mod:`~cx_maturity.charts.lettering`); a name too long
for its lane takes more lines and at last an ellipsis: the table beside each
chart has it in full.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from cx_maturity.charts.frame import PAGE
from cx_maturity.charts.lettering import lines, neat, width
from cx_maturity.charts.sheets import BarsSheet, GapsSheet, Sheet
from cx_maturity.charts.slots import SHADES, THIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.charts.frame import Row, Rows
    from cx_maturity.charts.pictures import Bar, Distribution, Gap, Gaps, Mini, Zone

S = TypeVar("S", bound=Sheet)

_STAMP = 21.0
# Pixels under which the gaps beside a part of a bar would leave too little of it.
_THIN = 4


class Page(Generic[S]):
    """A sheet that fills with rows; *y* is where the next thing starts."""

    def __init__(self, sheet: S) -> None:
        """Start at the top."""
        self.sheet = sheet
        self.rows: dict[str, list[Row]] = {name: [] for name in sheet.slots}
        self.shared: Mapping[str, tuple[Row, ...]] = {}  # from a page laid out before
        self.y = 0.0
        self.axis_line = 2.0 * ceil((sheet.axis + 3) / 2)  # even: rows meet on whole pixels

    def add(self, slot: str, *numbers: float, text: str | None = None, kind: str = "plain") -> None:
        """Add one mark."""
        self.rows[slot].append((kind, numbers, () if text is None else (text,)))

    def write(
        self,
        slot: str,
        *before: float,
        said: Iterable[str],
        middle: float,
        step: float = 0.0,
        kind: str = "plain",
    ) -> None:
        """Add lines of text around *middle*, *step* apart, each at the numbers *before*."""
        said = tuple(said)
        y = middle - (len(said) - 1) / 2 * step
        for index, text in enumerate(said):
            self.add(slot, *before, y + index * step, text=text, kind=kind)

    def stamp(self, stamp: str, y: float | None = None) -> None:
        """Stamp the picture in the corner, at *y* where there is room, else below everything."""
        if not stamp:
            return
        sheet = self.sheet
        text = lines(neat(stamp), sheet.width - 18, sheet.axis, bold=True, most=1)[0]
        room = ceil(width(text, sheet.axis, bold=True)) + 16
        if y is None or sheet.stacked or room > sheet.plot[0] - 20:
            y = self.y + 6 + ceil(_STAMP / 2)
        left = sheet.width - 0.5 - room if sheet.stacked else 0.5
        self.add("stamp", left, left + room / 2, left + room, y, text=text)
        self.y = max(self.y, y + ceil(_STAMP / 2))

    def finish(self) -> Rows:
        """Close the page at *y*."""
        self.add(PAGE, self.y)
        return {**self.rows, **self.shared}

    def share(self) -> Mapping[str, tuple[Row, ...]]:
        """Return what stands on the page so far, for others of the same start."""
        return {name: tuple(rows) for name, rows in self.rows.items() if rows}


# --- gaps ------------------------------------------------------------------------


class _Axis(NamedTuple):
    """The points at the ends of an axis of gaps."""

    low: float
    high: float

    def at(self, points: float) -> float:
        """Return where *points* are, as a share of the axis."""
        return (points - self.low) / (self.high - self.low)


def gaps(picture: Gaps, sheet: GapsSheet) -> Rows:
    """Lay out ways from the zero line, in the order given."""
    page = Page(sheet)
    axis = _Axis(*picture.reach)
    for points, text in picture.ticks:
        page.add("tick", axis.at(points), page.axis_line / 2, text=neat(text))
    page.y = page.axis_line + 2
    if not sheet.stacked:
        for points, _ in picture.ticks:
            page.add("grid", axis.at(points), page.y, page.y + 6)
        page.y += 6
    top = page.y
    for gap in picture.gaps:
        (_lay_stacked_gap if sheet.stacked else _lay_gap)(page, gap, axis)
    if not sheet.stacked:
        page.add("zero", axis.at(0), top - 6, page.y)
    page.stamp(picture.stamp)
    page.y += 1
    return page.finish()


def _lay_gap(page: Page[GapsSheet], gap: Gap, axis: _Axis) -> None:
    sheet = page.sheet
    bold = gap.kind != "level"
    said = lines(neat(gap.label), sheet.label_room, sheet.label, bold=bold)
    height = max(sheet.row, len(said) * sheet.line + 12)
    middle = page.y + height / 2
    page.write("label", said=said, middle=middle, step=sheet.line, kind=gap.kind)
    page.y += height
    page.add("line", page.y - 0.5)
    _lay_way(page, gap, axis, middle)


def _lay_stacked_gap(page: Page[GapsSheet], gap: Gap, axis: _Axis) -> None:
    sheet = page.sheet
    bold = gap.kind != "level"
    for text in lines(neat(gap.label), sheet.label_room, sheet.label, bold=bold):
        page.add("label", page.y + sheet.line / 2, text=text, kind=gap.kind)
        page.y += sheet.line
    page.add("zero", axis.at(0), page.y + 1, page.y + sheet.row - 1)
    _lay_way(page, gap, axis, page.y + sheet.row / 2)
    page.y += sheet.row + 9


def _lay_way(page: Page[GapsSheet], gap: Gap, axis: _Axis, y: float) -> None:
    at = axis.at(gap.points)
    aim = None if gap.target is None else axis.at(gap.target)
    side, beside, free = _beside(page.sheet, gap, at, aim)
    page.add("stem", *sorted((axis.at(0), at)), y, kind=gap.kind)
    if aim is not None:
        page.add("way", *sorted((free, aim)), y)
        page.add("target", aim, y)
    page.add("dot", at, y, kind=gap.kind)
    page.add("value", beside, y, text=neat(gap.text), kind=f"{gap.kind} {side}")


def _beside(sheet: GapsSheet, gap: Gap, at: float, aim: float | None) -> tuple[str, float, float]:
    """
    Choose where a value stands and where the way to a target starts.

    The value is outside of its dot, or beyond a target that is too near; a way to a target
    further out starts beyond the value.
    """
    side, sign = ("right", 1) if gap.points >= 0 else ("left", -1)
    if aim is None:
        return side, at, at
    across = sheet.plot[1] - sheet.plot[0]
    room = width(neat(gap.text), sheet.label, bold=True) + sheet.dot + 4
    away = (aim - at) * across * sign
    if -sheet.dot < away < room + sheet.dot:
        return side, aim, at
    return side, at, (at + sign * room / across if away > 0 else at)


# --- distributions ---------------------------------------------------------------


def distribution(picture: Distribution, sheet: BarsSheet) -> Rows:
    """Lay out one bar a question, in the order given."""
    page = Page(sheet)
    for bar in picture.bars:
        said = lines(neat(bar.right_text), sheet.right_room, sheet.axis, most=2)
        if sheet.stacked:
            middle = _lay_bar_name(page, bar, said)
        else:
            label = lines(neat(bar.label), sheet.label_room, sheet.label, bold=True, most=2)
            height = max(sheet.row, len(label) * sheet.line + 10, len(said) * page.axis_line + 8)
            middle = page.y + height / 2
            page.write("label", said=label, middle=middle, step=sheet.line)
            page.write("right", said=said, middle=middle, step=page.axis_line)
            page.y += height
        _lay_parts(page, bar, middle)
    return page.finish()


def _lay_bar_name(page: Page[BarsSheet], bar: Bar, said: Sequence[str]) -> float:
    """Put the name of *bar* above it; return its middle."""
    sheet = page.sheet
    room = sheet.width - max((width(text, sheet.axis) + 10 for text in said), default=0)
    label = lines(neat(bar.label), room, sheet.label, bold=True, most=2)
    count = max(len(label), len(said), 1)
    for slot, texts in (("label", label), ("right", said)):
        for index, text in enumerate(texts):
            page.add(slot, page.y + (index + 0.5) * sheet.line, text=text)
    page.y += count * sheet.line + 4 + sheet.bar + 12
    return page.y - 12.5 - sheet.bar // 2


def _lay_parts(page: Page[BarsSheet], bar: Bar, y: float) -> None:
    sheet = page.sheet
    across = sheet.plot[1] - sheet.plot[0]
    # Half of a report's marks are these: they are added without a call for each.
    parts, counts, thin = page.rows["part"], page.rows["count"], []
    for part in bar.parts:
        start, end = part.start, part.end
        if start < end:
            kind = SHADES[part.shade - 1]
            if (end - start) * across < _THIN:
                thin.append((THIN[part.shade - 1], (start, end, y), ()))
                continue
            parts.append((kind, (start, end, y), ()))
            count = neat(part.text)
            if count and width(count, sheet.axis, bold=True) <= (end - start) * across - 6:
                counts.append((kind, ((start + end) / 2, y), (count,)))
    # On top, so that a neighbour's gap leaves them whole.
    parts += thin
    if bar.parts:
        page.add("bar", y)


# --- minis -----------------------------------------------------------------------


def mini(picture: Mini, sheet: Sheet) -> Rows:
    """Lay out the marks of one line in a strip of fixed size."""
    page = Page(sheet)
    page.y = sheet.row
    page.shared = _mini_ground(picture.zones, sheet)
    line = picture.line
    if line.median is not None:
        page.add("median", line.median)
    if line.score is not None:
        if line.allowed:
            page.add("allowed", *line.allowed)
        if line.interval:
            page.add("interval", *line.interval)
        page.add("own", line.score)
    return page.finish()


@lru_cache(maxsize=64)
def _mini_ground(zones: tuple[Zone, ...], sheet: Sheet) -> Mapping[str, tuple[Row, ...]]:
    """Lay out what is behind every mini of a report."""
    page = Page(sheet)
    for index, zone in enumerate(zones):
        if index % 2 == 0:
            page.add("zone", zone.start, zone.end)
    for at in sorted({edge for zone in zones for edge in (zone.start, zone.end)}):
        page.add("edge", at)
    return page.share()
