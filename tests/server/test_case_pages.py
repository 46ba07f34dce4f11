"""The pages of cases: what each role sees at each kind of step, and what they can take away."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import quote

import pytest

from controller.processes.manual import process
from tests.server.case_history import FILE, STEPS, make_cases, put_to_the_director
from tests.server.history import NASTY
from tests.server.served import Served, make_office, serving

ROLES = ("director", "officer1", "engineer1", "auditor1", "admin")
# At each step the move that leads on, who is offered it, and its button.
LEADS = {
    ("2.3", 0): ("แต่งตั้งคณะทำงาน", {"engineer1", "director"}),
    ("2.3", 1): ("แนบแผน", {"engineer1", "officer1"}),
    ("2.3", 2): ("ดึงเรื่องกลับมาแก้ไข", {"engineer1", "officer1"}),
    ("2.3", 3): ("แจ้งผู้เกี่ยวข้อง", {"engineer1", "officer1"}),
    ("2.3", 4): ("บันทึกการดำเนินงาน", {"engineer1", "officer1"}),
    ("2.3", 5): ("สรุปประเมินผล", {"engineer1", "officer1"}),
    ("2.1", 3): ("บันทึกการติดตามผล", {"engineer1", "officer1"}),
    ("2.4", 4): ("บันทึกการดำเนินงาน", {"engineer1", "officer1"}),
    ("3.3", 4): ("ส่งกลับแก้ไข", {"director"}),
}
Story = tuple[Served, dict[tuple[str, int], str], str]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A server over an office with a case at each kind of step, and one before the director."""
    root = make_office(tmp_path_factory.mktemp("cases") / "office")
    made = make_cases(root)
    waiting = put_to_the_director(root)
    with serving(root) as running:
        yield running, made, waiting


@pytest.mark.parametrize("role", ROLES)
def test_every_step_is_shown_to_every_role_with_its_own_moves(story: Story, role: str) -> None:
    served, made, _ = story
    with served.browser(role) as browser:
        for at in STEPS:
            answer = browser.get(f"/cases/{made[at]}")
            assert answer.status_code == 200, at
            step = process(at[0]).steps[at[1]]
            assert step.name in answer.text
            assert answer.text.count('aria-current=\\"step\\"') == 1, "one step is lit"
            button, people = LEADS[at]
            assert (f'"label":"{button}"' in answer.text) == (role in people), (at, button)


def test_schools_see_no_case(story: Story) -> None:
    served, _, waiting = story
    with served.browser("school1") as browser:
        for path in ("", "/new", f"/{waiting}", f"/{waiting}/papers/memo.pdf"):
            assert browser.get(f"/cases{path}").status_code == 403, path
        assert browser.get(f"/cases/{waiting}/files/{quote(FILE)}").status_code == 403


def test_strangers_sign_in_first(story: Story) -> None:
    served, _, waiting = story
    with served.browser() as browser:
        for path in ("", f"/{waiting}", f"/{waiting}/papers/memo.pdf"):
            answer = browser.get(f"/cases{path}")
            assert answer.status_code == 303
            assert answer.headers["location"] == f"/sign-in?next=/cases{path}"


def test_whatever_people_wrote_is_shown_as_text(story: Story) -> None:
    """Titles, reasons, objectives, names of files and papers, notes of events.

    A page carries its elements escaped once; what the browser makes HTML of is what is inside.
    """
    served, made, waiting = story
    with served.browser("director") as browser:
        for path in ("/cases", f"/cases/{waiting}", f"/cases/{made['2.3', 1]}"):
            drawn = unescape(browser.get(path).text)
            assert NASTY not in drawn, path
            assert escape(NASTY) in drawn, path
            assert "<b>เครือข่าย" not in drawn


def test_the_director_reads_the_dossier_that_will_be_decided_on(story: Story) -> None:
    served, _, waiting = story
    with served.browser("director") as browser:
        shown = browser.get(f"/cases/{waiting}").text
    for words in ("สำนวนที่พิจารณา", "ไม่อนุมัติ", "papers/memo.pdf", "ผลการศึกษาและข้อเสนอ"):
        assert words in shown
    with served.browser("engineer1") as browser:
        assert "สำนวนที่พิจารณา" not in browser.get(f"/cases/{waiting}").text


def test_a_case_that_is_not_there(story: Story) -> None:
    served, _, waiting = story
    with served.browser("engineer1") as browser:
        for path in ("2569-9.9-0001", "..%2f..%2fetc", f"{waiting}/papers/secret.pdf"):
            answer = browser.get(f"/cases/{path}")
            assert answer.status_code == 404, path
        answer = browser.get("/cases/2569-9.9-0001")
        assert "“หน้าเรื่อง”" in answer.text, "a page names no command"
        assert "khaen case" not in answer.text


def test_files_are_sent_so_that_nothing_of_them_runs(story: Story) -> None:
    served, _, waiting = story
    with served.browser("auditor1") as browser:
        found = browser.get(f"/cases/{waiting}/files/{quote(FILE, safe='')}")
        assert found.content == b"%PDF-1.4 of the test"
        assert found.headers["content-type"] == "application/pdf"
        assert found.headers["content-disposition"].startswith("inline; filename=")
        assert f"filename*=UTF-8''{quote(FILE, safe='')}" in found.headers["content-disposition"]
        assert "frame-ancestors 'self'" in found.headers["content-security-policy"]
        page = browser.get(f"/cases/{waiting}/files/{quote('หน้า.html')}")
        assert page.headers["content-type"] == "application/octet-stream"
        assert page.headers["content-disposition"].startswith("attachment; ")
        assert page.headers["x-content-type-options"] == "nosniff"
        for path in ("nothing.pdf", "..%2f..%2fkhaen.toml", "%2fetc%2fpasswd"):
            assert browser.get(f"/cases/{waiting}/files/{path}").status_code == 404, path


def test_papers_are_printed(story: Story) -> None:
    """The PDF opens in the browser, the DOCX is kept; what cannot be yet says why."""
    served, made, waiting = story
    with served.browser("director") as browser:
        memo = browser.get(f"/cases/{waiting}/papers/memo.pdf")
        assert memo.content.startswith(b"%PDF-")
        assert memo.headers["content-disposition"].startswith("inline; ")
        edited = browser.get(f"/cases/{waiting}/papers/memo.docx")
        assert edited.content.startswith(b"PK")
        assert edited.headers["content-disposition"].startswith("attachment; ")
        early = browser.get(f"/cases/{made['2.3', 0]}/papers/memo.pdf")
        assert early.status_code == 404
        assert "ยังไม่มีบันทึกข้อความ" in early.text


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("q=2.1", {("2.1", 3)}),
        ("process=2.4", {("2.4", 4)}),
        ("process=2.3&state=open&q=งาน 0003", {("2.3", 2)}),
        ("state=closed", set()),
        ("late=1&process=2.1", set()),
        ("mine=1&process=2.1", {("2.1", 3)}),
        ("waiting=1&process=2.3", {("2.3", i) for i in (1, 3, 5)}),  # an engineer carries out
        ("q=%3Cscript%3Ealert(1)%3C/script%3E", set()),
        ("state=nothing&process=nothing&page=99999999999&q=2.1", {("2.1", 3)}),
    ],
)
def test_cases_are_found(story: Story, query: str, there: set[tuple[str, int]]) -> None:
    served, made, _ = story
    with served.browser("officer1") as browser:
        shown = browser.get(f"/cases?{query}").text
    assert {at for at, number in made.items() if f"/cases/{number}" in shown} == there
    assert "<script>alert" not in shown


def test_a_case_can_be_opened_by_who_may(story: Story) -> None:
    served, _, _ = story
    for person, status in (("engineer1", 200), ("officer1", 200), ("director", 403)):
        with served.browser(person) as browser:
            answer = browser.get("/cases/new?process=2.3&plan=0000")
            assert answer.status_code == status
            assert ("/cases/new" in browser.get("/cases").text) == (status == 200)
