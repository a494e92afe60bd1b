"""Read a brand: whose pages these are, held to what can be read and to what cannot run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cx_maturity.errors import ContentError, Place, Problems, quoted
from cx_maturity.load import document, picture
from cx_maturity.model import Brand, Text
from cx_maturity.reading.basis import SPOKEN, spoken_texts
from cx_maturity.reading.item import FOLDER_ID, Item
from cx_maturity.reading.logo import refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from cx_maturity.errors import Problem

KEYS = ("name", "logo", "colour", "ink", "accent", "font", "contact", "legal")
FILE = "brand.yaml"
# What a hand may call it by mistake; passed over in silence, the site would wear no brand.
_NEARLY = ("brand.yml", "brand.json")
NAME_LENGTH, LINE_LENGTH, FONT_LENGTH = 60, 200, 120
LOGO_BYTES = 100_000
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}

# The page by day, and the two inks that a colour without one is written on with.
PAPER, WHITE, BLACK = "#ffffff", "#ffffff", "#12222e"
READABLE = 4.5
# Families that every browser knows; all others stand between quotation marks.
GENERIC = frozenset(("sans-serif", "serif", "monospace", "system-ui", "-apple-system"))

_COLOUR = re.compile("#[0-9a-f]{6}")
_FAMILY = re.compile(r"[^\W_](?:[\w .-]*\w)?")


def site_brand(folder: Path, languages: Collection[str]) -> tuple[Brand | None, list[Problem]]:
    """
    Read the brand of a whole site, ``brand.yaml`` in *folder*; None where there is no such file.

    Its pages are read in the *languages*; returns the warnings too.
    Raises :class:`~cx_maturity.errors.ContentError` with everything that is wrong with it.
    """
    problems, path = Problems(), folder / FILE
    root = document(path, problems).root if path.exists() or path.is_symlink() else None
    made = brand(Item(root, "", problems), folder, languages)[0] if root else None
    for name in _NEARLY:
        if (folder / name).exists():
            problems.add(Place(folder / name), "", f"a brand is called {FILE}; rename the file")
    if problems.errors:
        raise ContentError(problems.errors)
    return made, problems.warnings


def brand(item: Item, folder: Path, languages: Collection[str]) -> tuple[Brand, Path | None]:
    """
    Read a brand whose logo lies in *folder*; returns it and the path of its logo.

    *languages* are those of the pages that wear it.
    """
    fields = item.record((), KEYS)
    if item.is_map and not item.pairs():
        item.wrong(f"nothing is said of the brand; give one of {', '.join(KEYS)}")
    colour = _colour(fields.get("colour"))
    logo, kind, path = _logo(fields["logo"], folder) if "logo" in fields else (None, "", None)
    made = Brand(
        name=_line(fields.get("name"), NAME_LENGTH),
        logo=logo,
        logo_type=kind,
        colour=colour,
        ink=_ink(fields, colour),
        accent=_accent(fields.get("accent")),
        font=_font(fields["font"]) if "font" in fields else None,
        contact=_foot(fields["contact"], languages) if "contact" in fields else None,
        legal=_foot(fields["legal"], languages) if "legal" in fields else None,
    )
    return made, path


# --- words -------------------------------------------------------------------


def _line(item: Item | None, most: int) -> str | None:
    found = item.text() if item else ""
    if item and len(found) > most:
        item.wrong(f"{len(found)} characters; at most {most}")
    return found or None


def _foot(item: Item, languages: Collection[str]) -> Text | None:
    """Read a line of the foot: an address or a registered name is the same in every language."""
    if not item.is_map:
        found = _line(item, LINE_LENGTH)
        return Text(dict.fromkeys(SPOKEN, found)) if found else None
    made = spoken_texts(item, languages)
    for _, value in item.pairs():
        if value.is_word and (length := len(" ".join(value.node_text.split()))) > LINE_LENGTH:
            value.wrong(f"{length} characters; at most {LINE_LENGTH}")
    return made


def _font(item: Item) -> str | None:
    """Read names of families with commas between; returns them as CSS writes them."""
    found = item.text()
    names = [name.strip().strip("\"'") for name in found.split(",")]
    if len(found) > FONT_LENGTH:
        item.wrong(f"{len(found)} characters; at most {FONT_LENGTH}")
        return None
    for name in names if found else ():
        if name not in GENERIC and not _FAMILY.fullmatch(name):
            item.wrong(
                f"{quoted(name)} cannot name a family of type; use letters, digits, spaces, dots "
                "and dashes, with a comma between families"
            )
    if not GENERIC & {*names} - {"-apple-system"}:
        names.append("sans-serif")
    return ",".join(name if name in GENERIC else f'"{name}"' for name in names) if found else None


# --- colours -----------------------------------------------------------------


def contrast(one: str, other: str) -> float:
    """Return how far apart two colours are, 1-21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of *colour*, 0-1 (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)  # noqa: PLR2004 - the standard's own numbers
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(item: Item | None) -> str | None:
    if item is None:
        return None
    rule = "write six digits of 0-9 and a-f behind a #, in quotation marks, such as "
    if item.hidden:
        item.wrong(
            f"{quoted(item.hidden)} is a comment, because no quotation marks stand around it; "
            f'{rule}"#0b3c5d"'
        )
        return None
    found = item.plain().lower()
    if found and not _COLOUR.fullmatch(found):
        item.wrong(f'{quoted(found)} is not a colour; {rule}"#0b3c5d"')
        return None
    return found or None


def _ink(fields: Mapping[str, Item], colour: str | None) -> str | None:
    """Read what stands on *colour*; white or the page's ink where nobody chose."""
    ink = _colour(fields.get("ink"))
    if "ink" in fields and "colour" not in fields:
        fields["ink"].wrong("an ink is for what is written on a colour; give the colour too")
    if colour is None or ("ink" in fields and ink is None):
        return None
    if ink is None:
        ink = max(WHITE, BLACK, key=lambda each: contrast(each, colour))
    _check_readable(fields.get("ink", fields["colour"]), ink, colour)
    return ink


def _accent(item: Item | None) -> str | None:
    accent = _colour(item)
    if item and accent:
        _check_readable(item, accent, PAPER)
    return accent


def _check_readable(item: Item, ink: str, ground: str) -> None:
    found = contrast(ink, ground)
    if found < READABLE:
        # Cut off, not rounded: 4.46 must not be called 4.5.
        told = f"{int(found * 10) / 10:.1f}"
        item.wrong(f"{ink} on {ground} is {told}:1; {READABLE}:1 is needed")


# --- the logo ----------------------------------------------------------------


def _logo(item: Item, folder: Path) -> tuple[bytes | None, str, Path | None]:
    """Read the picture that *item* names: its bytes, its media type and where it lies."""
    name = item.raw()
    stem, dot, suffix = name.rpartition(".")
    kind = LOGO_TYPES.get(dot + suffix, "")
    if not name:
        return None, "", None
    if not kind or not FOLDER_ID.fullmatch(stem):
        item.wrong(
            f"{quoted(name)} cannot be a logo; name an .svg or .png file beside this one, of "
            "a-z, 0-9 and dashes, such as logo.svg"
        )
        return None, "", None
    path = folder / name
    if not path.is_file() or path.is_symlink():
        item.wrong(f"no file {quoted(name)} beside this one")
        return None, "", path
    data = picture(path, LOGO_BYTES, item.problems)
    if data is not None and (said := refusal(data, kind)):
        item.problems.add(Place(path, said.line, said.column), "", said.message)
    return data, kind, path
