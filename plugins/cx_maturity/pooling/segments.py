"""The tree of segments that organisations make: all, their industry, their industry and country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.editions import Segment
from cx_maturity.model import Text
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# An industry and a country; None is not known.
Place = tuple[str | None, str | None]

ALL = "all"


def tree(places: Iterable[Place]) -> tuple[Segment, ...]:
    """
    Return the segments that *places* fall into, each below its parent, by id.

    Whoever has no industry is in the whole alone, and whoever has no country in the industry
    alone.  The ids must be clear, see :func:`unclear`.
    """
    found = {step for place in places for step in path(*place)} | {(None, None)}
    return tuple(_segment(*step) for step in sorted(found, key=_in_order))


def path(industry: str | None, country: str | None) -> Iterator[Place]:
    """Yield the places of the segments that hold an organisation, from the whole to the nearest."""
    yield None, None
    if industry:
        yield industry, None
        if country:
            yield industry, country


def segment_id(industry: str | None, country: str | None) -> str:
    """Return the id of a segment: ``all``, ``retail``, ``retail-fi``."""
    if not industry:
        return ALL
    return f"{industry}-{country.lower()}" if country else industry


def unclear(places: Iterable[Place]) -> dict[str, str]:
    """
    Return what is wrong with industries, each with why its segments cannot be told apart.

    An industry called ``all`` is the whole, and one called ``retail-fi`` is retail in Finland.
    """
    meant: dict[str, Place] = {}
    found: dict[str, str] = {}
    steps = {step for place in places for step in path(*place)}
    for industry, country in sorted(steps, key=_in_order):
        own = segment_id(industry, country)
        other = meant.setdefault(own, (industry, country))
        if other != (industry, country):
            # In this order "retail" in FI comes before an industry called "retail-fi".
            what = "all organisations" if own == ALL else f"{other[0]} in {other[1]}"
            found[industry or ""] = f"{own!r} is the segment of {what}; choose another word"
        elif not FOLDER_ID.fullmatch(own):
            message = f"{own!r} cannot name a segment; use {FOLDER_ID_RULE}"
            found[industry or ""] = f"{message}, the country included"
    return found


def _in_order(place: Place) -> tuple[str, str]:
    return place[0] or "", place[1] or ""


def _segment(industry: str | None, country: str | None) -> Segment:
    title = title_of(industry, country)
    if not industry:
        return Segment(ALL, title, None, None, None)
    parent = industry if country else ALL
    return Segment(segment_id(industry, country), title, industry, country, parent)


def title_of(industry: str | None, country: str | None) -> Text:
    """Return a segment's title in English, from its ids: ``Retail, Finland``."""
    if not industry:
        return Text({"en": "All organisations"})
    words = industry.replace("-", " ")
    named = words[:1].upper() + words[1:]
    return Text({"en": f"{named}, {_country(country)}" if country else named})


def _country(code: str) -> str:
    from babel import Locale  # noqa: PLC0415 - for the few who make an edition

    return str(Locale("en", "GB").territories.get(code, code))
