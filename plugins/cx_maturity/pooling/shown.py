"""An edition as text for a terminal: all that is published of it, and why the rest is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.disclosure import REASONS
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cx_maturity.editions import Edition, Reliability, Segment
    from cx_maturity.model import Questionnaire

_KINDS = {
    "pooled": "pooled: organisations that took part",
    "illustrative": "illustrative: SIMULATED organisations, no market",
}
_LANGUAGE = "en"


def show(edition: Edition, questionnaire: Questionnaire) -> str:
    """Return everything that *edition* publishes, measure by measure in the order asked."""
    lines = [
        f"{edition.title.to(_LANGUAGE)} ({edition.id})",
        _KINDS[edition.kind],
        f"edition {edition.edition}, {edition.period}",
        f"{edition.questionnaire}@{edition.version}, {edition.subset}, by {edition.aggregate}",
        edition.source.to(_LANGUAGE),
        "",
        *_tree(edition),
    ]
    measures = [OVERALL]
    for dimension in questionnaire.dimensions:
        measures += [dimension.id, *(capability.id for capability in dimension.capabilities)]
    for measure in measures:
        lines += _measure(edition, measure)
    return "\n".join(lines) + "\n"


def _tree(edition: Edition) -> Iterator[str]:
    for segment in edition.segments:
        name = "  " * _depth(edition, segment) + segment.title.to(_LANGUAGE)
        cell = edition.cells.get((segment.id, OVERALL))
        if cell:
            yield f"{name}: {cell.n}"
        else:
            yield f"{name}: folded into the next wider one, {segment.folded}"


def _depth(edition: Edition, segment: Segment) -> int:
    parents = {one.id: one.parent for one in edition.segments}
    depth, parent = 0, segment.parent
    while parent is not None:
        depth, parent = depth + 1, parents[parent]
    return depth


def _measure(edition: Edition, measure: str) -> Iterator[str]:
    keys = [(segment.id, measure) for segment in edition.segments]
    some = [edition.cells[key] for key in keys if key in edition.cells]
    percents = sorted({percent for cell in some for percent in cell.quantiles})
    width = max(len(measure) - 2, *(len(segment.id) for segment in edition.segments))
    if some or any(key in edition.hidden for key in keys):
        yield ""
        yield _row(measure.ljust(width + 2), ["n", *(f"p{percent}" for percent in percents)])
    for key in keys:
        name = f"  {key[0].ljust(width)}"
        if key in edition.cells:
            cell = edition.cells[key]
            numbers = [str(cell.quantiles.get(percent, "-")) for percent in percents]
            note = "" if cell.quantiles else f"  {REASONS['narrow']}"
            yield _row(name, [str(cell.n), *numbers]) + note
        elif key in edition.hidden:
            yield f"{name}  hidden: {REASONS[edition.hidden[key]]}"
    if measure in edition.reliability:
        yield f"  {_reliability(edition.reliability[measure])}"


def _row(name: str, cells: Sequence[str]) -> str:
    return name + "".join(cell.rjust(6) for cell in cells)


def _reliability(found: Reliability) -> str:
    low, high = found.interval
    return (
        f"alpha {found.alpha:.2f} ({low:.2f} to {high:.2f}), ICC(1) {found.icc1:.2f}, "
        f"ICC(2) {found.icc2:.2f}, middle rwg {found.rwg:.2f}; {found.people:,} people in "
        f"{found.organisations:,} organisations"
    )
