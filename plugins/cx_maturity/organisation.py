"""Read an organisation and its waves: what was answered, by how many, with what evidence."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

from cx_maturity.errors import Place
from cx_maturity.item import (
    FOLDER_ID,
    FOLDER_ID_RULE,
    LANGUAGE,
    MEASURE_ID,
    VERSION,
    Item,
    meant,
    same_but_for_case,
)
from cx_maturity.load import Scalar, document, files, table
from cx_maturity.model import Answer, Organisation, Respondent, State, Wave
from cx_maturity.scale import share

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.load import Table
    from cx_maturity.model import Question, Questionnaire

EVIDENCE = ("none", "described", "document", "data")
NAME_LENGTH = 400
POPULATION = 100_000_000
UNSURE = "unsure"
NOT_APPLICABLE = "not-applicable"

COUNTRY = re.compile("[A-Z]{2}")
_REFERENCE = re.compile(rf"({MEASURE_ID.pattern})@({VERSION.pattern})")
_RECORD = re.compile(r"[^.]+\.[^.]+\.(?:yaml|csv)")


def organisation(
    folder: Path, questionnaires: Mapping[tuple[str, str], Questionnaire], problems: Problems
) -> Organisation | None:
    """Read the folder of one organisation; None when ``organisation.yaml`` cannot be used."""
    found = files(folder, problems)
    root = document(folder / "organisation.yaml", problems).root
    waves = [
        wave
        for path in found
        if _is_wave(path, problems)
        if (wave := _wave(path, questionnaires, problems))
    ]
    if root is None:
        return None
    item = Item(root, "", problems)
    fields = item.record(
        ("name",), ("industry", "country", "size", "languages", "publish", "fictional")
    )
    name = fields["name"].text() if "name" in fields else ""
    if len(name) > NAME_LENGTH:
        fields["name"].wrong(f"{len(name)} characters; at most {NAME_LENGTH}")
    if not waves and not problems.count():
        item.warn("no wave yet, so there is no report; add one, such as 2026-05.yaml")
    return Organisation(
        folder.name,
        name,
        fields["industry"].word(FOLDER_ID, FOLDER_ID_RULE) if "industry" in fields else None,
        fields["country"].word(COUNTRY, "two capitals, such as FI")
        if "country" in fields
        else None,
        fields["size"].text() if "size" in fields else None,
        _languages(fields.get("languages")),
        "publish" in fields and fields["publish"].one_of(("private", "public")) == "public",
        "fictional" in fields and fields["fictional"].flag(),
        tuple(sorted(waves, key=lambda wave: (wave.date, wave.id))),
        folder / "organisation.yaml",
    )


def _languages(item: Item | None) -> tuple[str, ...]:
    rule = "a language code such as en, fi, sv or nb"
    return tuple(entry.word(LANGUAGE, rule) for entry in item.items()) if item else ("en",)


def _is_wave(path: Path, problems: Problems) -> bool:
    """Tell a wave from the files around it; anything that is neither is a problem."""
    if path.name == "organisation.yaml" or path.suffix == ".csv":
        return False
    place = Item(Scalar(Place(path), path.name), "", problems)
    if _RECORD.fullmatch(path.name):
        place.wrong("this kind of record is not known; a wave is called <wave>.yaml or <wave>.json")
    elif path.suffix not in {".yaml", ".json"}:
        place.wrong("no such kind of file; a wave is called <wave>.yaml or <wave>.json")
    elif not FOLDER_ID.fullmatch(path.stem):
        place.wrong(f"{path.stem!r} cannot name a wave; use {FOLDER_ID_RULE}")
    elif path.suffix == ".json" and path.with_suffix(".yaml").exists():
        place.wrong(f"{path.stem}.yaml is the same wave; keep one of the two")
    else:
        return True
    return False


# --- waves -------------------------------------------------------------------


def _wave(
    path: Path, questionnaires: Mapping[tuple[str, str], Questionnaire], problems: Problems
) -> Wave | None:
    source = document(path, problems)
    if source.root is None:
        return None
    item = Item(source.root, "", problems)
    fields = item.record(
        ("questionnaire", "date"), ("subset", "answers", "responses", "combine", "population")
    )
    if ("answers" in fields) == ("responses" in fields):
        item.wrong("a wave holds either answers or responses; give one of the two")
    if "questionnaire" not in fields:
        return None
    questionnaire = referenced(fields["questionnaire"], questionnaires)
    day = fields["date"].date() if "date" in fields else date.min
    if questionnaire is None:
        return None
    subset = chosen_subset(fields.get("subset"), questionnaire)
    asked = {
        q.id: q for q in questionnaire.questions() if q.id in questionnaire.subset(subset).questions
    }
    digest = source.digest
    if "responses" in fields:
        respondents, more = _Responses(fields["responses"], questionnaire, asked, path).read()
        digest = hashlib.sha256((digest + more).encode()).hexdigest()
    else:
        for name in ("combine", "population"):
            if name in fields:
                fields[name].wrong("only a wave with responses has it; leave it out")
        answers = _answers(fields["answers"], questionnaire, asked) if "answers" in fields else {}
        respondents = (Respondent(answers),)
    return Wave(
        path.stem,
        questionnaire,
        subset,
        day,
        respondents,
        "responses" in fields,
        fields["combine"].one_of(("pooled", "role-balanced")) if "combine" in fields else None,
        _population(fields["population"], questionnaire, respondents)
        if "population" in fields
        else {},
        path,
        digest,
    )


def referenced(
    item: Item, questionnaires: Mapping[tuple[str, str], Questionnaire]
) -> Questionnaire | None:
    """Read ``cx@1.0`` and return that version of that questionnaire."""
    known = [f"{name}@{version}" for name, version in questionnaires]
    found = item.raw()
    match = _REFERENCE.fullmatch(found)
    if found and (match is None or (match[1], match[2]) not in questionnaires):
        item.wrong(f"no questionnaire {found!r}{meant(found, known)}")
    return questionnaires.get((match[1], match[2])) if match else None


def chosen_subset(item: Item | None, questionnaire: Questionnaire) -> str:
    """Read a subset's id; without one, the first subset of the questionnaire."""
    known = [subset.id for subset in questionnaire.subsets]
    return item.one_of(known) if item else known[0]


def _answers(
    item: Item, questionnaire: Questionnaire, asked: Mapping[str, Question]
) -> dict[str, Answer]:
    known = {question.id for question in questionnaire.questions()}
    answers = {}
    for name, value in item.pairs():
        question = asked.get(name.node_text)
        if question is None:
            if name.node_text in known:
                name.wrong("the question does not belong to the wave's subset; leave it out")
            else:
                name.wrong(f"no such question{meant(name.node_text, asked)}")
        elif not value.is_empty:
            answers[question.id] = _answer(value, question, questionnaire)
    return answers


def _answer(item: Item, question: Question, questionnaire: Questionnaire) -> Answer:
    """Read ``3``, ``unsure``, ``{not-applicable: reason}`` or ``{answer:, evidence:, note:}``."""
    if item.is_word:
        return _given(item, question)
    fields = item.record((), ("answer", NOT_APPLICABLE, "evidence", "note"))
    if ("answer" in fields) == (NOT_APPLICABLE in fields):
        item.wrong(f"give either 'answer' or {NOT_APPLICABLE!r}")
        return Answer(State.UNSURE)
    note = fields["note"].text() if "note" in fields else None
    if NOT_APPLICABLE in fields:
        if "evidence" in fields:
            fields["evidence"].wrong("nothing was answered, so there is no evidence; leave it out")
        reason = fields[NOT_APPLICABLE].one_of([reason.id for reason in questionnaire.reasons])
        return Answer(State.NOT_APPLICABLE, reason=reason, note=note)
    answer = _given(fields["answer"], question)
    evidence = fields["evidence"].one_of(EVIDENCE) if "evidence" in fields else None
    return Answer(answer.state, answer.given, answer.share, evidence=evidence, note=note)


def _given(item: Item, question: Question) -> Answer:
    found = item.raw()
    if found == UNSURE:
        return Answer(State.UNSURE)
    if found == NOT_APPLICABLE:
        item.wrong(f"give the reason too: {{{NOT_APPLICABLE}: <reason>}}")
        return Answer(State.UNSURE)
    try:
        return Answer(State.VALUE, found, share(question, found))
    except ValueError as error:
        item.wrong(f"{error}{_near_state(found)}")
        return Answer(State.UNSURE)


def _near_state(found: str) -> str:
    return (
        ""
        if found[:1].isdigit() or found[:1] == "-"
        else "; a value, unsure or not-applicable may stand here"
    )


def _population(
    item: Item, questionnaire: Questionnaire, respondents: tuple[Respondent, ...]
) -> dict[str, int]:
    roles = [role.id for role in questionnaire.roles]
    has_roles = any(respondent.role for respondent in respondents)
    found = {}
    for name, value in item.pairs():
        role = name.one_of(roles if has_roles else ["all"])
        found[role] = value.whole(1, POPULATION)
        n = sum(1 for r in respondents if not has_roles or r.role == role)
        if found[role] < n:
            value.wrong(f"{n} answered, so the population cannot be {found[role]}")
    return found


# --- responses ---------------------------------------------------------------


class _Responses:
    """Turns the rows of a survey export into respondents."""

    def __init__(
        self, item: Item, questionnaire: Questionnaire, asked: Mapping[str, Question], wave: Path
    ) -> None:
        self.item = item
        self.questionnaire = questionnaire
        self.asked = asked
        self.wave = wave
        self.fields = item.record(
            ("file",),
            ("delimiter", "missing", "where", "role", "unit", "respondent", "columns"),
        )
        self.reasons = {reason.id for reason in questionnaire.reasons}
        self.roles = {role.id for role in questionnaire.roles}
        # A survey repeats few different cells many times: each is understood once.
        self.understood: dict[tuple[str, str], Answer | str | None] = {}
        missing = self.fields["missing"].items() if "missing" in self.fields else []
        self.missing = {"", *(entry.raw() for entry in missing)}

    def read(self) -> tuple[tuple[Respondent, ...], str]:
        """Return the respondents and the hash of the file that they came from."""
        source = self._table()
        if source is None:
            return (), ""
        columns = self._columns(source)
        where = self._where(source)
        extra = {name: self._extra(name, source) for name in ("role", "unit", "respondent")}
        respondents = []
        seen: dict[str, int] = {}
        for number, row in enumerate(source.rows):
            if any(row[column] != value for column, value in where):
                continue
            role, unit, who = (row[c] or None if c is not None else None for c in extra.values())
            self._check_row(source, number, role, who, seen, extra)
            respondents.append(Respondent(self._row(source, number, columns), role, unit, who))
        if not respondents and source.rows:
            self.item.wrong("no row fits `where`; every row was left out")
        elif not source.rows:
            self.item.wrong("the file has no rows")
        return tuple(respondents), source.digest

    def _table(self) -> Table | None:
        if "file" not in self.fields:
            return None
        item = self.fields["file"]
        name = item.raw()
        path = (self.wave.parent / name).resolve()
        root = self.wave.parents[2].resolve()
        if not name or not path.is_relative_to(root):
            item.wrong(f"{name!r} lies outside the assessments folder; move the file into it")
            return None
        if path.suffix != ".csv":
            item.wrong(f"{name!r} is not a .csv file; export the answers as CSV")
            return None
        if not path.is_file():
            item.wrong(f"no file {name!r}; the path is read from the folder of this wave")
            return None
        return table(self.wave.parent / name, self.item.problems, self._delimiter())

    def _delimiter(self) -> str:
        if "delimiter" not in self.fields:
            return ","
        node = self.fields["delimiter"].node
        found = node.text if isinstance(node, Scalar) else ""
        found = {"tab": "\t", "\\t": "\t"}.get(found, found)
        if found not in {",", ";", "\t", "|"}:
            self.fields["delimiter"].wrong(f"{found!r} is not one of ',' ';' '|' tab")
            return ","
        return found

    def _columns(self, source: Table) -> list[tuple[int, Question]]:
        mapped: dict[str, Item] = {}
        for name, value in self.fields["columns"].pairs() if "columns" in self.fields else []:
            if name.node_text not in self.asked:
                name.wrong(f"no such question{meant(name.node_text, self.asked)}")
            mapped[name.node_text] = value
        same_but_for_case([(item.raw(), item) for item in mapped.values()])
        found = []
        for question in self.asked.values():
            item = mapped.get(question.id)
            column = item.raw() if item else question.id
            if column in source.header:
                found.append((source.header.index(column), question))
            elif item:
                item.wrong(
                    f"{source.path.name} has no column {column!r}{meant(column, source.header)}"
                )
            else:
                self.item.wrong(
                    f"{source.path.name} has no column for the question {question.id!r}; "
                    "name its column under columns"
                )
        return found

    def _where(self, source: Table) -> list[tuple[int, str]]:
        pairs = self.fields["where"].pairs() if "where" in self.fields else []
        return [
            (index, value.raw())
            for name, value in pairs
            if (index := self._column(name, name.node_text, source)) is not None
        ]

    def _extra(self, name: str, source: Table) -> int | None:
        if name not in self.fields:
            return None
        if name == "role" and not self.roles:
            self.fields[name].wrong("the questionnaire has no roles; leave it out")
        return self._column(self.fields[name], self.fields[name].raw(), source)

    def _column(self, item: Item, column: str, source: Table) -> int | None:
        if column in source.header:
            return source.header.index(column)
        if column:
            item.wrong(f"{source.path.name} has no column {column!r}{meant(column, source.header)}")
        return None

    def _check_row(
        self,
        source: Table,
        number: int,
        role: str | None,
        who: str | None,
        seen: dict[str, int],
        extra: Mapping[str, int | None],
    ) -> None:
        if role and role not in self.roles and extra["role"] is not None:
            place, known = source.place(number, extra["role"]), sorted(self.roles)
            self.item.problems.add(place, "role", f"{role!r} is not a role{meant(role, known)}")
        if who and who in seen and extra["respondent"] is not None:
            place = source.place(number, extra["respondent"])
            message = f"{who!r} answered in line {seen[who]} already; keep one row"
            self.item.problems.add(place, "respondent", message)
        if who:
            seen[who] = source.lines[number]

    def _row(
        self, source: Table, number: int, columns: list[tuple[int, Question]]
    ) -> dict[str, Answer]:
        row = source.rows[number]
        answers = {}
        for column, question in columns:
            cell = row[column]
            key = (question.id, cell)
            if key not in self.understood:
                self.understood[key] = self._cell(question, cell)
            answer = self.understood[key]
            if isinstance(answer, str):
                place = source.place(number, column)
                self.item.problems.add(place, source.header[column], answer)
            elif answer is not None:
                answers[question.id] = answer
        return answers

    def _cell(self, question: Question, cell: str) -> Answer | str | None:
        """Return the answer, None for an empty cell, or what is wrong."""
        if cell in self.missing:
            return None
        if cell == UNSURE:
            return Answer(State.UNSURE)
        if cell.startswith(NOT_APPLICABLE):
            reason = cell.removeprefix(NOT_APPLICABLE).removeprefix(":").strip()
            if reason in self.reasons:
                return Answer(State.NOT_APPLICABLE, reason=reason)
            known = sorted(self.reasons)
            return f"{cell!r} gives no known reason; write {NOT_APPLICABLE}:<reason>{meant(reason, known)}"
        try:
            return Answer(State.VALUE, cell, share(question, cell))
        except ValueError as error:
            return f"{error}; a cell is a value, unsure, {NOT_APPLICABLE}:<reason> or empty"
