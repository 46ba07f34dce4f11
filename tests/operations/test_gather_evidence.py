"""What is known of many devices before they are judged, from the history of a real store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from controller.compliance.evidence import Evidence, Past
from controller.errors import Text
from controller.facts.identity import Identity
from controller.facts.measured import Measured, PoeBudget, Sensor
from controller.health.observed import PortTable
from controller.operations.back_up_devices import keep_backups
from controller.operations.gather_evidence import gather_evidence
from controller.plans.outcome import Run, RunDevice, State
from controller.store import alerts, device_history, runs
from controller.store.alerts import Alert
from controller.store.device_health import DeviceHealth, save_health
from controller.store.device_history import Look
from tests.operations.office import Desk

DEVICE = "kkn-a-sw01"
FIRST = """\
hostname kkn-a-sw01
snmp-server community public RO
enable secret 5 $1$abcd$efghij
end
"""
SECOND = FIRST.replace("end\n", "ip http server\nend\n")


def backed_up(desk: Desk, *texts: str) -> None:
    """Backups of the device, a day apart."""
    device = desk.context.inventory().device(DEVICE)
    assert device is not None
    for text in texts:
        desk.clock.forward(days=1)
        keep_backups(desk.context, "engineer1", (device,), {DEVICE: text})


def evidence(desk: Desk, name: str = DEVICE) -> Evidence:
    """What is known of a device now."""
    device = desk.context.inventory().device(name)
    assert device is not None
    (found,) = gather_evidence(desk.context, [device])
    return found


def key(desk: Desk, *, by_time: bool = True) -> str:
    """Its key."""
    device = desk.context.inventory().device(DEVICE)
    assert device is not None
    return gather_evidence(desk.context, [device]).key(DEVICE, by_time=by_time)


def ran(desk: Desk, state: State, after: str, run: str = "run-1") -> None:
    """A run of a case that left the device so."""
    case = desk.case("2.3", 1)
    with desk.context.store.begin() as conn:
        begun = Run(
            id=run, kind="apply", case=case.number, plan="0" * 64, by="engineer1", state="finished",
            executor="x", started=desk.clock(),
        )  # fmt: skip
        row = RunDevice(run=run, device=DEVICE, batch=0, state=state, after=after)
        runs.create_run(conn, begun, [row])


def test_of_a_device_nobody_has_seen_everything_is_unknown(desk: Desk) -> None:
    """None and empty, never a guess; the register and the inventory are known all the same."""
    found = evidence(desk)
    assert found.configuration is None
    assert found.facts == {}
    assert found.facts_at is None
    assert found.past == Past()
    assert found.asset is not None
    assert found.asset.model == "WS-C2960G-24TC-L"
    assert found.variables["device"].name == DEVICE
    assert found.site.site == "kkn-school-a"


def test_the_configuration_has_its_secrets_hidden_and_the_makers_words_shown(desk: Desk) -> None:
    """A rule has to see `public`; nobody may see the rest."""
    backed_up(desk, FIRST)
    kept = evidence(desk).configuration
    assert kept is not None
    assert "snmp-server community public RO" in kept.text
    assert "$1$abcd$efghij" not in kept.text


def test_an_unchanged_backup_is_seen_too(desk: Desk) -> None:
    """The configuration began at the first backup and was confirmed by the last."""
    backed_up(desk, FIRST, FIRST, FIRST)
    found = evidence(desk)
    assert found.configuration is not None
    assert found.past.backed_up == found.configuration.at == desk.clock()
    assert found.past.changed == desk.clock() - timedelta(days=2)
    assert found.past.changed_by_case is None


def test_a_change_no_run_made_has_no_case(desk: Desk) -> None:
    """Empty, which is not the same as unknown."""
    backed_up(desk, FIRST, SECOND)
    assert evidence(desk).past.changed_by_case == ""


def test_what_a_run_left_is_its_cases_until_somebody_changes_it(desk: Desk) -> None:
    """And again when it is as the run left it."""
    backed_up(desk, FIRST, SECOND)
    left = evidence(desk).configuration
    assert left is not None
    ran(desk, "confirmed", left.fingerprint)
    number = desk.cases()[-1].number
    assert evidence(desk).past.changed_by_case == number
    backed_up(desk, FIRST)
    assert evidence(desk).past.changed_by_case == ""
    backed_up(desk, SECOND)
    assert evidence(desk).past.changed_by_case == number


def test_after_a_run_without_proof_nobody_can_tell(desk: Desk) -> None:
    """The change may be the run's own; a change from before it is not."""
    backed_up(desk, FIRST, SECOND)
    desk.clock.forward(minutes=1)
    ran(desk, "unknown", "")
    assert evidence(desk).past.changed_by_case == ""
    backed_up(desk, FIRST)
    assert evidence(desk).past.changed_by_case is None


def test_facts_come_from_the_last_poll_and_the_last_look(desk: Desk) -> None:
    """One identity; what SNMP does not say is taken from the line."""
    health = DeviceHealth(
        device=DEVICE, status="up", since=desk.clock(), at=desk.clock(), answered=desk.clock(),
        identity=Identity(platform="cisco_ios", vendor="Cisco", version="15.0(2)SE11"),
        measured=Measured(
            poe=(PoeBudget("1", 370.0, 12.5),), sensors=(Sensor("fan", "1", "Fan 1", None, "ok"),)
        ),
        ports=PortTable(
            admin={"10": 1, "2": 2}, oper={"10": 1, "2": 2}, speed={"10": 1_000_000_000},
            duplex={"10": 3}, names={"10": "Gi0/10", "2": "Gi0/2"}, aliases={"10": "uplink"},
        ),
    )  # fmt: skip
    look = Look(
        DEVICE, desk.clock(),
        {"hostname": DEVICE, "os_version": "C2960 Software, Version 15.0(2)SE11, RELEASE",
         "serial_number": "FOC2543B1JX", "uptime": 100.0},
        {"Gi0/2": {"is_up": False, "is_enabled": False, "description": "", "speed": -1.0}},
    )  # fmt: skip
    with desk.context.store.begin() as conn:
        save_health(conn, [health])
        device_history.save_look(conn, look)
    found = evidence(desk)
    assert found.facts_at == desk.clock()
    assert found.facts["identity"] == {
        "platform": "cisco_ios", "vendor": "Cisco", "version": "15.0(2)SE11", "name": DEVICE,
        "serial": "FOC2543B1JX",
    }  # fmt: skip
    assert found.facts["device"]["version"] == "15.0(2)SE11"
    assert [port["name"] for port in found.facts["ports"]] == ["Gi0/2", "Gi0/10"]
    assert found.facts["ports"][1] == {
        "name": "Gi0/10", "alias": "uplink", "admin": "up", "oper": "up", "speed_mbps": 1000,
        "duplex": "full",
    }  # fmt: skip
    assert found.facts["interfaces"] == [
        {"name": "Gi0/2", "up": False, "enabled": False, "description": ""}
    ]
    assert found.facts["health"] == {"status": "up"}
    desk.clock.forward(days=8)
    assert evidence(desk).facts == {}, "what was said long ago is not known any more"


def test_only_alerts_nobody_noted_count(desk: Desk) -> None:
    """Not those that are acknowledged, cleared, muted or the shadow of another."""
    alert = Alert(
        rule="device_down", device=DEVICE, port="", site="kkn-school-a", severity="critical",
        opened=desk.clock(), words=Text(th="ก", en="a"),
    )  # fmt: skip
    with desk.context.store.begin() as conn:
        alerts.add_alerts(conn, [alert, replace(alert, rule="cpu_busy", muted=True)])
    assert evidence(desk).past.oldest_unacknowledged == desk.clock()
    with desk.context.store.begin() as conn:
        alerts.acknowledge(conn, 1, "officer1", desk.clock())
    assert evidence(desk).past.oldest_unacknowledged is None


def test_the_key_changes_with_what_a_verdict_rests_on_only(desk: Desk) -> None:
    """Another sight of the same changes nothing; the day does, for rules that look at it."""
    backed_up(desk, FIRST)
    before, quiet = key(desk), key(desk, by_time=False)
    assert key(desk) == before
    backed_up(desk, FIRST)
    assert key(desk) != before
    assert key(desk, by_time=False) == quiet
    backed_up(desk, SECOND)
    assert key(desk, by_time=False) != quiet


def test_many_devices_are_a_handful_of_questions(desk: Desk) -> None:
    """However many there are."""
    asked: list[str] = []

    def counted(*told: Sequence[object]) -> None:
        asked.append(str(told[2]))

    with desk.context.store.read() as conn:
        engine = conn.engine
    event.listen(engine, "before_cursor_execute", counted)
    gathered = gather_evidence(desk.context, desk.context.inventory().devices, ("identity",))
    event.remove(engine, "before_cursor_execute", counted)
    selects = [statement for statement in asked if statement.startswith("SELECT")]
    assert len(gathered) == len(tuple(gathered)) > 20
    assert len(selects) <= 6, selects


@pytest.mark.parametrize("wanted", [("identity",), ("ports", "ntp")])
def test_only_the_wanted_sections_are_there(desk: Desk, wanted: tuple[str, ...]) -> None:
    """A rule book that never looks at ports need not have them read."""
    health = DeviceHealth(
        device=DEVICE, status="up", since=desk.clock(), at=desk.clock(), answered=desk.clock(),
        identity=Identity(vendor="Cisco"), ports=PortTable(admin={"1": 1}, oper={"1": 1}),
    )  # fmt: skip
    with desk.context.store.begin() as conn:
        save_health(conn, [health])
    device = desk.context.inventory().device(DEVICE)
    assert device is not None
    (found,) = gather_evidence(desk.context, [device], wanted)
    assert set(found.facts) <= set(wanted)
    assert found.facts
