"""Read benchmark editions: quantiles of peers, by segment."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST, NARROW, QUANTILES, allowed_quantiles, is_narrow
from cx_maturity.editions import Cell, Edition, Published, Segment
from cx_maturity.errors import Place, quoted
from cx_maturity.load import document, files, table
from cx_maturity.model import Text
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, Item, meant
from cx_maturity.reading.organisation import COUNTRY, COUNTRY_RULE
from cx_maturity.reading.published import published, same_columns
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.wave import chosen_subset, referenced

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.model import Questionnaire
    from cx_maturity.reading.csv_text import Table

QUANTILE_COLUMNS = ("segment", "measure", "n", *(f"p{q}" for q in QUANTILES))
KINDS = ("pooled", "published", "illustrative")

_EDITION = ("title", "questionnaire", "aggregate", "edition", "period", "source", "segments")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


def benchmark(
    folder: Path, questionnaires: Mapping[tuple[str, str], Questionnaire | None], problems: Problems
) -> Edition | Published | None:
    """Read the folder of one benchmark; None when it cannot be used."""
    paths = files(folder, problems)
    root = document(folder / "benchmark.yaml", problems).root
    if root is None:
        return None
    item = Item(root, "", problems)
    kind = next((value for name, value in item.pairs() if name.node_text == "kind"), None)
    if kind is None:
        if item.is_map:
            item.wrong(f"the key 'kind' is missing; give one of {', '.join(KINDS)}")
        return None
    found = kind.one_of(KINDS)
    if not found:
        return None
    known = ("benchmark.yaml", "figures.csv" if found == "published" else "quantiles.csv")
    for path in paths:
        if path.name not in known:
            message = f"no such file belongs to this benchmark{meant(path.name, known)}"
            problems.add(Place(path), "", message)
    if found == "published":
        return published(folder, item)
    return _edition(folder, item, questionnaires)


def _edition(
    folder: Path, item: Item, questionnaires: Mapping[tuple[str, str], Questionnaire | None]
) -> Edition | None:
    fields = item.record(("kind", *_EDITION), ("subset",))
    source = table(folder / "quantiles.csv", item.problems)
    before = item.problems.count()
    segments = _segments(fields["segments"]) if "segments" in fields else ()
    has_segments = "segments" in fields and item.problems.count() == before
    aggregate = fields["aggregate"].one_of(("mean", "minimum")) if "aggregate" in fields else ""
    title, words = (
        fields[name].texts(("en",)) if name in fields else Text({"en": ""})
        for name in ("title", "source")
    )
    edition, period = (
        fields[name].text() if name in fields else "" for name in ("edition", "period")
    )
    if "questionnaire" not in fields:
        return None
    questionnaire = referenced(fields["questionnaire"], questionnaires)
    if questionnaire is None:
        return None
    if aggregate and aggregate != questionnaire.aggregate:
        fields["aggregate"].wrong(
            f"the benchmark is made by {aggregate}, the questionnaire scores by "
            f"{questionnaire.aggregate}; they cannot be compared"
        )
    measures = [OVERALL]
    for dimension in questionnaire.dimensions:
        measures += [dimension.id, *(capability.id for capability in dimension.capabilities)]
    cells = {}
    if source and has_segments:
        cells = _Cells(source, segments, measures, item.problems).read(fields["segments"])
    return Edition(
        folder.name,
        fields["kind"].raw(),
        title,
        questionnaire.id,
        questionnaire.version,
        chosen_subset(fields.get("subset"), questionnaire),
        aggregate,
        edition,
        period,
        words,
        segments,
        cells,
        folder / "benchmark.yaml",
    )


# --- segments ----------------------------------------------------------------


def _segments(item: Item) -> tuple[Segment, ...]:
    made: dict[str, Segment] = {}
    first: dict[tuple[str | None, str | None], str] = {}
    for name, value in item.some_pairs():
        fields = value.record(("title",), ("parent", "industry", "country", "folded"))
        word = name.word(FOLDER_ID, FOLDER_ID_RULE)
        segment = Segment(
            word,
            fields["title"].texts(("en",)) if "title" in fields else Text({"en": ""}),
            fields["industry"].word(FOLDER_ID, FOLDER_ID_RULE) if "industry" in fields else None,
            fields["country"].word(COUNTRY, COUNTRY_RULE) if "country" in fields else None,
            fields["parent"].raw() if "parent" in fields else None,
            fields["folded"].text() if "folded" in fields else None,
        )
        if "parent" in fields:
            _check_parent(fields["parent"], segment, made)
        twin = first.setdefault((segment.industry, segment.country), word)
        if twin != word:
            value.wrong(f"{twin!r} has the same industry and country; keep one of the two")
        made[word] = segment
    roots = [segment for segment in made.values() if segment.parent is None]
    if made and len(roots) != 1:
        item.wrong(f"{len(roots)} segments have no parent; exactly one holds all the others")
    return tuple(made.values())


def _check_parent(item: Item, segment: Segment, above: Mapping[str, Segment]) -> None:
    parent = above.get(segment.parent or "")
    if parent is None:
        message = f"no segment above this one is called {quoted(segment.parent or '')}"
        item.unknown(message, segment.parent or "", above)
    elif (parent.industry and parent.industry != segment.industry) or (
        parent.country and parent.country != segment.country
    ):
        message = f"{segment.id!r} does not lie within {parent.id!r}"
        item.wrong(f"{message}; repeat its industry and country")


# --- quantiles ---------------------------------------------------------------


class _Cells:
    """Reads ``quantiles.csv``."""

    def __init__(
        self,
        source: Table,
        segments: tuple[Segment, ...],
        measures: list[str],
        problems: Problems,
    ) -> None:
        self.source = source
        self.segments = {segment.id: segment for segment in segments}
        self.measures = measures
        self.problems = problems
        self.rows: dict[tuple[str, str], int] = {}

    def wrong(self, row: int, column: str, message: str) -> None:
        place = self.source.place(row, self.source.header.index(column))
        self.problems.add(place, column, message)

    def read(self, segments: Item) -> dict[tuple[str, str], Cell]:
        if not same_columns(self.source, QUANTILE_COLUMNS, (), self.problems):
            return {}
        before = self.problems.count()
        cells: dict[tuple[str, str], Cell] = {}
        for row, named in enumerate(self.source.records()):
            key = (named["segment"], named["measure"])
            if key in cells:
                message = f"{key[1]!r} of {key[0]!r} stands here a second time; keep one"
                self.wrong(row, "measure", message)
            elif self._is_known(row, key):
                cells[key] = self._cell(row, named)
                self.rows[key] = row
        if self.problems.count() == before:
            self._check_whole(cells)
            for name, item in segments.pairs():
                segment = self.segments[name.node_text]
                if not segment.folded and (segment.id, OVERALL) not in cells:
                    item.wrong("no overall in quantiles.csv; add it, or say why under folded")
        return cells

    def _is_known(self, row: int, key: tuple[str, str]) -> bool:
        segment, measure = key
        if segment not in self.segments:
            guess = meant(segment, self.segments)
            self.wrong(row, "segment", f"no segment {quoted(segment)}{guess}")
        elif self.segments[segment].folded:
            message = f"{segment!r} is folded, so it has no figures; drop the row"
            self.wrong(row, "segment", message)
        if measure not in self.measures:
            guess = meant(measure, self.measures)
            self.wrong(row, "measure", f"no measure {quoted(measure)}{guess}")
        return segment in self.segments and measure in self.measures

    def _cell(self, row: int, named: Mapping[str, str]) -> Cell:
        n = int(named["n"]) if _WHOLE.fullmatch(named["n"]) else 0
        allowed = allowed_quantiles(n)
        if not allowed:
            message = f"{quoted(named['n'])} organisations; nothing is published below {FEWEST}"
            self.wrong(row, "n", message)
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
                self.wrong(row, column, message)
            elif not _WHOLE.fullmatch(value) or int(value) > 100:  # noqa: PLR2004 - points
                message = f"{quoted(value)} is not a whole number of points from 0 to 100"
                self.wrong(row, column, message)
            else:
                quantiles[q] = int(value)
                if int(value) < max(quantiles.values()):
                    message = f"{value} is below a quantile before it; they must rise"
                    self.wrong(row, column, message)
        if is_narrow(quantiles):
            message = f"the quartiles lie within {NARROW} points; publish n and no quantile"
            self.wrong(row, "p75", message)
        return Cell(n, quantiles)

    def _check_whole(self, cells: Mapping[tuple[str, str], Cell]) -> None:
        """Check that no difference of cells is a group that may not be published itself."""
        inside: Counter[tuple[str, str]] = Counter()
        for (segment, measure), cell in cells.items():
            inside[self.segments[segment].parent or "", measure] += cell.n
        for key, cell in cells.items():
            row, parts = self.rows[key], inside[key]
            left = cell.n - parts
            if left < 0:
                message = f"{cell.n} is less than the {parts} of the segments in it"
                self.wrong(row, "n", message)
            elif parts and 0 < left < FEWEST:
                message = f"{left} of {cell.n} are in none of the segments in it; fold one of them"
                self.wrong(row, "n", message)
