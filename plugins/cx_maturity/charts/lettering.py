"""
How wide a text may turn out, and where to break it, without asking for a font.

A page is set in whatever the reader's machine has; widths are those of Arial
(and Liberation Sans, which was made to match it) with some slack on top.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The stack's other faces are up to this much wider.
SLACK = 1.08

# Thousandths of the font size, for the characters from space to tilde.
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_OTHER = {
    "–": 556,
    "−": 584,
    "≈": 549,
    "…": 1000,
    "ø": 611,
    "ß": 611,
    "’": 278,
    "đ": 611,
    "ł": 278,
    "\u0131": 278,
}
# Greek and Cyrillic capitals, ligatures, arrows and dashes are all narrower than an em.
_UNKNOWN = 1000
_EMOJI = 1400

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Joiners shape emoji and several scripts; every other format character turns or hides text.
_JOINERS = "\u200c\u200d"
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_JOINED = re.compile(r"[\u200c\u200d\ufe0f\U0001f3fb-\U0001f3ff]")
_BREAK = re.compile(r"(?<=[-/\u2013\u2010])(?=\w)")


@lru_cache(maxsize=1 << 14)
def neat(text: str) -> str:
    """
    Return *text* in one line, without characters that hide or turn others.

    Control characters, lone surrogates and direction overrides would make an
    invalid page, or let a name rearrange its neighbours.
    """
    shown = (
        char if unicodedata.category(char) not in _HIDDEN or char in _JOINERS else " "
        for char in text.replace("\u00ad", "")
    )
    return _SPACE.sub(" ", "".join(shown)).strip()


@lru_cache(maxsize=1 << 14)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the pixels that *text* may need at *size*, slack included."""
    widths = _BOLD if bold else _REGULAR
    total = 0
    for char in text:
        code = ord(char) - 32
        total += widths[code] if 0 <= code < len(widths) else _other_width(char, bold=bold)
    return total * size / 1000 * SLACK


@lru_cache(maxsize=4096)
def _other_width(char: str, *, bold: bool) -> int:
    """Return the width of a character beyond ASCII; an accent adds none to its letter."""
    if char in _OTHER:
        return _OTHER[char]
    if unicodedata.combining(char) or _JOINED.match(char):
        return 0
    base = ord(unicodedata.normalize("NFKD", char)[0]) - 32
    if 0 <= base < len(_REGULAR):
        return (_BOLD if bold else _REGULAR)[base]
    if unicodedata.category(char) == "So":
        return _EMOJI
    return _UNKNOWN


@lru_cache(maxsize=1 << 14)
def lines(
    text: str, room: float, size: float, *, bold: bool = False, most: int = 3
) -> tuple[str, ...]:
    """
    Break *text* into at most *most* lines that fit into *room* pixels.

    A word too long for a line is broken, with a hyphen where none stands.
    What does not fit into the last line ends in an ellipsis.
    """

    def fits(line: str) -> bool:
        return width(line, size, bold=bold) <= room

    broken = [""]
    for space, piece in _pieces(text):
        longer = f"{broken[-1]}{space}{piece}".lstrip(" ")
        if fits(longer):
            broken[-1] = longer
        else:
            broken += _broken(piece, fits)
    filled = [line for line in map(str.strip, broken) if line]
    if len(filled) > most:
        filled[most - 1 :] = [_ended(filled[most - 1], fits)]
    return tuple(filled)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a line may not break, with the space before it: "-" may end a line."""
    for word in text.split(" "):
        first, *others = _BREAK.split(word)
        yield " ", first
        for other in others:
            yield "", other


def _broken(word: str, fits: Callable[[str], bool]) -> list[str]:
    """Break one word that may be too long for a line."""
    if fits(word):
        return [word]
    broken = [""]
    for letter in _letters(word):
        # A line holds one letter at least, or a narrow one would never end.
        if broken[-1] and not fits(broken[-1] + letter + "-"):
            broken[-1] += "-"
            broken.append("")
        broken[-1] += letter
    return broken


def _ended(line: str, fits: Callable[[str], bool]) -> str:
    """Shorten *line* until it fits with an ellipsis."""
    letters = _letters(line)
    while letters and not fits("".join(letters) + "…"):
        letters.pop()
    return "".join(letters).rstrip(" -–") + "…"


def _letters(text: str) -> list[str]:
    """Split *text* where a reader sees a new letter: accents and joined signs stay together."""
    letters: list[str] = []
    for char in text:
        joined = unicodedata.combining(char) or _JOINED.match(char)
        if letters and (joined or letters[-1].endswith("\u200d")):
            letters[-1] += char
        else:
            letters.append(char)
    return letters
