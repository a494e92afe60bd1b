"""Read one version of a questionnaire: ``questionnaire.yaml`` and its dimension files."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from typing import TYPE_CHECKING

from cx_maturity.item import (
    LANGUAGE,
    MEASURE_ID,
    MEASURE_ID_RULE,
    VERSION,
    Item,
    meant,
    same_but_for_case,
)
from cx_maturity.model import (
    Capability,
    Choice,
    Definition,
    Dimension,
    Level,
    Numeric,
    Option,
    Points,
    Question,
    Questionnaire,
    Reason,
    Role,
    Scale,
    Step,
    Subset,
    Text,
)
from cx_maturity.scale import points_of, share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WEIGHT = 1_000
REASONS = 8
LEVELS = 9
OVERALL = "overall"

_REQUIRED = ("id", "version", "title", "levels", "dimensions", "subsets", "fingerprint")
_OPTIONAL = (
    "languages", "summary", "licence", "definitions", "guidance", "respondents", "scales", "scale",
    "aggregate", "coverage", "gate", "roles", "perception-gap", "not-applicable",
)  # fmt: skip


class Reader:
    """Reads the parts of one questionnaire; keeps what several parts need."""

    def __init__(self, root: Item, folder: tuple[str, str]) -> None:
        """Read what the other parts depend on: languages, scales, levels."""
        self.root = root
        self.folder = folder
        self.fields = root.record(_REQUIRED, _OPTIONAL)
        self.languages = self._languages()
        self.scales = self._scales()
        self.default_scale = self._default_scale()
        self.levels, self.staged, self.staged_pass = self._levels()
        self.gate = self.fields["gate"].whole(0, LEVELS) if "gate" in self.fields else None
        self.measure_ids: list[tuple[str, Item]] = [(OVERALL, root)]
        self.question_ids: list[tuple[str, Item]] = []
        self.foundations = 0

    # --- what stands in questionnaire.yaml ---

    def text(self, fields: Mapping[str, Item], name: str) -> Text:
        """Read the required text called *name*."""
        return fields[name].texts(self.languages) if name in fields else Text({"en": ""})

    def maybe(self, fields: Mapping[str, Item], name: str) -> Text | None:
        """Read the text called *name* if it is there."""
        return fields[name].texts(self.languages) if name in fields else None

    def _languages(self) -> tuple[str, ...]:
        if "languages" not in self.fields:
            return ("en",)
        rule = "a language code such as en, fi, sv or nb"
        found = tuple(item.word(LANGUAGE, rule) for item in self.fields["languages"].items())
        if len(set(found)) < len(found):
            self.fields["languages"].wrong("a language is listed twice; list each once")
        return found if found and all(found) else ("en",)

    def _scales(self) -> dict[str, Scale]:
        if "scales" not in self.fields:
            return {}
        return {
            name.word(MEASURE_ID, MEASURE_ID_RULE): self._scale(name.node_text, item)
            for name, item in self.fields["scales"].pairs()
        }

    def _scale(self, scale_id: str, item: Item) -> Scale:
        fields = item.record(("kind",), ("low", "high", "options", "cuts", "unit", "labels"))
        kinds = {"points": ("low", "high"), "choice": ("options",), "numeric": ("cuts",)}
        name = fields["kind"].one_of(tuple(kinds)) if "kind" in fields else "points"
        for key in kinds[name]:
            if key not in fields:
                item.wrong(f"the key {key!r} is missing; a scale of kind {name} needs it")
        for key in fields.keys() - {"kind", "labels", "unit", *kinds[name]}:
            fields[key].wrong(f"a scale of kind {name} has no {key!r}; leave it out")
        readers: dict[str, Callable[[Mapping[str, Item]], Points | Choice | Numeric]]
        readers = {"points": self._points, "choice": self._choice, "numeric": self._numeric}
        scale = Scale(scale_id, readers[name](fields), {})
        return Scale(scale_id, scale.kind, self._by_point(fields.get("labels"), scale))

    def _points(self, fields: Mapping[str, Item]) -> Points:
        low = fields["low"].whole(-100, 100) if "low" in fields else 0
        high = fields["high"].whole(-100, 100) if "high" in fields else 1
        if high <= low:
            if "high" in fields:
                fields["high"].wrong(f"{high} is not above the low end, {low}")
            high = low + 1
        return Points(low, high)

    def _choice(self, fields: Mapping[str, Item]) -> Choice:
        options = []
        for name, item in fields["options"].pairs() if "options" in fields else []:
            option = item.record(("title", "value"))
            value = option["value"].whole(-1_000, 1_000) if "value" in option else 0
            word = name.word(MEASURE_ID, MEASURE_ID_RULE)
            options.append(Option(word, self.text(option, "title"), value))
        if len({option.value for option in options}) < 2:  # noqa: PLR2004 - a scale has two ends
            if "options" in fields:
                fields["options"].wrong(
                    "all answers have the same value; a scale needs two at least"
                )
            return Choice((Option("no", Text({"en": ""}), 0), Option("yes", Text({"en": ""}), 1)))
        return Choice(tuple(options))

    def _numeric(self, fields: Mapping[str, Item]) -> Numeric:
        cuts = tuple(item.number() for item in fields["cuts"].items()) if "cuts" in fields else ()
        if "cuts" in fields and (not cuts or list(cuts) != sorted(set(cuts))):
            fields["cuts"].wrong("cut points must rise from one to the next")
        return Numeric(cuts or (Fraction(1),), self.maybe(fields, "unit"))

    def _by_point(self, item: Item | None, scale: Scale) -> dict[str, Text]:
        """Read a map from a point of *scale* to a text."""
        found = {}
        known = points_of(scale)
        for name, text in item.pairs() if item else []:
            if name.node_text not in known:
                name.wrong(
                    f"{name.node_text!r} is not a point of the scale; known: {', '.join(known)}"
                )
            found[name.node_text] = text.texts(self.languages)
        return found

    def _default_scale(self) -> Scale | None:
        return self._named_scale(self.fields["scale"]) if "scale" in self.fields else None

    def _named_scale(self, item: Item) -> Scale:
        name = item.raw()
        if name not in self.scales:
            item.wrong(f"no scale is called {name!r}{meant(name, self.scales)}")
            return Scale(name, Points(1, 5), {})
        return self.scales[name]

    def _levels(self) -> tuple[tuple[Level, ...], bool, Fraction]:
        if "levels" not in self.fields:
            return (), False, Fraction(1)
        fields = self.fields["levels"].record(("method", "names"), ("pass",))
        staged = "method" in fields and fields["method"].one_of(("bands", "staged")) == "staged"
        share_needed = (
            Fraction(fields["pass"].whole(1, 100), 100) if "pass" in fields else Fraction(1)
        )
        if "pass" in fields and not staged:
            fields["pass"].wrong("only levels of method staged have a pass mark; leave it out")
        levels: list[Level] = []
        for number, item in enumerate(fields["names"].items() if "names" in fields else [], 1):
            levels.append(self._level(number, item, levels, staged=staged))
        if "names" in fields and not 2 <= len(levels) <= LEVELS:
            fields["names"].wrong(f"{len(levels)} levels; give 2 to {LEVELS}")
        return tuple(levels), staged, share_needed

    def _level(self, number: int, item: Item, before: list[Level], *, staged: bool) -> Level:
        fields = item.record(("title",) if staged else ("title", "from"), ("noticed",))
        start = fields["from"].number() / 100 if "from" in fields else Fraction(0)
        if not staged and "from" in fields:
            if number == 1 and start != 0:
                fields["from"].wrong("the first level begins at 0")
            if before and not before[-1].start < start < 1:
                fields["from"].wrong("must be above the level before it and below 100")
        noticed = fields["noticed"].pairs() if "noticed" in fields else []
        return Level(
            number,
            self.text(fields, "title"),
            start,
            {name.node_text: text.texts(self.languages) for name, text in noticed},
        )

    # --- dimensions, capabilities, questions ---

    def dimension(self, item: Item) -> Dimension:
        """Read one dimension."""
        fields = item.record(
            ("id", "title"), ("summary", "weight", "foundation", "capabilities", "questions")
        )
        if ("capabilities" in fields) == ("questions" in fields):
            item.wrong("a dimension holds either capabilities or questions; give one of the two")
        return Dimension(
            self._measure_id(fields),
            self.text(fields, "title"),
            self.maybe(fields, "summary"),
            self._weight(fields),
            self._foundation(fields),
            tuple(map(self.capability, self._some(fields, "capabilities"))),
            tuple(map(self.question, self._some(fields, "questions"))),
        )

    def capability(self, item: Item) -> Capability:
        """Read one capability."""
        fields = item.record(
            ("id", "title", "questions"),
            (
                "weight",
                "foundation",
                "ideas",
                "covers",
                "excludes",
                "answered-by",
                "not-applicable",
                "steps",
            ),  # fmt: skip
        )
        return Capability(
            self._measure_id(fields),
            self.text(fields, "title"),
            tuple(map(self.question, self._some(fields, "questions"))),
            self._weight(fields),
            self._foundation(fields),
            tuple(idea.text() for idea in fields["ideas"].items()) if "ideas" in fields else (),
            self.maybe(fields, "covers"),
            self.maybe(fields, "excludes"),
            self.maybe(fields, "answered-by"),
            self.maybe(fields, "not-applicable"),
            self._steps(fields["steps"]) if "steps" in fields else (),
        )

    def question(self, item: Item) -> Question:
        """Read one question."""
        fields = item.record(
            ("id", "text"),
            ("aspect", "scale", "weight", "reverse", "level", "anchors", "guidance", "evidence"),
        )
        scale = self._named_scale(fields["scale"]) if "scale" in fields else self.default_scale
        if scale is None:
            item.wrong("the question has no scale; name one, or a default `scale` for all")
            scale = Scale("", Points(1, 5), {})
        question_id = fields["id"].word(MEASURE_ID, MEASURE_ID_RULE) if "id" in fields else ""
        if "id" in fields:
            self.question_ids.append((question_id, fields["id"]))
        return Question(
            question_id,
            self.text(fields, "text"),
            scale,
            self._weight(fields),
            "reverse" in fields and fields["reverse"].flag(),
            fields["aspect"].one_of(("say", "do")) if "aspect" in fields else None,
            self._question_level(item, fields),
            self._by_point(fields.get("anchors"), scale),
            self.maybe(fields, "guidance"),
            self.maybe(fields, "evidence"),
        )

    def _question_level(self, item: Item, fields: Mapping[str, Item]) -> int | None:
        if "level" in fields and not self.staged:
            fields["level"].wrong("only levels of method staged use it; leave it out")
        if self.staged and "level" not in fields:
            item.wrong(
                "the key 'level' is missing; with staged levels each question names its level"
            )
        return fields["level"].whole(1, len(self.levels) or 1) if "level" in fields else None

    def _measure_id(self, fields: Mapping[str, Item]) -> str:
        if "id" not in fields:
            return ""
        found = fields["id"].word(MEASURE_ID, MEASURE_ID_RULE)
        self.measure_ids.append((found, fields["id"]))
        return found

    def _weight(self, fields: Mapping[str, Item]) -> int:
        return fields["weight"].whole(1, WEIGHT) if "weight" in fields else 1

    def _foundation(self, fields: Mapping[str, Item]) -> bool:
        if "foundation" not in fields or not fields["foundation"].flag():
            return False
        if self.gate is None:
            fields["foundation"].wrong(
                "no gate is set in questionnaire.yaml; set one or leave this out"
            )
        self.foundations += 1
        return True

    def _some(self, fields: Mapping[str, Item], name: str) -> list[Item]:
        if name not in fields:
            return []
        items = fields[name].items()
        if not items:
            fields[name].wrong("the list is empty; give one at least")
        return items

    def _steps(self, item: Item) -> tuple[Step, ...]:
        steps = tuple(map(self._step, item.items()))
        wanted = list(range(1, len(self.levels)))
        if [step.start for step in steps] != wanted:
            item.wrong(f"there must be one step from each of the levels {wanted}, in this order")
        return steps

    def _step(self, item: Item) -> Step:
        fields = item.record(("from", "effort", "kind", "action", "sign", "number"))
        return Step(
            fields["from"].whole(1, LEVELS) if "from" in fields else 0,
            fields["effort"].whole(1, 5) if "effort" in fields else 1,
            fields["kind"].one_of(("basic", "build", "innovate")) if "kind" in fields else "basic",
            self.text(fields, "action"),
            self.text(fields, "sign"),
            self.text(fields, "number"),
        )

    # --- the rest of questionnaire.yaml ---

    def _titled(self, name: str) -> list[tuple[Item, Item]]:
        return self.fields[name].pairs() if name in self.fields else []

    def _roles(self) -> tuple[Role, ...]:
        roles = []
        for name, item in self._titled("roles"):
            fields = item.record(("title",), ("description",))
            word = name.word(MEASURE_ID, MEASURE_ID_RULE)
            roles.append(Role(word, self.text(fields, "title"), self.maybe(fields, "description")))
        return tuple(roles)

    def _reasons(self) -> tuple[Reason, ...]:
        pairs = self._titled("not-applicable")
        if len(pairs) > REASONS:
            self.fields["not-applicable"].wrong(f"{len(pairs)} reasons; at most {REASONS}")
        return tuple(
            Reason(name.word(MEASURE_ID, MEASURE_ID_RULE), item.texts(self.languages))
            for name, item in pairs
        )

    def _subsets(self) -> tuple[Subset, ...]:
        known = [word for word, _ in self.question_ids]
        subsets = []
        for name, item in self._titled("subsets"):
            fields = item.record(("title", "questions"), ("minutes", "description"))
            subsets.append(
                Subset(
                    name.word(MEASURE_ID, MEASURE_ID_RULE),
                    self.text(fields, "title"),
                    self._chosen(fields["questions"], known)
                    if "questions" in fields
                    else frozenset(),
                    fields["minutes"].whole(1, 600) if "minutes" in fields else None,
                    self.maybe(fields, "description"),
                )
            )
        if "subsets" in self.fields and not subsets:
            self.fields["subsets"].wrong("there must be one subset at least, such as full")
        return tuple(subsets)

    def _chosen(self, item: Item, known: list[str]) -> frozenset[str]:
        if item.is_word:
            item.one_of(("all",))
            return frozenset(known)
        chosen = []
        for entry in item.items():
            word = entry.raw()
            if word not in known:
                entry.wrong(f"no question is called {word!r}{meant(word, known)}")
            elif word in chosen:
                entry.wrong(f"{word!r} is listed twice; list it once")
            chosen.append(word)
        if not chosen:
            item.wrong("the list is empty; give one question at least")
        return frozenset(chosen)

    def _perception_gap(self, roles: tuple[Role, ...]) -> tuple[str, str] | None:
        if "perception-gap" not in self.fields:
            return None
        item = self.fields["perception-gap"]
        known = [role.id for role in roles]
        found = [entry.one_of(known) for entry in item.items()]
        if len(set(found)) != 2:  # noqa: PLR2004 - a gap is between two
            item.wrong("name two different roles")
            return None
        return found[0], found[1]

    def _coverage(self) -> tuple[Fraction, Fraction]:
        found = {"capability": 50, "dimension": 60}
        if "coverage" in self.fields:
            for name, item in self.fields["coverage"].record((), tuple(found)).items():
                found[name] = item.whole(1, 100)
        return Fraction(found["capability"], 100), Fraction(found["dimension"], 100)

    def _definitions(self) -> tuple[Definition, ...]:
        if "definitions" not in self.fields:
            return ()
        records = (item.record(("term", "meaning")) for item in self.fields["definitions"].items())
        return tuple(Definition(self.text(f, "term"), self.text(f, "meaning")) for f in records)

    def questionnaire(self, dimensions: tuple[Dimension, ...]) -> Questionnaire:
        """Put the whole together, with *dimensions* as :meth:`dimension` read them."""
        self._check_whole(dimensions)
        roles = self._roles()
        capability_coverage, dimension_coverage = self._coverage()
        fields = self.fields
        made = Questionnaire(
            id=fields["id"].raw() if "id" in fields else "",
            version=fields["version"].word(VERSION, "numbers with dots, as 1.0")
            if "version" in fields
            else "",
            title=self.text(fields, "title"),
            languages=self.languages,
            dimensions=dimensions,
            levels=self.levels,
            staged=self.staged,
            staged_pass=self.staged_pass,
            aggregate=fields["aggregate"].one_of(("mean", "minimum"))
            if "aggregate" in fields
            else "mean",
            gate=self.gate,
            capability_coverage=capability_coverage,
            dimension_coverage=dimension_coverage,
            subsets=self._subsets(),
            roles=roles,
            perception_gap=self._perception_gap(roles),
            reasons=self._reasons(),
            fingerprint=fields["fingerprint"].raw() if "fingerprint" in fields else "",
            summary=self.maybe(fields, "summary"),
            licence=fields["licence"].text() if "licence" in fields else None,
            customer_voice="respondents" in fields
            and fields["respondents"].one_of(("members", "customers")) == "customers",
            definitions=self._definitions(),
            guidance=self.maybe(fields, "guidance"),
        )
        self._check_named(made)
        return made

    def _check_whole(self, dimensions: tuple[Dimension, ...]) -> None:
        same_but_for_case(self.measure_ids)
        same_but_for_case(self.question_ids)
        if len({bool(dimension.capabilities) for dimension in dimensions}) > 1:
            self.fields["dimensions"].wrong(
                "some dimensions hold capabilities and some hold questions; choose one depth for all"
            )
        if self.gate is not None and not self.foundations:
            self.fields["gate"].wrong(
                "no capability is marked foundation: true; mark one or drop the gate"
            )

    def _check_named(self, made: Questionnaire) -> None:
        for key, is_now, should in (
            ("id", made.id, self.folder[0]),
            ("version", made.version, self.folder[1]),
        ):
            if key in self.fields and is_now != should:
                self.fields[key].wrong(f"{is_now!r} differs from the folder's name, {should!r}")
        if "fingerprint" in self.fields and not self.root.problems.count():
            found, right = made.fingerprint, fingerprint(made)
            if found != right:
                self.fields["fingerprint"].wrong(
                    f"{found!r} does not fit the scored fields, whose fingerprint is {right!r}; "
                    "undo the change, or publish it as a new version"
                )


def fingerprint(questionnaire: Questionnaire) -> str:
    """
    Hash what scores depend on: structure, scales, weights, rules; no text, no order.

    The first 16 hexadecimal digits of SHA-256 over JSON with sorted keys and lists.
    """
    q = questionnaire
    content = {
        "aggregate": q.aggregate,
        "coverage": [str(q.capability_coverage), str(q.dimension_coverage)],
        "levels": [[level.number, str(level.start)] for level in q.levels],
        "staged": str(q.staged_pass) if q.staged else None,
        "gate": q.gate,
        "reasons": sorted(reason.id for reason in q.reasons),
        "roles": sorted(role.id for role in q.roles),
        "perception-gap": q.perception_gap,
        "subsets": sorted([subset.id, sorted(subset.questions)] for subset in q.subsets),
        "dimensions": sorted(map(_hashed_dimension, q.dimensions)),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _hashed_dimension(dimension: Dimension) -> list[object]:
    return [
        dimension.id,
        dimension.weight,
        dimension.foundation,
        sorted(
            [c.id, c.weight, c.foundation, sorted(map(_hashed_question, c.questions))]
            for c in dimension.capabilities
        ),
        sorted(map(_hashed_question, dimension.questions)),
    ]


def _hashed_question(question: Question) -> list[object]:
    scale = question.scale
    places = [[point, str(share(question, point))] for point in points_of(scale)]
    if isinstance(scale.kind, Numeric):
        places = [["cut", str(cut)] for cut in scale.kind.cuts]
    aspect, level = question.aspect or "", question.level or 0
    return [question.id, question.weight, question.reverse, aspect, level, places]
