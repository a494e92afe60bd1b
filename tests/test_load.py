"""Reading files: what is refused before anything is built, and where it stood."""

import json
import random
import sys
import time

import pytest

from cx_maturity import errors, load
from cx_maturity.reading import csv_text, node
from cx_maturity.reading.node import Mapping, Scalar, Sequence

# Seconds of CPU that a hostile file may cost; the promise is ten on any machine.
BOUND = 10 if sys.gettrace() is None else 60  # measuring coverage takes its own time

BACKSLASH = (
    "a backslash (\\) means something else between double quotation marks; put the text in single "
    "ones (')"
)
IN_QUOTES = "put a text that begins so in quotation marks"
ANCHOR = f"anchors and aliases (& and *) are not used here; {IN_QUOTES}"
TAG = f"tags (!) are not used here; {IN_QUOTES}"
TOO_MANY = "put a cell that holds ',' in double quotes, or take one out"
TOO_FEW = "give the missing ones, empty where nothing was answered"


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read text or bytes as the file called *name*; returns the root and the problems."""
    monkeypatch.chdir(tmp_path)

    def reader(content, name="file.yaml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = errors.Problems()
        return load.document(path, problems).root, [str(p) for p in problems.errors]

    return reader


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Read text or bytes as a CSV file; returns the table and the problems."""
    monkeypatch.chdir(tmp_path)

    def reader(content, delimiter=","):
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = errors.Problems()
        return load.table(path, problems, delimiter), [str(p) for p in problems.errors]

    return reader


def plain(found):
    """Return nodes as dictionaries, lists and strings."""
    match found:
        case Mapping(_, pairs):
            return {key.text: plain(value) for key, value in pairs}
        case Sequence(_, items):
            return [plain(item) for item in items]
        case Scalar(_, text):
            return text


def where(found):
    return found.place.line, found.place.column


# --- what must simply work -----------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        *("NO", "no", "yes", "on", "off", "True", "null", "NULL", "None", "NA", "N/A", "nan", "~"),
        *("010", "0x1F", "1_000", "12:30", "1e3", ".inf", "1.0", "2026-05-19", "=", "0o7"),
    ],
)
@pytest.mark.parametrize("quoted", ["{}", "'{}'", '"{}"'])
def test_a_yaml_value_is_the_text_that_was_typed(read, word, quoted):
    assert plain(read("a: " + quoted.format(word))[0]) == {"a": word}


def test_a_value_left_out_is_empty(read):
    assert plain(read("a:\nb: ''\n")[0]) == {"a": "", "b": ""}


def test_keys_are_words_too(read):
    assert plain(read("no: 1\n1: a\n010: b\nnull: c\n")[0]) == {
        "no": "1", "1": "a", "010": "b", "null": "c",
    }  # fmt: skip


def test_long_texts_are_folded_as_yaml_says(read):
    assert plain(read("a: >-\n  one\n  two\nb: |\n  one\n  two\n")[0]) == {
        "a": "one two",
        "b": "one\ntwo\n",
    }


def test_json_says_the_same_as_yaml(read):
    text = json.dumps({"a": {"b": [1, 2.50, -3, "x"], "c": True, "d": None, "e": "null"}})

    assert plain(read(text, "file.json")[0]) == {
        "a": {"b": ["1", "2.5", "-3", "x"], "c": "true", "d": "", "e": "null"}
    }


def test_json_escapes_are_read(read):
    assert plain(read(r'["\u00e4\n\"\ud83d\ude00", "ä😀"]', "file.json")[0]) == [
        'ä\n"😀',
        "ä😀",
    ]


def test_empty_lists_and_maps_are_read(read):
    assert plain(read('{"a": [], "b": {}, "c": [ ]}', "file.json")[0]) == {
        "a": [], "b": {}, "c": [],
    }  # fmt: skip
    assert plain(read("{a: [], b: {}}")[0]) == {"a": [], "b": {}}


@pytest.mark.parametrize("name", ["file.yaml", "file.json"])
def test_a_byte_order_mark_is_no_content(read, name):
    root, wrong = read(b'\xef\xbb\xbf{"a": "1"}', name)

    assert plain(root) == {"a": "1"}
    assert wrong == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_one_line(read, table, line_end):
    text = line_end.join(["a: 1", "b:", "  c: 2", ""])
    assert where(read(text)[0].pairs[1][1].pairs[0][1]) == (3, 6)

    found, wrong = table(line_end.join(["a,b", "1,2", "3,4,5", '"6', '7",8', "9", ""]))
    assert found.rows == (("1", "2"), (f"6{line_end}7", "8"))
    assert wrong == [
        f"file.csv:3:5: 3 cells, the header has 2; {TOO_MANY}",
        "file.csv:6:1: 1 cell, the header has 2; is ',' the delimiter?",
    ]


# --- places --------------------------------------------------------------------


def test_a_place_counts_characters_from_one(read):
    root, _ = read('ä: {ö: "x", 😀: y}\nlist:\n  - z\n')
    (_, first), (_, second) = root.pairs

    assert where(root) == (1, 1)
    assert where(first) == (1, 4)
    assert [where(key) for key, _ in first.pairs] == [(1, 5), (1, 13)]
    assert [where(value) for _, value in first.pairs] == [(1, 8), (1, 16)]
    assert where(second.items[0]) == (3, 5)


def test_a_place_in_json_is_as_exact(read):
    root, _ = read('{\n "ä": [1,\r\n  "ö" , {"x": null}]}', "file.json")
    ((key, items),) = root.pairs

    assert (where(key), where(items)) == ((2, 2), (2, 7))
    assert [where(item) for item in items.items] == [(2, 8), (3, 3), (3, 9)]


def test_a_cell_is_found_behind_quotes_spaces_and_line_breaks(table):
    found, _ = table('id, x ,y\n1,"a,""b""\nc","d"\n\n2, e,"f"\n')
    cells = [[found.place(row, column) for column in range(3)] for row in range(2)]

    assert [[(place.line, place.column) for place in row] for row in cells] == [
        [(2, 1), (2, 3), (3, 4)],
        [(5, 1), (5, 4), (5, 6)],
    ]


def test_a_quote_within_a_cell_is_a_character(table):
    found, wrong = table('a,b\n5" pipe,x\n')

    assert found.rows == (('5" pipe', "x"),)
    assert found.place(0, 1).column == 9
    assert wrong == []


def test_a_place_is_relative_to_where_the_command_runs(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")

    assert str(errors.Place(tmp_path / "data" / "a.yaml", 3, 4)) == "../data/a.yaml:3:4"


# --- what is refused before anything is built ------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "1:1: the file is empty"),
        (b" \n \n", "1:1: the file is empty"),
        (b"a: 1\nb: \xff\n", "2:4: byte 0xff is not UTF-8; save the file as UTF-8"),
        ("a: ä\nb: å".encode("latin-1"), "1:4: byte 0xe4 is not UTF-8; save the file as UTF-8"),
        ("a: 1".encode("utf-16"), "1:1: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: \xed\xa0\x80\n", "1:4: byte 0xed is not UTF-8; save the file as UTF-8"),
        (b"\xef\xbb\xbfa: \xff", "1:4: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: 1\nb: x\x00y\n", r"2:5: control character '\x00' is not allowed; delete it"),
        (b"a: \x1b[31m", r"1:4: control character '\x1b' is not allowed; delete it"),
        ("a: x\u2028y", r"1:5: control character '\u2028' is not allowed; delete it"),
        ("a: \ufeffx", r"1:4: control character '\ufeff' is not allowed; delete it"),
    ],
)
@pytest.mark.parametrize("name", ["file.yaml", "file.json"])
def test_what_is_no_text_is_refused_with_its_place(read, name, content, message):
    assert read(content, name) == (None, [f"{name}:{message}"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r'a: "x\0"', r"1:4: control character '\x00' is not allowed; delete it"),
        (r'a: "x\ud800"', f"1:6: {BACKSLASH}"),
        (r'a: "\e[0m"', r"1:4: control character '\x1b' is not allowed; delete it"),
        (r'a: "\u2029"', r"1:4: control character '\u2029' is not allowed; delete it"),
    ],
)
def test_an_escape_brings_in_no_control_character(read, text, message):
    assert read(text)[1] == [f"file.yaml:{message}"]


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\ude00\ud83d", r"\u0000", r"\ufeff"])
def test_half_a_pair_of_surrogates_is_no_text(read, escape):
    wrong = read(f'{{"a": "x{escape}"}}', "file.json")[1]

    assert len(wrong) == 1
    assert wrong[0].startswith(r"file.json:1:7: control character '\u") or "'\\x00'" in wrong[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1\nb: 2", f"1:4: {ANCHOR}"),
        ("a: *x", f"1:4: {ANCHOR}"),
        ("a: &x {b: 1}", f"1:4: {ANCHOR}"),
        ("a: &x [1]", f"1:4: {ANCHOR}"),
        ("a: !!str 1", f"1:4: {TAG}"),
        ("a: ! 1", f"1:4: {TAG}"),
        ("a: !!python/object:os.system {}", f"1:4: {TAG}"),
        ("!!set {a}", f"1:1: {TAG}"),
        ("a: 1\n---\nb: 2", "2:1: a second document begins here; one file holds one"),
        ("---\n---\na: 1", "2:1: a second document begins here; one file holds one"),
        ("a: 1\n...\n---\nb: 2", "3:1: a second document begins here; one file holds one"),
    ],
)
def test_yaml_that_nobody_needs_is_refused(read, text, message):
    assert read(text) == (None, [f"file.yaml:{message}"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3", "3:1: a: stands here a second time, first in line 1; keep one"),
        ("{a: 1, 'a': 2}", "1:8: a: stands here a second time, first in line 1; keep one"),
        ("<<: {a: 1}", "1:1: merging (<<) is not used here; write the keys out"),
        ("? [a, b]\n: 1", "1:3: a key must be a word, not a list or a map"),
        ("{{a: 1}: 2}", "1:2: a key must be a word, not a list or a map"),
        ("? \n: 1", "1:2: a key is empty; give it a name"),
        ("' ': 1", "1:1: a key is empty; give it a name"),
    ],
)
def test_every_key_is_a_word_of_its_own(read, text, message):
    assert read(text)[1] == [f"file.yaml:{message}"]


@pytest.mark.parametrize(
    ("name", "one"), [("file.yaml", "[{}]"), ("file.json", "[{}]"), ("file.yaml", "{{a: {}}}")]
)
def test_twenty_levels_of_nesting_are_read_and_one_more_is_not(read, name, one):
    def nested(levels):
        text = "1"
        for _ in range(levels):
            text = one.format(text)
        return text

    root, wrong = read(nested(20), name)
    assert root
    assert wrong == []

    root, wrong = read(nested(21), name)
    assert root is None
    assert len(wrong) == 1
    assert wrong[0].endswith(": nested deeper than 20 levels")


@pytest.mark.parametrize("name", ["file.yaml", "file.json"])
def test_a_document_holds_a_million_bytes_and_no_more(read, name):
    text = '["' + "x" * 999_996 + '"]'

    assert read(text, name)[1] == []
    assert read(text + " ", name)[1] == [
        f"{name}:1:1: the file has 1,000,001 bytes; at most 1,000,000 are read"
    ]


@pytest.mark.parametrize("name", ["file.yaml", "file.json"])
def test_a_document_holds_a_quarter_of_a_million_values_and_no_more(read, monkeypatch, name):
    for module in ("yaml_text", "json_text"):
        monkeypatch.setattr(f"cx_maturity.reading.{module}.NODES", 20)

    assert read("[" + ", ".join("1" * 10) + "]", name)[1] == []
    assert read("[" + ", ".join("1" * 30) + "]", name)[1][0].endswith(
        ": more than 20 values in one file"
    )
    assert node.NODES == 250_000


def merge_bomb():
    """Return 800 bytes that a merging reader turns into 2^30 pairs."""
    lines = ["b0: &b0 {x: 1}"]
    lines += [f"b{i}: &b{i} {{<<: [*b{i - 1}, *b{i - 1}]}}" for i in range(1, 31)]
    return "\n".join(lines)


def words(count):
    chance = random.Random(2026)  # noqa: S311 - no secret
    return ["".join(chance.choices("abcdefgh.say", k=9)) for _ in range(count)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("file.yaml", merge_bomb()),
        ("file.yaml", "[" * 20_000),
        ("file.yaml", "{a: " * 20_000),
        ("file.yaml", "- " * 400_000),
        ("file.yaml", "? " * 400_000),
        ("file.yaml", ": " * 400_000),
        ("file.yaml", "\n" * 999_999),
        ("file.yaml", '"' + "\\" * 900_000),
        ("file.yaml", "".join(f"{word}: 1\n" for word in words(70_000))),
        ("file.json", "[" * 20_000),
        ("file.json", '{"a":' * 20_000),
        ("file.json", "[" + "1" * 900_000 + "]"),
        ("file.json", '"' + "\\" * 900_000),
        ("file.json", "{" + ",".join(f'"{word}":1' for word in words(70_000)) + "}"),
    ],
    ids=lambda value: value[:12].strip() if len(value) > 9 else value,
)
def test_no_document_costs_more_than_seconds(read, name, text):
    begin = time.process_time()
    read(text, name)

    assert time.process_time() - begin < BOUND / 4


# --- JSON that is none -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{} x", "1:4: this is not JSON: something follows the end of the document"),
        ('{"a": }', "1:7: this is not JSON: a value is missing, or text is not in double quotes"),
        ("[1 2]", "1:4: this is not JSON: expected , or ]"),
        ("[1,]", "1:3: this is not JSON: a comma stands before ]; take it out"),
        ("[1", "1:3: this is not JSON: expected , or ]"),
        ('{"a" 1}', "1:6: this is not JSON: expected :"),
        ("{a: 1}", "1:2: this is not JSON: a key must stand in double quotes"),
        ('{"a": 1,}', "1:8: this is not JSON: a comma stands before }; take it out"),
        ('{"a": 1, // b', "1:10: this is not JSON: there are no comments in it; take this out"),
        ("[01]", "1:2: this is not JSON: a value is missing, or text is not in double quotes"),
        ("[1.]", "1:2: this is not JSON: a value is missing, or text is not in double quotes"),
        ("[truex]", "1:6: this is not JSON: expected , or ]"),
        ("[NaN]", "1:2: this is not JSON: a value is missing, or text is not in double quotes"),
        ("['a']", "1:2: this is not JSON: a value is missing, or text is not in double quotes"),
        ('["a', "1:2: this is not JSON: the text is not closed, or needs an escape (\\) here"),
        ('["a\n"]', "1:4: this is not JSON: the text is not closed, or needs an escape (\\) here"),
        (r'["\x"]', "1:3: this is not JSON: the text is not closed, or needs an escape (\\) here"),
        ('{"a": 1, "a": 2}', "1:10: a: stands here a second time, first in line 1; keep one"),
    ],
)
def test_json_is_read_to_the_letter(read, text, message):
    assert read(text, "file.json")[1] == [f"file.json:{message}"]


# --- CSV ---------------------------------------------------------------------------


def test_words_that_mean_nothing_elsewhere_stay_in_their_cells(table):
    found, wrong = table("a,b\nNA,NULL\nNone,nan\n010,12:30\n")

    assert found.rows == (("NA", "NULL"), ("None", "nan"), ("010", "12:30"))
    assert wrong == []


def test_space_around_cells_does_not_count_and_empty_lines_are_skipped(table):
    found, wrong = table("\n a , b\n\n1 ,\t2\n , \n 3,4")

    assert (found.header, found.rows) == (("a", "b"), (("1", "2"), ("3", "4")))
    assert found.lines == (4, 6)
    assert wrong == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_is_stated(table, delimiter):
    found, wrong = table(f"a{delimiter}b\n1{delimiter}2\n", delimiter)

    assert found.rows == (("1", "2"),)
    assert wrong == []


def parted(place, found, right, named):
    """Write what is said where *found* stands between cells and not what is *right*."""
    return (
        f"{place}: one column only, because {found} stands between the cells; save the file with "
        f"{right} between them, or write delimiter: {named} under a wave's responses"
    )


@pytest.mark.parametrize(
    ("text", "delimiter", "message"),
    [
        ("a;b,c;d\n1;2;3\n", ",", None),
        ("a;b;c\n1;2;3\n", ",", parted("1:1", "';'", "','", '";"')),
        ("a,b,c;d\n1,2,3\n", ";", None),
        ("\na,b,c\n1,2,3\n", ";", parted("2:1", "','", "';'", '","')),
        ("a\tb\n1\t2\n", ",", parted("1:1", r"'\t'", "','", "tab")),
        ("a|b;c|d\n", ",", parted("1:1", "'|'", "','", '"|"')),
    ],
)
def test_a_wrong_delimiter_is_noticed_by_the_header(table, text, delimiter, message):
    wrong = table(text, delimiter)[1]

    assert (wrong[:1] == [f"file.csv:{message}"]) == bool(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the file is empty; its first line must name the columns"),
        ("\n \n", "1:1: the file is empty; its first line must name the columns"),
        ("a, b ,a\n1,2,3\n", "1:7: a: names two columns; give each its own name"),
        ('a,b\n1,"2\n3,4\n', "2:1: this is not CSV: unexpected end of data"),
        ('a,b\n1,2\n"x"y,4\n', "3:1: this is not CSV: ',' expected after '\"'"),
        ("a,b\n1,2\x00\n", r"2:4: control character '\x00' is not allowed; delete it"),
        (b"a,b\n1,\xe4\n", "2:3: byte 0xe4 is not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_file_that_is_no_csv_is_refused_with_its_place(table, text, message):
    assert table(text) == (None, [f"file.csv:{message}"])


def test_columns_without_a_name_are_nobodys(table):
    """R writes row names under an empty name; spreadsheets add empty columns at the end."""
    found, wrong = table(",a,,\n1,2,,\n")

    assert found.rows == (("1", "2", "", ""),)
    assert wrong == []


def test_every_row_of_another_length_is_named(table):
    found, wrong = table('a,b,c\n1,2,3\n1,2\n1,2,3,"4",5\n4,5,6\n')

    assert found.rows == (("1", "2", "3"), ("4", "5", "6"))
    assert wrong == [
        f"file.csv:3:1: 2 cells, the header has 3; {TOO_FEW}",
        f"file.csv:4:7: 5 cells, the header has 3; {TOO_MANY}",
    ]


def test_a_table_holds_so_many_cells_and_no_more(table, monkeypatch):
    monkeypatch.setattr(csv_text, "CELLS", 6)

    assert table("a,b\n1,2\n3,4\n")[1] == []
    assert table("a,b\n1,2\n\n3,4\n")[1] == ["file.csv:4:1: more than 6 cells in one file"]
    assert load.TABLE_BYTES == 50_000_000


def test_no_table_costs_more_than_seconds(table):
    """Two million cells are read; more, or as many empty lines, are refused in time."""
    begin = time.process_time()

    found, _ = table("a,b\n" + "1,2\n" * 999_999)
    assert len(found.rows) == 999_999
    assert table("\n" * 49_000_000)[1] == [
        "file.csv:2000001:1: more than 2,000,000 cells in one file"
    ]
    assert len(table("a,b\n" + "1\n" * 900_000)[1]) == 1_000
    assert time.process_time() - begin < BOUND


# --- problems ----------------------------------------------------------------------


def test_a_file_full_of_problems_stops_being_listed(tmp_path, monkeypatch):
    """So that a hostile file can fill no memory; every other file is still listed."""
    monkeypatch.chdir(tmp_path)
    problems = errors.Problems()
    for line in range(1, 5_001):
        problems.add(errors.Place(tmp_path / "a", line), "", "wrong")
    problems.add(errors.Place(tmp_path / "b", 1), "", "wrong")

    assert problems.count() == len(problems.errors) == 1_001
    assert [str(problem) for problem in problems.errors[998:]] == [
        "a:999:1: wrong",
        "a:1000:1: more is wrong in this file; from here on its problems are not listed",
        "b:1:1: wrong",
    ]


def test_the_same_problem_is_noted_once_and_problems_stand_in_the_order_of_the_files(tmp_path):
    problems = errors.Problems()
    for line in (10, 9, 9):
        problems.add(errors.Place(tmp_path / "a", line, 2), "key", "wrong")
    problems.add(errors.Place(tmp_path / "a", 9, 1), "", "odd", warning=True)

    assert [problem.place.line for problem in problems.errors] == [9, 10]
    assert [problem.message for problem in problems.warnings] == ["odd"]
    assert problems.count() == 2


def test_nothing_in_a_message_is_invisible(tmp_path, monkeypatch):
    """A line break would forge a line of its own; half a pair of surrogates cannot be printed."""
    monkeypatch.chdir(tmp_path)
    place = errors.Place(tmp_path / "b\udcffd\u202e.yaml")

    assert str(errors.Problem(place, "a\nb", f"{errors.quoted('x' * 99)} is wrong")) == (
        rf"b\udcffd\u202e.yaml:1:1: a\nb: '{'x' * 59}…' is wrong"
    )


def test_an_error_carries_every_problem(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = [errors.Problem(errors.Place(tmp_path / name), "", "wrong") for name in "ab"]

    assert str(errors.ContentError(found)) == "a:1:1: wrong\nb:1:1: wrong"


def test_the_exit_codes_are_the_promised_ones():
    assert [(code.name, int(code)) for code in errors.Exit] == [
        ("OK", 0), ("CONTENT", 1), ("USAGE", 2), ("BUG", 3), ("ENVIRONMENT", 4),
    ]  # fmt: skip


# --- folders -----------------------------------------------------------------------


def test_links_and_strays_are_named_and_notes_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.yaml", "README.md", "notes.txt", "LICENSE", ".hidden"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a.yaml")
    problems = errors.Problems()

    assert [path.name for path in load.files(tmp_path, problems)] == ["a.yaml"]
    assert [path.name for path in load.folders(tmp_path, problems)] == ["folder"]
    assert [str(problem) for problem in problems.errors] == [
        "a.yaml:1:1: only folders belong here; move the file into one, or delete it",
        "folder:1:1: only files belong here; move the folder or delete it",
        "link:1:1: symbolic links are not followed; put what it points to here",
    ]


def test_a_file_is_read_by_no_link(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("a: 1")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    problems = errors.Problems()

    assert load.document(tmp_path / "b.yaml", problems).root is None
    assert load.document(tmp_path / "c.yaml", problems).root is None
    assert [str(problem) for problem in problems.errors] == [
        "b.yaml:1:1: symbolic links are not followed; put what it points to here",
        "c.yaml:1:1: no such file",
    ]


def test_a_file_lies_inside_its_root(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("x")
    (tmp_path / "by-link").symlink_to("in")

    assert load.is_file(tmp_path, tmp_path / "in" / "a.csv")
    assert not load.is_file(tmp_path, tmp_path / "by-link" / "a.csv")
    assert not load.is_file(tmp_path, tmp_path / "in")
    assert not load.is_file(tmp_path, tmp_path / ("long" * 64))


def test_the_digest_is_that_of_the_bytes(tmp_path):
    """As ``sha256sum`` prints it."""
    (tmp_path / "a.yaml").write_bytes(b"a: 1\n")

    assert load.document(tmp_path / "a.yaml", errors.Problems()).digest == (
        "37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae"
    )


def test_a_folder_that_is_a_link_is_not_followed(tmp_path, monkeypatch):
    (tmp_path / "elsewhere" / "acme").mkdir(parents=True)
    (tmp_path / "organisations").symlink_to(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path)
    problems = errors.Problems()

    assert load.folders(tmp_path / "organisations", problems) == []
    assert [str(problem) for problem in problems.errors] == [
        "organisations:1:1: symbolic links are not followed; put what it points to here"
    ]
