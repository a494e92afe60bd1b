"""
Read ledgers: who stands behind each cell of an edition, as tokens.

A ledger is private.  It lets the next edition tell how many have changed, and an
organisation that it is one of those pooled; no page ever shows what is in it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING

from cx_maturity.editions import Ledger
from cx_maturity.errors import Place, quoted
from cx_maturity.load import table
from cx_maturity.reading.published import same_columns

if TYPE_CHECKING:
    from pathlib import Path

    from cx_maturity.editions import Edition
    from cx_maturity.errors import Problems

LEDGER_COLUMNS = ("measure", "segment", "token")
# Stands for measure and segment in the rows of those who were pooled: no id begins with a dash.
MEMBER = "-"
_ADVICE = "put back the ledger that was made with the edition"

TOKEN = re.compile("[0-9a-f]{16}")
TOKEN_RULE = "16 of 0-9 and a-f"  # noqa: S105 - a rule in words, no secret


def token(key: bytes, measure: str, organisation: str, points: int | None) -> str:
    """
    Return what stands for an organisation's *points* in one measure: 16 hex digits.

    New answers that come to the same points are the same: whoever compares two editions sees
    points alone, and would find the one that left among many who only answered anew.
    """
    # No part may run into the next: their lengths say where each ends.
    parts = [part.encode() for part in (measure, organisation, f"{points}")]
    told = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.new(key, told, hashlib.sha256).hexdigest()[:16]


def member_token(organisation: str) -> str:
    """Return what stands for an organisation in the ledger of an edition, whatever it answers."""
    return token(b"", MEMBER, organisation, None)


def ledger(path: Path, edition: Edition, problems: Problems) -> Ledger | None:
    """Read the ledger of *edition*; it must tell as many behind each cell as were published."""
    source = table(path, problems)
    if source is None or not same_columns(source, LEDGER_COLUMNS, (), problems):
        return None
    found: dict[tuple[str, str], set[str]] = {cell: set() for cell in edition.cells}
    members: set[str] = set()
    around = _around(edition)
    at = source.header.index
    for row, cells in enumerate(source.rows):
        measure, segment, text = (cells[at(name)] for name in LEDGER_COLUMNS)
        if not TOKEN.fullmatch(text):
            message = f"{quoted(text)} is no token; {TOKEN_RULE} belong here"
            problems.add(source.place(row, at("token")), "token", message)
        if (measure, segment) == (MEMBER, MEMBER):
            members.add(text)
        elif (segment, measure) not in found:
            message = f"the edition shows no {quoted(measure)} of {quoted(segment)}"
            problems.add(source.place(row, at("segment")), "segment", f"{message}; {_ADVICE}")
        else:
            for step in around[segment]:
                if (step, measure) in found:
                    found[step, measure].add(text)
    for (segment, measure), cell in edition.cells.items():
        behind = len(found[segment, measure])
        if behind != cell.n:
            message = f"{behind} of {cell.n} organisations behind {measure!r} of {segment!r}"
            problems.add(Place(path), "", f"{message}; {_ADVICE}")
    tokens = {cell: frozenset(some) for cell, some in found.items()}
    return Ledger(path.stem, tokens, frozenset(members))


def _around(edition: Edition) -> dict[str, list[str]]:
    """Return each segment with all that it lies in."""
    found: dict[str, list[str]] = {}
    for segment in edition.segments:  # each stands below its parent
        found[segment.id] = [segment.id, *found.get(segment.parent or "", ())]
    return found
