"""Read ``quantiles.csv``: what an edition publishes of each segment, and why not the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cx_maturity.disclosure import (
    FEWEST,
    NARROW,
    QUANTILES,
    allowed_quantiles,
    edition_breaches,
    is_narrow,
)
from cx_maturity.editions import Cell, Segment
from cx_maturity.errors import Place, quoted
from cx_maturity.reading.item import Item, meant
from cx_maturity.reading.published import same_columns
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cx_maturity.errors import Problems
    from cx_maturity.reading.csv_text import Table

HIDDEN = "hidden"
QUANTILE_COLUMNS = ("segment", "measure", "n", *(f"p{q}" for q in QUANTILES), HIDDEN)
# Why a cell may be hidden; disclosure's other reasons are about people, or about quantiles.
CELL_REASONS = ("few", "remainder", "change", "known")

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


class Cells:
    """Reads ``quantiles.csv``: what is published, and why the rest is not."""

    def __init__(
        self,
        source: Table,
        segments: tuple[Segment, ...],
        measures: list[str],
        problems: Problems,
    ) -> None:
        """Begin with nothing read; *measures* are those that a row may be about."""
        self.source = source
        self.segments = {segment.id: segment for segment in segments}
        self.measures = measures
        self.problems = problems
        self.rows: dict[tuple[str, str], int] = {}
        self.cells: dict[tuple[str, str], Cell] = {}
        self.hidden: dict[tuple[str, str], str] = {}

    def _wrong(self, row: int, column: str, message: str) -> None:
        place = self.source.place(row, self.source.header.index(column))
        self.problems.add(place, column, message)

    def read(self, segments: Item) -> None:
        """Fill *cells* and *hidden*; *segments* is where the edition names its segments."""
        # An edition is frozen, and those made before cells said why they are hidden still count.
        if not same_columns(self.source, QUANTILE_COLUMNS[:-1], (HIDDEN,), self.problems):
            return
        if not self.source.rows:
            message = "the file has no rows; write one for each segment and measure"
            self.problems.add(Place(self.source.path), "", message)
        before = self.problems.count()
        for row, named in enumerate(self.source.records()):
            key = (named["segment"], named["measure"])
            if key in self.rows:
                message = f"{key[1]!r} of {key[0]!r} stands here a second time; keep one"
                self._wrong(row, "measure", message)
            elif self._is_known(row, key):
                self.rows[key] = row
                if named.get(HIDDEN):
                    self.hidden[key] = self._reason(row, named)
                else:
                    self.cells[key] = self._cell(row, named)
        if self.source.rows and self.problems.count() == before:
            self._check_whole()
            for name, item in segments.pairs():
                segment = self.segments[name.node_text]
                if not segment.folded and (segment.id, OVERALL) not in self.cells:
                    item.wrong("no overall in quantiles.csv; add it, or say why under folded")

    def _reason(self, row: int, named: Mapping[str, str]) -> str:
        for column in QUANTILE_COLUMNS[2:-1]:
            if named[column]:
                self._wrong(row, column, "the cell is hidden, so it has no numbers; empty it")
        if named[HIDDEN] not in CELL_REASONS:
            guess = meant(named[HIDDEN], CELL_REASONS)
            self._wrong(row, HIDDEN, f"no reason {quoted(named[HIDDEN])}{guess}")
        return named[HIDDEN]

    def _is_known(self, row: int, key: tuple[str, str]) -> bool:
        segment, measure = key
        if segment not in self.segments:
            guess = meant(segment, self.segments)
            self._wrong(row, "segment", f"no segment {quoted(segment)}{guess}")
        elif self.segments[segment].folded:
            message = f"{segment!r} is folded, so it has no figures; drop the row"
            self._wrong(row, "segment", message)
        if measure not in self.measures:
            guess = meant(measure, self.measures)
            self._wrong(row, "measure", f"no measure {quoted(measure)}{guess}")
        return segment in self.segments and measure in self.measures

    def _cell(self, row: int, named: Mapping[str, str]) -> Cell:
        n = int(named["n"]) if _WHOLE.fullmatch(named["n"]) else 0
        allowed = allowed_quantiles(n)
        if not allowed:
            message = f"{quoted(named['n'])} is not a whole number of organisations"
            if _WHOLE.fullmatch(named["n"]):
                message = f"{named['n']} organisations; nothing is published below {FEWEST}"
            self._wrong(row, "n", message)
            return Cell(n, {})
        quantiles: dict[int, int] = {}
        for q in QUANTILES:
            column = f"p{q}"
            value = named[column]
            if not value:
                continue
            if q not in allowed:
                shown = ", ".join(f"p{a}" for a in allowed)
                message = f"{n} organisations may have {shown} published; empty the cell"
                self._wrong(row, column, message)
            elif not _WHOLE.fullmatch(value) or int(value) > 100:  # noqa: PLR2004 - points
                message = f"{quoted(value)} is not a whole number of points from 0 to 100"
                self._wrong(row, column, message)
            else:
                quantiles[q] = int(value)
                if int(value) < max(quantiles.values()):
                    message = f"{value} is below a quantile before it; they must rise"
                    self._wrong(row, column, message)
        if is_narrow(quantiles):
            message = f"the quartiles lie within {NARROW} points; publish n and no quantile"
            self._wrong(row, "p75", message)
        return Cell(n, quantiles)

    def _check_whole(self) -> None:
        """Check that no difference of cells is a group that may not be published itself."""
        parents = {segment.id: segment.parent for segment in self.segments.values()}
        for measure in {measure for _, measure in self.cells}:
            shown = {name: cell.n for (name, of), cell in self.cells.items() if of == measure}
            for name, message in edition_breaches(parents, shown).items():
                self._wrong(self.rows[name, measure], "n", message)
