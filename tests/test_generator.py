"""The built pages: what is in them, and what no page may hold."""

import csv
import gc
import gzip
import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import lay_out

from cx_maturity import publish
from cx_maturity.report import Report
from cx_maturity.words import Words

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = "<script>alert(1)</script> & Sons"

CUSTOMERS = """\
id: customers
version: "1.0"
languages: [en]
title: Customers' view
respondents: customers
scales:
  agree: {kind: points, low: 1, high: 7}
scale: agree
aggregate: mean
coverage: {dimension: 60}
levels:
  method: bands
  names:
    - {title: Cool, from: 0}
    - {title: Warm, from: 50}
subsets:
  all: {title: All, questions: all}
dimensions:
  - id: quality
    title: Quality
    questions:
      - {id: q1, text: It works}
      - {id: q2, text: It lasts}
  - id: trust
    title: Trust
    questions:
      - {id: q3, text: They keep their word}
fingerprint: FINGERPRINT
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def organisation(folder, name, *, public=True, fictional=False, country="FI"):
    text = f"name: '{name}'\nindustry: retail\ncountry: {country}\nlanguages: [en]\n"
    text += f"publish: {'public' if public else 'private'}\n"
    write(folder / "organisation.yaml", text + ("fictional: true\n" if fictional else ""))


def panel(folder, people):
    with (folder / "2026-05.responses.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "q1", "q2", "q3"])
        rows.writerows([f"person-{n}", 4 + n % 3, 5 + n % 2, 2 + n % 3] for n in range(people))
    text = "questionnaire: customers@1.0\ndate: 2026-05-19\n"
    write(
        folder / "2026-05.yaml", text + "responses: {file: 2026-05.responses.csv, respondent: id}\n"
    )


def answers_of_cx(given):
    """Answer every question of the shipped questionnaire alike."""
    ids = re.findall(
        r"- id: ([a-z.]+\.(?:say|do))$",
        "\n".join(
            file.read_text("utf-8")
            for file in (ROOT / "assessments/questionnaires/cx/1.0").iterdir()
        ),
        re.MULTILINE,
    )
    lines = (f"  {question}: {{answer: {given}, note: between us only}}" for question in ids)
    return "questionnaire: cx@1.0\ndate: 2026-05-19\nanswers:\n" + "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Make a site of four organisations: one set of answers, a panel, a hostile, a secret one."""
    folder = tmp_path_factory.mktemp("site")
    assessments = folder / "assessments"
    shipped = ROOT / "assessments"
    shutil.copytree(shipped / "questionnaires/cx", assessments / "questionnaires/cx")
    shutil.copytree(shipped / "benchmarks/illustrative-full", assessments / "benchmarks/simulated")
    customers = assessments / "questionnaires/customers/1.0/questionnaire.yaml"
    write(customers, CUSTOMERS.replace("FINGERPRINT", "0" * 16))
    with pytest.raises(Exception, match="fingerprint") as wrong:
        publish.build(folder)
    fingerprint = re.search(r"fingerprint is '([0-9a-f]+)'", str(wrong.value))[1]
    write(customers, CUSTOMERS.replace("FINGERPRINT", f'"{fingerprint}"'))
    organisations = assessments / "organisations"
    organisation(organisations / "one-set", "Saaristo Foods", fictional=True)
    write(organisations / "one-set/2026-05.yaml", answers_of_cx(3))
    write(organisations / "one-set/2025-05.yaml", answers_of_cx(2).replace("2026-", "2025-"))
    organisation(organisations / "voice", "Operator Three", country="SE")
    panel(organisations / "voice", 12)
    organisation(organisations / "hostile", HOSTILE)
    panel(organisations / "hostile", 4)
    organisation(organisations / "secret", "Hiidenkuru Capital", public=False)
    write(organisations / "secret/2026-05.yaml", answers_of_cx(4))
    article = 'Title: <b>News</b>\nDate: 2026-01-01\n\nHello <script src="x.js"></script>'
    write(folder / "content/articles/news.md", article + '<a href="javascript:x">there</a>\n')
    publish.build(folder)
    return folder


@pytest.fixture(scope="module")
def pages(root):
    """Return every page: its path in the site → its text."""
    output = (root / "output").resolve()
    return {
        str(file.relative_to(output)): file.read_text("utf-8") for file in output.rglob("*.html")
    }


def test_every_organisation_has_a_page_for_each_wave_and_for_the_newest(pages):
    assert {path for path in pages if path.startswith("organisations/")} == {
        "organisations/index.html",
        "organisations/one-set/2025-05/index.html",
        "organisations/one-set/2025-05/trace/index.html",
        "organisations/one-set/2026-05/index.html",
        "organisations/one-set/2026-05/trace/index.html",
        "organisations/one-set/index.html",
        "organisations/voice/2026-05/index.html",
        "organisations/voice/2026-05/trace/index.html",
        "organisations/voice/index.html",
        "organisations/hostile/2026-05/index.html",
        "organisations/hostile/2026-05/trace/index.html",
        "organisations/hostile/index.html",
    }


def test_nothing_of_a_report_stays_in_memory_once_it_is_written(root, tmp_path):
    """One report at a time: a thousand organisations need little more memory than one."""
    for name in ("assessments", "content"):
        shutil.copytree(root / name, tmp_path / name)
    kept = []

    def count(_done, _all):
        kept.append(sum(isinstance(each, Report) for each in gc.get_objects()))

    publish.build(tmp_path, progress=count)

    assert kept == [0, 0, 0]


def test_the_newest_report_names_the_page_it_is_a_copy_of(pages):
    newest = pages["organisations/one-set/index.html"]

    assert '<link rel="canonical" href="../../organisations/one-set/2026-05/index.html">' in newest
    assert "19 May 2026" in newest


def test_what_is_private_is_in_no_page(pages):
    everything = "\n".join(pages.values())

    for secret in ("Hiidenkuru", "secret", "between us only", "person-1"):
        assert secret not in everything, secret


def test_no_page_lets_anything_run_that_is_not_ours(pages):
    for path, page in pages.items():
        scripts = re.findall(r"<script[^>]*>", page)
        assert scripts in ([], ['<script src="../theme/js/organisations.js" defer>']), path
        assert not scripts or path == "organisations/index.html", path
        assert not re.search(r"<[^>]*\s(style|on\w+)=", page), path
        assert "javascript:" not in page, path
        assert (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "base-uri 'none'; form-action 'none'"
        ) in page, path


def test_a_name_is_text_wherever_it_stands(pages):
    page = pages["organisations/hostile/index.html"]

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in page
    assert "alert(1)</script>" not in page


def test_everything_a_page_loads_is_on_the_site(pages, root):
    for path, page in pages.items():
        here = (root / "output" / path).parent
        for target in re.findall(r'(?:href|src)="([^"#]*)', page):
            if target and not target.startswith("https://"):
                assert (here / target).is_file(), (path, target)


def test_simulated_peers_are_named_in_title_band_chart_and_source(pages):
    page = pages["organisations/one-set/index.html"]

    assert "(Illustrative peers)" in re.search("<title>(.*?)</title>", page)[1]
    assert "simulated. Do not quote" in page
    assert page.count('<b class="tag">Illustrative</b>') >= 5
    assert "Illustrative" not in pages["organisations/voice/index.html"]


def test_a_fictional_organisation_is_tagged_wherever_it_is_named(pages):
    tag = '<b class="tag">Fictional</b>'

    assert tag in pages["organisations/one-set/index.html"]
    assert tag in pages["organisations/one-set/2025-05/index.html"]
    assert pages["organisations/index.html"].count(tag) == 2
    assert tag not in pages["organisations/voice/index.html"]


def test_customers_with_two_depths_never_read_of_capabilities_or_foundations(pages):
    page = pages["organisations/voice/index.html"].casefold()

    for word in ("capabilit", "foundation", "self-assessed", "gate", "of 5"):
        assert word not in page, word


def test_a_preview_says_on_every_page_that_it_is_not_for_publication(root):
    publish.build(root, preview=True)
    pages = [file.read_text("utf-8") for file in (root / "preview").resolve().rglob("*.html")]

    assert any("Hiidenkuru" in page for page in pages)
    for page in pages:
        language = re.search(r'<html lang="(\w+)"', page)[1]
        assert f"{Words(language).text('Not for publication')}</title>" in page
        assert '<meta name="robots" content="noindex">' in page


def test_pages_are_light(pages, root):
    """Each with the style sheets that it names; every file compressed by itself."""
    for path, page in pages.items():
        named = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        here = (root / "output" / path).parent
        styles = sum(len(gzip.compress((here / name).read_bytes(), 9)) for name in named)
        assert named, path
        assert styles <= 8_000, path
        assert len(gzip.compress(page.encode(), 9)) + styles <= 60_000, path


# --- in a browser ------------------------------------------------------------

LOOKED_AT = (
    "index.html",
    "organisations/index.html",
    "organisations/one-set/index.html",
    "organisations/voice/index.html",
    "benchmarks/index.html",
    "method/cx/1.0/index.html",
    "articles/news/index.html",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Links in running text are exempt.
SMALL = """() => [...document.querySelectorAll('a, button, select, summary')]
  .filter(e => !e.closest('p:not(.buttons, .more), li p, dd, .prose, .skip'))
  .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
  .filter(([text, box]) => box.width && (box.height < 44 || box.width < 24))
  .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


def open_page(browser, root, path, width, scheme="light"):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto((root / "output" / path).resolve().as_uri())
    lay_out(page)
    return page


@pytest.mark.browser
@pytest.mark.parametrize("seen", [(1280, "light"), (320, "dark")])
@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_page_breaks_no_rule_of_accessibility(browser, root, screenshots, path, seen):
    from axe_playwright_python.sync_playwright import Axe

    width, scheme = seen
    page = open_page(browser, root, path, width, scheme)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    name = path.replace("/index.html", "").replace("/", "-").replace(".html", "")
    page.screenshot(path=screenshots / f"{name}-{width}-{scheme}.png", full_page=True)

    assert [rule["id"] for rule in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(SMALL) == []
    page.context.close()


@pytest.mark.browser
def test_the_board_s_page_is_one_sheet(browser, root, tmp_path):
    """The board is followed by a break: alone, it must print on exactly one page."""
    page = open_page(browser, root, "organisations/one-set/index.html", 1280)
    page.evaluate("document.querySelectorAll('.part').forEach(part => part.remove())")
    page.evaluate("document.querySelector('.board').style.breakAfter = 'auto'")

    sheet = page.pdf(path=tmp_path / "board.pdf", prefer_css_page_size=True)
    page.context.close()

    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


@pytest.mark.browser
def test_the_list_filters_by_industry_and_country_and_shows_all_without_a_script(browser, root):
    page = open_page(browser, root, "organisations/index.html", 1280)
    shown = page.locator(".list tbody tr:visible")
    page.select_option("#country", "SE")

    assert shown.all_inner_texts()[0].startswith("Operator Three")
    assert (shown.count(), page.inner_text("[role=status]")) == (1, "1 of 3 organisations shown.")
    assert page.locator("#industry").count() == 0  # all of one
    page.context.close()

    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((root / "output/organisations/index.html").resolve().as_uri())
    assert plain.locator(".list tbody tr:visible").count() == 3
    assert plain.locator("form:visible").count() == 0
    context.close()
