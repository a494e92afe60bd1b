"""
The report's charts: fill a picture, get its drawings as inline SVG, one for each width.

The drawings are stamped from ready frames, which lie in ``charts/frames/`` beside
this file; Altair is imported only to make those anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cx_maturity.charts import lanes, layout, strips
from cx_maturity.charts import times as rounds
from cx_maturity.charts.frame import Frame, from_json, to_json
from cx_maturity.charts.lettering import neat
from cx_maturity.charts.pictures import (
    Bar,
    Bit,
    Distribution,
    Gap,
    Gaps,
    Gate,
    Line,
    Mini,
    Moment,
    Pair,
    Pairs,
    Part,
    Range,
    Spot,
    Strip,
    Times,
    Zone,
)
from cx_maturity.charts.sheets import (
    BARS,
    GAPS,
    MINI,
    PAIRS,
    SHEETS,
    STRIPS,
    TIMES,
    TRENDS,
    Sheet,
)
from cx_maturity.charts.slots import MARKS
from cx_maturity.errors import ContentError, Place, Problem
from cx_maturity.load import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.charts.frame import Rows

__all__ = [
    "MARKS",
    "Bar",
    "Bit",
    "Distribution",
    "Drawing",
    "Gap",
    "Gaps",
    "Gate",
    "Line",
    "Mini",
    "Moment",
    "Pair",
    "Pairs",
    "Part",
    "Range",
    "Spot",
    "Strip",
    "Times",
    "Zone",
    "check_frames",
    "distribution",
    "draw_frames",
    "gaps",
    "mini",
    "overall",
    "pairs",
    "profile",
    "times",
    "trend",
]

FRAMES = Path(__file__).parent / "charts" / "frames"


@dataclass(frozen=True, slots=True)
class Drawing:
    """
    One width of a chart, as inline SVG.

    *width_class* is "wide", "middle" or "narrow"; the style sheet shows the
    one that fits.  A mini has one width only, called "wide".
    """

    width_class: str
    svg: str


def overall(picture: Strip, title: str, description: str) -> tuple[Drawing, ...]:
    """Draw the overall score, with its gate if the level is held; more lines may follow it."""
    return tuple(
        _drawing(sheet, strips.strip(picture, sheet), title, description) for sheet in STRIPS
    )


def profile(picture: Strip, title: str, description: str) -> tuple[Drawing, ...]:
    """Draw several scores on one axis."""
    return overall(picture, title, description)


def gaps(picture: Gaps, title: str, description: str) -> tuple[Drawing, ...]:
    """Draw the ways from the peers' median to each score, in the order given."""
    return tuple(_drawing(sheet, layout.gaps(picture, sheet), title, description) for sheet in GAPS)


def pairs(picture: Pairs, title: str, description: str) -> tuple[Drawing, ...]:
    """Draw scores that are compared two by two, in the order given."""
    return tuple(
        _drawing(sheet, lanes.pairs(picture, sheet), title, description) for sheet in PAIRS
    )


def times(picture: Times, title: str, description: str) -> tuple[Drawing, ...]:
    """Draw one score over rounds, at their dates."""
    return tuple(
        _drawing(sheet, rounds.times(picture, sheet), title, description) for sheet in TIMES
    )


def trend(picture: Times, title: str, description: str) -> tuple[Drawing, ...]:
    """Draw one of several scores over the same rounds, small."""
    return tuple(
        _drawing(sheet, rounds.times(picture, sheet), title, description) for sheet in TRENDS
    )


def distribution(picture: Distribution, title: str, description: str) -> tuple[Drawing, ...]:
    """Draw how each question was answered, in the order given."""
    return tuple(
        _drawing(sheet, layout.distribution(picture, sheet), title, description) for sheet in BARS
    )


def mini(picture: Mini, title: str, description: str) -> tuple[Drawing, ...]:
    """Draw one score small enough for a table's cell."""
    return (_drawing(MINI, layout.mini(picture, MINI), title, description),)


def _drawing(sheet: Sheet, rows: Rows, title: str, description: str) -> Drawing:
    """Place *rows*, and say to those who do not see the picture what it shows."""
    placed = frame_of(sheet.name).place(rows)
    names = f"chart chart-{sheet.chart}"
    if sheet.width_class:
        names += f" chart-{sheet.width_class}"
    described = f"<desc>{escape(neat(description))}</desc>" if description else ""
    svg = (
        f'<svg class="{names}" viewBox="0 0 {placed.width} {placed.height}"'
        f' width="{placed.width}" height="{placed.height}" role="img">'
        f"<title>{escape(neat(title))}</title>{described}"
        f'<g aria-hidden="true">{placed.marks}</g></svg>'
    )
    return Drawing(sheet.width_class or "wide", svg)


# --- ready frames ----------------------------------------------------------------


@cache
def frame_of(name: str) -> Frame:
    """Load the ready frame of the sheet called *name*."""
    return from_json(shipped(f"charts/frames/{name}.json"), SHEETS[name].slots)


def draw_frames() -> dict[Path, str]:
    """Draw every frame anew and prove it; returns what belongs in each ready file."""
    return {FRAMES / f"{name}.json": text for name, text in _drawn()}


def check_frames() -> None:
    """Draw every frame anew and raise ContentError where the ready ones are not the same."""
    problems = [
        Problem(Place(FRAMES / f"{name}.json"), "", wrong)
        for name, text in _drawn()
        if (wrong := _wrong(name, text))
    ]
    if problems:
        raise ContentError(problems)


def _wrong(name: str, drawn: str) -> str | None:
    try:
        ready = shipped(f"charts/frames/{name}.json")
    except FileNotFoundError:
        return "is missing; draw it with 'cx-maturity frames'"
    return None if ready == drawn else "is not what is drawn now; run 'cx-maturity frames'"


def _drawn() -> Iterator[tuple[str, str]]:
    # Altair and the engine behind it take seconds to start; pages need neither.
    from cx_maturity.charts.drawing import make_frame

    for name, sheet in SHEETS.items():
        yield name, to_json(make_frame(sheet))
