"""The report's charts: laid out, placed, and the same as Altair draws them in full."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from cx_maturity import chart
from cx_maturity.chart import (
    MARKS,
    Bar,
    Bit,
    Distribution,
    Gap,
    Gaps,
    Gate,
    Line,
    Mini,
    Moment,
    Pair,
    Pairs,
    Part,
    Spot,
    Strip,
    Times,
    Zone,
)
from cx_maturity.charts import drawing, lanes, layout, strips, times
from cx_maturity.charts.lettering import SLACK, lines, neat, width
from cx_maturity.charts.prove import differences
from cx_maturity.charts.sheets import BARS, GAPS, MINI, PAIRS, SHEETS, STRIPS, TIMES, TRENDS
from cx_maturity.errors import ContentError

ROOT = Path(__file__).resolve().parent.parent
LEVELS = ("Unheard", "Listening", "Responding", "Consistent", "Anticipating")
NAMES = (
    "Culture",
    "Needs and expectations insight",
    "Communication and change management",
    "Interpretation and expectation tracking across every channel and country of the group",
    "Asiakaskokemuksen kehittämisen suunnitelmallisuus ja johdonmukaisuus",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    'R&D <care> "now"',
)
HOSTILE = (
    "</text><script>alert(1)</script>",
    "a & b < c > d \"e\" 'f' %s {0}",
    "n" * 400,
    "many words in a name " * 20,
    "\u202eoverridden\u2066 text\u0000\ud800",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 and \U0001f469\u200d\U0001f680 e\u0301",
    "line\nbreak\tand\u00adsoft",
)


def zones(reached=0, cuts=(0, 20, 40, 60, 80, 100), titles=LEVELS):
    return tuple(
        Zone(start, end, f"{k} {title}", str(k), k, k == reached)
        for k, ((start, end), title) in enumerate(zip(pairwise(cuts), titles, strict=True), 1)
    )


def line(**changes):
    """Make a line that says everything, with *changes*."""
    said = {
        "label": "Culture",
        "score": 62.0,
        "score_text": "62",
        "interval": (59.0, 65.0),
        "interval_text": "[59–65]",
        "level_text": "4",
        "shade": 4,
        "quartiles": (48.0, 64.0),
        "median": 56.0,
    }
    return Line(**(said | changes))


def unscored(**changes):
    """Make a line that has too few answers."""
    nothing = {"score": None, "interval": None, "interval_text": "", "shade": None}
    words = {"level_text": "–", "missing_text": "Not enough answers"}
    return line(**(nothing | words | changes))


def seeded(seed):
    return Random(seed)  # noqa: S311 - examples, not secrets


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def strip(*rows, peers_kind="illustrative", stamp="Illustrative", **changes):
    rows = rows or (line(),)
    said = {"zones": zones(3), "lines": rows, "peers_kind": peers_kind, "stamp": stamp}
    return Strip(**(said | {"score_head": "Score", "level_head": "Level"} | changes))


def drawn(drawings):
    """Return the SVGs of *drawings* by width."""
    return {drawing.width_class: drawing.svg for drawing in drawings}


# --- fifty organisations ---------------------------------------------------------------


def some_line(chance, label, *, peers):
    if chance.random() < 0.1:
        return unscored(label=label, quartiles=None, median=None)
    score, half = chance.uniform(0, 100), chance.uniform(0, 9)
    reach = (max(score - half, 0.0), min(score + half, 100.0))
    shade = min(int(score // 20) + 1, 5)
    open_end = chance.random() < 0.3
    q1 = chance.uniform(0, 90)
    return Line(
        label=label,
        score=score,
        score_text=f"{score:.0f}",
        interval=None if open_end else reach,
        interval_text=f"[{reach[0]:.0f}–{reach[1]:.0f}]",
        allowed=reach if open_end else None,
        level_text=str(shade),
        shade=shade,
        quartiles=(q1, q1 + 10) if peers else None,
        median=q1 + chance.uniform(0, 10) if peers else None,
        target=chance.choice((None, score, 0.0, 100.0, chance.uniform(0, 100))),
        target_text=chance.choice(("target 48", "tavoite 48 vuoden 2027 loppuun mennessä", "")),
        bits=some_bits(chance),
        strong=chance.random() < 0.3,
    )


def some_stair(chance):
    """Return the overall after each step of a path, some of it not to be shown, some of it held."""
    at, lines = chance.choice((0.0, 12.0, chance.uniform(0, 90))), []
    for place in range(chance.randint(2, 14)):
        label = f"{place} {chance.choice(NAMES)}"
        opens = chance.choice(("", "", "Opens level 4"))
        if chance.random() < 0.15:
            lines.append(unscored(label=label, interval_text=opens, quartiles=None, median=None))
        else:
            text = chance.choice((f"{at:.0f}", f"{at:.1f}"))
            lines.append(
                line(
                    label=label,
                    score=at,
                    score_text="",
                    mark_text=text,
                    interval=None,
                    interval_text=opens,
                    quartiles=None,
                    median=None,
                    strong=bool(opens),
                )
            )
        at = min(100.0, at + chance.choice((0.0, 0.3, 2.0, 9.0, 30.0)))
    closed = chance.randint(1, len(lines))
    gate = Gate(chance.choice((20, 40, 60, 80)), "closed: listening coverage is at 2", "closed")
    return strip(
        *lines,
        zones=zones(chance.randint(0, 5)),
        peers_kind=None,
        stamp="",
        score_head="",
        gate=gate if chance.random() < 0.6 else None,
        closed=closed,
        stair=True,
    )


def some_bits(chance):
    """Return the parts of a measure, the first and the last with a name, some of them alike."""
    at = sorted(chance.choice((0.0, 40.0, 100.0, chance.uniform(0, 100))) for _ in range(5))
    at = at[: chance.randint(0, 5)]
    named = {0, len(at) - 1}
    return tuple(
        Bit(score, f"{score:.0f} {chance.choice(NAMES)}" if index in named else "")
        for index, score in enumerate(at)
    )


def some_strip(chance, most):
    kind = chance.choice(("illustrative", "pooled", None))
    rows = [
        some_line(chance, chance.choice(NAMES), peers=kind) for _ in range(chance.randint(1, most))
    ]
    gate = Gate(chance.choice((20, 40, 60, 80)), "closed: listening coverage is at 2", "closed")
    return strip(
        *rows,
        zones=zones(chance.randint(0, 5)),
        peers_kind=kind,
        stamp="Illustrative" if kind == "illustrative" else "",
        gate=gate if chance.random() < 0.5 else None,
        needed=chance.choice((None, 40.0)),
    )


def some_gaps(chance):
    limit = chance.choice((10, 20, 40, 60, 100))
    rows = tuple(
        Gap(
            chance.choice(NAMES),
            points,
            f"{points:+.0f}".replace("-", "−"),
            kind,
            target=chance.choice((None, None, points, limit, chance.uniform(-limit, limit))),
        )
        for points in sorted(
            (chance.uniform(-limit, limit) for _ in range(chance.randint(1, 25))), reverse=True
        )
        for kind in [chance.choice(("above", "below", "level"))]
    )
    ticks = tuple((at * limit, f"{at * limit:+.0f}") for at in (-1, -0.5, 0, 0.5, 1))
    return Gaps(rows, (-limit, limit), ticks, "illustrative", chance.choice(("Illustrative", "")))


def some_bar(chance):
    counts = [chance.choice((0, 1, 4, 5, 12, 40)) for _ in range(5)]
    total, at, parts = sum(counts) or 1, 0, []
    for shade, count in enumerate(counts, 1):
        text = str(count) if count >= 5 else ""
        parts.append(Part(at / total, (at + count) / total, shade, text))
        at += count
    return Bar(
        chance.choice(NAMES),
        tuple(parts),
        chance.choice(("", "2 unsure", "3 unsure, 1 not applicable")),
    )


def some_distribution(chance):
    return Distribution(tuple(some_bar(chance) for _ in range(chance.randint(1, 20))))


def some_mini(chance):
    return Mini(zones(), some_line(chance, "x", peers=chance.random() < 0.7))


def some_spot(chance, mark, text=""):
    at = chance.choice((0.0, 100.0, chance.uniform(0, 100), chance.uniform(40, 60)))
    half = chance.choice((0.0, 3.0, chance.uniform(0, 60)))
    reach = (max(at - half, 0.0), min(at + half, 100.0)) if half else None
    return Spot(at, mark, reach, text)


def some_pair(chance):
    first = some_spot(chance, "full", chance.choice(("54", "79.9", "")))
    second = some_spot(chance, chance.choice(("open", "diamond")), chance.choice(("62", "")))
    return Pair(
        chance.choice(NAMES),
        first if chance.random() < 0.9 else None,
        second if chance.random() < 0.9 else None,
        others=tuple(some_spot(chance, mark) for mark in MARKS[3 : 3 + chance.randint(0, 6)]),
        link=chance.choice(("solid", "dotted", "")),
        value=chance.choice(("+20", "53 → 73", "59.97 → 60.02", "")),
        word=chance.choice(("[8 to 32]", "[≈−14.25 to 20.1]", "kan inte särskiljas från 0", "")),
        is_clear=chance.random() < 0.5,
        strong=chance.random() < 0.3,
    )


def some_pairs(chance):
    return Pairs(
        zones(chance.randint(0, 5)),
        tuple(some_pair(chance) for _ in range(chance.randint(1, 12))),
        value_head=chance.choice(("Difference", "Then → now", "")),
        word_head=chance.choice(("Interval", "")),
        is_sloped=chance.random() < 0.5,
    )


def some_times(chance):
    inner = sorted(chance.uniform(0, 1) for _ in range(chance.randint(2, 10)))
    moments = []
    for number, at in enumerate((0.0, *inner, 1.0)):
        spot = some_spot(chance, "open")
        moments.append(Moment(at, spot.at, f"{spot.at:.0f}", f"May {2015 + number}", spot.interval))
    return Times(zones(chance.randint(0, 5)), tuple(moments))


def some_trend(chance):
    found = some_times(chance)
    return Times(found.zones, found.moments, chance.choice(NAMES))


# Chart type → (random picture, how it is laid out, its sheets).
TYPES = {
    "overall": (lambda chance: some_strip(chance, 1), strips.strip, STRIPS),
    "profile": (lambda chance: some_strip(chance, 20), strips.strip, STRIPS),
    "stair": (some_stair, strips.strip, STRIPS),
    "gaps": (some_gaps, layout.gaps, GAPS),
    "pairs": (some_pairs, lanes.pairs, PAIRS),
    "times": (some_times, times.times, TIMES),
    "trend": (some_trend, times.times, TRENDS),
    "distribution": (some_distribution, layout.distribution, BARS),
    "mini": (some_mini, layout.mini, (MINI,)),
}
ORGANISATIONS = 50


def draw(name):
    """Return what draws the charts of a type; a stair is an overall of many lines."""
    return chart.overall if name == "stair" else getattr(chart, name)


@pytest.mark.parametrize("name", TYPES)
def test_what_is_placed_is_what_altair_draws(name):
    """Fifty organisations, one after another at each width; Altair draws each in full."""
    picture, lay, sheets = TYPES[name]
    for seed in range(ORGANISATIONS):
        sheet = sheets[seed % len(sheets)]
        rows = lay(picture(seeded(f"{name} {seed}")), sheet)

        found = differences(drawing.draw(sheet, rows), chart.frame_of(sheet.name).place(rows))

        assert found == [], f"organisation {seed} on {sheet.name}"


def test_ready_frames_are_what_is_drawn_now():
    chart.check_frames()


def test_a_stale_or_missing_frame_is_named(monkeypatch):
    monkeypatch.setattr(chart, "_drawn", lambda: iter([("mini", "{}\n"), ("gone", "{}\n")]))

    with pytest.raises(ContentError) as error:
        chart.check_frames()

    assert [(p.place.path.name, p.message) for p in error.value.problems] == [
        ("mini.json", "is not what is drawn now; run 'cx-maturity frames'"),
        ("gone.json", "is missing; draw it with 'cx-maturity frames'"),
    ]


def test_every_ready_frame_belongs_to_a_sheet():
    assert {path.stem for path in chart.FRAMES.iterdir()} == set(SHEETS)


def test_a_frame_belongs_where_it_is_loaded_from(monkeypatch):
    monkeypatch.setattr(chart, "_drawn", lambda: iter([("mini", "{}\n")]))

    assert chart.draw_frames() == {chart.FRAMES / "mini.json": "{}\n"}
    assert (chart.FRAMES / "mini.json").is_file()


def test_a_page_needs_no_altair():
    code = (
        "import sys; from cx_maturity import chart; from cx_maturity.chart import *\n"
        "print(len(mini(Mini((Zone(0, 100, 'a', 'a', 1),), Line('a', 5, '5')), 't', '')))\n"
        "print(*{'altair', 'vl_convert', 'numpy', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=ROOT / "plugins",
        text=True,
    )

    assert done.stdout == "1\n\n"


# --- markup ------------------------------------------------------------------------------


def everything():
    """Return a drawing of every type, by name and width."""
    for name, (picture, _, _) in TYPES.items():
        for one in draw(name)(picture(seeded(name)), "A title", "What it shows"):
            yield f"{name} {one.width_class}", one.svg


@pytest.mark.parametrize(("name", "svg"), list(everything()))
def test_a_drawing_obeys_a_strict_policy_and_speaks_to_all(name, svg):
    root = parsed(svg)
    title, description, inner = root

    assert (title.text, description.text) == ("A title", "What it shows"), name
    assert root.get("role") == "img"
    assert inner.get("aria-hidden") == "true"
    assert not {"style", "id", "clip-path", "onload", "href"} & {
        attribute for element in root.iter() for attribute in element.attrib
    }
    assert {element.tag for element in root.iter()} <= {
        *("svg", "title", "desc", "g", "path", "line", "text"),
    }


def test_the_style_sheet_colours_every_class_of_every_frame_and_no_other():
    css = (ROOT / "theme/static/css/chart.css").read_text("utf-8")
    coloured = set(re.findall(r"^\.([fs]-[\w-]+)", css, re.MULTILINE))
    frames = "".join(path.read_text("utf-8") for path in chart.FRAMES.iterdir())
    used = {name for names in re.findall(r'class=\\"([^"\\]+)', frames) for name in names.split()}

    assert used - coloured == set()
    assert coloured - used == set()


def test_widths_come_in_one_order():
    assert list(drawn(chart.overall(strip(), "t", "d"))) == ["wide", "middle", "narrow"]


def test_a_drawing_is_as_wide_as_its_class():
    assert [
        re.search(r'viewBox="0 0 (\d+) ', one.svg)[1]
        for picture in (chart.profile(strip(), "t", ""), chart.gaps(gaps(), "t", ""))
        for one in picture
    ] == ["1120", "680", "288", "846", "680", "288"]


def test_no_description_leaves_no_empty_element():
    assert "<desc>" not in drawn(chart.overall(strip(), "t", ""))["wide"]


# --- texts -------------------------------------------------------------------------------


class Said(NamedTuple):
    """A text of a drawing, and the pixels it covers if set in the font it was measured in."""

    text: str
    left: float
    right: float
    y: float
    size: float


def said(svg):
    """Yield the texts of *svg*."""

    def walk(element, inherited):
        look = inherited | element.attrib
        if element.tag == "text":
            x, y = map(float, re.findall(r"[-\d.]+", look["transform"]))
            size = float(look["font-size"].removesuffix("px"))
            needed = width(element.text, size, bold=look.get("font-weight") == "700") / SLACK
            share = {"start": 0, "middle": 0.5, "end": 1}[look["text-anchor"]]
            yield Said(element.text, x - share * needed, x + (1 - share) * needed, y, size)
        for child in element:
            yield from walk(child, look)

    return list(walk(parsed(svg), {}))


@pytest.mark.parametrize("name", [name for name in TYPES if name != "mini"])
def test_no_text_leaves_its_drawing_or_touches_another(name):
    """Fifty organisations at all widths, set in the font that the estimates are of."""
    picture = TYPES[name][0]
    for seed in range(ORGANISATIONS):
        for one in draw(name)(picture(seeded(f"{name} text {seed}")), "t", ""):
            root = parsed(one.svg)
            room, height = float(root.get("width")), float(root.get("height"))
            texts = said(one.svg)
            for text in texts:
                assert text.left >= -0.5, (seed, one.width_class, text)
                assert text.right <= room + 0.5, (seed, one.width_class, text)
                assert text.size / 2 <= text.y <= height, (seed, one.width_class, text)
            for index, text in enumerate(texts):
                for other in texts[:index]:
                    apart = (
                        abs(text.y - other.y) >= 11
                        or text.left >= other.right
                        or other.left >= text.right
                    )
                    assert apart, (seed, one.width_class, text, other)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["profile", "gaps", "distribution", "pairs", "times", "trend"])
def test_hostile_texts_stay_texts(name, text):
    """Whatever a name holds, the drawing is valid, and the name stays in its lane."""
    rows = (line(label=text), unscored(label=text, missing_text=text))
    named = zones(2, titles=[text] * 5)
    pictures = {
        "profile": strip(*rows, zones=named, gate=Gate(60, text, text), stamp=text),
        "gaps": gaps(label=text),
        "distribution": Distribution((Bar(text, (Part(0, 1, 1, "9"),), text),)),
        "pairs": Pairs(named, (pair(label=text, value=text, word=text),), text, text),
        "times": Times(named, (Moment(0, 50, "50", text), Moment(1, 60, "60", text))),
        "trend": Times(named, (Moment(0, 50, "50", text), Moment(1, 60, "60", text)), text),
    }
    for one in getattr(chart, name)(pictures[name], text, text):
        root = parsed(one.svg)

        assert root[0].text == neat(text)
        assert not set(one.svg) & set("\u202e\u2066\u0000\ud800\u00ad\n\t")
        assert all(t.right <= float(root.get("width")) + 0.5 for t in said(one.svg))


def test_a_name_of_400_letters_ends_in_an_ellipsis_inside_its_lane():
    svg = drawn(chart.profile(strip(line(label="n" * 400)), "t", ""))["wide"]
    label = [text for text in said(svg) if "nnn" in text.text]

    assert [text.text[-1] for text in label] == ["-", "-", "…"]
    assert max(text.right for text in label) <= 216


@pytest.mark.parametrize(
    ("text", "room", "broken"),
    [
        ("Culture", 100, ("Culture",)),
        ("Needs and expectations insight", 120, ("Needs and", "expectations", "insight")),
        ("say-do gap", 60, ("say-do", "gap")),
        ("say-do", 30, ("say-", "do")),
        ("Anticipating", 50, ("Antici-", "pating")),
        ("one two three four", 30, ("one", "two", "th…")),
        ("", 100, ()),
    ],
)
def test_a_text_is_broken_where_a_reader_would(text, room, broken):
    assert lines(text, room, 14) == broken


def test_an_accent_and_a_joined_sign_are_never_torn_off():
    crew = "\U0001f469\u200d\U0001f680"

    assert "".join(lines(crew * 9, 40, 14, most=99)).replace("-", "") == crew * 9
    assert all(crew in line for line in lines(crew * 9, 40, 14, most=99))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a\u202eb", "a b"),
        ("  two\n\tlines ", "two lines"),
        ("34\u00a0% given", "34\u00a0% given"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ud800", ""),
    ],
)
def test_a_text_is_made_safe_for_one_line(text, plain):
    assert neat(text) == plain


# --- strips ----------------------------------------------------------------------------


def marks(picture, slot, sheet=STRIPS[0], lay=strips.strip):
    """Return kinds, numbers and texts of one slot's rows."""
    return lay(picture, sheet)[slot]


def test_illustrative_peers_have_a_broken_edge_and_a_stamp():
    svg = drawn(chart.profile(strip(), "t", ""))["wide"]

    assert 'stroke-dasharray="4,3"' in svg
    assert ">Illustrative</text>" in svg


def test_pooled_peers_have_a_whole_edge_and_no_stamp():
    svg = drawn(chart.profile(strip(peers_kind="pooled", stamp=""), "t", ""))["wide"]

    assert "f-band" in svg
    assert "stroke-dasharray" not in svg
    assert "Illustrative" not in svg


def test_peers_of_no_kind_are_refused():
    with pytest.raises(ValueError, match="peers_kind does not say of which kind"):
        chart.profile(strip(peers_kind=None), "t", "")


def test_without_peers_only_the_own_marks_are_drawn():
    alone = strip(line(quartiles=None, median=None), peers_kind=None, stamp="")

    assert marks(alone, "band") == marks(alone, "median") == []
    assert len(marks(alone, "own")) == 1


def test_a_line_without_a_score_says_why_and_has_no_mark():
    missing = strip(unscored(score_text="–"))

    assert marks(missing, "own") == marks(missing, "interval") == marks(missing, "score") == []
    assert [texts for _, _, texts in marks(missing, "missing")] == [("Not enough answers",)]
    assert [(kind, texts) for kind, _, texts in marks(missing, "cell")] == [("none", ("–",))]
    assert len(marks(missing, "empty")) == 1
    assert marks(strip(), "empty") == []


def test_an_interval_with_decimals_takes_two_lines_where_its_lane_is_narrow():
    close = strip(line(interval_text="[50.1–59.998]"))

    assert [t for _, _, t in marks(close, "range", STRIPS[1])] == [("[50.1–",), ("59.998]",)]


def test_a_rough_interval_with_decimals_stays_on_one_line_in_the_middle():
    rough = strip(line(interval_text="[≈59.9–65.1]"))

    assert [t for _, _, t in marks(rough, "range", STRIPS[1])] == [("[≈59.9–65.1]",)]


def test_what_missing_answers_allow_has_no_caps():
    allowed = strip(line(interval=None, allowed=(50.0, 70.0), interval_text="(50–70)"))

    assert marks(allowed, "interval") == []
    assert [numbers[:2] for _, numbers, _ in marks(allowed, "allowed")] == [(50.0, 70.0)]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"score": 100.5}, "own: at 100.5 is outside 0 to 100"),
        ({"median": -1.0}, "median: at -1.0 is outside 0 to 100"),
        ({"interval": (60.0, 50.0)}, "interval: start 60.0 is above end 50.0"),
        ({"score": float("nan")}, "own: at nan is outside 0 to 100"),
    ],
)
def test_a_number_off_the_axis_is_refused(change, problem):
    with pytest.raises(ValueError, match=r"outside|above") as error:
        chart.profile(strip(line(**change)), "t", "")

    assert str(error.value) == problem


def test_the_reached_level_is_named_in_bold():
    reached = [(kind, texts[0]) for kind, _, texts in marks(strip(), "level")]

    assert reached == [
        ("plain", "1 Unheard"),
        ("plain", "2 Listening"),
        ("reached", "3 Responding"),
        ("plain", "4 Consistent"),
        ("plain", "5 Anticipating"),
    ]


def test_a_phone_names_the_reached_level_above_its_number():
    named = [(kind, texts[0]) for kind, _, texts in marks(strip(), "level", STRIPS[2])]

    assert named == [
        ("reached", "Responding"),
        ("plain", "1"),
        ("plain", "2"),
        ("reached", "3"),
        ("plain", "4"),
        ("plain", "5"),
    ]


def test_a_level_too_narrow_for_its_name_has_its_short_one():
    tight = strip(zones=zones(0, cuts=(0, 3, 40, 60, 80, 100)))

    assert next(texts[0] for _, _, texts in marks(tight, "level")) == "1"


@pytest.mark.parametrize(
    ("cuts", "ticks"),
    [
        ((0, 20, 40, 60, 80, 100), ["0", "20", "40", "60", "80", "100"]),
        ((0, 10, 40, 60, 75, 100), ["0", "10", "40", "60", "75", "100"]),
        ((0, 12.5, 40, 60, 75, 100), ["0", "20", "40", "60", "80", "100"]),
        ((0, 20, 40, 60, 98, 100), ["0", "20", "40", "60", "80", "100"]),
    ],
)
def test_the_axis_numbers_the_levels_borders_where_they_can_be_read(cuts, ticks):
    picture = strip(zones=zones(0, cuts=cuts))

    assert [texts[0] for _, _, texts in marks(picture, "tick")] == ticks


GATE = Gate(60, "closed: listening coverage is at 2", "closed by the gate")


def test_a_gate_closes_the_first_row_only():
    picture = strip(line(strong=True), line(), gate=GATE)
    (_, (start, end, _, bottom), _), *others = marks(picture, "closed")
    second = marks(picture, "own")[1][1][1]

    assert (start, end, others) == (60, 100, [])
    assert bottom < second


def test_what_every_line_needs_is_drawn_in_those_that_fall_short_of_it():
    scores = (62.0, 39.9, 40.0, None)
    picture = strip(*(line(score=score, interval=None) for score in scores), needed=40.0)

    for sheet in STRIPS:
        ((_, (at, top, bottom), _),) = marks(picture, "gate", sheet)
        inside = [top < n[1] < bottom for _, n, _ in marks(picture, "own", sheet)]
        assert (at, inside) == (40.0, [False, True, False])
    assert marks(picture, "closed") == []


def test_a_gates_words_stand_beside_the_marks_where_there_is_room():
    picture = strip(line(strong=True), gate=GATE)

    assert [(n[0], t) for _, n, t in marks(picture, "words")] == [(100, (GATE.words,))]
    assert marks(picture, "words")[0][1][1] == marks(picture, "own")[0][1][1]


def test_a_gates_words_stand_below_marks_that_need_the_room():
    picture = strip(line(strong=True, score=90.0, interval=(88.0, 92.0)), gate=GATE)

    assert marks(picture, "words")[0][1][1] > marks(picture, "own")[0][1][1]


def test_a_gates_words_stand_before_it_where_the_zone_is_too_narrow():
    picture = strip(line(strong=True), gate=Gate(97, GATE.words, GATE.short_words))

    assert [(n[0], t) for _, n, t in marks(picture, "words")] == [(97, (GATE.short_words,))]


# --- targets ---------------------------------------------------------------------------


def aimed(target, **changes):
    words = {"target": target, "target_text": f"target {target:.0f}"}
    return strip(line(**{"quartiles": None, "median": None, **words, **changes}))


@pytest.mark.parametrize(
    ("target", "way", "side"),
    [(80.0, (62.0, 80.0), "right"), (40.0, (40.0, 62.0), "left"), (98.0, (62.0, 98.0), "below")],
)
def test_a_targets_words_stand_beside_it_or_below_where_there_is_no_room(target, way, side):
    picture = aimed(target)

    assert [n[:2] for _, n, _ in marks(picture, "way")] == [way]
    assert [n[0] for _, n, _ in marks(picture, "target")] == [target]
    assert [(k, t) for k, _, t in marks(picture, "aim")] == [(side, (f"target {target:.0f}",))]


def test_a_targets_words_never_stand_on_the_peers():
    picture = aimed(45.0, quartiles=(20.0, 60.0), median=30.0)

    assert [kind for kind, _, _ in marks(picture, "aim")] == ["below"]
    assert marks(picture, "aim")[0][1][1] > marks(picture, "own")[0][1][1]


def test_a_phone_has_a_targets_words_below_its_lane():
    picture = aimed(80.0)

    assert [kind for kind, _, _ in marks(picture, "aim", STRIPS[2])] == ["below"]
    assert marks(picture, "aim", STRIPS[2])[0][1][1] > marks(picture, "zone", STRIPS[2])[0][1][3]


@pytest.mark.parametrize("sheet", [STRIPS[0], STRIPS[2]])
def test_the_line_of_a_gate_crosses_no_targets_words(sheet):
    """Both are at 60, and the peers leave no room beside: the words end before the line."""
    gate = Gate(60, GATE.words, GATE.short_words)
    picture = strip(
        line(
            strong=True, score=66.0, interval=None, allowed=(64.0, 67.0),
            quartiles=(40.0, 57.0), median=49.0, target=60.0, target_text="target 60",
        ),
        gate=gate,
    )  # fmt: skip

    ((kind, (at, _), said),) = marks(picture, "aim", sheet)
    start, end = sheet.plot
    words = width(said[0], sheet.axis, bold=True) * 100 / (end - start)
    assert kind == "below"
    assert at + words / 2 < 60


def test_without_a_score_there_is_no_target():
    picture = strip(unscored(target=80.0, target_text="target 80"))

    assert marks(picture, "way") == marks(picture, "target") == marks(picture, "aim") == []


def test_a_gates_words_keep_off_a_targets():
    picture = strip(line(strong=True, target=90.0, target_text="target 90"), gate=GATE)

    (_, (_, aim), _), (_, (_, gate), _) = (marks(picture, name)[0] for name in ("aim", "words"))
    assert gate >= aim + 16


# --- parts of a score ------------------------------------------------------------------


def test_the_lowest_and_the_highest_part_are_named_outside_of_the_others():
    bits = (Bit(35, "35 Listening"), Bit(50), Bit(65, "65 Closing the loop"))
    picture = strip(line(bits=bits))

    assert [(k, n[0], t) for k, n, t in marks(picture, "named")] == [
        ("left", 35, ("35 Listening",)),
        ("right", 65, ("65 Closing the loop",)),
    ]
    assert [n[0] for _, n, _ in marks(picture, "bit")] == [35, 50, 65]


def test_parts_of_one_score_stand_one_above_another():
    picture = strip(line(bits=(Bit(50), Bit(50), Bit(50.5), Bit(60))))
    first, second, third, fourth = (n[1] for _, n, _ in marks(picture, "bit"))

    assert (second - first, third - second, fourth - first) == (8, 8, 0)


def test_a_name_without_room_beside_its_part_stands_below():
    picture = strip(line(bits=(Bit(2, "2 Listening coverage"), Bit(50))))

    assert [kind for kind, _, _ in marks(picture, "named")] == ["below"]


# --- pairs -----------------------------------------------------------------------------


def pair(**changes):
    said = {
        "label": "Culture",
        "first": Spot(74, "full", (68, 80), "74"),
        "second": Spot(54, "open", (49, 59), "54"),
        "link": "solid",
        "value": "+20",
        "word": "[8 to 32]",
        "is_clear": True,
    }
    return Pair(**(said | changes))


def paired(*rows, slot="mark", sheet=PAIRS[0], **more):
    return marks(Pairs(zones(3), rows, **more), slot, sheet, lanes.pairs)


def heights(*rows, **more):
    return {kind: numbers[1] for kind, numbers, _ in paired(*rows, **more)}


def test_marks_that_are_apart_share_a_lane_and_near_ones_do_not():
    near = pair(second=Spot(66, "open", (60, 72), "66"))

    apart, close, sloped = heights(pair()), heights(near), heights(pair(), is_sloped=True)

    assert apart["full"] == apart["open"]
    assert close["open"] == close["full"] + 18
    assert sloped["open"] == sloped["full"] + 18


def test_a_links_look_says_whether_a_difference_is_distinguishable():
    alone = {"first": Spot(74, "full"), "second": Spot(54, "open")}
    rows = [pair(link=look, **alone) for look in ("solid", "dotted", "")]

    assert [(kind, n[0], n[2]) for kind, n, _ in paired(*rows, slot="link")] == [
        ("solid", 74, 54),
        ("dotted", 74, 54),
    ]


@pytest.mark.parametrize("is_sloped", [True, False])
def test_a_link_joins_the_marks_however_wide_their_intervals_are(is_sloped):
    row = pair(first=Spot(80, "full", (76, 84)), second=Spot(56, "open", (52, 60)))
    ((_, (start, _, end, _), _),) = paired(row, slot="link", is_sloped=is_sloped)

    assert (start, end) == (80, 56)


@pytest.mark.parametrize("at", [0.0, 100.0])
def test_the_words_of_a_mark_at_either_end_stand_free_of_it(at):
    """A mark is six pixels and a half wide on either side, or less."""
    beyond = Spot(50, "open", None, "50")
    picture = Pairs(zones(), (pair(first=Spot(at, "full", None, f"{at:g}"), second=beyond),))
    for one, sheet in zip(chart.pairs(picture, "t", ""), PAIRS, strict=True):
        start, end = sheet.plot
        (words,) = [
            t
            for t in said(one.svg)
            if t.text == f"{at:g}"
            and t.y < 80
            and t.size <= 13
            and (t.right < start or t.left > end)
        ]
        free = start - words.right if at == 0 else words.left - end

        assert 10.5 <= free <= 12, one.width_class
        assert words.left >= 0
        assert words.right <= sheet.width - (0 if sheet.stacked else sheet.word_room)


def test_a_marks_words_stand_outside_of_its_interval_and_away_from_the_other():
    assert [(kind, n[0], t) for kind, n, t in paired(pair(), slot="spot")] == [
        ("left", 49, ("54",)),
        ("right", 80, ("74",)),
    ]


def test_marks_that_are_not_compared_stand_below_and_share_a_lane_only_where_they_are_apart():
    others = (
        Spot(20, "triangle", (15, 25)),
        Spot(24, "square", (20, 28)),
        Spot(60, "cross", (55, 65)),
    )
    found = heights(pair(others=others))

    assert found["full"] < found["triangle"] < found["square"]
    assert found["cross"] == found["triangle"]


def test_a_pair_of_one_has_no_link():
    assert paired(pair(second=None), slot="link") == []
    assert [kind for kind, _, _ in paired(pair(second=None))] == ["full"]


def test_levels_of_pairs_have_all_their_names_or_none():
    assert [t[0] for _, _, t in paired(pair(), slot="level")] == [
        *("1 Unheard", "2 Listening", "3 Responding", "4 Consistent", "5 Anticipating"),
    ]
    assert [t[0] for _, _, t in paired(pair(), slot="level", sheet=PAIRS[1])] == [
        *("Responding", "1", "2", "3", "4", "5"),
    ]


def test_a_phone_moves_a_word_below_rather_than_break_a_name():
    row = pair(label="Työntekijäkokemus", value="46 → 52", word="kan inte särskiljas")
    value, word = (paired(row, slot=slot, sheet=PAIRS[2])[0][1][-1] for slot in ("value", "word"))

    assert [t for _, _, t in paired(row, slot="label", sheet=PAIRS[2])] == [("Työntekijäkokemus",)]
    assert word > value


# --- time ------------------------------------------------------------------------------


def moments(*at):
    return Times(zones(3), tuple(Moment(x, 50, "50", f"May {2020 + n}") for n, x in enumerate(at)))


def test_rounds_stand_at_their_dates_and_are_joined_in_order():
    picture = moments(0, 0.25, 1)

    assert [n[0] for _, n, _ in marks(picture, "own", TIMES[0], times.times)] == [0, 0.25, 1]
    ways = marks(picture, "way", TIMES[0], times.times)
    assert [(n[0], n[2]) for _, n, _ in ways] == [(0, 0.25), (0.25, 1)]


def test_of_dates_too_near_the_last_and_the_first_are_written():
    picture = moments(0, 0.01, 0.99, 1)

    ticks = marks(picture, "tick", TIMES[2], times.times)
    assert sorted(t[0] for _, _, t in ticks) == ["May 2020", "May 2023"]


def test_a_higher_score_stands_higher():
    picture = Times(zones(), (Moment(0, 0, "0", "a"), Moment(1, 100, "100", "b")))
    low, high = (n[1] for _, n, _ in marks(picture, "own", TIMES[0], times.times))

    assert low - high == 280


@pytest.mark.parametrize("sheets", [TIMES, TRENDS])
@pytest.mark.parametrize("interval", [None, (0, 100), (80, 100), (0, 20)])
@pytest.mark.parametrize("score", [0, 3, 97, 100])
def test_a_score_stands_above_or_below_its_mark_and_interval(score, interval, sheets):
    if interval and not interval[0] <= score <= interval[1]:
        interval = (score, score)
    picture = Times(
        zones(), (Moment(0, 50, "50", "a"), Moment(1, score, f"{score}.", "b", interval))
    )
    for sheet in sheets:
        rows = times.times(picture, sheet)
        y = next(n[1] for _, n, t in rows["value"] if t == (f"{score}.",))
        marked = next(n[1] for _, n, _ in rows["own"] if n[0] == 1)
        reach = [n[1:] for _, n, _ in rows["interval"]] or [(marked, marked)]
        top = min(marked - sheet.mark, reach[0][0])
        bottom = max(marked + sheet.mark, reach[0][1])
        height = rows["page"][0][1][0]

        # A line of text is high enough for any letter; figures are two thirds of it.
        assert y + sheet.line / 2 < top or y - sheet.line / 2 > bottom
        assert sheet.line / 2 <= y <= height - sheet.line / 2


def test_a_score_in_a_valley_stands_below_it_where_no_line_runs():
    at = (Moment(0, 90, "90", "a"), Moment(0.06, 10, "10", "b"), Moment(0.12, 90, "90", "c"))
    rows = times.times(Times(zones(), (*at, Moment(1, 90, "90", "d"))), TIMES[0])
    low = next(n[1] for _, n, t in rows["value"] if t == ("10",))

    assert low > rows["own"][1][1][1]


def test_of_small_charts_the_first_and_the_last_score_and_date_are_written():
    picture = moments(0, 0.4, 0.8, 1)
    for sheet in TRENDS:
        rows = times.times(picture, sheet)

        assert sorted(n[0] for _, n, _ in rows["value"]) == [0, 1]
        assert sorted(t[0] for _, _, t in rows["tick"]) == ["May 2020", "May 2023"]
        assert len(rows["notch"]) == 4


def test_a_small_chart_is_named_above_its_plot():
    named = Times(zones(), moments(0, 1).moments, "Culture")
    rows = times.times(named, TRENDS[0])

    assert [t for _, _, t in rows["label"]] == [("Culture",)]
    assert rows["label"][0][1][0] < rows["zone"][0][1][0]
    assert times.times(moments(0, 1), TRENDS[0])["label"] == []


# --- stairs ----------------------------------------------------------------------------


def stair(*scores, sheet=STRIPS[0], **changes):
    """Lay out one line for each of the *scores*; None is not shown."""
    lines = tuple(
        unscored(label=f"Step {n}", quartiles=None, median=None)
        if at is None
        else line(
            score=at, score_text="", mark_text=f"{at:g}", interval=None, interval_text="",
            quartiles=None, median=None,
        )
        for n, at in enumerate(scores)
    )  # fmt: skip
    return strips.strip(strip(*lines, peers_kind=None, stamp="", stair=True, **changes), sheet)


def test_each_step_goes_down_to_its_row_and_then_across():
    """Rows are 40 pixels high, so that the marks are 40 apart."""
    rows = stair(30, 50, 50, 55)
    y = [n[1] for _, n, _ in rows["own"]]

    assert [b - a for a, b in pairwise(y)] == [40, 40, 40]
    assert [n for _, n, _ in rows["riser"]] == [
        (30, y[0], y[1]),
        (50, y[1], y[2]),
        (50, y[2], y[3]),
    ]
    assert [n for _, n, _ in rows["tread"]] == [(30, 50, y[1]), (50, 55, y[3])]


def test_no_line_of_a_stair_runs_through_a_row_without_a_mark_or_a_phones_names():
    gap, phone = stair(30, None, 50), stair(30, 50, sheet=STRIPS[2])

    assert [n for _, n, _ in gap["riser"]] == [(30, gap["own"][1][1][1] - 20, gap["own"][1][1][1])]
    (_, (_, top, y), _) = phone["riser"][0]
    assert y - top == 14
    assert top >= phone["label"][-1][1][0] + 10


def test_a_gate_closes_as_many_lines_as_it_is_told_to():
    rows = stair(50, 52, 64, gate=GATE, closed=2)
    second, third = rows["own"][1][1][1], rows["own"][2][1][1]
    ((_, (start, end, _, bottom), _),) = rows["closed"]

    assert (start, end) == (60, 100)
    assert second < bottom < third
    assert len(stair(50, 52, 64, gate=GATE, closed=2, sheet=STRIPS[2])["closed"]) == 2
    assert [t for _, _, t in rows["words"]] == [(GATE.words,)]


@pytest.mark.parametrize(
    ("score", "side", "sheet"),
    [
        (50, "right", 0),
        (59, "right", 0),  # 7.2 pixels a point: the words start beyond the border at 60
        (57, "left", 0),  # here it would run through them
        (99.9, "right", 0),
        (99.9, "left", 2),  # a phone ends there
    ],
)
def test_a_marks_own_words_stand_where_no_border_runs_through_them(score, side, sheet):
    assert [k for k, _, _ in stair(score, sheet=STRIPS[sheet])["spot"]] == [side]


def test_a_marks_own_words_keep_off_a_gate_and_off_the_step_before():
    ((_, (at, _), _), *_) = stair(58.5, gate=GATE)["spot"]
    second = stair(45, 57)["spot"][1]

    assert at < 58.5
    assert (second[0], second[1][0] < 45) == ("left", True)


def test_a_gates_words_keep_off_the_words_of_a_mark_behind_it():
    (_, (x, y), _), *_ = stair(62, gate=GATE)["spot"]
    words = stair(62, gate=GATE)["words"][0]

    assert (x > 62, y) == (True, words[1][1])
    # 720 pixels of 100 points: the words end eight before the last.
    needed = (width(GATE.words, 13) + 8) / 7.2
    assert 100 - needed > x + (7 + width("62", 14, bold=True)) / 7.2


# --- gaps and distributions --------------------------------------------------------------


def gaps(label="Closing the loop", points=14.0, text="+14", kind="above", reach=(-20, 20)):
    ticks = ((reach[0], "low"), (0, "0"), (reach[1], "high"))
    return Gaps((Gap(label, points, text, kind),), reach, ticks, "illustrative", "Illustrative")


@pytest.mark.parametrize(
    ("points", "kind", "side", "at"),
    [(14.0, "above", "right", 0.85), (-14.0, "below", "left", 0.15), (0.0, "level", "right", 0.5)],
)
def test_a_gaps_number_stands_outside_of_its_dot(points, kind, side, at):
    picture = gaps(points=points, kind=kind)

    assert marks(picture, "value", GAPS[0], layout.gaps)[0][0] == f"{kind} {side}"
    assert marks(picture, "dot", GAPS[0], layout.gaps)[0][1][0] == at


def test_the_axis_of_gaps_goes_from_end_to_end_of_what_it_has_to_show():
    picture = gaps(points=5.0, reach=(0, 20))

    assert [n[0] for _, n, _ in marks(picture, "tick", GAPS[0], layout.gaps)] == [0, 0, 1]
    assert [n[0] for _, n, _ in marks(picture, "zero", GAPS[0], layout.gaps)] == [0]
    assert [n[:2] for _, n, _ in marks(picture, "stem", GAPS[0], layout.gaps)] == [(0, 0.25)]


def test_a_way_to_a_target_starts_beyond_the_value_that_stands_there():
    picture = Gaps((Gap("a", 3.0, "+3", "above", target=15.0),), (-20, 20), (), "pooled", "")
    (_, (start, end, _), _), (_, (value, _), _) = (
        marks(picture, name, GAPS[0], layout.gaps)[0] for name in ("way", "value")
    )

    assert (value, end) == (0.575, 0.875)
    assert start > 0.6


def test_a_value_stands_beyond_a_target_that_is_in_its_way():
    near, inside = (
        Gaps((Gap("a", 3.0, "+3", "above", target=target),), (-20, 20), (), "pooled", "")
        for target in (4.0, -6.0)
    )

    assert marks(near, "value", GAPS[0], layout.gaps)[0][1][0] == 0.6
    assert marks(near, "way", GAPS[0], layout.gaps)[0][1][:2] == (0.575, 0.6)
    assert marks(inside, "value", GAPS[0], layout.gaps)[0][1][0] == 0.575
    assert marks(inside, "way", GAPS[0], layout.gaps)[0][1][:2] == (0.35, 0.575)


def test_a_gap_beyond_the_axis_is_refused():
    with pytest.raises(ValueError, match=r"stem: end 1.025 is outside 0 to 1"):
        chart.gaps(gaps(points=21.0), "t", "")


def test_a_share_of_nothing_has_no_mark_and_a_narrow_one_no_number():
    bar = Bar("say", (Part(0, 0, 1, ""), Part(0, 0.02, 2, "5"), Part(0.02, 1, 3, "95")))
    picture = Distribution((bar,))

    assert [k for k, _, _ in marks(picture, "part", BARS[0], layout.distribution)] == ["r2", "r3"]
    assert [t for _, _, t in marks(picture, "count", BARS[0], layout.distribution)] == [("95",)]


def test_a_thin_share_is_drawn_last_and_without_a_gap_that_would_swallow_it():
    bar = Bar("say", (Part(0, 0.003, 1, ""), Part(0.003, 1, 2, "340")))
    picture = Distribution((bar,))

    assert [kind for kind, _, _ in marks(picture, "part", BARS[0], layout.distribution)] == [
        "r2",
        "r1 thin",
    ]


def test_a_long_question_takes_two_lines_beside_its_bar():
    bar = Bar("How far do you agree that this company is one that you would trust " * 3, ())

    for sheet in BARS:
        said = marks(Distribution((bar,)), "label", sheet, layout.distribution)
        assert len(said) == 2
        assert said[-1][2][0].endswith("…")


def test_sixty_rows_of_three_lines_fit_a_drawing():
    name = "Interpretation and expectation tracking across every channel and country " * 2
    many = Gaps(tuple(gaps(label=name).gaps) * 60, (-20, 20), (), "pooled", "")
    bars = Distribution((Bar(name, (Part(0, 1, 1, "9"),), "2 unsure"),) * 60)

    assert len(chart.gaps(many, "t", "")) == len(chart.distribution(bars, "t", "")) == 3


def test_a_mini_has_marks_and_no_text():
    svg = drawn(chart.mini(Mini(zones(), line()), "Culture 62", ""))["wide"]

    assert 'width="260" height="24"' in svg
    assert "<text" not in svg
    assert svg.count("<line") == 6 + 1 + 3


def test_what_missing_answers_allow_lies_below_a_minis_diamond():
    svg = drawn(chart.mini(Mini(zones(), line(interval=None, allowed=(61, 63))), "t", ""))["wide"]

    assert re.search(r'<line transform="translate\([\d.]+,20.5\)"', svg)


def test_what_is_behind_every_mini_is_laid_out_once():
    one, other = (layout.mini(Mini(zones(), line(score=at)), MINI) for at in (20.0, 80.0))

    assert one["zone"] is other["zone"]
    assert one["own"] != other["own"]


def test_a_report_of_many_marks_stays_small():
    """Three widths of four charts and twenty minis take a third of a page's 60 kB."""
    import gzip

    chance = seeded(7)
    pictures = [
        chart.overall(some_strip(chance, 1), "t", "d"),
        chart.profile(some_strip(chance, 4), "t", "d"),
        chart.gaps(some_gaps(chance), "t", "d"),
        chart.distribution(Distribution(tuple(some_bar(chance) for _ in range(40))), "t", "d"),
        *(chart.mini(some_mini(chance), "t", "") for _ in range(20)),
    ]
    page = "".join(one.svg for drawings in pictures for one in drawings)

    assert len(gzip.compress(page.encode(), 9)) < 20_000
