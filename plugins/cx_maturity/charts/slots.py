"""
What the rows of each chart hold: numbers and their ranges, texts, kinds.

Left to right, places are scores, shares or pixels; downwards they are always pixels from
the top, because names of several lines make rows of different heights.
"""

from __future__ import annotations

from cx_maturity.charts.frame import PAGE, Number, Slot

SHADES = ("r1", "r2", "r3", "r4", "r5")
# Parts of a bar that the gap between neighbours would swallow.
THIN = tuple(f"{shade} thin" for shade in SHADES)
# Sixty rows of three lines stay under this.
TALLEST = 8000.0
# Marks of people and of rounds, told apart by shape.
MARKS = (
    *("full", "open", "diamond"),
    *("triangle", "square", "cross", "wedge", "ring", "box"),
)


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


def strip_slots(width: int) -> dict[str, Slot]:
    """Declare the rows of a strip."""
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
        Slot("way", (*reach, _y("y")), rising=((0, 1),)),
        Slot("target", (_score("at"), _y("y")), kinds=sizes),
        Slot("tread", (*reach, _y("y")), rising=((0, 1),)),
        Slot("riser", (_score("at"), *tall), rising=((1, 2),)),
        Slot("own", (_score("at"), _y("y")), kinds=sizes),
        # Beside a mark at either end of the scale they stand outside of it.
        Slot("spot", (Number("at", -5, 105), _y("y")), ("text",), ("right", "left")),
        Slot("aim", (_score("at"), _y("y")), ("text",), ("right", "left", "below")),
        Slot("bit", (_score("at"), _y("y"))),
        Slot("named", (_score("at"), _y("y")), ("text",), ("right", "left", "below")),
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


def gaps_slots(width: int) -> dict[str, Slot]:
    """Declare the rows of gaps."""
    share = Number("at", 0, 1)
    reach = (Number("start", 0, 1), Number("end", 0, 1))
    kinds = ("above", "below", "level")
    return _slots(
        _page(),
        Slot("line", (_y("y"),)),
        Slot("grid", (share, _y("top"), _y("bottom")), rising=((1, 2),)),
        Slot("zero", (share, _y("top"), _y("bottom")), rising=((1, 2),)),
        Slot("stem", (*reach, _y("y")), kinds=kinds, rising=((0, 1),)),
        Slot("way", (*reach, _y("y")), rising=((0, 1),)),
        Slot("target", (share, _y("y"))),
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


def bars_slots() -> dict[str, Slot]:
    """Declare the rows of bars."""
    share = (Number("start", 0, 1), Number("end", 0, 1))
    return _slots(
        _page(),
        Slot("part", (*share, _y("y")), kinds=(*SHADES, *THIN), rising=((0, 1),)),
        Slot("bar", (_y("y"),)),
        Slot("count", (Number("at", 0, 1), _y("y")), ("text",), SHADES),
        Slot("label", (_y("y"),), ("text",)),
        Slot("right", (_y("y"),), ("text",)),
    )


def mini_slots() -> dict[str, Slot]:
    """Declare the rows of a mini."""
    reach = (_score("start"), _score("end"))
    return _slots(
        Slot(PAGE, (Number("height", 24, 24),)),
        Slot("zone", reach, rising=((0, 1),)),
        Slot("edge", (_score("at"),)),
        Slot("median", (_score("at"),)),
        Slot("allowed", reach, rising=((0, 1),)),
        Slot("interval", reach, rising=((0, 1),)),
        Slot("own", (_score("at"),)),
    )


def pair_slots() -> dict[str, Slot]:
    """Declare the rows of pairs of marks."""
    reach = (_score("start"), _score("end"))
    tall = (_y("top"), _y("bottom"))
    link = (_score("start"), _y("top"), _score("end"), _y("bottom"))
    return _slots(
        _page(),
        Slot("zone", (*reach, *tall), rising=((0, 1), (2, 3))),
        Slot("edge", (_score("at"), *tall), rising=((1, 2),)),
        Slot("line", (_y("y"),)),
        Slot("ramp", (*reach, _y("y")), kinds=SHADES, rising=((0, 1),)),
        Slot("level", (_score("at"), _y("y")), ("text",), ("plain", "reached")),
        Slot("other", (*reach, _y("y")), rising=((0, 1),)),
        Slot("interval", (*reach, _y("y")), rising=((0, 1),)),
        Slot("link", link, kinds=("solid", "dotted")),
        Slot("mark", (_score("at"), _y("y")), kinds=MARKS),
        # Beside a mark at either end of the scale they stand outside of it.
        Slot("spot", (Number("at", -5, 105), _y("y")), ("text",), ("left", "right")),
        Slot("label", (_y("y"),), ("text",), kinds=("plain", "strong")),
        Slot("value", (Number("x", 0, 1120), _y("y")), ("text",), kinds=("plain", "strong")),
        Slot("word", (_y("y"),), ("text",), kinds=("plain", "strong")),
        Slot("tick", (_score("at"), _y("y")), ("text",), ("start", "middle", "end")),
        Slot("head", (_y("y"),), ("text",), ("value", "word")),
    )


def time_slots() -> dict[str, Slot]:
    """Declare the rows of one score over time."""
    at = Number("at", 0, 1)
    tall = (_y("top"), _y("bottom"))
    way = (Number("start", 0, 1), _y("top"), Number("end", 0, 1), _y("bottom"))
    return _slots(
        _page(),
        Slot("zone", tall, rising=((0, 1),)),
        Slot("edge", (_y("y"),)),
        Slot("level", (_y("y"),), ("text",), ("plain", "reached")),
        Slot("grade", (_y("y"),), ("text",)),
        Slot("notch", (at, *tall), rising=((1, 2),)),
        Slot("way", way, rising=((0, 2),)),
        Slot("interval", (at, *tall), rising=((1, 2),)),
        Slot("own", (at, _y("y"))),
        Slot("value", (at, _y("y")), ("text",)),
        Slot("tick", (at, _y("y")), ("text",)),
        Slot("label", (_y("y"),), ("text",)),
    )
