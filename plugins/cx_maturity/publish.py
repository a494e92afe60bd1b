"""
Build a site and put it in place whole, or leave the old one standing.

check → a staging folder → every page of ours is there, untouched → ``output``, a
symbolic link, is replaced in one step.  This is the adapter that runs Pelican.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import hashlib
import json
import logging
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from cx_maturity import validate
from cx_maturity.errors import ContentError, EnvironmentFailure, Place, Problem, quoted
from cx_maturity.reading.basis import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cx_maturity.editions import Assessments
    from cx_maturity.model import Brand

# Where builds are made and kept; the links `output` and `preview` point into it.
WORKSHOP = ".site"
# Stands at the head of a site that has no settings of its own to say its name.
NEUTRAL_NAME = "Survey reports"
LINKS = ("output", "preview")
SETTINGS = "pelicanconf.py"


@dataclass(frozen=True, slots=True)
class Site:
    """What the generator needs: the records, whether to show all of them, whom to tell."""

    assessments: Assessments
    preview: bool
    progress: Callable[[int, int], None]
    # What we wrote: a page's path → the hash of its bytes, None where Pelican writes it.
    pages: dict[str, str | None] = field(default_factory=dict)
    brand: Brand | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    organisations: int
    pages: int
    warnings: list[Problem]
    seconds: float
    index: Path
    left_out: int = 0  # private organisations


def build(
    root: Path,
    *,
    preview: bool = False,
    strict: bool = False,
    settings: str = SETTINGS,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Built:
    """
    Build the site that lies in *root* into ``root/output``, or ``root/preview``.

    Raises :class:`ContentError` for anything wrong with the files (with *strict*
    for warnings too) and :class:`EnvironmentFailure` for the machine; in both
    cases the site that stood before still stands.
    """
    start = time.monotonic()
    shown, root = root, root.resolve()
    if not (root / "assessments").is_dir():
        message = "no such folder; name the folder that holds assessments/"
        raise ContentError([Problem(Place(root / "assessments"), "", message)])
    with _locked(root):
        assessments, warnings, brand = validate.site(root / "assessments", root / "content")
        everybody = len(assessments.organisations)
        _refuse_unsafe(root)
        if not preview:
            public = tuple(o for o in assessments.organisations if o.public)
            assessments = replace(assessments, organisations=public)
        site = Site(assessments, preview, progress, brand=brand)
        link = root / ("preview" if preview else "output")
        _refuse_foreign(link)
        staging = Path(tempfile.mkdtemp(prefix=f"{link.name}-", dir=root / WORKSHOP))
        warnings = [*warnings, *_run_pelican(root, settings, staging, site)]
        if strict and warnings:
            raise ContentError(replace(warning, is_warning=False) for warning in warnings)
        _set_modes(staging, private=preview)
        found = _hashes(staging)
        _verify(found, site, root / settings)
        _write_manifest(root / WORKSHOP / f"{link.name}.json", found, private=preview)
        _swap(link, staging)
    return Built(
        len(assessments.organisations),
        sum(1 for name in found if name.endswith(".html")),
        warnings,
        time.monotonic() - start,
        shown / link.name / "index.html",
        everybody - len(assessments.organisations),
    )


# --- the workshop ------------------------------------------------------------


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the workshop's lock; the kernel lets go of it when the process ends, however it ends."""
    workshop = root / WORKSHOP
    if workshop.is_symlink() or (workshop.exists() and not workshop.is_dir()):
        raise EnvironmentFailure(
            f"{workshop} was not made by this program; move it away or delete it"
        )
    if not workshop.exists():
        workshop.mkdir(exist_ok=True)
        # A web server has to get through, whatever the umask; a preview has a mode of its own.
        workshop.chmod(0o755)
    # A link here would have us empty the file it points at.
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(workshop / "lock", flags, 0o644), "r+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            who = handle.read().strip() or "another process"
            raise EnvironmentFailure(
                f"{who} is building this site; wait until it is done"
            ) from None
        handle.truncate(0)
        handle.write(f"process {os.getpid()}")
        handle.flush()
        # Both times: a build that was killed had no chance to clear up after itself.
        _clear(root)
        try:
            yield
        finally:
            _clear(root)


def _clear(root: Path) -> None:
    """Delete every build that no link points at: the site of before, or one left half made."""
    links = [root / name for name in LINKS]
    shown = {link.readlink().name for link in links if link.is_symlink()}
    for name in LINKS:
        for folder in (root / WORKSHOP).glob(f"{name}-*"):
            if folder.name not in shown:
                shutil.rmtree(folder, ignore_errors=True)


def _refuse_foreign(link: Path) -> None:
    if link.is_symlink():
        if link.readlink().parts[:1] != (WORKSHOP,):
            raise EnvironmentFailure(
                f"{link} is a link that this program did not make; move it away"
            )
    elif link.exists():
        raise EnvironmentFailure(f"{link} was not made by this program; move it away or delete it")


def _refuse_unsafe(root: Path) -> None:
    """Refuse links, which could carry any file into the site, and a theme without its base."""
    tops = [top for top in (root / "content", root / "theme") if top.is_symlink() or top.is_dir()]
    links = [path for top in tops for path in (top, *top.rglob("*")) if path.is_symlink()]
    message = "symbolic links are not followed; put what it points to here"
    # A name with a dot in front and nothing behind it is how editors mark an open file.
    wrong = [path for path in links if path.exists() or not path.name.startswith(".")]
    if wrong:
        raise ContentError(Problem(Place(path), "", message) for path in sorted(wrong))
    theme = root / "theme"
    # Pelican would fill the gap with a theme of its own, which knows neither our words nor our CSP.
    if theme.is_dir() and not (theme / "templates" / "base.html").is_file():
        message = "no templates/base.html in here; begin with the shipped theme, or delete this one"
        raise ContentError([Problem(Place(theme), "", message)])


def _set_modes(staging: Path, *, private: bool) -> None:
    """Give every file the mode that its readers need, whatever the umask."""
    folder, file = (0o700, 0o600) if private else (0o755, 0o644)
    for path in (staging, *staging.rglob("*")):
        path.chmod(folder if path.is_dir() else file)


def _hashes(staging: Path) -> dict[str, str]:
    return {
        path.relative_to(staging).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(staging.rglob("*"))
        if path.is_file()
    }


def _verify(found: dict[str, str], site: Site, settings: Path) -> None:
    """Refuse a build that lacks a page of ours, or in which something was written over one."""
    if not site.pages:
        raise RuntimeError("no page was written")
    message = "these settings keep this page from being written, or put something in its place"
    wrong = [
        Problem(Place(settings), page, message)
        for page, digest in site.pages.items()
        if page not in found or digest not in {None, found[page]}
    ]
    if wrong:
        raise ContentError(wrong)


def _write_manifest(path: Path, found: dict[str, str], *, private: bool) -> None:
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_text(json.dumps(found, indent=0), "utf-8")
    if not private:
        path.chmod(0o644)


def _swap(link: Path, staging: Path) -> None:
    """Point *link* at *staging* in one step."""
    new = staging.parent / f"{link.name}.new"
    new.unlink(missing_ok=True)
    new.symlink_to(Path(WORKSHOP) / staging.name, target_is_directory=True)
    new.replace(link)


# --- Pelican -----------------------------------------------------------------


class _Collected(logging.Handler):
    """Keeps what Pelican logs as wrong, which it would otherwise only print."""

    def __init__(self, content: Path, settings: Path) -> None:
        super().__init__(logging.WARNING)
        self.content = content
        self.settings = settings
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = " ".join(record.getMessage().split())
        if record.funcName in {"copy_file", "walk_error"}:
            raise EnvironmentFailure(text)
        cause = record.exc_info[1] if record.exc_info else None
        text = f"{text}: {cause}" if cause else text
        # A link to nowhere is the one thing that Pelican warns of and readers would meet.
        is_warning = record.levelno == logging.WARNING and not text.startswith("Unable to find")
        self.problems.append(Problem(self._place(record), "", text, is_warning=is_warning))

    def _place(self, record: logging.LogRecord) -> Place:
        """Find the file that the message names, or the line with the link it could not find."""
        named = [str(each) for each in record.args or ()]
        for path in (self.content / name for name in named):
            if path.is_file():
                return Place(path)
        for path in sorted(self.content.rglob("*")):
            if path.is_file() and record.funcName == "_link_replacer":
                lines = path.read_text("utf-8", errors="replace").splitlines()
                for number, line in enumerate(lines, start=1):
                    if any(f"}}{name}" in line or f"|{name}" in line for name in named):
                        return Place(path, number)
        return Place(self.settings)


def _run_pelican(root: Path, name: str, staging: Path, site: Site) -> list[Problem]:
    """Write all pages to *staging*; returns the warnings."""
    import pelican
    from pelican.log import LimitFilter

    overrides = _overrides(root, staging, site)
    collected = _Collected(Path(overrides["PATH"]), root / name)
    # Said in every build, not only in the first of a long run of `serve`.
    LimitFilter.LOGS_DEDUP_MIN_LEVEL = logging.INFO
    logger = logging.getLogger("pelican")
    logger.addHandler(collected)
    logger.propagate = False
    pelican.console.quiet = True
    # What was read stays to the end: looking through all of it again and again for garbage took
    # a twentieth of the build.  The generator has what each organisation leaves behind collected.
    gc.freeze()
    gc.disable()
    try:
        settings = _settings(root, name, overrides)
        pelican.Pelican(settings).run()
    except (ContentError, EnvironmentFailure):
        raise
    except Exception as error:
        problem = _site_s_own(error, root, root / name)
        if problem is None:
            raise
        raise ContentError(
            [*(p for p in collected.problems if not p.is_warning), problem]
        ) from None
    finally:
        gc.enable()
        gc.unfreeze()
        logger.removeHandler(collected)
        logger.propagate = True
    errors = [problem for problem in collected.problems if not problem.is_warning]
    if errors:
        raise ContentError(sorted(set(errors)))
    return sorted(set(collected.problems))


def _site_s_own(error: Exception, root: Path, settings: Path) -> Problem | None:
    """Return what is wrong with the site's theme or settings, or None when it is our mistake."""
    import jinja2
    import markupsafe
    import pelican
    from pelican.generators import PelicanTemplateNotFound
    from pelican.writers import FileOverwriteFailedError

    text = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, jinja2.TemplateNotFound):
        text = f"no template {quoted(text)}"  # which calls itself an error of the machine
    elif isinstance(error, OSError):
        return None
    if isinstance(error, PelicanTemplateNotFound):
        return Problem(Place(root / "theme"), "", text)
    if isinstance(error, FileOverwriteFailedError) or "break out of output" in text:
        return Problem(Place(settings), "", f"{text}; change the setting that names this file")
    own = (root / "theme", root / "content", settings)
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        spots = [(Path(error.filename), error.lineno)]
    else:
        frames = traceback.extract_tb(error.__traceback__)
        spots = [(Path(frame.filename), frame.lineno or 1) for frame in frames]
    libraries = [Path(str(library.__file__)).parent for library in (jinja2, markupsafe, pelican)]
    ours = [
        (path, line)
        for path, line in spots
        if path.is_absolute() and not any(path.is_relative_to(top) for top in libraries)
    ]
    path, line = ours[-1] if ours else (Path(), 1)
    if any(path.is_relative_to(top) for top in own):
        return Problem(Place(path, line), "", text)
    if isinstance(error, jinja2.TemplateNotFound) and path == Path(__file__):
        return Problem(Place(settings), "", text)  # no template asked for it
    return None


# Folders below the site's own; one that leads out of it could carry anything into the output.
_INSIDE = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "THEME_STATIC_PATHS")


def _settings(root: Path, name: str, overrides: dict[str, Any]) -> dict[str, Any]:
    """Return Pelican's settings: the site's, or those we ship, and on top what is the build's."""
    from pelican.settings import read_settings

    path = root / name
    if not path.is_file():
        path = _shipped(SETTINGS)
    own = _executed(path)
    if path != root / name:
        own = {**own, "SITENAME": NEUTRAL_NAME}
    try:
        problems = [
            Problem(Place(path, _line_of(path, key)), key, message)
            for key, message in _settings_problems(own, root)
        ]
        settings = dict(read_settings(override={**own, **overrides}))
    except Exception as error:  # noqa: BLE001 - a value of another kind than Pelican's
        problems = [Problem(Place(path), "", f"{type(error).__name__}: {error}")]
    if problems:
        raise ContentError(sorted(problems))
    return settings


def _executed(path: Path) -> dict[str, Any]:
    """Run the settings file; it may import another that lies beside it."""
    from pelican.settings import get_settings_from_file

    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(path.parent))
    for name in (path.stem, PurePath(SETTINGS).stem):
        sys.modules.pop(name, None)
    try:
        return dict(get_settings_from_file(str(path)))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it is somebody's program
        lines = [
            f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)
        ]
        line = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else 1
        message = f"{type(error).__name__}: {getattr(error, 'msg', None) or error}"
        raise ContentError([Problem(Place(path, line or 1), "", message)]) from None
    finally:
        sys.path.remove(str(path.parent))
        sys.dont_write_bytecode = kept


def _settings_problems(own: dict[str, Any], root: Path) -> Iterator[tuple[str, str]]:
    """Yield each setting that a build would have to ignore, or could not keep its promises with."""
    for key, folder in (("PATH", "content"), ("THEME", "theme"), ("OUTPUT_PATH", "output")):
        if os.path.normpath(root / str(own.get(key, folder))) != str(root / folder):
            yield key, f"a build uses the folder {folder}/ and no other; leave this out"
    if list(own.get("PLUGINS") or []) not in ([], ["cx_maturity.generator"]):
        yield "PLUGINS", "a build runs no other plugin than 'cx_maturity.generator'"
    language = str(own.get("DEFAULT_LANG", "en"))
    if language not in SPOKEN:
        yield "DEFAULT_LANG", f"{quoted(language)} is not one of {', '.join(SPOKEN)}"
    if own.get("THEME_STATIC_DIR", "theme") != "theme":
        yield "THEME_STATIC_DIR", "every page looks for its styles in theme/; leave this out"
    for key in _INSIDE:
        for each in own.get(key) or []:
            if PurePath(each).is_absolute() or ".." in PurePath(each).parts:
                yield key, f"{quoted(str(each))} leads out of the site; name a folder inside"


def _line_of(path: Path, key: str) -> int:
    lines = path.read_text("utf-8", errors="replace").splitlines()
    found = (n for n, line in enumerate(lines, start=1) if re.match(rf"\s*{key}\b", line))
    return next(found, 1)


def _overrides(root: Path, staging: Path, site: Site) -> dict[str, Any]:
    """Return the settings that are the build's own, whatever a site's settings say."""
    content = root / "content"
    if not content.is_dir():
        content = root / WORKSHOP / "content"
        content.mkdir(exist_ok=True)
    own_theme = root / "theme"
    return {
        "PATH": str(content),
        "OUTPUT_PATH": str(staging),
        "THEME": str(own_theme if own_theme.is_dir() else _shipped("theme")),
        "PLUGINS": ["cx_maturity.generator"],
        "PLUGIN_PATHS": [],
        "DELETE_OUTPUT_DIRECTORY": False,
        "CACHE_CONTENT": False,
        "LOAD_CONTENT_CACHE": False,
        # Copies, never links; no sources, which would hold what the pages leave out.
        "STATIC_CREATE_LINKS": False,
        "STATIC_CHECK_IF_MODIFIED": False,
        "OUTPUT_SOURCES": False,
        # Neither may depend on the machine's language, nor on what the clock says.
        "LOCALE": ["C.UTF-8", "C"],
        "WITH_FUTURE_DATES": True,
        # A text may not pull in a file, nor markup that nobody cleaned.
        "DOCUTILS_SETTINGS": {"file_insertion_enabled": False, "raw_enabled": False},
        "DEBUG": True,  # the reason stands beside "could not process"
        "CX_MATURITY": site,
    }


def _shipped(name: str) -> Path:
    """Return a file or folder of the checkout that the wheel carries inside the package."""
    package = Path(__file__).resolve().parent
    return package / name if (package / name).exists() else package.parents[1] / name
