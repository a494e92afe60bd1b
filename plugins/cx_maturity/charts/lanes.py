"""
Lay pairs of marks out on the score axis: two roles, or a score then and now.

Each row is as high as its marks need: those that would touch get lanes of their own, so that
no interval hides another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.charts.ground import lay_axis, lay_zones, levels, per_point
from cx_maturity.charts.layout import Page
from cx_maturity.charts.lettering import lines, neat, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cx_maturity.charts.frame import Rows
    from cx_maturity.charts.pictures import Pair, Pairs, Spot
    from cx_maturity.charts.sheets import PairSheet

# Pixels between two marks of one lane.
_APART = 6.0
# A diamond is larger than its radius by this, pixels.
_EDGE = 0.5
# What a name keeps of a phone's width before figures move below it.
_LEAST_NAME = 110.0


class _Place(NamedTuple):
    """A mark and its lane: *y* from the top of the row's marks, *side* where its words stand."""

    spot: Spot
    y: float
    side: str


def pairs(picture: Pairs, sheet: PairSheet) -> Rows:
    """Lay out one row for each pair, in the order given."""
    page = Page(sheet)
    rooms = (sheet.value_end - sheet.plot[1] - 4, sheet.word_room)
    heads = tuple(
        (kind, " ".join(lines(neat(head), room, sheet.axis, most=1)))
        for kind, head, room in zip(
            ("value", "word"), (picture.value_head, picture.word_head), rooms, strict=True
        )
        if not sheet.stacked
    )
    page.y, page.shared = levels(picture.zones, heads, sheet, alike=True)
    top = page.y
    for pair in picture.pairs:
        (_lay_stacked_pair if sheet.stacked else _lay_pair)(page, picture, pair)
    if not sheet.stacked:
        lay_zones(page, picture.zones, top, page.y)
    lay_axis(page, picture.zones)
    return page.finish()


def _lay_pair(page: Page[PairSheet], picture: Pairs, pair: Pair) -> None:
    sheet, top = page.sheet, page.y
    size = "strong" if pair.strong else "plain"
    clear = "strong" if pair.is_clear else "plain"
    places = list(_placed(pair, sheet, is_sloped=picture.is_sloped))
    label = lines(neat(pair.label), sheet.label_room, sheet.label, bold=pair.strong)
    value = lines(neat(pair.value), sheet.value_room, sheet.label, bold=pair.is_clear, most=2)
    word = lines(neat(pair.word), sheet.word_room, sheet.axis, bold=pair.is_clear, most=3)
    height = max(
        sheet.row,
        _tall(places, sheet) + 12,
        len(label) * sheet.line + 10,
        len(value) * sheet.line + 10,
        len(word) * page.axis_line + 8,
    )
    middle = top + height / 2
    page.write("label", said=label, middle=middle, step=sheet.line, kind=size)
    page.write("value", sheet.value_end, said=value, middle=middle, step=sheet.line, kind=clear)
    page.write("word", said=word, middle=middle, step=page.axis_line, kind=clear)
    _lay_marks(page, pair, places, middle - _tall(places, sheet) / 2)
    page.y = top + height
    page.add("line", page.y - 0.5)


def _lay_stacked_pair(page: Page[PairSheet], picture: Pairs, pair: Pair) -> None:
    """Lay out a phone's row: name and value, the word, and the marks below."""
    sheet = page.sheet
    clear = "strong" if pair.is_clear else "plain"
    value = lines(neat(pair.value), sheet.value_room, sheet.label, bold=pair.is_clear, most=1)
    word = lines(neat(pair.word), sheet.word_room, sheet.axis, bold=pair.is_clear, most=2)
    wide = max((width(text, sheet.axis, bold=pair.is_clear) for text in word), default=0.0)
    values = max((width(text, sheet.label, bold=pair.is_clear) for text in value), default=0.0)
    name = neat(pair.label)
    left = sheet.width - wide - values - 16
    # A word moves below rather than break a name.
    whole = " ".join(lines(name, left, sheet.label, bold=True)) == name
    beside = len(word) == 1 and left >= _LEAST_NAME and whole
    middle = page.y + sheet.line / 2
    end = sheet.width - (wide + 6 if beside else 0)
    page.write("value", end, said=value, middle=middle, kind=clear)
    room = end - values - 10
    label = lines(name, room, sheet.label, bold=True)
    page.write(
        "label",
        said=label,
        middle=middle + (len(label) - 1) / 2 * sheet.line,
        step=sheet.line,
        kind="strong",
    )
    if beside:
        page.write("word", said=word, middle=middle, kind=clear)
    page.y += max(len(label), 1) * sheet.line
    if not beside:
        for text in word:
            page.add("word", page.y + page.axis_line / 2, text=text, kind=clear)
            page.y += page.axis_line
    page.y += 3
    places = list(_placed(pair, sheet, is_sloped=picture.is_sloped))
    height = max(sheet.row, _tall(places, sheet) + 8)
    lay_zones(page, picture.zones, page.y, page.y + height)
    _lay_marks(page, pair, places, page.y + (height - _tall(places, sheet)) / 2)
    page.y += height + 10


def _lay_marks(page: Page[PairSheet], pair: Pair, places: Sequence[_Place], top: float) -> None:
    """Draw the marks, their intervals and the link between the two that are compared."""
    sheet, point = page.sheet, per_point(page.sheet)
    compared = [place for place in places if place.side]
    if len(compared) == 2 and pair.link:  # noqa: PLR2004 - it has two ends
        first, second = compared
        ends = (first.spot.at, top + first.y, second.spot.at, top + second.y)
        page.add("link", *ends, kind=pair.link)
    # The last is drawn on top: those that are compared.
    for spot, lane, side in reversed(places):
        y = top + lane
        if spot.interval:
            page.add("interval" if side else "other", *spot.interval, y)
        page.add("mark", spot.at, y, kind=spot.mark)
        if side and spot.text:
            left, right = _reach(spot, sheet)
            at = (left if side == "left" else right) / point
            page.add("spot", at, y, text=neat(spot.text), kind=side)


def _tall(places: Sequence[_Place], sheet: PairSheet) -> float:
    """Return how high the lanes are together."""
    return max(
        (place.y + (sheet.lane if place.side else sheet.thin) / 2 for place in places), default=0.0
    )


def _placed(pair: Pair, sheet: PairSheet, *, is_sloped: bool) -> Iterator[_Place]:
    """
    Choose the lane of each mark, and the side of its words.

    The two that are compared share a lane where they and their intervals are apart and the
    row does not slope; every other takes the first lane below them where it touches nothing.
    """
    compared = [spot for spot in (pair.first, pair.second) if spot]
    y = sheet.lane / 2
    if len(compared) == 2:  # noqa: PLR2004 - first and second
        low, high = sorted(compared, key=lambda spot: spot.at)
        sides = {id(low): "left", id(high): "right"}
        apart = _reach(high, sheet)[0] - _reach(low, sheet)[1] >= _APART
        yield _Place(compared[0], y, sides[id(compared[0])])
        if is_sloped or not apart:
            y += sheet.lane
        yield _Place(compared[1], y, sides[id(compared[1])])
    elif compared:
        yield _Place(compared[0], y, "right")
    start = y + sheet.lane / 2 if compared else 0.0
    taken: list[list[tuple[float, float]]] = []
    for spot in pair.others:
        left, right = _reach(spot, sheet)
        lane = next(
            (
                number
                for number, reaches in enumerate(taken)
                if all(right + _APART <= low or high + _APART <= left for low, high in reaches)
            ),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        yield _Place(spot, start + (lane + 0.5) * sheet.thin, "")


def _reach(spot: Spot, sheet: PairSheet) -> tuple[float, float]:
    """Return from where to where a mark and its interval reach, in pixels of the plot."""
    point = per_point(sheet)
    low, high = spot.interval or (spot.at, spot.at)
    at = spot.at * point
    radius = sheet.mark + _EDGE
    return min(low * point, at - radius), max(high * point, at + radius)
