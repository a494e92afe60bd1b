"""
The sheets that charts are drawn on: lanes, sizes, and what their rows hold.

A sheet is one chart type at one width.  Left to right, places are scores,
shares or pixels; downwards they are always pixels from the top, because names
of several lines make rows of different heights.  Every word is a row, so a
sheet depends on no language, questionnaire or organisation.
"""

from __future__ import annotations

from dataclasses import dataclass

from cx_maturity.charts.frame import PAGE, Number, Slot

SHADES = ("r1", "r2", "r3", "r4", "r5")
# Parts of a bar that the gap between neighbours would swallow.
THIN = tuple(f"{shade} thin" for shade in SHADES)
# Sixty rows of three lines stay under this.
TALLEST = 8000.0

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """
    One chart type at one width; pixels throughout.

    *plot* is where the scale's *domain* starts and ends, *label_room* the lane of the
    names, *label*, *line* and *axis* are sizes of names, of their lines and of
    everything said smaller.  On a *stacked* sheet each name has a lane of its
    own above its marks.
    """

    chart: str
    width_class: str
    width: int
    domain: Pair
    plot: Pair
    label_room: float
    label: float
    line: float
    axis: float
    row: float
    slots: dict[str, Slot]

    @property
    def name(self) -> str:
        """Name the sheet and its file."""
        return f"{self.chart}-{self.width_class}" if self.width_class else self.chart

    @property
    def stacked(self) -> bool:
        """Tell whether names stand above their marks: phones."""
        return self.width_class == "narrow"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StripSheet(Sheet):
    """
    Scores on one axis.

    A pair is the size in a plain row and in a strong one; *score_end*,
    *range_at* and *cell* are the lanes to the right of the plot.
    """

    strong_row: float
    band: Pair
    median: Pair
    diamond: Pair
    cap: Pair
    score_end: float
    range_at: float
    range_align: str
    cell: tuple[float, float]
    cell_height: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GapsSheet(Sheet):
    """Ways from a zero line; *dot* is a dot's diameter."""

    dot: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BarsSheet(Sheet):
    """Bars of shares; *bar* is their height, *right* the lane of the words behind them."""

    bar: float
    right: float
    right_room: float
    right_align: str


# --- what the rows hold ----------------------------------------------------------


def _slots(*slots: Slot) -> dict[str, Slot]:
    return {slot.name: slot for slot in slots}


def _score(name: str) -> Number:
    return Number(name, 0, 100)


def _y(name: str) -> Number:
    return Number(name, 0, TALLEST)


def _page() -> Slot:
    return Slot(PAGE, (Number("height", 10, TALLEST),))


def _stamp(width: int) -> Slot:
    sides = tuple(Number(name, 0, width) for name in ("left", "middle", "right"))
    return Slot("stamp", (*sides, _y("y")), ("text",), rising=((0, 2),))


def _strip_slots(width: int) -> dict[str, Slot]:
    x = Number("x", 0, width)
    reach = (_score("start"), _score("end"))
    tall = (_y("top"), _y("bottom"))
    ramp_kinds = (*SHADES, "none")
    sizes = ("plain", "strong")
    return _slots(
        _page(),
        Slot("zone", (*reach, *tall), rising=((0, 1), (2, 3))),
        Slot("edge", (_score("at"), *tall), rising=((1, 2),)),
        Slot("closed", (*reach, *tall), rising=((0, 1), (2, 3))),
        Slot("blank", tall, rising=((0, 1),)),
        Slot("ramp", (*reach, _y("y")), kinds=SHADES, rising=((0, 1),)),
        Slot("level", (_score("at"), _y("y")), ("text",), ("plain", "reached")),
        Slot(
            "band",
            (*reach, _y("y")),
            kinds=("illustrative plain", "illustrative strong", "pooled plain", "pooled strong"),
            rising=((0, 1),),
        ),
        Slot("median", (_score("at"), _y("y")), kinds=sizes),
        Slot("gate", (_score("at"), *tall), rising=((1, 2),)),
        Slot("allowed", (*reach, _y("y")), rising=((0, 1),)),
        Slot("interval", (*reach, _y("y")), kinds=sizes, rising=((0, 1),)),
        Slot("own", (_score("at"), _y("y")), kinds=sizes),
        Slot("words", (_score("at"), _y("y")), ("text",)),
        Slot("missing", (_y("y"),), ("text",)),
        Slot("label", (_y("y"),), ("text",), kinds=sizes),
        Slot("score", (x, _y("y")), ("text",)),
        Slot("range", (_y("y"),), ("text",)),
        Slot("cell", (_y("y"),), ("text",), ramp_kinds),
        Slot("empty", (_y("y"),)),
        Slot("tick", (_score("at"), _y("y")), ("text",), ("start", "middle", "end")),
        Slot("head", (_y("y"),), ("text",), ("score", "level")),
        _stamp(width),
    )


def _gaps_slots(width: int) -> dict[str, Slot]:
    share = Number("at", -1, 1)
    kinds = ("above", "below", "level")
    return _slots(
        _page(),
        Slot("line", (_y("y"),)),
        Slot("grid", (share, _y("top"), _y("bottom")), rising=((1, 2),)),
        Slot("zero", (_y("top"), _y("bottom")), rising=((0, 1),)),
        Slot("stem", (share, _y("y")), kinds=kinds),
        Slot("dot", (share, _y("y")), kinds=kinds),
        Slot("label", (_y("y"),), ("text",), kinds),
        Slot(
            "value",
            (share, _y("y")),
            ("text",),
            tuple(f"{kind} {side}" for kind in kinds for side in ("left", "right")),
        ),
        Slot("tick", (share, _y("y")), ("text",)),
        _stamp(width),
    )


def _bars_slots() -> dict[str, Slot]:
    share = (Number("start", 0, 1), Number("end", 0, 1))
    return _slots(
        _page(),
        Slot("part", (*share, _y("y")), kinds=(*SHADES, *THIN), rising=((0, 1),)),
        Slot("bar", (_y("y"),)),
        Slot("count", (Number("at", 0, 1), _y("y")), ("text",), SHADES),
        Slot("label", (_y("y"),), ("text",)),
        Slot("right", (_y("y"),), ("text",)),
    )


def _mini_slots() -> dict[str, Slot]:
    reach = (_score("start"), _score("end"))
    return _slots(
        Slot(PAGE, (Number("height", 22, 22),)),
        Slot("zone", reach, rising=((0, 1),)),
        Slot("edge", (_score("at"),)),
        Slot("median", (_score("at"),)),
        Slot("allowed", reach, rising=((0, 1),)),
        Slot("interval", reach, rising=((0, 1),)),
        Slot("own", (_score("at"),)),
    )


# --- the sheets ------------------------------------------------------------------

STRIPS = (
    StripSheet(
        chart="strip",
        width_class="wide",
        width=1120,
        domain=(0, 100),
        plot=(230.5, 950.5),
        label_room=216,
        label=14,
        line=18,
        axis=13,
        row=40,
        strong_row=62,
        band=(15, 25),
        median=(21, 32),
        diamond=(7, 8.5),
        cap=(10, 10),
        score_end=1006,
        range_at=1014,
        range_align="left",
        cell=(1092, 1120),
        cell_height=23,
        slots=_strip_slots(1120),
    ),
    StripSheet(
        chart="strip",
        width_class="middle",
        width=680,
        domain=(0, 100),
        plot=(127.5, 557.5),
        label_room=119,
        label=12.5,
        line=16,
        axis=12,
        row=34,
        strong_row=52,
        band=(13, 21),
        median=(18, 27),
        diamond=(5.5, 7),
        cap=(9, 10),
        score_end=590,
        range_at=594,
        range_align="left",
        cell=(660, 680),
        cell_height=19,
        slots=_strip_slots(680),
    ),
    StripSheet(
        chart="strip",
        width_class="narrow",
        width=288,
        domain=(0, 100),
        plot=(1.5, 286.5),
        label_room=288,
        label=13.5,
        line=17,
        axis=12.5,
        row=28,
        strong_row=36,
        band=(13, 21),
        median=(18, 28),
        diamond=(5, 6.5),
        cap=(10, 11),
        score_end=0,
        range_at=254,
        range_align="right",
        cell=(262, 288),
        cell_height=17,
        slots=_strip_slots(288),
    ),
)

GAPS = (
    GapsSheet(
        chart="gaps",
        width_class="wide",
        width=846,
        domain=(-1, 1),
        plot=(356.5, 796.5),
        label_room=304,
        label=14,
        line=18,
        axis=13,
        row=32,
        dot=11,
        slots=_gaps_slots(846),
    ),
    GapsSheet(
        chart="gaps",
        width_class="middle",
        width=680,
        domain=(-1, 1),
        plot=(294.5, 634.5),
        label_room=250,
        label=12.5,
        line=16,
        axis=12,
        row=28,
        dot=10,
        slots=_gaps_slots(680),
    ),
    GapsSheet(
        chart="gaps",
        width_class="narrow",
        width=288,
        domain=(-1, 1),
        plot=(44.5, 244.5),
        label_room=288,
        label=13.5,
        line=17,
        axis=12.5,
        row=18,
        dot=10,
        slots=_gaps_slots(288),
    ),
)

BARS = (
    BarsSheet(
        chart="distribution",
        width_class="wide",
        width=1120,
        domain=(0, 1),
        plot=(330.5, 956.5),
        label_room=312,
        label=14,
        line=18,
        axis=13,
        row=34,
        bar=25,
        right=970,
        right_room=150,
        right_align="left",
        slots=_bars_slots(),
    ),
    BarsSheet(
        chart="distribution",
        width_class="middle",
        width=680,
        domain=(0, 1),
        plot=(220.5, 538.5),
        label_room=209,
        label=12.5,
        line=16,
        axis=12,
        row=28,
        bar=20,
        right=548,
        right_room=132,
        right_align="left",
        slots=_bars_slots(),
    ),
    BarsSheet(
        chart="distribution",
        width_class="narrow",
        width=288,
        domain=(0, 1),
        plot=(1.5, 286.5),
        label_room=288,
        label=13.5,
        line=17,
        axis=12.5,
        row=22,
        bar=21,
        right=288,
        right_room=110,
        right_align="right",
        slots=_bars_slots(),
    ),
)

MINI = Sheet(
    chart="mini",
    width_class="",
    width=210,
    domain=(0, 100),
    plot=(5.5, 204.5),
    label_room=0,
    label=0,
    line=0,
    axis=0,
    row=22,
    slots=_mini_slots(),
)

SHEETS: dict[str, Sheet] = {sheet.name: sheet for sheet in (*STRIPS, *GAPS, *BARS, MINI)}
