"""Turn one ``assessments/`` folder into records, or into everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.edition import benchmark
from cx_maturity.errors import ContentError, Place, Problem, Problems
from cx_maturity.item import FOLDER_ID, FOLDER_ID_RULE, VERSION, Item
from cx_maturity.load import document, files, folders
from cx_maturity.model import Assessments, Edition, Published
from cx_maturity.organisation import organisation
from cx_maturity.questionnaire import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cx_maturity.model import Questionnaire, Wave

PARTS = ("questionnaires", "organisations", "benchmarks")
ORGANISATIONS = 10_000


def assessments(root: Path) -> tuple[Assessments, list[Problem]]:
    """
    Read everything in *root*; returns the records and the warnings.

    Raises :class:`~cx_maturity.errors.ContentError` with every problem of every file.
    """
    problems = Problems()
    if not (root / "questionnaires").is_dir():
        problems.add(
            Place(root), "", "no folder questionnaires/ in here; is this an assessments folder?"
        )
        raise ContentError(problems.errors)
    questionnaires = _questionnaires(root / "questionnaires", problems)
    found = _named(root / "organisations", problems)
    if len(found) > ORGANISATIONS:
        message = f"{len(found):,} organisations; at most {ORGANISATIONS:,}"
        problems.add(Place(root / "organisations"), "", message)
    organisations = [organisation(path, questionnaires, problems) for path in found]
    benchmarks = [
        benchmark(path, questionnaires, problems) for path in _named(root / "benchmarks", problems)
    ]
    if problems.errors:
        raise ContentError(problems.errors)
    made = Assessments(
        questionnaires,
        tuple(filter(None, organisations)),
        tuple(b for b in benchmarks if isinstance(b, Edition)),
        tuple(b for b in benchmarks if isinstance(b, Published)),
        root,
    )
    return made, problems.warnings


def _named(folder: Path, problems: Problems) -> list[Path]:
    """List the folders whose names are ids; ids are lower case, so none differ by case alone."""
    found = []
    for path in folders(folder, problems):
        if FOLDER_ID.fullmatch(path.name):
            found.append(path)
        else:
            problems.add(Place(path), "", f"{path.name!r} cannot be an id; use {FOLDER_ID_RULE}")
    return found


def _questionnaires(folder: Path, problems: Problems) -> Mapping[tuple[str, str], Questionnaire]:
    made = {}
    for parent in _named(folder, problems):
        for path in folders(parent, problems):
            if not VERSION.fullmatch(path.name):
                message = f"{path.name!r} cannot be a version; use numbers with dots, as 1.0"
                problems.add(Place(path), "", message)
            elif questionnaire := _questionnaire(path, problems):
                made[parent.name, path.name] = questionnaire
    return made


def _questionnaire(folder: Path, problems: Problems) -> Questionnaire | None:
    root = document(folder / "questionnaire.yaml", problems).root
    if root is None:
        return None
    before = problems.count()
    reader = Reader(Item(root, "", problems), (folder.parent.name, folder.name))
    used = {"questionnaire.yaml"}
    dimensions = []
    items = reader.fields["dimensions"].items() if "dimensions" in reader.fields else []
    if "dimensions" in reader.fields and not items:
        reader.fields["dimensions"].wrong("the list is empty; give one dimension at least")
    for item in items:
        source = _dimension_file(item, folder, used) if item.is_word else item
        if source is not None:
            dimensions.append(reader.dimension(source))
    for path in files(folder, problems):
        if path.name not in used:
            message = "no line under dimensions names this file; name it or delete it"
            problems.add(Place(path), "", message)
    if not dimensions or not reader.levels:
        return None
    made = reader.questionnaire(tuple(dimensions))
    # Answers are checked against a broken questionnaire only when its ids can be trusted.
    return made if problems.count() == before or all(d.id for d in dimensions) else None


def _dimension_file(item: Item, folder: Path, used: set[str]) -> Item | None:
    name = item.raw()
    if "/" in name or "\\" in name or not name.endswith(".yaml"):
        item.wrong(f"{name!r} is not the name of a .yaml file in this folder")
        return None
    if name in used:
        item.wrong(f"{name!r} is used already; name each file once")
        return None
    used.add(name)
    if not (folder / name).is_file():
        item.wrong(f"there is no file {name!r} in this folder")
        return None
    root = document(folder / name, item.problems).root
    return Item(root, "", item.problems) if root else None


def one_wave(path: Path) -> tuple[Wave, list[Problem]]:
    """
    Read the wave file at *path* and what it needs: its organisation, the questionnaires.

    Raises :class:`~cx_maturity.errors.ContentError` when any of these has a problem.
    """
    problems = Problems()
    root = path.parents[2] if len(path.parents) > 2 else path.parent  # noqa: PLR2004
    if path.parent.parent.name != "organisations" or not path.is_file():
        message = "no wave here; give a file such as assessments/organisations/<id>/2026-05.yaml"
        problems.add(Place(path), "", message)
        raise ContentError(problems.errors)
    questionnaires = _questionnaires(root / "questionnaires", problems)
    found = organisation(path.parent, questionnaires, problems)
    wave = next((w for w in found.waves if w.path == path), None) if found else None
    if wave is None or problems.errors:
        if not problems.errors:
            problems.add(Place(path), "", "this file is not a wave")
        raise ContentError(problems.errors)
    return wave, problems.warnings
