"""Alerts from polls: each batch judged as it comes, shadows and notices settled after each share.

What must survive a killed process is in the store: open alerts, and what is remembered before one
opens or clears. A device judged by another process the next time goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from controller.facts.identity import Identity
from controller.health.judging import (
    changed_ports,
    find_port,
    in_school_hours,
    judge,
    older,
    rules_by_role,
)
from controller.health.measures import Around
from controller.health.observed import Observed, PortTable
from controller.health.remembering import counted, number_within
from controller.health.rules import Rule, Rules
from controller.health.standing import Key, Standing, Verdict, moved
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.polling.settling import office_rules, settle_alerts
from controller.polling.surveyed import surveyed
from controller.polling.telling import Teller
from controller.store import alerts
from controller.store.alert_memory import Memory, load_memory, save_memory
from controller.store.alerts import Alert
from controller.store.engine import Connection, Store
from controller.thai import local_time

_NOTHING = Memory()


@dataclass(slots=True)
class _Before:
    """What this process saw of a device at the poll before, for counting changes."""

    at: datetime
    reached: str = "unknown"
    oper: Mapping[str, int] | None = None
    ports: PortTable | None = None
    names: Mapping[str, str] | None = None
    uplink: str | None = None


@dataclass(slots=True)
class _Batch:
    """What judging a batch comes to, written at once."""

    opened: list[Alert]
    cleared: dict[datetime, list[int]]
    memory: dict[str, Memory]


class Alerting:
    """Judges what was observed. One for a process; not to be shared between threads."""

    def __init__(
        self,
        store: Store,
        inventory: Callable[[], Inventory],
        teller: Teller | None = None,
    ) -> None:
        """Without a `teller` nobody is told of anything."""
        self._store = store
        self._inventory = inventory
        self._teller = teller
        self._before: dict[str, _Before] = {}

    def take(
        self,
        conn: Connection,
        batch: Sequence[Observed],
        identities: Mapping[str, Identity],
        now: datetime,
    ) -> None:
        """Judge a batch and write what opened and cleared, in the caller's transaction.

        A poll older than the last one of its device is passed over. `identities` say which firmware
        a device runs; those left out are unknown.
        """
        inventory = self._inventory()
        rules = office_rules(inventory)
        by_role = inventory.kept("health_rules_by_role", lambda: rules_by_role(rules))
        names = [seen.device for seen in batch]
        memories = load_memory(conn, names)
        opened: dict[str, dict[Key, Alert]] = {}
        for alert in alerts.open_alerts(conn, names):
            opened.setdefault(alert.device, {})[alert.rule, alert.port] = alert
        clock = local_time(now)
        hours = rules.watching.school_hours
        in_hours = in_school_hours(hours, clock.date(), f"{clock:%H:%M}")
        found = _Batch([], {}, {})
        for seen in batch:
            device = inventory.device(seen.device)
            before = self._before.get(seen.device)
            if device is None or (before is not None and before.at > seen.at):
                continue
            memory = memories.get(seen.device, _NOTHING)
            identity = identities.get(seen.device, Identity())
            memory, around = self._around(seen, device, memory, rules, identity)
            if seen.ports is not None and 2 in seen.ports.duplex.values():
                around.peer_duplex = self._peers(conn, seen.device, seen.ports, now)
            around.in_hours = in_hours
            judged_by = by_role.get(device.role, by_role[""])
            known = opened.get(seen.device, {})
            _judge_one(seen, device, judged_by, rules, around, known, memory, found)
            if found.memory.get(seen.device) == memories.get(seen.device, _NOTHING):
                found.memory.pop(seen.device, None)
        alerts.add_alerts(conn, found.opened)
        for at, ended in found.cleared.items():
            alerts.clear_alerts(conn, ended, at)
        save_memory(conn, found.memory)

    def settle(self, conn: Connection, now: datetime) -> None:
        """Decide shadows, maintenance and notices over all open alerts.

        Any process may do it, at any time: what is settled already is left alone.
        """
        inventory = self._inventory()
        settle_alerts(conn, inventory, office_rules(inventory), now)
        if self._teller is not None:
            self._teller.write(conn, inventory, office_rules(inventory), now)

    def send(self, now: datetime) -> None:
        """Send what people are to be told, aside: nothing waits for it. Call after a commit."""
        if self._teller is not None:
            self._teller.send_aside(now)

    def _peers(
        self, conn: Connection, device: str, ports: PortTable, now: datetime
    ) -> dict[str, int]:
        """ifIndex -> duplex of the port at the other end, as far as this process polls it."""
        found: dict[str, int] = {}
        for near, far in surveyed(conn, self._inventory(), now).links.get(device, ()):
            other = self._before.get(far.device)
            index = find_port(near.port, ports)
            if other is None or other.ports is None or index is None:
                continue
            peer = find_port(far.port, other.ports)
            if peer is not None and peer in other.ports.duplex:
                found[index] = other.ports.duplex[peer]
        return found

    def _around(
        self, seen: Observed, device: Device, memory: Memory, rules: Rules, identity: Identity
    ) -> tuple[Memory, Around]:
        before = self._before.setdefault(seen.device, _Before(seen.at))
        fresh: list[str] = []
        if seen.reached != "unknown":
            if before.reached not in ("unknown", seen.reached):
                fresh.append("")
            before.reached = seen.reached
        if seen.ports is not None:
            before.ports = seen.ports
        if seen.ports is not None and seen.ports.oper:
            fresh += changed_ports(before.oper, seen.ports.oper)
            before.oper = seen.ports.oper
        before.at = seen.at
        changes = memory.changes
        if fresh or changes:
            changes = counted(changes, fresh, seen.at, _longest(rules))
        version, since = memory.version, memory.version_since
        if identity.version and identity.version != version:
            version, since = identity.version, seen.at
        around = Around(
            role=device.role,
            uplink=_uplink(before, device, seen.ports),
            version=version,
            days=None if since is None else float((seen.at - since).days),
        )
        if changes:
            within = number_within(changes, seen.at, _within(rules, "device_flapping"))
            around.device_changes = within.get("", 0.0)
            within = number_within(changes, seen.at, _within(rules, "port_flapping"))
            around.port_changes = {part: n for part, n in within.items() if part}
        wanted = rules.watching.firmware.get(device.platform)
        if wanted and version:
            around.firmware = float(older(version, wanted))
        return Memory(memory.wrong, memory.well, changes, version, since), around


def opened_alert(verdict: Verdict, rule: Rule, device: str, site: str, at: datetime) -> Alert:
    """The alert a verdict opens."""
    return Alert(
        rule=rule.rule,
        device=device,
        port=verdict.part,
        site=site,
        severity=rule.severity,
        opened=at,
        words=rule.said(verdict.name, verdict.value, verdict.limit),
        name=verdict.name,
        value=verdict.value,
        limit=verdict.limit,
    )


def _judge_one(
    seen: Observed,
    device: Device,
    judged_by: Sequence[Rule],
    rules: Rules,
    around: Around,
    opened: Mapping[Key, Alert],
    memory: Memory,
    found: _Batch,
) -> None:
    standing = Standing(frozenset(opened), memory.wrong, memory.well)
    verdicts = judge(seen, judged_by, around, standing.known())
    found.memory[device.name] = memory
    if not verdicts:
        return
    move = moved(standing, verdicts, rules.by_name, seen.at)
    found.memory[device.name] = Memory(
        move.standing.wrong,
        move.standing.well,
        memory.changes,
        memory.version,
        memory.version_since,
    )
    for verdict in move.opened:
        rule = rules.by_name[verdict.rule]
        found.opened.append(opened_alert(verdict, rule, device.name, device.site, seen.at))
    for key in move.cleared:
        found.cleared.setdefault(seen.at, []).append(opened[key].id)


def _uplink(before: _Before, device: Device, ports: PortTable | None) -> str | None:
    if ports is None or device.uplink is None:
        return None
    if before.names is not ports.names:
        before.names, before.uplink = ports.names, find_port(device.uplink, ports)
    return before.uplink


def _within(rules: Rules, name: str) -> timedelta:
    rule = rules.rule(name)
    return timedelta(minutes=rule.within if rule else 0)


def _longest(rules: Rules) -> timedelta:
    return max(_within(rules, "device_flapping"), _within(rules, "port_flapping"))
