"""The main job by the API alone, on real sockets: a plan, an approval, an apply, its progress."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from controller.plans.outcome import FINAL
from tests.server.served import Served, make_office, password_of, serving

SCHOOL = "name=kkn-a-sw01,kkn-a-sw02,kkn-a-sw03"
PATIENCE = 90.0
Caller = Callable[[str], httpx.Client]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office whose devices run, served."""
    root = make_office(tmp_path_factory.mktemp("whole") / "office")
    lab(root, "up", "--share", "--minute-seconds", "2")
    try:
        with serving(root) as running:
            yield running
    finally:
        lab(root, "down")


def lab(root: Path, *words: str) -> str:
    """What `khaen lab ...` prints."""
    command = [sys.executable, "-m", "controller.cli", "-C", str(root), "lab", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def caller(office: Served) -> Iterator[Caller]:
    """Somebody who signed in over the API, by name."""
    with ExitStack() as closing:

        def signed_in(person: str) -> httpx.Client:
            client = httpx.Client(base_url=f"{office.address}/api/v1", timeout=60)
            closing.enter_context(client)
            told = {"username": person, "password": password_of(person)}
            token = done(client.post("/sessions", json=told), 201)["token"]
            client.headers["Authorization"] = f"Bearer {token}"
            return client

        yield signed_in


def done(answer: httpx.Response, status: int = 200) -> Any:
    """What was answered, once it is known that it went well."""
    assert answer.status_code == status, answer.text
    return answer.json()


def followed(client: httpx.Client, started: httpx.Response) -> dict[str, Any]:
    """The run at its end, asked for again and again, as a program would."""
    place = started.headers["location"].removeprefix("/api/v1")
    until = time.monotonic() + PATIENCE
    tag, seen = "", set()
    while time.monotonic() < until:
        answer = client.get(place, headers={"If-None-Match": tag})
        if answer.status_code == 200:
            told: dict[str, Any] = answer.json()
            seen.add(told["done"])
            tag = answer.headers["etag"]
            if told["state"] != "running":
                assert len(seen) > 1, "the progress was never seen moving"
                return told
        time.sleep(0.05)
    raise AssertionError("the run did not end in time")


def test_from_a_plan_to_its_taking_back(office: Served, caller: Caller) -> None:
    """By the same rules: no run before the director approved exactly this plan, and told people."""
    engineer, director = caller("engineer1"), caller("director")
    before = lab(office.root, "show", "kkn-a-sw01")
    plan = done(engineer.post("/plans", json={"select": SCHOOL}), 201)
    assert (plan["reach"]["devices"], plan["refusals"]) == (3, [])
    assert sum(len(one["devices"]) for one in plan["groups"]) == 3
    file = engineer.get(f"/plans/{plan['id']}/file").content
    checked = done(engineer.post(f"/plans/checks?id={plan['id']}", content=file))
    assert (checked["ok"], checked["id"]) == (True, plan["id"])

    wanted = {"process": "2.3", "plan": plan["id"][:12], "title": "ตั้งเวลา"}
    case = done(engineer.post("/cases", json=wanted), 201)
    place = f"/cases/{case['number']}"
    group = {"chair": "officer1", "members": ["engineer1"], "secretary": "engineer2"}
    done(engineer.put(f"{place}/group", json=group))
    submitted = done(engineer.post(f"{place}/submissions"))
    assert engineer.post(f"{place}/apply").status_code == 409
    assert lab(office.root, "show", "kkn-a-sw01") == before

    dossier = submitted["submissions"][-1]["dossier"]
    verdict = {"kind": "approve", "seen": dossier, "password": password_of("director")}
    done(director.post(f"{place}/decisions", json=verdict))
    assert director.post(f"{place}/apply").status_code == 403
    told = {"to": ["โรงเรียน"], "how": "หนังสือ", "message": "ทราบ"}
    done(engineer.post(f"{place}/notifications", json=told))

    once = {"Idempotency-Key": "apply-1"}
    started = engineer.post(f"{place}/apply", headers=once)
    run = done(started, 202)
    again = engineer.post(f"{place}/apply", headers=once)
    assert (again.json(), again.headers["idempotency-replayed"]) == (run, "true")
    ended = followed(engineer, started)
    assert (ended["state"], ended["good"], ended["counts"]) == ("finished", True, {"confirmed": 3})
    assert "ntp server" in lab(office.root, "show", "kkn-a-sw01")
    devices = done(engineer.get(f"/runs/{ended['id']}/devices?limit=2"))
    assert {one["state"] for one in devices["items"]} <= FINAL
    assert devices["next"]

    taken = followed(engineer, engineer.post(f"{place}/rollback"))
    assert (taken["kind"], taken["good"]) == ("rollback", True)
    done(engineer.post(f"{place}/evaluations", json={"results": "ครบถ้วน"}))
    report = done(caller("auditor1").get(f"{place}/report"))
    assert report["audit_log_intact"] is True
    assert [one["run"]["kind"] for one in report["runs"]] == ["apply", "rollback"]
    listed = done(engineer.get(f"/runs?case={case['number']}&limit=1"))
    assert [one["kind"] for one in listed["items"]] == ["rollback"]


def test_a_backup_hides_every_secret(office: Served, caller: Caller) -> None:
    """As a reader sees it; and what cannot be reached is told beside what was kept."""
    engineer = caller("engineer1")
    kept = done(engineer.post("/backups", json={"select": "name=kkn-a-sw0*"}))
    assert {one["state"] for one in kept} <= {"new", "changed", "same"}
    text = engineer.get("/backups/kkn-a-sw01").text
    assert "hostname" in text
    secrets = [(office.root / "var" / "lab" / name).read_text() for name in ("password", "snmp_ro")]
    assert not [secret for secret in secrets if secret.strip() in text]
    predicted = done(engineer.post("/plans/predictions", json={"select": "name=kkn-a-sw01"}))
    assert predicted["predicted"] is True
    assert predicted["refusals"]
    assert done(engineer.get("/plans/selections?select=name=kkn-a-sw01")) == ["kkn-a-sw01"]
    assert engineer.get("/backups/nothing-here").status_code == 422
