"""
What a consultancy contributes names nobody, and merging it makes the edition of all together.

Organisations here are made up in the tests: every question has the same share, so that all five
measures of the tiny questionnaire have the points that the test says.
"""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx_maturity import contribute, validate
from cx_maturity.disclosure import hide_cells
from cx_maturity.editions import Assessments
from cx_maturity.errors import ContentError
from cx_maturity.merge import merge
from cx_maturity.model import Answer, Organisation, Respondent, State, Wave
from cx_maturity.pooling.cells import joined, published
from cx_maturity.pooling.handover import contribution_files, contribution_name
from cx_maturity.pooling.segments import tree
from cx_maturity.reading.contribution import contributions, earlier_contributions
from cx_maturity.reading.organisation import business_key

HERE = Path(__file__).resolve().parent
KEY = contribute.Keys(b"0123456789abcdef0123456789abcdef", b"fedcba9876543210fedcba9876543210")
OTHER = contribute.Keys(KEY.shared[::-1] + b"!", KEY.own[::-1] + b"!")
MEASURES = ["a", "b", "first", "overall", "second"]
TINY, _ = validate.assessments(HERE / "valid")
QUESTIONNAIRE = TINY.questionnaires["tiny", "1.0"]


def organisation(number, points, place=("retail", "FI"), **changed):
    """Return organisation *number*; ``subset``, ``day`` and any field may be changed."""
    subset = changed.pop("subset", "full")
    day = changed.pop("day", date(2026, 5, 19))
    asked = sorted(QUESTIONNAIRE.subset(subset).questions)
    answers = {name: Answer(State.VALUE, share=Fraction(points, 100)) for name in asked}
    wave = Wave("w", QUESTIONNAIRE, subset, day, (Respondent(answers),), is_panel=False)
    industry, country = place
    name = f"organisation-{number:03}"
    made = Organisation(
        name, f"Secret {number}", industry, country, None, ("en",),
        public=False, fictional=False, waves=(wave,),
        path=Path(f"assessments/organisations/{name}/organisation.yaml"),
        contributes=True, business_id=f"10000{number:03}",
    )  # fmt: skip
    return replace(made, **changed)


def several(numbers, place=("retail", "FI"), **changed):
    """Return one organisation for each of *numbers*, with as many points."""
    return [organisation(number, number, place, **changed) for number in numbers]


def folder(organisations):
    return Assessments(TINY.questionnaires, tuple(organisations), (), (), Path("assessments"))


def made(organisations, edition="2026", key=KEY, **more):
    """Return all that contributing comes to."""
    return contribute.contribute(folder(organisations), edition, key, **more)


def handed(organisations, **more):
    """Return what is handed over, all organisations having answered the same."""
    (one,) = made(organisations, **more).handed
    return one


def contributed(organisations, **more):
    return handed(organisations, **more).contribution


def sizes(contribution, measure="overall"):
    """Return how many organisations each cell of one measure counts."""
    return {s: len(c.tokens) for (s, m), c in contribution.cells.items() if m == measure}


def said(call, *arguments, **named):
    """Return what is wrong, line by line."""
    with pytest.raises(ContentError) as caught:
        call(*arguments, **named)
    return str(caught.value).splitlines()


# --- cells of five or more -------------------------------------------------------


def test_a_cell_counts_organisations_by_whole_points():
    """Halves go up: 12.5 is 13."""
    half = organisation(13, 13, day=date(2026, 5, 19))
    answers = {name: Answer(State.VALUE, share=Fraction(1, 8)) for name in ("a.do", "b.days")}
    half = replace(half, waves=(replace(half.waves[0], respondents=(Respondent(answers),)),))

    one = contributed([*several([40, 41, 42, 43]), organisation(99, 40), half])

    assert one.cells["retail-fi", "a"].bins == {13: 1, 40: 2, 41: 1, 42: 1, 43: 1}


def test_four_go_up_to_the_first_segment_where_they_are_five_with_others():
    thin = [*several([1, 2, 3]), *several([4, 5], ("retail", "SE"))]

    one = handed([*thin, *several(range(6, 12), ("banks", "FI"))])

    assert sizes(one.contribution) == {"retail": 5, "banks-fi": 6}
    assert one.moved["overall", "retail-fi", "retail"] == 3
    assert one.moved["overall", "retail-se", "retail"] == 2
    assert one.left == {}


def test_what_is_left_at_the_top_draws_the_smallest_cell_up():
    large = [*several(range(10, 16), ("retail", "SE")), *several(range(20, 27), ("banks", "FI"))]

    one = handed([*several([1, 2, 3]), *large])

    assert sizes(one.contribution) == {"all": 9, "banks-fi": 7}
    assert one.moved["overall", "retail-fi", "all"] == 3
    assert one.moved["overall", "retail-se", "all"] == 6


def test_four_in_all_hand_over_nothing():
    one = handed(several([1, 2, 3, 4]))

    assert one.contribution is None
    assert one.left == dict.fromkeys([(measure, "few") for measure in MEASURES], 4)


def test_a_measure_that_four_have_is_left_out_and_the_others_stay():
    """They answered nothing that belongs to the second dimension."""
    short = [replace(o, waves=(replace(o.waves[0], respondents=(Respondent({
        name: answer for name, answer in o.waves[0].respondents[0].answers.items() if name[0] == "a"
    }),)),)) for o in several([1, 2])]  # fmt: skip

    one = handed([*short, *several([3, 4, 5, 6])])

    assert {measure for _, measure in one.contribution.cells} == {"a", "first"}
    assert one.left == {("b", "few"): 4, ("overall", "few"): 4, ("second", "few"): 4}


def test_a_segment_without_a_cell_is_not_named():
    """That somebody has a client in Norway is nobody's business."""
    thin = [*several(range(6, 10), ("retail", "NO")), *several([10], ("banks", "SE"))]

    one = contributed([*several(range(1, 6)), *thin])

    assert sizes(one) == {"all": 5, "retail-fi": 5}
    assert [segment.id for segment in one.segments] == ["all", "retail", "retail-fi"]


def test_every_instrument_has_a_contribution_of_its_own():
    found = made([*several(range(1, 6)), *several(range(11, 17), subset="short")])

    assert [str(one.asked) for one in found.handed] == ["tiny@1.0, full", "tiny@1.0, short"]
    assert [sizes(one.contribution) for one in found.handed] == [{"retail-fi": 5}, {"retail-fi": 6}]


# --- who is counted --------------------------------------------------------------


def test_only_real_organisations_that_consent_count():
    found = made(
        [
            *several(range(1, 6)),
            organisation(7, 7, fictional=True, business_id=None),
            organisation(8, 8, contributes=False, business_id=None),
            organisation(9, 9, waves=(), business_id="10000009"),
        ]
    )

    assert found.handed[0].counted == tuple(f"organisation-00{n}" for n in range(1, 6))
    assert found.left_out == {
        "organisation-007": "fictional",
        "organisation-008": (
            "no consent: organisation.yaml does not say benchmark: {contribute: true}"
        ),
        "organisation-009": "no wave yet",
    }


def test_an_organisation_without_a_business_id_is_an_error_with_its_place():
    some = [organisation(1, 1, business_id=None), organisation(2, 2, business_id="-")]
    rest = (
        "organisation.yaml:1:1: business-id: no business id, so nobody could tell that another "
        "consultancy contributes the same organisation; add business-id, or say contribute: false"
    )

    assert said(made, [*some, *several(range(3, 9))]) == [
        f"assessments/organisations/organisation-001/{rest}",
        f"assessments/organisations/organisation-002/{rest}",
    ]


def test_an_edition_that_cannot_name_a_folder_is_an_error():
    assert said(made, several(range(1, 6)), edition="../2026") == [
        (
            "assessments:1:1: --edition: '../2026' cannot name an edition; use 1 to 40 of letters, "
            "digits, dot and dash, beginning and ending with a letter or digit"
        )
    ]


def test_a_key_that_is_no_secret_is_an_error_and_says_why():
    file = Path("key.txt")
    short = (
        "use 32 or more, drawn at random, for whoever guesses them can look up businesses and "
        "their points"
    )
    two = "two different lines belong here, the key that all share and one of your own"

    assert said(contribute.checked_key, b"too short\nown\n", file) == [
        f"key.txt:1:1: --key: 9 characters; {short}",
        f"key.txt:2:1: --key: 3 characters; {short}",
    ]
    for data in (KEY.shared, KEY.shared + b"\n" + KEY.shared, b"\n".join((*KEY, OTHER.own)), b""):
        assert said(contribute.checked_key, data, file) == [f"key.txt:1:1: --key: {two}"]


def test_a_key_is_two_lines():
    data = KEY.shared + b"\r\n" + KEY.own + b"\r\n"

    assert contribute.checked_key(data, Path("key.txt")) == KEY


def test_an_organisation_s_hash_is_the_keyed_hash_of_edition_instrument_and_business_id():
    """As ``openssl dgst -sha256 -hmac`` has it, each part after its length in four bytes."""
    asked = contribute.Instrument("tiny", "1.0", "full", "mean")

    assert (
        contribute.organisation_hash(KEY.shared, "2026", asked, "FI 1234567-8")
        == "78c9cb6aa6d4f0eba126b1158c98978e"
    )


def test_a_business_id_is_the_same_however_it_is_written():
    asked = contribute.Instrument("tiny", "1.0", "full", "mean")
    ways = ("fi 1234567-8", "FI12345678", "FI.1234 567/8")

    assert len({contribute.organisation_hash(KEY.shared, "2026", asked, way) for way in ways}) == 1


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ЖЮ 123-Я", "жю123я"),
        ("株式会社 九", "株式会社九"),
        ("\uff26\uff29\uff11\uff12\uff13", "fi123"),
        ("STRAẞE 7", "strasse7"),
        ("हिन्दी 5", "हिन्दी5"),
        ("e\u0301 1", "é1"),
        ("- / .", ""),
        ("-\u0301", ""),
    ],
)
def test_letters_and_digits_of_any_script_make_a_business_id(written, key):
    assert business_key(written) == key


def test_hashes_of_two_editions_or_instruments_cannot_be_laid_side_by_side():
    both = several(range(1, 6)), several(range(1, 6), subset="short")
    lists = [
        contributed(both[0]).organisations,
        contributed(both[0], edition="2027").organisations,
        contributed(both[1]).organisations,
        contributed(both[0], key=OTHER).organisations,
    ]

    assert len({name for names in lists for name in names}) == 4 * 5


def test_a_token_is_the_hash_under_one_s_own_key_of_measure_business_id_and_points():
    """As ``openssl dgst -sha256 -hmac`` has it; the shared key does not find it."""
    tokens = contributed(several(range(1, 6))).cells["retail-fi", "overall"].tokens
    other = contributed(several(range(1, 6)), key=KEY._replace(shared=OTHER.shared))

    assert "a5ed0bc1d9fa9c20" in tokens
    assert other.cells["retail-fi", "overall"].tokens == tokens


def test_new_answers_that_come_to_the_same_points_change_no_token():
    """
    Eleven answer anew, and their points in one dimension stay; the twelfth is as it was.

    Were it kept back there for being alone, the two counts would differ by it.
    """
    first = contributed(several(range(1, 13)))
    again = []
    for one in several(range(1, 12)):
        answers = dict(one.waves[0].respondents[0].answers)
        answers["a.do"] = Answer(State.VALUE, share=Fraction(99, 100))
        again.append(
            replace(one, waves=(replace(one.waves[0], respondents=(Respondent(answers),)),))
        )

    then = contributed([*again, organisation(12, 12)], edition="2027", previous=[first])

    assert then.cells["retail-fi", "second"] == first.cells["retail-fi", "second"]
    assert sizes(then, "a") == {"retail-fi": 11}


def test_tokens_stay_the_same_between_editions_and_change_with_the_points():
    before = contributed(several(range(1, 7))).cells["retail-fi", "overall"].tokens
    after = contributed(several(range(1, 7)), edition="2027").cells["retail-fi", "overall"].tokens
    changed = [*several(range(1, 6)), organisation(6, 60)]

    assert before == after
    assert len({*before} & {*contributed(changed).cells["retail-fi", "overall"].tokens}) == 5


def test_tokens_of_two_measures_or_under_two_keys_have_nothing_in_common():
    one, other = contributed(several(range(1, 6))), contributed(several(range(1, 6)), key=OTHER)
    cells = [*one.cells.values(), *other.cells.values()]

    assert len({each for cell in cells for each in cell.tokens}) == 2 * 5 * 5


# --- leaving somebody out --------------------------------------------------------


def test_an_organisation_is_left_out_by_its_hash():
    everybody = contributed(several(range(1, 8)))
    hashed = everybody.organisations[0]

    found = made(several(range(1, 8)), without=[hashed])

    assert {*found.handed[0].contribution.organisations} == {*everybody.organisations} - {hashed}
    assert sizes(found.handed[0].contribution) == {"retail-fi": 6}
    assert list(found.left_out.values()) == ["left out of tiny@1.0, full with --without"]


def test_a_hash_that_nobody_here_has_is_an_error():
    assert said(made, several(range(1, 8)), without=["0" * 32]) == [
        (
            "assessments/organisations:1:1: --without: no organisation here has the hash "
            "'00000000000000000000000000000000' in edition '2026'"
        )
    ]


def test_handing_over_again_without_one_keeps_four_more_away():
    """Else the two contributions, laid side by side, give the one away."""
    first = contributed(several(range(1, 13)))

    again = handed(several(range(1, 13)), without=[first.organisations[0]], previous=[first])

    assert sizes(again.contribution) == {"retail-fi": 7}
    assert len(again.contribution.organisations) == 7  # the same for every measure
    assert again.left == dict.fromkeys([(measure, "gone") for measure in MEASURES], 4)


# --- two contributions side by side ----------------------------------------------


def test_who_stays_away_does_not_depend_on_the_order_of_organisations():
    first = contributed(several(range(1, 13)))
    there = several(range(1, 12))

    one, other = (
        contributed(some, edition="2027", previous=[first]) for some in (there, there[::-1])
    )

    assert one == other


def test_only_what_the_same_instrument_handed_over_is_held_against_it():
    other = contributed(several(range(1, 8), subset="short"))

    assert handed(several([1, 2, 3, 4]), previous=[other]).left["overall", "few"] == 4


def test_newcomers_wait_until_they_are_five():
    first = contributed(several(range(1, 8)))

    four = handed(several(range(1, 12)), edition="2027", previous=[first])
    five = handed(several(range(1, 13)), edition="2027", previous=[first])

    assert sizes(four.contribution) == {"retail-fi": 7}
    assert four.left == dict.fromkeys([(measure, "new") for measure in MEASURES], 4)
    assert sizes(five.contribution) == {"retail-fi": 12}
    assert five.left == {}


def test_newcomers_of_two_segments_stand_together_above_them():
    """The seven who were there stay where they were."""
    first = contributed(several(range(1, 8)))
    new = [*several([20, 21, 22]), *several([30, 31], ("retail", "SE"))]

    then = contributed([*several(range(1, 8)), *new], edition="2027", previous=[first])

    assert sizes(then) == {"retail": 5, "retail-fi": 7}


def test_where_one_leaves_four_more_stay_away_if_five_remain():
    ten, nine = contributed(several(range(1, 11))), contributed(several(range(1, 10)))

    of_ten = handed(several(range(1, 10)), edition="2027", previous=[ten])
    of_nine = handed(several(range(1, 9)), edition="2027", previous=[nine])

    assert sizes(of_ten.contribution) == {"retail-fi": 5}
    assert of_ten.left["overall", "gone"] == 4
    assert of_nine.contribution is None
    assert of_nine.left["overall", "gone"] == 8


def test_new_answers_of_one_are_one_gone_and_one_new():
    first = contributed(several(range(1, 13)))

    then = handed([*several(range(1, 12)), organisation(12, 80)], edition="2027", previous=[first])

    assert sizes(then.contribution) == {"retail-fi": 7}
    assert then.contribution.cells["retail-fi", "overall"].bins.keys() <= {*range(1, 12)}
    assert then.left["overall", "gone"] == 4
    assert then.left["overall", "new"] == 1


def test_all_with_new_answers_is_no_reason_to_keep_anybody_back():
    first = contributed(several(range(1, 7)))
    again = [organisation(number, number + 50) for number in range(1, 7)]

    assert sizes(contributed(again, edition="2027", previous=[first])) == {"retail-fi": 6}


def test_one_to_four_who_alone_are_as_they_were_stay_away():
    """Beside nine with new answers, the points that both contributions share are theirs."""
    first = contributed(several(range(1, 13)))
    again = [organisation(number, number + 50) for number in range(4, 13)]

    then = handed([*several(range(1, 4)), *again], edition="2027", previous=[first])

    assert sizes(then.contribution) == {"retail-fi": 9}
    assert then.left == dict.fromkeys([(measure, "same") for measure in MEASURES], 3)


def test_who_was_kept_back_is_kept_back_from_the_next_one_too():
    """
    One leaves before 2027, so four more stay away.

    Were the four back in 2028, the first contribution less the third would be the one.
    """
    first = contributed(several(range(1, 13)))
    second = contributed(several(range(1, 12)), edition="2027", previous=[first])

    third = contributed(several(range(1, 12)), edition="2028", previous=[first, second])

    assert sizes(second) == {"retail-fi": 7}
    assert third.cells == second.cells


def test_who_moves_to_another_country_alone_is_kept_back():
    first = contributed([*several(range(1, 13)), *several(range(21, 33), ("retail", "SE"))])
    moved = organisation(12, 12, ("retail", "SE"))

    then = handed(
        [*several(range(1, 12)), moved, *several(range(21, 33), ("retail", "SE"))],
        edition="2027",
        previous=[first],
    )

    # The one alone goes up to where it is five with others of its old cell: to nobody, so the
    # cell that it was in goes up to it.
    assert sizes(then.contribution) == {"all": 12, "retail-se": 12}


def test_another_key_cannot_be_held_against_what_was_handed_over_before():
    first = replace(contributed(several(range(1, 8))), path=Path("2026/contribution.yaml"))
    message = (
        "made with another key, so nobody can tell what has changed since; use the key of then"
    )

    for key in (OTHER, KEY._replace(own=OTHER.own), KEY._replace(shared=OTHER.shared)):
        assert said(made, several(range(1, 8)), key=key, previous=[first]) == [
            f"2026/contribution.yaml:1:1: key: {message}"
        ]


# --- what holds for any organisations --------------------------------------------

PLACES = [("retail", "FI"), ("retail", "SE"), ("banks", "FI"), ("retail", None), (None, None)]
SOME = st.lists(
    st.tuples(st.integers(0, 100), st.sampled_from(PLACES), st.booleans()), min_size=1, max_size=40
)


def drawn(some, start=1):
    """Return drawn organisations; those who answered half have no second dimension."""
    found = []
    for number, (points, place, is_half) in enumerate(some, start):
        one = organisation(number, points, place)
        if is_half:
            answers = one.waves[0].respondents[0].answers
            half = Respondent({name: answers[name] for name in ("a.do", "a.say")})
            one = replace(one, waves=(replace(one.waves[0], respondents=(half,)),))
        found.append(one)
    return found


@given(SOME)
def test_a_cell_is_five_or_more_and_who_is_in_none_is_listed(some):
    one = handed(drawn(some))
    cells = one.contribution.cells if one.contribution else {}
    everybody = {"a": len(some), "first": len(some)}
    whole = sum(not is_half for _, _, is_half in some)
    everybody |= {"b": whole, "second": whole, "overall": whole}

    assert all(sum(cell.bins.values()) == len(cell.tokens) >= 5 for cell in cells.values())
    for measure, n in everybody.items():
        total = sum(len(cell.tokens) for (_, name), cell in cells.items() if name == measure)
        assert total + one.left.get((measure, "few"), 0) == n
        assert total == n or n < 5


@given(SOME)
def test_points_are_counted_as_they_are(some):
    one = handed(drawn(some)).contribution
    bins = Counter()
    for (_, measure), cell in one.cells.items() if one else ():
        bins.update(cell.bins if measure == "first" else {})

    assert bins == (Counter(points for points, _, _ in some) if len(some) >= 5 else {})


@given(SOME, st.randoms(use_true_random=False))
def test_the_order_of_organisations_changes_no_byte(some, chance):
    there = drawn(some)
    other = chance.sample(there, len(there))
    one, two = contributed(there), contributed(other)

    assert one == two
    assert one is None or contribution_files(one) == contribution_files(two)


@st.composite
def years(draw):
    """Draw three years of one consultancy: some come, go, move or answer anew."""
    one = draw(st.lists(st.tuples(st.integers(0, 100), st.sampled_from(PLACES)), max_size=30))
    there = dict(enumerate(one, 1))
    found = [dict(there)]
    for _ in range(2):
        for number in [*there]:
            what = draw(st.sampled_from(["stay"] * 12 + ["go", "move", "answer", "answer"]))
            points, place = there[number]
            if what == "go":
                del there[number]
            elif what == "move":
                there[number] = points, draw(st.sampled_from(PLACES))
            elif what == "answer":
                there[number] = (points + 7) % 101, place
        start = max(there, default=0) + 100
        new = draw(st.lists(st.tuples(st.integers(0, 100), st.sampled_from(PLACES)), max_size=8))
        there |= dict(enumerate(new, start))
        found.append(dict(there))
    return found


@given(years())
def test_no_two_contributions_tell_one_to_four_apart(found):
    """
    Every group with one history has five organisations, or none.

    A history is the cell in each contribution so far; whoever is in none is outside.  What is
    published of editions is held against the same: it would hide nothing here.
    """
    given_before = []
    for year, there in enumerate(found):
        some = [organisation(number, *what) for number, what in there.items()]
        one = contributed(some, edition=f"{2026 + year}", previous=given_before) if some else None
        if one is None:
            continue
        given_before.append(one)
        for measure in ("overall", "a"):
            histories = Counter(history(given_before, measure).values())
            assert min(histories.values()) >= 5
            assert hidden(given_before[-2:], measure) == {}


def history(several_years, measure):
    """Return token → the cell in each contribution."""
    found = {}
    for place, one in enumerate(several_years):
        for (segment, name), cell in one.cells.items():
            for each in cell.tokens if name == measure else ():
                found.setdefault(each, [None] * len(several_years))[place] = segment
    return {each: tuple(cells) for each, cells in found.items()}


def hidden(two_years, measure):
    """Return what would be hidden if the cells, none of which holds another, were published."""
    *before, now = [
        {s: frozenset(c.tokens) for (s, name), c in one.cells.items() if name == measure}
        for one in two_years
    ]
    return hide_cells(dict.fromkeys(now), now, *before[:1])


# --- files -----------------------------------------------------------------------


def write(path, contribution):
    """Write a contribution as its folder in *path*; returns the folder."""
    where = path / contribution_name(contribution)
    where.mkdir(parents=True)
    for name, text in contribution_files(contribution).items():
        (where / name).write_bytes(text.encode())
    return where


def read(*folders, edition="2026"):
    return contributions(folders, TINY.questionnaires, edition)


def test_the_files_say_what_they_are_and_hold_counts():
    some = [organisation(number, 40 + number % 2) for number in range(1, 7)]

    files = contribution_files(contributed(some))
    head, rest = files["contribution.yaml"].split("questionnaire:")

    assert (
        head
        == """\
# A contribution to a benchmark: how many organisations have how many points, in cells of five
# organisations or more.  No name, no answer, and no organisation's measures side by side.
#
# Read all three files, then give them to the coordinator and to nobody else: points that stand
# in cells.csv are single organisations' scores, without a name.
# Who has the shared key can test a guess: whether an organisation whose business id they know is
# in the list below.  So it stays with those who contribute, and the coordinator does without.
# Keep a copy: the next contribution is made with it as --previous, lest the two together give
# away who came, went or changed.
"""
    )
    assert rest.startswith(
        """ tiny@1.0
subset: full
aggregate: mean
edition: "2026"
period: {from: "2026-05", to: "2026-05"}
key: {shared: "e5ed4c4d33cfb11611c143aa5bd7226e", own: "939a8afc0d499bfed7145f79ad23f404"}
segments:
  all:
    title: "All organisations"
  retail:
    title: "Retail"
    parent: "all"
    industry: "retail"
  retail-fi:
    title: "Retail, Finland"
    parent: "retail"
    industry: "retail"
    country: "FI"
organisations:
  - "093f3abe4296fc2b1de5d4ffaa048007"
"""
    )
    assert (
        files["cells.csv"]
        == """\
measure,segment,points,organisations
overall,retail-fi,40,3
overall,retail-fi,41,3
a,retail-fi,40,3
a,retail-fi,41,3
b,retail-fi,40,3
b,retail-fi,41,3
first,retail-fi,40,3
first,retail-fi,41,3
second,retail-fi,40,3
second,retail-fi,41,3
"""
    )
    assert files["tokens.csv"].splitlines()[0] == "measure,segment,token"
    assert len(files["tokens.csv"].splitlines()) == 1 + 5 * 6


def test_points_and_tokens_rise_so_that_their_order_says_nothing():
    files = contribution_files(contributed(several(range(1, 21))))
    points = [line.split(",")[2] for line in files["cells.csv"].splitlines()[1:21]]
    tokens = [line.split(",")[2] for line in files["tokens.csv"].splitlines()[1:21]]

    assert points == [f"{number}" for number in range(1, 21)]
    assert tokens == sorted(tokens)


def test_nothing_in_the_files_names_anybody():
    some = several(range(1, 7))

    text = "".join(contribution_files(contributed(some)).values())

    private = [p for one in some for p in (one.name, one.id, one.business_id)]
    assert [p for p in private if p in text] == []
    assert [part for part in KEY if part.decode() in text] == []


@given(SOME)
def test_what_was_written_is_read(tmp_path_factory, some):
    one = contributed(drawn(some))
    if one is None:
        return
    where = write(tmp_path_factory.mktemp("read"), one)

    assert read(where) == (replace(one, path=where / "contribution.yaml"),)
    assert earlier_contributions([where], TINY.questionnaires) == read(where)


# --- merging ---------------------------------------------------------------------


def merged(several_contributions, edition="2026", **more):
    return merge(several_contributions, folder([]), edition, **more)


def test_a_merged_edition_says_how_many_contributions_and_organisations():
    hands = [contributed(several(range(1, 7))), contributed(several(range(11, 19)))]

    found = merged(hands)

    assert found.id == "pooled-tiny-1-0-full-2026"
    assert found.n == 14
    lines = found.files["benchmark.yaml"].splitlines()
    assert "kind: pooled" in lines
    assert 'source: "14 organisations that agreed to be counted, in 2 contributions."' in lines
    assert 'period: "2026-05"' in lines
    # Points 1 to 6 and 11 to 18: the five around the ranks 3.25 (3), 6.5 (7) and 9.75 (10).
    assert found.files["quantiles.csv"].splitlines()[1].startswith("all,overall,14,,,4,,,11,,,15,")


def test_a_merged_period_is_from_the_first_month_to_the_last():
    days = [date(2026, 3, 1), date(2025, 9, 30), date(2026, 5, 2)]
    hands = [
        contributed(several(range(start, start + 6), day=day))
        for start, day in zip((1, 11, 21), days, strict=True)
    ]

    lines = merged(hands).files["benchmark.yaml"].splitlines()

    assert 'period: "2025-09 to 2026-05"' in lines


def test_contributions_with_other_segments_are_laid_together():
    hands = [
        contributed([*several(range(1, 7)), *several(range(11, 17), ("banks", "SE"))]),
        contributed([*several(range(21, 26), ("retail", "SE")), *several(range(31, 36))]),
    ]

    found = merged(hands).publication

    assert {s: c.n for (s, m), c in found.cells.items() if m == "overall"} == {
        "all": 22, "banks": 6, "banks-se": 6, "retail": 16, "retail-fi": 11, "retail-se": 5,
    }  # fmt: skip


HANDS = st.lists(SOME, min_size=1, max_size=3)


@given(HANDS, st.randoms(use_true_random=False))
def test_merging_makes_the_edition_of_all_counts_together_in_any_order(hands, chance):
    found = [contributed(drawn(some, 1 + 100 * hand)) for hand, some in enumerate(hands)]
    there = [one for one in found if one]
    if not any(measure == "overall" for one in there for _, measure in one.cells):
        return

    one = merged(there)
    other = merged(chance.sample(there, len(there)))

    assert (one.files, one.ledger) == (other.files, other.ledger)
    places = [(s.industry, s.country) for each in there for s in each.segments]
    counts = joined(each.cells for each in there)
    assert one.publication == published(tree(places), counts)


def test_merging_one_contribution_is_pooling_its_cells():
    one = contributed([*several(range(1, 8)), *several(range(11, 16), ("retail", "SE"))])

    assert merged([one]).publication == published(one.segments, one.cells)


def test_a_merged_edition_is_held_against_the_one_before(tmp_path):
    """Two are new, and from what both editions say together they could be told."""
    first = contributed(several(range(1, 13)))
    before = merged([first])
    then = contributed(several(range(1, 15)), edition="2027")  # not held against the first

    site = edition_in(tmp_path, before)

    (problem,) = said(merge, [then], site, "2027")
    assert "2 of 14 have joined, left or changed since pooled-tiny-1-0-full-2026" in problem
    assert merge([then], site, "2027", "none").n == 14


def test_a_merged_edition_cannot_be_held_against_one_with_other_tokens(tmp_path, monkeypatch):
    """All would look new, and those who are could be told."""
    monkeypatch.chdir(tmp_path)
    site = edition_in(tmp_path, merged([contributed(several(range(1, 13)), key=OTHER)]))
    then = contributed(several(range(1, 15)), edition="2027")

    assert said(merge, [then], site, "2027") == [
        (
            "assessments/ledgers/pooled-tiny-1-0-full-2026.csv:1:1: not made of contributions with "
            "this key, so nobody can tell what has changed since; say --previous none when no "
            "organisation is in both"
        )
    ]


def edition_in(path, pooled):
    """Return the assessments of a folder that holds an edition and its ledger."""
    root = path / "assessments"
    shutil.copytree(HERE / "valid" / "questionnaires", root / "questionnaires")
    (root / "benchmarks" / pooled.id).mkdir(parents=True)
    (root / "ledgers").mkdir()
    for name, text in pooled.files.items():
        (root / "benchmarks" / pooled.id / name).write_bytes(text.encode())
    (root / "ledgers" / f"{pooled.id}.csv").write_bytes(pooled.ledger.encode())
    return validate.assessments(root)[0]


# --- contributions that do not go together ---------------------------------------


@pytest.fixture
def two(tmp_path, monkeypatch):
    """Stand where two contributions lie, with six organisations each; return their folders."""
    monkeypatch.chdir(tmp_path)
    for hand, start in (("one", 1), ("two", 11)):
        write(Path(hand), contributed(several(range(start, start + 6))))
    return Path("one/tiny-1.0-full-2026"), Path("two/tiny-1.0-full-2026")


def change(path, old, new, count=1):
    """Change what a file says."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")


def test_two_that_go_together_are_read(two):
    assert [len(one.organisations) for one in read(*two)] == [6, 6]


def test_an_organisation_in_two_contributions_is_an_error_with_both_places_and_the_way_out(two):
    one, other = two
    shutil.rmtree(other)
    there = contributed(several(range(6, 12)))
    write(Path("two"), there)
    (twice,) = {*there.organisations} & {*contributed(several(range(1, 7))).organisations}
    lines = [(each / "contribution.yaml").read_text().splitlines() for each in two]
    line, other_line = (found.index(f'  - "{twice}"') + 1 for found in lines)

    assert said(read, *two) == [
        (
            f"two/tiny-1.0-full-2026/contribution.yaml:{other_line}:5: organisations."
            f"{[*there.organisations].index(twice) + 1}: this organisation stands in "
            f"{one}/contribution.yaml:{line}:5 as well and counts once; one of the two hands over "
            f"again, with --without {twice} and with what it handed over before as --previous"
        )
    ]


def test_the_first_contribution_is_held_against_the_third_as_well(two):
    there = contributed([*several([1]), *several(range(21, 26))])
    third = write(Path("three"), there)

    (problem,) = said(read, *two, third)

    assert problem.startswith("three/tiny-1.0-full-2026/contribution.yaml:")
    assert "stands in one/tiny-1.0-full-2026/contribution.yaml:" in problem


def test_a_contribution_within_another_names_each_organisation(two):
    """They are not the same: one of the two has more."""
    shutil.rmtree(two[1])
    write(Path("two"), contributed(several(range(1, 8))))

    assert len(said(read, *two)) == 6


def test_the_same_contribution_twice_is_said_plainly(two):
    shutil.rmtree(two[1])
    shutil.copytree(*two)

    assert said(read, *two) == [
        (
            "two/tiny-1.0-full-2026/contribution.yaml:29:3: organisations: all 6 organisations are "
            "those of one/tiny-1.0-full-2026/contribution.yaml:29:3; this is the same contribution "
            "twice, so leave one of the two out"
        )
    ]


def test_a_folder_named_twice_is_said_plainly(two):
    assert said(read, two[0], two[0]) == [
        (
            "one/tiny-1.0-full-2026/contribution.yaml:1:1: this folder is named twice; name each "
            "contribution once"
        )
    ]


def test_tokens_in_two_contributions_are_an_error_where_hashes_were_changed(two):
    shutil.rmtree(two[1])
    shutil.copytree(*two)
    for number in range(1, 7):
        text = (two[1] / "contribution.yaml").read_text("utf-8").splitlines()
        change(two[1] / "contribution.yaml", text[28 + number - 1][5:13], f"0000000{number}")

    assert said(read, *two) == [
        (
            "two/tiny-1.0-full-2026/tokens.csv:2:19: token: stands in "
            "one/tiny-1.0-full-2026/tokens.csv:2:19 as well; the same answers count once"
        )
    ]


def test_another_edition_is_an_error(two):
    assert said(read, two[0], edition="2027") == [
        (
            "one/tiny-1.0-full-2026/contribution.yaml:13:10: edition: '2026' is another edition; "
            "what is merged here is '2027'"
        )
    ]


def test_another_subset_is_an_error(two):
    change(two[1] / "contribution.yaml", "subset: full", "subset: short")

    assert said(read, *two) == [
        (
            "two/tiny-1.0-full-2026/contribution.yaml:11:9: subset: short here, full in "
            "one/tiny-1.0-full-2026/contribution.yaml:11:9; only the same can be merged"
        )
    ]


def test_another_version_is_an_error(two):
    other = replace(QUESTIONNAIRE, version="2.0")
    change(two[1] / "contribution.yaml", "tiny@1.0", "tiny@2.0")
    known = {**TINY.questionnaires, ("tiny", "2.0"): other}

    assert said(contributions, two, known, "2026") == [
        (
            "two/tiny-1.0-full-2026/contribution.yaml:10:16: questionnaire: tiny@2.0 here, "
            "tiny@1.0 in one/tiny-1.0-full-2026/contribution.yaml:10:16; only the same can be "
            "merged"
        )
    ]


def test_another_key_is_an_error(two):
    shutil.rmtree(two[1])
    write(Path("two"), contributed(several(range(11, 17)), key=OTHER))

    assert said(read, *two) == [
        (
            "two/tiny-1.0-full-2026/contribution.yaml:15:6: key: made with another key than "
            "one/tiny-1.0-full-2026/contribution.yaml:15:6, so one organisation in both could "
            "not be found; hand over again with the key that all share"
        )
    ]


# What is changed in contribution.yaml, and all that must be said.
HEAD_CASES = {
    "a questionnaire that is not here": (
        "tiny@1.0", "tiny@1.1",
        ["10:16: questionnaire: no questionnaire 'tiny@1.1'; did you mean 'tiny@1.0'?"],
    ),
    "a subset that is not there": (
        "subset: full", "subset: half",
        ["11:9: subset: 'half' is not one of full, short"],
    ),
    "another aggregate": (
        "aggregate: mean", "aggregate: minimum",
        [("12:12: aggregate: the contribution is made by minimum, the questionnaire scores by "
         "mean; they cannot be merged")],
    ),
    "an edition that cannot be a name": (
        'edition: "2026"', 'edition: "20/26"',
        [("13:10: edition: '20/26' cannot stand here; use 1 to 40 of letters, digits, dot and "
         "dash, beginning and ending with a letter or digit")],
    ),
    "a month that is none": (
        'to: "2026-05"', 'to: "2025-13"',
        ["14:31: period.to: '2025-13' cannot stand here; use a month such as 2026-05"],
    ),
    "a period that ends before it begins": (
        'to: "2026-05"', 'to: "2026-04"',
        ["14:31: period.to: 2026-04 is before 2026-05; the period ends after it begins"],
    ),
    "a key that is left out": ("key:", "keys:", [
        "15:1: keys: no such key; did you mean 'key'?",
    ]),
    "a parent that is not there": (
        'parent: "retail"', 'parent: "shops"',
        [("25:13: segments.retail-fi.parent: no segment above this one is called 'shops'; known: "
         "all, retail")],
    ),
    "a segment outside its parent": (
        'industry: "retail"\n    country', 'industry: "banks"\n    country',
        [("25:13: segments.retail-fi.parent: 'retail-fi' does not lie within 'retail'; repeat its "
         "industry and country")],
    ),
    "a country alone": (
        '    parent: "retail"\n    industry: "retail"\n    country',
        '    parent: "all"\n    country',
        [("24:5: segments.retail-fi: a country alone is no segment; give its industry, or leave it "
         "out")],
    ),
    "a whole that is a part": (
        'title: "All organisations"', 'industry: "retail"\n    title: "All"',
        ["18:5: segments.all: the segment without a parent holds everybody; it has no industry",
         "21:5: segments.retail: 'all' has the same industry and country; keep one of the two"],
    ),
    "a fold": (
        'country: "FI"', 'country: "FI"\n    folded: "thin"',
        ["24:5: segments.retail-fi: a contribution folds nothing; leave the key 'folded' out"],
    ),
    "a hash that is none": (
        "  - ", "  - 0",
        [("29:5: organisations.1: '0\"093f3abe4296fc2b1de5d4ffaa048007\"' cannot stand here; use "
          "32 of 0-9 and a-f")],
    ),
    "an empty list": ("organisations:", "organisations: []\nmore:", [
        "28:16: organisations: the list is empty; give one at least",
        ("29:1: more: no such key; known: questionnaire, aggregate, edition, period, key, "
         "segments, organisations, subset"),
    ]),
}  # fmt: skip

CASES = {
    "a measure that is not there": (
        "cells.csv", "second,", "secnd,",
        ["cells.csv:26:1: measure: no measure 'secnd'; did you mean 'second'?"],
    ),
    "a segment that is not there": (
        "cells.csv", "overall,retail-fi", "overall,retail-se",
        ["cells.csv:2:9: segment: no segment 'retail-se'; did you mean 'retail'?"],
    ),
    "a segment of a token that is not there": (
        "tokens.csv", "overall,retail-fi", "overall,banks",
        ["tokens.csv:2:9: segment: no segment 'banks'; known: all, retail, retail-fi"],
    ),
    "more than a hundred points": (
        "cells.csv", "overall,retail-fi,3,1", "overall,retail-fi,103,1",
        ["cells.csv:4:19: points: '103' is not a whole number of points from 0 to 100"],
    ),
    "half a point": (
        "cells.csv", "overall,retail-fi,3,1", "overall,retail-fi,3.5,1",
        ["cells.csv:4:19: points: '3.5' is not a whole number of points from 0 to 100"],
    ),
    "nobody": (
        "cells.csv", "overall,retail-fi,3,1", "overall,retail-fi,3,0",
        ["cells.csv:4:21: organisations: '0' is not a whole number of organisations, 1 or more"],
    ),
    "the same points twice": (
        "cells.csv", "overall,retail-fi,3,1", "overall,retail-fi,2,1",
        ["cells.csv:4:19: points: 2 points of this cell stand here a second time; add them up"],
    ),
    "four in a cell": (
        "cells.csv", "second,retail-fi,5,1\nsecond,retail-fi,6,1\n", "",
        [("cells.csv:26:20: organisations: 4 counted in this cell, 6 in tokens.csv; each has one "
         "token"),
         "cells.csv:26:20: organisations: 4 in this cell; nothing may be handed over below 5"],
    ),
    "more than there are": (
        "cells.csv", "organisations\n", "organisations\noverall,all,50,5\n",
        [("cells.csv:2:16: organisations: 5 counted in this cell, 0 in tokens.csv; each has one "
         "token"),
         ("cells.csv:3:21: organisations: 11 counted for 'overall' up to this cell, 6 "
         "organisations in contribution.yaml; each counts once")],
    ),
    "a column that is not there": (
        "cells.csv", "points,", "point,",
        ["cells.csv:1:17: point: no such column; did you mean 'points'?"],
    ),
    "a token that is none": (
        "tokens.csv", "token\n", "token\noverall,retail-fi,0123\n",
        ["tokens.csv:2:19: token: '0123' is no token; 16 of 0-9 and a-f belong here"],
    ),
    "a token too many": (
        "tokens.csv", "token\n", "token\noverall,retail-fi,0123456789abcdef\n",
        [("cells.csv:2:21: organisations: 6 counted in this cell, 7 in tokens.csv; each has one "
         "token")],
    ),
    "a token of a cell that is not there": (
        "tokens.csv", "token\n", "token\noverall,all,0123456789abcdef\n",
        ["tokens.csv:2:1: measure: cells.csv counts nobody for 'overall' in 'all'"],
    ),
    "a token twice": (
        "tokens.csv", "token\n",
        ("token\noverall,retail,0123456789abcdef\noverall,retail-fi,0123456789abcdef\n"
        "overall,retail-fi,0123456789abcdef\n"),
        ["tokens.csv:2:1: measure: cells.csv counts nobody for 'overall' in 'retail'",
         "tokens.csv:4:19: token: stands for 'overall' twice, first in line 3; keep one"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HEAD_CASES)
def test_what_is_wrong_in_a_contribution_is_said(two, case):
    old, new, expected = HEAD_CASES[case]
    change(two[0] / "contribution.yaml", old, new)

    assert said(read, two[0]) == [f"{two[0]}/contribution.yaml:{line}" for line in expected]


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_in_the_tables_is_said(two, case):
    name, old, new, expected = CASES[case]
    change(two[0] / name, old, new)

    assert said(read, two[0]) == [f"{two[0]}/{line}" for line in expected]


def test_four_organisations_are_too_few_to_hand_over(two):
    lines = (two[0] / "contribution.yaml").read_text("utf-8").splitlines()
    (two[0] / "contribution.yaml").write_text("\n".join(lines[:-2]), "utf-8")

    assert said(read, two[0]) == [
        (
            f"{two[0]}/contribution.yaml:29:3: organisations: 4 organisations; nothing may be "
            "handed over below 5"
        )
    ]


def test_an_organisation_twice_in_one_contribution_is_an_error(two):
    lines = (two[0] / "contribution.yaml").read_text("utf-8").splitlines()
    (two[0] / "contribution.yaml").write_text("\n".join([*lines, lines[-1]]), "utf-8")

    assert said(read, two[0]) == [
        (
            f"{two[0]}/contribution.yaml:35:5: organisations.7: {lines[-1][5:37]} stands here "
            "a second time, first in line 34; keep one"
        )
    ]


def test_other_files_and_missing_ones_are_errors(two):
    (two[0] / "cells.csv").rename(two[0] / "cell.csv")

    assert said(read, two[0], Path("three")) == [
        (
            "one/tiny-1.0-full-2026/cell.csv:1:1: no such file belongs to a contribution; did you "
            "mean 'cells.csv'?"
        ),
        "one/tiny-1.0-full-2026/cells.csv:1:1: no such file",
        "three/cells.csv:1:1: no such file",
        "three/contribution.yaml:1:1: no such file",
        "three/tokens.csv:1:1: no such file",
    ]


def test_industries_that_make_one_name_in_two_ways_are_an_error(two):
    """Retail in Finland is called retail-fi, and so would an industry be."""
    shutil.rmtree(two[1])
    write(Path("two"), contributed(several(range(11, 17), ("retail-fi", None))))

    assert said(merge, read(*two), folder([]), "2026") == [
        (
            "two/tiny-1.0-full-2026/contribution.yaml:1:1: segments.retail-fi: 'retail-fi' is the "
            "segment of retail in FI; choose another word"
        )
    ]


def test_four_in_the_overall_of_all_contributions_make_no_edition():
    half = [*drawn([(n, ("retail", "FI"), n > 4) for n in range(1, 8)])]

    assert said(merged, [contributed(half)]) == [
        (
            "assessments/benchmarks/pooled-tiny-1-0-full-2026:1:1: 0 with an overall score; "
            "nothing is published below 5, so 5 more are needed"
        )
    ]


# --- what is printed -------------------------------------------------------------


def test_what_was_done_is_told_line_by_line():
    first = contributed(several(range(1, 13)))
    some = [
        *several(range(1, 12)),
        *several([20, 21, 22, 23, 24], ("retail", "SE"), subset="short"),
        *several([30, 31], ("banks", "NO")),
        organisation(40, 40, fictional=True),
    ]

    lines = contribute.told(made(some, edition="2027", previous=[first]))

    assert lines[:5] == [
        "tiny@1.0, full: 7 organisations, 2026-05, 5 cells of 5 measures in 1 segment",
        (
            "  not counted: 4 organisations, a, b, first, overall, second: kept back, for "
            "fewer than 5 are gone or have other points"
        ),
        (
            "  not counted: 2 organisations, a, b, first, overall, second: new or with other "
            "points, and fewer than 5: they wait for more"
        ),
        "tiny@1.0, short: 5 organisations, 2026-05, 5 cells of 5 measures in 1 segment",
        "held against 1 contribution handed over before",
    ]
    # The four kept back are drawn by their hashes.
    assert len(lines[5:-3]) == 4
    assert lines[-3:] == [
        "left out: organisation-030: in no cell of tiny@1.0, full",
        "left out: organisation-031: in no cell of tiny@1.0, full",
        "left out: organisation-040: fictional",
    ]


def test_what_moved_up_is_told():
    some = [*several([1, 2, 3]), *several([4, 5], ("retail", "SE"))]

    assert contribute.told(made(some))[1:] == [
        "  up from retail-fi to retail: 3 organisations, a, b, first, overall, second",
        "  up from retail-se to retail: 2 organisations, a, b, first, overall, second",
        "held against 0 contributions handed over before",
    ]
    assert contribute.told(made(several([1, 2, 3, 4])))[0] == (
        "tiny@1.0, full: nothing to hand over"
    )
