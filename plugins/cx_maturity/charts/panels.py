"""
Pairs of marks and a score over time, as Altair draws them.

Imported only where frames are made or tested, as :mod:`~cx_maturity.charts.drawing` is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from cx_maturity.charts.marks import (
    BOLD,
    HAIRLINE,
    PLAIN,
    area,
    by_kind,
    by_score,
    by_size,
    diamond,
    down,
    layer,
    reach_of,
    tall_of,
    text,
)
from cx_maturity.charts.slots import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.charts.sheets import PairSheet, TimeSheet

# The first three are compared; the others stand beside them, smaller and fainter.
_SHAPES = {
    "full": "circle",
    "open": "circle",
    "diamond": "diamond",
    "triangle": "triangle-up",
    "square": "square",
    "cross": "cross",
    "wedge": "triangle-down",
    "ring": "circle",
    "box": "square",
}
_COMPARED = {"full", "open", "diamond"}
_HOLLOW = {"open", "ring", "box"}


def pairs(sheet: PairSheet) -> Iterator[alt.Chart]:
    """Draw marks in pairs on the score axis."""
    yield from _ground(sheet)
    reach = reach_of(sheet)
    thin: dict[str, Any] = {"stroke": "ink-2", "strokeWidth": 1}
    link: dict[str, Any] = {
        "stroke": by_kind({"solid": "you", "dotted": "edge"}),
        "strokeWidth": by_kind({"solid": 3.5, "dotted": 2}),
        "strokeDash": by_kind({"solid": None, "dotted": [2, 4]}),
    }
    ends: dict[str, Any] = {**reach, "y": down("top"), "y2": alt.Y2("bottom")}
    yield layer("other", "line").mark_rule(**thin).encode(**reach, y=down())
    yield layer("link", "line").mark_rule(**link).encode(**ends)
    yield (
        layer("interval", "line").mark_rule(stroke="you", strokeWidth=1.5).encode(**reach, y=down())
    )
    cap: dict[str, Any] = {"orient": "vertical", "size": 8, "fill": "you", "thickness": 1.5}
    for end in ("start", "end"):
        yield (
            layer("interval", end)
            .mark_tick(opacity=1, **cap)
            .encode(x=by_score(sheet, end), y=down())
        )
    inks = {kind: "you" if kind in _COMPARED else "ink-2" for kind in MARKS}
    sizes = {kind: area(sheet.mark if kind in _COMPARED else sheet.small) for kind in MARKS}
    sizes["open"] = area(sheet.mark - 1)
    sizes["diamond"] = area(sheet.mark + 0.5)
    look: dict[str, Any] = {
        "shape": by_kind(_SHAPES),
        "size": by_kind(sizes),
        "fill": by_kind({k: "paper" if k in _HOLLOW else ink for k, ink in inks.items()}),
        "stroke": by_kind({k: ink if k in _HOLLOW else "paper" for k, ink in inks.items()}),
        "strokeWidth": by_kind(
            {k: (2.5 if k in _COMPARED else 1.5) if k in _HOLLOW else 1 for k in MARKS}
        ),
    }
    yield (layer("mark", "point").mark_point(opacity=1, **look).encode(x=by_score(sheet), y=down()))
    yield from _pair_words(sheet)


def _ground(sheet: PairSheet) -> Iterator[alt.Chart]:
    """Draw the levels and the lines between rows."""
    reach, tall = reach_of(sheet), tall_of()
    hairline: dict[str, Any] = {"stroke": "rule", "strokeWidth": HAIRLINE}
    shade = alt.expr("datum.kind")
    ramp: dict[str, Any] = {"fill": shade, "stroke": "edge", "strokeWidth": HAIRLINE}
    across = {"x": alt.value(0), "x2": alt.value(sheet.width)}
    yield layer("zone", "fill").mark_rect(fill="zone").encode(**reach, **tall)
    yield layer("edge", "line").mark_rule(**hairline).encode(x=by_score(sheet), **tall)
    yield layer("line", "rule").mark_rule(**hairline).encode(**across, y=down())
    yield layer("ramp", "fill").mark_rect(height=6, **ramp).encode(**reach, y=down())


def _pair_words(sheet: PairSheet) -> Iterator[alt.Chart]:
    inks = by_kind({"plain": "ink-2", "reached": "ink"})
    weights = by_kind({"plain": PLAIN, "reached": BOLD})
    yield text("level", by_score(sheet), "center", sheet.axis, inks, weight=weights)
    anchor = by_kind({"left": "right", "right": "left"})  # left of its mark it ends there
    shift = by_kind({"left": -5, "right": 5})
    yield text("spot", by_score(sheet), anchor, sheet.axis, "ink", weight=BOLD, dx=shift)
    bold = by_size((BOLD if sheet.stacked else PLAIN, BOLD))
    ink = by_kind({"plain": "ink-2", "strong": "ink"})
    yield text("label", alt.value(0), "left", sheet.label, "ink", weight=bold)
    value_at = alt.value(alt.expr("datum.x"))
    weight = by_size((PLAIN, BOLD))
    yield text("value", value_at, "right", sheet.label, ink, weight=weight)
    word_at = alt.value(sheet.width)
    yield text("word", word_at, "right", sheet.axis, ink, weight=weight)
    ticks = by_kind({"start": "left", "middle": "center", "end": "right"})
    if sheet.stacked:  # the plot ends within the page
        ticks = by_kind(dict.fromkeys(("start", "middle", "end"), "center"))
    yield text("tick", by_score(sheet), ticks, sheet.axis, "ink-2")
    head_at = alt.value(by_kind({"value": sheet.value_end, "word": sheet.width}))
    yield text("head", head_at, "right", sheet.axis, "ink-2")


def times(sheet: TimeSheet) -> Iterator[alt.Chart]:
    """Draw one score over time, on levels one above another."""
    tall = tall_of()
    hairline: dict[str, Any] = {"stroke": "rule", "strokeWidth": HAIRLINE}
    own: dict[str, Any] = {"stroke": "you", "strokeWidth": 2}
    plot = {"x": alt.value(sheet.plot[0]), "x2": alt.value(sheet.plot[1])}
    ends: dict[str, Any] = {**reach_of(sheet.within()), **tall}
    at = by_score(sheet.within())
    yield layer("zone", "fill").mark_rect(fill="zone").encode(**plot, **tall)
    yield layer("edge", "line").mark_rule(**hairline).encode(**plot, y=down())
    yield layer("notch", "line").mark_rule(stroke="edge", strokeWidth=1).encode(x=at, **tall)
    yield layer("way", "line").mark_rule(stroke="you", strokeWidth=1.25).encode(**ends)
    yield layer("interval", "line").mark_rule(**own).encode(x=at, **tall)
    cap: dict[str, Any] = {"orient": "horizontal", "size": sheet.cap, "fill": "you", "thickness": 2}
    for end in ("top", "bottom"):
        yield layer("interval", end).mark_tick(opacity=1, **cap).encode(x=at, y=down(end))
    # Of a small mark, the paper around it would leave too little of its interval.
    mark = diamond(area(sheet.mark), 0.5 if sheet.only_ends else 1.5)
    yield layer("own", "diamond").mark_point(**mark).encode(x=at, y=down())
    inks = by_kind({"plain": "ink-2", "reached": "ink"})
    weights = by_kind({"plain": PLAIN, "reached": BOLD})
    yield text("level", alt.value(0), "left", sheet.axis, inks, weight=weights)
    yield text("grade", alt.value(sheet.plot[0] - 8), "right", sheet.axis, "ink-2")
    yield text("value", at, "center", sheet.label, "ink", weight=BOLD)
    yield text("label", alt.value(0), "left", sheet.label, "ink", weight=BOLD)
    yield text("tick", at, "center", sheet.axis, "ink-2")
