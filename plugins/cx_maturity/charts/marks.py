"""
How marks get their places and looks: what all drawings by Altair are put together from.

Imported only where frames are made or tested, as :mod:`~cx_maturity.charts.drawing` is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import altair as alt

if TYPE_CHECKING:
    from cx_maturity.charts.sheets import Sheet

HAIRLINE = 1
PLAIN = 400
BOLD = 700


def layer(slot: str, what: str) -> alt.Chart:
    """Start the layer that the frame finds as ``slot-what``."""
    return alt.Chart(alt.NamedData(slot), name=f"{slot}-{what}")


def by_score(sheet: Sheet, name: str = "at") -> alt.X:
    """Place by the sheet's scale."""
    scale = alt.Scale(domain=sheet.domain, range=sheet.plot, nice=False, zero=False)
    return alt.X(name, type="quantitative", scale=scale, axis=None)


def down(name: str = "y") -> alt.Y:
    """Place by pixels from the top."""
    scale = alt.Scale(domain=(0, 1), range=(0, 1), nice=False, zero=False)
    return alt.Y(name, type="quantitative", scale=scale, axis=None)


def reach_of(sheet: Sheet) -> dict[str, Any]:
    """Place from a row's start to its end."""
    return {"x": by_score(sheet, "start"), "x2": alt.X2("end")}


def tall_of() -> dict[str, Any]:
    """Place from a row's top to its bottom."""
    return {"y": down("top"), "y2": alt.Y2("bottom")}


def by_kind(looks: dict[str, Any]) -> alt.ExprRef:
    """Choose a look by the row's kind."""
    return alt.expr(f"({json.dumps(looks)})[datum.kind]")


def by_size(pair: tuple[float, float]) -> alt.ExprRef:
    """Choose a size by the row's kind, plain or strong."""
    return by_kind({"plain": pair[0], "strong": pair[1]})


def text(  # noqa: PLR0913 - the looks of a text
    slot: str,
    x: object,
    align: object,
    size: float,
    ink: object,
    *,
    weight: object = PLAIN,
    dx: object = 0,
) -> alt.Chart:
    """Write the rows' texts."""
    look: dict[str, Any] = {"align": align, "fill": ink, "fontWeight": weight, "dx": dx}
    place: dict[str, Any] = {"x": x, "y": down(), "text": alt.Text("text", type="nominal")}
    made: alt.Chart = layer(slot, "text").mark_text(fontSize=size, **look)
    return made.encode(**place)


def diamond(size: object, stroke: float) -> dict[str, Any]:
    """Give the own mark its look: the paper around it keeps it apart from its interval."""
    return {
        "shape": "diamond",
        "size": size,
        "fill": "you",
        "stroke": "paper",
        "strokeWidth": stroke,
        "opacity": 1,
    }


def area(radius: float) -> float:
    """Return the size that Vega wants for a mark of *radius*."""
    return (2 * radius) ** 2
