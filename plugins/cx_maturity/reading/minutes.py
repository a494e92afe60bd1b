"""
Count how often customers come up in an organisation's minutes.

Each ``.txt`` file of the folder that a wave names is one meeting.  A text is dropped as soon as
it is counted: no word of it, and no file's name, goes into a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.errors import Place, quoted
from cx_maturity.load import text, texts
from cx_maturity.model import Minutes
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, meant
from cx_maturity.reading.mentions import folded, pattern

if TYPE_CHECKING:
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.model import Questionnaire
    from cx_maturity.reading.item import Item

MEETINGS = 500


def minutes(
    item: Item,
    wave_path: Path,
    questionnaire: Questionnaire,
    problems: Problems,
    used: set[Path],
) -> Minutes | None:
    """
    Count meetings and those that mention customers; None when the folder cannot be read.

    The folder lies beside the wave's file and is added to *used*.
    """
    fields = item.record(("folder", "language"))
    name = fields["folder"].word(FOLDER_ID, FOLDER_ID_RULE) if "folder" in fields else ""
    language = fields["language"].raw() if "language" in fields else ""
    known = questionnaire.mentions
    if language and language not in known:
        message = f"the questionnaire has no mentions in {quoted(language)}"
        fields["language"].wrong(f"{message}{meant(language, known)}")
    folder = wave_path.parent / name
    if not name:
        return None
    used.add(folder)
    if folder.is_symlink() or not folder.is_dir():
        beside = [each for each in sorted(wave_path.parent.iterdir()) if each.is_dir()]
        # Which of them was meant is known only when that is put right, so none is out of place.
        used.update(beside)
        guess = meant(name, [each.name for each in beside])
        fields["folder"].wrong(f"no folder {quoted(name)} beside this file{guess}")
        return None
    before = problems.count()
    paths = texts(folder, problems)
    if not paths and problems.count() == before:
        fields["folder"].wrong(f"no .txt file in {quoted(name)}; put one there for each meeting")
    if len(paths) > MEETINGS:
        fields["folder"].wrong(f"{len(paths):,} meetings; at most {MEETINGS}")
    if language not in known or not 0 < len(paths) <= MEETINGS:
        return None
    words = pattern(known[language])
    found = []
    for path in paths:
        said = text(path, problems)
        if said is not None:
            found.append(words.search(folded(said)) is not None)
            if not said.strip():
                message = "the file is empty; it counts as a meeting without customers"
                problems.add(Place(path), "", message, warning=True)
    return Minutes(language, len(found), sum(found), name)
