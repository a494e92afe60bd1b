"""Read CSV: named columns, rows of equal length, and the place of every cell."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from cx_maturity.errors import Place, quoted
from cx_maturity.reading.node import Unusable, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cx_maturity.errors import Problems

CELLS = 2_000_000
# More names than these that stand twice are no names.
FEW = 3
DELIMITERS = (",", ";", "\t", "|")

_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file; every row is as long as the header, and cells have no space around them."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]  # the line in which each row begins
    digest: str
    starts: tuple[int, ...] = field(repr=False)  # its first character in `text`
    text: str = field(repr=False)
    delimiter: str
    header_start: tuple[int, int] = (1, 0)  # its line and its first character

    def record(self, row: int) -> dict[str, str]:
        """Return a row's cells by the names of their columns."""
        return dict(zip(self.header, self.rows[row], strict=True))

    def records(self) -> Iterator[dict[str, str]]:
        """Yield every row's cells by the names of their columns."""
        return (self.record(row) for row in range(len(self.rows)))

    def header_place(self, name: str) -> Place:
        """Return where the column *name* is named."""
        line, start = self.header_start
        column = self.header.index(name)
        return _cell(self.path, self.text, start, line, column, self.delimiter)

    def place(self, row: int, column: int) -> Place:
        """Return where a cell stands, found by reading its row again."""
        start, line = self.starts[row], self.lines[row]
        return _cell(self.path, self.text, start, line, column, self.delimiter)


def read_csv(text: str, path: Path, delimiter: str, digest: str, problems: Problems) -> Table:
    """
    Return the content of a CSV file; every row of another length than the header is noted.

    Raises :class:`Unusable` after noting why nothing can be read.
    """
    rows = _Rows(text, path, delimiter, problems)
    for row, line, start in rows:
        rows.add(row, line, start)
    if rows.header is None:
        problems.add(Place(path), "", "the file is empty; its first line must name the columns")
        raise Unusable
    return Table(
        path,
        rows.header,
        tuple(rows.found),
        tuple(rows.lines),
        digest,
        tuple(rows.starts),
        text,
        delimiter,
        rows.header_start,
    )


class _Rows:
    """Goes through the rows that hold anything."""

    def __init__(self, text: str, path: Path, delimiter: str, problems: Problems) -> None:
        self.text = text
        self.path = path
        self.delimiter = delimiter
        self.problems = problems
        self.header: tuple[str, ...] | None = None
        self.found: list[tuple[str, ...]] = []
        self.lines: list[int] = []
        self.starts: list[int] = []
        self.header_start = (1, 0)
        self.end = 0  # of the lines that the parser has taken

    def _taken(self) -> Iterator[str]:
        for found in _LINE.finditer(self.text):
            self.end = found.end()
            yield found[0]

    def __iter__(self) -> Iterator[tuple[tuple[str, ...], int, int]]:
        reader = csv.reader(self._taken(), delimiter=self.delimiter, strict=True)
        cells, line, start = 0, 1, 0
        try:
            for row in reader:
                cells += len(row) or 1  # an empty line costs as much as a cell
                if cells > CELLS:
                    self.wrong(line, start, f"more than {CELLS:,} cells in one file")
                    raise Unusable
                stripped = tuple(map(str.strip, row))
                if any(stripped):
                    yield stripped, line, start
                line, start = reader.line_num + 1, self.end
        except csv.Error as error:
            self.wrong(line, start, f"this is not CSV: {error}")
            raise Unusable from None

    def wrong(self, line: int, start: int, message: str, column: int = 0, key: str = "") -> None:
        place = _cell(self.path, self.text, start, line, column, self.delimiter)
        self.problems.add(place, key, message)
        if self.problems.is_full(self.path):
            raise Unusable

    def add(self, row: tuple[str, ...], line: int, start: int) -> None:
        if self.header is None:
            self.check_header(row, line, start)
            self.header, self.header_start = row, (line, start)
        elif len(row) > len(self.header):
            column = len(self.header)
            self.wrong(line, start, f"{self.lengths(row)}; {self.hint(row)}", column)
        elif len(row) < len(self.header):
            self.wrong(line, start, f"{self.lengths(row)}; {self.hint(row)}")
        else:
            self.found.append(row)
            self.lines.append(line)
            self.starts.append(start)

    def lengths(self, row: tuple[str, ...]) -> str:
        cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        return f"{cells}, the header has {len(self.header or ())}"

    def hint(self, row: tuple[str, ...]) -> str:
        if len(row) == 1:
            return f"is {self.delimiter!r} the delimiter?"
        if len(row) < len(self.header or ()):
            return "give the missing ones, empty where nothing was answered"
        return f"put a cell that holds {self.delimiter!r} in double quotes, or take one out"

    def check_header(self, header: tuple[str, ...], line: int, start: int) -> None:
        counts = {other: header[0].count(other) for other in DELIMITERS if other in header[0]}
        if len(header) == 1 and counts:
            other = max(counts, key=lambda name: counts[name])
            named = "tab" if other == "\t" else f'"{other}"'
            self.wrong(
                line,
                start,
                f"one column only, because {other!r} stands between the cells; save the file with "
                f"{self.delimiter!r} between them, or write delimiter: {named} under a wave's "
                "responses",
            )
            raise Unusable
        first: dict[str, int] = {}
        twice = [n for n, name in enumerate(header) if name and first.setdefault(name, n) != n]
        if len(twice) > FEW:
            message = (
                f"the first line has {len(twice)} cells that stand in it before, such as "
                f"{quoted(header[twice[0]])}; it must name the columns, each by its own name"
            )
            self.wrong(line, start, message, twice[0])
            raise Unusable
        for number in twice:
            message = "names two columns; give each its own name"
            self.wrong(line, start, message, number, header[number])
        if twice:
            raise Unusable


@cache
def _one_cell(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf'(?:"(?:[^"]|"")*")?[^{re.escape(delimiter)}\r\n]*')


def _cell(  # noqa: PLR0913, PLR0917 - all of it says where
    path: Path, text: str, start: int, line: int, column: int, delimiter: str
) -> Place:
    """Return the place of a cell's first character in the row that begins at *start*."""
    offset, cell = start, _one_cell(delimiter)
    for _ in range(column):
        match = cell.match(text, offset)
        offset = match.end() + 1 if match else offset
    while text[offset : offset + 1] in {" ", "\t"} - {delimiter}:
        offset += 1
    return place_in(text[start:offset], offset - start, path, line)
