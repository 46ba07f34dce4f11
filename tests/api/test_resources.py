"""What is not a case or a run: forms, surveys, notices, the manual, the audit log, accounts."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from controller.processes.forms.catalogue import form
from controller.processes.forms.template import example_values
from tests.api.callers import Callers
from tests.server.served import password_of

REPAIR = example_values(form("repair_request"), {"requester"})


def test_a_school_fills_a_form_in_and_nobody_elses_school_finds_it(callers: Callers) -> None:
    """Also not its file, nor its number in a list."""
    mine, other = callers.person("school1"), callers.person("school2")
    filled = mine.post("/api/v1/forms", json={"form": "repair_request", "values": REPAIR})
    assert filled.status_code == 201, filled.text
    place, number = filled.headers["location"], filled.json()["number"]
    assert mine.get(place).json() == filled.json()
    assert mine.get(f"{place}/file?format=docx").content.startswith(b"PK")
    assert number in mine.get("/api/v1/requests?limit=200").text
    for path in (place, f"{place}/file", f"{place}/photos/{'0' * 64}"):
        assert other.get(path).status_code == 404
    assert number not in other.get("/api/v1/forms").text + other.get("/api/v1/requests").text
    again = {"form": "repair_request", "values": REPAIR, "revises": number}
    assert other.post("/api/v1/forms", json=again).status_code == 404


def test_everything_wrong_in_a_form_is_told_at_once(callers: Callers) -> None:
    """Each with the field it is about."""
    given = {"form": "repair_request", "values": {"phone": ["x"], "nonsense": 1}}
    told = callers.person("school1").post("/api/v1/forms", json=given)
    assert told.status_code == 422
    assert len(told.json()["problems"]) > 2


def test_a_photo_is_taken_in_and_named_by_a_form(callers: Callers) -> None:
    """What is no picture is refused."""
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    school = callers.person("school1")
    kept = school.post("/api/v1/photos", files={"file": ("a.png", drawn.getvalue())})
    assert kept.status_code == 201, kept.text
    values = {**REPAIR, "photos": [kept.json()]}
    filled = school.post("/api/v1/forms", json={"form": "repair_request", "values": values})
    assert filled.status_code == 201, filled.text
    photo = school.get(f"{filled.headers['location']}/photos/{kept.json()['sha256']}")
    assert photo.headers["content-type"] == "image/jpeg"
    assert school.post("/api/v1/photos", files={"file": ("a.png", b"x")}).status_code == 422


def test_a_survey_is_opened_answered_and_closed(callers: Callers) -> None:
    """Its results are the answer to closing it, and stay."""
    engineer, school = callers.person("engineer1"), callers.person("school1")
    opened = engineer.post("/api/v1/surveys", json={"form": "questionnaire", "title": "อบรม"})
    place = opened.headers["location"]
    answer = example_values(form("questionnaire"), ("requester", "officer"))
    given = school.post(f"{place}/answers", json={"answers": [answer, answer]})
    assert (given.status_code, given.json()["given"]) == (201, 2)
    wrong = school.post(f"{place}/answers", json={"answers": [answer, {"nonsense": "1"}]})
    assert wrong.status_code == 422
    assert all(one["path"] for one in wrong.json()["problems"])
    results = engineer.post(f"{place}/closing").json()
    assert results["answers"] == 2
    assert engineer.get(place).json()["results"] == results
    assert engineer.get(f"{place}/file").content.startswith(b"%PDF-")
    assert school.post(f"{place}/answers", json={"answers": [answer]}).status_code == 409


def test_the_manual_is_data(callers: Callers) -> None:
    """Every process and form there is, by its number or name."""
    school = callers.person("school1")
    numbers = [one["number"] for one in school.get("/api/v1/manual/processes").json()]
    assert len(numbers) == 14
    assert all(school.get(f"/api/v1/manual/processes/{n}").status_code == 200 for n in numbers)
    assert "flowchart" in school.get("/api/v1/manual/processes/2.3/flow").text
    slugs = [one["slug"] for one in school.get("/api/v1/manual/forms").json()]
    assert all(school.get(f"/api/v1/manual/forms/{s}").status_code == 200 for s in slugs)
    assert school.get("/api/v1/manual/processes/9.9").status_code == 404


def test_the_audit_log_can_be_read_proved_and_proved_elsewhere(callers: Callers) -> None:
    """An export with one line less is found out."""
    auditor = callers.person("auditor1")
    assert auditor.get("/api/v1/audit-log/verification").json()["ok"] is True
    newest = auditor.get("/api/v1/audit-log?limit=3").json()
    seqs = [one["seq"] for one in newest["items"]]
    assert seqs == sorted(seqs, reverse=True)
    following = auditor.get(f"/api/v1/audit-log?limit=3&cursor={newest['next']}").json()
    assert following["items"][0]["seq"] == seqs[-1] - 1
    export = auditor.get("/api/v1/audit-log/file")
    assert "audit-log.jsonl" in export.headers["content-disposition"]
    path = "/api/v1/audit-log/checks"
    assert auditor.post(path, files={"file": export.content}).json()["ok"] is True
    lines = export.content.splitlines(keepends=True)
    cut = auditor.post(path, files={"file": b"".join(lines[:3] + lines[4:])}).json()
    assert cut["ok"] is False
    assert cut["problems"]


def test_accounts_are_an_administrators(callers: Callers) -> None:
    """Who gives passwords, looks where people are signed in, and signs them out."""
    admin, engineer = callers.person("admin"), callers.person("engineer1")
    assert "engineer1" in admin.get("/api/v1/accounts").text
    assert engineer.get("/api/v1/accounts").status_code == 403
    path = "/api/v1/accounts/school2"
    given = {"password": password_of("school2")}
    assert engineer.put(path, json=given).status_code == 403
    assert admin.put(path, json=given).status_code == 204
    assert admin.put("/api/v1/accounts/nobody", json=given).status_code == 404
    fresh = callers.stranger.post(
        "/api/v1/sessions", json={"username": "school2", "password": password_of("school2")}
    )
    sessions = admin.get(f"{path}/sessions").json()
    assert [one["door"] for one in sessions] == ["api"]
    assert engineer.get(f"{path}/sessions").status_code == 403
    assert admin.delete(f"{path}/sessions").json() == {"ended": 1}
    gone = callers.bearer(fresh.json()["token"]).get("/api/v1/sessions/current")
    assert gone.status_code == 401


def test_ones_own_password_is_changed_with_the_old_one(callers: Callers) -> None:
    """The session it was changed in goes on, the others end."""
    one, other = (
        callers.stranger.post(
            "/api/v1/sessions", json={"username": "deputy", "password": password_of("deputy")}
        ).json()["token"]
        for _ in range(2)
    )
    path = "/api/v1/accounts/current/password"
    new = {"old": password_of("deputy"), "new": "สวัสดีปีใหม่ครับท่าน"}
    back = {"old": new["new"], "new": password_of("deputy")}
    assert callers.bearer(one).post(path, json={**new, "old": "x"}).status_code == 403
    assert callers.bearer(one).post(path, json=new).status_code == 200
    assert callers.bearer(other).get("/api/v1/sessions/current").status_code == 401
    assert callers.bearer(one).post(path, json=back).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/notices", "/api/v1/waiting", "/api/v1/plans"])
def test_what_there_is_none_of_is_an_empty_list(callers: Callers, path: str) -> None:
    """Not an error."""
    assert callers.person("auditor1").get(path).status_code == 200


def test_the_workspace_is_validated_for_those_who_read_history(callers: Callers) -> None:
    """A school does not learn what the office's files look like."""
    path = "/api/v1/workspace/validation"
    told = callers.person("engineer1").get(path).json()
    assert (told["ok"], told["problems"]) == (True, [])
    assert callers.person("school1").get(path).status_code == 403


def test_a_notice_is_sent_and_a_reminder_said_once(callers: Callers) -> None:
    """Through the outbox, as at the command line."""
    engineer = callers.person("engineer1")
    assert engineer.post("/api/v1/notices/deliveries", json={"now": True}).status_code == 200
    assert engineer.post("/api/v1/notices/reminders").status_code == 200
    assert callers.person("school1").post("/api/v1/notices/reminders").status_code == 403
