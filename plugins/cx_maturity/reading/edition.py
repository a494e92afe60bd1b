"""Read benchmark editions: quantiles of peers, by segment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cx_maturity.disclosure import FEWEST
from cx_maturity.editions import Edition, Published, Reliability, Segment
from cx_maturity.errors import Place, quoted
from cx_maturity.load import document, files, table
from cx_maturity.model import Text
from cx_maturity.reading.basis import languages
from cx_maturity.reading.item import FOLDER_ID, FOLDER_ID_RULE, Item, listed, meant, nearest
from cx_maturity.reading.organisation import COUNTRY, COUNTRY_RULE
from cx_maturity.reading.published import published
from cx_maturity.reading.quantiles import Cells
from cx_maturity.reading.questionnaire import OVERALL
from cx_maturity.reading.wave import chosen_subset, referenced

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cx_maturity.errors import Problems
    from cx_maturity.model import Questionnaire

KINDS = ("pooled", "published", "illustrative")
# Fewer people or organisations than this say too little about how questions hang together.
RELIABLE = {"people": 100, "organisations": FEWEST}
RELIABILITY_NUMBERS = ("alpha", "icc1", "icc2", "rwg")

_EDITION = ("title", "questionnaire", "aggregate", "edition", "period", "source", "segments")
MANY = 100_000_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """
    What an edition is read beside.

    *asked* has id, version and subset of what the waves of the folder ask; *editions* those
    read before it, by all that two of them may not share.
    """

    questionnaires: Mapping[tuple[str, str], Questionnaire | None]
    asked: frozenset[tuple[str, str, str]] = frozenset()
    editions: dict[tuple[str, ...], str] = field(default_factory=dict)


def benchmark(folder: Path, beside: Surroundings, problems: Problems) -> Edition | Published | None:
    """Read the folder of one benchmark; None when it cannot be used."""
    paths = files(folder, problems)
    root = document(folder / "benchmark.yaml", problems).root
    if root is None:
        return None
    item = Item(root, "", problems)
    kind = next((value for name, value in item.pairs() if name.node_text == "kind"), None)
    if kind is None:
        nearly = [name for name, _ in item.pairs() if nearest(name.node_text, ("kind",), 0.7)]
        for name in nearly:
            name.unknown("no such key", name.node_text, ("kind",))
        if item.is_map and not nearly:
            item.wrong(f"the key 'kind' is missing; give one of {', '.join(KINDS)}")
        return None
    found = kind.one_of(KINDS)
    if not found:
        return None
    known = ("benchmark.yaml", "figures.csv" if found == "published" else "quantiles.csv")
    for path in paths:
        if path.name not in known:
            message = f"no such file belongs to this benchmark{meant(path.name, known)}"
            problems.add(Place(path), "", message)
    if found == "published":
        return published(folder, item)
    return _edition(folder, item, beside)


def in_order(edition: str) -> list[tuple[int, str]]:
    """Take an edition's name apart so that 2026.10 comes after 2026.9."""
    return [(int(n or 0), word) for n, word in re.findall(r"([0-9]*)([^0-9]*)", edition)]


def _edition(folder: Path, item: Item, beside: Surroundings) -> Edition | None:
    fields = item.record(("kind", *_EDITION), ("subset", "languages", "reliability"))
    written = languages(fields.get("languages"))
    source = table(folder / "quantiles.csv", item.problems)
    before = item.problems.count()
    segments = read_segments(fields["segments"], written) if "segments" in fields else ()
    has_segments = "segments" in fields and item.problems.count() == before
    aggregate = fields["aggregate"].one_of(("mean", "minimum")) if "aggregate" in fields else ""
    title, words = (
        fields[name].texts(written) if name in fields else Text({written[0]: ""})
        for name in ("title", "source")
    )
    edition, period = (
        fields[name].text() if name in fields else "" for name in ("edition", "period")
    )
    if "questionnaire" not in fields:
        return None
    questionnaire = referenced(fields["questionnaire"], beside.questionnaires)
    if questionnaire is None:
        return None
    if aggregate and aggregate != questionnaire.aggregate:
        fields["aggregate"].wrong(
            f"the benchmark is made by {aggregate}, the questionnaire scores by "
            f"{questionnaire.aggregate}; they cannot be compared"
        )
    measures = [OVERALL]
    for dimension in questionnaire.dimensions:
        measures += [dimension.id, *(capability.id for capability in dimension.capabilities)]
    found: Cells | None = None
    if source and has_segments:
        found = Cells(source, segments, measures, item.problems)
        found.read(fields["segments"])
    made = Edition(
        folder.name,
        fields["kind"].raw(),
        title,
        questionnaire.id,
        questionnaire.version,
        chosen_subset(fields.get("subset"), questionnaire),
        aggregate,
        edition,
        period,
        words,
        segments,
        found.cells if found else {},
        folder / "benchmark.yaml",
        hidden=found.hidden if found else {},
        reliability=_reliability(fields["reliability"], measures)
        if "reliability" in fields
        else {},
    )
    _check_place(made, fields, beside)
    return made


def _check_place(made: Edition, fields: Mapping[str, Item], beside: Surroundings) -> None:
    """Check that the edition is the only one of its name, and of use to some wave."""
    same = (made.kind, made.questionnaire, made.version, made.subset, made.aggregate)
    twin = beside.editions.setdefault((*same, made.edition), made.id)
    if twin != made.id and "edition" in fields:
        message = f"{twin!r} is edition {quoted(made.edition)} of the same"
        fields["edition"].wrong(f"{message}; give one of them another name, or delete it")
    asked, own = beside.asked, (made.questionnaire, made.version, made.subset)
    # A simulated edition of a subset that nobody answered yet is a spare, and no slip.
    told = 2 if made.kind == "illustrative" else 3
    if asked and made.subset and own[:told] not in {wave[:told] for wave in asked}:
        waves = [f"{name}@{version} {subset}" for name, version, subset in sorted(asked)]
        few = listed(waves)
        fields["questionnaire"].warn(
            "compared with nothing: no wave answers "
            f"{made.questionnaire}@{made.version} {made.subset}"
            + (f"; there are waves of {few}" if few else "")
        )


def _reliability(item: Item, measures: list[str]) -> dict[str, Reliability]:
    made = {}
    for name, value in item.some_pairs():
        if name.node_text not in measures:
            guess = meant(name.node_text, measures)
            name.wrong(f"no measure {quoted(name.node_text)}{guess}")
        fields = value.record((*RELIABLE, *RELIABILITY_NUMBERS, "interval"), ("rough",))
        if len(fields.keys() - {"rough"}) < len(RELIABLE) + len(RELIABILITY_NUMBERS) + 1:
            continue
        counts = {key: fields[key].whole(least, MANY) for key, least in RELIABLE.items()}
        numbers = {key: _one_at_most(fields[key]) for key in RELIABILITY_NUMBERS}
        bounds = [_one_at_most(bound) for bound in fields["interval"].items()]
        low, high = bounds if len(bounds) == 2 else (0.0, 0.0)  # noqa: PLR2004 - low and high
        if len(bounds) != 2 or not low <= numbers["alpha"] <= high:  # noqa: PLR2004
            fields["interval"].wrong("two numbers belong here, alpha between them: [low, high]")
        made[name.node_text] = Reliability(
            counts["people"],
            counts["organisations"],
            numbers["alpha"],
            (low, high),
            numbers["icc1"],
            numbers["icc2"],
            numbers["rwg"],
            "rough" in fields and fields["rough"].flag(),
        )
    return made


def _one_at_most(item: Item) -> float:
    found = item.number()
    if found is not None and found > 1:
        item.wrong(f"{quoted(item.node_text)} is above 1, which it cannot be")
    return float(found or 0)


# --- segments ----------------------------------------------------------------


def read_segments(item: Item, written: tuple[str, ...] = ("en",)) -> tuple[Segment, ...]:
    """
    Read a tree of segments: a map from an id to what it holds, parents first.

    *written* are the languages that titles are meant to be complete in.
    """
    made: dict[str, Segment] = {}
    first: dict[tuple[str | None, str | None], str] = {}
    for name, value in item.some_pairs():
        fields = value.record(("title",), ("parent", "industry", "country", "folded"))
        word = name.word(FOLDER_ID, FOLDER_ID_RULE)
        segment = Segment(
            word,
            fields["title"].texts(written) if "title" in fields else Text({written[0]: ""}),
            fields["industry"].word(FOLDER_ID, FOLDER_ID_RULE) if "industry" in fields else None,
            fields["country"].word(COUNTRY, COUNTRY_RULE) if "country" in fields else None,
            fields["parent"].raw() if "parent" in fields else None,
            fields["folded"].text() if "folded" in fields else None,
        )
        if "parent" in fields:
            _check_parent(fields["parent"], segment, made)
        twin = first.setdefault((segment.industry, segment.country), word)
        if twin != word:
            value.wrong(f"{twin!r} has the same industry and country; keep one of the two")
        made[word] = segment
    roots = [segment for segment in made.values() if segment.parent is None]
    if made and len(roots) != 1:
        item.wrong(f"{len(roots)} segments have no parent; exactly one holds all the others")
    return tuple(made.values())


def _check_parent(item: Item, segment: Segment, above: Mapping[str, Segment]) -> None:
    parent = above.get(segment.parent or "")
    if parent is None:
        message = f"no segment above this one is called {quoted(segment.parent or '')}"
        item.unknown(message, segment.parent or "", above)
    elif (parent.industry and parent.industry != segment.industry) or (
        parent.country and parent.country != segment.country
    ):
        message = f"{segment.id!r} does not lie within {parent.id!r}"
        item.wrong(f"{message}; repeat its industry and country")
