"""
Pelican's side: put the records into its context, write our pages with its writer.

One report at a time is scored, written and let go, so that a thousand
organisations need no more memory than one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, cast

import nh3
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from cx_maturity.benchmark import compare
from cx_maturity.pages.benchmarks import benchmarks_page
from cx_maturity.pages.listing import Entry, entry, industry_title, listing, newest
from cx_maturity.pages.method import method_page
from cx_maturity.parts.subject import Subject, subject
from cx_maturity.report import Link, method_path, newest_path, report, wave_path
from cx_maturity.score import scorecard
from cx_maturity.words import Words

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.writers import Writer

    from cx_maturity.model import Organisation, Wave
    from cx_maturity.publish import Site

TEMPLATES = Path(__file__).with_name("templates")
# Stands for the site's root until a page knows where it lies; no text can hold it.
ROOT = "\0"
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

    def generate_output(self, _writer: Writer) -> None:
        """Write every page."""
        assessments, words = self.site.assessments, self.words
        organisations = [o for o in assessments.organisations if o.waves]
        entries = []
        for done, organisation in enumerate(organisations, start=1):
            entries.append(self._write_organisation(organisation))
            self.site.progress(done, len(organisations))
        listed = self._render("organisations", listing=listing(entries, words))
        self._write("organisations/index.html", listed)
        for questionnaire in assessments.questionnaires.values():
            page = method_page(questionnaire, words)
            self._write(page.path, self._render("method", page=page))
        benchmarks = benchmarks_page(
            assessments.editions, assessments.published, assessments.questionnaires, words
        )
        self._write("benchmarks/index.html", self._render("benchmarks", page=benchmarks))
        self.site.pages.append("index.html")

    def _write_organisation(self, organisation: Organisation) -> Entry:
        """Write each wave's report, the newest also where it can always be found."""
        made: Entry | None = None
        for wave in organisation.waves:
            about = self._subject(organisation, wave)
            industry = self._industry(organisation, about.words)
            path = wave_path(organisation, wave.id)
            page = self._render(
                "report",
                report=report(about, industry),
                canonical=f"{self.settings['SITEURL'] or ROOT}/{path}",
                lang=about.words.language,
                text=about.words.text,
                plural=about.words.plural,
            )
            self._write(path, page)
            if wave is organisation.waves[-1]:
                self._write(newest_path(organisation), page)
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

    def _render(self, template: str, **values: object) -> str:
        """Return a page that may be written anywhere: its links begin at :data:`ROOT`."""
        context = {**self.context, "SITEURL": ROOT, **values}
        return cast("str", self.get_template(template).render(context))

    def _write(self, path: str, page: str) -> None:
        """Write *page* to *path*, its links as seen from there or from the site's address."""
        root = self.settings["SITEURL"]
        if self.settings["RELATIVE_URLS"]:
            root = "/".join([".."] * path.count("/")) or "."
        target = Path(self.output_path) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.replace(ROOT, root), "utf-8", newline="")
        signals.content_written.send(str(target), context=self.context)
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
        "auto_reload": False,
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
