"""Cases as people type them: what they see, what they are told when they mistype, in Thai too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.cli.layout import shown_width
from controller.operations.init_workspace import init_workspace
from controller.processes.forms.catalogue import form
from controller.processes.forms.template import example_values, template
from tests.cli.keyboard import Keyboard

THAI = re.compile(r"[\u0e00-\u0e7f]")
PEOPLE = ("admin", "engineer1", "officer1", "director", "auditor1")
GROUP = ("--chair", "officer1", "--member", "engineer1", "--secretary", "engineer2")
TITLE = "กำหนดคุณลักษณะเครื่องคอมพิวเตอร์สำหรับห้องปฏิบัติการของโรงเรียนในสังกัดทุกแห่ง จำนวน 30 เครื่อง"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Keyboard:
    """An office whose people have accounts; engineer1 is signed in."""
    root = tmp_path_factory.mktemp("office") / "work"
    init_workspace(root)
    made = Keyboard(root)
    made.khaen("account", "add", "admin", signs="admin")
    made.login("admin")
    for name in PEOPLE[1:]:
        made.khaen("account", "add", name, signs=name)
    made.login("engineer1")
    return made


@pytest.fixture
def engineer(desk: Keyboard) -> Iterator[Keyboard]:
    """engineer1 at the keyboard, and after the test again."""
    yield desk
    desk.language, desk.columns = "en", 0
    desk.login("engineer1")


@pytest.fixture(scope="module")
def opened(desk: Keyboard) -> str:
    """A case of 2.4 without a group."""
    return _opened(desk)


@pytest.fixture(scope="module")
def planned(desk: Keyboard) -> str:
    """A case of 2.4 that can be submitted."""
    return _planned(desk)


@pytest.fixture(scope="module")
def proposed(desk: Keyboard) -> str:
    """A case of 2.4 before the director."""
    number = _planned(desk)
    desk.khaen("case", "submit", number)
    return number


def _opened(desk: Keyboard) -> str:
    return str(desk.khaen("case", "open", "2.4", "--title", TITLE, "--json").json["number"])


def _planned(desk: Keyboard) -> str:
    number = _opened(desk)
    desk.khaen("case", "appoint", number, *GROUP)
    said = ["--reason", "เครื่องเดิมเก่า", "--work", "กำหนดคุณลักษณะ", "--objective", "ครบ: ร้อยละ 100"]
    desk.khaen("case", "study", number, *said)
    definition = form("spec_definition")
    typed = template(definition, example_values(definition, ("requester", "officer")))
    words = ["form", "fill", "spec_definition", "--from", "-", "--case", number]
    desk.khaen(*words, typed=typed)
    return number


STUDY = ("study", "{case}", "--reason", "a", "--work", "b")
JUDGED = ("evaluate", "{case}", "--results", "x", "--objective")
# command, with {case} for the fixture's case -> exit code and what is named
AT_ITS_OPENING: dict[str, tuple[tuple[str, ...], int, str]] = {
    "submit": (("submit", "{case}"), 3, "khaen case appoint {case}"),
    "study": (("study", "{case}", "--reason", "x", "--work", "y"), 3, "khaen case appoint {case}"),
    "evaluate": (("evaluate", "{case}", "--results", "x"), 3, "khaen case appoint {case}"),
    "no chair": (("appoint", "{case}"), 2, "--chair"),
    "unknown person": (
        ("appoint", "{case}", "--chair", "officer9", "--secretary", "engineer2"), 2, "officer1"),
    "named twice": (
        ("appoint", "{case}", "--chair", "officer1", "--secretary", "officer1"), 2, "officer1"),
    "wrong era": (
        ("appoint", "{case}", *GROUP, "--order", "1", "--dated", "2569-05-04"), 2, "2569"),
    "wrong era, written": (
        ("appoint", "{case}", *GROUP, "--order", "1", "--dated", "5 ต.ค. 2026"), 2, "พ.ศ."),
    "future": (("appoint", "{case}", *GROUP, "--order", "1", "--dated", "2099-01-01"), 2, "2099"),
    "dated, no number": (("appoint", "{case}", *GROUP, "--dated", "2026-01-05"), 2, "--order"),
    "no such case": (("show", "2569-2.4-0999"), 2, "khaen case list"),
    "no such process": (("open", "9.9"), 2, "2.4"),
    "no such option": (("open", "2.4", "--titel", "x"), 2, "--title"),
    "no such command": (("aprove", "{case}"), 2, "approve"),
    "no such state": (("list", "--state", "opn"), 2, "open"),
    "control character": (("open", "2.4", "--title", "ก\x1b[31m"), 2, "U+001B"),
    "nothing to pull back": (("revise", "{case}", "-m", "x"), 3, "khaen case appoint {case}"),
    "no reason": (("withdraw", "{case}"), 2, "--reason"),
    "no memo": (("print", "{case}", "memo"), 2, "khaen case show {case}"),
    "no such paper": (("print", "{case}", "mmeo"), 2, "memo"),
    "not a rehearsal": (("walk",), 3, "--dry"),
    "rehearse what is not": (("walk", "--dry", "--process", "9.9"), 2, "3.3"),
}  # fmt: skip

WHILE_PLANNING: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no number": ((*STUDY, "--budget", "แปด"), 2, "แปด"),
    "no amount": ((*STUDY, "--budget", "nan"), 2, "nan"),
    "below nothing": ((*STUDY, "--budget", "-5"), 2, "-5"),
    "too much": ((*STUDY, "--budget", "1e400"), 2, "1e400"),
    "no words": (("study", "{case}"), 2, "--template"),
    "ends first": ((*STUDY,
                    "--begins", "2026-12-01", "--ends", "2026-11-01"), 2, "2026-11-01"),
    "study, wrong era": (
        (*STUDY, "--begins", "2569-12-01"), 2, "2569"),
    "no study file": (("study", "{case}", "--from", "nowhere.yaml"), 2, "nowhere.yaml"),
    "two ways": (("study", "{case}", "--from", "-", "--reason", "a"), 2, "--reason"),
    "no such file": (("attach", "{case}", "nowhere.pdf"), 2, "nowhere.pdf"),
    "a folder": (("attach", "{case}", "/"), 2, "/"),
    "no such paper": (("detach", "{case}", "spec_definition-0001"), 2, "did you mean"),
    "not attached": (("fetch", "{case}", "x.pdf", "-o", "x.pdf"), 2, "x.pdf"),
    "objective 9": ((*JUDGED, "9=met"), 2, "1. ครบ"),
    "no such result": ((*JUDGED, "1=mett"), 2, "not-met"),
    "judged twice": ((*JUDGED, "1=met",
                      "--objective", "1=partly"), 2, "objective 1"),
    "no mean": (("evaluate", "{case}", "--results", "x", "--satisfaction", "nan"), 2, "nan"),
    "approve early": (("approve", "{case}"), 2, "--password-stdin"),
    "print to nowhere": (("print", "{case}", "flow", "-o", "/proc/nowhere"), 2, "/proc/nowhere"),
    "work, not now": (("record", "{case}", "-m", "x"), 3, "khaen case submit {case}"),
    "no such day": (("record", "{case}", "-m", "x", "--on", "วันนี้"), 2, "2026-11-22"),
    "no year": (("progress", "{case}", "--year", "ปีนี้"), 2, "--year"),
}  # fmt: skip

BEFORE_THE_DIRECTOR: dict[str, tuple[tuple[str, ...], int, str]] = {
    "submit again": (("submit", "{case}"), 3, "khaen case approve {case}"),
    "attach": (("attach", "{case}", "khaen.toml"), 3, "khaen case revise {case}"),
    "detach": (("detach", "{case}", "x"), 3, "khaen case revise {case}"),
    "study": (("study", "{case}", "--reason", "a", "--work", "b"), 3, "khaen case approve {case}"),
    "a plan": (("replan", "{case}", "--plan", "abcdef123456"), 2, "abcdef123456"),
}


def _told(desk: Keyboard, row: tuple[tuple[str, ...], int, str], case: str) -> None:
    """The code is right, the next thing to do is named, in both languages, and nothing happened."""
    words, code, named = row
    before = desk.khaen("case", "show", case, "--json").out
    answer = desk.khaen("case", *(w.replace("{case}", case) for w in words), expect=code)
    assert named.replace("{case}", case) in answer.err
    assert THAI.search(answer.err)
    assert desk.khaen("case", "show", case, "--json").out == before


@pytest.mark.parametrize("what", AT_ITS_OPENING)
def test_wrong_words_at_the_opening(desk: Keyboard, opened: str, what: str) -> None:
    _told(desk, AT_ITS_OPENING[what], opened)


def test_a_rehearsal_to_nowhere_does_not_begin(desk: Keyboard) -> None:
    """Its folder is looked at before the devices are started."""
    said = desk.khaen("case", "walk", "--dry", "--out", "/proc/nowhere", expect=2).err
    assert "/proc/nowhere" in said
    assert "simulated devices" not in said


@pytest.mark.parametrize("what", WHILE_PLANNING)
def test_wrong_words_while_planning(desk: Keyboard, planned: str, what: str) -> None:
    _told(desk, WHILE_PLANNING[what], planned)


@pytest.mark.parametrize("what", BEFORE_THE_DIRECTOR)
def test_wrong_words_before_the_director(
    desk: Keyboard, proposed: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.root)
    _told(desk, BEFORE_THE_DIRECTOR[what], proposed)


# what the director types -> exit code and what is named
DECIDING: dict[str, tuple[tuple[str, ...], int, str]] = {
    "seen something else": (("approve", "--seen", "abcdef123456"), 3, "khaen case show"),
    "seen too little": (("approve", "--seen", "ab"), 2, "6"),
    "no reason": (("return",), 2, "a reason"),
    "refused without": (("refuse",), 2, "a reason"),
    "no such step": (("return", "-m", "แก้", "--to-step", "9"), 2, "2. The group"),
    "step 0": (("return", "-m", "แก้", "--to-step", "0"), 2, "1. Appoint"),
    "a step ahead": (("return", "-m", "แก้", "--to-step", "4"), 2, "2. The group"),
}


@pytest.mark.parametrize("what", DECIDING)
def test_wrong_words_of_the_director(engineer: Keyboard, proposed: str, what: str) -> None:
    (word, *options), code, named = DECIDING[what]
    engineer.login("director")
    before = engineer.khaen("case", "show", proposed, "--json").out
    answer = engineer.khaen("case", word, proposed, *options, signs="director", expect=code)
    assert named in answer.err
    assert engineer.khaen("case", "show", proposed, "--json").out == before


def test_neither_proposer_nor_officer_decides(engineer: Keyboard, proposed: str) -> None:
    """And only the proposer withdraws."""
    said = engineer.khaen("case", "approve", proposed, signs="engineer1", expect=3)
    assert "proposed" in said.err
    engineer.login("officer1")
    assert "director" in engineer.khaen("case", "approve", proposed, signs="officer1", expect=3).err
    withdrawn = engineer.khaen("case", "withdraw", proposed, "-m", "x", expect=3)
    assert "who may: engineer1" in withdrawn.err
    engineer.login("auditor1")
    assert engineer.khaen("case", "submit", proposed, expect=3)


def test_everything_wrong_with_a_study_file_is_told(
    desk: Keyboard, planned: str, tmp_path: Path
) -> None:
    """In one go, each with its line; dates and amounts as officers type them are read."""
    file = tmp_path / "study.yaml"
    file.write_text(
        "reson: x\nwork: y\nobjectives:\n  - text: ครบ\n    taget: 1\nbudget: แปดหมื่น\n"
        "begins: 2569-10-05\nends: 32/12/2569\n",
        encoding="utf-8",
    )
    said = desk.khaen("case", "study", planned, "--from", str(file), expect=2).err
    lines = {int(n) for n in re.findall(r"study\.yaml:(\d+):", said)}
    assert {1, 5, 6, 7, 8} <= lines
    assert "หมายถึง / did you mean: reason" in said
    assert f"khaen case study {planned} --template" in said
    file.write_text(
        "reason: |\n  บรรทัดหนึ่ง\n  บรรทัดสอง\nwork: y\nobjectives:\n  - text: ครบ\n"
        "    target: ร้อยละ ๑๐๐\nbudget: ๑๒๕,๐๐๐.๕๐\nbegins: 1 ต.ค. 2569\nends: 2026-11-30\n",
        encoding="utf-8",
    )
    study = desk.khaen("case", "study", planned, "--from", str(file), "--json").json["study"]
    assert study == {
        "reason": "บรรทัดหนึ่ง\nบรรทัดสอง",
        "work": "y",
        "objectives": [{"text": "ครบ", "target": "ร้อยละ ๑๐๐"}],
        "budget": "125000.50",
        "begins": "2026-10-01",
        "ends": "2026-11-30",
    }
    again = desk.khaen("case", "study", planned, "--template").out
    file.write_text(again, encoding="utf-8")
    read = desk.khaen("case", "study", planned, "--from", str(file), "--json").json["study"]
    assert read == study


def test_a_file_that_is_too_large(desk: Keyboard, planned: str, tmp_path: Path) -> None:
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as file:
        file.truncate(20_000_001)
    assert "20 MB" in desk.khaen("case", "attach", planned, str(huge), expect=2).err
    assert all(
        p["kind"] == "form" for p in desk.khaen("case", "show", planned, "--json").json["papers"]
    )


def test_a_form_that_misses_fields_ends_no_step(desk: Keyboard) -> None:
    """Nor does a step end without it; what is missing is named with its command."""
    number = _opened(desk)
    desk.khaen("case", "appoint", number, *GROUP)
    desk.khaen("case", "study", number, "--reason", "a", "--work", "b")
    words = ["form", "fill", "spec_definition", "--from", "-", "--case", number]
    assert "form.yaml" not in desk.khaen(*words, typed="project: x\n", expect=2).out
    said = desk.khaen("case", "submit", number, expect=3).err
    assert f"khaen form fill spec_definition --case {number}" in said
    assert desk.khaen("case", "show", number, "--json").json["papers"] == []


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_case_fits_the_terminal(
    engineer: Keyboard, proposed: str, language: str, columns: int
) -> None:
    """Every line; with who may act, until when, what to type, the study, and the dossier."""
    engineer.language, engineer.columns = language, columns
    shown = engineer.khaen("case", "show", proposed).out
    listed = engineer.khaen("case", "list").out
    for line in (shown + listed).splitlines():
        assert shown_width(line) <= columns
    dossier = engineer.khaen("case", "show", proposed, "--json").json["submissions"][-1]["dossier"]
    flat = " ".join(shown.split())
    assert f"$ khaen case approve {proposed} --seen {dossier[:12]}" in flat
    headings = {
        "th": ("ผลการศึกษาและข้อเสนอ", "เอกสาร", "ประวัติ", "วัตถุประสงค์ 1: ครบ", "ผู้ทำได้: director"),
        "en": ("Study and proposal", "Papers", "History", "objective 1: ครบ", "who may: director"),
    }
    for words in headings[language]:
        assert words in shown
    assert "".join(TITLE.split()) in "".join(shown.split())
    assert "".join(TITLE.split()) in "".join(listed.split())


def test_a_list_for_other_programs(desk: Keyboard, proposed: str) -> None:
    """One case in a line, whole; nothing at all where there is none."""
    rows = [line.split("\t") for line in desk.khaen("case", "list").out.splitlines()]
    row = next(r for r in rows if r[0] == proposed)
    assert row[1:3] == ["open", "3/6 Put it to the director"]
    assert row[4] == TITLE
    none = desk.khaen("case", "list", "--state", "refused")
    assert (none.out, none.err) == ("", "there is no such case\n")
    assert json.loads(desk.khaen("case", "list", "--state", "refused", "--json").out) == []


def test_what_changed_since_it_was_submitted(engineer: Keyboard) -> None:
    """Nothing to compare at first; then with what is before the director, and with what was."""
    number = _planned(engineer)
    engineer.khaen("case", "submit", number)
    assert "nothing to compare" in engineer.khaen("case", "changes", number).out
    engineer.login("director")
    back = engineer.khaen("case", "return", number, "-m", "เพิ่มราคา", signs="director").out
    assert "returned for revision (director): เพิ่มราคา" in back
    engineer.login("engineer1")
    assert "nothing changed" in engineer.khaen("case", "changes", number).out
    engineer.khaen("case", "study", number, "--reason", "ใหม่", "--work", "b")
    told = [{"key": "study", "title": "ผลการศึกษาและข้อเสนอ", "what": "changed"}]
    assert engineer.khaen("case", "changes", number, "--json").json == told
    engineer.khaen("case", "submit", number)
    assert engineer.khaen("case", "changes", number, "--json").json == told


def test_papers_are_printed_together_or_not_at_all(desk: Keyboard, tmp_path: Path) -> None:
    """A paper that cannot be yet stops the others before one of them takes a number."""
    number = _planned(desk)
    desk.khaen("case", "submit", number)
    folder = tmp_path / "papers"
    desk.khaen("case", "print", number, "memo", "evaluation", "-o", str(folder), expect=2)
    assert [*folder.iterdir()] == []
    assert "print_document" not in desk.khaen("audit-log", "show", "--last", "5").out
    printed = desk.khaen("case", "print", number, "order", "flow", "-o", str(folder), "--json").json
    assert {p["file"] for p in printed} == {str(f) for f in folder.iterdir()}
    group = desk.khaen("case", "show", number, "--json").json["group"]
    assert {p["number"] for p in printed} == {group["order"], None}


def test_a_report_names_the_dossier(engineer: Keyboard) -> None:
    """Of a case without a plan too."""
    number = _planned(engineer)
    engineer.khaen("case", "submit", number)
    engineer.login("director")
    engineer.khaen("case", "refuse", number, "-m", "ไม่จำเป็น", signs="director")
    report = engineer.khaen("case", "report", number).out
    dossier = engineer.khaen("case", "show", number, "--json").json["decisions"][0]["dossier"]
    assert f"on dossier {dossier[:12]}, audit entry #" in report
    assert engineer.khaen("case", "show", number).out.count("▶") == 0


def test_a_process_is_shown_with_people_and_days(desk: Keyboard) -> None:
    """Who may end each step and how long it may take, in both languages."""
    english = desk.khaen("manual", "show", "3.3").out
    desk.language = "th"
    thai = desk.khaen("manual", "show", "3.3").out
    desk.language = "en"
    for said, who, days in (
        (english, "who may end it: ", "within: "), (thai, "ผู้ทำให้จบ: ", "ภายใน: ")
    ):  # fmt: skip
        assert said.count(who) == said.count(days) == 5
    assert (
        "the director or who acts for them by order, the proposer or the working group" in english
    )
    assert "within: 14 days" in english
    assert "ผู้อำนวยการหรือผู้รักษาราชการแทน" in thai
    steps = desk.khaen("manual", "show", "3.5", "--json").json["steps"]
    assert {tuple(step["doers"]) for step in steps} == {("proposer", "officer", "engineer")}
    assert "one case in each fiscal year" in desk.khaen("manual", "show", "3.5").out
    assert "2.1" in desk.khaen("manual", "show", "9.9", expect=2).err
    assert "project_record" in desk.khaen("manual").out
