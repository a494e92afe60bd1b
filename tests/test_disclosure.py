"""
What may be shown of people and organisations.

What is expected comes from brute force here: every union of groups, less every other.
"""

from fractions import Fraction
from functools import reduce
from itertools import combinations, permutations, product
from operator import or_
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx_maturity.disclosing.cells import families
from cx_maturity.disclosing.ties import loose
from cx_maturity.disclosure import (
    FEWEST,
    REASONS,
    cell_breaches,
    change_doubts,
    edition_breaches,
    hidden_counts,
    hide_cells,
    hide_splits,
    shows_counts,
    split_breaches,
    tells_of_few,
)
from cx_maturity.editions import Cell
from cx_maturity.errors import Breach

# --- brute force -------------------------------------------------------------


def unions(sets):
    """Return every union of some of the *sets*, which are whole numbers with a bit for each."""
    return {
        reduce(or_, some, 0) for size in range(len(sets) + 1) for some in combinations(sets, size)
    }


def is_few(bits):
    return 0 < bits.bit_count() < 5


def as_bits(members, order):
    return sum(1 << order[member] for member in members)


def gives_people_away(partitions, shown, whole):
    """Tell whether any roles and units, with what is left over of each kind, differ by 1-4."""
    order = {person: place for place, person in enumerate(sorted(whole))}
    sides = []
    for kind, groups in partitions.items():
        sets = [as_bits(groups[name], order) for other, name in shown if other == kind]
        sets.append(as_bits(whole, order) & ~reduce(or_, sets, 0))
        sides.append(unions(sets))
    return any(is_few(one ^ other) for one, other in product(*sides))


def gives_organisations_away(cells, before):
    """
    Tell whether fewer than five make the difference between any cells of two editions.

    Cells are taken apart first: what is in a cell and in none within it is known as well.
    """
    order = {t: k for k, t in enumerate(sorted(set().union(*cells.values(), *before.values())))}
    then, now = ({n: as_bits(c, order) for n, c in some.items()} for some in (before, cells))
    in_then, in_now = (reduce(or_, some.values(), 0) for some in (then, now))
    parts = [
        [c & ~reduce(or_, [o for o in some.values() if o & c == o != c], 0) for c in some.values()]
        for some in (then, now)
    ]
    for old, new in product(*map(unions, parts)):
        moved = (old & in_now & ~new).bit_count() + (new & in_then & ~old).bit_count()
        left, joined = (old & ~in_now).bit_count(), (new & ~in_then).bit_count()
        # Whoever has new answers left and joined, and is one organisation.
        if 0 < moved + max(left, joined) < 5:
            return True
    return any(cell.bit_count() < 5 for cell in now.values())


def nested_differences(*editions):
    """Yield how many organisations each union of cells has beyond each one within it."""
    everybody = set().union(*(cell for cells in editions for cell in cells.values()))
    order = {token: place for place, token in enumerate(sorted(everybody))}
    made = set()
    for cells in editions:
        made |= unions([as_bits(cell, order) for cell in cells.values()])
    for one, other in product(made, repeat=2):
        if one & other == other:
            yield (one & ~other).bit_count()


# --- counts of people --------------------------------------------------------


def alike(counts):
    """Return rows that would be printed like *counts*, with the same sum; not every one."""
    secret = hidden_counts(counts)
    moved = [list(counts)]
    for one, other in permutations(sorted(secret), 2):
        for by in range(1, counts[one] + 1):
            row = list(counts)
            row[one], row[other] = row[one] - by, row[other] + by
            moved.append(row)
    return [row for row in moved if hidden_counts(row) == secret]


@pytest.mark.parametrize("cells", [2, 3, 5, 7])
def test_no_hidden_count_can_be_worked_out_from_the_sum_the_rest_and_the_rule(cells):
    chance = Random(cells)  # noqa: S311 - the same rows every time
    rows = [[1] * cells, [4] * cells, [5, 0, 9, 5, 4][:cells], [4, 4, 5, 9, 9][:cells]]
    rows += [[chance.choice((0, 0, 1, 2, 4, 5, 6, 9)) for _ in range(cells)] for _ in range(150)]
    for counts in rows:
        secret = hidden_counts(counts)
        small = {place for place, count in enumerate(counts) if 0 < count < FEWEST}
        found = alike(counts)

        assert small <= secret
        if secret and sum(counts) >= FEWEST:
            assert len(secret) > 1
            assert sum(counts[place] for place in secret) >= FEWEST
            assert all(len({row[place] for row in found}) > 1 for place in secret), counts


@pytest.mark.parametrize(
    ("counts", "secret"),
    [
        ((0, 0, 9, 0), set()),
        ((2, 0, 9, 6), {0, 3}),
        ((2, 6, 9, 6), {0, 1, 3}),  # all of a size or none
        ((1, 1, 9, 6), {0, 1, 3}),  # two people are too few
        ((3, 2, 9, 6), {0, 1}),
        ((4, 4, 9, 5), {0, 1, 3}),  # beside a printed 5 they could be nothing but 4
        ((3, 3, 9, 5), {0, 1}),
        ((3, 0, 0), {0, 1, 2}),
        ((0, 0, 0), set()),
        ((5, 5, 5), set()),
    ],
)
def test_the_next_smallest_are_hidden_until_the_sum_tells_nobody(counts, secret):
    assert hidden_counts(counts) == secret


# --- roles and units ---------------------------------------------------------


def people(first, last):
    return frozenset(range(first, last + 1))


def test_a_group_of_fewer_than_five_is_hidden():
    roles = {"leader": people(1, 4), "front": people(5, 20)}

    assert hide_splits({"role": roles, "unit": {}}, people(1, 30)) == {("role", "leader"): "few"}


def test_what_is_left_over_takes_the_next_smallest_with_it():
    """All but three can be subtracted from the whole, so that one more group is given up."""
    roles = {"leader": people(1, 3), "expert": people(4, 10), "front": people(11, 20)}

    assert hide_splits({"role": roles, "unit": {}}, people(1, 20)) == {
        ("role", "leader"): "few",
        ("role", "expert"): "remainder",
    }


@pytest.mark.parametrize("over", [1, 2, 3, 4])
def test_people_without_a_group_are_left_over_too(over):
    roles = {"leader": people(1, 6), "front": people(7, 18)}

    assert hide_splits({"role": roles}, people(1, 18 + over)) == {("role", "leader"): "remainder"}
    assert hide_splits({"role": roles}, people(1, 23)) == {}


def test_enough_people_without_a_group_keep_a_small_one_secret():
    roles = {"leader": people(1, 3), "front": people(4, 18)}

    assert hide_splits({"role": roles}, people(1, 20)) == {("role", "leader"): "few"}


def test_a_role_less_the_units_within_it_must_not_leave_a_few():
    """The eight leaders less the board's six are two; a second unit is hidden with the board."""
    partitions = {
        "role": {"leader": people(1, 8), "front": people(9, 30)},
        "unit": {"board": people(1, 6), "shop": people(7, 17), "store": people(18, 30)},
    }

    assert hide_splits(partitions, people(1, 30)) == {
        ("unit", "board"): "overlap",
        ("unit", "shop"): "overlap",
    }


def test_what_was_hidden_is_shown_again_when_others_hide_enough():
    """The desk hides the kiosk's four, until the board has to be hidden and does it alone."""
    partitions = {
        "role": {"leader": people(1, 8), "front": people(9, 30)},
        "unit": {
            "board": people(1, 7),
            "shop": people(15, 26) | {8},
            "desk": people(9, 14),
            "kiosk": people(27, 30),
        },
    }

    assert hide_splits(partitions, people(1, 30)) == {
        ("unit", "board"): "overlap",
        ("unit", "kiosk"): "few",
    }


def test_a_role_and_a_unit_that_share_all_but_a_few_must_not_both_stand():
    """Neither lies within the other; their difference is one person less another."""
    partitions = {
        "role": {"leader": people(1, 8), "front": people(9, 30)},
        "unit": {"board": people(2, 9)},
    }

    assert hide_splits(partitions, people(1, 30)) == {("unit", "board"): "overlap"}


def test_units_of_one_role_each_hide_nothing():
    partitions = {
        "role": {"leader": people(1, 8), "front": people(9, 30)},
        "unit": {"board": people(1, 8), "shop": people(9, 17), "store": people(18, 30)},
    }

    assert hide_splits(partitions, people(1, 30)) == {}


def test_only_people_with_a_value_count():
    roles = {"leader": people(1, 6), "front": people(7, 20)}

    assert hide_splits({"role": roles}, people(3, 20)) == {
        ("role", "leader"): "few",
        ("role", "front"): "remainder",
    }


def test_fewer_than_five_people_in_all_have_no_splits():
    roles = {"leader": people(1, 2), "front": people(3, 4)}

    hidden = hide_splits({"role": roles, "unit": {}}, people(1, 4))

    assert hidden == {("role", "leader"): "few", ("role", "front"): "few"}
    assert split_breaches({"role": roles, "unit": {}}, [], people(1, 4)) == []


@st.composite
def panels(draw):
    """Make people in up to three roles and six units, many units with a role of their own."""
    chance = draw(st.randoms(use_true_random=False))
    units = draw(st.integers(1, 6))
    home = [chance.randrange(3) for _ in range(units)]
    strays = draw(st.sampled_from((0, 0.05, 0.3, 1)))
    missing = draw(st.sampled_from((0, 0.05, 0.3)))
    partitions = {
        "role": {f"role-{k}": set() for k in range(3)},
        "unit": {f"unit-{k}": set() for k in range(units)},
    }
    whole = frozenset(range(draw(st.integers(5, 80))))
    for person in whole:
        unit = chance.randrange(units)
        role = chance.randrange(3) if chance.random() < strays else home[unit]
        for kind, place in (("role", role), ("unit", unit)):
            if chance.random() >= missing:
                partitions[kind][f"{kind}-{place}"].add(person)
    return {
        kind: {name: frozenset(some) for name, some in groups.items()}
        for kind, groups in partitions.items()
    }, whole


def every(partitions):
    return [(kind, name) for kind, groups in partitions.items() for name in groups]


@settings(max_examples=150)
@given(panels())
def test_no_roles_and_units_differ_by_one_to_four_people(panel):
    partitions, whole = panel
    hidden = hide_splits(partitions, whole)
    shown = [key for key in every(partitions) if key not in hidden]

    assert all(len(partitions[kind][name]) >= 5 for kind, name in shown)
    assert not gives_people_away(partitions, shown, whole)
    assert split_breaches(partitions, shown, whole) == []


@settings(max_examples=150)
@given(panels())
def test_no_group_is_hidden_that_could_be_shown_beside_the_others(panel):
    partitions, whole = panel
    hidden = hide_splits(partitions, whole)

    for kind, name in hidden:
        shown = [key for key in every(partitions) if key not in hidden or key == (kind, name)]
        if len(partitions[kind][name]) >= 5:
            assert gives_people_away(partitions, shown, whole), (kind, name)


@settings(max_examples=150)
@given(panels(), st.randoms(use_true_random=False))
def test_the_gate_finds_what_brute_force_finds_in_splits(panel, chance):
    partitions, whole = panel
    large = [(kind, name) for kind, name in every(partitions) if len(partitions[kind][name]) >= 5]
    shown = [key for key in large if chance.random() < 0.8]

    found = split_breaches(partitions, shown, whole)

    assert bool(found) == (bool(shown) and gives_people_away(partitions, shown, whole))


@settings(max_examples=50)
@given(panels())
def test_the_order_of_groups_hides_nobody_else(panel):
    partitions, whole = panel
    turned = {kind: dict(reversed(groups.items())) for kind, groups in reversed(partitions.items())}

    assert hide_splits(turned, whole) == hide_splits(partitions, whole)


def test_many_units_are_no_trouble():
    """Each of five roles has one person in a unit of the next, so that each gives up a unit."""
    roles = {f"role-{k}": people(120 * k + 1, 120 * k + 120) for k in range(5)}
    units = {f"unit-{k:02}": people(12 * k, 12 * k + 11) for k in range(50)}
    partitions, whole = {"role": roles, "unit": units}, people(1, 600)

    hidden = hide_splits(partitions, whole)

    assert sorted(hidden) == [("unit", f"unit-{k}0") for k in range(5)]
    shown = [key for key in every(partitions) if key not in hidden]
    assert split_breaches(partitions, shown, whole) == []


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ([("role", "leader"), ("role", "front")], []),
        ([("unit", "board"), ("unit", "office")], []),
        ([("unit", "desk")], ["unit 'desk' would be shown with n = 4"]),
        (
            [("unit", "board"), ("unit", "office"), ("unit", "shop")],
            ["the whole less every unit that is shown would leave n = 4"],
        ),
        (
            [("role", "leader"), ("unit", "board")],
            ["numbers by role and unit, taken from each other, would leave n = 2"],
        ),
    ],
)
def test_the_gate_says_which_people_would_be_given_away(shown, found):
    partitions = {
        "role": {"leader": people(1, 8), "front": people(9, 30)},
        "unit": {
            "board": people(1, 6),
            "office": people(7, 16),
            "shop": people(17, 26),
            "desk": people(27, 30),
        },
    }

    assert split_breaches(partitions, shown, people(1, 30)) == found


def test_five_paths_hold_groups_together_that_share_fewer_people():
    """In a ring of threes every cut has six ties; with one tie for three a group hangs by four."""
    ring = {("a", "x"): 3, ("x", "b"): 3, ("b", "y"): 3, ("y", "a"): 3}

    assert loose([ring]) == []
    assert loose([{**ring, ("x", "b"): 1}]) == [{"a"}, {"x"}, {"b"}, {"y"}]


# --- segments of one edition -------------------------------------------------

TREE = {"all": None, "retail": "all", "retail-fi": "retail", "retail-se": "retail", "bank": "all"}


def cells(**own):
    """Return the cells of TREE, each with its own organisations and all those within it."""
    found = {name: frozenset() for name in TREE}
    for name, tokens in own.items():
        step = name.replace("_", "-")
        while step is not None:
            found[step] |= frozenset(tokens)
            step = TREE[step]
    return found


def some(letter, number, first=1):
    return {f"{letter}{k}" for k in range(first, first + number)}


def published(hidden, table):
    return {name: tokens for name, tokens in table.items() if name not in hidden}


def test_a_segment_of_fewer_than_five_is_not_published():
    table = cells(
        retail_fi=some("f", 6), retail_se=some("s", 5), bank=some("b", 4), all=some("a", 1)
    )

    assert hide_cells(TREE, table) == {"bank": "few"}


@pytest.mark.parametrize("over", [1, 2, 3, 4])
def test_a_segment_that_would_leave_a_few_over_is_folded(over):
    own = {"retail_fi": some("f", 9), "retail_se": some("s", 6), "bank": some("b", 7)}

    assert hide_cells(TREE, cells(**own, retail=some("r", over))) == {"retail-se": "remainder"}
    assert hide_cells(TREE, cells(**own, retail=some("r", 5))) == {}


def test_a_small_segment_takes_the_next_smallest_with_it():
    table = cells(retail_fi=some("f", 9), retail_se=some("s", 3), bank=some("b", 7))

    assert hide_cells(TREE, table) == {"retail-fi": "remainder", "retail-se": "few"}


def test_segments_that_leave_nobody_over_are_all_published():
    table = cells(retail_fi=some("f", 9), retail_se=some("s", 6), bank=some("b", 7))

    assert hide_cells(TREE, table) == {}


# --- segments of two editions ------------------------------------------------

LAST = cells(retail_fi=some("f", 9), retail_se=some("s", 8), bank=some("b", 12))


@pytest.mark.parametrize(
    ("now", "hidden"),
    [
        ({}, {}),
        # One joined: neither the segment nor any around it may tell.
        ({"bank": some("b", 13)}, {"all": "change", "bank": "change"}),
        ({"bank": some("b", 11)}, {"all": "change", "bank": "change"}),
        ({"bank": some("b", 17)}, {}),
        ({"bank": some("b", 7)}, {}),
        # One with new answers is another token: four joined and four left, and are four.
        ({"bank": some("b", 8) | some("new", 4)}, {"all": "change", "bank": "change"}),
        ({"bank": some("b", 7) | some("new", 5)}, {}),
        # Two moved from one country to the other; both are in retail before and after.
        (
            {"retail_fi": some("f", 7), "retail_se": some("s", 8) | some("f", 2, 8)},
            {"retail-fi": "change", "retail-se": "change"},
        ),
        # Three joined in either country, six in both.
        (
            {"retail_fi": some("f", 12), "retail_se": some("s", 11)},
            {"retail-fi": "change", "retail-se": "change"},
        ),
        # Two left one bank country and nine joined: nobody can take them apart.
        ({"bank": some("b", 10) | some("new", 9)}, {}),
    ],
)
def test_what_a_few_did_between_two_editions_is_folded(now, hidden):
    own = {"retail_fi": some("f", 9), "retail_se": some("s", 8), "bank": some("b", 12), **now}

    assert hide_cells(TREE, cells(**own), LAST) == hidden


def test_a_segment_where_nothing_changed_is_published_though_others_are_folded():
    own = {"retail_fi": some("f", 9), "retail_se": some("s", 8), "bank": some("b", 13)}

    assert "retail-fi" not in hide_cells(TREE, cells(**own), LAST)


def test_a_cell_of_an_older_edition_is_compared_by_itself():
    """Of Finland's nine of long ago three had left before the last edition, which folded it."""
    older = {name: LAST[name] for name in ("all", "retail")}
    older["retail-fi"] = frozenset(some("f", 6) | some("gone", 3))

    assert [[*family] for family in families(older)] == [["all", "retail"], ["retail-fi"]]
    assert hide_cells(TREE, LAST, older) == {"retail-fi": "change", "retail-se": "change"}


def test_cells_that_would_leave_a_few_over_are_of_different_editions():
    table = {"all": frozenset(some("a", 12)), "bank": frozenset(some("a", 9))}

    assert families(table) == [{"all": table["all"]}, {"bank": table["bank"]}]
    assert families({**table, "bank": frozenset(some("a", 7))}) == [
        {"all": table["all"], "bank": frozenset(some("a", 7))}
    ]


@st.composite
def trees(draw):
    """Make a tree of at most six segments, and put organisations into them."""
    parents = {"all": None}
    for name in ("a", "b", "c", "d", "e")[: draw(st.integers(0, 5))]:
        parents[name] = draw(st.sampled_from([*parents]))
    chance = draw(st.randoms(use_true_random=False))
    where = {f"o{k}": chance.choice([*parents]) for k in range(draw(st.integers(5, 60)))}
    return parents, where


@st.composite
def successions(draw):
    """Make a tree, and where organisations are in two editions: most stay, some do something."""
    parents, where = draw(trees())
    chance = draw(st.randoms(use_true_random=False))
    after = dict(where)
    counts = st.sampled_from((0, 0, 1, 1, 2, 3, 4, 5, 6, 12))
    for k in range(draw(counts)):
        after[f"joined-{k}"] = chance.choice([*parents])
    for what in ("left", "moved", "changed"):
        for token in chance.sample(sorted(after), min(len(after), draw(counts))):
            if what == "moved":
                after[token] = chance.choice([*parents])
            else:
                segment = after.pop(token)
                if what == "changed":
                    after[f"{token}-again"] = segment
    return parents, where, after


def filled(parents, where):
    found = {name: set() for name in parents}
    for token, segment in where.items():
        step = segment
        while step is not None:
            found[step].add(token)
            step = parents[step]
    return {name: frozenset(tokens) for name, tokens in found.items()}


@settings(max_examples=200)
@given(trees())
def test_within_an_edition_no_difference_is_one_to_four_organisations(tree):
    parents, where = tree
    table = filled(parents, where)
    shown = published(hide_cells(parents, table), table)

    assert all(len(cell) >= 5 for cell in shown.values())
    assert {*nested_differences(shown)}.isdisjoint({1, 2, 3, 4})
    assert cell_breaches(shown) == []


@settings(max_examples=300)
@given(successions())
def test_between_two_editions_no_difference_is_one_to_four_organisations(succession):
    parents, where, after = succession
    table = filled(parents, where)
    before = published(hide_cells(parents, table), table)
    table = filled(parents, after)
    shown = published(hide_cells(parents, table, before), table)

    assert all(len(cell) >= 5 for cell in shown.values())
    assert {*nested_differences(before, shown)}.isdisjoint({1, 2, 3, 4})
    assert not gives_organisations_away(shown, before)
    assert cell_breaches(shown, before) == []


@settings(max_examples=200)
@given(successions(), st.sampled_from(("joined", "left", "moved", "changed")), st.integers(0, 99))
def test_one_organisation_alone_is_never_seen(succession, what, place):
    """Wherever it was or is, no cell is published whose n or members it alone changed."""
    parents, where, _ = succession
    table = filled(parents, where)
    before = published(hide_cells(parents, table), table)
    one = sorted(where)[place % len(where)]
    after = {token: segment for token, segment in where.items() if token != one}
    if what != "left":
        new = {"joined": "new", "changed": f"{one}-again", "moved": one}[what]
        after[new] = [*parents][place % len(parents)] if what == "moved" else where[one]
    if what == "joined":
        after[one] = where[one]
    table = filled(parents, after)
    shown = published(hide_cells(parents, table, before), table)

    for name in shown.keys() & before.keys():
        assert shown[name] == before[name]


@settings(max_examples=200)
@given(successions())
def test_no_segment_is_folded_that_could_be_published_beside_the_others(succession):
    parents, where, after = succession
    table = filled(parents, where)
    before = published(hide_cells(parents, table), table)
    table = filled(parents, after)
    hidden = hide_cells(parents, table, before)

    needless = [
        name
        for name in hidden
        if len(table[name]) >= 5
        and not gives_organisations_away(
            {n: t for n, t in table.items() if n not in hidden or n == name}, before
        )
    ]
    assert needless == []


@settings(max_examples=200)
@given(successions(), st.randoms(use_true_random=False))
def test_the_gate_finds_what_brute_force_finds_in_cells(succession, chance):
    parents, where, after = succession
    table = filled(parents, where)
    before = published(hide_cells(parents, table), table)
    shown = {name: cell for name, cell in filled(parents, after).items() if chance.random() < 0.9}

    assert bool(cell_breaches(shown, before)) == gives_organisations_away(shown, before)


@settings(max_examples=100)
@given(trees())
def test_an_edition_of_the_same_answers_is_published_as_before(tree):
    parents, where = tree
    table = filled(parents, where)
    hidden = hide_cells(parents, table)

    assert hide_cells(parents, table, published(hidden, table)) == hidden


@settings(max_examples=200)
@given(successions(), st.data())
def test_what_was_last_published_of_each_cell_may_be_of_different_editions(succession, data):
    """Whatever was folded in the second edition was last seen in the first."""
    parents, first, second = succession
    table = filled(parents, first)
    known = published(hide_cells(parents, table), table)
    table = filled(parents, second)
    known |= published(hide_cells(parents, table, known), table)
    third = {
        f"{token}-3" if data.draw(st.integers(0, 3)) == 0 else token: place
        for token, place in second.items()
    }
    table = filled(parents, third)
    shown = published(hide_cells(parents, table, known), table)

    assert cell_breaches(shown, known) == []
    assert not any(gives_organisations_away(shown, family) for family in families(known))


@settings(max_examples=50)
@given(successions())
def test_the_names_of_tokens_fold_nothing_else(succession):
    parents, where, after = succession
    names = {token: str(hash(token) % 10**9) + token for token in {*where, *after}}
    again = [{names[token]: place for token, place in some.items()} for some in (where, after)]

    one, other = (
        hide_cells(parents, filled(parents, now), filled(parents, then))
        for then, now in ((where, after), again)
    )
    assert one == other


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        ({"all": some("a", 5)}, None, []),
        ({"all": some("a", 4)}, None, ["'all' would be published with n = 4"]),
        (
            {"all": some("a", 12), "bank": some("a", 9)},
            None,
            ["'all' less the cells within it would leave n = 3"],
        ),
        (
            {"all": some("a", 12)},
            {"all": some("a", 11)},
            ["'all' less the same in the edition before would leave n = 1"],
        ),
        ({"all": some("a", 12)}, {"all": some("a", 7)}, []),
        ({"all": some("a", 12)}, {"all": some("a", 12)}, []),
        (
            {"all": some("a", 20), "bank": some("a", 8)},
            {"all": some("a", 20), "bank": some("a", 7, 2)},
            ["'all' less the same in the edition before would leave n = 1"],
        ),
    ],
)
def test_the_gate_says_which_organisations_would_be_given_away(now, before, found):
    now, before = (
        {name: frozenset(tokens) for name, tokens in some.items()} if some is not None else None
        for some in (now, before)
    )

    assert cell_breaches(now, before) == found


# --- differencing attacks ----------------------------------------------------


def means(groups, value):
    """Return what a table prints of each group: n and the mean."""
    return {
        name: (len(some), Fraction(sum(value[one] for one in some), len(some)))
        for name, some in groups.items()
    }


def taken_apart(groups, value):
    """Return who is found out, with their exact score: n x mean less n x mean, of two groups."""
    table = means(groups, value)
    found = {}
    for (large, members), (small, within) in product(groups.items(), repeat=2):
        if within < members and len(members - within) == 1:
            (n, mean), (m, other) = table[large], table[small]
            (one,) = members - within
            found[one] = n * mean - m * other
    return found


SCORES = {"f1": 40, "f2": 45, "f3": 50, "f4": 55, "f5": 60, "f6": 50, "n1": 83, "n2": 20}


def test_a_parent_less_its_segments_gives_an_organisation_away_unless_one_is_folded():
    """Seven with a mean of 383/7, six of them with a mean of 50: the seventh has 383 - 300 = 83."""
    parents = {"all": None, "fi": "all"}
    table = {"all": some("f", 6) | {"n1"}, "fi": some("f", 6)}
    table = {name: frozenset(members) for name, members in table.items()}
    guarded = published(hide_cells(parents, table), table)

    assert means(table, SCORES) == {"all": (7, Fraction(383, 7)), "fi": (6, 50)}
    assert taken_apart(table, SCORES) == {"n1": 83}
    assert means(guarded, SCORES) == {"all": (7, Fraction(383, 7))}
    assert taken_apart(guarded, SCORES) == {}


def test_the_edition_before_gives_a_newcomer_away_unless_the_new_one_is_folded():
    """Six with a mean of 50, a year later seven with a mean of 320/7: the newcomer has 20."""
    before = {"all": frozenset(some("f", 6))}
    table = {"all": before["all"] | {"n2"}}
    guarded = published(hide_cells({"all": None}, table, before), table)

    def both(now):
        return {"before": before["all"], **now}

    assert means(table, SCORES) == {"all": (7, Fraction(320, 7))}
    assert taken_apart(both(table), SCORES) == {"n2": 20}
    assert taken_apart(both(guarded), SCORES) == {}


def test_a_role_less_a_unit_gives_a_person_away_unless_the_unit_is_hidden():
    """Six leaders with a mean of 60, the board's five with a mean of 68: the sixth has 20."""
    value = dict.fromkeys(people(7, 20), 50) | {1: 60, 2: 64, 3: 68, 4: 72, 5: 76, 6: 20}
    partitions = {
        "role": {"leader": people(1, 6), "front": people(7, 20)},
        "unit": {"board": people(1, 5), "shop": people(6, 20)},
    }
    hidden = hide_splits(partitions, people(1, 20))
    groups = {key: partitions[key[0]][key[1]] for key in every(partitions)}
    guarded = {key: members for key, members in groups.items() if key not in hidden}

    assert means(groups, value)["role", "leader"] == (6, 60)
    assert means(groups, value)["unit", "board"] == (5, 68)
    assert taken_apart(groups, value) == {6: 20}
    assert [*guarded] == [("role", "leader"), ("role", "front")]
    assert taken_apart(guarded, value) == {}


# --- published numbers -------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "found"),
    [
        ({"all": 20, "retail": 12, "bank": 8}, {}),
        ({"all": 20, "retail": 12}, {}),
        ({"all": 4}, {}),  # said of the cell itself, not of what is left over in it
        (
            {"all": 20, "retail": 12, "bank": 6},
            {"all": "2 of 20 are in none of the segments in it; fold one of them"},
        ),
        (
            {"all": 20, "retail": 12, "bank": 9},
            {"all": "20 is less than the 21 of the segments in it"},
        ),
        # Retail itself is folded: its countries lie within all.
        (
            {"all": 20, "retail-fi": 9, "retail-se": 8},
            {"all": "3 of 20 are in none of the segments in it; fold one of them"},
        ),
    ],
)
def test_what_n_alone_gives_away_within_an_edition(n, found):
    assert edition_breaches(TREE, n) == found


def edition(n, *medians):
    return {("all", f"m{k}"): Cell(n, {50: value}) for k, value in enumerate(medians)}


TEN = (40, 42, 44, 46, 48, 50, 52, 54, 56, 58)
ALIKE = (40, 42, 44, 46, 48, 51, 53, 55, 57, 59)
DOUBT = (
    "{} of 10 quantiles are those of the edition before and n differs by {}; if fewer than 5 "
    "organisations joined, left or changed, fold this segment"
)


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (edition(20, *TEN), {}),  # the same edition again
        (edition(21, *TEN), {"all": DOUBT.format(10, 1)}),
        (edition(20, *ALIKE), {"all": DOUBT.format(5, 0)}),
        (edition(24, *ALIKE), {"all": DOUBT.format(5, 4)}),
        (edition(25, *TEN), {}),  # five joined at least
        (edition(21, 41, *ALIKE[1:]), {}),  # as many are alike by chance
        (edition(21, *TEN[:9]), {}),  # too little to go by
    ],
)
def test_an_edition_much_like_the_one_before_is_doubted(now, found):
    assert change_doubts(now, edition(20, *TEN)) == found


def test_a_large_edition_changes_little_even_when_many_join():
    assert change_doubts(edition(61, *ALIKE), edition(60, *TEN)) == {}


# --- words -------------------------------------------------------------------


def test_every_reason_has_its_sentence():
    assert [*REASONS] == ["few", "remainder", "overlap", "change", "known", "narrow"]


def test_a_breach_names_the_place_and_all_that_was_found():
    breach = Breach("organisation-001, 2026-05, overall", ["unit 'desk' is shown", "and another"])

    assert str(breach) == (
        "organisation-001, 2026-05, overall: unit 'desk' is shown\n"
        "organisation-001, 2026-05, overall: and another"
    )


# --- what means of nearly the same people tell -------------------------------


@pytest.mark.parametrize(
    ("counts", "is_shown"),
    [((5, 0, 9), True), ((4, 8, 9), False), ((1,), False), ((0, 0), True), ((), True)],
)
def test_counts_are_shown_all_or_none(counts, is_shown):
    assert shows_counts(counts) is is_shown


@pytest.mark.parametrize(
    ("left", "added_up", "tells"),
    [
        (1, 99, True),  # 49.5 points either way, and answers are 25 apart
        (1, 100, False),
        (4, 99, True),
        (5, 99, False),
        (0, 99, False),
    ],
)
def test_a_few_who_are_left_are_told_of_until_rounding_hides_them(left, added_up, tells):
    assert tells_of_few(left, added_up, Fraction(25)) is tells


def test_what_one_person_said_is_found_by_subtraction_unless_few_answered_enough():
    """
    Of twelve, one said 50 and did nothing: in whole points it is found, of sixty it is not.

    All say less those who did both: the sums are known to half of the people either way.
    """
    for people, is_found in ((12, True), (60, False)):
        say = [25 * ((i + 2) % 5) for i in range(people)]
        mean_of_all = round(sum(say) / people)
        mean_of_both = round(sum(say[1:]) / (people - 1))
        lowest = people * (mean_of_all - 0.5) - (people - 1) * (mean_of_both + 0.5)
        highest = people * (mean_of_all + 0.5) - (people - 1) * (mean_of_both - 0.5)
        possible = [answer for answer in (0, 25, 50, 75, 100) if lowest <= answer <= highest]

        assert (len(possible) == 1) is is_found, possible
        assert tells_of_few(1, people + people - 1, Fraction(25)) is is_found
