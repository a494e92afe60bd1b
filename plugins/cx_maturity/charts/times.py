"""Lay one score out over time: rounds at their dates, on levels one above another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.charts.layout import Page
from cx_maturity.charts.lettering import lines, neat, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cx_maturity.charts.frame import Rows
    from cx_maturity.charts.pictures import Times
    from cx_maturity.charts.sheets import TimeSheet

# Pixels between two words of one line, and between a score and what is below or above it.
_APART = 8.0
_CLEAR = 3.0
# What the edge of a mark adds to its radius.
_EDGE = 1.0


class _Point(NamedTuple):
    """A round on the page: its mark and from where to where its mark or interval reaches."""

    x: float
    y: float
    top: float
    bottom: float


class _Box(NamedTuple):
    left: float
    right: float
    y: float


def times(picture: Times, sheet: TimeSheet) -> Rows:
    """Lay out the rounds from left to right."""
    page = Page(sheet)
    if picture.label:
        said = lines(neat(picture.label), sheet.width, sheet.label, bold=True, most=1)
        page.write("label", said=said, middle=sheet.line / 2)
        page.y = sheet.line
    points, top = _points(page, picture)
    bottom = top + sheet.tall
    _lay_levels(page, picture, top)
    for (one, here), (other, there) in pairwise(zip(picture.moments, points, strict=True)):
        page.add("way", one.at, here.y, other.at, there.y)
    for moment, point in zip(picture.moments, points, strict=True):
        page.add("notch", moment.at, bottom, bottom + 5)
        if moment.interval:
            low, high = (top + (100 - bound) / 100 * sheet.tall for bound in moment.interval)
            page.add("interval", moment.at, high, low)
        page.add("own", moment.at, point.y)
    _lay_scores(page, picture, points, bottom)
    page.y = bottom + 5
    _lay_dates(page, picture, points)
    return page.finish()


def _points(page: Page[TimeSheet], picture: Times) -> tuple[list[_Point], float]:
    """Place the rounds, and the top of the plot: a score stands above the highest of them."""
    sheet = page.sheet
    start, end = sheet.within().plot
    found = []
    for moment in picture.moments:
        low, high = moment.interval or (moment.score, moment.score)
        y, above, below = ((100 - at) / 100 * sheet.tall for at in (moment.score, high, low))
        radius = sheet.mark + _EDGE
        reach = min(above - _EDGE, y - radius), max(below + _EDGE, y + radius)
        found.append(_Point(start + moment.at * (end - start), y, *reach))
    least = min((point.top for point in found), default=0.0)
    top = max(page.y + page.axis_line / 2 + 1, page.y + sheet.line + _CLEAR - least)
    return [_Point(p.x, p.y + top, p.top + top, p.bottom + top) for p in found], top


def _lay_levels(page: Page[TimeSheet], picture: Times, top: float) -> None:
    """Shade every other level, name it to the left and number its borders."""
    sheet = page.sheet
    short = sheet.stacked or sheet.only_ends

    def down(score: float) -> float:
        return top + (100 - score) / 100 * sheet.tall

    for index, zone in enumerate(picture.zones):
        if index % 2 == 0:
            page.add("zone", down(zone.end), down(zone.start))
        height = down(zone.start) - down(zone.end)
        most = int((height - 2) // page.axis_line)
        for name in (zone.title, zone.short):
            kind = "reached" if zone.reached else "plain"
            room = sheet.label_room if short else sheet.label_room - 28
            said = lines(neat(name), room, sheet.axis, bold=zone.reached, most=2)
            if len(said) <= most and " ".join(said) == neat(name):
                middle = (down(zone.start) + down(zone.end)) / 2
                page.write("level", said=said, middle=middle, step=page.axis_line, kind=kind)
                break
    last = None
    for at in sorted({edge for zone in picture.zones for edge in (zone.start, zone.end)}):
        page.add("edge", down(at))
        # Levels may lie close to each other.
        if last is None or last - down(at) >= page.axis_line:
            last = down(at)
            page.add("grade", last, text=f"{at:g}")


def _lay_scores(
    page: Page[TimeSheet], picture: Times, points: Sequence[_Point], bottom: float
) -> None:
    """Write each score above its mark or below it, where it is apart from others and the line."""
    sheet = page.sheet
    written: list[_Box] = []
    for index in _order(len(points), only_ends=sheet.only_ends):
        point, text = points[index], neat(picture.moments[index].text)
        half = width(text, sheet.label, bold=True) / 2
        sides = (
            point.top - _CLEAR - sheet.line / 2,
            point.bottom + _CLEAR + sheet.line / 2,
        )
        boxes = [_Box(point.x - half, point.x + half, y) for y in sides]
        free = [
            box
            for box in boxes
            if sheet.line / 2 <= box.y <= bottom - sheet.line / 2
            and not any(_meet(box, other, sheet.line) for other in written)
        ]
        # The line may run through a score only where neither side keeps off it.
        free.sort(key=lambda box: _is_crossed(box, points, sheet.line))
        if free:
            written.append(free[0])
            page.add("value", picture.moments[index].at, free[0].y, text=text)


def _order(count: int, *, only_ends: bool) -> Iterator[int]:
    """Yield the last and the first round before those between them."""
    order = dict.fromkeys([count - 1, 0, *range(count)]) if count else {}
    return iter([*order][: 2 if only_ends else None])


def _meet(one: _Box, other: _Box, line: float) -> bool:
    apart = one.right + _APART <= other.left or other.right + _APART <= one.left
    return not apart and abs(one.y - other.y) < line


def _is_crossed(box: _Box, points: Sequence[_Point], line: float) -> bool:
    """Tell whether the line that joins the rounds, or one of their intervals, is in *box*."""
    top, bottom = box.y - line / 2, box.y + line / 2
    for point in points:
        inside = box.left - 1 < point.x < box.right + 1
        if inside and point.top < bottom and point.bottom > top:
            return True
    for one, other in pairwise(points):
        left, right = max(box.left, one.x), min(box.right, other.x)
        if left >= right:
            continue
        slope = (other.y - one.y) / (other.x - one.x)
        ends = sorted(one.y + slope * (x - one.x) for x in (left, right))
        if ends[0] < bottom and ends[1] > top:
            return True
    return False


def _lay_dates(page: Page[TimeSheet], picture: Times, points: Sequence[_Point]) -> None:
    """Write dates below the axis, where they are apart."""
    sheet = page.sheet
    y = page.y + page.axis_line / 2 + 1
    written: list[_Box] = []
    for index in _order(len(points), only_ends=sheet.only_ends):
        x, moment = points[index].x, picture.moments[index]
        said = lines(neat(moment.date), 2 * min(x, sheet.width - x), sheet.axis, most=1)
        if not said:
            continue
        half = width(said[0], sheet.axis) / 2
        box = _Box(x - half, x + half, y)
        if not any(_meet(box, other, sheet.line) for other in written):
            page.add("tick", moment.at, y, text=said[0])
            written.append(box)
    page.y = y + page.axis_line / 2 + 1
