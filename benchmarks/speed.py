"""
Measure what a build costs, in CPU seconds, on seeded input that this script makes.

    python benchmarks/speed.py                  10, 100 and 1000 organisations
    python benchmarks/speed.py 50 --runs 5 --panels 0
    python benchmarks/speed.py --sample         the shipped sample site

For each size: the whole build (median of the runs, a process of its own, start
and Pelican included), its peak memory, the marginal cost of a report, and where
that cost goes (`words` is the report as a record).  One organisation in five has
12 respondents, the others one.
Wall-clock time is not shown: the machine may be doing something else.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins"))

from cx_maturity import validate  # noqa: E402 - the checkout beside this script is measured

SIZES = (10, 100, 1000)
STAGES = ("load", "score", "benchmark", "words", "charts", "render", "write")
# One organisation in five has a panel of twelve; an answer in thirty is "unsure".
PANELS, PANEL, UNSURE = 0.2, 12, 0.03
SEGMENTS = [(i, c) for i in ("retail", "financial-services") for c in ("FI", "SE", "NO")]


def make_site(root: Path, organisations: int, panels: float = PANELS, seed: int = 7) -> None:
    """Write a site with that many public organisations of one wave each."""
    for name in ("questionnaires", "benchmarks"):
        shutil.copytree(ROOT / "assessments" / name, root / "assessments" / name)
    for name in ("theme", "content"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pelicanconf.py", root)
    found, _ = validate.assessments(root / "assessments")
    questionnaire = found.questionnaires["cx", "1.0"]
    questions = [question.id for question in questionnaire.questions()]
    chance = random.Random(seed)
    for number in range(organisations):
        industry, country = SEGMENTS[number % len(SEGMENTS)]
        folder = root / "assessments/organisations" / f"organisation-{number:05}"
        folder.mkdir(parents=True)
        (folder / "organisation.yaml").write_text(
            f"name: Organisation {number}\nindustry: {industry}\ncountry: {country}\n"
            "publish: public\nfictional: true\n"
        )
        head = "questionnaire: cx@1.0\nsubset: full\ndate: 2026-05-19\n"
        level = chance.uniform(1.5, 4.5)
        if number * panels % 1 < panels:
            roles = ("leadership", "management", "front-line", "support")
            rows = [
                [f"r{i}", roles[i % 4], *(_answer(chance, level) for _ in questions)]
                for i in range(PANEL)
            ]
            lines = [",".join(["respondent", "role", *questions]), *map(",".join, rows)]
            (folder / "2026-05.responses.csv").write_text("\n".join(lines) + "\n")
            (folder / "2026-05.yaml").write_text(
                f"{head}responses:\n  file: 2026-05.responses.csv\n  role: role\n"
                "  respondent: respondent\n"
            )
        else:
            answers = (f"  {question}: {_answer(chance, level)}\n" for question in questions)
            (folder / "2026-05.yaml").write_text(f"{head}answers:\n{''.join(answers)}")


def _answer(chance: random.Random, level: float) -> str:
    if chance.random() < UNSURE:
        return "unsure"
    return str(min(max(round(chance.gauss(level, 0.9)), 1), 5))


def build(root: Path) -> tuple[float, float]:
    """Build the site in *root*; returns CPU seconds and peak memory in MB of that process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    process = subprocess.Popen(
        [sys.executable, "-m", "cx_maturity", "build"],
        cwd=root,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build ended with exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


class Meter:
    """Adds up the CPU time of functions, without what other metered functions take inside them."""

    def __init__(self) -> None:
        """Start with nothing spent."""
        self.spent: Counter[str] = Counter()
        self.inside: list[float] = []

    def wrap(self, owner: object, name: str, stage: str) -> None:
        """Meter ``owner.name`` under *stage*."""
        function: Callable[..., object] = getattr(owner, name)

        @functools.wraps(function)
        def metered(*arguments: object, **named: object) -> object:
            start = time.process_time()
            self.inside.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                total = time.process_time() - start
                self.spent[stage] += total - self.inside.pop()
                if self.inside:
                    self.inside[-1] += total

        setattr(owner, name, metered)


def stages(root: Path) -> Counter[str]:
    """Build once in this process and return the CPU seconds of each stage."""
    import jinja2

    from cx_maturity import chart, generator, publish

    meter = Meter()
    meter.wrap(validate, "assessments", "load")
    for name, stage in (("scorecard", "score"), ("compare", "benchmark")):
        meter.wrap(generator, name, stage)
    for name in ("subject", "report", "entry", "listing"):
        meter.wrap(generator, name, "words")
    for name in ("overall", "profile", "gaps", "distribution", "mini"):
        meter.wrap(chart, name, "charts")
    meter.wrap(jinja2.Template, "render", "render")
    meter.wrap(generator.Reports, "_write", "write")
    publish.build(root)
    return meter.spent


_STAGES = """
import json, pathlib, sys
sys.path.insert(0, {here!r})
import speed
print(json.dumps(speed.stages(pathlib.Path({root!r}))))
"""


def measure(root: Path, size: int, base: float, runs: int, panels: float) -> None:
    """Print the figures of a site of *size* organisations; *base* is the cost of a site of one."""
    cpu, memory = _measured(root, size, runs, panels)
    script = _STAGES.format(here=str(Path(__file__).parent), root=str(root))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    spent = json.loads(done.stdout.splitlines()[-1])
    each = ", ".join(f"{name} {spent[name] * 1000 / size:.2f}" for name in STAGES)
    per_report = (cpu - base) / max(size - 1, 1) * 1000
    print(f"{size:>13} {cpu:>8.2f} {per_report:>10.2f} {memory:>6.0f}   {each}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="What a build costs, in CPU seconds.")
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--panels", type=float, default=PANELS, help="share with a panel")
    parser.add_argument("--sample", action="store_true", help="only the shipped sample site")
    options = parser.parse_args()
    if options.sample:
        cpu, memory = _median(ROOT, options.runs)
        print(f"sample site: {cpu:.2f} CPU s, {memory:.0f} MB")
        css = sum(map(_compressed, (ROOT / "output").resolve().rglob("*.css")))
        pages = max(map(_compressed, (ROOT / "output").resolve().rglob("*.html")))
        print(f"heaviest page, gz: {(pages + css) / 1000:.1f} kB, {css / 1000:.1f} of it CSS")
        return
    with tempfile.TemporaryDirectory() as folder:
        base, _ = _measured(Path(folder) / "one", 1, options.runs, options.panels)
        print(f"{'organisations':>13} {'CPU s':>8} {'ms/report':>10} {'MB':>6}   ms per report")
        print(f"{1:>13} {base:>8.2f}")
        for size in options.sizes:
            measure(Path(folder) / str(size), size, base, options.runs, options.panels)


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def _measured(root: Path, size: int, runs: int, panels: float) -> tuple[float, float]:
    root.mkdir()
    make_site(root, size, panels)
    return _median(root, runs)


def _median(root: Path, runs: int) -> tuple[float, float]:
    found = [build(root) for _ in range(runs)]
    return statistics.median(cpu for cpu, _ in found), max(memory for _, memory in found)


if __name__ == "__main__":
    main()
