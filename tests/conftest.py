"""What the tests share: one browser, fixed surroundings, and a word on what was left out."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM = shutil.which(os.environ.get("CX_MATURITY_CHROMIUM", "")) or next(
    (found for found in map(shutil.which, ("/usr/bin/chromium", *NAMES)) if found), None
)
NO_CHROMIUM = "no Chromium: none on the path, and CX_MATURITY_CHROMIUM names none"

# A slow machine is no bug, and on CI the same commit gets the same examples.
settings.register_profile("cx", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("cx")

# What a command prints must not depend on the terminal the tests were started from.
os.environ.update(COLUMNS="100", NO_COLOR="1")
os.environ.pop("FORCE_COLOR", None)


def pytest_runtest_setup(item):
    """Leave out what needs Chromium where there is none; fail it where all is required."""
    if CHROMIUM or not item.get_closest_marker("browser"):
        return
    if os.environ.get("CX_MATURITY_REQUIRE_ALL") == "1":
        pytest.fail(f"{NO_CHROMIUM}, and CX_MATURITY_REQUIRE_ALL is set", pytrace=False)
    pytest.skip(NO_CHROMIUM)


def pytest_terminal_summary(terminalreporter):
    """Say at the end how many tests were left out for want of a browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum("browser" in report.keywords for report in skipped)
    if count and not CHROMIUM:
        terminalreporter.write_line(f"left out: {count} tests marked browser ({NO_CHROMIUM})")


@pytest.fixture(scope="session")
def browser():
    """Start Chromium once; ``browser.new_page(viewport=...)`` opens a page of its own."""
    from playwright.sync_api import sync_playwright

    # The sandbox cannot start as root, as CI machines run; only our own pages are opened.
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


def lay_out(page):
    """
    Lay an opened page out to its end, as whoever reads all of it sees it.

    A part that nobody has reached has a guessed height, and what is measured in it may lie over
    the next.
    """
    page.evaluate(
        "document.querySelectorAll('main > .part, .origin')"
        ".forEach(part => part.style.contentVisibility = 'visible')"
    )


# Whatever is wider than the page, or than its part: a part that is only laid out when it is reached
# cuts what sticks out of it, so that the page itself is not wider.
SIDEWAYS = """() => {
  const parts = [...document.querySelectorAll('main > .part, main > section, .origin')];
  const page = document.documentElement;
  const said = page.scrollWidth > page.clientWidth ? ['the page: ' + page.scrollWidth] : [];
  return said.concat(parts.flatMap(part => {
    const right = part.getBoundingClientRect().right + 1;
    const out = [...part.querySelectorAll('*')].find(e => !e.closest('.sr, .traced, svg *')
      && e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().right > right);
    return out ? [part.id + ': ' + out.tagName + ' ' + out.textContent.trim().slice(0, 40)] : [];
  }));
}"""


@pytest.fixture(scope="session")
def sideways():
    """Return what tells of an opened page what sticks out of it, or of one of its parts."""

    def found(page):
        lay_out(page)
        return page.evaluate(SIDEWAYS)

    return found


@pytest.fixture(scope="session")
def screenshots():
    """Return the folder whose pictures CI keeps, for a person to look at."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Build the sample site once and return its folder."""
    root = tmp_path_factory.mktemp("site")
    for name in ("assessments", "content", "theme"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pelicanconf.py", root)
    done = subprocess.run(
        [sys.executable, "-m", "cx_maturity", "build"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "output"


@pytest.fixture(scope="session")
def address(built):
    """Serve the built site on the loopback address for as long as the tests run."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(built))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
