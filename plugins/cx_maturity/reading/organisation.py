"""Read an organisation and list its waves."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cx_maturity.errors import Place, quoted
from cx_maturity.load import document, files
from cx_maturity.model import Organisation
from cx_maturity.reading.basis import SPOKEN, languages
from cx_maturity.reading.brand import LOGO_TYPES, brand
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, Item
from cx_maturity.reading.wave import wave

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.model import Questionnaire, Wave

NAME_LENGTH = 400
BUSINESS_ID_LENGTH = 60
COUNTRY = re.compile("[A-Z]{2}")
COUNTRY_RULE = "two capitals, such as FI"

_MORE = (
    *("industry", "country", "size", "languages", "publish", "fictional"),
    *("benchmark", "business-id", "brand"),
)
_RECORD = re.compile(r"[^.]+\.[^.]+\.yaml")


def organisation(
    folder: Path,
    questionnaires: Mapping[tuple[str, str], Questionnaire | None],
    problems: Problems,
    used: set[Path],
) -> Organisation | None:
    """
    Read the folder of one organisation; None when ``organisation.yaml`` cannot be used.

    The CSV files and the folders that its waves name are added to *used*.
    """
    root = document(folder / "organisation.yaml", problems).root
    item = Item(root, "", problems) if root else None
    fields = item.record(("name",), _MORE) if item else {}
    worn, logo = brand(fields["brand"], folder) if "brand" in fields else (None, None)
    beside = [path for path in files(folder, problems, None) if path != logo]
    paths = [path for path in beside if _is_wave(path, problems)]
    spoken = languages(fields.get("languages"), SPOKEN)
    found = [wave(path, questionnaires, problems, used, spoken) for path in paths]
    if None not in found:
        # A folder that no wave names for its minutes; of a broken wave nobody knows.
        files(folder, problems, used)
    if item is None:
        return None
    _warn_of_languages(fields.get("languages"), spoken, found)
    name = fields["name"].text() if "name" in fields else ""
    if len(name) > NAME_LENGTH:
        fields["name"].wrong(f"{len(name)} characters; at most {NAME_LENGTH}")
    if not paths:
        item.warn("no wave yet, so there is no report; add one, such as 2026-05.yaml")
    return Organisation(
        folder.name,
        name,
        fields["industry"].word(FOLDER_ID, FOLDER_ID_RULE) if "industry" in fields else None,
        fields["country"].word(COUNTRY, COUNTRY_RULE) if "country" in fields else None,
        fields["size"].text() if "size" in fields else None,
        spoken,
        "publish" in fields and fields["publish"].one_of(("private", "public")) == "public",
        "fictional" in fields and fields["fictional"].flag(),
        _by_date(found),
        folder / "organisation.yaml",
        contributes="benchmark" in fields and _contributes(fields["benchmark"]),
        business_id=_business_id(fields["business-id"]) if "business-id" in fields else None,
        brand=worn,
    )


def _warn_of_languages(
    item: Item | None, asked: tuple[str, ...], waves: Iterable[Wave | None]
) -> None:
    """Warn of a language of the report that a questionnaire has no text in."""
    used = {(w.questionnaire.id, w.questionnaire.version): w.questionnaire for w in waves if w}
    for entry in item.items() if item else ():
        for (name, version), q in sorted(used.items()):
            if entry.node_text in asked and entry.node_text not in q.languages:
                entry.warn(
                    f"questionnaire {name}@{version} has no text in {entry.node_text!r}; its "
                    f"questions are shown in {q.languages[0]!r}, and the report says so"
                )


def _contributes(item: Item) -> bool:
    """Tell whether the organisation consented; whoever says nothing did not."""
    fields = item.record(("contribute",))
    return "contribute" in fields and fields["contribute"].flag()


def _business_id(item: Item) -> str:
    found = item.text()
    if len(found) > BUSINESS_ID_LENGTH:
        item.wrong(f"{len(found)} characters; at most {BUSINESS_ID_LENGTH}")
    elif found and not business_key(found):
        item.wrong(f"{quoted(found)} has no letter and no digit; give a number or a name")
    return found


def business_key(business_id: str) -> str:
    """
    Return what all ways of writing one business id have in common, "" when that is nothing.

    Letters and digits of any script, in Unicode's form NFKC and without capitals; marks stay
    with their letters.
    """
    told = unicodedata.normalize("NFKC", business_id).casefold()
    told = unicodedata.normalize("NFKC", told)
    kept = "".join(each for each in told if unicodedata.category(each)[0] in "LNM")
    return kept if any(map(str.isalnum, kept)) else ""


def _by_date(waves: list[Wave | None]) -> tuple[Wave, ...]:
    return tuple(sorted(filter(None, waves), key=lambda found: (found.date, found.id)))


def _is_wave(path: Path, problems: Problems) -> bool:
    """Tell a wave from the files around it; anything that is neither is a problem."""
    if path.name == "organisation.yaml" or path.suffix == ".csv":
        return False
    rule = "a wave is called <wave>.yaml or <wave>.json"
    if path.suffix in LOGO_TYPES:
        message = "no brand names this picture as its logo; name it in organisation.yaml"
    elif _RECORD.fullmatch(path.name):
        message = f"this kind of record is not known; {rule}"
    elif path.suffix not in {".yaml", ".json"}:
        message = f"no such kind of file; {rule}"
    elif not FOLDER_ID.fullmatch(path.stem):
        message = f"{quoted(path.stem)} cannot name a wave; use {FOLDER_ID_RULE}"
    elif path.stem in SPOKEN:
        message = f"{quoted(path.stem)} is where the report in that language lies; rename the wave"
    elif path.name == "organisation.json":
        message = "an organisation is described in organisation.yaml; rename the file"
    elif path.suffix == ".json" and path.with_suffix(".yaml").exists():
        message = f"{path.stem}.yaml is the same wave; keep one of the two"
    else:
        return True
    problems.add(Place(path), "", message)
    return False
