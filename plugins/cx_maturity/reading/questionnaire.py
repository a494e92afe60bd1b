"""Read one version of a questionnaire: ``questionnaire.yaml`` and its dimension files."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.errors import Place, quoted
from cx_maturity.load import document, files, is_misnamed
from cx_maturity.model import Definition, Questionnaire, Reason, Role, Subset
from cx_maturity.reading.basis import LEVELS, Basis
from cx_maturity.reading.dimension import Parts
from cx_maturity.reading.fingerprint import fingerprint
from cx_maturity.reading.item import VERSION, Item, same_but_for_case
from cx_maturity.reading.mentions import mentions
from cx_maturity.reading.rules import Known, rules
from cx_maturity.reading.scale import worths

if TYPE_CHECKING:
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.model import Dimension, Rule

REASONS = 8
OVERALL = "overall"
# What becomes of the questions of an older version, which the file is called after.
MAPPING_FILE = re.compile(rf"from-({VERSION.pattern})\.yaml")

_REQUIRED = ("id", "version", "title", "levels", "dimensions", "subsets")
_OPTIONAL = (
    "languages", "summary", "licence", "definitions", "ideas", "guidance", "respondents", "scales",
    "scale",
    "aggregate", "coverage", "gate", "roles", "perception-gap", "not-applicable", "fingerprint",
    "findings", "mentions",
)  # fmt: skip


def questionnaire(folder: Path, problems: Problems) -> Questionnaire | None:
    """
    Read the *folder* of one version.

    Returns None when anything that scores or answers depend on is wrong, so that
    answers are never checked against a guess.  A wrong id, version, fingerprint or rule of
    findings is no such thing.
    """
    before = problems.count()
    root = document(folder / "questionnaire.yaml", problems).root
    if root is None:
        return None
    head = _Head(Item(root, "", problems))
    dimensions, used = _dimensions(head, folder)
    made = head.questionnaire(dimensions)
    is_sound = problems.count() == before
    head.check_names(made, folder, is_sound=is_sound)
    made = replace(made, findings=_findings(head, made, folder, used), mentions=head.mentions())
    for path in files(folder, problems):
        if path.name not in used and not MAPPING_FILE.fullmatch(path.name):
            message = "no line under dimensions names this file; name it or delete it"
            problems.add(Place(path), "", message)
    return made if is_sound else None


def _dimensions(head: _Head, folder: Path) -> tuple[tuple[Dimension, ...], set[str]]:
    """Return the dimensions, and which files of the folder are part of the questionnaire."""
    used = {"questionnaire.yaml"}
    known = [path.name for path in files(folder, head.root.problems)]
    found = []
    for item in head.fields["dimensions"].some() if "dimensions" in head.fields else []:
        source = _file(item, folder, used, known) if item.is_word else item
        if source is None:
            head.parts.is_complete = False
        else:
            found.append(head.parts.dimension(source))
    return tuple(found), used


def _findings(head: _Head, made: Questionnaire, folder: Path, used: set[str]) -> tuple[Rule, ...]:
    """Read the rules of findings: the file that is named, or the list that stands there."""
    if "findings" not in head.fields:
        return ()
    item: Item | None = head.fields["findings"]
    if item and item.is_word:
        known = [path.name for path in files(folder, head.root.problems)]
        item = _file(item, folder, used, known)
    return rules(item, head.known(made)) if item else ()


def _file(item: Item, folder: Path, used: set[str], known: list[str]) -> Item | None:
    name = item.raw()
    if not name:
        return None
    if "/" in name or "\\" in name or not name.endswith(".yaml"):
        item.wrong(f"{quoted(name)} is not the name of a .yaml file in this folder")
        return None
    if name in used:
        item.wrong(f"{quoted(name)} is used already; name each file once")
        return None
    used.add(name)
    if name not in known:
        if is_misnamed(folder / name):
            return None  # which is said where the folder is listed
        item.unknown(f"there is no file {quoted(name)} in this folder", name, known)
        return None
    root = document(folder / name, item.problems).root
    return Item(root, "", item.problems) if root else None


class _Head:
    """Reads ``questionnaire.yaml``, apart from the dimensions in it."""

    def __init__(self, root: Item) -> None:
        self.root = root
        self.fields = root.record(_REQUIRED, _OPTIONAL)
        self.basis = Basis(self.fields)
        self.parts = Parts(self.basis)

    def questionnaire(self, dimensions: tuple[Dimension, ...]) -> Questionnaire:
        """Put the whole together, with *dimensions* as :class:`Parts` read them."""
        self._check_whole(dimensions)
        fields, basis = self.fields, self.basis
        roles = self._roles()
        capability_coverage, dimension_coverage = self._coverage()
        return Questionnaire(
            id=fields["id"].raw() if "id" in fields else "",
            version=self._version(),
            title=basis.text(fields, "title"),
            languages=basis.languages,
            dimensions=dimensions,
            levels=basis.levels,
            staged=basis.method == "staged",
            staged_pass=basis.staged_pass,
            aggregate=self._choice("aggregate", "mean", "minimum"),
            gate=basis.gate,
            capability_coverage=capability_coverage,
            dimension_coverage=dimension_coverage,
            subsets=self._subsets(),
            roles=roles,
            perception_gap=self._perception_gap(roles),
            reasons=self._reasons(),
            fingerprint=fields["fingerprint"].raw() if "fingerprint" in fields else "",
            summary=basis.maybe(fields, "summary"),
            licence=fields["licence"].text() if "licence" in fields else None,
            customer_voice=self._choice("respondents", "members", "customers") == "customers",
            definitions=self._definitions(),
            ideas=basis.ideas,
            guidance=basis.maybe(fields, "guidance"),
        )

    def known(self, made: Questionnaire) -> Known:
        """Return what the rules of findings may name."""
        capabilities = [c for d in made.dimensions for c in d.capabilities]
        return Known(
            languages=self.basis.languages,
            measures={
                OVERALL: OVERALL,
                **{d.id: "dimension" for d in made.dimensions},
                **{c.id: "capability" for c in capabilities},
            },
            questions={q.id: worths(q.scale) for q in made.questions()},
            roles=tuple(role.id for role in made.roles),
            pair=made.perception_gap,
            levels=self.basis.top or LEVELS,
            has_foundations=self.parts.foundations > 0,
            is_complete=self.parts.is_complete,
        )

    def mentions(self) -> dict[str, tuple[str, ...]]:
        """Read by which words minutes mention customers."""
        return mentions(self.fields["mentions"]) if "mentions" in self.fields else {}

    def check_names(self, made: Questionnaire, folder: Path, *, is_sound: bool) -> None:
        """Compare id, version and fingerprint with the folders' names and the content."""
        for key, found, right in (
            ("id", made.id, folder.parent.name),
            ("version", made.version, folder.name),
        ):
            if found and found != right:
                self.fields[key].wrong(f"{quoted(found)} differs from the folder's name, {right!r}")
        right = fingerprint(made) if is_sound else ""
        if "fingerprint" not in self.fields:
            more = f"; the scored fields give {right!r}" if right else ""
            self.root.wrong(f"the key 'fingerprint' is missing{more}")
        elif right and made.fingerprint and made.fingerprint != right:
            self.fields["fingerprint"].wrong(
                f"{quoted(made.fingerprint)} does not fit the scored fields, whose fingerprint is "
                f"{right!r}; undo the change, or publish it as a new version"
            )

    def _check_whole(self, dimensions: tuple[Dimension, ...]) -> None:
        for word, item in self.parts.measure_ids:
            if word.casefold() == OVERALL:
                item.wrong(f"{word!r} is the name of the whole; give it another id")
        same_but_for_case(self.parts.measure_ids)
        before = self.root.problems.count()
        same_but_for_case(self.parts.question_ids)
        if self.root.problems.count() > before:
            # Which one a subset or a rule means is known only when that is put right.
            self.parts.is_complete = False
        if any(d.capabilities for d in dimensions) and any(d.questions for d in dimensions):
            self.fields["dimensions"].wrong(
                "some dimensions hold capabilities and some questions; choose one depth for all"
            )
        parts = self.parts
        if self.basis.gate is not None and not parts.foundations and parts.is_complete:
            self.fields["gate"].wrong(
                "no capability is marked foundation: true; mark one or drop the gate"
            )

    def _version(self) -> str:
        if "version" not in self.fields:
            return ""
        return self.fields["version"].word(VERSION, "numbers with dots, as 1.0")

    def _choice(self, name: str, usual: str, other: str) -> str:
        return self.fields[name].one_of((usual, other)) if name in self.fields else usual

    def _roles(self) -> tuple[Role, ...]:
        roles = []
        for word, _, item in self.basis.ids(self.fields.get("roles")):
            fields = item.record(("title",), ("description",))
            title = self.basis.text(fields, "title")
            roles.append(Role(word, title, self.basis.maybe(fields, "description")))
        return tuple(roles)

    def _reasons(self) -> tuple[Reason, ...]:
        triples = self.basis.ids(self.fields.get("not-applicable"))
        if len(triples) > REASONS:
            self.fields["not-applicable"].wrong(f"{len(triples)} reasons; at most {REASONS}")
        return tuple(Reason(word, item.texts(self.basis.languages)) for word, _, item in triples)

    def _subsets(self) -> tuple[Subset, ...]:
        subsets = []
        for word, _, item in self.basis.ids(self.fields.get("subsets")):
            fields = item.record(("title", "questions"), ("minutes", "description"))
            subsets.append(
                Subset(
                    word,
                    self.basis.text(fields, "title"),
                    self._chosen(fields["questions"]) if "questions" in fields else frozenset(),
                    fields["minutes"].whole(1, 600) if "minutes" in fields else None,
                    self.basis.maybe(fields, "description"),
                )
            )
        if "subsets" in self.fields and not subsets and self.fields["subsets"].is_map:
            self.fields["subsets"].wrong("there must be one subset at least, such as full")
        return tuple(subsets)

    def _chosen(self, item: Item) -> frozenset[str]:
        known = {word: None for word, _ in self.parts.question_ids}
        if item.is_word:
            item.one_of(("all",))
            return frozenset(known)
        chosen: set[str] = set()
        for entry in item.some():
            word = entry.raw()
            if word and word not in known and self.parts.is_complete:
                entry.unknown(f"no question is called {quoted(word)}", word, known)
            elif word in chosen:
                entry.wrong(f"{quoted(word)} is listed twice; list it once")
            chosen.add(word)
        return frozenset(chosen)

    def _perception_gap(self, roles: tuple[Role, ...]) -> tuple[str, str] | None:
        if "perception-gap" not in self.fields:
            return None
        item = self.fields["perception-gap"]
        before = item.problems.count()
        found = [entry.one_of([role.id for role in roles]) for entry in item.items()]
        if len(found) == 2 and found[0] != found[1]:  # noqa: PLR2004 - a gap is between two
            return found[0], found[1]
        if item.problems.count() == before:
            item.wrong("name two different roles")
        return None

    def _coverage(self) -> tuple[Fraction, Fraction]:
        found = {"capability": 50, "dimension": 60}
        if "coverage" in self.fields:
            for name, item in self.fields["coverage"].record((), tuple(found)).items():
                found[name] = item.whole(1, 100)
        return Fraction(found["capability"], 100), Fraction(found["dimension"], 100)

    def _definitions(self) -> tuple[Definition, ...]:
        if "definitions" not in self.fields:
            return ()
        text = self.basis.text
        records = (item.record(("term", "meaning")) for item in self.fields["definitions"].items())
        return tuple(Definition(text(f, "term"), text(f, "meaning")) for f in records)
