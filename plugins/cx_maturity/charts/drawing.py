"""
The chart types as Altair draws them: for each a function of its sheet and rows.

Imported only where frames are made or tested: Altair and the engine behind it
take seconds to start, and a page needs neither.  To change the look of a
chart, change it here and draw the frames again.

A colour is the name of one of the page's tokens; the frame makes it a class.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import altair as alt
import vl_convert

from cx_maturity.charts.frame import PAGE, Frame
from cx_maturity.charts.learn import learn
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
from cx_maturity.charts.panels import pairs, times
from cx_maturity.charts.prove import prove
from cx_maturity.charts.sheets import (
    SHEETS,
    BarsSheet,
    GapsSheet,
    PairSheet,
    Sheet,
    StripSheet,
    TimeSheet,
)
from cx_maturity.charts.slots import SHADES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.charts.frame import Rows

# Altair measures texts while it lays out.  Nothing here is laid out by a text's
# width, but a named font keeps the drawing the same on every machine.
FONT = "Liberation Sans"

_INKS = {shade: f"on-{shade}" for shade in SHADES}
PALETTE = frozenset(
    ("paper", "zone", "ink", "ink-2", "accent", "accent-tint", "you", "band", "edge", "rule")
).union(_INKS, _INKS.values())

# Pixels from one stripe of an empty cell to the next, and what keeps them off its edge.
_STRIPES_APART = 10
_INSET = 2


def make_frame(sheet: Sheet) -> Frame:
    """Learn the frame of *sheet* and prove it."""

    def draw_sheet(rows: Rows) -> str:
        return draw(sheet, rows)

    slots = tuple(sheet.slots.values())
    frame = learn(draw_sheet, slots, PALETTE, key(sheet))
    prove(frame, draw_sheet, slots)
    return frame


def key(sheet: Sheet) -> str:
    """Name everything that the frame of *sheet* is made from."""
    made_from = [
        specification(sheet.name),
        repr(sheet.slots),
        version("altair"),
        version("vl-convert-python"),
        FONT,
    ]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()[:16]


def draw(sheet: Sheet, rows: Rows) -> str:
    """Draw *rows* in full: the SVG as Altair makes it."""
    data = {
        name: [
            {"kind": kind}
            | {number.name: value for number, value in zip(slot.numbers, numbers, strict=True)}
            | dict(zip(slot.texts, texts, strict=True))
            for kind, numbers, texts in rows.get(name, ())
        ]
        for name, slot in sheet.slots.items()
    }
    height = rows[PAGE][0][1][0]
    filled = specification(sheet.name) | {"datasets": data, "height": height}
    return vl_convert.vegalite_to_svg(filled)


@cache
def specification(name: str) -> dict[str, Any]:
    """Return the Vega-Lite of a sheet, without its rows and its height."""
    sheet = SHEETS[name]
    chart = (
        alt.layer(*_layers(sheet))
        .properties(width=sheet.width, height=1, padding=0, autosize="none")
        .configure(
            aria=False,
            background="transparent",
            font=FONT,
            view=alt.ViewConfig(fill=None, stroke=None),
        )
    )
    return dict(chart.to_dict())


def _layers(sheet: Sheet) -> Iterator[alt.Chart]:
    if isinstance(sheet, StripSheet):
        return _strip(sheet)
    if isinstance(sheet, GapsSheet):
        return _gaps(sheet)
    if isinstance(sheet, PairSheet):
        return pairs(sheet)
    if isinstance(sheet, TimeSheet):
        return times(sheet)
    if isinstance(sheet, BarsSheet):
        return _distribution(sheet)
    return _mini(sheet)


# --- strips ----------------------------------------------------------------------


def _strip(sheet: StripSheet) -> Iterator[alt.Chart]:
    yield from _strip_ground(sheet)
    yield from _strip_peers(sheet)
    yield from _strip_own(sheet)
    yield from _strip_words(sheet)


def _strip_ground(sheet: StripSheet) -> Iterator[alt.Chart]:
    """Draw the levels, and what a gate closes."""
    reach, tall = reach_of(sheet), tall_of()
    hairline: dict[str, Any] = {"stroke": "rule", "strokeWidth": HAIRLINE}
    outer = {"x": alt.value(sheet.plot[0] - 1), "x2": alt.value(sheet.plot[1] + 1)}
    shade = alt.expr("datum.kind")
    ramp: dict[str, Any] = {"fill": shade, "stroke": "edge", "strokeWidth": HAIRLINE}
    yield layer("zone", "fill").mark_rect(fill="zone").encode(**reach, **tall)
    yield layer("edge", "line").mark_rule(**hairline).encode(x=by_score(sheet), **tall)
    yield layer("closed", "fill").mark_rect(fill="accent-tint").encode(**reach, **tall)
    yield layer("blank", "fill").mark_rect(fill="paper").encode(**outer, **tall)
    yield layer("ramp", "fill").mark_rect(height=6, **ramp).encode(**reach, y=down())
    yield text(
        "level",
        by_score(sheet),
        "center",
        sheet.axis,
        by_kind({"plain": "ink-2", "reached": "ink"}),
        weight=by_kind({"plain": PLAIN, "reached": BOLD}),
    )


def _strip_peers(sheet: StripSheet) -> Iterator[alt.Chart]:
    """Draw the peers' middle half and median, and the gate between them."""
    edges = {"illustrative": [4, 3], "pooled": None}
    heights = {"plain": sheet.band[0], "strong": sheet.band[1]}
    band: dict[str, Any] = {
        "fill": "band",
        "stroke": "edge",
        "strokeWidth": HAIRLINE,
        "strokeDash": by_kind({f"{p} {size}": e for p, e in edges.items() for size in heights}),
        "height": by_kind({f"{p} {size}": h for p in edges for size, h in heights.items()}),
    }
    median: dict[str, Any] = {"orient": "vertical", "size": by_size(sheet.median)}
    yield layer("band", "fill").mark_rect(**band).encode(**reach_of(sheet), y=down())
    yield (
        layer("gate", "line")
        .mark_rule(stroke="accent", strokeWidth=3.5)
        .encode(x=by_score(sheet), **tall_of())
    )
    yield (
        layer("median", "tick")
        .mark_tick(fill="ink", thickness=2, opacity=1, **median)
        .encode(x=by_score(sheet), y=down())
    )


def _strip_own(sheet: StripSheet) -> Iterator[alt.Chart]:
    """Draw the own score, what chance allows and what missing answers allow."""
    reach = reach_of(sheet)
    dots: dict[str, Any] = {"stroke": "you", "strokeWidth": 2, "strokeDash": [2, 3]}
    cap: dict[str, Any] = {"orient": "vertical", "size": by_size(sheet.cap)}
    sizes = by_size((area(sheet.diamond[0]), area(sheet.diamond[1])))
    yield layer("allowed", "line").mark_rule(**dots).encode(**reach, y=down())
    yield (
        layer("interval", "line").mark_rule(stroke="you", strokeWidth=2.5).encode(**reach, y=down())
    )
    for end in ("start", "end"):
        yield (
            layer("interval", end)
            .mark_tick(fill="you", thickness=2.5, opacity=1, **cap)
            .encode(x=by_score(sheet, end), y=down())
        )
    yield from _target(sheet)
    stair: dict[str, Any] = {"stroke": "you", "strokeWidth": 1.25}
    yield layer("tread", "line").mark_rule(**stair).encode(**reach, y=down())
    yield layer("riser", "line").mark_rule(**stair).encode(x=by_score(sheet), **tall_of())
    yield (
        layer("own", "diamond")
        .mark_point(**diamond(sizes, 1.5))
        .encode(x=by_score(sheet), y=down())
    )


def _target(sheet: StripSheet) -> Iterator[alt.Chart]:
    """Draw the way from a score to its target; its mark shows around an own one on top of it."""
    way: dict[str, Any] = {"stroke": "accent", "strokeWidth": 2, "strokeDash": [4, 3]}
    mark = diamond(by_size((area(sheet.diamond[0]), area(sheet.diamond[1]))), 2.5)
    mark |= {"fill": "paper", "stroke": "accent"}
    shifts = {"right": sheet.diamond[1] + 5, "left": -sheet.diamond[1] - 5, "below": 0}
    anchors = {"right": "left", "left": "right", "below": "center"}
    anchor, shift = by_kind(anchors), by_kind(shifts)
    yield layer("way", "line").mark_rule(**way).encode(**reach_of(sheet), y=down())
    yield layer("target", "diamond").mark_point(**mark).encode(x=by_score(sheet), y=down())
    yield text("aim", by_score(sheet), anchor, sheet.axis, "accent", weight=BOLD, dx=shift)


def _strip_words(sheet: StripSheet) -> Iterator[alt.Chart]:
    """Write everything beside and below the plot."""
    missing_at = 0 if sheet.stacked else sheet.plot[0] + 8
    bold = by_size((BOLD if sheet.stacked else PLAIN, BOLD))
    anchor = by_kind({"start": "left", "middle": "center", "end": "right"})
    head_at = by_kind({"score": sheet.score_end, "level": sheet.cell[1]})
    part: dict[str, Any] = {"shape": "circle", "size": area(3.5), "fill": "you", "opacity": 1}
    yield (
        layer("bit", "circle")
        .mark_point(stroke="paper", strokeWidth=1, **part)
        .encode(x=by_score(sheet), y=down())
    )
    beside = by_kind({"right": "left", "left": "right", "below": "center"})
    shift = by_kind({"right": 7, "left": -7, "below": 0})
    yield text("named", by_score(sheet), beside, sheet.axis, "ink-2", dx=shift)
    yield text("spot", by_score(sheet), beside, sheet.label, "ink", weight=BOLD, dx=shift)
    yield text("words", by_score(sheet), "right", sheet.axis, "accent", dx=-8)
    yield text("missing", alt.value(missing_at), "left", sheet.axis, "ink-2")
    yield text("label", alt.value(0), "left", sheet.label, "ink", weight=bold)
    score_at = alt.value(alt.expr("datum.x"))
    yield text("score", score_at, "right", sheet.label, "ink", weight=BOLD)
    yield text("range", alt.value(sheet.range_at), sheet.range_align, sheet.axis, "ink-2")
    yield from _strip_cell(sheet)
    yield text("tick", by_score(sheet), anchor, sheet.axis, "ink-2")
    yield text("head", alt.value(head_at), "right", sheet.axis, "ink-2")
    yield from _stamp(sheet)


def _strip_cell(sheet: StripSheet) -> Iterator[alt.Chart]:
    left, right = sheet.cell
    fills = {shade: shade for shade in SHADES} | {"none": "paper"}
    box: dict[str, Any] = {"fill": by_kind(fills), "stroke": "edge", "strokeWidth": HAIRLINE}
    sides = {"x": alt.value(left + 0.5), "x2": alt.value(right - 0.5)}
    middle = alt.value((left + right) / 2)
    inks = by_kind(_INKS | {"none": "ink-2"})
    stripes: dict[str, Any] = {"shape": _stripes(sheet), "size": 4, "opacity": 1}
    yield layer("cell", "box").mark_rect(height=sheet.cell_height, **box).encode(**sides, y=down())
    yield (
        layer("empty", "stripes")
        .mark_point(stroke="zone", strokeWidth=3.5, **stripes)
        .encode(x=middle, y=down())
    )
    yield text("cell", middle, "center", sheet.label, inks, weight=BOLD)


def _stripes(sheet: StripSheet) -> str:
    """Write the stripes of a cell without a level: a pattern would need an id on the page."""
    right = (sheet.cell[1] - sheet.cell[0]) / 2 - _INSET
    bottom = sheet.cell_height / 2 - _INSET
    most = int((right + bottom - 1) // _STRIPES_APART)
    stripes = []
    for at in range(-most * _STRIPES_APART, (most + 1) * _STRIPES_APART, _STRIPES_APART):
        start, end = max(-right, at - bottom), min(right, at + bottom)
        stripes.append(f"M{start:g},{at - start:g}L{end:g},{at - end:g}")
    return "".join(stripes)


def _stamp(sheet: Sheet) -> Iterator[alt.Chart]:
    """Draw the tag of illustrative peers."""
    box: dict[str, Any] = {"fill": "paper", "stroke": "edge", "strokeWidth": HAIRLINE}
    left, middle, right = (
        alt.value(alt.expr(f"datum.{name}")) for name in ("left", "middle", "right")
    )
    yield layer("stamp", "box").mark_rect(height=21, **box).encode(x=left, x2=right, y=down())
    yield text("stamp", middle, "center", sheet.axis, "ink-2", weight=BOLD)


# --- gaps ------------------------------------------------------------------------


def _gaps(sheet: GapsSheet) -> Iterator[alt.Chart]:
    hairline: dict[str, Any] = {"stroke": "rule", "strokeWidth": HAIRLINE}
    across = {"x": alt.value(0), "x2": alt.value(sheet.width)}
    lines = by_kind({"above": "you", "below": "you", "level": "edge"})
    stem: dict[str, Any] = {
        "stroke": lines,
        "strokeWidth": by_kind({"above": 2.5, "below": 2.5, "level": 1.5}),
        "strokeDash": by_kind({"above": None, "below": None, "level": [2, 3]}),
    }
    dot: dict[str, Any] = {
        "fill": by_kind({"above": "you", "below": "paper", "level": "paper"}),
        "stroke": lines,
        "strokeWidth": by_kind({"above": 2, "below": 2.5, "level": 1.5}),
        "size": area(sheet.dot / 2 - 1),
    }
    yield layer("line", "rule").mark_rule(**hairline).encode(**across, y=down())
    yield layer("grid", "rule").mark_rule(**hairline).encode(x=by_score(sheet), **tall_of())
    yield (
        layer("zero", "rule")
        .mark_rule(stroke="ink-2", strokeWidth=1.5)
        .encode(x=by_score(sheet), **tall_of())
    )
    yield layer("stem", "rule").mark_rule(**stem).encode(**reach_of(sheet), y=down())
    way: dict[str, Any] = {"stroke": "accent", "strokeWidth": 2, "strokeDash": [4, 3]}
    aim = diamond(area(sheet.dot / 2), 2) | {"fill": "paper", "stroke": "accent"}
    yield layer("way", "line").mark_rule(**way).encode(**reach_of(sheet), y=down())
    yield layer("target", "diamond").mark_point(**aim).encode(x=by_score(sheet), y=down())
    yield (
        layer("dot", "circle")
        .mark_point(shape="circle", opacity=1, **dot)
        .encode(x=by_score(sheet), y=down())
    )
    yield from _gaps_words(sheet)


def _gaps_words(sheet: GapsSheet) -> Iterator[alt.Chart]:
    inks = {"above": "ink", "below": "ink", "level": "ink-2"}
    weights = {"above": BOLD, "below": BOLD, "level": PLAIN}
    anchors = {"left": "right", "right": "left"}  # a value to the left of its dot ends there
    shifts = {"left": -sheet.dot, "right": sheet.dot}
    yield text("label", alt.value(0), "left", sheet.label, by_kind(inks), weight=by_kind(weights))
    yield text(
        "value",
        by_score(sheet),
        by_kind({f"{kind} {side}": anchor for kind in inks for side, anchor in anchors.items()}),
        sheet.label,
        by_kind({f"{kind} {side}": ink for kind, ink in inks.items() for side in anchors}),
        weight=by_kind({f"{kind} {side}": w for kind, w in weights.items() for side in anchors}),
        dx=by_kind({f"{kind} {side}": dx for kind in inks for side, dx in shifts.items()}),
    )
    yield text("tick", by_score(sheet), "center", sheet.axis, "ink-2")
    yield from _stamp(sheet)


# --- distributions ---------------------------------------------------------------


def _distribution(sheet: BarsSheet) -> Iterator[alt.Chart]:
    # Neighbours may have one shade: paper keeps them apart, and leaves a thin one what it has.
    gaps = dict.fromkeys(SHADES, 1.5) | {f"{shade} thin": 0 for shade in SHADES}
    part: dict[str, Any] = {
        "fill": by_kind({kind: kind.removesuffix(" thin") for kind in gaps}),
        "stroke": "paper",
        "strokeWidth": by_kind(gaps),
    }
    edge: dict[str, Any] = {"stroke": "edge", "strokeWidth": HAIRLINE}
    inks = by_kind(_INKS)
    yield (
        layer("part", "fill")
        .mark_rect(height=sheet.bar, **part)
        .encode(**reach_of(sheet), y=down())
    )
    yield (
        layer("bar", "edge")
        .mark_rect(height=sheet.bar, fill=None, **edge)
        .encode(x=alt.value(sheet.plot[0]), x2=alt.value(sheet.plot[1]), y=down())
    )
    yield text("count", by_score(sheet), "center", sheet.axis, inks, weight=BOLD)
    yield text("label", alt.value(0), "left", sheet.label, "ink", weight=BOLD)
    yield text("right", alt.value(sheet.right), sheet.right_align, sheet.axis, "ink-2")


# --- minis -----------------------------------------------------------------------


def _mini(sheet: Sheet) -> Iterator[alt.Chart]:
    def between(top: float, bottom: float) -> dict[str, Any]:
        return {"y": alt.value(top), "y2": alt.value(bottom)}

    # What missing answers allow is often narrower than the diamond, so it lies below it.
    reach, middle, below = reach_of(sheet), alt.value(12), alt.value(20.5)
    own: dict[str, Any] = {"stroke": "you", "strokeWidth": 2.25}
    hairline: dict[str, Any] = {"stroke": "rule", "strokeWidth": HAIRLINE}
    yield layer("zone", "fill").mark_rect(fill="zone").encode(**reach, **between(2, 22))
    yield layer("edge", "line").mark_rule(**hairline).encode(x=by_score(sheet), **between(2, 22))
    yield (
        layer("median", "tick")
        .mark_rule(stroke="ink", strokeWidth=2)
        .encode(x=by_score(sheet), **between(3, 21))
    )
    yield (
        layer("allowed", "line").mark_rule(strokeDash=[1.5, 2.5], **own).encode(**reach, y=below)
    )
    yield layer("interval", "line").mark_rule(**own).encode(**reach, y=middle)
    for end in ("start", "end"):
        yield (
            layer("interval", end)
            .mark_rule(**own)
            .encode(x=by_score(sheet, end), **between(6.75, 17.25))
        )
    yield (
        layer("own", "diamond")
        .mark_point(**diamond(area(5), 1))
        .encode(x=by_score(sheet), y=middle)
    )
