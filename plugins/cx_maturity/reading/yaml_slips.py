"""
Say what is wrong with a file that is not YAML, in words for whoever wrote it.

The parser tells where it stopped and what it looked for.  Which slip of the hand that was is
found in the lines around: a tab, a colon inside a text, a quotation mark that nobody closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.errors import quoted
from cx_maturity.reading.node import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# The longest text that is repeated whole in an example of how to write it.
_SHORT = 60
_QUOTES = "'\""
_CLOSING = {"{": "}", "[": "]"}

_PAIR = re.compile(r"(\s*(?:- +)*)([^\s:#'\"{\[][^:#]*):[ \t]+(\S.*?)\s*")
_NO_SPACE = re.compile(r"\s*(?:- +)*([\w.-]+):(?!//)([^\s:].*?)\s*")
_COLUMNS = "lines of one list or map begin in the same column"


class Spot(NamedTuple):
    """A line and a column, both from 0 as the parser counts."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Last:
    """The last value that was read: where it begins and ends, and its quotation mark if any."""

    start: Spot
    end: Spot
    quote: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the parser stopped, *at*, what it says of that, and where what it read *began*."""

    at: Spot
    said: str
    began: Spot | None
    last: Last | None


def explained(text: str, stop: Stop) -> tuple[Spot, str]:
    """Return where the slip is and what would be right."""
    lines = lines_of(text)
    lines += [""] * (stop.at.line + 1 - len(lines))
    around = _Around(lines, stop)
    if found := around.tab():
        return found
    for words, explain in _SLIPS.items():
        if words in stop.said and (found := explain(around)):
            return found
    return stop.at, (
        "this cannot be read as YAML; put a text that holds a sign such as : # { } [ ] in "
        f"quotation marks, and see that {_COLUMNS}"
    )


_Found = tuple[Spot, str] | None


@dataclass(frozen=True, slots=True)
class _Around:
    """The lines of a file, around the place where it cannot be understood."""

    lines: list[str]
    stop: Stop

    @property
    def line(self) -> str:
        return self.lines[self.stop.at.line]

    @property
    def sign(self) -> str:
        return self.sign_at(self.stop.at)

    def sign_at(self, spot: Spot) -> str:
        """Return the sign that stands there, "" at the end of a line."""
        return self.lines[spot.line][spot.column : spot.column + 1]

    @property
    def begins(self) -> bool:
        """Whether nothing stands before the place in its line."""
        return not self.line[: self.stop.at.column].strip()

    def tab(self) -> _Found:
        """Find a tab that indents the line."""
        indent = self.line[: len(self.line) - len(self.line.lstrip())]
        if "\t" not in indent:
            return None
        spot = Spot(self.stop.at.line, indent.index("\t"))
        return spot, "a tab indents this line; indent with spaces"

    def colon(self) -> _Found:
        """Find a second colon in a line, or a line indented below a key that has its value."""
        pair = _PAIR.fullmatch(self.line)
        if pair and pair.start(3) <= self.stop.at.column:
            spot = Spot(self.stop.at.line, pair.start(3))
            said = "a colon followed by a space stands inside the text"
            return spot, f"{said}; put the text in quotation marks{_example(pair[2], pair[3])}"
        if self.stop.last and self.stop.last.start.line < self.stop.at.line:
            spot = Spot(self.stop.at.line, len(self.line) - len(self.line.lstrip()))
            above = f"line {self.stop.last.start.line + 1}"
            return spot, (
                f"this line is indented as if it went on with {above}, which has its value; "
                f"begin it in the column of {above}, or put a text of several lines in quotation "
                "marks"
            )
        return self.stop.at, "a colon stands inside the text; put the text in quotation marks"

    def open_quote(self) -> _Found:
        """Name the quotation mark that nothing closes."""
        if self.stop.began is None or not (mark := self.sign_at(self.stop.began)):
            return None
        said = f"the quotation mark {mark} that stands here is never closed"
        return self.stop.began, f"{said}; write another {mark} behind the text"

    def behind(self) -> _Found:
        """Find what stands behind a value that quotation marks or brackets ended."""
        last, at = self.stop.last, self.stop.at
        if last and last.quote and last.end.line == at.line:
            # A mark that closes a text stands behind a letter, not before one.
            if last.start.line < at.line and self.line[: last.end.column - 1][-1:] in {
                *" :[{,",
                "",
            }:
                said = f"is closed only in line {at.line + 1}, by one that opens another text"
                return last.start, (
                    f"the quotation mark {last.quote} that stands here {said}; write another "
                    f"{last.quote} behind the text"
                )
            if self.sign == ",":
                return at, "a comma stands behind the value; take it out"
            if last.quote == "'":
                return at, (
                    "an apostrophe ended the text before its end; put the text in double "
                    'quotation marks (")'
                )
            return at, (
                "something stands behind the closing quotation mark; put all of the text between "
                "the marks, and write ' for any inside it"
            )
        before = self.line[: at.column].rstrip()
        if before and before[-1] in _CLOSING.values():
            return at, (
                f"something stands behind the closing {before[-1]}; take it out, or put the whole "
                "text in quotation marks"
            )
        return None

    def key(self) -> _Found:
        """Find out why a line is not the next one of its map."""
        if found := self.behind():
            return found
        if not self.begins:
            return None
        if self.sign in _CLOSING.values():
            return self.stop.at, f"a {self.sign} stands here that nothing opened; take it out"
        if self.sign == "-":
            return self.stop.at, (
                "a line with a dash stands among lines of the form `key: value`; write it below "
                "the key that the list belongs to"
            )
        return self.stop.at, f"no line above begins in this column; {_COLUMNS}"

    def dash(self) -> _Found:
        """Name a line of a list that begins with no dash."""
        return self.stop.at, (
            "the lines above are a list, and this one begins with no dash; write one, or begin "
            "the line in the column of its key"
        )

    def no_colon(self) -> _Found:
        """Name a line without a colon, or without a space behind it."""
        spot = self.stop.began or self.stop.at
        line = self.lines[spot.line]
        if found := _NO_SPACE.fullmatch(line):
            return spot, f"no space stands behind the colon; write `{found[1]}: {found[2]}`"
        return spot, (
            f"no colon stands behind {quoted(line.strip())}; write the line as `key: value`, or "
            "indent it if it goes on with the text above"
        )

    def first_sign(self) -> _Found:
        """Name the sign that a text may begin with only in quotation marks."""
        began = self.stop.began or self.stop.at
        spot = began if self.stop.said.startswith(_BEGUN) else self.stop.at
        sign = self.sign_at(spot)
        if not sign:
            return None
        if sign == "\t":
            return spot, "a tab stands here; write spaces"
        return spot, f"a text cannot begin with {sign} here; put it in quotation marks"

    def lone_dash(self) -> _Found:
        """Name a dash that stands behind a key, for nothing or before a list."""
        if self.line[self.stop.at.column :].strip() == "-":
            return self.stop.at, (
                "a dash alone is no value; leave the value out, or put the dash in quotation marks"
            )
        return self.stop.at, (
            "a list begins in a line of its own below the key; move it there, or put a text that "
            "begins with a dash in quotation marks"
        )

    def flow(self) -> _Found:
        """Find the brace or bracket that is not closed, or what parts two values in it."""
        began, at = self.stop.began, self.stop.at
        opening = self.sign_at(began) if began else ""
        if began is None or opening not in _CLOSING:
            return None
        closing = _CLOSING[opening]
        # A line that begins no further to the right is not inside: the one before lacks its end.
        first = _indent(self.lines[began.line])
        if at.line > began.line and _indent(self.line) <= first:
            return began, (
                f"the {opening} that stands here is never closed; write {closing} behind the last "
                "value"
            )
        if self.sign == ":":
            return at, (
                "a colon stands inside a text; put the text in quotation marks, or a comma before "
                "the next key"
            )
        return at, (
            f"a comma or {closing} must stand here; put a text that holds one of , [ ] {{ }} in "
            "quotation marks"
        )

    def escape(self) -> _Found:
        """Name a backslash between double quotation marks."""
        # One parser stops before the backslash, the other behind it.
        column = self.line.rfind("\\", 0, self.stop.at.column + 1)
        return Spot(self.stop.at.line, max(column, 0)), (
            "a backslash (\\) means something else between double quotation marks; put the text in "
            "single ones (')"
        )

    def left(self) -> _Found:
        """Name a line further to the left than the first."""
        if not self.begins:
            return None
        return self.stop.at, f"no line above begins in this column; {_COLUMNS}"


# What the parser was at when the sign that it could not take had begun already.
_BEGUN = ("while scanning an a", "while scanning a block scalar", "while scanning a directive")
# What either parser says, the one written in C and the one in Python; the first that fits.
_SLIPS: Mapping[str, Callable[[_Around], _Found]] = {
    "mapping values are not allowed": _Around.colon,
    "unexpected end of stream": _Around.open_quote,
    "escape": _Around.escape,
    "hex": _Around.escape,
    "could not find expected ':'": _Around.no_colon,
    "sequence entries are not allowed": _Around.lone_dash,
    "expected '-' indicator": _Around.dash,
    "parsing a block collection": _Around.dash,
    "parsing a flow": _Around.flow,
    "cannot start any token": _Around.first_sign,
    "mapping keys are not allowed": _Around.first_sign,
    "scanning an a": _Around.first_sign,
    "scanning a block scalar": _Around.first_sign,
    "scanning a directive": _Around.first_sign,
    "node content": _Around.first_sign,
    "expected key": _Around.key,
    "parsing a block mapping": _Around.key,
    "<document start>": _Around.left,
}


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _example(key: str, value: str) -> str:
    """Return how a text is written that holds a colon; nothing where that is long to say."""
    mark = next((mark for mark in reversed(_QUOTES) if mark not in value), "")
    if not mark or len(value) > _SHORT or "\\" in value:
        return ""
    return f": {key}: {mark}{value}{mark}"
