"""The page of benchmarks: editions cell by cell as published, and figures of others as reported."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from markupsafe import Markup

from cx_maturity import chart
from cx_maturity.parts.peers import cell_reason, folded_reason
from cx_maturity.parts.row import DASH, drawn, shade
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cx_maturity.editions import (
        Cell,
        Edition,
        Published,
        PublishedFigure,
        PublishedSet,
        Reliability,
    )
    from cx_maturity.model import Questionnaire
    from cx_maturity.words import Words


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment's figures in the order of the table's heads."""

    title: str
    depth: int
    n: str
    cells: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class QuantileTable:
    """One measure in every segment."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[SegmentRow, ...]
    reliability: str
    parts: tuple[QuantileTable, ...]  # of a dimension's capabilities


@dataclass(frozen=True, slots=True)
class EditionPart:
    """One edition; *tag* is empty for real participants."""

    id: str
    title: str
    tag: str
    source: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[QuantileTable, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One published share."""

    stage: str
    share: str
    note: str
    shade: int  # 0: the set is not drawn


@dataclass(frozen=True, slots=True)
class SetPart:
    """The figures of one publisher, year and geography; drawn only where they sum to 100."""

    title: str
    seen_in: str
    link: str  # the address it was seen at, if it is one
    rows: tuple[FigureRow, ...]
    drawings: Markup
    remark: str


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """Published figures of one collection."""

    id: str
    title: str
    source: str
    sets: tuple[SetPart, ...]


@dataclass(frozen=True, slots=True)
class BenchmarksPage:
    """Everything that scores can be set beside, of three kinds that are never mixed."""

    editions: tuple[EditionPart, ...]
    published: tuple[PublishedPart, ...]
    has_illustrative: bool


def benchmarks_page(
    editions: Sequence[Edition],
    published: Sequence[Published],
    questionnaires: Mapping[tuple[str, str], Questionnaire],
    words: Words,
) -> BenchmarksPage:
    """Write the page of benchmarks, real participants first."""
    ordered = sorted(editions, key=lambda e: (e.kind != "pooled", e.questionnaire, e.id))
    return BenchmarksPage(
        tuple(_edition(e, questionnaires[e.questionnaire, e.version], words) for e in ordered),
        tuple(_published(p, words) for p in published),
        has_illustrative=any(e.kind == "illustrative" for e in editions),
    )


def _edition(edition: Edition, questionnaire: Questionnaire, words: Words) -> EditionPart:
    text, language = words.text, words.language
    subset = questionnaire.subset(edition.subset).title.to(language)
    is_illustrative = edition.kind == "illustrative"
    return EditionPart(
        id=edition.id,
        title=edition.title.to(language),
        tag=text("Illustrative") if is_illustrative else "",
        source=edition.source.to(language),
        facts=(
            (text("Kind"), text("simulated") if is_illustrative else text("pooled participants")),
            (text("Edition"), edition.edition),
            *(() if is_illustrative else ((text("Period"), edition.period),)),
            (
                text("Questionnaire"),
                text(
                    "{title} {version}, {subset}",
                    title=questionnaire.title.to(language),
                    version=edition.version,
                    subset=subset,
                ),
            ),
        ),
        tables=tuple(_tables(edition, questionnaire, words)),
    )


def _tables(
    edition: Edition, questionnaire: Questionnaire, words: Words
) -> Iterator[QuantileTable]:
    """Yield the table of the overall and of each dimension, with its capabilities in it."""
    whole = _table(edition, OVERALL, words.text("Overall"), words)
    if whole:
        yield whole
    for dimension in questionnaire.dimensions:
        parts = tuple(
            table
            for one in dimension.capabilities
            if (table := _table(edition, one.id, one.title.to(words.language), words))
        )
        title = dimension.title.to(words.language)
        if table := _table(edition, dimension.id, title, words, parts):
            yield table


def _table(
    edition: Edition,
    measure: str,
    title: str,
    words: Words,
    parts: tuple[QuantileTable, ...] = (),
) -> QuantileTable | None:
    keys = [(segment.id, measure) for segment in edition.segments]
    cells = [edition.cells.get(key) for key in keys]
    percents = sorted({q for cell in cells if cell for q in cell.quantiles})
    if not any(cells) and not any(key in edition.hidden for key in keys) and not parts:
        return None
    rows = []
    for segment, key, cell in zip(edition.segments, keys, cells, strict=True):
        rows.append(
            SegmentRow(
                title=segment.title.to(words.language),
                depth=_depth(edition, segment.id),
                n=words.number(cell.n) if cell else DASH,
                cells=tuple(
                    str(cell.quantiles[q]) if cell and q in cell.quantiles else DASH
                    for q in percents
                ),
                reason=_reason(cell, segment.folded, edition.hidden.get(key), words),
            )
        )
    found = edition.reliability.get(measure)
    return QuantileTable(
        title,
        # Where nothing has quantiles, the reasons have a column of their own.
        tuple(_quantile(q, words) for q in percents) or (words.text("Quantiles"),),
        tuple(rows),
        _reliability(found, words) if found else "",
        parts,
    )


def _reason(cell: Cell | None, folded: str | None, hidden: str | None, words: Words) -> str:
    """Say why there are no quantiles; nothing where there are."""
    if cell:
        return "" if cell.quantiles else words.start(cell_reason("narrow", words))
    if folded:
        return words.text("folded into its parent: {reason}", reason=folded_reason(folded, words))
    if hidden:
        return words.text("hidden: {reason}", reason=cell_reason(hidden, words))
    return words.text("no figures published")


def _reliability(found: Reliability, words: Words) -> str:
    """Say how well the questions hang together, and how alike colleagues answer."""
    low, high = found.interval
    said = words.text(
        "Reliability: alpha {alpha} ({low} to {high}), ICC(1) {icc1}, ICC(2) {icc2}, middle rwg "
        "{rwg}; {people} people in {organisations} organisations.",
        alpha=_two(found.alpha, words),
        low=_two(low, words),
        high=_two(high, words),
        icc1=_two(found.icc1, words),
        icc2=_two(found.icc2, words),
        rwg=_two(found.rwg, words),
        people=words.number(found.people),
        organisations=words.number(found.organisations),
    )
    if not found.rough:
        return said
    rough = words.text("People\u2019s means lie near an end, so alpha\u2019s interval is rough.")
    return f"{said} {rough}"


def _two(number: float, words: Words) -> str:
    return words.decimal(Fraction(number), 2)


def _quantile(percent: int, words: Words) -> str:
    if percent == 50:  # noqa: PLR2004 - the median
        return words.text("Median")
    return words.text("{percent}th", percent=percent)


def _depth(edition: Edition, segment_id: str) -> int:
    parents = {segment.id: segment.parent for segment in edition.segments}
    depth, parent = 0, parents[segment_id]
    while parent is not None:
        depth, parent = depth + 1, parents[parent]
    return depth


# --- figures of others -------------------------------------------------------


def _published(published: Published, words: Words) -> PublishedPart:
    return PublishedPart(
        published.id,
        published.title.to(words.language),
        published.source.to(words.language),
        tuple(_set(figures, words) for figures in published.sets),
    )


def _set(figures: PublishedSet, words: Words) -> SetPart:
    text = words.text
    title = text("As reported by {publisher}", publisher=figures.publisher)
    about = [part for part in (figures.geography, figures.year) if part]
    if figures.n:
        about.append(text("n = {n}", n=figures.n))
    if about:
        title = text("{title}: {about}", title=title, about=", ".join(about))
    ordered = sorted(figures.figures, key=lambda f: f.order if f.order is not None else 0)
    of = len(ordered) if figures.sums_to_100 else 0
    return SetPart(
        title=title,
        seen_in=figures.seen_in,
        link=figures.seen_in if figures.seen_in.startswith(("https://", "http://")) else "",
        rows=tuple(
            FigureRow(f.stage, share(f, words), f.note, shade(n, of) if of else 0)
            for n, f in enumerate(ordered, start=1)
        ),
        drawings=_drawn(ordered, figures.publisher, title, words) if of else Markup(),
        remark=""
        if figures.sums_to_100
        else text("These shares do not add up to 100, so they are listed and not drawn."),
    )


def share(figure: PublishedFigure, words: Words) -> str:
    """Write a share as its publisher did; a bound stays a bound."""
    number = words.text("{number}\N{NO-BREAK SPACE}%", number=figure.share)
    if figure.bound == "<":
        return words.text("under {share}", share=number)
    if figure.bound == ">":
        return words.text("over {share}", share=number)
    return number


def _drawn(ordered: Sequence[PublishedFigure], publisher: str, title: str, words: Words) -> Markup:
    shares = [float(f.share) for f in ordered]
    total, start, parts = sum(shares), 0.0, []
    for number, (figure, value) in enumerate(zip(ordered, shares, strict=True), start=1):
        end = start + value / total
        if value:
            parts.append(
                chart.Part(start, min(end, 1.0), shade(number, len(ordered)), figure.share)
            )
        start = end
    bar = chart.Bar(publisher, tuple(parts))
    description = "; ".join(f"{f.stage}: {share(f, words)}" for f in ordered) + "."
    return drawn(chart.distribution(chart.Distribution((bar,)), title, description))
