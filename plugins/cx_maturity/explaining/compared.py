"""Explain what a measure says beside others: what is said, another role, peers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.explaining.basis import HUNDRED, Input, Line
from cx_maturity.parts.change import moved_said
from cx_maturity.parts.source import counted, said_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.editions import Standing
    from cx_maturity.explaining.basis import Basis
    from cx_maturity.results import Difference, Measure

_HOLM_PLACES = 3


def compared(basis: Basis, name: str) -> Iterator[Line]:
    """Explain every difference of a measure."""
    yield from _say_do(basis, name)
    yield from _perception(basis, name)
    yield from _peers(basis, basis.about.measure(name))
    yield from _change(basis, name)


def _say_do(basis: Basis, name: str) -> Iterator[Line]:
    text, gap = basis.words.text, basis.about.card.say_do.get(name)
    if gap is None:
        return
    sides = basis.about.card.aspects.get(name, {})
    titles = {"say": text("Say"), "do": text("Do")}
    inputs = [Input(titles[side], basis.value(found)) for side, found in sides.items()]
    value, spread = _apart(basis, gap)
    yield Line(text("Do less say"), value, _gap_rule(basis, gap, spread), tuple(inputs))


def _apart(basis: Basis, gap: Difference) -> tuple[str, str]:
    """Write a difference and its interval; of several people as the report does."""
    if basis.about.wave.is_panel:
        return said_apart(basis.about, gap)
    return basis.signed(gap.value), ""


def _with_interval(basis: Basis, rule: str, spread: str) -> str:
    if not spread:
        return rule
    return basis.words.text("{rule}; 95 % interval {spread}", rule=rule, spread=spread)


def _perception(basis: Basis, name: str) -> Iterator[Line]:
    """Show how the two roles that the questionnaire names see the same questions."""
    words, perception = basis.words, basis.about.card.perception
    if perception is None or name not in perception.differences:
        return
    gap, sides = perception.differences[name], perception.sides[name]
    titles = {role.id: role.title for role in basis.about.questionnaire.roles}
    first, second = (titles[role].to(words.language) for role in perception.roles)
    values = {"questions": len(perception.questions), "of": perception.asked}
    rule = words.text("Over the {questions} of {of} questions that both answered", **values)
    value, spread = _apart(basis, gap)
    inputs = [
        Input(title, basis.with_n(side.score, side.n))
        for title, side in zip((first, second), sides, strict=True)
        if side.score is not None
    ]
    title = words.text("{first} less {second}", first=first, second=words.inside(second))
    yield Line(title, value, _with_interval(basis, rule, spread), tuple(inputs))


def _gap_rule(basis: Basis, gap: Difference, spread: str) -> str:
    words = basis.words
    if not spread:
        return words.text("What is done less what is said, by the same people")
    return words.text(
        "What is done less what is said, by the same {people}; 95 % interval {spread}",
        people=counted(basis.about, gap.n[0]),
        spread=spread,
    )


def _peers(basis: Basis, measure: Measure) -> Iterator[Line]:
    words, standing, peers = basis.words, basis.about.standing(measure.id), basis.about.peers
    if not standing or not peers or standing.median is None or measure.score is None:
        return
    values = {
        "segment": peers.segment.title.to(words.language),
        "edition": peers.edition.edition,
        "n": words.number(standing.cell.n),
    }
    rule = (
        words.text("Median of {n} simulated organisations, {segment}, edition {edition}", **values)
        if basis.about.is_illustrative
        else words.text("Median of {n} organisations, {segment}, edition {edition}", **values)
    )
    word, median = basis.about.row(measure.id).word, words.number(standing.median)
    value = (
        words.text("{word}, median {median}", word=word, median=median)
        if word
        else words.text("median {median}", median=median)
    )
    yield Line(words.text("Beside peers"), value, rule)
    yield from _percentile(basis, measure.score, standing)


def _percentile(basis: Basis, score: Fraction, standing: Standing) -> Iterator[Line]:
    """Show the published percentiles on either side of the score, where there are deciles."""
    if standing.percentile is None:
        return
    words, known = basis.words, sorted(standing.cell.quantiles.items())
    below = [(q, points) for q, points in known if points <= score * HUNDRED]
    above = [(q, points) for q, points in known if points >= score * HUNDRED]
    value = words.number(standing.percentile)
    rule = words.text("Linear between the published percentiles on either side")
    if not below:
        value = words.text("under {percent}", percent=words.number(known[0][0]))
        rule = words.text("Below the lowest published one")
    elif not above:
        value = words.text("over {percent}", percent=words.number(known[-1][0]))
        rule = words.text("Above the highest published one")
    elif standing.percentile_interval:
        low, high = map(words.number, standing.percentile_interval)
        values = {"rule": rule, "low": low, "high": high, "n": words.number(standing.cell.n)}
        rule = (
            words.text(
                "{rule}; 95 % interval {low} to {high} (Wilson, {n} simulated organisations)",
                **values,
            )
            if basis.about.is_illustrative
            else words.text(
                "{rule}; 95 % interval {low} to {high} (Wilson, {n} organisations)", **values
            )
        )
    inputs = [
        Input(words.text("Percentile {percent}", percent=percent), words.number(points))
        for percent, points in dict.fromkeys([*below[-1:], *above[:1]])
    ]
    yield Line(words.text("Percentile"), value, rule, tuple(inputs))


def _change(basis: Basis, name: str) -> Iterator[Line]:
    """Show the same measure in the wave before, over the questions that both asked."""
    words, movement = basis.words, basis.about.movement
    change = movement.changes.get(name) if movement else None
    if movement is None or change is None or change.difference is None:
        return
    gap, (compared, asked) = change.difference, change.questions
    rule = words.text(
        "Now less then, over {compared} of {asked} questions", compared=compared, asked=asked
    )
    spread = moved_said(basis.about, gap)[1]
    inputs = [
        Input(words.month(wave.date, wave.known), basis.value(side))
        for wave, side in ((movement.earlier, change.earlier), (movement.later, change.later))
    ]
    if change.holm is not None:
        inputs.append(Input(words.text("p by Holm"), _small(basis, Fraction(change.holm))))
    rule = _with_interval(basis, rule, spread)
    yield Line(words.text("Since last time"), basis.signed(gap.value), rule, tuple(inputs))


def _small(basis: Basis, p: Fraction) -> str:
    """Write a p with three decimals; no p is nought."""
    words, least = basis.words, Fraction(1, 10**_HOLM_PLACES)
    if p < least:
        return words.text("under {p}", p=words.decimal(least, _HOLM_PLACES))
    return words.decimal(p, _HOLM_PLACES)
