"""
A small site as it came out last time: a changed page is visible in the diff.

``valid/`` uses every feature once; ``golden/`` holds its pages.  When a change
was meant, write them again and read the difference before it is committed:

    PYTHONPATH=plugins python tests/test_golden.py
"""

import shutil
import sys
import tempfile
from pathlib import Path

from cx_maturity import publish

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden"


def pages(root):
    """Build the small site, everybody in it, below *root*; returns path → text of its pages."""
    shutil.copytree(HERE / "valid", root / "assessments")
    publish.build(root, preview=True)
    site = (root / "preview").resolve()
    return {
        str(path.relative_to(site)): path.read_text("utf-8")
        for path in sorted(site.rglob("*.html"))
    }


def test_the_small_site_is_the_golden_one(tmp_path):
    made = pages(tmp_path)

    assert sorted(made) == sorted(str(p.relative_to(GOLDEN)) for p in GOLDEN.rglob("*.html"))
    for name, text in made.items():
        golden = (GOLDEN / name).read_text("utf-8")
        assert text.splitlines() == golden.splitlines(), name


if __name__ == "__main__":
    shutil.rmtree(GOLDEN, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in pages(Path(folder)).items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, "utf-8", newline="")
    sys.stdout.write(f"{GOLDEN} written\n")
