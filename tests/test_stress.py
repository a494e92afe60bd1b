"""
Fifty organisations with nothing in common: no report breaks, whatever the answers are.

The size and the seed may be set, for a longer run than CI's:

    CX_MATURITY_CROWD=500 CX_MATURITY_SEED=7 python3 tasks.py test tests/test_stress.py
"""

import io
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tests.crowd import LANGUAGES, crowd

from cx_maturity import publish
from cx_maturity.load import shipped

ROOT = Path(__file__).resolve().parent.parent
SIZE = int(os.environ.get("CX_MATURITY_CROWD", "50"))
SEED = int(os.environ.get("CX_MATURITY_SEED", "2026"))
WIDTHS = {"1280": (1280, 900), "320": (320, 640)}

# What a sentence with a hole, or two sentences glued badly, look like.
BROKEN = re.compile(
    r"\bNone\b|\bnan\b|\{\w*\}|%\(|  +| [,.;:](?!\.)|\.\.|,,|\(\s*\)|\[\s*\]|,\.|^[,;)]|\bTrue\b"
)
VOID = {"br", "hr", "img", "input", "link", "meta", "col", "wbr"}
APART = {"td", "th", "li", "p", "h1", "h2", "h3", "h4", "dt", "dd", "div", "section", "text"}


class Page(HTMLParser):
    """The sentences of a page, and the letters of each section beyond its heading."""

    def __init__(self, html):
        """Read all of *html*."""
        super().__init__()
        self.blocks, self.sections, self.languages = [""], {}, []
        self._section, self._heading = None, False
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in {"script", "style"}:
            self._silent += 1
        if tag == "section" and attributes.get("class") == "part":
            self._section = attributes["id"]
            self.sections[self._section] = 0
        if tag in {"h2", "header"}:
            self._heading = True
        if tag in APART:
            self.blocks.append("")
        if "lang" in attributes and tag == "html":
            self.languages.append(attributes["lang"])

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self._silent -= 1
        if tag in {"h2", "header"}:
            self._heading = False
        if tag in APART:
            self.blocks.append("")

    def handle_data(self, data):
        if self._silent:
            return
        self.blocks[-1] += data
        if self._section and not self._heading:
            self.sections[self._section] += len(data.strip())


def sentences(page):
    """Return a page's blocks of text, its line breaks taken as spaces."""
    return [text for block in page.blocks if (text := re.sub(r"\s*\n\s*", " ", block).strip(" \n"))]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the crowd's site once."""
    root = tmp_path_factory.mktemp("crowd")
    crowd(root / "assessments", SIZE, SEED)
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pelicanconf.py", root)
    publish.build(root)
    return (root / "output").resolve()


@pytest.fixture(scope="module")
def reports(site):
    """Return every report and every trace page, read."""
    found = {}
    for path in sorted(site.glob("organisations/*/**/index.html")):
        found[str(path.relative_to(site))] = Page(path.read_text("utf-8"))
    return found


def test_the_crowd_is_whole(reports):
    organisations = {name.split("/")[1] for name in reports}

    assert len(organisations) == SIZE


def test_no_section_is_empty(reports):
    empty = [
        f"{name}: {section}"
        for name, page in reports.items()
        for section, letters in page.sections.items()
        if letters < 40
    ]

    assert empty == []


def test_no_sentence_is_broken(reports):
    broken = [
        f"{name}: {text[:160]!r}"
        for name, page in reports.items()
        for text in sentences(page)
        if BROKEN.search(text) and "{name}" not in text and "%s" not in text
    ]

    assert broken[:20] == []


def test_every_report_is_there_in_the_languages_of_its_organisation(reports):
    languages = {name: page.languages for name, page in reports.items()}

    assert {tuple(found) for found in languages.values()} == {(name,) for name in LANGUAGES}
    for number in range(SIZE):
        own = [
            found[0]
            for name, found in languages.items()
            if name.startswith(f"organisations/crowd-{number:03d}/") and "trace" not in name
        ]
        assert {*own} == {LANGUAGES[number % 4], LANGUAGES[(number + 1) % 4]}


def test_no_sentence_of_another_language_is_left(reports):
    """An English sentence of three words or more, whole, has no place in a Finnish page."""
    foreign = {}
    for language in LANGUAGES[1:]:
        catalogue = read_po(io.StringIO(shipped(f"locale/{language}/LC_MESSAGES/cx_maturity.po")))
        foreign[language] = {
            message.id
            for message in catalogue
            if isinstance(message.id, str) and len(message.id.split()) > 2
            if message.string != message.id and "{" not in message.id
        }
    left = [
        f"{name}: {text[:120]!r}"
        for name, page in reports.items()
        if page.languages[0] != "en"
        for text in sentences(page)
        if text in foreign[page.languages[0]]
    ]

    assert left[:20] == []


@pytest.mark.browser
@pytest.mark.parametrize("wide", WIDTHS)
def test_no_label_of_a_chart_is_cut_or_covers_another(browser, site, sideways, wide):
    """The newest report of everybody, one language each; the boxes are measured."""
    from tests.test_browser import LABELS

    width, height = WIDTHS[wide]
    page, wrong = browser.new_page(viewport={"width": width, "height": height}), []
    for path in sorted(site.glob("organisations/*/index.html")):
        page.goto(path.as_uri())
        wrong += [f"{path.parent.name} at {wide}: {found}" for found in page.evaluate(LABELS)]
        wrong += [f"{path.parent.name} at {wide}: sticks out: {found}" for found in sideways(page)]
    page.close()

    assert wrong[:20] == []
