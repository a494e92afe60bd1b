"""Show a site on this machine and build it again whenever one of its files changes."""

from __future__ import annotations

import functools
import http.server
import threading
from typing import TYPE_CHECKING

from cx_maturity import publish
from cx_maturity.errors import ContentError, EnvironmentFailure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WATCHED = ("assessments", "content", "theme", "plugins")


def serve(
    root: Path,
    *,
    preview: bool,
    port: int,
    report: Callable[[publish.Built], None],
    stop: threading.Event | None = None,
) -> None:
    """
    Build, listen on the loopback address at *port*, and rebuild until interrupted.

    A build that fails prints its problems; the site that stood before stays.
    *stop* ends it from another thread.
    """
    from watchfiles import watch

    _rebuild(root, report, preview=preview)
    folder = root / ("preview" if preview else "output")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"http://127.0.0.1:{server.server_port}/ (Ctrl+C ends it)", flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        watched = [root / name for name in WATCHED if (root / name).exists()]
        try:
            for _ in watch(*watched, stop_event=stop):
                _rebuild(root, report, preview=preview)
        finally:
            server.shutdown()


def _rebuild(root: Path, report: Callable[[publish.Built], None], *, preview: bool) -> None:
    try:
        report(publish.build(root, preview=preview))
    except ContentError as error:
        for problem in error.problems:
            print(problem)
    except EnvironmentFailure as error:
        print(error)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each; pages are never kept by the browser."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Ask the browser to fetch every page anew."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()
