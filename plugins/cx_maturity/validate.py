"""Turn one ``assessments/`` folder into records, or into everything that is wrong with it."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from cx_maturity.disclosure import cell_breaches
from cx_maturity.editions import Assessments, Edition, Published
from cx_maturity.errors import ContentError, Place, Problem, Problems, quoted
from cx_maturity.industries import NAMES
from cx_maturity.load import document, files, folders
from cx_maturity.reading.basis import SPOKEN
from cx_maturity.reading.brand import site_brand
from cx_maturity.reading.edition import Surroundings, benchmark, in_order
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, VERSION, Item, meant, near, such_as
from cx_maturity.reading.ledger import ledger
from cx_maturity.reading.mapping import mapping
from cx_maturity.reading.organisation import organisation
from cx_maturity.reading.plan import check as check_plan
from cx_maturity.reading.questionnaire import MAPPING_FILE, questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cx_maturity.editions import Ledger
    from cx_maturity.model import Brand, Organisation, Questionnaire, Wave

PARTS = ("questionnaires", "organisations", "benchmarks", "ledgers")
ORGANISATIONS = 10_000


def assessments(root: Path) -> tuple[Assessments, list[Problem]]:
    """
    Read everything in *root*; returns the records and the warnings.

    Raises :class:`~cx_maturity.errors.ContentError` with every problem of every file.
    """
    problems = Problems()
    _check_root(root, problems)
    questionnaires = _questionnaires(root / "questionnaires", problems)
    _check_mappings(root / "questionnaires", questionnaires, problems)
    paths = _named(root / "organisations", problems)
    if len(paths) > ORGANISATIONS:
        message = f"{len(paths):,} organisations; at most {ORGANISATIONS:,}"
        problems.add(Place(root / "organisations"), "", message)
        raise ContentError(problems.errors)
    used: set[Path] = set()
    organisations = [organisation(path, questionnaires, problems, used) for path in paths]
    for found in filter(None, organisations):
        check_plan(found.waves, problems)
    beside = Surroundings(questionnaires, _asked(filter(None, organisations)))
    benchmarks = [
        benchmark(path, beside, problems) for path in _named(root / "benchmarks", problems)
    ]
    editions = [found for found in benchmarks if isinstance(found, Edition)]
    _warn_of_industries(filter(None, organisations), editions, problems)
    ledgers = _ledgers(root / "ledgers", editions, problems)
    if not problems.count():
        _check_consecutive(editions, ledgers, problems)
        _check_unused(paths, used, problems)
    if problems.count():
        raise ContentError(problems.errors)
    made = Assessments(
        {key: found for key, found in questionnaires.items() if found},
        tuple(filter(None, organisations)),
        tuple(_with_members(edition, ledgers) for edition in editions),
        tuple(found for found in benchmarks if isinstance(found, Published)),
        root,
        ledgers,
    )
    return made, problems.warnings


def site(root: Path, content: Path) -> tuple[Assessments, list[Problem], Brand | None]:
    """
    Read the assessments in *root* and the brand in *content*; returns warnings between them.

    Raises :class:`~cx_maturity.errors.ContentError` with the problems of both.
    """
    wrong: list[Problem] = []
    made: Assessments | None = None
    warnings: list[Problem] = []
    try:
        made, warnings = assessments(root)
    except ContentError as error:
        wrong += error.problems
    worn = None
    try:
        worn, more = site_brand(content, _wearers_languages(made))
        warnings = sorted([*warnings, *more])
    except ContentError as error:
        wrong += error.problems
    if made is None or wrong:
        raise ContentError(sorted(wrong))
    return made, warnings, worn


def _wearers_languages(made: Assessments | None) -> tuple[str, ...]:
    """Return the languages of the reports that have no brand of their own, in one order."""
    wearers = [one for one in made.organisations if not one.brand] if made else []
    return tuple(each for each in SPOKEN if any(each in one.languages for one in wearers))


def _asked(organisations: Iterable[Organisation]) -> frozenset[tuple[str, str, str]]:
    """Return what the waves answer: questionnaire, version and subset."""
    waves = (wave for organisation in organisations for wave in organisation.waves)
    return frozenset((w.questionnaire.id, w.questionnaire.version, w.subset) for w in waves)


def _ledgers(folder: Path, editions: Sequence[Edition], problems: Problems) -> dict[str, Ledger]:
    """Read the ledgers, each named after its edition."""
    made = {}
    known = {edition.id: edition for edition in editions}
    for path in files(folder, problems):
        if path.suffix != ".csv" or path.stem not in known:
            message = "a ledger is called like its edition: <benchmark>.csv"
            problems.add(Place(path), "", f"{message}{meant(path.stem, known)}")
        elif found := ledger(path, known[path.stem], problems):
            made[found.edition] = found
    return made


def _check_consecutive(
    editions: Sequence[Edition], ledgers: Mapping[str, Ledger], problems: Problems
) -> None:
    """Warn of an edition that gives somebody away beside the one before it."""
    by_instrument: dict[tuple[str, ...], list[Edition]] = {}
    for one in sorted(editions, key=lambda found: in_order(found.edition)):
        if one.id in ledgers:
            asked = (one.kind, one.questionnaire, one.version, one.subset, one.aggregate)
            by_instrument.setdefault(asked, []).append(one)
    for before, after in chain.from_iterable(map(pairwise, by_instrument.values())):
        then, now = ledgers[before.id], ledgers[after.id]
        measures = sorted({measure for _, measure in after.cells})
        found = [name for name in measures if cell_breaches(now.of(name), then.of(name))]
        if found and after.path:
            message = f"what this edition and {before.id} differ by gives fewer than five away"
            advice = f"in {', '.join(found)}; do not publish both"
            problems.add(Place(after.path), "", f"{message} {advice}", warning=True)


def _with_members(edition: Edition, ledgers: Mapping[str, Ledger]) -> Edition:
    kept = ledgers.get(edition.id)
    return replace(edition, members=kept.members) if kept else edition


def one_wave(path: Path) -> tuple[Wave, list[Problem]]:
    """
    Read the wave file at *path* and what it needs: its organisation, the questionnaires.

    Raises :class:`~cx_maturity.errors.ContentError` when any of these has a problem.
    """
    problems = Problems()
    path = Path(os.path.normpath(path.absolute()))
    if path.parent.parent.name != "organisations" or not path.is_file():
        message = "no wave here; give a file such as assessments/organisations/<id>/2026-05.yaml"
        problems.add(Place(path), "", message)
        raise ContentError(problems.errors)
    questionnaires = _questionnaires(path.parents[2] / "questionnaires", problems)
    found = organisation(path.parent, questionnaires, problems, set())
    if found:
        check_plan(found.waves, problems)
    wave = next((w for w in found.waves if w.path == path), None) if found else None
    if wave is None and not problems.count():
        problems.add(Place(path), "", "this file is not a wave")
    if wave is None or problems.count():
        raise ContentError(problems.errors)
    return wave, problems.warnings


def _check_root(root: Path, problems: Problems) -> None:
    if not (root / "questionnaires").is_dir():
        message = "no folder questionnaires/ in here; is this an assessments folder?"
        problems.add(Place(root), "", message)
        raise ContentError(problems.errors)
    for entry in sorted(root.iterdir()):
        # Other folders may hold anything, such as exports; one called nearly right is a slip.
        guess = near(entry.name, PARTS, 0.8) if entry.name not in PARTS else ""
        if guess and entry.is_dir():
            problems.add(Place(entry), "", f"no such folder is read{guess}")


def _named(folder: Path, problems: Problems) -> list[Path]:
    """List the folders whose names are ids; ids are lower case, so none differ by case alone."""
    found = []
    for path in folders(folder, problems):
        if FOLDER_ID.fullmatch(path.name):
            found.append(path)
        else:
            message = (
                f"{quoted(path.name)} cannot be an id; use {FOLDER_ID_RULE}{such_as(path.name)}"
            )
            problems.add(Place(path), "", message)
    return found


def _questionnaires(
    folder: Path, problems: Problems
) -> dict[tuple[str, str], Questionnaire | None]:
    """Read every version of every questionnaire; None for one that is wrong."""
    made = {}
    for parent in _named(folder, problems):
        for path in folders(parent, problems):
            if VERSION.fullmatch(path.name):
                made[parent.name, path.name] = questionnaire(path, problems)
            else:
                message = f"{quoted(path.name)} cannot be a version; use numbers with dots, as 1.0"
                problems.add(Place(path), "", message)
    return made


def _check_mappings(
    folder: Path, questionnaires: dict[tuple[str, str], Questionnaire | None], problems: Problems
) -> None:
    """Read what becomes of the questions of older versions; nothing is made of it here."""
    for (name, version), new in questionnaires.items():
        for path in files(folder / name / version, problems):
            found = MAPPING_FILE.fullmatch(path.name)
            if found and (name, found[1]) not in questionnaires:
                message = f"there is no {name}@{found[1]} whose questions it could map"
                problems.add(Place(path), "", message)
            elif found and new and (old := questionnaires[name, found[1]]):
                mapping(path, old, new, problems)


def _warn_of_industries(
    organisations: Iterable[Organisation], editions: Sequence[Edition], problems: Problems
) -> None:
    """
    Warn of an industry that is nearly one of those known by name or in a benchmark.

    Misspelt, it would be compared with everybody in silence, and shown as it is written.
    """
    known = {*NAMES, *(s.industry for one in editions for s in one.segments if s.industry)}
    for found in organisations:
        if not found.industry or found.industry in known or found.path is None:
            continue
        guess = near(found.industry, sorted(known), 0.8)
        root = document(found.path, problems).root if guess else None
        for name, item in Item(root, "", problems).pairs() if root else []:
            if name.node_text == "industry":
                message = f"{quoted(found.industry)} is no industry of a benchmark and has no name"
                item.warn(f"{message} in other languages{guess}")


def _check_unused(organisations: list[Path], used: set[Path], problems: Problems) -> None:
    """Name every CSV file of an organisation that no wave reads."""
    known = {path.absolute() for path in used}
    for folder in organisations:
        for path in files(folder, problems, None):
            if path.suffix == ".csv" and Path(os.path.normpath(path.absolute())) not in known:
                message = "no wave reads this file; name it under responses, or delete it"
                problems.add(Place(path), "", message)
