"""The order of the modules: each imports from its left, and what costs or reads stays put."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "plugins" / "cx_maturity"

# A new module gets its place here, as far left as what it imports allows.
CORE = (
    *("errors", "model", "industries", "results", "editions", "disclosing", "disclosing.ties"),
    *("disclosing.splits", "disclosing.cells", "disclosing.gate", "disclosure"),
    *(
        "reading",
        "reading.node",
        "reading.yaml_slips",
        "reading.yaml_text",
        "reading.json_text",
        "reading.csv_text",
    ),
    *("load", "reading.item", "reading.scale", "reading.fingerprint", "reading.basis"),
    *("reading.dimension", "reading.rules", "reading.mentions", "reading.questionnaire"),
    *("reading.responses", "reading.minutes", "reading.plan", "reading.wave"),
    *(
        "reading.logo",
        "reading.brand",
        "reading.organisation",
        "reading.published",
        "reading.quantiles",
    ),
    *("reading.edition", "reading.ledger"),
    *("reading.counts", "reading.contribution", "reading.mapping", "validate"),
    *("scoring", "scoring.interval", "scoring.difference", "scoring.agreement", "scoring.trend"),
    *("scoring.plan", "scoring.respondent", "scoring.combine", "scoring.aspects"),
    *("scoring.splits", "scoring.perception", "scoring.sensitivity"),
    *("score", "change", "planned", "migrate", "export", "benchmark"),
    *(
        "advising",
        "advising.weighed",
        "advising.lifts",
        "advising.front",
        "advising.worth",
        "advising.decided",
        "advising.forecast",
        "advising.facts",
        "advising.measures",
        "advising.groups",
        "advising.proofs",
        "advising.plans",
        "advising.conditions",
    ),
    *("path", "loop", "findings", "advise"),
    *("pooling", "pooling.segments", "pooling.cells", "pooling.parquet", "pooling.columns"),
    *("pooling.reliability", "pooling.moments"),
    *(
        "pooling.members",
        "pooling.files",
        "pooling.shown",
        "pooling.handover",
        "pooling.lifting",
        "pool",
        "contribute",
        "merge",
        "illustrate",
    ),
    *("charts", "charts.frame", "charts.learn", "charts.prove", "charts.lettering"),
    *("charts.slots", "charts.sheets", "charts.pictures", "charts.layout", "charts.ground"),
    *("charts.bits", "charts.stairs", "charts.strips", "charts.lanes", "charts.times"),
    *("charts.marks", "charts.panels", "charts.drawing"),
    *("chart", "words", "addresses"),
    *("parts", "parts.row", "parts.subject", "parts.source", "parts.peers", "parts.held"),
    "parts.goals",
    *(
        "parts.verdict",
        "parts.conditions",
        "parts.contested",
        "parts.spoken",
        "parts.plan",
        "parts.profile",
        "parts.gaps",
        "parts.heat",
    ),
    *("parts.groups", "parts.seen", "parts.people"),
    *("parts.decision", "parts.action", "parts.findings"),
    *("parts.climb", "parts.path", "parts.foundation"),
    *("parts.targets", "parts.loop"),
    *("parts.compared", "parts.slopes", "parts.trends", "parts.change"),
    *("parts.unknown",),
    *("parts.sensitivity", "parts.shown", "parts.asked", "parts.shares", "parts.answers"),
    *("parts.trace", "report", "reportdata", "reportcsv"),
    *("explaining", "explaining.basis", "explaining.scored", "explaining.compared"),
    *("explaining.question", "explain"),
    *("pages", "pages.brand", "pages.languages", "pages.listing", "pages.rules"),
    *("pages.benchmarks", "pages.method"),
)
ADAPTERS = ("publish", "contents", "generator", "serve", "benchmarking", "__main__")
# Importing the package runs __init__ first, so everybody may use it and it may use nobody at once.
ORDER = ("__init__", *CORE, *ADAPTERS)

READERS = {"load"}
READING = {"open", "read_text", "read_bytes"}

# Which modules may import each, and only when a function runs: `check` never pays for it.
COSTLY = {
    "altair": {"charts.marks", "charts.panels", "charts.drawing"},
    "numpy": {"charts.learn", "pooling.parquet", "pooling.columns", "pooling.moments"},
    "pelican": {"publish", "contents", "generator"},
    "pyarrow": {"load", "pooling.parquet", "pooling.columns"},
    "vl_convert": {"charts.drawing"},
}
# These are imported late themselves, so they may import the same at once.
LATE = {
    *("charts.marks", "charts.panels", "charts.drawing", "charts.learn", "charts.prove"),
    *("contents", "generator"),
    *("pooling.parquet", "pooling.columns", "pooling.moments"),
}

FILES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): file
    for file in sorted(PACKAGE.rglob("*.py"))
}
MODULES = sorted(FILES)


class Import(NamedTuple):
    """One import: the dotted *name*, its line, and whether it waits until a function runs."""

    name: str
    line: int
    late: bool


def tree(module):
    return ast.parse(FILES[module].read_text("utf-8"))


def imports(node, *, late=False):
    """Yield every import under *node*; one for the type checker alone counts as late."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, child.lineno, late) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"line {child.lineno}: write the import in full"
            yield from (
                Import(f"{child.module}.{alias.name}", child.lineno, late) for alias in child.names
            )
        else:
            typing = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports(child, late=late or typing or function)


def siblings(module):
    """Yield the modules of the package that *module* imports, each with its import."""
    for found in imports(tree(module)):
        package, *rest = found.name.split(".")
        if package == "cx_maturity":
            names = (".".join(rest[:depth]) for depth in (2, 1))
            yield next((name for name in names if name in FILES), "__init__"), found


def test_every_module_has_its_place_in_the_order():
    assert [module for module in MODULES if module not in ORDER] == []


@pytest.mark.parametrize("module", [m for m in MODULES if m in ORDER[1:]])
def test_a_module_imports_only_from_its_left(module):
    left = ORDER[: ORDER.index(module)]

    wrong = [f"{module}.py:{i.line}: {name}" for name, i in siblings(module) if name not in left]

    assert wrong == []


def test_the_package_itself_imports_its_modules_only_when_called():
    assert [i for _, i in siblings("__init__") if not i.late] == []


@pytest.mark.parametrize("module", MODULES)
def test_a_costly_library_is_imported_late_and_where_it_belongs(module):
    wrong = [
        f"{module}.py:{i.line}: {i.name}"
        for i in imports(tree(module))
        for library in [i.name.partition(".")[0]]
        if library in COSTLY and not (module in COSTLY[library] and (i.late or module in LATE))
    ]

    assert wrong == []


@pytest.mark.parametrize("module", [m for m in MODULES if m not in LATE])
def test_a_costly_module_is_imported_late(module):
    wrong = [
        f"{module}.py:{i.line}: {name}"
        for name, i in siblings(module)
        if name in LATE and not i.late
    ]

    assert wrong == []


@pytest.mark.parametrize("module", [m for m in MODULES if m in CORE and m not in READERS])
def test_only_load_reads_files(module):
    called = [node for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    wrong = [
        f"{module}.py:{call.lineno}: {ast.unparse(call.func)}"
        for call in called
        if ast.unparse(call.func).rpartition(".")[2] in READING
    ]

    assert wrong == []


def test_checking_files_starts_neither_pelican_nor_pandas_nor_altair():
    """An author runs ``cx-maturity check`` at every save."""
    code = "import cx_maturity.__main__, cx_maturity.validate, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=PACKAGE.parent,
        text=True,
    )

    assert set(COSTLY) & set(loaded.stdout.split()) == set()
