"""The tables beside a report, made from what ``report.json`` holds and nothing else."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Whose row it is, so that files of several organisations and waves can be put below each other.
WHOSE = ("organisation", "wave")
SCORES = (
    *(*WHOSE, "id", "kind", "title", "score", "interval_low", "interval_high", "rough", "level"),
    *("answered", "median", "quartile_1", "quartile_3", "against_median", "missing"),
)
ACTIONS = (
    *(*WHOSE, "source", "id", "title", "capability", "from", "to", "kind", "effort", "gain"),
    *("owner", "by", "by_is", "decided", "due", "number", "baseline", "goal", "done", "value"),
    *("reached", "closed", "verdict"),
)

# What a spreadsheet takes for the beginning of a formula: at the head of a text, and behind a
# semicolon, which ends a cell where commas are for decimals.  Some read wide letters too.
_FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")


def scores_csv(data: Mapping[str, Any]) -> str:
    """Return every measure as a row; :data:`SCORES` are the columns."""
    return _table(SCORES, data, map(_score, data["measures"]))


def actions_csv(data: Mapping[str, Any]) -> str:
    """
    Return what is proposed, decided and followed up; :data:`ACTIONS` are the columns.

    *source* is "path" for a step of the shortest path, "decided" for an action decided after
    this wave and "followed" for one of an earlier wave.
    """
    found = [
        {**action, "source": source}
        for source in ("path", "decided", "followed")
        for action in data[source]
    ]
    return _table(ACTIONS, data, found)


def _score(measure: Mapping[str, Any]) -> dict[str, Any]:
    low, high = measure["interval"] or (None, None)
    first, third = measure["middle_half"] or (None, None)
    return {
        **measure,
        "interval_low": low,
        "interval_high": high,
        "quartile_1": first,
        "quartile_3": third,
    }


def _table(
    columns: Sequence[str], data: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]
) -> str:
    whose = {key: data[key]["id"] for key in WHOSE}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell({**row, **whose}.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    """Write one cell: nothing for None, and no text that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _FORMULA.sub(r"\1'", value) if isinstance(value, str) else str(value)
