"""Pooling: who is counted, what may be published of it, and what the next edition must know."""

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx_maturity import validate
from cx_maturity.benchmark import compare
from cx_maturity.editions import Cell, Ledger, Reliability
from cx_maturity.errors import Breach, ContentError
from cx_maturity.model import Text, Wave
from cx_maturity.pool import Part, edition_id, pool, told
from cx_maturity.pooling import cells
from cx_maturity.pooling.cells import (
    Member,
    NothingToPublishError,
    cell_of,
    gathered,
    joined,
    published,
    whole_points,
)
from cx_maturity.pooling.files import Head, edition_files, ledger_file
from cx_maturity.pooling.members import Instrument, period, period_text
from cx_maturity.pooling.segments import tree, unclear
from cx_maturity.pooling.shown import show
from cx_maturity.reading.ledger import member_token, token
from cx_maturity.score import scorecard

PLACES = st.sampled_from(
    [("retail", "FI"), ("retail", "SE"), ("retail", None), ("banks", "FI"), (None, None)]
)
DECILES = [10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90]


def bins(*points):
    return {value: points.count(value) for value in points}


# --- segments --------------------------------------------------------------------------


def test_segments_are_all_then_industries_then_industries_by_country_that_occur():
    made = tree([("retail", "FI"), ("financial-services", "NO"), ("retail", None), (None, "SE")])

    assert [(s.id, s.parent, s.title.to("en")) for s in made] == [
        ("all", None, "All organisations"),
        ("financial-services", "all", "Financial services"),
        ("financial-services-no", "financial-services", "Financial services, Norway"),
        ("retail", "all", "Retail"),
        ("retail-fi", "retail", "Retail, Finland"),
    ]
    assert [(s.industry, s.country) for s in made][3:] == [("retail", None), ("retail", "FI")]


def test_nobody_makes_the_whole_alone():
    assert [s.id for s in tree([])] == ["all"]


def test_an_unknown_country_is_called_by_its_code():
    assert tree([("retail", "XQ")])[-1].title.to("en") == "Retail, XQ"


@pytest.mark.parametrize(
    ("places", "wrong"),
    [
        ([("retail", "FI"), ("banks", None)], {}),
        (
            [("all", None)],
            {"all": "'all' is the segment of all organisations; choose another word"},
        ),
        (
            [("retail-fi", None), ("retail", "FI")],
            {"retail-fi": "'retail-fi' is the segment of retail in FI; choose another word"},
        ),
        ([("retail-fi", None), ("retail", "SE")], {}),
        ([("x" * 57, "FI")], {}),
        (
            [("x" * 58, "FI")],
            {
                "x" * 58: f"'{'x' * 58}-fi' cannot name a segment; use 1 to 60 of a-z, 0-9 and -, "
                "beginning and ending with a letter or digit, the country included"
            },
        ),
    ],
)
def test_industries_that_would_make_one_segment_of_two_are_named(places, wrong):
    assert unclear(places) == wrong


# --- cells ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "percents"),
    [(4, []), (5, [50]), (9, [50]), (10, [25, 50, 75]), (29, [25, 50, 75]), (30, DECILES)],
)
def test_how_much_is_published_depends_on_how_many_there_are(n, percents):
    made = cell_of(bins(*(i * 100 // n for i in range(n))))

    assert (made.n, list(made.quantiles)) == (n, percents)


def test_a_quantile_is_the_mean_of_the_five_nearest_its_rank():
    """Of 0, 1, ... 9, 90 the ranks of the quartiles are 2.5, 5 and 7.5: 3, 5 and 8, halves up."""
    made = cell_of(bins(*range(10), 90))

    # 1 2 3 4 5 → 3; 3 4 5 6 7 → 5; 6 7 8 9 90 → 24.
    assert made == Cell(11, {25: 3, 50: 5, 75: 24})


def test_a_quantile_rests_on_five_even_at_the_ends():
    """Of 0, 3, ... 87 rank 2.9 is the fourth, and rank 26.1 the fourth last: 9 and 78."""
    made = cell_of(bins(*range(0, 90, 3)))

    assert (made.quantiles[10], made.quantiles[90]) == (9, 78)
    # Six: the outermost window that rank 2.5, halves up, may have is the last five.
    assert cell_of(bins(0, 10, 20, 30, 40, 100)).quantiles == {50: 40}
    assert cell_of(bins(0, 10, 20, 30, 41)).quantiles == {50: 20}


@pytest.mark.parametrize(("last", "median"), [(1, 0), (2, 0), (3, 1)])
def test_a_published_quantile_is_a_whole_point_halves_up(last, median):
    """Fifths of a point: 1/5, 2/5 and 3/5."""
    assert cell_of(bins(0, 0, 0, 0, last)).quantiles == {50: median}


@pytest.mark.parametrize(("top", "shown"), [(30, []), (35, []), (36, [25, 50, 75])])
def test_quartiles_within_five_points_leave_the_number_alone(top, shown):
    """Seven at 30 and seven at *top*: the means of five are 30 and *top*."""
    made = cell_of({30: 7, top: 7} if top > 30 else {30: 14})

    assert (made.n, list(made.quantiles)) == (14, shown)


@pytest.mark.parametrize(
    ("share", "points"), [("0", 0), ("1", 100), ("0.005", 1), ("0.00499", 0), ("0.795", 80)]
)
def test_a_score_enters_in_whole_points_halves_up(share, points):
    assert whole_points(Fraction(share)) == points


@given(st.lists(st.integers(0, 100), min_size=5, max_size=70))
def test_quantiles_agree_with_a_slow_rule(points):
    """Of all five in a row, those whose middle is nearest the rank; of two, the higher ones."""
    ordered = sorted(points)
    starts = range(len(points) - 4)
    expected = {}
    for percent in DECILES:
        rank = Fraction(percent, 100) * (len(points) - 1)
        start = min(starts, key=lambda s: (abs(s + 2 - rank), -s))
        mean = Fraction(sum(ordered[start : start + 5]), 5)
        whole = int(mean)
        expected[percent] = whole + (mean - whole >= Fraction(1, 2))

    made = cell_of(bins(*points)).quantiles

    assert made == {percent: expected[percent] for percent in made}
    assert list(made.values()) == sorted(made.values())


# --- counting ----------------------------------------------------------------------------


def member(name, overall, industry=None, country=None, **more):
    points = {} if overall is None else {"overall": overall}
    return Member(name, industry, country, points | more)


def group(prefix, n, industry=None, country=None, **more):
    """Return *n* members at 0, 7, 14 … points: quartiles of ten and more are far apart."""
    return [member(f"{prefix}{i}", (i * 7) % 100, industry, country, **more) for i in range(n)]


def publish(members, earlier=()):
    segments = tree((m.industry, m.country) for m in members)
    return published(segments, gathered(members, segments), earlier)


def shown(found, measure="overall"):
    return {segment: cell.n for (segment, of), cell in found.cells.items() if of == measure}


def folded(found):
    return {segment.id: segment.folded for segment in found.segments if segment.folded}


def test_a_member_is_counted_in_its_nearest_segment_alone():
    members = [
        member("a", 40, "retail", "FI", first=50),
        member("b", 40, "retail"),
        member("c", 60, None, "FI"),
        member("d", 70, "retail", "SE"),
    ]
    segments = tree([("retail", "FI")])

    assert {cell: dict(found.bins) for cell, found in gathered(members, segments).items()} == {
        ("all", "overall"): {60: 1},
        ("retail", "overall"): {40: 1, 70: 1},
        ("retail-fi", "first"): {50: 1},
        ("retail-fi", "overall"): {40: 1},
    }


def test_counts_from_several_hands_add_up_to_those_of_one():
    members = group("a", 9, "retail", "FI") + group("b", 8, "retail") + group("c", 7)
    segments = tree([("retail", "FI")])
    parts = [gathered(members[start::3], segments, b"k") for start in range(3)]

    assert joined(parts) == gathered(members, segments, b"k")


def test_a_token_hangs_on_key_measure_organisation_and_points():
    told = (b"k", "overall", "acme", 57)
    others = [
        (b"l", "overall", "acme", 57),
        (b"k", "first", "acme", 57),
        (b"k", "overallacme", "", 57),
        (b"k", "overall", "acme", 58),
    ]

    # HMAC-SHA256 under "k" of each part after its length in four bytes, by openssl.
    assert token(*told) == "14cc2053e13323c0"
    assert len({token(*told), *(token(*other) for other in others)}) == 5


# --- publishing ---------------------------------------------------------------------------


def test_a_thin_segment_is_folded_and_its_parent_used():
    found = publish(
        group("a", 10, "retail", "FI") + group("b", 5, "retail") + group("c", 4, "retail", "SE")
    )

    assert shown(found) == {"all": 19, "retail": 19, "retail-fi": 10}
    assert folded(found) == {"retail-se": "few"}
    assert found.hidden == {}


def test_what_is_left_over_is_five_or_more():
    """Retail less its ten in Finland would be three: so Finland is folded too."""
    found = publish(group("a", 10, "retail", "FI") + group("b", 3, "retail") + group("c", 6))

    assert shown(found) == {"all": 19, "retail": 13}
    assert folded(found) == {"retail-fi": "remainder"}


def test_a_measure_that_few_have_is_hidden_by_itself():
    found = publish(
        group("a", 10, "retail", "FI", first=50)
        + group("b", 6, "retail", "SE")
        + group("c", 4, "retail", "SE", first=20)
    )

    assert shown(found) == {"all": 20, "retail": 20, "retail-fi": 10, "retail-se": 10}
    # 14 less Finland's 10 would be Sweden's 4.
    assert shown(found, "first") == {"all": 14, "retail": 14}
    assert found.hidden == {("retail-se", "first"): "few", ("retail-fi", "first"): "remainder"}


def test_a_folded_segment_shows_no_measure():
    """In Sweden ten have the measure and four an overall."""
    found = publish(
        group("a", 10, "retail", "FI", first=50)
        + group("b", 4, "retail", "SE", first=50)
        + [member(f"c{i}", None, "retail", "SE", first=i) for i in range(6)]
        + group("d", 6, "retail", first=50)
    )

    assert folded(found) == {"retail-se": "few"}
    assert not [cell for cell in (*found.cells, *found.hidden) if cell[0] == "retail-se"]
    assert shown(found, "first") == {"all": 26, "retail": 26, "retail-fi": 10}


@pytest.mark.parametrize(
    ("n", "message"),
    [
        (0, "0 with an overall score; nothing is published below 5, so 5 more are needed"),
        (3, "3 with an overall score; nothing is published below 5, so 2 more are needed"),
        (4, "4 with an overall score; nothing is published below 5, so 1 more is needed"),
    ],
)
def test_below_five_there_is_no_edition(n, message):
    with pytest.raises(NothingToPublishError) as refused:
        publish([*group("a", n, "retail"), member("x", None, "retail", first=3)])

    assert str(refused.value) == message


def test_five_are_enough():
    assert shown(publish(group("a", 5, "retail"))) == {"all": 5, "retail": 5}


@given(st.randoms())
def test_no_order_of_members_changes_a_byte(chance):
    members = (
        group("a", 12, "retail", "FI", first=40)
        + group("b", 6, "retail", "SE")
        + group("c", 11, "banks", "NO", first=10)
        + group("d", 3)
    )
    title, source = Text({"en": "T"}), Text({"en": "S"})
    head = Head((), "pooled", title, "tiny", "1.0", "full", "mean", "1", "2026-05", source)

    def text(some):
        found = publish(some)
        return edition_files(head, found), ledger_file(found, [])

    assert text(chance.sample(members, len(members))) == text(members)


# --- the next edition -----------------------------------------------------------------------


def ledger(found, edition="before"):
    return Ledger(edition, found.tokens)


@pytest.mark.parametrize("joining", [1, 4])
def test_an_edition_that_few_have_joined_is_refused(joining):
    before = group("a", 10)

    with pytest.raises(NothingToPublishError) as refused:
        publish(before + group("b", joining), [ledger(publish(before))])

    one = joining == 1
    assert str(refused.value) == (
        f"{joining} of {10 + joining} {'has' if one else 'have'} joined, left or changed since "
        f"before, and what differs between the two would give {'it' if one else 'them'} away; "
        f"nothing is published until 5 have, so {5 - joining} more "
        f"{'are' if one else 'is'} needed"
    )


@pytest.mark.parametrize("joining", [0, 5])
def test_nobody_or_five_may_join(joining):
    before = group("a", 10)

    found = publish(before + group("b", joining), [ledger(publish(before))])

    assert shown(found) == {"all": 10 + joining}


@pytest.mark.parametrize(("changed", "is_shown"), [(4, False), (5, True)])
def test_one_with_new_answers_counts_as_one(changed, is_shown):
    before = group("a", 10, "retail") + group("b", 10)
    after = [
        m._replace(points={"overall": 99}) if m.key in {f"a{i}" for i in range(changed)} else m
        for m in before
    ]
    after += group("c", 5)

    found = publish(after, [ledger(publish(before))])

    assert ("retail" in shown(found)) == is_shown
    assert folded(found) == ({} if is_shown else {"retail": "change"})


def test_one_that_left_does_not_hide_among_others_whose_points_are_what_they_were():
    """Eleven answer anew and come to the same points: the twelfth's would be the difference."""
    before = group("a", 12)

    with pytest.raises(NothingToPublishError):
        publish(before[1:], [ledger(publish(before))])


def test_an_edition_is_held_against_every_one_before():
    """A segment left out for a year has not been forgotten by those who read it the year before."""
    first = group("a", 10, "retail") + group("b", 10)
    second = [*first, member("one", 50, "retail"), *group("c", 5)]
    third = [*second, member("two", 50, "retail"), *group("d", 5)]
    one = publish(first)
    two = publish(second, [ledger(one, "one")])
    assert folded(two) == {"retail": "change"}

    found = publish(third, [ledger(two, "two"), ledger(one, "one")])

    assert folded(found) == {"retail": "change"}
    assert folded(publish(third, [ledger(two, "two")])) == {}


def test_hiding_for_one_edition_is_looked_at_again_for_the_others(monkeypatch):
    """Only without banks does the first ledger ask for retail to be hidden."""

    def hide(parents, _now, then):
        if "two" in then:
            return {"banks": "change"} if "banks" in parents else {}
        return {} if "banks" in parents else {"retail": "change"}

    monkeypatch.setattr(cells, "hide_cells", hide)
    monkeypatch.setattr(cells, "cell_breaches", lambda *_: [])
    members = group("a", 10, "retail") + group("b", 10, "banks")
    earlier = [Ledger(name, {(name, "overall"): frozenset()}) for name in ("one", "two")]

    assert folded(publish(members, earlier)) == {"banks": "change", "retail": "change"}


def test_what_slips_through_the_hiding_is_not_published(monkeypatch):
    monkeypatch.setattr(cells, "hide_cells", lambda *_: {})
    members = group("a", 10, "retail") + group("b", 3)

    with pytest.raises(Breach) as stopped:
        publish(members)

    assert stopped.value.place == "overall"
    with pytest.raises(Breach) as stopped:
        publish(members[:10] + group("c", 1, "retail"), [ledger(publish(members[:10]))])
    assert stopped.value.place == "overall, beside before"


# --- a folder, edition by edition --------------------------------------------------------------

QUESTIONNAIRE = """
id: tiny
version: "1.0"
title: Tiny
scales:
  percent: {kind: points, low: 0, high: 100}
scale: percent
levels:
  method: bands
  names:
    - {title: Low, from: 0}
    - {title: High, from: 50}
subsets:
  full: {title: Full, questions: all}
  short: {title: Short, questions: [d.do, e.do]}
dimensions:
  - {id: d, title: D, questions: [{id: d.say, text: Say?}, {id: d.do, text: Do?}]}
  - {id: e, title: E, questions: [{id: e.do, text: Do?}]}
fingerprint: 0c5961fdbb48ec2b
"""
SHORT = "d.do e.do"
CONSENT = "benchmark: {contribute: true}\n"
ID = "pooled-tiny-1-0-full-2026"


class Site:
    """A folder of assessments that one can add to and pool again."""

    def __init__(self, root):
        """Begin with a questionnaire of two dimensions, answered in points."""
        self.root = root
        folder = root / "questionnaires/tiny/1.0"
        folder.mkdir(parents=True)
        (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE)

    def version(self, version):
        """Write another version of the questionnaire, of the same questions."""
        folder = self.root / "questionnaires/tiny" / version
        folder.mkdir(parents=True)
        text = QUESTIONNAIRE.replace('version: "1.0"', f'version: "{version}"')
        (folder / "questionnaire.yaml").write_text(text)

    def carry_over(self, version):
        """Have every wave answer another version of the questionnaire."""
        for wave in self.root.glob("organisations/*/2*.yaml"):
            wave.write_text(wave.read_text().replace("tiny@1.0", f"tiny@{version}"))

    def organisation(self, name, points, about=CONSENT, wave="2026-05", **more):
        """Write an organisation that answers *points* to everything ``asked``."""
        asked = more.get("asked", "d.say d.do e.do")
        version = more.get("version", "1.0")
        folder = self.root / "organisations" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "organisation.yaml").write_text(f"name: {name}\n{about}")
        subset = "short" if asked == SHORT else "full"
        answers = "".join(f"  {question}: {points}\n" for question in asked.split())
        (folder / f"{wave}.yaml").write_text(
            f"questionnaire: tiny@{version}\nsubset: {subset}\ndate: {wave[:7]}\n"
            f"answers:\n{answers}"
        )

    def panel(self, name, points):
        """Write an organisation of one respondent for each of *points*, who answers only that."""
        self.organisation(name, "unsure")
        folder = self.root / "organisations" / name
        rows = "".join(f"r{i},{given},{given},{given}\n" for i, given in enumerate(points))
        (folder / "2026-05.responses.csv").write_text(f"respondent,d.say,d.do,e.do\n{rows}")
        (folder / "2026-05.yaml").write_text(
            "questionnaire: tiny@1.0\nsubset: full\ndate: 2026-05\n"
            "responses:\n  file: 2026-05.responses.csv\n  respondent: respondent\n"
        )

    def organisations(self, prefix, n, about=CONSENT, step=10, **more):
        for i in range(n):
            self.organisation(f"{prefix}-{i:02}", i * step, about, **more)

    def read(self):
        return validate.assessments(self.root)[0]

    def pool(self, edition="2026", previous=None, **more):
        return pool(self.read(), edition, previous, **more)

    def write(self, pooling):
        """Write editions as the command does."""
        for one in pooling.editions:
            folder = self.root / "benchmarks" / one.id
            folder.mkdir(parents=True)
            for name, text in one.files.items():
                (folder / name).write_text(text)
            (self.root / "ledgers").mkdir(exist_ok=True)
            (self.root / "ledgers" / f"{one.id}.csv").write_text(one.ledger)
        return pooling

    def said(self, edition="2026", previous=None, **more):
        with pytest.raises(ContentError) as wrong:
            self.pool(edition, previous, **more)
        return str(wrong.value).splitlines()


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Site(Path("assessments"))


def test_an_edition_is_two_files_that_a_person_can_read(site):
    """Points 0, 10, ... 90; three real neighbours are too few for Norway."""
    site.organisations("a", 7, CONSENT + "industry: retail\ncountry: FI\n")
    site.organisations("b", 3, CONSENT + "industry: retail\ncountry: 'NO'\n", wave="2025-11")
    site.organisations("c", 5)

    made = site.pool().editions

    assert [(one.id, one.n, one.earlier) for one in made] == [(ID, 15, ())]
    assert sorted(made[0].files) == ["benchmark.yaml", "quantiles.csv"]
    assert made[0].files["benchmark.yaml"] == (
        "# Organisations that agreed to be counted.  Made with cx-maturity 0.1.0 by\n"
        "#   cx-maturity benchmark pool --edition 2026\n"
        "# It is frozen: a correction is a new edition.\n"
        "kind: pooled\n"
        'title: "Pooled peers, full"\n'
        "questionnaire: tiny@1.0\n"
        "subset: full\n"
        "aggregate: mean\n"
        'edition: "2026"\n'
        'period: "2025-11 to 2026-05"\n'
        'source: "15 organisations that agreed to be counted."\n'
        "segments:\n"
        "  all:\n"
        '    title: "All organisations"\n'
        "  retail:\n"
        '    title: "Retail"\n'
        '    parent: "all"\n'
        '    industry: "retail"\n'
        "  retail-fi:\n"
        '    title: "Retail, Finland"\n'
        '    parent: "retail"\n'
        '    industry: "retail"\n'
        '    country: "FI"\n'
        '    folded: "one to four would be left over once it is taken from the whole"\n'
        "  retail-no:\n"
        '    title: "Retail, Norway"\n'
        '    parent: "retail"\n'
        '    industry: "retail"\n'
        '    country: "NO"\n'
        '    folded: "fewer than five are in it"\n'
    )
    # All: 0 0 0 10 10 10 20 20 20 30 30 40 40 50 60; the quartiles' ranks are 4, 7 and 11.
    assert made[0].files["quantiles.csv"] == (
        "segment,measure,n,p10,p20,p25,p30,p40,p50,p60,p70,p75,p80,p90,hidden\n"
        "all,overall,15,,,10,,,20,,,38,,,\n"
        "all,d,15,,,10,,,20,,,38,,,\n"
        "all,e,15,,,10,,,20,,,38,,,\n"
        "retail,overall,10,,,8,,,24,,,40,,,\n"
        "retail,d,10,,,8,,,24,,,40,,,\n"
        "retail,e,10,,,8,,,24,,,40,,,\n"
    )


def test_what_was_written_is_read_again_and_compared_with(site):
    site.organisations("a", 12, step=8)
    site.organisation("mine", 95, "fictional: true\n")
    site.write(site.pool())

    found = site.read()
    edition = found.editions[0]

    assert (edition.kind, edition.edition, edition.period) == ("pooled", "2026", "2026-05")
    assert edition.cells["all", "overall"] == Cell(12, {25: 24, 50: 48, 75: 64})
    mine = next(o for o in found.organisations if o.id == "mine")
    peers = compare(scorecard(mine.waves[0]), mine, found.editions).peers
    assert (peers.n, peers.is_member) == (12, False)
    other = next(o for o in found.organisations if o.id == "a-00")
    assert compare(scorecard(other.waves[0]), other, found.editions).peers.is_member


def test_one_is_a_member_however_it_answers_later_and_where_the_ledger_is(site):
    site.organisations("a", 12, step=8)
    site.write(site.pool())
    site.organisation("a-00", 77)

    found = site.read()
    one = found.organisations[0]
    assert compare(scorecard(one.waves[0]), one, found.editions).peers.is_member

    shutil.rmtree(site.root / "ledgers")
    found = site.read()
    assert not compare(scorecard(one.waves[0]), one, found.editions).peers.is_member


def test_nobody_is_counted_unasked(site):
    site.organisations("a", 5)
    site.organisation("silent", 50, "")
    site.organisation("no", 50, "benchmark: {contribute: false}\n")
    site.organisation("made-up", 50, CONSENT + "fictional: true\n")
    folder = site.root / "organisations/new"
    folder.mkdir()
    (folder / "organisation.yaml").write_text(f"name: New\n{CONSENT}")
    site.organisation("empty", "unsure")
    site.panel("of-few", ["50", "50", "50", "50", "unsure"])

    made = site.pool()

    no = "no consent: organisation.yaml does not say benchmark: {contribute: true}"
    assert made.editions[0].n == 5
    assert made.left_out == {
        "empty": "too few answers for a score in tiny@1.0, full",
        "made-up": "fictional",
        "new": "no wave yet",
        "no": no,
        "of-few": "fewer than five people answered enough for a score in tiny@1.0, full",
        "silent": no,
    }


def test_an_organisation_counts_once_with_its_newest_answers(site):
    site.organisations("a", 5)
    for wave, points in (("2025-05", 0), ("2026-06", 100), ("2025-06", 1)):
        site.organisation("many", points, wave=wave)

    quantiles = site.pool().editions[0].files["quantiles.csv"]

    # 0 10 20 30 40 100: the upper five.
    assert "all,overall,6,,,,,,40,,,,,,\n" in quantiles


def test_every_subset_has_an_edition_of_its_own(site):
    site.organisations("a", 5)
    site.organisations("a", 6, asked=SHORT, wave="2026-04")
    site.organisations("b", 3, asked=SHORT)

    made = site.pool()

    assert [(one.id, one.n) for one in made.editions] == [
        ("pooled-tiny-1-0-full-2026", 5),
        ("pooled-tiny-1-0-short-2026", 9),
    ]


def test_a_subset_that_few_answered_does_not_keep_the_others_back(site):
    site.organisations("a", 5)
    site.organisations("b", 3, asked=SHORT)

    made = site.pool()

    assert [one.id for one in made.editions] == [ID]
    assert made.refused == {
        "pooled-tiny-1-0-short-2026": "3 with an overall score; nothing is published below 5, "
        "so 2 more are needed"
    }


def test_without_enough_organisations_it_says_how_many_there_are(site):
    site.organisations("a", 4)

    assert site.said() == [
        (
            f"assessments/organisations:1:1: {ID}: 4 with an overall score; nothing is published "
            "below 5, so 1 more is needed"
        )
    ]


def test_without_any_consent_it_says_what_consent_is(site):
    site.organisations("a", 9, "")

    assert site.said() == [
        (
            "assessments/organisations:1:1: no organisation here may be counted; one that agrees "
            "says benchmark: {contribute: true} in its organisation.yaml"
        )
    ]


def test_two_organisations_cannot_be_one_business(site):
    site.organisations("a", 6)
    site.organisation("b", 50, CONSENT + "business-id: FI 0123456-7\n")
    site.organisation("c", 50, CONSENT + 'business-id: "fi01234567"\n')
    site.organisation("d", 50, 'business-id: "fi01234567"\n')

    assert site.said() == [
        (
            "assessments/organisations/c/organisation.yaml:1:1: business-id: "
            "assessments/organisations/b/organisation.yaml:1:1 has the same; an organisation "
            "counts once, so let one contribute"
        )
    ]


def test_a_business_id_of_another_script_is_one_and_one_of_signs_is_none(site):
    site.organisations("a", 6)
    site.organisation("b", 50, CONSENT + "business-id: 株式会社一\n")
    site.organisation("c", 50, CONSENT + "business-id: 株式会社二\n")
    assert site.pool().editions[0].n == 8

    site.organisation("d", 50, CONSENT + 'business-id: "- / -"\n')
    assert site.said() == [
        (
            "assessments/organisations/d/organisation.yaml:3:14: business-id: '- / -' has no "
            "letter and no digit; give a number or a name"
        )
    ]


def test_industries_that_make_one_segment_of_two_are_refused(site):
    site.organisations("a", 6, CONSENT + "industry: retail\ncountry: FI\n")
    site.organisation("b", 50, CONSENT + "industry: retail-fi\n")
    site.organisation("c", 50, CONSENT + "industry: all\n")

    assert site.said() == [
        (
            "assessments/organisations/b/organisation.yaml:1:1: industry: 'retail-fi' is the "
            "segment of retail in FI; choose another word"
        ),
        (
            "assessments/organisations/c/organisation.yaml:1:1: industry: 'all' is the segment of "
            "all organisations; choose another word"
        ),
    ]


@settings(max_examples=10)
@given(st.randoms())
def test_no_order_of_files_changes_a_byte(tmp_path_factory, chance):
    """Folders are read by name, so that other names are another order of the same answers."""
    texts = []
    for names in (list(range(12)), chance.sample(range(12), 12)):
        site = Site(tmp_path_factory.mktemp("site") / "assessments")
        for points, name in enumerate(names):
            about = CONSENT + ("industry: retail\n" if points % 2 else "")
            site.organisation(f"o{name:02}", points * 8, about)
        texts.append(site.pool().editions[0].files)

    assert texts[0] == texts[1]


# --- edition after edition -----------------------------------------------------------------------


def test_one_who_joins_must_wait_for_four_more(site):
    site.organisations("a", 10)
    site.write(site.pool("2026"))
    site.organisation("b-00", 55)

    assert site.said("2027") == [
        (
            "assessments/organisations:1:1: pooled-tiny-1-0-full-2027: 1 of 11 has joined, left or "
            f"changed since {ID}, and what differs between the two would give it away; nothing is "
            "published until 5 have, so 4 more are needed"
        )
    ]

    site.organisations("b", 5)
    made = site.pool("2027").editions[0]
    assert (made.n, made.earlier) == (15, (ID,))


def test_a_segment_that_few_have_joined_is_folded(site):
    """Five joined in all, one of them retail."""
    retail, banks = (CONSENT + f"industry: {name}\n" for name in ("retail", "banks"))
    site.organisations("a", 6, retail)
    site.organisations("b", 6, banks)
    site.write(site.pool("2026"))
    site.organisation("a-06", 60, retail)
    site.organisations("c", 4)

    site.write(site.pool("2027"))

    edition = site.read().editions[1]
    assert {segment.id: segment.folded for segment in edition.segments} == {
        "all": None,
        "banks": None,
        "retail": "fewer than five joined, left, moved or changed since the edition before",
    }
    assert {segment for segment, _ in edition.cells} == {"all", "banks"}


def test_a_hidden_cell_says_why_and_is_read_again(site):
    """Three more have d without an overall, so that retail's d would leave them over."""
    site.organisations("a", 10, CONSENT + "industry: retail\n")
    site.organisations("b", 5)
    site.organisations("c", 3, asked="d.say d.do")
    for i in range(5):
        (site.root / f"organisations/b-{i:02}/2026-05.yaml").write_text(
            "questionnaire: tiny@1.0\ndate: 2026-05\nanswers: {e.do: 5}\n"
        )

    site.write(site.pool())

    edition = site.read().editions[0]
    assert edition.hidden == {("retail", "d"): "remainder"}
    assert edition.cells["all", "d"].n == 13
    lines = (site.root / "benchmarks" / ID / "quantiles.csv").read_text().splitlines()
    assert "retail,d,,,,,,,,,,,,,remainder" in lines
    assert "  retail  hidden: one to four would be left over once it is taken from the whole" in (
        show(edition, site.read().questionnaires["tiny", "1.0"]).splitlines()
    )


def test_an_edition_is_frozen(site):
    site.organisations("a", 10)
    site.write(site.pool("2026"))

    assert site.said("2026") == [
        (
            f"assessments/benchmarks/{ID}:1:1: this edition is frozen; give the new one another "
            "name with --edition"
        )
    ]


def test_a_new_edition_comes_after_all_others(site):
    site.organisations("a", 10)
    site.write(site.pool("2026.10"))

    assert site.said("2026.9") == [
        (
            "assessments/benchmarks/pooled-tiny-1-0-full-2026-10/benchmark.yaml:1:1: edition: "
            "edition '2026.10' is there already; a new one comes after it, and '2026.9' does not"
        )
    ]


def test_without_its_ledger_the_edition_before_cannot_be_held_against(site):
    site.organisations("a", 10)
    site.write(site.pool("2026"))
    (site.root / "ledgers" / f"{ID}.csv").unlink()
    site.organisation("b", 50)

    assert site.said("2027") == [
        (
            f"assessments/ledgers/{ID}.csv:1:1: no ledger of this edition, so nobody can tell how "
            "many have changed since; put it back, name with --previous an edition that has its "
            "ledger and is to be held against, or say --previous none when nobody has seen any of "
            "them"
        )
    ]
    made = site.pool("2027", "none")
    assert (made.editions[0].earlier, made.editions[0].aside) == ((), (ID,))
    assert told(made) == [
        "pooled-tiny-1-0-full-2027: 11 organisations, held against no edition before",
        f"  not held against: {ID}",
    ]


def test_every_ledger_that_is_missing_is_named(site):
    site.organisations("a", 10)
    for number, edition in enumerate(("2024", "2025", "2026")):
        site.write(site.pool(edition))
        site.organisations("bcd"[number], 5)
    ids = [f"pooled-tiny-1-0-full-{year}" for year in (2024, 2025, 2026)]
    for own in ids[:2]:
        (site.root / "ledgers" / f"{own}.csv").unlink()

    assert [line.partition(": ")[0] for line in site.said("2027")] == [
        f"assessments/ledgers/{ids[0]}.csv:1:1",
        f"assessments/ledgers/{ids[1]}.csv:1:1",
    ]
    made = site.pool("2027", ids[2])
    assert told(made) == [
        f"pooled-tiny-1-0-full-2027: 25 organisations, held against {ids[2]}",
        f"  not held against: {ids[1]}, {ids[0]}",
    ]
    assert [line.partition(": ")[0] for line in site.said("2027", ids[1])] == [
        f"assessments/ledgers/{ids[1]}.csv:1:1"
    ]


def test_a_new_version_is_held_against_editions_of_the_older_one(site):
    """Nine of ten are carried over and one joins: only the two would be between the editions."""
    site.organisations("a", 10)
    site.write(site.pool("2026"))
    site.version("2.0")
    site.carry_over("2.0")
    shutil.rmtree(site.root / "organisations/a-00")
    site.organisation("new", 77, version="2.0")

    assert site.said("2026") == [
        (
            "assessments/organisations:1:1: pooled-tiny-2-0-full-2026: 1 of 10 has joined, left or "
            f"changed since {ID}, and what differs between the two would give it away; nothing is "
            "published until 5 have, so 4 more are needed"
        )
    ]
    site.organisations("b", 5, version="2.0")
    made = site.pool("2026").editions[0]
    assert (made.id, made.n, made.earlier) == ("pooled-tiny-2-0-full-2026", 15, (ID,))


def test_two_versions_pooled_at_once_are_held_against_each_other(site):
    site.organisations("a", 10)
    site.version("2.0")
    for i in range(1, 10):
        site.organisation(f"a-{i:02}", i * 10, wave="2026-06", version="2.0")

    made = site.pool("2026")

    assert [one.id for one in made.editions] == [ID]
    assert made.refused == {
        "pooled-tiny-2-0-full-2026": f"1 of 9 has joined, left or changed since {ID}, and what "
        "differs between the two would give it away; nothing is published until 5 have, so 4 more "
        "are needed"
    }


# --- beside reports that everybody can read ------------------------------------------------------

PUBLIC = CONSENT + "publish: public\n"


def test_one_private_organisation_does_not_stand_beside_public_ones(site):
    site.organisations("a", 4, PUBLIC)
    site.organisation("secret", 90)

    assert site.said() == [
        (
            f"assessments/organisations:1:1: {ID}: 1 of 5 publishes no report of its own, and "
            "whoever takes the reports of the others away would be left with it; nothing is "
            "published until there are 5 of that kind or none, so 4 more are needed"
        )
    ]
    site.organisation("secret", 90, PUBLIC)
    assert site.pool().editions[0].n == 5
    site.organisations("secret", 5)
    assert site.pool().editions[0].n == 10


def test_an_organisation_from_elsewhere_is_not_public_whatever_its_name(site):
    site.organisations("a", 4, PUBLIC)
    site.organisation("far", 90, "publish: public\n")
    asked = Instrument("tiny", "1.0", "full", "mean")
    more = Part((member("far", 90, d=90, e=90),), ("2026-05", "2026-05"))

    assert "1 of 5 publishes no report of its own" in site.said(more={asked: more})[0]


def test_a_segment_of_public_ones_and_a_few_others_is_folded_and_read_again(site):
    """Retail has six public ones and four others; as many banks are others only."""
    site.organisations("a", 6, PUBLIC + "industry: retail\n")
    site.organisations("b", 4, CONSENT + "industry: retail\n")
    site.organisations("c", 5, CONSENT + "industry: banks\n")
    made = site.write(site.pool())

    edition = site.read().editions[0]

    why = "fewer than five of them do not publish a report of their own"
    # With banks shown, all less banks would be the four of retail again.
    assert [segment.folded for segment in edition.segments] == [None, why, why]
    assert edition.cells["all", "overall"].n == 15
    assert told(made)[1:] == [f"  folded: banks: {why}", f"  folded: retail: {why}"]


def test_a_measure_that_public_ones_and_a_few_others_have_is_hidden_and_read_again(site):
    """Beside retail seven more have d, of which four publish a report: three would be left."""
    site.organisations("a", 10, CONSENT + "industry: retail\n")
    site.organisations("b", 4, PUBLIC, asked="d.say d.do")
    site.organisations("c", 3, asked="d.say d.do")
    made = site.write(site.pool())

    edition = site.read().editions[0]

    assert edition.hidden == {("retail", "d"): "known"}
    assert edition.cells["all", "d"].n == 17
    why = "fewer than five of them do not publish a report of their own"
    assert told(made)[1:] == [f"  hidden: d of retail: {why}"]


def test_what_public_ones_do_between_editions_hides_nobody_else(site):
    """Four public ones and one other join: five, of which a reader knows four."""
    site.organisations("a", 10)
    site.write(site.pool("2026"))
    site.organisations("b", 4, PUBLIC)
    site.organisation("c-00", 55)

    assert site.said("2027") == [
        (
            "assessments/organisations:1:1: pooled-tiny-1-0-full-2027: of the 11 that publish no "
            "report of their own, fewer than 5 have joined, left or changed since an edition "
            "before, and what differs between the two would give them away to whoever reads the "
            "reports of the other 4; nothing is published until 5 have"
        )
    ]
    site.organisations("c", 5)
    assert site.pool("2027").editions[0].n == 19


def test_an_older_report_of_a_public_organisation_is_known_as_well(site):
    """Five public ones answer anew, and with them one other."""
    site.organisations("a", 10)
    site.organisations("b", 5, PUBLIC, wave="2025-05")
    site.write(site.pool("2026"))
    site.organisations("b", 5, PUBLIC, step=9)
    site.organisation("a-00", 99)

    assert "of the 10 that publish no report of their own" in site.said("2027")[0]


def test_counts_without_the_public_ones_are_nobody_or_five_in_every_cell():
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(PLACES, st.booleans(), st.booleans()), min_size=5, max_size=45))
    def hold(some):
        members = [
            member(f"m{i}", i, *place, **({"first": i} if has else {}))
            for i, (place, _, has) in enumerate(some)
        ]
        public = {f"m{i}" for i, (_, is_public, _) in enumerate(some) if is_public}
        known = frozenset(
            token(b"", measure, one.key, points)
            for one in members
            if one.key in public
            for measure, points in one.points.items()
        )
        segments = tree((one.industry, one.country) for one in members)
        try:
            found = published(segments, gathered(members, segments), (), known)
        except NothingToPublishError:
            return
        for (segment, measure), tokens in found.tokens.items():
            within = [
                others
                for (other, of), others in found.tokens.items()
                if of == measure
                and other != segment
                and segment in {"all", other.partition("-")[0]}
            ]
            for left in (tokens - known, tokens.difference(*within) - known):
                assert not 0 < len(left) < 5

    hold()


def test_two_editions_that_give_somebody_away_together_are_named(site):
    site.organisations("a", 10)
    site.write(site.pool("2026"))
    site.organisation("b", 50)
    site.write(site.pool("2027", "none"))

    found = [str(warning) for warning in validate.assessments(site.root)[1]]

    assert found == [
        (
            "assessments/benchmarks/pooled-tiny-1-0-full-2027/benchmark.yaml:1:1: warning: what "
            f"this edition and {ID} differ by gives fewer than five away in d, e, overall; do not "
            "publish both"
        )
    ]


def test_a_merged_edition_cannot_be_held_against(site):
    """Its ledger has tokens under another key, and no members."""
    site.organisations("a", 10)
    made = site.write(site.pool("2026")).editions[0]
    lines = made.ledger.splitlines(keepends=True)
    (site.root / "ledgers" / f"{ID}.csv").write_text("".join(lines[:2] + lines[11:]))

    assert site.said("2027") == [
        (
            f"assessments/ledgers/{ID}.csv:1:1: not pooled from organisations of one folder, so "
            "nobody can tell what has changed since; say --previous none when no organisation is "
            "in both"
        )
    ]


def test_the_edition_before_can_be_named(site):
    site.organisations("a", 10)
    site.write(site.pool("2025"))
    site.organisations("b", 5)
    site.write(site.pool("2026"))
    site.organisations("c", 5)

    assert site.pool("2027").editions[0].earlier == (ID, "pooled-tiny-1-0-full-2025")
    assert site.pool("2027", "pooled-tiny-1-0-full-2025").editions[0].earlier == (
        "pooled-tiny-1-0-full-2025",
    )
    assert site.said("2027", "pooled-tiny-1-0-ful-2026") == [
        (
            "assessments/benchmarks:1:1: --previous: no pooled edition 'pooled-tiny-1-0-ful-2026'; "
            "did you mean 'pooled-tiny-1-0-full-2026'?"
        )
    ]


def test_an_edition_has_a_name_that_files_can_have(site):
    site.organisations("a", 10)

    assert site.said("../2026") == [
        (
            "assessments/benchmarks:1:1: --edition: '../2026' cannot name an edition; use 1 to 40 "
            "of letters, digits, dot and dash, beginning and ending with a letter or digit"
        )
    ]
    assert edition_id(Instrument("CX_1", "1.0", "Full.2", "mean"), "2026.1") == (
        "pooled-cx-1-1-0-full-2-2026-1"
    )
    assert site.said("x" * 40) == [
        (
            f"assessments/benchmarks/pooled-tiny-1-0-full-{'x' * 40}:1:1: "
            f"'pooled-tiny-1-0-full-{'x' * 38}…' cannot be an id; use 1 to 60 of a-z, 0-9 and -, "
            "beginning and ending with a letter or digit"
        )
    ]


def test_organisations_from_elsewhere_join_and_nobody_comes_twice(site):
    site.organisations("a", 4)
    asked = Instrument("tiny", "1.0", "full", "mean")
    one = Part((member("far", 90),), ("2024-01", "2024-02"))
    twice = Part((member("a-01", 90),), ("2026-05", "2026-05"))

    made = site.pool(more={asked: one}).editions[0]

    assert made.n == 5
    assert 'period: "2024-01 to 2026-05"\n' in made.files["benchmark.yaml"]
    assert site.said(more={asked: twice}) == [
        (
            "assessments/organisations/a-01:1:1: 'a-01' answered tiny@1.0, full here and in the "
            "other file; an organisation counts once"
        )
    ]


def test_reliability_is_of_all_who_were_pooled(site):
    """Five panels of twenty, who give d.say and d.do much the same."""
    panels(site, 5)

    site.write(site.pool())

    found = site.read().editions[0].reliability["d"]
    assert (found.people, found.organisations) == (100, 5)
    # By numpy: 2 * (1 - sum of variances / variance of sums).
    assert found.alpha == 0.953


def panels(site, n, about=CONSENT, wave="2026-05", prefix="a"):
    """Write *n* panels of twenty, who give d.say and d.do much the same."""
    for number in range(n):
        site.organisation(f"{prefix}-{number}", 0, about, wave)
        folder = site.root / f"organisations/{prefix}-{number}"
        (folder / f"{wave}.yaml").write_text(
            f"questionnaire: tiny@1.0\ndate: {wave}\nresponses: {{file: {wave}.responses.csv}}\n"
        )
        rows = "".join(f"{number * 10 + i},{number * 10 + i * 7 % 20},50\n" for i in range(20))
        (folder / f"{wave}.responses.csv").write_text(f"d.say,d.do,e.do\n{rows}")


def test_reliability_of_a_hidden_measure_is_hidden(site, monkeypatch):
    """Six have another e, and with it another overall; one of them has another d."""
    site.organisations("a", 10)
    site.write(site.pool("2026"))
    for i in range(6):
        (site.root / f"organisations/a-{i:02}/2026-05.yaml").write_text(
            "questionnaire: tiny@1.0\ndate: 2026-05\n"
            f"answers: {{d.say: {i * 10 + (i == 0)}, d.do: {i * 10 + (i == 0)}, e.do: 99}}\n"
        )
    found = Reliability(240, 15, 0.871, (0.85, 0.891), 0.174, 0.92, 0.9)
    monkeypatch.setattr("cx_maturity.pool.of_waves", lambda _waves: {"d": found, "e": found})

    site.write(site.pool("2027"))

    edition = site.read().editions[1]
    assert edition.hidden == {("all", "d"): "change"}
    assert edition.reliability == {"e": found}


def test_reliability_is_published_once(site):
    """Nobody can tell how many of those behind the figures of then are behind those of now."""
    panels(site, 5)
    site.write(site.pool("2026"))
    panels(site, 6, prefix="b")

    made = site.write(site.pool("2027")).editions[0]

    assert (made.n, made.earlier) == (11, (ID,))
    assert [list(edition.reliability) for edition in site.read().editions] == [["overall", "d"], []]


def test_reliability_begins_where_no_edition_before_has_any(site):
    site.organisations("a", 5)
    site.write(site.pool("2026"))
    panels(site, 5, prefix="b")

    site.write(site.pool("2027"))

    assert [list(edition.reliability) for edition in site.read().editions] == [[], ["overall", "d"]]


@pytest.mark.parametrize(("private", "is_shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_reliability_rests_on_nobody_or_five_beside_public_reports(site, private, is_shown):
    panels(site, 6, CONSENT + "publish: public\n")
    panels(site, private, prefix="b")
    site.organisations("c", 5)

    files = site.pool().editions[0].files

    assert ("reliability" in files["benchmark.yaml"]) == is_shown


def test_reliability_of_a_half_says_nothing_of_the_whole(site):
    site.organisations("a", 5)
    found = {"d": Reliability(240, 15, 0.871, (0.85, 0.891), 0.174, 0.92, 0.9)}
    asked = Instrument("tiny", "1.0", "full", "mean")
    more = Part((member("far", 90),), ("2026-05", "2026-05"), found)

    made = site.pool(more={asked: more}).editions[0]

    assert "reliability" not in made.files["benchmark.yaml"]


def test_what_was_done_is_told_line_by_line(site):
    site.organisations("a", 10, CONSENT + "industry: retail\n")
    site.organisations("b", 3, CONSENT + "industry: banks\n")
    site.organisations("c", 2)
    site.organisations("d", 3, asked="d.say d.do")
    site.organisations("e", 3, asked=SHORT)
    site.organisation("silent", 50, "")

    assert told(site.pool()) == [
        f"{ID}: 15 organisations, held against no edition before",
        "  folded: banks: fewer than five are in it",
        (
            "not made: pooled-tiny-1-0-short-2026: 3 with an overall score; nothing is published "
            "below 5, so 2 more are needed"
        ),
        (
            "left out: silent: no consent: organisation.yaml does not say benchmark: {contribute: "
            "true}"
        ),
    ]


# --- what is kept --------------------------------------------------------------------------------


def test_a_ledger_holds_members_and_the_tokens_behind_each_cell(site):
    site.organisations("a", 5)
    made = site.pool().editions[0]

    lines = made.ledger.splitlines()

    assert (lines[0], len(lines)) == ("measure,segment,token", 1 + 4 * 5)
    assert f"-,-,{member_token('a-00')}" in lines[1:6]
    assert f"overall,all,{token(b'', 'overall', 'a-00', 0)}" in lines[6:11]
    assert lines[11].startswith("d,all,")
    assert lines[1:6] == sorted(lines[1:6])


def test_a_token_stands_in_its_innermost_cell_alone_and_is_read_in_all_around(site):
    site.organisations("a", 6, CONSENT + "industry: retail\ncountry: FI\n")
    site.organisations("b", 5, CONSENT + "industry: retail\ncountry: SE\n")
    site.organisations("c", 5, CONSENT + "industry: banks\n")
    made = site.write(site.pool()).editions[0]

    rows = [line.split(",")[1] for line in made.ledger.splitlines() if line[:7] == "overall"]

    assert {name: rows.count(name) for name in rows} == {"banks": 5, "retail-fi": 6, "retail-se": 5}
    assert site.read().ledgers[ID] == Ledger(
        ID,
        made.publication.tokens,
        frozenset(
            member_token(f"{name}-{i:02}")
            for name, n in (("a", 6), ("b", 5), ("c", 5))
            for i in range(n)
        ),
    )


def test_a_period_is_as_long_as_its_waves_may_be():
    def on(day, known):
        return Wave("w", None, "", date.fromisoformat(day), (), is_panel=False, known=known)

    assert period([on("2026-05-19", "day"), on("2025-11-01", "month")]) == ("2025-11", "2026-05")
    assert period([on("2025-01-01", "year"), on("2025-03-01", "day")]) == ("2025-01", "2025-12")
    assert period_text(("2026-05", "2026-05")) == "2026-05"
    assert period_text(("2025-11", "2026-05")) == "2025-11 to 2026-05"


# --- on a terminal --------------------------------------------------------------------------------


def test_an_edition_is_shown_with_all_that_makes_it_believable(site, monkeypatch):
    retail, banks = (CONSENT + f"industry: {name}\n" for name in ("retail", "banks"))
    site.organisations("a", 10, retail)
    site.organisations("b", 3, banks)
    site.organisations("c", 2)
    found = Reliability(240, 15, 0.871, (0.85, 0.891), 0.174, 0.92, 0.9)
    monkeypatch.setattr("cx_maturity.pool.of_waves", lambda _waves: {"d": found})
    site.write(site.pool())
    read = site.read()

    text = show(read.editions[0], read.questionnaires["tiny", "1.0"])

    assert read.editions[0].reliability == {"d": found}
    assert text == (
        "Pooled peers, full (pooled-tiny-1-0-full-2026)\n"
        "pooled: organisations that took part\n"
        "edition 2026, 2026-05\n"
        "tiny@1.0, full, by mean\n"
        "15 organisations that agreed to be counted.\n"
        "\n"
        "All organisations: 15\n"
        "  Banks: folded into the next wider one, fewer than five are in it\n"
        "  Retail: 10\n"
        "\n"
        "overall      n   p25   p50   p75\n"
        "  all       15    10    24    60\n"
        "  retail    10    20    50    70\n"
        "\n"
        "d            n   p25   p50   p75\n"
        "  all       15    10    24    60\n"
        "  retail    10    20    50    70\n"
        "  alpha 0.87 (0.85 to 0.89), ICC(1) 0.17, ICC(2) 0.92, middle rwg 0.90; 240 people in "
        "15 organisations\n"
        "\n"
        "e            n   p25   p50   p75\n"
        "  all       15    10    24    60\n"
        "  retail    10    20    50    70\n"
    )
