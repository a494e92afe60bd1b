"""
Carry a wave over to another version of its questionnaire, with an account of every answer.

Only texts come out of here: whoever calls writes the files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cx_maturity.errors import ContentError, Place, Problems, counted, quoted
from cx_maturity.model import State
from cx_maturity.planned import homeless, plan_lines, scalar, written_date
from cx_maturity.reading.item import meant
from cx_maturity.reading.mapping import MAPPED, RECODED, SAME, mapping, reference, unmapped
from cx_maturity.reading.responses import NOT_APPLICABLE, UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cx_maturity.model import Answer, Questionnaire, Respondent, Wave
    from cx_maturity.reading.mapping import Kept, QuestionMapping

_CELL = re.compile('[",\r\n]')

DROPPED, NOT_ASKED = "dropped", "not asked"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one question and of how many *answers* to it; *to* None: left behind."""

    question: str
    to: str | None
    how: str  # "same", "mapped", "recoded", "dropped" or "not asked"
    answers: int


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every question that the wave asked; *added* ones stay unanswered."""

    fates: tuple[Fate, ...]
    added: tuple[str, ...]
    respondents: int

    def lines(self) -> Iterator[str]:
        """Yield the account in plain English, one question a line and the sum at the end."""
        for fate in self.fates:
            yield f"{fate.question}: {_became(fate)}"
        for name in self.added:
            yield f"{name}: new, unanswered"
        carried = sum(fate.answers for fate in self.fates if fate.to)
        behind = sum(fate.answers for fate in self.fates if not fate.to)
        people = counted(self.respondents, "respondent")
        yield f"{people}: {counted(carried, 'answer')} carried over, {behind:,} left behind"


def _became(fate: Fate) -> str:
    answers = counted(fate.answers, "answer")
    now = f"now {fate.to}" if fate.to != fate.question else "kept"
    return {
        SAME: f"unchanged, {answers}",
        MAPPED: f"{now}, {answers}",
        RECODED: f"{now}, {answers} recoded",
        DROPPED: f"dropped, {answers} left behind",
        NOT_ASKED: f"not asked by this subset any more, {answers} left behind",
    }[fate.how]


def mapping_path(wave: Wave, new: Questionnaire) -> Path:
    """Return where the mapping file lies unless somebody says otherwise."""
    root = (wave.path or Path()).parents[2]
    name = f"from-{wave.questionnaire.version}.yaml"
    return root / "questionnaires" / new.id / new.version / name


def mapping_for(wave: Wave, new: Questionnaire, path: Path | None = None) -> QuestionMapping:
    """
    Return what becomes of the wave's questions in *new*, as the mapping file says.

    Without a *path* it is looked for beside the new version; where every question is
    unchanged none is needed.  Raises :class:`~cx_maturity.errors.ContentError`.
    """
    problems = Problems()
    usual = mapping_path(wave, new)
    if path is None and not usual.is_file():
        found = unmapped(usual, wave.questionnaire, new, problems)
    else:
        found = mapping(path or usual, wave.questionnaire, new, problems)
    if found is None:
        raise ContentError(problems.errors)
    return found


def migrated(
    wave: Wave, new: Questionnaire, mapped: QuestionMapping
) -> tuple[dict[str, str], Account]:
    """
    Return the wave's files for the *new* version, text by name, and what became of each answer.

    Raises :class:`~cx_maturity.errors.ContentError` when the new version does not know the
    wave's subset, a role or a reason.
    """
    _check(wave, new, mapped)
    asked = {name: found for name, found in mapped.kept.items() if _is_asked(name, wave)}
    chosen = new.subset(wave.subset).questions
    kept = {name: found for name, found in asked.items() if found.to in chosen}
    people = [_carried(respondent, kept) for respondent in wave.respondents]
    # In the order in which the new version asks.
    order = [question.id for question in new.questions() if question.id in chosen]
    account = Account(
        tuple(_fates(wave, mapped, chosen)),
        tuple(name for name in mapped.added if name in chosen),
        len(wave.respondents),
    )
    head = [
        f"# Carried over from {reference(wave.questionnaire)} by `cx-maturity migrate`.",
        f"questionnaire: {reference(new)}",
        f"subset: {wave.subset}",
        f"date: {written_date(wave.date, wave.known)}",
    ]
    if wave.is_panel:
        return _survey(wave, people, order, head, [*plan_lines(wave, new)]), account
    lines = [*head, *_answers(people[0], order), *plan_lines(wave, new)]
    return {f"{wave.id}.yaml": _lines(lines)}, account


def _check(wave: Wave, new: Questionnaire, mapped: QuestionMapping) -> None:
    """Find what the *new* version does not know."""
    problems, place = Problems(), Place(wave.path or Path())
    subsets = [subset.id for subset in new.subsets]
    if wave.subset not in subsets:
        guess = meant(wave.subset, subsets)
        message = f"{reference(new)} has no subset {quoted(wave.subset)}{guess}"
        problems.add(place, "subset", message)
        raise ContentError(problems.errors)
    chosen = new.subset(wave.subset).questions
    roles, reasons = ([found.id for found in known] for known in (new.roles, new.reasons))
    named = {respondent.role for respondent in wave.respondents} | wave.population.keys()
    for role in sorted(filter(None, named - {"all"} - {*roles})):
        guess = meant(role, roles) or "; it has no roles"
        problems.add(place, "roles", f"{reference(new)} has no role {quoted(role)}{guess}")
    for respondent in wave.respondents:
        for name, answer in respondent.answers.items():
            kept = mapped.kept.get(name)
            if kept and kept.to in chosen and answer.reason and answer.reason not in reasons:
                guess = meant(answer.reason, reasons) or "; it has none"
                message = f"{reference(new)} has no reason {quoted(answer.reason)}{guess}"
                problems.add(place, f"answers.{name}", message)
    for key, measure in homeless(wave, new):
        message = f"{reference(new)} has no measure {quoted(measure)}"
        problems.add(place, key, f"{message}; plan for another one, or leave it out")
    if problems.count():
        raise ContentError(problems.errors)


def _is_asked(name: str, wave: Wave) -> bool:
    return name in wave.questionnaire.subset(wave.subset).questions


def _carried(respondent: Respondent, kept: Mapping[str, Kept]) -> Respondent:
    """Return the respondent with the answers that carry over, by the new ids."""
    answers = {}
    for name, found in kept.items():
        if name in respondent.answers:
            answer = respondent.answers[name]
            if answer.state is State.VALUE and found.answers:
                answer = replace(answer, given=found.answers[answer.given])
            answers[found.to] = answer
    return replace(respondent, answers=answers)


def _fates(wave: Wave, mapped: QuestionMapping, chosen: frozenset[str]) -> Iterator[Fate]:
    """Yield what became of each question, in the order in which the wave asked them."""
    for question in wave.questionnaire.questions():
        name = question.id
        if not _is_asked(name, wave):
            continue
        answers = sum(name in respondent.answers for respondent in wave.respondents)
        kept = mapped.kept.get(name)
        if kept is None:
            yield Fate(name, None, DROPPED, answers)
        elif kept.to not in chosen:
            yield Fate(name, None, NOT_ASKED, answers)
        else:
            yield Fate(name, kept.to, kept.how, answers)


# --- files -------------------------------------------------------------------


def _answers(respondent: Respondent, order: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a plain answers file."""
    if not respondent.answers:
        yield "answers: {}"
        return
    yield "answers:"
    for name in order:
        if name in respondent.answers:
            yield from _answer(name, respondent.answers[name])


def _answer(name: str, answer: Answer) -> Iterator[str]:
    fields = {
        NOT_APPLICABLE if answer.reason else "answer": answer.reason or _given(answer),
        "evidence": answer.evidence,
        "note": answer.note,
    }
    beside = [(key, value) for key, value in fields.items() if value]
    if len(beside) == 1 and not answer.reason:
        yield f"  {name}: {scalar(_given(answer))}"
        return
    yield f"  {name}:"
    for key, value in beside:
        yield f"    {key}: {scalar(value)}"


def _survey(
    wave: Wave,
    people: Sequence[Respondent],
    order: Sequence[str],
    head: Sequence[str],
    plan: Sequence[str],
) -> dict[str, str]:
    """Return a wave file and the CSV file of its responses."""
    named = {
        "respondent": [respondent.id or "" for respondent in people],
        "role": [respondent.role or "" for respondent in people],
        "unit": [respondent.unit or "" for respondent in people],
    }
    used = {key for key, cells in named.items() if any(cells)}
    if wave.linked:
        used.add("respondent")
    columns: dict[str, list[str]] = {}
    lines = []
    for key, cells in named.items():
        if key in used:
            # A question may be called so; no id has a space in it.
            column = f"the {key}" if key in order else key
            columns[column] = cells
            lines.append(f"  {key}: {column}")
    for name in order:
        columns[name] = [_cell(respondent.answers.get(name)) for respondent in people]
    rows = list(zip(*columns.values(), strict=True))
    if not all(map(any, rows)):
        # An empty line is no row; nobody reads this column.
        columns = {"row number": [str(n) for n in range(1, len(people) + 1)], **columns}
        rows = list(zip(*columns.values(), strict=True))
    file = f"{wave.id}.responses.csv"
    return {
        f"{wave.id}.yaml": _lines(
            [*head, "responses:", f"  file: {file}", *lines, *_rest(wave), *plan]
        ),
        file: _lines([_row(columns), *map(_row, rows)]),
    }


def _rest(wave: Wave) -> Iterator[str]:
    if wave.linked:
        yield "  linked: true"
    if wave.combine:
        yield f"combine: {wave.combine}"
    if wave.population:
        yield "population:"
        yield from (f"  {role}: {number}" for role, number in wave.population.items())


def _given(answer: Answer) -> str:
    return UNSURE if answer.state is State.UNSURE else answer.given


def _cell(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return f"{NOT_APPLICABLE}:{answer.reason}" if answer.reason else _given(answer)


def _row(cells: Iterable[str]) -> str:
    return ",".join(
        '"{}"'.format(cell.replace('"', '""')) if _CELL.search(cell) else cell for cell in cells
    )


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
