"""Carrying a wave over to another version: every answer arrives, or is accounted for."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx_maturity import validate
from cx_maturity.__main__ import main
from cx_maturity.change import movement
from cx_maturity.errors import ContentError
from cx_maturity.migrate import mapping_for, mapping_path, migrated
from cx_maturity.model import Answer, Respondent, Role, State
from cx_maturity.reading.scale import placed

HERE = Path(__file__).resolve().parent
FINGERPRINT = re.compile(r"whose fingerprint is '([0-9a-f]{16})'")

# What differs from tests/valid/questionnaires/tiny/1.0: a.do reads otherwise and has seven
# points, b.open has another name, b.days is gone, b.new is there.
HEAD = """\
id: tiny
version: "2.0"
title: Tiny
scales:
  five: {kind: points, low: 1, high: 5, labels: {1: Never}}
  seven: {kind: points, low: 1, high: 7}
  yes-no:
    kind: choice
    options:
      no: {title: No, value: 0}
      yes: {title: Yes, value: 1}
  days: {kind: numeric, cuts: [1, 5], unit: days}
scale: five
levels:
  method: bands
  names: [{title: Low, from: 0}, {title: High, from: 50}]
roles:
  lead: {title: Leadership}
  front: {title: Front line}
not-applicable:
  too-small: Too small
"""
REST = """\
subsets:
  full: {title: Full, questions: all}
  short: {title: Short, questions: [a.do, b.new]}
dimensions:
  - id: all
    title: All
    questions:
      - {id: a.say, aspect: say, text: Say?}
      - {id: b.new, text: New?}
      - {id: a.do, aspect: do, scale: seven, text: Do you?}
      - {id: b.opened, scale: yes-no, text: Open?}
"""
MAPPING = """\
from: tiny@1.0
to: tiny@2.0
questions:
  a.do: {to: a.do, answers: {1: 1, 2: 2, 3: 4, 4: 6, 5: 7}}
  b.open: b.opened
dropped: [b.days]
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Stand in a folder whose ``assessments/`` has both versions; returns its path, relative."""
    shutil.copytree(HERE / "valid", tmp_path / "assessments")
    monkeypatch.chdir(tmp_path)
    root = Path("assessments")
    version(root, HEAD + REST, MAPPING)
    return root


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def version(root, text, mapping=None):
    """Write version 2.0 with its fingerprint, and the mapping beside it."""
    folder = root / "questionnaires/tiny/2.0"
    write(folder / "questionnaire.yaml", f"{text}fingerprint: x\n")
    (folder / "from-1.0.yaml").unlink(missing_ok=True)
    (right,) = {found[1] for line in said(root) if (found := FINGERPRINT.search(line))}
    write(folder / "questionnaire.yaml", f"{text}fingerprint: '{right}'\n")
    if mapping is not None:
        write(folder / "from-1.0.yaml", mapping)


def said(root):
    try:
        validate.assessments(root)
    except ContentError as error:
        return str(error).splitlines()
    return []


def newer(root):
    return validate.assessments(root)[0].questionnaires["tiny", "2.0"]


def wave_of(root, name):
    return validate.one_wave(root / "organisations" / name)[0]


def migrate(root, name="plain/2026-05.yaml"):
    wave, new = wave_of(root, name), newer(root)
    return migrated(wave, new, mapping_for(wave, new))


def refused(root):
    """Return why the plain wave cannot be mapped."""
    wave, new = wave_of(root, "plain/2026-05.yaml"), newer(root)
    with pytest.raises(ContentError) as caught:
        mapping_for(wave, new)
    return str(caught.value).splitlines()


# --- files -------------------------------------------------------------------


def test_a_plain_wave_keeps_evidence_notes_and_states(site):
    files, account = migrate(site)

    assert files == {
        "2026-05.yaml": """\
# Carried over from tiny@1.0 by `cx-maturity migrate`.
questionnaire: tiny@2.0
subset: full
date: 2026-05-19
answers:
  a.say: 4
  a.do:
    answer: 4
    evidence: document
    note: seen in the minutes
  b.opened: unsure
"""
    }
    assert [*account.lines()] == [
        "a.say: unchanged, 1 answer",
        "a.do: kept, 1 answer recoded",
        "b.open: now b.opened, 1 answer",
        "b.days: dropped, 1 answer left behind",
        "b.new: new, unanswered",
        "1 respondent: 3 answers carried over, 1 left behind",
    ]


def test_a_survey_keeps_ids_roles_units_and_states(site):
    files, account = migrate(site, "panel/2026-05.yaml")

    assert files == {
        "2026-05.yaml": """\
# Carried over from tiny@1.0 by `cx-maturity migrate`.
questionnaire: tiny@2.0
subset: full
date: 2026-05-19
responses:
  file: 2026-05.responses.csv
  respondent: respondent
  role: role
  unit: unit
combine: pooled
population:
  lead: 3
  front: 90
""",
        "2026-05.responses.csv": """\
respondent,role,unit,a.say,b.new,a.do,b.opened
r1,lead,north,4,,4,yes
r2,front,south,2,,unsure,no
r3,front,south,,,1,not-applicable:too-small
""",
    }
    assert [*account.lines()] == [
        "a.say: unchanged, 2 answers",
        "a.do: kept, 3 answers recoded",
        "b.open: now b.opened, 3 answers",
        "b.days: dropped, 2 answers left behind",
        "b.new: new, unanswered",
        "3 respondents: 8 answers carried over, 2 left behind",
    ]


@pytest.mark.parametrize("name", ["plain/2026-05.yaml", "panel/2026-05.yaml"])
def test_what_comes_out_is_a_valid_wave(site, name):
    old = wave_of(site, name)
    files, _ = migrate(site, name)
    for file, text in files.items():
        write(site / "organisations" / name.split("/")[0] / file, text)

    assert said(site) == []

    made = wave_of(site, name)
    assert made.questionnaire.version == "2.0"
    assert (made.subset, made.date, made.known) == (old.subset, old.date, old.known)
    assert (made.is_panel, made.combine) == (old.is_panel, old.combine)
    assert made.population == old.population
    people = [[(r.id, r.role, r.unit) for r in wave.respondents] for wave in (made, old)]
    assert people[0] == people[1]


PLAN = """\
targets:
  overall: {score: 62.5, by: 2027-05}
horizons: [14, 60, 180]
actions:
  open-late:
    title: "Stay open: till eight"
    effort: 2
    kind: basic
    owner: Head of stores
    due: 2026-12
    number:
      title: Hours a week
      baseline: "40"
      goal: "55"
"""


def test_what_was_planned_arrives_as_it_was_written(site):
    wave = site / "organisations/plain/2026-05.yaml"
    wave.write_text(wave.read_text("utf-8") + PLAN, "utf-8")

    files, _ = migrate(site)

    written = files["2026-05.yaml"]
    assert written[written.index("targets:") :] == PLAN.replace('"40"', "40").replace('"55"', "55")


def test_a_target_of_what_the_new_version_does_not_have_is_named(site):
    wave = site / "organisations/plain/2026-05.yaml"
    wave.write_text(wave.read_text("utf-8") + "targets: {a: {level: 2}}\n", "utf-8")

    with pytest.raises(ContentError) as caught:
        migrate(site)

    assert str(caught.value).endswith(
        "2026-05.yaml:1:1: targets.a: tiny@2.0 has no measure 'a'; plan for another one, or "
        "leave it out"
    )


def test_carrying_over_without_a_change_needs_no_mapping(site):
    text = (site / "questionnaires/tiny/1.0/questionnaire.yaml").read_text("utf-8")
    folder = site / "questionnaires/tiny/2.0"
    shutil.rmtree(folder)
    shutil.copytree(site / "questionnaires/tiny/1.0", folder)
    write(folder / "questionnaire.yaml", text.replace('version: "1.0"', 'version: "2.0"'))

    files, account = migrate(site)

    assert [fate.how for fate in account.fates] == ["same"] * 4
    assert files["2026-05.yaml"].endswith("""\
answers:
  a.say: 4
  a.do:
    answer: 3
    evidence: document
    note: seen in the minutes
  b.open: unsure
  b.days:
    not-applicable: too-small
""")


def test_a_date_is_written_as_exactly_as_it_is_known(site):
    path = site / "organisations/plain/2026-05.yaml"
    for date in ("2026", "2026-05", "2026-05-19"):
        write(path, f"questionnaire: tiny@1.0\ndate: {date}\nanswers: {{}}\n")

        files, account = migrate(site)

        assert f"\ndate: {date}\nanswers: {{}}\n" in files["2026-05.yaml"]
        assert account.respondents == 1


def test_linked_people_stay_linked_and_odd_ids_are_quoted(site):
    folder = site / "organisations/panel"
    write(
        folder / "2026-05.responses.csv",
        'who,a.say,a.do,b.open,b.days\n"x, y",1,1,no,1\n"say ""hi""",2,2,yes,2\n,3,,,\n',
    )
    write(
        folder / "2026-05.yaml",
        "questionnaire: tiny@1.0\ndate: 2026-05-19\n"
        "responses: {file: 2026-05.responses.csv, respondent: who, linked: true}\n",
    )

    assert wave_of(site, "panel/2026-05.yaml").linked

    files, _ = migrate(site, "panel/2026-05.yaml")

    assert "  respondent: respondent\n  linked: true\n" in files["2026-05.yaml"]
    assert files["2026-05.responses.csv"] == (
        'respondent,a.say,b.new,a.do,b.opened\n"x, y",1,,1,no\n"say ""hi""",2,,2,yes\n,3,,,\n'
    )


def test_who_answered_only_what_was_dropped_is_still_a_respondent(site):
    folder = site / "organisations/panel"
    write(folder / "2026-05.responses.csv", "a.say,a.do,b.open,b.days\n1,1,no,1\n,,,7\n")
    write(
        folder / "2026-05.yaml",
        "questionnaire: tiny@1.0\ndate: 2026-05-19\nresponses: {file: 2026-05.responses.csv}\n",
    )

    files, _ = migrate(site, "panel/2026-05.yaml")

    assert files["2026-05.responses.csv"] == (
        "row number,a.say,b.new,a.do,b.opened\n1,1,,1,no\n2,,,,\n"
    )
    for file, text in files.items():
        write(folder / file, text)
    assert len(wave_of(site, "panel/2026-05.yaml").respondents) == 2


def test_a_question_may_be_called_like_a_column(site):
    version(
        site,
        HEAD + REST.replace("b.opened", "role"),
        MAPPING.replace("b.opened", "role"),
    )

    files, _ = migrate(site, "panel/2026-05.yaml")

    assert "  role: the role\n" in files["2026-05.yaml"]
    header = files["2026-05.responses.csv"].splitlines()[0]
    assert header == "respondent,the role,unit,a.say,b.new,a.do,role"


def test_a_measured_number_stays_what_it_is_under_other_cuts(site):
    extra = "      - {id: b.days, scale: days, text: Days?}\n"
    write(
        site / "organisations/plain/2026-05.yaml",
        "questionnaire: tiny@1.0\ndate: 2026\nanswers: {b.days: 2.50}\n",
    )
    version(site, HEAD + REST + extra, MAPPING.replace("dropped: [b.days]", "  b.days: b.days"))

    files, account = migrate(site)

    assert files["2026-05.yaml"].endswith("answers:\n  b.days: 2.50\n")
    assert account.fates[3].how == "mapped"


def test_a_question_that_the_subset_asks_no_more_is_left_behind_and_said(site):
    """In 1.0 the subset short asks a.do and b.days, in 2.0 a.do and b.new; b.more is for others."""
    extra = "      - {id: b.days, scale: days, text: Days?}\n      - {id: b.more, text: More?}\n"
    write(
        site / "organisations/plain/2026-05.yaml",
        "questionnaire: tiny@1.0\nsubset: short\ndate: 2026\nanswers: {a.do: 5, b.days: 2}\n",
    )
    version(site, HEAD + REST + extra, MAPPING.replace("dropped: [b.days]", "  b.days: b.days"))

    files, account = migrate(site)

    assert files["2026-05.yaml"].endswith("subset: short\ndate: 2026\nanswers:\n  a.do: 7\n")
    assert [*account.lines()] == [
        "a.do: kept, 1 answer recoded",
        "b.days: not asked by this subset any more, 1 answer left behind",
        "b.new: new, unanswered",
        "1 respondent: 1 answer carried over, 1 left behind",
    ]


def test_a_wave_whose_answers_are_all_left_behind_is_still_valid(site):
    path = site / "organisations/plain/2026-05.yaml"
    write(path, "questionnaire: tiny@1.0\nsubset: short\ndate: 2026\nanswers: {b.days: 2}\n")
    extra = "      - {id: b.days, scale: days, text: Days?}\n"
    version(site, HEAD + REST + extra, MAPPING.replace("dropped: [b.days]", "  b.days: b.days"))

    files, _ = migrate(site)
    write(path, files["2026-05.yaml"])

    assert said(site) == []
    assert files["2026-05.yaml"].endswith("date: 2026\nanswers: {}\n")


def test_linked_people_without_ids_stay_linked(site):
    wave, new = wave_of(site, "panel/2026-05.yaml"), newer(site)
    nobody = tuple(replace(respondent, id=None) for respondent in wave.respondents)
    wave = replace(wave, respondents=nobody, linked=True)

    files, _ = migrated(wave, new, mapping_for(wave, new))

    assert "  respondent: respondent\n" in files["2026-05.yaml"]
    assert files["2026-05.responses.csv"].startswith("respondent,role,unit,")
    for file, text in files.items():
        write(site / "organisations/panel" / file, text)
    assert said(site) == []


def test_a_question_may_take_the_place_of_one_that_is_dropped(site):
    mapping = MAPPING.replace("b.open: b.opened", "b.open: {to: a.say, answers: {no: 1, yes: 5}}")
    write(
        site / "questionnaires/tiny/2.0/from-1.0.yaml",
        mapping.replace("[b.days]", "[b.days, a.say]"),
    )

    files, account = migrate(site, "panel/2026-05.yaml")

    assert said(site) == []
    assert files["2026-05.responses.csv"].splitlines()[1:] == [
        "r1,lead,north,5,,4,",
        "r2,front,south,1,,unsure,",
        "r3,front,south,not-applicable:too-small,,1,",
    ]
    assert account.added == ("b.new", "b.opened")


# --- what is refused ---------------------------------------------------------

PLACE = "assessments/questionnaires/tiny/2.0/from-1.0.yaml"


def test_without_a_mapping_everything_that_needs_one_is_named(site):
    version(site, HEAD + REST)

    assert refused(site) == [
        (
            f"{PLACE}:1:1: 'a.do' has another text in tiny@2.0; map it to itself under questions "
            "if its answers still hold, else list it under dropped"
        ),
        f"{PLACE}:1:1: no such file; it has to say what becomes of the answers to tiny@1.0",
        (
            f"{PLACE}:1:1: nothing says what becomes of 'b.days'; map it under questions, or list "
            "it under dropped"
        ),
        (
            f"{PLACE}:1:1: nothing says what becomes of 'b.open'; map it under questions, or list "
            "it under dropped"
        ),
    ]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "  b.open: b.opened\n",
            "",
            ("1:1: nothing says what becomes of 'b.open'; map it under questions, or list it under "
            "dropped"),
        ),
        ("from: tiny@1.0\n", "", "1:1: the key 'from' is missing"),
        (
            "from: tiny@1.0",
            "from: tiny@1.1",
            "1:7: from: 'tiny@1.1' is not one of tiny@1.0; did you mean 'tiny@1.0'?",
        ),
        (
            "to: tiny@2.0",
            "to: tidy@2.0",
            "2:5: to: 'tidy@2.0' is not one of tiny@2.0; did you mean 'tiny@2.0'?",
        ),
        (
            "  b.open: b.opened",
            "  b.opne: b.opened",
            "5:3: questions.b.opne: no such question in tiny@1.0; did you mean 'b.open'?",
        ),
        (
            "b.open: b.opened",
            "b.open: b.opend",
            "5:11: questions.b.open: no question 'b.opend' in tiny@2.0; did you mean 'b.opened'?",
        ),
        (
            "b.open: b.opened",
            "b.open: a.do",
            ("5:11: questions.b.open: 'a.do' takes the answers to 'a.do' already; it can take no "
            "two"),
        ),
        (
            "b.open: b.opened",
            "b.open: {to: a.say, answers: {no: 1, yes: 5}}",
            ("5:16: questions.b.open.to: 'a.say' is unchanged and keeps its own answers; map "
            "'b.open' to another question, or list one of the two under dropped"),
        ),
        (
            "b.open: b.opened",
            "b.open: b.new",
            ("5:11: questions.b.open: the scale is another one; write {to: …, answers: {…}} and "
            "say what each answer becomes"),
        ),
        (
            "b.open: b.opened",
            "b.open: {too: b.opened}",
            "5:12: questions.b.open.too: no such key; did you mean 'to'?",
        ),
        (
            "3: 4, 4: 6, 5: 7",
            "3: 4",
            "4:29: questions.a.do.answers: nothing says what becomes of '4', '5'",
        ),
        (
            "5: 7",
            "5: 8",
            "4:57: questions.a.do.answers.5: 8 is outside the scale 1 to 7",
        ),
        (
            "5: 7",
            "5: 7, 6: 7",
            "4:60: questions.a.do.answers.6: '6' is not an answer to 'a.do'; known: 1, 2, 3, 4, 5",
        ),
        (
            "[b.days]",
            "[b.day]",
            "6:11: dropped.1: no question 'b.day' in tiny@1.0; did you mean 'b.days'?",
        ),
        ("[b.days]", "[b.days, '']", "6:19: dropped.2: no value; write one or leave the key out"),
        ("[b.days]", "[b.days, b.days]", "6:19: dropped.2: 'b.days' is listed twice; list it once"),
        (
            "[b.days]",
            "[b.days, b.open]",
            "6:19: dropped.2: 'b.open' stands under questions too; keep one of the two",
        ),
        (
            "dropped: [b.days]",
            "  b.days: b.new",
            ("6:11: questions.b.days: a measured number has no place on another scale; list it "
            "under dropped"),
        ),
        (
            "dropped: [b.days]",
            "  b.days: {to: b.new, answers: {1: 1}}",
            ("6:32: questions.b.days.answers: a measured number cannot be listed answer by answer; "
            "leave this out"),
        ),
        ("dropped: [b.days]", "drop: [b.days]", "6:1: drop: no such key; did you mean 'dropped'?"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_wrong_is_named_by_check_and_by_migrate(site, before, after, message):
    wave, new = wave_of(site, "plain/2026-05.yaml"), newer(site)
    assert MAPPING.count(before) == 1
    write(site / "questionnaires/tiny/2.0/from-1.0.yaml", MAPPING.replace(before, after))

    said_by_check = said(site)

    assert f"{PLACE}:{message}" in said_by_check
    with pytest.raises(ContentError) as caught:
        mapping_for(wave, new)
    assert str(caught.value).splitlines() == said_by_check


def test_a_number_in_another_unit_is_refused(site):
    extra = "      - {id: b.days, scale: days, text: Days?}\n"
    head = HEAD.replace("unit: days", "unit: hours")
    version(site, head + REST + extra)
    write(
        site / "questionnaires/tiny/2.0/from-1.0.yaml",
        MAPPING.replace("dropped: [b.days]", "  b.days: b.days"),
    )

    assert said(site) == [
        f"{PLACE}:6:11: questions.b.days: the unit was 'days' and is 'hours'; list it under dropped"
    ]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("aspect: do, scale: seven, text: Do you?", "aspect: do, text: Do you?", "text"),
        ("aspect: do, scale: seven, text: Do you?", "aspect: say, text: Do?", "aspect"),
        (
            "aspect: do, scale: seven, text: Do you?",
            "aspect: do, text: Do?, anchors: {1: No.}",
            "anchor",
        ),
        ("aspect: do, scale: seven, text: Do you?", "aspect: do, scale: seven, text: Do?", "scale"),
    ],
)
def test_what_has_changed_in_a_question_is_named(site, before, after, what):
    version(site, HEAD + REST.replace(before, after))

    assert (
        f"{PLACE}:1:1: 'a.do' has another {what} in tiny@2.0; map it to itself under questions if "
        "its answers still hold, else list it under dropped"
    ) in refused(site)


def test_a_mapping_from_a_version_that_is_not_there_is_named(site):
    write(site / "questionnaires/tiny/2.0/from-0.9.yaml", MAPPING)

    assert said(site) == [
        (
            "assessments/questionnaires/tiny/2.0/from-0.9.yaml:1:1: there is no tiny@0.9 whose "
            "questions it could map"
        )
    ]


def test_a_mapping_may_lie_anywhere_when_its_place_is_given(site, tmp_path):
    version(site, HEAD + REST)
    write(tmp_path / "mine.yaml", MAPPING)
    wave, new = wave_of(site, "plain/2026-05.yaml"), newer(site)

    found = mapping_for(wave, new, tmp_path / "mine.yaml")

    assert {name: kept.to for name, kept in found.kept.items()} == {
        "a.say": "a.say",
        "a.do": "a.do",
        "b.open": "b.opened",
    }
    assert found.dropped == {"b.days"}
    assert found.added == ("b.new",)
    with pytest.raises(ContentError, match=r"nowhere\.yaml:1:1: no such file"):
        mapping_for(wave, new, tmp_path / "nowhere.yaml")


def test_the_mapping_file_lies_beside_the_newer_version(site):
    wave, new = wave_of(site, "plain/2026-05.yaml"), newer(site)

    assert mapping_path(wave, new).relative_to(site.absolute()) == Path(
        "questionnaires/tiny/2.0/from-1.0.yaml"
    )


def test_roles_reasons_and_subsets_must_be_known(site):
    wave, new = wave_of(site, "panel/2026-05.yaml"), newer(site)
    mapped = mapping_for(wave, new)
    place = "assessments/organisations/panel/2026-05.yaml:1:1"

    def said_of(**more):
        with pytest.raises(ContentError) as caught:
            migrated(wave, replace(new, **more), mapped)
        return str(caught.value).splitlines()

    assert said_of(roles=(Role("leads", new.title), Role("front", new.title))) == [
        f"{place}: roles: tiny@2.0 has no role 'lead'; did you mean 'leads'?"
    ]
    assert said_of(roles=()) == [
        f"{place}: roles: tiny@2.0 has no role 'front'; it has no roles",
        f"{place}: roles: tiny@2.0 has no role 'lead'; it has no roles",
    ]
    nobody_leads = replace(wave, respondents=wave.respondents[1:])
    with pytest.raises(ContentError, match="has no role 'lead'"):
        migrated(nobody_leads, replace(new, roles=new.roles[1:]), mapped)
    assert said_of(reasons=()) == [
        f"{place}: answers.b.open: tiny@2.0 has no reason 'too-small'; it has none"
    ]
    assert said_of(subsets=(replace(new.subsets[0], id="fully"),)) == [
        f"{place}: subset: tiny@2.0 has no subset 'full'; did you mean 'fully'?"
    ]


def test_a_reason_that_only_stood_in_what_is_dropped_is_not_missed(site):
    """In the plain wave, b.days is not applicable and dropped."""
    wave, new = wave_of(site, "plain/2026-05.yaml"), newer(site)

    files, _ = migrated(wave, replace(new, reasons=()), mapping_for(wave, new))

    assert "too-small" not in files["2026-05.yaml"]


# --- every answer ------------------------------------------------------------

TABLE = {"1": "1", "2": "2", "3": "4", "4": "6", "5": "7"}
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co"]),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() and "\ufeff" not in text)
GIVEN = {
    "a.say": st.sampled_from("12345"),
    "a.do": st.sampled_from("12345"),
    "b.open": st.sampled_from(["no", "yes"]),
    "b.days": st.sampled_from(["0", "2.5", "-1"]),
}


def answers(draw, questions, *, plain):
    found = {}
    for name, values in GIVEN.items():
        state = draw(st.sampled_from(["value", "unsure", "not-applicable", "open"]))
        note = " ".join(draw(WORDS).split()) if plain and draw(st.booleans()) else None
        if state == "value":
            evidence = draw(st.sampled_from(["none", "data", None])) if plain else None
            written, share = placed(questions[name], draw(values))
            found[name] = Answer(State.VALUE, written, share, None, evidence, note)
        elif state == "unsure":
            found[name] = Answer(State.UNSURE, note=note)
        elif state == "not-applicable":
            found[name] = Answer(State.NOT_APPLICABLE, reason="too-small", note=note)
    return found


@st.composite
def people(draw, questions):
    ids = draw(st.lists(st.none() | WORDS.map(str.strip), min_size=1, max_size=6))
    ids = [name if ids.index(name) == n else None for n, name in enumerate(ids)]
    return tuple(
        Respondent(
            answers(draw, questions, plain=False),
            draw(st.sampled_from(["lead", "front", None])),
            draw(st.none() | WORDS.map(str.strip)),
            name,
        )
        for name in ids
    )


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory):
    root = tmp_path_factory.mktemp("site") / "assessments"
    shutil.copytree(HERE / "valid", root)
    version(root, HEAD + REST, MAPPING)
    waves = [wave_of(root, name) for name in ("plain/2026-05.yaml", "panel/2026-05.yaml")]
    return root, waves, newer(root)


def arrived(respondent):
    """Return by hand what must have arrived of the answers to version 1.0."""
    names = {"a.say": "a.say", "a.do": "a.do", "b.open": "b.opened"}
    return {
        names[name]: (
            answer.state,
            TABLE[answer.given] if name == "a.do" and answer.given else answer.given,
            answer.reason,
            answer.evidence,
            answer.note,
        )
        for name, answer in respondent.answers.items()
        if name in names
    }


def read_back(root, folder, files):
    for file, text in files.items():
        write(root / "organisations" / folder / file, text)
    return wave_of(root, f"{folder}/2026-05.yaml")


@given(data=st.data())
def test_whatever_was_answered_is_read_back(two_versions, data):
    root, waves, new = two_versions
    is_panel = data.draw(st.booleans())
    wave = waves[is_panel]
    questions = {question.id: question for question in wave.questionnaire.questions()}
    if is_panel:
        wave = replace(wave, respondents=data.draw(people(questions)), population={})
    else:
        draw = data.draw
        wave = replace(wave, respondents=(Respondent(answers(draw, questions, plain=True)),))

    files, account = migrated(wave, new, mapping_for(wave, new))
    made = read_back(root, wave.path.parent.name, files)

    assert len(made.respondents) == len(wave.respondents)
    for before, after in zip(wave.respondents, made.respondents, strict=True):
        assert (after.id, after.role, after.unit) == (before.id, before.role, before.unit)
        assert {
            name: (a.state, a.given, a.reason, a.evidence, a.note)
            for name, a in after.answers.items()
        } == arrived(before)
    total = sum(len(respondent.answers) for respondent in wave.respondents)
    assert sum(fate.answers for fate in account.fates) == total
    carried = sum(len(respondent.answers) for respondent in made.respondents)
    assert sum(fate.answers for fate in account.fates if fate.to) == carried


# --- and then ----------------------------------------------------------------


def test_a_migrated_wave_is_compared_over_what_it_carried(site):
    """Three of four questions: b.new was never asked before."""
    folder = site / "organisations/plain"
    files, _ = migrate(site)
    write(folder / "2026-05.yaml", files["2026-05.yaml"])
    write(
        folder / "2027-05.yaml",
        "questionnaire: tiny@2.0\ndate: 2027-05\n"
        "answers: {a.say: 5, a.do: 7, b.opened: yes, b.new: 1}\n",
    )
    (plain,) = (o for o in validate.assessments(site)[0].organisations if o.id == "plain")

    moved = movement(plain.waves, plain.waves[1])

    assert (moved.questions, moved.asked) == (3, (4, 4))


# --- the command -----------------------------------------------------------------


def test_one_file_that_is_there_keeps_all_from_being_written(site, tmp_path, capsys):
    wave = f"{site}/organisations/panel/2026-05.yaml"
    command = ["migrate", wave, "--to", "tiny@2.0", "--output", "out"]
    (tmp_path / "out").mkdir()
    (tmp_path / "out/2026-05.responses.csv").write_text("mine")

    assert main(command) == 4

    assert capsys.readouterr().err == (
        "cx-maturity: out/2026-05.responses.csv: there already, and nothing was written; give "
        "--output another folder, such as a new one, or move it away\n"
    )
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["2026-05.responses.csv"]
    (tmp_path / "out/2026-05.responses.csv").unlink()
    assert main(command) == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "2026-05.responses.csv",
        "2026-05.yaml",
    ]


def test_a_wave_is_found_by_a_way_around(site, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(site / "questionnaires")
    output = str(tmp_path / "out")

    done = main([
        "migrate", "../organisations/plain/2026-05.yaml", "--to", "tiny@2.0", "--output", output
    ])  # fmt: skip

    assert done == 0
    assert capsys.readouterr().out.startswith(f"{output}/2026-05.yaml: written\n")
