"""What a careless or hostile hand may put beside the answers, and what the machine may do."""

import http.client
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cx_maturity import publish, serve
from cx_maturity.__main__ import main
from cx_maturity.errors import ContentError, EnvironmentFailure

ROOT = Path(__file__).resolve().parent.parent
HEAD = "Title: News\nDate: 2026-01-01\n"
NOTE = "zqwhisper kept between us"
QUESTIONS = "\n".join(
    f"  {question}.{aspect}: {{answer: 3, note: {NOTE}}}"
    for question in ("culture.presence", "culture.employees", "strategy.insight")
    for aspect in ("say", "do")
)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def organisation(root, name, title, *, publish, waves=1):
    folder = root / "assessments/organisations" / name
    write(folder / "organisation.yaml", f"name: {title}\ncountry: NO\npublish: {publish}\n")
    for year in range(2026 - waves, 2026):
        head = f"questionnaire: cx@1.0\ndate: {year}-05-19\nanswers:\n"
        write(folder / f"{year}-05.yaml", f"{head}{QUESTIONS}\n")


def make(root):
    shutil.copytree(ROOT / "assessments/questionnaires", root / "assessments/questionnaires")
    organisation(root, "open-house", "Open House", publish="public")
    organisation(root, "zq-hidden-zq", "Zqhidden Holding", publish="private")
    return root


def run(site, *arguments, **options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, *options.pop("flags", ()), "-m", "cx_maturity", *arguments],
        cwd=site,
        env={key: value for key, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **options,
    )


def contents(folder):
    """Return every file below *folder*, links unread, with its bytes."""
    return {
        str(path.relative_to(folder)): path.readlink() if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


@pytest.fixture
def site(tmp_path):
    return make(tmp_path / "site")


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """Build a site once; no test may change what it shows."""
    root = make(tmp_path_factory.mktemp("hostile") / "site")
    publish.build(root)
    return root


# --- files that no build may follow ------------------------------------------

OTHER_TEXT = HEAD.replace("News", "Other") + "Slug: news\n\nx"
ESCAPE = "![x]({static}../../assessments/organisations/zq-hidden-zq/2025-05.yaml)"
THEME = "theme/templates"
REFUSED = {
    "a text written over a report": (
        {"content/articles/a.md": HEAD + "save_as: organisations/open-house/index.html\n\nx"},
        "content/articles/a.md:3:1: save_as: a text's address follows from its slug",
    ),
    "a text written outside": (
        {"content/articles/a.md": HEAD + "save_as: ../../../evil.html\n\nx"},
        "would be written outside",
    ),
    "a slug that leads elsewhere": (
        {"content/articles/a.md": HEAD + "slug: ../organisations\n\nx"},
        "content/articles/a.md:3:1: slug: '../organisations' cannot be part of an address",
    ),
    "two texts with one slug": (
        {"content/articles/a.md": HEAD + "\nx", "content/articles/b.md": OTHER_TEXT},
        "content/articles/b.md:3:1: slug: it would be written over 'articles/a.md'",
    ),
    "a private file as a picture": (
        {"content/articles/a.md": HEAD + "\n" + ESCAPE},
        "content/articles/a.md:4:1: '../assessments/organisations/zq-hidden-zq/2025-05.yaml' lies",
    ),
    "a private file included": (
        {
            "content/articles/a.rst": "News\n####\n:date: 2026-01-01\n\n"
            ".. include:: ../../assessments/organisations/zq-hidden-zq/2025-05.yaml\n"
        },
        "content/articles/a.rst:1:1: Could not process",
    ),
    "a picture that is not there": (
        {"content/articles/a.md": HEAD + "\n![x]({static}no.png)"},
        "content/articles/a.md:4:1: no file 'articles/no.png'",
    ),
    "a link to nowhere": (
        {"content/articles/a.md": HEAD + "\n\n[x]({filename}gone.md)"},
        "content/articles/a.md:5:1: Unable to find 'gone.md'",
    ),
    "a template that is not there": (
        {"content/articles/a.md": HEAD + "template: nix\n\nx"},
        "content/articles/a.md:3:1: template: the theme has no template 'nix'",
    ),
    "a template of ours": (
        {"content/articles/a.md": HEAD + "template: report\n\nx"},
        "content/articles/a.md:3:1: template: 'report' is no template for texts",
    ),
    "metadata that Pelican trips over": (
        {"content/articles/a.md": HEAD + "content: x\n\nx"},
        "content/articles/a.md:1:1: Could not process articles/a.md: property 'content'",
    ),
    "settings that are no Python": (
        {"pelicanconf.py": "SITENAME = 'x'\nY = (\n"},
        "pelicanconf.py:2:1: SyntaxError: '(' was never closed",
    ),
    "settings that end the program": (
        {"pelicanconf.py": "import sys\nsys.exit(0)\n"},
        "pelicanconf.py:2:1: SystemExit",
    ),
    "settings that lead out": (
        {"pelicanconf.py": "OUTPUT_PATH = '/tmp'\nSTATIC_PATHS = ['../assessments']\n"},
        "pelicanconf.py:2:1: STATIC_PATHS: '../assessments' leads out of the site",
    ),
    "settings with another plugin": (
        {"pelicanconf.py": "PLUGINS = ['sitemap']\n"},
        "pelicanconf.py:1:1: PLUGINS: a build runs no other plugin",
    ),
    "settings of another kind": (
        {"pelicanconf.py": "SITEURL = 5\n"},
        "pelicanconf.py:1:1: AttributeError",
    ),
    "settings that write outside": (
        {"pelicanconf.py": "INDEX_SAVE_AS = '../../evil.html'\n"},
        "pelicanconf.py:1:1: Attempted to break out of output directory",
    ),
    "settings without a home page": (
        {"pelicanconf.py": "TIMEZONE = 'UTC'\nDIRECT_TEMPLATES = []\nFEED_ALL_ATOM = None\n"},
        "pelicanconf.py:1:1: index.html: these settings keep this page from being written",
    ),
    "a theme without its base": (
        {f"{THEME}/index.html": "<p>"},
        "theme:1:1: no templates/base.html in here",
    ),
    "a template that names nothing": (
        {f"{THEME}/base.html": "<p>\n{{ nobody }}"},
        "theme/templates/base.html:2:1: 'nobody' is undefined",
    ),
    "a template that is broken": (
        {f"{THEME}/base.html": "<p>\n{% if %}"},
        "theme/templates/base.html:2:1: Expected an expression",
    ),
    "a template that includes nothing": (
        {f"{THEME}/base.html": "<p>\n{% include 'nix.html' %}"},
        "theme/templates/base.html:2:1: no template 'nix.html'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_mistake_is_named_and_the_old_site_stands(standing, case, monkeypatch):
    files, message = REFUSED[case]
    monkeypatch.chdir(standing)
    before = contents(standing)
    for name, text in files.items():
        write(standing / name, text)
    try:
        with pytest.raises(ContentError) as refused:
            publish.build(standing)
    finally:
        for top in {name.partition("/")[0] for name in files}:
            if (standing / top).is_dir():
                shutil.rmtree(standing / top)
            else:
                (standing / top).unlink()

    assert message in str(refused.value)
    assert contents(standing) == before
    assert len(list((standing / ".site").glob("output-*"))) == 1


@pytest.mark.parametrize("top", ["content", "content/articles/data.txt", "theme/static/x"])
def test_a_link_is_not_followed(standing, top):
    link = standing / top
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(standing / "assessments")
    try:
        with pytest.raises(ContentError, match="symbolic links are not followed"):
            publish.build(standing)
    finally:
        link.unlink()
        shutil.rmtree(standing / top.partition("/")[0], ignore_errors=True)


def test_a_workshop_that_is_not_ours_is_refused(tmp_path):
    """The lock is emptied at every build: it must not be a link to something dear."""
    dear = tmp_path / "dear.txt"
    dear.write_text("dear")
    site = make(tmp_path / "site")
    (site / ".site").write_text("a file")
    with pytest.raises(EnvironmentFailure, match="not made by this program"):
        publish.build(site)
    (site / ".site").unlink()
    (site / ".site").symlink_to(tmp_path)
    with pytest.raises(EnvironmentFailure, match="not made by this program"):
        publish.build(site)
    (site / ".site").unlink()
    (site / ".site").mkdir()
    (site / ".site/lock").symlink_to(dear)
    with pytest.raises(OSError, match="symbolic links"):
        publish.build(site)
    (site / ".site/lock").unlink()
    for target in (tmp_path, tmp_path / "nowhere"):
        (site / "output").symlink_to(target)
        with pytest.raises(EnvironmentFailure, match="a link that this program did not make"):
            publish.build(site)
        (site / "output").unlink()
    (site / "preview").write_text("a file")
    with pytest.raises(EnvironmentFailure, match="not made by this program"):
        publish.build(site, preview=True)

    assert dear.read_text() == "dear"
    assert not list((site / ".site").glob("*put*"))


# --- what is built -----------------------------------------------------------

NAMES = {"no": '"NO"', "na": "NA", "null": '"NULL"', "none": "None", "long": "x" * 400}
MARKUP = (
    "<script>alert(1)</script><svg onload=alert(2)></svg><iframe src='x'></iframe>"
    "<p style='color:red' onclick='x'>styled</p><meta http-equiv=refresh content='0;url=x'>"
    "<form action=x><input></form><base href=x>[a](javascript:alert(3)) <a href='data:x'>d</a>"
)
ARTICLE = (
    f"Title: </title><script>alert(4)</script>\nDate: 2026-01-01\nSlug: news\nSummary: {MARKUP}"
)
RUNNING = ("<script>", "<iframe", "<form", "<base", "<meta http-equiv=refresh", "onload=", "style=")


def fill(root, names):
    for name in names:
        organisation(root, name, NAMES[name], publish="public", waves=12 if name == "no" else 1)
        write(root / f"content/articles/{name}.md", f"Title: {name}\nDate: 2026-01-01\n\nx\n")
    write(root / "content/articles/news.md", f"{ARTICLE}\n\n{MARKUP}\n")
    draft = "Title: Early\nDate: 2026-01-01\nStatus: draft\n\nzqdraft {0}\n"
    write(root / "content/articles/draft.md", draft.format("![x]({static}draft.txt)"))
    write(root / "content/articles/draft.txt", "zqdraft")
    write(root / "content/pages/draft.md", draft)
    return root


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """Build a site whose every name is a trap, where paths are traps too."""
    root = tmp_path_factory.mktemp("odd") / "-Bär & söhne {slug} 100%"
    fill(make(root), NAMES)
    environment = {"HOME": None, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "1"}
    done = run(root.parent, "build", "--", root.name, env=environment, flags=["-O"], umask=0o077)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return root


def test_names_that_other_programs_swallow_are_kept(odd):
    for name, title in NAMES.items():
        page = (odd / f"output/organisations/{name}/index.html").read_text("utf-8")
        assert title.strip('"') in page[page.index("<title>") : page.index("</title>")]
    waves = [p for p in (odd / "output/organisations/no").iterdir() if p.is_dir()]
    assert len(waves) == 12


def test_nothing_an_author_writes_runs_or_loads(odd):
    pages = [odd / "output/articles/news/index.html", odd / "output/index.html"]
    for page in pages:
        text = page.read_text("utf-8").lower()
        assert "javascript:" not in text
        assert [running for running in RUNNING if running in text] == [], page
        assert text.count("<title>") == text.count("</title>") == 1


@pytest.mark.browser
def test_no_page_breaks_its_own_content_security_policy(odd, browser):
    context = browser.new_context()
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    names = ("index.html", "articles/news/index.html", "organisations/index.html")
    for name in (*names, "organisations/no/index.html", "method/cx/1.0/index.html"):
        page.goto((odd / "output" / name).resolve().as_uri())
    context.close()

    assert said == []


def test_drafts_and_private_words_are_in_no_file(odd):
    for path in (odd / "output").resolve().rglob("*"):
        assert "draft" not in path.name
        data = path.read_bytes().lower() if path.is_file() else b""
        assert [w for w in (b"zqdraft", b"zqhidden", b"zq-hidden", b"zqwhisper") if w in data] == []


def test_a_web_server_can_read_the_output_and_nobody_else_a_preview(odd):
    run(odd, "build", "--all", umask=0)
    output, preview = (odd / "output").resolve(), (odd / "preview").resolve()

    assert (odd / ".site").stat().st_mode & 0o777 == 0o755
    for top, folder, file in ((output, 0o755, 0o644), (preview, 0o700, 0o600)):
        modes = {(p.is_dir(), p.stat().st_mode & 0o777) for p in (top, *top.rglob("*"))}
        assert modes == {(True, folder), (False, file)}
    assert (odd / ".site/preview.json").stat().st_mode & 0o777 == 0o600
    assert "zq-hidden" not in (odd / ".site/output.json").read_text("utf-8")


def test_neither_order_nor_hash_nor_umask_shows_in_the_output(odd, tmp_path):
    """Pelican collects texts in a set: those of one date must not depend on the hash seed."""
    twin = fill(make(tmp_path / "twin"), reversed(NAMES))
    for seed in ("2", "3"):
        run(twin, "build", env={"PYTHONHASHSEED": seed}, umask=0)

        assert contents((twin / "output").resolve()) == contents((odd / "output").resolve())


# --- what the machine does ---------------------------------------------------


@pytest.mark.parametrize("file", ["site.css", "lock"])
def test_a_full_disk_leaves_the_old_site(standing, file):
    """A stylesheet that could not be copied is a warning to Pelican."""
    before = contents(standing)
    theme = standing / "theme"
    if file == "site.css":
        shutil.copytree(ROOT / "theme", theme)
        (theme / "static/css/site.css").write_text("x" * 900_000)
    most = 800_000 if file == "site.css" else 2_000

    done = run(
        standing,
        "build",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    shutil.rmtree(theme, ignore_errors=True)

    assert done.returncode == 4, done.stdout + done.stderr
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    after = contents(standing)
    assert {k: v for k, v in after.items() if k != ".site/lock"} == {
        k: v for k, v in before.items() if k != ".site/lock"
    }


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_asked_to_stop_clears_up(standing, sent):
    before = contents((standing / "output").resolve())
    for share in (0.45, 0.6):
        with subprocess.Popen(
            [sys.executable, "-m", "cx_maturity", "build"],
            cwd=standing,
            env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        ) as process:
            time.sleep(share)
            process.send_signal(sent)
            said = process.communicate()[1].decode()

        if process.returncode != -sent:  # Python itself was still starting
            assert (process.returncode, said) in (
                (0, ""),
                (4, "cx-maturity: interrupted\n"),
            )
            assert len(list((standing / ".site").glob("output-*"))) == 1
        assert contents((standing / "output").resolve()) == before


def test_an_interruption_after_the_swap_does_not_take_the_new_site_away(site, monkeypatch):
    publish.build(site)
    kept = shutil.rmtree

    def interrupted(*_, **__):
        monkeypatch.setattr(shutil, "rmtree", kept)
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish.build(site)

    assert (site / "output/index.html").is_file()
    publish.build(site)
    assert len(list((site / ".site").glob("output-*"))) == 1


def test_what_a_killed_build_left_is_cleared_by_the_next_even_if_that_fails(site):
    for name in ("output-dead", "preview-dead"):
        write(site / ".site" / name / "zqhidden.html", "x")
    write(site / "pelicanconf.py", "1/0")

    with pytest.raises(ContentError):
        publish.build(site)

    assert sorted(path.name for path in (site / ".site").iterdir()) in (
        ["content", "lock"],
        ["lock"],
    )


# --- the command line --------------------------------------------------------


def test_a_wrong_call_is_answered_in_words(site, capsys, monkeypatch):
    monkeypatch.chdir(site)

    assert main(["build", "--settings", "nix.py"]) == 2
    assert "no file nix.py" in capsys.readouterr().err
    assert main(["build", "nowhere"]) == 1
    assert "nowhere/assessments:1:1: no such folder" in capsys.readouterr().out
    assert not (site / "nowhere").exists()
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", "70000"])
    assert ended.value.code == 2
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 4
    assert "Address already in use; choose another with --port" in capsys.readouterr().err


def test_a_thousand_errors_are_counted_and_a_hundred_shown(site, capsys):
    """A terminal that knows only ASCII still shows what is wrong with a Bär."""
    for number in range(1_000):
        folder = site / f"assessments/organisations/o{number}"
        write(folder / "organisation.yaml", "name: [Bär]\nbär: 1\n")

    assert main(["build", str(site)]) == 1
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 100
    assert "problems, the first 100 are shown" in shown.err
    assert int(shown.err.split()[0].replace(",", "")) >= 1_000
    assert "ä" in shown.out
    done = run(site, "build", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, "b\\xe4r" in done.stdout) == (1, True)


def test_serve_answers_no_other_name_and_recovers_from_a_mistake(site, capsys):
    """Another name in the request is a page elsewhere whose name points at this machine."""
    stop, built = threading.Event(), []
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = {"preview": True, "port": port, "report": built.append, "stop": stop}
    thread = threading.Thread(target=serve.serve, args=(site,), kwargs=arguments)
    thread.start()

    def status(host):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/index.html", headers={"Host": host})
        found = connection.getresponse().status
        connection.close()
        return found

    def until(condition):
        end = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < end
            time.sleep(0.1)

    try:
        until(lambda: built)
        assert status(f"localhost:{port}") == status("127.0.0.1") == 200
        assert status(f"evil.example:{port}") == status("evil.example") == 421
        wave = site / "assessments/organisations/open-house/2025-05.yaml"
        right = wave.read_text("utf-8")
        time.sleep(0.5)
        wave.write_text(right.replace("answer: 3", "answer: 9", 1))
        said = []
        until(lambda: said.append(capsys.readouterr().out) or "9 is outside" in "".join(said))
        assert status("localhost") == 200
        wave.write_text(right)
        until(lambda: len(built) == 2)
    finally:
        stop.set()
        thread.join(20)

    assert not thread.is_alive()
