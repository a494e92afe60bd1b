"""Read benchmarks: editions with quantiles by segment, and figures published by others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cx_maturity.errors import Place
from cx_maturity.item import FOLDER_ID, FOLDER_ID_RULE, Item, meant, same_but_for_case
from cx_maturity.load import document, files, table
from cx_maturity.model import Cell, Edition, Published, PublishedFigure, PublishedSet, Segment
from cx_maturity.organisation import COUNTRY, chosen_subset, referenced
from cx_maturity.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.load import Table
    from cx_maturity.model import Questionnaire

QUANTILES = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)
QUANTILE_COLUMNS = ("segment", "measure", "n", *(f"p{q}" for q in QUANTILES))
FIGURE_COLUMNS = (
    "publisher", "seen in", "year", "geography", "n", "stage", "share", "bound", "note",
)  # fmt: skip
MORE_FIGURE_COLUMNS = ("stages", "order")

_EDITION = ("title", "questionnaire", "aggregate", "edition", "period", "source", "segments")
_WHOLE = re.compile(r"\d{1,9}")
_SHARE = re.compile(r"\d{1,3}(?:\.\d+)?")


def allowed_quantiles(n: int) -> tuple[int, ...]:
    """
    Return which quantiles *n* organisations may have published.

    Below five peers a quartile names a company: nothing; 5-9 the median; 10-29
    quartiles; from 30 deciles too.
    """
    if n < 5:  # noqa: PLR2004 - the rule is stated above
        return ()
    if n < 10:  # noqa: PLR2004
        return (50,)
    return (25, 50, 75) if n < 30 else QUANTILES  # noqa: PLR2004


def benchmark(
    folder: Path, questionnaires: Mapping[tuple[str, str], Questionnaire], problems: Problems
) -> Edition | Published | None:
    """Read the folder of one benchmark; None when it cannot be used."""
    root = document(folder / "benchmark.yaml", problems).root
    if root is None:
        return None
    item = Item(root, "", problems)
    kind = next((v for k, v in item.pairs() if k.node_text == "kind"), None)
    if kind is None:
        item.wrong("the key 'kind' is missing; give pooled, published or illustrative")
        return None
    if kind.one_of(("pooled", "published", "illustrative")) == "published":
        _only(folder, ("benchmark.yaml", "figures.csv"), problems)
        return _published(folder, item)
    _only(folder, ("benchmark.yaml", "quantiles.csv"), problems)
    return _edition(folder, item, questionnaires)


def _only(folder: Path, known: tuple[str, ...], problems: Problems) -> None:
    for path in files(folder, problems):
        if path.name not in known:
            message = f"no such file belongs to a benchmark{meant(path.name, known)}"
            problems.add(Place(path), "", message)


# --- editions ----------------------------------------------------------------


def _edition(
    folder: Path, item: Item, questionnaires: Mapping[tuple[str, str], Questionnaire]
) -> Edition | None:
    fields = item.record(("kind", *_EDITION), ("subset",))
    if any(name not in fields for name in _EDITION):
        return None
    questionnaire = referenced(fields["questionnaire"], questionnaires)
    aggregate = fields["aggregate"].one_of(("mean", "minimum"))
    segments = _segments(fields["segments"])
    source = table(folder / "quantiles.csv", item.problems)
    if questionnaire is None:
        return None
    if aggregate != questionnaire.aggregate:
        fields["aggregate"].wrong(
            f"the benchmark is made by {aggregate}, the questionnaire scores by "
            f"{questionnaire.aggregate}; they cannot be compared"
        )
    measures = {OVERALL, *(d.id for d in questionnaire.dimensions)}
    measures |= {c.id for d in questionnaire.dimensions for c in d.capabilities}
    return Edition(
        folder.name,
        fields["kind"].raw(),
        fields["title"].texts(("en",)),
        questionnaire.id,
        questionnaire.version,
        chosen_subset(fields.get("subset"), questionnaire),
        aggregate,
        fields["edition"].text(),
        fields["period"].text(),
        fields["source"].texts(("en",)),
        segments,
        _Cells(source, segments, measures, item.problems).read() if source else {},
        folder / "benchmark.yaml",
    )


def _segments(item: Item) -> tuple[Segment, ...]:
    pairs = item.pairs()
    made: dict[str, Segment] = {}
    for name, value in pairs:
        fields = value.record(("title",), ("parent", "industry", "country", "folded"))
        word = name.word(FOLDER_ID, FOLDER_ID_RULE)
        made[word] = Segment(
            word,
            fields["title"].texts(("en",))
            if "title" in fields
            else value.child("title", value.node).texts(("en",)),
            fields["industry"].word(FOLDER_ID, FOLDER_ID_RULE) if "industry" in fields else None,
            fields["country"].word(COUNTRY, "two capitals, such as FI")
            if "country" in fields
            else None,
            fields["parent"].raw() if "parent" in fields else None,
            fields["folded"].text() if "folded" in fields else None,
        )
        if "parent" in fields:
            _check_parent(fields["parent"], made[word], made)
    roots = [segment for segment in made.values() if segment.parent is None]
    if len(roots) != 1:
        item.wrong(f"{len(roots)} segments have no parent; exactly one holds all the others")
    same_but_for_case(
        [
            (f"{s.industry}/{s.country}", value)
            for s, (_, value) in zip(made.values(), pairs, strict=False)
        ]
    )
    return tuple(made.values())


def _check_parent(item: Item, segment: Segment, before: Mapping[str, Segment]) -> None:
    parent = before.get(segment.parent or "")
    if parent is None or parent is segment:
        known = [word for word in before if word != segment.id]
        item.wrong(
            f"no segment above is called {segment.parent!r}{meant(segment.parent or '', known)}"
        )
    elif (parent.industry and parent.industry != segment.industry) or (
        parent.country and parent.country != segment.country
    ):
        item.wrong(
            f"{segment.id!r} does not lie within {parent.id!r}; repeat its industry and country"
        )


class _Cells:
    """Reads ``quantiles.csv``."""

    def __init__(
        self, source: Table, segments: tuple[Segment, ...], measures: set[str], problems: Problems
    ) -> None:
        self.source = source
        self.segments = {segment.id: segment for segment in segments}
        self.measures = measures
        self.problems = problems

    def wrong(self, row: int, column: str, message: str) -> None:
        place = self.source.place(row, self.source.header.index(column))
        self.problems.add(place, column, message)

    def read(self) -> dict[tuple[str, str], Cell]:
        if not _same_columns(self.source, QUANTILE_COLUMNS, (), self.problems):
            return {}
        cells: dict[tuple[str, str], Cell] = {}
        for row, _ in enumerate(self.source.rows):
            named = dict(zip(self.source.header, self.source.rows[row], strict=True))
            key = (named["segment"], named["measure"])
            if key in cells:
                self.wrong(
                    row, "measure", f"{key[1]!r} of {key[0]!r} stands here a second time; keep one"
                )
            if self._known(row, key):
                cells[key] = self._cell(row, named)
        for key, cell in cells.items():
            self._check_within(key, cell, cells)
        return cells

    def _known(self, row: int, key: tuple[str, str]) -> bool:
        segment, measure = key
        if segment not in self.segments:
            self.wrong(row, "segment", f"no segment {segment!r}{meant(segment, self.segments)}")
        elif self.segments[segment].folded:
            self.wrong(row, "segment", f"{segment!r} is folded, so it has no figures; drop the row")
        if measure not in self.measures:
            self.wrong(row, "measure", f"no measure {measure!r}{meant(measure, self.measures)}")
        return segment in self.segments and measure in self.measures

    def _cell(self, row: int, named: Mapping[str, str]) -> Cell:
        n = int(named["n"]) if _WHOLE.fullmatch(named["n"]) else 0
        allowed = allowed_quantiles(n)
        if not allowed:
            self.wrong(row, "n", f"{named['n']!r} organisations; nothing is published below 5")
        quantiles: dict[int, int] = {}
        for q in QUANTILES:
            value = named[f"p{q}"]
            if not value:
                continue
            if q not in allowed:
                shown = ", ".join(f"p{a}" for a in allowed) or "nothing"
                self.wrong(
                    row, f"p{q}", f"{n} organisations may have {shown} published; empty the cell"
                )
            elif not _WHOLE.fullmatch(value) or int(value) > 100:  # noqa: PLR2004 - points
                self.wrong(row, f"p{q}", f"{value!r} is not a whole number of points from 0 to 100")
            else:
                if quantiles and int(value) < max(quantiles.values()):
                    self.wrong(
                        row, f"p{q}", f"{value} is below the quantile before it; they must rise"
                    )
                quantiles[q] = int(value)
        return Cell(n, quantiles)

    def _check_within(
        self, key: tuple[str, str], cell: Cell, cells: Mapping[tuple[str, str], Cell]
    ) -> None:
        parent = cells.get((self.segments[key[0]].parent or "", key[1]))
        if parent and cell.n > parent.n:
            row = next(i for i, r in enumerate(self.source.rows) if r[:2] == key)
            self.wrong(row, "n", f"{cell.n} is more than the {parent.n} of the segment around it")


def _same_columns(
    source: Table, required: tuple[str, ...], optional: tuple[str, ...], problems: Problems
) -> bool:
    missing = [name for name in required if name not in source.header]
    unknown = [name for name in source.header if name not in (*required, *optional)]
    for name in missing:
        problems.add(Place(source.path), name, "the column is missing")
    for name in unknown:
        problems.add(Place(source.path), name, f"no such column{meant(name, missing or required)}")
    return not missing and not unknown


# --- published figures -------------------------------------------------------


def _published(folder: Path, item: Item) -> Published | None:
    fields = item.record(("kind", "title", "source"))
    source = table(folder / "figures.csv", item.problems)
    if source is None or not _same_columns(
        source, FIGURE_COLUMNS, MORE_FIGURE_COLUMNS, item.problems
    ):
        return None
    return Published(
        folder.name,
        fields["title"].texts(("en",)) if "title" in fields else item.texts(("en",)),
        fields["source"].texts(("en",)) if "source" in fields else item.texts(("en",)),
        tuple(_sets(source, item.problems)),
        folder / "benchmark.yaml",
    )


def _sets(source: Table, problems: Problems) -> Iterator[PublishedSet]:
    rows: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(source.rows):
        named = dict(zip(source.header, row, strict=True))
        key = tuple(named[name] for name in ("publisher", "year", "geography", "n", "seen in"))
        rows.setdefault(key, []).append(number)
    for (publisher, year, geography, n, seen_in), numbers in rows.items():
        figures = tuple(_figure(source, number, problems) for number in numbers)
        adds_up = _adds_up(source, numbers, figures, problems)
        yield PublishedSet(publisher, seen_in, year, geography, n, figures, adds_up)


def _figure(source: Table, row: int, problems: Problems) -> PublishedFigure:
    named = dict(zip(source.header, source.rows[row], strict=True))

    def wrong(column: str, message: str) -> None:
        problems.add(source.place(row, source.header.index(column)), column, message)

    for name in ("publisher", "seen in", "year", "stage"):
        if not named[name]:
            wrong(
                name, "the cell is empty; a figure is shown with who published it, where and when"
            )
    if not _SHARE.fullmatch(named["share"]) or float(named["share"]) > 100:  # noqa: PLR2004
        wrong("share", f"{named['share']!r} is not a share in percent, 0 to 100")
    if named["bound"] not in {"", "<", ">"}:
        wrong("bound", f"{named['bound']!r} is not < or >; leave it empty for an exact figure")
    order = named.get("order", "")
    if order and not _WHOLE.fullmatch(order):
        wrong("order", f"{order!r} is not the number of the stage")
        order = ""
    return PublishedFigure(
        named["stage"], named["share"], named["bound"], named["note"], int(order) if order else None
    )


def _adds_up(
    source: Table, numbers: list[int], figures: tuple[PublishedFigure, ...], problems: Problems
) -> bool:
    """Tell whether the shares make a whole; a set that claims to and does not is named."""
    if not all(_SHARE.fullmatch(figure.share) for figure in figures):
        return False
    total = sum(float(figure.share) for figure in figures)
    whole = abs(total - 100) <= 1 and not any(figure.bound for figure in figures)
    named = dict(zip(source.header, source.rows[numbers[0]], strict=True))
    complete = named.get("stages") == str(len(figures))
    if not whole and (complete or total > 101):  # noqa: PLR2004 - 100, give or take rounding
        place = source.place(numbers[0], source.header.index("share"))
        message = f"the shares of this set add up to {total:g}; shown as figures, without a chart"
        problems.add(place, "share", message, warning=True)
    return whole
