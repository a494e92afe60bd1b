"""Every kind of page in a real browser: nothing broken, cut, or fetched from outside."""

import re
from pathlib import Path

import pytest
from tests.conftest import lay_out

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = {"1280": (1280, 900), "320": (320, 640)}

# Every kind of page once, and every kind of report.
PAGES = {
    "home": "",
    "list": "organisations/",
    "report-panel": "organisations/lindvik-bank/",
    "benchmarks": "benchmarks/",
    "method": "method/cx/1.0/",
}

# Words of charts that are cut by their frame, or lie over each other.
LABELS = """() => [...document.querySelectorAll('svg')].filter(s => s.checkVisibility())
  .flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')]
      .map(t => [t.getBoundingClientRect(), t.textContent])
      .filter(([r, s]) => s.trim() && r.width > 0);
    const cut = texts.filter(([r]) =>
      r.left < frame.left - 1 || r.right > frame.right + 1 ||
      r.top < frame.top - 1 || r.bottom > frame.bottom + 1)
      .map(([, s]) => 'cut: ' + s);
    const over = texts.flatMap(([a, s], i) => texts.slice(i + 1)
      .filter(([b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
      .map(([, other]) => 'over each other: ' + s + ' | ' + other));
    return [...cut, ...over];
  })"""

pytestmark = pytest.mark.browser


def kinds(built):
    """Yield (name, path) of one page of every kind and of every sample report."""
    yield from PAGES.items()
    for folder in ("articles", "guides"):
        for page in sorted((built / folder).glob("*/index.html"))[:1]:
            yield folder, f"{folder}/{page.parent.name}/"
    for page in sorted((built / "organisations").glob("*/*/index.html")):
        organisation, wave = page.parent.parent.name, page.parent.name
        yield f"report-{organisation}-{wave}", f"organisations/{organisation}/{wave}/"


@pytest.fixture(params=WIDTHS)
def opened(request, browser):
    """Open pages at one width; collects every request and every message of the console."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.wide = request.param
    page.requested, page.said = [], []
    page.on("request", lambda asked: page.requested.append(asked.url))
    page.on("console", lambda message: page.said.append(message.text))
    yield page
    context.close()


def test_no_page_breaks_an_accessibility_rule(opened, address, built):
    """Rules of WCAG 2.2 A and AA and best practice, as axe-core knows them."""
    from axe_playwright_python.sync_playwright import Axe

    axe, broken = Axe(), []
    # axe works by adding a script, which the pages' own policy rightly refuses.
    context = opened.context.browser.new_context(viewport=opened.viewport_size, bypass_csp=True)
    page = context.new_page()
    for name, path in kinds(built):
        page.goto(address + path)
        lay_out(page)
        for violation in axe.run(page).response["violations"]:
            nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            broken.append(f"{name} at {opened.wide}: {violation['id']}: {nodes}")
    context.close()

    assert broken == []


def test_no_page_asks_another_host_or_breaks_its_policy(opened, address, built):
    for _, path in kinds(built):
        opened.goto(address + path)
        opened.wait_for_load_state("networkidle")

    assert [url for url in opened.requested if not url.startswith((address, "data:"))] == []
    assert opened.said == []


def test_no_page_scrolls_sideways(opened, address, built, sideways):
    wide = {}
    for name, path in kinds(built):
        opened.goto(address + path)
        wide[name] = sideways(opened)

    assert {name: said for name, said in wide.items() if said} == {}


@pytest.mark.parametrize("width", [720, 860, 980, 1120])
def test_no_report_in_any_language_sticks_out_at_a_width_where_it_changes(
    browser, address, built, sideways, width
):
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide = {}
    for path in sorted((built / "organisations").glob("*/index.html")) + sorted(
        (built / "organisations").glob("*/??/index.html")
    ):
        name = path.parent.relative_to(built).as_posix()
        page.goto(f"{address}{name}/")
        wide[name] = sideways(page)
    page.close()

    assert {name: said for name, said in wide.items() if said} == {}


def test_every_control_can_be_hit_with_a_thumb(opened, address, built):
    """44 px each way; links within prose are exempt, as in WCAG 2.5.8."""
    small = []
    for name, path in kinds(built):
        opened.goto(address + path)
        small += [
            f"{name} at {opened.wide}: {found}"
            for found in opened.evaluate(
                """() => [...document.querySelectorAll(
                    'button, select, input, summary, header a, nav a')]
                  .filter(e => e.checkVisibility())
                  .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
                  .filter(([r]) => r.height > 0 && r.height < 44)
                  .map(([r, html]) => Math.round(r.height) + ' px ' + html)"""
            )
        ]

    assert small == []


def test_no_word_of_a_chart_is_cut_or_covers_another(opened, address, built):
    """Boxes of the words as the browser draws them, in the frame that is shown at this width."""
    wrong = []
    for name, path in kinds(built):
        opened.goto(address + path)
        wrong += [f"{name} at {opened.wide}: {found}" for found in opened.evaluate(LABELS)]

    assert wrong == []


def test_pictures_of_every_page_are_kept(opened, address, built, screenshots):
    for name, path in kinds(built):
        opened.goto(address + path)
        opened.screenshot(path=screenshots / f"{name}-{opened.wide}.png", full_page=True)

        assert (screenshots / f"{name}-{opened.wide}.png").stat().st_size > 10_000


def test_a_report_carries_no_script_and_prints_without_controls(
    browser, address, built, screenshots
):
    page = browser.new_page()
    for name, path in kinds(built):
        if not name.startswith("report"):
            continue
        page.goto(address + path)
        assert page.locator("script").count() == 0, name
    page.goto(address + PAGES["report-panel"])
    page.emulate_media(media="print")

    assert page.locator("nav:visible, button:visible, select:visible").count() == 0
    page.pdf(path=screenshots / "report-print.pdf", format="A4", prefer_css_page_size=True)
    page.close()


def test_every_score_leads_to_where_it_is_explained(built):
    """Each link's place exists on the page it names, and no two names lead to different places."""
    lost, count = [], 0
    for page in sorted((built / "organisations").glob("*/*/index.html")):
        text = page.read_text("utf-8")
        links = re.findall(r'<a class="traced" href="([^"#]*)#([^"]*)" aria-label="([^"]*)"', text)
        count += len(links)
        places = {
            path: set(re.findall(r' id="([^"]*)"', (page.parent / path).read_text("utf-8")))
            for path, _, _ in links
        }
        lost += [f"{page}: {path}#{name}" for path, name, _ in links if name not in places[path]]
        assert len({said for _, _, said in links}) == len({*links}), page

    assert lost == []
    assert count > 100


def test_a_score_s_link_has_the_colour_of_the_table_and_a_line_but_not_in_print(browser, address):
    page = browser.new_page()
    page.goto(address + "organisations/tuulentupa-stores/")
    link = page.locator("#people a.traced").first
    look = """link => {
      const { textDecorationLine, textDecorationStyle, color } = getComputedStyle(link);
      return [textDecorationLine, textDecorationStyle, color];
    }"""
    cell = link.locator("xpath=..").evaluate("cell => getComputedStyle(cell).color")
    plain = link.evaluate(look)
    link.focus()
    focused = link.evaluate(look)
    page.emulate_media(media="print")
    link.blur()

    assert plain == ["underline", "dotted", cell]
    assert focused[:2] == ["underline", "solid"]
    assert link.evaluate(look)[0] == "none"
    assert page.get_by_text("Select a score to see where it comes from.").is_hidden()
    page.close()


def test_a_folded_question_is_where_its_link_leads(browser, address):
    page = browser.new_page()
    page.goto(address + "organisations/tuulentupa-stores/2026-05/trace/")
    page.locator("a[href^='#question-']").first.click()

    assert page.locator(".origin:target").is_visible()
    page.close()


def test_who_sees_it_how_is_whole_at_every_width(opened, address):
    """Tables of roles and views fold into rows of labels and values on a phone."""
    opened.goto(address + "organisations/tuulentupa-stores/")
    part = opened.locator("#people")

    assert part.locator("table").count() == 4  # two roles, all roles, units, questions
    assert part.locator("td:visible").count() == part.locator("td:not(.w)").count() + (
        part.locator("td.w").count() if opened.wide == "1280" else 0
    )


SEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = at.getBoundingClientRect();
  return box.height > 0 && box.bottom > 0 && box.top < innerHeight ? '' : at.textContent.trim();
}"""


def test_who_walks_a_page_by_keyboard_always_sees_where_they_are(opened, address):
    """Parts that are not laid out before they are reached must not leave the focus behind."""
    for path in (*PAGES.values(), "organisations/tuulentupa-stores/2026-05/trace/"):
        opened.goto(address + path)
        stops = opened.locator("a[href]:visible, button:visible, select:visible, summary:visible")
        unseen, walked = [], 0
        for _ in range(60):
            opened.keyboard.press("Tab")
            seen = opened.evaluate(SEEN)
            if seen is None:
                break
            walked += 1
            if seen:
                opened.wait_for_timeout(200)  # a slow machine scrolls a moment later
                seen = opened.evaluate(SEEN)
            unseen += [seen] if seen else []
        assert unseen == [], path
        assert walked >= min(60, stops.count()), path


def test_every_line_of_the_contents_leads_to_the_top_of_its_part(opened, address):
    opened.goto(address + "organisations/tuulentupa-stores/")
    links = opened.locator("#contents ol a")
    tops = {}
    for place in range(links.count()):
        opened.goto(address + "organisations/tuulentupa-stores/")
        part = links.nth(place).get_attribute("href")
        links.nth(place).click()
        opened.wait_for_timeout(200)
        tops[part] = opened.evaluate(
            f"document.querySelector('{part}').getBoundingClientRect().top"
        )

    assert len(tops) >= 9
    assert {part: top for part, top in tops.items() if not 0 <= top <= 20} == {}


def test_the_list_filters_with_a_script_and_is_whole_without(browser, address):
    page = browser.new_page()
    page.goto(address + PAGES["list"])
    rows = page.locator("tbody tr:visible")
    everybody = rows.count()
    page.get_by_label("Country").select_option("FI")
    finnish = rows.count()
    page.close()
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + PAGES["list"])

    assert 0 < finnish < everybody
    assert plain.locator("tbody tr:visible").count() == everybody
    assert plain.locator("select:visible").count() == 0
    context.close()


def test_the_home_page_opens_from_the_file_system(browser, built):
    """A consultant hands over the folder; styles and links work without a server."""
    page = browser.new_page()
    page.goto((built / "index.html").resolve().as_uri())
    font = page.evaluate("getComputedStyle(document.body).fontFamily")
    page.get_by_role("link", name="Organisations").first.click()

    assert "Liberation Sans" in font
    assert page.url.endswith("organisations/index.html")
    page.close()


def test_a_page_weighs_at_most_sixty_kilobytes(built):
    """Compressed file by file, with the style sheets and scripts that the page names."""
    import gzip

    def weight(path):
        return len(gzip.compress(path.read_bytes(), 9))

    heavy = {}
    for page in built.resolve().rglob("*.html"):
        html = page.read_text("utf-8")
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
        scripts = re.findall(r'<script[^>]* src="([^"]+)"', html)
        weights = [sum(weight(page.parent / name) for name in some) for some in (styles, scripts)]
        if weights[0] > 8_000 or weight(page) + sum(weights) > 60_000:
            heavy[str(page)] = (weight(page), *weights)

    assert heavy == {}
