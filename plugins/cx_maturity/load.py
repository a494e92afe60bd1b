"""
Read files: YAML and JSON become nodes, CSV becomes a table.

Nothing else in the package opens a file.  Whatever is wrong with one goes to
the problems, and the caller gets nothing in its place.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cx_maturity.errors import Place, Problems
from cx_maturity.reading.csv_text import Table, read_csv
from cx_maturity.reading.json_text import read_json
from cx_maturity.reading.node import Node, Unusable, decoded
from cx_maturity.reading.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from pyarrow.parquet import ParquetFile

DOCUMENT_BYTES = 1_000_000
TABLE_BYTES = 50_000_000
# What a file system calls a name; a longer one cannot even be asked for.
NAME_BYTES = 255


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content and a hash of its bytes; *root* is None when it could not be read."""

    path: Path
    root: Node | None
    digest: str


# Endings that mean one that is read; an editor on Windows adds .txt and hides it.
_ENDINGS = {".yml": ".yaml", ".yaml": ".yaml", ".json": ".json", ".csv": ".csv"}
_SHEETS = (".xlsx", ".xls", ".ods", ".numbers")
_MISNAMED = re.compile(r"(.+?)((\.ya?ml|\.json|\.csv)(?:\.txt)?)", re.IGNORECASE)

_LINK = "symbolic links are not followed; put what it points to here"


def folders(path: Path, problems: Problems) -> list[Path]:
    """List the folders in *path* by name; anything else but notes is a problem."""
    found = []
    for entry in _entries(path, problems):
        if entry.is_dir():
            found.append(entry)
        elif not _is_note(entry):
            problems.add(
                Place(entry), "", "only folders belong here; move the file into one, or delete it"
            )
    return found


def files(
    path: Path,
    problems: Problems,
    expected: Collection[Path] | None = (),
    judged: Path | None = None,
) -> list[Path]:
    """
    List the files in *path* by name; notes are left alone, and so is the one *judged* already.

    A folder that is not *expected* is a problem; None: folders are left alone too.
    """
    found = []
    for entry in _entries(path, problems):
        if entry == judged:
            continue
        if right := misnamed(entry):
            ending = entry.name.removeprefix(right.rpartition(".")[0])
            message = f"a file whose name ends in {ending} is not read; rename it to {right}"
            if entry.suffix.lower() in _SHEETS:
                message = f"a spreadsheet is not read; save it as {right}, and keep it elsewhere"
            problems.add(Place(entry), "", message)
        elif entry.is_dir():
            if expected is None or entry in expected:
                continue
            problems.add(Place(entry), "", "only files belong here; move the folder or delete it")
        elif not _is_note(entry):
            found.append(entry)
    return found


def texts(path: Path, problems: Problems) -> list[Path]:
    """List the ``.txt`` files in *path* by name; anything else but ``.md`` notes is a problem."""
    found = []
    for entry in _entries(path, problems):
        if entry.suffix == ".txt" and entry.is_file():
            found.append(entry)
        elif entry.suffix != ".md":
            problems.add(
                Place(entry),
                "",
                "only .txt files belong here; save it as text, move it or delete it",
            )
    return found


def misnamed(path: Path) -> str:
    """Return the name that a file must have to be read; "" where it has it, or cannot have one."""
    match = _MISNAMED.fullmatch(path.name)
    if path.suffix.lower() in _SHEETS and path.is_file():
        return path.with_suffix(".csv").name
    if not match or not path.is_file():
        return ""
    right = match[1] + _ENDINGS[match[3].lower()]
    return right if right != path.name else ""


def is_misnamed(path: Path) -> bool:
    """Tell whether *path* lies beside where it should be, under a name with another ending."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    return any(misnamed(each) == path.name for each in beside)


def _is_note(path: Path) -> bool:
    """Tell files that people leave for each other, which are nobody's data."""
    return path.suffix in {".md", ".txt"} or path.name == "LICENSE"


def _entries(path: Path, problems: Problems) -> Iterator[Path]:
    if path.is_symlink():
        problems.add(Place(path), "", _LINK)
        return
    if not path.is_dir():
        return
    for entry in sorted(path.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            problems.add(Place(entry), "", _LINK)
        else:
            yield entry


def is_file(root: Path, path: Path) -> bool:
    """Tell whether *path* is a file below *root* that no symbolic link leads to."""
    inside = path.relative_to(root)
    if any(len(part.encode()) > NAME_BYTES for part in inside.parts):
        return False
    steps = (root.joinpath(*inside.parts[: i + 1]) for i in range(len(inside.parts)))
    return not any(step.is_symlink() for step in steps) and path.is_file()


def document(path: Path, problems: Problems) -> Document:
    """Read a YAML or JSON file; whatever is wrong with it goes to *problems*."""
    data = _bytes(path, DOCUMENT_BYTES, problems)
    if data is None:
        return Document(path, None, "")
    digest = hashlib.sha256(data).hexdigest()
    reader = read_json if path.suffix == ".json" else read_yaml
    try:
        return Document(path, reader(decoded(data, path, problems), path, problems), digest)
    except Unusable:
        return Document(path, None, digest)


def table(path: Path, problems: Problems, delimiter: str = ",") -> Table | None:
    """
    Read a CSV file whose rows are all as long as its header.

    Returns None when it could not be read; every row of another length is named.
    """
    data = _bytes(path, TABLE_BYTES, problems)
    if data is None:
        return None
    digest = hashlib.sha256(data).hexdigest()
    try:
        return read_csv(decoded(data, path, problems), path, delimiter, digest, problems)
    except Unusable:
        return None


def columns(path: Path, problems: Problems) -> ParquetFile | None:
    """
    Open a Parquet file, to be read a batch of rows at a time; texts arrive as a dictionary.

    Returns None when it is none, or not all of one.
    """
    import pyarrow as pa  # noqa: PLC0415 - for the few who have so many rows
    from pyarrow import parquet  # noqa: PLC0415 - the same

    if path.is_symlink() or not path.is_file():
        problems.add(Place(path), "", "no such file")
        return None
    try:
        with parquet.ParquetFile(path) as found:
            paths = {found.schema.column(i).path for i in range(len(found.schema))}
            flat = [name for name in found.schema_arrow.names if name in paths]
            return parquet.ParquetFile(path, metadata=found.metadata, read_dictionary=flat)
    except (pa.ArrowException, OSError):
        message = "no Parquet file, or not all of one; write it again"
        problems.add(Place(path), "", message)
        return None


def text(path: Path, problems: Problems) -> str | None:
    """Read a text that nobody may see: what is wrong with it is said without a word of it."""
    data = _bytes(path, DOCUMENT_BYTES, problems)
    if data is None:
        return None
    try:
        found = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.add(Place(path), "", "the file is not UTF-8; save it as UTF-8")
        return None
    # In UTF-16 every other byte of a plain text is 0, and UTF-8 allows it.
    if "\0" in found:
        problems.add(Place(path), "", "the file is not plain text; save it as text in UTF-8")
        return None
    return found


def picture(path: Path, limit: int, problems: Problems) -> bytes | None:
    """Read a file of at most *limit* bytes as it is."""
    return _bytes(path, limit, problems)


def _bytes(path: Path, limit: int, problems: Problems) -> bytes | None:
    if path.is_symlink() or not path.is_file():
        # The file with another ending is named where its folder is listed.
        if path.is_symlink() or not is_misnamed(path):
            problems.add(Place(path), "", _LINK if path.is_symlink() else "no such file")
        return None
    size = path.stat().st_size
    if size > limit:
        problems.add(Place(path), "", f"the file has {size:,} bytes; at most {limit:,} are read")
        return None
    return path.read_bytes()


def shipped(name: str) -> str:
    """Return the text of a file that lies in the package, such as ``t.json``."""
    from importlib.resources import files as resources  # noqa: PLC0415 - for the few who ask

    return resources("cx_maturity").joinpath(name).read_text("utf-8")
