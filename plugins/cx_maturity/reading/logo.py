"""
Tell whether a picture is one that only draws.

An SVG file is a program's text as much as a picture: it may run scripts, load
files and hide other pages.  Pages show it as an image, where nothing of it runs,
but anybody may open the file itself.  So only what draws is let through.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from cx_maturity.errors import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

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
# Elements inside each other; browsers give up at some hundred.
DEPTH = 100
# Elements that are drawn, each as often as it is shown again by others.
DRAWN = 20_000

_PNG = b"\x89PNG\r\n\x1a\n"
# By its kind of colour, how many numbers a dot has; each has so many bits.
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_BITS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_HEADER = 13
_PLAIN = "export the logo as a plain SVG file"
# In styles and attributes: what names another place, and how that could be disguised.
_ELSEWHERE = re.compile(
    r"url\((?!\s*['\"]?#)|@(?!media\b)|\\|//|(?:java)?script:|data:|(?:expression|image|image-set|src)\("
)


# The names of elements that an attribute or a style shows.
_SHOWN = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)", re.IGNORECASE)


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
    chunks = list(_chunks(data))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or len(chunks[0][1]) != _HEADER:
        return _NO_PNG
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if not 0 < width <= PIXELS or not 0 < height <= PIXELS:
        said = f"{width:,} x {height:,} pixels; at most {PIXELS:,} each way"
        return Refusal(1, 1, f"{said}, and 20 to 80 high are enough")
    if kinds[-1] != b"IEND" or bits not in _BITS.get(colour, ()):
        return _NO_PNG
    if b"acTL" in kinds:
        return Refusal(1, 1, "the picture moves; export one that stands still")
    packed = b"".join(content for kind, content in chunks if kind == b"IDAT")
    row = 1 + (width * bits * _CHANNELS[colour] + 7) // 8
    # Interlaced, a picture is seven smaller ones, whose rows are a little longer together.
    least, most = height * row, height * row * (2 if interlaced else 1) + 64
    return None if least <= _unpacked(packed, most) <= most else _NO_PNG


_NO_PNG = Refusal(1, 1, "no PNG file, or not all of one; export the logo again")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of a PNG file's chunks up to the first that is broken."""
    place = len(_PNG)
    while data.startswith(_PNG) and place < len(data):
        content = data[place + 8 : place + 8 + int.from_bytes(data[place : place + 4], "big")]
        end = place + 8 + len(content)
        if data[end : end + 4] != zlib.crc32(data[place + 4 : end]).to_bytes(4, "big"):
            yield b"", b""
            return
        yield data[place + 4 : place + 8], content
        place = end + 4


def _unpacked(packed: bytes, most: int) -> int:
    """Return how many bytes come out of *packed*, or more than *most*; 0 for what is no zlib."""
    reader = zlib.decompressobj()
    found = 0
    try:
        while packed and found <= most:
            found += len(reader.decompress(packed, 1 << 20))
            packed = reader.unconsumed_tail
        # What was taken in last may not all have come out.
        found += 0 if found > most else len(reader.flush())
    except zlib.error:
        return 0
    return found if reader.eof or found > most else 0


def _svg(data: bytes) -> Refusal | None:
    parser = expat.ParserCreate("utf-8", " ")
    reader = _Reader(parser)
    if data[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return Refusal(1, 1, f"the file is not UTF-8; {_PLAIN}")
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's own signature: this is all of it
        reader.check_shown()
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        return Refusal(error.lineno, error.offset + 1, f"no SVG file: {said}; {_PLAIN}")
    except _Found as found:
        return Refusal(found.line, found.column, f"{found}; {_PLAIN}")
    return None


class _Element:
    """An element: what is *inside* it, and by their ids which others it has *shown*."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.inside: list[_Element] = []
        self.shown: list[str] = []


class _Reader:
    """Listens to the parser and stops at the first thing that does not draw."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.open: list[_Element] = []
        self.named: dict[str, _Element] = {}
        self.root = _Element("")
        self.styles: list[str] = []  # what style sheets show
        self.style: list[str] = []
        parser.buffer_text = True
        parser.XmlDeclHandler = self.declared
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text

    def refuse(self, message: str) -> None:
        raise _Found(message, self.parser)

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        # We read UTF-8; whoever goes by another encoding would find other elements than we did.
        if encoding and encoding.casefold() != "utf-8":
            self.refuse(f"the encoding {quoted(encoding)} is declared; save the file as UTF-8")

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
        if self.open and self.open[-1].name == "style":
            self.refuse(f"<{name}> may not stand in a style")
        if len(self.open) == DEPTH:
            self.refuse(f"more than {DEPTH} elements stand inside each other")
        element = _Element(name)
        (self.open[-1] if self.open else self.root).inside.append(element)
        self.open.append(element)
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
        if name == "id":
            self.named.setdefault(value, self.open[-1])
        elif name == "href":
            self.open[-1].shown.append(value.strip()[1:])
        self.open[-1].shown += _SHOWN.findall(value)

    def styled(self, name: str, text: str) -> None:
        if found := _ELSEWHERE.search(text.casefold()):
            said = text[found.start() : found.start() + 40].strip()
            self.refuse(f"{quoted(name)} holds {quoted(said)}, which could load or run something")

    def text(self, text: str) -> None:
        self.style.append(text)

    def end(self, _tag: str) -> None:
        if self.open.pop().name == "style":
            style = "".join(self.style)
            self.styled("style", style)
            self.styles += _SHOWN.findall(style)

    def check_shown(self) -> None:
        """Refuse a few elements that show each other so often that a browser never gets done."""
        drawn = self.drawn()
        number = drawn[id(self.root)]
        # Which elements a style is for is not worked out; at worst each shows what all others do.
        for name in {*self.styles}:
            if name in self.named and not self.named[name].name.endswith("Gradient"):
                number *= max(1, drawn[id(self.named[name])] - 1)
        if number > DRAWN:
            self.refuse(f"elements that show others would draw more than {DRAWN:,} times")

    def drawn(self) -> dict[int, int]:
        """Return by identity how many elements are drawn for each one, itself among them."""
        found: dict[int, int] = {}
        waiting = [(self.root, False)]
        while waiting:
            element, is_ready = waiting.pop()
            parts = [*element.inside, *(self.named[n] for n in element.shown if n in self.named)]
            if is_ready:
                found[id(element)] = 1 + sum(found[id(part)] for part in parts)
            elif id(element) not in found:
                found[id(element)] = 0  # still open: whoever meets it has come round in a ring
                waiting.append((element, True))
                for part in parts:
                    if found.get(id(part)) == 0:
                        self.refuse(f"<{part.name}> shows itself")
                    waiting.append((part, False))
        return found
