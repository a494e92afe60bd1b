"""Read the two tables of a contribution: how many have how many points, and their tokens."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST
from cx_maturity.editions import Contributed
from cx_maturity.errors import quoted
from cx_maturity.reading.item import meant
from cx_maturity.reading.ledger import LEDGER_COLUMNS, TOKEN, TOKEN_RULE
from cx_maturity.reading.published import same_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.editions import Segment
    from cx_maturity.errors import Problems
    from cx_maturity.reading.csv_text import Table

CONTRIBUTION, CELLS, TOKENS = "contribution.yaml", "cells.csv", "tokens.csv"
CELL_COLUMNS = ("measure", "segment", "points", "organisations")
TOKEN_COLUMNS = LEDGER_COLUMNS

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_MANY = 1_000_000_000

Cell = tuple[str, str]  # segment and measure


class Counts:
    """Reads ``cells.csv`` and ``tokens.csv``; *rows* tells where a measure's token stands."""

    def __init__(
        self,
        counts: Table,
        tokens: Table,
        segments: tuple[Segment, ...],
        measures: list[str],
        problems: Problems,
    ) -> None:
        """Take the two tables, and what may stand in them."""
        self.counts = counts
        self.tokens = tokens
        self.segments = [segment.id for segment in segments]
        self.measures = measures
        self.problems = problems
        self.rows: dict[tuple[str, str], int] = {}

    def _wrong(self, source: Table, row: int, column: str, message: str) -> None:
        place = source.place(row, source.header.index(column))
        self.problems.add(place, column, message)

    def read(self, organisations: int | None) -> dict[Cell, Contributed]:
        """Return the counts by cell; there are so many *organisations* in all, if that is known."""
        columns = [
            same_columns(self.counts, CELL_COLUMNS, (), self.problems),
            same_columns(self.tokens, TOKEN_COLUMNS, (), self.problems),
        ]
        if not all(columns):
            return {}
        before = self.problems.count()
        first: dict[Cell, int] = {}
        bins = self._bins(first)
        tokens = self._tokens(bins)
        if self.problems.count() == before:
            self._check_whole(first, bins, tokens, organisations)
        return {
            cell: Contributed(dict(sorted(found.items())), tuple(sorted(tokens.get(cell, ()))))
            for cell, found in sorted(bins.items())
        }

    def _bins(self, first: dict[Cell, int]) -> dict[Cell, dict[int, int]]:
        """Count by cell; *first* is filled with the row in which each cell begins."""
        bins: dict[Cell, dict[int, int]] = {}
        for row, named in enumerate(self.counts.records()):
            known = self._is_known(self.counts, row, named)
            points = self._whole(row, named["points"], "points", 0, 100)
            count = self._whole(row, named["organisations"], "organisations", 1, _MANY)
            if not known or points is None or count is None:
                continue
            cell = named["segment"], named["measure"]
            first.setdefault(cell, row)
            if points in bins.setdefault(cell, {}):
                message = f"{points} points of this cell stand here a second time; add them up"
                self._wrong(self.counts, row, "points", message)
            bins[cell][points] = count
        return bins

    def _whole(self, row: int, text: str, column: str, low: int, high: int) -> int | None:
        if _WHOLE.fullmatch(text) and low <= int(text) <= high:
            return int(text)
        what = "points from 0 to 100" if column == "points" else "organisations, 1 or more"
        self._wrong(self.counts, row, column, f"{quoted(text)} is not a whole number of {what}")
        return None

    def _tokens(self, cells: Iterable[Cell]) -> dict[Cell, list[str]]:
        found: dict[Cell, list[str]] = {cell: [] for cell in cells}
        for row, named in enumerate(self.tokens.records()):
            segment, measure, text = named["segment"], named["measure"], named["token"]
            known = self._is_known(self.tokens, row, named)
            if not TOKEN.fullmatch(text):
                message = f"{quoted(text)} is no token; {TOKEN_RULE} belong here"
                self._wrong(self.tokens, row, "token", message)
            elif (measure, text) in self.rows:
                line = self.tokens.lines[self.rows[measure, text]]
                message = f"stands for {measure!r} twice, first in line {line}; keep one"
                self._wrong(self.tokens, row, "token", message)
            elif known and (segment, measure) not in found:
                message = f"{CELLS} counts nobody for {measure!r} in {segment!r}"
                self._wrong(self.tokens, row, "measure", message)
            elif known:
                self.rows[measure, text] = row
                found[segment, measure].append(text)
        return found

    def _is_known(self, source: Table, row: int, named: Mapping[str, str]) -> bool:
        segment, measure = named["segment"], named["measure"]
        if segment not in self.segments:
            guess = meant(segment, self.segments)
            self._wrong(source, row, "segment", f"no segment {quoted(segment)}{guess}")
        if measure not in self.measures:
            guess = meant(measure, self.measures)
            self._wrong(source, row, "measure", f"no measure {quoted(measure)}{guess}")
        return segment in self.segments and measure in self.measures

    def _check_whole(
        self,
        first: Mapping[Cell, int],
        bins: Mapping[Cell, Mapping[int, int]],
        tokens: Mapping[Cell, Sequence[str]],
        organisations: int | None,
    ) -> None:
        totals: Counter[str] = Counter()
        for cell, row in first.items():
            n, there = sum(bins[cell].values()), len(tokens[cell])
            if n < FEWEST:
                message = f"{n} in this cell; nothing may be handed over below {FEWEST}"
                self._wrong(self.counts, row, "organisations", message)
            if n != there:
                message = f"{n} counted in this cell, {there} in {TOKENS}; each has one token"
                self._wrong(self.counts, row, "organisations", message)
            before, totals[cell[1]] = totals[cell[1]], totals[cell[1]] + n
            if organisations is not None and before <= organisations < before + n:
                message = (
                    f"{before + n} counted for {cell[1]!r} up to this cell, {organisations} "
                    f"organisations in {CONTRIBUTION}; each counts once"
                )
                self._wrong(self.counts, row, "organisations", message)
