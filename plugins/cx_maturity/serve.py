"""Show a site on this machine and build it again whenever one of its files changes."""

from __future__ import annotations

import functools
import http.server
import threading
from typing import TYPE_CHECKING

from cx_maturity import publish
from cx_maturity.errors import SHOWN, ContentError, EnvironmentFailure

if TYPE_CHECKING:
    import io
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

WATCHED = ("assessments", "content", "theme", "plugins")
# Another name would be a page elsewhere that had its name point here, to read a preview.
HOSTS = {"", "127.0.0.1", "localhost"}


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
    Raises :class:`EnvironmentFailure` when the port cannot be had.
    """
    from watchfiles import watch

    folder = root / ("preview" if preview else "output")
    handler = functools.partial(_Quiet, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise EnvironmentFailure(
            f"port {port} cannot be used: {error.strerror}; choose another with --port"
        ) from None
    with server:
        _rebuild(root, report, preview=preview)
        print(f"http://127.0.0.1:{server.server_port}/ (Ctrl+C ends it)", flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        watched = [root / name for name in WATCHED if (root / name).exists()]
        try:
            for _ in watch(*watched, stop_event=stop):
                _rebuild(root, report, preview=preview)
        except KeyboardInterrupt:
            return
        finally:
            server.shutdown()


def _rebuild(root: Path, report: Callable[[publish.Built], None], *, preview: bool) -> None:
    try:
        report(publish.build(root, preview=preview))
    except ContentError as error:
        for problem in error.problems[:SHOWN]:
            print(problem)
        print(
            f"problems: {len(error.problems):,}; what was built before is still shown", flush=True
        )
    except (EnvironmentFailure, OSError) as error:
        print(error, flush=True)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each; pages are never kept by the browser."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer only who asks for this machine by one of its own names."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host in HOSTS:
            return super().send_head()
        self.send_error(http.HTTPStatus.MISDIRECTED_REQUEST)
        return None

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Ask the browser to fetch every page anew."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()
