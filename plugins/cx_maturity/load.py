"""
Read files into plain data that still knows where everything stood.

A strict subset of YAML (and all of JSON) becomes :class:`Scalar`,
:class:`Mapping` and :class:`Sequence`; a CSV file becomes a :class:`Table`.
A scalar is text: ``NO``, ``010`` and ``12:30`` stay what the author typed,
and the schema decides what they mean.  Nothing else in the package opens a file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined] # public, missing in typeshed
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from cx_maturity.errors import Place, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCUMENT_BYTES = 1_000_000
DOCUMENT_DEPTH = 20
DOCUMENT_NODES = 250_000
TABLE_BYTES = 50_000_000
TABLE_CELLS = 2_000_000

# Allowed beside printable text: tab, line feed, carriage return.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_JSON_SPACE = re.compile(r"[ \t\n\r]*")
_JSON_WORD = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null")

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; an empty one stands for no value."""

    place: Place
    text: str


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


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content and a hash of its bytes; *root* is None when it could not be read."""

    path: Path
    root: Node | None
    digest: str


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file; every row is as long as the header, *lines* says where each began."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    digest: str
    delimiter: str = ","
    source: str = ""

    def place(self, row: int, column: int) -> Place:
        """Return where the cell stands; the column is found by reading the line again."""
        line = self.source.splitlines()[self.lines[row] - 1]
        return Place(self.path, self.lines[row], _cell_start(line, column, self.delimiter))


class _Unusable(Exception):
    """The rest of the file cannot be read; the problem has been noted."""


def folders(path: Path, problems: Problems) -> list[Path]:
    """List the folders in *path* by name; anything else but notes is a problem."""
    found = []
    for entry in _entries(path, problems):
        if entry.is_dir():
            found.append(entry)
        elif not _is_note(entry):
            problems.add(Place(entry), "", "only folders belong here; move the file or delete it")
    return found


def files(path: Path, problems: Problems) -> list[Path]:
    """List the files in *path* by name; a folder is a problem, notes are left alone."""
    found = []
    for entry in _entries(path, problems):
        if entry.is_dir():
            problems.add(Place(entry), "", "only files belong here; move the folder or delete it")
        elif not _is_note(entry):
            found.append(entry)
    return found


def _is_note(path: Path) -> bool:
    """Tell files that people leave for each other, which are nobody's data."""
    return path.suffix in {".md", ".txt"} or path.name == "LICENSE"


def _entries(path: Path, problems: Problems) -> Iterator[Path]:
    if not path.is_dir():
        return
    for entry in sorted(path.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            problems.add(
                Place(entry), "", "symbolic links are not followed; put the file itself here"
            )
        else:
            yield entry


def document(path: Path, problems: Problems) -> Document:
    """Read a YAML or JSON file; whatever is wrong with it goes to *problems*."""
    data = _bytes(path, DOCUMENT_BYTES, problems)
    if data is None:
        return Document(path, None, "")
    digest = hashlib.sha256(data).hexdigest()
    try:
        text = _decoded(data, path, problems)
        reader = _json if path.suffix == ".json" else _yaml
        return Document(path, reader(text, path, problems), digest)
    except _Unusable:
        return Document(path, None, digest)


def table(path: Path, problems: Problems, delimiter: str = ",") -> Table | None:
    """
    Read a CSV file whose rows are all as long as its header.

    Returns None when it could not be read; every row of another length is named.
    """
    data = _bytes(path, TABLE_BYTES, problems)
    if data is None:
        return None
    try:
        text = _decoded(data, path, problems)
        return _table(text, path, delimiter, hashlib.sha256(data).hexdigest(), problems)
    except _Unusable:
        return None


# --- bytes and text ----------------------------------------------------------


def _bytes(path: Path, limit: int, problems: Problems) -> bytes | None:
    if path.is_symlink() or not path.is_file():
        problems.add(Place(path), "", "no such file")
        return None
    size = path.stat().st_size
    if size > limit:
        problems.add(Place(path), "", f"the file has {size:,} bytes; at most {limit:,} are read")
        return None
    return path.read_bytes()


def _decoded(data: bytes, path: Path, problems: Problems) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        place = _at(before, path)
        problems.add(
            place, "", f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        )
        raise _Unusable from None
    if found := _CONTROL.search(text):
        place = _at(text[: found.start()], path)
        problems.add(place, "", f"control character {found[0]!r} is not allowed; delete it")
        raise _Unusable
    return text


def _at(before: str, path: Path) -> Place:
    line = before.count("\n") + 1
    return Place(path, line, len(before) - (before.rfind("\n") + 1) + 1)


# --- YAML --------------------------------------------------------------------


def _yaml(text: str, path: Path, problems: Problems) -> Node:
    composer = _Composer(path, problems)
    try:
        return composer.compose(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = composer.place(mark) if mark else Place(path)
        what = " ".join(filter(None, (error.context, error.problem))).replace("\n", " ")
        problems.add(place, "", f"this is not YAML: {what}")
        raise _Unusable from None
    except yaml.YAMLError as error:
        problems.add(Place(path), "", f"this is not YAML: {error}".replace("\n", " "))
        raise _Unusable from None


class _Composer:
    """Builds nodes from parser events without recursion, refusing what a reader may not see."""

    def __init__(self, path: Path, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self.nodes = 0

    def place(self, mark: Any) -> Place:
        return Place(self.path, mark.line + 1, mark.column + 1)

    def refuse(self, event: yaml.Event, message: str) -> NoReturn:
        self.problems.add(self.place(event.start_mark), "", message)
        raise _Unusable

    def compose(self, events: Iterator[yaml.Event]) -> Node:
        stack: list[tuple[Place, bool, list[Node]]] = []
        root: Node | None = None
        for event in events:
            self.check(event, len(stack), seen=root is not None)
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                stack.append((self.place(event.start_mark), is_mapping, []))
                continue
            if isinstance(event, yaml.ScalarEvent):
                text = "" if event.value in {"~", "null"} and event.implicit[0] else event.value
                scalar = Scalar(self.place(event.start_mark), text)
                self.control(scalar)
                node: Node = scalar
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                place, is_mapping, parts = stack.pop()
                node = self.mapping(place, parts) if is_mapping else Sequence(place, tuple(parts))
            else:
                continue
            if stack:
                stack[-1][2].append(node)
            else:
                root = node
        if root is None:
            self.problems.add(Place(self.path), "", "the file is empty")
            raise _Unusable
        return root

    def check(self, event: yaml.Event, depth: int, *, seen: bool) -> None:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(
                event, "anchors and aliases (& and *) are not used here; write the value out"
            )
        if tag := getattr(event, "tag", None):
            self.refuse(event, f"the tag {tag!r} is not used here; leave it out")
        if depth >= DOCUMENT_DEPTH:
            self.refuse(event, f"nested deeper than {DOCUMENT_DEPTH} levels")
        if self.nodes > DOCUMENT_NODES:
            self.refuse(event, f"more than {DOCUMENT_NODES:,} values in one file")
        if seen and isinstance(event, yaml.DocumentStartEvent):
            self.refuse(event, "a second document begins here; one file holds one")

    def control(self, node: Scalar) -> None:
        if found := _CONTROL.search(node.text):
            message = f"control character {found[0]!r} is not allowed; delete it"
            self.problems.add(node.place, "", message)
            raise _Unusable

    def mapping(self, place: Place, parts: list[Node]) -> Mapping:
        pairs = tuple(zip(parts[::2], parts[1::2], strict=True))
        return Mapping(place, _checked(pairs, self.problems))


def _checked(
    pairs: tuple[tuple[Node, Node], ...], problems: Problems
) -> tuple[tuple[Scalar, Node], ...]:
    """Return *pairs* when every key is a word of its own; otherwise name each that is not."""
    first: dict[str, Place] = {}
    usable = []
    for key, value in pairs:
        if not isinstance(key, Scalar):
            problems.add(key.place, "", "a key must be a word, not a list or a map")
        elif key.text == "<<":
            problems.add(key.place, "", "merging (<<) is not used here; write the keys out")
        elif not key.text:
            problems.add(key.place, "", "a key is empty; give it a name")
        elif key.text in first:
            line = first[key.text].line
            problems.add(
                key.place, key.text, f"stands here a second time, first in line {line}; keep one"
            )
        else:
            first[key.text] = key.place
            usable.append((key, value))
    return tuple(usable)


# --- JSON --------------------------------------------------------------------


def _json(text: str, path: Path, problems: Problems) -> Node:
    return _Json(text, path, problems).document()


class _Json:
    """A reader of JSON that keeps places, which the standard library's does not."""

    def __init__(self, text: str, path: Path, problems: Problems) -> None:
        self.text, self.path, self.problems = text, path, problems
        self.position = 0
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def document(self) -> Node:
        node = self.value(0)
        self.space()
        if self.position < len(self.text):
            self.refuse("this is not JSON: something follows the end of the document")
        return node

    def place(self) -> Place:
        line = bisect_right(self.starts, self.position)
        return Place(self.path, line, self.position - self.starts[line - 1] + 1)

    def refuse(self, message: str) -> NoReturn:
        self.problems.add(self.place(), "", message)
        raise _Unusable

    def space(self) -> str:
        match = _JSON_SPACE.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return self.text[self.position : self.position + 1]

    def value(self, depth: int) -> Node:
        if depth > DOCUMENT_DEPTH:
            self.refuse(f"nested deeper than {DOCUMENT_DEPTH} levels")
        start = self.space()
        if start == "{":
            return self.mapping(depth)
        if start == "[":
            return self.sequence(depth)
        return self.string() if start == '"' else self.word()

    def string(self) -> Scalar:
        place = self.place()
        try:
            text, self.position = scanstring(self.text, self.position + 1, True)
        except json.JSONDecodeError as error:
            self.position = error.pos
            self.refuse(f"this is not JSON: {error.msg}")
        if found := _CONTROL.search(text):
            self.problems.add(
                place, "", f"control character {found[0]!r} is not allowed; delete it"
            )
            raise _Unusable
        return Scalar(place, text)

    def word(self) -> Scalar:
        place = self.place()
        match = _JSON_WORD.match(self.text, self.position)
        if not match:
            self.refuse("this is not JSON: a value is missing or is not in quotes")
        self.position = match.end()
        return Scalar(place, "" if match[0] == "null" else match[0])

    def expect(self, wanted: str) -> str:
        found = self.space()
        if not found or found not in wanted:
            self.refuse(f"this is not JSON: expected {' or '.join(wanted)}")
        self.position += 1
        return found

    def sequence(self, depth: int) -> Sequence:
        place = self.place()
        self.position += 1
        items: list[Node] = []
        if self.space() == "]":
            self.position += 1
            return Sequence(place, ())
        while True:
            items.append(self.value(depth + 1))
            if self.expect(",]") == "]":
                return Sequence(place, tuple(items))

    def mapping(self, depth: int) -> Mapping:
        place = self.place()
        self.position += 1
        pairs: list[tuple[Node, Node]] = []
        if self.space() == "}":
            self.position += 1
            return Mapping(place, ())
        while True:
            if self.space() != '"':
                self.refuse("this is not JSON: a key must stand in double quotes")
            key = self.string()
            self.expect(":")
            pairs.append((key, self.value(depth + 1)))
            if self.expect(",}") == "}":
                return Mapping(place, _checked(tuple(pairs), self.problems))


# --- CSV ---------------------------------------------------------------------


def _table(text: str, path: Path, delimiter: str, digest: str, problems: Problems) -> Table:
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: tuple[str, ...] = ()
    begin = 1
    try:
        for cells_of_row in reader:
            row = tuple(cell.strip() for cell in cells_of_row)
            line, begin = begin, reader.line_num + 1
            if not any(row):
                continue
            cells += len(row)
            if cells > TABLE_CELLS:
                problems.add(Place(path, line), "", f"more than {TABLE_CELLS:,} cells in one file")
                raise _Unusable
            if not header:
                header = row
            elif len(row) != len(header):
                message = f"{len(row)} cells, the header has {len(header)}; {_hint(row, delimiter)}"
                problems.add(Place(path, line), "", message)
            else:
                rows.append(row)
                lines.append(line)
    except csv.Error as error:
        problems.add(Place(path, reader.line_num), "", f"this is not CSV: {error}")
        raise _Unusable from None
    _check_header(header, path, delimiter, problems)
    return Table(path, header, tuple(rows), tuple(lines), digest, delimiter, text)


def _hint(row: tuple[str, ...], delimiter: str) -> str:
    if len(row) == 1:
        return f"is {delimiter!r} the delimiter?"
    return f"put a cell that holds {delimiter!r} in double quotes, or take the extra cell out"


def _check_header(header: tuple[str, ...], path: Path, delimiter: str, problems: Problems) -> None:
    if not header:
        problems.add(Place(path), "", "the file is empty; its first line must name the columns")
        raise _Unusable
    for other in {";", ",", "\t"} - {delimiter}:
        if len(header) == 1 and other in header[0]:
            message = f"one column only; did you mean the delimiter {other!r}?"
            problems.add(Place(path), "delimiter", message)
            raise _Unusable
    seen: set[str] = set()
    for number, name in enumerate(header, 1):
        if name in seen:
            problems.add(Place(path, 1, number), name, "names two columns; give each its own name")
        seen.add(name)


def _cell_start(line: str, column: int, delimiter: str) -> int:
    """Return where the *column*-th cell of *line* begins, counting from 1."""
    quoted = False
    for position, character in enumerate(line):
        if column == 0:
            return position + 1
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            column -= 1
    return len(line) + (1 if column == 0 else 0) or 1


# --- what the package ships --------------------------------------------------


def shipped(name: str) -> str:
    """Return the text of a file that lies in the package, such as ``t.json``."""
    from importlib.resources import files as resources

    return resources("cx_maturity").joinpath(name).read_text("utf-8")
