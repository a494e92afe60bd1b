"""Read what all questions of a questionnaire share: languages, scales, levels and the gate."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.errors import counted, quoted
from cx_maturity.model import Choice, Level, Numeric, Option, Points, Scale, Text
from cx_maturity.reading.item import (
    LANGUAGE,
    LANGUAGE_RULE,
    MEASURE_ID,
    MEASURE_ID_RULE,
    Item,
    same_but_for_case,
)
from cx_maturity.reading.scale import points_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

# One level only would say nothing.
FEWEST_LEVELS, LEVELS = 2, 9
# Answers that one question can tell apart.
POINTS = 100
# Pages can be written in these: English, and what has a catalogue in locale/.
SPOKEN = ("en", "fi", "sv", "nb")
# What people write for one of these.
_CALLED = {
    **dict.fromkeys(("english", "eng", "en-gb", "en-us", "gb"), "en"),
    **dict.fromkeys(("finnish", "suomi", "fin", "fi-fi"), "fi"),
    **dict.fromkeys(("swedish", "svenska", "swe", "sv-se", "se"), "sv"),
    **dict.fromkeys(("norwegian", "norsk", "bokm\u00e5l", "nor", "no", "nn", "nb-no"), "nb"),
}
# What an answers file writes instead of an answer; no option may be called so.
STATES = ("unsure", "not-applicable")

_KINDS = {"points": ("low", "high"), "choice": ("options",), "numeric": ("cuts",)}


class Basis:
    """Reads ``questionnaire.yaml`` as far as dimensions and questions depend on it."""

    def __init__(self, fields: Mapping[str, Item]) -> None:
        """Read them from the *fields* of the file."""
        self.fields = fields
        self.languages = self._languages()
        self.scales = self._scales()
        self.default_scale = self.named_scale(fields["scale"]) if "scale" in fields else None
        self.method = ""
        self.staged_pass = Fraction(1)
        self.levels = self._levels(fields["levels"]) if "levels" in fields else ()
        self.gate = fields["gate"].whole(0, LEVELS) if "gate" in fields else None
        ideas = self.ids(fields.get("ideas"))
        self.ideas = {word: title.texts(self.languages) for word, _, title in ideas}

    def _languages(self) -> tuple[str, ...]:
        """Read the languages; none when their list is wrong, so that no text is judged by it."""
        if "languages" not in self.fields:
            return languages(None)
        before = self.fields["languages"].problems.count()
        found = languages(self.fields["languages"])
        return found if self.fields["languages"].problems.count() == before else ()

    @property
    def top(self) -> int | None:
        """The number of the highest level; None while the levels cannot be trusted."""
        return len(self.levels) if FEWEST_LEVELS <= len(self.levels) <= LEVELS else None

    def text(self, fields: Mapping[str, Item], name: str) -> Text:
        """Read the required text called *name*."""
        return fields[name].texts(self.languages) if name in fields else Text({"en": ""})

    def maybe(self, fields: Mapping[str, Item], name: str) -> Text | None:
        """Read the text called *name* if it is there."""
        return fields[name].texts(self.languages) if name in fields else None

    # --- scales ---

    def named_scale(self, item: Item) -> Scale | None:
        """Return the scale whose name stands here; None when it is unknown or wrong itself."""
        name = item.raw()
        if name and self.scales is not None and name not in self.scales:
            item.unknown(f"no scale is called {quoted(name)}", name, self.scales)
        return (self.scales or {}).get(name)

    def by_point(self, item: Item | None, scale: Scale | None) -> dict[str, Text]:
        """Read a map from a point of *scale* to a text; any point when there is no scale."""
        found = {}
        known = dict.fromkeys(points_of(scale)) if scale else {}
        for name, text in item.pairs() if item else []:
            point = name.node_text
            if scale and point not in known:
                name.unknown(f"{quoted(point)} is not a point of the scale", point, known)
            found[point] = text.texts(self.languages)
        return found

    def ids(self, item: Item | None) -> list[tuple[str, Item, Item]]:
        """Read a map whose keys are ids; each triple is (id, key, value)."""
        pairs = item.pairs() if item else []
        found = [(name.word(MEASURE_ID, MEASURE_ID_RULE), name, value) for name, value in pairs]
        same_but_for_case((word, name) for word, name, _ in found)
        return found

    def _scales(self) -> dict[str, Scale | None] | None:
        """Return the scales by name, None for a broken one; None when they cannot be read."""
        triples = self.ids(self.fields.get("scales"))
        if "scales" in self.fields and not self.fields["scales"].is_map:
            return None
        return {name.node_text.strip(): self._scale(word, value) for word, name, value in triples}

    def _scale(self, scale_id: str, item: Item) -> Scale | None:
        fields = item.record(("kind",), ("low", "high", "options", "cuts", "unit", "labels"))
        name = fields["kind"].one_of(tuple(_KINDS)) if "kind" in fields else ""
        if not name:
            return None
        for key in _KINDS[name]:
            if key not in fields:
                item.wrong(f"the key {key!r} is missing; a scale of kind {name} needs it")
        own = {"kind", "labels", *_KINDS[name], *(["unit"] if name == "numeric" else [])}
        for key in fields.keys() - own:
            fields[key].wrong(f"a scale of kind {name} has no {key!r}; leave it out")
        readers: dict[str, Callable[[Mapping[str, Item]], Points | Choice | Numeric | None]]
        readers = {"points": self._points, "choice": self._choice, "numeric": self._numeric}
        kind = readers[name](fields)
        plain = Scale(scale_id, kind, {}) if kind else None
        labels = self.by_point(fields.get("labels"), plain)
        return replace(plain, labels=labels) if plain else None

    def _points(self, fields: Mapping[str, Item]) -> Points | None:
        if "low" not in fields or "high" not in fields:
            return None
        low, high = fields["low"].whole(-100, 100), fields["high"].whole(-100, 100)
        if high <= low:
            fields["high"].wrong(f"{high} is not above the low end, {low}")
            return None
        return Points(low, high)

    def _choice(self, fields: Mapping[str, Item]) -> Choice | None:
        options = []
        for word, name, item in self.ids(fields.get("options")):
            option = item.record(("title", "value"))
            value = option["value"].whole(-1_000, 1_000) if "value" in option else 0
            if word.startswith(STATES):
                name.wrong(f"{word!r} means that there is no answer; give the option another id")
            options.append(Option(word, self.text(option, "title"), value))
        if "options" not in fields:
            return None
        if len(options) > POINTS:
            fields["options"].wrong(f"{len(options)} answers; at most {POINTS}")
            return None
        if len({option.value for option in options}) < 2:  # noqa: PLR2004 - a scale has two ends
            fields["options"].wrong("fewer than two different values; a scale needs two at least")
            return None
        return Choice(tuple(options))

    def _numeric(self, fields: Mapping[str, Item]) -> Numeric | None:
        unit = self.maybe(fields, "unit")
        if "cuts" not in fields:
            return None
        found = [item.number() for item in fields["cuts"].some()]
        cuts = tuple(cut for cut in found if cut is not None)
        if not cuts or len(cuts) < len(found):
            return None
        if len(cuts) > POINTS:
            fields["cuts"].wrong(f"{len(cuts)} cut points; at most {POINTS}")
            return None
        if list(cuts) != sorted(set(cuts)):
            fields["cuts"].wrong("cut points must rise from one to the next")
            return None
        return Numeric(cuts, unit)

    # --- levels ---

    def _levels(self, item: Item) -> tuple[Level, ...]:
        fields = item.record(("method", "names"), ("pass",))
        method = fields["method"].one_of(("bands", "staged")) if "method" in fields else ""
        self.method = method
        if "pass" in fields:
            self.staged_pass = Fraction(fields["pass"].whole(1, 100), 100)
            if method == "bands":
                fields["pass"].wrong("only levels of method staged have a pass mark; leave it out")
        levels: list[Level] = []
        items = fields["names"].items() if "names" in fields else []
        for number, name in enumerate(items, 1):
            levels.append(self._level(number, name, levels, method))
        if items and not FEWEST_LEVELS <= len(levels) <= LEVELS:
            fields["names"].wrong(
                f"{counted(len(levels), 'level')}; give {FEWEST_LEVELS} to {LEVELS}"
            )
        return tuple(levels)

    def _level(self, number: int, item: Item, before: list[Level], method: str) -> Level:
        required = ("title", "from") if method == "bands" else ("title",)
        optional = ("noticed",) if method else ("noticed", "from")
        fields = item.record(required, optional)
        start = fields["from"].number() if "from" in fields and method else None
        if start is not None:
            if number == 1 and start != 0:
                fields["from"].wrong("the first level begins at 0")
            if before and not before[-1].start * 100 < start < 100:  # noqa: PLR2004 - points
                fields["from"].wrong("must be above the level before it and below 100")
        noticed = fields["noticed"].pairs() if "noticed" in fields else []
        return Level(
            number,
            self.text(fields, "title"),
            (start or Fraction(0)) / 100,
            {name.node_text: text.texts(self.languages) for name, text in noticed},
        )


def spoken_texts(item: Item, asked: Collection[str]) -> Text:
    """
    Read a map from language to sentence, whose first is what other readers see.

    Warns of a language among those *asked* in which it is missing, and of one that no report has.
    """
    found = tuple(name.word(LANGUAGE, LANGUAGE_RULE) for name, _ in item.some_pairs())
    if not all(found) or not found:
        return Text({"en": ""})
    for name, _ in item.pairs()[1:]:
        if name.node_text not in SPOKEN:
            told = f"no report is written in {name.node_text!r}, so nobody reads this"
            name.warn(f"{told}; use {', '.join(SPOKEN)}")
    missing = [language for language in asked if language not in found]
    item.untranslated(missing, found[0])
    return item.texts(found)


def languages(item: Item | None, known: Collection[str] = ()) -> tuple[str, ...]:
    """Read a list of language codes, of those *known* if any are; English when there is none."""
    if item is None:
        return ("en",)
    found: dict[str, None] = {}
    for entry in item.some():
        word = entry.plain()
        guess = _CALLED.get(word.casefold(), "")
        if word in found:
            entry.wrong(f"{word!r} is listed twice; list it once")
        elif word and known and word not in known:
            few, told = ", ".join(known), f"; did you mean {guess!r}?" if guess else ""
            entry.wrong(
                f"{quoted(word)} is no language that reports are written in; use {few}{told}"
            )
        elif entry.word(LANGUAGE, LANGUAGE_RULE):
            found[word] = None
    return tuple(found) or ("en",)
