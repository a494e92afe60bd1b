"""
Tell whether a picture is one that only draws.

An SVG file is a program's text as much as a picture: it may run scripts, load
files and hide other pages.  Pages show it as an image, where nothing of it runs,
but anybody may open the file itself.  So only what draws is let through.
"""

from __future__ import annotations

import re
import struct
from typing import NamedTuple
from xml.parsers import expat

from cx_maturity.errors import quoted

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
DRAWING = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"),
    )
)
# What a browser must unpack to show it.
PIXELS = 4_000

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_PLAIN = "export the logo as a plain SVG file"
# In styles and attributes: what names another place, and how that could be disguised.
_ELSEWHERE = re.compile(
    r"url\((?!\s*['\"]?#)|@(?!media\b)|\\|//|(?:java)?script:|data:|(?:expression|image|image-set|src)\("
)


class Refusal(NamedTuple):
    """Why a picture is not taken, and where in its file that stands."""

    line: int
    column: int
    message: str


class _Found(Exception):
    """Something in an SVG file that does more than draw, and where the parser stood then."""

    def __init__(self, message: str, parser: expat.XMLParserType) -> None:
        super().__init__(message)
        self.line = parser.CurrentLineNumber
        self.column = parser.CurrentColumnNumber + 1


def refusal(data: bytes, kind: str) -> Refusal | None:
    """Say what is wrong with a picture of the media type *kind*; None when nothing is."""
    return _svg(data) if kind == "image/svg+xml" else _png(data)


def _png(data: bytes) -> Refusal | None:
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or not data.endswith(_PNG_END):
        return Refusal(1, 1, "no PNG file, or not all of one; export the logo again")
    width, height = struct.unpack(">II", data[16:24])
    if not 0 < width <= PIXELS or not 0 < height <= PIXELS:
        said = f"{width:,} x {height:,} pixels; at most {PIXELS:,} each way"
        return Refusal(1, 1, f"{said}, and 20 to 80 high are enough")
    return None


def _svg(data: bytes) -> Refusal | None:
    parser = expat.ParserCreate("utf-8", " ")
    _Reader(parser)
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's own signature: this is all of it
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        return Refusal(error.lineno, error.offset + 1, f"no SVG file: {said}; {_PLAIN}")
    except _Found as found:
        return Refusal(found.line, found.column, f"{found}; {_PLAIN}")
    return None


class _Reader:
    """Listens to the parser and stops at the first thing that does not draw."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.open: list[str] = []
        self.style: list[str] = []
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text

    def refuse(self, message: str) -> None:
        raise _Found(message, self.parser)

    def doctype(self, *_: object) -> None:
        self.refuse("a document type stands here, which could define or load more")

    def instruction(self, target: str, _text: str) -> None:
        self.refuse(f"an instruction to programs, {quoted(target)}, stands here")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if not self.open and (space, name) != (SVG, "svg"):
            self.refuse(f"it begins with <{name}>, not with the <svg> of {SVG}")
        if space != SVG or name not in DRAWING:
            self.refuse(f"<{name}> may not stand in a logo")
        if "style" in self.open:
            self.refuse(f"<{name}> may not stand in a style")
        self.open.append(name)
        self.style = []
        for key, value in attributes.items():
            self.attribute(key, value)

    def attribute(self, key: str, value: str) -> None:
        space, _, name = key.rpartition(" ")
        if space not in {"", XLINK, XML}:
            self.refuse(f"the attribute {quoted(name)} is not one of SVG")
        if name.casefold().startswith("on"):
            self.refuse(f"{quoted(name)} would run a script")
        if name.casefold() in {"href", "src", "base"} and not value.strip().startswith("#"):
            self.refuse(f"{quoted(name)} points out of the file, to {quoted(value)}")
        self.styled(name, value)

    def styled(self, name: str, text: str) -> None:
        if found := _ELSEWHERE.search(text.casefold()):
            said = text[found.start() : found.start() + 40].strip()
            self.refuse(f"{quoted(name)} holds {quoted(said)}, which could load or run something")

    def text(self, text: str) -> None:
        self.style.append(text)

    def end(self, _tag: str) -> None:
        if self.open.pop() == "style":
            self.styled("style", "".join(self.style))
