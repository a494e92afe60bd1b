"""
Plain data that still knows where everything stood.

A scalar is text: ``NO``, ``010`` and ``12:30`` stay what the author typed, and
the schema decides what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cx_maturity.errors import Problems

# Lists and maps inside each other.
DEPTH = 20
NODES = 250_000

# All that neither prints nor breaks a line as every editor does; half a surrogate pair is no text.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; an empty one stands for no value, perhaps for one that is a *comment*."""

    place: Place
    text: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Pairs in the order of the file; no key occurs twice."""

    place: Place
    pairs: tuple[tuple[Scalar, Node], ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple[Node, ...]


Node = Scalar | Mapping | Sequence


class Unusable(Exception):
    """The rest of the file cannot be read; the problem has been noted."""


def decoded(data: bytes, path: Path, problems: Problems) -> str:
    """Return the text of a UTF-8 file; raises :class:`Unusable` for another encoding."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"
        problems.add(place_in(before, len(before), path), "", message)
        raise Unusable from None
    if found := _CONTROL.search(text):
        refuse_control(text, place_in(text, found.start(), path), problems)
    return text


def refuse_control(text: str, place: Place, problems: Problems) -> None:
    """Raise :class:`Unusable` when *text*, which stands at *place*, holds a control character."""
    if found := _CONTROL.search(text):
        problems.add(place, "", f"control character {found[0]!a} is not allowed; delete it")
        raise Unusable


def lines_of(text: str) -> list[str]:
    """Return the lines of *text* without their breaks."""
    return _BREAK.split(text)


def line_starts(text: str) -> list[int]:
    """Return where each line of *text* begins."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def place_in(text: str, offset: int, path: Path, line: int = 1) -> Place:
    """Return the place of *offset* in a *text* that begins in column 1 of *line*."""
    starts = line_starts(text[:offset])
    return Place(path, line + len(starts) - 1, offset - starts[-1] + 1)


def unique(
    pairs: Iterable[tuple[Node, Node]], problems: Problems
) -> tuple[tuple[Scalar, Node], ...]:
    """Return *pairs* when every key is a word of its own; otherwise name each that is not."""
    first: dict[str, Place] = {}
    usable = []
    for key, value in pairs:
        if not isinstance(key, Scalar):
            problems.add(key.place, "", "a key must be a word, not a list or a map")
        elif key.text == "<<":
            problems.add(key.place, "", "merging (<<) is not used here; write the keys out")
        elif not key.text.strip():
            problems.add(key.place, "", "a key is empty; give it a name")
        elif key.text != key.text.strip():
            problems.add(key.place, key.text, "a space stands before or behind the key; delete it")
        elif key.text in first:
            line = first[key.text].line
            message = f"stands here a second time, first in line {line}; keep one"
            problems.add(key.place, key.text, message)
        else:
            first[key.text] = key.place
            usable.append((key, value))
    return tuple(usable)
