"""Drift: the newest backups against the templates, and who changed the device last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.accounts.actor import Actor
from controller.errors import NotAllowed
from controller.operations.show_drift import show_drift
from controller.platforms.texts import text_rules
from controller.store import snapshots
from controller.store.told_changes import ToldChange, tell_changes
from tests.operations.office import Desk

ENGINEER = Actor("engineer1", "นักวิชาการคอมพิวเตอร์", frozenset({"engineer"}))
SCHOOL = Actor("school1", "ครู", frozenset({"school"}), site="kkn-school-a")
HEAD = "! Last configuration change at 09:12:44 ICT Mon Jun 2 2025 by teacher\n"


def keep(desk: Desk, name: str, text: str) -> None:
    device = desk.context.inventory().device(name)
    assert device is not None
    blob = desk.context.backups.write(f"{device.site}/{name}.cfg", text)
    print_ = text_rules(device.platform).fingerprint(text)
    with desk.context.store.begin(audited=False) as conn:
        snapshots.save_snapshot(conn, name, print_, blob, desk.clock(), "backup")


def test_what_is_not_as_intended_is_shown_with_who_changed_it(desk: Desk) -> None:
    workspace = desk.context.workspace()
    ios = [d for d in workspace.inventory.devices if d.platform == "cisco_ios"]
    good, changed, never = ios[:3]
    keep(desk, good.name, workspace.render(good))
    text = workspace.render(changed)
    line = next(ln for ln in text.splitlines() if ln.startswith("ntp server "))
    keep(desk, changed.name, HEAD + text.replace(line, "snmp-server community Zq1 RW"))
    names = ",".join(d.name for d in (good, changed, never))
    found = show_drift(desk.context, ENGINEER, f"name={names}")
    assert [(one.device, one.state) for one in found] == [
        (changed.name, "drifted"),
        (never.name, "unknown"),
        (good.name, "as_intended"),
    ]
    drifted = found[0]
    assert f"+{line}" in drifted.diff
    assert "Zq1" not in drifted.diff
    assert drifted.change is not None
    assert (drifted.change.by, drifted.change.at) == ("teacher", "09:12:44 ICT Mon Jun 2 2025")
    assert found[2].change is None
    assert drifted.since is not None
    assert abs(drifted.since - desk.clock()) < timedelta(seconds=1)


def test_a_device_whose_text_tells_nobody_is_named_by_what_it_told(desk: Desk) -> None:
    workspace = desk.context.workspace()
    eos = next(d for d in workspace.inventory.devices if d.platform == "arista_eos")
    keep(desk, eos.name, "hostname somebody-else\n")
    told = [
        ToldChange(eos.name, desk.clock(), "teacher", "10.1.10.7", "syslog"),
        ToldChange(eos.name, desk.clock() + timedelta(seconds=1), "", "", "trap"),
    ]
    with desk.context.store.begin(audited=False) as conn:
        tell_changes(conn, told)
    (found,) = show_drift(desk.context, ENGINEER, f"name={eos.name}")
    assert found.change is not None
    assert found.change.by == "teacher (10.1.10.7)"
    assert found.change.at == "2026-05-04 02:30:00 UTC (syslog)"


def test_a_school_does_not_see_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        show_drift(desk.context, SCHOOL, "all")


@pytest.mark.parametrize(
    ("name", "text", "by", "at"),
    [
        ("cisco_ios", "!\n! Last configuration change at 1:2:3 UTC\n!\n", "", "1:2:3 UTC"),
        ("cisco_ios", HEAD, "teacher", "09:12:44 ICT Mon Jun 2 2025"),
        ("cisco_asa", ": Saved\n: Written by admin at 20:03 ICT\n", "admin", "20:03 ICT"),
        ("juniper_junos", "## Last commit: 2024-12-06 UTC by root\n", "root", "2024-12-06 UTC"),
        ("cisco_nxos", "!Running configuration last done at: Tue\n", "", "Tue"),
        ("fortinet_fortios", "#config-version=A:opmode=1:vdom=0:user=admin\n", "admin", ""),
    ],
)
def test_who_changed_it_last(name: str, text: str, by: str, at: str) -> None:
    told = text_rules(name).last_change(text)
    assert told is not None
    assert (told.by, told.at) == (by, at)
    assert text_rules(name).last_change("hostname a\n") is None
