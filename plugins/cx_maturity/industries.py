"""
What industries are called in the languages that reports are written in.

An industry is a word of its author's own choice, so this list is no closed one: these have names,
and any other is shown as it is written, unless a benchmark's segment says what it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.model import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_LANGUAGES = ("en", "fi", "sv", "nb")
_NAMES: Mapping[str, tuple[str, str, str, str]] = {
    "automotive": ("Automotive", "Autoala", "Bilbranschen", "Bilbransjen"),
    "business-services": (
        *("Business services", "Liike-elämän palvelut"),
        *("Företagstjänster", "Forretningsmessig tjenesteyting"),
    ),
    "construction": ("Construction", "Rakentaminen", "Byggverksamhet", "Bygg og anlegg"),
    "consumer-goods": ("Consumer goods", "Kulutustavarat", "Konsumentvaror", "Forbruksvarer"),
    "education": ("Education", "Koulutus", "Utbildning", "Utdanning"),
    "energy": ("Energy", "Energia", "Energi", "Energi"),
    "financial-services": (
        *("Financial services", "Rahoituspalvelut"),
        *("Finansiella tjänster", "Finansielle tjenester"),
    ),
    "health-care": ("Health care", "Terveydenhuolto", "Hälso- och sjukvård", "Helsetjenester"),
    "hospitality": (
        *("Hotels and restaurants", "Hotellit ja ravintolat"),
        *("Hotell och restaurang", "Hotell og restaurant"),
    ),
    "information-technology": (
        *("Information technology", "Tietotekniikka"),
        *("Informationsteknik", "Informasjonsteknologi"),
    ),
    "insurance": ("Insurance", "Vakuutusala", "Försäkring", "Forsikring"),
    "logistics": ("Logistics", "Logistiikka", "Logistik", "Logistikk"),
    "manufacturing": ("Manufacturing", "Valmistava teollisuus", "Tillverkning", "Industri"),
    "media": ("Media", "Media", "Medier", "Medier"),
    "mobile-telephony": ("Mobile telephony", "Matkaviestintä", "Mobiltelefoni", "Mobiltelefoni"),
    "non-profit": (
        *("Non-profit organisations", "Voittoa tavoittelemattomat järjestöt"),
        *("Ideella organisationer", "Ideelle organisasjoner"),
    ),
    "public-sector": ("Public sector", "Julkinen sektori", "Offentlig sektor", "Offentlig sektor"),
    "real-estate": ("Real estate", "Kiinteistöala", "Fastigheter", "Eiendom"),
    "retail": ("Retail", "Vähittäiskauppa", "Detaljhandel", "Detaljhandel"),
    "telecommunications": (
        *("Telecommunications", "Televiestintä"),
        *("Telekommunikation", "Telekommunikasjon"),
    ),
    "transport": ("Transport", "Liikenne", "Transport", "Transport"),
    "travel": ("Travel and tourism", "Matkailu", "Resor och turism", "Reiseliv"),
    "utilities": ("Utilities", "Energia- ja vesihuolto", "Energi och vatten", "Energi og vann"),
    "wholesale": ("Wholesale", "Tukkukauppa", "Partihandel", "Engroshandel"),
}
NAMES: Mapping[str, Text] = {
    word: Text(dict(zip(_LANGUAGES, named, strict=True))) for word, named in _NAMES.items()
}
