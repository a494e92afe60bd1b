"""The page of benchmarks: editions cell by cell as published, and figures of others as reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from cx_maturity import chart
from cx_maturity.parts.row import DASH, drawn, shade
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.editions import Edition, Published, PublishedFigure, PublishedSet
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
    measures = [(OVERALL, text("Overall"))]
    measures += [(d.id, d.title.to(language)) for d in questionnaire.dimensions]
    return EditionPart(
        id=edition.id,
        title=edition.title.to(language),
        tag=text("Illustrative") if is_illustrative else "",
        source=edition.source.to(language),
        facts=(
            (text("Kind"), text("simulated") if is_illustrative else text("pooled participants")),
            (text("Edition"), edition.edition),
            (text("Period"), edition.period),
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
        tables=tuple(
            table
            for measure, title in measures
            if (table := _table(edition, measure, title, words))
        ),
    )


def _table(edition: Edition, measure: str, title: str, words: Words) -> QuantileTable | None:
    cells = {s.id: edition.cells.get((s.id, measure)) for s in edition.segments}
    percents = sorted({q for cell in cells.values() if cell for q in cell.quantiles})
    if not any(cells.values()):
        return None
    rows = []
    for segment in edition.segments:
        cell = cells[segment.id]
        rows.append(
            SegmentRow(
                title=segment.title.to(words.language),
                depth=_depth(edition, segment.id),
                n=words.number(cell.n) if cell else DASH,
                cells=tuple(
                    str(cell.quantiles[q]) if cell and q in cell.quantiles else DASH
                    for q in percents
                ),
                reason=_reason(segment.folded, words, has_cell=cell is not None),
            )
        )
    return QuantileTable(title, tuple(_quantile(q, words) for q in percents), tuple(rows))


def _reason(folded: str | None, words: Words, *, has_cell: bool) -> str:
    if has_cell:
        return ""
    if folded:
        return words.text("folded into its parent: {reason}", reason=folded)
    return words.text("no figures published")


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
