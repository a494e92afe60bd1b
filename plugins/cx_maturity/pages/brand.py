"""What a brand puts into pages: a name, a logo, a line or two in the foot, and a few colours."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cx_maturity.reading.brand import PAPER, READABLE, contrast

if TYPE_CHECKING:
    from cx_maturity.model import Brand, Text

# The page by night, as in tokens.css.
NIGHT = "#101b24"
# A fill that differs less than this from the page around it is not seen (WCAG 2.2, 1.4.11).
SEEN = 3.0

_SUFFIXES = {"image/svg+xml": "svg", "image/png": "png"}
# How much of the accent is in the tint of a closed zone, at most; words in the accent stand on it.
_TINTS = (8, 6, 4, 2, 0)


@dataclass(frozen=True, slots=True)
class Dress:
    """
    A brand as templates use it; empty where it says nothing.

    *style* and *logo* are paths in the site, whose names change with what is in the *files*.
    The lines of the foot are in one language; :meth:`to` gives them in another.
    """

    name: str = ""
    logo: str = ""
    style: str = ""
    contact: str = ""
    legal: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    told: tuple[Text | None, Text | None] = (None, None)  # contact and legal, in all languages

    def to(self, language: str) -> Dress:
        """Return the dress as readers of *language* see it."""
        contact, legal = (text.to(language) if text else "" for text in self.told)
        return replace(self, contact=contact, legal=legal)

    @property
    def is_signed(self) -> bool:
        """Tell whether there is something to print in the foot."""
        return bool(self.contact or self.legal)


def dressed(brand: Brand | None, language: str = "en") -> Dress:
    """Return what pages in *language* wear under *brand*, the plain dress for none."""
    if brand is None:
        return Dress()
    files = []
    logo = style = ""
    if brand.logo is not None:
        logo = _named(brand.logo, _SUFFIXES[brand.logo_type])
        files.append((logo, brand.logo))
    if rules := _rules(brand).encode():
        style = _named(rules, "css")
        files.append((style, rules))
    told = (brand.contact, brand.legal)
    return Dress(brand.name or "", logo, style, files=tuple(files), told=told).to(language)


def _named(data: bytes, suffix: str) -> str:
    return f"theme/brand-{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"


def _rules(brand: Brand) -> str:
    """Write the brand's colours and type as a style sheet."""
    always, day, night = [], [], []
    if brand.colour and brand.ink:
        always += _pair(brand.colour, brand.ink)
        fill, ink = brand.colour, brand.ink
        if contrast(fill, NIGHT) < SEEN <= contrast(ink, NIGHT):
            night += _pair(ink, fill)
    if brand.accent:
        # No colour can be read on both white and black-blue: by night the page keeps its own.
        day += [f"--accent:{brand.accent}", f"--accent-tint:{_tint(brand.accent)}"]
    # Charts keep the type that they were lettered for: in another one a label might not fit.
    told = f"body{{font-family:{brand.font}}}\n" if brand.font else ""
    return told + "".join(
        f"{before}:root{{{';'.join(found)}}}{after}\n"
        for before, found, after in (
            ("", always, ""),
            ("@media print,(prefers-color-scheme:light){", day, "}"),
            ("@media screen and (prefers-color-scheme:dark){", night, "}"),
        )
        if found
    )


def _pair(fill: str, ink: str) -> list[str]:
    return [f"--brand:{fill}", f"--brand-ink:{ink}"]


def _tint(accent: str) -> str:
    """Mix the accent into the paper, as much as words in the accent can still be read on."""
    mixed = (_mixed(accent, share) for share in _TINTS)
    return next((tint for tint in mixed if contrast(accent, tint) >= READABLE), PAPER)


def _mixed(accent: str, percent: int) -> str:
    parts = (int(accent[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - part) * percent // 100:02x}" for part in parts)
