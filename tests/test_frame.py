"""Frames, on charts of their own: what is learned, what is refused, what is placed."""

from dataclasses import replace

import altair as alt
import pytest
import vl_convert

from cx_maturity.charts.frame import (
    PAGE,
    Number,
    Placed,
    Slot,
    Stamp,
    Sum,
    from_json,
    printed,
    to_json,
)
from cx_maturity.charts.learn import Refused, cut, examples, learn
from cx_maturity.charts.prove import differences, hostile_rows, prove

PALETTE = {"ink", "paper"}
PAGE_SLOT = Slot(PAGE, (Number("height", 20, 900),))
DOT = Slot("dot", (Number("x", 0, 10), Number("y", 0, 900)), kinds=("full", "open"))
NAME = Slot("name", (Number("y", 0, 900),), ("text",))
BAR = Slot("bar", (Number("start", 0, 10), Number("end", 0, 10)), rising=((0, 1),))


def x(field="x", **scale):
    scale = {"domain": [0, 10], "range": [50, 250], "nice": False, "zero": False} | scale
    return alt.X(field, type="quantitative", axis=None, scale=alt.Scale(**scale))


def y(field="y"):
    scale = alt.Scale(domain=[0, 1], range=[0, 1], nice=False, zero=False)
    return alt.Y(field, type="quantitative", axis=None, scale=scale)


def layer(slot, what="mark"):
    return alt.Chart(alt.NamedData(slot), name=f"{slot}-{what}")


def dots(**scale):
    fill = alt.expr("datum.kind == 'full' ? 'ink' : 'paper'")
    mark = layer("dot").mark_point(fill=fill, stroke="ink", opacity=1, size=64)
    return mark.encode(x=x(**scale), y=y())


def names(**look):
    return layer("name").mark_text(fill="ink", **look).encode(y=y(), text="text:N", x=alt.value(5))


def bars(**look):
    mark = layer("bar").mark_rect(fill="ink", **look)
    return mark.encode(x=x("start"), x2=alt.X2("end"), y=alt.value(5), y2=alt.value(15))


def drawer(slots, *layers, **view):
    """Return what draws rows of *slots* with *layers*."""
    chart = alt.layer(*layers).properties(width=300, height=1, padding=0, autosize="none")
    look = alt.ViewConfig(fill=None, stroke=None, **view)
    spec = chart.configure(aria=False, background="transparent", view=look).to_dict()

    def draw(rows):
        data = {
            slot.name: [
                {"kind": kind}
                | {field.name: value for field, value in zip(slot.numbers, numbers, strict=True)}
                | dict(zip(slot.texts, texts, strict=True))
                for kind, numbers, texts in rows.get(slot.name, ())
            ]
            for slot in slots
        }
        return vl_convert.vegalite_to_svg(spec | {"datasets": data, "height": rows[PAGE][0][1][0]})

    return draw


def framed(slots, *layers):
    """Learn and prove a frame of *layers*."""
    slots = (PAGE_SLOT, *slots)
    draw = drawer(slots, *layers)
    frame = learn(draw, slots, PALETTE, "key")
    prove(frame, draw, slots)
    return frame, draw


@pytest.fixture(scope="module")
def plain():
    return framed((DOT, NAME, BAR), dots(), names(), bars())


ROWS = {
    PAGE: [("plain", (100,), ())],
    "dot": [("full", (1, 10), ()), ("open", (2.5, 20.004), ()), ("full", (10, 30), ())],
    "name": [("plain", (10,), ("Culture & <care>",))],
    "bar": [("plain", (0, 3), ())],
}


# --- learning ------------------------------------------------------------------


def test_a_frame_places_what_is_drawn(plain):
    frame, draw = plain

    assert differences(draw(ROWS), frame.place(ROWS)) == []


def test_what_all_marks_share_is_said_once_on_their_group(plain):
    frame, _ = plain

    assert frame.place(ROWS).marks.count("stroke-width") == 1


def test_colours_are_classes_and_nothing_else_is_left_of_the_drawing(plain):
    frame, _ = plain

    assert frame.place(ROWS | {"dot": [], "name": []}).marks == (
        '<g fill="none" stroke-miterlimit="10"><g class="f-ink">'
        '<path d="M50,5h60v10h-60Z"/></g></g>'
    )


def test_the_height_is_a_hole_too(plain):
    frame, _ = plain

    placed = frame.place({PAGE: [("plain", (123.456,), ())]})

    assert (placed.width, placed.height) == ("300", "123.46")


def test_no_row_leaves_no_mark(plain):
    frame, _ = plain

    placed = frame.place({PAGE: ROWS[PAGE]})

    assert placed.marks == '<g fill="none" stroke-miterlimit="10"></g>'


def test_the_same_drawing_is_learned_as_the_same_text(plain):
    frame, draw = plain

    again = learn(draw, (PAGE_SLOT, DOT, NAME, BAR), PALETTE, "key")

    assert to_json(again) == to_json(frame)


def test_a_written_frame_is_read_as_it_was(plain):
    frame, _ = plain
    slots = {slot.name: slot for slot in (PAGE_SLOT, DOT, NAME, BAR)}

    assert from_json(to_json(frame), slots) == frame


def test_factors_are_the_shortest_decimals_that_fit(plain):
    frame, _ = plain
    of_dots = frame.groups[0].stamps["full"].sums

    assert of_dots == (Sum(50.0, 0, 20.0), Sum(0.0, 1, 1.0))


# --- refusing --------------------------------------------------------------------


def refusal(slots, *layers):
    with pytest.raises(Refused) as refused:
        framed(slots, *layers)
    return str(refused.value)


def test_a_curved_scale_is_refused():
    assert refusal((DOT,), dots(type="sqrt")) == (
        "dot_mark_marks, full, transform, number 1: is not affine in the row's numbers"
    )


def test_a_clamped_scale_is_refused():
    assert "is not affine in the row's numbers" in refusal((DOT,), dots(domain=[2, 8], clamp=True))


def test_rounded_bar_ends_are_refused():
    assert "bar_mark_marks, plain" in refusal((BAR,), bars(cornerRadius=4))


def test_a_domain_left_to_the_data_is_refused():
    """Examples reach both ends of the range, so only the proof sees it."""
    loose = layer("dot").mark_point(fill="ink", stroke="ink", opacity=1)
    free = alt.X("x", type="quantitative", axis=None, scale=alt.Scale(nice=False, zero=False))

    assert "placed differs from drawn" in refusal((DOT,), loose.encode(x=free, y=y()))


def test_a_text_cut_at_a_length_is_refused():
    """Examples are short, so only the proof sees it."""
    assert "placed differs from drawn, hostile texts in a narrow range: mark " in refusal(
        (NAME,), names(limit=400)
    )


def test_a_text_made_from_a_text_is_refused():
    shouted = layer("name").mark_text(fill="ink", text=alt.expr("upper(datum.text)"))

    assert "is no text of its row" in refusal((NAME,), shouted.encode(y=y(), x=alt.value(5)))


def test_a_look_that_follows_a_number_is_refused():
    fill = alt.expr("datum.x > 5 ? 'ink' : 'paper'")
    loud = layer("dot").mark_point(fill=fill, stroke="ink", opacity=1).encode(x=x(), y=y())

    assert refusal((DOT,), loud) == "dot_mark_marks, full, fill: marks differ in more than numbers"


def test_a_layer_that_leaves_rows_out_is_refused():
    some = dots().transform_filter("datum.x > 1")

    assert "marks for 16 rows" in refusal((DOT,), some)


def test_a_colour_outside_the_palette_is_refused():
    red = layer("bar").mark_rect(fill="red")
    red = red.encode(x=x("start"), x2=alt.X2("end"), y=alt.value(5), y2=alt.value(15))

    assert refusal((BAR,), red) == "fill 'red' is no colour of the palette"


def test_an_axis_is_refused_because_its_words_are_no_rows():
    scale = alt.Scale(domain=[0, 10], range=[50, 250])
    mark = layer("dot").mark_point(fill="ink", opacity=1)
    numbered = mark.encode(x=alt.X("x", type="quantitative", scale=scale), y=y())

    assert refusal((DOT,), numbered).startswith("all layers are moved by")


def test_a_clipped_layer_is_refused():
    clipped = layer("dot").mark_point(fill="ink", stroke="ink", opacity=1, clip=True)

    assert refusal((DOT,), clipped.encode(x=x(), y=y()))


def test_a_see_through_mark_is_refused():
    faint = layer("dot").mark_point(fill="ink", stroke="ink", opacity=0.5)

    assert refusal((DOT,), faint.encode(x=x(), y=y())) == "a mark has opacity='0.5'"


def test_a_number_made_of_three_is_refused():
    triple = Slot("bar", (Number("a", 0, 9), Number("b", 0, 9), Number("c", 0, 9)))
    width = alt.value(alt.expr("datum.a + datum.b + datum.c"))
    mark = layer("bar").mark_rule(stroke="ink").encode(x=alt.value(0), x2=width, y=alt.value(5))

    assert "follows more than two of the row's numbers" in refusal((triple,), mark)


def test_a_slot_without_a_layer_is_refused():
    assert refusal((DOT, NAME), dots()) == "slot name is never drawn"


def test_a_layer_without_a_slot_is_refused():
    assert refusal((DOT,), dots(), bars()) == "slot bar is drawn but not declared"


# --- declarations ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "row", "problem"),
    [
        (DOT, ("full", (10.01, 5), ()), "dot: x 10.01 is outside 0 to 10"),
        (DOT, ("full", (-0.01, 5), ()), "dot: x -0.01 is outside 0 to 10"),
        (DOT, ("full", (float("nan"), 5), ()), "dot: x nan is outside 0 to 10"),
        (DOT, ("full", (float("inf"), 5), ()), "dot: x inf is outside 0 to 10"),
        (DOT, ("half", (1, 5), ()), "dot: no kind 'half'; there are full, open"),
        (DOT, ("full", (1,), ()), "dot: (1,) () is not one value for each field"),
        (DOT, ("full", (1, 5), ("a",)), "dot: (1, 5) ('a',) is not one value for each field"),
        (BAR, ("plain", (3, 2), ()), "bar: start 3 is above end 2"),
        (NAME, ("plain", (1,), ("",)), "name: the text '' is empty or has space at an end"),
        (NAME, ("plain", (1,), ("a ",)), "name: the text 'a ' is empty or has space at an end"),
    ],
)
def test_a_row_that_breaks_its_declaration_is_named(plain, slot, row, problem):
    frame, _ = plain

    with pytest.raises(ValueError, match="^" + slot.name) as error:
        frame.place({PAGE: ROWS[PAGE], slot.name: [row]})

    assert str(error.value) == problem


def test_not_a_number_is_never_printed(plain):
    """Among others it may pass the check by columns, and then cannot be printed."""
    frame, _ = plain
    rows = [("full", (1, 5), ()), ("full", (float("nan"), 5), ()), ("full", (2, 5), ())]

    with pytest.raises(ValueError, match="NaN"):
        frame.place({PAGE: ROWS[PAGE], "dot": rows})


def test_a_page_out_of_range_is_refused(plain):
    frame, _ = plain

    with pytest.raises(ValueError, match="page: height 901 is outside 20 to 900"):
        frame.place({PAGE: [("plain", (901,), ())]})


def test_examples_reach_both_ends_and_never_repeat_a_text():
    rows = examples((PAGE_SLOT, DOT, NAME), seed=0)

    assert {0, 10} <= {numbers[0] for _, numbers, _ in rows["dot"]}
    assert len({texts for _, _, texts in rows["name"]}) == 8


def test_hostile_rows_keep_every_declaration():
    slots = (PAGE_SLOT, DOT, NAME, BAR)

    for _, rows in hostile_rows(slots):
        for slot in slots:
            slot.check(rows.get(slot.name, ()))


# --- numbers and texts ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.001, "0"),
        (-0.006, "-0.01"),
        (1.005, "1"),  # the nearest binary number lies below
        (0.125, "0.13"),
        (-0.125, "-0.12"),  # halves go up, not away from zero
        (12.5, "12.5"),
        (100, "100"),
        (1234.567, "1234.57"),
    ],
)
def test_a_number_is_printed_to_the_hundredth_and_no_longer_than_needed(value, text):
    assert printed(value) == text


def test_a_literal_may_hold_a_percent_sign():
    stamp = Stamp(("100% %s of ", "%"), (Sum(1.0, 0, 2.0),))

    assert stamp.fill([("plain", (3,), ())]) == ["100% %s of 7%"]


def test_a_text_is_escaped(plain):
    frame, _ = plain
    rows = {PAGE: ROWS[PAGE], "name": [("plain", (10,), ("</text><script>\"'&",))]}

    assert "&lt;/text&gt;&lt;script&gt;&quot;&#x27;&amp;</text>" in frame.place(rows).marks


# --- the comparator --------------------------------------------------------------------


def fault(plain, rows):
    """Compare the drawing of ROWS with a placing of other rows."""
    frame, draw = plain
    return differences(draw(ROWS), frame.place(ROWS | rows))


def test_a_moved_mark_is_found(plain):
    moved = [("full", (1, 10), ()), ("open", (2.502, 20.004), ()), ("full", (10, 30), ())]

    assert fault(plain, {"dot": moved}) == [
        "mark 2: transform 'translate(100.04,20)' for 'translate(100,20.004)'"
    ]


def test_a_mark_moved_within_the_tolerance_is_not(plain):
    near = [("full", (1, 10.004), ()), *ROWS["dot"][1:]]

    assert fault(plain, {"dot": near}) == []


def test_a_changed_text_is_found(plain):
    other = [("plain", (10,), ("Culture & care",))]

    assert fault(plain, {"name": other}) == ["mark 4: text 'Culture & care' for 'Culture & <care>'"]


def test_a_missing_mark_is_found(plain):
    assert "4 marks for 5" in fault(plain, {"dot": ROWS["dot"][:2]})


def test_a_mark_too_many_is_found(plain):
    assert "6 marks for 5" in fault(plain, {"bar": ROWS["bar"] * 2})


def test_marks_in_another_order_are_found(plain):
    assert len(fault(plain, {"dot": ROWS["dot"][::-1]})) == 2


def test_a_swapped_kind_is_found(plain):
    swapped = [("open", (1, 10), ()), *ROWS["dot"][1:]]

    assert fault(plain, {"dot": swapped}) == ["mark 1: fill 'paper' for 'ink'"]


def test_a_wrong_size_is_found(plain):
    assert fault(plain, {PAGE: [("plain", (101,), ())]}) == ["height 101 for 100"]


def test_a_lost_attribute_is_found(plain):
    frame, draw = plain
    placed = frame.place(ROWS)

    lost = Placed(placed.width, placed.height, placed.marks.replace(' stroke-width="2"', ""))

    assert differences(draw(ROWS), lost)[0] == "mark 1: stroke-width None for '2'"


def test_a_wrong_stamp_is_found_by_the_proof(plain):
    """A frame whose factor is off by a thousandth is not let through."""
    frame, draw = plain
    first, *others = frame.groups
    bent = {
        kind: replace(stamp, sums=(Sum(50.0, 0, 20.01), stamp.sums[1]))
        for kind, stamp in first.stamps.items()
    }
    wrong = replace(frame, groups=(replace(first, stamps=bent), *others))

    with pytest.raises(Refused, match="placed differs from drawn"):
        prove(wrong, draw, (PAGE_SLOT, DOT, NAME, BAR))


# --- cutting -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ("<script>1</script>", "draws script outside of every slot"),
        ('<g class="a_b_marks"><image/></g>', "a mark is <image> with 0 children"),
        ('<g class="a_b_marks"><text><tspan/></text></g>', "a mark is <text> with 1 children"),
        ('<g class="a_b_marks"><path style="x"/></g>', "a mark has style='x'"),
        ('<g class="a_b_marks"><path id="x"/></g>', "a mark has id='x'"),
        ('<g transform="translate(1,0)"/>', "all layers are moved by translate(1,0)"),
        ('<path class="background" fill="red"/>', "draws path outside of every slot"),
    ],
)
def test_what_rows_cannot_place_is_refused(inside, problem):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">'
        f"{inside}</svg>"
    )

    with pytest.raises(Refused) as refused:
        cut(svg)

    assert str(refused.value) == problem


def test_a_view_box_that_is_not_the_size_is_refused():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 8 9"/>'

    with pytest.raises(Refused, match="is not the drawing's size"):
        cut(svg)
