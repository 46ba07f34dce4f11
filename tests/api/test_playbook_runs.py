"""Playbooks that read, asked for by a program: begun by a worker, followed, stopped."""

from __future__ import annotations

import pytest

from controller.accounts.actor import SCHEDULE
from controller.operations.take_playbook_run import take_playbook_run
from tests.api.callers import Callers
from tests.operations.guest import hired, write_playbooks

SW = "kkn-a-sw01"
RUNS = "/api/v1/playbook-runs"


def test_a_program_runs_a_playbook_and_follows_it(
    callers: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_playbooks(callers.context.root)
    guest = hired(monkeypatch)
    guest.says = {"kkn-a-sw02": "failed"}
    engineer, director = callers.person("engineer1"), callers.person("director")
    select = f"name={SW},kkn-a-sw02"
    wanted = {"playbook": "versions", "select": select, "parameters": {"vlan": "7"}}
    begun = engineer.post(RUNS, json=wanted)
    assert begun.status_code == 202, begun.text
    place = begun.headers["location"]
    waiting = director.get(place)
    assert (waiting.json()["state"], waiting.json()["devices"]) == ("waiting", 2)
    assert waiting.json()["parameters"] == {"key": "snmp_ro", "vlan": 7}
    same = {"If-None-Match": waiting.headers["etag"]}
    assert director.get(place, headers=same).status_code == 304
    take_playbook_run(callers.context, SCHEDULE)
    ended = director.get(place, headers=same).json()
    assert (ended["state"], ended["good"], ended["counts"]) == (
        "finished", False, {"ok": 1, "failed": 1},
    )  # fmt: skip
    first = director.get(f"{place}/tasks", params={"limit": 1}).json()
    assert [one["device"] for one in first["items"]] == [SW]
    following = director.get(f"{place}/tasks", params={"limit": 1, "cursor": first["next"]}).json()
    assert [one["status"] for one in following["items"]] == ["failed"]
    assert director.get(f"{place}/tasks", params={"since": 2}).json()["items"] == []
    devices = director.get(f"{place}/devices").json()["items"]
    assert [one["state"] for one in devices] == ["ok", "failed"]
    listed = director.get(RUNS, params={"device": SW}).json()["items"]
    assert [one["id"] for one in listed] == [begun.json()["id"]]
    assert engineer.post(f"{place}/stop").status_code == 409


def test_what_changes_devices_is_sent_to_a_case(
    callers: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_playbooks(callers.context.root)
    hired(monkeypatch)
    refused = callers.person("engineer1").post(RUNS, json={"playbook": "changes", "select": "all"})
    assert refused.status_code == 409
    assert callers.person("school1").get(RUNS).status_code == 403
