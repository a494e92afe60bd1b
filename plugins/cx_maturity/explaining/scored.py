"""Explain a score, its level, its interval and its coverage."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.disclosure import shows_counts
from cx_maturity.explaining.basis import HUNDRED, Input, Line
from cx_maturity.parts.row import level_chip
from cx_maturity.parts.source import counted
from cx_maturity.reading.questionnaire import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cx_maturity.explaining.basis import Basis
    from cx_maturity.results import Measure


def scored(basis: Basis, name: str) -> Iterator[Line]:
    """Explain what a measure says by itself."""
    measure = basis.about.measure(name)
    yield _score(basis, measure)
    if basis.about.wave.is_panel and measure.score is not None:
        yield _parts(basis, name)
        yield from _by_role(basis, measure)
    yield from _levels(basis, measure)
    yield from _interval(basis, measure)
    yield from _answered(basis, measure)


def _score(basis: Basis, measure: Measure) -> Line:
    """Say what the score is the mean of."""
    words, name, value = basis.words, basis.words.text("Score"), basis.value(measure)
    if measure.score is None:
        rule = words.text("Without a score there is no level, and nothing is put in its place.")
        return Line(name, value, rule, _made_of(basis, measure.id))
    if basis.about.wave.is_panel:
        alike = basis.about.card.combined == "role-balanced"
        roles = _roles(basis, measure) if alike else ()
        return Line(name, value, _over_people(basis, measure), roles)
    return Line(name, value, _working(basis, measure), _made_of(basis, measure.id))


def _working(basis: Basis, measure: Measure) -> str:
    """Write the division, or the lowest, that makes one person's score."""
    words = basis.words
    if basis.about.questionnaire.aggregate == "minimum":
        return words.text("The lowest of what has a score.")
    scored = [
        (basis.weights[part], share_)
        for part in basis.below[measure.id]
        if (share_ := _share(basis, part)) is not None
    ]
    weight = sum(own for own, _ in scored)
    # Added up here once more from the parts, so that the page shows what it claims.
    total = sum((own * share_ for own, share_ in scored), Fraction(0))
    values = {
        "sum": basis.points(total),
        "weight": words.number(weight),
        "score": basis.points(total / weight),
    }
    if {own for own, _ in scored} == {1}:
        return words.text("Mean of what has a score: {sum} ÷ {weight} = {score}.", **values)
    return words.text("Weighted mean of what has a score: {sum} ÷ {weight} = {score}.", **values)


def _share(basis: Basis, part: str) -> Fraction | None:
    if part in basis.below:
        return basis.about.measure(part).score
    return basis.about.card.questions[part].mean


def _made_of(basis: Basis, name: str) -> tuple[Input, ...]:
    """List the parts of a measure with their values and, where they differ, their weights."""
    words, parts = basis.words, basis.below[name]
    alike = len({basis.weights[part] for part in parts}) < 2  # noqa: PLR2004 - all of one weight
    found = []
    for part in parts:
        if part in basis.below:
            title, value = basis.about.titles[part], basis.value(basis.about.measure(part))
        else:
            title = words.text("Question {n}", n=basis.numbers[part])
            value = basis.answer(basis.about.card.questions[part])
        if not alike:
            weight = basis.weights[part]
            value = words.text("{value}, weight {weight}", value=value, weight=weight)
        found.append(Input(title, value, basis.anchor(part)))
    return tuple(found)


def _over_people(basis: Basis, measure: Measure) -> str:
    """Say over whom a score is the mean, and that nobody's own is shown."""
    words, people = basis.words, counted(basis.about, measure.n)
    if basis.about.card.combined == "role-balanced":
        return words.text(
            "Everybody is scored alone, by the same rule; the score is the mean of the "
            "roles\u2019 means over {people}. Nobody\u2019s own score is shown.",
            people=people,
        )
    return words.text(
        "Everybody is scored alone, by the same rule; the score is the mean over {people}. "
        "Nobody\u2019s own score is shown.",
        people=people,
    )


def _by_role(basis: Basis, measure: Measure) -> Iterator[Line]:
    """Show the roles of a pooled wave beside its score, which is not made of their means."""
    if basis.about.card.combined == "pooled" and (roles := _roles(basis, measure)):
        text = basis.words.text
        yield Line(text("By role"), "", text("The mean over each role\u2019s own people."), roles)


def _roles(basis: Basis, measure: Measure) -> tuple[Input, ...]:
    """List the means of the roles that may be shown."""
    roles = basis.about.questionnaire.roles
    titles = {role.id: role.title.to(basis.words.language) for role in roles}
    return tuple(
        Input(titles[split.id], basis.with_n(shown.score, shown.n))
        for split in basis.about.card.splits.roles
        if (shown := split.measures.get(measure.id)) and shown.score is not None
    )


def _parts(basis: Basis, name: str) -> Line:
    text = basis.words.text
    rule = (
        text(
            "A person\u2019s own score is the lowest of these. The means shown are over "
            "everybody who has one, so the lowest of them need not be the score."
        )
        if basis.about.questionnaire.aggregate == "minimum"
        else text(
            "A person\u2019s own score is the weighted mean of these. The means shown are over "
            "everybody who has one, so they need not add up to the score."
        )
    )
    return Line(text("Parts"), "", rule, _made_of(basis, name))


def _levels(basis: Basis, measure: Measure) -> Iterator[Line]:
    if measure.level is None or measure.score is None:
        return
    words, about = basis.words, basis.about
    chip = level_chip(about.questionnaire, measure.level, words)
    rule = _level_rule(basis, measure.level)
    if between := about.touched(measure):
        rule = words.text("{rule}; the interval touches {levels}", rule=rule, levels=between)
    yield Line(words.text("Level by score"), chip.name, rule, (), chip)
    if measure.id == OVERALL and about.foundations and about.questionnaire.gate is not None:
        yield _gate(basis, measure, about.questionnaire.gate)


def _level_rule(basis: Basis, level: int) -> str:
    words, levels = basis.words, basis.about.questionnaire.levels
    if basis.about.questionnaire.staged:
        return words.text(
            "The questions of every level up to {k} average {share} or more",
            k=level,
            share=words.percent(basis.about.questionnaire.staged_pass),
        )
    start = words.points(levels[level - 1].start)
    if level == len(levels):
        return words.text("{start} and more is level {k}", start=start, k=level)
    end = words.points(levels[level].start)
    return words.text("{start} up to {end} is level {k}", start=start, end=end, k=level)


def _gate(basis: Basis, overall: Measure, gate: int) -> Line:
    """Show the foundations, the lowest of which holds the level."""
    words, about = basis.words, basis.about
    inputs = []
    for foundation in about.foundations:
        level = about.measure(foundation.id).level
        value = (
            about.missing(about.measure(foundation.id))
            if level is None
            else words.text("level {k}", k=level)
        )
        inputs.append(Input(about.titles[foundation.id], value, foundation.id))
    rule = (
        words.text("At most the level of the lowest foundation")
        if gate == 0
        else words.text(
            "At most {gate} above the level of the lowest foundation", gate=words.count(gate)
        )
    )
    chip = level_chip(about.questionnaire, overall.gated_level, words)
    return Line(words.text("Level after the gate"), chip.name, rule, tuple(inputs), chip)


def _interval(basis: Basis, measure: Measure) -> Iterator[Line]:
    if measure.interval is None or measure.error is None or measure.degrees is None:
        return
    words = basis.words
    rule = words.text(
        "95 %, Student\u2019s t over {people}", people=counted(basis.about, measure.n)
    )
    error = words.decimal(Fraction(measure.error) * HUNDRED, 2)
    inputs = [
        Input(words.text("Standard error"), error),
        Input(words.text("Degrees of freedom"), words.number(measure.degrees)),
    ]
    inputs += _populations(basis)
    if measure.rough:
        rough = words.text("answers pile up at an end of the scale, or a small role stands apart")
        inputs.append(Input(words.text("Only rough"), rough))
    # In whole points: its middle is the mean, which decimals would tell.
    yield Line(words.text("Interval"), basis.about.spread(measure), rule, tuple(inputs))


def _populations(basis: Basis) -> Iterator[Input]:
    """Name how many there are, of each role where roles count alike."""
    words, population = basis.words, basis.about.wave.population
    if not population:
        return
    if basis.about.card.combined != "role-balanced":
        title = words.text("Finite population")
        yield Input(title, words.number(sum(population.values())))
        return
    titles = {role.id: role.title.to(words.language) for role in basis.about.questionnaire.roles}
    for role, n in population.items():
        if role in basis.about.card.roles:
            title = words.text("Finite population, {role}", role=words.inside(titles[role]))
            yield Input(title, words.number(n))


def _answered(basis: Basis, measure: Measure) -> Iterator[Line]:
    words, text = basis.words, basis.words.text
    if not measure.applicable:
        return
    possible = given = aside = 0
    for name in _questions_in(basis, measure.id):
        result, weight = basis.about.card.questions[name], basis.weights[name]
        unfit = sum(result.not_applicable.values())
        possible += weight * (result.total - unfit)
        aside += unfit
        given += weight * result.n
    rule = text("Of the answers that applied, by weight")
    # Of several people a few that did not apply would be what is missing to all of them.
    if not basis.about.wave.is_panel or shows_counts([aside]):
        rule = text(
            "{given} of {possible} answers that applied, by weight",
            given=words.number(given),
            possible=words.number(possible),
        )
    yield Line(text("Answered"), words.percent(measure.coverage), rule)
    if measure.lowest != measure.highest:
        yield Line(
            text("Could be"),
            basis.about.could_be(measure),
            text("From every missing answer the lowest to every one the highest"),
        )


def _questions_in(basis: Basis, name: str) -> Iterator[str]:
    for part in basis.below[name]:
        if part in basis.below:
            yield from _questions_in(basis, part)
        else:
            yield part
