"""Cases, as a program walks them."""

from __future__ import annotations

from tests.api.callers import Callers
from tests.server.served import password_of

GROUP = {"chair": "officer1", "members": ["engineer1"], "secretary": "engineer2"}
STUDY = {"reason": "สวิตช์เก่า", "work": "อบรมผู้ดูแล", "objectives": [{"text": "ครบทุกคน"}]}


def submitted(callers: Callers) -> str:
    """The address of a case of process 2.5 that lies before the director."""
    engineer = callers.person("engineer1")
    opened = engineer.post("/api/v1/cases", json={"process": "2.5", "title": "อบรม"})
    place = str(opened.headers["location"])
    for method, part, given in (
        ("PUT", "group", GROUP),
        ("PUT", "study", STUDY),
        ("POST", "submissions", None),
    ):
        answer = engineer.request(method, f"{place}/{part}", json=given)
        assert answer.status_code == 200, answer.text
    return place


def test_a_case_is_walked_by_those_whose_move_it_is(callers: Callers) -> None:
    """From opening to its closing, each answer the case as it is then."""
    engineer, director = callers.person("engineer1"), callers.person("director")
    place = submitted(callers)
    waiting = director.get(place).json()
    assert waiting["step_kind"] == "approve"
    seen = waiting["submissions"][-1]["dossier"][:12]
    verdict = {"kind": "approve", "seen": seen, "password": password_of("director")}
    decided = director.post(f"{place}/decisions", json=verdict)
    assert decided.json()["decisions"][-1]["kind"] == "approve"
    for part, given in (
        ("notifications", {"to": ["โรงเรียน"], "how": "หนังสือ", "message": "ทราบ"}),
        ("records", {"kind": "work", "text": "อบรมแล้ว", "done": True}),
        ("evaluations", {"results": "ครบถ้วน", "satisfaction": "4.5", "answers": 20}),
    ):
        answer = engineer.post(f"{place}/{part}", json=given)
        assert answer.status_code == 200, answer.text
    closed = engineer.get(place).json()
    assert (closed["state"], closed["step_kind"]) == ("closed", None)
    report = engineer.get(f"{place}/report").json()
    assert (report["problems"], report["audit_log_intact"]) == ([], True)


def test_deciding_takes_the_right_person_and_their_password(callers: Callers) -> None:
    """As in every other door."""
    place = submitted(callers)
    engineer, director = callers.person("engineer1"), callers.person("director")
    own = {"kind": "approve", "password": password_of("engineer1")}
    assert engineer.post(f"{place}/decisions", json=own).status_code == 403
    wrong = {"kind": "approve", "password": "not-the-password"}
    assert director.post(f"{place}/decisions", json=wrong).status_code == 403
    unseen = {"kind": "approve", "seen": "0" * 12, "password": password_of("director")}
    assert director.post(f"{place}/decisions", json=unseen).status_code == 409
    assert director.get(place).json()["decisions"] == []


def test_what_was_attached_comes_out_byte_for_byte(callers: Callers) -> None:
    """Under its own name, however it is written, and never to be shown in place."""
    engineer = callers.person("engineer1")
    place = engineer.post("/api/v1/cases", json={"process": "2.5"}).headers["location"]
    content = b"<script>alert(1)</script>"
    sent = {"file": ("../../บันทึก 1.html", content, "text/html")}
    attached = engineer.post(f"{place}/files", files=sent, data={"title": "บันทึก"})
    assert attached.status_code == 200, attached.text
    paper = attached.json()["papers"][0]
    assert (paper["number"], paper["title"]) == ("บันทึก 1.html", "บันทึก")
    fetched = engineer.get(f"{place}/files/{paper['number']}")
    assert fetched.content == content
    assert fetched.headers["content-type"] == "application/octet-stream"
    told = fetched.headers["content-disposition"]
    assert told.startswith("attachment; filename=\"1.html\"; filename*=UTF-8''%E0%B8%9A")
    assert engineer.delete(f"{place}/papers/{paper['number']}").json()["papers"] == []


def test_a_printed_paper_is_a_file_of_its_type(callers: Callers) -> None:
    """The flow chart as SVG, the order as PDF; what there is not yet is not found."""
    engineer = callers.person("engineer1")
    place = submitted(callers)
    assert "memo" in engineer.get(f"{place}/documents").json()
    drawn = engineer.post(f"{place}/documents/flow?format=svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in drawn.content
    memo = engineer.post(f"{place}/documents/memo")
    assert memo.content.startswith(b"%PDF-")
    assert engineer.post(f"{place}/documents/memo").content == memo.content
    assert engineer.post(f"{place}/documents/evaluation").status_code == 404
