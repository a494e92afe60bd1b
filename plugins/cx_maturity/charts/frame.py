"""
Ready drawings: markup with holes, stamped once for each row of data.

A *slot* is a named set of rows.  A :class:`Frame` holds, for each slot and
each kind of row, the markup of one mark as a *stamp*: literal, hole, literal,
hole.  A hole is a number, affine in the row's numbers, or one of its texts.
To place is to fill one stamp a row: no row, no mark.  Nothing here knows what
the marks are or who drew them; :mod:`~cx_maturity.charts.learn` makes the frames.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import chain
from math import floor
from operator import le
from typing import Any, NamedTuple

# The slot whose single row belongs to the drawing as a whole: its height.
PAGE = "page"

# Marks a group keeps in memory, some 400 bytes each: about a report of them. More of them are kept
# in vain: 2000 took 15 MB more and saved no time.
_REMEMBERED = 600


# One mark to be: its kind, its numbers and its texts in the order of its slot's fields.
# A plain tuple: a report has thousands, and the same list is a row in JSON.
Row = tuple[str, tuple[float, ...], tuple[str, ...]]
Rows = Mapping[str, Sequence[Row]]


class Number(NamedTuple):
    """A field of a row and the numbers it may take."""

    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Slot:
    """
    What a row may hold.

    *rising* pairs places in *numbers*: the second is never below the first.
    """

    name: str
    numbers: tuple[Number, ...] = ()
    texts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("plain",)
    rising: tuple[tuple[int, int], ...] = ()

    def check(self, rows: Sequence[Row]) -> None:
        """
        Raise ValueError for the first of *rows* that breaks the declaration.

        A number out of range would slip past the proof, which draws only
        numbers within it; Altair trims a text, and leaves out an empty one.
        """
        if not rows or self._keeps(rows):
            return
        problems = (self._problem(*row) for row in rows)
        raise ValueError(f"{self.name}: {next(filter(None, problems))}")

    def _keeps(self, rows: Sequence[Row]) -> bool:
        """
        Tell whether all is well: column by column, in a tenth of the time of asking each row.

        NaN may hide among other numbers; it cannot be printed, so no mark ever has it.
        """
        kinds, numbers, texts = zip(*rows, strict=True)
        lengths = set(map(len, numbers)), set(map(len, texts))
        if lengths != ({len(self.numbers)}, {len(self.texts)}) or not set(kinds) <= set(self.kinds):
            return False
        columns = tuple(zip(*numbers, strict=True))
        for column, (_, low, high) in zip(columns, self.numbers, strict=True):
            if not (low <= min(column) and max(column) <= high):
                return False
        for lower, upper in self.rising:
            if not all(map(le, columns[lower], columns[upper])):
                return False
        said = list(chain(*texts))
        return all(said) and said == list(map(str.strip, said))

    def _problem(self, kind: str, numbers: tuple[float, ...], texts: tuple[str, ...]) -> str | None:
        if kind not in self.kinds:
            return f"no kind {kind!r}; there are {', '.join(self.kinds)}"
        if len(numbers) != len(self.numbers) or len(texts) != len(self.texts):
            return f"{numbers} {texts} is not one value for each field"
        for value, (name, low, high) in zip(numbers, self.numbers, strict=True):
            if not low <= value <= high:  # also true of NaN
                return f"{name} {value} is outside {low:g} to {high:g}"
        for lower, upper in self.rising:
            if numbers[lower] > numbers[upper]:
                first, second = self.numbers[lower].name, self.numbers[upper].name
                return f"{first} {numbers[lower]} is above {second} {numbers[upper]}"
        for text in texts:
            if not text or text != text.strip():
                return f"the text {text!r} is empty or has space at an end"
        return None


class Sum(NamedTuple):
    """
    A number to print: *constant* plus *factor* times the number at *place*, and once more.

    Two numbers move anything that a mark is made of, and always two are
    filled faster than any number of them.
    """

    constant: float
    place: int
    factor: float
    other_place: int = 0
    other_factor: float = 0.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """Markup with holes: literal, hole, literal … literal; all *sums* before all *texts*."""

    literals: tuple[str, ...]
    sums: tuple[Sum, ...] = ()
    texts: tuple[int, ...] = ()
    _form: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Join the literals for the ``%`` operator, the fastest way to fill them."""
        form = "%s".join(literal.replace("%", "%%") for literal in self.literals)
        object.__setattr__(self, "_form", form)

    def fill(self, rows: Sequence[Row]) -> list[str]:
        """Print each of *rows*."""
        if not self.sums and not self.texts:
            return [self.literals[0]] * len(rows)
        # In the order of the fields, here and in every other language: sums must round alike.
        columns = [
            [
                _PRINTED[floor((constant + f * numbers[i] + g * numbers[j]) * 100 + 0.5)]
                for _, numbers, _ in rows
            ]
            for constant, i, f, j, g in self.sums
        ]
        columns += [[escaped(texts[place]) for _, _, texts in rows] for place in self.texts]
        return list(map(self._form.__mod__, zip(*columns, strict=True)))


@dataclass(frozen=True, slots=True)
class Group:
    """One mark for each row of *slot*, between *start* and *end*; *stamps* by kind."""

    slot: Slot
    start: str
    end: str
    stamps: Mapping[str, Stamp]
    _known: dict[Row, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _last: list[Any] = field(default_factory=lambda: [None, ""], init=False, compare=False)

    def filled(self, rows: Sequence[Row]) -> str:
        """Print *rows* with what is around them; the very tuple printed last is not made again."""
        last, text = self._last
        if rows is last:
            return str(text)
        text = "".join((self.start, *self.fill(rows), self.end))
        if isinstance(rows, tuple):
            self._last[:] = rows, text
        return text

    def fill(self, rows: Sequence[Row]) -> list[str]:
        """
        Print each of *rows* with the stamp of its kind.

        Marks are remembered: axes and names come back in one drawing after another.
        """
        known = self._known
        if len(known) > _REMEMBERED:
            known.clear()
        new = [row for row in rows if row not in known]
        if new:
            self.slot.check(new)
            for kind in {row[0] for row in new}:
                of_kind = [row for row in new if row[0] == kind]
                known.update(zip(of_kind, self.stamps[kind].fill(of_kind), strict=True))
        return [known[row] for row in rows]


class Placed(NamedTuple):
    """A filled frame: its size in pixels and its markup."""

    width: str
    height: str
    marks: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing without its rows; *key* names all that it was made from."""

    key: str
    page: Slot
    width: Stamp
    height: Stamp
    start: str
    end: str
    groups: tuple[Group, ...]

    def place(self, rows: Rows) -> Placed:
        """
        Fill the frame with *rows*; a slot that is not there has none.

        Raise ValueError for a row that breaks its slot's declaration.
        """
        page = rows[PAGE]
        self.page.check(page)
        marks = [self.start]
        for group in self.groups:
            of_slot = rows.get(group.slot.name)
            if of_slot:
                marks.append(group.filled(of_slot))
        marks.append(self.end)
        return Placed(self.width.fill(page)[0], self.height.fill(page)[0], "".join(marks))


class _Printed(dict[int, str]):
    """Hundredths and how they are printed: a report prints the same few thousand."""

    def __missing__(self, hundredths: int) -> str:
        if len(self) > _PRINTED_MOST:
            self.clear()
        text = self[hundredths] = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
        return text


_PRINTED_MOST = 1 << 17
_PRINTED = _Printed()


def printed(value: float) -> str:
    """Print *value* to two decimals, halves up, as short as it goes."""
    return _PRINTED[floor(value * 100 + 0.5)]


escaped = lru_cache(maxsize=1 << 14)(escape)


# --- a frame as a file -----------------------------------------------------
# A stamp is written as the list literal, hole, literal, hole … literal.  A hole is a
# sum, [constant, place, factor] or [constant, place, factor, place, factor], or the
# place of a text.


def to_json(frame: Frame) -> str:
    """Write *frame* so that the same frame is always the same text."""
    content = {
        "key": frame.key,
        "width": _stamp_to_list(frame.width),
        "height": _stamp_to_list(frame.height),
        "start": frame.start,
        "end": frame.end,
        "groups": [
            {
                "slot": group.slot.name,
                "start": group.start,
                "end": group.end,
                "stamps": {kind: _stamp_to_list(stamp) for kind, stamp in group.stamps.items()},
            }
            for group in frame.groups
        ],
    }
    lines = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # One line a group, so that a change of the drawing can be read as a change of lines.
    return lines.replace('{"slot"', '\n{"slot"') + "\n"


def from_json(text: str, slots: Mapping[str, Slot]) -> Frame:
    """Read what :func:`to_json` wrote of a drawing of *slots*."""
    content = json.loads(text)
    groups = tuple(
        Group(
            slots[group["slot"]],
            group["start"],
            group["end"],
            {kind: _stamp_from_list(parts) for kind, parts in group["stamps"].items()},
        )
        for group in content["groups"]
    )
    return Frame(
        content["key"],
        slots[PAGE],
        _stamp_from_list(content["width"]),
        _stamp_from_list(content["height"]),
        content["start"],
        content["end"],
        groups,
    )


def _stamp_to_list(stamp: Stamp) -> list[Any]:
    parts: list[Any] = [stamp.literals[0]]
    for hole, literal in zip((*stamp.sums, *stamp.texts), stamp.literals[1:], strict=True):
        parts += [_sum_to_list(hole) if isinstance(hole, Sum) else hole, literal]
    return parts


def _sum_to_list(whole: Sum) -> list[float]:
    values = whole if whole.other_factor else whole[:3]
    return [int(value) if value == int(value) else value for value in values]


def _stamp_from_list(parts: Sequence[Any]) -> Stamp:
    holes = parts[1::2]
    return Stamp(
        tuple(parts[::2]),
        tuple(Sum(*hole) for hole in holes if isinstance(hole, list)),
        tuple(hole for hole in holes if isinstance(hole, int)),
    )
