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
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, Item, such_as
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
# ISO 3166-1, and XK, which many use for Kosovo.
_COUNTRIES = frozenset(
    (  # noqa: SIM905 - so many short words are read more easily in lines
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO "
        "BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ "
        "DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP "
        "GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG "
        "KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML "
        "MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE "
        "PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL "
        "SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM "
        "US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "
    ).split()
)
# What people write for a country that has another code.
_OTHERWISE = {"UK": "GB", "EL": "GR", "EN": "GB", "SF": "FI"}

_MORE = (
    *("industry", "country", "size", "languages", "publish", "fictional"),
    *("benchmark", "business-id", "brand"),
)
_RECORD = re.compile(r"[^.]+\.[^.]+\.yaml")
OWN = "organisation.yaml"
_RIGHT = f"an organisation is described in {OWN}"
# What a hand may call it by mistake; an editor on Windows adds .txt and hides it.
_NEARLY = re.compile(r"organi[sz]ations?(?:\.(?:ya?ml|json))?(?:\.txt)?", re.IGNORECASE)


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
    own = _described(folder, problems)
    root = document(own, problems).root if own else None
    item = Item(root, "", problems) if root else None
    fields = item.record(("name",), _MORE) if item else {}
    spoken = languages(fields.get("languages"), SPOKEN)
    worn, logo = brand(fields["brand"], folder, spoken) if "brand" in fields else (None, None)
    beside = [path for path in files(folder, problems, None, own) if path != logo]
    paths = [path for path in beside if _is_wave(path, problems)]
    found = [wave(path, questionnaires, problems, used, spoken) for path in paths]
    if None not in found:
        # A folder that no wave names for its minutes; of a broken wave nobody knows.
        files(folder, problems, used, own)
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
        _country(fields["country"]) if "country" in fields else None,
        fields["size"].text() if "size" in fields else None,
        spoken,
        "publish" in fields and fields["publish"].one_of(("private", "public")) == "public",
        "fictional" in fields and fields["fictional"].flag(),
        _by_date(found),
        own,
        contributes="benchmark" in fields and _contributes(fields["benchmark"]),
        business_id=_business_id(fields["business-id"]) if "business-id" in fields else None,
        brand=worn,
    )


def _described(folder: Path, problems: Problems) -> Path | None:
    """
    Return the file that says who the organisation is; None where there is none.

    One that is called nearly right is named, and read all the same.
    """
    right = folder / OWN
    if right.exists() or right.is_symlink():
        return right
    for path in sorted(folder.iterdir()):
        if _NEARLY.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            problems.add(Place(path), "", f"{_RIGHT}; rename the file")
            return path
    problems.add(Place(right), "", f"no such file; write one with the line `name: {folder.name}`")
    return None


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


def _country(item: Item) -> str:
    """Read a country's code; one that there is not would be printed as it stands."""
    found = item.plain()
    if found and found not in _COUNTRIES:
        upper = found.upper()
        code = upper if upper in _COUNTRIES else _OTHERWISE.get(upper, "")
        guess = f"; did you mean {code!r}?" if code else ""
        item.wrong(f"{quoted(found)} is no country's code; use {COUNTRY_RULE}{guess}")
    return found


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
    if path.name == OWN or path.suffix == ".csv":
        return False
    rule = "a wave is called <wave>.yaml or <wave>.json"
    if path.suffix in LOGO_TYPES:
        message = "no brand names this picture as its logo; name it in organisation.yaml"
    elif _NEARLY.fullmatch(path.name):
        message = f"{_RIGHT}, which stands beside this file; keep one of the two"
    elif _RECORD.fullmatch(path.name):
        message = f"this kind of record is not known; {rule}"
    elif path.suffix not in {".yaml", ".json"}:
        message = f"no such kind of file; {rule}"
    elif not FOLDER_ID.fullmatch(path.stem):
        message = (
            f"{quoted(path.stem)} cannot name a wave; use {FOLDER_ID_RULE}{such_as(path.stem)}"
        )
    elif path.stem in SPOKEN:
        message = f"{quoted(path.stem)} is where the report in that language lies; rename the wave"
    elif path.suffix == ".json" and path.with_suffix(".yaml").exists():
        message = f"{path.stem}.yaml is the same wave; keep one of the two"
    else:
        return True
    problems.add(Place(path), "", message)
    return False
