"""Turn one ``assessments/`` folder into records, or into everything that is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cx_maturity.editions import Assessments, Edition, Published
from cx_maturity.errors import ContentError, Place, Problem, Problems, quoted
from cx_maturity.load import files, folders
from cx_maturity.reading.edition import benchmark
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, VERSION, near
from cx_maturity.reading.organisation import organisation
from cx_maturity.reading.questionnaire import questionnaire

if TYPE_CHECKING:
    from cx_maturity.model import Questionnaire, Wave

PARTS = ("questionnaires", "organisations", "benchmarks")
ORGANISATIONS = 10_000


def assessments(root: Path) -> tuple[Assessments, list[Problem]]:
    """
    Read everything in *root*; returns the records and the warnings.

    Raises :class:`~cx_maturity.errors.ContentError` with every problem of every file.
    """
    problems = Problems()
    _check_root(root, problems)
    questionnaires = _questionnaires(root / "questionnaires", problems)
    paths = _named(root / "organisations", problems)
    if len(paths) > ORGANISATIONS:
        message = f"{len(paths):,} organisations; at most {ORGANISATIONS:,}"
        problems.add(Place(root / "organisations"), "", message)
        raise ContentError(problems.errors)
    used: set[Path] = set()
    organisations = [organisation(path, questionnaires, problems, used) for path in paths]
    benchmarks = [
        benchmark(path, questionnaires, problems) for path in _named(root / "benchmarks", problems)
    ]
    if not problems.count():
        _check_unused(paths, used, problems)
    if problems.count():
        raise ContentError(problems.errors)
    made = Assessments(
        {key: found for key, found in questionnaires.items() if found},
        tuple(filter(None, organisations)),
        tuple(b for b in benchmarks if isinstance(b, Edition)),
        tuple(b for b in benchmarks if isinstance(b, Published)),
        root,
    )
    return made, problems.warnings


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
            message = f"{quoted(path.name)} cannot be an id; use {FOLDER_ID_RULE}"
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


def _check_unused(organisations: list[Path], used: set[Path], problems: Problems) -> None:
    """Name every CSV file of an organisation that no wave reads."""
    known = {path.absolute() for path in used}
    for folder in organisations:
        for path in files(folder, problems):
            if path.suffix == ".csv" and Path(os.path.normpath(path.absolute())) not in known:
                message = "no wave reads this file; name it under responses, or delete it"
                problems.add(Place(path), "", message)
