"""The text of an edition's files: sorted, stable, and laid out so that a diff can be read."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from cx_maturity.disclosure import QUANTILES, REASONS
from cx_maturity.reading.edition import RELIABILITY_NUMBERS
from cx_maturity.reading.ledger import LEDGER_COLUMNS, MEMBER
from cx_maturity.reading.quantiles import QUANTILE_COLUMNS
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cx_maturity.editions import Reliability, Segment
    from cx_maturity.model import Text
    from cx_maturity.pooling.cells import Publication


class Head(NamedTuple):
    """What stands at the top of ``benchmark.yaml``; *made* are lines of comment, without #."""

    made: tuple[str, ...]
    kind: str  # "pooled" or "illustrative"
    title: Text
    questionnaire: str
    version: str
    subset: str
    aggregate: str
    edition: str
    period: str
    source: Text


def edition_files(
    head: Head, publication: Publication, reliability: Mapping[str, Reliability] | None = None
) -> dict[str, str]:
    """Return the files of an edition's folder by name."""
    lines = [
        *(f"# {line}".rstrip() for line in head.made),
        f"kind: {head.kind}",
        *_languages(head.title),
        *_text_lines("title", head.title),
        f"questionnaire: {head.questionnaire}@{head.version}",
        f"subset: {head.subset}",
        f"aggregate: {head.aggregate}",
        f"edition: {in_quotes(head.edition)}",
        f"period: {in_quotes(head.period)}",
        *_text_lines("source", head.source),
        "segments:",
        *(line for segment in publication.segments for line in segment_lines(segment)),
        *_reliability(reliability or {}),
    ]
    return {
        "benchmark.yaml": "\n".join(lines) + "\n",
        "quantiles.csv": csv_text(QUANTILE_COLUMNS, _rows(publication)),
    }


def ledger_file(found: Publication, members: Iterable[str]) -> str:
    """Return the text of a ledger: *members* first, and a row for each token's innermost cell."""
    rows: list[tuple[str, ...]] = [(MEMBER, MEMBER, member) for member in sorted({*members})]
    innermost = {cell: set(tokens) for cell, tokens in found.tokens.items()}
    parents = {segment.id: segment.parent for segment in found.segments}
    for (segment, measure), tokens in found.tokens.items():
        above = parents[segment]
        while above is not None:
            innermost.get((above, measure), set()).difference_update(tokens)
            above = parents[above]
    rows += [
        (measure, segment, each)
        for segment, measure in sorted(innermost, key=lambda cell: (cell[1] != OVERALL, cell[::-1]))
        for each in sorted(innermost[segment, measure])
    ]
    return csv_text(LEDGER_COLUMNS, rows)


def segment_lines(segment: Segment) -> Iterator[str]:
    """Yield the lines of a segment under ``segments:``."""
    yield f"  {segment.id}:"
    yield from _text_lines("title", segment.title, "    ")
    for key in ("parent", "industry", "country"):
        if value := getattr(segment, key):
            # A segment's id may look like a number to other readers of YAML, a country like no.
            yield f"    {key}: {in_quotes(value)}"
    if segment.folded:
        yield f"    folded: {in_quotes(REASONS.get(segment.folded, segment.folded))}"


def _languages(text: Text) -> Iterator[str]:
    """Yield the languages of a whole edition, which English alone need not name."""
    if len(text.by_language) > 1:
        yield f"languages: [{', '.join(text.by_language)}]"


def _text_lines(key: str, text: Text, indent: str = "") -> Iterator[str]:
    if len(text.by_language) == 1:
        yield f"{indent}{key}: {in_quotes(text.to('en'))}"
        return
    yield f"{indent}{key}:"
    for language, said in text.by_language.items():
        yield f"{indent}  {language}: {in_quotes(said)}"


def _reliability(found: Mapping[str, Reliability]) -> Iterator[str]:
    if found:
        yield "reliability:"
    for measure in sorted(found, key=lambda name: (name != OVERALL, name)):
        one = found[measure]
        yield f"  {in_quotes(measure)}:"
        yield f"    people: {one.people}"
        yield f"    organisations: {one.organisations}"
        for name in RELIABILITY_NUMBERS:
            yield f"    {name}: {getattr(one, name):.3f}"
            if name == "alpha":
                low, high = one.interval
                yield f"    interval: [{low:.3f}, {high:.3f}]"
        if one.rough:
            yield "    rough: true"


def _rows(publication: Publication) -> Iterator[tuple[object, ...]]:
    order = [segment.id for segment in publication.segments]
    for segment, measure in sorted(
        (*publication.cells, *publication.hidden),
        key=lambda key: (order.index(key[0]), key[1] != OVERALL, key[1]),
    ):
        cell = publication.cells.get((segment, measure))
        if cell is None:
            reason = publication.hidden[segment, measure]
            yield (segment, measure, "", *("" for _ in QUANTILES), reason)
        else:
            numbers = (cell.quantiles.get(q, "") for q in QUANTILES)
            yield (segment, measure, cell.n, *numbers, "")


def in_quotes(text: str) -> str:
    """Write *text* as YAML and JSON alike read it."""
    return json.dumps(text, ensure_ascii=False)


def csv_text(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """Write a table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
