"""The printed report: A4 and Letter, the board's page alone on the first, nothing torn apart."""

import re

import pytest

pytestmark = pytest.mark.browser

PAPERS = ("A4", "Letter")
CONTROLS = "nav:visible, button:visible, select:visible, summary:visible, .links:visible"


@pytest.fixture(scope="module")
def newest(built):
    """Return the newest report of every organisation of the sample site, in each language."""
    found = built.resolve().glob("organisations/*/index.html")
    others = built.resolve().glob("organisations/*/[a-z][a-z]/index.html")
    return sorted([*found, *others])


def printed(browser, path, paper, target):
    """Print *path* to *target* and return what was printed: the text of each page."""
    from pypdf import PdfReader

    page = browser.new_page()
    page.goto(path.as_uri())
    page.pdf(path=target, format=paper)
    page.close()
    return [each.extract_text() for each in PdfReader(target).pages]


def squeezed(text):
    """Return *text* without spaces and joiners: a printed line may break anywhere."""
    return re.sub(r"[\s\u2060]+", "", text)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_board_s_page_is_exactly_the_first(browser, newest, paper, tmp_path):
    wrong = []
    for path in newest:
        pages = [squeezed(text) for text in printed(browser, path, paper, tmp_path / "report.pdf")]
        html = browser.new_page()
        html.goto(path.as_uri())
        last = squeezed(html.locator(".board .basis").inner_text())
        first_part = squeezed(html.locator("section.part h2").first.inner_text())
        html.close()
        if last not in pages[0]:
            wrong.append(f"{path.parent.name}: the board's page does not end on page 1")
        if first_part not in pages[1]:
            wrong.append(f"{path.parent.name}: the first part does not begin on page 2")

    assert wrong == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_says_whose_it_is_and_which_it_is(browser, newest, paper, tmp_path):
    for path in newest[:3]:
        pages = printed(browser, path, paper, tmp_path / "report.pdf")
        html = browser.new_page()
        html.goto(path.as_uri())
        running = squeezed(html.locator(".running").first.text_content())
        head = squeezed(html.locator("html").get_attribute("data-head"))
        of = squeezed(html.locator("html").get_attribute("data-of"))
        html.close()
        for number, text in enumerate(pages, start=1):
            assert f"{number}{of}{len(pages)}" in squeezed(text), (path.parent.name, number)
            assert running in squeezed(text), (path.parent.name, number)
            assert head in squeezed(text), (path.parent.name, number)


def test_no_chart_is_torn_and_no_control_is_printed(browser, newest, tmp_path):
    """A figure's words stand on one page: the first and the last of each drawing."""
    torn = []
    for path in newest:
        pages = [squeezed(text) for text in printed(browser, path, "A4", tmp_path / "report.pdf")]
        html = browser.new_page(viewport={"width": 673, "height": 1005})
        html.goto(path.as_uri())
        html.emulate_media(media="print")
        assert html.locator(CONTROLS).count() == 0, path
        figures = html.evaluate(
            """() => [...document.querySelectorAll('figure svg')]
                .filter(s => s.checkVisibility())
                .map(s => [...s.querySelectorAll('text')].map(t => t.textContent)
                  .filter(t => t.trim().length > 6))"""
        )
        html.close()
        for words in figures:
            on = [
                {n for n, text in enumerate(pages) if squeezed(word) in text} for word in set(words)
            ]
            if on and not set.intersection(*on):
                torn.append(f"{path.parent.name}: {words[:3]}")

    assert torn == []
