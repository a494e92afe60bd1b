"""Who the peers are, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.disclosure import REASONS
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from cx_maturity.parts.subject import Subject
    from cx_maturity.words import Words

_HUNDRED = 100


def peer_source(about: Subject) -> str:
    """Say whom the scores are compared with, or why with nobody."""
    words, peers = about.words, about.peers
    if peers is None:
        return no_peers(about)
    segment = peers.segment.title.to(words.language)
    if about.is_illustrative:
        return words.text(
            "Peers: {n} simulated organisations, {segment}, edition {edition}.",
            n=words.number(peers.n),
            segment=segment,
            edition=peers.edition.edition,
        )
    return words.text(
        "Peers: {n} organisations, {segment}, edition {edition}, {period}.",
        n=words.number(peers.n),
        segment=segment,
        edition=peers.edition.edition,
        period=peers.edition.period,
    )


def no_peers(about: Subject) -> str:
    """Say why there is nobody to compare with."""
    return about.words.text(
        "No peers: no benchmark has figures for {questionnaire} {version}, subset "
        "\u201c{subset}\u201d.",
        questionnaire=about.questionnaire.title.to(about.words.language),
        version=about.questionnaire.version,
        subset=about.subset.title.to(about.words.language),
    )


def benchmark_used(about: Subject) -> tuple[str, ...]:
    """Say everything about the figures that the scores were set beside."""
    words, peers = about.words, about.peers
    if peers is None:
        return (no_peers(about),)
    edition, language = peers.edition, words.language
    said = [
        words.plural(
            "{title}, edition {edition}: segment \u201c{segment}\u201d with {n} simulated "
            "organisation.",
            "{title}, edition {edition}: segment \u201c{segment}\u201d with {n} simulated "
            "organisations.",
            peers.n,
            title=edition.title.to(language),
            edition=edition.edition,
            segment=peers.segment.title.to(language),
        )
        if about.is_illustrative
        else words.plural(
            "{title}, edition {edition}, {period}: segment \u201c{segment}\u201d with {n} "
            "organisation.",
            "{title}, edition {edition}, {period}: segment \u201c{segment}\u201d with {n} "
            "organisations.",
            peers.n,
            title=edition.title.to(language),
            edition=edition.edition,
            period=edition.period,
            segment=peers.segment.title.to(language),
        ),
        edition.source.to(language),
    ]
    if peers.is_member:
        said.append(
            words.text(
                "{organisation} is one of the {n}.",
                organisation=about.organisation.name,
                n=words.number(peers.n),
            )
        )
    said.extend(
        words.text(
            "\u201c{segment}\u201d has no figures of its own ({reason}), so the next wider one is "
            "used.",
            segment=segment.title.to(language),
            reason=folded_reason(segment.folded, words)
            if segment.folded
            else words.text("too few organisations"),
        )
        for segment in peers.folded
    )
    standing = about.standing(OVERALL)
    if standing and standing.percentile is not None:
        said.append(_percentile(about, standing.percentile, standing.percentile_interval))
    return tuple(said)


def folded_reason(reason: str, words: Words) -> str:
    """Translate a reason that pooling writes; what an author wrote stays."""
    code = next((code for code, text in REASONS.items() if text == reason), None)
    return cell_reason(code, words) if code else reason


def cell_reason(code: str, words: Words) -> str:
    """Say why a cell of an edition has no figures, by its code in ``disclosure.REASONS``."""
    reasons = {
        "few": words.text("fewer than five are in it"),
        "remainder": words.text("one to four would be left over once it is taken from the whole"),
        "change": words.text(
            "fewer than five joined, left, moved or changed since the edition before"
        ),
        "known": words.text("fewer than five of them do not publish a report of their own"),
        "narrow": words.text("the quartiles lie within five points of each other"),
    }
    return reasons[code]


def _percentile(about: Subject, percentile: int, interval: tuple[int, int] | None) -> str:
    words = about.words
    if percentile == 0:
        return words.text("The overall is below the 10th percentile of the segment.")
    if percentile == _HUNDRED:  # above the highest published one
        return words.text("The overall is above the 90th percentile of the segment.")
    numbers = {"p": percentile, "of": _HUNDRED}
    if interval is None:
        return (
            words.text("About {p} of {of} simulated peers score lower.", **numbers)
            if about.is_illustrative
            else words.text("About {p} of {of} peers score lower.", **numbers)
        )
    numbers |= {"low": interval[0], "high": interval[1]}
    return (
        words.text(
            "About {p} of {of} simulated peers score lower (between {low} and {high}).", **numbers
        )
        if about.is_illustrative
        else words.text(
            "About {p} of {of} peers score lower (between {low} and {high}).", **numbers
        )
    )
