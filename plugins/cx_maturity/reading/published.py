"""Read figures that others published: context on a page of their own, never an edition."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.editions import Published, PublishedFigure, PublishedSet
from cx_maturity.errors import Place, quoted
from cx_maturity.load import table
from cx_maturity.model import Text
from cx_maturity.reading.item import meant, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.reading.csv_text import Table
    from cx_maturity.reading.item import Item

FIGURE_COLUMNS = (
    "publisher", "seen in", "year", "geography", "n", "stage", "share", "bound", "note",
)  # fmt: skip
MORE_FIGURE_COLUMNS = ("stages", "order")

_SET = ("publisher", "year", "geography", "n", "seen in")
_SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,9})?")
_WHOLE = re.compile(r"[0-9]{1,9}")


def published(folder: Path, item: Item) -> Published | None:
    """Read figures of others; *item* is their ``benchmark.yaml``."""
    fields = item.record(("kind", "title", "source"))
    title, source = (
        fields[name].texts(("en",)) if name in fields else Text({"en": ""})
        for name in ("title", "source")
    )
    figures = table(folder / "figures.csv", item.problems)
    if figures is None:
        return None
    if not same_columns(figures, FIGURE_COLUMNS, MORE_FIGURE_COLUMNS, item.problems):
        return None
    sets = tuple(_sets(figures, item.problems))
    return Published(folder.name, title, source, sets, folder / "benchmark.yaml")


def same_columns(
    source: Table, required: tuple[str, ...], optional: tuple[str, ...], problems: Problems
) -> bool:
    """Tell whether a table has the *required* columns and none but these and the *optional*."""
    missing = [name for name in required if name not in source.header]
    unknown = [name for name in source.header if name not in (*required, *optional)]
    if not {*source.header} & {*required}:
        message = f"the first line must name the columns {','.join((*required, *optional))}"
        problems.add(Place(source.path), "", message)
        return False
    meant_by = {nearest(name, missing) for name in unknown}
    for name in missing:
        # A misspelt one is named where it stands.
        if name not in meant_by:
            problems.add(Place(source.path), name, "the column is missing")
    for name in unknown:
        guess = meant(name, missing or (*required, *optional))
        problems.add(source.header_place(name), name, f"no such column{guess}")
    return not missing and not unknown


def _sets(source: Table, problems: Problems) -> Iterator[PublishedSet]:
    rows: dict[tuple[str, ...], list[int]] = {}
    for number, named in enumerate(source.records()):
        rows.setdefault(tuple(named[name] for name in _SET), []).append(number)
    for (publisher, year, geography, n, seen_in), numbers in rows.items():
        figures = tuple(_figure(source, number, problems) for number in numbers)
        adds_up = _adds_up(source, numbers, figures, problems)
        yield PublishedSet(publisher, seen_in, year, geography, n, figures, adds_up)


def _figure(source: Table, row: int, problems: Problems) -> PublishedFigure:
    named = source.record(row)

    def wrong(column: str, message: str) -> None:
        problems.add(source.place(row, source.header.index(column)), column, message)

    for name in ("publisher", "seen in", "year", "stage"):
        if not named[name]:
            wrong(name, "the cell is empty; a figure is shown with who published it and when")
    if not _SHARE.fullmatch(named["share"]) or Fraction(named["share"]) > 100:  # noqa: PLR2004
        wrong("share", f"{quoted(named['share'])} is not a share in percent, 0 to 100")
    if named["bound"] not in {"", "<", ">"}:
        message = "is not < or >; leave it empty for an exact figure"
        wrong("bound", f"{quoted(named['bound'])} {message}")
    order = named.get("order", "")
    if order and not _WHOLE.fullmatch(order):
        wrong("order", f"{quoted(order)} is not the number of the stage")
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
    total = sum((Fraction(figure.share) for figure in figures), Fraction(0))
    whole = abs(total - 100) <= 1 and not any(figure.bound for figure in figures)
    named: Mapping[str, str] = source.record(numbers[0])
    complete = named.get("stages") == str(len(figures))
    if not whole and (complete or total > 101):  # noqa: PLR2004 - 100, give or take rounding
        place = source.place(numbers[0], source.header.index("share"))
        message = f"the shares of this set add up to {float(total):g}; shown without a chart"
        problems.add(place, "share", message, warning=True)
    return whole
