"""Playbooks that read: who may run which, what is told of it, and who goes on with what is left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.accounts.actor import SCHEDULE
from controller.connections.ansible import tools
from controller.errors import InputError, NotAllowed, NotFound, Refused
from controller.operations.list_alerts import AlertQuery, list_alerts
from controller.operations.list_playbook_runs import list_playbook_runs
from controller.operations.run_playbook import run_playbook
from controller.operations.show_playbook_run import PlaybookRunView, show_playbook_run
from controller.operations.stop_playbook_run import stop_playbook_run
from controller.operations.take_playbook_run import prune_playbook_runs, take_playbook_run
from controller.playbooks.result import TaskResult
from controller.store import playbook_runs
from tests.operations.guest import Guest, hired, write_playbooks
from tests.operations.office import Desk

SW = "kkn-a-sw01"
TWO = "name=kkn-a-sw01,kkn-a-sw02"


@pytest.fixture
def guest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Guest:
    """Ansible's place is taken, and there are two playbooks."""
    write_playbooks(desk.context.root)
    return hired(monkeypatch)


def asked(desk: Desk, selector: str = TWO, name: str = "versions", **more: object) -> str:
    """The id of a run that waits for a worker."""
    engineer = desk.person("engineer1")
    found = run_playbook(desk.context, engineer, name, selector, by_worker=True, **more)  # type: ignore[arg-type]
    return found.record.id


def now(desk: Desk, run: str) -> PlaybookRunView:
    """A run as it stands."""
    return show_playbook_run(desk.context, desk.person("director"), run)


def states(view: PlaybookRunView) -> dict[str, str]:
    """Its devices."""
    return {one.device: one.state for one in view.shown}


def test_a_playbook_is_run_and_everything_it_says_is_kept(desk: Desk, guest: Guest) -> None:
    """Files as they are, secrets as references, results live."""
    guest.says = {"kkn-a-sw02": "unreachable"}
    seen: list[TaskResult] = []
    engineer = desk.person("engineer1")
    ended = run_playbook(
        desk.context, engineer, "versions", TWO, given={"vlan": "30"}, show=seen.append
    )
    assert (ended.record.state, ended.good) == ("finished", False)
    assert states(ended) == {SW: "ok", "kkn-a-sw02": "unreachable"}
    assert [one.device for one in seen] == [SW, "kkn-a-sw02"]
    (work,) = guest.works
    assert (work.playbook, work.check, work.forks) == ("playbooks/versions.yml", False, 20)
    assert work.parameters == {"key": "⟦secret:snmp_ro⟧", "vlan": 30}
    assert ended.record.parameters == (("key", "snmp_ro"), ("vlan", 30))
    assert "playbooks/versions.yml" in work.files
    assert [one.status for one in now(desk, ended.record.id).results] == ["ok", "unreachable"]
    (entry,) = desk.entries("run_playbook")
    assert entry.content["run"] == ended.record.id
    (listed,) = list_playbook_runs(desk.context, engineer, device=SW)
    assert (listed.devices, listed.done) == (2, 2)


def test_a_read_only_playbook_that_changes_is_stopped_and_told_of(desk: Desk, guest: Guest) -> None:
    """One critical alert on the device, open until a person ends it."""
    guest.says = {SW: "changed"}
    engineer = desk.person("engineer1")
    ended = run_playbook(desk.context, engineer, "versions", TWO)
    assert ended.record.state == "stopped"
    assert states(ended) == {SW: "changed", "kkn-a-sw02": "not-run"}
    (alert,) = list_alerts(desk.context, engineer, AlertQuery(rule="playbook_changed")).alerts
    assert (alert.device, alert.severity, alert.port) == (SW, "critical", "versions")
    assert ended.record.id in alert.words.en
    (entry,) = desk.entries("playbook_broke_its_promise")
    assert entry.content["device"] == SW


def test_a_look_with_a_read_only_playbook_alerts_nobody(desk: Desk, guest: Guest) -> None:
    guest.says = {SW: "changed"}
    engineer = desk.person("engineer1")
    ended = run_playbook(desk.context, engineer, "versions", TWO, check=True)
    assert ended.record.state == "stopped"
    assert "would change" in ended.record.note_en
    assert list_alerts(desk.context, engineer, AlertQuery()).total == 0


def test_a_changing_playbook_only_looks(desk: Desk, guest: Guest) -> None:
    engineer = desk.person("engineer1")
    with pytest.raises(Refused, match="approved case"):
        run_playbook(desk.context, engineer, "changes", TWO)
    assert guest.works == []
    guest.says = {SW: "changed"}
    ended = run_playbook(desk.context, engineer, "changes", TWO, check=True)
    assert (ended.record.state, ended.good) == ("finished", True)
    assert guest.works[0].check


def test_who_may_and_what_is_wrong(
    desk: Desk, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    engineer = desk.person("engineer1")
    for nobody in ("officer1", "director"):
        with pytest.raises(NotAllowed):
            run_playbook(desk.context, desk.person(nobody), "versions", TWO)
    with pytest.raises(NotFound):
        run_playbook(desk.context, engineer, "verions", TWO)
    with pytest.raises(InputError):
        run_playbook(desk.context, engineer, "versions", TWO, given={"vlan": "9999"})
    with pytest.raises(InputError):
        run_playbook(desk.context, engineer, "versions", "name=nothing")
    monkeypatch.setattr(tools, "tools", lambda: None)
    with pytest.raises(InputError, match="Ansible"):
        run_playbook(desk.context, engineer, "versions", TWO)
    assert guest.works == []
    assert list_playbook_runs(desk.context, engineer) == ()


def test_devices_of_other_platforms_are_not_run(desk: Desk, guest: Guest) -> None:
    inventory = desk.context.inventory()
    other = next(d.name for d in inventory.devices if d.platform == "arista_eos")
    ended = run_playbook(desk.context, desk.person("engineer1"), "versions", f"name={other},{SW}")
    assert states(ended) == {SW: "ok", other: "not-run"}
    assert ended.good
    with pytest.raises(InputError, match="none of the selected"):
        run_playbook(desk.context, desk.person("engineer1"), "versions", f"name={other}")


def test_a_worker_takes_what_waits_once(desk: Desk, guest: Guest) -> None:
    run = asked(desk)
    assert now(desk, run).record.state == "waiting"
    assert guest.works == []
    assert take_playbook_run(desk.context, SCHEDULE) == run
    assert take_playbook_run(desk.context, SCHEDULE) is None
    assert now(desk, run).record.state == "finished"
    assert len(guest.works) == 1


def test_files_that_changed_since_are_not_run(desk: Desk, guest: Guest) -> None:
    run = asked(desk)
    with (desk.context.root / "playbooks" / "versions.yml").open("a", encoding="utf-8") as file:
        file.write("    - ansible.builtin.debug: {msg: more}\n")
    assert take_playbook_run(desk.context, SCHEDULE) == run
    ended = now(desk, run).record
    assert ended.state == "failed"
    assert "changed since" in ended.note_en
    assert guest.works == []


def test_who_lost_the_right_meanwhile_runs_nothing(desk: Desk, guest: Guest) -> None:
    run = asked(desk)
    with desk.context.store.begin() as conn:
        conn.exec_driver_sql(f"UPDATE playbook_runs SET by = 'officer1' WHERE id = '{run}'")
    take_playbook_run(desk.context, SCHEDULE)
    assert now(desk, run).record.state == "failed"
    assert guest.works == []


def test_what_waits_is_stopped_at_once_and_what_goes_on_soon(desk: Desk, guest: Guest) -> None:
    run = asked(desk)
    assert stop_playbook_run(desk.context, desk.person("engineer2"), run).state == "stopped"
    assert take_playbook_run(desk.context, SCHEDULE) is None
    with pytest.raises(Refused, match="ended already"):
        stop_playbook_run(desk.context, desk.person("engineer2"), run)
    with pytest.raises(NotAllowed):
        stop_playbook_run(desk.context, desk.person("director"), run)
    told: list[str] = []
    guest.before, guest.never = told.append, "kkn-a-sw02"
    ended = run_playbook(
        desk.context,
        desk.person("engineer1"),
        "versions",
        TWO,
        stopped=lambda: "engineer1" if "kkn-a-sw02" in told else None,
    )
    assert (ended.record.state, ended.record.note_en) == ("stopped", "stopped by engineer1")


def test_a_worker_that_ends_leaves_its_run_to_the_next(desk: Desk, guest: Guest) -> None:
    run = asked(desk)
    told: list[str] = []
    guest.before, guest.never = told.append, "kkn-a-sw02"
    assert take_playbook_run(desk.context, SCHEDULE, lambda: len(told) > 1) == run
    assert now(desk, run).record.state == "waiting"
    guest.never = ""
    assert take_playbook_run(desk.context, SCHEDULE) == run
    ended = now(desk, run)
    assert (ended.record.state, [one.device for one in ended.results]) == (
        "finished",
        [SW, "kkn-a-sw02"],
    )


def test_what_is_too_old_goes(desk: Desk, guest: Guest) -> None:
    run = asked(desk)
    take_playbook_run(desk.context, SCHEDULE)
    assert prune_playbook_runs(desk.context, SCHEDULE) == 0
    desk.clock.forward(days=401)
    assert prune_playbook_runs(desk.context, SCHEDULE) == 1
    with pytest.raises(NotFound), desk.context.store.read() as conn:
        playbook_runs.load_run(conn, run)
    assert desk.entries("run_playbook")
    assert timedelta(days=desk.context.settings.playbooks.keep_days) < timedelta(days=401)
