"""A brand: what is read, what is refused and why, and what pages make of it."""

import hashlib
import re
import shutil
import struct
import zlib
from pathlib import Path

import pytest

from cx_maturity import __main__ as command
from cx_maturity import publish, validate
from cx_maturity.errors import ContentError
from cx_maturity.model import Brand, Text
from cx_maturity.pages.brand import Dress, dressed
from cx_maturity.reading.brand import contrast, site_brand
from cx_maturity.reading.logo import refusal

HERE = Path(__file__).resolve().parent
BRAND = "assessments/organisations/plain/organisation.yaml"
LOGO = "assessments/organisations/plain/mark.svg"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
PLAIN = "export the logo as a plain SVG file"
BROKEN = "no PNG file, or not all of one; export the logo again"
MOVES = "the picture moves; export one that stands still"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width=1, height=1, *, pixels=b"\0\0\0\0", kind=(8, 2, 0, 0, 0), more=b""):
    head = struct.pack(">IIBBBBB", width, height, *kind)
    data = chunk(b"IDAT", zlib.compress(pixels))
    parts = (chunk(b"IHDR", head), more, data, chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Stand in a site whose organisation `plain` is public; returns its folder."""
    shutil.copytree(HERE / "valid", tmp_path / "assessments")
    file = tmp_path / BRAND
    file.write_text(file.read_text("utf-8").replace("private", "public"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def brand(site, text, **files):
    """Give `plain` a brand of the lines of *text*, and the *files* beside it."""
    lines = "".join(f"  {line}\n" for line in text.splitlines())
    with (site / BRAND).open("a", encoding="utf-8") as file:
        file.write(f"brand:\n{lines}")
    for name, data in files.items():
        path = (site / BRAND).parent / name.replace("_", ".")
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def said(site):
    """Return what a check says in *site*, where the test stands."""
    try:
        _, warnings = validate.assessments((site / "assessments").relative_to(Path.cwd()))
    except ContentError as error:
        return str(error).splitlines()
    return list(map(str, warnings))


# --- what is read ----------------------------------------------------------------


def test_a_brand_is_read_as_it_is_written(site):
    text = (
        'name: Rimfossen\nlogo: mark.svg\ncolour: "#5B2A52"\nink: "#ffffff"\naccent: "#9c2f4f"\n'
        "font: Source Sans 3, 'Segoe UI', sans-serif\ncontact: cx@rimfossen.example\nlegal: None."
    )
    brand(site, text, mark_svg=SQUARE)
    (found,) = [o for o in validate.assessments(site / "assessments")[0].organisations if o.brand]

    assert found.brand == Brand(
        name="Rimfossen",
        logo=SQUARE.encode(),
        logo_type="image/svg+xml",
        colour="#5b2a52",
        ink="#ffffff",
        accent="#9c2f4f",
        font='"Source Sans 3","Segoe UI",sans-serif',
        contact=Text(dict.fromkeys(("en", "fi", "sv", "nb"), "cx@rimfossen.example")),
        legal=Text(dict.fromkeys(("en", "fi", "sv", "nb"), "None.")),
    )


def test_a_png_is_a_logo_too(site):
    brand(site, "logo: mark.png", mark_png=png())

    assert said(site) == []


@pytest.mark.parametrize(("colour", "ink"), [("#5b2a52", "#ffffff"), ("#ffd24a", "#12222e")])
def test_an_ink_that_nobody_chose_is_white_or_the_page_s_own(site, colour, ink):
    brand(site, f'colour: "{colour}"')
    made, _ = validate.assessments(site / "assessments")

    assert [o.brand.ink for o in made.organisations if o.brand] == [ink]


def test_a_font_without_a_generic_family_gets_one(site):
    brand(site, "font: -apple-system, Näyte")
    made, _ = validate.assessments(site / "assessments")

    assert [o.brand.font for o in made.organisations if o.brand] == [
        '-apple-system,"Näyte",sans-serif'
    ]


# The first three are printed in WCAG's own examples and in the notes on it.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ffffff", "#ffffff", 1.0),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio
    assert contrast(other, one) == contrast(one, other)


# --- what is refused -------------------------------------------------------------

COLOUR_RULE = (
    "is not a colour; write six digits of 0-9 and a-f behind a #, in quotation marks, such as "
    '"#0b3c5d"'
)
FONT_RULE = (
    "cannot name a family of type; use letters, digits, spaces, dots and dashes, with a comma "
    "between families"
)
LOGO_RULE = (
    "cannot be a logo; name an .svg or .png file beside this one, of a-z, 0-9 and dashes, such as "
    "logo.svg"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("accent: '#777777'", "9:11: brand.accent: #777777 on #ffffff is 4.4:1; 4.5:1 is needed"),
        (
            "colour: '#ffffff'\nink: '#ff0000'",
            "10:8: brand.ink: #ff0000 on #ffffff is 3.9:1; 4.5:1 is needed",
        ),
        (
            "colour: '#7f7f7f'",
            "9:11: brand.colour: #12222e on #7f7f7f is 4.0:1; 4.5:1 is needed",
        ),
        ("colour: red", f"9:11: brand.colour: 'red' {COLOUR_RULE}"),
        ("accent: '#abc'", f"9:11: brand.accent: '#abc' {COLOUR_RULE}"),
        (
            "ink: '#ffffff'",
            "9:8: brand.ink: an ink is for what is written on a colour; give the colour too",
        ),
        ("font: 'a;b'", f"9:9: brand.font: 'a;b' {FONT_RULE}"),
        ("font: 'url(x)'", f"9:9: brand.font: 'url(x)' {FONT_RULE}"),
        ("font: 'A,,B'", f"9:9: brand.font: '' {FONT_RULE}"),
        (f"font: {'a' * 121}", "9:9: brand.font: 121 characters; at most 120"),
        (f"name: {'a' * 61}", "9:9: brand.name: 61 characters; at most 60"),
        (f"contact: {'a' * 201}", "9:12: brand.contact: 201 characters; at most 200"),
        (f"legal: {'a' * 201}", "9:10: brand.legal: 201 characters; at most 200"),
        ("color: '#5b2a52'", "9:3: brand.color: no such key; did you mean 'colour'?"),
        ("logo: mark.jpg", f"9:9: brand.logo: 'mark.jpg' {LOGO_RULE}"),
        ("logo: ../mark.svg", f"9:9: brand.logo: '../mark.svg' {LOGO_RULE}"),
        ("logo: mark.svg", "9:9: brand.logo: no file 'mark.svg' beside this one"),
    ],
)
def test_a_brand_that_cannot_be_is_said_to_the_letter(site, text, message):
    brand(site, text)

    assert said(site) == [f"{BRAND}:{message}"]


def test_a_brand_of_nothing_is_said(site):
    with (site / BRAND).open("a", encoding="utf-8") as file:
        file.write("brand: {}\n")

    message = "nothing is said of the brand; give one of name, logo, colour, ink, accent, font"
    assert said(site) == [f"{BRAND}:8:8: brand: {message}, contact, legal"]


def test_a_picture_that_no_brand_names_is_said(site):
    brand(site, "name: Rimfossen", mark_svg=SQUARE)

    message = "no brand names this picture as its logo; name it in organisation.yaml"
    assert said(site) == [f"{LOGO}:1:1: {message}"]


def test_a_logo_is_at_most_100_kb(site):
    brand(site, "logo: mark.svg", mark_svg=SQUARE.replace("M0", "M0" + " " * 100_000))

    message = "the file has 100,085 bytes; at most 100,000 are read"
    assert said(site) == [f"{LOGO}:1:1: {message}"]


def test_a_link_to_a_logo_elsewhere_is_not_followed(site):
    (site / "mark.svg").write_text(SQUARE, "utf-8")
    brand(site, "logo: mark.svg")
    (site / BRAND).with_name("mark.svg").symlink_to(site / "mark.svg")

    assert said(site)[-1] == f"{BRAND}:9:9: brand.logo: no file 'mark.svg' beside this one"


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        ("<script>alert(1)</script>", "1:84: <script> may not stand in a logo"),
        ("<g><foreignObject/></g>", "1:87: <foreignObject> may not stand in a logo"),
        ("<image href='x.png'/>", "1:84: <image> may not stand in a logo"),
        ("<a href='#x'/>", "1:84: <a> may not stand in a logo"),
        ("<animate/>", "1:84: <animate> may not stand in a logo"),
        ("<i xmlns='http://www.w3.org/1999/xhtml'/>", "1:84: <i> may not stand in a logo"),
        ("<path onload='x()'/>", "1:84: 'onload' would run a script"),
        ("<path ONCLICK='x()'/>", "1:84: 'ONCLICK' would run a script"),
        (
            "<use xlink:href='http://a.example/b.svg#c'/>",
            "1:84: 'href' points out of the file, to 'http://a.example/b.svg#c'",
        ),
        ("<use href='javascript:x'/>", "1:84: 'href' points out of the file, to 'javascript:x'"),
        (
            "<path fill='url(https://a.example/x)'/>",
            "1:84: 'fill' holds 'url(https://a.example/x)', which could load or run something",
        ),
        (
            "<path style='fill:u\\72l(x)'/>",
            "1:84: 'style' holds '\\\\72l(x)', which could load or run something",
        ),
        (
            "<style>@import 'x.css';</style>",
            "1:107: 'style' holds \"@import 'x.css';\", which could load or run something",
        ),
        (
            "<style>.a{fill:u<!-- -->rl(//a.example)}</style>",
            "1:124: 'style' holds 'url(//a.example)}', which could load or run something",
        ),
        (
            "<path z:d='1' xmlns:z='http://z.example'/>",
            "1:84: the attribute 'd' is not one of SVG",
        ),
        ("<?php 1 ?>", "1:84: an instruction to programs, 'php', stands here"),
    ],
)
def test_an_svg_that_does_more_than_draw_is_refused(drawing, message):
    found = refusal(f"{OPEN}{drawing}</svg>".encode(), "image/svg+xml")

    assert f"{found.line}:{found.column}: {found.message}" == f"{message}; {PLAIN}"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
            f"1:15: a document type stands here, which could define or load more; {PLAIN}",
        ),
        (
            "<svg/>",
            f"1:1: it begins with <svg>, not with the <svg> of http://www.w3.org/2000/svg; {PLAIN}",
        ),
        ("GIF89a", f"1:1: no SVG file: syntax error; {PLAIN}"),
        ("", f"1:1: no SVG file: no element found; {PLAIN}"),
        (f"{OPEN}\n <g></svg>", f"2:7: no SVG file: mismatched tag; {PLAIN}"),
        (
            '<?xml-stylesheet href="x.css"?>' + SQUARE,
            f"1:1: an instruction to programs, 'xml-stylesheet', stands here; {PLAIN}",
        ),
    ],
)
def test_a_file_that_is_no_plain_svg_is_refused(file, message):
    found = refusal(file.encode(), "image/svg+xml")

    assert f"{found.line}:{found.column}: {found.message}" == message


@pytest.mark.parametrize("encoding", ["Shift_JIS", "utf-16", "utf-7", "iso-8859-1"])
def test_an_svg_is_read_in_the_encoding_that_it_declares(encoding):
    """In Shift_JIS the last byte of Á swallows what follows it, and a comment becomes a script."""
    hidden = "<text>\xc1<!-- </text><script>alert(1)</script><text> --></text>"
    file = f'<?xml version="1.0" encoding="{encoding}"?>{OPEN}{hidden}</svg>'

    found = refusal(file.encode(), "image/svg+xml")

    message = f"1:1: the encoding '{encoding}' is declared; save the file as UTF-8; {PLAIN}"
    assert f"{found.line}:{found.column}: {found.message}" == message


def test_an_svg_of_two_bytes_to_a_letter_is_refused():
    found = refusal(SQUARE.encode("utf-16"), "image/svg+xml")

    assert (found.line, found.column) == (1, 1)
    assert found.message == f"the file is not UTF-8; {PLAIN}"


def ten(times, made):
    """Write ten of what *made* writes of the number before, inside of each of so many."""
    return "".join(made(i, i - 1) for i in range(1, times))


TIMES = f"elements that show others would draw more than 20,000 times; {PLAIN}"


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        (
            "<g id='g0'><path/></g>"
            + ten(6, lambda i, n: f"<g id='g{i}'>" + f"<use href='#g{n}'/>" * 10 + "</g>"),
            TIMES,
        ),
        (
            "<pattern id='p0'/>"
            + ten(
                6,
                lambda i, n: (
                    f"<pattern id='p{i}'>" + f"<rect fill='URL( \"#p{n}\" )'/>" * 10 + "</pattern>"
                ),
            ),
            TIMES,
        ),
        (
            "<style>.c1{fill:url(#p1)}.c2{fill:url(#p2)}.c3{fill:url(#p3)}.c4{fill:url(#p4)}</style>"
            + ten(
                5,
                lambda i, n: f"<pattern id='p{i}'>" + f"<rect class='c{n}'/>" * 10 + "</pattern>",
            ),
            TIMES,
        ),
        ("<g id='a'><use href='#a'/></g>", f"<g> shows itself; {PLAIN}"),
        (
            "<g id='a'><use href='#b'/></g><g id='b'><use xlink:href=' #a'/></g>",
            f"<g> shows itself; {PLAIN}",
        ),
        ("<g>" * 100 + "</g>" * 100, f"more than 100 elements stand inside each other; {PLAIN}"),
    ],
)
def test_a_few_elements_that_draw_for_ever_are_refused(drawing, message):
    assert refusal(f"{OPEN}{drawing}</svg>".encode(), "image/svg+xml").message == message


@pytest.mark.parametrize(
    "drawing",
    [
        "<style>.a{fill:#5b2a52} @media (prefers-color-scheme:dark){.a{fill:#fff}}</style>",
        "<defs><linearGradient id='a'/></defs><path fill='url(#a)'/><use xlink:href='#a'/>",
        "<style>.a{fill:url(#a)}</style><radialGradient id='a'/>" + "<path class='a'/>" * 500,
        "<g id='a'><path/></g>" + "<use href='#a'/>" * 900,
        "<use href='#nowhere'/>" + "<g>" * 98 + "<path/>" + "</g>" * 98,
        "<g transform='scale(2)' style='fill:url(&quot;#a&quot;)'><title>Us: http</title></g>",
    ],
)
def test_an_svg_that_draws_is_let_through(drawing):
    assert refusal(f"<?xml version='1.0'?>{OPEN}{drawing}</svg>".encode(), "image/svg+xml") is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"GIF89a", BROKEN),
        (png()[:-1], BROKEN),
        (
            png(4001, 20),
            "4,001 x 20 pixels; at most 4,000 each way, and 20 to 80 high are enough",
        ),
        (png(0, 20), "0 x 20 pixels; at most 4,000 each way, and 20 to 80 high are enough"),
        (png(pixels=b"\0\0\0"), BROKEN),
        (png(pixels=b"\0" * 80_000_000), BROKEN),
        (png(kind=(8, 5, 0, 0, 0)), BROKEN),
        (png().replace(b"IDAT", b"IDAX"), BROKEN),
        (png() + b"<script>alert(1)</script>" + chunk(b"IEND", b""), BROKEN),
        (png(more=chunk(b"acTL", b"\0\0\0\2\0\0\0\0")), MOVES),
    ],
)
def test_a_png_that_is_none_or_huge_is_refused(data, message):
    assert refusal(data, "image/png").message == message


@pytest.mark.parametrize(
    "data",
    [
        png(),
        png(300, 200, pixels=(b"\0" + b"\x7f" * 900) * 200),
        png(2000, 2000, pixels=(b"\0" + b"\x7f" * 6000) * 2000),
        png(9, 2, kind=(8, 3, 0, 0, 0), pixels=b"\0" * 20),
        # Interlaced it is five pictures: 1 x 1, 1 x 1, 2 x 1, 1 x 2 and 3 x 1 dots.
        png(3, 3, kind=(8, 2, 0, 0, 1), pixels=b"\0" * (4 + 4 + 7 + 2 * 4 + 10)),
        png(more=chunk(b"tEXt", b"Title\0Us")),
    ],
)
def test_a_whole_png_is_let_through(data):
    assert refusal(data, "image/png") is None


# --- the brand of a site -----------------------------------------------------------


def test_a_site_without_a_brand_file_has_none(site):
    assert site_brand(site / "content", ["en"]) == (None, [])


@pytest.mark.parametrize("name", ["brand.yml", "brand.json"])
def test_a_brand_under_another_name_is_not_passed_over(site, name):
    (site / "content").mkdir()
    (site / "content" / name).write_text("name: Us\n", "utf-8")

    with pytest.raises(ContentError) as wrong:
        site_brand(site / "content", ["en"])
    assert str(wrong.value) == (
        f"content/{name}:1:1: a brand is called brand.yaml; rename the file"
    )


def test_a_site_s_brand_is_checked_by_check_and_by_build(site, capsys):
    (site / "content").mkdir()
    (site / "content/brand.yaml").write_text("accent: '#777777'\nnam: X\n", "utf-8")
    problems = [
        "content/brand.yaml:1:9: accent: #777777 on #ffffff is 4.4:1; 4.5:1 is needed",
        "content/brand.yaml:2:1: nam: no such key; did you mean 'name'?",
    ]

    assert command.main(["check"]) == 1
    assert capsys.readouterr().out.splitlines() == problems
    with pytest.raises(ContentError) as wrong:
        publish.build(site)
    assert str(wrong.value).splitlines() == problems


def test_what_is_wrong_with_brand_and_assessments_is_said_at_once(site, capsys):
    (site / "content").mkdir()
    (site / "content/brand.yaml").write_text("nam: X\n", "utf-8")
    (wave,) = sorted(site.glob("assessments/organisations/*/20*.yaml"))[:1]
    wave.write_text(wave.read_text("utf-8") + "targts: {}\n", "utf-8")

    assert command.main(["check"]) == 1
    said = capsys.readouterr().out
    assert "targts: no such key; did you mean 'targets'?" in said
    assert "content/brand.yaml:1:1: nam: no such key; did you mean 'name'?" in said


# --- what pages make of it ---------------------------------------------------------


def test_no_brand_is_the_plain_dress():
    assert dressed(None) == Dress()
    assert not dressed(Brand(name="Rimfossen")).files


def test_colours_and_type_are_one_small_file_named_by_what_is_in_it():
    found = dressed(
        Brand(colour="#5b2a52", ink="#ffffff", accent="#9c2f4f", font='"Source Sans 3",sans-serif')
    )
    ((path, data),) = found.files

    assert data.decode() == (
        'body{font-family:"Source Sans 3",sans-serif}\n'
        ":root{--brand:#5b2a52;--brand-ink:#ffffff}\n"
        "@media print,(prefers-color-scheme:light){:root{--accent:#9c2f4f;--accent-tint:#f8eff1}}\n"
        "@media screen and (prefers-color-scheme:dark)"
        "{:root{--brand:#ffffff;--brand-ink:#5b2a52}}\n"
    )
    assert path == found.style == f"theme/brand-{hashlib.sha256(data).hexdigest()[:8]}.css"
    assert len(data) <= 300


def test_a_colour_that_is_seen_by_night_stays_as_it_is():
    ((_, data),) = dressed(Brand(colour="#ffd24a", ink="#12222e")).files

    assert data == b":root{--brand:#ffd24a;--brand-ink:#12222e}\n"


@pytest.mark.parametrize("accent", ["#767676", "#9c2f4f", "#000000", "#0000ff"])
def test_words_in_the_accent_can_be_read_on_its_tint(accent):
    ((_, data),) = dressed(Brand(accent=accent)).files
    tint = re.search(rb"tint:(#\w{6})", data)[1].decode()

    assert contrast(accent, tint) >= 4.5


def test_neither_levels_nor_the_reader_s_own_mark_are_ever_brand():
    ((_, data),) = dressed(Brand(colour="#5b2a52", ink="#ffffff", accent="#9c2f4f")).files

    assert set(re.findall(rb"--[\w-]+", data)) == {
        *(b"--brand", b"--brand-ink", b"--accent", b"--accent-tint")
    }


@pytest.fixture
def pages(site):
    """Build a site with a brand, where one organisation has a brand of its own."""
    (site / "content").mkdir()
    (site / "content/brand.yaml").write_text("name: House & Co\nlogo: h.png\nlegal: L.", "utf-8")
    (site / "content/h.png").write_bytes(png())
    brand(site, "name: Rimfossen <b>\nlogo: mark.svg\ncolour: '#5b2a52'", mark_svg=SQUARE)
    publish.build(site)
    output = (site / "output").resolve()
    return {
        file.relative_to(output).as_posix(): file.read_bytes()
        for file in output.rglob("*")
        if file.is_file()
    }


def test_the_site_s_brand_is_on_its_pages_and_an_organisation_s_own_on_its(pages):
    logo = f"theme/brand-{hashlib.sha256(SQUARE.encode()).hexdigest()[:8]}.svg"
    house = f"theme/brand-{hashlib.sha256(png()).hexdigest()[:8]}.png"
    home = pages["index.html"].decode()
    own = [
        pages[f"organisations/plain/2026-05/{name}index.html"].decode() for name in ("", "trace/")
    ]

    assert (pages[logo], pages[house]) == (SQUARE.encode(), png())
    assert f'<img src="./{house}" alt="" height="20">House &amp; Co</a>' in home
    assert "<p>L.</p>" in home
    assert 'data-head="House &amp; Co"' in home
    for depth, page in zip(("../../..", "../../../.."), own, strict=True):
        assert f'<img src="{depth}/{logo}" alt="" height="20">Rimfossen &lt;b&gt;</a>' in page
        assert "Rimfossen &lt;b&gt;</title>" in page
        assert "House" not in page
        assert "<p>L.</p>" not in page
        assert re.search(rf'<link rel="stylesheet" href="{depth}/theme/brand-\w{{8}}\.css">', page)


def test_what_a_brand_shows_comes_from_the_site_itself(pages):
    for page in (pages["index.html"], pages["organisations/plain/2026-05/index.html"]):
        policy = re.search(rb'Policy" content="([^"]*)"', page)[1]
        assert b"style-src 'self'; img-src 'self'" in policy
        assert not re.search(rb"<[^>]*\sstyle=", page)


@pytest.mark.browser
@pytest.mark.usefixtures("pages")
def test_a_logo_is_twenty_pixels_high_and_the_foot_is_printed(browser, site):
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto((site / "output/organisations/plain/2026-05/index.html").resolve().as_uri())

    box = page.locator(".brand img").bounding_box()
    assert (box["height"], page.evaluate("document.documentElement.scrollWidth")) == (20, 320)

    page.goto((site / "output/index.html").resolve().as_uri())
    page.emulate_media(media="print")
    assert page.locator(".end p").all_inner_texts() == ["House & Co", "L."]
    assert page.locator(".end p").last.is_visible()
    page.close()


# --- in several languages --------------------------------------------------------


def test_a_line_of_the_foot_stands_in_the_reader_s_language_and_an_address_in_every_one(site):
    brand(site, "contact: cx@rimfossen.example\nlegal: {en: A company, fi: Yritys}")
    (worn,) = [
        o.brand for o in validate.assessments(site / "assessments")[0].organisations if o.brand
    ]

    dress = dressed(worn, "en")

    lines = {each: (dress.to(each).contact, dress.to(each).legal) for each in ("en", "fi", "sv")}
    assert lines == {
        "en": ("cx@rimfossen.example", "A company"),
        "fi": ("cx@rimfossen.example", "Yritys"),
        "sv": ("cx@rimfossen.example", "A company"),
    }
    assert dress.to("sv").legal.language == "en"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "legal: {fi: Yritys}",
            "9:10: warning: brand.legal: no text in 'en'; readers see 'fi' instead",
        ),
        (
            "legal: {en: A company, no: Selskap}",
            (
                "9:26: warning: brand.legal.no: no report is written in 'no', so nobody reads "
                "this; use en, fi, sv, nb"
            ),
        ),
        (f"contact: {{en: {'a' * 201}}}", "9:17: brand.contact.en: 201 characters; at most 200"),
        (
            "contact: {english: a}",
            (
                "9:13: brand.contact.english: 'english' cannot stand here; use a language code "
                "such as en, fi, sv or nb"
            ),
        ),
        (
            "legal: {}",
            "9:10: brand.legal: the map is empty; give one pair at least, or leave the key out",
        ),
    ],
)
def test_a_line_of_the_foot_that_is_not_whole_is_said(site, text, message):
    brand(site, text)

    assert said(site) == [f"{BRAND}:{message}"]


def test_a_site_s_brand_is_held_to_the_languages_of_the_reports_that_wear_it(site):
    file = site / BRAND
    file.write_text(file.read_text("utf-8").replace("[en]", "[en, nb]"), "utf-8")
    (site / "content").mkdir()
    (site / "content/brand.yaml").write_text("legal: {en: A company}\n", "utf-8")

    _, warnings, worn = validate.site(Path("assessments"), Path("content"))

    message = "warning: legal: no text in 'nb'; readers see 'en' instead"
    assert f"content/brand.yaml:1:8: {message}" in map(str, warnings)
    assert worn.legal == Text({"en": "A company"})


def test_a_page_prints_the_foot_in_its_language(site):
    file = site / BRAND
    file.write_text(file.read_text("utf-8").replace("[en]", "[en, nb]"), "utf-8")
    brand(site, "legal: {en: A company, nb: Et selskap}")
    brand_of_site = site / "content/brand.yaml"
    brand_of_site.parent.mkdir()
    brand_of_site.write_text("legal: {fi: Yritys}\n", "utf-8")
    shutil.copy(HERE.parent / "pelicanconf.py", site)
    publish.build(site)

    def foot(path):
        return (site / "output" / path).read_text("utf-8").split("<footer")[1]

    assert "<p>A company</p>" in foot("organisations/plain/index.html")
    assert "<p>Et selskap</p>" in foot("organisations/plain/nb/index.html")
    assert '<p><span lang="fi">Yritys</span></p>' in foot("organisations/index.html")
