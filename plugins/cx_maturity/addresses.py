"""
Where pages lie that exist in several languages; every path begins at the site's root.

The main language of an organisation lies where its only one would, every other in
a folder of its own below; so do the method pages beside that of the site's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cx_maturity.reading.basis import SPOKEN

if TYPE_CHECKING:
    from cx_maturity.model import Organisation, Questionnaire


def newest_path(organisation: Organisation, language: str = "") -> str:
    """Return where an organisation's newest report can always be found."""
    return f"organisations/{organisation.id}/{_folder(organisation, language)}index.html"


def wave_path(organisation: Organisation, wave_id: str, language: str = "") -> str:
    """Return where a wave's report lies."""
    return f"{_wave(organisation, wave_id, language)}index.html"


def trace_path(organisation: Organisation, wave_id: str, language: str = "") -> str:
    """Return where the page lies that explains every number of a wave."""
    return f"{_wave(organisation, wave_id, language)}trace/index.html"


def method_path(questionnaire: Questionnaire, language: str, site: str) -> str:
    """Return where a questionnaire's page lies: in *language*, else in that of the *site*."""
    folder = f"{language}/" if language in method_languages(questionnaire, site)[1:] else ""
    return f"method/{questionnaire.id}/{questionnaire.version}/{folder}index.html"


def method_languages(questionnaire: Questionnaire, site: str) -> tuple[str, ...]:
    """Return the languages that a questionnaire's page is written in, that of the *site* first."""
    return (site, *(each for each in questionnaire.languages if each in SPOKEN and each != site))


def _wave(organisation: Organisation, wave_id: str, language: str) -> str:
    return f"organisations/{organisation.id}/{wave_id}/{_folder(organisation, language)}"


def _folder(organisation: Organisation, language: str) -> str:
    """Return the folder of *language*; a language without one reads the main one."""
    return f"{language}/" if language in organisation.languages[1:] else ""
