"""
Run Lighthouse on pages of the built sample site and print what it says of each.

    npm install --prefix ~/lighthouse lighthouse@12
    python3 tasks.py build
    python benchmarks/lighthouse.py ~/lighthouse/node_modules/.bin/lighthouse
    python benchmarks/lighthouse.py LIGHTHOUSE --runs 5 organisations/tuulentupa-stores/index.html

The site in output/ is served on the loopback interface, compressed as static hosts serve it.
Lighthouse pretends to be a slow telephone; its figures depend on how busy the machine is, so each
page is loaded several times, and every run is printed.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import subprocess
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "organisations/tuulentupa-stores/index.html",
    "organisations/tuulentupa-stores/fi/index.html",
    "organisations/tuulentupa-stores/2026-05/trace/index.html",
    "organisations/index.html",
    "benchmarks/index.html",
    "method/cx/1.0/index.html",
    "index.html",
)
CHROME = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Serves a folder compressed, and keeps connections open."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""

    def do_GET(self) -> None:
        """Send one file, or the index of a folder."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def judged(lighthouse: str, url: str, out: Path) -> str:
    """Return what Lighthouse says of one load of a page."""
    command = [
        *(lighthouse, url, "--quiet", "--output=json", f"--output-path={out}"),
        *("--only-categories=performance,accessibility", f"--chrome-flags={CHROME}"),
    ]
    subprocess.run(command, check=True, timeout=180)
    said = json.loads(out.read_text("utf-8"))
    scores = {name: round(each["score"] * 100) for name, each in said["categories"].items()}
    blocked = said["audits"]["total-blocking-time"]["numericValue"]
    shift = said["audits"]["cumulative-layout-shift"]["numericValue"]
    performance, access = scores["performance"], scores["accessibility"]
    return f"{performance:>11} {access:>13} {blocked:>8.0f} ms {shift:>8.3f}"


def main() -> None:
    """Load every page several times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("lighthouse", help="the program, from npm")
    parser.add_argument("pages", nargs="*", default=PAGES, help="pages, from the site's root")
    parser.add_argument("--site", type=Path, default=ROOT / "output", help="the built site")
    parser.add_argument("--runs", type=int, default=3, help="loads of each page (3)")
    given = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory() as folder:
        serve = functools.partial(Compressed, directory=given.site)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print("performance accessibility     blocked    shift  page")
        for page in given.pages:
            for _ in range(given.runs):
                url = f"http://127.0.0.1:{server.server_port}/{page}"
                said = judged(given.lighthouse, url, Path(folder) / "said.json")
                print(f"{said}  {page}", flush=True)
        server.shutdown()


if __name__ == "__main__":
    main()
