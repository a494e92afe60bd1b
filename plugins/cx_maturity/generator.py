"""
Pelican's side: put the records into its context, write our pages with its writer.

One report at a time is scored, written and let go, so that a thousand
organisations need no more memory than one.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import nh3
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from cx_maturity.benchmark import compare
from cx_maturity.benchmarks import benchmarks_page
from cx_maturity.listing import Entry, entry, industry_title, listing, newest
from cx_maturity.method import method_page
from cx_maturity.report import Link, method_path, newest_path, report, wave_path
from cx_maturity.score import scorecard
from cx_maturity.subject import Subject, subject
from cx_maturity.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pelican import Pelican
    from pelican.writers import Writer

    from cx_maturity.model import Organisation, Wave
    from cx_maturity.publish import Site

TEMPLATES = Path(__file__).with_name("templates")
NEWEST = 6


class Reports(Generator):  # type: ignore[misc]  # Pelican ships no types
    """Writes reports, the list of organisations, benchmarks and method pages."""

    @property
    def site(self) -> Site:
        """The checked records, which ``publish`` put into the settings."""
        return cast("Site", self.settings["CX_MATURITY"])

    @property
    def words(self) -> Words:
        """The site's own language."""
        return cast("Words", self.settings["CX_WORDS"])

    def generate_context(self) -> None:
        """Give every template what the home page and the footer show."""
        public = [o for o in self.site.assessments.organisations if o.waves]
        latest = sorted(public, key=lambda o: o.waves[-1].date, reverse=True)[:NEWEST]
        entries = [self._entry(organisation) for organisation in latest]
        self.context["CX_HOME"] = newest(entries, self.words, NEWEST)
        used = Counter(wave.questionnaire.fingerprint for o in public for wave in o.waves)
        questionnaires = self.site.assessments.questionnaires.values()
        self.context["CX_METHODS"] = [
            Link(q.title.to(self.words.language), method_path(q.id, q.version))
            for q in sorted(questionnaires, key=lambda q: -used[q.fingerprint])
        ]

    def generate_output(self, writer: Writer) -> None:
        """Write every page."""
        assessments, words = self.site.assessments, self.words
        write = partial(self._write, writer)
        organisations = [o for o in assessments.organisations if o.waves]
        entries = []
        for done, organisation in enumerate(organisations, start=1):
            entries.append(self._write_organisation(write, organisation))
            self.site.progress(done, len(organisations))
        write("organisations", "organisations/index.html", listing=listing(entries, words))
        for questionnaire in assessments.questionnaires.values():
            page = method_page(questionnaire, words)
            write("method", page.path, page=page)
        benchmarks = benchmarks_page(
            assessments.editions, assessments.published, assessments.questionnaires, words
        )
        write("benchmarks", "benchmarks/index.html", page=benchmarks)
        self.site.pages.append("index.html")

    def _write_organisation(self, write: Callable[..., None], organisation: Organisation) -> Entry:
        """Write each wave's report, the newest also where it can always be found."""
        made: Entry | None = None
        for wave in organisation.waves:
            about = self._subject(organisation, wave)
            industry = self._industry(organisation, about.words)
            path = wave_path(organisation, wave.id)
            values = {
                "report": report(about, industry),
                "lang": about.words.language,
                "text": about.words.text,
                "plural": about.words.plural,
            }
            write("report", path, canonical=self._canonical(path, path), **values)
            if wave is organisation.waves[-1]:
                here = newest_path(organisation)
                write("report", here, canonical=self._canonical(path, here), **values)
                made = entry(about, industry)
        assert made is not None  # noqa: S101 - only organisations with a wave come here
        return made

    def _entry(self, organisation: Organisation) -> Entry:
        about = self._subject(organisation, organisation.waves[-1])
        return entry(about, self._industry(organisation, about.words))

    def _subject(self, organisation: Organisation, wave: Wave) -> Subject:
        card = scorecard(wave)
        comparison = compare(card, organisation, self.site.assessments.editions)
        return subject(organisation, card, comparison, self.words)

    def _industry(self, organisation: Organisation, words: Words) -> str:
        return industry_title(organisation.industry, self.site.assessments.editions, words)

    def _canonical(self, path: str, here: str) -> str:
        """Return where *path* is: its address where the site has one, else seen from *here*."""
        if self.settings["SITEURL"]:
            return f"{self.settings['SITEURL']}/{path}"
        return "../" * here.count("/") + path

    def _write(self, writer: Writer, template: str, path: str, **values: object) -> None:
        writer.write_file(
            path,
            self.get_template(template),
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            **values,
        )
        self.site.pages.append(path)


def sanitised(html: str) -> Markup:
    """Return what Markdown made of an author's text, without anything that could run."""
    return Markup(nh3.clean(html))  # noqa: S704 - cleaned in the same breath


def prepare(pelican: Pelican) -> None:
    """Set up every template: escaping on, unknown names an error, words in the page's language."""
    settings = pelican.settings
    language = settings["DEFAULT_LANG"]
    words = Words(language)
    settings["CX_WORDS"] = words
    settings["JINJA_ENVIRONMENT"] = {
        **settings["JINJA_ENVIRONMENT"],
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    settings["JINJA_FILTERS"] = {**settings["JINJA_FILTERS"], "sanitised": sanitised}
    settings["JINJA_GLOBALS"] = {
        **settings["JINJA_GLOBALS"],
        "text": words.text,
        "plural": words.plural,
        "date": words.date,
        "lang": language,
        "preview": settings["CX_MATURITY"].preview,
    }


def offer_templates(generator: Generator) -> None:
    """Let every page use our templates; the theme is searched first, so it may override them."""
    generator.env.loader = ChoiceLoader([generator.env.loader, FileSystemLoader(TEMPLATES)])


def _generators(_pelican: Pelican) -> type[Reports]:
    return Reports


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(prepare)
    signals.generator_init.connect(offer_templates)
    signals.get_generators.connect(_generators)
