"""
Prove a frame: what is placed must be what is drawn, for rows made to break it.

Learning sees example rows only.  A scale that follows its data, a text cut at
a length or a rounded corner looks affine there and is caught here, by drawing
other rows in full and comparing mark by mark.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from cx_maturity.charts.frame import PAGE, Frame, Placed, Rows, Slot
from cx_maturity.charts.learn import NUMBER, Draw, Refused, cut, examples, rise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Choose = Callable[[Slot, Random], list[float]]

# Pixels; what is placed is printed to a hundredth.
TOLERANCE = 0.01

_NEAR = 1e-4
_HOSTILE_TEXTS = (
    "&amp; <b>bold</b> ]]>",
    "\"quoted\" 'twice' %s %% {0}",
    "a name of very many letters " * 15 + "end",
    "0",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 12",
    "\U0001f469\u200d\U0001f680 e\u0301",
)


class Leaf(NamedTuple):
    """One mark and everything that it inherits."""

    tag: str
    attributes: Mapping[str, str]
    text: str | None


def prove(frame: Frame, draw: Draw, slots: Sequence[Slot]) -> None:
    """Draw hostile rows in full and raise :class:`Refused` at the first difference."""
    for name, rows in hostile_rows(slots):
        found = differences(draw(rows), frame.place(rows))
        if found:
            raise Refused(f"placed differs from drawn, {name}: {'; '.join(found[:3])}")


def hostile_rows(slots: Sequence[Slot]) -> Iterator[tuple[str, Rows]]:
    """Yield sets of rows that a frame learned wrongly does not survive."""
    chance = Random(1)  # noqa: S311 - examples, not secrets
    yield "few other rows", examples(slots, seed=101, each=3)
    yield "hostile texts in a narrow range", _rows(slots, chance, _narrow, _HOSTILE_TEXTS)
    yield "numbers nearly equal", _rows(slots, chance, _nearly_equal, ("0", "0"))
    yield "one row", {name: rows[-1:] for name, rows in examples(slots, 102, each=1).items()}
    yield "no rows", {PAGE: examples(slots, 103)[PAGE]}


def _rows(slots: Sequence[Slot], chance: Random, choose: Choose, texts: Sequence[str]) -> Rows:
    """Make rows with chosen numbers; every kind says every one of *texts*."""
    return {
        slot.name: [
            (kind, rise(slot, choose(slot, chance)), (text,) * len(slot.texts))
            for kind in slot.kinds
            for text in (texts[:1] if slot.name == PAGE else texts if slot.texts else texts[:2])
        ]
        for slot in slots
    }


def _narrow(slot: Slot, chance: Random) -> list[float]:
    return [low + chance.uniform(0.4, 0.5) * (high - low) for _, low, high in slot.numbers]


def _nearly_equal(slot: Slot, chance: Random) -> list[float]:
    share = chance.choice((0.0, 0.37, 1 - _NEAR))
    return [
        low + (share + chance.choice((0, _NEAR))) * (high - low) for _, low, high in slot.numbers
    ]


# --- comparing -----------------------------------------------------------------


def differences(drawn: str, placed: Placed) -> list[str]:
    """
    Say how *placed* differs from *drawn*, the whole SVG of the same rows.

    Compared: the size, the number and order of marks, their elements, their
    attributes with what they inherit, every text, and every number within
    :data:`TOLERANCE`.
    """
    whole = cut(drawn)
    found = [
        f"{name} {ours} for {theirs}"
        for name, ours, theirs in (
            ("width", placed.width, whole.width),
            ("height", placed.height, whole.height),
        )
        if not _alike(ours, theirs)
    ]
    wanted = [
        _leaf(mark.tag, {**whole.around, **mark.attributes}, mark.text)
        for layer in whole.layers
        for mark in layer.marks
    ]
    given = list(_leaves(ET.fromstring(placed.marks), {}))  # noqa: S314 - our own drawing wrote it
    if len(wanted) != len(given):
        found.append(f"{len(given)} marks for {len(wanted)}")
    return found + [
        difference
        for index, (ours, theirs) in enumerate(zip(given, wanted, strict=False))
        if (difference := _difference(f"mark {index + 1}", ours, theirs))
    ]


def _leaves(element: ET.Element, inherited: Mapping[str, str]) -> Iterator[Leaf]:
    """Yield the marks below *element* with what they inherit."""
    own = {name: value for name, value in element.attrib.items() if name != "class"}
    for name in element.get("class", "").split():
        own["fill" if name.startswith("f-") else "stroke"] = name[2:]
    attributes = {**inherited, **own}
    if element.tag != "g":
        yield _leaf(element.tag, attributes, element.text)
    for child in element:
        yield from _leaves(child, attributes)


def _leaf(tag: str, attributes: Mapping[str, str], text: str | None) -> Leaf:
    return Leaf(tag, dict(sorted(attributes.items())), (text or "") if tag == "text" else None)


def _difference(name: str, ours: Leaf, theirs: Leaf) -> str | None:
    """Say the first difference between two marks, or None."""
    if ours.tag != theirs.tag:
        return f"{name}: <{ours.tag}> for <{theirs.tag}>"
    if ours.text != theirs.text:
        return f"{name}: text {ours.text!r} for {theirs.text!r}"
    for attribute in sorted(ours.attributes.keys() | theirs.attributes.keys()):
        mine, drawn = ours.attributes.get(attribute), theirs.attributes.get(attribute)
        if mine is None or drawn is None or not _alike(mine, drawn):
            return f"{name}: {attribute} {mine!r} for {drawn!r}"
    return None


def _alike(ours: str, theirs: str) -> bool:
    """Tell whether two attributes agree, their numbers within the tolerance."""
    return NUMBER.split(ours) == NUMBER.split(theirs) and all(
        abs(float(mine) - float(drawn)) <= TOLERANCE
        for mine, drawn in zip(NUMBER.findall(ours), NUMBER.findall(theirs), strict=True)
    )
