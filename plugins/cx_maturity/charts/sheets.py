"""
The sheets that charts are drawn on: lanes and sizes.

A sheet is one chart type at one width.  Every word is a row, so a sheet depends on no
language, questionnaire or organisation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cx_maturity.charts.slots import (
    bars_slots,
    gaps_slots,
    mini_slots,
    pair_slots,
    strip_slots,
    time_slots,
)

if TYPE_CHECKING:
    from cx_maturity.charts.frame import Slot

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

    A pair is the size in a plain row and in a strong one, *low_rows* the heights of these in a
    low picture; *score_end*,
    *range_at* and *cell* are the lanes to the right of the plot.
    """

    strong_row: float
    low_rows: Pair
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
class PairSheet(Sheet):
    """
    Marks in pairs on the score axis.

    *lane* is the height of a lane of the two that are compared, *thin* of the others; *mark* and
    *small* are their radii.  *value_end* and *word_room* are the lanes to the right; the words
    of marks at the ends of the scale stand between these and the plot.
    """

    lane: float
    thin: float
    mark: float
    small: float
    value_end: float
    value_room: float
    word_room: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimeSheet(Sheet):
    """
    One score over time; *tall* is the plot's height, *inset* what dates keep of its ends.

    *mark* is the radius of a mark, *cap* the width of an interval's ends.  Of many small ones,
    *only_ends* are written: the first round and the last.
    """

    tall: float
    inset: float
    mark: float
    cap: float = 9
    only_ends: bool = False

    def within(self) -> TimeSheet:
        """Return the sheet whose scale leaves the ends of the plot free."""
        return replace(self, plot=(self.plot[0] + self.inset, self.plot[1] - self.inset))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BarsSheet(Sheet):
    """Bars of shares; *bar* is their height, *right* the lane of the words behind them."""

    bar: float
    right: float
    right_room: float
    right_align: str


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
        low_rows=(40, 62),
        band=(15, 25),
        median=(21, 32),
        diamond=(7, 8.5),
        cap=(10, 10),
        score_end=1006,
        range_at=1014,
        range_align="left",
        cell=(1092, 1120),
        cell_height=23,
        slots=strip_slots(1120),
    ),
    StripSheet(
        chart="strip",
        width_class="middle",
        width=680,
        domain=(0, 100),
        plot=(119.5, 549.5),
        label_room=111,
        label=12.5,
        line=16,
        axis=12,
        row=34,
        strong_row=52,
        low_rows=(26, 30),
        band=(13, 21),
        median=(18, 27),
        diamond=(5.5, 7),
        cap=(9, 10),
        score_end=581,
        range_at=585,
        range_align="left",
        cell=(660, 680),
        cell_height=19,
        slots=strip_slots(680),
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
        low_rows=(28, 36),
        band=(13, 21),
        median=(18, 28),
        diamond=(5, 6.5),
        cap=(10, 11),
        score_end=0,
        range_at=254,
        range_align="right",
        cell=(262, 288),
        cell_height=17,
        slots=strip_slots(288),
    ),
)

GAPS = (
    GapsSheet(
        chart="gaps",
        width_class="wide",
        width=846,
        domain=(0, 1),
        plot=(356.5, 796.5),
        label_room=304,
        label=14,
        line=18,
        axis=13,
        row=32,
        dot=11,
        slots=gaps_slots(846),
    ),
    GapsSheet(
        chart="gaps",
        width_class="middle",
        width=680,
        domain=(0, 1),
        plot=(294.5, 634.5),
        label_room=250,
        label=12.5,
        line=16,
        axis=12,
        row=28,
        dot=10,
        slots=gaps_slots(680),
    ),
    GapsSheet(
        chart="gaps",
        width_class="narrow",
        width=288,
        domain=(0, 1),
        plot=(44.5, 244.5),
        label_room=288,
        label=13.5,
        line=17,
        axis=12.5,
        row=18,
        dot=10,
        slots=gaps_slots(288),
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
        slots=bars_slots(),
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
        slots=bars_slots(),
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
        slots=bars_slots(),
    ),
)

PAIRS = (
    PairSheet(
        chart="pairs",
        width_class="wide",
        width=846,
        domain=(0, 100),
        plot=(176.5, 642.5),
        label_room=142,
        label=14,
        line=18,
        axis=13,
        row=36,
        lane=18,
        thin=13,
        mark=6,
        small=4.5,
        value_end=746,
        value_room=66,
        word_room=96,
        slots=pair_slots(),
    ),
    PairSheet(
        chart="pairs",
        width_class="middle",
        width=680,
        domain=(0, 100),
        plot=(168.5, 488.5),
        label_room=128,
        label=12.5,
        line=16,
        axis=12,
        row=30,
        lane=16,
        thin=12,
        mark=5,
        small=4,
        value_end=588,
        value_room=64,
        word_room=86,
        slots=pair_slots(),
    ),
    PairSheet(
        chart="pairs",
        width_class="narrow",
        width=288,
        domain=(0, 100),
        plot=(36.5, 252.5),
        label_room=288,
        label=13.5,
        line=17,
        axis=12.5,
        row=24,
        lane=18,
        thin=13,
        mark=5.5,
        small=4.5,
        value_end=0,
        value_room=110,
        word_room=288,
        slots=pair_slots(),
    ),
)

TIMES = (
    TimeSheet(
        chart="times",
        width_class="wide",
        width=846,
        domain=(0, 1),
        plot=(164.5, 846),
        label_room=128,
        label=14,
        line=18,
        axis=13,
        row=0,
        tall=280,
        inset=58,
        mark=5,
        slots=time_slots(),
    ),
    TimeSheet(
        chart="times",
        width_class="middle",
        width=680,
        domain=(0, 1),
        plot=(158.5, 680),
        label_room=124,
        label=12.5,
        line=16,
        axis=12,
        row=0,
        tall=230,
        inset=54,
        mark=4.5,
        slots=time_slots(),
    ),
    TimeSheet(
        chart="times",
        width_class="narrow",
        width=288,
        domain=(0, 1),
        plot=(42.5, 288),
        label_room=12,
        label=13.5,
        line=17,
        axis=12.5,
        row=0,
        tall=230,
        inset=50,
        mark=4.5,
        slots=time_slots(),
    ),
)

# Two stand beside each other, and are together as wide as one score over time.
TRENDS = (
    TimeSheet(
        chart="trend",
        width_class="wide",
        width=410,
        domain=(0, 1),
        plot=(48.5, 410),
        label_room=14,
        label=14,
        line=18,
        axis=13,
        row=0,
        tall=200,
        inset=52,
        mark=3.25,
        cap=7,
        only_ends=True,
        slots=time_slots(),
    ),
    TimeSheet(
        chart="trend",
        width_class="middle",
        width=328,
        domain=(0, 1),
        plot=(44.5, 328),
        label_room=13,
        label=12.5,
        line=16,
        axis=12,
        row=0,
        tall=170,
        inset=48,
        mark=3,
        cap=7,
        only_ends=True,
        slots=time_slots(),
    ),
    TimeSheet(
        chart="trend",
        width_class="narrow",
        width=288,
        domain=(0, 1),
        plot=(42.5, 288),
        label_room=12,
        label=13.5,
        line=17,
        axis=12.5,
        row=0,
        tall=180,
        inset=50,
        mark=3.25,
        cap=7,
        only_ends=True,
        slots=time_slots(),
    ),
)

MINI = Sheet(
    chart="mini",
    width_class="",
    width=260,
    domain=(0, 100),
    plot=(0.5, 259.5),
    label_room=0,
    label=0,
    line=0,
    axis=0,
    row=24,
    slots=mini_slots(),
)

SHEETS: dict[str, Sheet] = {
    sheet.name: sheet for sheet in (*STRIPS, *GAPS, *PAIRS, *TIMES, *TRENDS, *BARS, MINI)
}
