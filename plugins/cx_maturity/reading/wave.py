"""Read one wave: which questionnaire, when, and what was answered."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cx_maturity.errors import quoted
from cx_maturity.load import document, is_file, is_misnamed
from cx_maturity.model import Answer, Respondent, State, Wave
from cx_maturity.reading.item import MEASURE_ID, VERSION, Item, near, nearest
from cx_maturity.reading.minutes import minutes
from cx_maturity.reading.plan import KEYS as PLAN
from cx_maturity.reading.plan import plan
from cx_maturity.reading.responses import NOT_APPLICABLE, UNSURE, Responses, is_blank
from cx_maturity.reading.scale import placed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cx_maturity.errors import Problems
    from cx_maturity.model import Question, Questionnaire

# From five respondents in every role on, roles count alike; below, people do.
ROLE_SIZE = 5
EVIDENCE = ("none", "described", "document", "data")
POPULATION = 100_000_000

_MORE = (
    *("subset", "answers", "responses", "combine", "population"),
    *(*PLAN, "minutes"),
)
_REASON = f"{{{NOT_APPLICABLE}: <reason>}}"
_REFERENCE = re.compile(rf"({MEASURE_ID.pattern})@({VERSION.pattern})")


def wave(
    path: Path,
    questionnaires: Mapping[tuple[str, str], Questionnaire | None],
    problems: Problems,
    used: set[Path],
    languages: tuple[str, ...],
) -> Wave | None:
    """
    Read the wave in *path*; None when it cannot be scored.

    A questionnaire that is None was found broken; answers to it are not judged.
    The files that the wave names, if any, are added to *used*; *languages* are the report's.
    """
    source = document(path, problems)
    if source.root is None:
        return None
    item = Item(source.root, "", problems)
    fields = item.record(("questionnaire", "date"), _MORE)
    _check_kind(item, fields)
    day, known = fields["date"].date() if "date" in fields else (date.min, "day")
    combine = fields["combine"].one_of(("pooled", "role-balanced")) if "combine" in fields else None
    responses = _responses(fields["responses"], path, used) if "responses" in fields else None
    if "questionnaire" not in fields:
        return None
    questionnaire = referenced(fields["questionnaire"], questionnaires)
    if questionnaire is None:
        return None
    subset = chosen_subset(fields.get("subset"), questionnaire)
    asked = _asked(questionnaire, subset)
    population: Mapping[str, int] = {}
    if responses:
        before = problems.count()
        respondents = responses.respondents(questionnaire, asked)
        if problems.count() == before and respondents:
            population = _checked_population(fields, questionnaire, respondents)
    else:
        answers = _answers(fields["answers"], questionnaire, asked) if "answers" in fields else {}
        respondents = (Respondent(answers),)
    decided = plan(fields, questionnaire, day, languages)
    counted = None
    if "minutes" in fields:
        counted = minutes(fields["minutes"], path, questionnaire, problems, used)
    return Wave(
        path.stem,
        questionnaire,
        subset,
        day,
        respondents,
        is_panel=responses is not None,
        combine=combine or None,
        population=population,
        path=path,
        digest=_digest(source.digest, responses),
        known=known,
        linked=responses.is_linked if responses else False,
        targets=decided.targets,
        actions=decided.actions,
        outcomes=decided.outcomes,
        horizons=decided.horizons,
        minutes=counted,
    )


def _check_kind(item: Item, fields: Mapping[str, Item]) -> None:
    kinds = ("answers", "responses")
    misspelt = item.is_map and any(nearest(name.node_text, kinds) for name, _ in item.pairs())
    if item.is_map and not fields.keys() & {*kinds} and misspelt:
        return
    if item.is_map and ("answers" in fields) == ("responses" in fields):
        item.wrong("a wave holds either answers or responses; give one of the two")
    elif "answers" in fields:
        for name in sorted(fields.keys() & {"combine", "population"}):
            fields[name].wrong("only a wave with responses has it; leave it out")


def _asked(questionnaire: Questionnaire, subset: str) -> dict[str, Question]:
    """Return the questions of a subset by id, or all while the subset is not known."""
    questions = {question.id: question for question in questionnaire.questions()}
    if not subset:
        return questions
    chosen = questionnaire.subset(subset).questions
    return {name: question for name, question in questions.items() if name in chosen}


def _digest(own: str, responses: Responses | None) -> str:
    return hashlib.sha256((own + responses.digest).encode()).hexdigest() if responses else own


def is_balanced(respondents: Sequence[Respondent], fixed: str | None) -> bool:
    """Tell whether roles count alike: when the wave says so, or every role has five people."""
    counts = Counter(respondent.role for respondent in respondents)
    if fixed and counts.keys() != {None}:
        return fixed == "role-balanced"
    return None not in counts and len(counts) > 1 and min(counts.values()) >= ROLE_SIZE


def referenced(
    item: Item, questionnaires: Mapping[tuple[str, str], Questionnaire | None]
) -> Questionnaire | None:
    """Read ``cx@1.0`` and return that version of that questionnaire, None for a broken one."""
    found = item.raw()
    match = _REFERENCE.fullmatch(found)
    key = (match[1], match[2]) if match else ("", "")
    if found and key not in questionnaires:
        known = [f"{name}@{version}" for name, version in questionnaires]
        item.unknown(f"no questionnaire {quoted(found)}", found, known)
    return questionnaires.get(key)


def chosen_subset(item: Item | None, questionnaire: Questionnaire) -> str:
    """Read a subset's id, "" for a wrong one; without any, the questionnaire's first subset."""
    known = [subset.id for subset in questionnaire.subsets]
    return item.one_of(known) if item else known[0]


# --- a plain answers file ----------------------------------------------------


def _answers(
    item: Item, questionnaire: Questionnaire, asked: Mapping[str, Question]
) -> dict[str, Answer]:
    known = {question.id for question in questionnaire.questions()}
    answers = {}
    for name, value in item.pairs():
        question = asked.get(name.node_text)
        if question is None and name.node_text in known:
            name.wrong("the question does not belong to the wave's subset; leave it out")
        elif question is None and value.is_map and (inside := _begun(name.node_text, asked)):
            name.wrong(f"no such question; write each id whole, in one line, such as {inside}: 3")
        elif question is None:
            name.unknown("no such question", name.node_text, asked)
        elif value.is_empty and not value.hidden:
            continue
        elif answer := _answer(value, question, questionnaire):
            answers[question.id] = answer
    return answers


def _answer(item: Item, question: Question, questionnaire: Questionnaire) -> Answer | None:
    """Read ``3``, ``unsure``, ``{not-applicable: reason}`` or ``{answer:, evidence:, note:}``."""
    if item.is_word:
        return _given(item, question)
    if not item.is_map:
        item.wrong("a list stands here; write one value, or a map with the key 'answer'")
        return None
    fields = item.record((), ("answer", NOT_APPLICABLE, "evidence", "note"))
    if ("answer" in fields) == (NOT_APPLICABLE in fields):
        item.wrong(f"give either 'answer' or {NOT_APPLICABLE!r}")
        return None
    note = fields["note"].text() if "note" in fields else None
    evidence = fields["evidence"].one_of(EVIDENCE) if "evidence" in fields else None
    if NOT_APPLICABLE in fields:
        reasons = [reason.id for reason in questionnaire.reasons]
        reason = fields[NOT_APPLICABLE].one_of(reasons)
        answer: Answer | None = Answer(State.NOT_APPLICABLE, reason=reason, note=note)
    else:
        answer = _given(fields["answer"], question) if "answer" in fields else None
    if answer and evidence and answer.state is not State.VALUE:
        fields["evidence"].wrong("nothing was answered, so there is no evidence; leave it out")
    if answer is None:
        return None
    return Answer(answer.state, answer.given, answer.share, answer.reason, evidence, note)


def _given(item: Item, question: Question) -> Answer | None:
    found = item.raw()
    if found == UNSURE:
        return Answer(State.UNSURE)
    if found == NOT_APPLICABLE:
        item.wrong(f"give the reason too: {_REASON}")
        return None
    if found.startswith(f"{NOT_APPLICABLE}:"):
        reason = found.partition(":")[2].strip()
        item.wrong(f"a cell of a CSV file is written so; here write {{{NOT_APPLICABLE}: {reason}}}")
        return None
    try:
        return Answer(State.VALUE, *placed(question, found)) if found else None
    except ValueError as error:
        if is_blank(found):
            item.wrong(f"{quoted(found)} is no answer; write {UNSURE}, {_REASON}, or nothing")
        else:
            is_number = found[0] in "-0123456789"
            more = "" if is_number else f"; write a value, {UNSURE}, {_REASON}, or nothing"
            item.wrong(f"{error}{more}")
        return None


def _begun(word: str, asked: Mapping[str, Question]) -> str:
    """Return the first question whose id begins with *word* and a dot, "" where none does."""
    return next((name for name in asked if name.startswith(f"{word}.")), "")


# --- a survey ----------------------------------------------------------------


def _responses(item: Item, wave_path: Path, used: set[Path]) -> Responses:
    pairs = item.pairs() if item.is_map else []
    named = next((value for name, value in pairs if name.node_text == "file"), None)
    path = _named_file(named, wave_path) if named and named.raw() else None
    if path:
        used.add(path)
    return Responses(item, path)


def _named_file(item: Item, wave_path: Path) -> Path | None:
    """Return the CSV file that stands here; it lies inside the assessments folder."""
    name = item.raw()
    root = Path(os.path.normpath(wave_path.parents[2].absolute()))
    path = Path(os.path.normpath(wave_path.parent / name))
    if "\\" in name:
        item.wrong(f"{quoted(name)} holds a backslash; write / between folders")
    elif not path.absolute().is_relative_to(root):
        item.wrong(f"{quoted(name)} lies outside the assessments folder; move the file into it")
    elif path.suffix != ".csv":
        item.wrong(
            f"{quoted(name)} is not a .csv file; export the answers as CSV"
            f"{near(name, _tables(wave_path.parent))}"
        )
    elif not is_file(root, path.absolute()):
        # A file of another ending, .csv.txt, is named where this folder is listed.
        if path.parent != wave_path.parent or not is_misnamed(path):
            item.wrong(
                f"no file {quoted(name)}; the path is read from the folder of this wave"
                f"{near(name, _tables(wave_path.parent))}"
            )
    else:
        return path
    return None


def _tables(folder: Path) -> list[str]:
    """Return the names of the CSV files in *folder*, of which one may have been meant."""
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".csv")


def _checked_population(
    fields: Mapping[str, Item],
    questionnaire: Questionnaire,
    respondents: tuple[Respondent, ...],
) -> Mapping[str, int]:
    """Check what depends on the respondents' roles, and return how many people there are."""
    counts = Counter(respondent.role for respondent in respondents)
    fixed = fields["combine"].node_text.strip() if "combine" in fields else ""
    if fixed == "role-balanced" and None in counts:
        some = f"{counts[None]} of {len(respondents)} respondents"
        fields["combine"].wrong(f"{some} have no role to be balanced by")
    if "population" not in fields:
        return {}
    item = fields["population"]
    if counts.keys() == {None}:
        return _population(item, ["all"], {"all": counts[None]})
    sizes = {role.id: counts[role.id] for role in questionnaire.roles}
    before = item.problems.count()
    found = _population(item, list(sizes), sizes)
    missing = [role for role in sizes if sizes[role] and role not in found]
    if item.problems.count() == before and not is_balanced(respondents, fixed or None):
        # Pooled, everybody who answered comes out of one population, and all of it must be known.
        if None in counts:
            some = f"{counts[None]} of {len(respondents)} respondents"
            item.wrong(f"{some} have no role; leave the population out")
        elif missing:
            item.wrong(f"the key {missing[0]!r} is missing; {sizes[missing[0]]} of them answered")
    return found


def _population(item: Item, known: list[str], sizes: Mapping[str, int]) -> dict[str, int]:
    """Read how many people there are in each group; *sizes* tells how many answered."""
    found: dict[str, int] = {}
    if item.is_word and not item.is_empty:
        item.wrong(f"a map must stand here, with a number for each of {', '.join(known)}")
        return found
    for name, value in item.some_pairs():
        before = item.problems.count()
        group = name.one_of(known)
        number = value.whole(1, POPULATION)
        if item.problems.count() == before and number < sizes[group]:
            value.wrong(f"{sizes[group]} answered, so the population cannot be {number}")
        found[group] = number
    return found
