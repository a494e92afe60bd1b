"""The list of organisations, by name: levels of different organisations are no league table."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cx_maturity.addresses import newest_path
from cx_maturity.industries import NAMES
from cx_maturity.parts.held import held_at, unscored
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from cx_maturity.editions import Edition
    from cx_maturity.parts.row import Chip
    from cx_maturity.parts.subject import Subject
    from cx_maturity.words import Words

# The questionnaire that comes with the program; the home page knows what it is about.
SHIPPED = "cx"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in one of the list's filters."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What reports on a questionnaire hold, for the home page to promise no more than that."""

    id: str
    title: str
    summary: str
    is_shipped: bool
    has_gate: bool
    has_capabilities: bool
    has_aspects: bool
    has_peers: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation in the list, by its newest wave."""

    name: str
    path: str
    is_fictional: bool
    industry: Option
    country: Option
    where: str
    asked: str  # the questionnaire, where the list holds several
    month: str
    date: str
    people: str
    chip: Chip
    score: str
    bracketed: str
    note: str
    missing: str
    mini: Markup
    offer: Offer


@dataclass(frozen=True, slots=True)
class Listing:
    """
    Entries by name, and what they can be filtered by.

    *offer* is that of the questionnaire which most of them answered.
    """

    entries: tuple[Entry, ...]
    can_filter: bool
    industries: tuple[Option, ...]
    countries: tuple[Option, ...]
    counted: str
    has_fictional: bool
    all_fictional: bool
    offer: Offer | None


def entry(about: Subject, industry: str) -> Entry:
    """Write one line of the list; *industry* is its name in the reader's language."""
    words, organisation, overall = about.words, about.organisation, about.card.overall
    country = words.country(organisation.country) if organisation.country else ""
    return Entry(
        name=organisation.name,
        path=newest_path(organisation, words.language),
        is_fictional=organisation.fictional,
        industry=Option(organisation.industry or "", industry),
        country=Option(organisation.country or "", country),
        where=", ".join(part for part in (industry, country) if part),
        asked=about.questionnaire.title.to(words.language),
        month=words.month(about.wave.date, about.wave.known),
        date=about.wave.date.isoformat(),
        people=_people(about),
        chip=about.chip(overall),
        score=about.points(overall),
        bracketed=about.bracketed(overall),
        note="".join(held_at(about)),
        missing=_missing(about),
        mini=about.own_mini(OVERALL),
        offer=_offer(about),
    )


def _offer(about: Subject) -> Offer:
    questionnaire, language = about.questionnaire, about.words.language
    return Offer(
        id=questionnaire.id,
        title=questionnaire.title.to(language),
        summary=questionnaire.summary.to(language) if questionnaire.summary else "",
        is_shipped=questionnaire.id == SHIPPED,
        has_gate=questionnaire.gate is not None and bool(about.foundations),
        has_capabilities=bool(about.capabilities),
        has_aspects=bool(about.card.aspects),
        has_peers=about.peers is not None,
    )


def _commonest(entries: Sequence[Entry]) -> Offer | None:
    """Return the offer of most *entries*, the first of equals; peers are there if any has some."""
    if not entries:
        return None
    commonest = Counter(e.offer.id for e in entries).most_common(1)[0][0]
    offers = [e.offer for e in entries if e.offer.id == commonest]
    return replace(offers[0], has_peers=any(offer.has_peers for offer in offers))


def _people(about: Subject) -> str:
    words, n = about.words, about.people
    if not about.wave.is_panel:
        return words.text("one set")
    if about.questionnaire.customer_voice:
        return words.plural("{n} customer", "{n} customers", n)
    return words.plural("{n} person", "{n} people", n)


def listing(entries: Iterable[Entry], words: Words) -> Listing:
    """Order *entries* by name and collect what to filter by."""
    ordered = _asked_where_mixed(sorted(entries, key=lambda e: (sort_key(e.name), e.path)))
    industries, countries = (
        _options(e.industry for e in ordered),
        _options(e.country for e in ordered),
    )
    return Listing(
        entries=ordered,
        can_filter=len(industries) > 1 or len(countries) > 1,
        industries=industries,
        countries=countries,
        counted=words.plural("{n} organisation.", "{n} organisations.", len(ordered)),
        has_fictional=any(e.is_fictional for e in ordered),
        all_fictional=bool(ordered) and all(e.is_fictional for e in ordered),
        offer=_commonest(ordered),
    )


def newest(entries: Iterable[Entry], words: Words, most: int) -> Listing:
    """List the *most* entries with the newest waves, newest first."""
    ordered = sorted(sorted(entries, key=lambda e: e.path), key=lambda e: e.date, reverse=True)
    shown = _asked_where_mixed(ordered[:most])
    return replace(listing(shown, words), entries=shown, offer=_commonest(shown))


def _asked_where_mixed(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Keep the questionnaires' names only where there are several."""
    if len({e.asked for e in entries}) > 1:
        return tuple(entries)
    return tuple(replace(e, asked="") for e in entries)


def sort_key(name: str) -> str:
    """Order names as a reader looks for them: capitals and accents do not count."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def industry_title(industry: str | None, editions: Sequence[Edition], words: Words) -> str:
    """
    Name an industry as a benchmark's segment does, else as we do, else as it is written.

    A segment's title in another language than the reader's gives way to our name.
    """
    if industry is None:
        return ""
    segments = (segment for edition in editions for segment in edition.segments)
    titles = [s.title for s in segments if s.industry == industry and s.country is None]
    known = [*titles, NAMES[industry]] if industry in NAMES else titles
    told = next((title for title in known if title.has(words.language)), next(iter(known), None))
    return told.to(words.language) if told else words.start(industry.replace("-", " "))


def _options(options: Iterable[Option]) -> tuple[Option, ...]:
    found = {option.id: option for option in options if option.id}
    return tuple(sorted(found.values(), key=lambda option: sort_key(option.title)))


def _missing(about: Subject) -> str:
    if about.card.overall.score is not None:
        return ""
    words, missing = about.words, unscored(about)
    if not missing:
        if about.is_of_few(about.card.overall):
            return words.text("Fewer than five answered enough of every dimension")
        return words.text("Not enough answers")
    # Too few people, of some of them at least: the report says of which.
    if any(about.is_of_few(about.measure(name)) for name in missing):
        return words.plural(
            "No score: {word} dimension has none",
            "No score: {word} dimensions have none",
            len(missing),
            word=words.count(len(missing)),
        )
    return words.plural(
        "Not enough answers: {word} dimension has no score",
        "Not enough answers: {word} dimensions have no score",
        len(missing),
        word=words.count(len(missing)),
    )
