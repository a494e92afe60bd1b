"""
Learn a frame from drawings of example rows, or say why it cannot be learned.

Whoever draws names each layer ``slot-what``, which makes a group of the class
``slot_what_marks`` with one element a row, in the order of the rows.  Nothing
here knows a mark, a scale or a chart: within a kind of row the elements must
be the same but for numbers and texts; a number that varies must be affine in
the row's numbers, a text that varies must be one of the row's texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np

from cx_maturity.charts.frame import PAGE, Frame, Group, Row, Rows, Slot, Stamp, Sum, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Draw = Callable[[Rows], str]

_NAMESPACE = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_LAYER = re.compile(r"([a-z]+)_\w+_marks")
# Three drawings tell an affine height from a curved one; eight rows a kind in each are
# 24 a kind, of which the extremes reach both ends of every range.
_DRAWINGS = 3
_ROWS_A_KIND = 8
# In pixels; Altair prints what it computes, so a true line fits to the last digit.
_TOLERANCE = 1e-6
_MOST_TERMS = 2
# A single colour or size says the same on the group as on each of its marks.
INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "text-anchor",
)
_OWN = ("d", "transform", "x2", "y2")
_COLOURS = ("fill", "stroke")


class Refused(Exception):
    """The drawing is not rows stamped one by one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One element: its attributes and, for a text, what it says."""

    tag: str
    attributes: Mapping[str, str]
    text: str | None


@dataclass(frozen=True, slots=True)
class Layer:
    """The marks of one layer, one for each row of *slot*."""

    slot: str
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A drawing taken apart: its size, the attributes around all layers, the layers."""

    width: str
    height: str
    around: Mapping[str, str]
    layers: tuple[Layer, ...]


# --- taking a drawing apart --------------------------------------------------


def cut(svg: str) -> Cut:
    """
    Take *svg* apart into layers.

    Dropped: what names things for programs (roles, labels, classes) and the
    font's name, which the page's style sheet gives.  Refused: whatever a page
    could not place by rows, and anything drawn outside of the layers.
    """
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing wrote it
    around: dict[str, str] = {}
    layers = tuple(_layers(root, around))
    viewbox = root.get("viewBox", "").split()
    if viewbox != ["0", "0", root.get("width"), root.get("height")]:
        raise Refused(f"the view box {viewbox} is not the drawing's size")
    return Cut(root.get("width", ""), root.get("height", ""), around, layers)


def _layers(element: ET.Element, around: dict[str, str]) -> Iterator[Layer]:
    """Yield the layers below *element*, which draws nothing else."""
    for child in element:
        found = next(filter(None, map(_LAYER.fullmatch, child.get("class", "").split())), None)
        if found:
            yield Layer(found[1], found[0], tuple(map(_mark, child)))
        elif child.tag == f"{_NAMESPACE}g":
            for name, value in child.attrib.items():
                if name in INHERITED or name == "stroke-miterlimit":
                    around[name] = value
                elif name == "transform" and value != "translate(0,0)":
                    raise Refused(f"all layers are moved by {value}")
            yield from _layers(child, around)
        elif child.get("class") not in {"background", "foreground"} or _is_painted(child):
            raise Refused(f"draws {child.tag.removeprefix(_NAMESPACE)} outside of every slot")


def _is_painted(element: ET.Element) -> bool:
    return any(element.get(name, "none") not in {"none", "transparent"} for name in _COLOURS)


def _mark(element: ET.Element) -> Mark:
    tag = element.tag.removeprefix(_NAMESPACE)
    if tag not in {"path", "line", "text"} or len(element):
        raise Refused(f"a mark is <{tag}> with {len(element)} children")
    attributes = {}
    for name, value in element.attrib.items():
        if name in INHERITED or name in _OWN:
            attributes[name] = value
        elif not (name == "font-family" or name.startswith(("aria-", "role"))) and not (
            name == "opacity" and value == "1"
        ):
            raise Refused(f"a mark has {name}={value!r}")
    return Mark(tag, attributes, (element.text or "") if tag == "text" else None)


# --- example rows --------------------------------------------------------------


def examples(slots: Iterable[Slot], seed: int, each: int = _ROWS_A_KIND) -> Rows:
    """
    Make *each* rows of every kind of every slot, with independent numbers.

    The first two rows of a kind stand at the lower and the upper end of every
    range; every text is another one.
    """
    chance = Random(seed)  # noqa: S311 - examples, not secrets
    return {slot.name: list(_examples(slot, chance, each)) for slot in slots}


def _examples(slot: Slot, chance: Random, each: int) -> Iterator[Row]:
    for kind in slot.kinds:
        for index in range(1 if slot.name == PAGE else each):
            numbers = [
                chance.uniform(low, high) if index > 1 or slot.name == PAGE else (low, high)[index]
                for _, low, high in slot.numbers
            ]
            texts = tuple(f"{kind} {name} {chance.randrange(10**6)}" for name in slot.texts)
            yield kind, rise(slot, numbers), texts


def rise(slot: Slot, numbers: list[float]) -> tuple[float, ...]:
    """Exchange *numbers* until those that the slot wants in order are."""
    for lower, upper in slot.rising:
        if numbers[lower] > numbers[upper]:
            numbers[lower], numbers[upper] = numbers[upper], numbers[lower]
    return tuple(numbers)


# --- learning ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """A mark whose numbers and texts became holes: attribute → parts, in order."""

    tag: str
    attributes: Mapping[str, tuple[str | Sum | int, ...]]
    text: tuple[str | Sum | int, ...] | None


Example = tuple[Row, Mark]


def learn(draw: Draw, slots: Sequence[Slot], palette: Collection[str], key: str) -> Frame:
    """
    Learn the frame of *draw* from example rows of *slots*.

    A colour of *palette* becomes a class: ``fill="ink"`` is written
    ``class="f-ink"``, a stroke ``s-ink``; no other colour is let through.
    """
    drawn = []
    for seed in range(_DRAWINGS):
        rows = examples(slots, seed)
        drawn.append((rows, cut(draw(rows))))
    pages = [rows[PAGE][0] for rows, _ in drawn]
    first = drawn[0][1]
    _check_slots(first, slots)
    if len({(tuple(c.around.items()), tuple(la.name for la in c.layers)) for _, c in drawn}) > 1:
        raise Refused("the layers depend on the rows")
    declared = {slot.name: slot for slot in slots}
    groups = [
        _group(
            declared[layer.slot],
            layer.name,
            [(rows[layer.slot], c.layers[index]) for rows, c in drawn],
            palette,
        )
        for index, layer in enumerate(first.layers)
    ]
    around = _tag("g", {name: (value,) for name, value in first.around.items()}, palette)
    return Frame(
        key,
        declared[PAGE],
        _stamp(_learned("width", pages, [c.width for _, c in drawn])),
        _stamp(_learned("height", pages, [c.height for _, c in drawn])),
        _literal(around),
        "</g>",
        tuple(groups),
    )


def _check_slots(drawing: Cut, slots: Sequence[Slot]) -> None:
    """Make sure that every slot is drawn, and nothing else."""
    declared = {slot.name for slot in slots}
    drawn = {layer.slot for layer in drawing.layers} | {PAGE}
    for name in sorted(declared ^ drawn):
        what = "is never drawn" if name in declared else "is drawn but not declared"
        raise Refused(f"slot {name} {what}")


def _group(
    slot: Slot,
    layer: str,
    drawn: Sequence[tuple[Sequence[Row], Layer]],
    palette: Collection[str],
) -> Group:
    """Learn the stamps of one layer, with what all of them share on its group."""
    pairs: list[Example] = []
    for rows, drawn_layer in drawn:
        if len(rows) != len(drawn_layer.marks):
            raise Refused(f"{layer}: {len(drawn_layer.marks)} marks for {len(rows)} rows")
        pairs += zip(rows, drawn_layer.marks, strict=True)
    shapes = {
        kind: _shape(f"{layer}, {kind}", list(of_kind))
        for kind, of_kind in groupby(sorted(pairs, key=_kind), key=_kind)
    }
    shared = _shared(shapes.values())
    stamps = {
        kind: _stamp(_markup(shape, shared, palette)) for kind, shape in sorted(shapes.items())
    }
    if not shared:
        return Group(slot, "", "", stamps)
    return Group(slot, _literal(_tag("g", shared, palette)), "</g>", stamps)


def _kind(example: Example) -> str:
    return example[0][0]


def _shape(name: str, pairs: Sequence[Example]) -> _Shape:
    """Find what varies among marks of one kind."""
    rows = [row for row, _ in pairs]
    first = pairs[0][1]
    if any(
        mark.tag != first.tag or mark.attributes.keys() != first.attributes.keys()
        for _, mark in pairs
    ):
        raise Refused(f"{name}: marks differ in more than numbers")
    attributes = {
        attribute: _learned(
            f"{name}, {attribute}", rows, [m.attributes[attribute] for _, m in pairs]
        )
        for attribute in first.attributes
    }
    return _Shape(first.tag, attributes, None if first.text is None else _said(name, pairs))


def _said(name: str, pairs: Sequence[Example]) -> tuple[str | int, ...]:
    """Find the text of the row that a mark says."""
    said = [mark.text or "" for _, mark in pairs]
    if len(set(said)) == 1:
        return (escape(said[0]),)
    for place, texts in enumerate(zip(*(row[2] for row, _ in pairs), strict=True)):
        if said == list(texts):
            return "", place, ""
    raise Refused(f"{name}: the text {said[0]!r} is no text of its row")


def _learned(name: str, rows: Sequence[Row], values: Sequence[str]) -> tuple[str | Sum, ...]:
    """Learn an attribute: literal, sum, literal, sum … literal."""
    if len(set(values)) == 1:
        return (escape(_tidied(values[0])),)
    literals = NUMBER.split(values[0])
    if any(NUMBER.split(value) != literals for value in values):
        raise Refused(f"{name}: marks differ in more than numbers")
    columns = zip(*(map(float, NUMBER.findall(value)) for value in values), strict=True)
    literals = list(map(escape, literals))
    parts: list[str | Sum] = [literals[0]]
    for index, column in enumerate(columns):
        parts += [_affine(f"{name}, number {index + 1}", rows, column), literals[index + 1]]
    return tuple(parts)


def _tidied(value: str) -> str:
    return NUMBER.sub(lambda found: printed(float(found[0])), value)


def _affine(name: str, rows: Sequence[Row], column: Sequence[float]) -> str | Sum:
    """Fit a constant and a factor for each number, in the shortest decimals that still fit."""
    measured = np.array(column)
    known = np.array([(1.0, *numbers) for _, numbers, _ in rows])
    fitted: list[float] = np.linalg.lstsq(known, measured, rcond=None)[0].tolist()
    for decimals in range(13):
        short = [round(value, decimals) for value in fitted]
        if np.abs(known @ np.array(short) - measured).max() <= _TOLERANCE:
            terms = [(place, factor) for place, factor in enumerate(short[1:]) if factor]
            if len(terms) > _MOST_TERMS:
                raise Refused(f"{name}: follows more than two of the row's numbers")
            return _sum(short[0], terms) if terms else printed(short[0])
    raise Refused(f"{name}: is not affine in the row's numbers")


def _sum(constant: float, terms: Sequence[tuple[int, float]]) -> Sum:
    place, factor = terms[0]
    other_place, other_factor = terms[1] if len(terms) > 1 else (0, 0.0)
    return Sum(constant, place, factor, other_place, other_factor)


# --- writing markup with holes -----------------------------------------------


def _shared(shapes: Iterable[_Shape]) -> dict[str, tuple[str | Sum | int, ...]]:
    """Find the attributes that every shape of a layer has, all alike."""
    first, *others = shapes
    return {
        name: parts
        for name, parts in first.attributes.items()
        if name in INHERITED
        and len(parts) == 1
        and all(other.attributes.get(name) == parts for other in others)
    }


def _markup(
    shape: _Shape, shared: Collection[str], palette: Collection[str]
) -> list[str | Sum | int]:
    """Write the element of *shape* without what its group says already."""
    own = {name: parts for name, parts in shape.attributes.items() if name not in shared}
    parts = _tag(shape.tag, own, palette)
    if shape.text is None:
        return [*parts[:-1], "/>"]
    return [*parts, *shape.text, f"</{shape.tag}>"]


def _tag(
    tag: str, attributes: Mapping[str, tuple[str | Sum | int, ...]], palette: Collection[str]
) -> list[str | Sum | int]:
    """Write a start tag; the colours of the palette become classes."""
    classes = []
    written: list[str | Sum | int] = []
    for name, parts in attributes.items():
        value = parts[0]
        if name in _COLOURS and value not in {"none", "transparent"}:
            if len(parts) != 1 or value not in palette:
                raise Refused(f"{name} {value!r} is no colour of the palette")
            classes.append(f"{name[0]}-{value}")
        else:
            written += [f' {name}="', *parts, '"']
    named = f' class="{" ".join(classes)}"' if classes else ""
    return [f"<{tag}{named}", *written, ">"]


def _stamp(parts: Sequence[str | Sum | int]) -> Stamp:
    """Join neighbouring literals; what is left alternates, the text of an element last."""
    literals = [""]
    for part in parts:
        if isinstance(part, str):
            literals[-1] += part
        else:
            literals.append("")
    return Stamp(
        tuple(literals),
        tuple(part for part in parts if isinstance(part, Sum)),
        tuple(part for part in parts if isinstance(part, int)),
    )


def _literal(parts: Iterable[str | Sum | int]) -> str:
    return "".join(part for part in parts if isinstance(part, str))
