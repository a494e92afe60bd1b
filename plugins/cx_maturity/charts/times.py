"""Lay one score out over time: rounds at their dates, on levels one above another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from cx_maturity.charts.layout import Page
from cx_maturity.charts.lettering import lines, neat, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cx_maturity.charts.frame import Rows
    from cx_maturity.charts.pictures import Moment, Times
    from cx_maturity.charts.sheets import TimeSheet

# Pixels between two words of one line.
_APART = 8.0


def times(picture: Times, sheet: TimeSheet) -> Rows:
    """Lay out the rounds from left to right."""
    page = Page(sheet)
    top = page.axis_line / 2 + 1
    bottom = top + sheet.tall
    _lay_levels(page, picture, top)
    places = [top + (100 - moment.score) / 100 * sheet.tall for moment in picture.moments]
    placed = list(zip(picture.moments, places, strict=True))
    for (one, y), (other, end) in pairwise(placed):
        page.add("way", one.at, y, other.at, end)
    for moment, y in placed:
        page.add("notch", moment.at, bottom, bottom + 5)
        if moment.interval:
            low, high = (top + (100 - bound) / 100 * sheet.tall for bound in moment.interval)
            page.add("interval", moment.at, high, low)
        page.add("own", moment.at, y)
    page.y = bottom + 5
    _lay_words(page, picture.moments, top)
    return page.finish()


def _lay_levels(page: Page[TimeSheet], picture: Times, top: float) -> None:
    """Shade every other level, name it to the left and number its borders."""
    sheet = page.sheet

    def down(score: float) -> float:
        return top + (100 - score) / 100 * sheet.tall

    for index, zone in enumerate(picture.zones):
        if index % 2 == 0:
            page.add("zone", down(zone.end), down(zone.start))
        height = down(zone.start) - down(zone.end)
        most = int((height - 2) // page.axis_line)
        for name in (zone.title, zone.short):
            kind = "reached" if zone.reached else "plain"
            room = sheet.label_room - 28 if not sheet.stacked else sheet.label_room
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


def _lay_words(page: Page[TimeSheet], moments: Sequence[Moment], top: float) -> None:
    """Write scores above their intervals, and dates below the axis, where they are apart."""
    sheet = page.sheet
    start, end = sheet.within().plot
    date_y = page.y + page.axis_line / 2 + 1
    order = [*range(len(moments))]
    # The last and the first round come before those between them.
    order = list(dict.fromkeys([order[-1], order[0], *order])) if order else []
    scores: list[tuple[float, float, float]] = []
    dates: list[tuple[float, float]] = []
    for index in order:
        moment = moments[index]
        x = start + moment.at * (end - start)
        half = width(neat(moment.text), sheet.label, bold=True) / 2
        high = moment.interval[1] if moment.interval else moment.score
        low = moment.interval[0] if moment.interval else moment.score
        above = top + (100 - high) / 100 * sheet.tall - sheet.line / 2 - 3
        below = top + (100 - low) / 100 * sheet.tall + sheet.line / 2 + 3
        for y in (max(above, sheet.line / 2), min(below, page.y - sheet.line / 2 - 5)):
            if all(
                abs(y - other) >= sheet.line
                or x + half + _APART <= left
                or right + _APART <= x - half
                for left, right, other in scores
            ):
                page.add("value", moment.at, y, text=neat(moment.text))
                scores.append((x - half, x + half, y))
                break
        room = 2 * min(x, sheet.width - x)
        said = lines(neat(moment.date), room, sheet.axis, most=1)
        half = width(said[0], sheet.axis) / 2 if said else 0.0
        if said and all(
            x + half + _APART <= left or right + _APART <= x - half for left, right in dates
        ):
            page.add("tick", moment.at, date_y, text=said[0])
            dates.append((x - half, x + half))
    page.y = date_y + page.axis_line / 2 + 1
