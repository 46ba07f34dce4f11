"""Lists in pages, and versions of what is read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from controller.plans.outcome import Run, RunDevice, State
from controller.store import runs
from tests.api.addresses import Address, addresses
from tests.api.callers import Callers
from tests.api.test_resources import REPAIR

# Lists within a run that the office of these tests does not have; their own tests make one.
WITHIN = {"list_run_devices", "list_playbook_run_devices", "list_playbook_run_tasks"}
PAGED = [one for one in addresses() if one.paged and one.id not in WITHIN]


def opened(client: httpx.Client, title: str = "หน้า") -> str:
    """The number of a new case."""
    answer = client.post("/api/v1/cases", json={"process": "2.5", "title": title})
    return str(answer.json()["number"])


def every(client: httpx.Client, path: str, limit: int) -> list[Any]:
    """All items of a list, page by page, as Link headers lead."""
    found: list[Any] = []
    following: str | None = f"{path}{'&' if '?' in path else '?'}limit={limit}"
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["items"]) <= limit
        found += page["items"]
        link = re.fullmatch(r'<(/api/[^>]+)>; rel="next"', answer.headers.get("link", ""))
        assert bool(link) == (page["next"] is not None)
        following = link[1] if link else None
    return found


@pytest.mark.parametrize("address", PAGED, ids=lambda one: one.id)
def test_page_by_page_is_the_same_as_all_at_once(callers: Callers, address: Address) -> None:
    """In the same order, nothing twice, nothing left out."""
    engineer = callers.person("engineer1")
    for _ in range(3):
        number = opened(engineer)
    form = {"form": "repair_request", "values": REPAIR}
    for _ in range(3):
        callers.person("school1").post("/api/v1/forms", json=form)
        engineer.post("/api/v1/surveys", json={"form": "questionnaire", "case": number})
    reader = callers.person("admin" if "account" in address.id else "engineer1")
    # Reading writes nothing but when a token or session was last used.
    assert every(reader, address.path, 2) == every(reader, address.path, 200)


def test_what_is_added_meanwhile_moves_nothing(callers: Callers) -> None:
    """The rows of the second page are those that were there when the first was read."""
    engineer = callers.person("engineer1")
    numbers = [opened(engineer) for _ in range(4)][::-1]
    first = engineer.get("/api/v1/cases?limit=2").json()
    opened(engineer, "ระหว่างอ่าน")
    second = engineer.get(f"/api/v1/cases?limit=2&cursor={first['next']}").json()
    assert [one["number"] for one in first["items"] + second["items"]] == numbers


def test_filters_hold_over_pages(callers: Callers) -> None:
    """They are part of the address that leads on."""
    engineer = callers.person("engineer1")
    engineer.post(f"/api/v1/cases/{opened(engineer)}/withdrawal", json={"reason": "ทดสอบ"})
    engineer.post(f"/api/v1/cases/{opened(engineer)}/withdrawal", json={"reason": "ทดสอบ"})
    found = every(engineer, "/api/v1/cases?state=withdrawn", 1)
    assert len(found) >= 2
    assert {one["state"] for one in found} == {"withdrawn"}
    assert every(engineer, "/api/v1/cases?process=3.5", 1) == []
    assert every(engineer, "/api/v1/cases?late=true", 1) == []
    forms = every(engineer, "/api/v1/forms?form=loan_request", 1)
    assert {one["slug"] for one in forms} <= {"loan_request"}


def test_a_cursor_belongs_to_its_list(callers: Callers) -> None:
    """One of another list, or made up, is refused."""
    engineer = callers.person("engineer1")
    opened(engineer)
    opened(engineer)
    cursor = engineer.get("/api/v1/cases?limit=1").json()["next"]
    for path in (
        f"/api/v1/runs?cursor={cursor}",
        "/api/v1/cases?cursor=W10=",
        "/api/v1/cases?cursor=%C3",
    ):
        assert engineer.get(path).status_code == 422


def test_a_case_that_did_not_change_is_not_sent_again(callers: Callers) -> None:
    """304 until somebody moves it."""
    engineer = callers.person("engineer1")
    place = f"/api/v1/cases/{opened(engineer)}"
    seen = {"If-None-Match": engineer.get(place).headers["etag"]}
    again = engineer.get(place, headers=seen)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == seen["If-None-Match"]
    engineer.put(f"{place}/study", json={"reason": "ก", "work": "ข"})
    group = {"chair": "officer1", "secretary": "engineer2"}
    assert engineer.put(f"{place}/group", json=group).status_code == 200
    assert engineer.get(place, headers=seen).status_code == 200


@pytest.mark.parametrize("address", PAGED, ids=lambda one: one.id)
def test_everything_read_has_a_version(callers: Callers, address: Address) -> None:
    """Of lists too: the same again is 304."""
    reader = callers.person("admin" if "account" in address.id else "engineer1")
    tag = reader.get(address.path).headers["etag"]
    assert reader.get(address.path, headers={"If-None-Match": f'"x", {tag}'}).status_code == 304


def test_a_move_on_what_has_changed_since_is_not_made(callers: Callers) -> None:
    """412, and the case is as it was; with the right version it goes on."""
    engineer = callers.person("engineer1")
    place = f"/api/v1/cases/{opened(engineer)}"
    old = engineer.get(place).headers["etag"]
    group = {"chair": "officer1", "secretary": "engineer2"}
    moved = engineer.put(f"{place}/group", json=group, headers={"If-Match": old})
    assert moved.status_code == 200
    study = {"reason": "ก", "work": "ข"}
    for stale in (old, "nonsense", f"W/{moved.headers['etag']}"):
        refused = engineer.put(f"{place}/study", json=study, headers={"If-Match": stale})
        assert refused.status_code == 412, stale
        withdrawn = {"reason": "x"}
        answer = engineer.post(f"{place}/withdrawal", json=withdrawn, headers={"If-Match": stale})
        assert answer.status_code == 412
    assert engineer.get(place).json()["study"] is None
    both = {"If-Match": f"{old}, {moved.headers['etag']}"}
    assert engineer.put(f"{place}/study", json=study, headers=both).status_code == 200
    anything = {"If-Match": "*"}
    assert engineer.put(f"{place}/study", json=study, headers=anything).status_code == 200


def test_a_form_is_revised_as_it_was_seen(callers: Callers) -> None:
    """Of two who revise the same revision, the second is told."""
    school = callers.person("school1")
    filled = school.post("/api/v1/forms", json={"form": "repair_request", "values": REPAIR})
    old, number = {"If-Match": filled.headers["etag"]}, filled.json()["number"]
    again = {"form": "repair_request", "revises": number}
    other = {**REPAIR, "symptom": "จอดับ"}
    first = school.post("/api/v1/forms", json={**again, "values": other}, headers=old)
    assert (first.status_code, first.json()["revision"]) == (201, 2), first.text
    second = school.post("/api/v1/forms", json={**again, "values": REPAIR}, headers=old)
    assert second.status_code == 412


def test_the_devices_of_a_run_come_in_the_order_they_are_pushed(callers: Callers) -> None:
    """Canary first; a state can be asked for; a run there is not is not found."""
    run = Run(
        id="run-of-pages",
        kind="apply",
        case="2569-2.3-0001",
        plan="0" * 64,
        by="engineer1",
        state="finished",
        executor="x",
        started=datetime(2026, 1, 1, tzinfo=UTC),
    )
    states: tuple[State, ...] = ("confirmed", "failed")
    devices = [
        RunDevice(run=run.id, device=f"sw{i:02}", batch=i % 3, state=states[i % 2])
        for i in range(9)
    ]
    with callers.context.store.begin(audited=False) as conn:
        runs.create_run(conn, run, devices)
    engineer, path = callers.person("engineer1"), f"/api/v1/runs/{run.id}/devices"
    names = [one["device"] for one in every(engineer, path, 2)]
    assert names == [d.device for d in sorted(devices, key=lambda d: (d.batch, d.device))]
    failed = every(engineer, f"{path}?state=failed", 1)
    assert [one["device"] for one in failed] == ["sw03", "sw01", "sw07", "sw05"]
    assert engineer.get("/api/v1/runs/none/devices").status_code == 404
